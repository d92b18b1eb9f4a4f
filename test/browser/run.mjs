// Runs the browser tests: node test/browser/run.mjs [FILE-PART]... [-- WORDS-OF-A-SENTENCE]...
import { readdirSync } from 'node:fs';
import { warm_up } from './html.mjs';
import { run } from './runner.mjs';

const args = process.argv.slice(2);
const split = args.includes('--') ? args.indexOf('--') : args.length;
const files = args.slice(0, split);

warm_up();
const folder = new URL('.', import.meta.url);
for (const file of readdirSync(folder).sort())
	if (/^selftest\.mjs$|_test\.mjs$/.test(file) && (files.length === 0 || files.some((part) => file.includes(part))))
		await import(new URL(file, folder));
await run(args.slice(split + 1));

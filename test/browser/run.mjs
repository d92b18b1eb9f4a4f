// Runs the browser tests: node test/browser/run.mjs [FILE-PART]... [-- WORDS-OF-A-SENTENCE]...
// WAYPOST_HALF=1 or 2: every other file only, for two processes beside each other; the crawl is long by itself and is
// in neither.
import { readdirSync } from 'node:fs';
import { warm_up } from './html.mjs';
import { run } from './runner.mjs';

const args = process.argv.slice(2);
const split = args.includes('--') ? args.indexOf('--') : args.length;
const files = args.slice(0, split);

warm_up();
const folder = new URL('.', import.meta.url);
const half = process.env.WAYPOST_HALF;
const tests = readdirSync(folder).sort().filter((file) => /^selftest\.mjs$|_test\.mjs$/.test(file));
const stories = tests.filter((file) => file !== 'whole_test.mjs');
const chosen = half ? stories.filter((_, i) => i % 2 === half - 1) : tests;
for (const file of chosen)
	if (files.length === 0 || files.some((part) => file.includes(part)))
		await import(new URL(file, folder));
await run(args.slice(split + 1));

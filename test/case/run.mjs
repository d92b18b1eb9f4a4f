// What programs read, held to the published standards: the harness itself, then every *_test.mjs of this folder.
import { readdirSync } from 'node:fs';
import { run } from '../browser/runner.mjs';

const folder = new URL('.', import.meta.url);
for (const file of readdirSync(folder).sort())
	if (/^selftest\.mjs$|_test\.mjs$/.test(file)) await import(new URL(file, folder));
await run(process.argv.slice(2));

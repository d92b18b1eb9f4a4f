// What the world does to a server: lost databases, misuse. Every *_test.mjs of this folder.
import { readdirSync } from 'node:fs';
import { run } from '../browser/runner.mjs';

const folder = new URL('.', import.meta.url);
for (const file of readdirSync(folder).sort())
	if (file.endsWith('_test.mjs')) await import(new URL(file, folder));
await run(process.argv.slice(2));

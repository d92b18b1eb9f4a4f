// Every misuse for a short time: it is answered as it should be, others are served meanwhile, memory is bounded. How
// fast others are served is measured by script/misuse: a figure is no test where machines are shared.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at_end, test } from '../browser/runner.mjs';
import { children, serve_for_misuse } from './server.mjs';
import { misuse, misuses, read_fast } from './misuse.mjs';

const MB = 1024 * 1024;
let server;
const site = async () => (server ??= await serve_for_misuse());

const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
// The worker, the clock: in the order they were started.
const worker = (s) => children(s.child.pid)[0];

for (const [name, how] of Object.entries(misuses))
	test(`${name}: others are served, memory is bounded`, async () => {
		const s = await site();
		await read_fast(s.port, '/boreal/', 300);
		const pid = worker(s), before = resident(pid);
		const they = await misuse(s.port, name);
		const times = await read_fast(s.port, '/boreal/', 1500);
		const grown = resident(pid) - before;
		const { open, statuses } = await they.end();
		assert.ok(times.length > 20, `${times.length} pages in 1.5 s`);
		assert.ok(grown < 100 * MB, `${grown / MB} MB more`);
		if (!how.status) assert.ok(they.open >= how.count * 0.9, `${open} connections`);
		if (how.status) assert.ok(Object.keys(statuses).length > 0, 'nothing was answered');
		for (const status of Object.keys(statuses)) assert.match(status, how.status ?? /^408$/, JSON.stringify(statuses));
		await read_fast(s.port, '/boreal/', 200);
		assert.equal(worker(s), pid, 'the worker died');
	});

at_end(() => server?.stop());

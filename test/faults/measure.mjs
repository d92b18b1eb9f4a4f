// Rounds, each calm and then under every misuse: how long others wait, and what a connection costs.
import { readFileSync } from 'node:fs';
import { at, median, misuse, misuses, read_fast } from './misuse.mjs';
import { children, serve_for_misuse } from './server.mjs';

const json = process.argv.includes('--json');
const [rounds, ms] = [3, 1500];
const results = Object.fromEntries(Object.keys(misuses).map((name) => [name, { calm: [], p99: [], ratio: [], bytes: [] }]));
const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

const server = await serve_for_misuse({ program: process.env.WAYPOST ?? new URL('../../build/waypost', import.meta.url).pathname });
const pid = children(server.child.pid)[0];
await read_fast(server.port, '/boreal/', ms);
for (let round = 0; round < rounds; round++)
	for (const [name, result] of Object.entries(results)) {
		const calm = at(await read_fast(server.port, '/boreal/', ms), 0.99), before = resident(pid);
		const they = await misuse(server.port, name);
		const p99 = at(await read_fast(server.port, '/boreal/', ms), 0.99);
		result.bytes.push((resident(pid) - before) / they.open);
		await they.end();
		result.calm.push(calm);
		result.p99.push(p99);
		result.ratio.push(p99 / calm);
	}
for (const [name, { calm, p99, ratio, bytes }] of Object.entries(results)) {
	const row = { misuse: name, calm_p99_ms: median(calm), p99_ms: median(p99), ratio: median(ratio), met: median(ratio) < 2 };
	if (name === 'idle connections') row.bytes_each = Math.round(Math.max(...bytes));
	console.log(json ? JSON.stringify(row) : `${name.padEnd(26)} p99 ${row.p99_ms.toFixed(2).padStart(7)} ms, calm ${row.calm_p99_ms.toFixed(2).padStart(6)} ms, `
		+ `x ${row.ratio.toFixed(2)}${row.met ? '' : '  MISSED'}${row.bytes_each ? `, ${row.bytes_each} bytes a connection that says nothing` : ''}`);
}
await server.stop();
process.exit(0);

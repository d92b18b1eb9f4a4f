// Starts the built program on a free port with a database of its own, in a folder that goes away with it.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { at_end } from './runner.mjs';

export const root = new URL('../..', import.meta.url).pathname;
export const program = process.env.WAYPOST || join(root, 'build-san/waypost');
export const shared = process.env.WAYPOST_SHARED || join(root, '../shared');

export const free_port = () => new Promise((resolve, reject) => {
	const server = net.createServer().on('error', reject);
	server.listen(0, '127.0.0.1', () => {
		const { port } = server.address();
		server.close(() => resolve(port));
	});
});

// Waits until `address` answers; fails when the child ends first or it takes too long.
export async function wait_for(address, child, seconds = 60) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
		if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before it answered`);
		try {
			await (await fetch(address)).arrayBuffer();
			return;
		} catch { /* not yet */ }
	}
	throw new Error(`${address} does not answer`);
}

const ended = (child) => child.exitCode !== null || child.signalCode !== null
	? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));

// A child that is ended with the test run, whatever happens to it. Its words go to out/test/NAME.log.
export function child_of_run(name, command, args, options = {}) {
	mkdirSync(join(root, 'out/test'), { recursive: true });
	const log = createWriteStream(join(root, `out/test/${name}${process.env.WAYPOST_HALF ?? ''}.log`));
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	const stop = async () => {
		child.kill('SIGTERM');
		const killer = setTimeout(() => child.kill('SIGKILL'), 15000);
		await ended(child);
		clearTimeout(killer);
		log.end();
	};
	process.once('exit', () => child.kill('SIGKILL'));
	return { child, stop };
}

// { base, folder, stop }. `options` are further arguments of `waypost serve`.
export async function start(name, { demo = true, options = [], env = {} } = {}) {
	if (!existsSync(program)) throw new Error(`${program} has not been built`);
	const folder = mkdtempSync(join(tmpdir(), 'waypost-browser.'));
	const port = await free_port();
	const base = `http://127.0.0.1:${port}`;
	const { child, stop: end } = child_of_run(`server-${name}`, program, ['serve', '--db', `sqlite:${join(folder, 'waypost.db')}`,
		'--listen', `127.0.0.1:${port}`, ...(demo ? ['--demo'] : []), ...options], { cwd: root, env: { ...process.env, ...env } });
	let stopped = false;
	const stop = async () => {
		if (stopped) return;
		stopped = true;
		await end();
		rmSync(folder, { recursive: true, force: true });
	};
	at_end(stop);
	try {
		await wait_for(`${base}/healthz`, child);
	} catch (error) {
		await stop();
		throw new Error(`the server did not start: ${error.message}; see out/test/server-${name}.log`);
	}
	return { base, folder, stop, child };
}

// Processes are killed while people write: the program's own, and PostgreSQL's. Every POST that was answered is there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { at_end, Skip, test } from '../browser/runner.mjs';
import { child_of_run, root } from '../browser/server.mjs';
import { children, server } from './server.mjs';

// A write that needs no form first: in a demonstration, one click makes a session.
async function write(base) {
	const answer = await fetch(`${base}/boreal/demo`, { method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(15000),
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Connection: 'close' }, body: 'role=member' });
	await answer.arrayBuffer();
	return answer.status === 303 ? answer.headers.getSetCookie()[0].split(';')[0] : null;
}

// Writes all the time, as several people do, until `during` is over. What was acknowledged comes back.
async function under_load(base, during) {
	const acknowledged = [];
	let over = false, refused = 0;
	const people = Array.from({ length: 6 }, async () => {
		while (!over) {
			const cookie = await write(base).catch(() => null);
			if (cookie) acknowledged.push(cookie);
			else refused++, await sleep(20);
		}
	});
	try {
		await during(acknowledged);
	} finally {
		over = true;
		await Promise.all(people);
	}
	return { acknowledged, refused };
}

async function lost(base, acknowledged) {
	let count = 0;
	const rest = [...acknowledged];
	await Promise.all(Array.from({ length: 6 }, async () => {
		for (let cookie; (cookie = rest.pop());) {
			const answer = await fetch(`${base}/boreal/me`, { headers: { Cookie: cookie }, redirect: 'manual' });
			await answer.arrayBuffer();
			if (answer.status !== 200) count++;
		}
	}));
	return count;
}

// Waits until somebody's write is acknowledged again.
async function goes_on(acknowledged, seconds) {
	const before = acknowledged.length;
	for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50))
		if (acknowledged.length > before + 3) return;
	throw new Error(`nothing is written any more, for ${seconds} s`);
}

test('children that are killed while they write are replaced, and nothing acknowledged is lost', async () => {
	const s = await server('killed-children');
	const { acknowledged } = await under_load(s.base, async (acknowledged) => {
		await goes_on(acknowledged, 30);
		for (let i = 0; i < 5; i++) {
			const pids = children(s.child.pid);
			process.kill(pids[i % pids.length], 'SIGKILL');
			await goes_on(acknowledged, 30);
		}
	});
	assert.ok(acknowledged.length > 20, `${acknowledged.length} writes`);
	assert.equal(await lost(s.base, acknowledged), 0);
	await s.stop();
	assert.equal(s.child.exitCode, 0);
});

test('a parent that is killed takes its children along; the next start finds everything', async () => {
	const s = await server('killed-parent');
	let pids;
	const { acknowledged } = await under_load(s.base, async (acknowledged) => {
		await goes_on(acknowledged, 30);
		pids = children(s.child.pid);
		process.kill(s.child.pid, 'SIGKILL');
		for (const end = Date.now() + 10000; pids.some((pid) => existsSync(`/proc/${pid}`)); await sleep(50))
			assert.ok(Date.now() < end, 'children live on');
		await s.again();
		await goes_on(acknowledged, 30);
	});
	assert.equal(await lost(s.base, acknowledged), 0);
	await s.stop();
});

// A server of its own, that does not wait for its log unless it is asked to.
async function postgres() {
	const { child, stop } = child_of_run('faults-pgtemp', join(root, 'script/pgtemp'), ['sh', '-c', 'echo "$PGHOST"; exec sleep 900']);
	at_end(stop);
	const folder = await new Promise((resolve, reject) => {
		child.stdout.once('data', (text) => resolve(String(text).trim()));
		child.once('exit', () => reject(new Skip('no PostgreSQL server can be started')));
	});
	const bin = existsSync('/usr/lib/postgresql/15/bin/pg_ctl') ? '/usr/lib/postgresql/15/bin' : execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
	const as = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
	const data = join(folder, 'data');
	// What is left of the server that was killed has to end first.
	const start = async (seconds = 30) => {
		const [command, ...args] = [...as, join(bin, 'pg_ctl'), '-D', data, '-l', join(folder, 'pg.log'), '-w', '-t', '60', 'start', '-o',
			`-c listen_addresses='' -k ${folder} -c synchronous_commit=off -c wal_writer_delay=10s -c fsync=off -c shared_buffers=32MB -c max_connections=100`];
		for (const end = Date.now() + seconds * 1000;; await sleep(300))
			try {
				return execFileSync(command, args, { stdio: 'ignore', cwd: folder });
			} catch (error) {
				if (Date.now() > end) throw new Error(`${error.message}\n${readFileSync(join(folder, 'pg.log'), 'utf8').slice(-2000)}`);
			}
	};
	const pid = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
	return { url: `postgresql:host=${folder} user=app dbname=app`, start, pid };
}

const is_backend = (pid) => /^postgres: app /.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));

test('PostgreSQL killed while people write: the program connects again, and nothing acknowledged is lost', async () => {
	const pg = await postgres();
	const s = await server('killed-postgres', { database: pg.url });
	process.kill(pg.pid(), 'SIGKILL'); // so that it starts with the settings above
	await sleep(500);
	await pg.start();
	const { acknowledged, refused } = await under_load(s.base, async (acknowledged) => {
		await goes_on(acknowledged, 60);
		process.kill(children(pg.pid()).find(is_backend), 'SIGKILL'); // the server ends all others and recovers
		await goes_on(acknowledged, 60);
		for (let i = 0; i < 2; i++) {
			process.kill(pg.pid(), 'SIGKILL');
			await sleep(300);
			const ill = await fetch(`${s.base}/healthz`);
			assert.ok([500, 503].includes(ill.status), `healthz says ${ill.status} without a database`);
			await pg.start();
			await goes_on(acknowledged, 60);
			assert.equal((await fetch(`${s.base}/healthz`)).status, 200);
		}
	});
	assert.ok(acknowledged.length > 20 && refused > 0, `${acknowledged.length} writes, ${refused} refused`);
	assert.equal(await lost(s.base, acknowledged), 0);
	await s.stop();
});

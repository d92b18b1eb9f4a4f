// The program on a demonstration, to be killed, started again and misused.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at_end } from '../browser/runner.mjs';
import { child_of_run, free_port, program as built, root, wait_for } from '../browser/server.mjs';

// The address sanitizer keeps up to 256 MB of freed memory aside to find late uses of it; here memory is measured.
const frugal = `${process.env.ASAN_OPTIONS ?? ''}:quarantine_size_mb=4`;

// A server on its own port; `again()` starts it anew on the same port and database.
export async function server(name, { database, options = [], program = built } = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'waypost-faults.'));
	const port = await free_port();
	const base = `http://127.0.0.1:${port}`;
	const self = { base, port, folder, starts: 0 };
	self.again = async () => {
		const run = child_of_run(`server-${name}-${++self.starts}`, program, ['serve', '--demo', '--db', database ?? `sqlite:${join(folder, 'w.db')}`,
			'--keys', join(folder, 'keys'), '--files', join(folder, 'files'), '--listen', `127.0.0.1:${port}`, '--workers', '2', '--grace', '5',
			...options], { cwd: root, env: { ...process.env, ASAN_OPTIONS: frugal } });
		Object.assign(self, run);
		await wait_for(`${base}/healthz`, run.child, 120);
	};
	at_end(async () => {
		await self.stop?.();
		rmSync(folder, { recursive: true, force: true });
	});
	await self.again();
	return self;
}

// Of a process, in the order they were started.
export const children = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

// One worker, which takes as many connections from one address as one machine can make.
export const serve_for_misuse = (more = {}) => server('misuse', { options: ['--workers', '1', '--connections', '5000',
	'--connections-per-address', '0'], ...more });

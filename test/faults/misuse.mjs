// What clients do to a server that they should not: a table of misuses, and a client that reads fast pages meanwhile.
import { fork, spawn } from 'node:child_process';
import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HEAD = 'Host: localhost\r\n';
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n';
const post = (path, type, body) => `POST ${path} HTTP/1.1\r\n${HEAD}${type}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const parts = (count) => `${Array.from({ length: count }, (_, i) => `--x\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\n${i}\r\n`).join('')}--x--\r\n`;

// `count` connections are kept; each sends `once` when it opens, `drip` byte by byte, or `again` whenever it was
// answered. `leaves` closes it in the middle of the answer. `status` is what the answers may say.
export const misuses = {
	'idle connections': { count: 2000 },
	'heads sent byte by byte': { count: 400, drip: `GET /boreal/ HTTP/1.1\r\n${HEAD}X-Slow: ${'a'.repeat(4000)}\r\n\r\n`, every: 100 },
	'bodies sent byte by byte': { count: 400, once: `POST /boreal/language HTTP/1.1\r\n${HEAD}${FORM}Content-Length: 4000\r\n\r\n`, drip: 'a'.repeat(4000), every: 100 },
	'oversized heads': { count: 20, again: `GET /boreal/ HTTP/1.1\r\n${HEAD}X-Long: ${'a'.repeat(60000)}\r\n\r\n`, status: /^(400|413|414|431)$/ },
	'oversized bodies': { count: 8, again: post('/boreal/language', FORM, `language=${'a'.repeat(1500000)}`), status: /^413$/ },
	'thousands of parameters': { count: 8, again: post('/boreal/language', FORM, 'a=1&'.repeat(20000)), status: /^4\d\d$/ },
	'deep JSON': { count: 8, again: post('/boreal/language', 'Content-Type: application/json\r\n', '['.repeat(500000)), status: /^4\d\d$/ },
	'many parts': { count: 8, again: post('/boreal/language', 'Content-Type: multipart/form-data; boundary=x\r\n', parts(10000)), status: /^4\d\d$/ },
	'requests piled up': { count: 8, again: `GET /boreal/ HTTP/1.1\r\n${HEAD}\r\n`.repeat(50), status: /^200$/, rate: 4 },
	'clients that leave': { count: 20, again: `GET /boreal/standards HTTP/1.1\r\n${HEAD}\r\n`, leaves: true, status: /^200$/, rate: 4 },
};

const words = (name) => misuses[name];

// ---- the one who misuses, in a process of its own ----

function connection(port, how, told) {
	let sent = 0, timer, closed = false;
	const socket = net.connect({ port, host: '127.0.0.1' });
	const again = () => how.again && !closed && socket.write(how.again);
	socket.on('connect', () => {
		told.open++;
		if (how.once) socket.write(how.once);
		again();
		if (how.drip) timer = setInterval(() => socket.write(how.drip[sent++ % how.drip.length]), how.every);
	});
	socket.on('data', (bytes) => {
		const status = /^HTTP\/1\.[01] (\d+)/.exec(bytes.toString('latin1', 0, 20))?.[1];
		if (status) told.statuses[status] = (told.statuses[status] ?? 0) + 1;
		if (how.leaves) socket.destroy();
		else if (status) setTimeout(again, 1000 / (how.rate ?? 10));
	});
	socket.on('error', () => {});
	socket.on('close', () => {
		closed = true;
		told.open--;
		clearInterval(timer);
		if (!told.over) setTimeout(() => told.over || connection(port, how, told), how.leaves ? 1000 / how.rate : 200);
	});
	told.sockets.add(socket);
	socket.on('close', () => told.sockets.delete(socket));
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) {
	const told = { open: 0, statuses: {}, sockets: new Set(), over: false };
	const [port, name] = [Number(process.argv[2]), process.argv[3]];
	(async () => {
		for (let i = 0; i < words(name).count; i++) {
			connection(port, words(name), told);
			if (i % 50 === 49) await sleep(10);
		}
		for (const end = Date.now() + 10000; told.open < words(name).count * 0.9 && Date.now() < end;) await sleep(20);
		process.send({ open: told.open });
	})();
	process.once('message', () => {
		told.over = true;
		process.send({ open: told.open, statuses: told.statuses }, () => process.exit(0));
	});
}

// Begins; what comes back has `open`, and `end()`, which says what was answered.
export async function misuse(port, name) {
	const child = fork(fileURLToPath(import.meta.url), [String(port), name], { stdio: 'inherit' });
	// They have machines of their own: here they take no processor from whom they are measured by, not even for a slice.
	spawn('chrt', ['--idle', '--pid', '0', String(child.pid)], { stdio: 'ignore' });
	const last_resort = () => child.kill('SIGKILL');
	process.once('exit', last_resort);
	child.once('exit', () => process.off('exit', last_resort));
	const message = () => new Promise((resolve, reject) => {
		child.once('message', resolve);
		child.once('exit', () => reject(new Error(`the one who misuses (${name}) ended`)));
	});
	const { open } = await message();
	return {
		open,
		end: async () => {
			const last = message();
			child.send('end');
			const said = await last;
			await new Promise((resolve) => child.exitCode === null ? child.once('exit', resolve) : resolve());
			return said;
		},
	};
}

// ---- the others ----

// Reads a page again and again on one connection. Milliseconds of each, in order of size.
export function read_fast(port, path, ms) {
	return new Promise((resolve, reject) => {
		const times = [];
		const request = `GET ${path} HTTP/1.1\r\n${HEAD}\r\n`;
		const end = performance.now() + ms;
		let began, left = 0;
		const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
		const ask = () => {
			began = performance.now();
			socket.write(request);
		};
		const done = (error) => {
			socket.destroy();
			if (error) reject(error);
			else resolve(times.sort((a, b) => a - b));
		};
		socket.setTimeout(15000, () => done(new Error('no answer for 15 s')));
		socket.on('connect', ask).on('error', done);
		socket.on('data', (bytes) => {
			if (!left) {
				const head = bytes.indexOf('\r\n\r\n') + 4, text = bytes.toString('latin1', 0, head);
				if (!text.startsWith('HTTP/1.1 200 ')) return done(new Error(text.slice(0, 100)));
				left = head + Number(/content-length: (\d+)/i.exec(text)[1]);
			}
			left -= bytes.length;
			if (left > 0) return;
			times.push(performance.now() - began);
			if (performance.now() > end) done();
			else setTimeout(ask, 1);
		});
	});
}

export const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
export const median = (list) => at([...list].sort((a, b) => a - b), 0.5);

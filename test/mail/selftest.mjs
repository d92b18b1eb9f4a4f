// Tests of the SMTP server that the mail tests send to, by the simplest client there is.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import net from 'node:net';
import { createInterface } from 'node:readline';
import { test } from '../browser/runner.mjs';
import { smtp_server } from './server.mjs';

const letter = ['From: =?utf-8?B?Rm9ydW0gw4l0w6k=?= <forum@example.test>', 'To: zoe@example.test',
	'Subject: =?utf-8?Q?R=C3=A9ponse?=', 'List-Unsubscribe: <https://example.test/u/1>', 'MIME-Version: 1.0',
	'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '', 'Bonjour Zo=C3=A9', '..', 'fin', '.'];

// Says the lines one after another, each when the last was answered; gives the answers' codes.
function talk(port, lines) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(port, '127.0.0.1').on('error', reject);
		const codes = [];
		createInterface({ input: socket }).on('line', (line) => {
			if (line[3] === '-') return;
			codes.push(Number(line.slice(0, 3)));
			const next = lines.shift();
			if (next === undefined) {
				socket.destroy();
				resolve(codes);
			} else socket.write(`${next}\r\n`);
		});
	});
}
const send = (port, to) => talk(port, ['EHLO test', 'MAIL FROM:<bounce@example.test>', `RCPT TO:<${to}>`, 'DATA', letter.join('\r\n')]);

test('The SMTP server hands back a letter as it was meant', async () => {
	const server = await smtp_server();
	assert.deepEqual(await send(server.port, 'zoe@example.test'), [220, 250, 250, 250, 354, 250]);
	await server.stop();
	const [got] = server.letters;
	assert.equal(got.from, 'bounce@example.test');
	assert.deepEqual(got.to, ['zoe@example.test']);
	assert.equal(got.subject, 'Réponse');
	assert.match(got.text, /^Bonjour Zoé\r?\n\.\r?\nfin/);
	assert.equal(got.headers.find((h) => h.key === 'list-unsubscribe').value, '<https://example.test/u/1>');
});

test('The SMTP server refuses for good, or for now, whom it was told to', async () => {
	const server = await smtp_server({ refuse: ['gone@example.test'], later: ['full@example.test'] });
	assert.equal((await send(server.port, 'gone@example.test'))[3], 550);
	assert.equal((await send(server.port, 'full@example.test'))[3], 451);
	await server.stop();
	assert.deepEqual(server.letters, []);
});

test('The SMTP server as a program prints its port, then letters, and ends with its input', async () => {
	const child = spawn(process.execPath, [new URL('server.mjs', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const port = Number((await lines.next()).value);
	await send(port, 'zoe@example.test');
	assert.equal(JSON.parse((await lines.next()).value).subject, 'Réponse');
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.stdin.end();
	assert.equal(await ended, 0);
});

// A real SMTP server on loopback for tests: takes every letter and hands it back parsed.
//
//   node test/mail/server.mjs [--refuse ADDRESS]... [--later ADDRESS]... [--silent] [--slow MILLISECONDS]
//
// prints its port on the first line, then one line of JSON per letter as it comes:
//   { from, to: [...], subject, headers: [{ key, value }], text, html, files: [{ name, type, text }], raw }
// A recipient named by --refuse is answered 550 (never try again), by --later 451 (try later); --silent
// takes connections and never greets; --slow answers the data late. Ends at the end of its standard input,
// so it cannot outlive the test that started it.
import net from 'node:net';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const listen = (server) => new Promise((resolve, reject) =>
	server.on('error', reject).listen(0, '127.0.0.1', resolve));

async function parsed(raw, envelope) {
	const letter = await PostalMime.parse(raw);
	return {
		from: envelope.mailFrom && envelope.mailFrom.address,
		to: envelope.rcptTo.map((recipient) => recipient.address),
		subject: letter.subject,
		headers: letter.headers.map(({ key, value }) => ({ key, value })),
		text: letter.text,
		html: letter.html,
		files: letter.attachments.map((file) => ({ name: file.filename, type: file.mimeType, text: Buffer.from(file.content).toString('utf8') })),
		raw: raw.toString('latin1'),
	};
}

function answer_to(address, { refuse, later }) {
	const code = refuse.includes(address) ? 550 : later.includes(address) ? 451 : 0;
	return code && Object.assign(new Error(code === 550 ? 'no such person' : 'come back later'), { responseCode: code });
}

// { port, letters, stop }; `on_letter` is called with each as it comes.
export async function smtp_server({ refuse = [], later = [], silent = false, slow = 0, on_letter = () => {} } = {}) {
	const letters = [];
	if (silent) {
		const server = net.createServer(() => {});
		await listen(server);
		return { port: server.address().port, letters, stop: () => server.close() };
	}
	const smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		logger: false,
		onRcptTo: ({ address }, session, done) => done(answer_to(address, { refuse, later }) || undefined),
		onData(stream, session, done) {
			const pieces = [];
			stream.on('data', (piece) => pieces.push(piece));
			stream.on('end', async () => {
				const letter = await parsed(Buffer.concat(pieces), session.envelope);
				letters.push(letter);
				on_letter(letter);
				setTimeout(done, slow, null, 'queued');
			});
		},
	});
	smtp.on('error', () => {}); // a client that leaves in the middle
	await listen(smtp.server);
	return { port: smtp.server.address().port, letters, stop: () => new Promise((resolve) => smtp.close(resolve)) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values } = parseArgs({ options: {
		refuse: { type: 'string', multiple: true }, later: { type: 'string', multiple: true },
		silent: { type: 'boolean' }, slow: { type: 'string' },
	} });
	const { port } = await smtp_server({ ...values, slow: Number(values.slow ?? 0),
		on_letter: (letter) => console.log(JSON.stringify(letter)) });
	console.log(port);
	process.stdin.resume().on('end', () => process.exit(0));
}

// A hall full of families behind one address: each has a telephone and the code of a printed notice. Four in ten mistype
// it first, and somebody among them guesses; nobody waits for the mistakes of others, and the places are never oversold.
import assert from 'node:assert/strict';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from '../browser/runner.mjs';
import { server } from './server.mjs';

const phones = 500, places = 450;

// One request on a connection of its own: {status, location, body, headers}.
const ask = (site, path, { form, headers = {}, body } = {}) => new Promise((resolve, reject) => {
	const sent = body ?? (form && new URLSearchParams(form).toString());
	const request = http.request(`${site.base}${path}`, {
		agent: false, method: sent ? 'POST' : 'GET', timeout: 60000,
		headers: { Origin: site.base, ...sent && !body ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}, ...headers },
	}, async (answer) => {
		const parts = [];
		for await (const part of answer) parts.push(part);
		const { location = '' } = answer.headers;
		resolve({ status: answer.statusCode, location: location.replace(site.base, ''), headers: answer.headers, body: Buffer.concat(parts).toString() });
	});
	request.on('error', reject).on('timeout', () => request.destroy(new Error(`no answer to ${path} in a minute`)));
	request.end(sent);
});

async function as_admin(site) {
	const { headers } = await ask(site, '/lakeside/demo', { form: { role: 'admin', back: '/lakeside/me' } });
	const cookie = headers['set-cookie'].map((one) => one.split(';')[0]).join('; ');
	return async (path, form, more = {}) => {
		const answer = await ask(site, path, { form, ...more, headers: { Cookie: cookie, ...more.headers } });
		assert.ok(answer.status < 400, `${path}: ${answer.status}`);
		return answer;
	};
}

// A year of pupils comes in as a file, as it does each August.
async function pupils(admin) {
	const rows = Array.from({ length: phones }, (_, i) => `${9000 + i};Pupil ${i};H1`);
	const head = { 'Content-Type': 'multipart/form-data; boundary=frontier' };
	const file = `--frontier\r\nContent-Disposition: form-data; name="file"; filename="hall.csv"\r\n\r\nNumber;Name;Group\r\n${rows.join('\r\n')}\r\n\r\n--frontier--\r\n`;
	const { location } = await admin('/lakeside/people/batches', null, { body: file, headers: head });
	const batch = location.match(/^\/lakeside\/people\/batches\/\d+/)[0];
	const { body } = await admin(batch);
	await admin(`${batch}/apply`, { digest: body.match(/name="digest" value="([^"]+)"/)[1] });
	for (let i = 0; i < 300 && !(await admin(batch)).body.includes(`${batch}/undo`); i++) await sleep(100);
	return (await admin('/lakeside/people/groups')).body.match(/\/people\/groups\/(\d+)[^>]*>H1</)[1];
}

async function evening(admin, group) {
	const plan = { title: 'Evening of trades', kind: 'session', mode: 'in_person', minutes: '60', visibility: 'invited', capacity: String(places),
		date: new Date(Date.now() + 864e6).toISOString().slice(0, 10), time: '18:00', groups: group };
	const { location } = await admin('/lakeside/activities/new', plan);
	const codes = [];
	for (let skip = '0'; skip;) { // a sheet for each family, two hundred at a time
		const { body } = await admin(`${location}/notices`, { group, skip });
		codes.push(...[...body.matchAll(/[A-Z2-9]{5}-[A-Z2-9]{5}(?=\s)/g)].map(([code]) => code));
		skip = body.match(/name="skip" value="(\d+)"/)?.[1];
	}
	return { path: location, codes };
}

test(`${phones} telephones behind one address answer for ${places} places, four in ten after a wrong code, while somebody guesses`, async () => {
	const site = await server('hall', {});
	const admin = await as_admin(site);
	const { path, codes } = await evening(admin, await pupils(admin));
	assert.equal(new Set(codes).size, phones);
	const waited = [];
	const phone = async (code, i) => {
		await sleep(i * 4); // the teacher says: now
		if (i % 10 < 4) {
			const wrong = await ask(site, '/lakeside/activities/answer', { form: { code: `${code.slice(0, 9)}${code.endsWith('A') ? 'B' : 'A'}` } });
			assert.equal(wrong.status, 422);
		}
		const right = await ask(site, '/lakeside/activities/answer', { form: { code } });
		if (right.status !== 303) return void waited.push(right.body.match(/Too many wrong codes|$/)[0] || right.status);
		const answer = await ask(site, right.location, { form: { answer: 'accept', adults: '1', children: '0' } });
		assert.equal(answer.status, 303, `${right.location}: ${answer.status}`);
	};
	let over = false;
	const guesser = (async () => {
		for (let i = 0; !over; i++)
			await ask(site, '/lakeside/activities/answer', { form: { code: `GUESS-${String(i).padStart(5, '2')}` } });
	})();
	const begun = performance.now();
	await Promise.all(codes.map(phone));
	over = true;
	await guesser;
	const took = (performance.now() - begun) / 1000;
	assert.deepEqual(waited, []);
	const { body } = await admin(`${path}/asked`);
	const counted = (state) => Number(body.match(new RegExp(`state=${state}"[^]*?<strong>(\\d+)</strong>`))?.[1] ?? 0);
	const [accepted, waiting] = ['accepted', 'waiting'].map(counted);
	console.log(`${phones} telephones in ${took.toFixed(1)} s: ${accepted} accepted, ${waiting} wait`);
	assert.deepEqual([accepted, waiting], [places, phones - places]);
}, 240);

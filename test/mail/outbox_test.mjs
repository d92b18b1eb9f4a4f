// Letters on their whole way: written by the program, sent by its clock, taken by a real mail server, and
// shown on the page of letters.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from '../browser/runner.mjs';
import { start } from '../browser/server.mjs';
import { smtp_server } from './server.mjs';

async function until(what, seconds, done) {
	for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(200)) if (await done()) return;
	assert.fail(`${what} did not come in ${seconds} s`);
}

async function admin_of(base) {
	const answer = await fetch(`${base}/boreal/demo`, { method: 'POST', redirect: 'manual',
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: base }, body: 'role=admin&back=/' });
	const cookie = answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
	return async (path) => (await fetch(`${base}/boreal${path}`, { headers: { Cookie: cookie, Accept: 'application/json' } })).json();
}

test('The demonstration’s waiting letters arrive, in both languages, when there is a mail server', async () => {
	const smtp = await smtp_server();
	const site = await start('mail', { options: ['--smtp', `smtp://127.0.0.1:${smtp.port}`, '--mail-from', 'server@example.test'] });
	const get = await admin_of(site.base);
	await until('the letters', 20, async () => (await get('/outbox.json?state=queued')).letters.length === 0);
	await site.stop();
	await smtp.stop();
	assert.ok(smtp.letters.length >= 2, `${smtp.letters.length} letters came`);
	const header = (letter, key) => letter.headers.find((h) => h.key === key)?.value;
	const french = smtp.letters.find((l) => header(l, 'content-language') === 'fr');
	const english = smtp.letters.find((l) => header(l, 'content-language') === 'en');
	assert.equal(french.subject, 'Des ébauches attendent vos commentaires');
	assert.match(french.text, /lues et commentées jusqu’à la fin du mois/);
	assert.match(french.html, /<li>Manque-t-il quelque chose que vous faites chaque semaine\u00a0\?<\/li>/);
	assert.equal(english.subject, 'Drafts are open for your comments');
	assert.match(english.html, /<a href="http:\/\/127\.0\.0\.1:\d+\/[a-z]+\/standards">/);
	assert.equal(new Set(smtp.letters.map((l) => header(l, 'message-id'))).size, smtp.letters.length);
});

test('Without a mail server the letters stay listed and nothing is lost', async () => {
	const site = await start('no-mail');
	const get = await admin_of(site.base);
	await sleep(2500); // more than one turn of the clock
	const { letters } = await get('/outbox.json?state=queued');
	assert.ok(letters.length > 0);
	assert.ok(letters.every((l) => l.tries === 0));
	await site.stop();
});

test('An invitation arrives with its date as a file, a question afterwards once, and one click without cookies stops the next', async () => {
	const smtp = await smtp_server();
	const site = await start('invitation', { options: ['--smtp', `smtp://127.0.0.1:${smtp.port}`, '--mail-from', 'server@example.test'] });
	const form = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: site.base };
	const entered = await fetch(`${site.base}/lakeside/demo`, { method: 'POST', redirect: 'manual', headers: form, body: 'role=admin&back=/' });
	const cookie = entered.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
	const list = await (await fetch(`${site.base}/lakeside/activities.json`, { headers: { Cookie: cookie } })).json();
	const evening = list.rows.find((row) => row.kind === 'event');
	const post = async (path, body) => {
		const answer = await fetch(`${site.base}/lakeside${path}`, { method: 'POST', redirect: 'manual', headers: { ...form, Cookie: cookie }, body });
		assert.equal(answer.status, 303, `${path}: ${answer.status}`);
		return new URL(answer.headers.get('location'), site.base).pathname.replace('/lakeside', '');
	};
	await post(`/activities/${evening.id}/ask/person`, 'name=Zo%C3%A9&email=zoe@example.test&speaks=fr&role=guardian');
	const to_zoe = () => smtp.letters.find((l) => l.to.includes('zoe@example.test'));
	await until('the invitation', 20, async () => to_zoe());
	const letter = to_zoe();
	assert.deepEqual(letter.files.map(({ name, type }) => [name, type]), [['activity.ics', 'text/calendar']]);
	assert.match(letter.files[0].text, /^BEGIN:VCALENDAR\r?\n[^]*Soirée des métiers[^]*END:VCALENDAR\r?\n$/);
	assert.match(letter.text, /Venez-vous/);
	const click = async ({ headers }) => {
		const line = (key) => headers.find((h) => h.key === key)?.value;
		assert.equal(line('list-unsubscribe-post'), 'List-Unsubscribe=One-Click'); // RFC 8058, 3.1
		const stop = /^<(http[^>]+\/stop)>$/.exec(line('list-unsubscribe'))[1];
		const clicked = await fetch(stop, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
		assert.equal(clicked.status, 200);
	};
	// What was planned for tomorrow turns out to have been yesterday: those invited were there, and are asked.
	const day = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
	const plan = (days) => `title=Pain&kind=session&mode=in_person&minutes=60&visibility=private&time=09:00&suggested=surprise&asked_after=end&date=${day(days)}`;
	const bread = await post('/activities/new', plan(1));
	for (const name of ['Ada', 'Ben']) await post(`${bread}/ask/person`, `name=${name}&email=${name}@example.test&speaks=fr&role=participant`);
	const people = (await (await fetch(`${site.base}/lakeside${bread}/asked.json`, { headers: { Cookie: cookie } })).json()).asks.map((row) => row.person);
	assert.equal(people.length, 2);
	await post(`${bread}/edit`, `${plan(-2)}&rev=1`);
	const came = (ids) => post(`${bread}/attendance`, `${ids.map((id) => `came=${id}&`).join('')}minutes=60`);
	const questions = () => smtp.letters.filter((l) => l.subject.startsWith('Une question'));
	await came(people.slice(0, 1));
	await until('the question', 20, async () => questions().length);
	await came(people.slice(1)); // the sheet is saved again: the other one was there too
	await until('the other question', 20, async () => questions().length > 1);
	const [first, second] = questions();
	assert.deepEqual([first.to, second.to], [['Ada@example.test'], ['Ben@example.test']]);
	assert.match(first.text, /Qu’est-ce qui vous a surpris\u00a0\?/);
	assert.match(first.text, /http\S+\/activities\/reflection\/\S+/);
	assert.equal(questions().length, 2);
	await click(first);
	await click(letter);
	const conference = list.rows.find((row) => row.kind === 'conference');
	await post(`/activities/${conference.id}/conference/letters`, '');
	const to_mireille = () => smtp.letters.find((l) => l.to.includes('mireille@home.example'));
	await until('the times of the conference', 20, async () => to_mireille());
	await click(to_mireille());
	await site.stop();
	await smtp.stop();
});

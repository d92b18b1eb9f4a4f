// What calendar programs make of the dates that leave: read back by a library that such programs use.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { test } from '../browser/runner.mjs';
import { start } from '../browser/server.mjs';

const headers = (base, cookie) => ({ 'Content-Type': 'application/x-www-form-urlencoded', Origin: base, Cookie: cookie ?? '' });

async function sign_in(base) {
	const answer = await fetch(`${base}/lakeside/demo`, { method: 'POST', redirect: 'manual', headers: headers(base), body: 'role=admin&back=/' });
	return answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
}

// The components of a file, after each of its zones was made known to the library.
function read(text) {
	const calendar = new ICAL.Component(ICAL.parse(text));
	ICAL.TimezoneService.reset();
	for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone), zone.getFirstPropertyValue('tzid'));
	return { calendar, events: calendar.getAllSubcomponents('vevent').map((e) => new ICAL.Event(e)) };
}
const at = (time) => time.toJSDate().toISOString();

test('The public calendar is read by a calendar library: zones, texts, languages, what is cancelled', async () => {
	const site = await start('calendar');
	const answer = await fetch(`${site.base}/lakeside/activities/calendar.ics`);
	assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
	const { calendar, events } = read(await answer.text());
	assert.equal(calendar.getFirstPropertyValue('method'), 'PUBLISH');
	assert.equal(events.length, 3);
	const pilot = events.find((e) => /harbour/.test(e.summary));
	assert.equal(pilot.startDate.zone.tzid, 'America/St_Johns');
	assert.equal(pilot.startDate.hour, 13);
	assert.match(at(pilot.startDate), /T1[56]:30:00/); // half an hour off, summer or winter
	assert.equal(pilot.duration.toSeconds(), 45 * 60);
	assert.equal(pilot.location, 'Harbour training centre\n9 Pier Street\nSt. John’s');
	assert.equal(pilot.component.getFirstProperty('summary').getParameter('language'), 'en');
	const tools = events.find((e) => /Tools/.test(e.summary));
	assert.equal(tools.component.getFirstPropertyValue('status'), 'CANCELLED');
	assert.equal(tools.sequence, 2);
	assert.equal(new Set(events.map((e) => e.uid)).size, 3);
	await site.stop();
});

test('On the night clocks go back, each of two equal times is read as the one that was meant', async () => {
	const site = await start('calendar-night');
	const cookie = await sign_in(site.base);
	const meant = { first: '2026-11-01T04:00:00.000Z', second: '2026-11-01T05:00:00.000Z' };
	for (const which of ['first', 'second']) {
		const body = new URLSearchParams({ title: 'Réunion; à l’aube, « au port » \\ quai', kind: 'session', mode: 'technology', minutes: '90',
			visibility: 'public', date: '2026-11-01', time: '01:30', zone: 'America/St_Johns', which, about: 'Une ligne\nune autre, '.repeat(9) });
		const made = await fetch(`${site.base}/lakeside/activities/new`, { method: 'POST', redirect: 'manual', headers: headers(site.base, cookie), body });
		assert.equal(made.status, 303);
		const file = await fetch(`${new URL(made.headers.get('location'), site.base)}.ics`);
		const text = await file.text();
		assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), 'lines are folded');
		const { events: [event] } = read(text);
		assert.equal(at(event.startDate), meant[which]);
		assert.equal(at(event.endDate), new Date(Date.parse(meant[which]) + 90 * 60000).toISOString());
		assert.equal(event.summary, 'Réunion; à l’aube, « au port » \\ quai');
		assert.equal(event.sequence, 1);
	}
	await site.stop();
});

test('One’s own card is read by an address book: a name that is not taken apart, and how to be reached', async () => {
	const site = await start('vcard');
	const cookie = await sign_in(site.base);
	const contact = async (kind, value, preferred) => fetch(`${site.base}/lakeside/me/contacts`, { method: 'POST', redirect: 'manual',
		headers: headers(site.base, cookie), body: new URLSearchParams({ kind, value, label: '', ...preferred && { preferred: '1' } }) });
	await contact('phone', '+1 204 555 0142');
	await contact('post', '9 Pier Street; upstairs\nSt. John’s, NL');
	await contact('email', 'ines@home.example', true);
	const answer = await fetch(`${site.base}/lakeside/me/vcard`, { headers: headers(site.base, cookie) });
	assert.equal(answer.headers.get('content-type'), 'text/vcard; charset=utf-8');
	assert.match(answer.headers.get('cache-control'), /no-store/);
	const text = await answer.text();
	assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), 'lines are folded');
	const card = new ICAL.Component(ICAL.parse(text));
	assert.equal(card.getFirstPropertyValue('version'), '4.0');
	assert.equal(card.getFirstPropertyValue('fn'), 'Ines Achterberg');
	assert.deepEqual(card.getFirstPropertyValue('n'), ['', 'Ines Achterberg', '', '', '']);
	assert.equal(card.getFirstPropertyValue('org').toString(), 'Lakeside School');
	const mail = card.getAllProperties('email').find((one) => one.getParameter('pref') === '1');
	assert.equal(mail.getFirstValue(), 'ines@home.example');
	assert.match(String(card.getAllProperties('tel').at(-1).getFirstValue()), /204 555 0142/);
	assert.equal(card.getFirstPropertyValue('adr')[2], '9 Pier Street; upstairs\nSt. John’s, NL');
	assert.equal((await fetch(`${site.base}/lakeside/me/vcard`, { redirect: 'manual' })).status, 303);
	await site.stop();
});

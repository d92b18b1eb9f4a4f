// What somebody who plans does: a visit with items of a standard, in French, by keyboard, on a phone, without scripts.
import { execFileSync } from 'node:child_process';
import { assert, demo, test, walk } from './lib.mjs';
import { program } from './server.mjs';

// The parts of a date or time field are the browser's own: reached by Tab, then set.
async function set(w, label, value) {
	const field = await w.tab_to(w.page.getByLabel(w.named(label)), label);
	await field.fill(value);
}

// The second Sunday of next March, when clocks go forward.
const year = new Date().getUTCFullYear() + 1;
const sunday = 14 - (new Date(Date.UTC(year, 2, 14)).getUTCDay());

test('A visit is planned in French by keyboard without scripts: the night of the clocks, the picker, then cancelled', async () => {
	await walk({ site: await demo(), as: 'admin', lang: 'fr', size: 360, scripts: false }, async (w) => {
		await w.go('/activities');
		await w.follow('link', 'Plan an activity');
		await w.fill('Title', 'Visite de la scierie');
		await w.choose('Kind', 'Visit');
		await set(w, 'Day', `${year}-03-${String(sunday).padStart(2, '0')}`);
		await set(w, 'Begins at', '02:30');
		await w.press('Plan it', 422);
		await w.see('Clocks go forward that night and skip this time. Choose another one.');
		await w.good();
		assert.equal(await w.value_of('Title'), 'Visite de la scierie');
		await set(w, 'Begins at', '10:00');
		await w.choose('Who may see it', 'Everybody: it stands in the public calendar');
		await w.follow(w.page.locator('button[name=pick]'), 'the picker');
		await w.choose('Standard', 'Accompagner');
		await w.press('Show');
		await w.tick(w.page.locator('input[name=items]').first(), 'an item');
		await w.press('Use these items');
		assert.equal(await w.value_of('Title'), 'Visite de la scierie');
		assert.equal(await w.page.locator('input[name=items]:checked').count(), 1);
		await w.press('Plan it');
		await w.see('The activity is planned.', new RegExp(`dimanche ${sunday} mars ${year}, 10.h.–.11.h`), 'Items of standards');
		await w.good();
		await w.picture('activity');
		await w.follow('link', 'Cancel the activity');
		await w.fill('Why it is cancelled', 'La route est fermée');
		await w.press('Cancel the activity');
		await w.see('This activity is cancelled.', 'La route est fermée');
		await w.go('/activities/calendar');
		await w.see('Visite de la scierie', 'Cancelled');
		await w.good();
	});
});

const phones = [{ lang: 'en', size: 360, scripts: false }, { lang: 'fr', size: 360, scripts: false }];
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

const titles = {
	en: { stories: 'Stories of the lake', evening: 'An evening for families', walk: 'A walk around the lake' },
	fr: { stories: 'Histoires du lac', evening: 'Une soirée pour les familles', walk: 'Le tour du lac' },
};

// A new activity of the school, open to its first class.
async function plan(w, title, date) {
	await w.go('/activities');
	await w.follow('link', 'Plan an activity');
	await w.fill('Title', title);
	await set(w, 'Day', date);
	await set(w, 'Begins at', '09:00');
	await w.tick(w.page.locator('input[name=groups]').first(), 'a class');
	await w.press('Plan it');
	await w.see('The activity is planned.');
}

test('An elder without e-mail is called: the text is read out, the answer is written down, and it can be seen who took it', async () => {
	for (const how of phones)
		await walk({ site: await demo(), prefix: '/lakeside', as: 'admin', ...how }, async (w) => {
			const name = `Nanuq ${how.lang}`;
			await plan(w, titles[how.lang].stories, day(30));
			await w.follow('link', 'Who is asked');
			await w.follow('link', 'Ask people');
			await w.fill('Name', name);
			await w.press('Ask', 422); // neither an address nor a number
			await w.see('There is a problem');
			assert.equal(await w.value_of('Name'), name);
			await w.fill('Telephone', '204 555 0177');
			await w.choose('As', 'Speaker');
			await w.press('Ask');
			await w.see(name, 'no e-mail');
			await w.follow('link', name);
			await w.see('What to read out', /^204 555 0177$/m);
			await w.tick('checkbox', 'I have read this text out');
			await w.choose('How they answered', 'By telephone');
			await w.tick('radio', 'Yes, I come');
			await w.fill('Anything to say? Another date, a need, a question', how.lang === 'en' ? 'Bring the drum' : 'Apporter le tambour');
			await w.press('Write the answer down');
			await w.see('Comes', how.lang === 'en' ? 'Bring the drum' : 'Apporter le tambour', 'By telephone');
			await w.picture('elder');
			await w.good();
		});
});

test('A class without accounts: notices go home, a family answers with its code, and heads are counted', async () => {
	for (const how of phones)
		await walk({ site: await demo(), prefix: '/lakeside', as: 'admin', ...how }, async (w) => {
			await plan(w, titles[how.lang].evening, day(31));
			await w.follow('link', 'Who is asked');
			await w.follow('link', 'Notices to take home');
			await w.follow(w.page.locator('main form[action$="/notices"] button').first(), 'make the notices');
			const sheets = await w.page.locator(`.notice[lang=${how.lang}]`).allInnerTexts();
			assert.ok(sheets.length > 0, 'no sheet in this language');
			const code = sheets[0].match(/\b[A-Z0-9]{5}-[A-Z0-9]{5}\b/)[0];
			await w.picture('notices');
			await walk({ site: await demo(), prefix: '/lakeside', ...how }, async (family) => {
				await family.go('/activities/answer');
				await family.fill('Code', 'AAAAA-AAAAA');
				await family.press('Go on', 422);
				await family.fill('Code', code.toLowerCase());
				await family.press('Go on');
				await family.tick('radio', 'Yes, I come');
				await family.choose('Adults', '2');
				await family.choose('Children', '3');
				await family.press('Send the answer');
				await family.see('Thank you. Your answer has arrived.');
				await family.good();
				await family.picture('family');
			});
			await w.go(new URL(w.page.url()).pathname.replace(w.prefix, '').replace('notices', 'asked'));
			await w.see('(2 + 3)');
			await plan(w, titles[how.lang].walk, day(-1));
			await w.follow('link', 'Attendance');
			await w.tab_to(w.page.locator('input[name=counted]').first(), 'heads');
			await w.page.keyboard.type('21');
			await w.press('Save the attendance');
			assert.equal(await w.page.locator('input[name=counted]').first().inputValue(), '21');
			await w.good();
			await w.picture('counted');
		});
});

test('The calendar address of a class is made by keyboard, read by a program without cookies, and ends when it is revoked', async () => {
	for (const how of phones)
		await walk({ site: await demo(), prefix: '/lakeside', as: 'admin', ...how }, async (w) => {
			await w.go('/activities/feeds');
			await w.choose('Group', '7A');
			await w.press('Activities of a group');
			await w.see('This is the address. It is shown only now.');
			await w.good();
			await w.picture('feed');
			const { pathname } = new URL(await w.value_of('Address'));
			const read = await fetch(w.base + pathname);
			assert.equal(read.status, 200);
			assert.match(read.headers.get('content-type'), /^text\/calendar/);
			assert.match(await read.text(), /^BEGIN:VCALENDAR[^]*BEGIN:VEVENT/);
			await w.press('Revoke');
			await w.see('This address works no longer.');
			assert.equal((await fetch(w.base + pathname)).status, 410);
		});
});

// The first Sunday of next November, when clocks go back: at half past one it is so twice.
const november = 7 - (new Date(Date.UTC(year, 10, 7)).getUTCDay());
const night = `${year}-11-${String(november).padStart(2, '0')}`;
const evening_before = new Date(Date.UTC(year, 10, november - 1));
const half_past = {
	en: { meeting: 'Call with the harbour', here: `Here: Saturday ${evening_before.getUTCDate()} ${evening_before.getUTCMonth() === 9 ? 'October' : 'November'} ${year}, 22:00` },
	fr: { meeting: 'Appel avec le port', here: `samedi ${evening_before.getUTCDate()} ${evening_before.getUTCMonth() === 9 ? 'octobre' : 'novembre'} ${year}, 22` },
};

test('A meeting in St. John’s is booked from Vancouver on the night the clocks change: it is asked which of two half past one', async () => {
	const site = await demo(), db = ['--db', `sqlite:${site.folder}/waypost.db`];
	const email = 'west@example.org', password = 'nine kettles for an elder';
	execFileSync(program, ['org', 'add', 'west', '--names', 'West Guild / Guilde de l’Ouest', '--langs', 'en,fr',
		'--zone', 'America/Vancouver', '--base', `${site.base}/west`, ...db]);
	execFileSync(program, ['user', 'add', email, '--org', 'west', '--role', 'careers_lead', ...db], { input: `${password}\n` });
	for (const how of phones)
		await walk({ site, prefix: '/west', ...how }, async (w) => {
			const { meeting, here } = half_past[how.lang];
			await w.go('/sign-in');
			await w.fill('E-mail address', email);
			await w.fill('Password', password);
			await w.press('Sign in');
			await w.speak(how.lang);
			await w.go('/activities/new');
			await w.fill('Title', meeting);
			await set(w, 'Day', night);
			await set(w, 'Begins at', '01:30');
			await w.choose('Clocks of', how.lang === 'en' ? 'St. John’s' : 'Saint-Jean de Terre-Neuve');
			await w.press('Plan it', 422);
			await w.see('Clocks go back that night, and this time comes twice. Say which one you mean.');
			await w.good();
			await w.picture('half-past-one');
			assert.deepEqual([await w.value_of('Title'), await w.value_of('Begins at')], [meeting, '01:30']);
			await w.tab_to(w.page.locator('input[name=which]').first(), 'the first of the two');
			await w.page.keyboard.press('ArrowDown');
			assert.ok(await w.page.locator('input[name=which]').nth(1).isChecked());
			await w.press('Plan it');
			await w.see('The activity is planned.', here, how.lang === 'en' ? 'Newfoundland Standard Time' : 'heure normale de Terre-Neuve');
			await w.good();
			await w.picture('st-johns');
		});
});

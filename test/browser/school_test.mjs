// A class without accounts signs in by cards that its teacher made; and a mother of two books her times with the teachers
// by the link of a letter, in French, on a phone, by keyboard, without scripts.
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { smtp_server } from '../mail/server.mjs';
import { assert, at_end, demo, start_demo, test, walk } from './lib.mjs';
import { program } from './server.mjs';

const prefix = '/lakeside';

test('A teacher makes cards for the class, and a pupil signs in with one on a phone without scripts', async () => {
	let card;
	await walk({ site: await demo(), prefix, as: 'teacher', lang: 'en', size: 360, scripts: false }, async (w) => {
		await w.go('/people/groups');
		await w.follow('link', '7A');
		await w.follow('link', 'Sign-in cards');
		await w.see('or your child', 'no card yet');
		await w.good();
		await w.press('Make the cards');
		await w.see('Print this page now', 'ᐱᑕ ᐊᕐᓇᖅ');
		await w.good();
		await w.picture('cards');
		const first = w.page.locator('.cut-cards > li').first();
		card = { name: await first.locator('.cut-name').innerText(), codes: await first.locator('.code').allInnerTexts() };
	});
	const [user, code, pin] = card.codes;
	await walk({ site: await demo(), prefix, lang: 'fr', size: 360, scripts: false }, async (w) => {
		await w.go(`/sign-in/card?user_name=${user}`);
		await w.fill('Code on the card', code.toLowerCase());
		await w.fill('PIN', pin);
		await w.follow(w.page.locator('main form button[type=submit], main form button:not([type])').first(), 'sign in');
		await w.go('/me');
		assert.equal(await w.page.locator('h1').innerText(), card.name);
	});
});

// A demonstration whose letters are read.
let running;
async function with_letters() {
	const { port, letters, stop } = await smtp_server();
	at_end(stop);
	return { site: await start_demo('school', { options: ['--smtp', `smtp://127.0.0.1:${port}`] }), letters };
}
const evening = () => (running ??= with_letters());

async function link(letters) {
	const pattern = /Bonjour Mireille[^]*?(http\S+\/activities\/conference\/\S+)/;
	for (const end = Date.now() + 30000; Date.now() < end; await sleep(50)) {
		const found = letters.map(({ text }) => text.match(pattern)?.[1]).find(Boolean);
		if (found) return new URL(found).pathname.replace(prefix, '');
	}
	throw new Error('no letter to the mother');
}

test('A mother of two books a time for each in French, on a phone, by keyboard, without scripts, moves one and gives it back', async () => {
	const { site, letters } = await evening();
	await walk({ site, prefix, as: 'admin', lang: 'en' }, async (w) => {
		await w.go('/activities?kind=conference');
		await w.follow(w.page.locator('main a[href*="/activities/"]', { hasText: /^Conference$/ }).first(), 'the evening');
		await w.follow('link', 'Conference');
		await w.good();
		await w.press('Write to the families');
		await w.see('The letters are on their way.');
	});
	const path = await link(letters);
	await walk({ site, prefix, lang: 'fr', size: 360, scripts: false }, async (w) => {
		await w.go(path);
		await w.see('Noémie Thériault', 'Rémi Thériault', 'Ruth Delorme');
		await w.good();
		await w.press('Book');
		await w.see('Your times are as you see them here.');
		assert.equal(await w.page.locator('.slot-time').count(), 2);
		const before = await w.page.locator('.slot-time').allInnerTexts();
		assert.notEqual(before[0], before[1]);
		await w.follow(w.page.locator('section').nth(1).locator('form').nth(1).locator('button'), 'move it');
		await w.see('Your times are as you see them here.');
		assert.notEqual((await w.page.locator('.slot-time').allInnerTexts())[1], before[1]);
		await w.good();
		await w.picture('conference');
		await w.press('Give the time back');
		await w.see('Your times are as you see them here.');
		assert.equal(await w.page.locator('.slot-time').count(), 1);
	});
});

const email = 'once@example.org';

// Asks for a link to sign in and gives the path of it that came by mail.
async function asked_for(w, letters) {
	const before = letters.length;
	await w.go('/sign-in/link');
	await w.fill('E-mail address', email);
	await w.press('Send me a link');
	for (const end = Date.now() + 30000; Date.now() < end; await sleep(50)) {
		const found = letters.slice(before).map(({ text }) => text.match(/http\S+\/sign-in\/link\/\S+/)?.[0]).find(Boolean);
		if (found) return new URL(found).pathname.replace(prefix, '') + new URL(found).search;
	}
	throw new Error('no letter with a link');
}

for (const lang of ['en', 'fr'])
	test(`A link that was used is opened again, or is no link at all: a page says what to do (${lang})`, async () => {
		const { site, letters } = await evening();
		if (lang === 'en')
			execFileSync(program, ['user', 'add', email, '--org', 'lakeside', '--db', `sqlite:${site.folder}/waypost.db`], { input: 'nine kettles for an elder\n' });
		await walk({ site, prefix, lang, size: 360, scripts: false }, async (w) => {
			await w.speak(lang);
			const path = await asked_for(w, letters);
			await w.go(path);
			await w.press('Sign in now');
			await w.speak(lang);
			await w.go('/me');
			await w.press('Sign out');
			await w.go(path, 410);
			await w.see('This link no longer works', 'Ask for a new link');
			await w.good();
			await w.picture('used-link');
			for (const of of ['/activities/conference', '/people/answer', '/activities/answer']) {
				await w.go(`${of}/nonsense?speaks=${lang}`, 410);
				await w.see('This link no longer works');
				await w.good();
			}
		});
	});

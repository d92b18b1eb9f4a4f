// What a visitor does: finds a standard, reads it, compares its versions, searches, changes language; and what a
// member does with what is theirs. By keyboard, at both widths, with and without scripts.
import { assert, demo, each, test, walk } from './lib.mjs';

const hows = [
	{ lang: 'en', size: 360, scripts: false }, { lang: 'en', size: 1280, scheme: 'dark' },
	{ lang: 'fr', size: 360 }, { lang: 'fr', size: 1280, scripts: false },
];
const titles = { en: 'Guiding adults through a change of work', fr: 'Accompagner les adultes dans un changement de travail' };
const words = { en: 'labour markets', fr: 'marchés du travail' };

test('A visitor finds a standard, reads it, an item of it and its glossary, and compares two versions', async () => {
	for (const how of hows)
		await walk({ site: await demo(), ...how }, async (w) => {
			await w.go('/');
			await w.follow('link', 'Standards');
			await w.follow('link', titles[how.lang]);
			assert.equal(await w.page.locator('h1').innerText(), titles[how.lang]);
			await w.picture('standard');
			await w.follow(w.page.locator('main a[href*="/items/"]').first(), 'the first item');
			await w.see('Cite this item');
			await w.follow('link', titles[how.lang]);
			await w.follow('link', 'Glossary');
			await w.follow('link', 'Versions');
			await w.follow(w.page.locator('main a[href*="/since/"]').first(), 'compare');
			await w.see('What changed');
			if (how.scripts !== false) await w.good();
		});
});

test('A visitor searches in the words of their language and opens what was found', async () => {
	for (const how of hows)
		await walk({ site: await demo(), ...how }, async (w) => {
			await w.go('/');
			await w.fill('Search', words[how.lang]);
			await w.press('Search');
			await w.picture('search');
			await w.follow(w.page.locator('main a[href*="/items/"]').first(), 'what was found');
			assert.equal(await w.page.locator('h1').count(), 1);
		});
});

test('The language switch keeps the place, and the choice stays', async () => {
	for (const { size, scripts } of each({ size: [360, 1280], scripts: [true, false] }))
		await walk({ site: await demo(), size, scripts, lang: 'en' }, async (w) => {
			await w.go('/standards/guiding-adults?read=en');
			const before = w.page.url();
			await w.press('Français');
			assert.equal(w.page.url(), before);
			assert.equal(await w.page.getAttribute('html', 'lang'), 'fr');
			await w.go('/standards');
			assert.equal(await w.page.getAttribute('html', 'lang'), 'fr');
			await w.press('English');
			assert.equal(await w.page.getAttribute('html', 'lang'), 'en');
		});
});

test('What is not there says so with the right status, and leads on', async () => {
	for (const how of hows)
		await walk({ site: await demo(), ...how }, async (w) => {
			await w.go('/no-such-page', 404);
			await w.see('There is no such page');
			if (how.scripts !== false) await w.good();
			await w.go('/people');
			assert.equal(new URL(w.page.url()).pathname, `${w.prefix}/sign-in`);
			if (how.scripts !== false) await w.good();
		});
});

test('A member looks at what is theirs, sees where they are signed in, and signs out', async () => {
	for (const how of hows)
		await walk({ site: await demo(), as: 'member', ...how }, async (w) => {
			await w.go('/');
			await w.follow(w.page.locator('header a[href$="/me"]'), 'my name');
			await w.see('My roles');
			if (how.scripts !== false) await w.good();
			await w.picture('me');
			await w.follow('link', 'Where I am signed in');
			await w.page.goBack();
			await w.follow('link', 'What was recorded about me');
			await w.press('Sign out');
			await w.go('/me');
			assert.equal(new URL(w.page.url()).pathname, `${w.prefix}/sign-in`);
		});
});

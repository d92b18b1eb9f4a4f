// A francophone adviser at a computer that others use too: the session ends, ended from her telephone, while she fills in a
// long form; she signs in again and nothing typed is lost.
import { execFileSync } from 'node:child_process';
import { assert, demo, test, walk } from './lib.mjs';
import { program } from './server.mjs';

const password = 'nine kettles for an elder';
const phone = { size: 360, scripts: false, prefix: '/lakeside' };
const words = {
	en: { title: 'A morning at the sawmill', about: 'Two hours among the people who work there.\n\nBoots are lent.', materials: 'Thirty pairs of boots' },
	fr: { title: 'Une matinée à la scierie', about: 'Deux heures avec les gens qui y travaillent.\n\nLes bottes sont prêtées.', materials: 'Trente paires de bottes' },
};
const day = new Date(Date.now() + 40 * 86400000).toISOString().slice(0, 10);

async function signs_in(w, email) {
	await w.fill('E-mail address', email);
	await w.fill('Password', password);
	await w.press('Sign in');
}

// From another device the adviser ends every other session.
async function ended_from_elsewhere({ base }, email) {
	const post = (path, form, cookie = '') => fetch(`${base}/lakeside${path}`,
		{ method: 'POST', redirect: 'manual', headers: { Origin: base, Cookie: cookie }, body: new URLSearchParams(form) });
	const begun = await post('/sign-in', { email, password });
	const [cookie] = begun.headers.getSetCookie().map((one) => one.split(';')[0]).filter((one) => one.includes('session='));
	const ended = await post('/me/sessions/end', {}, cookie);
	assert.equal(ended.headers.get('location'), '/lakeside/me/sessions');
}

for (const lang of ['fr', 'en'])
	test(`An adviser whose session ends in the middle of a long form loses nothing, on a phone, by keyboard, without scripts (${lang})`, async () => {
		const site = await demo();
		const email = `adviser-${lang}@example.org`;
		execFileSync(program, ['user', 'add', email, '--name', 'Odile Marchand', '--role', 'careers_lead', '--org', 'lakeside',
			'--db', `sqlite:${site.folder}/waypost.db`], { input: `${password}\n` });
		await walk({ site, lang, ...phone }, async (w) => {
			const { title, about, materials } = words[lang];
			await w.go('/sign-in');
			await signs_in(w, email);
			await w.speak(lang);
			await w.go('/activities/new');
			await w.fill('Title', title);
			await w.fill('What it is about', about);
			await w.choose('Kind', 'Visit');
			await (await w.tab_to(w.page.getByLabel(w.named('Day')), 'the day')).fill(day);
			await (await w.tab_to(w.page.getByLabel(w.named('Begins at')), 'the time')).fill('09:15');
			await w.tick('checkbox', 'We go out');
			await w.fill('Places for people', '30');
			await w.tick(w.page.locator('input[name=groups]').first(), 'a class');
			await w.fill('Materials', materials);
			await ended_from_elsewhere(site, email);
			await w.press('Plan it', 401);
			await w.see('You are no longer signed in. Sign in, and what you typed comes back.');
			await w.see_no(title);
			await w.good();
			await w.picture('carried-away');
			// other ways to sign in take it along too
			await w.press('With a link that we send to your e-mail address');
			await w.press('Sign in with e-mail and password');
			await signs_in(w, email);
			await w.see('You are signed in again. What you typed is not sent yet: look at it, and send it.');
			await w.see_no('There is a problem');
			assert.deepEqual(await Promise.all(['Title', 'What it is about', 'Day', 'Begins at', 'Places for people', 'Materials'].map((name) => w.value_of(name))),
				[title, about, day, '09:15', '30', materials]);
			assert.ok(await w.page.locator('input[name=groups]').first().isChecked());
			assert.ok(await w.page.getByLabel(w.named('We go out')).isChecked());
			await w.good();
			await w.picture('carried-back');
			await w.press('Plan it');
			await w.see('The activity is planned.', title, materials);
		});
	});

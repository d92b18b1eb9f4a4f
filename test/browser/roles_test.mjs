// One person in many roles: a teacher who keeps the school's register too, is a pupil's mother, was a book that people asked
// about her work, and practises elsewhere. And a pupil who comes into the next age band, and decides from that day on.
import { assert, demo, test, walk } from './lib.mjs';

const phone = { size: 360, scripts: false, prefix: '/lakeside' };

async function acts(w, role) {
	await w.follow(w.page.locator('header a.acting'), 'the acting role');
	// Tab comes to the role that is chosen, the arrows to the others
	await w.tab_to(w.page.locator('main input[type=radio]:checked'), 'the role of now');
	const wanted = typeof role === 'string' ? w.page.getByRole('radio', { name: w.named(role) }) : role;
	for (let keys = 0; keys < 5 && !await wanted.isChecked(); keys++) await w.page.keyboard.press('ArrowDown');
	assert.ok(await wanted.isChecked(), `${role} is not chosen`);
	await w.press('Act in this role');
}

for (const lang of ['en', 'fr'])
	test(`A teacher who is a registrar and a mother chooses her role, sees it, and reaches her own child as a mother only (${lang})`, async () => {
		await walk({ site: await demo(), as: 'registrar', lang, ...phone }, async (w) => {
			await w.go('/people/groups');
			await w.see('In which role do you act?', 'You hold several roles here. Choose one first.');
			await w.good();
			await w.picture('acting');
			await w.tick('radio', 'Registrar');
			await w.press('Act in this role');
			await w.see('Registrar', '7A', '7B');
			await w.go('/people?words=blackwood');
			const own = w.page.locator('main a', { hasText: 'Milo' }).first();
			const path = (await own.getAttribute('href')).replace(w.prefix, '');
			await w.follow(own, 'her child', 403);
			await w.good();
			await w.go(`${path}/consents`, 403);
			await w.go('/people?words=malik');
			await w.follow(w.page.locator('main a', { hasText: 'Malik' }).first(), 'the child of others');
			await acts(w, 'Teacher');
			await w.go('/people/groups');
			await w.see('Teacher', '7B');
			await w.see_no('7A');
			await acts(w, w.page.locator('#f-role-0')); // for herself, as a parent
			await w.see('For myself', /Boreal Career|Regroupement boréal/, 'Practitioner', 'You are asked what you agree to: answer with a yes or a no',
				'Choose a time with the teachers');
			await w.good();
			await w.picture('in-many-roles');
			await w.go('/me/consents');
			await w.see('Milo Blackwood');
			await w.good();
			await w.go('/activities/mine');
			await w.see('Human book');
			await w.go('/me/grants');
			await (await w.tab_to(w.page.getByLabel(w.named('Until')), 'the last day')).fill(day(300));
			await w.choose('What they may read', 'Which items of standards I exercised');
			await w.press('Let them read');
			await w.see('They may read it from now on. You see here when they do, and end it when you like.', 'Which items of standards I exercised');
			await w.good();
			await w.picture('grants');
			await w.press('End it');
			await w.see('They may not read it any more.', 'No longer');
		});
	});

// YYYY-MM-DD where the school is, so many days from now.
const day = (days) => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Winnipeg', year: 'numeric', month: '2-digit', day: '2-digit' })
	.format(new Date(Date.now() + days * 86400000));
const evidence = 'Use what they did as evidence';
const bands = { en: ['Younger pupils', 'Older pupils'], fr: ['Jeunes élèves', 'Élèves plus âgés'] };

async function band_of(w, words) {
	await w.go(`/people?words=${words}`);
	const path = await w.page.locator('main .table a, main .list a').first().getAttribute('href');
	return `${path.replace(w.prefix, '')}/band`;
}

async function changes_on(w, band, date) {
	await w.go(band);
	await w.choose('Age band', bands[w.how.lang][0]);
	for (const [label, value] of [['Since', day(-400)], ['Changes on', date]])
		await (await w.tab_to(w.page.getByLabel(w.named(label)), label)).fill(value);
	await w.press('Save');
	await w.see('The age band is saved.');
}

for (const lang of ['en', 'fr'])
	test(`The day before a pupil comes into the next age band a guardian decides, the day after the pupil alone (${lang})`, async () => {
		await walk({ site: await demo(), as: 'admin', lang, ...phone }, async (w) => {
			const tomorrow = await band_of(w, 'noé'), yesterday = await band_of(w, 'kaia');
			await changes_on(w, tomorrow, day(1));
			await w.see('A guardian, the last time on', 'the learner alone from', bands[lang][0]);
			await w.good();
			await w.picture('band-tomorrow');
			await w.go(tomorrow.replace(/band$/, 'consents'));
			await w.see('A guardian, the last time on', 'Luc Desrosiers');
			await w.see_no('the learner decides alone');
			await changes_on(w, yesterday, day(-1));
			await w.see('The learner alone, since', bands[lang][1]);
			await w.good();
			await w.picture('band-yesterday');
			await walk({ site: await demo(), as: 'learner', lang, ...phone }, async (pupil) => {
				await pupil.go('/me/consents');
				await pupil.see(evidence);
				await pupil.good();
				await pupil.choose(evidence, lang === 'en' ? 'Yes' : 'No');
				await pupil.press('Send the answers');
				await pupil.picture('decides-alone');
			});
			await w.go(yesterday.replace(/band$/, 'consents'));
			await w.see('The learner alone, since', 'Kaia Sandberg');
			await w.good();
		});
	});

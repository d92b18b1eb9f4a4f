// What is held: a class comes by the code on the projector, and coverage and figures are read, on a phone without scripts.
import { assert, demo, test, walk } from './lib.mjs';

const trades = { en: 'Trades day', fr: 'Journée des métiers' };
const phone = { size: 360, scripts: false, prefix: '/lakeside' };

for (const lang of ['en', 'fr'])
	test(`Attendance by a code on the projector, and coverage read by keyboard on a phone without scripts (${lang})`, async () => {
		await walk({ site: await demo(), as: 'admin', lang, ...phone }, async (w) => {
			await w.go('/activities?when=past');
			await w.follow('link', trades[lang]);
			await w.follow('link', 'Attendance');
			await w.follow('link', 'By a code on the projector');
			await w.press('Show the code');
			const shown = w.page.locator('data.digits');
			const code = await shown.getAttribute('value');
			assert.match(code, /^\d{6}$/);
			await w.good();
			await w.picture('projector');
			const here = new URL(w.page.url()).pathname.replace(w.prefix, '').replace(/code$/, 'here');
			await walk({ site: await demo(), as: 'learner', lang, ...phone }, async (learner) => {
				await learner.go(here);
				await learner.fill('Code', code === '123456' ? '654321' : '123456');
				await learner.press('I am here', 422);
				await learner.see('This is not the code on the screen now. Look again: it changes.');
				await learner.fill('Code', code);
				await learner.press('I am here');
				await learner.see('You are on the sheet');
				await learner.good();
				await learner.go('/activities/mine');
				await learner.see('Drafts for CPD');
				await learner.good();
			});
			await w.press('Close, and look at the sheet');
			await w.go('/activities/coverage');
			await w.see('What is counted', '7A');
			await w.good();
			await w.picture('coverage');
			await w.follow('link', '7A');
			await w.see('Who was where');
			await w.good();
			await w.picture('grid');
			await w.follow('link', 'Figures');
			await w.see('withheld', 'By group');
			await w.good();
			await w.picture('figures');
			await w.follow('link', 'One person');
			await w.fill('Name', 'Berit');
			await w.press('Find');
			await w.good();
			await w.follow(w.page.locator('main a[href$="/contact"]'), 'the contact history');
			await w.see('What is counted', 'Speaker');
			await w.good();
			await w.picture('contact');
			for (const page of ['CPD', 'Evidence']) {
				await w.follow('link', page);
				await w.see('What is counted');
				await w.good();
			}
		});
	});

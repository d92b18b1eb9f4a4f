// A mother of two in two schools: asked by each in a letter in her language, she answers both by the links in them.
import { setTimeout as sleep } from 'node:timers/promises';
import { smtp_server } from '../mail/server.mjs';
import { assert, at_end, start_demo, test, walk } from './lib.mjs';

const schools = [
	{ prefix: '/lakeside', group: '7A', child: 'Noé Desrosiers-Kaur' },
	{ prefix: '/boreal', group: 'Summer workshop', child: 'Kiran Kaur' },
];
const figures = 'Be counted in published figures';

// The path of the link in her letter from one school.
async function link(letters, { prefix }) {
	const pattern = new RegExp(`Bonjour Harpreet[^]*?(http\\S+${prefix}/people/answer/\\S+)`);
	for (const end = Date.now() + 30000; Date.now() < end; await sleep(50)) {
		const found = letters.map(({ text }) => text.match(pattern)?.[1]).find(Boolean);
		if (found) return new URL(found).pathname.replace(prefix, '');
	}
	throw new Error(`no letter from ${prefix}`);
}

test('A mother of two in two schools answers each by link in French and in English, on a phone, by keyboard, and takes one back', async () => {
	const { port, letters, stop } = await smtp_server();
	at_end(stop);
	const site = await start_demo('family', { options: ['--smtp', `smtp://127.0.0.1:${port}`] });
	for (const school of schools) {
		await walk({ site, prefix: school.prefix, as: 'admin', lang: 'en' }, async (w) => {
			await w.go('/people/groups');
			await w.follow('link', school.group);
			await w.follow(w.page.locator('main a[href$="/consents"]'), 'the consents');
			await w.press('Remind who has not answered');
			await w.see('at most once a day');
			await w.good();
		});
		const path = await link(letters, school);
		await walk({ site, prefix: school.prefix, lang: 'fr', size: 360, scripts: false }, async (w) => {
			await w.go(path);
			await w.see('Your consents', school.child);
			await w.see_no(...schools.filter((other) => other !== school).map(({ child }) => child));
			await w.choose(figures, 'Yes');
			await w.press('Send the answers');
			await w.see('Thank you. Your answer has arrived.', 'You answered on');
			await w.good();
			await w.picture('family');
			assert.equal(await w.value_of(figures), 'yes');
			if (school !== schools[0]) return;
			await w.choose(figures, 'Take my answer back');
			await w.press('Send the answers');
			await w.see('Thank you. Your answer has arrived.');
			assert.equal(await w.value_of(figures), '');
		});
		await walk({ site, prefix: school.prefix, lang: 'en', size: 360, scripts: false }, async (w) => {
			await w.go(path); // it speaks her language, until she wants the other one
			assert.equal(await w.page.getAttribute('html', 'lang'), 'fr');
			await w.follow('link', 'English');
			await w.see('Your consents', school.child);
			await w.choose(figures, 'No');
			await w.press('Send the answers');
			await w.see('Thank you. Your answer has arrived.', 'You answered on');
			await w.good();
			assert.equal(await w.value_of(figures), 'no');
		});
	}
});

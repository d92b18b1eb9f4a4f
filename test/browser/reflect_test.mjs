// What is asked afterwards: a learner answers for themself, shares it, takes that back and deletes it; the school sees no more than that.
import { assert, demo, test, walk } from './lib.mjs';

const trades = { en: 'Trades day', fr: 'Journée des métiers' };
const question = { en: 'What surprised you?', fr: 'Qu’est-ce qui vous a surpris' };
const mill = { en: 'Morning at the mill', fr: 'Matinée au moulin' };
const words = { en: 'How loud the planer is.', fr: 'Le bruit de la raboteuse.' };
const phone = { size: 360, scripts: false, prefix: '/lakeside' };

for (const lang of ['en', 'fr']) {
	test(`A learner answers the question about trades day, shares it and takes it back, by keyboard on a phone without scripts (${lang})`, async () => {
		const site = await demo();
		await walk({ site, as: 'learner', lang, ...phone }, async (learner) => {
			const read = (steps, size = 360) => walk({ site, as: 'admin', lang, ...phone, size }, async (w) => {
				await w.go('/activities?when=past');
				await w.follow('link', trades[lang]);
				await w.good();
				await w.follow('link', 'Answers afterwards');
				await w.good();
				await steps(w);
			});
			await learner.go('/me');
			await learner.see('You were there: one question for you');
			await learner.follow('link', trades[lang]);
			await learner.see('Nobody but you, unless you tick the box.');
			await learner.good();
			await learner.picture('question');
			await learner.fill(question[lang], words[lang]);
			await learner.press('Keep my answer');
			await learner.see('Thank you. Your answer is kept.');
			await learner.good();
			await read((w) => w.see_no(words[lang]));
			await learner.tick('checkbox', 'Those responsible for this activity may read my answer, with my name');
			await learner.press('Save the change');
			await learner.see('You have said that those responsible may read it.');
			await read(async (w) => {
				await w.see(words[lang], 'Shared with you');
				await w.picture('answers');
			});
			await learner.go('/activities/mine');
			await learner.follow('link', 'My answer');
			await learner.press('Let nobody else read it any more');
			await learner.see('From now on nobody else can read your answer.');
			await learner.good();
			await read((w) => w.see_no(words[lang]), 1280);
			await learner.press('Delete my answer');
			await learner.see('Your answer is deleted.', 'You were there: one question for you');
			assert.ok(learner.page.url().endsWith('/me'));
		});
	});

	test(`A question that is offered is planned and taken back by keyboard on a phone without scripts (${lang})`, async () => {
		await walk({ site: await demo(), as: 'admin', lang, ...phone }, async (w) => {
			await w.go('/activities');
			await w.follow('link', mill[lang]);
			await w.follow('link', 'Change the plan');
			await w.tick(w.page.locator('main summary'), 'A question afterwards');
			await w.choose('A question to begin with', question[lang]);
			await w.press('Save', 422);
			await w.see('Say when it is asked, or leave the question empty.');
			await w.good();
			await w.picture('planning');
			await w.choose('When it is asked', 'The day after');
			await w.press('Save');
			await w.see('Asked afterwards', question[lang]);
			await w.good();
			await w.follow('link', 'Change the plan');
			await w.fill('The question', '');
			await w.choose('When it is asked', 'Nothing is asked');
			await w.press('Save');
			await w.see_no('Asked afterwards');
		});
	});
}

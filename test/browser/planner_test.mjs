// What somebody who plans does: a visit with items of a standard, in French, by keyboard, on a phone, without scripts.
import { assert, demo, test, walk } from './lib.mjs';

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
		await w.see('The activity is planned.', new RegExp(`dimanche ${sunday} mars ${year}, 10.h – 11.h`), 'Items of standards');
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

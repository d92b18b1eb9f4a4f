// What an editor does: writes a standard, translates it, publishes it, imports a document and corrects it, and
// fills in a form with the item picker in its middle. By keyboard, at both widths, with and without scripts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, demo, test, walk } from './lib.mjs';

const hows = [
	{ lang: 'en', size: 360, scripts: false }, { lang: 'en', size: 1280 },
	{ lang: 'fr', size: 360, scheme: 'dark' }, { lang: 'fr', size: 1280, scripts: false },
];
const other = { en: 'fr', fr: 'en' };
const name_of = (how) => `Walked ${how.lang} ${how.size}`;

async function add(w, code, title, text) {
	await w.follow(w.page.locator('main a[href$="/draft/add"]').first(), 'add an item');
	await w.choose('Kind', 'Competency');
	await w.fill('Code', code);
	await w.fill('Short name', title);
	await w.fill('Text', text);
	await w.press('Add');
	await w.see(code, title);
}

// What is typed is in the language of the standard, which begins in its reader's.
const kept = { en: 'Kept while the title is wrong', fr: 'Gardé tant que le titre est faux' };

test('An editor writes a standard, is told what is wrong with it, and loses nothing typed', async () => {
	for (const how of hows)
		await walk({ site: await demo(), as: 'standards_editor', ...how }, async (w) => {
			await w.go('/standards');
			await w.follow('link', 'Write a new standard');
			await w.fill('Title', ' ');
			await w.fill('Summary', kept[how.lang]);
			await w.press('Create the draft', 422);
			await w.see('There is a problem');
			assert.equal(await w.value_of('Summary'), kept[how.lang]);
			if (how.scripts !== false) await w.good();
			await w.fill('Title', name_of(how));
			await w.press('Create the draft');
			await add(w, 'T1', 'One', 'Greets whoever comes in.');
			await add(w, 'T2', 'Two', 'Asks before writing anything down.');
			if (how.scripts !== false) await w.good();
			await w.picture('draft');
		});
});

test('An editor moves an item, changes it, translates it side by side, and takes one out', async () => {
	for (const how of hows)
		await walk({ site: await demo(), as: 'standards_editor', ...how }, async (w) => {
			await w.go('/standards');
			await w.follow('link', name_of(how));
			await w.follow('link', 'Draft');
			await w.follow(w.page.getByRole('link', { name: /T2/ }).and(w.page.locator('[href$="/move"]')), 'move T2');
			if (how.scripts !== false) await w.good();
			await w.press('Move');
			await w.follow(w.page.getByRole('link', { name: /T1/ }).and(w.page.locator('[href*="/items/"]')).last(), 'edit T1');
			await w.page.goBack();
			await w.follow(w.page.locator('main a[href*="/draft/items/"]:not([href*="/move"]):not([href*="/remove"])').first(), 'the first item');
			await w.fill('Text', 'Greets whoever comes in, by name.');
			await w.press('Save');
			await w.see('Greets whoever comes in, by name.');
			await w.follow(w.page.locator(`main a[href*="work=${other[how.lang]}"]`).first(), 'the other language');
			await w.picture('translate');
			if (how.scripts !== false) await w.good();
			await w.fill('Text', how.lang === 'en' ? 'Accueille chaque personne par son nom.' : 'Greets each person by name.');
			await w.press('Save');
		});
});

test('An editor publishes a draft; it can then be read by everyone and does not change', async () => {
	for (const how of hows)
		await walk({ site: await demo(), as: 'admin', ...how }, async (w) => {
			await w.go('/standards');
			await w.follow('link', name_of(how));
			await w.follow('link', 'Draft');
			await w.follow('link', 'Publish this draft');
			await w.fill('Name of the version', '1.0');
			await w.fill('What is new, in a sentence', 'Everything');
			if (how.scripts !== false) await w.good();
			await w.press('Publish');
			await w.see('Adopted');
			const read = w.page.url().replace(w.base, '').replace(w.prefix, '').split('?')[0];
			await walk({ site: await demo(), ...how }, async (visitor) => {
				await visitor.go(read);
				await visitor.see('T1', 'T2');
			});
		});
});

test('Two editors at once: the second is shown both texts, and nothing is overwritten', async () => {
	const site = await demo();
	await walk({ site, as: 'standards_editor', size: 360, scripts: false }, async (first) => {
		await first.go('/standards/working-with-employers/draft');
		await first.follow(first.page.locator('main a[href*="/draft/items/"]').first(), 'the first item');
		const address = first.page.url().replace(site.base + site.prefix, '');
		await walk({ site, as: 'admin' }, async (second) => {
			await second.go(address);
			await second.fill('Text', 'Written by the second.');
			await second.press('Save');
		});
		await first.fill('Text', 'Written by the first.');
		await first.press('Save', 409);
		await first.see('Someone else changed this while you were writing.', 'Written by the second.');
		assert.equal(await first.value_of('Text'), 'Written by the first.');
		await first.picture('conflict');
	});
});

test('Three items of two standards are chosen in the middle of a half-filled form, and nothing typed is lost', async () => {
	for (const how of hows)
		await walk({ site: await demo(), as: 'standards_editor', ...how }, async (w) => {
			await w.go('/standards/crosswalks/adults-and-rubric/add');
			await w.fill('Note', `Half filled ${how.lang}`);
			const pick = async (which, standard, many) => {
				await w.follow(w.page.locator('button[name=pick]').nth(which), 'the picker');
				await w.choose('Standard', standard);
				await w.press('Show');
				if (how.scripts !== false) await w.good();
				await w.picture('picker');
				for (let i = 0; i < many; i++) {
					await w.tab_to(w.page.locator('main input[type=checkbox]:not(:checked)').first(), 'an item');
					await w.page.keyboard.press('Space');
				}
				await w.press('Use these items');
			};
			await pick(0, how.lang === 'en' ? 'Guiding adults' : 'Accompagner', 2);
			await pick(1, how.lang === 'en' ? 'Practice rubric' : 'Grille', 1);
			assert.equal(await w.value_of('Note'), `Half filled ${how.lang}`);
			assert.equal(await w.page.locator('main input[type=checkbox]:checked').count(), 3);
			await w.picture('picked');
			if (how.scripts !== false) await w.good();
		});
});

test('Of one item chosen the page suggests what is alike; ticked by keyboard on a phone, it is saved when Add is pressed', async () => {
	await walk({ site: await demo(), as: 'standards_editor', size: 360, scripts: false }, async (w) => {
		await w.go('/standards/crosswalks/adults-and-rubric/add');
		await w.follow(w.page.locator('button[name=pick]').first(), 'the picker');
		await w.choose('Standard', 'Guiding adults');
		await w.press('Show');
		await w.tab_to(w.page.locator('.choice', { hasText: 'Use labour market information' }).locator('input'), 'the item');
		await w.page.keyboard.press('Space');
		await w.press('Use these items');
		const offered = w.page.locator('main input[id^=suggested-]');
		assert.equal(await offered.count(), 1);
		assert.equal(await offered.isChecked(), false);
		await w.picture('suggested');
		await w.tab_to(offered, 'the suggestion');
		await w.page.keyboard.press('Space');
		await w.press('Add');
		await w.see('The rows were added.');
	});
});

const document_of = (how) => `# Imported ${how.lang} ${how.size}

## Meeting people

1. Says who they are and what the meeting is for.
   - in a room
   - over a telephone line
2. Leaves time for questions.

## Afterwards

1. Writes down what was agreed.
`;

test('An editor imports a document, sees what was read, corrects it, and saves it as a draft', async () => {
	for (const how of hows) {
		const site = await demo();
		const file = join(site.folder, `imported-${how.lang}-${how.size}.md`);
		writeFileSync(file, document_of(how));
		await walk({ site, as: 'standards_editor', ...how }, async (w) => {
			await w.go('/standards');
			await w.follow('link', 'Import a document');
			await w.attach('Document', file);
			await w.press('Read the document');
			await w.see('What was read', 'Leaves time for questions.', 'over a telephone line');
			await w.picture('import');
			if (how.scripts !== false) await w.good();
			const second = w.page.locator('main li', { hasText: 'Leaves time' }).last();
			await w.follow(second.locator('button[value^="indent"]').first(), 'indent');
			await w.press('Take the last correction back');
			await w.press('Save as a draft');
			await w.see('Meeting people', 'Writes down what was agreed.');
		});
	}
});

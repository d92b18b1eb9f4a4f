// What a registrar does: a class list comes in, is seen, done and undone, in both languages, by keyboard, on a phone,
// without scripts.
import { assert, demo, test, walk } from './lib.mjs';
import { say } from './words.mjs';

const lists = {
	fr: {
		file: '8C.csv', separator: 'Semicolon', unknown: 'Casier', one_name: 'Sedna', syllabics: 'ᐱᑕ', full: 'Éloïse Lachance-Okafor', shared: 'famille@lachance.example', wrong: 'pas-une-adresse',
		rows: ['Numéro;Nom;Prénom;Classe;Courriel;Langue;Casier;Date de naissance',
			'31001;Lachance-Okafor;Éloïse;8C;famille@lachance.example;fr;12;2013-02-03', '31002;;ᐱᑕ;8C;;iu;;',
			'31003;;Sedna;8C;famille@lachance.example;en;14;', '31004;Roy;Zoé;8C;pas-une-adresse;fr;;', '31005;;;8C;;;;', '31001;Autre;Nom;8C;;;;'],
	},
	en: {
		file: '8D.csv', separator: 'Comma', unknown: 'Locker', one_name: 'Tagaq', syllabics: 'ᓴᐃᓚ', full: 'Grace Okoro-Hill', shared: 'family@okoro.example', wrong: 'no-address',
		rows: ['Student number,Last name,First name,Class,E-mail,Language,Locker,Date of birth',
			'32001,Okoro-Hill,Grace,8D,family@okoro.example,en,12,2013-02-03', '32002,,ᓴᐃᓚ,8D,,iu,,',
			'32003,,Tagaq,8D,family@okoro.example,en,14,', '32004,King,Zoe,8D,no-address,en,,', '32005,,,8D,,,,', '32001,Other,Name,8D,,,,'],
	},
};

// The job is the clock's: looked at again until it is over.
async function over(w, words) {
	for (let tries = 0; tries < 100; tries++) {
		if ((await w.page.innerText('body')).includes(say(w.how.lang, words))) return;
		await w.page.waitForTimeout(100);
		await w.page.reload();
	}
	assert.fail(`the job is not over: ${await w.page.innerText('main')}`);
}

async function undo(w, address) {
	await w.page.goto(address);
	await w.tick('button', 'Undo all of it');
	await w.press('Undo it');
	await over(w, 'It is undone.');
	await w.follow('link', 'See the result');
	await w.see('undone');
}

async function send(w, { file, rows }) {
	await w.go('/people/batches');
	await w.attach('File', { name: file, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
	await w.press('Read the file');
}

for (const lang of ['fr', 'en'])
	test(`A class list comes in and is undone, on a phone, without scripts: one name, syllabics, a shared address, errors (${lang})`, async () => {
		const list = lists[lang];
		await walk({ site: await demo(), as: 'admin', lang, size: 360, scripts: false, prefix: '/lakeside' }, async (w) => {
			await send(w, list);
			await w.see('What the columns mean', 'UTF-8', list.separator, list.unknown, 'No birth dates are kept, only until when somebody is a minor.');
			await w.good();
			await w.picture('roster-columns');
			await w.press('See what it changes');
			await w.see('There is no name in this row.', 'Another row has the same number and another name.', list.wrong);
			await w.good();
			await w.picture('roster-wrong');
			await w.follow('link', 'New');
			await w.see(list.syllabics, list.one_name, list.full, list.shared);
			await w.good();
			await w.picture('roster-new');
			const address = w.page.url().replace(/\?.*/, '');
			await w.press('Do it');
			await over(w, 'It is done.');
			await w.follow('link', 'See the result');
			await w.see('What was changed', 'done');
			await w.picture('roster-done');
			await w.go(`/people?words=${list.one_name}`);
			await w.see(list.one_name);
			// The same file again: nothing to do.
			await send(w, list);
			await w.press('See what it changes');
			await w.see('There is nothing to do: all of it stands here already.');
			await w.press('Throw it away');
			await undo(w, address);
			await w.go(`/people?words=${list.one_name}`);
			await w.see_no(list.one_name);
		});
	});

test('A school year goes over into the next and back, in French, on a phone, by keyboard, without scripts', async () => {
	await walk({ site: await demo(), as: 'admin', lang: 'fr', size: 360, scripts: false, prefix: '/lakeside' }, async (w) => {
		await w.go('/people/groups/years');
		await w.follow('link', 'The next school year');
		await w.good();
		await w.picture('rollover');
		await w.press('See what it changes');
		await w.see('What this would change', 'Move on', '8B');
		await w.good();
		await w.picture('rollover-preview');
		const address = w.page.url().replace(/\?.*/, '');
		await w.press('Do it');
		await over(w, 'It is done.');
		await w.follow('link', 'See the result');
		await w.see('What was changed', 'done');
		await w.good();
		await w.picture('rollover-done');
		await undo(w, address);
		await w.go('/people/groups');
		await w.see('7A', '7B');
	});
});

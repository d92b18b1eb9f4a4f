// What a registrar does: a class list comes in, is seen, done and undone, in French, by keyboard, on a phone, without
// scripts.
import { assert, demo, test, walk } from './lib.mjs';

const file = {
	name: '8C.csv', mimeType: 'text/csv',
	buffer: Buffer.from([
		'Numéro;Nom;Prénom;Classe;Courriel;Langue;Casier;Date de naissance',
		'31001;Lachance-Okafor;Éloïse;8C;famille@lachance.example;fr;12;2013-02-03',
		'31002;;ᐱᑕ;8C;;iu;;',
		'31003;;Sedna;8C;famille@lachance.example;en;14;',
		'31004;Roy;Zoé;8C;pas-une-adresse;fr;;',
		'31005;;;8C;;;;',
		'31001;Autre;Nom;8C;;;;',
	].join('\r\n')),
};

// The job is the clock's: looked at again until it is over.
async function over(w, words) {
	for (let tries = 0; tries < 100; tries++) {
		if ((await w.page.innerText('body')).includes(words)) return;
		await w.page.waitForTimeout(100);
		await w.page.reload();
	}
	assert.fail(`the job is not over: ${await w.page.innerText('main')}`);
}

async function undo(w, address) {
	await w.page.goto(address);
	await w.tick('button', 'Undo all of it');
	await w.press('Undo it');
	await over(w, 'C’est annulé.');
	await w.follow('link', 'See the result');
	await w.see('undone');
}

async function send(w) {
	await w.go('/people/batches');
	await w.attach('File', file);
	await w.press('Read the file');
}

test('A class list comes in and is undone, in French, on a phone, without scripts: one name, syllabics, a shared address, errors', async () => {
	await walk({ site: await demo(), as: 'admin', lang: 'fr', size: 360, scripts: false, prefix: '/lakeside' }, async (w) => {
		await send(w);
		await w.see('What the columns mean', 'UTF-8', 'Semicolon', 'Casier', 'No birth dates are kept, only until when somebody is a minor.');
		await w.good();
		await w.picture('roster-columns');
		await w.press('See what it changes');
		await w.see('There is no name in this row.', 'Another row has the same number and another name.', 'pas-une-adresse');
		await w.good();
		await w.picture('roster-wrong');
		await w.follow('link', 'New');
		await w.see('ᐱᑕ', 'Sedna', 'Éloïse Lachance-Okafor', 'famille@lachance.example');
		await w.good();
		await w.picture('roster-new');
		const address = w.page.url().replace(/\?.*/, '');
		await w.press('Do it');
		await over(w, 'C’est fait.');
		await w.follow('link', 'See the result');
		await w.see('What was changed', 'done');
		await w.picture('roster-done');
		await w.go('/people?words=sedna');
		await w.see('Sedna');
		// The same file again: nothing to do.
		await send(w);
		await w.press('See what it changes');
		await w.see('There is nothing to do: all of it stands here already.');
		await w.press('Throw it away');
		await undo(w, address);
		await w.go('/people?words=sedna');
		await w.see_no('Sedna');
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
		await over(w, 'C’est fait.');
		await w.follow('link', 'See the result');
		await w.see('What was changed', 'done');
		await w.good();
		await w.picture('rollover-done');
		await undo(w, address);
		await w.go('/people/groups');
		await w.see('7A', '7B');
	});
});

// Packages that came in go out again, and what Waypost gives comes back into another organisation as it was.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Skip, test } from '../browser/runner.mjs';
import { program, root, shared, start } from '../browser/server.mjs';
import { lost } from './same.mjs';
import { faults_of, need_standards, official_openapi } from './schemas.mjs';

const folder = join(shared, 'data/case-packages');
let server;
const site = async () => (server ??= await start('case-round'));

const json = async (address) => {
	const answer = await fetch(address, { headers: { Connection: 'close' } }); // children run between two of them
	assert.equal(answer.status, 200, address);
	return answer.json();
};
const documents = async (base, org) => (await json(`${base}/${org}/ims/case/v1p1/CFDocuments?limit=1000`)).CFDocuments;

function bring_in(site, org, file) {
	const args = ['import', 'standard', file, '--org', org, '--publish', '--db', `sqlite:${join(site.folder, 'waypost.db')}`];
	return spawnSync(program, args, { cwd: root, encoding: 'utf8' });
}

const identifier_in = (file) => {
	const whole = JSON.parse(readFileSync(file, 'utf8'));
	return (whole.CFPackage ?? whole).CFDocument?.identifier;
};

// The package that came of a file, or why none did.
async function round(site, org, file) {
	const identifier = String(identifier_in(file)).toLowerCase();
	const came = bring_in(site, org, file);
	if (came.status !== 0) return { refused: `${came.stdout}${came.stderr}`.trim().split('\n')[0] };
	return { whole: await json(`${site.base}/${org}/ims/case/v1p1/CFPackages/${identifier}`) };
}

// What a package from elsewhere may gain: what Waypost knows of every standard.
const may_gain = new Set(['CFPckgDocument.adoptionStatus', 'CFPckgDocument.caseVersion', 'CFPckgDocument.language', 'CFPckgDocument.creator',
	'CFPckgItem.identifier', 'CFPckgItem.lastChangeDateTime', 'CFPckgItem.uri', 'CFPckgAssociation isChildOf', 'CFPckgAssociation.sequenceNumber',
	'CFItemType.description', 'CFItemType.hierarchyCode', 'CFLicense.licenseText', 'CFSubject.hierarchyCode', 'CFConcept.hierarchyCode',
	'CFRubricCriterion.rubricId', 'CFRubricCriterionLevel.rubricCriterionId']);

test('Every package that can be imported is given back with nothing lost that the schema has', async () => {
	need_standards();
	if (!existsSync(folder)) throw new Skip(`${folder} is not there`);
	const here = await site(), openapi = official_openapi();
	let whole = 0, subjects = 0;
	for (const [i, file] of readdirSync(folder).sort().entries()) {
		// Frameworks made for tests share their identifiers: here each has its own.
		const text = readFileSync(join(folder, file), 'utf8').replaceAll('-0000-0000-0000-', `-0000-0000-00${10 + i}-`);
		const came = JSON.parse(text), copy = join(here.folder, file);
		writeFileSync(copy, text);
		const { whole: given, refused } = await round(here, 'lakeside', copy);
		if (refused) {
			console.log(`    ${file}: ${refused}`);
			continue;
		}
		whole++;
		assert.equal(faults_of('CFPackage', given, 'imported'), '', file);
		const gained = new Set();
		assert.deepEqual(lost(openapi, came.CFPackage ?? came, given, gained), [], file);
		assert.deepEqual([...gained].filter((g) => !may_gain.has(g)), [], `${file} gained`);
		// No standard of the demonstration has subjects: these do.
		for (const { identifier } of given.CFDefinitions?.CFSubjects ?? [])
			for (const [edition, kinds] of [['v1p1', 'imported'], ['v1p0', 'v1p0']]) {
				const set = await json(`${here.base}/lakeside/ims/case/${edition}/CFSubjects/${identifier}`);
				assert.equal(faults_of('CFSubjectSet', set, kinds), '', `${file} ${edition}`);
				assert.equal(set.CFSubjects[0].identifier, identifier);
				subjects++;
			}
	}
	assert.ok(whole >= 12, `${whole} packages came in`);
	assert.ok(subjects >= 2, `${subjects} subjects`);
}, 900);

test('A standard of the demonstration comes into another organisation as it was', async () => {
	need_standards();
	const here = await site(), openapi = official_openapi();
	let count = 0;
	for (const document of await documents(here.base, 'boreal')) {
		const given = await json(`${here.base}/boreal/ims/case/v1p1/CFPackages/${document.identifier}`);
		const types = new Set(given.CFAssociations.map((a) => a.associationType));
		if (document.adoptionStatus !== 'Implemented' || types.has('isTranslationOf')) continue;
		const file = join(here.folder, `${document.identifier}.json`);
		writeFileSync(file, JSON.stringify(given));
		const { whole, refused } = await round(here, 'passerelle', file);
		assert.equal(refused, undefined, document.title);
		assert.deepEqual(lost(openapi, given, whole), [], document.title);
		assert.deepEqual(lost(openapi, whole, given), [], document.title);
		count++;
	}
	assert.ok(count >= 3, `${count} standards`);
}, 600);

test('A large package is written on the pool, whole, and pages are answered meanwhile', async () => {
	need_standards();
	const here = await site();
	const file = join(here.folder, 'large.json');
	writeFileSync(file, execFileSync(join(root, 'tools/make-case'), ['5000'], { maxBuffer: 1 << 28 }));
	const { whole, refused } = await round(here, 'lakeside', file);
	assert.equal(refused, undefined);
	const came = JSON.parse(readFileSync(file, 'utf8'));
	assert.equal(whole.CFItems.length, (came.CFPackage ?? came).CFItems.length);
	assert.ok(whole.CFItems.length > 3000);
	assert.deepEqual(lost(official_openapi(), came.CFPackage ?? came, whole).slice(0, 5), []);
	const address = `${here.base}/lakeside/ims/case/v1p1/CFPackages/${whole.CFDocument.identifier}`;
	const head = await fetch(address, { method: 'HEAD' });
	assert.equal(head.status, 200);
	assert.ok(Number(head.headers.get('content-length')) > 1 << 20);
	const item = whole.CFItems[1234];
	const api = address.replace(/CFPackages.*/, '');
	const set = await json(`${api}CFItemAssociations/${item.identifier}`);
	assert.ok(set.CFAssociations.some((a) => a.associationType === 'isChildOf' && a.originNodeURI.identifier === item.identifier));
	const one = whole.CFAssociations[777];
	assert.equal((await json(`${api}CFAssociations/${one.identifier}`)).originNodeURI.identifier, one.originNodeURI.identifier);
	const again = await fetch(address, { headers: { 'If-None-Match': head.headers.get('etag') } });
	assert.equal(again.status, 304);
}, 600);

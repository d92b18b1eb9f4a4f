// The CASE provider over the demonstration: every path, both editions, every standard in every language.
import assert from 'node:assert/strict';
import { test } from '../browser/runner.mjs';
import { start } from '../browser/server.mjs';
import { faults_of, need_standards, official_openapi } from './schemas.mjs';

const editions = ['v1p1', 'v1p0'];
const organisations = ['boreal', 'lakeside', 'passerelle'];
let server;
const site = async () => (server ??= await start('case'));

async function ask(address, headers = {}) {
	const answer = await fetch(address, { headers, redirect: 'manual' });
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, json: text && JSON.parse(text) };
}

// A valid answer of the kind, or the test fails.
async function get(api, path, kind, edition) {
	const { status, headers, json } = await ask(`${api}/${path}`);
	assert.equal(status, 200, `${api}/${path}: ${JSON.stringify(json)}`);
	assert.match(headers.get('content-type'), /^application\/json/);
	assert.equal(headers.get('access-control-allow-origin'), '*');
	assert.equal(faults_of(kind, json, edition), '', path);
	return json;
}

const alone = ({ CFDocumentURI, CFPackageURI, ...rest }) => rest;
const sets = { CFConcepts: 'CFConceptSet', CFSubjects: 'CFSubjectSet', CFItemTypes: 'CFItemTypeSet' };
const singles = { CFLicenses: 'CFLicense', CFAssociationGroupings: 'CFAssociationGrouping' };

async function walk(api, edition, counts) {
	const { CFDocuments: documents } = await get(api, 'CFDocuments', 'CFDocumentSet', edition);
	const known = new Set(documents.map((d) => d.identifier));
	const packages = [];
	for (const document of documents) {
		assert.deepEqual(await get(api, `CFDocuments/${document.identifier}`, 'CFDocument', edition), document);
		const whole = await get(api, `CFPackages/${document.identifier}`, 'CFPackage', edition);
		assert.deepEqual(alone(document), whole.CFDocument);
		packages.push(whole);
		for (const item of whole.CFItems) known.add(item.identifier);
	}
	const seen = new Map();
	for (const whole of packages) {
		counts.packages = (counts.packages ?? 0) + 1;
		const of = (id) => whole.CFAssociations.filter((a) => a.originNodeURI.identifier === id || a.destinationNodeURI.identifier === id);
		const objects = [whole.CFDocument, ...whole.CFItems, ...whole.CFAssociations, ...Object.values(whole.CFDefinitions ?? {}).flat(),
			...(whole.CFRubrics ?? []).flatMap((r) => [r, ...r.CFRubricCriteria.flatMap((c) => [c, ...c.CFRubricCriterionLevels])])];
		for (const o of objects) {
			assert.ok(!seen.has(o.identifier) || seen.get(o.identifier) === o.uri, `${o.identifier} twice`);
			seen.set(o.identifier, o.uri);
			assert.match(o.identifier, /^[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
		}
		for (const item of whole.CFItems) {
			assert.deepEqual(alone(await get(api, `CFItems/${item.identifier}`, 'CFItem', edition)), item);
			const set = await get(api, `CFItemAssociations/${item.identifier}`, 'CFAssociationSet', edition);
			assert.deepEqual(alone(set.CFItem), item);
			const ids = new Set(set.CFAssociations.map((a) => a.identifier));
			for (const a of of(item.identifier)) assert.ok(ids.has(a.identifier), `${item.identifier} lacks ${a.associationType} ${a.identifier}`);
			counts.items = (counts.items ?? 0) + 1;
		}
		for (const a of whole.CFAssociations) {
			assert.ok(known.has(a.originNodeURI.identifier), `${a.associationType} begins nowhere`);
			assert.ok(known.has(a.destinationNodeURI.identifier), `${a.associationType} ends nowhere`);
			assert.deepEqual(alone(await get(api, `CFAssociations/${a.identifier}`, 'CFAssociation', edition)), a);
			counts[a.associationType] = (counts[a.associationType] ?? 0) + 1;
		}
		for (const [list, objects] of Object.entries(whole.CFDefinitions ?? {}))
			for (const o of objects) {
				const one = sets[list] ? (await get(api, `${list}/${o.identifier}`, sets[list], edition))[list][0]
					: await get(api, `${list}/${o.identifier}`, singles[list], edition);
				if (list === 'CFConcepts') delete one.hierarchyCode, delete o.hierarchyCode;
				assert.deepEqual(one, o);
				counts[list] = (counts[list] ?? 0) + 1;
			}
		for (const rubric of whole.CFRubrics ?? []) {
			assert.deepEqual(await get(api, `CFRubrics/${rubric.identifier}`, 'CFRubric', edition), rubric);
			counts.rubrics = (counts.rubrics ?? 0) + 1;
		}
	}
	return packages;
}

for (const edition of editions)
	test(`Every object of every package of the demonstration is valid CASE ${edition} and has its address`, async () => {
		need_standards();
		const { base } = await site();
		const counts = {};
		for (const organisation of organisations) await walk(`${base}/${organisation}/ims/case/${edition}`, edition, counts);
		const types = edition === 'v1p1' ? ['isTranslationOf', 'ext:overlaps', 'ext:supports'] : [];
		for (const kind of ['packages', 'items', 'isChildOf', 'isPartOf', 'isRelatedTo', 'exemplar', 'replacedBy', 'CFConcepts',
			'CFItemTypes', 'CFLicenses', 'CFAssociationGroupings', 'rubrics', ...types])
			assert.ok(counts[kind] > 0, `the demonstration shows no ${kind}: ${JSON.stringify(counts)}`);
		console.log(`    CASE ${edition}: ${JSON.stringify(counts)}`);
	}, 900);

test('A package says in its own language what the standard says, and leads to the other one', async () => {
	need_standards();
	const { base } = await site();
	const api = `${base}/boreal/ims/case/v1p1`;
	const { CFDocuments: all } = (await ask(`${api}/CFDocuments?filter=${encodeURIComponent("title~'grille' OR title~'practice rubric'")}`)).json;
	const french = (await ask(`${api}/CFPackages/${all.find((d) => d.language === 'fr').identifier}`)).json;
	const english = (await ask(`${api}/CFPackages/${all.find((d) => d.language === 'en').identifier}`)).json;
	assert.equal(french.CFItems.length, english.CFItems.length);
	const listening = french.CFItems.find((i) => i.humanCodingScheme === 'R1');
	assert.equal(listening.abbreviatedStatement, 'Écouter');
	assert.equal(listening.CFItemType, 'Critère de la grille');
	const to = french.CFAssociations.find((a) => a.associationType === 'isTranslationOf' && a.originNodeURI.identifier === listening.identifier);
	assert.equal(to.destinationNodeURI.identifier, english.CFItems.find((i) => i.humanCodingScheme === 'R1').identifier);
	const criterion = french.CFRubrics[0].CFRubricCriteria.find((c) => c.CFItemURI.identifier === listening.identifier);
	assert.equal(criterion.category, 'Relation');
	assert.deepEqual(criterion.CFRubricCriterionLevels.map((l) => l.quality), ['Débuter', 'Établir', 'Guider']);
	assert.equal(criterion.CFRubricCriterionLevels[0].description, 'Laisse la personne terminer.');
	const unwritten = french.CFRubrics[0].CFRubricCriteria.flatMap((c) => c.CFRubricCriterionLevels).filter((l) => !l.description);
	assert.equal(unwritten.length, 2);
});

test('Answers do not depend on the reader’s language', async () => {
	need_standards();
	const { base } = await site();
	const { CFDocuments: all } = (await ask(`${base}/boreal/ims/case/v1p1/CFDocuments`)).json;
	for (const { identifier } of all) {
		const bodies = await Promise.all(['en', 'fr'].map((lang) =>
			ask(`${base}/boreal/ims/case/v1p1/CFPackages/${identifier}`, { 'Accept-Language': lang })));
		assert.equal(bodies[0].text, bodies[1].text);
	}
});

const nobody = '00000000-0000-4000-8000-000000000000';
test('What is refused is refused in the words of the edition', async () => {
	need_standards();
	const { base } = await site();
	const lists = ['CFDocuments', 'CFPackages', 'CFItems', 'CFItemAssociations', 'CFAssociations', 'CFAssociationGroupings',
		'CFConcepts', 'CFItemTypes', 'CFLicenses', 'CFSubjects', 'CFRubrics'];
	const elsewhere = (await ask(`${base}/boreal/ims/case/v1p1/CFDocuments`)).json.CFDocuments[0].identifier;
	for (const edition of editions) {
		const malformed = edition === 'v1p0' ? 'invaliduuid' : 'invalid_uuid';
		const api = `${base}/lakeside/ims/case/${edition}`;
		const cases = [
			...lists.flatMap((list) => [[`${api}/${list}/${nobody}`, 404, 'unknownobject'], [`${api}/${list}/7`, 404, malformed],
				[`${api}/${list}/${elsewhere}`, 404, 'unknownobject']]),
			[`${api}/CFDocuments?fields=`, 400, 'invalid_selection_field'],
			[`${api}/CFDocuments?limit=0`, 400, 'invalid_selection_field'],
			[`${api}/CFDocuments?offset=-1`, 400, 'invalid_selection_field'],
			[`${api}/CFDocuments?filter=colour%3D'red'`, 400, 'invalid_selection_field'],
			[`${api}/CFDocuments?filter=${'x'.repeat(1900)}`, 400, 'invalid_selection_field'],
			[`${api}/CFDocuments?orderBy=up`, 400, 'invalid_sort_field'],
			[`${api}/CFDocuments?filter=%`, 400, 'invalid_selection_field'],
			[`${api}/CFDocuments?filter=%FF`, 400, 'invalid_selection_field'],
			[`${api}/CFNothing`, 404, 'unknownobject'],
			[`${api}`, 404, 'unknownobject'],
			[`${base}/nowhere/ims/case/${edition}/CFDocuments`, 404, 'unknownobject'],
			[`${base}/ims/case/${edition}/CFDocuments`, 404, 'unknownobject'],
		];
		for (const [address, status, word] of cases) {
			const answer = await ask(address);
			assert.equal(answer.status, status, address);
			assert.equal(faults_of('error', answer.json, edition), '', address);
			assert.equal(answer.json.imsx_codeMinor.imsx_codeMinorField[0].imsx_codeMinorFieldValue, word, address);
			assert.equal(answer.headers.get('access-control-allow-origin'), '*', address);
		}
		const posted = await fetch(`${api}/CFDocuments`, { method: 'POST', body: 'a=b', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
		assert.equal(posted.status, 405);
		assert.equal(faults_of('error', await posted.json(), edition), '');
	}
	assert.equal((await ask(`${base}/boreal/ims/case/v1p2/CFDocuments`)).status, 404);
});

test('Documents come in pages, in an order, filtered, and only what was asked of them', async () => {
	need_standards();
	const { base } = await site();
	const api = `${base}/boreal/ims/case/v1p1/CFDocuments`;
	const all = (await ask(api)).json.CFDocuments;
	const collected = [];
	for (let next = `${api}?limit=3&sort=title`, pages = 0; next; pages++) {
		assert.ok(pages < 10);
		const page = await ask(next);
		assert.equal(page.headers.get('x-total-count'), String(all.length));
		assert.equal(faults_of('CFDocumentSet', page.json), '');
		collected.push(...page.json.CFDocuments);
		next = /<([^>]*)>; rel="next"/.exec(page.headers.get('link'))?.[1];
	}
	assert.deepEqual(collected.map((d) => d.identifier).sort(), all.map((d) => d.identifier).sort());
	const folded = collected.map((d) => d.title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
	assert.deepEqual(folded, [...folded].sort());
	const filtered = (await ask(`${api}?filter=${encodeURIComponent("language='FR' AND adoptionStatus!='Retired'")}&fields=title,language`)).json;
	assert.ok(filtered.CFDocuments.length >= 3);
	for (const d of filtered.CFDocuments) assert.deepEqual(Object.keys(d).sort(), ['language', 'title']);
	assert.ok(filtered.CFDocuments.every((d) => d.language === 'fr'));
	assert.deepEqual((await ask(`${api}?filter=${encodeURIComponent("title='nothing like it'")}`)).json, { CFDocuments: [] });
});

test('An unchanged answer is not sent again, and HEAD sends none', async () => {
	need_standards();
	const { base } = await site();
	const { CFDocuments: [first] } = (await ask(`${base}/boreal/ims/case/v1p1/CFDocuments`)).json;
	const address = `${base}/boreal/ims/case/v1p1/CFPackages/${first.identifier}`;
	for (let i = 0; i < 3; i++) {
		const answer = await ask(address);
		const again = await ask(address, { 'If-None-Match': answer.headers.get('etag') });
		assert.equal(again.status, 304);
		assert.equal(again.text, '');
		assert.equal(again.headers.get('access-control-allow-origin'), '*');
	}
	const head = await fetch(address, { method: 'HEAD' });
	assert.equal(head.status, 200);
	assert.equal(await head.text(), '');
	const csv = await fetch(address, { headers: { Accept: 'text/csv' } });
	assert.match(csv.headers.get('content-type'), /^application\/json/);
});

test('The discovery document describes what the official one does, at this organisation’s address', async () => {
	need_standards();
	const { base } = await site();
	const answer = await ask(`${base}/boreal/ims/case/v1p1/discovery/imscasev1p1_openapi3_v1p0.json`);
	assert.equal(answer.status, 200);
	const ours = answer.json, official = official_openapi();
	assert.deepEqual(ours.servers, [{ url: `${base}/boreal/ims/case/v1p1` }]);
	assert.deepEqual(Object.keys(ours.paths).sort(), Object.keys(official.paths).sort());
	const parameters = (list) => list.map(({ name, in: where, required, schema }) => ({ name, where, required, type: schema.type, minimum: schema.minimum }));
	for (const [path, { get }] of Object.entries(official.paths)) {
		const mine = ours.paths[path].get;
		assert.equal(mine.operationId, get.operationId);
		assert.deepEqual(parameters(mine.parameters), parameters(get.parameters), path);
		assert.deepEqual(Object.keys(mine.responses).sort(), Object.keys(get.responses).sort());
		const schema = (o) => o.responses['200'].content['application/json'].schema.$ref;
		assert.equal(schema(mine), schema(get));
	}
	for (const [name, schema] of Object.entries(official.components.schemas)) {
		if (/Extension|imsx/.test(name)) continue;
		const mine = ours.components.schemas[name];
		assert.ok(mine, name);
		const known = Object.keys(schema.properties).filter((p) => p !== 'extensions' || mine.properties.extensions);
		assert.deepEqual(Object.keys(mine.properties).sort(), known.sort(), name);
		if (mine.required) assert.deepEqual([...mine.required].sort(), [...(schema.required ?? [])].sort(), name);
	}
});

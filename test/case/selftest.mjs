// Tests of the tests: planted faults must be found.
import assert from 'node:assert/strict';
import { test } from '../browser/runner.mjs';
import { faults_of, need_standards } from './schemas.mjs';

const id = '6a3ccfc6-cc76-41e7-8974-cfcd479e782c';
const uri = `https://example.test/ims/case/v1p1/CFItems/${id}`;
const link = { title: 'A', identifier: id, uri };
const item = { identifier: id, uri, fullStatement: 'A', lastChangeDateTime: '2026-01-01T00:00:00Z', CFDocumentURI: link };

test('The schemas find what is wrong, and nothing where nothing is', () => {
	need_standards();
	assert.equal(faults_of('CFItem', item), '');
	assert.match(faults_of('CFItem', { ...item, notes: null }), /null/);
	assert.match(faults_of('CFItem', { ...item, colour: 'red' }), /additional/);
	assert.match(faults_of('CFItem', { ...item, lastChangeDateTime: 'yesterday' }), /date-time/);
	assert.match(faults_of('CFItem', { ...item, uri: 'not an address' }), /uri/);
	assert.match(faults_of('CFItem', { ...item, extensions: { a: 1 } }, 'v1p0'), /1\.1/);
	const { CFDocumentURI, ...inside } = item;
	const document = { identifier: id, uri, creator: 'A', title: 'A', lastChangeDateTime: '2026-01-01T00:00:00Z' };
	for (const edition of ['v1p0', 'v1p1']) {
		assert.equal(faults_of('CFPackage', { CFDocument: document, CFItems: [inside] }, edition), '');
		assert.notEqual(faults_of('CFPackage', { CFDocument: document, CFItems: [item] }, edition), '');
		const error = { imsx_codeMajor: 'failure', imsx_severity: 'error', imsx_codeMinor: { imsx_codeMinorField: [
			{ imsx_codeMinorFieldName: 'sourcedId', imsx_codeMinorFieldValue: edition === 'v1p0' ? 'invaliduuid' : 'invalid_uuid' }] } };
		assert.equal(faults_of('error', error, edition), '');
		assert.notEqual(faults_of('error', error, edition === 'v1p0' ? 'v1p1' : 'v1p0'), '');
	}
});

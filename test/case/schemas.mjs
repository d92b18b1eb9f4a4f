// The official schemas of CASE, from ../shared/standards/case; faults_of(kind, value) gives what is wrong.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import Ajv2019 from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { Skip } from '../browser/runner.mjs';
import { shared } from '../browser/server.mjs';

const folder = join(shared, 'standards/case');
const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const options = { strict: false, allErrors: true };
const with_formats = (ajv) => (formats.default ?? formats)(ajv);
let validators;

export function need_standards() {
	if (!existsSync(folder)) throw new Skip(`${folder} is not there`);
}

export const official_openapi = () => read('imscasev1p1_openapi3_v1p0.json');

function load() {
	const ajv = with_formats(new Ajv2019(options));
	const one = (name) => ajv.compile(read(`jsonschema-v1p1/case_v1p1_${name}-jsonschema1.json`));
	const kinds = { CFDocument: 'cfdocument', CFDocumentSet: 'cfdocumentset', CFPackage: 'cfpackage', CFItem: 'cfitem',
		CFAssociationSet: 'cfassociationset', CFAssociation: 'cfassociation', CFAssociationGrouping: 'cfassociationgrouping',
		CFConceptSet: 'cfconceptset', CFItemTypeSet: 'cfitemtypeset', CFLicense: 'cflicense', CFSubjectSet: 'cfsubjectset',
		CFRubric: 'cfrubric', error: 'imsx_statusinfo' };
	const old = with_formats(new Ajv(options));
	// The OpenAPI file knows more than the schemas: addresses are addresses, identifiers of versions 1 to 5.
	old.addSchema(read('imscasev1p1_openapi3_v1p0.json'), 'v1p1');
	const both = ([kind, file]) => [kind, [one(file), old.compile({ $ref: `v1p1#/components/schemas/${
		kind === 'error' ? 'imsx_StatusInfo' : kind}DType` })]];
	const v1p1 = Object.fromEntries(Object.entries(kinds).map(both));
	old.addSchema(read('case-v1p0-swagger.json'), 'v1p0');
	const of_old = (type) => [old.compile({ $ref: `v1p0#/definitions/${type}` })];
	// The 1.0 description asks the impossible of what stands alone (two closed schemas at once): the 1.1 schemas do.
	const v1p0 = { ...v1p1, CFPackage: of_old('CFPackage.Type'), error: of_old('imsx_StatusInfo.Type') };
	// What was imported keeps its identifiers, whatever version of UUID they are: the schemas do not mind.
	const imported = Object.fromEntries(Object.entries(v1p1).map(([kind, [schema]]) => [kind, [schema]]));
	return { v1p1, v1p0, imported };
}

// A text of faults, empty if there is none.
export function faults_of(kind, value, edition = 'v1p1') {
	validators ??= load();
	const told = (e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`;
	const found = validators[edition][kind].flatMap((validate) => (validate(value) ? [] : validate.errors.map(told)));
	const walk = (v, path) => {
		if (v === null) found.push(`${path} is null`);
		else if (typeof v === 'object') for (const [k, x] of Object.entries(v)) walk(x, `${path}/${k}`);
	};
	walk(value, '');
	if (edition === 'v1p0' && /"(extensions|frameworkType|caseVersion|targetType)":/.test(JSON.stringify(value)))
		found.push('a member of 1.1');
	return found.slice(0, 5).join('\n');
}

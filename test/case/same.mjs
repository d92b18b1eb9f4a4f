// Are two CASE packages the same in content? Objects are known by their identifiers; what may differ is data.

// Of a package that came from elsewhere: what Waypost does not give back, or not as it was, and why.
export const allowed = [
	{ what: 'identifier', why: 'lower case; one that is no UUID gets one', same: (a, b) => a.toLowerCase() === b || !uuid.test(a) },
	{ what: 'lastChangeDateTime', why: 'no date, or one without an offset: UTC', same: (a, b) => `${a}Z` === b || !Number.isFinite(Date.parse(a)) },
	{ what: 'CFDocument.adoptionStatus', why: 'it is adopted here', same: () => true },
	{ what: 'CFDocument.caseVersion', why: 'the interface is 1.1', same: () => true },
];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// The schema's members of each kind of object, from the official OpenAPI file.
const schemas_of = (openapi) => Object.fromEntries(Object.entries(openapi.components.schemas)
	.map(([name, s]) => [name.replace(/DType$/, ''), s.properties ?? {}]));
const lists = { CFItems: 'CFPckgItem', CFAssociations: 'CFPckgAssociation', CFRubrics: 'CFRubric', CFConcepts: 'CFConcept',
	CFSubjects: 'CFSubject', CFLicenses: 'CFLicense', CFItemTypes: 'CFItemType', CFAssociationGroupings: 'CFAssociationGrouping',
	CFRubricCriteria: 'CFRubricCriterion', CFRubricCriterionLevels: 'CFRubricCriterionLevel' };

const words = (s) => s.normalize('NFC').replace(/\r\n?/g, '\n').trim();
// A value as the member's schema has it, or undefined where it is nothing that the schema has.
function proper(value, schema, all) {
	if (value === null || value === undefined) return undefined;
	if (schema.$ref) {
		const name = schema.$ref.replace(/^.*\/(.*)DType$/, '$1');
		if (/Extension/.test(name)) return Object.keys(value).length ? value : undefined;
		const made = Object.fromEntries(Object.entries(all[name]).map(([k, s]) => [k, proper(value[k], s, all)]).filter(([, v]) => v !== undefined));
		return name.startsWith('Link') && ['title', 'identifier', 'uri'].some((k) => !made[k]) ? undefined : made;
	}
	if (schema.type === 'array') {
		const made = (Array.isArray(value) ? value : [value]).map((v) => proper(v, schema.items, all)).filter((v) => v !== undefined);
		return made.length ? made : undefined;
	}
	if (schema.type === 'integer' || schema.type === 'number') return Number.isFinite(Number(value)) ? Number(value) : undefined;
	if (schema.format === 'date') return /^\d{4}-\d\d-\d\d/.test(value) ? value.slice(0, 10) : undefined;
	if (schema.format === 'uri') return /^[a-z][a-z0-9+.-]*:./i.test(value) ? encodeURI(decodeURI(words(value))) : undefined;
	return words(String(value)) || undefined;
}

function objects_of(openapi, whole) {
	const all = schemas_of(openapi), found = new Map();
	const add = (kind, o, at) => {
		const members = Object.entries(all[kind]).filter(([k]) => !lists[k] && k !== 'extensions');
		const made = Object.fromEntries(members.map(([k, s]) => [k, proper(o[k], s, all)]).filter(([, v]) => v !== undefined));
		if (o.extensions && Object.keys(o.extensions).length) made.extensions = o.extensions;
		const id = made.identifier ? String(made.identifier).toLowerCase() : `${kind} ${at}`;
		if (!found.has(id)) found.set(id, { kind, ...made }); // a second object of that identifier is none
		for (const [list, of] of Object.entries(lists))
			if (Array.isArray(o[list])) o[list].forEach((x, i) => add(of, x, `${at}/${i}`));
	};
	add('CFPckgDocument', whole.CFDocument, '');
	for (const part of [whole, whole.CFDefinitions ?? {}])
		for (const [list, of] of Object.entries(lists))
			if (Array.isArray(part[list])) part[list].forEach((x, i) => add(of, x, i));
	return found;
}

const equal = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (v) => Array.isArray(v) ? v.map(sorted) : v && typeof v === 'object'
	? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v;

// What `after` has lost of `before`: lines of text. `gained` collects what is in `after` only.
export function lost(openapi, before, after, gained = new Set()) {
	const was = objects_of(openapi, before), is = objects_of(openapi, after), met = new Set(), out = [];
	for (const [id, o] of was) {
		// What had no identifier was given one: it is known by all the rest.
		const now = is.get(id) ?? (o.identifier ? undefined : [...is.values()].find((x) => x.kind === o.kind
			&& Object.keys(o).every((k) => equal(o[k], x[k]))));
		if (!now) {
			out.push(`${o.kind} ${id} is gone: ${JSON.stringify(o).slice(0, 200)}`);
			continue;
		}
		met.add(now);
		for (const [name, value] of Object.entries(o)) {
			const rules = allowed.filter((r) => r.what === name || `${o.kind.replace('Pckg', '')}.${name}` === r.what || `CFDocument.${name}` === r.what && o.kind === 'CFPckgDocument');
			if (equal(value, now[name]) || rules.some((r) => r.same(value, now[name]))) continue;
			out.push(`${o.kind} ${id} ${name}: ${JSON.stringify(value).slice(0, 150)} became ${JSON.stringify(now[name])?.slice(0, 150)}`);
		}
		for (const name of Object.keys(now)) if (!(name in o)) gained.add(`${o.kind}.${name}`);
	}
	for (const o of is.values()) if (!met.has(o)) gained.add(o.kind === 'CFPckgAssociation' ? `${o.kind} ${o.associationType}` : o.kind);
	return out;
}

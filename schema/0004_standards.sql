-- Standards. A standard's items keep one identity for ever (standard_item); what they say and where they
-- stand is a row per version (standard_node), so that a published version never changes. Texts are core
-- text rows: owner 'standard_node' with fields 'title' (a short name, may be missing) and 'body', owner
-- 'standard' with 'title' and 'summary', 'standard_kind' and 'standard_level' with 'name',
-- 'standard_descriptor' and 'standard_rating' with 'body'.

CREATE TABLE standard (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	slug text NOT NULL,
	uuid text NOT NULL,
	source_lang text NOT NULL,
	publisher text NOT NULL DEFAULT '',
	licence text NOT NULL DEFAULT '',
	source_url text NOT NULL DEFAULT '',
	-- Counts up with every change that a reader may see: the version of its pages.
	changed bigint NOT NULL DEFAULT 1,
	created_at bigint NOT NULL,
	created_by bigint REFERENCES person (id),
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (org, slug),
	UNIQUE (org, uuid)
);

-- The kinds of one standard are its own data: shipped ones are copied in, and more may be added.
CREATE TABLE standard_kind (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	standard bigint NOT NULL REFERENCES standard (id),
	code text NOT NULL,
	position bigint NOT NULL,
	UNIQUE (standard, code)
);

CREATE TABLE standard_version (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	standard bigint NOT NULL REFERENCES standard (id),
	number bigint NOT NULL,
	-- What the publisher calls it: "2004", "2.1".
	label text NOT NULL DEFAULT '',
	state text NOT NULL CHECK (state IN ('draft', 'adopted', 'deprecated')),
	note text NOT NULL DEFAULT '',
	published_at bigint,
	published_by bigint REFERENCES person (id),
	deprecated_at bigint,
	review_by text,
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (standard, number)
);
-- One draft at a time: two people edit the same one.
CREATE UNIQUE INDEX standard_version_draft ON standard_version (standard) WHERE state = 'draft';
CREATE INDEX standard_version_org ON standard_version (org, state);

-- A language of a version. Publication freezes it; another may follow later with its own date.
CREATE TABLE standard_version_lang (
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	lang text NOT NULL,
	published_at bigint,
	published_by bigint REFERENCES person (id),
	PRIMARY KEY (version, lang)
);

CREATE TABLE standard_item (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	standard bigint NOT NULL REFERENCES standard (id),
	uuid text NOT NULL,
	UNIQUE (org, uuid)
);
CREATE INDEX standard_item_standard ON standard_item (standard);

CREATE TABLE standard_node (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	item bigint NOT NULL REFERENCES standard_item (id),
	-- The parent's item in the same version; null at the top.
	parent bigint REFERENCES standard_item (id),
	position bigint NOT NULL,
	kind text NOT NULL,
	code text NOT NULL DEFAULT '',
	-- The importer guessed where it belongs and no person has confirmed it.
	guessed bigint NOT NULL DEFAULT 0 CHECK (guessed IN (0, 1)),
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (version, item)
);
CREATE INDEX standard_node_parent ON standard_node (version, parent, position);
CREATE INDEX standard_node_item ON standard_node (item);
CREATE INDEX standard_node_code ON standard_node (version, code);

-- Rubric: the levels of a version, and what each criterion says at each. A cell may be missing.
CREATE TABLE standard_level (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	-- The same level in every version, as an item is.
	uuid text NOT NULL,
	position bigint NOT NULL,
	score double precision,
	UNIQUE (version, uuid)
);

CREATE TABLE standard_descriptor (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	item bigint NOT NULL REFERENCES standard_item (id),
	-- standard_level.uuid
	level text NOT NULL,
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (version, item, level)
);

-- Context ratings: consequence, frequency, difficulty, proficiency, autonomy, automation, aids.
-- given = 0: the publisher asks the question and gives no answer.
CREATE TABLE standard_rating (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	item bigint NOT NULL REFERENCES standard_item (id),
	scale text NOT NULL,
	given bigint NOT NULL DEFAULT 0 CHECK (given IN (0, 1)),
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (version, item, scale)
);

-- A link to something outside: another publication, or a cross-reference by code.
CREATE TABLE standard_link (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	item bigint NOT NULL REFERENCES standard_item (id),
	label text NOT NULL,
	url text NOT NULL DEFAULT '',
	reference text NOT NULL DEFAULT ''
);
CREATE INDEX standard_link_item ON standard_link (version, item);

-- Which item takes the place of which: n to m, across versions and standards, readable both ways.
CREATE TABLE standard_replacement (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	old_item bigint NOT NULL REFERENCES standard_item (id),
	new_item bigint NOT NULL REFERENCES standard_item (id),
	note text NOT NULL DEFAULT '',
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	UNIQUE (old_item, new_item)
);
CREATE INDEX standard_replacement_new ON standard_replacement (new_item);

CREATE TABLE standard_comment (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	item bigint NOT NULL REFERENCES standard_item (id),
	person bigint NOT NULL REFERENCES person (id),
	lang text NOT NULL,
	body text NOT NULL,
	made_at bigint NOT NULL,
	resolved_at bigint,
	resolved_by bigint REFERENCES person (id)
);
CREATE INDEX standard_comment_item ON standard_comment (version, item);

CREATE TABLE crosswalk (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	slug text NOT NULL,
	title text NOT NULL,
	from_standard bigint NOT NULL REFERENCES standard (id),
	to_standard bigint NOT NULL REFERENCES standard (id),
	created_at bigint NOT NULL,
	changed bigint NOT NULL DEFAULT 1,
	UNIQUE (org, slug)
);

-- How two items relate, seen from the first; the row keeps the versions it was written about.
CREATE TABLE crosswalk_row (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	crosswalk bigint NOT NULL REFERENCES crosswalk (id),
	from_item bigint NOT NULL REFERENCES standard_item (id),
	from_version bigint NOT NULL REFERENCES standard_version (id),
	to_item bigint NOT NULL REFERENCES standard_item (id),
	to_version bigint NOT NULL REFERENCES standard_version (id),
	relation text NOT NULL CHECK (relation IN ('same', 'covers', 'covered', 'overlaps', 'supports', 'related')),
	-- 1 weak to 3 strong; 0 not judged
	strength bigint NOT NULL DEFAULT 0 CHECK (strength BETWEEN 0 AND 3),
	note text NOT NULL DEFAULT '',
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	reviewed_on text,
	reviewer bigint REFERENCES person (id),
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (crosswalk, from_item, to_item)
);
CREATE INDEX crosswalk_row_to ON crosswalk_row (to_item);
CREATE INDEX crosswalk_row_from ON crosswalk_row (from_item);
CREATE INDEX crosswalk_row_from_version ON crosswalk_row (from_version);
CREATE INDEX crosswalk_row_to_version ON crosswalk_row (to_version);

-- An import under way: the bytes as sent, the result as the importer read it and the person's
-- corrections, both JSON. Nothing touches a standard before it is saved.
CREATE TABLE standard_import (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	file_name text NOT NULL,
	bytes bytea NOT NULL,
	layout text NOT NULL,
	lang text NOT NULL,
	state text NOT NULL CHECK (state IN ('preview', 'saved', 'refused')),
	-- Why it was refused, a msgid of the importer.
	reason text NOT NULL DEFAULT '',
	items bigint NOT NULL DEFAULT 0,
	unplaced bigint NOT NULL DEFAULT 0,
	result text NOT NULL,
	edits text NOT NULL DEFAULT '[]',
	onto bigint REFERENCES standard (id),
	standard bigint REFERENCES standard (id),
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	rev bigint NOT NULL DEFAULT 1
);
CREATE INDEX standard_import_org ON standard_import (org, made_at);

-- What other features read of standards. Columns are only added.
CREATE VIEW standards_public_item (item, org, standard, version, number, uuid, kind, code, parent, position) AS
SELECT n.item, n.org, v.standard, v.id, v.number, i.uuid, n.kind, n.code, n.parent, n.position
FROM standard_node n
JOIN standard_version v ON v.id = n.version
JOIN standard_item i ON i.id = n.item
WHERE v.state IN ('adopted', 'deprecated');

-- Documents that were imported by command, for start pages: what came in and what did not.
CREATE VIEW standards_public_import (id, org, file_name, layout, state, reason, items, unplaced, slug, made_at) AS
SELECT i.id, i.org, i.file_name, i.layout, i.state, i.reason, i.items, i.unplaced, s.slug, i.made_at
FROM standard_import i
LEFT JOIN standard s ON s.id = i.standard
WHERE i.made_by IS NULL AND i.state <> 'preview';

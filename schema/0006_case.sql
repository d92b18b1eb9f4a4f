-- What a CASE package says that the tables of standards have no place for, kept per version so that the
-- package can be given back whole (src/app/standards/case/case.h says what is kept where). `data` is JSON.
-- Published versions never change, and neither do these rows of theirs.

-- A version that an import is still filling is nobody's draft yet: no page shows it.
ALTER TABLE standard_version ADD COLUMN filling bigint NOT NULL DEFAULT 0;

-- The CFDocument, one for each language that came as a package of its own.
CREATE TABLE standard_kept_document (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	lang text NOT NULL,
	-- Its CFDocument identifier, as the package has it.
	identifier text NOT NULL,
	-- A hash of the package, to tell an identical copy.
	digest text NOT NULL DEFAULT '',
	data text NOT NULL DEFAULT '{}',
	-- Members of the package that CASE does not name.
	package text NOT NULL DEFAULT '{}',
	UNIQUE (version, lang)
);
CREATE INDEX standard_kept_document_identifier ON standard_kept_document (org, identifier);

-- A CFItem and the isChildOf association that puts it under its parent.
CREATE TABLE standard_kept_item (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	node bigint NOT NULL REFERENCES standard_node (id),
	lang text NOT NULL,
	-- Its identifier, where that is not standard_item.uuid; else empty.
	identifier text NOT NULL DEFAULT '',
	-- The kind that its CFItemType became.
	kind text NOT NULL DEFAULT '',
	data text NOT NULL DEFAULT '{}',
	child text NOT NULL DEFAULT '',
	child_data text NOT NULL DEFAULT '{}',
	UNIQUE (node, lang)
);
CREATE INDEX standard_kept_item_identifier ON standard_kept_item (org, identifier) WHERE identifier <> '';
CREATE INDEX standard_kept_item_child ON standard_kept_item (org, child) WHERE child <> '';

-- The other associations: of other types, to other frameworks, dangling, second parents.
CREATE TABLE standard_association (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	lang text NOT NULL,
	identifier text NOT NULL,
	type text NOT NULL,
	-- Identifiers of their two ends, in this standard or not.
	origin text NOT NULL,
	destination text NOT NULL,
	position bigint NOT NULL,
	data text NOT NULL DEFAULT '{}'
);
CREATE INDEX standard_association_version ON standard_association (version, lang, position);
CREATE INDEX standard_association_identifier ON standard_association (org, identifier);
CREATE INDEX standard_association_origin ON standard_association (version, origin);
CREATE INDEX standard_association_destination ON standard_association (version, destination);

-- Concepts, subjects, licences, item types, groupings of associations.
CREATE TABLE standard_definition (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	lang text NOT NULL,
	part text NOT NULL CHECK (part IN ('concept', 'subject', 'licence', 'item_type', 'grouping')),
	identifier text NOT NULL,
	position bigint NOT NULL,
	data text NOT NULL DEFAULT '{}'
);
CREATE INDEX standard_definition_version ON standard_definition (version, lang, part, position);
CREATE INDEX standard_definition_identifier ON standard_definition (org, identifier);

-- Rubrics, their criteria and the levels of each criterion.
CREATE TABLE standard_rubric_part (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id),
	version bigint NOT NULL REFERENCES standard_version (id),
	lang text NOT NULL,
	part text NOT NULL CHECK (part IN ('rubric', 'criterion', 'level')),
	-- The row it stands in: a criterion's rubric, a level's criterion.
	within bigint REFERENCES standard_rubric_part (id),
	identifier text NOT NULL,
	position bigint NOT NULL,
	-- A criterion's item, and the standard_level.uuid of a level: together they name a descriptor, which
	-- then holds the words.
	item bigint REFERENCES standard_item (id),
	level text NOT NULL DEFAULT '',
	data text NOT NULL DEFAULT '{}'
);
CREATE INDEX standard_rubric_part_version ON standard_rubric_part (version, lang, position);
CREATE INDEX standard_rubric_part_identifier ON standard_rubric_part (org, identifier);
CREATE INDEX standard_rubric_part_within ON standard_rubric_part (within);

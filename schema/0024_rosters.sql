-- Many people changed as one: seen before it is done, done in short writes, undone as one.

CREATE TABLE people_batch (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL CHECK (kind IN ('roster', 'rollover')),
	title text NOT NULL, -- the file's name, or the school year that begins
	state text NOT NULL CHECK (state IN ('preview', 'applying', 'applied', 'undoing', 'undone', 'discarded')),
	bytes bytea, -- the file as it was sent, and what was read in it: only while it is looked at
	tables text,
	settings text NOT NULL DEFAULT '{}', -- JSON: what its columns mean, and what was chosen
	plan text, -- JSON, while it is done
	counts text NOT NULL DEFAULT '{}', -- JSON
	made_by bigint REFERENCES person (id),
	made_at bigint NOT NULL,
	applied_at bigint,
	undone_at bigint,
	rev bigint NOT NULL DEFAULT 1
);
CREATE INDEX people_batch_by_org ON people_batch (org, made_at);
CREATE INDEX people_batch_by_maker ON people_batch (made_by) WHERE made_by IS NOT NULL;

-- What was done, step by step: `object` is the row that was made or changed, `data` what it was made of, `before` what
-- stood there.
CREATE TABLE people_batch_row (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	batch bigint NOT NULL REFERENCES people_batch (id) ON DELETE CASCADE,
	position bigint NOT NULL, -- the plan's row x 100 + the step
	line bigint NOT NULL,
	action text NOT NULL,
	person bigint REFERENCES person (id),
	people_group bigint REFERENCES people_group (id) ON DELETE CASCADE,
	object bigint,
	data text NOT NULL,
	before text NOT NULL,
	state text NOT NULL CHECK (state IN ('done', 'skipped', 'undone', 'kept')),
	trouble text NOT NULL DEFAULT '' -- why it was skipped, or kept when the batch was undone: a msgid
);
CREATE UNIQUE INDEX people_batch_row_once ON people_batch_row (batch, position);
CREATE INDEX people_batch_row_by_org ON people_batch_row (org);
CREATE INDEX people_batch_row_by_person ON people_batch_row (person);
CREATE INDEX people_batch_row_by_group ON people_batch_row (people_group) WHERE people_group IS NOT NULL;

-- Who somebody is in the school's own system.
CREATE TABLE person_key (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	scheme text NOT NULL, -- "roster", "oneroster"
	value text NOT NULL,
	made_at bigint NOT NULL
);
CREATE UNIQUE INDEX person_key_once ON person_key (org, scheme, value);
CREATE INDEX person_key_by_person ON person_key (person);

-- Roles of organisations that were there before keep pace.
INSERT INTO role_right (role, right_name)
SELECT o.id, 'roster_import' FROM role o WHERE o.shipped IN ('admin', 'registrar')
ON CONFLICT DO NOTHING;

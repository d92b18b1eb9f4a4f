-- How long a kind of record (a name of core/personal.h) must be kept after its newest entry, and by whose rule.
-- Why, in words, is core text: owner "retention_rule", field "because".
CREATE TABLE retention_rule (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL,
	jurisdiction text NOT NULL, -- "CA-ON", "GB": where the rule holds
	months bigint NOT NULL CHECK (months > 0),
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	retired_at bigint,
	rev bigint NOT NULL DEFAULT 1
);
CREATE INDEX retention_rule_by_org ON retention_rule (org, kind);

-- A person asks one organisation to erase what it keeps of them, and is answered kind by kind.
CREATE TABLE erasure (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	asked_how text NOT NULL CHECK (asked_how IN ('page', 'paper', 'telephone', 'in_person', 'restored')),
	asked_by bigint REFERENCES person (id), -- who wrote it down, where the person did not
	words text NOT NULL,
	asked_at bigint NOT NULL,
	withdrawn_at bigint,
	answered_at bigint,
	answered_by bigint REFERENCES person (id)
);
CREATE UNIQUE INDEX erasure_open ON erasure (org, person) WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX erasure_by_person ON erasure (person);
CREATE INDEX erasure_by_org ON erasure (org, asked_at);

CREATE TABLE erasure_line (
	erasure bigint NOT NULL REFERENCES erasure (id) ON DELETE CASCADE,
	kind text NOT NULL,
	entries bigint NOT NULL,
	answer text NOT NULL CHECK (answer IN ('erased', 'anonymised', 'kept')),
	until text, -- kept until this day, then erased
	jurisdiction text NOT NULL,
	because text NOT NULL, -- as it read then
	done_at bigint,
	PRIMARY KEY (erasure, kind)
);
CREATE INDEX erasure_line_due ON erasure_line (until) WHERE done_at IS NULL;

-- What rests on a grant is looked for when it is erased.
CREATE INDEX disclosure_by_grant ON disclosure (access_grant) WHERE access_grant IS NOT NULL;

-- Two accounts that are one person: `alias` is read as `kept` (person.same_as), and nothing is rewritten.
CREATE TABLE person_merge (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kept bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	alias bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	made_by bigint REFERENCES person (id),
	made_at bigint NOT NULL,
	undo_until bigint NOT NULL,
	undone_at bigint,
	undone_by bigint REFERENCES person (id),
	CHECK (kept <> alias)
);
CREATE UNIQUE INDEX person_merge_once ON person_merge (alias) WHERE undone_at IS NULL;
CREATE INDEX person_merge_by_alias ON person_merge (alias);
CREATE INDEX person_merge_by_kept ON person_merge (kept);
CREATE INDEX person_merge_by_org ON person_merge (org, made_at);

-- Roles of organisations that were there before keep pace.
INSERT INTO role_right (role, right_name)
SELECT o.id, 'people_merge' FROM role o WHERE o.shipped = 'registrar'
ON CONFLICT DO NOTHING;

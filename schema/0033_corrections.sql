-- A person asks an organisation to correct what it keeps of them; somebody with a name has it before them, and answers.
CREATE TABLE correction (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	words text NOT NULL,
	to_person bigint REFERENCES person (id), -- null: nobody kept the list of people when it was asked
	asked_at bigint NOT NULL,
	answer text NOT NULL DEFAULT '',
	answered_at bigint,
	answered_by bigint REFERENCES person (id)
);
CREATE UNIQUE INDEX correction_open ON correction (org, person) WHERE answered_at IS NULL;
CREATE INDEX correction_by_org ON correction (org, id);
CREATE INDEX correction_by_person ON correction (person);
CREATE INDEX correction_by_reader ON correction (to_person) WHERE to_person IS NOT NULL;
CREATE INDEX correction_by_answerer ON correction (answered_by) WHERE answered_by IS NOT NULL;

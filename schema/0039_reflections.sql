-- What is asked afterwards of whoever was there, and what they answered.

-- That there is a question; its words are core text: owner "activity", field "question".
CREATE TABLE activity_question (
	activity bigint NOT NULL PRIMARY KEY REFERENCES activity (id) ON DELETE CASCADE,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	days bigint NOT NULL CHECK (days >= 0) -- after the activity's end
);
CREATE INDEX activity_question_by_org ON activity_question (org);

-- One a person and activity: the person is the one of the participation's row.
CREATE TABLE reflection (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	question text NOT NULL, -- as it read
	words text NOT NULL,
	lang text NOT NULL, -- of the page on which it was written
	shared_at bigint, -- since when those responsible may read it; null: nobody but the person
	made_at bigint NOT NULL,
	changed_at bigint NOT NULL,
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (activity, person)
);
CREATE INDEX reflection_by_person ON reflection (person);
CREATE INDEX reflection_by_org ON reflection (org);

-- Who is asked: whoever was there by the ledger's row in force, in each of their roles, from when and until when. A
-- correction to absent, and a cancellation, take them out.
CREATE VIEW reflection_asked (org, activity, person, participation, role, from_at, until_at) AS
SELECT p.org, p.activity, p.person, p.id, p.role, a.starts_at + a.minutes * 60 + q.days * 86400,
	CASE WHEN p.made_at > a.starts_at + a.minutes * 60 + q.days * 86400 THEN p.made_at
		ELSE a.starts_at + a.minutes * 60 + q.days * 86400 END + 2592000
FROM activity_question q
JOIN activity a ON a.id = q.activity
JOIN participation p ON p.activity = q.activity AND p.org = q.org
WHERE a.status = 'held' AND p.state = 'attended' AND p.superseded_at IS NULL AND p.person IS NOT NULL;

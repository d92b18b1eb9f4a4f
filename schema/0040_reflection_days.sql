-- For how many days a question asked afterwards may be answered: the organisation's to say, and kept with each question, so
-- that a letter that names the last day stays true.
ALTER TABLE org ADD COLUMN reflect_days bigint NOT NULL DEFAULT 30 CHECK (reflect_days BETWEEN 7 AND 365);
ALTER TABLE activity_question ADD COLUMN open_days bigint NOT NULL DEFAULT 30 CHECK (open_days > 0);

DROP VIEW reflection_asked;
CREATE VIEW reflection_asked (org, activity, person, participation, role, from_at, until_at) AS
SELECT p.org, p.activity, p.person, p.id, p.role, a.starts_at + a.minutes * 60 + q.days * 86400,
	CASE WHEN p.made_at > a.starts_at + a.minutes * 60 + q.days * 86400 THEN p.made_at
		ELSE a.starts_at + a.minutes * 60 + q.days * 86400 END + q.open_days * 86400
FROM activity_question q
JOIN activity a ON a.id = q.activity
JOIN participation p ON p.activity = q.activity AND p.org = q.org
WHERE a.status = 'held' AND p.state = 'attended' AND p.superseded_at IS NULL AND p.person IS NOT NULL;

-- What is asked of whom: a purpose, for the learners of a group. Who has to answer follows from guardians and age bands.

CREATE TABLE consent_ask (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	people_group bigint NOT NULL REFERENCES people_group (id) ON DELETE CASCADE,
	purpose text NOT NULL,
	answer_by text NOT NULL, -- the last day
	made_by bigint REFERENCES person (id),
	made_at bigint NOT NULL
);
CREATE UNIQUE INDEX consent_ask_once ON consent_ask (org, people_group, purpose);
CREATE INDEX consent_ask_by_group ON consent_ask (people_group);
CREATE INDEX consent_ask_by_maker ON consent_ask (made_by) WHERE made_by IS NOT NULL;

-- Who may answer what for whom. The reader adds the days (member_…, giver_…), and that until alone_at a guardian answers and from
-- then on the learner; a learner without an age band (banded 0) answers unless they are a minor.
CREATE VIEW consent_due_guardian (org, people_group, purpose, answer_by, made_by, made_at, learner, giver, self, banded, alone_at,
	member_since, member_until, giver_since, giver_until) AS
SELECT k.org, k.people_group, k.purpose, k.answer_by, k.made_by, k.made_at, m.person, g.person, 0, 0,
	(SELECT min(l.since_at) FROM learner_alone l WHERE l.org = k.org AND l.person = m.person AND l.purpose =
		CASE WHEN EXISTS (SELECT 1 FROM band_purpose q WHERE q.org = k.org AND q.purpose = k.purpose) THEN k.purpose ELSE '*' END),
	m.since, m.until, g.since, g.until
FROM consent_ask k
JOIN membership m ON m.people_group = k.people_group AND m.org = k.org
JOIN guardian_in_touch g ON g.org = k.org AND g.child = m.person
	AND (replace(g.may_consent, '"' || k.purpose || '"', '') <> g.may_consent OR replace(g.may_consent, '"*"', '') <> g.may_consent);
CREATE VIEW consent_due_learner (org, people_group, purpose, answer_by, made_by, made_at, learner, giver, self, banded, alone_at,
	member_since, member_until, giver_since, giver_until) AS
SELECT k.org, k.people_group, k.purpose, k.answer_by, k.made_by, k.made_at, m.person, m.person, 1,
	CASE WHEN EXISTS (SELECT 1 FROM person_band b WHERE b.org = k.org AND b.person = m.person) THEN 1 ELSE 0 END,
	(SELECT min(l.since_at) FROM learner_alone l WHERE l.org = k.org AND l.person = m.person AND l.purpose =
		CASE WHEN EXISTS (SELECT 1 FROM band_purpose q WHERE q.org = k.org AND q.purpose = k.purpose) THEN k.purpose ELSE '*' END),
	m.since, m.until, m.since, m.until
FROM consent_ask k
JOIN membership m ON m.people_group = k.people_group AND m.org = k.org;
CREATE VIEW consent_due (org, people_group, purpose, answer_by, made_by, made_at, learner, giver, self, banded, alone_at,
	member_since, member_until, giver_since, giver_until) AS
SELECT org, people_group, purpose, answer_by, made_by, made_at, learner, giver, self, banded, alone_at,
	member_since, member_until, giver_since, giver_until
FROM consent_due_guardian
UNION ALL
SELECT org, people_group, purpose, answer_by, made_by, made_at, learner, giver, self, banded, alone_at,
	member_since, member_until, giver_since, giver_until
FROM consent_due_learner;

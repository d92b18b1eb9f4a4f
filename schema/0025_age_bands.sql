-- Age bands of an organisation, and the band of a person with the day on which it changes: no birth dates.

CREATE TABLE age_band (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	position bigint NOT NULL, -- from the youngest
	adult bigint NOT NULL CHECK (adult IN (0, 1)),
	rev bigint NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX age_band_order ON age_band (org, position);

-- From which band on a learner decides alone, purpose by purpose. "*": all that is not named, the first adult band.
CREATE TABLE band_purpose (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	purpose text NOT NULL,
	band bigint NOT NULL REFERENCES age_band (id) ON DELETE CASCADE,
	PRIMARY KEY (org, purpose)
);
CREATE INDEX band_purpose_by_band ON band_purpose (band);

-- The next band by position begins on the day `until`. The instants are the beginnings of the days where the organisation is.
CREATE TABLE person_band (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	band bigint NOT NULL REFERENCES age_band (id),
	since text NOT NULL,
	since_at bigint NOT NULL,
	until text,
	until_at bigint,
	rev bigint NOT NULL DEFAULT 1,
	PRIMARY KEY (org, person),
	CHECK (until IS NULL OR until > since)
);
CREATE INDEX person_band_by_person ON person_band (person);
CREATE INDEX person_band_by_band ON person_band (band);

-- Since when, or from when on, a learner decides alone.
CREATE VIEW learner_alone (org, person, purpose, since, since_at) AS
SELECT w.org, w.person, q.purpose, CASE WHEN b.position >= t.position THEN w.since ELSE w.until END,
	CASE WHEN b.position >= t.position THEN w.since_at ELSE w.until_at END
FROM person_band w
JOIN age_band b ON b.id = w.band
JOIN band_purpose q ON q.org = w.org
JOIN age_band t ON t.id = q.band
WHERE b.position >= t.position OR (w.until IS NOT NULL
	AND t.position = (SELECT min(n.position) FROM age_band n WHERE n.org = w.org AND n.position > b.position));

-- When a court's "no contact" was entered: what that guardian answered before counts no longer from then on.
ALTER TABLE guardian ADD COLUMN barred_at bigint;
UPDATE guardian SET barred_at = confirmed_at WHERE no_contact = 1;

CREATE VIEW consent_barred (consent, at) AS
SELECT c.id, b.barred_at
FROM consent c
JOIN guardian b ON b.org = c.org AND b.no_contact = 1 AND b.barred_at >= c.given_at
JOIN person cp ON cp.id = c.person JOIN person cg ON cg.id = c.given_by
JOIN person bp ON bp.id = b.child JOIN person bg ON bg.id = b.person
WHERE coalesce(cp.same_as, cp.id) = coalesce(bp.same_as, bp.id) AND coalesce(cg.same_as, cg.id) = coalesce(bg.same_as, bg.id);

-- What a guardian answered where the learner decides alone, and from when on that is so.
CREATE VIEW consent_outgrown (consent, at) AS
SELECT c.id, l.since_at
FROM consent c
JOIN person cp ON cp.id = c.person JOIN person cg ON cg.id = c.given_by
JOIN learner_alone l ON l.org = c.org AND l.person IN (cp.id, cp.same_as)
	AND l.purpose = CASE WHEN EXISTS (SELECT 1 FROM band_purpose q WHERE q.org = c.org AND q.purpose = c.purpose) THEN c.purpose ELSE '*' END
WHERE coalesce(cp.same_as, cp.id) <> coalesce(cg.same_as, cg.id);

DROP VIEW ledger;
DROP VIEW consent_no;
CREATE VIEW consent_no (id, org, person, purpose, activity, given_by, given_at) AS
SELECT n.id, n.org, n.person, n.purpose, n.activity, n.given_by, n.given_at
FROM consent n
WHERE n.answer = 'no' AND n.withdrawn_at IS NULL AND NOT EXISTS (
	SELECT 1 FROM consent y
	WHERE y.org = n.org AND y.person = n.person AND y.purpose = n.purpose AND y.given_by = n.given_by AND y.id > n.id
		AND y.answer = 'yes' AND y.withdrawn_at IS NULL AND (y.activity IS NULL OR y.activity = n.activity))
	AND NOT EXISTS (SELECT 1 FROM consent_barred b WHERE b.consent = n.id);

-- What rests on the yes of somebody who was barred counts as withdrawn from then on. What rests on a guardian's yes stays when
-- the learner begins to decide: theirs to take back. A guardian's no does not touch what the learner said alone.
CREATE VIEW ledger (participation, org, activity, series, kind, mode, status, starts_at, starts_wall, activity_minutes,
	person, as_person, heads, people_group, role, state, minutes, ground, consent, consent_ends_at, consent_withdrawn_at,
	claimed, attested, made_at, superseded_at, superseded_by, corrects) AS
SELECT p.id, p.org, p.activity, a.series, a.kind, a.mode, a.status, a.starts_at, a.starts_wall, a.minutes,
	coalesce(w.same_as, w.id), p.person, p.heads, p.people_group, p.role, p.state, p.minutes, p.ground, p.consent, c.ends_at,
	CASE WHEN p.consent IS NULL THEN NULL ELSE coalesce(c.withdrawn_at, (SELECT min(b.at) FROM consent_barred b WHERE b.consent = c.id),
		(SELECT min(n.given_at) FROM consent_no n
		WHERE n.org = c.org AND n.person = c.person AND n.purpose = c.purpose AND (n.activity IS NULL OR n.activity = p.activity)
			AND NOT EXISTS (SELECT 1 FROM consent_outgrown g WHERE g.consent = n.id AND g.at <= c.given_at))) END,
	CASE WHEN p.claimed_by IS NULL THEN 0 ELSE 1 END, CASE WHEN p.attested_by IS NULL THEN 0 ELSE 1 END,
	p.made_at, p.superseded_at, p.superseded_by, p.corrects
FROM participation p
JOIN activity a ON a.id = p.activity
LEFT JOIN person w ON w.id = p.person
LEFT JOIN consent c ON c.id = p.consent;

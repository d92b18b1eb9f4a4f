-- What a guardian may do, in which order they are called, and a court's "no contact".

ALTER TABLE guardian ADD COLUMN position bigint NOT NULL DEFAULT 1; -- who is called first
ALTER TABLE guardian ADD COLUMN may_consent text NOT NULL DEFAULT '["*"]'; -- JSON list of purposes; "*": all
ALTER TABLE guardian ADD COLUMN no_contact bigint NOT NULL DEFAULT 0 CHECK (no_contact IN (0, 1));
ALTER TABLE guardian ADD COLUMN no_contact_why text NOT NULL DEFAULT '';
ALTER TABLE guardian ADD COLUMN confirmed_at bigint; -- entered or last confirmed by the organisation; null: before this was kept
ALTER TABLE guardian ADD COLUMN confirmed_by bigint REFERENCES person (id);
ALTER TABLE guardian ADD COLUMN rev bigint NOT NULL DEFAULT 1;
CREATE INDEX guardian_apart ON guardian (org, child) WHERE no_contact = 1;
CREATE INDEX guardian_by_confirmer ON guardian (confirmed_by) WHERE confirmed_by IS NOT NULL;

-- Whoever tells, asks or shows anything reads this and not the table: without those to whom nothing of the child may
-- come, by whichever of their accounts.
CREATE VIEW guardian_in_touch (id, org, child, person, position, may_consent, since, until) AS
SELECT g.id, g.org, g.child, g.person, g.position, g.may_consent, g.since, g.until
FROM guardian g
WHERE g.no_contact = 0 AND NOT EXISTS (
	SELECT 1 FROM guardian b
	JOIN person bc ON bc.id = b.child JOIN person bp ON bp.id = b.person
	JOIN person gc ON gc.id = g.child JOIN person gp ON gp.id = g.person
	WHERE b.org = g.org AND b.no_contact = 1 AND (b.until IS NULL OR b.until > g.since)
		AND coalesce(bc.same_as, bc.id) = coalesce(gc.same_as, gc.id)
		AND coalesce(bp.same_as, bp.id) = coalesce(gp.same_as, gp.id));

-- An answer is a yes or a no. A no has no end: it stands until it is taken back or its giver says yes to as much; and it
-- wins over what others said.
ALTER TABLE consent ADD COLUMN answer text NOT NULL DEFAULT 'yes' CHECK (answer IN ('yes', 'no'));
ALTER TABLE consent ADD COLUMN lang text NOT NULL DEFAULT ''; -- in which the words were shown or read out
CREATE INDEX consent_refused ON consent (person, purpose) WHERE answer = 'no';

CREATE VIEW consent_no (id, org, person, purpose, activity, given_by, given_at) AS
SELECT n.id, n.org, n.person, n.purpose, n.activity, n.given_by, n.given_at
FROM consent n
WHERE n.answer = 'no' AND n.withdrawn_at IS NULL AND NOT EXISTS (
	SELECT 1 FROM consent y
	WHERE y.org = n.org AND y.person = n.person AND y.purpose = n.purpose AND y.given_by = n.given_by AND y.id > n.id
		AND y.answer = 'yes' AND y.withdrawn_at IS NULL AND (y.activity IS NULL OR y.activity = n.activity));

-- The ledger sees a no at once: from then on the yes it rests on counts as withdrawn.
DROP VIEW ledger;
CREATE VIEW ledger (participation, org, activity, series, kind, mode, status, starts_at, starts_wall, activity_minutes,
	person, as_person, heads, people_group, role, state, minutes, ground, consent, consent_ends_at, consent_withdrawn_at,
	claimed, attested, made_at, superseded_at, superseded_by, corrects) AS
SELECT p.id, p.org, p.activity, a.series, a.kind, a.mode, a.status, a.starts_at, a.starts_wall, a.minutes,
	coalesce(w.same_as, w.id), p.person, p.heads, p.people_group, p.role, p.state, p.minutes, p.ground, p.consent, c.ends_at,
	CASE WHEN p.consent IS NULL THEN NULL ELSE coalesce(c.withdrawn_at, (SELECT min(n.given_at) FROM consent_no n
		WHERE n.org = c.org AND n.person = c.person AND n.purpose = c.purpose AND (n.activity IS NULL OR n.activity = p.activity))) END,
	CASE WHEN p.claimed_by IS NULL THEN 0 ELSE 1 END, CASE WHEN p.attested_by IS NULL THEN 0 ELSE 1 END,
	p.made_at, p.superseded_at, p.superseded_by, p.corrects
FROM participation p
JOIN activity a ON a.id = p.activity
LEFT JOIN person w ON w.id = p.person
LEFT JOIN consent c ON c.id = p.consent;

-- Roles of organisations that were there before keep pace.
INSERT INTO role_right (role, right_name)
SELECT o.id, 'guardians_manage' FROM role o WHERE o.shipped IN ('admin', 'registrar')
ON CONFLICT DO NOTHING;

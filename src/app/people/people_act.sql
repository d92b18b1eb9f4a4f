-- What the steps of a batch write, and how each is taken back where nothing changed since (people_act.c).

-- key_add
INSERT INTO person_key (org, person, scheme, value, made_at)
SELECT :org, :person, :scheme, :value, :now
WHERE true
ON CONFLICT DO NOTHING RETURNING id AS id

-- key_drop
DELETE FROM person_key WHERE id = :object AND org = :org

-- by_key
SELECT coalesce(p.same_as, p.id) AS id
FROM person_key k JOIN person p ON p.id = k.person
WHERE k.org = :org AND k.scheme = :scheme AND k.value = :value

-- person_rev
SELECT p.rev AS rev FROM person p WHERE p.id = :person

-- person_here
SELECT po.since AS since, po.until AS until FROM person_org po WHERE po.org = :org AND po.person = :person

-- person_used
-- all orgs: whatever anybody wrote of them
SELECT (SELECT count(*) FROM session s WHERE s.person = :person)
	+ (SELECT count(*) FROM signin n WHERE n.person = :person)
	+ (SELECT count(*) FROM person_merge w WHERE w.kept = :person OR w.alias = :person)
	+ (SELECT count(*) FROM participation t WHERE t.person = :person)
	+ (SELECT count(*) FROM consent c WHERE c.person = :person OR c.given_by = :person)
	+ (SELECT count(*) FROM guardian g WHERE (g.child = :person OR g.person = :person) AND (g.until IS NULL OR g.until > g.since))
	+ (SELECT count(*) FROM adult_check x WHERE x.person = :person)
	+ (SELECT count(*) FROM activity_ask k WHERE k.person = :person)
	+ (SELECT count(*) FROM membership m WHERE m.person = :person AND (m.until IS NULL OR m.until > m.since))
	+ (SELECT count(*) FROM person_role h WHERE h.person = :person AND (h.until IS NULL OR h.until > :now)) AS n

-- group_source
UPDATE people_group SET source = :source, year = (SELECT y.id FROM academic_year y WHERE y.id = :year AND y.org = :org)
WHERE id = :group AND org = :org

-- group_take_back
UPDATE people_group SET until = since, source = NULL, rev = rev + 1
WHERE id = :group AND org = :org AND rev = :rev AND until IS NULL
	AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.people_group = people_group.id AND m.org = :org AND (m.until IS NULL OR m.until > m.since))
	AND NOT EXISTS (SELECT 1 FROM group_staff s WHERE s.people_group = people_group.id AND s.org = :org AND (s.until IS NULL OR s.until > s.since))
RETURNING id AS id

-- part taken_back
SET until = since
WHERE id = :object AND org = :org AND until IS NULL RETURNING id AS id

-- part ended
SET until = CASE WHEN since > :until THEN since ELSE :until END
WHERE id = :row AND org = :org AND until IS NULL RETURNING id AS id

-- part restored
	AND x.id = :object AND x.org = :org AND x.until = :until
	AND EXISTS (SELECT 1 FROM people_group g WHERE g.id = x.people_group AND g.org = :org AND g.until IS NULL)
RETURNING id AS id

-- member_take_back
UPDATE membership
-- use taken_back

-- member_row
SELECT m.id AS id, m.person AS person, m.people_group AS people_group, m.since AS since, m.until AS until
FROM membership m WHERE m.id = :row AND m.org = :org

-- member_end
UPDATE membership
-- use ended

-- member_restore
UPDATE membership AS x SET until = NULL
WHERE NOT EXISTS (SELECT 1 FROM membership o WHERE o.people_group = x.people_group AND o.person = x.person AND o.org = :org AND o.until IS NULL)
-- use restored

-- staff_take_back
UPDATE group_staff
-- use taken_back

-- staff_row
SELECT s.id AS id, s.person AS person, s.people_group AS people_group, s.since AS since, s.until AS until
FROM group_staff s WHERE s.id = :row AND s.org = :org

-- staff_end
UPDATE group_staff
-- use ended

-- staff_restore
UPDATE group_staff AS x SET until = NULL
WHERE NOT EXISTS (SELECT 1 FROM group_staff o WHERE o.people_group = x.people_group AND o.person = x.person AND o.org = :org AND o.until IS NULL)
-- use restored

-- minor_row
SELECT m.until AS until FROM minority m WHERE m.org = :org AND m.person = :person

-- minor_drop
DELETE FROM minority WHERE org = :org AND person = :person AND until = :until

-- role_row
SELECT h.id AS id, h.person AS person, h.until AS until FROM person_role h WHERE h.id = :row AND h.org = :org

-- role_restore
UPDATE person_role SET until = NULL
WHERE id = :object AND org = :org AND until = :until
	AND NOT EXISTS (SELECT 1 FROM person_role o WHERE o.person = person_role.person AND o.role = person_role.role AND o.org = :org
		AND (o.until IS NULL OR o.until > :now))
RETURNING id AS id

-- group_end
UPDATE people_group SET until = CASE WHEN since > :until THEN since ELSE :until END, rev = rev + 1
WHERE id = :row AND org = :org AND until IS NULL RETURNING id AS id

-- group_reopen
UPDATE people_group SET until = NULL, rev = rev + 1
WHERE id = :object AND org = :org AND rev = :rev AND until IS NOT NULL RETURNING id AS id

-- consent_row
SELECT c.id AS id, c.ends_at AS ends_at, c.withdrawn_at AS withdrawn_at FROM consent c WHERE c.id = :row AND c.org = :org

-- consent_end
UPDATE consent SET ends_at = :at
WHERE id = :row AND org = :org AND withdrawn_at IS NULL AND (ends_at IS NULL OR ends_at > :at) RETURNING id AS id

-- consent_restore
UPDATE consent SET ends_at = :before
WHERE id = :object AND org = :org AND withdrawn_at IS NULL AND ends_at = :at RETURNING id AS id

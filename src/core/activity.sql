-- add
INSERT INTO activity (org, person, elsewhere, kind, method, mode, status, starts_wall, zone, second, starts_at, minutes, place, series,
	responsible, capacity, link, going_out, learners_per_adult, slip, visibility, answer_by, uuid, made_at, made_by)
VALUES (:org, :person, :elsewhere, :kind, :method, :mode, :status, :starts_wall, :zone, :second, :starts_at, :minutes, :place, :series,
	:responsible, :capacity, :link, :going_out, :learners_per_adult, :slip, :visibility, :answer_by, :uuid, :now, :made_by)
RETURNING id AS id

-- row
SELECT a.id AS id, a.org AS org, a.person AS person, a.elsewhere AS elsewhere, a.kind AS kind, a.method AS method, a.mode AS mode,
	a.status AS status, a.starts_wall AS starts_wall, a.zone AS zone, a.starts_at AS starts_at, a.minutes AS minutes,
	a.place AS place, a.series AS series, a.second AS second, a.responsible AS responsible, a.capacity AS capacity, a.link AS link,
	a.going_out AS going_out, a.learners_per_adult AS learners_per_adult, a.slip AS slip, a.visibility AS visibility,
	a.answer_by AS answer_by, a.made_at AS made_at, a.rev AS rev
FROM activity a
WHERE a.id = :id AND (a.org = :org OR (a.org IS NULL AND a.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)))

-- keep
INSERT INTO activity_past (activity, rev, org, kind, method, mode, status, starts_wall, zone, minutes, place,
	responsible, capacity, link, going_out, learners_per_adult, slip, visibility, answer_by, second, corrected_at, corrected_by, why, why_lang)
SELECT a.id, a.rev, a.org, a.kind, a.method, a.mode, a.status, a.starts_wall, a.zone, a.minutes, a.place,
	a.responsible, a.capacity, a.link, a.going_out, a.learners_per_adult, a.slip, a.visibility, a.answer_by, a.second,
	CAST(:now AS bigint), CAST(:made_by AS bigint), CAST(:why AS text), CAST(:why_lang AS text)
FROM activity a
WHERE a.id = :id AND (a.org = :org OR (a.org IS NULL AND a.person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person))) AND a.rev = :rev

-- change
UPDATE activity SET elsewhere = :elsewhere, kind = :kind, method = :method, mode = :mode, status = :status,
	starts_wall = :starts_wall, zone = :zone, second = :second, starts_at = :starts_at, minutes = :minutes, place = :place, series = :series,
	responsible = :responsible, capacity = :capacity, link = :link, going_out = :going_out, learners_per_adult = :learners_per_adult,
	slip = :slip, visibility = :visibility, answer_by = :answer_by, rev = rev + 1
WHERE id = :id AND (org = :org OR (org IS NULL AND person IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person))) AND rev = :rev

-- settle
UPDATE activity SET status = :status, rev = rev + 1
WHERE id = :id AND org = :org AND status = 'planned'

-- past
SELECT h.rev AS rev, h.kind AS kind, h.method AS method, h.mode AS mode, h.status AS status, h.starts_wall AS starts_wall,
	h.zone AS zone, h.minutes AS minutes, h.place AS place, h.responsible AS responsible, h.capacity AS capacity, h.link AS link,
	h.going_out AS going_out, h.learners_per_adult AS learners_per_adult, h.slip AS slip, h.visibility AS visibility,
	h.answer_by AS answer_by, h.second AS second, h.corrected_at AS corrected_at, h.corrected_by AS corrected_by, h.why AS why, h.why_lang AS why_lang
FROM activity_past h
WHERE h.activity = :id AND h.org = :org
ORDER BY h.rev DESC

-- void_old
UPDATE participation SET superseded_at = :now
WHERE activity = :id AND superseded_at IS NULL AND state = 'attended'
	AND (org = :org OR (org IS NULL AND claimed_by IN (SELECT s.id FROM person s WHERE s.id = :person OR s.same_as = :person)))

-- void_new
-- all orgs: the rows void_old has just marked
INSERT INTO participation (org, activity, person, heads, people_group, role, state, minutes, ground, consent, claimed_by, attested_by, made_at, made_by, corrects, why)
SELECT p.org, p.activity, p.person, p.heads, p.people_group, p.role, 'void', 0, p.ground, p.consent, p.claimed_by, p.attested_by,
	CAST(:now AS bigint), CAST(:made_by AS bigint), p.id, CAST(:why AS text)
FROM participation p
WHERE p.activity = :id AND p.superseded_at IS NOT NULL AND p.superseded_by IS NULL

-- void_join
-- all orgs: the rows void_old has just marked
UPDATE participation SET superseded_by = (SELECT n.id FROM participation n WHERE n.corrects = participation.id)
WHERE activity = :id AND superseded_at IS NOT NULL AND superseded_by IS NULL

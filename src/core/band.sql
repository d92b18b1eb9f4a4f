-- list
SELECT b.id AS id, b.position AS position, b.adult AS adult, b.rev AS rev,
	(SELECT count(*) FROM person_band w WHERE w.band = b.id) AS people
FROM age_band b
WHERE b.org = :org
ORDER BY b.position

-- twice
SELECT count(*) AS n FROM age_band b WHERE b.org = :org AND b.position = :position AND b.id <> :id

-- add
INSERT INTO age_band (org, position, adult) VALUES (:org, :position, :adult)
RETURNING id AS id

-- change
UPDATE age_band SET position = :position, adult = :adult, rev = rev + 1
WHERE id = :id AND org = :org AND rev = :rev
RETURNING id AS id

-- remove
DELETE FROM age_band
WHERE id = :id AND org = :org AND NOT EXISTS (SELECT 1 FROM person_band w WHERE w.band = :id)
	AND NOT EXISTS (SELECT 1 FROM band_purpose q WHERE q.band = :id AND q.purpose <> '*')

-- purposes
SELECT q.purpose AS purpose, q.band AS band
FROM band_purpose q
WHERE q.org = :org AND q.purpose <> '*'
ORDER BY q.purpose

-- purpose_drop
DELETE FROM band_purpose WHERE org = :org AND purpose = :purpose

-- purpose_set
INSERT INTO band_purpose (org, purpose, band)
SELECT b.org, CAST(:purpose AS text), b.id
FROM age_band b
WHERE b.org = :org AND b.id = :band

-- rest_drop
DELETE FROM band_purpose WHERE org = :org AND purpose = '*'

-- rest
INSERT INTO band_purpose (org, purpose, band)
SELECT b.org, '*', b.id
FROM age_band b
WHERE b.org = :org AND b.adult = 1 AND b.position = (SELECT min(n.position) FROM age_band n WHERE n.org = :org AND n.adult = 1)

-- place
INSERT INTO person_band (org, person, band, since, since_at, until, until_at)
SELECT b.org, CAST(:person AS bigint), b.id, CAST(:since AS text), CAST(:since_at AS bigint), CAST(:until AS text), CAST(:until_at AS bigint)
FROM age_band b
WHERE b.org = :org AND b.id = :band
	AND CAST(:rev AS bigint) = coalesce((SELECT w.rev FROM person_band w WHERE w.org = :org AND w.person = :person), 0)
ON CONFLICT (org, person) DO UPDATE SET band = excluded.band, since = excluded.since, since_at = excluded.since_at,
	until = excluded.until, until_at = excluded.until_at, rev = person_band.rev + 1

-- of
SELECT w.band AS band, w.since AS since, w.since_at AS since_at, w.until AS until, w.until_at AS until_at, w.rev AS rev
FROM person_band w
WHERE w.org = :org AND w.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY w.since DESC, w.person
LIMIT 1

-- alone
SELECT l.purpose AS purpose, l.since AS since, l.since_at AS since_at
FROM learner_alone l
WHERE l.org = :org AND l.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY l.purpose

-- adults
DELETE FROM minority
WHERE org = :org AND person IN (SELECT w.person FROM person_band w JOIN age_band b ON b.id = w.band
	WHERE w.org = :org AND (w.person = :person OR CAST(:person AS bigint) = 0) AND b.adult = 1)

-- minors
INSERT INTO minority (org, person, until)
SELECT w.org, w.person, CASE WHEN w.until IS NOT NULL AND (SELECT n.adult FROM age_band n WHERE n.org = w.org AND n.position > b.position
	ORDER BY n.position LIMIT 1) = 1 THEN w.until ELSE CAST(:forever AS text) END
FROM person_band w
JOIN age_band b ON b.id = w.band
WHERE w.org = :org AND (w.person = :person OR CAST(:person AS bigint) = 0) AND b.adult = 0
ON CONFLICT (org, person) DO UPDATE SET until = excluded.until

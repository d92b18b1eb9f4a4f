-- Wrong sign-ins, by keyed hash.

-- read
SELECT t.misses AS misses, t.last_at AS last_at FROM throttle t WHERE t.key = :key

-- claim
INSERT INTO throttle AS t (key, misses, last_at) VALUES (:key, 0, :now)
ON CONFLICT (key) DO UPDATE SET misses = t.misses

-- write
UPDATE throttle SET misses = :misses, last_at = :last_at WHERE key = :key

-- sweep
-- scan: a job cleans up once an hour
DELETE FROM throttle WHERE last_at < :before

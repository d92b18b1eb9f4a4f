-- say
INSERT INTO event (org, kind, object_kind, object, data, made_at, retry_at)
VALUES (:org, :kind, :object_kind, :object, :data, :at, :at)

-- due
-- all orgs: the clock delivers everybody's
-- scan: from the start of the index of pending ones to what is due
SELECT e.id AS id, e.org AS org, e.kind AS kind, e.object_kind AS object_kind, e.object AS object, e.data AS data, e.made_at AS at, e.tries AS tries
FROM event e
WHERE e.pending = 1 AND e.retry_at <= :now
ORDER BY e.retry_at, e.id
LIMIT :limit

-- take
-- all orgs: by the id of an event the clock found
INSERT INTO event_done (event, consumer, made_at) VALUES (:event, :consumer, :now)
ON CONFLICT DO NOTHING
RETURNING event AS event

-- finish
-- all orgs: by the id of an event the clock found
UPDATE event SET pending = 0, trouble = '' WHERE id = :id

-- again
-- all orgs: by the id of an event the clock found
UPDATE event SET tries = tries + 1, retry_at = :retry_at, trouble = :trouble WHERE id = :id AND pending = 1

-- sweep
-- all orgs: upkeep of the server
-- scan: once a day
DELETE FROM event WHERE pending = 0 AND made_at < :before

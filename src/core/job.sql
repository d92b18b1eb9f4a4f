-- ask
INSERT INTO job (org, owner, kind, title, job_key, input, due_at, made_at)
VALUES (:org, :owner, :kind, :title, :key, :input, :not_before, :now)
ON CONFLICT DO NOTHING
RETURNING id AS id

-- asked
SELECT j.id AS id
FROM job j
WHERE (j.org = :org OR (j.org IS NULL AND CAST(:org AS bigint) IS NULL)) AND j.job_key = :key AND j.state IN ('waiting', 'running')

-- due
-- some: one of them is taken, and asked again
-- all orgs: a runner serves everybody
-- scan: from the start of the index of unfinished ones to what is due
SELECT j.id AS id, j.kind AS kind
FROM job j
WHERE j.state IN ('waiting', 'running') AND j.due_at <= :now AND j.lease_until <= :now
	AND replace(CAST(:kinds AS text), '"' || j.kind || '"', '') <> CAST(:kinds AS text)
ORDER BY j.due_at, j.id
LIMIT 50

-- claim
-- all orgs: a runner serves everybody
UPDATE job SET state = 'running', holder = :holder, lease_until = :lease_until, tries = tries + 1, started_at = coalesce(started_at, CAST(:now AS bigint))
WHERE id = :id AND state IN ('waiting', 'running') AND lease_until <= :now
RETURNING coalesce(org, 0) AS org, coalesce(owner, 0) AS owner, input AS input, tries AS tries

-- go_on
-- all orgs: the holder of the lease
UPDATE job SET done = :done, total = :total, words = :words, lease_until = :lease_until
WHERE id = :id AND holder = :holder AND tries = :tries AND state = 'running'
RETURNING stop + 1 AS stop

-- settle
-- all orgs: the holder of the lease
UPDATE job SET state = :state, result = :result, due_at = :due_at, lease_until = 0, finished_at = :finished_at
WHERE id = :id AND holder = :holder AND tries = :tries AND state = 'running'

-- seen
SELECT j.id AS id, j.kind AS kind, j.title AS title, j.state AS state, j.stop AS stop, j.done AS done, j.total AS total, j.words AS words, j.tries AS tries,
	j.result AS result, j.owner AS owner, j.due_at AS due_at, j.made_at AS made_at, j.started_at AS started_at, j.finished_at AS finished_at
FROM job j
WHERE j.org = :org AND j.id = :id AND (j.owner = :owner OR CAST(:owner AS bigint) = 0)

-- list
SELECT j.id AS id, j.kind AS kind, j.title AS title, j.state AS state, j.stop AS stop, j.done AS done, j.total AS total, j.words AS words, j.tries AS tries,
	j.owner AS owner, p.name AS owner_name, j.made_at AS made_at, j.finished_at AS finished_at
FROM job j
LEFT JOIN person p ON p.id = j.owner
WHERE j.org = :org AND (j.owner = :owner OR CAST(:owner AS bigint) = 0) AND (j.id < :before OR :before IS NULL)
ORDER BY j.id DESC
LIMIT :most

-- stop
UPDATE job SET stop = 1
WHERE org = :org AND id = :id AND (owner = :owner OR CAST(:owner AS bigint) = 0) AND state IN ('waiting', 'running')

-- stop_waiting
UPDATE job SET state = 'stopped', finished_at = :now
WHERE org = :org AND id = :id AND state = 'waiting' AND stop = 1

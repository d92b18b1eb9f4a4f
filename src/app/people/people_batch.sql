-- Batches: many people changed as one (people_batch.h).

-- add
INSERT INTO people_batch (org, kind, title, state, bytes, tables, settings, made_by, made_at)
VALUES (:org, :kind, :title, 'preview', :bytes, :tables, :settings, :me, :now) RETURNING id AS id

-- by_id
SELECT b.id AS id, b.org AS org, b.kind AS kind, b.title AS title, b.state AS state, b.tables AS tables, b.settings AS settings, b.plan AS plan,
	b.counts AS counts, b.made_by AS made_by, p.name AS made_by_name, b.made_at AS made_at, b.applied_at AS applied_at,
	b.undone_at AS undone_at, b.rev AS rev
FROM people_batch b LEFT JOIN person p ON p.id = b.made_by
WHERE b.id = :batch AND b.org = :org

-- bytes
SELECT b.bytes AS bytes FROM people_batch b WHERE b.id = :batch AND b.org = :org AND b.state = 'preview'

-- list
SELECT b.id AS id, b.kind AS kind, b.title AS title, b.state AS state, b.counts AS counts, p.name AS made_by_name, b.made_at AS made_at,
	b.applied_at AS applied_at, b.undone_at AS undone_at
FROM people_batch b LEFT JOIN person p ON p.id = b.made_by
WHERE b.org = :org AND b.state <> 'discarded'
ORDER BY b.made_at DESC, b.id DESC

-- settle
UPDATE people_batch SET settings = :settings, tables = coalesce(CAST(:tables AS text), tables), rev = rev + 1
WHERE id = :batch AND org = :org AND state = 'preview' AND rev = :rev RETURNING id AS id

-- start
UPDATE people_batch SET state = 'applying', plan = :plan, counts = :counts, bytes = NULL, tables = NULL, rev = rev + 1
WHERE id = :batch AND org = :org AND state = 'preview' RETURNING id AS id

-- applied
UPDATE people_batch SET state = 'applied', plan = NULL, applied_at = :now, rev = rev + 1
WHERE id = :batch AND org = :org AND state = 'applying' RETURNING id AS id

-- undo
UPDATE people_batch SET state = 'undoing', rev = rev + 1
WHERE id = :batch AND org = :org AND state = 'applied' RETURNING id AS id

-- undone
UPDATE people_batch SET state = 'undone', undone_at = :now, rev = rev + 1
WHERE id = :batch AND org = :org AND state = 'undoing' RETURNING id AS id

-- discard
UPDATE people_batch SET state = 'discarded', bytes = NULL, tables = NULL, plan = NULL, title = '', settings = '{}', rev = rev + 1
WHERE id = :batch AND org = :org AND state = 'preview' RETURNING id AS id

-- discard_old
UPDATE people_batch SET state = 'discarded', bytes = NULL, tables = NULL, plan = NULL, title = '', settings = '{}', rev = rev + 1
WHERE org = :org AND state = 'preview' AND made_at < :before

-- last_settings
SELECT b.settings AS settings FROM people_batch b
WHERE b.org = :org AND b.kind = 'roster' AND b.state IN ('applying', 'applied', 'undone')
ORDER BY b.made_at DESC, b.id DESC LIMIT 1

-- put_row
INSERT INTO people_batch_row (org, batch, position, line, action, person, people_group, object, data, before, state, trouble)
VALUES (:org, :batch, :position, :line, :action, :person, :group, :object, :data, :before, :state, :trouble)

-- last_row
SELECT coalesce(max(r.position), -1) AS position FROM people_batch_row r WHERE r.batch = :batch AND r.org = :org

-- made_groups
SELECT r.data AS data, r.people_group AS people_group
FROM people_batch_row r
WHERE r.batch = :batch AND r.org = :org AND r.position < :before AND r.action = 'group_add' AND r.state = 'done'
ORDER BY r.position

-- to_undo
SELECT r.id AS id, r.action AS action, r.person AS person, r.people_group AS people_group, r.object AS object, r.data AS data,
	r.before AS before
FROM people_batch_row r
WHERE r.batch = :batch AND r.org = :org AND r.state = 'done'
ORDER BY r.position DESC LIMIT :most

-- row_settled
UPDATE people_batch_row SET state = :state, trouble = :trouble WHERE id = :id AND org = :org

-- trouble
SELECT r.id AS id, r.line AS line, r.action AS action, r.person AS person, p.name AS name, g.name AS group_name, r.state AS state,
	r.trouble AS trouble
FROM people_batch_row r
LEFT JOIN person p ON p.id = r.person
LEFT JOIN people_group g ON g.id = r.people_group
WHERE r.batch = :batch AND r.org = :org AND r.state IN ('skipped', 'kept')
ORDER BY r.position

-- done_counts
SELECT r.action AS action, r.state AS state, count(*) AS n
FROM people_batch_row r
WHERE r.batch = :batch AND r.org = :org
GROUP BY r.action, r.state ORDER BY r.action, r.state

-- orgs_due
-- all orgs: the clock sends everybody's
-- scan: organisations are few
SELECT o.id AS org
FROM org o
WHERE EXISTS (SELECT 1 FROM letter l WHERE l.org = o.id AND l.state = 'queued' AND l.due_at <= :now)
ORDER BY o.id

-- claim
UPDATE letter SET lease_until = :lease_until, tries = tries + 1
WHERE id IN (SELECT l.id FROM letter l
		WHERE l.org = :org AND l.state = 'queued' AND l.due_at <= :now AND l.lease_until <= :now
		ORDER BY l.due_at, l.id LIMIT :turn)
	AND org = :org AND state = 'queued' AND lease_until <= :now
RETURNING id AS id, org AS org, lang AS lang, to_address AS to_address, to_name AS to_name, sender_name AS sender_name, sender_address AS sender_address,
	reply_to AS reply_to, subject AS subject, body AS body, html AS html, unsubscribe AS unsubscribe,
	file_name AS file_name, file_type AS file_type, file AS file, tries AS tries, made_at AS made_at

-- settle
UPDATE letter SET state = :state, sender_address = :sender_address, answer = :answer, due_at = :due_at, settled_at = :settled_at, lease_until = 0
WHERE org = :org AND id = :id AND tries = :tries AND state = 'queued'

-- list
SELECT l.id AS id, l.person AS person, l.kind AS kind, l.lang AS lang, l.to_name AS to_name, l.to_address AS to_address, l.subject AS subject, l.state AS state,
	l.tries AS tries, l.answer AS answer, l.made_at AS made_at, l.due_at AS due_at, l.settled_at AS settled_at
FROM letter l
WHERE l.org = :org AND (l.state = :state OR CAST(:state AS text) IS NULL) AND (l.id < :before OR CAST(:before AS bigint) = 0)
ORDER BY l.id DESC
LIMIT :limit

-- counts
SELECT l.state AS state, count(*) AS count
FROM letter l
WHERE l.org = :org
GROUP BY l.state

-- letter
SELECT l.id AS id, l.person AS person, l.kind AS kind, l.template_version AS template_version, l.lang AS lang, l.to_address AS to_address,
	l.to_name AS to_name, l.sender_name AS sender_name, l.sender_address AS sender_address, l.reply_to AS reply_to, l.subject AS subject,
	l.body AS body, l.html AS html, l.secret AS secret, l.unsubscribe AS unsubscribe, l.file_name AS file_name, l.file_type AS file_type, l.file AS file,
	l.state AS state, l.tries AS tries, l.answer AS answer, l.made_at AS made_at,
	l.due_at AS due_at, l.settled_at AS settled_at
FROM letter l
WHERE l.org = :org AND l.id = :id

-- again
UPDATE letter SET state = 'queued', tries = 0, due_at = :now, settled_at = NULL, answer = ''
WHERE org = :org AND id = :id AND state IN ('dead', 'cancelled')

-- cancel
UPDATE letter SET state = 'cancelled', settled_at = :now
WHERE org = :org AND id = :id AND state = 'queued' AND lease_until <= :now

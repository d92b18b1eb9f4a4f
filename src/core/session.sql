-- Sessions, by the hash of the cookie's token.

-- part found
	s.id AS session, p.id AS id, p.name AS name, p.lang AS lang, s.shared AS shared,
	s.second_at AS second_at, s.proved_at AS proved_at, s.seen_at AS seen_at, s.means AS means,
	r.id AS role, r.shipped AS shipped, r.name AS role_name, c.session AS chosen, c.role AS acting
FROM session s JOIN person p ON p.id = s.person
JOIN person a ON a.id = p.id OR a.same_as = p.id
LEFT JOIN person_role pr ON pr.person = a.id AND pr.org = :org AND pr.since <= :now AND (pr.until > :now OR pr.until IS NULL)
LEFT JOIN role r ON r.id = pr.role
LEFT JOIN session_acting c ON c.session = s.id AND c.org = pr.org
WHERE s.token = :token AND s.ends_at > :now AND s.waiting = 0 AND p.closed_at IS NULL
ORDER BY r.id NULLS LAST

-- find sqlite
SELECT (SELECT group_concat(rr.right_name, ' ') FROM role_right rr WHERE rr.role = r.id) AS rights,
-- use found

-- find postgres
SELECT (SELECT string_agg(rr.right_name, ' ') FROM role_right rr WHERE rr.role = r.id) AS rights,
-- use found

-- find_waiting
SELECT s.id AS session, s.person AS id, s.shared AS shared, s.means AS means
FROM session s WHERE s.token = :token AND s.ends_at > :now AND s.waiting = 1

-- touch
UPDATE session SET seen_at = :now,
	ends_at = CASE WHEN ends_last < CAST(:ends_at AS bigint) THEN ends_last ELSE CAST(:ends_at AS bigint) END
WHERE id = :session AND ends_at > :now

-- start
-- all orgs: a session is a person's, in every organisation
INSERT INTO session (token, person, means, shared, waiting, second_at, proved_at, made_at, seen_at,
	ends_at, ends_last, network, agent)
VALUES (:token, :person, :means, :shared, :waiting, :second_at, :now, :now, :now, :ends_at, :ends_last,
	:network, :agent)
RETURNING id

-- pass
UPDATE session SET token = :token, waiting = 0, second_at = :now, proved_at = :now, seen_at = :now,
	ends_at = :ends_at, ends_last = :ends_last, misses = 0
WHERE id = :session RETURNING id

-- miss
UPDATE session SET misses = misses + 1 WHERE id = :session RETURNING misses

-- prove
UPDATE session SET proved_at = :now WHERE id = :session

-- forget_second
UPDATE session SET second_at = NULL WHERE person = :person

-- of_person
SELECT s.id AS id, s.means AS means, s.shared AS shared, s.made_at AS made_at, s.seen_at AS seen_at,
	s.network AS network, s.agent AS agent
FROM session s WHERE s.person = :person AND s.ends_at > :now AND s.waiting = 0
ORDER BY s.seen_at DESC, s.id DESC

-- end
-- all orgs: a session is a person's, in every organisation
DELETE FROM session WHERE id = :session AND person = :person RETURNING id

-- end_others
-- all orgs: a session is a person's, in every organisation
DELETE FROM session WHERE person = :person AND id <> :keep

-- sweep
-- scan: a job cleans up once an hour
-- all orgs: a session is a person's, in every organisation
DELETE FROM session WHERE ends_at <= :now

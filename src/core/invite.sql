-- Invitations.

-- make
INSERT INTO invitation (org, email, name, lang, role, person, invited_by, made_at, ends_at)
VALUES (:org, :email, :name, :lang, :role, :person, :invited_by, :now, :ends_at) RETURNING id

-- replace
UPDATE invitation SET revoked_at = :now
WHERE org = :org AND email = :email AND accepted_at IS NULL AND revoked_at IS NULL RETURNING id

-- list
SELECT i.id AS id, i.email AS email, i.name AS name, i.lang AS lang, i.made_at AS made_at,
	i.ends_at AS ends_at, i.accepted_at AS accepted_at, i.revoked_at AS revoked_at,
	i.accepted_by AS accepted_by, r.shipped AS role_shipped, r.name AS role_name, p.name AS by_name,
	CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked'
		WHEN i.ends_at <= :now THEN 'ended' ELSE 'open' END AS state
FROM invitation i LEFT JOIN role r ON r.id = i.role LEFT JOIN person p ON p.id = i.invited_by
WHERE i.org = :org AND i.id < :before ORDER BY i.id DESC LIMIT :most

-- revoke
UPDATE invitation SET revoked_at = :now
WHERE id = :id AND org = :org AND accepted_at IS NULL AND revoked_at IS NULL RETURNING id

-- open
-- all orgs: an invitation is found by its token
SELECT i.id AS id, i.org AS org, i.email AS email, i.name AS name, i.lang AS lang, i.role AS role,
	i.person AS person, i.invited_by AS invited_by
FROM invitation i
WHERE i.id = :id AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.ends_at > :now

-- accept
-- all orgs: an invitation is found by its token
UPDATE invitation SET accepted_at = :now, accepted_by = :person
WHERE id = :id AND accepted_at IS NULL AND revoked_at IS NULL AND ends_at > :now RETURNING id

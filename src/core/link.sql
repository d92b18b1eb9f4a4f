-- Signed links, by the hash of their token.

-- make
INSERT INTO link (token, purpose, org, owner, subject, address, browser, made_at, ends_at, uses_left)
VALUES (:token, :purpose, :org, :owner, :subject, :address, :browser, :now, :ends_at, :uses_left)
RETURNING id

-- peek
-- all orgs: a link is found by its token or its owner
SELECT k.id AS id, k.org AS org, k.owner AS owner, k.subject AS subject, k.address AS address,
	k.ends_at AS ends_at, CASE WHEN k.browser IS NULL THEN 0 ELSE 1 END AS needs_browser
FROM link k
WHERE k.token = :token AND k.purpose = :purpose AND k.ends_at > :now AND k.uses_left > 0
	AND k.revoked_at IS NULL

-- spend
-- all orgs: a link is found by its token or its owner
UPDATE link SET uses_left = uses_left - 1, used_at = :now
WHERE token = :token AND purpose = :purpose AND ends_at > :now AND uses_left > 0 AND revoked_at IS NULL
	AND (browser = :browser OR browser IS NULL)
RETURNING id, org, owner, subject, address, ends_at

-- of_owner
-- all orgs: a link is found by its token or its owner
SELECT k.id AS id, k.purpose AS purpose, k.subject AS subject, k.address AS address,
	k.made_at AS made_at, k.ends_at AS ends_at, k.uses_left AS uses_left, k.used_at AS used_at
FROM link k
WHERE k.owner IN (SELECT s.id FROM person s WHERE s.id = :owner OR s.same_as = :owner) AND k.ends_at > :now AND k.uses_left > 0 AND k.revoked_at IS NULL
ORDER BY k.made_at DESC, k.id DESC

-- revoke
-- all orgs: a link is found by its token or its owner
UPDATE link SET revoked_at = :now WHERE id = :id AND owner IN (SELECT s.id FROM person s WHERE s.id = :owner OR s.same_as = :owner) AND revoked_at IS NULL RETURNING id

-- revoke_of
-- all orgs: a link is found by its token or its owner
UPDATE link SET revoked_at = :now WHERE purpose = :purpose AND subject = :subject AND revoked_at IS NULL

-- revoke_to
-- all orgs: a link is found by its token or its owner
UPDATE link SET revoked_at = :now WHERE purpose = :purpose AND address = :address AND revoked_at IS NULL

-- sweep
-- scan: a job cleans up once an hour
-- all orgs: a link is found by its token or its owner
DELETE FROM link WHERE ends_at < :before

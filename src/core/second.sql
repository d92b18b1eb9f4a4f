-- The second factor.

-- read
SELECT t.secret AS secret, t.confirmed_at AS confirmed_at, t.last_step AS last_step
FROM totp t WHERE t.person = :person

-- begin
INSERT INTO totp (person, secret, made_at) VALUES (:person, :secret, :now) ON CONFLICT DO NOTHING

-- confirm
UPDATE totp SET confirmed_at = :now, last_step = :step
WHERE person = :person AND confirmed_at IS NULL RETURNING person

-- spend_step
UPDATE totp SET last_step = :step
WHERE person = :person AND confirmed_at IS NOT NULL AND last_step < :step RETURNING person

-- spend_code
UPDATE recovery_code SET used_at = :now
WHERE person = :person AND code = :code AND used_at IS NULL RETURNING id

-- forget_codes
DELETE FROM recovery_code WHERE person = :person

-- put_code
INSERT INTO recovery_code (person, code) VALUES (:person, :code)

-- codes_left
SELECT count(*) AS n FROM recovery_code r WHERE r.person = :person AND r.used_at IS NULL

-- remove
DELETE FROM totp WHERE person = :person

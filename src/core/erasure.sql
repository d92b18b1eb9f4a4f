-- What an organisation keeps of a person (core/personal.h): how much, and how it ends.

-- kept_activities
SELECT count(*) AS n, max(t.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM participation t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_activities
UPDATE participation SET state = CASE WHEN attested_by IS NULL THEN 'void' ELSE state END, attested_by = coalesce(attested_by, CAST(:by AS bigint)),
	person = NULL, heads = 1, consent = NULL, claimed_by = NULL, seat = NULL
WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_disclosures
SELECT count(*) AS n, max(t.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM disclosure t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_disclosures
DELETE FROM disclosure WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_consents
SELECT count(*) AS n, max(t.given_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM consent t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_consents
DELETE FROM consent
WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	AND NOT EXISTS (SELECT 1 FROM participation p WHERE p.person = consent.person AND p.consent = consent.id)
	AND NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.person = consent.person AND d.consent = consent.id)

-- kept_grants
SELECT count(*) AS n, max(t.given_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM access_grant t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_grants
DELETE FROM access_grant
WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND NOT EXISTS (SELECT 1 FROM disclosure d WHERE d.person = access_grant.person AND d.access_grant = access_grant.id)

-- kept_letters
SELECT count(*) AS n, max(t.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM letter t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_letters
DELETE FROM letter WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_agreements
SELECT count(*) AS n, max(t.agreed_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM agreement t
WHERE t.terms IN (SELECT r.id FROM terms r WHERE r.org = :org) AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_agreements
DELETE FROM agreement WHERE terms IN (SELECT r.id FROM terms r WHERE r.org = :org) AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_invitations
SELECT count(*) AS n, max(t.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM invitation t
WHERE t.org = :org AND coalesce(t.accepted_by, t.person) IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_invitations
DELETE FROM invitation WHERE org = :org AND coalesce(accepted_by, person) IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_groups
SELECT count(*) AS n, CAST(NULL AS bigint) AS newest_at, max(coalesce(t.until, t.since)) AS newest_day
FROM membership t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_groups
DELETE FROM membership WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_checks
SELECT count(*) AS n, CAST(NULL AS bigint) AS newest_at, max(t.valid_until) AS newest_day
FROM adult_check t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_checks
DELETE FROM adult_check WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_groups_led
SELECT count(*) AS n, CAST(NULL AS bigint) AS newest_at, max(coalesce(t.until, t.since)) AS newest_day
FROM group_staff t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_groups_led
DELETE FROM group_staff WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_guardians
SELECT count(*) AS n, CAST(NULL AS bigint) AS newest_at, max(coalesce(t.until, t.since)) AS newest_day
FROM guardian t
WHERE t.org = :org AND (t.child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))

-- gone_guardians
DELETE FROM guardian WHERE org = :org AND (child IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) OR person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))

-- kept_bands
SELECT count(*) AS n, CAST(NULL AS bigint) AS newest_at, max(coalesce(t.until, t.since)) AS newest_day
FROM person_band t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_bands
DELETE FROM person_band WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_corrections
SELECT count(*) AS n, max(coalesce(t.answered_at, t.asked_at)) AS newest_at, CAST(NULL AS text) AS newest_day
FROM correction t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_corrections
DELETE FROM correction WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_minority
SELECT count(*) AS n, CAST(NULL AS bigint) AS newest_at, max(t.until) AS newest_day
FROM minority t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_minority
DELETE FROM minority WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_merges
SELECT count(*) AS n, max(t.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM person_merge t
WHERE t.org = :org AND (t.kept IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR t.alias IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))

-- gone_merges
DELETE FROM person_merge WHERE org = :org AND (kept IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
	OR alias IN (SELECT j.value FROM json_each(CAST(:people AS text)) j))

-- kept_roles
SELECT count(*) AS n, max(coalesce(t.until, t.since)) AS newest_at, CAST(NULL AS text) AS newest_day
FROM person_role t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_roles
DELETE FROM person_role WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_record
SELECT count(*) AS n, max(t.made_at) AS newest_at, CAST(NULL AS text) AS newest_day
FROM audit t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_record
UPDATE audit SET person = NULL WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- kept_organisations
SELECT count(*) AS n, max(coalesce(t.until, t.since)) AS newest_at, CAST(NULL AS text) AS newest_day
FROM person_org t
WHERE t.org = :org AND t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- gone_organisations
DELETE FROM person_org WHERE org = :org AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- known_elsewhere
-- all orgs: whether anybody is left who knows the person
SELECT count(*) AS n FROM person_org t WHERE t.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_names
-- all orgs: nobody knows the person any more
UPDATE person SET name = '–', sort_name = '–', formal_name = NULL, closed_at = :now, rev = rev + 1
WHERE id IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_former_names
-- all orgs: nobody knows the person any more
DELETE FROM person_former_name WHERE person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_name_words
-- all orgs: nobody knows the person any more
DELETE FROM person_word WHERE person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_contacts
-- all orgs: nobody knows the person any more
DELETE FROM contact WHERE person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_signins
-- all orgs: nobody knows the person any more
DELETE FROM signin WHERE person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_sessions
-- all orgs: nobody knows the person any more
DELETE FROM session WHERE person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_totp
-- all orgs: nobody knows the person any more
DELETE FROM totp WHERE person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_codes
-- all orgs: nobody knows the person any more
DELETE FROM recovery_code WHERE person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- account_links
-- all orgs: nobody knows the person any more
DELETE FROM link WHERE owner IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)

-- ask
INSERT INTO erasure (org, person, asked_how, asked_by, words, asked_at)
SELECT o.org, o.person, CAST(:how AS text), CAST(:by AS bigint), CAST(:words AS text), CAST(:now AS bigint)
FROM person_org o
WHERE o.org = :org AND o.person = :person
ON CONFLICT DO NOTHING
RETURNING id

-- withdraw
-- all orgs: a person takes back what they asked
UPDATE erasure SET withdrawn_at = :now
WHERE id = :id AND person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j) AND answered_at IS NULL AND withdrawn_at IS NULL
RETURNING id

-- by_id
SELECT e.id AS id, e.org AS org, e.person AS person, p.name AS name, e.asked_how AS asked_how, w.name AS asked_by_name, e.words AS words, e.asked_at AS asked_at,
	e.withdrawn_at AS withdrawn_at, e.answered_at AS answered_at, y.name AS answered_by_name
FROM erasure e
JOIN person p ON p.id = e.person
LEFT JOIN person w ON w.id = e.asked_by
LEFT JOIN person y ON y.id = e.answered_by
WHERE e.id = :id AND e.org = :org

-- list
SELECT e.id AS id, e.person AS person, p.name AS name, e.asked_at AS asked_at, e.withdrawn_at AS withdrawn_at, e.answered_at AS answered_at
FROM erasure e
JOIN person p ON p.id = e.person
WHERE e.org = :org AND (e.id < :before OR CAST(:before AS bigint) = 0)
ORDER BY e.id DESC
LIMIT :limit

-- of_person
-- all orgs: a person reads what they asked
SELECT e.id AS id, coalesce(l.name, f.name) AS org_name, e.asked_at AS asked_at, e.withdrawn_at AS withdrawn_at, e.answered_at AS answered_at
FROM erasure e
JOIN org_lang f ON f.org = e.org AND f.position = 1
LEFT JOIN org_lang l ON l.org = e.org AND l.lang = :lang
WHERE e.person IN (SELECT j.value FROM json_each(CAST(:people AS text)) j)
ORDER BY e.id DESC

-- lines
-- all orgs: of a request that was found
SELECT t.erasure AS erasure, t.kind AS kind, t.entries AS entries, t.answer AS answer, t.until AS until, t.jurisdiction AS jurisdiction, t.because AS because, t.done_at AS done_at
FROM erasure_line t
WHERE t.erasure IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j)
ORDER BY t.erasure, t.kind

-- settle
UPDATE erasure SET answered_at = :now, answered_by = :by
WHERE id = :id AND org = :org AND answered_at IS NULL AND withdrawn_at IS NULL
RETURNING person

-- line
-- all orgs: of a request that was found
INSERT INTO erasure_line (erasure, kind, entries, answer, until, jurisdiction, because, done_at)
VALUES (:erasure, :kind, :entries, :answer, :until, :jurisdiction, :because, :done_at)

-- due
-- some: the others in the next turn
-- all orgs: the clock serves everybody
SELECT t.erasure AS erasure, t.kind AS kind, t.until AS until, e.org AS org, e.person AS person, e.answered_by AS answered_by
FROM erasure_line t
JOIN erasure e ON e.id = t.erasure
WHERE t.done_at IS NULL AND t.until <= :today AND (t.until, t.erasure, t.kind) > (:until, :erasure, :kind)
ORDER BY t.until, t.erasure, t.kind
LIMIT 100

-- line_done
-- all orgs: the clock serves everybody
UPDATE erasure_line SET done_at = :now WHERE erasure = :erasure AND kind = :kind AND done_at IS NULL

-- rules
SELECT r.id AS id, r.kind AS kind, r.jurisdiction AS jurisdiction, r.months AS months, r.made_at AS made_at
FROM retention_rule r
WHERE r.org = :org AND r.retired_at IS NULL
ORDER BY r.kind, r.id

-- rule_add
INSERT INTO retention_rule (org, kind, jurisdiction, months, made_at, made_by)
VALUES (:org, :kind, :jurisdiction, :months, :now, :by)
RETURNING id

-- rule_retire
UPDATE retention_rule SET retired_at = :now
WHERE id = :id AND org = :org AND retired_at IS NULL
RETURNING id

-- What an organisation asks consent for, and the versions of its words.

CREATE TABLE consent_purpose (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	code text NOT NULL, -- one of the program's, or the organisation's own
	position bigint NOT NULL,
	retired_at bigint, -- no longer asked; what was answered stays
	rev bigint NOT NULL DEFAULT 1,
	PRIMARY KEY (org, code)
);

-- Never changed once it is there: an answer keeps the number. Its words are texts (owner "consent_version", fields "name" and
-- "words"). The program's own words have the numbers before the organisation's first.
CREATE TABLE consent_version (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	purpose text NOT NULL,
	version bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	made_at bigint NOT NULL
);
CREATE UNIQUE INDEX consent_version_once ON consent_version (org, purpose, version);
CREATE INDEX consent_version_by_maker ON consent_version (made_by) WHERE made_by IS NOT NULL;

-- To be asked and to give time were one purpose, "contact", whose words said both: an answer to it is an answer to each.
INSERT INTO consent (org, person, purpose, activity, words, words_rev, given_by, given_how, taken_by, given_at, ends_at, withdrawn_at, withdrawn_by, answer, lang)
SELECT c.org, c.person, 'give_time', c.activity, c.words, c.words_rev, c.given_by, c.given_how, c.taken_by, c.given_at, c.ends_at, c.withdrawn_at,
	c.withdrawn_by, c.answer, c.lang
FROM consent c
WHERE c.purpose = 'contact'
ORDER BY c.id;
UPDATE guardian SET may_consent = replace(may_consent, '"contact"', '"contact","give_time"');

-- Only to leave out of a list what nothing may tell its reader of: their own child, in touch or not.
CREATE VIEW guardian_any (org, child, person, since, until) AS
SELECT g.org, coalesce(c.same_as, c.id), g.person, g.since, g.until
FROM guardian g
JOIN person c ON c.id = g.child;

-- Who keeps a contact: an organisation, or (null) the person. Of those that stand, whose person one organisation alone knows
-- is that organisation's; where several know them nobody can tell any more who entered it, and it stays the person's.
ALTER TABLE contact ADD COLUMN org bigint REFERENCES org (id) ON DELETE CASCADE;
UPDATE contact SET org = (SELECT min(o.org) FROM person_org o WHERE o.person = contact.person)
WHERE 1 = (SELECT count(*) FROM person_org o WHERE o.person = contact.person)
	AND NOT EXISTS (SELECT 1 FROM signin s WHERE s.person = contact.person AND s.kind = 'email');
CREATE INDEX contact_by_org ON contact (org) WHERE org IS NOT NULL;

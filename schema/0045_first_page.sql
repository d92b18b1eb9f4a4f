-- How often what everybody may read of an organisation's standards changed, a row for each standard.
CREATE VIEW standards_public_changed (org, standard, changed) AS
SELECT s.org, s.id, s.changed
FROM standard s;

-- The revisions of what is coming are summed for each reader of a first page: from the index alone.
DROP INDEX activity_by_org;
CREATE INDEX activity_by_org ON activity (org, starts_at, rev);

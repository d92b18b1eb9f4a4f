-- Groups in the order of their lists: by the figures with which their names begin, 2A before 10A, and after them those
-- that begin with none.
CREATE VIEW group_listed (id, org, kind, name, since, until, year, figures) AS
SELECT g.id, g.org, g.kind, g.name, g.since, g.until, g.year, nullif(length(g.name) - length(ltrim(g.name, '0123456789')), 0)
FROM people_group g;

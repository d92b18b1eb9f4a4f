-- Whom a court keeps from whom, by every account of either: what nothing may show to that person, whichever office they
-- hold. Open ends are a day that never comes, so that readers say one condition.
CREATE VIEW guardian_kept (org, child, person, since, until) AS
SELECT b.org, c.id, p.id, b.since, coalesce(b.until, '9999-12-31')
FROM guardian b
JOIN person bc ON bc.id = b.child
JOIN person bp ON bp.id = b.person
JOIN person c ON c.id = coalesce(bc.same_as, bc.id) OR c.same_as = coalesce(bc.same_as, bc.id)
JOIN person p ON p.id = coalesce(bp.same_as, bp.id) OR p.same_as = coalesce(bp.same_as, bp.id)
WHERE b.no_contact = 1;

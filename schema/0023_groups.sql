-- School years, whose a group is, and the key a roster gives a group.

CREATE TABLE academic_year (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	name text NOT NULL, -- "2026-2027"
	since text NOT NULL,
	until text NOT NULL, -- before this day
	rev bigint NOT NULL DEFAULT 1,
	CHECK (until > since)
);
CREATE UNIQUE INDEX academic_year_once ON academic_year (org, since);

ALTER TABLE people_group ADD COLUMN year bigint REFERENCES academic_year (id);
ALTER TABLE people_group ADD COLUMN source text; -- "scheme:value", as the roster it came from names it
CREATE INDEX people_group_by_year ON people_group (year) WHERE year IS NOT NULL;
CREATE UNIQUE INDEX people_group_source ON people_group (org, source) WHERE source IS NOT NULL;

-- Who is responsible for a group: they see it and act for it.
CREATE TABLE group_staff (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	people_group bigint NOT NULL REFERENCES people_group (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	since text NOT NULL,
	until text,
	CHECK (until IS NULL OR until >= since)
);
CREATE UNIQUE INDEX group_staff_once ON group_staff (people_group, person) WHERE until IS NULL;
CREATE INDEX group_staff_by_person ON group_staff (person, org);
CREATE INDEX group_staff_by_org ON group_staff (org);

-- Roles of organisations that were there before keep pace: who keeps the list of people keeps its groups.
INSERT INTO role_right (role, right_name)
SELECT r.role, 'groups_read' FROM role_right r WHERE r.right_name = 'people_manage' ON CONFLICT DO NOTHING;
INSERT INTO role_right (role, right_name)
SELECT r.role, 'groups_manage' FROM role_right r WHERE r.right_name = 'people_manage' ON CONFLICT DO NOTHING;
INSERT INTO role_right (role, right_name)
SELECT o.id, 'groups_read' FROM role o WHERE o.shipped IN ('teacher', 'careers_lead', 'coordinator', 'safeguarding_lead')
ON CONFLICT DO NOTHING;

-- Planning activities: who leads, how many places, what is needed, who is invited.
ALTER TABLE activity ADD COLUMN responsible bigint REFERENCES person (id);
ALTER TABLE activity ADD COLUMN capacity bigint CHECK (capacity > 0); -- null: no limit
ALTER TABLE activity ADD COLUMN link text NOT NULL DEFAULT ''; -- where it is online
ALTER TABLE activity ADD COLUMN going_out bigint NOT NULL DEFAULT 0 CHECK (going_out IN (0, 1));
ALTER TABLE activity ADD COLUMN learners_per_adult bigint CHECK (learners_per_adult > 0);
ALTER TABLE activity ADD COLUMN slip bigint NOT NULL DEFAULT 0 CHECK (slip IN (0, 1)); -- a guardian signs
ALTER TABLE activity ADD COLUMN visibility text NOT NULL DEFAULT 'private'
	CHECK (visibility IN ('private', 'invited', 'public'));
ALTER TABLE activity ADD COLUMN answer_by text; -- a date
-- A wall time that clocks show twice, when they go back, means the second.
ALTER TABLE activity ADD COLUMN second bigint NOT NULL DEFAULT 0 CHECK (second IN (0, 1));

ALTER TABLE activity_past ADD COLUMN responsible bigint REFERENCES person (id);
ALTER TABLE activity_past ADD COLUMN capacity bigint;
ALTER TABLE activity_past ADD COLUMN link text NOT NULL DEFAULT '';
ALTER TABLE activity_past ADD COLUMN going_out bigint NOT NULL DEFAULT 0;
ALTER TABLE activity_past ADD COLUMN learners_per_adult bigint;
ALTER TABLE activity_past ADD COLUMN slip bigint NOT NULL DEFAULT 0;
ALTER TABLE activity_past ADD COLUMN visibility text NOT NULL DEFAULT 'private';
ALTER TABLE activity_past ADD COLUMN answer_by text;
ALTER TABLE activity_past ADD COLUMN second bigint NOT NULL DEFAULT 0;

ALTER TABLE place ADD COLUMN access text NOT NULL DEFAULT ''; -- steps, lift, toilets, how to come: in words

-- Which roles it needs, and how many people in each.
CREATE TABLE activity_role (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	role text NOT NULL, -- core/ledger.h: ledger_roles
	wanted bigint NOT NULL CHECK (wanted > 0),
	PRIMARY KEY (activity, role)
);

-- Standard items it means to exercise, each at the version that was in force when it was chosen.
CREATE TABLE activity_item (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	item bigint NOT NULL, -- standards_public_item.item and .version
	version bigint NOT NULL,
	PRIMARY KEY (activity, item)
);

-- Groups that are invited.
CREATE TABLE activity_group (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	people_group bigint NOT NULL REFERENCES people_group (id) ON DELETE CASCADE,
	PRIMARY KEY (activity, people_group)
);
CREATE INDEX activity_by_responsible ON activity (responsible) WHERE responsible IS NOT NULL;
CREATE INDEX activity_group_by_group ON activity_group (people_group);

-- What other features show of a standard's item: the node whose texts say what it is, in its newest
-- published version. Columns are only added.
CREATE VIEW standards_public_label (item, org, node, version, number, uuid, kind, code, slug) AS
SELECT n.item, n.org, n.id, v.id, v.number, i.uuid, n.kind, n.code, s.slug
FROM standard_item i
JOIN standard s ON s.id = i.standard
JOIN standard_node n ON n.item = i.id AND n.version = (
	SELECT w.version FROM standard_node w JOIN standard_version u ON u.id = w.version
	WHERE w.item = i.id AND u.state <> 'draft' AND u.filling = 0 ORDER BY u.number DESC LIMIT 1)
JOIN standard_version v ON v.id = n.version;

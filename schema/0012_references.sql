-- Columns that point at rows of which there are many: without an index, deleting one of those reads the whole
-- table that might point at it. Most are empty in most rows.
CREATE INDEX participation_by_superseding ON participation (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX participation_by_consent ON participation (consent) WHERE consent IS NOT NULL;
CREATE INDEX participation_by_maker ON participation (made_by) WHERE made_by IS NOT NULL;
CREATE INDEX participation_by_attester ON participation (attested_by) WHERE attested_by IS NOT NULL;
CREATE INDEX participation_by_claimer ON participation (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX activity_by_maker ON activity (made_by) WHERE made_by IS NOT NULL;
CREATE INDEX consent_by_activity ON consent (activity) WHERE activity IS NOT NULL;
CREATE INDEX consent_by_giver ON consent (given_by);
CREATE INDEX access_grant_by_activity ON access_grant (activity) WHERE activity IS NOT NULL;
CREATE INDEX disclosure_by_consent ON disclosure (consent) WHERE consent IS NOT NULL;
CREATE INDEX texts_by_maker ON texts (made_by) WHERE made_by IS NOT NULL;
CREATE INDEX audit_by_maker ON audit (made_by) WHERE made_by IS NOT NULL;
CREATE INDEX standard_node_by_parent ON standard_node (parent) WHERE parent IS NOT NULL;
CREATE INDEX standard_descriptor_by_item ON standard_descriptor (item);
CREATE INDEX standard_rating_by_item ON standard_rating (item);
CREATE INDEX standard_link_by_item ON standard_link (item);
CREATE INDEX standard_comment_by_item ON standard_comment (item);
CREATE INDEX standard_rubric_part_by_item ON standard_rubric_part (item) WHERE item IS NOT NULL;

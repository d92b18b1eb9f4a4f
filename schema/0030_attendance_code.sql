-- The code on the projector: since when it is shown, by whom and until when. The code itself is computed.
CREATE TABLE activity_code (
	activity bigint NOT NULL PRIMARY KEY REFERENCES activity (id) ON DELETE CASCADE,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	opened_at bigint NOT NULL,
	opened_by bigint NOT NULL REFERENCES person (id),
	closes_at bigint NOT NULL
);
CREATE INDEX activity_code_by_org ON activity_code (org);

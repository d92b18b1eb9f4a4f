-- That an adult was checked, by whom and until when it holds. No document, ever.
CREATE TABLE adult_check (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	kind bigint NOT NULL REFERENCES term (id), -- of the scheme "adult_check"
	verified_by bigint NOT NULL REFERENCES person (id),
	verified_at bigint NOT NULL,
	valid_until text NOT NULL, -- the last day
	ended_at bigint -- taken back before its end
);
CREATE INDEX adult_check_by_person ON adult_check (person);
CREATE INDEX adult_check_by_org ON adult_check (org, valid_until);
CREATE INDEX adult_check_by_kind ON adult_check (kind);
CREATE INDEX adult_check_by_verifier ON adult_check (verified_by);

-- Roles of organisations that were there before keep pace.
INSERT INTO role_right (role, right_name)
SELECT o.id, 'checks_manage' FROM role o WHERE o.shipped IN ('admin', 'registrar')
ON CONFLICT DO NOTHING;

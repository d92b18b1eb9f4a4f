-- In which role somebody acts in an organisation, as chosen in this session; role null: for themself, in none.
CREATE TABLE session_acting (
	session bigint NOT NULL REFERENCES session (id) ON DELETE CASCADE,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	role bigint REFERENCES role (id) ON DELETE CASCADE,
	PRIMARY KEY (session, org)
);
CREATE INDEX session_acting_by_org ON session_acting (org);
CREATE INDEX session_acting_by_role ON session_acting (role) WHERE role IS NOT NULL;

-- An affiliation is proposed by one side and holds when the other has confirmed it. Rows from before were
-- entered by whoever runs the server: they hold.
ALTER TABLE affiliation ADD COLUMN state text NOT NULL DEFAULT 'confirmed'
	CHECK (state IN ('proposed', 'confirmed', 'declined', 'withdrawn'));
ALTER TABLE affiliation ADD COLUMN proposed_by bigint REFERENCES person (id);
ALTER TABLE affiliation ADD COLUMN proposed_at bigint;
ALTER TABLE affiliation ADD COLUMN answered_by bigint REFERENCES person (id);
ALTER TABLE affiliation ADD COLUMN answered_at bigint;
ALTER TABLE affiliation ADD COLUMN ended_by bigint REFERENCES person (id); -- who withdrew it or gave it its end
ALTER TABLE affiliation ADD COLUMN ended_at bigint;
ALTER TABLE affiliation ADD COLUMN rev bigint NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX affiliation_open ON affiliation (org, other, kind)
	WHERE until IS NULL AND state IN ('proposed', 'confirmed');

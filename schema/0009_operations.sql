-- What the server itself remembers of its upkeep: when the last backup was made ('backup'), and when a clock
-- process could last write ('clock').
CREATE TABLE server_state (
	name text NOT NULL PRIMARY KEY,
	at bigint NOT NULL,
	words text NOT NULL DEFAULT ''
);

-- What was given up is counted often and is little.
CREATE INDEX letter_dead ON letter (id) WHERE state = 'dead';
CREATE INDEX job_failed ON job (id) WHERE state = 'failed';

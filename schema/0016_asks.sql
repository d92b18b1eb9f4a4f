-- Asking people to come: one row for each person or household that is asked for an activity, and every
-- answer they gave.
CREATE TABLE activity_ask (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	people_group bigint REFERENCES people_group (id), -- as a member of which group
	role text NOT NULL, -- core/ledger.h: ledger_roles
	lang text NOT NULL, -- in which they are written to
	state text NOT NULL CHECK (state IN ('asked', 'accepted', 'waiting', 'offered', 'declined', 'other_date', 'call_me',
		'expired', 'withdrawn')),
	adults bigint NOT NULL DEFAULT 1 CHECK (adults >= 0),
	children bigint NOT NULL DEFAULT 0 CHECK (children >= 0),
	seats bigint NOT NULL DEFAULT 0 CHECK (seats >= 0), -- 0: this role takes none
	words text NOT NULL DEFAULT '', -- theirs: another date, what we should know
	phone text NOT NULL DEFAULT '', -- to be called at; only for who is responsible
	answered_at bigint,
	answered_how text CHECK (answered_how IN ('page', 'paper', 'telephone', 'in_person')),
	taken_by bigint REFERENCES person (id), -- who wrote the answer down
	read_out text NOT NULL DEFAULT '', -- which text was read out to them
	offer_until bigint, -- an offered seat is kept until then
	queued_at bigint, -- since when they wait
	turn bigint NOT NULL DEFAULT 0, -- the order of the waiting list
	code text, -- hash of the printed notice's code
	reminded_at bigint,
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	rev bigint NOT NULL DEFAULT 1,
	UNIQUE (activity, person)
);
CREATE INDEX activity_ask_in_order ON activity_ask (activity, state, turn);
CREATE INDEX activity_ask_by_person ON activity_ask (person);
CREATE INDEX activity_ask_by_org ON activity_ask (org);
CREATE UNIQUE INDEX activity_ask_by_code ON activity_ask (org, code) WHERE code IS NOT NULL;

-- What was answered, each time: rows are only added.
CREATE TABLE activity_answer (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	ask bigint NOT NULL REFERENCES activity_ask (id) ON DELETE CASCADE,
	state text NOT NULL, -- what it came to
	adults bigint NOT NULL,
	children bigint NOT NULL,
	words text NOT NULL,
	how text NOT NULL, -- '': nobody said it, time or the organisation did
	taken_by bigint REFERENCES person (id),
	read_out text NOT NULL,
	at bigint NOT NULL
);
CREATE INDEX activity_answer_by_ask ON activity_answer (ask);
CREATE INDEX activity_answer_by_org ON activity_answer (org);

-- Who wants no more invitations and reminders by e-mail from an organisation.
CREATE TABLE activity_unasked (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	since bigint NOT NULL,
	PRIMARY KEY (org, person)
);
CREATE INDEX activity_unasked_by_person ON activity_unasked (person);

-- A letter may have one file with it, as text.
ALTER TABLE letter ADD COLUMN file_name text NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN file_type text NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN file text NOT NULL DEFAULT '';

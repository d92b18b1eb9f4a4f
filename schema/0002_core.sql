-- What every feature points at: texts per language, vocabulary, groups, the ledger of practice with its
-- grounds, reactions, jobs, letters, audit and files. Instants are seconds since 1970, civil dates text
-- YYYY-MM-DD, planned times wall time YYYY-MM-DDTHH:MM (or a date) with a zone name.

-- Plural, because "text" is the name of a type. Every revision stays; one of each language is current.
CREATE TABLE texts (
	id INTEGER PRIMARY KEY,
	org bigint REFERENCES org (id) ON DELETE CASCADE, -- null: the server's
	owner_kind text NOT NULL,
	owner bigint NOT NULL,
	field text NOT NULL,
	lang text NOT NULL,
	rev bigint NOT NULL,
	current bigint NOT NULL CHECK (current IN (0, 1)),
	body text NOT NULL,
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	UNIQUE (owner_kind, owner, field, lang, rev)
);
CREATE UNIQUE INDEX texts_current ON texts (owner_kind, owner, field, lang) WHERE current = 1;
CREATE INDEX texts_by_org ON texts (org);

CREATE TABLE term (
	id INTEGER PRIMARY KEY,
	org bigint REFERENCES org (id) ON DELETE CASCADE, -- null: shipped
	scheme text NOT NULL,
	code text NOT NULL,
	broader bigint REFERENCES term (id),
	position bigint NOT NULL,
	retired_at bigint
);
CREATE UNIQUE INDEX term_shipped ON term (scheme, code) WHERE org IS NULL;
CREATE UNIQUE INDEX term_own ON term (org, scheme, code) WHERE org IS NOT NULL;

CREATE TABLE place (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	name text NOT NULL,
	address text NOT NULL, -- several lines
	zone text NOT NULL,
	retired_at bigint,
	rev bigint NOT NULL DEFAULT 1
);
CREATE INDEX place_by_org ON place (org);

-- A class, a cohort, a team, a family. "group" is a word of SQL.
CREATE TABLE people_group (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL,
	name text NOT NULL,
	since text NOT NULL,
	until text,
	rev bigint NOT NULL DEFAULT 1,
	CHECK (until IS NULL OR until >= since)
);
CREATE INDEX people_group_by_org ON people_group (org, kind);

-- From since, before until. A person who leaves and comes back has two rows.
CREATE TABLE membership (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	people_group bigint NOT NULL REFERENCES people_group (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	since text NOT NULL,
	until text,
	CHECK (until IS NULL OR until >= since)
);
CREATE UNIQUE INDEX membership_once ON membership (people_group, person) WHERE until IS NULL;
CREATE INDEX membership_by_person ON membership (person);
CREATE INDEX membership_by_org ON membership (org);

-- Entered by the organisation only.
CREATE TABLE guardian (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	child bigint NOT NULL REFERENCES person (id),
	person bigint NOT NULL REFERENCES person (id),
	since text NOT NULL,
	until text,
	CHECK (child <> person),
	CHECK (until IS NULL OR until >= since)
);
CREATE INDEX guardian_by_child ON guardian (child);
CREATE INDEX guardian_by_person ON guardian (person);
CREATE INDEX guardian_by_org ON guardian (org);

-- No birth dates: somebody is a minor for an organisation until a date. No row: an adult.
CREATE TABLE minority (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	until text NOT NULL,
	PRIMARY KEY (org, person)
);
CREATE INDEX minority_by_person ON minority (person);

-- The ledger. An activity keeps its id; what it said before a correction stays in activity_past.
CREATE TABLE activity (
	id INTEGER PRIMARY KEY,
	org bigint REFERENCES org (id) ON DELETE CASCADE, -- null: elsewhere, a person's own claim
	person bigint REFERENCES person (id), -- whose claim it is
	elsewhere text NOT NULL DEFAULT '', -- who held it, where org is null
	kind text NOT NULL, -- "event", "visit", "session", "series", "letter", "course"
	method bigint REFERENCES term (id),
	mode text NOT NULL CHECK (mode IN ('in_person', 'technology', 'written')),
	status text NOT NULL CHECK (status IN ('planned', 'held', 'cancelled')),
	starts_wall text NOT NULL,
	zone text NOT NULL,
	starts_at bigint NOT NULL, -- computed from the two, again when a zone's rules change
	minutes bigint NOT NULL CHECK (minutes >= 0),
	place bigint REFERENCES place (id),
	series bigint REFERENCES activity (id),
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	rev bigint NOT NULL DEFAULT 1,
	CHECK ((org IS NULL) <> (person IS NULL))
);
CREATE INDEX activity_by_org ON activity (org, starts_at);
CREATE INDEX activity_by_person ON activity (person) WHERE person IS NOT NULL;
CREATE INDEX activity_by_series ON activity (series) WHERE series IS NOT NULL;

CREATE TABLE activity_past (
	activity bigint NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
	rev bigint NOT NULL,
	org bigint REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL,
	method bigint,
	mode text NOT NULL,
	status text NOT NULL,
	starts_wall text NOT NULL,
	zone text NOT NULL,
	minutes bigint NOT NULL,
	place bigint,
	corrected_at bigint NOT NULL,
	corrected_by bigint REFERENCES person (id),
	why text NOT NULL,
	PRIMARY KEY (activity, rev)
);

-- A yes by a person, or by a guardian for them. What was agreed to is a text with a revision.
CREATE TABLE consent (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	purpose text NOT NULL, -- "coverage", "contact", "cpd", "evidence", "figure", or a feature's own
	activity bigint REFERENCES activity (id), -- null: whatever the purpose covers
	words text NOT NULL, -- code of the text that was shown, and its revision
	words_rev bigint NOT NULL,
	given_by bigint NOT NULL REFERENCES person (id),
	given_how text NOT NULL CHECK (given_how IN ('page', 'paper', 'telephone', 'in_person')),
	taken_by bigint REFERENCES person (id), -- who wrote it down, where the person did not
	given_at bigint NOT NULL,
	ends_at bigint,
	withdrawn_at bigint,
	withdrawn_by bigint REFERENCES person (id)
);
CREATE INDEX consent_by_person ON consent (person, purpose);
CREATE INDEX consent_by_org ON consent (org, purpose);

-- The unit of the ledger: a person or a head-count, in a role, for some minutes. A correction is a new
-- row; the old one stays and says by which row it was superseded.
CREATE TABLE participation (
	id INTEGER PRIMARY KEY,
	org bigint REFERENCES org (id) ON DELETE CASCADE, -- null: a person's own claim
	activity bigint NOT NULL REFERENCES activity (id),
	person bigint REFERENCES person (id),
	heads bigint, -- people not named: the count of them
	people_group bigint REFERENCES people_group (id), -- as members of which group
	role text NOT NULL,
	state text NOT NULL CHECK (state IN ('expected', 'attended', 'absent', 'void')),
	minutes bigint NOT NULL CHECK (minutes >= 0),
	ground text NOT NULL CHECK (ground IN ('duty', 'agreement', 'consent')), -- on which it was recorded
	consent bigint REFERENCES consent (id),
	claimed_by bigint REFERENCES person (id),
	attested_by bigint REFERENCES person (id), -- for the organisation
	seat text, -- hash of the code with which an unnamed seat can be claimed
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	corrects bigint REFERENCES participation (id),
	why text NOT NULL DEFAULT '',
	superseded_by bigint REFERENCES participation (id),
	superseded_at bigint,
	CHECK ((person IS NULL) <> (heads IS NULL)),
	CHECK (heads IS NULL OR heads > 0),
	CHECK (claimed_by IS NULL OR claimed_by = person),
	CHECK (claimed_by IS NOT NULL OR attested_by IS NOT NULL),
	CHECK (org IS NOT NULL OR attested_by IS NULL),
	CHECK (ground <> 'consent' OR consent IS NOT NULL OR heads IS NOT NULL),
	CHECK (superseded_by IS NULL OR superseded_at IS NOT NULL)
);
CREATE INDEX participation_by_activity ON participation (activity);
CREATE INDEX participation_by_person ON participation (person) WHERE person IS NOT NULL;
CREATE INDEX participation_by_org ON participation (org);
CREATE UNIQUE INDEX participation_seat ON participation (seat) WHERE seat IS NOT NULL AND superseded_at IS NULL;
CREATE UNIQUE INDEX participation_corrects ON participation (corrects) WHERE corrects IS NOT NULL;
-- Entered once: one row in force for a person in a role, whoever sends the form twice.
CREATE UNIQUE INDEX participation_once ON participation (activity, person, role)
	WHERE person IS NOT NULL AND superseded_at IS NULL;

-- Standard items it exercised, at the version in force then. The tables of standards come later and
-- are a feature's, so these are ids without a foreign key (standards_public_item.item and .version).
CREATE TABLE participation_item (
	participation bigint NOT NULL REFERENCES participation (id) ON DELETE CASCADE,
	item bigint NOT NULL,
	version bigint NOT NULL,
	PRIMARY KEY (participation, item)
);
CREATE INDEX participation_item_by_item ON participation_item (item);

-- Leave to read across organisations, given by the person: what they did in one activity, however it is
-- corrected later, or all of a purpose.
-- "grant" is a word of SQL.
CREATE TABLE access_grant (
	id INTEGER PRIMARY KEY,
	person bigint NOT NULL REFERENCES person (id),
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE, -- who may read
	from_org bigint REFERENCES org (id) ON DELETE CASCADE, -- in whose ledger; null: any, and one's own claims
	purpose text NOT NULL,
	activity bigint REFERENCES activity (id), -- null: all
	given_at bigint NOT NULL,
	ends_at bigint,
	revoked_at bigint
);
CREATE INDEX access_grant_by_person ON access_grant (person, org, purpose);
CREATE INDEX access_grant_by_org ON access_grant (org, purpose);

CREATE TABLE disclosure (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id),
	object_kind text NOT NULL,
	object bigint NOT NULL,
	to_person bigint REFERENCES person (id),
	to_org bigint REFERENCES org (id) ON DELETE CASCADE,
	to_outside text NOT NULL,
	purpose text NOT NULL,
	ground text NOT NULL CHECK (ground IN ('duty', 'agreement', 'consent')),
	consent bigint REFERENCES consent (id),
	access_grant bigint REFERENCES access_grant (id),
	can_be_called_back bigint NOT NULL CHECK (can_be_called_back IN (0, 1)),
	request_id text NOT NULL,
	made_at bigint NOT NULL,
	CHECK (to_person IS NOT NULL OR to_org IS NOT NULL OR to_outside <> '')
);
CREATE INDEX disclosure_by_person ON disclosure (person, made_at);
CREATE INDEX disclosure_by_org ON disclosure (org, made_at);

CREATE TABLE audit (
	id INTEGER PRIMARY KEY,
	org bigint REFERENCES org (id) ON DELETE CASCADE,
	made_by bigint REFERENCES person (id),
	verb text NOT NULL,
	object_kind text,
	object bigint,
	person bigint REFERENCES person (id), -- whom it concerns
	request_id text NOT NULL,
	made_at bigint NOT NULL
);
CREATE INDEX audit_by_person ON audit (person, made_at) WHERE person IS NOT NULL;
CREATE INDEX audit_by_org ON audit (org, id);
CREATE INDEX audit_by_object ON audit (object_kind, object) WHERE object IS NOT NULL;

-- What the ledger's readers see: every row, who it is about after merged accounts are followed, and
-- whether the consent it rests on is in force. A reader adds the organisation, the time and the ground.
CREATE VIEW ledger (participation, org, activity, series, kind, mode, status, starts_at, starts_wall, activity_minutes,
	person, as_person, heads, people_group, role, state, minutes, ground, consent, consent_ends_at, consent_withdrawn_at,
	claimed, attested, made_at, superseded_at, superseded_by, corrects) AS
SELECT p.id, p.org, p.activity, a.series, a.kind, a.mode, a.status, a.starts_at, a.starts_wall, a.minutes,
	coalesce(w.same_as, w.id), p.person, p.heads, p.people_group, p.role, p.state, p.minutes, p.ground, p.consent, c.ends_at, c.withdrawn_at,
	CASE WHEN p.claimed_by IS NULL THEN 0 ELSE 1 END, CASE WHEN p.attested_by IS NULL THEN 0 ELSE 1 END,
	p.made_at, p.superseded_at, p.superseded_by, p.corrects
FROM participation p
JOIN activity a ON a.id = p.activity
LEFT JOIN person w ON w.id = p.person
LEFT JOIN consent c ON c.id = p.consent;

-- Reactions. An event is pending until every consumer has had it; retry_at grows when one fails.
CREATE TABLE event (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL,
	object_kind text NOT NULL,
	object bigint NOT NULL,
	data text NOT NULL,
	made_at bigint NOT NULL,
	pending bigint NOT NULL DEFAULT 1 CHECK (pending IN (0, 1)),
	retry_at bigint NOT NULL,
	tries bigint NOT NULL DEFAULT 0,
	trouble text NOT NULL DEFAULT ''
);
CREATE INDEX event_pending ON event (retry_at, id) WHERE pending = 1;
CREATE INDEX event_by_org ON event (org);

CREATE TABLE event_done (
	event bigint NOT NULL REFERENCES event (id) ON DELETE CASCADE,
	consumer text NOT NULL,
	made_at bigint NOT NULL,
	PRIMARY KEY (event, consumer)
);

CREATE TABLE job (
	id INTEGER PRIMARY KEY,
	org bigint REFERENCES org (id) ON DELETE CASCADE,
	owner bigint REFERENCES person (id),
	kind text NOT NULL,
	title text NOT NULL DEFAULT '', -- in its owner's words, for lists
	job_key text, -- asked twice is one job while it is unfinished
	input text NOT NULL,
	state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'refused', 'stopped', 'failed')),
	due_at bigint NOT NULL,
	lease_until bigint NOT NULL DEFAULT 0,
	holder text NOT NULL DEFAULT '',
	stop bigint NOT NULL DEFAULT 0 CHECK (stop IN (0, 1)),
	done bigint NOT NULL DEFAULT 0,
	total bigint NOT NULL DEFAULT 0,
	words text NOT NULL DEFAULT '',
	tries bigint NOT NULL DEFAULT 0,
	result text NOT NULL DEFAULT '{}',
	made_at bigint NOT NULL,
	started_at bigint,
	finished_at bigint
);
CREATE INDEX job_due ON job (due_at, id) WHERE state IN ('waiting', 'running');
CREATE UNIQUE INDEX job_once ON job (org, job_key) WHERE job_key IS NOT NULL AND state IN ('waiting', 'running');
CREATE UNIQUE INDEX job_once_server ON job (job_key) WHERE org IS NULL AND job_key IS NOT NULL AND state IN ('waiting', 'running');
CREATE INDEX job_by_owner ON job (org, owner, id);

-- Letter templates an organisation has changed; the shipped ones are in the program.
CREATE TABLE letter_template (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL,
	lang text NOT NULL,
	version bigint NOT NULL,
	subject text NOT NULL,
	body text NOT NULL,
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id),
	retired_at bigint, -- replaced by a later version, or by the shipped text
	UNIQUE (org, kind, lang, version)
);
CREATE UNIQUE INDEX letter_template_current ON letter_template (org, kind, lang) WHERE retired_at IS NULL;

-- A letter is kept as sent.
CREATE TABLE letter (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint REFERENCES person (id),
	kind text NOT NULL,
	template_version bigint NOT NULL, -- 0: the shipped text
	lang text NOT NULL,
	to_address text NOT NULL,
	to_name text NOT NULL,
	sender_name text NOT NULL,
	sender_address text NOT NULL,
	reply_to text NOT NULL,
	subject text NOT NULL,
	body text NOT NULL,
	html text NOT NULL,
	secret bigint NOT NULL CHECK (secret IN (0, 1)), -- holds a link that acts for its reader
	unsubscribe text NOT NULL, -- https address for one-click unsubscription, or ''
	letter_key text NOT NULL, -- sending twice is sending once
	state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'dead', 'cancelled')),
	due_at bigint NOT NULL,
	lease_until bigint NOT NULL DEFAULT 0,
	tries bigint NOT NULL DEFAULT 0,
	answer text NOT NULL DEFAULT '', -- of the last mail server, cut short
	made_at bigint NOT NULL,
	settled_at bigint,
	UNIQUE (org, letter_key)
);
CREATE INDEX letter_due ON letter (org, due_at, id) WHERE state = 'queued';
CREATE INDEX letter_by_state ON letter (org, state, id);
CREATE INDEX letter_by_person ON letter (person) WHERE person IS NOT NULL;

CREATE TABLE file (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	hash text NOT NULL, -- SHA-256 of the bytes as stored
	name text NOT NULL,
	type text NOT NULL,
	size bigint NOT NULL,
	made_at bigint NOT NULL,
	made_by bigint REFERENCES person (id)
);
CREATE INDEX file_by_hash ON file (hash);
CREATE INDEX file_by_org ON file (org, id);

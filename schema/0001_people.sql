-- Organisations, people, and who may do what. Instants are seconds since 1970 (bigint); civil dates are
-- text, YYYY-MM-DD. "since" and "until" bound a time: from since, before until; until null is open.

CREATE TABLE org (
	id INTEGER PRIMARY KEY,
	slug text NOT NULL UNIQUE, -- the first path segment, where it has no host name of its own
	host text UNIQUE,
	base text NOT NULL, -- "https://example.org" or "https://example.org/slug": what letters and links start with
	zone text NOT NULL, -- IANA name
	sender_name text, -- its letters come from; null: the server's own
	sender_email text,
	made_at bigint NOT NULL,
	closed_at bigint,
	rev bigint NOT NULL DEFAULT 1
);

-- The languages an organisation works in, first first, and its name in each.
CREATE TABLE org_lang (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	lang text NOT NULL, -- BCP 47
	position bigint NOT NULL,
	name text NOT NULL,
	PRIMARY KEY (org, lang)
);

CREATE TABLE affiliation (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	other bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL CHECK (kind IN ('member_of', 'uses_standards_of', 'reports_to')),
	since text NOT NULL,
	until text,
	CHECK (org <> other),
	CHECK (until IS NULL OR until >= since)
);
CREATE INDEX affiliation_by_org ON affiliation (org, kind);
CREATE INDEX affiliation_by_other ON affiliation (other, kind);

-- A person is one on the whole server; person_org says which organisations know them. same_as is set
-- when two accounts turn out to be one person: readers follow it, the row stays.
CREATE TABLE person (
	id INTEGER PRIMARY KEY,
	name text NOT NULL, -- as shown; one word is a name
	sort_name text NOT NULL, -- as lists order it
	formal_name text, -- on certificates and letters; null: as shown
	lang text NOT NULL, -- of the interface and of letters
	same_as bigint REFERENCES person (id),
	made_at bigint NOT NULL,
	closed_at bigint,
	rev bigint NOT NULL DEFAULT 1
);
CREATE INDEX person_by_same ON person (same_as) WHERE same_as IS NOT NULL;

CREATE TABLE person_former_name (
	id INTEGER PRIMARY KEY,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	name text NOT NULL,
	made_at bigint NOT NULL
);
CREATE INDEX person_former_name_by_person ON person_former_name (person);

-- Every folded word of every name, to find a person by the start of any of them.
CREATE TABLE person_word (
	word text NOT NULL,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	PRIMARY KEY (word, person)
);
CREATE INDEX person_word_by_person ON person_word (person);

CREATE TABLE person_org (
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	sort_fold text NOT NULL, -- fold(person.sort_name), so that a page of a long list is one walk of the index
	since bigint NOT NULL,
	until bigint,
	PRIMARY KEY (org, person)
);
CREATE INDEX person_org_in_order ON person_org (org, sort_fold, person);
CREATE INDEX person_org_by_person ON person_org (person);

-- Ways to reach a person. A value may belong to several people (a family's address).
CREATE TABLE contact (
	id INTEGER PRIMARY KEY,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	kind text NOT NULL CHECK (kind IN ('email', 'phone', 'post', 'web', 'other')),
	value text NOT NULL,
	value_fold text NOT NULL,
	label text, -- "home", "school office", in the person's words
	preferred bigint NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
	confirmed_at bigint,
	made_at bigint NOT NULL
);
CREATE INDEX contact_by_person ON contact (person);
CREATE INDEX contact_by_value ON contact (kind, value_fold);

-- Ways to sign in. 'email': an address, with a password or (secret null) by e-mailed link only; several
-- people may share one address. 'card': a user name, a printed card's code and a PIN, unique in the
-- organisation that printed it.
CREATE TABLE signin (
	id INTEGER PRIMARY KEY,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	kind text NOT NULL CHECK (kind IN ('email', 'card')),
	org bigint REFERENCES org (id) ON DELETE CASCADE,
	handle text NOT NULL,
	handle_fold text NOT NULL,
	secret text, -- Argon2id with its parameters and salt (core/secret.h)
	made_at bigint NOT NULL,
	used_at bigint,
	CHECK ((kind = 'card') = (org IS NOT NULL)),
	CHECK (kind = 'email' OR secret IS NOT NULL)
);
CREATE UNIQUE INDEX signin_email_once ON signin (person, handle_fold) WHERE kind = 'email';
CREATE UNIQUE INDEX signin_card_once ON signin (org, handle_fold) WHERE kind = 'card';
CREATE INDEX signin_by_handle ON signin (kind, handle_fold);
CREATE INDEX signin_by_person ON signin (person);

CREATE TABLE session (
	id INTEGER PRIMARY KEY,
	token text NOT NULL UNIQUE, -- hash of what the cookie holds
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	means text NOT NULL CHECK (means IN ('password', 'card', 'link', 'invitation', 'demo')),
	shared bigint NOT NULL CHECK (shared IN (0, 1)), -- a shared computer: short
	waiting bigint NOT NULL CHECK (waiting IN (0, 1)), -- for the second factor: nobody is signed in yet
	misses bigint NOT NULL DEFAULT 0, -- wrong codes while waiting
	second_at bigint, -- when the second factor was last shown
	proved_at bigint NOT NULL, -- when the person last proved who they are
	made_at bigint NOT NULL,
	seen_at bigint NOT NULL,
	ends_at bigint NOT NULL, -- moves with use
	ends_last bigint NOT NULL, -- does not
	network text NOT NULL, -- cut to the neighbourhood: 203.0.113.0/24
	agent text NOT NULL -- in a few words: "Firefox on Windows"
);
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_end ON session (ends_at);

CREATE TABLE totp (
	person bigint NOT NULL PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
	secret text NOT NULL, -- sealed with a key outside the database
	confirmed_at bigint, -- null: being set up, protects nothing yet
	last_step bigint NOT NULL DEFAULT 0, -- a code works once
	made_at bigint NOT NULL
);

CREATE TABLE recovery_code (
	id INTEGER PRIMARY KEY,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	code text NOT NULL, -- keyed hash
	used_at bigint
);
CREATE UNIQUE INDEX recovery_code_once ON recovery_code (person, code);

-- A role is a named set of rights, data of its organisation. `shipped` names the one in core/right.h it
-- began as; its name is then the interface's and `name` is empty.
CREATE TABLE role (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	shipped text,
	name text NOT NULL,
	made_at bigint NOT NULL,
	rev bigint NOT NULL DEFAULT 1,
	CHECK (shipped IS NOT NULL OR name <> '')
);
CREATE UNIQUE INDEX role_shipped_once ON role (org, shipped) WHERE shipped IS NOT NULL;
CREATE INDEX role_by_org ON role (org);

CREATE TABLE role_right (
	role bigint NOT NULL REFERENCES role (id) ON DELETE CASCADE,
	right_name text NOT NULL,
	PRIMARY KEY (role, right_name)
);

CREATE TABLE person_role (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	role bigint NOT NULL REFERENCES role (id) ON DELETE CASCADE,
	since bigint NOT NULL,
	until bigint,
	given_by bigint REFERENCES person (id),
	CHECK (until IS NULL OR until >= since)
);
CREATE INDEX person_role_by_person ON person_role (person, org);
CREATE INDEX person_role_by_role ON person_role (role);

-- Wrong sign-ins. The key is a keyed hash of account and network, or of the network: no name is kept.
CREATE TABLE throttle (
	key text NOT NULL PRIMARY KEY,
	misses bigint NOT NULL,
	last_at bigint NOT NULL
);
CREATE INDEX throttle_by_last ON throttle (last_at);

-- Authority in an address: a purpose, a subject, an end and a number of uses. Only its hash is kept.
CREATE TABLE link (
	id INTEGER PRIMARY KEY,
	token text NOT NULL UNIQUE,
	purpose text NOT NULL,
	org bigint REFERENCES org (id) ON DELETE CASCADE,
	owner bigint REFERENCES person (id) ON DELETE CASCADE, -- who sees it in their list and may revoke it
	subject bigint, -- a row of the purpose's own table
	address text, -- where it was sent
	browser text, -- hash of the asking browser's cookie: only there can it be finished
	made_at bigint NOT NULL,
	ends_at bigint NOT NULL,
	uses_left bigint NOT NULL CHECK (uses_left >= 0),
	used_at bigint,
	revoked_at bigint
);
CREATE INDEX link_by_subject ON link (purpose, subject);
CREATE INDEX link_by_address ON link (purpose, address);
CREATE INDEX link_by_owner ON link (owner) WHERE owner IS NOT NULL;
CREATE INDEX link_by_end ON link (ends_at);

CREATE TABLE invitation (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	email text NOT NULL,
	name text NOT NULL,
	lang text NOT NULL,
	role bigint REFERENCES role (id) ON DELETE CASCADE,
	person bigint REFERENCES person (id) ON DELETE CASCADE, -- a person the organisation already has
	invited_by bigint REFERENCES person (id),
	made_at bigint NOT NULL,
	ends_at bigint NOT NULL,
	accepted_at bigint,
	accepted_by bigint REFERENCES person (id),
	revoked_at bigint
);
CREATE INDEX invitation_by_org ON invitation (org, made_at);

-- What people are asked to agree to, by version and language, and who agreed to which.
CREATE TABLE terms (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL, -- "use", "conduct"
	version bigint NOT NULL,
	lang text NOT NULL,
	title text NOT NULL,
	body text NOT NULL, -- Markdown
	published_at bigint NOT NULL
);
CREATE UNIQUE INDEX terms_once ON terms (org, kind, version, lang);

CREATE TABLE agreement (
	id INTEGER PRIMARY KEY,
	person bigint NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	terms bigint NOT NULL REFERENCES terms (id),
	agreed_at bigint NOT NULL,
	withdrawn_at bigint
);
CREATE INDEX agreement_by_person ON agreement (person);
CREATE INDEX agreement_by_terms ON agreement (terms);

-- Forms that were sent with a token, and where their answer led: sent again, they lead there again and
-- do nothing else. `key` is a hash of the token, the sender and what was sent. Kept for a day.
CREATE TABLE form_sent (
	key text NOT NULL PRIMARY KEY,
	org bigint NOT NULL, -- 0: a form of the server's own
	location text NOT NULL,
	made_at bigint NOT NULL
);
CREATE INDEX form_sent_by_age ON form_sent (made_at);

-- Full text (db/search.h). Words are made in C: the tokenizer takes them as they are.

CREATE TABLE search_document (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL, -- its owner: "standard_item"
	item bigint NOT NULL,
	lang text NOT NULL,
	UNIQUE (org, kind, item, lang)
);

CREATE VIRTUAL TABLE search_words USING fts5 (
	scope, title, body, tokenize = "ascii tokenchars '~=._-'"
);

CREATE TRIGGER search_document_gone AFTER DELETE ON search_document BEGIN
	DELETE FROM search_words WHERE rowid = old.id;
END;

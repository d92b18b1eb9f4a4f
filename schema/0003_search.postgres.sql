-- Full text (db/search.h). Words are made in C: no configuration, no dictionary.

CREATE TABLE search_document (
	id INTEGER PRIMARY KEY,
	org bigint NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	kind text NOT NULL, -- its owner: "standard_item"
	item bigint NOT NULL,
	lang text NOT NULL,
	UNIQUE (org, kind, item, lang)
);

CREATE TABLE search_words (
	id bigint NOT NULL PRIMARY KEY REFERENCES search_document (id) ON DELETE CASCADE,
	words tsvector NOT NULL
);
CREATE INDEX search_words_by_word ON search_words USING gin (words) WITH (fastupdate = off);

-- The newest documents that match. Planned with the words known: for a word of many documents the key is
-- walked backwards, for a rare one the index is asked.
CREATE FUNCTION search_newest(query tsquery, most bigint) RETURNS TABLE(id bigint, words tsvector)
LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN QUERY EXECUTE 'SELECT w.id, w.words FROM search_words w WHERE w.words @@ '
		|| 'CAST(' || quote_literal(CAST(query AS text)) || ' AS tsquery) '
		|| 'ORDER BY w.id DESC LIMIT ' || CAST(most AS text);
END
$$;

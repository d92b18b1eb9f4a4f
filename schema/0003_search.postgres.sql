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

-- The best of the newest thousand documents that match. EXECUTE plans with the words known: for a word of
-- many documents the key is walked backwards, for a rare one the index is asked.
CREATE FUNCTION search_ranked(scope tsquery, words tsquery, wanted bigint, skipped bigint)
RETURNS TABLE (id bigint, rank real) LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN QUERY EXECUTE
		'SELECT q.id, ts_rank(q.words, $2) AS rank
		   FROM (SELECT w.id, w.words FROM search_words w WHERE w.words @@ $1 ORDER BY w.id DESC LIMIT 1000) q
		  ORDER BY rank DESC, q.id DESC LIMIT $3 OFFSET $4'
		USING scope && words, words, wanted, skipped;
END
$$;

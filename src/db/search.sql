-- Words are stored and found in the form each engine reads, made by search.c. What is found is cut to
-- the newest thousand before it is ranked, so that a common word costs no more than a rare one.

-- remove
DELETE FROM search_document WHERE org = :org AND kind = :kind
	AND item IN (SELECT j.value FROM json_each(CAST(:ids AS text)) j);

-- add
INSERT INTO search_document (org, kind, item, lang)
SELECT CAST(:org AS bigint), CAST(:kind AS text), j.value, CAST(:lang AS text)
FROM json_each(CAST(:ids AS text)) j
RETURNING id AS id, item AS item;

-- words sqlite
INSERT INTO search_words (rowid, scope, title, body) VALUES (:id, :scope, :title, :body);

-- words postgres
INSERT INTO search_words (id, words)
VALUES (:id, setweight(CAST(CAST(:scope AS text) AS tsvector), 'C')
	|| setweight(CAST(CAST(:title AS text) AS tsvector), 'A')
	|| setweight(CAST(CAST(:body AS text) AS tsvector), 'D'));

-- The kind is not matched but looked up with each row: to find it among the places of a word that stands in
-- every document takes FTS5 as long as all the other words of a query.

-- find sqlite
-- some: the newest of what matches are ranked
SELECT d.kind AS kind, d.item AS id, d.lang AS lang
  FROM (SELECT w.rowid AS id, search_rank(w.search_words) AS rank
          FROM search_words w JOIN search_document o ON o.id = w.rowid
         WHERE w.search_words MATCH CAST(:scope AS text) || ' AND ' || CAST(:words AS text)
           AND o.org = :org AND (CAST(:kind AS text) IS NULL OR o.kind = :kind)
         ORDER BY w.rowid DESC LIMIT 1000) q
  JOIN search_document d ON d.id = q.id
 WHERE d.org = :org
 ORDER BY q.rank DESC, q.id DESC LIMIT :limit OFFSET :skip;

-- find postgres
-- some: the newest of what matches are ranked
SELECT d.kind AS kind, d.item AS id, d.lang AS lang
  FROM search_ranked(CAST(CAST(:scope AS text) AS tsquery), CAST(CAST(:words AS text) AS tsquery),
                     :limit, :skip) r
  JOIN search_document d ON d.id = r.id
 WHERE d.org = :org AND (CAST(:kind AS text) IS NULL OR d.kind = :kind)
 ORDER BY r.rank DESC, r.id DESC;

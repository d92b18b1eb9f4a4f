#include "db/search.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/numbers.h"
#include "base/words.h"
#include "db/engine.h"
#include "queries.h"

#include <ctype.h>
#include <string.h>

/* PostgreSQL's tsvector ends at 1 MB with everything, so a text's words do at this many bytes. */
enum { MOST_BYTES = 400000, MOST_ROWS = 200 };

/* How an engine writes words: FTS5 takes a text whose words stand between spaces, and a query of
 * "words" with AND and OR; PostgreSQL takes word:position and 'words' with & and |. The kind is
 * among the words that PostgreSQL matches; why not for FTS5 says search.sql. */
struct dialect {
	char quote;
	const char *and, * or, *prefix;
	bool positions, kind;
};

static const struct dialect *dialect_named(const char *engine)
{
	static const struct dialect fts5 = {'"', " AND ", " OR ", " *", false, false};
	static const struct dialect tsvector = {'\'', " & ", " | ", ":*", true, true};
	return str_is(str_of(engine), "sqlite") ? &fts5 : &tsvector;
}

static const struct dialect *dialect_of(const struct db *db)
{
	return dialect_named(db_engine(db));
}

/* What a document is besides its words: no word begins with _. */
static struct str scope_word(struct arena *a, int64_t org, char what, struct str which)
{
	for (size_t i = 0; i < which.n; i++)
		MUST(isalnum((unsigned char)which.p[i]) || which.p[i] == '_' || which.p[i] == '-');
	return str_fmt(a, "_%lld%c" STR_FMT, (long long)org, what, STR_ARG(which));
}

/* Storing */

static void add_word(const struct dialect *d, struct buf *to, struct str word, uint32_t position)
{
	buf_add(to, word);
	if (d->positions) {
		buf_char(to, ':');
		buf_int(to, position < 16383 ? position : 16383);
	}
	buf_char(to, ' ');
}

static struct val *words_of(struct db *db, struct word_reader *reader, struct str text)
{
	struct word_index index = word_reader_index(reader, text);
	struct buf out = {.arena = db->arena};
	for (size_t i = 0; i < index.count && out.n < MOST_BYTES; i++)
		add_word(dialect_of(db), &out, index.tokens[i].text, index.tokens[i].position);
	return val_text(db->arena, buf_str(&out));
}

static struct val *scope_of(struct db *db, const struct search_document *doc)
{
	struct buf out = {.arena = db->arena};
	const struct dialect *d = dialect_of(db);
	add_word(d, &out, scope_word(db->arena, doc->org, 'a', doc->audience), 1);
	add_word(d, &out, scope_word(db->arena, doc->org, 'k', str_of(doc->kind)), 1);
	return val_text(db->arena, buf_str(&out));
}

static struct val *of_kind(struct db *db, int64_t org, const char *kind, const struct val *ids)
{
	struct val *p = val_object(db->arena);
	val_set_int(p, "org", org);
	val_set_str(p, "kind", str_of(kind));
	val_set(p, "ids", (struct val *)ids);
	return p;
}

/* Those in one language: what each says, and which of them say anything. */
static struct val *word_all(struct db *db, const struct search_document *docs, size_t count,
			    struct str lang, struct val **said)
{
	struct word_reader *reader = word_reader_new(db->arena, lang);
	struct val *ids = val_list(db->arena);
	for (size_t i = 0; i < count; i++) {
		if (!str_eq(docs[i].lang, lang))
			continue;
		said[i] = val_object(db->arena);
		val_set(said[i], "title", words_of(db, reader, docs[i].title));
		val_set(said[i], "body", words_of(db, reader, docs[i].body));
		if (val_s(said[i], "title").n || val_s(said[i], "body").n)
			val_push(ids, val_int(db->arena, docs[i].id));
	}
	return ids;
}

/* Always new rows: the newest ids are the latest changes. FTS5 gathers words as long as they come by
 * ascending ids, as these do. */
static void put_in(struct db *db, const struct search_document *docs, size_t count, struct str lang,
		   struct val **said)
{
	struct numbers row_of = {.arena = db->arena};
	struct val *ids = word_all(db, docs, count, lang, said), *scope = NULL;
	struct val *p = of_kind(db, docs->org, docs->kind, ids);
	val_set_str(p, "lang", lang);
	struct val *rows = val_count(ids) ? db_rows(db, &q_search_add, p) : ids;
	struct str audience = {0};
	for (size_t i = 0; i < val_count(rows); i++)
		numbers_put(&row_of, val_i(val_at(rows, i), "item"),
			    (size_t)val_i(val_at(rows, i), "id"));
	for (size_t i = 0; i < count; i++) {
		size_t id = str_eq(docs[i].lang, lang) ? numbers_get(&row_of, docs[i].id) : 0;
		if (!id)
			continue;
		if (!scope || !str_eq(audience, docs[i].audience))
			scope = scope_of(db, &docs[i]);
		audience = docs[i].audience;
		val_set_int(said[i], "id", (int64_t)id);
		val_set(said[i], "scope", scope);
		db_exec(db, &q_search_words, said[i]);
	}
}

void search_put(struct db *db, const struct search_document *docs, size_t count)
{
	struct val **said = arena_many(db->arena, struct val *, count + 1);
	for (size_t i = 0; i < count; i++) {
		MUST(docs[i].org == docs->org && !strcmp(docs[i].kind, docs->kind));
		if (!said[i])
			put_in(db, docs, count, docs[i].lang, said);
	}
}

void search_remove(struct db *db, int64_t org, const char *kind, const struct val *ids)
{
	if (val_count(ids))
		db_exec(db, &q_search_remove, of_kind(db, org, kind, ids));
}

/* Finding */

static void quoted(const struct dialect *d, struct buf *to, struct str word)
{
	buf_char(to, d->quote);
	buf_add(to, word);
	buf_char(to, d->quote);
}

/* (one OR other) */
static void add_either(const struct dialect *d, struct buf *to, const struct str *words, int count,
		       struct str prefix)
{
	buf_char(to, '(');
	for (int i = 0; i < count; i++) {
		if (i)
			buf_add(to, str_of(d->or));
		quoted(d, to, words[i]);
	}
	if (prefix.n) {
		if (count)
			buf_add(to, str_of(d->or));
		quoted(d, to, prefix);
		buf_add(to, str_of(d->prefix));
	}
	buf_char(to, ')');
}

struct str search_expression(struct arena *a, const char *engine, struct str query)
{
	const struct dialect *d = dialect_named(engine);
	struct word_query words[WORDS_QUERY];
	bool unfinished = str_ends(query, S("*"));
	if (unfinished)
		query = str_sub(query, 0, query.n - 1);
	int n = words_query(a, query, unfinished, words);
	struct buf out = {.arena = a};
	for (int i = 0; i < n; i++) {
		if (!words[i].count && !words[i].prefix.n)
			return (struct str){0}; /* a word that no text can have */
		if (i)
			buf_add(&out, str_of(d->and));
		add_either(d, &out, words[i].tokens, words[i].count, words[i].prefix);
	}
	return buf_str(&out);
}

static struct str match_scope(struct db *db, int64_t org, const char *kind,
			      const struct val *audiences)
{
	const struct dialect *d = dialect_of(db);
	int n = (int)val_count(audiences);
	struct str *scopes = arena_many(db->arena, struct str, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		scopes[i] =
			scope_word(db->arena, org, 'a', val_get_str(val_at(audiences, (size_t)i)));
	struct buf out = {.arena = db->arena};
	add_either(d, &out, scopes, n, (struct str){0});
	if (kind && d->kind) {
		struct str of_kind = scope_word(db->arena, org, 'k', str_of(kind));
		buf_add(&out, str_of(d->and));
		add_either(d, &out, &of_kind, 1, (struct str){0});
	}
	return buf_str(&out);
}

struct val *search_find(struct db *db, int64_t org, const char *kind, const struct val *audiences,
			struct str query, int limit, int skip)
{
	struct str words = search_expression(db->arena, db_engine(db), query);
	if (!words.n || !val_count(audiences) || limit <= 0 || skip < 0)
		return val_list(db->arena);
	struct val *params = val_object(db->arena);
	val_set_int(params, "org", org);
	val_set_str(params, "scope", match_scope(db, org, kind, audiences));
	val_set_str(params, "words", words);
	val_set(params, "kind", kind ? val_text(db->arena, str_of(kind)) : val_null());
	val_set_int(params, "limit", limit < MOST_ROWS ? limit : MOST_ROWS);
	val_set_int(params, "skip", skip);
	return db_rows(db, &q_search_find, params);
}

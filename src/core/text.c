#include "core/text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/numbers.h"
#include "core/args.h"
#include "queries.h"

#include <string.h>

static void add(struct db *db, struct arena *a, const struct text *t, int64_t rev)
{
	db_exec(db, &q_text_add,
		ARGS(a, ARG_NULL("org", t->org), ARG_AS("kind", t->kind), ARG_AS("owner", t->owner),
		     ARG_AS("field", t->field), ARG_AS("lang", t->lang), ARG(rev),
		     ARG_AS("body", t->body), ARG_AS("made_at", t->made_at),
		     ARG_NULL("made_by", t->made_by)));
}

int64_t text_put(struct db *db, struct arena *a, const struct text *t)
{
	struct val *current = db_row(db, &q_text_current,
				     ARGS(a, ARG_AS("kind", t->kind), ARG_AS("owner", t->owner),
					  ARG_AS("field", t->field), ARG_AS("lang", t->lang)));
	int64_t rev = val_i(current, "rev"), id = val_i(current, "id");
	if (str_eq(val_s(current, "body"), t->body))
		return rev ? rev : 1; /* nothing to say, and nothing said before */
	if (t->seen_rev != TEXT_ANY && t->seen_rev != rev)
		return 0;
	if (id)
		db_exec(db, &q_text_retire, ARGS(a, ARG(id)));
	add(db, a, t, rev + 1);
	return rev + 1;
}

void text_first(struct db *db, struct arena *a, const struct text *t)
{
	if (t->body.n)
		add(db, a, t, 1);
}

struct str text_ids(struct arena *a, const struct val *list, const char *name)
{
	struct buf b = {.arena = a};
	buf_char(&b, '[');
	for (size_t i = 0; i < val_count(list); i++) {
		const struct val *row = val_at(list, i);
		int64_t id = name ? val_i(row, name) : val_get_int(row);
		if (!id)
			continue;
		if (b.n > 1)
			buf_char(&b, ',');
		buf_int(&b, id);
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

enum { FIELDS_MAX = 12 };

/* The best texts found so far for one owner: as many as fields are wanted. */
struct best {
	const struct val *row;
	int rank;
};

struct attaching {
	struct arena *arena;
	const struct text_want *want;
	int fields;
	/* The names under which the body, its language and "it is another one" are set. */
	const char *name[FIELDS_MAX], *lang[FIELDS_MAX], *other[FIELDS_MAX];
	struct numbers owners; /* which of those asked for, from 1 */
	struct best *found;    /* `fields` of them for each owner */
};

static const char *named(struct attaching *at, const char *field, const char *ending)
{
	struct buf b = {.arena = at->arena};
	buf_add(&b, str_of(at->want->prefix ? at->want->prefix : ""));
	buf_add(&b, str_of(field));
	buf_add(&b, str_of(ending));
	return str_c(at->arena, buf_str(&b));
}

static void name_fields(struct attaching *at)
{
	for (; at->want->fields[at->fields]; at->fields++) {
		int f = at->fields;
		MUST(f < FIELDS_MAX);
		const char *field = at->want->fields[f];
		at->name[f] = named(at, field, "");
		at->lang[f] = named(at, field, "_lang");
		at->other[f] = named(at, field, "_other");
	}
}

/* NULL: nobody asked for this owner. */
static struct best *found_of(const struct attaching *at, int64_t owner)
{
	size_t which = numbers_get(&at->owners, owner);
	return which ? &at->found[(which - 1) * (size_t)at->fields] : NULL;
}

static void offer(struct attaching *at, const struct val *row)
{
	struct best *found = found_of(at, val_i(row, "owner"));
	if (!found)
		return; /* between those that were asked for */
	struct str lang = val_s(row, "lang"), field = val_s(row, "field");
	int rank = text_rank(lang, at->want->lang, at->want->first);
	for (int f = 0; f < at->fields; f++) {
		if (!str_is(field, at->want->fields[f]))
			continue;
		const struct val *best = found[f].row;
		if (best && (found[f].rank > rank ||
			     (found[f].rank == rank && str_cmp(val_s(best, "lang"), lang) < 0)))
			continue;
		found[f] = (struct best){row, rank};
	}
}

static void set_texts(struct attaching *at, struct val *row)
{
	int64_t owner = val_i(row, at->want->id);
	if (!owner)
		return;
	struct str page = at->want->page.n ? at->want->page : at->want->lang;
	const struct best *found = found_of(at, owner);
	for (int f = 0; f < at->fields; f++) {
		const struct val *best = found[f].row;
		val_set_str(row, at->name[f], best ? val_s(best, "body") : S(""));
		val_set_str(row, at->lang[f], best ? val_s(best, "lang") : at->want->lang);
		val_set_bool(row, at->other[f], best && text_is_other(val_s(best, "lang"), page));
	}
}

/* Owners that are close together, as the items of a version are, are one walk along the index, also past those between that
 * nobody asked for: that is cheaper than to look for each. */
static struct val *texts_of(struct db *db, struct attaching *at, const struct val *list)
{
	const struct text_want *want = at->want;
	int64_t first = INT64_MAX, last = 0, count;
	for (size_t i = 0; i < val_count(list); i++) {
		int64_t owner = val_i(val_at(list, i), want->id);
		if (!owner)
			continue;
		if (!numbers_get(&at->owners, owner))
			numbers_put(&at->owners, owner, at->owners.count + 1);
		first = owner < first ? owner : first;
		last = owner > last ? owner : last;
	}
	count = (int64_t)at->owners.count;
	if (!count)
		return val_list(at->arena);
	if (last - first < 2 * count)
		return db_rows(db, &q_text_of_owners_from_to,
			       ARGS(at->arena, ARG_AS("kind", want->kind), ARG(first), ARG(last)));
	return db_rows(db, &q_text_of_owners,
		       ARGS(at->arena, ARG_AS("kind", want->kind),
			    ARG_AS("ids", text_ids(at->arena, list, want->id))));
}

void text_attach(struct db *db, struct arena *a, struct val *list, const struct text_want *want)
{
	struct attaching at = {.arena = a, .want = want, .owners = {.arena = a}};
	if (!val_count(list))
		return;
	name_fields(&at);
	at.found = arena_many(a, struct best, val_count(list) * (size_t)at.fields);
	struct val *rows = texts_of(db, &at, list);
	for (size_t i = 0; i < val_count(rows); i++)
		offer(&at, val_at(rows, i));
	for (size_t i = 0; i < val_count(list); i++)
		set_texts(&at, val_at(list, i));
}

void text_attach_one(struct db *db, struct arena *a, struct val *row, const struct text_want *want)
{
	struct val *list = val_list(a);
	val_push(list, row);
	text_attach(db, a, list, want);
}

void text_attach_here(struct db *db, struct arena *a, struct val *list,
		      const struct text_want *want)
{
	const char *prefix = want->prefix ? want->prefix : "";
	struct str lang = want->lang;
	struct val *texts = db_rows(db, &q_text_in_lang,
				    ARGS(a, ARG_AS("kind", want->kind),
					 ARG_AS("ids", text_ids(a, list, want->id)), ARG(lang)));
	for (const char *const *field = want->fields; *field; field++) {
		const char *here = str_c(a, str_fmt(a, "%s%s_here", prefix, *field)),
			   *rev = str_c(a, str_fmt(a, "%s%s_rev", prefix, *field));
		for (size_t i = 0; i < val_count(list); i++) {
			struct val *row = val_at(list, i);
			val_set_str(row, here, S(""));
			val_set_int(row, rev, 0);
			for (size_t k = 0; k < val_count(texts); k++) {
				const struct val *t = val_at(texts, k);
				if (val_i(t, "owner") != val_i(row, want->id) ||
				    !str_is(val_s(t, "field"), *field))
					continue;
				val_set(row, here, val_get(t, "body"));
				val_set(row, rev, val_get(t, "rev"));
			}
		}
	}
}

struct val *text_all(struct db *db, struct arena *a, const char *kind, int64_t owner)
{
	return db_rows(db, &q_text_all, ARGS(a, ARG(kind), ARG(owner)));
}

struct val *text_history(struct db *db, struct arena *a, const char *kind, int64_t owner,
			 const char *field, struct str lang)
{
	return db_rows(db, &q_text_history, ARGS(a, ARG(kind), ARG(owner), ARG(field), ARG(lang)));
}

struct val *text_completeness(struct db *db, struct arena *a, const char *kind,
			      const struct val *ids)
{
	struct val *args = ARGS(a, ARG(kind), ARG_AS("ids", text_ids(a, ids, NULL)));
	struct val *out = val_object(a);
	val_set_int(out, "total", val_i(db_row(db, &q_text_total, args), "total"));
	val_set(out, "langs", db_rows(db, &q_text_langs, args));
	return out;
}

struct val *text_missing(struct db *db, struct arena *a, const char *kind, const struct val *ids,
			 struct str lang)
{
	return db_rows(db, &q_text_missing,
		       ARGS(a, ARG(kind), ARG_AS("ids", text_ids(a, ids, NULL)), ARG(lang)));
}

void text_copy(struct db *db, struct arena *a, const char *kind, int64_t from, int64_t to)
{
	int64_t owner = from, to_owner = to;
	db_exec(db, &q_text_copy, ARGS(a, ARG(kind), ARG(owner), ARG(to_owner)));
}

void text_forget(struct db *db, struct arena *a, const char *kind, int64_t owner)
{
	db_exec(db, &q_text_forget, ARGS(a, ARG(kind), ARG(owner)));
}

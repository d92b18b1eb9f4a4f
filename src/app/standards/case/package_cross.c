/* A package as one value, a row for each object, and back. What comes back was written by a process
 * that read a stranger's file: whatever the files that save a package take for granted is looked at
 * here. */
#include "app/standards/case/package_inside.h"

#include <stddef.h>

#include "base/json.h"
#include "base/lang.h"
#include "core/uuid.h"

enum { LARGEST_NUMBER = 1 << 30, LARGEST_DATA = 64 << 20 };

enum kind {
	TEXT,
	UUID,
	LANG,   /* or empty */
	OBJECT, /* as JSON, or empty */
	ANY,    /* as JSON, or empty */
	WORDS,  /* a msgid, or NULL */
	FLAG,
	NUMBER, /* int64_t */
	PLACE,  /* int32_t in the file, or -1 */
	INDEX,  /* int32_t of a row of `list`, or -1 */
	LIST,   /* enum case_list */
};

enum list { ITEMS, ASSOCIATIONS, DEFINITIONS, PARTS, LEVELS, LISTS };

struct field {
	enum kind kind;
	size_t at;
	enum list list;
};

#define P(kind, member)                                                                            \
	{                                                                                          \
		kind, offsetof(struct case_package, member), 0                                     \
	}
#define I(kind, member)                                                                            \
	{                                                                                          \
		kind, offsetof(struct case_item, member), 0                                        \
	}
#define A(kind, member)                                                                            \
	{                                                                                          \
		kind, offsetof(struct case_association, member), 0                                 \
	}
#define D(kind, member)                                                                            \
	{                                                                                          \
		kind, offsetof(struct case_definition, member), 0                                  \
	}
#define R(kind, member)                                                                            \
	{                                                                                          \
		kind, offsetof(struct case_part, member), 0                                        \
	}

static const struct field document[] = {
	P(UUID, uuid),      P(TEXT, identifier), P(TEXT, title),        P(TEXT, summary),
	P(TEXT, publisher), P(TEXT, source_url), P(TEXT, licence),      P(TEXT, version),
	P(LANG, lang),      P(OBJECT, data),     P(OBJECT, other),      P(TEXT, of),
	P(TEXT, digest),    P(FLAG, lang_given), P(FLAG, has_document),
};

static const struct field item[] = {
	I(UUID, uuid),
	I(TEXT, identifier),
	I(TEXT, code),
	I(TEXT, type),
	I(TEXT, kind),
	I(LANG, lang),
	I(TEXT, title),
	I(TEXT, body),
	I(TEXT, notes),
	I(OBJECT, data),
	I(TEXT, uri),
	I(TEXT, of),
	I(NUMBER, position),
	I(LIST, ref.list),
	I(PLACE, ref.at),
	I(PLACE, ref.criterion),
	I(PLACE, ref.level),
	I(WORDS, guess),
	{INDEX, offsetof(struct case_item, parent), ITEMS},
	{INDEX, offsetof(struct case_item, placed_by), ASSOCIATIONS},
};

static const struct field association[] = {
	A(UUID, identifier),
	A(TEXT, type),
	A(OBJECT, data),
	A(TEXT, origin.identifier),
	A(TEXT, origin.title),
	A(TEXT, origin.uri),
	A(ANY, origin.json),
	A(TEXT, destination.identifier),
	A(TEXT, destination.title),
	A(TEXT, destination.uri),
	A(ANY, destination.json),
	A(NUMBER, sequence),
	A(LIST, ref.list),
	A(PLACE, ref.at),
	A(PLACE, ref.criterion),
	A(PLACE, ref.level),
	A(FLAG, placing),
	A(FLAG, plain_sequence),
};

static const struct field definition[] = {
	D(UUID, identifier), D(OBJECT, data),         D(LIST, ref.list),
	D(PLACE, ref.at),    D(PLACE, ref.criterion), D(PLACE, ref.level),
};

static const struct field part[] = {
	R(UUID, identifier),
	R(OBJECT, data),
	R(TEXT, item_identifier),
	R(TEXT, quality),
	R(TEXT, description),
	R(LIST, ref.list),
	R(PLACE, ref.at),
	R(PLACE, ref.criterion),
	R(PLACE, ref.level),
	{INDEX, offsetof(struct case_part, within), PARTS},
	{INDEX, offsetof(struct case_part, item), ITEMS},
	{INDEX, offsetof(struct case_part, level), LEVELS},
};

static const struct field level[] = {
	{UUID, offsetof(struct case_level, uuid), 0},
	{TEXT, offsetof(struct case_level, name), 0},
};

/* The lists of a package: where its rows and their number are. */
#define ROWS(one, list)                                                                            \
	.name = #list, .fields = (one), .fields_n = sizeof(one) / sizeof *(one),                   \
	.each = sizeof *((struct case_package *)0)->list,                                          \
	.at = offsetof(struct case_package, list), .n_at = offsetof(struct case_package, list##_n)

static const struct {
	const char *name;
	const struct field *fields;
	size_t fields_n, each, at, n_at;
} lists[LISTS] = {
	[ITEMS] = {ROWS(item, items)},
	[ASSOCIATIONS] = {ROWS(association, associations)},
	[DEFINITIONS] = {ROWS(definition, definitions)},
	[PARTS] = {ROWS(part, parts)},
	[LEVELS] = {ROWS(level, levels)},
};

static int32_t count_of(const struct case_package *p, enum list list)
{
	return *(const int32_t *)((const char *)p + lists[list].n_at);
}

/* ---- out ---- */

static struct val *field_out(struct arena *a, const struct field *f, const void *row)
{
	const char *at = (const char *)row + f->at;
	const char *words;
	switch (f->kind) {
	case WORDS:
		words = *(const char *const *)at;
		return words ? val_text(a, str_of(words)) : val_null();
	case FLAG:
		return val_bool(a, *(const bool *)at);
	case NUMBER:
		return val_int(a, *(const int64_t *)at);
	case PLACE:
	case INDEX:
		return val_int(a, *(const int32_t *)at);
	case LIST:
		return val_int(a, *(const enum case_list *)at);
	default:
		return val_text(a, *(const struct str *)at);
	}
}

static struct val *row_out(struct arena *a, const struct field *fields, size_t n, const void *row)
{
	struct val *out = val_list_for(a, n);
	for (size_t i = 0; i < n; i++)
		val_push(out, field_out(a, &fields[i], row));
	return out;
}

struct val *case_package_out(struct arena *a, const struct case_package *p)
{
	struct val *out = val_object(a);
	val_add(out, "document", row_out(a, document, sizeof document / sizeof *document, p));
	for (int i = 0; i < LISTS; i++) {
		const char *row = *(const char *const *)((const char *)p + lists[i].at);
		struct val *rows = val_set_list(out, lists[i].name);
		for (int32_t k = 0; k < count_of(p, i); k++, row += lists[i].each)
			val_push(rows, row_out(a, lists[i].fields, lists[i].fields_n, row));
	}
	struct val *order = val_set_list(out, "order");
	for (int32_t i = 0; i < p->order_n; i++)
		val_push(order, val_int(a, p->order[i]));
	return out;
}

/* ---- in ---- */

struct coming {
	struct arena *arena, *scratch;
	struct case_package *p;
};

static bool is_json(struct coming *c, struct str text, bool object)
{
	struct json_error error;
	if (!text.n)
		return true;
	const struct val *v = json_read(c->scratch, text, LARGEST_DATA, &error);
	bool good = v && (!object || val_kind(v) == VAL_OBJECT);
	arena_reset(c->scratch);
	return good;
}

static bool within(const struct val *v, int64_t least, int64_t most)
{
	return val_kind(v) == VAL_INT && val_get_int(v) >= least && val_get_int(v) <= most;
}

static bool text_is_sound(struct coming *c, enum kind kind, struct str s)
{
	switch (kind) {
	case UUID:
		return uuid_ok(s);
	case LANG:
		return !s.n || lang_is_tag(s);
	case OBJECT:
	case ANY:
		return is_json(c, s, kind == OBJECT);
	default:
		return true;
	}
}

static bool field_in(struct coming *c, const struct field *f, const struct val *v, void *row)
{
	char *at = (char *)row + f->at;
	switch (f->kind) {
	case WORDS:
		*(const char **)at = val_is_null(v) ? NULL : str_c(c->arena, val_get_str(v));
		return val_is_null(v) || val_kind(v) == VAL_TEXT;
	case FLAG:
		*(bool *)at = val_get_bool(v);
		return val_kind(v) == VAL_BOOL;
	case NUMBER:
		*(int64_t *)at = val_get_int(v);
		return within(v, -1, LARGEST_NUMBER);
	case PLACE:
		*(int32_t *)at = (int32_t)val_get_int(v);
		return within(v, -1, LARGEST_NUMBER);
	case INDEX:
		*(int32_t *)at = (int32_t)val_get_int(v);
		return within(v, -1, count_of(c->p, f->list) - 1);
	case LIST:
		*(enum case_list *)at = (enum case_list)val_get_int(v);
		return within(v, 0, CASE_LISTS - 1);
	default:
		*(struct str *)at = val_get_str(v);
		return val_kind(v) == VAL_TEXT && text_is_sound(c, f->kind, val_get_str(v));
	}
}

static bool row_in(struct coming *c, const struct field *fields, size_t n, const struct val *from,
		   void *row)
{
	bool good = val_kind(from) == VAL_LIST && val_count(from) == n;
	for (size_t i = 0; good && i < n; i++)
		good = field_in(c, &fields[i], val_at(from, i), row);
	return good;
}

/* The numbers of rows come first: indexes are held against them. */
static bool rows_in(struct coming *c, const struct val *from)
{
	bool good = true;
	for (int i = 0; i < LISTS; i++) {
		size_t n = val_count(val_get(from, lists[i].name));
		good = good && val_kind(val_get(from, lists[i].name)) == VAL_LIST &&
		       n < LARGEST_NUMBER;
		*(int32_t *)((char *)c->p + lists[i].n_at) = (int32_t)n;
	}
	for (int i = 0; good && i < LISTS; i++) {
		const struct val *rows = val_get(from, lists[i].name);
		char *row =
			arena_alloc_many(c->arena, lists[i].each, (size_t)count_of(c->p, i) + 1);
		*(char **)((char *)c->p + lists[i].at) = row;
		for (size_t k = 0; good && k < val_count(rows); k++, row += lists[i].each)
			good = row_in(c, lists[i].fields, lists[i].fields_n, val_at(rows, k), row);
	}
	return good;
}

/* Every item once, under one that came before it, and not too deep. */
static bool order_in(struct coming *c, const struct val *from)
{
	struct case_package *p = c->p;
	bool good = val_kind(from) == VAL_LIST && val_count(from) == (size_t)p->items_n;
	int32_t *depth = arena_many(c->arena, int32_t, (size_t)p->items_n + 1);
	p->order = arena_many(c->arena, int32_t, (size_t)p->items_n + 1);
	for (; good && p->order_n < p->items_n; p->order_n++) {
		const struct val *v = val_at(from, (size_t)p->order_n);
		if (!within(v, 0, p->items_n - 1))
			return false;
		int32_t at = (int32_t)val_get_int(v), parent = p->items[at].parent;
		good = !depth[at] && (parent < 0 || depth[parent]);
		depth[at] = parent < 0 ? 1 : depth[parent] + 1;
		good = good && depth[at] <= CASE_DEEPEST;
		p->order[p->order_n] = at;
	}
	return good;
}

static bool rest_is_sound(const struct case_package *p)
{
	bool good = p->has_document && p->title.n;
	for (int32_t i = 0; good && i < p->parts_n; i++)
		good = p->parts[i].within < i && (p->parts[i].level < 0 || p->parts[i].item >= 0);
	for (int32_t i = 0; good && i < p->definitions_n; i++)
		good = p->definitions[i].ref.list >= CASE_CONCEPTS &&
		       p->definitions[i].ref.list <= CASE_GROUPINGS;
	return good;
}

static void free_scratch(void *scratch)
{
	arena_free(scratch);
}

const struct case_package *case_package_in(struct arena *a, const struct val *from)
{
	struct coming c = {.arena = a,
			   .scratch = arena_new(SIZE_MAX / 2),
			   .p = arena_one(a, struct case_package)};
	arena_defer(a, free_scratch, c.scratch);
	bool good = row_in(&c, document, sizeof document / sizeof *document,
			   val_get(from, "document"), c.p) &&
		    rows_in(&c, from) && order_in(&c, val_get(from, "order")) && rest_is_sound(c.p);
	return good ? c.p : NULL;
}

/* A package as a file: its frame, and each object handed on. */
#include "app/standards/case/package_inside.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"

#include <sodium.h>
#include <string.h>

/* A value takes at most some forty times its bytes: "[0]," is a list of one. */
enum { LARGEST_VALUE = 8 << 20, SCRATCH_TIMES = 64, MOST_OBJECTS = 4 << 20, WORDS_SHOWN = 80 };

void more_room(struct arena *a, void **list, int32_t n, int32_t *cap, size_t each)
{
	if (n < *cap)
		return;
	int32_t more = *cap ? 2 * *cap : 16;
	*list = arena_grow(a, *list, (size_t)*cap * each, (size_t)more * each);
	*cap = more;
}

struct str case_stay(struct reading_case *r, struct str s)
{
	return s.n ? str_dup(r->arena, s) : (struct str){0};
}

void case_put_aside(struct reading_case *r, struct case_ref ref, struct str words,
		    const char *reason)
{
	*MORE(r, unplaced) = (struct case_unplaced){
		.ref = ref,
		.words = case_stay(
			r, utf8_shorten(r->scratch, utf8_one_line(r->scratch, words), WORDS_SHOWN)),
		.reason = reason};
}

static void refuse(struct reading_case *r, const char *code, const char *reason)
{
	if (!r->out->refused)
		r->out->refused_code = code;
	if (!r->out->refused)
		r->out->refused = reason;
}

/* ------------------------------------------------------------------ the frame */

struct frame {
	struct reading_case *r;
	struct str text;
	size_t at;
	int depth;
	struct buf others; /* members that CASE does not name, as JSON without the brackets */
	bool seen[CASE_LISTS];
};

static const struct {
	const char *name;
	enum case_list list;
} members[] = {
	{"CFDocument", CASE_DOCUMENT},         {"CFItems", CASE_ITEMS},
	{"CFAssociations", CASE_ASSOCIATIONS}, {"CFRubrics", CASE_RUBRICS},
	{"CFDefinitions", CASE_DEFINITIONS},   {"CFConcepts", CASE_CONCEPTS},
	{"CFSubjects", CASE_SUBJECTS},         {"CFLicenses", CASE_LICENCES},
	{"CFItemTypes", CASE_ITEM_TYPES},      {"CFAssociationGroupings", CASE_GROUPINGS},
};

static const char *const names_of_lists[CASE_LISTS] = {
	[CASE_DOCUMENT] = "/CFDocument",
	[CASE_ITEMS] = "/CFItems",
	[CASE_ASSOCIATIONS] = "/CFAssociations",
	[CASE_RUBRICS] = "/CFRubrics",
	[CASE_DEFINITIONS] = "/CFDefinitions",
	[CASE_CONCEPTS] = "/CFDefinitions/CFConcepts",
	[CASE_SUBJECTS] = "/CFDefinitions/CFSubjects",
	[CASE_LICENCES] = "/CFDefinitions/CFLicenses",
	[CASE_ITEM_TYPES] = "/CFDefinitions/CFItemTypes",
	[CASE_GROUPINGS] = "/CFDefinitions/CFAssociationGroupings",
	[CASE_OTHER] = "/",
};

struct str case_pointer(struct arena *a, struct case_ref ref)
{
	struct buf b = {.arena = a};
	buf_add(&b, str_of(names_of_lists[ref.list]));
	if (ref.at >= 0)
		buf_fmt(&b, "/%d", ref.at);
	if (ref.criterion >= 0)
		buf_fmt(&b, "/CFRubricCriteria/%d", ref.criterion);
	if (ref.level >= 0)
		buf_fmt(&b, "/CFRubricCriterionLevels/%d", ref.level);
	return buf_str(&b);
}

static bool go_on(const struct frame *f)
{
	return !f->r->out->refused;
}

static void not_json(struct frame *f, const struct json_error *e)
{
	int line = 1;
	for (size_t i = 0; i < f->at && i < f->text.n; i++)
		line += f->text.p[i] == '\n';
	f->r->out->error = str_fmt(f->r->arena, "line %d: %s", line + (e->line ? e->line - 1 : 0),
				   e->text[0] ? e->text : "it ends too soon");
	refuse(f->r, "json", N_("This is not JSON, or not all of it: fetch the file once more."));
}

/* Takes the sign that must come now. */
static bool expect(struct frame *f, char sign)
{
	struct json_error none = {0};
	if (json_next(f->text, &f->at) != sign) {
		not_json(f, &none);
		return false;
	}
	f->at++;
	return true;
}

/* Is there one more member or element? Takes the comma before it, or the bracket that closes. */
static bool one_more(struct frame *f, bool first, char close)
{
	struct json_error none = {0};
	char next = json_next(f->text, &f->at);
	if (next == close) {
		f->at++;
		return false;
	}
	if (!first && next != ',') {
		not_json(f, &none);
		return false;
	}
	f->at += !first;
	next = json_next(f->text, &f->at);
	if (next == close || !next)
		not_json(f, &none);
	return go_on(f);
}

/* Order does not matter to it: the sum of what each object is. */
static void digest(struct reading_case *r, struct str bytes)
{
	unsigned char one[sizeof r->digest];
	crypto_generichash(one, sizeof one, (const unsigned char *)bytes.p, bytes.n, NULL, 0);
	sodium_add(r->digest, one, sizeof one);
}

static const char *const held_reason =
	N_("what it holds cannot be read: a name twice, a number too "
	   "large, or bytes that are no text");

/* The value that comes, in the scratch arena; NULL: it was put aside, or the file is refused. */
static struct val *read_value(struct frame *f, struct case_ref ref)
{
	struct json_error e;
	size_t from = f->at;
	struct str text = str_sub(f->text, 0, from + LARGEST_VALUE);
	struct val *v = json_read_at(f->r->scratch, text, &f->at, &e);
	if (!v && !e.held && text.n < f->text.n)
		refuse(f->r, "large", N_("One object of this package is larger than 8 MB."));
	else if (!v && !e.held)
		not_json(f, &e);
	else if (!v)
		case_put_aside(f->r, ref, (struct str){0}, held_reason);
	digest(f->r, str_sub(f->text, from, f->at));
	return v;
}

static void take(struct reading_case *r, const struct val *v, struct case_ref ref)
{
	if (val_kind(v) != VAL_OBJECT)
		case_put_aside(r, ref, val_show(r->scratch, v), N_("not an object"));
	else if (ref.list == CASE_ITEMS)
		case_take_item(r, v, ref);
	else if (ref.list == CASE_ASSOCIATIONS)
		case_take_association(r, v, ref);
	else if (ref.list == CASE_RUBRICS)
		case_take_rubric(r, v, ref);
	else if (ref.list == CASE_DEFINITIONS)
		case_put_aside(r, ref, val_s(v, "title"),
			       N_("a definition that does not say of what"));
	else
		case_take_definition(r, v, ref);
}

static void read_list(struct frame *f, enum case_list list)
{
	struct case_ref ref = {.list = list, .at = -1, .criterion = -1, .level = -1};
	char next = json_next(f->text, &f->at);
	if (next != '[' || f->seen[list]) {
		struct val *v = read_value(f, ref);
		if (v && !val_is_null(v))
			case_put_aside(f->r, ref, (struct str){0},
				       f->seen[list] ? N_("this list has been there before")
						     : N_("not a list"));
		return;
	}
	f->seen[list] = true;
	f->at++;
	for (ref.at = 0; one_more(f, ref.at == 0, ']'); ref.at++) {
		struct val *v = read_value(f, ref);
		if (v)
			take(f->r, v, ref);
		arena_reset(f->r->scratch);
		if (ref.at >= MOST_OBJECTS)
			refuse(f->r, "large", N_("This package has too many objects."));
	}
}

static void read_document(struct frame *f)
{
	struct case_ref ref = {.list = CASE_DOCUMENT, .at = -1, .criterion = -1, .level = -1};
	bool again = f->r->out->has_document;
	struct val *v = read_value(f, ref);
	if (v && val_kind(v) == VAL_OBJECT && !again)
		case_take_document(f->r, v);
	else if (v)
		case_put_aside(f->r, ref, (struct str){0},
			       again ? N_("a second document") : N_("not an object"));
}

/* What an endpoint that lists documents answers: said to be one. */
static void read_documents(struct frame *f)
{
	struct case_ref ref = {.list = CASE_DOCUMENT, .at = -1, .criterion = -1, .level = -1};
	struct val *v = read_value(f, ref);
	f->r->out->listed = val_list(f->r->arena);
	for (size_t i = 0; i < val_count(v); i++) {
		struct val *one = val_push_object(f->r->out->listed);
		val_set_str(one, "identifier", case_stay(f->r, val_s(val_at(v, i), "identifier")));
		val_set_str(one, "title", case_stay(f->r, val_s(val_at(v, i), "title")));
	}
	refuse(f->r, "list",
	       N_("This is a list of documents, not a package. Fetch the package of each."));
}

static void read_object(struct frame *f);

static void read_other(struct frame *f, const char *name)
{
	struct case_ref ref = {.list = CASE_OTHER, .at = -1, .criterion = -1, .level = -1};
	struct val *v = read_value(f, ref);
	if (!v)
		return;
	if (f->others.n)
		buf_char(&f->others, ',');
	json_write(&f->others, val_text(f->r->scratch, str_of(name)));
	buf_char(&f->others, ':');
	json_write(&f->others, v);
}

static void read_member(struct frame *f, const char *name)
{
	char next = json_next(f->text, &f->at);
	if (!strcmp(name, "CFPackage") && next == '{' && f->depth < 3) {
		read_object(f);
		return;
	}
	if (!strcmp(name, "CFDocuments") && next == '[') {
		read_documents(f);
		return;
	}
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		if (strcmp(name, members[i].name))
			continue;
		if (members[i].list == CASE_DOCUMENT)
			read_document(f);
		else if (members[i].list == CASE_DEFINITIONS && next == '{' && f->depth < 3)
			read_object(f);
		else
			read_list(f, members[i].list);
		return;
	}
	read_other(f, name);
}

static void read_object(struct frame *f)
{
	struct json_error e;
	f->depth++;
	bool first = true;
	for (expect(f, '{'); go_on(f) && one_more(f, first, '}'); first = false) {
		struct val *key = json_next(f->text, &f->at) == '"'
					  ? json_read_at(f->r->scratch, f->text, &f->at, &e)
					  : NULL;
		if (!key) {
			e = (struct json_error){0};
			not_json(f, &e);
			break;
		}
		const char *name = str_c(f->r->arena, val_get_str(key));
		if (expect(f, ':'))
			read_member(f, name);
		arena_reset(f->r->scratch);
	}
	f->depth--;
}

/* ------------------------------------------------------------------ the whole */

bool case_is_json(struct str bytes)
{
	size_t at = 0;
	if (str_starts(bytes, S("\xEF\xBB\xBF")))
		at = 3;
	char first = json_next(bytes, &at);
	if (first != '{' && first != '[')
		return false;
	at++;
	char next = json_next(bytes, &at);
	return first == '{' ? next == '"' || next == '}' : next == '{';
}

static void free_scratch(void *scratch)
{
	arena_free(scratch);
}

static void finish(struct frame *f)
{
	struct reading_case *r = f->r;
	struct json_error none = {0};
	if (json_next(f->text, &f->at))
		not_json(f, &none);
	if (!r->out->has_document && !r->out->items_n)
		refuse(r, "empty",
		       N_("There is no CASE package in this file: neither a document nor items."));
	if (r->out->refused)
		return;
	if (f->others.n)
		r->out->other = str_fmt(r->arena, "{" STR_FMT "}", STR_ARG(buf_str(&f->others)));
	char *hex = arena_alloc(r->arena, 2 * sizeof r->digest + 1);
	sodium_bin2hex(hex, 2 * sizeof r->digest + 1, r->digest, sizeof r->digest);
	r->out->digest = str_of(hex);
	if (!r->out->has_document)
		case_take_document(r, val_object(r->scratch));
	r->out->has_document = true;
	case_place(r);
	case_place_rubrics(r);
}

const struct case_package *case_read(struct arena *a, struct str bytes,
				     const struct case_options *options)
{
	struct reading_case r = {.arena = a,
				 .scratch = arena_new((size_t)SCRATCH_TIMES * LARGEST_VALUE),
				 .out = arena_one(a, struct case_package),
				 .options = options};
	struct frame f = {.r = &r, .text = bytes, .others = {.arena = a}};
	arena_defer(a, free_scratch, r.scratch);
	for (int i = 0; i < CASE_LISTS; i++)
		r.ids[i].arena = a;
	r.part_ids.arena = r.level_ids.arena = a;
	if (str_starts(bytes, S("\xEF\xBB\xBF")))
		f.at = 3;
	if (str_find_char(bytes, 0) >= 0)
		refuse(&r, "binary", N_("This file is not text."));
	else if (json_next(bytes, &f.at) == '[')
		refuse(&r, "list",
		       N_("This is a list, not a package: one file holds one package."));
	else
		read_object(&f);
	if (!r.out->refused)
		finish(&f);
	arena_reset(r.scratch);
	return r.out;
}

#include "app/standards/case/provide.h"

#include "app/standards/case/find.h"
#include "app/standards/case/query_rules.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/file.h"
#include "core/right.h"
#include "core/spool.h"
#include "core/uuid.h"
#include "queries.h"
#include "web/form.h"

#include <string.h>

enum {
	SCRATCH = 64 * 1024 * 1024, /* of one item, or of what is not an item */
};

/* ---- answers ---- */

static struct case_view open_view(struct req *r)
{
	return case_open(r, str_is(val_s(r->in, "edition"), "v1p0") ? CASE_10 : CASE_11);
}

static int give_text(struct req *r, struct str json)
{
	val_set_str(r->headers_out, "Content-Type", S("application/json; charset=utf-8"));
	val_set_str(r->headers_out, "Access-Control-Expose-Headers",
		    S("ETag, Link, X-Total-Count"));
	r->raw = json;
	return OK;
}

static int give_object(struct req *r, const struct val *object)
{
	return give_text(r, json_text(r->arena, object));
}

/* {name: list} */
static int give_list(struct req *r, const char *name, struct val *list)
{
	struct val *set = val_object(r->arena);
	val_set(set, name, list);
	return give_object(r, set);
}

static int refuse(struct req *r, int status, const char *word, const char *field)
{
	r->out = val_object(r->arena);
	val_set_str(r->out, "word", str_of(word));
	val_set_str(r->out, "field", str_of(field));
	return status;
}

static int unknown(struct req *r)
{
	return refuse(r, NOT_FOUND, "unknownobject", "sourcedId");
}

struct asked {
	struct str id; /* in small letters */
	struct case_view view;
	int status; /* the answer, if it is no UUID */
};

/* How every route of one object begins. Any case is understood. */
static bool begin(struct req *r, struct asked *q)
{
	struct str sent = val_s(r->in, "sourced_id");
	char *low = arena_copy(r->arena, sent.p ? sent.p : "", sent.n);
	for (size_t i = 0; i < sent.n; i++)
		if (low[i] >= 'A' && low[i] <= 'F')
			low[i] = (char)(low[i] | 32);
	q->id = (struct str){low, sent.n};
	if (!uuid_ok(q->id)) {
		q->status = refuse(r, NOT_FOUND, "invalid_uuid", "sourcedId");
		return false;
	}
	q->view = open_view(r);
	return true;
}

/* ---- documents ---- */

static int documents(struct req *r)
{
	struct case_view v = open_view(r);
	struct val *all = val_list(r->arena);
	for (size_t i = 0; i < v.count; i++)
		val_push(all, case_doc_object(&v, &v.docs[i], true));
	struct case_query q = {.limit = val_s(r->in, "limit"),
			       .offset = val_s(r->in, "offset"),
			       .sort = val_s(r->in, "sort"),
			       .order = val_s(r->in, "orderBy"),
			       .filter = val_s(r->in, "filter"),
			       .fields = val_s(r->in, "fields"),
			       .has_fields = form_find(r->sent, "fields", 0) != NULL};
	struct case_page page =
		case_query(r->arena, all, &q, case_names(r->arena, &case_document, v.edition),
			   case_names(r->arena, &case_link, v.edition));
	if (page.refused)
		return refuse(r, 400, page.refused, page.field);
	struct str address = str_fmt(r->arena, STR_FMT "/CFDocuments", STR_ARG(v.api));
	struct str links = case_links(r->arena, address, r->query, &page);
	val_set_str(r->headers_out, "X-Total-Count",
		    str_fmt(r->arena, "%lld", (long long)page.total));
	if (links.n)
		val_set_str(r->headers_out, "Link", links);
	return give_list(r, "CFDocuments", page.rows);
}

static int document(struct req *r)
{
	struct asked q;
	if (!begin(r, &q))
		return q.status;
	struct case_doc *d = case_doc_of(&q.view, q.id);
	return d ? give_object(r, case_doc_object(&q.view, d, true)) : unknown(r);
}

/* ---- packages ---- */

struct writing {
	struct case_view *view;
	struct spool to;
	size_t given; /* objects of the list that is being written */
};

static void write_object(void *context, struct val *object)
{
	struct writing *w = context;
	if (w->given++)
		buf_char(&w->to.buf, ',');
	json_write(&w->to.buf, object);
	spool_turn(&w->to);
}

/* Beside their document or item associations do not say where they are from. */
static struct val *inside(struct arena *a, const struct val *association)
{
	struct val *out = val_object(a);
	for (size_t i = 0; i < val_count(association); i++) {
		const char *name = val_name_at(association, i);
		if (strcmp(name, "CFDocumentURI") != 0)
			val_add(out, name, val_get(association, name));
	}
	return out;
}

static void write_inside(void *context, struct val *object)
{
	struct writing *w = context;
	write_object(w, inside(w->view->scratch, object));
}

static void write_package(struct case_view *v, struct case_doc *d, struct writing *w)
{
	buf_lit(&w->to.buf, "{\"CFDocument\":");
	json_write(&w->to.buf, case_doc_object(v, d, false));
	buf_lit(&w->to.buf, ",\"CFItems\":[");
	w->given = 0;
	struct case_body body = case_body_of(v, d, write_object, w);
	buf_lit(&w->to.buf, "],\"CFAssociations\":[");
	w->given = 0;
	case_body_relations(&body, write_inside, w);
	v->scratch = v->r->arena;
	buf_lit(&w->to.buf, "],\"CFDefinitions\":");
	json_write(&w->to.buf, case_definitions(v, d, body.kinds, body.terms));
	struct val *rubrics = case_rubrics(&body);
	if (val_count(rubrics)) {
		buf_lit(&w->to.buf, ",\"CFRubrics\":");
		json_write(&w->to.buf, rubrics);
	}
	buf_char(&w->to.buf, '}');
	spool_turn(&w->to);
}

static void free_arena(void *arena)
{
	arena_free(arena);
}

static int package(struct req *r)
{
	struct asked q;
	if (!begin(r, &q))
		return q.status;
	struct case_doc *d = case_doc_of(&q.view, q.id);
	if (!d)
		return unknown(r);
	if (case_must_wait(&q.view, d))
		return ON_POOL;
	struct writing w = {.view = &q.view,
			    .to = spool_new(r->arena, &r->err, r->files ? r->files->folder : NULL)};
	q.view.scratch = arena_new(SCRATCH);
	arena_defer(r->arena, free_arena, q.view.scratch);
	write_package(&q.view, d, &w);
	struct str json = spool_end(&w.to, &r->raw_file);
	return give_text(r, json);
}

/* ---- items and associations ---- */

static int item(struct req *r)
{
	struct asked q;
	if (!begin(r, &q))
		return q.status;
	struct case_found f = case_find_item(&q.view, q.id);
	if (!f.doc)
		return unknown(r);
	struct case_parts parts = case_parts_of(&q.view, f.doc, f.spot.item);
	return give_object(r, case_item_object(&q.view, f.doc, &f.spot, &parts, true));
}

struct collecting {
	struct arena *arena;
	struct val *list;
};

static void collect(void *context, struct val *object)
{
	struct collecting *c = context;
	val_push(c->list, inside(c->arena, object));
}

static int item_associations(struct req *r)
{
	struct asked q;
	if (!begin(r, &q))
		return q.status;
	struct case_found f = case_find_item(&q.view, q.id);
	if (!f.doc)
		return unknown(r);
	struct case_parts parts = case_parts_of(&q.view, f.doc, f.spot.item);
	struct val *set = val_object(r->arena);
	val_set(set, "CFItem", case_item_object(&q.view, f.doc, &f.spot, &parts, true));
	struct collecting c = {r->arena, val_set_list(set, "CFAssociations")};
	case_give_item(&q.view, f.doc, f.spot.row, &f.spot, collect, &c);
	if (q.view.later)
		return ON_POOL;
	return give_object(r, set);
}

static int association(struct req *r)
{
	struct asked q;
	if (!begin(r, &q))
		return q.status;
	struct val *found = case_find_association(&q.view, q.id);
	if (q.view.later)
		return ON_POOL;
	return val_is_null(found) ? unknown(r) : give_object(r, found);
}

/* ---- definitions and rubrics ---- */

static int definitions(struct req *r, const char *list, bool alone)
{
	struct asked q;
	if (!begin(r, &q))
		return q.status;
	struct val *found = case_find_definitions(&q.view, list, q.id, !alone);
	if (q.view.later)
		return ON_POOL;
	if (!val_count(found))
		return unknown(r);
	return alone ? give_object(r, val_at(found, 0)) : give_list(r, list, found);
}

static int grouping(struct req *r)
{
	return definitions(r, "CFAssociationGroupings", true);
}

static int concepts(struct req *r)
{
	return definitions(r, "CFConcepts", false);
}

static int item_types(struct req *r)
{
	return definitions(r, "CFItemTypes", false);
}

static int license(struct req *r)
{
	return definitions(r, "CFLicenses", true);
}

static int subjects(struct req *r)
{
	return definitions(r, "CFSubjects", false);
}

static int rubric(struct req *r)
{
	struct asked q;
	if (!begin(r, &q))
		return q.status;
	struct val *found = case_find_rubric(&q.view, q.id);
	if (q.view.later)
		return ON_POOL;
	return val_is_null(found) ? unknown(r) : give_object(r, found);
}

/* ---- errors ---- */

static const struct {
	int from, to; /* the status that is refused with, and the one that CASE wants */
	const char *word, *says;
} errors[] = {
	{400, 400, "invalid_selection_field", "The query cannot be read."},
	{401, 401, "unauthorised_request", "This needs a permission."},
	{403, 403, "forbidden", "This is not open to you."},
	{404, 404, "unknownobject", "There is no such object, or it is not published here."},
	{405, 405, "forbidden", "Only GET and HEAD are answered here."},
	{413, 400, "invalid_selection_field", "The request is too large."},
	{414, 400, "invalid_selection_field", "The address is too long."},
	{422, 400, "invalid_selection_field", "The query cannot be read."},
	{429, 429, "server_busy", "Too many requests. Try again a little later."},
	{431, 400, "invalid_selection_field", "The headers are too large."},
	{500, 500, "internal_server_error", "Something went wrong here. It is our mistake."},
	{503, 503, "server_busy",
	 "The service is not available just now. Try again a little later."},
};

static struct val *case_error(struct req *r, int *status)
{
	size_t k = 0, count = sizeof errors / sizeof *errors;
	bool in_10 = str_find(r->path, S("/ims/case/v1p0")) >= 0;
	while (k < count - 1 && errors[k].from != *status)
		k++;
	struct str word = val_s(r->out, "word"), field = val_s(r->out, "field");
	struct val *info = val_object(r->arena);
	val_set_str(info, "imsx_codeMajor", S("failure"));
	val_set_str(info, "imsx_severity", S("error"));
	bool malformed = str_is(word, "invalid_uuid");
	val_set_str(info, "imsx_description",
		    malformed ? S("This is not a UUID.") : str_of(errors[k].says));
	struct val *one = val_push_object(
		val_set_list(val_set_object(info, "imsx_codeMinor"), "imsx_codeMinorField"));
	val_set_str(one, "imsx_codeMinorFieldName", field.n ? field : S("TargetEndSystem"));
	if (*status == errors[k].from)
		*status = errors[k].to;
	const char *said = word.n ? str_c(r->arena, word) : errors[k].word;
	val_set_str(one, "imsx_codeMinorFieldValue",
		    str_of(case_word_in(in_10 ? CASE_10 : CASE_11, said)));
	return info;
}

/* ---- routes ---- */

static const char *const editions[] = {"v1p0", "v1p1", NULL};
#define EDITION                                                                                    \
	{                                                                                          \
		"edition", FIELD_TEXT, .required = true, .one_of = editions                        \
	}
static const struct field one_fields[] = {
	EDITION, {"sourced_id", FIELD_TEXT, .required = true, .max = 200}, {NULL}};
static const struct field all_fields[] = {
	EDITION,
	{"limit", FIELD_TEXT, .max = 20},
	{"offset", FIELD_TEXT, .max = 20},
	{"sort", FIELD_TEXT},
	{"orderBy", FIELD_TEXT},
	{"filter", FIELD_TEXT, .max = 2000},
	{"fields", FIELD_TEXT, .max = 1000},
	{NULL},
};

#define CASE_ROUTE(path_, handler_, fields_, summary_)                                             \
	{                                                                                          \
		GET, "/ims/case/:edition/" path_, PUBLIC, handler_, NULL, &q_provide_version_of,   \
			fields_, ROUTE_ANY_ORIGIN, summary_                                        \
	}
#define ONE(path_, handler_, summary_)                                                             \
	CASE_ROUTE(path_ "/:sourced_id", handler_, one_fields, summary_)

static const struct route routes[] = {
	CASE_ROUTE("CFDocuments", documents, all_fields,
		   "CASE: the published documents, one for each version and language"),
	ONE("CFDocuments", document, "CASE: one document"),
	ONE("CFPackages", package, "CASE: a document with everything in it"),
	ONE("CFItems", item, "CASE: one item"),
	ONE("CFItemAssociations", item_associations, "CASE: an item with its associations"),
	ONE("CFAssociations", association, "CASE: one association"),
	ONE("CFAssociationGroupings", grouping, "CASE: one grouping of associations"),
	ONE("CFConcepts", concepts, "CASE: a concept and those below it"),
	ONE("CFItemTypes", item_types, "CASE: an item type and those below it"),
	ONE("CFLicenses", license, "CASE: one licence"),
	ONE("CFSubjects", subjects, "CASE: a subject and those below it"),
	ONE("CFRubrics", rubric, "CASE: one rubric with its criteria and levels"),
	{GET, "/ims/case/v1p1/discovery/imscasev1p1_openapi3_v1p0", PUBLIC, case_discovery, NULL,
	 &q_provide_version_of, NULL, ROUTE_ANY_ORIGIN, "CASE: the OpenAPI description"},
	{0},
};

const struct feature case_feature = {
	.name = "ims",
	.routes = routes,
	.data_prefix = "/ims/case/",
	.data_error = case_error,
};

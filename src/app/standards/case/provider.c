#include "app/standards/case/provider.h"

#include "app/standards/case/case.h"
#include "base/arena.h"
#include "base/code.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/utf8.h"
#include "core/uuid.h"
#include "queries.h"

#include <string.h>

enum {
	KEPT_BYTES = 8 << 20,
	SMALL = 3000, /* items of a document that is gone through on the spot */
};

/* The bits of version and variant are where digits 14 and 19 are. */
struct str case_turned(struct arena *a, struct str identifier, struct str by)
{
	static const char digits[] = "0123456789abcdef";
	if (!uuid_ok(identifier) || !uuid_ok(by))
		return identifier;
	char *to = arena_copy(a, identifier.p, identifier.n);
	for (size_t i = 0; i < identifier.n; i++)
		if (to[i] != '-' && i != 14 && i != 19)
			to[i] = digits[(strchr(digits, to[i]) - digits) ^
				       (strchr(digits, by.p[i]) - digits)];
	return (struct str){to, identifier.n};
}

struct str case_uri(struct case_view *v, const char *path, struct str identifier)
{
	return str_fmt(v->scratch, STR_FMT "/%s/" STR_FMT, STR_ARG(v->api), path,
		       STR_ARG(identifier));
}

struct val *case_link_to(struct case_view *v, struct str title, struct str identifier,
			 struct str uri)
{
	struct val *link = val_object(v->scratch);
	val_set_str(link, "title", title);
	val_set_str(link, "identifier", identifier);
	val_set_str(link, "uri", uri);
	return link;
}

struct val *case_doc_link(struct case_view *v, const struct case_doc *d)
{
	return case_link_to(v, d->title, d->identifier, d->uri);
}

struct val *case_kept(struct case_view *v, struct str json)
{
	struct json_error error;
	if (json.n < 3)
		return val_null();
	struct val *kept = json_read(v->scratch, json, KEPT_BYTES, &error);
	return kept ? kept : val_null();
}

/* ---- documents ---- */

static struct str or_else(struct str s, struct str otherwise)
{
	return s.n ? s : otherwise;
}

/* The first of a standard's language is the standing one: they come newest first. */
static void name_document(struct case_view *v, struct case_doc *d, const struct case_doc *standing)
{
	struct arena *a = v->r->arena;
	struct str uuid = val_s(d->row, "uuid"), came = val_s(d->row, "kept_identifier");
	bool other = !str_eq(d->lang, d->source_lang);
	if (other)
		d->tone = case_uuid(
			a, str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(uuid), STR_ARG(d->lang)));
	d->identifier = !other ? uuid : uuid_ok(came) ? came : d->tone;
	if (standing != d) {
		d->by = case_uuid(a, str_fmt(a, STR_FMT "/" STR_FMT "/%lld", STR_ARG(uuid),
					     STR_ARG(d->lang), (long long)d->number));
		d->identifier = d->by;
	}
}

static void date_document(struct case_view *v, struct case_doc *d)
{
	int64_t shown = val_i(d->row, "shown_at"), said = val_i(d->row, "said_at"), came = 0;
	struct val *shaped =
		case_shaped(v->r->arena, &case_document, CASE_11, false, NULL, d->kept, NULL);
	struct str kept = val_s(shaped, "lastChangeDateTime");
	if (instant_read_rfc3339(kept, &came) && came >= shown)
		d->changed = kept;
	else
		d->changed = instant_rfc3339(v->r->arena, shown > said || came ? shown : said);
}

static void read_document(struct case_view *v, struct case_doc *d, struct val *row,
			  const struct case_doc *before)
{
	*d = (struct case_doc){.row = row,
			       .standard = val_i(row, "standard"),
			       .version = val_i(row, "version"),
			       .number = val_i(row, "number"),
			       .uuid = val_s(row, "uuid"),
			       .lang = val_s(row, "lang"),
			       .source_lang = val_s(row, "source_lang")};
	d->title = or_else(val_s(row, "title"),
			   or_else(val_s(row, "source_title"), val_s(row, "slug")));
	d->kept = case_kept(v, val_s(row, "kept"));
	bool older = before && before->standard == d->standard && str_eq(before->lang, d->lang);
	name_document(v, d, older ? before : d);
	date_document(v, d);
	struct str uri = val_s(d->kept, "uri");
	d->uri = uri.n && !d->by.n ? uri : case_uri(v, "CFDocuments", d->identifier);
}

struct case_view case_open(struct req *r, enum case_edition edition)
{
	struct arena *a = r->arena;
	struct case_view v = {.r = r, .edition = edition, .scratch = a};
	v.api = str_fmt(a, STR_FMT "/ims/case/%s", STR_ARG(val_s(r->org, "base")),
			edition == CASE_10 ? "v1p0" : "v1p1");
	const struct {
		struct str *to;
		const char *name;
	} roles[] = {{&v.child, "isChildOf"},     {&v.translation, "isTranslationOf"},
		     {&v.replaced, "replacedBy"}, {&v.exemplar, "exemplar"},
		     {&v.concept, "CFConcept"},   {&v.criterion, "CFRubricCriterion"},
		     {&v.rubric, "CFRubric"},     {&v.licence, "CFLicense"}};
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		*roles[i].to = case_uuid(a, str_of(roles[i].name));
	struct val *rows = db_rows(r->db, &q_provide_documents, params(r));
	v.count = val_count(rows);
	v.docs = arena_many(a, struct case_doc, v.count + 1);
	for (size_t i = 0; i < v.count; i++)
		read_document(&v, &v.docs[i], val_at(rows, i), i ? &v.docs[i - 1] : NULL);
	return v;
}

bool case_must_wait(struct case_view *v, const struct case_doc *d)
{
	if (v->r->may_wait && !v->later)
		v->later =
			val_i(db_row(v->r->db, &q_provide_count, case_params(v, d)), "n") > SMALL;
	return v->later;
}

struct case_doc *case_doc_of(struct case_view *v, struct str identifier)
{
	for (size_t i = 0; i < v->count; i++)
		if (str_eq(v->docs[i].identifier, identifier))
			return &v->docs[i];
	return NULL;
}

struct case_doc *case_doc_standing(struct case_view *v, int64_t standard, struct str lang)
{
	for (size_t i = 0; i < v->count; i++) {
		struct case_doc *d = &v->docs[i];
		if (d->standard == standard && str_eq(d->lang, or_else(lang, d->source_lang)))
			return d;
	}
	return NULL;
}

struct case_doc *case_doc_source(struct case_view *v, const struct case_doc *of)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->docs[i].version == of->version && str_eq(v->docs[i].lang, of->source_lang))
			return &v->docs[i];
	return NULL;
}

struct case_doc *case_doc_newer(struct case_view *v, const struct case_doc *of)
{
	struct case_doc *before = NULL;
	for (size_t i = 0; i < v->count; i++) {
		struct case_doc *d = &v->docs[i];
		if (d == of)
			return before;
		before = d->standard == of->standard && str_eq(d->lang, of->lang) ? d : NULL;
	}
	return NULL;
}

/* ---- CFDocument ---- */

static const struct {
	const char *state;
	const char *words[2]; /* in 1.1 and 1.0; either stands as it came */
} statuses[] = {
	{"adopted", {"Implemented", "Adopted"}},
	{"deprecated", {"Retired", "Deprecated"}},
};

static struct str status_of(const struct case_view *v, const struct case_doc *d)
{
	struct str came = val_s(d->kept, "adoptionStatus"), state = val_s(d->row, "state");
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		if (!str_is(state, statuses[i].state))
			continue;
		for (int k = 0; k < 2; k++)
			if (str_eq_nocase(came, str_of(statuses[i].words[k])))
				return came;
		return str_of(statuses[i].words[v->edition == CASE_10]);
	}
	return state;
}

/* Is what is stored what came? As words, on one line, or cut short where a name is. */
static bool stands(struct case_view *v, struct str came, struct str stored)
{
	struct str words = case_text(v->scratch, came), dots = S("…");
	if (str_eq(words, stored))
		return true;
	words = utf8_one_line(v->scratch, words);
	bool cut = str_ends(stored, dots);
	return cut ? str_starts(words, str_sub(stored, 0, stored.n - dots.n))
		   : str_eq(words, stored);
}

void case_put_words(struct case_view *v, struct val *is, const struct val *kept, const char *name,
		    struct str stored)
{
	struct str came = val_s(kept, name);
	bool as_it_came = stored.n ? came.n && stands(v, came, stored) : val_has(kept, name);
	if (as_it_came)
		val_set_str(is, name, came);
	else if (stored.n)
		val_set_str(is, name, stored);
}

static void set_day(struct case_view *v, struct val *to, const char *name, int64_t at)
{
	struct zone *zone = zone_open(v->r->arena, val_s(v->r->org, "zone"));
	val_set_str(to, name, day_text(v->r->arena, instant_wall(at, zone).day));
}

static void put_extension(struct val *is, const struct val *kept, struct arena *a, const char *name,
			  struct val *value)
{
	struct val *extensions = val_get(is, "extensions");
	if (val_is_null(extensions)) {
		extensions = val_object(a);
		val_merge(extensions, val_get(kept, "extensions"));
		val_set(is, "extensions", extensions);
	}
	val_set(extensions, name, value);
}

bool case_licence_came(struct case_view *v, const struct case_doc *d)
{
	struct str came = val_s(val_get(d->kept, "licenseURI"), "title");
	return came.n && stands(v, came, val_s(d->row, "licence"));
}

static void put_licence(struct case_view *v, const struct case_doc *d, struct val *is)
{
	struct str licence = val_s(d->row, "licence");
	if (licence.n && !case_licence_came(v, d)) {
		struct str id = case_licence_identifier(v, d);
		val_set(is, "licenseURI",
			case_link_to(v, licence, id, case_uri(v, "CFLicenses", id)));
	}
}

/* In the document's language, whoever asks. */
static struct str org_name(const struct case_view *v, struct str lang)
{
	struct val *names = val_get(v->r->org, "names");
	struct str name = val_s(names, str_c(v->scratch, lang));
	return or_else(name, val_s(names, str_c(v->scratch, val_s(v->r->org, "lang"))));
}

struct val *case_doc_object(struct case_view *v, const struct case_doc *d, bool alone)
{
	struct val *is = val_object(v->scratch), *otherwise = val_object(v->scratch);
	struct str label = val_s(d->row, "label"), note = val_s(d->row, "note");
	struct str review_by = val_s(d->row, "review_by"), publisher = val_s(d->row, "publisher");
	val_set_str(is, "identifier", d->identifier);
	val_set_str(is, "uri", d->uri);
	val_set_str(is, "caseVersion", S("1.1"));
	case_put_words(v, is, d->kept, "title", d->title);
	case_put_words(v, is, d->kept, "description",
		       or_else(val_s(d->row, "summary"), val_s(d->row, "source_summary")));
	case_put_words(v, is, d->kept, "publisher", publisher);
	case_put_words(v, is, d->kept, "officialSourceURL", val_s(d->row, "source_url"));
	case_put_words(v, is, d->kept, "version", label);
	val_set_str(is, "lastChangeDateTime", d->changed);
	val_set_str(is, "adoptionStatus", status_of(v, d));
	if (note.n)
		val_set_str(is, "notes", note);
	if (!val_is_null(val_get(d->row, "deprecated_at")))
		set_day(v, is, "statusEndDate", val_i(d->row, "deprecated_at"));
	put_licence(v, d, is);
	if (review_by.n)
		put_extension(is, d->kept, v->scratch, "waypost_review_by",
			      val_text(v->scratch, review_by));
	val_set(is, "CFPackageURI",
		case_link_to(v, d->title, d->identifier, case_uri(v, "CFPackages", d->identifier)));
	val_set_str(otherwise, "creator", or_else(publisher, org_name(v, d->lang)));
	val_set_str(otherwise, "uri", case_uri(v, "CFDocuments", d->identifier));
	val_set_str(otherwise, "language", d->lang);
	if (val_is_null(d->kept)) {
		set_day(v, otherwise, "statusStartDate", val_i(d->row, "said_at"));
		val_set_str(otherwise, "version", str_fmt(v->scratch, "%d", (int)d->number));
	}
	return case_shaped(v->scratch, &case_document, v->edition, alone, is, d->kept, otherwise);
}

struct val *case_params(struct case_view *v, const struct case_doc *d)
{
	struct val *p = params(v->r);
	val_set_int(p, "standard", d->standard);
	val_set_int(p, "version", d->version);
	val_set_str(p, "lang", d->lang);
	val_set_str(p, "source_lang", d->source_lang);
	val_set_int(p, "item", 0);
	return p;
}

/* ---- CFItem ---- */

/* What leads to an item outlives the scratch arena. */
static void name_item(struct case_view *v, const struct case_doc *d, struct case_spot *s)
{
	struct arena *a = v->r->arena;
	struct str uuid = val_s(s->row, "uuid"), came = val_s(s->row, "kept_identifier");
	struct case_doc *source = case_doc_source(v, d);
	bool older = val_i(s->row, "newest") > d->number;
	s->base = str_dup(a, !d->tone.n      ? uuid
			     : uuid_ok(came) ? came
					     : case_turned(v->scratch, uuid, d->tone));
	s->identifier = older ? case_turned(a, s->base, d->by) : s->base;
	if (older)
		s->next = s->base;
	if (source && d->tone.n)
		s->source = val_i(s->row, "source_newest") > d->number
				    ? case_turned(a, uuid, source->by)
				    : str_dup(a, uuid);
}

struct case_spot case_spot_of(struct case_view *v, const struct case_doc *d, struct val *row)
{
	struct arena *a = v->r->arena;
	struct case_spot s = {.item = val_i(row, "item"), .row = row};
	s.spoken = val_s(row, "title").n || val_s(row, "body").n;
	s.kept = !val_is_null(val_get(row, "kept"));
	s.came = case_kept(v, val_s(row, "kept"));
	name_item(v, d, &s);
	struct str uri = val_s(s.came, "uri");
	if (uri.n && !s.next.n)
		s.uri = str_dup(a, uri);
	struct str words = or_else(val_s(row, s.spoken ? "body" : "source_body"),
				   val_s(row, s.spoken ? "title" : "source_title"));
	s.label = str_dup(
		a, case_title(v->scratch, val_s(row, "code"), or_else(words, val_s(row, "kind"))));
	return s;
}

/* The rows of one item among rows that are ordered by item. */
static size_t first_of(const struct val *rows, int64_t item)
{
	size_t low = 0, high = val_count(rows);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (val_i(val_at(rows, middle), "item") < item)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct case_parts case_parts_of(struct case_view *v, struct case_doc *d, int64_t item)
{
	struct val *p = case_params(v, d);
	val_set_int(p, "item", item);
	return (struct case_parts){.ratings = db_rows(v->r->db, &q_provide_ratings, p),
				   .links = db_rows(v->r->db, &q_provide_links, p)};
}

static void put_parts(struct case_view *v, const struct case_doc *d, struct val *is,
		      const struct val *kept, const struct case_parts *parts, int64_t item)
{
	struct val *ratings = val_list(v->scratch), *links = val_list(v->scratch);
	for (size_t i = first_of(parts->ratings, item);
	     val_i(val_at(parts->ratings, i), "item") == item && i < val_count(parts->ratings);
	     i++) {
		const struct val *row = val_at(parts->ratings, i);
		struct val *rating = val_push_object(ratings);
		struct str body = val_s(row, "body"), source = val_s(row, "source_body");
		val_set(rating, "scale", val_get(row, "scale"));
		if (body.n || source.n)
			val_set_str(rating, "text", or_else(body, source));
		if (!body.n && source.n)
			val_set_str(rating, "language", d->source_lang);
	}
	for (size_t i = first_of(parts->links, item);
	     val_i(val_at(parts->links, i), "item") == item && i < val_count(parts->links); i++) {
		static const char *const names[] = {"label", "url", "reference"};
		struct val *link = val_push_object(links);
		for (int k = 0; k < 3; k++)
			if (val_s(val_at(parts->links, i), names[k]).n)
				val_set(link, names[k], val_get(val_at(parts->links, i), names[k]));
	}
	if (val_count(ratings))
		put_extension(is, kept, v->scratch, "waypost_ratings", ratings);
	if (val_count(links))
		put_extension(is, kept, v->scratch, "waypost_links", links);
}

static void put_type(struct case_view *v, struct case_doc *d, const struct val *row,
		     const struct val *kept, struct val *is)
{
	struct str kind = val_s(row, "kind"), id = case_kind_identifier(v, d, kind);
	if (!val_is_null(val_get(row, "kept")) && str_eq(val_s(row, "kept_kind"), kind)) {
		val_set(is, "CFItemType", val_get(kept, "CFItemType"));
		val_set(is, "CFItemTypeURI", val_get(kept, "CFItemTypeURI"));
		return;
	}
	struct str label = case_kind_label(v, d, kind);
	val_set_str(is, "CFItemType", label);
	val_set(is, "CFItemTypeURI", case_link_to(v, label, id, case_uri(v, "CFItemTypes", id)));
}

struct val *case_item_object(struct case_view *v, struct case_doc *d, const struct case_spot *s,
			     const struct case_parts *parts, bool alone)
{
	const struct val *row = s->row, *kept = s->came;
	struct val *is = val_object(v->scratch), *otherwise = val_object(v->scratch);
	struct str title = val_s(row, s->spoken ? "title" : "source_title");
	struct str body = val_s(row, s->spoken ? "body" : "source_body");
	val_set_str(is, "identifier", s->identifier);
	case_put_words(v, is, kept, "fullStatement", or_else(body, or_else(title, s->label)));
	case_put_words(v, is, kept, "abbreviatedStatement", title);
	case_put_words(v, is, kept, "notes",
		       or_else(val_s(row, "notes"), val_s(row, "source_notes")));
	case_put_words(v, is, kept, "humanCodingScheme", val_s(row, "code"));
	put_type(v, d, row, kept, is);
	put_parts(v, d, is, kept, parts, s->item);
	val_set(is, "CFDocumentURI", case_doc_link(v, d));
	val_set_str(s->next.n ? is : otherwise, "uri", case_uri(v, "CFItems", s->identifier));
	if (!s->spoken)
		val_set_str(is, "language", d->source_lang);
	val_set_str(otherwise, "lastChangeDateTime",
		    instant_rfc3339(v->scratch, val_i(d->row, "said_at")));
	return case_shaped(v->scratch, &case_item, v->edition, alone, is, kept, otherwise);
}

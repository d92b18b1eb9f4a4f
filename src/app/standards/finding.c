#include "app/standards/finding.h"

#include "app/standards/kinds.h"
#include "app/standards/reading.h"
#include "app/standards/snippet.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "core/crumbs.h"
#include "core/right.h"
#include "core/text.h"
#include "db/search.h"
#include "queries.h"
#include "web/form.h"
#include "web/url.h"

enum { SEARCH_PAGE = 20, PICK_ROWS = 200, CHOSEN_MOST = 500 };

static const char *const node_fields[] = {"title", "body", NULL};
static const char *const title_field[] = {"title", NULL};

static void titles(struct req *r, struct val *rows, const char *id, const char *prefix)
{
	text_attach(r->db, r->arena, rows,
		    &(struct text_want){.kind = "standard",
					.id = id,
					.prefix = prefix,
					.fields = title_field,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
}

/* The rows of `q` for these ids (a list of rows or integers), in their order, each once; what is
 * not here, or not for this reader, is left out. */
static struct val *rows_of(struct req *r, const struct query *q, const struct val *ids,
			   const char *id)
{
	struct val *p = params(r), *ordered = val_list(r->arena);
	val_set_str(p, "ids", text_ids(r->arena, ids, id));
	val_set_int(p, "drafts", has_right(r, STANDARDS_READ_DRAFT));
	struct val *rows = db_rows(r->db, q, p);
	const char *key = q == &q_finding_items ? "item" : "id";
	for (size_t i = 0; i < val_count(ids); i++) {
		int64_t wanted = id ? val_i(val_at(ids, i), id) : val_get_int(val_at(ids, i));
		for (size_t k = 0; k < val_count(rows); k++) {
			struct val *row = val_at(rows, k);
			if (val_i(row, key) != wanted || val_has(row, "taken"))
				continue;
			val_set_bool(row, "taken", true);
			val_set_bool(row, "draft", str_is(val_s(row, "state"), "draft"));
			val_push(ordered, row);
		}
	}
	text_attach(r->db, r->arena, ordered,
		    &(struct text_want){.kind = "standard_node",
					.id = "id",
					.fields = node_fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	titles(r, ordered, "standard", "standard_");
	reading_words(r, ordered, NULL);
	kinds_label(r, ordered, val_null());
	return ordered;
}

static struct val *found(struct req *r, struct str q, bool drafts, int limit, int64_t skip)
{
	struct val *audiences = val_list(r->arena);
	val_push(audiences, val_text(r->arena, S("public")));
	if (drafts && has_right(r, STANDARDS_READ_DRAFT))
		val_push(audiences, val_text(r->arena, S("standards_read_draft")));
	return search_find(r->db, val_i(r->org, "id"), "standard_node", audiences, q, limit,
			   (int)skip);
}

/* GET /standards/search?q=… */
int standards_search(struct req *r)
{
	struct str q = val_s(r->in, "q");
	int64_t skip = val_i(r->in, "skip");
	struct val *hits = q.n ? found(r, q, true, SEARCH_PAGE + 1, skip) : val_list(r->arena);
	struct val *shown = val_list(r->arena);
	for (size_t i = 0; i < val_count(hits) && i < SEARCH_PAGE; i++)
		val_push(shown, val_at(hits, i));
	struct val *results = rows_of(r, &q_finding_nodes, shown, "id");
	for (size_t i = 0; i < val_count(results); i++) {
		struct val *row = val_at(results, i);
		val_set(row, "pieces",
			snippet(r->arena, val_s(row, "body_lang"), val_s(row, "body"), q));
	}
	val_set(r->out, "results", results);
	val_set_bool(r->out, "some", val_count(results) > 0);
	val_set_bool(r->out, "asked", q.n > 0);
	if (val_count(hits) > SEARCH_PAGE)
		val_set_int(r->out, "next", skip + SEARCH_PAGE);
	else
		val_set_null(r->out, "next");
	val_set_bool(r->out, "later", skip > 0);
	val_set_int(r->out, "previous", skip > SEARCH_PAGE ? skip - SEARCH_PAGE : 0);
	crumb(r, N_("Standards"), "/standards");
	crumb(r, N_("Search"), NULL);
	return OK;
}

void picked_items(struct req *r, const char *field, const char *name)
{
	struct val *sent = val_get(r->in, field), *ids = val_list(r->arena);
	for (size_t i = 0; i < val_count(sent) && val_count(ids) < CHOSEN_MOST; i++) {
		int64_t id;
		if (str_int(val_get_str(val_at(sent, i)), &id) && id > 0)
			val_push(ids, val_int(r->arena, id));
	}
	val_set(r->out, name, rows_of(r, &q_finding_items, ids, NULL));
}

/* ---- the picker ---- */

/* What the picker asks for itself; everything else is carried. */
static bool is_own(struct str name, struct str pick)
{
	static const char *const own[] = {"pick", "back", "pick_q", "pick_standard", "picked"};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (str_is(name, own[i]))
			return true;
	return str_eq(name, pick);
}

static void carry_form(struct req *r)
{
	struct val *carried = val_set_list(r->out, "carried"), *chosen = val_list(r->arena);
	struct str pick = val_s(r->in, "pick");
	for (size_t i = 0; i < r->sent->count; i++) {
		const struct form_part *part = &r->sent->part[i];
		if (str_eq(part->name, pick))
			val_push(chosen, val_text(r->arena, part->value));
		if (part->file || is_own(part->name, pick))
			continue;
		struct val *row = val_push_object(carried);
		val_set_str(row, "name", part->name);
		val_set_str(row, "value", part->value);
	}
	val_set(r->in, "chosen", chosen);
	picked_items(r, "chosen", "chosen");
}

/* The items of the newest published version of a standard, in reading order. */
static struct val *items_of_standard(struct req *r, struct str slug)
{
	struct val *p = params(r), *first = val_list(r->arena);
	val_set_str(p, "slug", slug);
	struct val *nodes = standards_outline(r->arena, db_rows(r->db, &q_finding_of_standard, p));
	for (size_t i = 0; i < val_count(nodes) && i < PICK_ROWS; i++)
		val_push(first, val_at(nodes, i));
	return first;
}

static bool holds(const struct val *rows, int64_t item)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "item") == item)
			return true;
	return false;
}

/* POST /standards/pick */
int standards_pick(struct req *r)
{
	struct str q = val_s(r->in, "pick_q"), slug = val_s(r->in, "pick_standard");
	if (!url_is_local(val_s(r->in, "back")))
		return NOT_FOUND;
	carry_form(r);
	struct val *rows = val_list(r->arena), *offered = val_set_list(r->out, "offered");
	if (q.n)
		rows = rows_of(r, &q_finding_nodes, found(r, q, false, PICK_ROWS, 0), "id");
	else if (slug.n)
		rows = rows_of(r, &q_finding_nodes, items_of_standard(r, slug), "id");
	for (size_t i = 0; i < val_count(rows); i++)
		if (!holds(val_get(r->out, "chosen"), val_i(val_at(rows, i), "item")) &&
		    (!slug.n || str_eq(val_s(val_at(rows, i), "slug"), slug)))
			val_push(offered, val_at(rows, i));
	struct val *standards = db_rows(r->db, &q_finding_standards, params(r));
	titles(r, standards, "id", NULL);
	struct val *choices = val_set_list(r->out, "pick_standard_choices");
	for (size_t i = 0; i < val_count(standards); i++) {
		struct val *row = val_at(standards, i);
		val_set(row, "value", val_get(row, "slug"));
		val_push(choices, row);
	}
	val_set_bool(r->out, "asked", q.n || slug.n);
	crumb(r, N_("Choose items"), NULL);
	return OK;
}

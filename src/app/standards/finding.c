#include "app/standards/finding.h"

#include "app/standards/kinds.h"
#include "app/standards/reading.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/right.h"
#include "core/text.h"
#include "db/search.h"
#include "queries.h"
#include "web/form.h"

enum { SEARCH_PAGE = 20, PICK_ROWS = 200, PICK_QUERY = 200 };

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

/* Rows of these ids (a list of integers), in the order of the list; what is not here is left out.
 */
static struct val *items_of(struct req *r, const struct val *ids)
{
	struct buf list = {.arena = r->arena};
	json_write(&list, ids);
	struct val *p = params(r), *ordered = val_list(r->arena);
	val_set_str(p, "ids", buf_str(&list));
	val_set_int(p, "drafts", has_right(r, STANDARDS_READ_DRAFT));
	struct val *rows = db_rows(r->db, &q_finding_items, p);
	for (size_t i = 0; i < val_count(ids); i++)
		for (size_t k = 0; k < val_count(rows); k++)
			if (val_i(val_at(rows, k), "item") == val_get_int(val_at(ids, i)))
				val_push(ordered, val_at(rows, k));
	text_attach(r->db, r->arena, ordered,
		    &(struct text_want){.kind = "standard_node",
					.id = "id",
					.fields = node_fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	titles(r, ordered, "standard", "standard_");
	kinds_label(r, ordered, val_null());
	return ordered;
}

static struct val *found(struct req *r, struct str q, int limit, int skip)
{
	struct val *audiences = val_list(r->arena), *ids = val_list(r->arena);
	val_push(audiences, val_text(r->arena, S("public")));
	if (has_right(r, STANDARDS_READ_DRAFT))
		val_push(audiences, val_text(r->arena, S("standards_read_draft")));
	struct val *hits =
		search_find(r->db, val_i(r->org, "id"), "standard_item", audiences, q, limit, skip);
	for (size_t i = 0; i < val_count(hits); i++)
		val_push(ids, val_get(val_at(hits, i), "id"));
	return ids;
}

/* GET /standards/search?q=… */
int standards_search(struct req *r)
{
	struct str q = val_s(r->in, "q");
	int64_t skip = val_i(r->in, "skip");
	struct val *ids = q.n ? found(r, q, SEARCH_PAGE + 1, (int)skip) : val_list(r->arena);
	struct val *shown = val_list(r->arena);
	for (size_t i = 0; i < val_count(ids) && i < SEARCH_PAGE; i++)
		val_push(shown, val_at(ids, i));
	val_set(r->out, "results", items_of(r, shown));
	val_set_bool(r->out, "asked", q.n > 0);
	if (val_count(ids) > SEARCH_PAGE)
		val_set_int(r->out, "next", skip + SEARCH_PAGE);
	else
		val_set_null(r->out, "next");
	return OK;
}

void picked_items(struct req *r, const char *field, const char *name)
{
	struct val *sent = val_get(r->in, field), *ids = val_list(r->arena);
	for (size_t i = 0; i < val_count(sent); i++) {
		int64_t id;
		if (str_int(val_get_str(val_at(sent, i)), &id))
			val_push(ids, val_int(r->arena, id));
	}
	val_set(r->out, name, items_of(r, ids));
}

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
	struct val *carried = val_set_list(r->out, "carried");
	for (size_t i = 0; i < r->sent->count; i++) {
		const struct form_part *part = &r->sent->part[i];
		if (part->file || is_own(part->name, val_s(r->in, "pick")))
			continue;
		struct val *row = val_push_object(carried);
		val_set_str(row, "name", part->name);
		val_set_str(row, "value", part->value);
	}
}

static void chosen_items(struct req *r)
{
	struct val *list = val_list(r->arena);
	for (size_t i = 0; i < r->sent->count; i++)
		if (str_eq(r->sent->part[i].name, val_s(r->in, "pick")))
			val_push(list, val_text(r->arena, r->sent->part[i].value));
	val_set(r->in, "chosen", list);
	picked_items(r, "chosen", "chosen");
}

static struct val *items_of_standard(struct req *r, struct str slug)
{
	struct reading x;
	struct val *ids = val_list(r->arena);
	val_set_str(r->in, "slug", slug);
	val_set_null(r->in, "number");
	if (!reading_open(r, &x, ""))
		return ids;
	struct val *nodes = reading_nodes(r, &x);
	for (size_t i = 0; i < val_count(nodes) && i < PICK_ROWS; i++)
		val_push(ids, val_get(val_at(nodes, i), "item"));
	return ids;
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
	struct str back = val_s(r->in, "back");
	if (!str_starts(back, S("/")) || str_starts(back, S("//")))
		return NOT_FOUND;
	carry_form(r);
	chosen_items(r);
	struct str q = val_s(r->in, "pick_q"), slug = val_s(r->in, "pick_standard");
	struct val *ids = q.n      ? found(r, q, PICK_ROWS, 0)
			  : slug.n ? items_of_standard(r, slug)
				   : val_list(r->arena);
	struct val *rows = items_of(r, ids), *offered = val_set_list(r->out, "offered");
	for (size_t i = 0; i < val_count(rows); i++)
		if (!holds(val_get(r->out, "chosen"), val_i(val_at(rows, i), "item")) &&
		    (!q.n || !slug.n || str_eq(val_s(val_at(rows, i), "slug"), slug)))
			val_push(offered, val_at(rows, i));
	struct val *standards = db_rows(r->db, &q_finding_standards, params(r));
	titles(r, standards, "id", NULL);
	for (size_t i = 0; i < val_count(standards); i++)
		val_set_bool(val_at(standards, i), "selected",
			     str_eq(val_s(val_at(standards, i), "slug"), slug));
	val_set(r->out, "standards", standards);
	val_set_bool(r->out, "asked", q.n || slug.n);
	return OK;
}

/* The pages about versions: an item's own page, the list of versions, and what changed between two.
 */
#include "app/standards/crosswalk.h"
#include "app/standards/kinds.h"
#include "app/standards/reading.h"
#include "app/standards/scales.h"
#include "app/standards/standards.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "core/crumbs.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"
#include "web/markdown.h"

static const char *const node_fields[] = {"title", "body", NULL};

enum { LATER = 86400 }; /* a language published so long after its version has a day of its own */

static struct val *asked(struct req *r, const struct reading *x)
{
	struct val *p = params(r);
	val_set_int(p, "standard", x->id);
	val_set_int(p, "version", x->version_id);
	val_set_int(p, "drafts", has_right(r, STANDARDS_READ_DRAFT));
	return p;
}

int standards_versions(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/versions"))
		return NOT_FOUND;
	struct val *versions = db_rows(r->db, &q_standards_versions, asked(r, &x));
	struct val *langs = db_rows(r->db, &q_standards_version_langs, asked(r, &x));
	for (size_t i = 0; i < val_count(versions); i++) {
		struct val *v = val_at(versions, i), *list = val_set_list(v, "langs");
		show_state(r, v);
		for (size_t k = 0; k < val_count(langs); k++) {
			struct val *lang = val_at(langs, k);
			int64_t at = val_i(lang, "published_at");
			if (val_i(lang, "version") != val_i(v, "id") || !at)
				continue;
			show_day(r, lang, "published_at", "published_on");
			val_set_bool(lang, "later", at > val_i(v, "published_at") + LATER);
			val_push(list, lang);
		}
		/* What it is compared with on the page: the version before it in the list. */
		val_set(v, "before", val_get(val_at(versions, i + 1), "number"));
	}
	val_set(r->out, "versions", versions);
	return OK;
}

/* Where an item stands: its parents from the top down, for the line above its title. */
static struct val *parents_of(struct req *r, const struct val *nodes, struct val *node)
{
	struct val *up = val_list(r->arena), *down = val_list(r->arena);
	int64_t parent = val_i(node, "parent");
	for (size_t i = val_count(nodes); parent && i-- > 0;) {
		struct val *row = val_at(nodes, i);
		if (val_i(row, "item") != parent)
			continue;
		val_push(up, row);
		parent = val_i(row, "parent");
	}
	for (size_t i = val_count(up); i-- > 0;)
		val_push(down, val_at(up, i));
	return down;
}

static struct val *branch(const struct val *tree, int64_t item)
{
	for (size_t i = 0; i < val_count(tree); i++) {
		struct val *row = val_at(tree, i);
		if (val_i(row, "item") == item)
			return row;
		struct val *below = branch(val_get(row, "children"), item);
		if (!val_is_null(below))
			return below;
	}
	return val_null();
}

static struct val *others(struct req *r, const struct reading *x, const struct query *q,
			  struct val *p)
{
	struct val *rows = db_rows(r->db, q, p);
	reading_texts(
		r, x, rows,
		(struct text_want){.kind = "standard_node", .id = "node", .fields = node_fields});
	reading_words(r, rows, NULL);
	return rows;
}

static void crumb_of_node(struct req *r, const struct val *node, struct str path)
{
	if (val_s(node, "code").n)
		crumb_named(r, val_s(node, "code"), path);
	else
		crumb_of(r, node, "label", path);
}

/* What a CASE package says in an item's notes. */
static void attach_notes(struct req *r, const struct reading *x, struct val *node)
{
	static const char *const notes[] = {"notes", NULL};
	text_attach_one(r->db, r->arena, node,
			&(struct text_want){.kind = "standard_node",
					    .id = "id",
					    .fields = notes,
					    .lang = x->lang,
					    .first = val_s(x->standard, "source_lang")});
	val_set(node, "notes_say", markdown(r->arena, val_s(node, "notes"), 3, 0));
}

int standards_item(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/items"))
		return NOT_FOUND;
	struct val *p = asked(r, &x);
	struct val *found = db_row(r->db, &q_standards_node_of_uuid, p);
	if (val_is_null(found))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x);
	reading_parts(r, &x, nodes);
	struct val *node = branch(standards_tree(r->arena, nodes), val_i(found, "item"));
	if (val_is_null(node))
		return NOT_FOUND; /* only where the database failed in between */
	reading_cells(r, &x, node);
	val_set_int(p, "item", val_i(found, "item"));
	attach_notes(r, &x, node);
	val_set(r->out, "item", node);
	struct val *up = parents_of(r, nodes, node);
	val_set(r->out, "replaced_by", others(r, &x, &q_standards_replaced_by, p));
	val_set(r->out, "replaces", others(r, &x, &q_standards_replaces, p));
	struct val *crosswalks = others(r, &x, &q_crosswalk_of_item, p);
	relations_label(r, crosswalks);
	val_set(r->out, "crosswalks", crosswalks);
	struct val *versions = db_rows(r->db, &q_standards_versions_with_item, p);
	for (size_t i = 0; i < val_count(versions); i++)
		show_state(r, val_at(versions, i));
	val_set(r->out, "versions", versions);
	crumb_of(r, x.standard, "title", x.path);
	for (size_t i = 0; i < val_count(up); i++)
		crumb_of_node(r, val_at(up, i),
			      str_fmt(r->arena, STR_FMT "/items/" STR_FMT, STR_ARG(x.path),
				      STR_ARG(val_s(val_at(up, i), "uuid"))));
	crumb_of_node(r, node, (struct str){0});
	return OK;
}

static struct val *nodes_at(struct req *r, const struct reading *x, struct val *version)
{
	struct reading at = *x;
	at.version = version;
	at.version_id = val_i(version, "id");
	return reading_nodes(r, &at);
}

/* Both versions are read in the language asked for if both have it, else in the source's. */
static bool reads_in(struct req *r, const struct val *version, struct str lang)
{
	struct val *p = params(r);
	val_set(p, "version", val_get(version, "id"));
	struct val *langs = db_rows(r->db, &q_standards_langs_of_version, p);
	for (size_t i = 0; i < val_count(langs); i++)
		if (str_eq(val_s(val_at(langs, i), "lang"), lang))
			return true;
	return false;
}

/* What the page asks of an entry beside the words that changed. */
static void show_change(struct val *d, struct val *count)
{
	static const char *const changes[] = {"added", "removed", "changed", "moved"};
	const struct val *row = val_get(d, val_is_null(val_get(d, "new")) ? "old" : "new");
	val_set(d, "kind_label", val_get(row, "kind_label"));
	val_set(d, "text_lang", val_get(row, "label_lang"));
	for (size_t k = 0; k < 4; k++) {
		bool is = str_is(val_s(d, "change"), changes[k]);
		val_set_bool(d, changes[k], is);
		val_set_int(count, changes[k], val_i(count, changes[k]) + is);
	}
}

int standards_compare(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/versions"))
		return NOT_FOUND;
	struct val *p = asked(r, &x);
	val_set(p, "number", val_get(r->in, "since"));
	struct val *since = db_row(r->db, &q_standards_version_numbered, p);
	if (val_is_null(since))
		return NOT_FOUND;
	if (!reads_in(r, since, x.lang) || !reads_in(r, x.version, x.lang))
		x.lang = val_s(x.standard, "source_lang");
	struct val *diff =
		standards_diff(r->arena, nodes_at(r, &x, since), nodes_at(r, &x, x.version));
	struct val *shown = val_set_list(r->out, "changes"),
		   *count = val_set_object(r->out, "count");
	for (size_t i = 0; i < val_count(diff); i++) {
		show_change(val_at(diff, i), count);
		if (!str_is(val_s(val_at(diff, i), "change"), "same"))
			val_push(shown, val_at(diff, i));
	}
	val_set_bool(r->out, "some", val_count(shown) > 0);
	val_set(r->out, "since", since);
	crumb_of(r, x.standard, "title", x.path);
	crumb(r, N_("What changed"), NULL);
	return OK;
}

/* The draft of a standard: its outline for those who write it, and the pages that change one item.
 */
#include "app/standards/draft.h"

#include "app/standards/kinds.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "core/crumbs.h"
#include "core/right.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

static const char *const node_fields[] = {"title", "body", NULL};

struct writer writer_of(struct req *r)
{
	return (struct writer){.db = r->db,
			       .arena = r->arena,
			       .org = val_i(r->org, "id"),
			       .me = val_i(r->me, "id"),
			       .now = r->now};
}

static struct str draft_path(struct req *r)
{
	return str_fmt(r->arena, "/standards/" STR_FMT "/draft", STR_ARG(val_s(r->in, "slug")));
}

bool draft_open(struct req *r, struct reading *x)
{
	struct val *draft = db_row(r->db, &q_draft_number, params(r));
	if (val_is_null(draft))
		return false;
	val_set(r->in, "number", val_get(draft, "number"));
	if (!reading_open(r, x, "/draft") || !x->draft)
		return false;
	x->path = draft_path(r);
	val_set_str(r->out, "here", x->path);
	return true;
}

void draft_crumbs(struct req *r, const struct reading *x, const char *here)
{
	crumb_of(r, x->standard, "title",
		 str_fmt(r->arena, "/standards/" STR_FMT, STR_ARG(val_s(x->standard, "slug"))));
	if (x->draft)
		crumb_named(r, str_of(tr(r, N_("Draft"))), here ? x->path : (struct str){0});
	if (here)
		crumb(r, here, NULL);
}

struct val *draft_node(struct req *r, const struct reading *x, struct str uuid)
{
	struct val *p = params(r), *one = val_list(r->arena);
	val_set_int(p, "version", x->version_id);
	val_set_str(p, "uuid", uuid);
	struct val *node = db_row(r->db, &q_standards_node_of_uuid, p);
	if (val_is_null(node))
		return node;
	val_push(one, node);
	reading_texts(
		r, x, one,
		(struct text_want){.kind = "standard_node", .id = "id", .fields = node_fields});
	reading_words(r, one, NULL);
	kinds_label(r, one, reading_kinds_named(r, x));
	return node;
}

int draft_answer(enum stored how)
{
	static const int answers[] = {
		[STORED] = OK,
		[STORE_MISSING] = NOT_FOUND,
		[STORE_FROZEN] = CONFLICT,
		[STORE_STALE] = CONFLICT,
		[STORE_REFUSED] = INVALID,
	};
	return answers[how];
}

int draft_to_item(struct req *r, struct str uuid)
{
	return see_other(r, "/standards/" STR_FMT "/draft#i-" STR_FMT,
			 STR_ARG(val_s(r->in, "slug")), STR_ARG(uuid));
}

/* GET /standards/:slug/draft */
int draft_show(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x), *p = params(r);
	val_set_int(p, "version", x.version_id);
	struct val *comments = db_rows(r->db, &q_draft_comment_counts, p);
	for (size_t i = 0; i < val_count(nodes); i++) {
		struct val *node = val_at(nodes, i);
		val_set_int(node, "open_comments", 0);
		for (size_t k = 0; k < val_count(comments); k++)
			if (val_i(val_at(comments, k), "item") == val_i(node, "item"))
				val_set(node, "open_comments",
					val_get(val_at(comments, k), "open_comments"));
	}
	struct str lang;
	draft_work(r, &x, &lang);
	val_set(r->out, "complete", draft_complete(r, &x, nodes));
	val_set_bool(r->out, "droppable", val_i(x.version, "number") > 1);
	val_set_int(r->out, "count", (int64_t)val_count(nodes));
	val_set(r->out, "items", standards_tree(r->arena, nodes));
	draft_crumbs(r, &x, NULL);
	return OK;
}

/* POST /standards/:slug/draft: opens one */
int draft_begin(struct req *r)
{
	struct writer w = writer_of(r);
	struct val *standard = db_row(r->db, &q_standards_by_slug, params(r));
	if (val_is_null(standard))
		return NOT_FOUND;
	store_draft(&w, val_i(standard, "id"));
	return see_other(r, STR_FMT, STR_ARG(draft_path(r)));
}

/* The item that `under` names, or null where it is empty. False: there is no such item. */
static bool find_under(struct req *r, const struct reading *x, struct val **under)
{
	*under = val_null();
	if (!val_s(r->in, "under").n)
		return true;
	*under = draft_node(r, x, val_s(r->in, "under"));
	return !val_is_null(*under);
}

/* GET /standards/:slug/draft/add: a new item, under the item `under` or at the top */
int draft_add_form(struct req *r)
{
	struct reading x;
	struct val *under;
	if (!draft_open(r, &x) || !find_under(r, &x, &under))
		return NOT_FOUND;
	val_set(r->out, "under", under);
	draft_kind_choices(r, &x);
	val_set(r->out, "source_lang", val_get(x.standard, "source_lang"));
	draft_crumbs(r, &x, N_("Add an item"));
	return OK;
}

static bool says_something(struct req *r)
{
	if (val_s(r->in, "title").n || val_s(r->in, "body").n)
		return true;
	invalid(r, "body", N_("Enter what the item says"));
	return false;
}

int draft_add(struct req *r)
{
	struct reading x;
	struct val *under, *as = val_object(r->arena);
	if (!draft_open(r, &x) || !find_under(r, &x, &under))
		return NOT_FOUND;
	if (!says_something(r))
		return INVALID;
	struct writer w = writer_of(r);
	struct str uuid = uuid_new(r->arena);
	val_merge(as, r->in);
	val_set(as, "parent", val_get(under, "item"));
	val_set_str(as, "lang", val_s(x.standard, "source_lang"));
	val_set_str(as, "uuid", uuid);
	int64_t item = store_item(&w, x.version_id, as);
	if (!item)
		return CONFLICT;
	store_index_item(&w, x.version_id, item);
	store_touch(&w, x.id);
	flash(r, N_("The item was added."));
	if (str_is(val_s(r->in, "act"), "more"))
		return see_other(r, STR_FMT "/add?under=" STR_FMT "&kind=" STR_FMT, STR_ARG(x.path),
				 STR_ARG(val_s(r->in, "under")), STR_ARG(val_s(r->in, "kind")));
	return draft_to_item(r, uuid);
}

/* GET and POST /standards/:slug/draft/drop */
int draft_drop_form(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	val_set(r->in, "rev", val_get(x.version, "rev"));
	val_set_int(r->out, "count", (int64_t)val_count(reading_nodes(r, &x)));
	draft_crumbs(r, &x, N_("Throw the draft away"));
	return OK;
}

int draft_drop(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	if (val_i(r->in, "rev") != val_i(x.version, "rev"))
		return CONFLICT;
	if (!store_drop_draft(&w, x.id)) {
		invalid(r, "rev", N_("A standard that was never published has only its draft"));
		return INVALID;
	}
	flash(r, N_("The draft is gone. What is published stays as it is."));
	return see_other(r, "/standards/" STR_FMT, STR_ARG(val_s(r->in, "slug")));
}

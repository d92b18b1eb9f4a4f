/* Where an item of a draft stands: moving it, and taking it out. */
#include "app/standards/draft.h"

#include "base/arena.h"
#include "base/buf.h"
#include "core/choices.h"

static bool open_item(struct req *r, struct reading *x, struct val **node)
{
	if (!draft_open(r, x))
		return false;
	*node = draft_node(r, x, val_s(r->in, "uuid"));
	return !val_is_null(*node);
}

/* The outline rows of an item and of what stands under it are neighbours: [first, end). */
static void branch_of(const struct val *nodes, int64_t item, size_t *first, size_t *end)
{
	*first = 0;
	while (*first < val_count(nodes) && val_i(val_at(nodes, *first), "item") != item)
		++*first;
	int64_t depth = val_i(val_at(nodes, *first), "depth");
	*end = *first + 1;
	while (*end < val_count(nodes) && val_i(val_at(nodes, *end), "depth") > depth)
		++*end;
}

static struct str indented(struct req *r, const struct val *row)
{
	struct buf b = {.arena = r->arena};
	for (int64_t i = 0; i < val_i(row, "depth"); i++)
		buf_lit(&b, "\u00a0\u00a0\u00a0");
	if (val_s(row, "code").n)
		buf_fmt(&b, STR_FMT " ", STR_ARG(val_s(row, "code")));
	buf_add(&b, val_s(row, "label"));
	return buf_str(&b);
}

static void place_choices(struct req *r, const struct val *nodes, int64_t item)
{
	static const struct {
		const char *value, *label;
	} hows[] = {{"before", N_("before")},
		    {"after", N_("after")},
		    {"under", N_("under, as the last")}};
	struct val *list = val_set_list(r->out, "how_choices");
	for (size_t i = 0; i < 3; i++)
		choice(list, str_of(hows[i].value), str_of(tr(r, hows[i].label)), false);
	val_set_str(r->in, "how", S("after"));
	size_t first, end;
	branch_of(nodes, item, &first, &end);
	list = val_set_list(r->out, "beside_choices");
	for (size_t i = 0; i < val_count(nodes); i++) {
		if (i >= first && i < end)
			continue;
		const struct val *node = val_at(nodes, i);
		struct val *row = choice(list, val_s(node, "uuid"), indented(r, node), false);
		val_set(row, "label_lang", val_get(node, "label_lang"));
		val_set(row, "label_other", val_get(node, "label_other"));
	}
}

/* GET /standards/:slug/draft/items/:uuid/move: before, after or under which other item */
int draft_move_form(struct req *r)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	place_choices(r, reading_nodes(r, &x), val_i(node, "item"));
	val_set(r->out, "item", node);
	draft_crumbs(r, &x, N_("Move an item"));
	return OK;
}

/* `how` and `beside` as store_move() wants them: a parent and the sibling that comes next. */
static void aim(const struct val *nodes, const struct val *beside, struct str how, int64_t *parent,
		int64_t *before)
{
	*before = 0;
	if (str_is(how, "under")) {
		*parent = val_i(beside, "item");
		return;
	}
	*parent = val_i(beside, "parent");
	if (str_is(how, "before")) {
		*before = val_i(beside, "item");
		return;
	}
	int64_t here = val_i(beside, "position");
	int64_t best = INT64_MAX;
	for (size_t i = 0; i < val_count(nodes); i++) {
		const struct val *row = val_at(nodes, i);
		if (val_i(row, "parent") != *parent || val_i(row, "position") <= here ||
		    val_i(row, "position") >= best)
			continue;
		best = val_i(row, "position");
		*before = val_i(row, "item");
	}
}

int draft_move(struct req *r)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	struct val *beside = draft_node(r, &x, val_s(r->in, "beside"));
	if (val_is_null(beside)) {
		invalid(r, "beside", N_("Choose an item of this draft"));
		return INVALID;
	}
	int64_t parent, before;
	aim(reading_nodes(r, &x), beside, val_s(r->in, "how"), &parent, &before);
	struct writer w = writer_of(r);
	if (before == val_i(node, "item"))
		return draft_to_item(r, val_s(r->in, "uuid")); /* it stands there already */
	enum stored how = store_move(&w, x.version_id, val_i(node, "item"), parent, before);
	if (how == STORE_REFUSED)
		invalid(r, "beside", N_("An item cannot stand under itself"));
	if (how != STORED)
		return draft_answer(how);
	flash(r, N_("The item was moved."));
	return draft_to_item(r, val_s(r->in, "uuid"));
}

/* GET and POST /standards/:slug/draft/items/:uuid/remove */
int draft_remove_form(struct req *r)
{
	struct reading x;
	struct val *node;
	size_t first, end;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	branch_of(reading_nodes(r, &x), val_i(node, "item"), &first, &end);
	val_set_int(r->out, "below", (int64_t)(end - first - 1));
	val_set(r->in, "rev", val_get(node, "rev"));
	val_set(r->out, "item", node);
	draft_crumbs(r, &x, N_("Remove an item"));
	return OK;
}

int draft_remove(struct req *r)
{
	struct reading x;
	struct val *node;
	if (!open_item(r, &x, &node))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	enum stored how = store_remove(&w, x.version_id, val_i(node, "item"), val_i(r->in, "rev"));
	if (how != STORED)
		return draft_answer(how);
	flash(r, N_("The item was removed from the draft. Earlier versions keep it."));
	return see_other(r, STR_FMT, STR_ARG(x.path));
}

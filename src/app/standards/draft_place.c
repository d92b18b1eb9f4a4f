/* Where an item of a draft stands: moving it, and taking it out. */
#include "app/standards/draft.h"

#include "app/standards/standards_rules.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "queries.h"

/* GET /standards/:slug/draft/items/:uuid/move: before, after or under which other item */
int draft_move_form(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid"));
	if (val_is_null(node))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x), *choices = val_set_list(r->out, "beside_choices");
	for (size_t i = 0; i < val_count(nodes); i++) {
		struct val *row = val_at(nodes, i);
		if (!standards_may_move(r->arena, nodes, val_i(node, "item"), val_i(row, "item")))
			continue;
		struct str words = val_s(row, "title").n ? val_s(row, "title") : val_s(row, "body");
		struct val *choice = val_push_object(choices);
		val_set(choice, "value", val_get(row, "uuid"));
		val_set_str(choice, "label",
			    str_fmt(r->arena, "%*s" STR_FMT " " STR_FMT,
				    (int)val_i(row, "depth") * 2, "", STR_ARG(val_s(row, "code")),
				    STR_ARG(utf8_cut(words, 60))));
		val_set_bool(choice, "selected", false);
	}
	val_set(r->out, "item", node);
	reading_crumbs(
		r, str_of(tr(r, N_("Draft"))),
		str_fmt(r->arena, "/standards/" STR_FMT "/draft", STR_ARG(val_s(r->in, "slug"))));
	reading_crumbs(r, str_of(tr(r, N_("Move an item"))), (struct str){0});
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
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid"));
	struct val *beside = draft_node(r, &x, val_s(r->in, "beside"));
	if (val_is_null(node))
		return NOT_FOUND;
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
		return draft_stored(r, how);
	flash(r, N_("The item was moved."));
	return draft_to_item(r, val_s(r->in, "uuid"));
}

/* GET and POST /standards/:slug/draft/items/:uuid/remove */
int draft_remove_form(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid"));
	if (val_is_null(node))
		return NOT_FOUND;
	struct val *nodes = reading_nodes(r, &x);
	int64_t below = 0;
	bool inside = false;
	for (size_t i = 0, depth = 0; i < val_count(nodes); i++) {
		struct val *row = val_at(nodes, i);
		if (inside && (size_t)val_i(row, "depth") <= depth)
			inside = false;
		below += inside;
		if (val_i(row, "item") != val_i(node, "item"))
			continue;
		inside = true;
		depth = (size_t)val_i(row, "depth");
		node = row;
	}
	val_set_int(r->out, "below", below);
	val_set(r->in, "rev", val_get(node, "rev"));
	val_set(r->out, "item", node);
	reading_crumbs(r, str_of(tr(r, N_("Remove an item"))), (struct str){0});
	return OK;
}

int draft_remove(struct req *r)
{
	struct reading x;
	if (!draft_open(r, &x))
		return NOT_FOUND;
	struct val *node = draft_node(r, &x, val_s(r->in, "uuid"));
	if (val_is_null(node))
		return NOT_FOUND;
	struct writer w = writer_of(r);
	enum stored how = store_remove(&w, x.version_id, val_i(node, "item"), val_i(r->in, "rev"));
	if (how != STORED)
		return draft_stored(r, how);
	flash(r, N_("The item was removed from the draft. Earlier versions keep it."));
	return see_other(r, "/standards/" STR_FMT "/draft", STR_ARG(val_s(r->in, "slug")));
}

/* A translation: its words go onto the items that it says it translates. */
#include "app/standards/case/save_inside.h"

#include "app/standards/store_inside.h"
#include "app/standards/store_kept.h"
#include "base/arena.h"
#include "core/text.h"
#include "queries.h"

static bool may_lay(struct saving_case *c)
{
	struct val *p = saving_params(c);
	db_begin(c->s->db, DB_READ, c->w.org);
	val_set_str(p, "identifier", c->p->uuid);
	bool same = str_eq(val_s(db_row(c->s->db, &q_case_save_digest, p), "digest"), c->p->digest);
	if (same)
		c->out->end = CASE_SAME;
	else if (str_eq(c->lang, c->source_lang))
		c->out->reason =
			N_("It says that it translates a standard written in the same language");
	else if (store_is_frozen(&c->w, c->out->version, c->lang))
		c->out->reason = N_("This language is published already");
	else
		case_learn(c, &q_case_save_nodes);
	db_rollback(c->s->db);
	return !same && !c->out->reason;
}

static void retext(struct saving_case *c, int64_t node, const char *field, struct str body)
{
	if (body.n)
		store_retext(&c->w, "standard_node", node, field, c->lang, body, TEXT_ANY);
}

static void lay_item(struct saving_case *c, int32_t at)
{
	const struct case_item *item = &c->p->items[at];
	struct val *p = saving_params(c);
	int64_t node = case_known(c, item->of);
	if (!node) {
		c->out->left++;
		return;
	}
	val_set_int(p, "node", node);
	c->item_of[at] = val_i(db_row(c->s->db, &q_store_node_by_id, p), "item");
	retext(c, node, "title", item->title);
	retext(c, node, "body", item->body);
	retext(c, node, "notes", item->notes);
	case_keep_item(c, at, node, item->uuid);
	c->out->laid++;
}

/* Levels meet by their order: those of the package take the place of the standard's. */
static void lay_levels(struct saving_case *c)
{
	case_begin(c);
	struct val *levels = db_rows(c->s->db, &q_standards_levels, saving_params(c));
	for (int32_t i = 0; i < c->p->levels_n; i++) {
		struct str *uuid = &c->p->levels[i].uuid;
		*uuid = str_dup(c->arena, val_s(val_at(levels, (size_t)i), "uuid"));
		if (uuid->n)
			store_name_level(&c->w, c->out->version, *uuid, c->lang,
					 c->p->levels[i].name, TEXT_ANY);
	}
	case_commit(c, N_("Items"));
}

static void name_standard(struct saving_case *c)
{
	struct val *p = saving_params(c);
	store_retext(&c->w, "standard", c->out->standard, "title", c->lang, c->p->title, TEXT_ANY);
	if (c->p->summary.n)
		store_retext(&c->w, "standard", c->out->standard, "summary", c->lang, c->p->summary,
			     TEXT_ANY);
	val_set_str(p, "lang", c->lang);
	db_exec(c->s->db, &q_store_add_version_lang, p);
	case_keep_document(c, false);
	store_touch(&c->w, c->out->standard);
}

void case_lay_onto(struct saving_case *c)
{
	bool more = may_lay(c);
	if (!more)
		return;
	c->out->again = true;
	c->out->end = CASE_LAID;
	for (int32_t at = 0; at < c->p->order_n && more;) {
		case_begin(c);
		for (int64_t rows = 0; at < c->p->order_n && !case_time_is_up(c, rows);
		     at++, rows++)
			lay_item(c, c->p->order[at]);
		c->done = at;
		more = case_commit(c, N_("Items"));
	}
	lay_levels(c);
	if (!more || !case_keep_rest(c))
		return;
	case_begin(c);
	name_standard(c);
	case_commit(c, N_("Items"));
}

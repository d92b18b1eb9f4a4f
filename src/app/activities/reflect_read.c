/* What those responsible see: a number, and what its authors let them read. */
#include "app/activities/hold.h"
#include "app/activities/plan.h"
#include "app/activities/read.h"
#include "app/activities/reflect.h"
#include "app/activities/reflect_rules.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/crumbs.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

enum { PAGE = 50 };

static void number(struct req *r, struct val *args)
{
	const struct val *row = db_row(r->db, &q_reflect_counts, args);
	struct reflect_count n = reflect_count(
		r->arena, val_i(row, "others"), val_i(row, "answered"), val_i(row, "shared"),
		val_i(r->org, "fewest"), val_i(row, "until_at") <= r->now);
	struct val *out = val_set_object(r->out, "count");
	val_set_int(out, "others", val_i(row, "others"));
	val_set_int(out, "answered", n.answered);
	val_set_bool(out, "least", n.least);
	val_set_bool(out, "hidden", n.hidden);
}

/* Whose words are on the page may read that they were read. */
static void words(struct req *r, struct val *args)
{
	struct val *rows = db_rows(r->db, &q_reflect_shared, args);
	struct val *list = val_set_list(r->out, "rows");
	r->concerned = val_list(r->arena);
	for (size_t i = 0; i < val_count(rows) && i < PAGE; i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "role_label", read_role(r, val_s(row, "role")));
		val_set_bool(row, "other", text_is_other(val_s(row, "lang"), r->lang));
		val_push(r->concerned, val_get(row, "person"));
		val_push(list, row);
	}
	val_set_null(r->out, "next");
	if (val_count(rows) > PAGE)
		val_set(r->out, "next", val_get(val_at(rows, PAGE - 1), "id"));
}

int reflect_shared(struct req *r)
{
	struct val *activity = plan_open(r), *args = params(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	bool leads = db_id(r->db, &q_reflect_leads, args) != 0;
	bool reads = leads || has_right(r, CONFIDENTIAL_READ);
	if (!reads && !hold_may_attend(r, activity))
		return FORBIDDEN;
	int64_t id = val_i(activity, "id");
	const struct val *question = db_row(r->db, &q_reflect_question, args);
	val_set_bool(r->out, "is_asked", !val_is_null(question));
	val_set_bool(r->out, "reads", reads);
	val_set_str(args, "today", req_today(r));
	val_set_int(args, "after", val_i(r->in, "after"));
	val_set_int(args, "most", PAGE + 1);
	number(r, args);
	val_set_list(r->out, "rows");
	val_set_null(r->out, "next");
	if (reads)
		words(r, args);
	plan_tabs(r, id, "/reflections");
	crumb(r, N_("Answers afterwards"), NULL);
	return OK;
}

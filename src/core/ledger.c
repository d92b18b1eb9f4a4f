#include "core/ledger.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/group.h"
#include "core/text.h"
#include "queries.h"

static bool add_row(void *sum, const struct val *row)
{
	ledger_add(sum, row);
	return true;
}

/* Every account of these people: rows stay with the account that took part. */
static struct str accounts(struct db *db, struct arena *a, const struct val *people,
			   const char *name)
{
	struct val *rows = db_rows(db, &q_person_accounts,
				   ARGS(a, ARG_AS("people", text_ids(a, people, name))));
	return text_ids(a, rows, "id");
}

static struct val *args_of_question(struct arena *a, const struct ledger_question *q)
{
	return ARGS(a, ARG_AS("org", q->org), ARG_AS("me", q->me),
		    ARG_AS("purpose", ledger_readers[q->reader]), ARG_AS("item", q->item),
		    ARG_AS("items", q->reader == READ_EVIDENCE && !q->item),
		    ARG_AS("starts", q->from), ARG_AS("ends", q->to ? q->to : INT64_MAX),
		    ARG_AS("now", q->now), ARG_AS("people_group", q->group));
}

static struct val *read_coverage(struct db *db, struct arena *a, const struct ledger_question *q)
{
	struct ledger_sum *sum = ledger_sum(a, q);
	struct val *members = group_members(db, a, q->org, q->group, q->day);
	struct val *args = args_of_question(a, q);
	val_set_str(args, "people", accounts(db, a, members, "person"));
	db_each(db, &q_ledger_by_people, args, add_row, sum);
	db_each(db, &q_ledger_heads_of_group, args, add_row, sum);
	return ledger_answer(sum, members);
}

static struct val *read_person(struct db *db, struct arena *a, struct ledger_question q)
{
	/* Whichever of their accounts somebody signed in with. */
	if (q.me)
		q.me = db_id(db, &q_ledger_one_person, ARGS(a, ARG_AS("person", q.me)));
	struct ledger_sum *sum = ledger_sum(a, &q);
	struct val *people = val_list(a), *args = args_of_question(a, &q);
	val_push(people, val_int(a, q.person));
	val_set_str(args, "people", accounts(db, a, people, NULL));
	db_each(db, &q_ledger_by_people, args, add_row, sum);
	return ledger_answer(sum, NULL);
}

static struct val *read_figure(struct db *db, struct arena *a, const struct ledger_question *q)
{
	struct ledger_sum *sum = ledger_sum(a, q);
	struct val *args = args_of_question(a, q);
	struct val *activities = db_row(db, &q_ledger_activities_of_org, args);
	db_each(db, &q_ledger_of_org, args, add_row, sum);
	struct val *out = ledger_answer(sum, NULL);
	val_merge(out, activities);
	return out;
}

struct val *ledger_read(struct db *db, struct arena *a, const struct ledger_question *q)
{
	if (q->reader == READ_COVERAGE)
		return read_coverage(db, a, q);
	if (q->reader == READ_FIGURE)
		return read_figure(db, a, q);
	return read_person(db, a, *q);
}

void ledger_each(struct db *db, struct arena *a, const struct ledger_question *q,
		 const struct val *people, bool items, ledger_row *each, void *context)
{
	struct val *args = args_of_question(a, q);
	if (q->reader == READ_FIGURE) {
		db_each(db, &q_ledger_of_org, args, each, context);
		return;
	}
	val_set_str(args, "people", accounts(db, a, people, "person"));
	db_each(db, items ? &q_ledger_of_people_by_item : &q_ledger_of_people, args, each, context);
}

void ledger_each_head(struct db *db, struct arena *a, const struct ledger_question *q, bool items,
		      ledger_row *each, void *context)
{
	db_each(db, items ? &q_ledger_heads_by_item : &q_ledger_heads_of_org,
		args_of_question(a, q), each, context);
}

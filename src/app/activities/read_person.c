/* What one person did, read for three purposes; and one's own. */
#include "app/activities/plan.h"
#include "app/activities/read.h"
#include "app/activities/reflect.h"
#include "base/arena.h"
#include "core/consent.h"
#include "core/crumbs.h"
#include "core/guardian.h"
#include "core/ledger.h"
#include "core/person.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

enum { FOUND_MOST = 30 };

/* Where the same rows are as CSV and JSON. */
static void take_along(struct req *r, struct str path)
{
	long long year = (long long)val_i(r->in, "year");
	struct val *take = val_set_object(r->out, "take");
	val_set_str(take, "csv",
		    str_fmt(r->arena, STR_FMT ".csv?year=%.0lld", STR_ARG(path), year));
	val_set_str(take, "json",
		    str_fmt(r->arena, STR_FMT ".json?year=%.0lld", STR_ARG(path), year));
}

static void take_of_person(struct req *r, const char *page)
{
	take_along(r, str_fmt(r->arena, "/activities/people/%lld/%s",
			      (long long)val_i(r->in, "person"), page));
}

/* ---- who ---- */

static bool over(struct req *r, int right, int64_t person)
{
	return right_over_person(r->db, r->arena, (struct rights){r->right_bits}, right,
				 val_i(r->org, "id"), val_i(r->me, "id"), person, req_today(r));
}

static bool of_my_group(struct req *r)
{
	struct val *args = params(r);
	val_set_str(args, "today", req_today(r));
	return db_id(r->db, &q_read_group_of_mine, args) != 0;
}

/* OK, and out.person; what else the answer is. */
static int open_person(struct req *r, bool evidence)
{
	int64_t id = val_i(r->in, "person"), org = val_i(r->org, "id");
	struct val *person = person_in_org(r->db, r->arena, org, id, r->now);
	if (val_is_null(person) ||
	    guardian_apart(r->db, r->arena, org, id, val_i(r->me, "id"), req_today(r)))
		return NOT_FOUND;
	bool group = evidence && over(r, ACTIVITIES_READ, id) && of_my_group(r);
	if (!over(r, CONFIDENTIAL_READ, id) && !group)
		return FORBIDDEN;
	val_set(r->out, "person", person);
	val_set_bool(r->out, "confidential", has_right(r, CONFIDENTIAL_READ));
	read_tabs(r, "people");
	if (has_right(r, CONFIDENTIAL_READ))
		crumb(r, N_("One person"), "/activities/people");
	crumb_named(r, val_s(person, "name"), (struct str){0});
	return OK;
}

int read_people(struct req *r)
{
	struct str words = val_s(r->in, "words");
	val_set(r->out, "found", people_found_some(r, words, FOUND_MOST));
	val_set_bool(r->out, "asked", words.n > 0);
	read_tabs(r, "people");
	crumb(r, N_("One person"), NULL);
	return OK;
}

/* ---- what ---- */

/* The hours of an answer with what each activity is called, the newest first: out.hours. */
static void show_hours(struct req *r, const struct val *answer)
{
	const struct val *hours = val_get(answer, "hours");
	struct val *args = params(r), *list = val_set_list(r->out, "hours");
	val_set_str(args, "ids", text_ids(r->arena, hours, "activity"));
	struct val *activities = db_rows(r->db, &q_read_hours, args);
	plan_dress(r, activities);
	for (size_t i = 0; i < val_count(activities); i++)
		for (size_t h = 0; h < val_count(hours); h++) {
			struct val *hour = val_at(hours, h);
			const struct val *activity = val_at(activities, i);
			if (val_i(hour, "activity") != val_i(activity, "id"))
				continue;
			struct val *row = val_copy(r->arena, activity, 8);
			val_merge(row, hour);
			val_set_str(row, "role_label", read_role(r, val_s(hour, "role")));
			val_set_bool(row, "own", !val_i(activity, "org"));
			val_set_bool(row, "reflects", false);
			val_push(list, row);
		}
}

/* What is here of other organisations' ledgers: the person reads that it was looked at. */
static void released(struct req *r, enum ledger_reader reader, int64_t person,
		     const struct val *answer)
{
	const char *purpose = ledger_readers[reader];
	struct val *rows =
		access_grant_released(r->db, r->arena,
				      &(struct access_grant){.person = person,
							     .org = val_i(r->org, "id"),
							     .purpose = purpose,
							     .now = r->now},
				      text_ids(r->arena, val_get(answer, "hours"), "activity"));
	for (size_t i = 0; i < val_count(rows); i++) {
		val_set_int(val_at(rows, i), "person", person);
		val_set_str(val_at(rows, i), "purpose", str_of(purpose));
	}
	r->released = rows;
}

static struct val *ask_ledger(struct req *r, enum ledger_reader reader, int64_t person, bool me,
			      const struct read_period *p)
{
	struct val *answer =
		ledger_read(r->db, r->arena,
			    &(struct ledger_question){.reader = reader,
						      .org = me ? 0 : val_i(r->org, "id"),
						      .me = me ? person : 0,
						      .person = person,
						      .from = p->from,
						      .to = p->to,
						      .now = r->now,
						      .list = true});
	val_set(r->out, "answer", answer);
	if (!me)
		released(r, reader, person, answer);
	return answer;
}

/* As CSV and JSON have it: the same rows. */
static void data_hours(struct req *r)
{
	static const char *const columns[] = {"activity", "title",    "org_name", "starts_wall",
					      "zone",     "kind",     "mode",     "role",
					      "minutes",  "attested", "cancelled"};
	const struct val *hours = val_get(r->out, "hours");
	struct val *out = val_object(r->arena), *rows = val_set_list(out, "rows");
	for (size_t i = 0; i < val_count(hours); i++) {
		struct val *row = val_push_object(rows);
		for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
			val_set(row, columns[c], val_get(val_at(hours, i), columns[c]));
	}
	r->out = out;
}

static int hours_page(struct req *r, enum ledger_reader reader, int64_t person, bool me)
{
	struct read_period p;
	if (!read_any_period(r, &p))
		return NOT_FOUND;
	show_hours(r, ask_ledger(r, reader, person, me, &p));
	if (r->data)
		data_hours(r);
	return OK;
}

int read_contact(struct req *r)
{
	int status = open_person(r, false);
	take_of_person(r, "contact");
	return status == OK ? hours_page(r, READ_CONTACT, val_i(r->in, "person"), false) : status;
}

int read_cpd(struct req *r)
{
	int status = open_person(r, false);
	take_of_person(r, "cpd");
	return status == OK ? hours_page(r, READ_CPD, val_i(r->in, "person"), false) : status;
}

/* Beside what I did: the question about it, or my answer. */
static void show_questions(struct req *r)
{
	const struct val *hours = val_get(r->out, "hours"), *of = reflect_of(r, hours);
	for (size_t i = 0; i < val_count(of); i++)
		for (size_t h = 0; h < val_count(hours); h++) {
			struct val *hour = val_at(hours, h);
			if (val_i(hour, "activity") != val_i(val_at(of, i), "activity"))
				continue;
			val_set_bool(hour, "reflects", true);
			val_set_bool(hour, "answered", val_i(val_at(of, i), "answered"));
		}
}

int read_mine(struct req *r)
{
	take_along(r, S("/activities/mine"));
	int status = hours_page(r, READ_CPD, val_i(r->me, "id"), true);
	if (status == OK && !r->data)
		show_questions(r);
	return status;
}

/* Items in the order of their standards; those that have no public name here stay numbers. */
static int items_page(struct req *r, int64_t person, bool me)
{
	struct read_period p;
	if (!read_any_period(r, &p))
		return NOT_FOUND;
	struct val *answer = ask_ledger(r, READ_EVIDENCE, person, me, &p);
	struct val *read = val_get(answer, "items"), *ids = val_list(r->arena);
	for (size_t i = 0; i < val_count(read); i++)
		val_push(ids, val_get(val_at(read, i), "item"));
	plan_items(r, "items", ids);
	struct val *items = val_get(r->out, "items"), *out = val_object(r->arena);
	struct val *rows = val_set_list(out, "rows");
	int64_t named = 0;
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_at(items, i);
		for (size_t k = 0; k < val_count(read); k++)
			if (val_i(val_at(read, k), "item") == val_i(item, "item"))
				val_merge(item, val_at(read, k));
		named++;
		struct val *row = val_push_object(rows);
		val_set(row, "item", val_get(item, "uuid"));
		val_set(row, "code", val_get(item, "code"));
		val_set(row, "label", val_get(item, "label"));
		val_set(row, "times", val_get(item, "times"));
		val_set(row, "attested", val_get(item, "attested"));
		val_set(row, "minutes", val_get(item, "minutes"));
		val_set(row, "last_at", val_get(item, "last_at"));
	}
	val_set_int(r->out, "unnamed", (int64_t)val_count(read) - named);
	if (r->data)
		r->out = out;
	return OK;
}

int read_evidence(struct req *r)
{
	int status = open_person(r, true);
	take_of_person(r, "evidence");
	return status == OK ? items_page(r, val_i(r->in, "person"), false) : status;
}

int read_mine_evidence(struct req *r)
{
	take_along(r, S("/activities/mine/evidence"));
	return items_page(r, val_i(r->me, "id"), true);
}

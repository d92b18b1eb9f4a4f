#include "core/consent_sheet.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/choices.h"
#include "core/consent.h"
#include "core/person.h"
#include "core/purpose.h"
#include "db/db.h"
#include "queries.h"

static struct val *sheet_args(struct req *r, struct str people, struct str today)
{
	return ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")), ARG(people), ARG(today),
		    ARG_AS("now", r->now));
}

static bool same(const struct val *a, const struct val *b)
{
	return val_i(a, "learner") == val_i(b, "learner") &&
	       val_i(a, "giver") == val_i(b, "giver") &&
	       str_eq(val_s(a, "purpose"), val_s(b, "purpose"));
}

static struct val *find(const struct val *rows, const struct val *like)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (same(val_at(rows, i), like))
			return val_at(rows, i);
	return val_null();
}

/* What is due, with the answer that stands, and answers that stand to what is no longer asked. */
static struct val *entries(struct req *r, struct str people, struct str today)
{
	struct val *due = db_rows(r->db, &q_consent_sheet_due, sheet_args(r, people, today));
	const struct val *given =
		db_rows(r->db, &q_consent_sheet_given, sheet_args(r, people, today));
	for (size_t i = 0; i < val_count(given); i++) {
		const struct val *answer = val_at(given, i);
		struct val *row = find(due, answer);
		if (val_is_null(row)) {
			row = val_push_object(due);
			val_merge(row, answer);
			val_set_int(row, "self",
				    val_i(answer, "learner") == val_i(answer, "giver"));
		}
		if (val_i(row, "id") && val_i(row, "id") != val_i(answer, "id"))
			continue; /* an older one */
		val_set(row, "id", val_get(answer, "id"));
		val_set(row, "answer", val_get(answer, "answer"));
		val_set(row, "given_at", val_get(answer, "given_at"));
	}
	return due;
}

static void choices(struct req *r, struct val *row, struct str answer)
{
	static const char *const first = N_("Please choose");
	static const char *const back = N_("Take my answer back");
	const struct {
		const char *value, *label;
		bool shown;
	} all[] = {{"", first, !answer.n},
		   {"yes", N_("Yes"), true},
		   {"no", N_("No"), true},
		   {"back", back, answer.n > 0}};
	struct val *list = val_set_list(row, "choices");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].shown)
			choice(list, str_of(all[i].value), str_of(tr(r, all[i].label)),
			       str_is(answer, all[i].value));
}

static struct val *learner_of(struct val *list, const struct val *entry)
{
	for (size_t i = 0; i < val_count(list); i++)
		if (val_i(val_at(list, i), "learner") == val_i(entry, "learner"))
			return val_at(list, i);
	struct val *one = val_push_object(list);
	val_set(one, "learner", val_get(entry, "learner"));
	val_set(one, "name", val_get(entry, "name"));
	val_set_bool(one, "self", val_i(entry, "self"));
	val_set_list(one, "rows");
	return one;
}

void consent_sheet(struct req *r, struct str people, struct str today)
{
	static const char *const copied[] = {"purpose", "asked_by", "asked_at", "answer_by",
					     "given_at"};
	struct val *all = entries(r, people, today), *list = val_set_list(r->out, "learners");
	const struct val *purposes = purposes_of(r, true);
	int64_t open = 0;
	for (size_t i = 0; i < val_count(all); i++) {
		const struct val *entry = val_at(all, i);
		const struct val *purpose = purpose_named(purposes, val_s(entry, "purpose"));
		struct str answer = val_s(entry, "answer");
		if (val_is_null(purpose))
			continue; /* of a feature, and asked there */
		struct val *row = val_push_object(val_get(learner_of(list, entry), "rows"));
		for (size_t k = 0; k < sizeof copied / sizeof *copied; k++)
			val_set(row, copied[k], val_get(entry, copied[k]));
		val_set(row, "label", val_get(purpose, "name"));
		val_set(row, "label_lang", val_get(purpose, "name_lang"));
		val_set(row, "label_other", val_get(purpose, "name_other"));
		val_set(row, "words", val_get(purpose, "words"));
		val_set(row, "words_lang", val_get(purpose, "words_lang"));
		val_set(row, "words_other", val_get(purpose, "words_other"));
		val_set_bool(row, "yes", str_is(answer, "yes"));
		val_set_bool(row, "no", str_is(answer, "no"));
		choices(r, row, answer);
		open += !answer.n;
	}
	val_set_int(r->out, "sheet_open", open);
}

static void note(struct req *r, const char *verb, const struct val *entry, int64_t id)
{
	audit_add(r->db, r->arena,
		  &(struct audit){.org = val_i(r->org, "id"),
				  .made_by = val_i(entry, "giver"),
				  .verb = verb,
				  .object_kind = "consent",
				  .object = id,
				  .person = val_i(entry, "learner"),
				  .request_id = r->request_id,
				  .at = r->now});
}

static bool take(struct req *r, const struct val *entry, const struct val *purpose,
		 struct str answer, struct str today)
{
	const char *code = str_c(r->arena, val_s(entry, "purpose"));
	int64_t id = val_i(entry, "id");
	if (!answer.n || str_eq(answer, val_s(entry, "answer")))
		return true;
	if (str_is(answer, "back")) {
		if (!id ||
		    !consent_withdraw(r->db, r->arena, id, val_i(entry, "giver"), today, r->now))
			return false;
		note(r, "consent.withdrawn", entry, id);
		return true;
	}
	id = consent_give(r->db, r->arena,
			  &(struct consent){.org = val_i(r->org, "id"),
					    .person = val_i(entry, "learner"),
					    .purpose = code,
					    .no = str_is(answer, "no"),
					    .words = code,
					    .words_rev = val_i(purpose, "version"),
					    .lang = r->lang,
					    .given_by = val_i(entry, "giver"),
					    .given_how = "page",
					    .now = r->now,
					    .today = today});
	if (id)
		note(r, "consent.taken", entry, id);
	return id != 0;
}

/* The entry a line of the form is about: the first of this person's accounts that may answer it. */
static const struct val *entry_of(const struct val *all, int64_t learner, struct str purpose)
{
	for (size_t i = 0; i < val_count(all); i++)
		if (val_i(val_at(all, i), "learner") == learner &&
		    str_eq(val_s(val_at(all, i), "purpose"), purpose))
			return val_at(all, i);
	return val_null();
}

bool consent_sheet_take(struct req *r, struct str people, struct str today)
{
	const struct val *learners = val_get(r->in, "learner"), *codes = val_get(r->in, "purpose");
	const struct val *answers = val_get(r->in, "answer");
	const struct val *all = entries(r, people, today), *purposes = purposes_of(r, true);
	for (size_t i = 0; i < val_count(answers); i++) {
		int64_t learner = 0;
		struct str answer = val_get_str(val_at(answers, i)), code;
		if (i >= val_count(learners) || i >= val_count(codes))
			return false;
		code = val_get_str(val_at(codes, i));
		str_int(val_get_str(val_at(learners, i)), &learner);
		const struct val *entry = entry_of(all, learner, code);
		bool known = !answer.n || str_is(answer, "yes") || str_is(answer, "no") ||
			     str_is(answer, "back");
		if (!known || val_is_null(entry) ||
		    !take(r, entry, purpose_named(purposes, code), answer, today))
			return false;
	}
	return true;
}

struct val *consent_sheet_elsewhere(struct req *r, struct str people)
{
	return db_rows(r->db, &q_consent_sheet_elsewhere,
		       ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")), ARG(people),
			    ARG_AS("lang", r->lang)));
}

void consent_ask(struct db *db, struct arena *a, const struct consent_ask *k)
{
	db_exec(db, &q_consent_sheet_ask,
		ARGS(a, ARG_AS("org", k->org), ARG_AS("people_group", k->group),
		     ARG_AS("purpose", k->purpose), ARG_AS("answer_by", k->answer_by),
		     ARG_NULL("made_by", k->by), ARG_AS("now", k->now)));
}

struct val *consent_asks(struct db *db, struct arena *a, int64_t org, int64_t group)
{
	return db_rows(db, &q_consent_sheet_asks, ARGS(a, ARG(org), ARG_AS("people_group", group)));
}

struct val *consent_receivers(struct db *db, struct arena *a, int64_t org, int64_t group,
			      struct str today, int64_t after, int64_t most, int64_t now)
{
	return db_rows(db, &q_consent_sheet_receivers,
		       ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(today), ARG(after),
			    ARG(most), ARG(now)));
}

struct val *consent_answers(struct db *db, struct arena *a, int64_t org, int64_t group,
			    struct str today, int64_t now)
{
	return db_rows(db, &q_consent_sheet_answers_of_group,
		       ARGS(a, ARG(org), ARG_AS("people_group", group), ARG(today), ARG(now)));
}

struct val *consent_hidden(struct db *db, struct arena *a, int64_t org, int64_t reader,
			   struct str today)
{
	return db_rows(
		db, &q_consent_sheet_hidden,
		ARGS(a, ARG(org), ARG_AS("people", person_accounts(db, a, reader)), ARG(today)));
}

#include "core/erasure.h"

#include <string.h>

#include "base/instant.h"
#include "core/args.h"
#include "core/person.h"
#include "core/personal.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"
#include "web/req.h"

enum { MOST_KINDS = 100 };

/* ---- requests ---- */

int64_t erasure_ask(struct db *db, struct arena *a, const struct erasure_ask *ask)
{
	return db_id(db, &q_erasure_ask,
		     ARGS(a, ARG_AS("org", ask->org), ARG_AS("person", ask->person),
			  ARG_AS("how", ask->how), ARG_NULL("by", ask->by),
			  ARG_AS("words", ask->words), ARG_AS("now", ask->now)));
}

bool erasure_withdraw(struct db *db, struct arena *a, int64_t person, int64_t id, int64_t now)
{
	struct str people = person_accounts(db, a, person);
	return db_id(db, &q_erasure_withdraw, ARGS(a, ARG(id), ARG(people), ARG(now))) != 0;
}

struct val *erasure_row(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_row(db, &q_erasure_by_id, ARGS(a, ARG(org), ARG(id)));
}

struct val *erasure_list(struct db *db, struct arena *a, int64_t org, int64_t before, int limit)
{
	return db_rows(db, &q_erasure_list, ARGS(a, ARG(org), ARG(before), ARG(limit)));
}

struct val *erasures_of(struct db *db, struct arena *a, int64_t person, struct str lang)
{
	struct str people = person_accounts(db, a, person);
	struct val *rows = db_rows(db, &q_erasure_of_person, ARGS(a, ARG(people), ARG(lang)));
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set(row, "lines", erasure_lines(db, a, val_i(row, "id")));
	}
	return rows;
}

struct val *erasure_lines(struct db *db, struct arena *a, int64_t id)
{
	struct val *ids = val_list(a);
	val_push(ids, val_int(a, id));
	return db_rows(db, &q_erasure_lines, ARGS(a, ARG(ids)));
}

/* ---- the plan ---- */

static int64_t newest_day(const struct val *kept, int64_t today)
{
	int64_t day = today, at = val_i(kept, "newest_at");
	if (at)
		day = at / 86400;
	else
		day_read(val_s(kept, "newest_day"), &day);
	/* what ends in the future is kept as long as if it ended today */
	return day < today ? day : today;
}

static struct val *kept_args(struct arena *a, const struct erasure_act *act, struct str people)
{
	return ARGS(a, ARG_AS("org", act->org), ARG(people), ARG_NULL("by", act->by));
}

static int plan(struct db *db, struct arena *a, const struct erasure_act *act, struct str people,
		struct erasure_line *lines)
{
	const struct val *rules = retention_rules(db, a, act->org, act->lang, act->lang);
	int n = 0;
	for (const struct personal *kind = act->kinds; kind->name; kind++) {
		if (!kind->kept)
			continue;
		const struct val *kept =
			db_row(db, kind->kept, ARGS(a, ARG_AS("org", act->org), ARG(people)));
		MUST(n < MOST_KINDS);
		if (val_i(kept, "n"))
			lines[n++] = erasure_line(a, kind, val_i(kept, "n"),
						  newest_day(kept, act->today), rules, act->today);
	}
	return n;
}

struct val *erasure_plan(struct db *db, struct arena *a, const struct erasure_act *act,
			 int64_t person)
{
	struct erasure_line lines[MOST_KINDS];
	int n = plan(db, a, act, person_accounts(db, a, person), lines);
	struct val *list = val_list(a);
	for (int i = 0; i < n; i++) {
		struct val *one = val_push_object(list);
		val_set_str(one, "kind", str_of(lines[i].kind->name));
		val_set_int(one, "entries", lines[i].entries);
		val_set_str(one, "answer", str_of(erasure_ends[lines[i].end]));
		val_set_str(one, "until", lines[i].until);
		val_set_str(one, "jurisdiction", lines[i].jurisdiction);
		val_set_str(one, "because", lines[i].because);
	}
	return list;
}

/* ---- carrying it out ---- */

/* What other rows still rest on stays as long as they do. */
static void stays_with(struct erasure_line *line, const struct erasure_line *lines, int n)
{
	for (int i = 0; i < n; i++) {
		if (lines[i].end != ERASURE_KEPT ||
		    (line->until.n && str_cmp(lines[i].until, line->until) <= 0))
			continue;
		line->until = lines[i].until;
		line->jurisdiction = lines[i].jurisdiction;
		line->because = lines[i].because;
		line->end = ERASURE_KEPT;
	}
}

static void carry_out(struct db *db, struct arena *a, const struct erasure_act *act,
		      struct str people, struct erasure_line *lines, int n)
{
	struct val *args = kept_args(a, act, people);
	for (int i = 0; i < n; i++) {
		if (lines[i].end == ERASURE_KEPT)
			continue;
		db_exec(db, lines[i].kind->gone, args);
		if (lines[i].end == ERASURE_ERASED &&
		    val_i(db_row(db, lines[i].kind->kept,
				 ARGS(a, ARG_AS("org", act->org), ARG(people))),
			  "n"))
			stays_with(&lines[i], lines, n);
	}
}

static void keep_lines(struct db *db, struct arena *a, const struct erasure_act *act,
		       const struct erasure_line *lines, int n)
{
	for (int i = 0; i < n; i++)
		db_exec(db, &q_erasure_line,
			ARGS(a, ARG_AS("erasure", act->id), ARG_AS("kind", lines[i].kind->name),
			     ARG_AS("entries", lines[i].entries),
			     ARG_AS("answer", erasure_ends[lines[i].end]),
			     ARG_NULL("until", lines[i].until),
			     ARG_AS("jurisdiction", lines[i].jurisdiction),
			     ARG_AS("because", lines[i].because),
			     ARG_NULL("done_at", lines[i].end == ERASURE_KEPT ? 0 : act->now)));
}

/* Nobody knows the person any more: the account has no use. */
static void account_gone(struct db *db, struct arena *a, struct str people, int64_t now)
{
	static const struct query *const rows[] = {
		&q_erasure_account_former_names, &q_erasure_account_name_words,
		&q_erasure_account_contacts,     &q_erasure_account_signins,
		&q_erasure_account_sessions,     &q_erasure_account_totp,
		&q_erasure_account_codes,        &q_erasure_account_links};
	struct val *args = ARGS(a, ARG(people));
	if (val_i(db_row(db, &q_erasure_known_elsewhere, args), "n"))
		return;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		db_exec(db, rows[i], args);
	db_exec(db, &q_erasure_account_names, ARGS(a, ARG(people), ARG(now)));
}

static bool last_giver(struct db *db, struct arena *a, const struct erasure_act *act,
		       int64_t person)
{
	return rights_has(rights_of(db, a, act->org, person, act->now), ROLES_MANAGE) &&
	       !role_giver_besides(db, a, act->org, person, act->now);
}

bool erasure_answer(struct db *db, struct arena *a, const struct erasure_act *act)
{
	struct erasure_line lines[MOST_KINDS];
	const struct val *row = erasure_row(db, a, act->org, act->id);
	int64_t person = val_i(row, "person");
	if (!person || last_giver(db, a, act, person) ||
	    !db_id(db, &q_erasure_settle,
		   ARGS(a, ARG_AS("id", act->id), ARG_AS("org", act->org), ARG_AS("now", act->now),
			ARG_NULL("by", act->by))))
		return false;
	struct str people = person_accounts(db, a, person);
	int n = plan(db, a, act, people, lines);
	carry_out(db, a, act, people, lines, n);
	keep_lines(db, a, act, lines, n);
	account_gone(db, a, people, act->now);
	return true;
}

void erasure_label(const struct req *req, struct val *lines)
{
	for (size_t i = 0; i < val_count(lines); i++) {
		struct val *line = val_at(lines, i);
		const struct personal *kind = personal_named(req->personal, val_s(line, "kind"));
		val_set_str(line, "title",
			    kind ? str_of(tr(req, kind->title)) : val_s(line, "kind"));
		val_set_bool(line, "kept", str_is(val_s(line, "answer"), "kept"));
		val_set_bool(line, "erased", str_is(val_s(line, "answer"), "erased"));
	}
}

static void end_line(struct db *db, struct arena *a, const struct val *row,
		     const struct personal *kind, int64_t now)
{
	struct str people = person_accounts(db, a, val_i(row, "person"));
	struct erasure_act act = {.org = val_i(row, "org"), .by = val_i(row, "answered_by")};
	db_exec(db, kind->gone, kept_args(a, &act, people));
	db_exec(db, &q_erasure_line_done,
		ARGS(a, ARG_AS("erasure", val_i(row, "erasure")), ARG_AS("kind", kind->name),
		     ARG(now)));
}

/* The next of what is due, after a row of it. */
static const struct val *due_after(struct db *db, struct arena *a, struct str today,
				   const struct val *row)
{
	db_begin(db, DB_READ, 0);
	const struct val *rows = db_rows(db, &q_erasure_due,
					 ARGS(a, ARG(today), ARG_AS("until", val_s(row, "until")),
					      ARG_AS("erasure", val_i(row, "erasure")),
					      ARG_AS("kind", val_s(row, "kind"))));
	db_rollback(db);
	return rows;
}

static int end_lines(struct db *db, struct arena *a, struct err *err, const struct val *rows,
		     const struct personal *kinds, int64_t now)
{
	int done = 0;
	for (size_t i = 0; i < val_count(rows) && err->kind == ERR_NONE; i++) {
		const struct val *row = val_at(rows, i);
		const struct personal *kind = personal_named(kinds, val_s(row, "kind"));
		if (!kind || !kind->gone)
			continue; /* of a newer program */
		db_begin(db, DB_WRITE, val_i(row, "org"));
		end_line(db, a, row, kind, now);
		done += db_commit(db);
	}
	return done;
}

int erasures_due(struct db *db, struct arena *a, struct err *err, const struct personal *kinds,
		 int64_t now)
{
	struct str today = day_text(a, now / 86400);
	const struct val *rows = due_after(db, a, today, val_null());
	int done = 0;
	while (!done && val_count(rows) && err->kind == ERR_NONE) {
		done = end_lines(db, a, err, rows, kinds, now);
		rows = due_after(db, a, today, val_at(rows, val_count(rows) - 1));
	}
	return done;
}

/* ---- rules ---- */

struct val *retention_rules(struct db *db, struct arena *a, int64_t org, struct str lang,
			    struct str first)
{
	struct val *rows = db_rows(db, &q_erasure_rules, ARGS(a, ARG(org)));
	static const char *const fields[] = {"because", NULL};
	text_attach(db, a, rows,
		    &(struct text_want){.kind = "retention_rule",
					.id = "id",
					.fields = fields,
					.lang = lang,
					.first = first});
	return rows;
}

int64_t retention_rule_add(struct db *db, struct arena *a, const struct retention_rule *rule)
{
	int64_t id = db_id(db, &q_erasure_rule_add,
			   ARGS(a, ARG_AS("org", rule->org), ARG_AS("kind", rule->kind),
				ARG_AS("jurisdiction", rule->jurisdiction),
				ARG_AS("months", rule->months), ARG_AS("now", rule->now),
				ARG_NULL("by", rule->by)));
	text_first(db, a,
		   &(struct text){.org = rule->org,
				  .kind = "retention_rule",
				  .owner = id,
				  .field = "because",
				  .lang = rule->lang,
				  .body = rule->because,
				  .made_by = rule->by,
				  .made_at = rule->now});
	return id;
}

bool retention_rule_retire(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t now)
{
	return db_id(db, &q_erasure_rule_retire, ARGS(a, ARG(org), ARG(id), ARG(now))) != 0;
}

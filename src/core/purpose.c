#include "core/purpose.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/consent.h"
#include "core/person.h"
#include "core/text.h"
#include "queries.h"
#include "web/req.h"

static const struct consent_purpose *shipped(struct str code)
{
	for (const struct consent_purpose *p = consent_purposes; p->code; p++)
		if (str_is(code, p->code))
			return p;
	return NULL;
}

static void say(const struct req *r, struct val *to, const char *field, const char *msgid)
{
	struct arena *a = r->arena;
	val_set_str(to, field, str_of(tr(r, msgid)));
	val_set_str(to, str_c(a, str_fmt(a, "%s_lang", field)), r->lang);
	val_set_bool(to, str_c(a, str_fmt(a, "%s_other", field)), false);
}

/* `row` is what the organisation keeps of it, or the null value. */
static void add(struct req *r, struct val *list, struct str code, const struct val *row, bool all)
{
	static const char *const texts[] = {"name", "words"};
	const struct consent_purpose *ship = shipped(code);
	bool retired = val_i(row, "retired_at") != 0;
	if (retired && !all)
		return;
	struct val *one = val_push_object(list);
	if (val_i(row, "id"))
		val_merge(one, row);
	else if (ship) {
		say(r, one, texts[0], ship->label);
		say(r, one, texts[1], ship->words);
	}
	val_set_str(one, "code", code);
	val_set_int(one, "version",
		    val_i(row, "id") ? val_i(row, "version") : (ship ? ship->version : 0));
	val_set_bool(one, "own", val_i(row, "id") != 0);
	val_set_int(one, "rev", val_i(row, "rev"));
	val_set_bool(one, "retired", retired);
}

struct val *purpose_named(const struct val *purposes, struct str code)
{
	for (size_t i = 0; i < val_count(purposes); i++)
		if (str_eq(val_s(val_at(purposes, i), "code"), code))
			return val_at(purposes, i);
	return val_null();
}

struct val *purposes_of(struct req *r, bool all)
{
	static const char *const fields[] = {"name", "words", NULL};
	struct val *rows =
		db_rows(r->db, &q_purpose_list, ARGS(r->arena, ARG_AS("org", val_i(r->org, "id"))));
	struct val *list = val_list(r->arena);
	text_attach(r->db, r->arena, rows,
		    &(struct text_want){.kind = "consent_version",
					.id = "id",
					.fields = fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	for (const struct consent_purpose *p = consent_purposes; p->code; p++)
		add(r, list, str_of(p->code), purpose_named(rows, str_of(p->code)), all);
	for (size_t i = 0; i < val_count(rows); i++)
		if (!shipped(val_s(val_at(rows, i), "code")))
			add(r, list, val_s(val_at(rows, i), "code"), val_at(rows, i), all);
	return list;
}

static bool put(struct db *db, struct arena *a, const struct purpose_edit *e, int64_t position,
		int64_t retired_at)
{
	return db_exec(db, &q_purpose_put,
		       ARGS(a, ARG_AS("org", e->org), ARG_AS("code", e->code), ARG(position),
			    ARG_NULL("retired_at", retired_at), ARG_AS("rev", e->rev))) == 1;
}

static int64_t next_position(struct db *db, struct arena *a, int64_t org)
{
	return val_i(db_row(db, &q_purpose_next, ARGS(a, ARG(org))), "position");
}

int64_t purpose_version_add(struct db *db, struct arena *a, struct purpose_edit *e)
{
	int64_t position = next_position(db, a, e->org);
	if (!e->code.n)
		e->code = str_fmt(a, "own_%lld", (long long)position);
	if (!put(db, a, e, position, 0))
		return 0;
	const struct val *last = db_row(db, &q_purpose_version_last,
					ARGS(a, ARG_AS("org", e->org), ARG_AS("code", e->code)));
	const struct consent_purpose *ship = shipped(e->code);
	int64_t before = val_is_null(last) ? (ship ? ship->version : 0) : val_i(last, "version");
	return db_id(db, &q_purpose_version_add,
		     ARGS(a, ARG_AS("org", e->org), ARG_AS("code", e->code),
			  ARG_AS("version", before + 1), ARG_NULL("by", e->by),
			  ARG_AS("now", e->now)));
}

bool purpose_retire(struct db *db, struct arena *a, const struct purpose_edit *e, bool retired)
{
	return put(db, a, e, next_position(db, a, e->org), retired ? e->now : 0);
}

int64_t purpose_version_of(struct db *db, struct arena *a, int64_t org, struct str code)
{
	return val_i(db_row(db, &q_purpose_version_last, ARGS(a, ARG(org), ARG(code))), "id");
}

struct val *purpose_versions(struct db *db, struct arena *a, int64_t org, struct str code)
{
	return db_rows(db, &q_purpose_versions, ARGS(a, ARG(org), ARG(code)));
}

struct val *purpose_answers(struct db *db, struct arena *a, int64_t org, struct str code,
			    int64_t reader, struct str day, int64_t before, int64_t most)
{
	return db_rows(db, &q_purpose_answers,
		       ARGS(a, ARG(org), ARG(code),
			    ARG_AS("readers", person_accounts(db, a, reader)), ARG(day),
			    ARG_AS("before", before ? before : INT64_MAX), ARG(most)));
}

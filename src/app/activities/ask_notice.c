/*
 * Printed notices that a class takes home, and the answer by their code. A code is ten letters and
 * digits (core/secret.h), stored as a keyed hash; printing again makes new ones. Wrong codes slow down
 * like wrong sign-ins: by network and the code's first letters, so that neither can all be tried nor
 * one person keep the others of a school from answering.
 */
#include "app/activities/ask_letters.h"
#include "app/activities/ask_pages.h"
#include "app/activities/plan.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/lang.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/guardian.h"
#include "core/letter.h"
#include "core/qr.h"
#include "core/secret.h"
#include "core/text.h"
#include "core/throttle.h"
#include "queries.h"

enum { NOTICES = 200, GROUPS = 2, LETTERS = 5 };

static struct str hash_of(struct req *r, struct str typed)
{
	return secret_keyed_hash(r->arena, r->secrets, S("activity.ask"),
				 secret_code_typed(r->arena, typed));
}

/* All families, or those who read one of the organisation's languages. */
static void languages(struct req *r)
{
	struct val *list = val_set_list(r->out, "speaks_choices");
	const struct val *tags = val_get(r->org, "langs");
	choice(list, S(""), str_of(tr(r, N_("All languages"))), false);
	for (size_t i = 0; i < val_count(tags); i++) {
		struct str tag = val_get_str(val_at(tags, i));
		choice(list, tag, lang_own_name(r->arena, tag, r->lang), false);
	}
	val_set_bool(r->out, "several_langs", val_count(tags) > 1);
}

int ask_notices(struct req *r)
{
	struct val *activity = plan_open(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	val_set(r->out, "groups", ask_groups(r));
	languages(r);
	val_set_list(r->out, "notices");
	val_set_int(r->out, "next", 0);
	val_set_bool(r->out, "printing", false);
	val_set_bool(activity, "open",
		     val_b(activity, "planned") && val_i(activity, "starts_at") > r->now);
	crumb(r, N_("Who is asked"), "/activities/%lld/asked", (long long)val_i(activity, "id"));
	crumb(r, N_("Notices to take home"), NULL);
	return OK;
}

static void one_notice(struct req *r, struct val *list, int64_t ask_id, struct str name)
{
	struct arena *a = r->arena;
	int64_t org = val_i(r->org, "id");
	struct str code = secret_code(a, GROUPS, LETTERS), code_hash = hash_of(r, code);
	struct val *ask = ask_row(r->db, a, org, ask_id, r->now);
	const struct val *text =
		letter_template(r->db, a, &ask_notice_kind, org, val_s(ask, "lang"));
	if (!db_exec(r->db, &q_ask_coded,
		     ARGS(a, ARG_AS("ask", ask_id), ARG(org), ARG_AS("code", code_hash))))
		return;
	struct str base = val_s(r->org, "base");
	struct val *values = ask_values(r->db, a, r->org, ask, r->now),
		   *one = val_push_object(list);
	val_set_str(values, "code", code);
	val_set_str(values, "link", str_fmt(a, STR_FMT "/activities/answer", STR_ARG(base)));
	val_set_str(one, "name", name);
	val_set_str(one, "code", code);
	val_set(one, "notice_lang", val_get(text, "lang"));
	val_set_str(one, "subject", letter_subject(a, val_s(text, "subject"), values));
	val_set_str(one, "text", letter_text(a, val_s(text, "body"), values));
	val_set(one, "qr",
		qr_code(a, str_fmt(a, STR_FMT "/activities/answer?code=" STR_FMT, STR_ARG(base),
				   STR_ARG(code))));
}

/* Who of the group was not asked yet is asked by this. */
static int64_t asked(struct req *r, const struct val *member)
{
	struct val *p = params(r);
	val_set(p, "person", val_get(member, "person"));
	int64_t ask = ask_add(r->db, r->arena,
			      &(struct ask_new){.org = val_i(r->org, "id"),
						.activity = val_i(r->in, "activity"),
						.person = val_i(member, "person"),
						.group = val_i(r->in, "group"),
						.role = "participant",
						.lang = val_s(member, "lang"),
						.by = val_i(r->me, "id"),
						.now = r->now});
	return ask ? ask : val_i(db_row(r->db, &q_ask_of_person, p), "id");
}

/* A sheet's worth of the group behind those whose notices were made before. Sets `next`, how many
 * those are then, or 0: that was all. */
static const struct val *next_members(struct req *r)
{
	int64_t skip = val_i(r->in, "skip") > 0 ? val_i(r->in, "skip") : 0;
	struct val *p = params(r), *page = val_list(r->arena);
	val_set_int(p, "people_group", val_i(r->in, "group"));
	val_set_int(p, "skip", skip);
	val_set_int(p, "most", NOTICES + 1);
	const struct val *found = db_rows(r->db, &q_ask_members_in_order, p);
	for (size_t i = 0; i < val_count(found) && i < NOTICES; i++)
		val_push(page, val_at(found, i));
	val_set_int(r->out, "next", val_count(found) > NOTICES ? skip + NOTICES : 0);
	val_set_int(r->out, "from", skip + 1);
	val_set_int(r->out, "to", skip + (int64_t)val_count(page));
	return guardian_shown(r, page, "person");
}

int ask_notices_print(struct req *r)
{
	int status = ask_notices(r);
	const struct val *groups = val_get(r->out, "groups"), *members;
	bool invited = false;
	if (status != OK)
		return status;
	for (size_t i = 0; i < val_count(groups); i++)
		invited |= val_i(val_at(groups, i), "id") == val_i(r->in, "group");
	if (!invited)
		return NOT_FOUND;
	if (!val_b(val_get(r->out, "activity"), "open")) {
		invalid(r, "group",
			N_("Only for what is planned and has not begun people can be asked."));
		return INVALID;
	}
	struct val *list = val_set_list(r->out, "notices");
	members = next_members(r);
	for (size_t i = 0; i < val_count(members); i++) {
		const struct val *member = val_at(members, i);
		if (!val_s(r->in, "speaks").n ||
		    str_eq(val_s(r->in, "speaks"), val_s(member, "lang")))
			one_notice(r, list, asked(r, member), val_s(member, "name"));
	}
	val_set_bool(r->out, "printing", true);
	return OK;
}

/* ---- the code, typed ---- */

int ask_code_page(struct req *r)
{
	if (!val_has(r->in, "code") || val_is_null(val_get(r->in, "code")))
		val_set_str(r->in, "code", (struct str){0});
	if (val_s(r->in, "speaks").n)
		speak(r, val_s(r->in, "speaks"));
	val_set_str(r->in, "speaks", val_s(r->in, "speaks"));
	speak_choices(r, S("/activities/answer"));
	return OK;
}

/* The same page in another language: the code goes along in the form, so that it stands in no address. */
static int code_in(struct req *r, struct str lang)
{
	val_set_str(r->in, "speaks", lang);
	return ask_code_page(r);
}

int ask_code_put(struct req *r)
{
	if (val_s(r->in, "instead").n)
		return code_in(r, val_s(r->in, "instead"));
	if (val_s(r->in, "speaks").n)
		speak(r, val_s(r->in, "speaks"));
	if (!val_s(r->in, "code").n) {
		invalid(r, "code", N_("Type the code that stands on the notice."));
		return INVALID;
	}
	struct str typed = secret_code_typed(r->arena, val_s(r->in, "code"));
	int64_t org = val_i(r->org, "id");
	struct throttle who = throttle_of_code(r->arena, "activity", org, typed, r->network);
	int64_t wait = throttle_ask(r->db, r->arena, r->secrets, &who, r->now);
	struct val *found =
		wait ? val_null()
		     : db_row(r->db, &q_ask_by_code,
			      ARGS(r->arena, ARG(org), ARG_AS("code", hash_of(r, typed))));
	bool right = !val_is_null(found);
	if (!wait)
		wait = throttle_settle(r->db, r->arena, r->secrets, &who, right, r->now);
	if (wait) {
		invalid(r, "code", N_("Too many wrong codes. Wait a few minutes, then try again."));
		return INVALID;
	}
	if (!right) {
		invalid(r, "code", N_("There is no such code. Look at the notice once more."));
		return INVALID;
	}
	struct val *ask = ask_row(r->db, r->arena, org, val_i(found, "id"), r->now);
	struct str key = ask_link(r->db, r->arena, ask, val_i(ask, "person"), org, S(""), r->now);
	if (!val_s(r->in, "speaks").n) /* in the family's own */
		return see_other(r, "/activities/answer/" STR_FMT, STR_ARG(key));
	return see_other(r, "/activities/answer/" STR_FMT "?speaks=" STR_FMT, STR_ARG(key),
			 STR_ARG(r->lang));
}

/* Answers for a learner: who said yes or no to what, how it came in and who took it down. */
#include "app/people/people_guardian.h"

#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/lang.h"
#include "core/args.h"
#include "core/band.h"
#include "core/choices.h"
#include "core/consent.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/purpose.h"

static const struct {
	const char *code, *label;
} ways[] = {{"page", N_("on a page")},
	    {"paper", N_("on paper")},
	    {"telephone", N_("by telephone")},
	    {"in_person", N_("in person")}};

/* Does the learner decide anything alone by now? For which purpose is asked when they answer. */
static bool decides_some(struct req *req, int64_t child)
{
	struct val *alone = band_alone(req->db, req->arena, people_org(req), child);
	for (size_t i = 0; i < val_count(alone); i++)
		if (val_i(val_at(alone, i), "since_at") <= req->now)
			return true;
	return false;
}

/* Who may answer: the guardians in touch on this day, and a learner who decides something alone. */
static void giver_choices(struct req *req)
{
	struct val *list = val_set_list(req->out, "givers");
	int64_t child = val_i(req->in, "person"), org = people_org(req);
	int64_t chosen = val_i(req->in, "giver");
	struct str today = req_today(req);
	const struct val *rows = guardians_of(req->db, req->arena, org, child, today);
	choice(list, S(""), str_of(tr(req, N_("Choose a person"))), false);
	if (!minor_is(req->db, req->arena, org, child, today) || decides_some(req, child))
		choice_id(list, child, val_s(val_get(req->out, "person"), "name"), chosen == child);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		int64_t id = val_i(row, "person");
		if (guardian_is(req->db, req->arena, org, child, id, today))
			choice_id(list, id, val_s(row, "name"), chosen == id);
	}
	val_set_bool(req->out, "may_answer", val_count(list) > 1);
}

static void form_choices(struct req *req)
{
	struct val *purposes = val_set_list(req->out, "purposes");
	struct val *how = val_set_list(req->out, "hows");
	struct str lang = val_s(req->in, "language"), answer = val_s(req->in, "answer");
	struct val *answers = val_set_list(req->out, "answers");
	const struct val *all = purposes_of(req, false);
	for (size_t i = 0; i < val_count(all); i++) {
		struct str code = val_s(val_at(all, i), "code");
		choice(purposes, code, val_s(val_at(all, i), "name"),
		       str_eq(code, val_s(req->in, "purpose")));
	}
	for (size_t i = 1; i < sizeof ways / sizeof *ways; i++)
		choice(how, str_of(ways[i].code), str_of(tr(req, ways[i].label)),
		       str_is(val_s(req->in, "how"), ways[i].code));
	choice_langs(req, val_set_list(req->out, "languages"), lang.n ? lang : req->lang);
	choice(answers, S(""), str_of(tr(req, N_("Choose the answer"))), false);
	choice(answers, S("yes"), str_of(tr(req, N_("Yes"))), str_is(answer, "yes"));
	choice(answers, S("no"), str_of(tr(req, N_("No"))), str_is(answer, "no"));
	giver_choices(req);
}

/* The newest answer of each giver to one purpose comes first; older ones of theirs do not count. */
static bool answered_later(const struct val *rows, size_t i)
{
	const struct val *row = val_at(rows, i);
	for (size_t k = 0; k < i; k++) {
		const struct val *later = val_at(rows, k);
		if (val_i(later, "given_by") == val_i(row, "given_by") &&
		    str_eq(val_s(later, "purpose"), val_s(row, "purpose")) &&
		    val_is_null(val_get(later, "withdrawn_at")))
			return true;
	}
	return false;
}

struct str people_given_how(const struct req *req, struct str how)
{
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (str_is(how, ways[i].code))
			return str_of(tr(req, ways[i].label));
	return how;
}

static void show_answer(struct req *req, struct val *row, bool later)
{
	bool ended = val_i(row, "ends_at") && val_i(row, "ends_at") <= req->now;
	bool back = !val_is_null(val_get(row, "withdrawn_at"));
	val_set_bool(row, "yes", str_is(val_s(row, "answer"), "yes"));
	bool outgrown = val_i(row, "outgrown_at") && val_i(row, "outgrown_at") <= req->now;
	bool barred = !val_is_null(val_get(row, "barred_at"));
	val_set_bool(row, "counts", !ended && !back && !later && !outgrown && !barred);
	val_set_bool(row, "outgrown", outgrown);
	val_set_bool(row, "taken_back", back);
	val_set_int(row, "last_at", val_i(row, "ends_at") ? val_i(row, "ends_at") - 1 : 0);
	val_set_str(row, "given_how", people_given_how(req, val_s(row, "given_how")));
	val_set_str(row, "language",
		    val_s(row, "lang").n ? lang_name(req->arena, val_s(row, "lang"), req->lang)
					 : S(""));
}

int people_consents(struct req *req)
{
	int refused = people_reach(req);
	if (refused)
		return refused;
	int64_t child = val_i(req->in, "person"), org = people_org(req);
	struct val *rows = consents_of(req->db, req->arena, org, child);
	struct val *list = val_set_list(req->out, "rows");
	const struct val *set = band_purposes(req->db, req->arena, org);
	const struct val *alone = band_alone(req->db, req->arena, org, child);
	bool banded = !val_is_null(band_of(req->db, req->arena, org, child));
	for (size_t i = 0; i < val_count(rows); i++)
		show_answer(req, val_at(rows, i), answered_later(rows, i));
	const struct val *all = purposes_of(req, true);
	for (size_t i = 0; i < val_count(all); i++) {
		struct str code = val_s(val_at(all, i), "code");
		struct val *one = val_push_object(list), *answers = val_set_list(one, "answers");
		val_set_str(one, "label", val_s(val_at(all, i), "name"));
		val_set_bool(one, "banded", banded);
		people_decides(req, one, set, alone, code);
		val_set_bool(one, "in_force",
			     consent_in_force(req->db, req->arena, org, child,
					      str_c(req->arena, code), 0, req->now) != 0);
		bool denied = false;
		for (size_t k = 0; k < val_count(rows); k++) {
			struct val *answer = val_at(rows, k);
			if (!str_eq(val_s(answer, "purpose"), code))
				continue;
			val_push(answers, answer);
			denied = denied || (val_b(answer, "counts") && !val_b(answer, "yes"));
		}
		val_set_bool(one, "refused", denied);
	}
	form_choices(req);
	return OK;
}

/* The end of the last day where the organisation is; 0: none was typed. */
static int64_t end_of(struct req *req)
{
	struct wall wall = {0};
	if (!day_read(val_s(req->in, "last_day"), &wall.day))
		return 0;
	wall.day++;
	return wall_instant(wall, req_zone(req), NULL);
}

int people_consent_take(struct req *req)
{
	int refused = people_reach(req);
	const struct val *purpose =
		purpose_named(purposes_of(req, false), val_s(req->in, "purpose"));
	int64_t ends = end_of(req), child = val_i(req->in, "person");
	if (refused)
		return refused;
	if (val_is_null(purpose))
		return NOT_FOUND;
	const char *code = str_c(req->arena, val_s(purpose, "code"));
	if (ends && ends <= req->now) {
		invalid(req, "last_day", N_("This day is over."));
		return INVALID;
	}
	int64_t id = consent_give(
		req->db, req->arena,
		&(struct consent){.org = people_org(req),
				  .person = child,
				  .purpose = code,
				  .no = str_is(val_s(req->in, "answer"), "no"),
				  .words = code,
				  .words_rev = val_i(purpose, "version"),
				  .lang = val_s(req->in, "language"),
				  .given_by = val_i(req->in, "giver"),
				  .given_how = str_c(req->arena, val_s(req->in, "how")),
				  .taken_by = val_i(req->me, "id"),
				  .ends_at = ends,
				  .now = req->now,
				  .today = req_today(req)});
	if (!id) {
		invalid(req, "giver", N_("This person may not answer for this purpose."));
		return INVALID;
	}
	people_note(req, "consent.taken", child, "consent", id);
	flash(req, N_("The answer is taken down."));
	return see_other(req, "/people/%lld/consents", (long long)child);
}

int people_consent_withdraw(struct req *req)
{
	int refused = people_reach(req);
	int64_t child = val_i(req->in, "person"), id = val_i(req->in, "consent");
	if (refused)
		return refused;
	const struct val *rows = consents_of(req->db, req->arena, people_org(req), child);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (val_i(row, "id") != id)
			continue;
		/* In the name of who gave it, as long as they may. */
		if (!consent_withdraw(req->db, req->arena, id, val_i(row, "given_by"),
				      req_today(req), req->now))
			return FORBIDDEN;
		people_note(req, "consent.withdrawn", child, "consent", id);
		flash(req, N_("The answer no longer counts."));
		return see_other(req, "/people/%lld/consents", (long long)child);
	}
	return NOT_FOUND;
}

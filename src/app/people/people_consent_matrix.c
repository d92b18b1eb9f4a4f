/* Who said what in a group, learner by purpose; asking its people, and reminding who has not answered. */
#include "app/people/groups.h"
#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/numbers.h"
#include "core/consent_sheet.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/purpose.h"

enum { AT_ONCE = 500 };

static bool keeps(const struct req *req)
{
	return has_right(req, GUARDIANS_MANAGE);
}

/* Answers, newest first, each learner's as a chain: a place is an index + 1, 0 is none. */
struct said {
	const struct val *answers;
	struct numbers first; /* by learner */
	size_t *next;
};

static struct said said_by_learner(struct arena *a, const struct val *answers)
{
	struct said said = {.answers = answers, .first = {.arena = a}};
	said.next = arena_many(a, size_t, val_count(answers));
	for (size_t i = val_count(answers); i-- > 0;) {
		int64_t learner = val_i(val_at(answers, i), "learner");
		said.next[i] = numbers_get(&said.first, learner);
		numbers_put(&said.first, learner, i + 1);
	}
	return said;
}

/* The newest answer of this giver to this purpose comes first; others of theirs do not count. */
static bool answered_later(const struct said *said, size_t first, size_t place)
{
	const struct val *row = val_at(said->answers, place - 1);
	for (; first != place; first = said->next[first - 1]) {
		const struct val *later = val_at(said->answers, first - 1);
		if (val_i(later, "given_by") == val_i(row, "given_by") &&
		    str_eq(val_s(later, "purpose"), val_s(row, "purpose")))
			return true;
	}
	return false;
}

/* The answer that decides: a no before any yes; the null value: nobody answered. */
static const struct val *deciding(const struct said *said, int64_t learner, struct str purpose)
{
	const struct val *found = val_null();
	size_t first = numbers_get(&said->first, learner);
	for (size_t place = first; place; place = said->next[place - 1]) {
		const struct val *row = val_at(said->answers, place - 1);
		if (!str_eq(val_s(row, "purpose"), purpose) || answered_later(said, first, place))
			continue;
		if (str_is(val_s(row, "answer"), "no"))
			return row;
		if (val_is_null(found))
			found = row;
	}
	return found;
}

/* "Ann Guard, on paper, 3 March 2027"; who it was only for who keeps guardians. */
static struct str ground(struct req *req, const struct val *answer)
{
	if (val_is_null(answer))
		return S("");
	struct wall wall = instant_wall(val_i(answer, "given_at"), req_zone(req));
	struct str day = day_show(req->arena, req->lang, DAY_LONG, wall.day);
	struct str how = people_given_how(req, val_s(answer, "given_how"));
	if (!keeps(req))
		return str_fmt(req->arena, STR_FMT ", " STR_FMT, STR_ARG(how), STR_ARG(day));
	return str_fmt(req->arena, STR_FMT ", " STR_FMT ", " STR_FMT,
		       STR_ARG(val_s(answer, "given_by_name")), STR_ARG(how), STR_ARG(day));
}

static void cell(struct req *req, struct val *row, const struct val *purpose,
		 const struct val *answer)
{
	struct str code = val_s(purpose, "code");
	const char *state =
		val_is_null(answer) ? "missing" : str_c(req->arena, val_s(answer, "answer"));
	if (req->data) {
		val_set_str(row, str_c(req->arena, code), str_of(state));
		val_set_str(
			row,
			str_c(req->arena, str_fmt(req->arena, STR_FMT "_ground", STR_ARG(code))),
			ground(req, answer));
		return;
	}
	struct val *one = val_push_object(val_get(row, "cells"));
	val_set(one, "label", val_get(purpose, "name"));
	val_set_bool(one, "yes", str_is(str_of(state), "yes"));
	val_set_bool(one, "no", str_is(str_of(state), "no"));
	val_set_bool(one, "missing", val_is_null(answer));
	val_set_str(one, "ground", ground(req, answer));
}

/* The purposes that were asked of this group; if none was, all. */
static struct val *columns_of(struct req *req, const struct val *asks)
{
	const struct val *all = purposes_of(req, false);
	struct val *list = val_list(req->arena);
	for (size_t i = 0; i < val_count(all); i++) {
		bool asked = !val_count(asks);
		for (size_t k = 0; k < val_count(asks); k++)
			asked = asked || str_eq(val_s(val_at(asks, k), "purpose"),
						val_s(val_at(all, i), "code"));
		if (asked)
			val_push(list, val_at(all, i));
	}
	return list;
}

static void table(struct req *req, int64_t group, struct str today, const struct val *columns)
{
	int64_t org = people_org(req);
	const struct val *members = group_members(req->db, req->arena, org, group, today);
	struct said said = said_by_learner(
		req->arena, consent_answers(req->db, req->arena, org, group, today, req->now));
	const struct val *not_mine =
		consent_hidden(req->db, req->arena, org, val_i(req->me, "id"), today);
	struct val *rows = val_set_list(req->out, "rows");
	struct numbers hidden = {.arena = req->arena};
	int64_t left_out = 0;
	for (size_t i = 0; i < val_count(not_mine); i++)
		numbers_put(&hidden, val_i(val_at(not_mine, i), "learner"), 1);
	for (size_t i = 0; i < val_count(members); i++) {
		const struct val *member = val_at(members, i);
		int64_t learner = val_i(member, "person");
		if (numbers_get(&hidden, learner)) {
			left_out++;
			continue;
		}
		struct val *row = val_push_object(rows);
		val_set_int(row, "learner", learner);
		val_set(row, "name", val_get(member, "sort_name"));
		if (!req->data)
			val_set_list(row, "cells");
		for (size_t k = 0; k < val_count(columns); k++)
			cell(req, row, val_at(columns, k),
			     deciding(&said, learner, val_s(val_at(columns, k), "code")));
	}
	val_set_int(req->out, "left_out", left_out);
}

/* Who is asked and has no address: on paper, by telephone, in person. */
static void without_mail(struct req *req, int64_t group, struct str today)
{
	struct val *list = val_set_list(req->out, "paper"), *found;
	int64_t missing = 0, after = 0;
	do {
		found = consent_receivers(req->db, req->arena, people_org(req), group, today, after,
					  AT_ONCE, req->now);
		if (val_count(found))
			after = val_i(val_at(found, val_count(found) - 1), "giver");
		const struct val *rows = guardian_shown(req, found, "giver");
		missing += (int64_t)val_count(rows);
		for (size_t i = 0; i < val_count(rows); i++)
			if (!contact_email(req->db, req->arena, people_org(req),
					   val_i(val_at(rows, i), "giver"))
				     .n)
				val_push(list, val_at(rows, i));
	} while (val_count(found) == AT_ONCE);
	val_set_int(req->out, "missing_count", missing);
}

int people_group_consents(struct req *req)
{
	struct val *group = groups_seen(req);
	struct str today = req_today(req);
	if (val_is_null(group))
		return NOT_FOUND;
	int64_t id = val_i(group, "id");
	const struct val *asks = consent_asks(req->db, req->arena, people_org(req), id);
	struct val *columns = columns_of(req, asks);
	table(req, id, today, columns);
	val_set(req->out, "group", group);
	if (req->data)
		return OK;
	val_set(req->out, "columns", columns);
	val_set(req->out, "ask_choices", purposes_of(req, false));
	val_set_list(req->out, "paper");
	val_set_int(req->out, "missing_count", 0);
	if (keeps(req) && val_count(asks))
		without_mail(req, id, today);
	val_set_bool(req->out, "some_asked", val_count(asks) > 0);
	return OK;
}

int people_group_ask(struct req *req)
{
	const struct val *group = groups_seen(req), *codes = val_get(req->in, "purposes");
	const struct val *all = purposes_of(req, false);
	if (val_is_null(group))
		return NOT_FOUND;
	if (!val_count(codes))
		invalid(req, "purposes", N_("Choose what is asked."));
	if (str_cmp(val_s(req->in, "answer_by"), req_today(req)) < 0)
		invalid(req, "answer_by", N_("This day is over."));
	if (val_count(req->errors))
		return INVALID;
	for (size_t i = 0; i < val_count(codes); i++) {
		struct str code = val_get_str(val_at(codes, i));
		if (val_is_null(purpose_named(all, code)))
			return NOT_FOUND;
		consent_ask(req->db, req->arena,
			    &(struct consent_ask){.org = people_org(req),
						  .group = val_i(group, "id"),
						  .by = val_i(req->me, "id"),
						  .now = req->now,
						  .purpose = code,
						  .answer_by = val_s(req->in, "answer_by")});
	}
	people_consent_write(req, val_i(group, "id"), false);
	people_note(req, "consents.asked", 0, "people_group", val_i(group, "id"));
	flash(req, N_("They are asked: each gets one letter, in their language."));
	return see_other(req, "/people/groups/%lld/consents", (long long)val_i(group, "id"));
}

int people_group_remind(struct req *req)
{
	const struct val *group = groups_seen(req);
	if (val_is_null(group))
		return NOT_FOUND;
	people_consent_write(req, val_i(group, "id"), true);
	people_note(req, "consents.reminded", 0, "people_group", val_i(group, "id"));
	flash(req, N_("Who has not answered is reminded, at most once a day."));
	return see_other(req, "/people/groups/%lld/consents", (long long)val_i(group, "id"));
}

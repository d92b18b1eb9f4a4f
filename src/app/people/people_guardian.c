#include "app/people/people_guardian.h"

#include "app/people/people.h"
#include "app/people/people_guardian_demo.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/lang.h"
#include "core/args.h"
#include "core/conflict.h"
#include "core/consent.h"
#include "core/contact.h"
#include "core/guardian.h"
#include "core/pages.h"
#include "core/person.h"
#include "core/purpose.h"

enum { FOUND = 50, MOST_POSITION = 20 };

bool people_over_child(struct req *req)
{
	return right_over_person(req->db, req->arena, people_mine(req), GUARDIANS_MANAGE,
				 people_org(req), val_i(req->me, "id"), val_i(req->in, "person"),
				 req_today(req));
}

int people_reach(struct req *req)
{
	struct val *child = people_person(req);
	if (val_is_null(child))
		return NOT_FOUND;
	if (!people_over_child(req))
		return FORBIDDEN;
	val_set(req->out, "person", child);
	return 0;
}

/* ---- the list ---- */

/* "Everything", or the purposes by name. */
static struct val *purposes_shown(struct req *req, struct str may_consent)
{
	struct val *list = val_list(req->arena);
	if (guardian_may(may_consent, S(GUARDIAN_ANYTHING))) {
		val_push(list, val_text(req->arena, str_of(tr(req, N_("Everything")))));
		return list;
	}
	const struct val *all = purposes_of(req, true);
	for (size_t i = 0; i < val_count(all); i++)
		if (guardian_may(may_consent, val_s(val_at(all, i), "code")))
			val_push(list, val_text(req->arena, val_s(val_at(all, i), "name")));
	return list;
}

static int guardians(struct req *req)
{
	int refused = people_reach(req);
	if (refused)
		return refused;
	struct val *rows = guardians_of(req->db, req->arena, people_org(req),
					val_i(req->in, "person"), req_today(req));
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct val *contacts = val_list(req->arena);
		val_set_str(row, "language", lang_name(req->arena, val_s(row, "lang"), req->lang));
		val_set(row, "purposes", purposes_shown(req, val_s(row, "may_consent")));
		/* Where nobody may write or call, the page does not say how to. */
		if (!val_i(row, "no_contact") && !val_i(row, "over"))
			contacts = contacts_of(req->db, req->arena, people_org(req),
					       val_i(row, "person"));
		val_set(row, "contacts", contacts);
	}
	val_set(req->out, "rows", rows);
	return OK;
}

/* ---- the form ---- */

static bool ticked(const struct val *list, struct str code)
{
	for (size_t i = 0; i < val_count(list); i++)
		if (str_eq(val_get_str(val_at(list, i)), code))
			return true;
	return false;
}

static void purpose_choices(struct req *req)
{
	struct val *list = val_set_list(req->out, "choices");
	const struct val *all = purposes_of(req, true), *allowed = val_get(req->in, "allowed");
	for (size_t i = 0; i < val_count(all); i++) {
		struct val *one = val_push_object(list);
		struct str code = val_s(val_at(all, i), "code");
		val_set_str(one, "code", code);
		val_set_str(one, "label", val_s(val_at(all, i), "name"));
		val_set_bool(one, "selected", ticked(allowed, code));
	}
	val_set_bool(req->out, "everything", ticked(allowed, S(GUARDIAN_ANYTHING)));
}

static int add_page(struct req *req)
{
	int refused = people_reach(req);
	if (refused)
		return refused;
	struct val *found = people_found_some(req, val_s(req->in, "words"), FOUND),
		   *rows = val_set_list(req->out, "found");
	for (size_t i = 0; i < val_count(found); i++) {
		if (val_i(val_at(found, i), "id") == val_i(req->in, "person"))
			continue;
		struct val *row = val_push_object(rows);
		val_set(row, "id", val_get(val_at(found, i), "id"));
		val_set(row, "sort_name", val_get(val_at(found, i), "sort_name"));
		val_set_bool(row, "selected", val_i(row, "id") == val_i(req->in, "who"));
	}
	if (!val_count(val_get(req->errors, "since")) && !val_s(req->in, "since").n) {
		struct val *all = val_set_list(req->in, "allowed");
		val_push(all, val_text(req->arena, S(GUARDIAN_ANYTHING)));
		val_set_str(req->in, "since", req_today(req));
		val_set_int(req->in, "position", 1);
	}
	purpose_choices(req);
	return OK;
}

static struct str before(struct req *req, struct str last_day)
{
	int64_t day;
	return day_read(last_day, &day) ? day_text(req->arena, day + 1) : S("");
}

/* False, and says why, where the form cannot be saved. */
static bool typed(struct req *req, int64_t person, struct str since, struct guardian *g)
{
	*g = (struct guardian){
		.org = people_org(req),
		.child = val_i(req->in, "person"),
		.person = person,
		.position = val_i(req->in, "position"),
		.since = since,
		.until = before(req, val_s(req->in, "last_day")),
		.purposes = val_get(req->in, "allowed"),
		.no_contact = val_b(req->in, "no_contact"),
		.why = val_s(req->in, "no_contact_why"),
		.by = val_i(req->me, "id"),
		.now = req->now,
	};
	if (g->until.n && str_cmp(g->until, since) <= 0)
		invalid(req, "last_day", N_("This is before the first day."));
	if (g->no_contact && !g->why.n)
		invalid(req, "no_contact_why",
			N_("Say which decision of a court it is, and where it is kept."));
	return !val_count(req->errors);
}

static int add(struct req *req)
{
	struct guardian g;
	int refused = people_reach(req);
	if (refused)
		return refused;
	int64_t who = val_i(req->in, "who");
	if (val_is_null(person_in_org(req->db, req->arena, people_org(req), who, req->now)))
		return NOT_FOUND;
	if (who == val_i(req->me, "id"))
		return FORBIDDEN; /* nobody makes themself a guardian */
	if (!typed(req, who, val_s(req->in, "since"), &g))
		return INVALID;
	int64_t id = guardian_enter(req->db, req->arena, &g);
	if (!id) {
		invalid(req, "who", N_("This person is a guardian of the child already."));
		return INVALID;
	}
	people_note(req, "guardian.entered", g.child, "guardian", id);
	flash(req, N_("The guardian is entered."));
	return see_other(req, "/people/%lld/guardians", (long long)g.child);
}

/* ---- one ---- */

static struct val *asked_row(struct req *req)
{
	return guardian_row(req->db, req->arena, people_org(req), val_i(req->in, "person"),
			    val_i(req->in, "guardian"));
}

static void allowed_from(struct req *req, struct str may_consent)
{
	struct val *list = val_set_list(req->in, "allowed");
	if (guardian_may(may_consent, S(GUARDIAN_ANYTHING)))
		val_push(list, val_text(req->arena, S(GUARDIAN_ANYTHING)));
	const struct val *all = purposes_of(req, true);
	for (size_t i = 0; i < val_count(all); i++) {
		struct str code = val_s(val_at(all, i), "code");
		if (!ticked(list, S(GUARDIAN_ANYTHING)) && guardian_may(may_consent, code))
			val_push(list, val_text(req->arena, code));
	}
}

static int edit_page(struct req *req)
{
	int64_t day;
	int refused = people_reach(req);
	if (refused)
		return refused;
	struct val *row = asked_row(req);
	if (val_is_null(row))
		return NOT_FOUND;
	if (!val_count(req->errors)) {
		val_set_int(req->in, "position", val_i(row, "position"));
		val_set_int(req->in, "rev", val_i(row, "rev"));
		val_set_bool(req->in, "no_contact", val_i(row, "no_contact"));
		val_set_str(req->in, "no_contact_why", val_s(row, "no_contact_why"));
		val_set_str(req->in, "last_day",
			    day_read(val_s(row, "until"), &day) ? day_text(req->arena, day - 1)
								: S(""));
		allowed_from(req, val_s(row, "may_consent"));
	}
	val_set(req->out, "who", row);
	purpose_choices(req);
	conflict_none(req);
	return OK;
}

static int edit_conflict(struct req *req, const struct val *row)
{
	conflict_with(req, N_("Why"), val_s(row, "no_contact_why"));
	return conflict_answer(req, val_i(row, "rev"));
}

static int edit(struct req *req)
{
	struct guardian g;
	int refused = people_reach(req);
	if (refused)
		return refused;
	struct val *row = asked_row(req);
	if (val_is_null(row))
		return NOT_FOUND;
	if (val_i(row, "person") == val_i(req->me, "id"))
		return FORBIDDEN;
	if (!typed(req, val_i(row, "person"), val_s(row, "since"), &g))
		return INVALID;
	g.child = val_i(row, "child");
	if (!guardian_change(req->db, req->arena, val_i(row, "id"), val_i(req->in, "rev"), &g))
		return edit_conflict(req, row);
	people_note(req,
		    g.no_contact != (val_i(row, "no_contact") != 0) ? "guardian.contact"
								    : "guardian.changed",
		    g.child, "guardian", val_i(row, "id"));
	flash(req, N_("The guardian is saved."));
	return see_other(req, "/people/%lld/guardians", (long long)val_i(req->in, "person"));
}

/* ---- routes ---- */

#define OF_GUARDIAN                                                                                \
	{.name = "position", .kind = FIELD_INT, .required = true, .min = 1, .max = MOST_POSITION}, \
		{.name = "allowed", .kind = FIELD_MANY},                                           \
		{.name = "no_contact", .kind = FIELD_FLAG},                                        \
		{.name = "no_contact_why", .kind = FIELD_TEXT, .max = 400},                        \
	{                                                                                          \
		.name = "last_day", .kind = FIELD_DATE                                             \
	}

static const struct field pages_fields[] = {PAGES_FIRST, {0}};
static const struct field child_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field find_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "words", .kind = FIELD_TEXT, .max = 100},
	{0},
};
static const struct field add_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "words", .kind = FIELD_TEXT, .max = 100},
	{.name = "who", .kind = FIELD_ID, .required = true},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	OF_GUARDIAN,
	{0},
};
static const struct field one_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "guardian", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field save_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "guardian", .kind = FIELD_ID, .required = true},
	OF_GUARDIAN,
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};

static const char *const answers[] = {"yes", "no", NULL};
static const char *const ways[] = {"paper", "telephone", "in_person", NULL};
static const struct field take_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "purpose", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "giver", .kind = FIELD_ID, .required = true},
	{.name = "answer", .kind = FIELD_TEXT, .required = true, .one_of = answers},
	{.name = "how", .kind = FIELD_TEXT, .required = true, .one_of = ways},
	{.name = "language", .kind = FIELD_LANG, .required = true},
	{.name = "last_day", .kind = FIELD_DATE},
	{0},
};
static const struct field consent_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "consent", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct field check_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "kind", .kind = FIELD_ID, .required = true},
	{.name = "valid_until", .kind = FIELD_DATE, .required = true},
	{0},
};
static const struct field check_id_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "check", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/people/:person/guardians", GUARDIANS_MANAGE, guardians, "people/people_guardian",
	 .fields = child_fields, .flags = ROUTE_TRACE, .summary = "The guardians of a child"},
	{GET, "/people/:person/guardians/new", GUARDIANS_MANAGE, add_page,
	 "people/people_guardian_new", .fields = find_fields, .summary = "Form for a guardian"},
	{POST, "/people/:person/guardians", GUARDIANS_MANAGE, add, "people/people_guardian_new",
	 .fields = add_fields, .summary = "Enter a guardian of a child"},
	{GET, "/people/:person/guardians/:guardian", GUARDIANS_MANAGE, edit_page,
	 "people/people_guardian_edit", .fields = one_fields, .summary = "Form for one guardian"},
	{POST, "/people/:person/guardians/:guardian", GUARDIANS_MANAGE, edit,
	 "people/people_guardian_edit", .fields = save_fields,
	 .summary = "Change what a guardian may do, or forbid contact"},
	{GET, "/people/:person/consents", GUARDIANS_MANAGE, people_consents,
	 "people/people_guardian_consents", .fields = child_fields, .flags = ROUTE_TRACE,
	 .summary = "What was answered for a learner, purpose by purpose"},
	{POST, "/people/:person/consents", GUARDIANS_MANAGE, people_consent_take,
	 "people/people_guardian_consents", .fields = take_fields,
	 .summary = "Take down a yes or a no given on paper, by telephone or in person"},
	{POST, "/people/:person/consents/:consent/withdraw", GUARDIANS_MANAGE,
	 people_consent_withdraw, .fields = consent_fields,
	 .summary = "Take down that an answer is taken back"},
	{GET, "/people/checks", CHECKS_MANAGE, people_checks_ending, "people/people_checks_ending",
	 .fields = pages_fields, .summary = "Checks of adults that end soon"},
	{GET, "/people/:person/checks", CHECKS_MANAGE, people_checks, "people/people_checks",
	 .fields = child_fields, .summary = "The checks of an adult"},
	{POST, "/people/:person/checks", CHECKS_MANAGE, people_check_add, "people/people_checks",
	 .fields = check_fields, .summary = "Note that an adult was checked"},
	{POST, "/people/:person/checks/:check/end", CHECKS_MANAGE, people_check_end,
	 .fields = check_id_fields, .summary = "A check no longer holds"},
	{0},
};

const struct feature people_guardian_feature = {
	.name = "people", .routes = routes, .demo_fill = people_guardian_demo_fill};

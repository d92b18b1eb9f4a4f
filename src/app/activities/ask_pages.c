/* The staff's side of asking: whom, who answered what, and answers taken for somebody. */
#include "app/activities/ask_pages.h"

#include "app/activities/ask_letters.h"
#include "app/activities/plan.h"
#include "app/activities/read.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/lang.h"
#include "base/words.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/contact.h"
#include "core/crumbs.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/person.h"
#include "core/right.h"
#include "queries.h"

enum { PAGE = 100, FOUND = 20 };

static const struct ask_word roles[] = {
	{"participant", N_("Somebody who takes part")},
	{"guardian", N_("Parent or guardian")},
	{"learner", N_("Learner")},
	{"speaker", N_("Speaker")},
	{"host", N_("Host")},
	{"book", N_("Human book")},
	{"mentor", N_("Mentor")},
	{"volunteer", N_("Volunteer")},
	{"influencer", N_("Somebody who tells of their work")},
	{"facilitator", N_("Facilitator")},
	{"second_adult", N_("Second adult")},
	{NULL, NULL},
};

static const char *role_label_of(struct arena *a, struct str code)
{
	for (const struct ask_word *w = roles; w->code; w++)
		if (str_is(code, w->code))
			return w->label;
	return str_c(a, code);
}

static void choices(struct req *r, const char *name, const struct ask_word *words,
		    struct str chosen)
{
	struct val *list = val_set_list(r->out, name);
	for (; words->code; words++)
		choice(list, str_of(words->code), str_of(tr(r, words->label)),
		       str_is(chosen, words->code));
}

static int64_t org_of(const struct req *r)
{
	return val_i(r->org, "id");
}

/* ---- who answered what ---- */

static void list_row(struct req *r, struct val *row)
{
	enum ask_state state = ask_state_of(val_s(row, "state"));
	val_set_str(row, "state_label", str_of(ask_states[state].label));
	val_set_str(row, "role_label", str_of(role_label_of(r->arena, val_s(row, "role"))));
	val_set_bool(row, "calls", state == ASK_CALL_ME || state == ASK_OTHER_DATE);
	val_set_bool(row, "comes", state == ASK_ACCEPTED);
	val_set_bool(row, "mute", !val_i(row, "reachable"));
}

static void figures(struct req *r)
{
	const struct val *counts = db_rows(r->db, &q_ask_counts, params(r));
	struct val *list = val_set_list(r->out, "counts");
	for (int s = ASK_ASKED; s < ASK_STATES; s++)
		for (size_t i = 0; i < val_count(counts); i++) {
			const struct val *row = val_at(counts, i);
			if (!str_is(val_s(row, "state"), ask_states[s].code))
				continue;
			struct val *one = val_push_object(list);
			val_set_str(one, "label", str_of(ask_states[s].label));
			val_set(one, "state", val_get(row, "state"));
			val_set(one, "count", val_get(row, "count"));
			val_set(one, "seats", val_get(row, "seats"));
			val_set_bool(one, "current",
				     str_eq(val_s(r->in, "state"), val_s(row, "state")));
		}
}

int ask_list(struct req *r)
{
	struct val *activity = plan_open(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	struct val *p = params(r), *rows;
	if (!val_s(r->in, "state").n)
		val_set_null(p, "state");
	int64_t after = val_i(r->in, "after");
	val_set_int(p, "after", after);
	val_set_int(p, "most", PAGE + 1);
	rows = db_rows(r->db, &q_ask_list, p);
	struct val *shown = val_set_list(r->out, "asks");
	val_set_null(r->out, "next");
	const struct val *kept = guardian_kept(r);
	for (size_t i = 0; i < val_count(rows) && i < PAGE; i++) {
		if (guardian_keeps(kept, val_i(val_at(rows, i), "person")))
			continue;
		list_row(r, val_at(rows, i));
		val_push(shown, val_at(rows, i));
	}
	if (val_count(rows) > PAGE)
		val_set_int(r->out, "next", after + PAGE);
	if (r->data)
		return OK;
	figures(r);
	val_set_str(r->out, "state", val_s(r->in, "state"));
	val_set_int(r->out, "unanswered",
		    val_i(db_row(r->db, &q_ask_unreminded, params(r)), "count"));
	val_set_bool(activity, "open",
		     val_b(activity, "planned") && val_i(activity, "starts_at") > r->now);
	crumb(r, N_("Who is asked"), NULL);
	plan_tabs(r, val_i(activity, "id"), "/asked");
	return OK;
}

int ask_remind(struct req *r)
{
	int64_t activity = val_i(r->in, "activity");
	if (val_is_null(plan_open(r)))
		return NOT_FOUND;
	ask_many(r->db, r->arena, r->org,
		 ARGS(r->arena, ARG_AS("what", "remind"), ARG(activity), ARG_AS("after", 0),
		      ARG_AS("title", tr(r, N_("Reminders")))),
		 val_i(r->me, "id"), r->now);
	flash(r, N_("The reminders are written: one to each who has not answered."));
	return see_other(r, "/activities/%lld/asked", (long long)activity);
}

/* ---- whom to ask ---- */

static void found_people(struct req *r)
{
	struct str words = val_s(r->in, "q");
	struct val *list = val_set_list(r->out, "found");
	bool may = has_right(r, PEOPLE_READ);
	val_set_bool(r->out, "may_search", may);
	val_set_bool(r->out, "found_more", false);
	val_set_bool(r->out, "searched", may && words.n);
	if (may && words.n) {
		struct val *rows = people_found_some(r, words, FOUND);
		for (size_t i = 0; i < val_count(rows); i++)
			val_push(list, val_at(rows, i));
	}
}

struct val *ask_groups(struct req *r)
{
	struct val *p = params(r);
	val_set_bool(p, "everything", read_sees_all(r));
	val_set_str(p, "today", req_today(r));
	return db_rows(r->db, &q_ask_groups, p);
}

static struct val *open_plan(struct req *r)
{
	struct val *activity = plan_open(r);
	if (!val_is_null(activity))
		val_set_bool(activity, "open",
			     val_b(activity, "planned") && val_i(activity, "starts_at") > r->now);
	return activity;
}

int ask_form(struct req *r)
{
	struct val *activity = open_plan(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	static const char *const blank[] = {"name", "email", "phone", "role", "q", NULL};
	for (const char *const *b = blank; *b; b++)
		if (!val_has(r->in, *b) || val_is_null(val_get(r->in, *b)))
			val_set_str(r->in, *b, (struct str){0});
	val_set(r->out, "groups", ask_groups(r));
	choices(r, "role_choices", roles, val_s(r->in, "role"));
	struct val *langs = val_set_list(r->out, "speaks_choices"),
		   *tags = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(tags); i++) {
		struct str tag = val_get_str(val_at(tags, i));
		choice(langs, tag, lang_own_name(r->arena, tag, r->lang), false);
	}
	found_people(r);
	crumb(r, N_("Who is asked"), "/activities/%lld/asked", (long long)val_i(activity, "id"));
	crumb(r, N_("Ask people"), NULL);
	return OK;
}

static int to_list(struct req *r, const char *message)
{
	flash(r, message);
	return see_other(r, "/activities/%lld/asked", (long long)val_i(r->in, "activity"));
}

static bool closed(struct req *r, const struct val *activity, const char *field)
{
	if (val_b(activity, "open"))
		return false;
	invalid(r, field, N_("Only for what is planned and has not begun people can be asked."));
	return true;
}

int ask_group_put(struct req *r)
{
	struct val *activity = open_plan(r);
	const struct val *groups = ask_groups(r);
	bool invited = false;
	if (val_is_null(activity))
		return NOT_FOUND;
	for (size_t i = 0; i < val_count(groups); i++)
		invited |= val_i(val_at(groups, i), "id") == val_i(r->in, "group");
	if (!invited)
		return NOT_FOUND;
	if (closed(r, activity, "group"))
		return INVALID;
	ask_many(r->db, r->arena, r->org,
		 ARGS(r->arena, ARG_AS("what", "ask"), ARG_AS("after", 0),
		      ARG_AS("activity", val_i(activity, "id")),
		      ARG_AS("group", val_i(r->in, "group")), ARG_AS("role", val_s(r->in, "role")),
		      ARG_AS("by", val_i(r->me, "id")), ARG_AS("title", val_s(activity, "title"))),
		 val_i(r->me, "id"), r->now);
	return to_list(r, N_("The group is asked. Who was asked before is not asked twice."));
}

static int64_t ask_person(struct req *r, int64_t person, struct str lang)
{
	int64_t ask = ask_add(r->db, r->arena,
			      &(struct ask_new){.org = org_of(r),
						.activity = val_i(r->in, "activity"),
						.person = person,
						.role = str_c(r->arena, val_s(r->in, "role")),
						.lang = lang,
						.by = val_i(r->me, "id"),
						.now = r->now});
	if (ask)
		ask_write(r->db, r->arena, r->org, ask, LETTER_INVITATION, r->now);
	return ask;
}

int ask_people_put(struct req *r)
{
	struct val *activity = open_plan(r), *people = val_get(r->in, "people");
	const struct val *kept = guardian_kept(r);
	if (val_is_null(activity))
		return NOT_FOUND;
	if (closed(r, activity, "people"))
		return INVALID;
	for (size_t i = 0; i < val_count(people); i++) {
		int64_t person = val_get_int(val_at(people, i));
		struct val *known = person_in_org(r->db, r->arena, org_of(r), person, r->now);
		if (val_is_null(known) || guardian_keeps(kept, person))
			return NOT_FOUND;
		ask_person(r, person, val_s(person_by_id(r->db, r->arena, person), "lang"));
	}
	if (!val_count(people)) {
		invalid(r, "people", N_("Choose at least one person."));
		return INVALID;
	}
	return to_list(r, N_("They are asked. Who was asked before is not asked twice."));
}

/* Whoever is known here under this name and this address is not made anew. */
static int64_t known_person(struct req *r, const char *kind, struct str value)
{
	struct val *p = params(r);
	val_set_str(p, "kind", str_of(kind));
	val_set_str(p, "value_fold", contact_fold(r->arena, str_of(kind), value));
	const struct val *rows = db_rows(r->db, &q_ask_by_contact, p);
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_eq(fold(r->arena, val_s(val_at(rows, i), "name")),
			   fold(r->arena, val_s(r->in, "name"))))
			return val_i(val_at(rows, i), "person");
	return 0;
}

static int64_t new_person(struct req *r, const char *kind, struct str value)
{
	struct arena *a = r->arena;
	int64_t person = person_add(r->db, a,
				    ARGS(a, ARG_AS("name", val_s(r->in, "name")),
					 ARG_AS("lang", val_s(r->in, "speaks"))),
				    org_of(r), r->now);
	contact_add(r->db, a,
		    ARGS(a, ARG(person), ARG_AS("org", org_of(r)), ARG(kind), ARG(value),
			 ARG_AS("preferred", 1)),
		    r->now);
	return person;
}

int ask_person_put(struct req *r)
{
	struct val *activity = open_plan(r);
	struct str email = val_s(r->in, "email"), phone = val_s(r->in, "phone");
	if (val_is_null(activity))
		return NOT_FOUND;
	if (closed(r, activity, "name"))
		return INVALID;
	const char *kind = email.n ? "email" : "phone";
	struct str value = email.n ? email : phone;
	if (!contact_fold(r->arena, str_of(kind), value).n)
		invalid(r, kind, N_("Write an e-mail address or a telephone number."));
	if (val_count(r->errors))
		return INVALID;
	int64_t person = known_person(r, kind, value);
	if (!person)
		person = new_person(r, kind, value);
	if (!ask_person(r, person, val_s(r->in, "speaks")))
		return to_list(r, N_("This person was asked before."));
	return to_list(r, email.n ? N_("The invitation is on its way.")
				  : N_("There is no address to write to: ask by telephone, and "
				       "write down the answer here."));
}

/* ---- one ---- */

/* What is read out on the telephone, in their language, as the organisation words it at this moment. */
static void read_out(struct req *r, struct val *ask)
{
	const struct letter_kind *kind = &ask_call_kind;
	struct str lang = val_s(ask, "lang");
	const struct val *text = letter_template(r->db, r->arena, kind, org_of(r), lang);
	struct val *values = ask_values(r->db, r->arena, r->org, ask, r->now);
	val_set_str(r->out, "reading", letter_text(r->arena, val_s(text, "body"), values));
	val_set(r->out, "reading_lang", val_get(text, "lang"));
	val_set_bool(r->out, "reading_other", !str_eq(val_s(text, "lang"), r->lang));
	val_set_str(r->out, "reading_code",
		    str_fmt(r->arena, "%s/" STR_FMT "/%lld/%lld", kind->name,
			    STR_ARG(val_s(text, "lang")), (long long)val_i(text, "version"),
			    (long long)val_i(ask, "activity_rev")));
}

static struct val *one(struct req *r)
{
	struct val *ask = ask_row(r->db, r->arena, org_of(r), val_i(r->in, "ask"), r->now);
	if (val_i(ask, "activity") != val_i(r->in, "activity"))
		return val_null();
	/* What their own child's family answered is somebody else's to see and to take down. */
	if (guardian_is_own(r->db, r->arena, org_of(r), val_i(ask, "person"), val_i(r->me, "id"),
			    req_today(r)))
		return val_null();
	return val_is_null(plan_open(r)) ? val_null() : ask;
}

/* Whoever is responsible calls those who have a telephone; nobody's who is a minor. */
static void show_numbers(struct req *r, struct val *ask)
{
	struct val *numbers = val_set_list(ask, "numbers");
	int64_t person = val_i(ask, "person");
	struct str today = day_text(r->arena, r->now / 86400);
	if (!val_b(ask, "may_call") || minor_anywhere(r->db, r->arena, person, today))
		return;
	const struct val *contacts = contacts_of(r->db, r->arena, org_of(r), person);
	for (size_t i = 0; i < val_count(contacts); i++)
		if (str_is(val_s(val_at(contacts, i), "kind"), "phone"))
			val_push(numbers, val_at(contacts, i));
}

int ask_one_page(struct req *r)
{
	struct val *ask = one(r);
	if (val_is_null(ask))
		return NOT_FOUND;
	int64_t me = val_i(r->me, "id"), responsible = val_i(ask, "responsible");
	static const struct ask_word hows[] = {{"telephone", N_("By telephone")},
					       {"in_person", N_("In person")},
					       {"paper", N_("On paper")},
					       {NULL, NULL}};
	ask_show(r, ask);
	val_set_bool(ask, "may_call", me == (responsible ? responsible : val_i(ask, "made_by")));
	if (!val_b(ask, "may_call"))
		val_set_null(ask, "phone");
	show_numbers(r, ask);
	val_set_null(r->in, "phone");
	val_set_str(ask, "role_label", str_of(role_label_of(r->arena, val_s(ask, "role"))));
	struct val *answers = db_rows(r->db, &q_ask_answers, params(r));
	for (size_t i = 0; i < val_count(answers); i++) {
		struct val *row = val_at(answers, i);
		val_set_str(row, "state_label",
			    str_of(ask_states[ask_state_of(val_s(row, "state"))].label));
		val_set_null(row, "how_label");
		for (const struct ask_word *h = hows; h->code; h++)
			if (str_is(val_s(row, "how"), h->code))
				val_set_str(row, "how_label", str_of(h->label));
	}
	val_set(r->out, "history", answers);
	val_set(r->out, "plan", val_get(r->out, "activity"));
	choices(r, "how_choices", hows, val_s(r->in, "how"));
	read_out(r, ask);
	val_set(r->out, "ask", ask);
	crumb(r, N_("Who is asked"), "/activities/%lld/asked", (long long)val_i(ask, "activity"));
	crumb_named(r, val_s(ask, "name"), (struct str){0});
	return OK;
}

static int back_to_one(struct req *r, const char *message)
{
	flash(r, message);
	return see_other(r, "/activities/%lld/asked/%lld", (long long)val_i(r->in, "activity"),
			 (long long)val_i(r->in, "ask"));
}

int ask_one_put(struct req *r)
{
	struct val *ask = one(r);
	struct ask_answer answer;
	if (val_is_null(ask))
		return NOT_FOUND;
	if (!ask_read(r, ask, &answer))
		return INVALID;
	answer.how = str_c(r->arena, val_s(r->in, "how"));
	answer.taken_by = val_i(r->me, "id");
	answer.read_out = val_b(r->in, "was_read") ? val_s(r->in, "reading_code") : S("");
	if (!ask_take(r, ask, &answer))
		return INVALID;
	return back_to_one(r, N_("The answer is written down."));
}

int ask_withdraw(struct req *r)
{
	struct val *ask = one(r), *offered = val_list(r->arena);
	if (val_is_null(ask))
		return NOT_FOUND;
	enum ask_act act = val_b(r->in, "again") ? ACT_ASK : ACT_WITHDRAW;
	if (!ask_become(r->db, r->arena, act, org_of(r), val_i(ask, "id"), val_i(r->me, "id"),
			r->now, offered))
		return back_to_one(r, N_("That is so already."));
	ask_write_offers(r->db, r->arena, r->org, offered, r->now);
	if (act == ACT_ASK)
		ask_write(r->db, r->arena, r->org, val_i(ask, "id"), LETTER_INVITATION, r->now);
	return back_to_one(r, act == ACT_ASK ? N_("This person is asked once more.")
					     : N_("This person is no longer asked."));
}

/*
 * The pages behind the link of a letter or the code of a printed notice: no account, no cookie, no
 * script. Opening one changes nothing. What is sent counts until the activity begins.
 */
#include "app/activities/ask.h"
#include "app/activities/ask_letters.h"
#include "app/activities/ask_pages.h"
#include "app/activities/calendar.h"
#include "app/activities/plan.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/choices.h"
#include "core/contact.h"
#include "core/ledger.h"
#include "core/link.h"
#include "core/person.h"
#include "queries.h"

#include <string.h>

/* A link that a guardian was sent works while they are one to whom news of the child may come. */
static bool may_read(struct req *r, const struct val *link, const struct val *ask)
{
	int64_t owner = val_i(link, "owner"), child = val_i(ask, "person");
	struct str today = req_today(r);
	return owner == child || db_id(r->db, &q_ask_in_touch,
				       ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")),
					    ARG(child), ARG_AS("person", owner), ARG(today))) != 0;
}

/* The link and the asking behind it, the page in the language of whoever it was sent to. Null: 404,
 * or a page that says that it is gone. */
struct val *ask_behind(struct req *r, struct val **link)
{
	*link = link_peek(r->db, r->arena, ASK_LINK, val_s(r->in, "key"), r->now);
	int64_t org = val_i(r->org, "id");
	if (val_is_null(*link) || val_i(*link, "org") != org)
		return val_null();
	struct val *ask = ask_row(r->db, r->arena, org, val_i(*link, "subject"), r->now);
	if (val_is_null(ask) || !may_read(r, *link, ask))
		return val_null();
	const struct val *reader = person_by_id(r->db, r->arena, val_i(*link, "owner"));
	struct str lang = val_s(r->in, "speaks");
	if (!lang.n)
		lang = val_s(reader, "lang").n ? val_s(reader, "lang") : val_s(ask, "lang");
	speak(r, lang);
	val_set(ask, "reader_name", val_get(reader, "name"));
	val_set_bool(ask, "for_other", val_i(*link, "owner") != val_i(ask, "person"));
	return ask;
}

static struct str link_path(struct req *r, const char *after)
{
	return str_fmt(r->arena, "/activities/answer/" STR_FMT "%s", STR_ARG(val_s(r->in, "key")),
		       after);
}

/* What it is, when and where, in the reader's language. */
static void show_plan(struct req *r, const struct val *ask)
{
	struct val *rows = val_list(r->arena);
	struct val *row =
		calendar_row(r->db, r->arena, val_i(r->org, "id"), val_i(ask, "activity"));
	if (val_is_null(row))
		return;
	val_push(rows, row);
	calendar_bytes(r, rows, "PUBLISH", true);
	val_set(row, "answer_by", val_get(ask, "answer_by"));
	val_set(r->out, "plan", row);
}

void ask_numbers(struct req *r, const char *name, int64_t from, int64_t most, int64_t chosen)
{
	struct val *list = val_set_list(r->out, name);
	for (int64_t i = from; i <= most; i++)
		choice_id(list, i, str_fmt(r->arena, "%lld", (long long)i), i == chosen);
}

/* How it stands, as a truth for each state, and what may be answered. */
void ask_show(struct req *r, struct val *ask)
{
	struct str state = val_s(ask, "state");
	for (int s = ASK_ASKED; s < ASK_STATES; s++)
		val_set_bool(ask, str_c(r->arena, str_fmt(r->arena, "is_%s", ask_states[s].code)),
			     str_is(state, ask_states[s].code));
	bool planned = str_is(val_s(ask, "status"), "planned");
	bool over = val_i(ask, "starts_at") <= r->now;
	bool open = planned && !over && !str_is(state, "withdrawn");
	val_set_bool(ask, "cancelled", str_is(val_s(ask, "status"), "cancelled"));
	val_set_bool(ask, "over", over || str_is(val_s(ask, "status"), "held"));
	val_set_bool(ask, "open", open);
	val_set_bool(ask, "answered", val_i(ask, "answered_at") > 0);
	plan_other(r, ask, "place_access");
	val_set_bool(ask, "takes_seats", ledger_part(val_s(ask, "role")) == PART_LEARNS);
	val_set_int(ask, "turn", ask_turn(r->db, r->arena, val_i(r->org, "id"), val_i(ask, "id")));
	val_set_str(ask, "state_label", str_of(ask_states[ask_state_of(state)].label));
	if (!val_has(r->in, "answer") || val_is_null(val_get(r->in, "answer")))
		val_set_str(r->in, "answer", (struct str){0});
	struct val *answers = val_set_list(r->out, "answers");
	for (const struct ask_word *w = ask_answers; w->code; w++)
		choice(answers, str_of(w->code), str_of(tr(r, w->label)),
		       str_is(val_s(r->in, "answer"), w->code));
	bool typed = val_s(r->in, "answer").n > 0;
	ask_numbers(r, "adults_choices", 0, 12,
		    typed ? val_i(r->in, "adults") : val_i(ask, "adults"));
	ask_numbers(r, "children_choices", 0, 12,
		    typed ? val_i(r->in, "children") : val_i(ask, "children"));
	if (typed)
		return;
	static const char *const kept[] = {"words", "adults", "children"};
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		val_set(r->in, kept[i], val_get(ask, kept[i]));
}

static int gone(struct req *r)
{
	val_set_bool(r->out, "gone", true);
	val_set_null(r->out, "ask");
	val_set_list(r->out, "languages");
	return GONE;
}

/* A code is on the projector there. */
static bool code_open(struct req *r, const struct val *ask)
{
	return db_id(r->db, &q_hold_code_is_open,
		     ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")), ARG_AS("now", r->now),
			  ARG_AS("activity", val_i(ask, "activity")))) != 0;
}

int ask_answer_page(struct req *r)
{
	struct val *link, *ask = ask_behind(r, &link);
	val_set_bool(r->out, "gone", false);
	if (val_is_null(ask))
		return gone(r);
	show_plan(r, ask);
	ask_show(r, ask);
	val_set(ask, "phone", val_null()); /* theirs, and nobody's who looks over their shoulder */
	speak_choices(r, link_path(r, ""));
	val_set_bool(r->out, "said", val_b(r->in, "said"));
	val_set_bool(ask, "code_open", !val_b(ask, "for_other") && code_open(r, ask));
	val_set(r->out, "key", val_get(r->in, "key"));
	val_set(r->out, "ask", ask);
	return OK;
}

/* What was typed as an answer; false with errors. */
bool ask_read(struct req *r, const struct val *ask, struct ask_answer *to)
{
	*to = (struct ask_answer){.org = val_i(r->org, "id"),
				  .ask = val_i(ask, "id"),
				  .act = ask_answer_act(val_s(r->in, "answer")),
				  .adults = 1,
				  .words = val_s(r->in, "words"),
				  .phone = val_s(r->in, "phone"),
				  .now = r->now};
	bool seats = ledger_part(val_s(ask, "role")) == PART_LEARNS;
	if (seats && to->act == ACT_ACCEPT) {
		to->adults = val_i(r->in, "adults");
		to->children = val_i(r->in, "children");
	}
	if (to->act == ASK_ACTS)
		invalid(r, "answer", N_("Choose an answer."));
	else if (to->act == ACT_ACCEPT && to->adults + to->children == 0)
		invalid(r, "adults", N_("Say how many of you come."));
	else if (to->act == ACT_OTHER_DATE && !to->words.n)
		invalid(r, "words", N_("Say in your own words which date would suit you."));
	else if (to->act == ACT_CALL_ME && !contact_fold(r->arena, S("phone"), to->phone).n)
		invalid(r, "phone", N_("Write the number at which we may call you."));
	return !val_count(r->errors);
}

static bool refused(struct req *r, enum ask_end end)
{
	static const struct {
		const char *field, *why;
	} why[] = {
		[ASK_REFUSED_FULL] =
			{"adults", N_("There are not so many seats left. Your answer from before "
				      "still counts.")},
		[ASK_REFUSED_MANY] = {"adults",
				      N_("There are fewer places than that in all. Write to us, or "
					 "come with fewer.")},
		[ASK_REFUSED_OVER] = {"answer", N_("It is too late to answer.")},
		[ASK_REFUSED_GONE] = {"answer", N_("This invitation no longer stands.")},
		[ASK_REFUSED_GUARDIAN] =
			{"answer", N_("A parent or guardian has to agree first. Please ask at the "
				      "school.")},
	};
	if (end == ASK_SAID)
		return false;
	invalid(r, why[end].field, why[end].why);
	return true;
}

/* Records an answer, writes the letters that follow from it. False with errors. */
bool ask_take(struct req *r, const struct val *ask, const struct ask_answer *answer)
{
	enum ask_state state, before = ask_state_of(val_s(ask, "state"));
	struct val *offered = val_list(r->arena);
	if (refused(r, ask_say(r->db, r->arena, answer, &state, offered)))
		return false;
	if (state == ASK_ACCEPTED && before != ASK_ACCEPTED)
		ask_write(r->db, r->arena, r->org, answer->ask, LETTER_CONFIRMATION, r->now);
	ask_write_offers(r->db, r->arena, r->org, offered, r->now);
	return true;
}

int ask_answer_put(struct req *r)
{
	struct val *link, *ask = ask_behind(r, &link);
	struct ask_answer answer;
	if (val_is_null(ask))
		return gone(r);
	if (!ask_read(r, ask, &answer))
		return INVALID;
	answer.how = "page";
	if (!ask_take(r, ask, &answer))
		return INVALID;
	return see_other(r, "/activities/answer/" STR_FMT "?said=1&speaks=" STR_FMT,
			 STR_ARG(val_s(r->in, "key")), STR_ARG(r->lang));
}

/* ---- no more invitations ---- */

int ask_stop_page(struct req *r)
{
	struct val *link, *ask = ask_behind(r, &link);
	val_set_bool(r->out, "gone", val_is_null(ask));
	val_set_bool(r->out, "done", false);
	val_set_list(r->out, "languages");
	val_set_str(r->out, "path", link_path(r, ""));
	val_set_null(r->out, "of");
	if (val_is_null(ask))
		return GONE;
	speak_choices(r, link_path(r, "/stop"));
	return OK;
}

/* Also one click of a mail program, which sends no cookie and follows no redirect (RFC 8058, 3.2). */
int ask_stop_put(struct req *r)
{
	struct val *link, *ask = ask_behind(r, &link);
	if (val_is_null(ask))
		return ask_stop_page(r);
	db_exec(r->db, &q_ask_unask,
		ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")),
		     ARG_AS("person", val_i(link, "owner")), ARG_AS("now", r->now)));
	val_set_bool(r->out, "gone", false);
	val_set_bool(r->out, "done", true);
	val_set_list(r->out, "languages");
	val_set_str(r->out, "path", link_path(r, ""));
	val_set_null(r->out, "of");
	return OK;
}

/* A person's own answer, signed in or behind the link of a letter; and the routes. */
#include "app/activities/reflect.h"

#include "app/activities/plan.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/link.h"
#include "core/mine.h"
#include "core/person.h"
#include "core/personal.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

enum { WORDS_MOST = 2000 };

/* Whose answer is on the page. */
struct author {
	int64_t me, activity;
	struct str path; /* of the page */
	bool behind; /* a link: others may read the mailbox, and no words are shown that were kept */
	const struct val *mine; /* q_reflect_mine: what they answered, until when they may */
};

static int64_t org_id(const struct req *r)
{
	return val_i(r->org, "id");
}

static bool is_open(const struct req *r, const struct author *a)
{
	return val_i(a->mine, "until_at") > r->now;
}

static bool has_answered(const struct author *a)
{
	return val_i(a->mine, "id") > 0;
}

/* False: this person is not asked and has not answered. */
static bool look(struct req *r, struct author *a)
{
	a->mine = db_row(r->db, &q_reflect_mine,
			 ARGS(r->arena, ARG_AS("org", org_id(r)), ARG_AS("activity", a->activity),
			      ARG_AS("people", person_accounts(r->db, r->arena, a->me)),
			      ARG_AS("now", r->now)));
	return has_answered(a) || is_open(r, a);
}

static bool signed_in(struct req *r, struct author *a)
{
	*a = (struct author){.me = val_i(r->me, "id"),
			     .activity = val_i(r->in, "activity"),
			     .path = str_fmt(r->arena, "/activities/%lld/reflection",
					     (long long)val_i(r->in, "activity"))};
	return a->me && look(r, a);
}

static struct str link_path(struct req *r)
{
	return str_fmt(r->arena, "/activities/reflection/" STR_FMT, STR_ARG(val_s(r->in, "key")));
}

/* The same behind a link, in the language of whoever it was sent to. */
static bool behind(struct req *r, struct author *a)
{
	const struct val *link =
		link_peek(r->db, r->arena, REFLECT_LINK, val_s(r->in, "key"), r->now);
	if (val_is_null(link) || val_i(link, "org") != org_id(r))
		return false;
	*a = (struct author){.me = val_i(link, "owner"),
			     .activity = val_i(link, "subject"),
			     .behind = true,
			     .path = link_path(r)};
	const struct val *reader = person_by_id(r->db, r->arena, a->me);
	speak(r, val_s(r->in, "speaks").n ? val_s(r->in, "speaks") : val_s(reader, "lang"));
	return look(r, a);
}

bool reflect_is_mine(struct req *r, int64_t activity)
{
	struct author a = {.me = val_i(r->me, "id"), .activity = activity};
	return a.me && look(r, &a);
}

struct val *reflect_of(struct req *r, const struct val *rows)
{
	return db_rows(r->db, &q_reflect_of_activities,
		       ARGS(r->arena, ARG_AS("ids", text_ids(r->arena, rows, "activity")),
			    ARG_AS("people", person_accounts(r->db, r->arena, val_i(r->me, "id"))),
			    ARG_AS("now", r->now)));
}

/* What it was and what is asked, in the reader's language. */
static struct val *activity_shown(struct req *r, int64_t activity)
{
	static const char *const fields[] = {"question", NULL};
	struct val *rows = val_list(r->arena);
	struct val *row = db_row(r->db, &q_reflect_activity,
				 ARGS(r->arena, ARG_AS("org", org_id(r)), ARG(activity)));
	if (val_is_null(row)) /* the world failed, and nothing of this is shown */
		return val_object(r->arena);
	val_push(rows, row);
	plan_dress(r, rows);
	text_attach(r->db, r->arena, rows,
		    &(struct text_want){.kind = "activity",
					.id = "id",
					.fields = fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	return row;
}

static void answer_shown(struct req *r, const struct author *a)
{
	bool open = is_open(r, a), answered = has_answered(a);
	struct str words = a->behind ? (struct str){0} : val_s(a->mine, "words");
	struct val *out = val_set_object(r->out, "reflection");
	const struct val *row = activity_shown(r, a->activity);
	static const char *const names[] = {"title",          "title_lang",      "title_other",
					    "when",           "question",        "question_lang",
					    "question_other", "responsible_name"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		val_set(out, names[i], val_get(row, names[i]));
	if (!open) {
		val_set(out, "question", val_get(a->mine, "question"));
		val_set(out, "question_lang", val_get(a->mine, "lang"));
		val_set_bool(out, "question_other", text_is_other(val_s(a->mine, "lang"), r->lang));
	}
	val_set_bool(out, "open", open);
	val_set_bool(out, "answered", answered);
	val_set_bool(out, "kept_back", answered && a->behind);
	val_set(out, "answered_at", val_get(a->mine, "changed_at"));
	val_set_int(out, "activity", a->activity);
	val_set_bool(out, "shared", val_i(a->mine, "shared_at") > 0);
	val_set_str(out, "words", words);
	val_set_null(out, "until");
	if (open) {
		struct wall last = instant_wall(val_i(a->mine, "until_at") - 1, req_zone(r));
		val_set_str(out, "until", day_text(r->arena, last.day));
	}
	val_set_str(out, "path", a->path);
	val_set_str(r->in, "words", words);
	val_set_bool(r->in, "shared", val_i(a->mine, "shared_at") > 0);
	val_set_int(r->in, "rev", val_i(a->mine, "rev"));
}

static void said(struct req *r)
{
	static const char *const what[] = {"saved", "private", "deleted"};
	for (size_t i = 0; i < sizeof what / sizeof *what; i++)
		val_set_bool(r->out, str_c(r->arena, str_fmt(r->arena, "said_%s", what[i])),
			     str_is(val_s(r->in, "said"), what[i]));
	if (!val_has(r->out, "conflict"))
		val_set_bool(r->out, "conflict", false);
}

static int page(struct req *r)
{
	struct author a;
	said(r);
	if (!signed_in(r, &a))
		return NOT_FOUND;
	answer_shown(r, &a);
	return OK;
}

static int link_page(struct req *r)
{
	struct author a;
	bool good = behind(r, &a);
	said(r);
	speak_choices(r, link_path(r));
	val_set_null(r->out, "reflection");
	bool gone = !good && !str_is(val_s(r->in, "said"), "deleted");
	val_set_bool(r->out, "gone", gone);
	if (good)
		answer_shown(r, &a);
	return gone ? GONE : OK;
}

/* ---- what is sent ---- */

/* To whom it concerns: that who may read it has changed. */
static void note(struct req *r, const struct author *a, const char *verb)
{
	audit_add(r->db, r->arena,
		  &(struct audit){.org = org_id(r),
				  .made_by = a->me,
				  .verb = verb,
				  .object_kind = "activity",
				  .object = a->activity,
				  .person = a->me,
				  .request_id = r->request_id,
				  .at = r->now});
}

static int write_down(struct req *r, const struct author *a)
{
	bool shared = val_b(r->in, "shared"), was = val_i(a->mine, "shared_at") > 0;
	int64_t rev = val_i(r->in, "rev");
	if (!is_open(r, a)) {
		invalid(r, "words", N_("The time for answering is over."));
		return INVALID;
	}
	if (rev != val_i(a->mine, "rev"))
		return CONFLICT;
	const struct val *row = activity_shown(r, a->activity);
	struct val *args = ARGS(r->arena, ARG_AS("org", org_id(r)), ARG_AS("activity", a->activity),
				ARG_AS("person", val_i(a->mine, "person")),
				ARG_AS("question", val_s(row, "question")),
				ARG_AS("words", val_s(r->in, "words")), ARG_AS("lang", r->lang),
				ARG_NULL("shared_at", shared ? r->now : 0), ARG(rev),
				ARG_AS("id", val_i(a->mine, "id")), ARG_AS("now", r->now));
	if (!db_id(r->db, rev ? &q_reflect_change : &q_reflect_add, args))
		return CONFLICT;
	if (shared != was)
		note(r, a, shared ? "reflection.shared" : "reflection.private");
	return OK;
}

/* False: there is nothing of theirs. */
static bool end(struct req *r, const struct author *a, bool deletes)
{
	struct val *args =
		ARGS(r->arena, ARG_AS("org", org_id(r)), ARG_AS("id", val_i(a->mine, "id")));
	if (!has_answered(a))
		return false;
	if (deletes)
		db_exec(r->db, &q_reflect_drop, args);
	else if (db_exec(r->db, &q_reflect_private, args))
		note(r, a, "reflection.private");
	return true;
}

static int put(struct req *r)
{
	struct author a;
	if (!signed_in(r, &a))
		return NOT_FOUND;
	int status = write_down(r, &a);
	return status == OK ? see_other(r, STR_FMT "?said=saved", STR_ARG(a.path)) : status;
}

static int put_end(struct req *r)
{
	struct author a;
	bool deletes = str_is(val_s(r->in, "what"), "delete");
	if (!signed_in(r, &a) || !end(r, &a, deletes))
		return NOT_FOUND;
	if (!deletes)
		return see_other(r, STR_FMT "?said=private", STR_ARG(a.path));
	flash(r, N_("Your answer is deleted."));
	return see_other(r, "/me");
}

static int link_said(struct req *r, const struct author *a, const char *what)
{
	return see_other(r, STR_FMT "?said=%s&speaks=" STR_FMT, STR_ARG(a->path), what,
			 STR_ARG(r->lang));
}

static int link_put(struct req *r)
{
	struct author a;
	if (!behind(r, &a))
		return link_page(r);
	int status = write_down(r, &a);
	return status == OK ? link_said(r, &a, "saved") : status;
}

static int link_put_end(struct req *r)
{
	struct author a;
	bool deletes = str_is(val_s(r->in, "what"), "delete");
	if (!behind(r, &a))
		return link_page(r);
	if (!end(r, &a, deletes))
		return NOT_FOUND;
	return link_said(r, &a, deletes ? "deleted" : "private");
}

/* ---- routes ---- */

static const char *const saids[] = {"saved", "private", "deleted", NULL};
static const char *const ends[] = {"private", "delete", NULL};

#define ACTIVITY                                                                                   \
	{                                                                                          \
		.name = "activity", .kind = FIELD_ID, .required = true                             \
	}
#define KEY                                                                                        \
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},                         \
	{                                                                                          \
		.name = "speaks", .kind = FIELD_LANG                                               \
	}
#define SAID                                                                                       \
	{                                                                                          \
		.name = "said", .kind = FIELD_TEXT, .one_of = saids                                \
	}
#define ANSWER                                                                                     \
	{.name = "words", .kind = FIELD_LINES, .required = true, .max = WORDS_MOST},               \
		{.name = "shared", .kind = FIELD_FLAG},                                            \
	{                                                                                          \
		.name = "rev", .kind = FIELD_INT, .required = true                                 \
	}
#define END                                                                                        \
	{                                                                                          \
		.name = "what", .kind = FIELD_TEXT, .required = true, .one_of = ends               \
	}

static const struct field page_fields[] = {ACTIVITY, SAID, {0}};
static const struct field put_fields[] = {ACTIVITY, ANSWER, {0}};
static const struct field end_fields[] = {ACTIVITY, END, {0}};
static const struct field link_fields[] = {KEY, SAID, {0}};
static const struct field link_put_fields[] = {KEY, ANSWER, {0}};
static const struct field link_end_fields[] = {KEY, END, {0}};
static const struct field shared_fields[] = {ACTIVITY, {.name = "after", .kind = FIELD_INT}, {0}};

static const struct route routes[] = {
	{GET, "/activities/:activity/reflection", SIGNED_IN, page, "activities/reflect_mine",
	 .fields = page_fields, .summary = "The question asked afterwards, and my answer"},
	{POST, "/activities/:activity/reflection", SIGNED_IN, put, "activities/reflect_mine",
	 .fields = put_fields, .summary = "Answer the question, or change the answer"},
	{POST, "/activities/:activity/reflection/end", SIGNED_IN, put_end,
	 "activities/reflect_mine", .fields = end_fields,
	 .summary = "Let nobody else read one's answer any more, or delete it"},
	{GET, "/activities/reflection/:key", PUBLIC, link_page, "activities/reflect_link",
	 .fields = link_fields, .flags = ROUTE_TOKEN,
	 .summary = "The question asked afterwards, behind the link of a letter"},
	{POST, "/activities/reflection/:key", PUBLIC, link_put, "activities/reflect_link",
	 .fields = link_put_fields, .flags = ROUTE_TOKEN,
	 .summary = "Answer the question with the link of a letter"},
	{POST, "/activities/reflection/:key/end", PUBLIC, link_put_end, "activities/reflect_link",
	 .fields = link_end_fields, .flags = ROUTE_TOKEN,
	 .summary = "With the link: let nobody else read one's answer, or delete it"},
	{GET, "/activities/:activity/reflections", SIGNED_IN, reflect_shared,
	 "activities/reflect_shared", .fields = shared_fields, .flags = ROUTE_TRACE,
	 .summary = "How many answered the question, and the answers that their authors share"},
	{0},
};

static const struct mine mine[] = {
	{MINE_TASK, N_("You were there: one question for you"), &q_activity_mine_reflect,
	 plan_called},
	{0},
};

static const struct personal personal[] = {
	{"reflections", N_("Answers to questions asked after activities"), "reflection.person",
	 &q_reflect_personal, ERASURE_ERASED, &q_reflect_personal_kept, &q_reflect_personal_gone},
	{0},
};

static const struct job_kind jobs[] = {{.name = REFLECT_JOB, .run = reflect_job}, {0}};

const struct feature reflect_feature = {
	.name = "activities",
	.routes = routes,
	.personal = personal,
	.mine = mine,
	.jobs = jobs,
	.letters = reflect_letters,
	.demo_fill = reflect_demo_fill,
};

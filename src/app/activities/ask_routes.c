/* The route table of asking, and its work. */
#include "app/activities/activities.h"

#include "app/activities/ask_letters.h"
#include "app/activities/ask_pages.h"
#include "app/activities/demo.h"
#include "app/activities/plan.h"
#include "core/mine.h"
#include "core/right.h"
#include "queries.h"

static const char *const state_codes[] = {"asked",     "accepted",   "waiting", "offered",
					  "declined",  "other_date", "call_me", "expired",
					  "withdrawn", NULL};
static const char *const role_codes[] = {"participant", "guardian",    "learner",      "speaker",
					 "host",        "book",        "mentor",       "volunteer",
					 "influencer",  "facilitator", "second_adult", NULL};
static const char *const how_codes[] = {"telephone", "in_person", "paper", NULL};

#define ACTIVITY                                                                                   \
	{                                                                                          \
		.name = "activity", .kind = FIELD_ID, .required = true                             \
	}
#define ONE                                                                                        \
	ACTIVITY,                                                                                  \
	{                                                                                          \
		.name = "ask", .kind = FIELD_ID, .required = true                                  \
	}
#define ROLE                                                                                       \
	{                                                                                          \
		.name = "role", .kind = FIELD_TEXT, .required = true, .one_of = role_codes         \
	}
#define ANSWER                                                                                     \
	{.name = "answer", .kind = FIELD_TEXT, .max = 20},                                         \
		{.name = "adults", .kind = FIELD_INT, .max = 12},                                  \
		{.name = "children", .kind = FIELD_INT, .max = 12},                                \
		{.name = "words", .kind = FIELD_LINES, .max = 1000},                               \
	{                                                                                          \
		.name = "phone", .kind = FIELD_TEXT, .max = 40                                     \
	}
#define KEY                                                                                        \
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},                         \
	{                                                                                          \
		.name = "speaks", .kind = FIELD_LANG                                               \
	}

static const struct field list_fields[] = {
	ACTIVITY,
	{.name = "state", .kind = FIELD_TEXT, .one_of = state_codes},
	{.name = "after", .kind = FIELD_INT, .min = 0, .max = 1000000},
	{0},
};
static const struct field activity_fields[] = {ACTIVITY, {0}};
static const struct field mine_fields[] = {{.name = "ask", .kind = FIELD_ID, .required = true},
					   {0}};
static const struct field form_fields[] = {
	ACTIVITY, {.name = "q", .kind = FIELD_TEXT, .max = 100}, {0}};
static const struct field group_fields[] = {
	ACTIVITY, {.name = "group", .kind = FIELD_ID, .required = true}, ROLE, {0}};
static const struct field people_fields[] = {
	ACTIVITY, {.name = "people", .kind = FIELD_MANY}, ROLE, {0}};
static const struct field person_fields[] = {
	ACTIVITY,
	{.name = "name", .kind = FIELD_TEXT, .required = true},
	{.name = "email", .kind = FIELD_TEXT, .max = 254},
	{.name = "phone", .kind = FIELD_TEXT, .max = 40},
	{.name = "speaks", .kind = FIELD_LANG, .required = true},
	ROLE,
	{0},
};
static const struct field one_fields[] = {ONE, {0}};
static const struct field behalf_fields[] = {
	ONE,
	ANSWER,
	{.name = "how", .kind = FIELD_TEXT, .required = true, .one_of = how_codes},
	{.name = "was_read", .kind = FIELD_FLAG},
	{.name = "reading_code", .kind = FIELD_TEXT, .max = 100},
	{0},
};
static const struct field withdraw_fields[] = {ONE, {.name = "again", .kind = FIELD_FLAG}, {0}};
static const struct field notice_fields[] = {
	ACTIVITY,
	{.name = "group", .kind = FIELD_ID, .required = true},
	{.name = "speaks", .kind = FIELD_LANG},
	{.name = "skip", .kind = FIELD_INT},
	{0},
};
static const struct field key_fields[] = {KEY, {.name = "said", .kind = FIELD_FLAG}, {0}};
static const struct field answer_fields[] = {KEY, ANSWER, {0}};
static const struct field stop_fields[] = {KEY, {0}};
static const struct field stop_put_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100}, {0}};
static const struct field code_page_fields[] = {{.name = "code", .kind = FIELD_TEXT, .max = 40},
						{.name = "speaks", .kind = FIELD_LANG},
						{0}};
static const struct field code_fields[] = {
	{.name = "code", .kind = FIELD_TEXT, .max = 40},
	{.name = "speaks", .kind = FIELD_LANG},
	{.name = "instead", .kind = FIELD_LANG}, /* the page in this language, nothing judged */
	{0},
};

static const struct route routes[] = {
	{GET, "/activities/:activity/asked", ACTIVITIES_PLAN, ask_list, "activities/asked",
	 .fields = list_fields, .summary = "Who is asked for an activity, and who answered what"},
	{POST, "/activities/:activity/reminders", ACTIVITIES_PLAN, ask_remind,
	 .fields = activity_fields, .summary = "Remind once those who have not answered"},
	{GET, "/activities/:activity/ask", ACTIVITIES_PLAN, ask_form, "activities/ask",
	 .fields = form_fields, .summary = "Forms for asking people"},
	{POST, "/activities/:activity/ask/group", ACTIVITIES_PLAN, ask_group_put, "activities/ask",
	 .fields = group_fields, .summary = "Ask the members of an invited group"},
	{POST, "/activities/:activity/ask/people", PEOPLE_READ, ask_people_put, "activities/ask",
	 .fields = people_fields, .summary = "Ask persons of the directory"},
	{POST, "/activities/:activity/ask/person", ACTIVITIES_PLAN, ask_person_put,
	 "activities/ask", .fields = person_fields, .summary = "Ask somebody new"},
	{GET, "/activities/:activity/asked/:ask", ACTIVITIES_PLAN, ask_one_page,
	 "activities/asked_one", .fields = one_fields,
	 .summary = "One asking: its answers, and the form for one by telephone"},
	{POST, "/activities/:activity/asked/:ask", ACTIVITIES_PLAN, ask_one_put,
	 "activities/asked_one", .fields = behalf_fields,
	 .summary = "Write down an answer given by telephone, in person or on paper"},
	{POST, "/activities/:activity/asked/:ask/withdraw", ACTIVITIES_PLAN, ask_withdraw,
	 .fields = withdraw_fields, .summary = "Ask no longer, or once more"},
	{GET, "/activities/:activity/notices", ACTIVITIES_PLAN, ask_notices, "activities/notices",
	 .fields = activity_fields, .summary = "Form for printed notices"},
	{POST, "/activities/:activity/notices", ACTIVITIES_PLAN, ask_notices_print,
	 "activities/notices", .fields = notice_fields,
	 .summary = "Notices of a group to print, each with a new code"},
	{GET, "/activities/answer", PUBLIC, ask_code_page, "activities/code",
	 .fields = code_page_fields, .flags = ROUTE_TOKEN,
	 .summary = "Form for the code of a printed notice"},
	{POST, "/activities/answer", PUBLIC, ask_code_put, "activities/code", .fields = code_fields,
	 .flags = ROUTE_TOKEN | ROUTE_COUNTS,
	 .summary = "Go on to the answer with the code of a printed notice"},
	{GET, "/activities/invitations/:ask", SIGNED_IN, ask_mine_page, "activities/invited",
	 .fields = mine_fields, .summary = "An invitation of mine, or of a child of mine"},
	{POST, "/activities/invitations/:ask", SIGNED_IN, ask_mine_go, .fields = mine_fields,
	 .summary = "Go on to the page that answers an invitation of mine"},
	{GET, "/activities/answer/:key", PUBLIC, ask_answer_page, "activities/answer",
	 .fields = key_fields, .flags = ROUTE_TOKEN, .summary = "An invitation behind its link"},
	{POST, "/activities/answer/:key", PUBLIC, ask_answer_put, "activities/answer",
	 .fields = answer_fields, .flags = ROUTE_TOKEN, .summary = "Answer an invitation"},
	{GET, "/activities/answer/:key/stop", PUBLIC, ask_stop_page, "activities/stop",
	 .fields = stop_fields, .flags = ROUTE_TOKEN,
	 .summary = "Form for no more invitations by e-mail"},
	{POST, "/activities/answer/:key/stop", PUBLIC, ask_stop_put, "activities/stop",
	 .fields = stop_put_fields, .flags = ROUTE_TOKEN,
	 .summary = "No more invitations by e-mail; one click of a mail program (RFC 8058)"},
	{0},
};

static const struct mine mine[] = {
	{MINE_TASK, N_("You are invited: say whether you come"), &q_activity_mine_asked,
	 plan_called},
	{0},
};

static const struct job_kind jobs[] = {
	{.name = ASK_JOB_MANY, .run = ask_many_job},
	{.name = ASK_JOB_SETTLE, .run = ask_offers_job},
	{0},
};

const struct feature ask_feature = {
	.name = "activities",
	.routes = routes,
	.mine = mine,
	.jobs = jobs,
	.reactions = ask_reactions,
	.letters = ask_letters,
	.demo_fill = ask_demo_fill,
};

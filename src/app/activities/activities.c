/* The route table of activities. */
#include "app/activities/activities.h"

#include "app/activities/calendar.h"
#include "app/activities/demo.h"
#include "app/activities/plan.h"
#include "app/activities/plan_tell.h"
#include "core/mine.h"
#include "core/pages.h"
#include "core/personal.h"
#include "core/right.h"
#include "queries.h"

static const char *const changes[] = {"one", "following", NULL};
static const char *const whens[] = {"coming", "past", NULL};
static const struct field list_fields[] = {
	{.name = "when", .kind = FIELD_TEXT, .one_of = whens},
	{.name = "kind", .kind = FIELD_TEXT, .max = 20},
	{.name = "after_at", .kind = FIELD_INT},
	{.name = "after_id", .kind = FIELD_INT},
	{0},
};
static const struct field calendar_fields[] = {
	{.name = "after_at", .kind = FIELD_INT}, {.name = "after_id", .kind = FIELD_INT}, {0}};
static const struct field new_fields[] = {
	{.name = "work", .kind = FIELD_LANG},
	{.name = "zone", .kind = FIELD_TEXT, .max = 60},
	{.name = "items", .kind = FIELD_MANY},
	{0},
};
static const struct field activity_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field picture_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "read", .kind = FIELD_LANG},
	{0},
};
static const struct field edit_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "work", .kind = FIELD_LANG},
	{.name = "items", .kind = FIELD_MANY},
	{.name = "items_sent", .kind = FIELD_FLAG},
	{0},
};
static const struct field cancel_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{.name = "why", .kind = FIELD_TEXT, .required = true, .max = 300},
	{.name = "change", .kind = FIELD_TEXT, .one_of = changes},
	{0},
};
static const struct field settle_fields[] = {
	{.name = "activity", .kind = FIELD_ID, .required = true},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const char *const feed_kinds[] = {"person", "group", "org", NULL};
static const struct field feed_new_fields[] = {
	{.name = "feed", .kind = FIELD_TEXT, .required = true, .one_of = feed_kinds},
	{.name = "group", .kind = FIELD_ID},
	{0},
};
static const struct field feeds_fields[] = {{.name = "group", .kind = FIELD_ID}, {0}};
static const struct field feed_link_fields[] = {
	{.name = "link", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field feed_fields[] = {
	{.name = "token", .kind = FIELD_TEXT, .required = true},
	{0},
};
static const struct field place_fields[] = {
	{.name = "place", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field place_page_fields[] = {
	{.name = "place", .kind = FIELD_ID, .required = true},
	PAGES_FIRST,
	{0},
};
#define PLACE_TEXTS                                                                                \
	{.name = "name", .kind = FIELD_TEXT, .required = true},                                    \
		{.name = "address", .kind = FIELD_LINES, .max = 1000},                             \
		{.name = "zone", .kind = FIELD_TEXT, .max = 60},                                   \
	{                                                                                          \
		.name = "access", .kind = FIELD_LINES, .max = 2000                                 \
	}
static const struct field place_new_fields[] = {PLACE_TEXTS, {0}};
static const struct field place_edit_fields[] = {
	{.name = "place", .kind = FIELD_ID, .required = true},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	PLACE_TEXTS,
	{0},
};

static const struct route routes[] = {
	{GET, "/activities", PUBLIC, plan_list, "activities/index", .fields = list_fields,
	 .summary = "Activities that the reader may see: coming or past, by kind"},
	{GET, "/activities/new", ACTIVITIES_PLAN, plan_new, "activities/new", .fields = new_fields,
	 .summary = "Form for a new activity"},
	{POST, "/activities/new", ACTIVITIES_PLAN, plan_add, "activities/new",
	 .fields = plan_new_fields, .summary = "Plan an activity"},
	{GET, "/activities/:activity", PUBLIC, plan_page, "activities/show",
	 .fields = activity_fields, .summary = "One activity"},
	{GET, "/activities/:activity/edit", ACTIVITIES_PLAN, plan_edit_page, "activities/edit",
	 .fields = edit_fields, .summary = "Form for changing an activity"},
	{POST, "/activities/:activity/edit", ACTIVITIES_PLAN, plan_edit, "activities/edit",
	 .fields = plan_edit_fields, .summary = "Change an activity; what it said before stays"},
	{GET, "/activities/:activity/share", PUBLIC, plan_share, "activities/share",
	 .fields = activity_fields, .summary = "Words and a picture for sharing a public activity"},
	{GET, "/activities/:activity/picture", PUBLIC, plan_picture, .fields = picture_fields,
	 .flags = ROUTE_ANY_ORIGIN, .summary = "A public activity as a picture, 1200 x 630, PNG"},
	{GET, "/activities/:activity/cancel", ACTIVITIES_PLAN, plan_cancel_page,
	 "activities/cancel", .fields = activity_fields, .summary = "Form for cancelling"},
	{POST, "/activities/:activity/cancel", ACTIVITIES_PLAN, plan_cancel, "activities/cancel",
	 .fields = cancel_fields, .summary = "Cancel an activity, with the reason"},
	{POST, "/activities/:activity/held", ACTIVITIES_PLAN, plan_held, "activities/show",
	 .fields = settle_fields, .summary = "Say that an activity was held"},
	{POST, "/activities/:activity/again", ACTIVITIES_PLAN, plan_again, "activities/show",
	 .fields = settle_fields, .summary = "Take back that an activity was held or cancelled"},
	{GET, "/activities/calendar", PUBLIC, calendar_public, "activities/calendar",
	 &q_calendar_version, .fields = calendar_fields,
	 .summary = "What is public, by month; also as iCalendar (.ics)"},
	{GET, "/activities/feeds", SIGNED_IN, calendar_feeds, "activities/feeds",
	 .fields = feeds_fields, .summary = "One's secret calendar addresses"},
	{POST, "/activities/feeds", SIGNED_IN, calendar_feed_make, "activities/feeds",
	 .fields = feed_new_fields,
	 .summary = "Make a secret calendar address; the one before no longer works"},
	{POST, "/activities/feeds/:link/revoke", SIGNED_IN, calendar_feed_revoke,
	 .fields = feed_link_fields, .summary = "Make a secret calendar address work no longer"},
	{GET, "/activities/feed/:token", PUBLIC, calendar_feed, .fields = feed_fields,
	 .flags = ROUTE_TOKEN, .summary = "The dates behind a secret address, as iCalendar"},
	{GET, "/activities/places", ACTIVITIES_READ, place_index, "activities/places",
	 .summary = "The places of the organisation"},
	{GET, "/activities/places/new", ACTIVITIES_PLAN, place_new, "activities/place_new",
	 .summary = "Form for a new place"},
	{POST, "/activities/places/new", ACTIVITIES_PLAN, place_put, "activities/place_new",
	 .fields = place_new_fields, .summary = "Add a place"},
	{GET, "/activities/places/:place", ACTIVITIES_READ, place_page, "activities/place",
	 .fields = place_page_fields, .summary = "One place, and what is planned there"},
	{GET, "/activities/places/:place/edit", ACTIVITIES_PLAN, place_change_page,
	 "activities/place_edit", .fields = place_fields, .summary = "Form for changing a place"},
	{POST, "/activities/places/:place/edit", ACTIVITIES_PLAN, place_change,
	 "activities/place_edit", .fields = place_edit_fields, .summary = "Change a place"},
	{POST, "/activities/places/:place/retire", ACTIVITIES_PLAN, place_leave,
	 .fields = place_fields, .summary = "Offer a place no longer"},
	{POST, "/activities/places/:place/return", ACTIVITIES_PLAN, place_return,
	 .fields = place_fields, .summary = "Offer a place again"},
	{0},
};

static const struct personal personal[] = {
	{"led", N_("Activities led"), "activity.responsible", &q_activities_led, ERASURE_ANONYMISED,
	 &q_activities_led_kept, &q_activities_led_gone},
	{"asked", N_("Invitations to activities, and the answers"), "activity_ask.person",
	 &q_ask_personal, ERASURE_ERASED, &q_ask_personal_kept, &q_ask_personal_gone},
	{"unasked", N_("No invitations by e-mail"), "activity_unasked.person",
	 &q_ask_personal_unasked, ERASURE_ERASED, &q_ask_unasked_kept, &q_ask_unasked_gone},
	{0},
};

static const struct mine mine[] = {
	{MINE_DATE, N_("You are expected"), &q_activity_mine_expected, plan_called},
	{MINE_DATE, N_("You are responsible"), &q_activity_mine_led, plan_called},
	{0},
};

static const struct letter_kind *const letters[] = {&plan_changed_letter, &plan_cancelled_letter,
						    NULL};

const struct feature activities_feature = {
	.name = "activities",
	.routes = routes,
	.personal = personal,
	.mine = mine,
	.label = N_("Activities"),
	.about = N_("What is planned, for whom, when and where"),
	.path = "/activities",
	.right = PUBLIC,
	.reactions = plan_reactions,
	.letters = letters,
	.first_page = plan_soon,
	.demo_fill = activities_demo_fill,
};

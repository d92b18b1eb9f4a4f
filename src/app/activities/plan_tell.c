#include "app/activities/plan_tell.h"

#include "app/activities/ask_letters.h"
#include "app/activities/calendar.h"
#include "app/activities/plan_rules.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/org.h"
#include "core/text.h"
#include "queries.h"

static const char *const title_field[] = {"title", NULL};

static const struct letter_blank blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The page of the activity"),
	 .sample = "/activities/7"},
	LETTER_ORG,
	{.name = "name", .meaning = N_("The name of who is written to"), .sample = "Camille Roy"},
	{.name = "title", .meaning = N_("What the activity is called"), .sample = "A visit"},
	{.name = "when",
	 .meaning = N_("When it takes place, a line for each day"),
	 .sample = "2026-11-24"},
	{.name = "place", .meaning = N_("Where it takes place"), .sample = "Main Street 1"},
	{.name = "why", .meaning = N_("The reason that was given"), .sample = "Snow"},
	{0},
};

static const struct letter_words changed[] = {
	{"en", "Changed: {{title}}",
	 "Hello {{name}},\n\n"
	 "{{org}} has changed {{title}}. It now takes place:\n\n"
	 "{{when}}\n\n"
	 "{{place}}\n\n"
	 "{{why}}\n\n"
	 "All about it stands here:\n\n"
	 "{{link}}"},
	{"fr", "Changement : {{title}}",
	 "Bonjour {{name}},\n\n"
	 "« {{org}} » a modifié l’activité « {{title}} ». Elle a "
	 "maintenant lieu :\n\n"
	 "{{when}}\n\n"
	 "{{place}}\n\n"
	 "{{why}}\n\n"
	 "Tout est expliqué ici :\n\n"
	 "{{link}}"},
	{0},
};

static const struct letter_words cancelled[] = {
	{"en", "Cancelled: {{title}}",
	 "Hello {{name}},\n\n"
	 "{{org}} has cancelled {{title}}, which was planned for:\n\n"
	 "{{when}}\n\n"
	 "{{why}}\n\n"
	 "Its page:\n\n"
	 "{{link}}"},
	{"fr", "Annulation : {{title}}",
	 "Bonjour {{name}},\n\n"
	 "« {{org}} » a annulé l’activité « {{title}} », prévue :\n\n"
	 "{{when}}\n\n"
	 "{{why}}\n\n"
	 "Sa page :\n\n"
	 "{{link}}"},
	{0},
};

const struct letter_kind plan_changed_letter = {
	.name = "activities.changed",
	.summary = N_("An activity was moved or changed"),
	.blanks = blanks,
	.words = changed,
};
const struct letter_kind plan_cancelled_letter = {
	.name = "activities.cancelled",
	.summary = N_("An activity was cancelled"),
	.blanks = blanks,
	.words = cancelled,
};

struct telling {
	struct db *db;
	struct arena *a;
	const struct val *event;
	struct val *org, *activities;
	const struct letter_kind *kind;
};

static struct val *activity_of(const struct telling *t, int64_t id)
{
	for (size_t i = 0; i < val_count(t->activities); i++)
		if (val_i(val_at(t->activities, i), "id") == id)
			return val_at(t->activities, i);
	return val_null();
}

/* A line for each of the activities that concern one person: rows from `at` on are theirs. */
static struct str when_of(const struct telling *t, const struct val *rows, size_t at, size_t end)
{
	struct buf b = {.arena = t->a};
	struct str lang = val_s(val_at(rows, at), "lang");
	for (size_t i = at; i < end; i++) {
		const struct val *is = activity_of(t, val_i(val_at(rows, i), "activity"));
		struct str name = val_s(is, "zone");
		struct zone *zone = zone_open(t->a, name);
		if (!zone)
			continue;
		if (b.n)
			buf_char(&b, '\n');
		buf_add(&b,
			plan_hours(t->a, lang, val_i(is, "starts_at"), val_i(is, "minutes"), zone));
		if (!str_eq(name, val_s(t->org, "zone")))
			buf_fmt(&b, ", " STR_FMT,
				STR_ARG(zone_hour_show(t->a, lang, name, val_i(is, "starts_at"))));
	}
	return buf_str(&b);
}

/* The dates as a calendar program reads them: each with its raised SEQUENCE, or as cancelled. */
static struct str file_of(const struct telling *t, const struct val *rows, size_t at, size_t end,
			  struct str lang)
{
	struct req r = ask_as_page(t->db, t->a, t->org, lang, val_i(t->event, "at"));
	struct val *ids = val_list(t->a);
	for (size_t i = at; i < end; i++)
		val_push(ids, val_get(val_at(rows, i), "activity"));
	struct val *dates = calendar_rows(t->db, t->a, val_i(t->org, "id"), ids, NULL);
	return calendar_bytes(&r, dates, "PUBLISH", true);
}

static void tell_one(struct telling *t, const struct val *rows, size_t at, size_t end)
{
	const struct val *who = val_at(rows, at);
	struct val *first = activity_of(t, val_i(who, "activity"));
	struct str lang = val_s(who, "lang");
	int64_t person = val_i(who, "person");
	text_attach_one(t->db, t->a, first,
			&(struct text_want){.kind = "activity",
					    .id = "id",
					    .fields = title_field,
					    .lang = lang,
					    .first = val_s(t->org, "lang")});
	org_speak(t->org, lang);
	struct val *values = ARGS(
		t->a, ARG_AS("name", val_s(who, "name")), ARG_AS("org", val_s(t->org, "name")),
		ARG_AS("title", val_s(first, "title")), ARG_AS("when", when_of(t, rows, at, end)),
		ARG_AS("place",
		       str_fmt(t->a, STR_FMT "\n" STR_FMT, STR_ARG(val_s(first, "place_name")),
			       STR_ARG(val_s(first, "place_address")))),
		ARG_AS("why", val_s(val_get(t->event, "data"), "why")),
		ARG_AS("link",
		       str_fmt(t->a, STR_FMT "/activities/%lld", STR_ARG(val_s(t->org, "base")),
			       (long long)val_i(first, "id"))));
	struct str key =
		str_fmt(t->a, "%s/%lld.%lld/%lld", t->kind->name, (long long)val_i(first, "id"),
			(long long)val_i(first, "rev"), (long long)person);
	letter_post(t->db, t->a,
		    &(struct letter){
			    .kind = t->kind,
			    .org = val_i(t->org, "id"),
			    .person = person,
			    .to_address = contact_email(t->db, t->a, val_i(t->org, "id"), person),
			    .to_name = val_s(who, "name"),
			    .lang = lang,
			    .values = values,
			    .file = file_of(t, rows, at, end, lang),
			    .file_name = S("activity.ics"),
			    .file_type = S("text/calendar; charset=utf-8; method=PUBLISH"),
			    .key = str_c(t->a, key),
			    .now = val_i(t->event, "at")});
}

static void tell(struct telling *t)
{
	struct val *data = val_get(t->event, "data");
	struct val *args = ARGS(t->a, ARG_AS("org", val_i(t->event, "org")),
				ARG_AS("ids", val_s(data, "ids")), ARG_AS("by", val_i(data, "by")));
	t->org = org_by_id(t->db, t->a, val_i(t->event, "org"));
	struct zone *zone = zone_open(t->a, val_s(t->org, "zone"));
	int64_t at_home =
		val_i(t->event, "at") + (zone ? zone_offset(zone, val_i(t->event, "at")) : 0);
	val_set_str(args, "today", day_text(t->a, at_home / 86400));
	struct val *rows = db_rows(t->db, &q_plan_concerned, args);
	t->activities = db_rows(t->db, &q_plan_told, args);
	for (size_t at = 0, end; at < val_count(rows); at = end) {
		for (end = at + 1;
		     end < val_count(rows) &&
		     val_i(val_at(rows, end), "person") == val_i(val_at(rows, at), "person");)
			end++;
		tell_one(t, rows, at, end);
	}
}

static void tell_change(struct db *db, struct arena *a, const struct val *event)
{
	tell(&(struct telling){.db = db, .a = a, .event = event, .kind = &plan_changed_letter});
}

static void tell_end(struct db *db, struct arena *a, const struct val *event)
{
	tell(&(struct telling){.db = db, .a = a, .event = event, .kind = &plan_cancelled_letter});
}

const struct reaction plan_reactions[] = {
	{"activities.tell_change", "activities.changed", tell_change},
	{"activities.tell_end", "activities.cancelled", tell_end},
	{0},
};

/* What families are told of a conference: that there are times, which one is theirs, that it is not. */
#include "app/activities/conference.h"

#include "app/activities/ask_letters.h"
#include "app/activities/calendar.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/event.h"
#include "core/letter.h"
#include "core/letters.h"
#include "core/link.h"
#include "core/org.h"
#include "queries.h"
#include "web/ics.h"

enum { STEP = 25, LINK_DAYS = 120 * 86400, LINK_USES = 1000000 };

static const struct letter_blank times_blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link where times are booked"),
	 .sample = "/activities/conference/3k9PqLw7"},
	{.name = "name", .meaning = N_("The name of whoever the letter goes to"), .sample = "Noor"},
	{.name = "title", .meaning = N_("What it is"), .sample = "Parents' evening"},
	{.name = "org", .meaning = N_("The name of the organisation")},
	{0},
};
static const struct letter_blank slot_blanks[] = {
	{.name = "name", .meaning = N_("The name of whoever the letter goes to"), .sample = "Noor"},
	{.name = "child", .meaning = N_("The name of the child"), .sample = "Alix"},
	{.name = "teacher", .meaning = N_("The name of the teacher"), .sample = "R. Delorme"},
	{.name = "when", .meaning = N_("Day and hours"), .sample = "12 May 2027, 18:00"},
	{.name = "where", .meaning = N_("The room"), .sample = "Room 7"},
	{.name = "interpreter", .meaning = N_("Who interprets, or a dash"), .sample = "A. Khan"},
	{.name = "org", .meaning = N_("The name of the organisation")},
	{0},
};
static const struct letter_words times_words[] = {
	{"en", "Choose your times: {{title}}",
	 "Hello {{name}},\n\n{{org}} invites you to talk with the teachers: {{title}}.\n\nAll your "
	 "children are on one page. Choose a time with each teacher here:\n\n{{link}}\n\nYou can "
	 "change or cancel it by the same link. No account is needed."},
	{"fr", "Choisissez vos heures : {{title}}",
	 "Bonjour {{name}},\n\n{{org}} vous invite à parler avec les enseignants : {{title}}.\n\n"
	 "Tous vos enfants sont sur une seule page. Choisissez une heure avec chaque enseignant "
	 "ici :\n\n{{link}}\n\nVous pouvez la changer ou l’annuler par le même lien. Aucun compte "
	 "n’est nécessaire."},
	{0},
};
static const struct letter_words yours_words[] = {
	{"en", "Your time with {{teacher}}: {{when}}",
	 "Hello {{name}},\n\nthis time is yours. An earlier one with the same teacher no longer "
	 "counts.\n\n- With: {{teacher}}\n- About: {{child}}\n- When: {{when}}\n- Where: "
	 "{{where}}\n- Interpreter: {{interpreter}}\n\n{{org}}"},
	{"fr", "Votre heure avec {{teacher}} : {{when}}",
	 "Bonjour {{name}},\n\ncette heure est à vous. Une heure précédente avec la même personne "
	 "ne "
	 "compte plus.\n\n- Avec : {{teacher}}\n- Au sujet de : {{child}}\n- Quand : {{when}}\n- "
	 "Où : {{where}}\n- Interprète : {{interpreter}}\n\n{{org}}"},
	{0},
};
static const struct letter_words cancelled_words[] = {
	{"en", "Your time with {{teacher}} is cancelled",
	 "Hello {{name}},\n\nthis time is cancelled. We are sorry. Where the conference takes "
	 "place "
	 "all the same, you can choose another one by the link we sent you.\n\n- With: "
	 "{{teacher}}\n- About: {{child}}\n- When it was: {{when}}\n\n{{org}}"},
	{"fr", "Votre heure avec {{teacher}} est annulée",
	 "Bonjour {{name}},\n\ncette heure est annulée. Nous en sommes désolés. Si la rencontre a "
	 "lieu quand même, vous pouvez en choisir une autre par le lien que vous avez reçu.\n\n- "
	 "Avec : {{teacher}}\n- Au sujet de : {{child}}\n- Prévue : {{when}}\n\n{{org}}"},
	{0},
};

static const struct letter_kind times_kind = {.name = "conference.times",
					      .summary = N_("Times of a conference to choose from"),
					      .blanks = times_blanks,
					      .words = times_words,
					      .secret = true};
static const struct letter_kind yours_kind = {.name = "conference.yours",
					      .summary = N_("A time of a conference is booked"),
					      .blanks = slot_blanks,
					      .words = yours_words};
static const struct letter_kind cancelled_kind = {.name = "conference.cancelled",
						  .summary =
							  N_("A time of a conference is cancelled"),
						  .blanks = slot_blanks,
						  .words = cancelled_words};
const struct letter_kind *const conference_letters[] = {&times_kind, &yours_kind, &cancelled_kind,
							NULL};

static struct str org_name(struct arena *a, const struct val *org, struct str lang)
{
	struct val *copy = val_object(a);
	val_merge(copy, org);
	org_speak(copy, lang);
	return val_s(copy, "name");
}

/* ---- that there are times ---- */

static void invite(struct db *db, struct arena *a, const struct val *org, int64_t activity,
		   const struct val *to, int64_t now)
{
	int64_t guardian = val_i(to, "guardian"), id = val_i(org, "id");
	struct str email = contact_email(db, a, guardian), lang = val_s(to, "lang");
	if (!email.n)
		return;
	struct req page = ask_as_page(db, a, org, lang, now);
	struct val *rows = val_list(a), *row = calendar_row(db, a, id, activity);
	if (val_is_null(row)) /* the world failed: nothing of this is kept */
		return;
	val_push(rows, row);
	calendar_bytes(&page, rows, "PUBLISH", true); /* dresses the row */
	struct str token = link_make(db, a,
				     &(struct link_new){.purpose = CONFERENCE_LINK,
							.org = id,
							.owner = guardian,
							.subject = activity,
							.address = email,
							.now = now,
							.ends_at = now + LINK_DAYS,
							.uses = LINK_USES});
	struct str link = str_fmt(a, STR_FMT "/activities/conference/" STR_FMT,
				  STR_ARG(val_s(org, "base")), STR_ARG(token));
	letter_post(
		db, a,
		&(struct letter){.kind = &times_kind,
				 .org = id,
				 .person = guardian,
				 .to_address = email,
				 .to_name = val_s(to, "name"),
				 .lang = lang,
				 .values = ARGS(a, ARG(link), ARG_AS("name", val_s(to, "name")),
						ARG_AS("title", val_s(val_at(rows, 0), "title")),
						ARG_AS("org", org_name(a, org, lang))),
				 .key = str_c(a, str_fmt(a, "conference.times.%lld.%lld",
							 (long long)activity, (long long)guardian)),
				 .now = now});
}

/* A few: where the next few begin, 0 when that was all. */
static int64_t some(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		    int64_t now)
{
	int64_t id = val_i(org, "id"), activity = val_i(input, "activity"), last = 0;
	const struct val *row = calendar_row(db, a, id, activity);
	struct zone *zone = zone_open(a, val_s(org, "zone"));
	int64_t today = zone ? instant_wall(now, zone).day : now / 86400;
	if (!str_is(val_s(row, "status"), "planned")) /* cancelled meanwhile */
		return 0;
	const struct val *rows = db_rows(
		db, &q_conference_receivers,
		ARGS(a, ARG_AS("org", id), ARG(activity), ARG_AS("after", val_i(input, "after")),
		     ARG_AS("day", str_sub(val_s(row, "starts_wall"), 0, 10)),
		     ARG_AS("today", day_text(a, today)), ARG_AS("most", STEP)));
	for (size_t i = 0; i < val_count(rows); i++) {
		last = val_i(val_at(rows, i), "guardian");
		invite(db, a, org, activity, val_at(rows, i), now);
	}
	return val_count(rows) == STEP ? last : 0;
}

static const struct letters_work work = {.job = CONFERENCE_JOB, .step = STEP, .some = some};

void conference_invite(struct req *r, int64_t activity)
{
	letters_write(
		r->db, r->arena, &work,
		&(struct letters_asked){.org = r->org,
					.input = ARGS(r->arena, ARG(activity), ARG_AS("after", 0)),
					.owner = val_i(r->me, "id"),
					.title = str_of(tr(r, N_("Letters about a conference"))),
					.now = r->now});
}

enum job_end conference_invite_job(struct job *job, struct val *result)
{
	return letters_job(job, result, &work,
			   str_fmt(job->arena, "/activities/%lld/conference",
				   (long long)val_i(job->input, "activity")));
}

/* ---- about one time ---- */

static struct str when(struct arena *a, struct str lang, struct str starts_wall)
{
	struct wall wall;
	if (!wall_read(starts_wall, &wall))
		return starts_wall;
	return str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(day_show(a, lang, DAY_WEEKDAY, wall.day)),
		       STR_ARG(time_show(a, lang, wall.seconds)));
}

/* One date of a child with a teacher, whichever time it has now. */
static struct str date_of(struct db *db, struct arena *a, const struct val *org,
			  const struct val *slot, bool cancelled, int64_t now)
{
	int64_t activity = val_i(slot, "activity");
	const struct val *plan = calendar_row(db, a, val_i(org, "id"), activity);
	int64_t made_at = val_i(plan, "made_at");
	struct str lang = val_s(slot, "guardian_lang");
	struct ics_event event = {
		.uid = str_fmt(a, STR_FMT "/activities/%lld/conference/%lld/%lld",
			       STR_ARG(val_s(org, "base")), (long long)activity,
			       (long long)val_i(slot, "teacher"), (long long)val_i(slot, "child")),
		.sequence = now - made_at,
		.status = cancelled ? "CANCELLED" : "CONFIRMED",
		.wall = val_s(slot, "starts_wall"),
		.zone = val_s(plan, "zone"),
		.at = val_i(slot, "starts_at"),
		.minutes = (val_i(slot, "ends_at") - val_i(slot, "starts_at")) / 60,
		.title = str_fmt(a, STR_FMT " – " STR_FMT, STR_ARG(val_s(slot, "teacher_name")),
				 STR_ARG(val_s(slot, "child_name"))),
		.title_lang = lang,
		.place = val_s(slot, "room"),
		.made_at = made_at,
		.changed_at = now};
	return ics_write(a, &(struct ics){.method = "PUBLISH",
					  .name = org_name(a, org, lang),
					  .lang = lang,
					  .events = &event,
					  .count = zone_open(a, event.zone) ? 1 : 0});
}

void conference_tell(struct db *db, struct arena *a, const struct val *org, const struct val *slot,
		     enum conference_letter what, int64_t now)
{
	int64_t guardian = val_i(slot, "guardian");
	struct str email = contact_email(db, a, guardian), lang = val_s(slot, "guardian_lang");
	struct str room = val_s(slot, "room"), who = val_s(slot, "interpreter_name");
	if (!guardian || !email.n)
		return;
	letter_post(
		db, a,
		&(struct letter){
			.kind = conference_letters[what],
			.org = val_i(org, "id"),
			.person = guardian,
			.to_address = email,
			.to_name = val_s(slot, "guardian_name"),
			.lang = lang,
			.values = ARGS(a, ARG_AS("name", val_s(slot, "guardian_name")),
				       ARG_AS("child", val_s(slot, "child_name")),
				       ARG_AS("teacher", val_s(slot, "teacher_name")),
				       ARG_AS("when", when(a, lang, val_s(slot, "starts_wall"))),
				       ARG_AS("where", room.n ? room : S("–")),
				       ARG_AS("interpreter", who.n ? who : S("–")),
				       ARG_AS("org", org_name(a, org, lang))),
			.file = date_of(db, a, org, slot, what == CONFERENCE_CANCELLED, now),
			.file_name = S("conference.ics"),
			.file_type = S("text/calendar; charset=utf-8; method=PUBLISH"),
			.key = str_c(a, str_fmt(a, "%s.%lld.%lld", conference_letters[what]->name,
						(long long)val_i(slot, "id"),
						(long long)val_i(slot, "rev"))),
			.now = now});
}

static void tell_booked(struct db *db, struct arena *a, const struct val *event, int64_t activity,
			enum conference_letter what)
{
	const struct val *org = org_by_id(db, a, val_i(event, "org"));
	const struct val *rows =
		db_rows(db, &q_conference_booked,
			ARGS(a, ARG_AS("org", val_i(event, "org")), ARG(activity)));
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *slot =
			db_row(db, &q_conference_slot,
			       ARGS(a, ARG_AS("org", val_i(event, "org")), ARG(activity),
				    ARG_AS("slot", val_i(val_at(rows, i), "id"))));
		conference_tell(db, a, org, slot, what, val_i(event, "at"));
	}
}

/* The whole evening is cancelled: each family is told of each of their times. */
static void tell_cancelled(struct db *db, struct arena *a, const struct val *event)
{
	tell_booked(db, a, event, val_i(event, "object"), CONFERENCE_CANCELLED);
}

/* It was moved: the same. A time that did not change has its letter already. */
static void tell_moved(struct db *db, struct arena *a, const struct val *event)
{
	const struct val *all = db_rows(db, &q_conference_moved,
					ARGS(a, ARG_AS("org", val_i(event, "org")),
					     ARG_AS("ids", val_s(val_get(event, "data"), "ids"))));
	for (size_t i = 0; i < val_count(all); i++)
		tell_booked(db, a, event, val_i(val_at(all, i), "id"), CONFERENCE_YOURS);
}

const struct reaction conference_reactions[] = {
	{"conference.cancelled", "activities.cancelled", tell_cancelled},
	{"conference.moved", "activities.changed", tell_moved},
	{0},
};

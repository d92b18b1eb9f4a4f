/* What families are told of a conference: that there are times, which one is theirs, that it is not. */
#include "app/activities/conference.h"

#include "base/instant.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/event.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/org.h"
#include "queries.h"

enum { LINK_DAYS = 120 * 86400, LINK_USES = 1000000 };

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

bool conference_invite(struct req *r, int64_t activity, const struct val *family)
{
	struct arena *a = r->arena;
	int64_t guardian = val_i(family, "guardian"), org = val_i(r->org, "id");
	struct str email = contact_email(r->db, a, guardian), lang = val_s(family, "lang");
	if (!email.n)
		return false;
	struct str token = link_make(r->db, a,
				     &(struct link_new){.purpose = CONFERENCE_LINK,
							.org = org,
							.owner = guardian,
							.subject = activity,
							.address = email,
							.now = r->now,
							.ends_at = r->now + LINK_DAYS,
							.uses = LINK_USES});
	struct str link = str_fmt(a, STR_FMT "/activities/conference/" STR_FMT,
				  STR_ARG(val_s(r->org, "base")), STR_ARG(token));
	struct letter letter = {
		.kind = &times_kind,
		.org = org,
		.person = guardian,
		.to_address = email,
		.to_name = val_s(family, "name"),
		.lang = lang,
		.values = ARGS(a, ARG(link), ARG_AS("name", val_s(family, "name")),
			       ARG_AS("title", val_s(val_get(r->out, "activity"), "title")),
			       ARG_AS("org", org_name(a, r->org, lang))),
		.key = str_c(a, str_fmt(a, "conference.times.%lld.%lld", (long long)activity,
					(long long)guardian)),
		.now = r->now};
	return letter_post(r->db, a, &letter) != 0;
}

static struct str when(struct arena *a, struct str lang, struct str starts_wall)
{
	struct wall wall;
	if (!wall_read(starts_wall, &wall))
		return starts_wall;
	return str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(day_show(a, lang, DAY_WEEKDAY, wall.day)),
		       STR_ARG(time_show(a, lang, wall.seconds)));
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
			.key = str_c(a, str_fmt(a, "%s.%lld.%lld", conference_letters[what]->name,
						(long long)val_i(slot, "id"),
						(long long)val_i(slot, "rev"))),
			.now = now});
}

/* The whole evening is cancelled: each family is told of each of their times. */
static void tell_cancelled(struct db *db, struct arena *a, const struct val *event)
{
	int64_t activity = val_i(event, "object");
	const struct val *org = org_by_id(db, a, val_i(event, "org"));
	const struct val *rows =
		db_rows(db, &q_conference_booked,
			ARGS(a, ARG_AS("org", val_i(event, "org")), ARG(activity)));
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *slot =
			db_row(db, &q_conference_slot,
			       ARGS(a, ARG_AS("org", val_i(event, "org")), ARG(activity),
				    ARG_AS("slot", val_i(val_at(rows, i), "id"))));
		conference_tell(db, a, org, slot, CONFERENCE_CANCELLED, val_i(event, "at"));
	}
}

const struct reaction conference_reactions[] = {
	{"conference.cancelled", "activities.cancelled", tell_cancelled},
	{0},
};

/* The texts of the letters about a conference. */
#include "app/activities/conference.h"

#include "core/letter.h"

static const struct letter_blank times_blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link where times are booked"),
	 .sample = "/activities/conference/3k9PqLw7"},
	LETTER_NAME,
	{.name = "title", .meaning = N_("What it is"), .sample = "Parents' evening"},
	LETTER_ORG,
	{0},
};
static const struct letter_blank slot_blanks[] = {
	LETTER_NAME,
	{.name = "child", .meaning = N_("The name of the child"), .sample = "Alix"},
	{.name = "teacher", .meaning = N_("The name of the teacher"), .sample = "R. Delorme"},
	{.name = "when", .meaning = N_("Day and hours"), .sample = "12 May 2027, 18:00"},
	{.name = "where", .meaning = N_("The room"), .sample = "Room 7"},
	{.name = "interpreter", .meaning = N_("Who interprets, or a dash"), .sample = "A. Khan"},
	LETTER_ORG,
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

static const struct letter_blank day_blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link where times are changed or given back"),
	 .sample = "/activities/conference/3k9PqLw7"},
	LETTER_NAME,
	{.name = "title", .meaning = N_("What it is"), .sample = "Parents' evening"},
	{.name = "day", .meaning = N_("On which day"), .sample = "Wednesday 12 May 2027"},
	{.name = "times",
	 .required = true,
	 .meaning = N_("The family's times, a line for each"),
	 .sample = "18:00 – 18:10 · R. Delorme – Alix"},
	{.name = "where", .meaning = N_("The place, or the address online"), .sample = "Gym"},
	LETTER_ORG,
	{0},
};
static const struct letter_words day_words[] = {
	{"en", "Your times with the teachers: {{day}}",
	 "Hello {{name}},\n\nwe look forward to seeing you: {{title}}.\n\n- Day: {{day}}\n- Where: "
	 "{{where}}\n\nYour times:\n\n{{times}}\n\nSomething has come up? Choose another time "
	 "or give yours back here, so that another family can have it:\n\n{{link}}\n\nNo account "
	 "is needed. This is our only reminder.\n\n{{org}}"},
	{"fr", "Vos heures avec les enseignants : {{day}}",
	 "Bonjour {{name}},\n\nau plaisir de vous voir : {{title}}.\n\n- Jour : {{day}}\n- Où : "
	 "{{where}}\n\nVos heures :\n\n{{times}}\n\nUn empêchement ? Choisissez une autre "
	 "heure ou rendez la vôtre ici, pour qu’une autre famille puisse la prendre :\n\n{{link}}"
	 "\n\nAucun compte n’est nécessaire. C’est notre seul rappel.\n\n{{org}}"},
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
static const struct letter_kind day_kind = {.name = "conference.day",
					    .summary = N_("The day before a conference"),
					    .blanks = day_blanks,
					    .words = day_words,
					    .secret = true};
const struct letter_kind *const conference_letters[] = {
	[CONFERENCE_TIMES] = &times_kind,
	[CONFERENCE_YOURS] = &yours_kind,
	[CONFERENCE_CANCELLED] = &cancelled_kind,
	[CONFERENCE_DAY] = &day_kind,
	[CONFERENCE_DAY + 1] = NULL,
};

/* The texts of the letters about an asking. */
#include "app/activities/ask_letters.h"

#include "base/str.h"

/* What several of them have blanks for. */
#define FACTS                                                                                      \
	{.name = "title", .meaning = N_("What it is"), .sample = "Evening of trades"},             \
		{.name = "when",                                                                   \
		 .meaning = N_("Day and hours"),                                                   \
		 .sample = "12 May 2027, 18:00 – 20:00"},                                          \
	{                                                                                          \
		.name = "where", .meaning = N_("The place, or the address online"),                \
		.sample = "Gym"                                                                    \
	}
#define BY_MEANING N_("By which day an answer is wanted, with a space before it; or nothing")
#define BY                                                                                         \
	{                                                                                          \
		.name = "by", .meaning = BY_MEANING, .sample = " no later than 4 May"              \
	}
#define BRING                                                                                      \
	{                                                                                          \
		.name = "bring", .meaning = N_("What to bring; or nothing"),                       \
		.sample = "What to bring: sturdy shoes"                                            \
	}
#define CHILD                                                                                      \
	{                                                                                          \
		.name = "child", .meaning = N_("For whom, where a guardian is asked"),             \
		.sample = "Alix"                                                                   \
	}

static const struct letter_blank blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link that answers"),
	 .sample = "/activities/answer/3k9PqLw7"},
	LETTER_NAME,
	CHILD,
	FACTS,
	BRING,
	{.name = "seats", .meaning = N_("How many seats"), .sample = "5"},
	{.name = "until", .meaning = N_("Until when an offer stands"), .sample = "10 May, 18:00"},
	BY,
	LETTER_ORG,
	{0},
};

#define FACTS_EN "- When: {{when}}\n- Where: {{where}}\n- {{bring}}\n\n"
#define FACTS_FR "- Quand : {{when}}\n- Où : {{where}}\n- {{bring}}\n\n"
#define AGAIN_EN                                                                                   \
	"You can change your answer by the same link until it begins. No account is needed."
#define AGAIN_FR                                                                                        \
	"Vous pouvez changer votre réponse par le même lien jusqu’au début. Aucun compte n’est " \
	"nécessaire."

static const struct letter_words invitation[] = {
	{"en", "You are invited: {{title}}",
	 "Hello {{name}},\n\n{{org}} invites you: {{title}}. {{child}}\n\n" FACTS_EN
	 "Do you come? Please answer here{{by}}:\n\n{{link}}\n\n" AGAIN_EN},
	{"fr", "Invitation : {{title}}",
	 "Bonjour {{name}},\n\n{{org}} vous invite : {{title}}. {{child}}\n\n" FACTS_FR
	 "Venez-vous ? Répondez ici{{by}} :\n\n{{link}}\n\n" AGAIN_FR},
	{0},
};
static const struct letter_words reminder[] = {
	{"en", "Do you come? {{title}}",
	 "Hello {{name}},\n\nwe have no answer from you yet to our invitation: {{title}}. "
	 "{{child}}\n\n" FACTS_EN
	 "A no helps us too. Please answer here:\n\n{{link}}\n\nThis is our only reminder."},
	{"fr", "Venez-vous ? {{title}}",
	 "Bonjour {{name}},\n\nnous n’avons pas encore votre réponse à notre invitation : "
	 "{{title}}. {{child}}\n\n" FACTS_FR
	 "Un non nous aide aussi. Répondez ici :\n\n{{link}}\n\nC’est notre seul rappel."},
	{0},
};
static const struct letter_words offer[] = {
	{"en", "There is room for you: {{title}}",
	 "Hello {{name}},\n\nseats are free now, and it is your turn: {{title}}. {{child}}\n\n"
	 "- Seats kept for you: {{seats}}\n- Until: {{until}}\n\n" FACTS_EN
	 "Say yes here before then, or they go to the next one:\n\n{{link}}"},
	{"fr", "Il y a de la place pour vous : {{title}}",
	 "Bonjour {{name}},\n\ndes places se sont libérées et c’est votre tour : {{title}}. "
	 "{{child}}\n\n- Places gardées pour vous : {{seats}}\n- Jusqu’à : {{until}}\n\n" FACTS_FR
	 "Dites oui ici avant ce moment, sinon elles vont à la personne suivante :\n\n{{link}}"},
	{0},
};
static const struct letter_words confirmation[] = {
	{"en", "See you there: {{title}}",
	 "Hello {{name}},\n\nthank you, we expect you: {{title}}. {{child}}\n\n" FACTS_EN
	 "Something has come up? Tell us here:\n\n{{link}}\n\n" AGAIN_EN},
	{"fr", "C’est noté : {{title}}",
	 "Bonjour {{name}},\n\nmerci, nous vous attendons : {{title}}. {{child}}\n\n" FACTS_FR
	 "Un empêchement ? Dites-le-nous ici :\n\n{{link}}\n\n" AGAIN_FR},
	{0},
};
static const struct letter_words asked_moved[] = {
	{"en", "Changed: {{title}}",
	 "Hello {{name}},\n\nsomething has changed: {{title}}. This is how it stands now. "
	 "{{child}}\n\n" FACTS_EN "Does it still suit you? Tell us here:\n\n{{link}}"},
	{"fr", "Changement : {{title}}",
	 "Bonjour {{name}},\n\nil y a un changement : {{title}}. Voici ce qui vaut maintenant. "
	 "{{child}}\n\n" FACTS_FR
	 "Cela vous convient-il toujours ? Dites-le-nous ici :\n\n{{link}}"},
	{0},
};
static const struct letter_words asked_cancelled[] = {
	{"en", "Cancelled: {{title}}",
	 "Hello {{name}},\n\nwe are sorry: this does not take place: {{title}}. {{child}}\n\n"
	 "- It was planned for: {{when}}\n\nYou need do nothing. What you answered stands here:\n\n"
	 "{{link}}"},
	{"fr", "Annulé : {{title}}",
	 "Bonjour {{name}},\n\nnous sommes désolés : ceci n’aura pas lieu : {{title}}. "
	 "{{child}}\n\n"
	 "- C’était prévu pour : {{when}}\n\nVous n’avez rien à faire. Votre réponse se trouve "
	 "ici :\n\n{{link}}"},
	{0},
};

static const struct letter_blank notice_blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The address at which the code is typed"),
	 .sample = "/activities/answer"},
	{.name = "code", .required = true, .meaning = N_("The code"), .sample = "K7QM2-XRD4W"},
	{.name = "name", .meaning = N_("The name of the child"), .sample = "Alix"},
	FACTS,
	BRING,
	BY,
	LETTER_ORG,
	{0},
};
static const struct letter_words notice[] = {
	{"en", "{{title}}",
	 "To the family of {{name}}\n\n{{org}} invites you.\n\n" FACTS_EN
	 "Do you come, and how many of you? Please answer{{by}}: point a phone’s camera at the "
	 "square, or type the code at {{link}}\n\nYour code: {{code}}\n\nNo computer? Call the "
	 "school, or give this sheet "
	 "back with your answer."},
	{"fr", "{{title}}",
	 "À la famille de {{name}}\n\n{{org}} vous invite.\n\n" FACTS_FR
	 "Venez-vous, et à combien ? Répondez{{by}} : visez le carré avec l’appareil photo d’un "
	 "téléphone, ou tapez le code à l’adresse {{link}}\n\nVotre code : {{code}}\n\nPas "
	 "d’ordinateur ? Appelez "
	 "l’école, "
	 "ou rendez cette feuille avec votre réponse."},
	{0},
};
const struct letter_kind ask_notice_kind = {.name = "activities.notice",
					    .summary =
						    N_("A printed notice that a child takes home"),
					    .blanks = notice_blanks,
					    .words = notice,
					    .secret = true};

static const struct letter_blank call_blanks[] = {
	{.name = "name", .meaning = N_("The name of whoever is called"), .sample = "Noor"},
	CHILD,
	FACTS,
	BRING,
	BY,
	LETTER_ORG,
	{0},
};
static const struct letter_words call[] = {
	{"en", "By telephone: {{title}}",
	 "Hello, is that {{name}}? I am calling for {{org}}, to invite you: {{title}}. "
	 "{{child}}\n\n" FACTS_EN
	 "Do you come? I write your answer down now. If you would rather think about it, call us "
	 "back{{by}}."},
	{"fr", "Au téléphone : {{title}}",
	 "Bonjour, est-ce bien {{name}} ? Je vous appelle de la part de {{org}} pour vous "
	 "inviter : "
	 "{{title}}. {{child}}\n\n" FACTS_FR
	 "Venez-vous ? Je note tout de suite votre réponse. Si vous préférez y réfléchir, "
	 "rappelez-nous{{by}}."},
	{0},
};
const struct letter_kind ask_call_kind = {
	.name = "activities.call",
	.summary = N_("An invitation that is read out on the telephone"),
	.blanks = call_blanks,
	.words = call};

#define KIND(name_, summary_)                                                                      \
	static const struct letter_kind name_##_letter = {.name = "activities." #name_,            \
							  .summary = (summary_),                   \
							  .blanks = blanks,                        \
							  .words = (name_),                        \
							  .secret = true}
KIND(invitation, N_("An invitation to an activity"));
KIND(reminder, N_("A reminder to answer an invitation"));
KIND(offer, N_("Seats offered to who waits"));
KIND(confirmation, N_("Somebody is expected at an activity"));
KIND(asked_moved, N_("To who is asked: an activity has changed"));
KIND(asked_cancelled, N_("To who is asked: an activity is cancelled"));

const struct letter_kind *const ask_letters[] = {
	[LETTER_INVITATION] = &invitation_letter,
	[LETTER_REMINDER] = &reminder_letter,
	[LETTER_OFFER] = &offer_letter,
	[LETTER_CONFIRMATION] = &confirmation_letter,
	[LETTER_MOVED] = &asked_moved_letter,
	[LETTER_CANCELLED] = &asked_cancelled_letter,
	[LETTER_NOTICE] = &ask_notice_kind,
	[LETTER_CALL] = &ask_call_kind,
	[ASK_LETTERS] = NULL,
};

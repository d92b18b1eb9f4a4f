/* Letters that ask for consents: one for each person who has to answer, in their language. */
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/consent_sheet.h"
#include "core/contact.h"
#include "core/letter.h"
#include "core/letters.h"
#include "core/link.h"
#include "core/org.h"
#include "core/person.h"
#include "queries.h"

enum { STEP = 25, LINK_DAYS = 400, DAY = 86400, LINK_USES = 1000000 };

static const struct letter_blank blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link that answers"),
	 .sample = "/people/answer/3k9PqLw7"},
	LETTER_NAME,
	{.name = "children", .meaning = N_("For whom they are asked"), .sample = "Alix, Sam"},
	{.name = "until", .meaning = N_("Until when answers are wanted"), .sample = "12 May 2027"},
	LETTER_ORG,
	{0},
};

#define SAME_LINK_EN                                                                               \
	"You can change an answer or take it back by the same link. No account is needed."
#define SAME_LINK_FR                                                                               \
	"Vous pouvez changer une réponse ou la retirer par le même lien. Aucun compte n’est "  \
	"nécessaire."

static const struct letter_words ask_words[] = {
	{"en", "{{org}} asks for your consent",
	 "Hello {{name}},\n\n{{org}} asks what you agree to, and for whom: {{children}}. A no is "
	 "as "
	 "good an answer as a yes.\n\nPlease answer by {{until}}:\n\n{{link}}\n\n" SAME_LINK_EN},
	{"fr", "{{org}} vous demande votre accord",
	 "Bonjour {{name}},\n\n{{org}} vous demande à quoi vous consentez, et pour qui : "
	 "{{children}}. Un non est une aussi bonne réponse qu’un oui.\n\nRépondez au plus tard le "
	 "{{until}} :\n\n{{link}}\n\n" SAME_LINK_FR},
	{0},
};
static const struct letter_words reminder_words[] = {
	{"en", "Your answer is still missing: {{org}}",
	 "Hello {{name}},\n\nwe have not all of your answers yet, for: {{children}}. Please answer "
	 "by {{until}}, with a yes or a no:\n\n{{link}}\n\n" SAME_LINK_EN},
	{"fr", "Il nous manque votre réponse : {{org}}",
	 "Bonjour {{name}},\n\nnous n’avons pas encore toutes vos réponses, pour : {{children}}. "
	 "Répondez au plus tard le {{until}}, par oui ou par non :\n\n{{link}}\n\n" SAME_LINK_FR},
	{0},
};
static const struct letter_kind ask_letter = {.name = "people.consents",
					      .summary = N_("Consents are asked"),
					      .blanks = blanks,
					      .words = ask_words,
					      .secret = true};
static const struct letter_kind reminder_letter = {.name = "people.consents_reminder",
						   .summary = N_("Consents are still missing"),
						   .blanks = blanks,
						   .words = reminder_words,
						   .secret = true};
const struct letter_kind *const people_consent_letters[] = {&ask_letter, &reminder_letter, NULL};

/* "Noé, Kim": for whom an answer is missing. */
static struct str children_of(struct db *db, struct arena *a, int64_t org, int64_t giver,
			      struct str today, int64_t now)
{
	struct buf b = {.arena = a};
	int64_t last = 0;
	struct str ids = str_fmt(a, "[%lld]", (long long)giver);
	const struct val *rows =
		db_rows(db, &q_consent_sheet_due,
			ARGS(a, ARG(org), ARG_AS("people", ids), ARG(today), ARG(now)));
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (val_i(row, "learner") == last)
			continue;
		last = val_i(row, "learner");
		if (b.n)
			buf_lit(&b, ", ");
		buf_add(&b, val_s(row, "name"));
	}
	return buf_str(&b);
}

static void write_to(struct db *db, struct arena *a, const struct val *org, const struct val *to,
		     bool remind, struct str today, int64_t now)
{
	int64_t giver = val_i(to, "giver"), id = val_i(org, "id"), until;
	struct str email = contact_email(db, a, id, giver), lang = val_s(to, "lang");
	struct val *speaking = val_object(a);
	if (!email.n || !day_read(val_s(to, "answer_by"), &until))
		return;
	val_merge(speaking, org);
	org_speak(speaking, lang);
	struct str token = link_make(db, a,
				     &(struct link_new){.purpose = CONSENT_LINK,
							.org = id,
							.owner = giver,
							.address = email,
							.now = now,
							.ends_at = now + (int64_t)LINK_DAYS * DAY,
							.uses = LINK_USES});
	struct str link = str_fmt(a, STR_FMT "/people/answer/" STR_FMT, STR_ARG(val_s(org, "base")),
				  STR_ARG(token));
	struct str mark = remind ? today : str_fmt(a, "%lld", (long long)val_i(to, "asked_at"));
	const struct letter_kind *kind = remind ? &reminder_letter : &ask_letter;
	letter_post(
		db, a,
		&(struct letter){.kind = kind,
				 .org = id,
				 .person = giver,
				 .to_address = email,
				 .to_name = val_s(to, "name"),
				 .lang = lang,
				 .values = ARGS(a, ARG_AS("name", val_s(to, "name")), ARG(link),
						ARG_AS("children",
						       children_of(db, a, id, giver, today, now)),
						ARG_AS("until", day_show(a, lang, DAY_LONG, until)),
						ARG_AS("org", val_s(speaking, "name"))),
				 .key = str_c(a, str_fmt(a, "%s.%lld." STR_FMT, kind->name,
							 (long long)giver, STR_ARG(mark))),
				 .now = now});
}

/* A few: where the next few begin, 0 when that was all. */
static int64_t some(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		    int64_t now)
{
	struct str today = org_today(a, org, now);
	const struct val *rows = consent_receivers(db, a, val_i(org, "id"), val_i(input, "group"),
						   today, val_i(input, "after"), STEP, now);
	for (size_t i = 0; i < val_count(rows); i++)
		write_to(db, a, org, val_at(rows, i), val_b(input, "remind"), today, now);
	return val_count(rows) == STEP ? val_i(val_at(rows, STEP - 1), "giver") : 0;
}

static const struct letters_work work = {.job = PEOPLE_JOB_CONSENTS, .step = STEP, .some = some};

void people_consent_write(struct req *req, int64_t group, bool remind)
{
	letters_write(req->db, req->arena, &work,
		      &(struct letters_asked){.org = req->org,
					      .input = ARGS(req->arena, ARG(group), ARG(remind),
							    ARG_AS("after", 0)),
					      .owner = val_i(req->me, "id"),
					      .title = str_of(tr(req, N_("Consents"))),
					      .now = req->now});
}

enum job_end people_consent_job(struct job *job, struct val *result)
{
	return letters_job(job, result, &work,
			   str_fmt(job->arena, "/people/groups/%lld/consents",
				   (long long)val_i(job->input, "group")));
}

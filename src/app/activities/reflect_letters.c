/* The letter that asks the question, once. */
#include "app/activities/ask.h"
#include "app/activities/ask_letters.h"
#include "app/activities/calendar.h"
#include "app/activities/plan.h"
#include "app/activities/reflect.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/letter.h"
#include "core/letters.h"
#include "core/link.h"
#include "core/org.h"
#include "core/text.h"
#include "queries.h"

enum { STEP = 25, LINK_USES = 1000000 };

static const struct letter_blank blanks[] = {
	{.name = "link",
	 .link = true,
	 .required = true,
	 .meaning = N_("The link that answers"),
	 .sample = "/activities/reflection/3k9PqLw7"},
	LETTER_NAME,
	{.name = "title", .meaning = N_("What it is"), .sample = "Evening of trades"},
	{.name = "when", .meaning = N_("Day and hours"), .sample = "12 May 2027, 18:00 – 20:00"},
	{.name = "question", .meaning = N_("The question"), .sample = "What surprised you?"},
	{.name = "until", .meaning = N_("Until when it may be answered"), .sample = "11 June 2027"},
	LETTER_ORG,
	{0},
};
static const struct letter_words words[] = {
	{"en", "One question: {{title}}",
	 "Hello {{name}},\n\nthank you for being there: {{title}}.\n\n- When: {{when}}\n\nOne "
	 "question:\n\n{{question}}\n\nAnswer here, in your own words, until {{until}}. No account "
	 "is needed:\n\n{{link}}\n\nYour answer is for yourself. Nobody else reads it unless you "
	 "say so there. If you would rather not answer, you need do nothing: we do not write again "
	 "about it."},
	{"fr", "Une question : {{title}}",
	 "Bonjour {{name}},\n\nmerci d’avoir été là : {{title}}.\n\n- Quand : {{when}}\n\nUne "
	 "question :\n\n{{question}}\n\nRépondez ici, dans vos mots, jusqu’au {{until}}. Aucun "
	 "compte n’est nécessaire :\n\n{{link}}\n\nVotre réponse est pour vous. Personne d’autre "
	 "ne la lit, sauf si vous le dites à cet endroit. Si vous préférez ne pas répondre, vous "
	 "n’avez rien à faire : nous n’écrirons plus à ce sujet."},
	{0},
};
static const struct letter_kind kind = {.name = "activities.reflection",
					.summary = N_("The question asked after an activity"),
					.blanks = blanks,
					.words = words,
					.secret = true};
const struct letter_kind *const reflect_letters[] = {&kind, NULL};

void reflect_soon(struct db *db, struct arena *a, int64_t org, int64_t activity, int64_t now)
{
	const struct val *row = db_row(db, &q_reflect_begins, ARGS(a, ARG(org), ARG(activity)));
	int64_t from = val_i(row, "from_at");
	if (val_is_null(row))
		return;
	job_ask_at(db, a,
		   &(struct job_asked){.org = org,
				       .kind = REFLECT_JOB,
				       .input = ARGS(a, ARG(activity), ARG_AS("after", -1)),
				       .not_before = from,
				       .now = now},
		   activity);
}

static struct val *values_of(struct req *r, const struct val *to, int64_t activity)
{
	static const char *const fields[] = {"question", NULL};
	struct arena *a = r->arena;
	struct val *rows = val_list(a);
	struct val *plan = calendar_row(r->db, a, val_i(r->org, "id"), activity);
	if (!val_is_null(plan)) /* else the world failed, and nothing of this is kept */
		val_push(rows, plan);
	plan_dress(r, rows);
	text_attach(r->db, a, rows,
		    &(struct text_want){.kind = "activity",
					.id = "id",
					.fields = fields,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	struct wall last = instant_wall(val_i(to, "until_at") - 1, req_zone(r));
	return ARGS(a, ARG_AS("name", val_s(to, "name")),
		    ARG_AS("title", val_s(val_at(rows, 0), "title")),
		    ARG_AS("when", val_s(val_at(rows, 0), "when")),
		    ARG_AS("question", val_s(val_at(rows, 0), "question")),
		    ARG_AS("until", day_show(a, r->lang, DAY_LONG, last.day)),
		    ARG_AS("org", val_s(r->org, "name")));
}

static void write_to(struct db *db, struct arena *a, const struct val *org, const struct val *to,
		     int64_t activity, int64_t now)
{
	int64_t person = val_i(to, "person"), id = val_i(org, "id");
	struct str email = contact_email(db, a, id, person);
	if (!email.n)
		return;
	struct req r = ask_as_page(db, a, org, val_s(to, "lang"), now);
	struct val *values = values_of(&r, to, activity);
	struct str token = link_make(db, a,
				     &(struct link_new){.purpose = REFLECT_LINK,
							.org = id,
							.owner = person,
							.subject = activity,
							.address = email,
							.now = now,
							.ends_at = val_i(to, "until_at"),
							.uses = LINK_USES});
	const struct val *ask = ask_row(db, a, id, val_i(to, "ask"), now);
	struct str stop = ask_link(db, a, ask, person, id, email, now), base = val_s(org, "base");
	val_set_str(values, "link",
		    str_fmt(a, STR_FMT "/activities/reflection/" STR_FMT, STR_ARG(base),
			    STR_ARG(token)));
	letter_post(db, a,
		    &(struct letter){
			    .kind = &kind,
			    .org = id,
			    .person = person,
			    .to_address = email,
			    .to_name = val_s(to, "name"),
			    .lang = r.lang,
			    .values = values,
			    .unsubscribe = str_fmt(a, STR_FMT "/activities/answer/" STR_FMT "/stop",
						   STR_ARG(base), STR_ARG(stop)),
			    .key = str_c(a, str_fmt(a, "%s.%lld.%lld", kind.name,
						    (long long)activity, (long long)person)),
			    .now = now});
}

/* A few, from behind a person on (-1: the first): where the next few begin, 0 when that was all. */
static int64_t some(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		    int64_t now)
{
	int64_t activity = val_i(input, "activity"), id = val_i(org, "id"), last = 0;
	const struct val *row =
		db_row(db, &q_reflect_begins, ARGS(a, ARG_AS("org", id), ARG(activity)));
	if (val_i(row, "from_at") > now) { /* the plan was changed: later */
		reflect_soon(db, a, id, activity, now);
		return 0;
	}
	const struct val *to =
		db_rows(db, &q_reflect_receivers,
			ARGS(a, ARG_AS("org", id), ARG(activity), ARG(now),
			     ARG_AS("after", val_i(input, "after")),
			     ARG_AS("today", org_today(a, org, now)), ARG_AS("most", STEP)));
	for (size_t i = 0; i < val_count(to); i++) {
		write_to(db, a, org, val_at(to, i), activity, now);
		last = val_i(val_at(to, i), "person");
	}
	return val_count(to) == STEP ? last : 0;
}

enum job_end reflect_job(struct job *job, struct val *result)
{
	static const struct letters_work work = {.job = REFLECT_JOB, .step = STEP, .some = some};
	return letters_job(
		job, result, &work,
		str_fmt(job->arena, "/activities/%lld", (long long)val_i(job->input, "activity")));
}

/* The question in the plan of an activity. */
#include "app/activities/plan.h"
#include "app/activities/plan_rules.h"
#include "app/activities/plan_write.h"
#include "app/activities/reflect.h"
#include "app/activities/reflect_rules.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/text.h"
#include "queries.h"

static const char *const offered_in[] = {"en", "fr"};
enum { OFFERED_IN = sizeof offered_in / sizeof *offered_in };

void reflect_choices(struct req *r)
{
	struct str lang = val_s(r->in, "work");
	struct val *list = val_set_list(r->out, "suggested_choices");
	if (!reflect_offered(str_of(reflect_offers->code), lang).n)
		lang = r->lang;
	struct val *one = choice(list, S(""), str_of(tr(r, N_("My own words, below"))), false);
	val_set_null(one, "label_lang");
	val_set_bool(one, "label_other", false);
	for (const struct reflect_offer *o = reflect_offers; o->code; o++) {
		struct str code = str_of(o->code);
		one = choice(list, code, reflect_offered(code, lang), false);
		val_set_str(one, "label_lang", lang);
		val_set_bool(one, "label_other", text_is_other(lang, r->lang));
	}
	plan_choices(r, "asked_after_choices", reflect_afters, N_("Nothing is asked"));
}

static struct val *of_activity(struct req *r, int64_t activity)
{
	return ARGS(r->arena, ARG_AS("org", val_i(r->org, "id")), ARG(activity));
}

void reflect_stored(struct req *r, int64_t activity)
{
	const struct val *row = db_row(r->db, &q_reflect_question, of_activity(r, activity));
	if (!val_is_null(row))
		val_set_str(r->in, "asked_after", reflect_after(val_i(row, "days")));
}

/* Languages other than `but` in which the question has words. */
static struct val *worded(struct req *r, int64_t activity, struct str but)
{
	const struct val *all = text_all(r->db, r->arena, "activity", activity);
	struct val *langs = val_list(r->arena);
	for (size_t i = 0; i < val_count(all); i++) {
		const struct val *text = val_at(all, i);
		if (str_is(val_s(text, "field"), "question") && val_s(text, "body").n &&
		    !str_eq(val_s(text, "lang"), but))
			val_push(langs, val_get(text, "lang"));
	}
	return langs;
}

void reflect_typed(struct req *r, int64_t activity)
{
	struct str suggested = val_s(r->in, "suggested"), work = plan_work_lang(r);
	bool asks = val_s(r->in, "asked_after").n > 0;
	if (suggested.n && !reflect_offered(suggested, S("en")).n)
		invalid(r, "suggested", N_("Choose one of these questions"));
	else if (suggested.n)
		val_set_str(r->in, "question", reflect_offered(suggested, work));
	bool worded_here = suggested.n || val_s(r->in, "question").n;
	if (!asks && worded_here)
		invalid(r, "asked_after", N_("Say when it is asked, or leave the question empty."));
	else if (asks && !worded_here && (!activity || !val_count(worded(r, activity, work))))
		invalid(r, "question", N_("Write the question, or choose one of those offered."));
}

static void put_text(struct req *r, int64_t activity, struct str lang, struct str body)
{
	text_put(r->db, r->arena,
		 &(struct text){.org = val_i(r->org, "id"),
				.kind = "activity",
				.owner = activity,
				.field = "question",
				.lang = lang,
				.body = body,
				.made_by = val_i(r->me, "id"),
				.made_at = r->now,
				.seen_rev = TEXT_ANY});
}

static bool spoken(const struct req *r, struct str lang)
{
	const struct val *langs = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(langs); i++)
		if (str_eq(val_get_str(val_at(langs, i)), lang))
			return true;
	return false;
}

/* An offered question comes in every language of the organisation in which it is offered. */
static void put_offered(struct req *r, int64_t activity)
{
	for (int i = 0; i < OFFERED_IN; i++) {
		struct str lang = str_of(offered_in[i]);
		if (spoken(r, lang))
			put_text(r, activity, lang,
				 reflect_offered(val_s(r->in, "suggested"), lang));
	}
}

bool reflect_put(struct req *r, int64_t activity)
{
	struct val *args = of_activity(r, activity);
	struct str after = val_s(r->in, "asked_after");
	val_set_int(args, "days", reflect_days(after));
	if (after.n) {
		if (val_s(r->in, "suggested").n)
			put_offered(r, activity);
		return db_exec(r->db, &q_reflect_question_put, args) > 0;
	}
	if (!db_exec(r->db, &q_reflect_question_drop, args))
		return false;
	const struct val *langs = worded(r, activity, S(""));
	for (size_t i = 0; i < val_count(langs); i++)
		put_text(r, activity, val_get_str(val_at(langs, i)), S(""));
	return true;
}

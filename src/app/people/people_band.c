/* Age bands, which purposes a learner decides alone from which of them on, and a person's band. */
#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "app/people/people_guardian.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/band.h"
#include "core/choices.h"
#include "core/purpose.h"

#define OWNER "age_band"

static struct val *bands(struct req *req)
{
	return bands_of(req->db, req->arena, people_org(req), req->lang, val_s(req->org, "lang"));
}

static const struct val *one_of(const struct val *rows, int64_t id)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "id") == id)
			return val_at(rows, i);
	return val_null();
}

static void choices(struct req *req, struct val *out, const char *name, const struct val *rows,
		    int64_t chosen, const char *none)
{
	struct val *list = val_set_list(out, name);
	choice(list, S(""), str_of(tr(req, none)), !chosen);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		choice_id(list, val_i(row, "id"), val_s(row, "name"), val_i(row, "id") == chosen);
	}
}

/* ---- the organisation's ---- */

int people_bands(struct req *req)
{
	struct val *rows = bands(req), *list = val_set_list(req->out, "purposes");
	const struct val *set = band_purposes(req->db, req->arena, people_org(req));
	int64_t last = 0;
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		last = val_i(row, "position");
		val_set_bool(row, "is_adult", val_i(row, "adult"));
		people_words_shown(req, row, "names", OWNER, val_i(row, "id"), "name", NULL);
	}
	const struct val *all = purposes_of(req, false);
	for (size_t k = 0; k < val_count(all); k++) {
		struct val *one = val_push_object(list);
		struct str code = val_s(val_at(all, k), "code");
		int64_t band = 0;
		for (size_t i = 0; i < val_count(set); i++)
			if (str_eq(val_s(val_at(set, i), "purpose"), code))
				band = val_i(val_at(set, i), "band");
		val_set_str(one, "code", code);
		val_set_str(one, "label", val_s(val_at(all, k), "name"));
		choices(req, one, "bands", rows, band, N_("The first adult band"));
	}
	val_set(req->out, "rows", rows);
	people_words_shown(req, req->out, "names", OWNER, 0, "name", val_get(req->in, "name"));
	if (val_is_null(val_get(req->in, "position")))
		val_set_int(req->in, "position", last + 1);
	val_set_int(req->out, "without", people_unbanded_count(req));
	return OK;
}

/* False, and says why. */
static bool typed(struct req *req, struct age_band *b)
{
	*b = (struct age_band){.org = people_org(req),
			       .id = val_i(req->in, "band"),
			       .rev = val_i(req->in, "rev"),
			       .position = val_i(req->in, "position"),
			       .adult = val_b(req->in, "adult")};
	if (!people_words_any(val_get(req->in, "name")))
		invalid(req, "name", N_("Write the name in at least one language."));
	return !val_count(req->errors);
}

static int saved(struct req *req, enum band_answer answer, const struct age_band *b,
		 const char *verb)
{
	if (answer == BAND_TWICE)
		invalid(req, "position", N_("Another age band has this place in the order."));
	if (answer == BAND_STALE)
		invalid(req, "rev", N_("Somebody else changed this meanwhile. Look again."));
	if (answer != BAND_DONE)
		return INVALID;
	people_words_keep(req, OWNER, b->id, "name", val_get(req->in, "name"));
	people_note(req, verb, 0, OWNER, b->id);
	flash(req, N_("The age band is saved."));
	return see_other(req, "/people/bands");
}

int people_band_add(struct req *req)
{
	struct age_band b;
	if (!typed(req, &b))
		return INVALID;
	enum band_answer answer = band_add(req->db, req->arena, &b);
	return saved(req, answer, &b, "band.added");
}

int people_band_change(struct req *req)
{
	struct age_band b;
	if (val_is_null(one_of(bands(req), val_i(req->in, "band"))))
		return NOT_FOUND;
	if (!typed(req, &b))
		return INVALID;
	enum band_answer answer = band_change(req->db, req->arena, &b);
	return saved(req, answer, &b, "band.changed");
}

int people_band_remove(struct req *req)
{
	int64_t id = val_i(req->in, "band");
	if (val_is_null(one_of(bands(req), id)))
		return NOT_FOUND;
	if (band_remove(req->db, req->arena, people_org(req), id)) {
		people_note(req, "band.removed", 0, OWNER, id);
		flash(req, N_("The age band is removed."));
	} else {
		flash(req, N_("Somebody is in this age band, or it decides a purpose: it stays."));
	}
	return see_other(req, "/people/bands");
}

int people_band_purposes(struct req *req)
{
	const struct val *codes = val_get(req->in, "purpose"), *chosen = val_get(req->in, "from");
	const struct val *rows = bands(req), *all = purposes_of(req, true);
	for (size_t i = 0; i < val_count(codes) && i < val_count(chosen); i++) {
		int64_t band = 0;
		struct str code = val_get_str(val_at(codes, i));
		str_int(val_get_str(val_at(chosen, i)), &band);
		if (val_is_null(purpose_named(all, code)) ||
		    (band && val_is_null(one_of(rows, band))))
			return NOT_FOUND;
		band_purpose_set(req->db, req->arena, people_org(req), code, band);
	}
	people_note(req, "band.purposes", 0, "org", people_org(req));
	flash(req, N_("Who decides what is saved."));
	return see_other(req, "/people/bands");
}

/* ---- a person's ---- */

void people_decides(struct req *req, struct val *row, const struct val *purposes,
		    const struct val *alone, struct str purpose)
{
	int64_t day;
	const struct val *l = band_alone_for(purposes, alone, purpose);
	bool now = !val_is_null(l) && val_i(l, "since_at") <= req->now;
	val_set_bool(row, "alone", now);
	val_set_str(row, "from", val_s(l, "since"));
	val_set_str(row, "last_day",
		    !now && day_read(val_s(l, "since"), &day) ? day_text(req->arena, day - 1)
							      : S(""));
}

/* The band of today, and how it changes. */
static int64_t show_band(struct req *req, const struct val *rows, const struct val *of)
{
	int64_t today = band_on(rows, of, req_today(req)), next = 0;
	bool passed = today != val_i(of, "band");
	for (size_t i = 0; i + 1 < val_count(rows); i++)
		if (val_i(val_at(rows, i), "id") == today)
			next = val_i(val_at(rows, i + 1), "id");
	struct val *is = val_set_object(req->out, "is");
	val_set(is, "band", val_get(one_of(rows, today), "name"));
	val_set_str(is, "since", val_s(of, passed ? "until" : "since"));
	val_set_str(is, "until", passed ? S("") : val_s(of, "until"));
	val_set_str(is, "next", next ? val_s(one_of(rows, next), "name") : S(""));
	return today;
}

int people_band_page(struct req *req)
{
	int refused = people_reach(req);
	if (refused)
		return refused;
	int64_t org = people_org(req), id = val_i(req->in, "person"), today = 0;
	const struct val *rows = bands(req), *of = band_of(req->db, req->arena, org, id);
	const struct val *set = band_purposes(req->db, req->arena, org);
	const struct val *alone = band_alone(req->db, req->arena, org, id);
	struct val *list = val_set_list(req->out, "purposes");
	val_set_null(req->out, "is");
	if (!val_is_null(of))
		today = show_band(req, rows, of);
	const struct val *all = purposes_of(req, false);
	for (size_t i = 0; i < val_count(all) && today; i++) {
		struct val *one = val_push_object(list);
		val_set_str(one, "label", val_s(val_at(all, i), "name"));
		people_decides(req, one, set, alone, val_s(val_at(all, i), "code"));
	}
	if (!val_count(req->errors)) {
		const struct val *is = val_get(req->out, "is");
		val_set_int(req->in, "band", today);
		val_set_int(req->in, "rev", val_i(of, "rev"));
		val_set_str(req->in, "since", today ? val_s(is, "since") : req_today(req));
		val_set_str(req->in, "until", today ? val_s(is, "until") : S(""));
	}
	people_band_choices(req);
	return OK;
}

int people_band_typed(struct req *req, struct band_place *p)
{
	*p = (struct band_place){.org = people_org(req),
				 .band = val_i(req->in, "band"),
				 .since = val_s(req->in, "since"),
				 .until = val_s(req->in, "until"),
				 .since_at = req_midnight(req, val_s(req->in, "since")),
				 .until_at = req_midnight(req, val_s(req->in, "until"))};
	if (val_is_null(one_of(bands(req), p->band)))
		return NOT_FOUND;
	if (str_cmp(p->since, req_today(req)) > 0)
		invalid(req, "since", N_("This day has not come yet."));
	if (p->until.n && str_cmp(p->until, p->since) <= 0)
		invalid(req, "until", N_("The age band changes after it began."));
	return val_count(req->errors) ? INVALID : 0;
}

void people_band_choices(struct req *req)
{
	const struct val *rows = bands(req);
	choices(req, req->out, "band_choices", rows, 0, N_("Choose an age band"));
	val_set_bool(req->out, "some_bands", val_count(rows) > 0);
}

struct val *people_band_name(struct req *req, int64_t band)
{
	return val_get(one_of(bands(req), band), "name");
}

int people_band_save(struct req *req)
{
	struct band_place p;
	int refused = people_reach(req);
	if (!refused)
		refused = people_band_typed(req, &p);
	if (refused)
		return refused;
	p.person = val_i(req->in, "person");
	p.rev = val_i(req->in, "rev");
	if (!band_place(req->db, req->arena, &p)) {
		invalid(req, "rev", N_("Somebody else changed this meanwhile. Look again."));
		return INVALID;
	}
	people_note(req, "band.set", p.person, "person", p.person);
	flash(req, N_("The age band is saved."));
	return see_other(req, "/people/%lld/band", (long long)p.person);
}

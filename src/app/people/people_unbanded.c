/* Learners without an age band: found as one list, and given one together. What is previewed is what is
 * done: the form that confirms names each of them. */
#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "core/band.h"
#include "core/choices.h"
#include "core/guardian.h"
#include "core/pages.h"
#include "core/text.h"
#include "queries.h"

enum { PAGE = 100, AT_ONCE = 500 };

static struct val *asked(struct req *req)
{
	struct val *p = params(req);
	val_set_str(p, "day", req_today(req));
	val_set_int(p, "group", val_i(req->in, "group"));
	return p;
}

int64_t people_unbanded_count(struct req *req)
{
	struct val *p = asked(req);
	val_set_int(p, "group", 0);
	return val_i(db_row(req->db, &q_people_band_without_count, p), "n");
}

static void groups(struct req *req)
{
	struct val *list = val_set_list(req->out, "group_choices");
	const struct val *rows = db_rows(req->db, &q_people_band_groups, asked(req));
	choice(list, S(""), str_of(tr(req, N_("All groups"))), false);
	for (size_t i = 0; i < val_count(rows); i++)
		val_push(list, val_at(rows, i));
}

int people_unbanded(struct req *req)
{
	struct val *p = asked(req);
	int64_t total = val_i(db_row(req->db, &q_people_band_without_count, p), "n"),
		group = val_i(req->in, "group");
	struct str path =
		str_fmt(req->arena, "/people/bands/without?group=%lld&first=", (long long)group);
	if (!group)
		path = S("/people/bands/without?first=");
	size_t begin = pages_begin(req, (size_t)total, PAGE, val_i(req->in, "first"), path);
	val_set_int(p, "skip", (int64_t)begin);
	val_set_int(p, "most", PAGE);
	struct val *rows = db_rows(req->db, &q_people_band_without, p);
	const struct val *own = guardian_own(req); /* on whom nobody acts */
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_bool(row, "may", !guardian_keeps(own, val_i(row, "value")));
		val_set_bool(row, "no_end", str_is(val_s(row, "minor_until"), BAND_FOREVER));
	}
	val_set(req->out, "people_choices", rows);
	val_set_int(req->out, "total", total);
	val_set_bool(req->out, "several", total > 1);
	val_set_null(req->out, "preview");
	groups(req);
	people_band_choices(req);
	if (!val_s(req->in, "since").n)
		val_set_str(req->in, "since", req_today(req));
	return OK;
}

/* Whom it is about: of those ticked who is without a band still and may be given one by the reader. */
static struct val *meant(struct req *req)
{
	bool all = str_is(val_s(req->in, "whom"), "all");
	struct val *p = asked(req), *list = val_list(req->arena);
	val_set_str(p, "ids", text_ids(req->arena, val_get(req->in, "people"), NULL));
	val_set_int(p, "skip", 0);
	val_set_int(p, "most", AT_ONCE);
	const struct val *rows =
		db_rows(req->db, all ? &q_people_band_without : &q_people_band_without_these, p);
	const struct val *own = guardian_own(req);
	for (size_t i = 0; i < val_count(rows) && i < AT_ONCE; i++)
		if (!guardian_keeps(own, val_i(val_at(rows, i), "value")))
			val_push(list, val_at(rows, i));
	return list;
}

static int preview(struct req *req, const struct band_place *p, struct val *people)
{
	int status = people_unbanded(req);
	struct val *preview = val_set_object(req->out, "preview");
	val_set_int(preview, "number", (int64_t)val_count(people));
	val_set(preview, "people", people);
	val_set(preview, "band", people_band_name(req, p->band));
	val_set_str(preview, "since", p->since);
	val_set_str(preview, "until", p->until);
	return status;
}

int people_unbanded_put(struct req *req)
{
	struct band_place p;
	int refused = people_band_typed(req, &p);
	if (refused == NOT_FOUND)
		return refused;
	struct val *people = meant(req);
	if (!val_count(people))
		invalid(req, "people", N_("Tick whom it is about."));
	if (val_count(req->errors))
		return INVALID;
	if (!val_b(req->in, "sure"))
		return preview(req, &p, people);
	for (size_t i = 0; i < val_count(people); i++) {
		p.person = val_i(val_at(people, i), "value");
		p.rev = 0;
		if (band_place(req->db, req->arena, &p))
			people_note(req, "band.set", p.person, "person", p.person);
	}
	flash(req, val_count(people) < val_count(val_get(req->in, "people"))
			   ? N_("The age bands are saved. Who has one meanwhile is left as it is.")
			   : N_("The age bands are saved."));
	if (val_i(req->in, "group"))
		return see_other(req, "/people/bands/without?group=%lld",
				 (long long)val_i(req->in, "group"));
	return see_other(req, "/people/bands/without");
}

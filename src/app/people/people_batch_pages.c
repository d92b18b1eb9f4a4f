/* Batches as pages: what there is, what one would do, what it did. */
#include "app/people/people.h"
#include "app/people/people_batch.h"
#include "app/people/people_plan_rules.h"
#include "app/people/rollover.h"
#include "app/people/roster.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/args.h"
#include "core/guardian.h"
#include "core/pages.h"
#include "queries.h"

enum { PAGE = 100, JSON_BYTES = 64 << 20 };

static const struct {
	const char *state, *label;
} states[] = {{"preview", N_("to look at")}, {"applying", N_("being done")},
	      {"applied", N_("done")},       {"undoing", N_("being undone")},
	      {"undone", N_("undone")},      {"discarded", N_("thrown away")}};

static struct str state_label(struct req *req, struct str state)
{
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_is(state, states[i].state))
			return str_of(tr(req, states[i].label));
	return state;
}

int batch_index(struct req *req)
{
	struct val *rows = pages_of(req, db_rows(req->db, &q_people_batch_list, params(req)), PAGE,
				    S("/people/batches?first="));
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str state = val_s(row, "state");
		struct json_error error;
		const struct val *counts =
			json_read(req->arena, val_s(row, "counts"), JSON_BYTES, &error);
		val_set_str(row, "state_label", state_label(req, state));
		val_set_bool(row, "attention", str_is(state, "preview"));
		val_set_bool(row, "rollover", str_is(val_s(row, "kind"), "rollover"));
		/* What it would change is counted when it is done. */
		bool done = !str_is(state, "preview") && !str_is(state, "discarded");
		val_set_bool(row, "done", done);
		val_set_int(row, "added", val_i(counts ? counts : val_null(), "new"));
		val_set_int(row, "changed", val_i(counts ? counts : val_null(), "changed"));
		val_set_null(row, "counts");
	}
	val_set(req->out, "rows", rows);
	return OK;
}

/* ---- what it would do ---- */

/* "Joins the group: 7A; E-mail: a@b" */
static struct str what(struct req *req, const struct val *steps)
{
	struct buf b = {.arena = req->arena};
	for (size_t i = 0; i < val_count(steps); i++) {
		const struct val *step = val_at(steps, i);
		struct str detail = val_s(step, "detail");
		if (i)
			buf_lit(&b, " · ");
		buf_add(&b, str_of(tr(req, str_c(req->arena, val_s(step, "label")))));
		if (detail.n)
			buf_fmt(&b, str_is(req->lang, "fr") ? "\xc2\xa0: " STR_FMT : ": " STR_FMT,
				STR_ARG(detail));
	}
	return buf_str(&b);
}

static struct str wrong(struct req *req, const struct val *error)
{
	struct str message = str_of(tr(req, str_c(req->arena, val_s(error, "message"))));
	struct str value = val_s(error, "value");
	return value.n ? str_fmt(req->arena, STR_FMT " (" STR_FMT ")", STR_ARG(message),
				 STR_ARG(value))
		       : message;
}

static void show(struct req *req, struct val *rows, const struct val *row, bool error)
{
	struct val *one = val_push_object(rows);
	val_set_int(one, "line", val_i(row, "line"));
	val_set_str(one, "file", val_s(row, "file"));
	val_set_str(one, "name", val_s(row, "name"));
	val_set_int(one, "person", val_i(row, "person"));
	val_set_str(one, "what", error ? wrong(req, row) : what(req, val_get(row, "steps")));
}

static const struct {
	const char *part, *label;
} parts[] = {{"wrong", N_("Wrong")},        {"new", N_("New")},          {"changed", N_("Changed")},
	     {"guardian", N_("Guardians")}, {"moved", N_("Move on")},    {"leaving", N_("Leave")},
	     {"gone", N_("Gone")},          {"group", N_("New groups")}, {"ending", N_("End")}};

/* The parts with their counts, and which of them is shown. */
static struct str show_parts(struct req *req, const struct val *counts)
{
	struct val *list = val_set_list(req->out, "parts");
	struct str chosen = val_s(req->in, "part");
	for (size_t i = 0; i < sizeof parts / sizeof *parts && !chosen.n; i++)
		if (val_i(counts, parts[i].part))
			chosen = str_of(parts[i].part);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct val *one;
		if (!val_has(counts, parts[i].part))
			continue;
		one = val_push_object(list);
		val_set_str(one, "part", str_of(parts[i].part));
		val_set_str(one, "label", str_of(tr(req, parts[i].label)));
		val_set_int(one, "n", val_i(counts, parts[i].part));
		val_set_bool(one, "current", str_is(chosen, parts[i].part));
	}
	return chosen;
}

static void show_rows(struct req *req, const struct val *plan, struct str part)
{
	const struct val *from = str_is(part, "wrong")  ? val_get(plan, "errors")
				 : str_is(part, "gone") ? val_get(plan, "gone")
							: val_get(plan, "rows");
	bool all = str_is(part, "wrong") || str_is(part, "gone");
	const struct val *kept = guardian_kept(req);
	struct val *rows = val_set_list(req->out, "rows");
	int64_t skip = val_i(req->in, "from"), at = 0;
	for (size_t i = 0; i < val_count(from); i++) {
		const struct val *row = val_at(from, i);
		if ((!all && !str_eq(val_s(row, "part"), part)) ||
		    (val_i(row, "person") && guardian_keeps(kept, val_i(row, "person"))))
			continue;
		if (at++ < skip || (!req->data && (int64_t)val_count(rows) == PAGE))
			continue;
		show(req, rows, row, str_is(part, "wrong"));
	}
	int64_t shown = (int64_t)val_count(rows);
	val_set_null(req->out, "pages");
	if (at <= PAGE)
		return;
	struct val *pages = val_set_object(req->out, "pages");
	long long batch = val_i(req->in, "batch"), before = skip > PAGE ? skip - PAGE : 0,
		  after = skip + shown;
	val_set_int(pages, "first", skip + 1);
	val_set_int(pages, "last", skip + shown);
	val_set_int(pages, "total", at);
	val_set_null(pages, "previous");
	val_set_null(pages, "next");
	if (skip)
		val_set_str(val_set_object(pages, "previous"), "path",
			    str_fmt(req->arena, "/people/batches/%lld?part=" STR_FMT "&from=%lld",
				    batch, STR_ARG(part), before));
	if (skip + shown < at)
		val_set_str(val_set_object(pages, "next"), "path",
			    str_fmt(req->arena, "/people/batches/%lld?part=" STR_FMT "&from=%lld",
				    batch, STR_ARG(part), after));
}

static void translate_left(struct req *req, const struct val *left)
{
	struct val *list = val_set_list(req->out, "left");
	for (size_t i = 0; i < val_count(left); i++) {
		const struct val *row = val_at(left, i);
		struct val *one = val_push_object(list);
		val_set_str(one, "file", val_s(row, "file"));
		val_set_str(one, "column", val_s(row, "column"));
		val_set_str(one, "why", str_of(tr(req, str_c(req->arena, val_s(row, "message")))));
	}
}

static bool is_rollover(const struct val *batch)
{
	return str_is(val_s(batch, "kind"), "rollover");
}

static void show_preview(struct req *req, const struct val *batch)
{
	struct val *read = val_null(), *settings = val_null(), *plan;
	if (is_rollover(batch)) {
		plan = rollover_plan_of(req, batch);
		val_set_bool(req->out, "one", false);
		val_set_list(req->out, "files");
	} else {
		plan = roster_plan_of(req, batch, &read, &settings);
		roster_facts(req, read, settings);
	}
	val_set_str(req->out, "digest", plan_digest(req->arena, plan));
	const struct val *counts = val_get(plan, "counts");
	val_set(req->out, "counts", val_get(plan, "counts"));
	val_set_int(req->out, "same", val_i(counts, "same"));
	val_set_int(req->out, "wrong", val_i(counts, "wrong"));
	val_set_bool(req->out, "something", val_i(counts, "steps") > 0);
	translate_left(req, val_get(plan, "left"));
	struct str part = show_parts(req, counts);
	val_set_bool(req->out, "guardians",
		     str_is(part, "guardian") && val_i(counts, "guardian") > 0);
	val_set_bool(req->out, "gone_stay",
		     str_is(part, "gone") && !val_b(settings, "end_gone") && val_i(counts, "gone"));
	show_rows(req, plan, part);
}

/* ---- what it did ---- */

static void show_done(struct req *req)
{
	const struct val *trouble = guardian_shown(
		req, db_rows(req->db, &q_people_batch_trouble, params(req)), "person");
	if (!req->data) {
		struct str path =
			str_fmt(req->arena,
				"/people/batches/%lld?from=", (long long)val_i(req->in, "batch"));
		size_t begin =
			pages_begin(req, val_count(trouble), PAGE, val_i(req->in, "from"), path);
		trouble = pages_rows(req, trouble, begin, PAGE);
	}
	struct val *rows = val_set_list(req->out, "rows");
	for (size_t i = 0; i < val_count(trouble); i++) {
		const struct val *row = val_at(trouble, i);
		struct val *one = val_push_object(rows);
		struct str name = val_s(row, "name"), group = val_s(row, "group_name");
		val_set_int(one, "line", val_i(row, "line"));
		val_set_str(one, "name",
			    name.n && group.n ? str_fmt(req->arena, STR_FMT ", " STR_FMT,
							STR_ARG(name), STR_ARG(group))
			    : name.n          ? name
					      : group);
		val_set_int(one, "person", val_i(row, "person"));
		val_set_str(one, "what", str_of(tr(req, str_c(req->arena, val_s(row, "trouble")))));
	}
}

int batch_page(struct req *req)
{
	struct val *batch =
		batch_by_id(req->db, req->arena, people_org(req), val_i(req->in, "batch"));
	struct str state = val_s(batch, "state");
	if (val_is_null(batch) || str_is(state, "discarded"))
		return NOT_FOUND;
	bool preview = str_is(state, "preview");
	if (preview && req->may_wait)
		return ON_POOL;
	struct json_error error;
	const struct val *counts =
		json_read(req->arena, val_s(batch, "counts"), JSON_BYTES, &error);
	struct val *shown = val_set_object(req->out, "counts");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		val_set_int(shown, parts[i].part, counts ? val_i(counts, parts[i].part) : 0);
	val_set_bool(req->out, "preview", preview);
	val_set_bool(req->out, "rollover", is_rollover(batch));
	val_set_bool(req->out, "applied", str_is(state, "applied"));
	val_set_bool(req->out, "undone", str_is(state, "undone"));
	val_set_bool(req->out, "working", str_is(state, "applying") || str_is(state, "undoing"));
	val_set_str(req->out, "state_label", state_label(req, state));
	if (preview)
		show_preview(req, batch);
	else
		show_done(req);
	val_set_null(batch, "tables");
	val_set_null(batch, "plan");
	val_set_null(batch, "settings");
	val_set_null(batch, "counts");
	val_set(req->out, "batch", batch);
	return OK;
}

static const struct val *of_address(struct req *req)
{
	return batch_by_id(req->db, req->arena, people_org(req), val_i(req->in, "batch"));
}

static int to_job(struct req *req, const struct val *batch, int64_t job)
{
	if (job)
		return see_other(req, "/jobs/%lld", (long long)job);
	flash(req, N_("This was done meanwhile. This is how it is now."));
	return see_other(req, "/people/batches/%lld", (long long)val_i(batch, "id"));
}

int batch_apply(struct req *req)
{
	const struct val *batch = of_address(req);
	struct val *read, *settings;
	if (!str_is(val_s(batch, "state"), "preview"))
		return val_is_null(batch) ? NOT_FOUND : to_job(req, batch, 0);
	struct val *plan = is_rollover(batch) ? rollover_plan_of(req, batch)
					      : roster_plan_of(req, batch, &read, &settings);
	const char *no = NULL;
	if (!str_eq(plan_digest(req->arena, plan), val_s(req->in, "digest")))
		no = N_("What stands here changed since you looked. Look again.");
	else if (!val_count(val_get(plan, "rows")))
		no = N_("There is nothing to do: all of it stands here already.");
	if (no) {
		flash(req, no);
		return see_other(req, "/people/batches/%lld", (long long)val_i(batch, "id"));
	}
	people_note(req, "people_batch.asked", 0, "people_batch", val_i(batch, "id"));
	return to_job(
		req, batch,
		batch_start(req->db, req->arena, batch, plan, val_i(req->me, "id"), req->now));
}

int batch_undo_post(struct req *req)
{
	const struct val *batch = of_address(req);
	if (val_is_null(batch))
		return NOT_FOUND;
	return to_job(req, batch,
		      batch_undo(req->db, req->arena, batch, val_i(req->me, "id"), req->now));
}

int batch_go_on_post(struct req *req)
{
	const struct val *batch = of_address(req);
	if (val_is_null(batch))
		return NOT_FOUND;
	return to_job(req, batch,
		      batch_go_on(req->db, req->arena, batch, val_i(req->me, "id"), req->now));
}

int batch_discard(struct req *req)
{
	if (!db_id(req->db, &q_people_batch_discard, params(req)))
		return NOT_FOUND;
	flash(req, N_("The file was thrown away. Nothing of it is kept."));
	return see_other(req, "/people/batches");
}

#include "app/people/people_batch.h"

#include "app/people/people_act.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/args.h"
#include "core/audit.h"
#include "queries.h"

enum { JSON_BYTES = 64 << 20, MEMORY = 256 << 20 };

struct val *batch_by_id(struct db *db, struct arena *a, int64_t org, int64_t batch)
{
	return db_row(db, &q_people_batch_by_id, ARGS(a, ARG(org), ARG(batch)));
}

struct val *batch_stands(struct db *db, struct arena *a, int64_t org, struct str scheme,
			 struct str day, int64_t now)
{
	static const struct {
		const char *name;
		const struct query *query;
	} lists[] = {{"people", &q_people_stands_people},      {"keys", &q_people_stands_keys},
		     {"contacts", &q_people_stands_contacts},  {"groups", &q_people_stands_groups},
		     {"members", &q_people_stands_members},    {"staff", &q_people_stands_staff},
		     {"held", &q_people_stands_held},          {"minors", &q_people_stands_minors},
		     {"guardians", &q_people_stands_guardians}};
	struct val *args = ARGS(a, ARG(org), ARG(scheme), ARG(day), ARG(now));
	struct val *stands = val_object(a);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		val_set(stands, lists[i].name, db_rows(db, lists[i].query, args));
	return stands;
}

static int64_t ask(struct db *db, struct arena *a, const char *kind, const struct val *batch,
		   int64_t org, int64_t by, int64_t now)
{
	int64_t id = val_i(batch, "id");
	return job_ask(
		db, a,
		&(struct job_asked){.org = org,
				    .owner = by,
				    .now = now,
				    .kind = kind,
				    .title = val_s(batch, "title"),
				    .input = ARGS(a, ARG_AS("batch", id)),
				    .key = str_c(a, str_fmt(a, "%s %lld", kind, (long long)id))});
}

static int64_t org_of(const struct val *batch)
{
	return val_i(batch, "org");
}

static bool write_plan(struct db *db, struct arena *a, const struct val *batch,
		       const struct val *plan)
{
	return db_id(db, &q_people_batch_start,
		     ARGS(a, ARG_AS("org", org_of(batch)), ARG_AS("batch", val_i(batch, "id")),
			  ARG_AS("plan", json_text(a, val_get(plan, "rows"))),
			  ARG_AS("counts", json_text(a, val_get(plan, "counts"))))) != 0;
}

int64_t batch_start(struct db *db, struct arena *a, const struct val *batch, const struct val *plan,
		    int64_t by, int64_t now)
{
	if (!write_plan(db, a, batch, plan))
		return 0;
	return ask(db, a, "people.apply", batch, org_of(batch), by, now);
}

int64_t batch_undo(struct db *db, struct arena *a, const struct val *batch, int64_t by, int64_t now)
{
	int64_t org = org_of(batch);
	struct val *args = ARGS(a, ARG(org), ARG_AS("batch", val_i(batch, "id")));
	if (!db_id(db, &q_people_batch_undo, args))
		return 0;
	return ask(db, a, "people.undo", batch, org, by, now);
}

int64_t batch_go_on(struct db *db, struct arena *a, const struct val *batch, int64_t by,
		    int64_t now)
{
	struct str state = val_s(batch, "state");
	const char *kind = str_is(state, "applying")  ? "people.apply"
			   : str_is(state, "undoing") ? "people.undo"
						      : NULL;
	return kind ? ask(db, a, kind, batch, org_of(batch), by, now) : 0;
}

/* ---- doing ---- */

struct doing {
	struct db *db;
	struct arena *a; /* of one write */
	int64_t org, batch, by, now;
	struct str scheme;
	const struct val *made; /* groups of earlier rows: {ref, people_group} */
};

static int64_t group_made(void *context, struct str ref)
{
	struct doing *d = context;
	for (size_t i = 0; i < val_count(d->made); i++)
		if (str_eq(val_s(val_at(d->made, i), "ref"), ref))
			return val_i(val_at(d->made, i), "people_group");
	return 0;
}

static struct val *args_of_batch(struct doing *d)
{
	return ARGS(d->a, ARG_AS("org", d->org), ARG_AS("batch", d->batch), ARG_AS("now", d->now));
}

/* A plan's groups come first. */
static void find_made(struct doing *d, const struct val *rows)
{
	size_t groups = 0;
	while (str_is(val_s(val_at(rows, groups), "part"), "group"))
		groups++;
	struct val *args = args_of_batch(d);
	val_set_int(args, "before", (int64_t)groups * BATCH_STEPS);
	struct val *made = db_rows(d->db, &q_people_batch_made_groups, args);
	for (size_t i = 0; i < val_count(made); i++) {
		struct json_error error;
		struct val *row = val_at(made, i);
		const struct val *data = json_read(d->a, val_s(row, "data"), JSON_BYTES, &error);
		val_set_str(row, "ref", val_s(data ? data : val_null(), "ref"));
	}
	d->made = made;
}

static void put(struct doing *d, const struct act *t, int64_t position, int64_t line,
		struct str action, const char *trouble)
{
	db_exec(d->db, &q_people_batch_put_row,
		ARGS(d->a, ARG_AS("org", d->org), ARG_AS("batch", d->batch), ARG(position),
		     ARG(line), ARG(action), ARG_NULL("person", t->person),
		     ARG_NULL("group", t->group), ARG_NULL("object", t->object),
		     ARG_AS("data", json_text(d->a, t->data)),
		     ARG_AS("before", json_text(d->a, t->before)),
		     ARG_AS("state", trouble ? "skipped" : "done"),
		     ARG_AS("trouble", trouble ? trouble : "")));
}

/* One row of the plan, all its steps. */
static void do_row(struct doing *d, const struct val *row, int64_t at)
{
	const struct val *steps = val_get(row, "steps");
	int64_t person = val_i(row, "person");
	bool of_new = !person;
	for (size_t i = 0; i < val_count(steps) && i < BATCH_STEPS; i++) {
		const struct val *step = val_at(steps, i);
		const struct act_row *act = act_named(val_s(step, "action"));
		struct act t = {.db = d->db,
				.arena = d->a,
				.org = d->org,
				.by = d->by,
				.now = d->now,
				.scheme = d->scheme,
				.step = step,
				.person = person,
				.data = val_copy(d->a, step, 4),
				.before = val_object(d->a),
				.group_made = group_made,
				.context = d};
		val_set_null(t.data, "label");
		val_set_bool(t.data, "of_new", of_new);
		const char *trouble = act ? act->apply(&t) : N_("Not known.");
		put(d, &t, at * BATCH_STEPS + (int64_t)i, val_i(row, "line"), val_s(step, "action"),
		    trouble);
		person = t.person;
		/* Without the person there is nothing to do the rest with. */
		if (!person && !str_is(val_s(step, "action"), "group_add"))
			return;
	}
}

static void undo_row(struct doing *d, const struct val *row)
{
	struct json_error error;
	const struct act_row *act = act_named(val_s(row, "action"));
	struct val *data = json_read(d->a, val_s(row, "data"), JSON_BYTES, &error);
	struct val *before = json_read(d->a, val_s(row, "before"), JSON_BYTES, &error);
	struct act t = {.db = d->db,
			.arena = d->a,
			.org = d->org,
			.by = d->by,
			.now = d->now,
			.scheme = d->scheme,
			.step = data ? data : val_null(),
			.person = val_i(row, "person"),
			.group = val_i(row, "people_group"),
			.object = val_i(row, "object"),
			.data = data ? data : val_null(),
			.before = before ? before : val_null()};
	const char *trouble = act && data && before ? act->undo(&t) : N_("Not known.");
	db_exec(d->db, &q_people_batch_row_settled,
		ARGS(d->a, ARG_AS("org", d->org), ARG_AS("id", val_i(row, "id")),
		     ARG_AS("state", trouble ? "kept" : "undone"),
		     ARG_AS("trouble", trouble ? trouble : "")));
}

static void note(struct doing *d, const char *verb)
{
	audit_add(d->db, d->a,
		  &(struct audit){.org = d->org,
				  .made_by = d->by,
				  .verb = verb,
				  .object_kind = "people_batch",
				  .object = d->batch,
				  .at = d->now});
}

/* Rows from `from` on, some of them; the row behind them. After the last the batch is settled. */
static size_t do_some(struct doing *d, const struct val *rows, size_t from)
{
	size_t to = from + BATCH_AT_ONCE < val_count(rows) ? from + BATCH_AT_ONCE : val_count(rows);
	/* Groups come first, and a write that makes some ends with them. */
	bool groups = str_is(val_s(val_at(rows, from), "part"), "group");
	d->made = val_null();
	if (!groups)
		find_made(d, rows);
	for (size_t i = from; i < to; i++) {
		if (groups && !str_is(val_s(val_at(rows, i), "part"), "group"))
			return i;
		do_row(d, val_at(rows, i), (int64_t)i);
	}
	return to;
}

static struct str scheme_of(struct arena *a, const struct val *batch)
{
	struct json_error error;
	const struct val *settings = json_read(a, val_s(batch, "settings"), JSON_BYTES, &error);
	struct str scheme = val_s(settings ? settings : val_null(), "scheme");
	return scheme.n ? scheme : S("roster");
}

static const struct val *plan_rows(struct arena *a, const struct val *batch)
{
	struct json_error error;
	const struct val *rows = json_read(a, val_s(batch, "plan"), JSON_BYTES, &error);
	return rows ? rows : val_list(a);
}

static void settle_applied(struct doing *d)
{
	if (db_id(d->db, &q_people_batch_applied, args_of_batch(d)))
		note(d, "people_batch.applied");
}

bool batch_apply_now(struct db *db, struct arena *a, struct err *err, const struct val *batch,
		     const struct val *plan, int64_t by, int64_t now)
{
	const struct val *rows = val_get(plan, "rows");
	struct doing d = {.db = db,
			  .a = a,
			  .org = org_of(batch),
			  .batch = val_i(batch, "id"),
			  .by = by,
			  .now = now,
			  .scheme = scheme_of(a, batch)};
	if (!write_plan(db, a, batch, plan))
		return false;
	for (size_t at = 0; at < val_count(rows) && err->kind == ERR_NONE;)
		at = do_some(&d, rows, at);
	settle_applied(&d);
	return err->kind == ERR_NONE;
}

/* ---- the jobs ---- */

/* Opens a write of its own arena; false: the batch is in no state for it. */
static const struct val *begin(struct job *j, struct doing *d)
{
	d->db = j->db;
	d->org = j->org;
	d->batch = val_i(j->input, "batch");
	d->by = j->owner;
	d->now = j->now();
	db_use(j->db, j->arena, j->err);
	db_begin(j->db, DB_READ, j->org);
	const struct val *batch = batch_by_id(j->db, j->arena, j->org, d->batch);
	d->scheme = scheme_of(j->arena, batch);
	return batch;
}

static enum job_end ended(struct job *j, struct doing *d, bool going, struct val *result,
			  const char *message)
{
	db_use(j->db, j->arena, j->err);
	arena_free(d->a);
	val_set_str(result, "message", str_of(message));
	val_set_str(result, "path", str_fmt(j->arena, "/people/batches/%lld", (long long)d->batch));
	if (j->err->kind != ERR_NONE)
		return JOB_FAILED;
	return going ? JOB_DONE : JOB_STOPPED;
}

static enum job_end apply_job(struct job *j, struct val *result)
{
	struct doing d = {.a = arena_new(MEMORY)};
	const struct val *batch = begin(j, &d), *rows = plan_rows(j->arena, batch);
	int64_t last = val_i(db_row(j->db, &q_people_batch_last_row,
				    ARGS(j->arena, ARG_AS("org", d.org), ARG_AS("batch", d.batch))),
			     "position");
	size_t at = last < 0 ? 0 : (size_t)(last / BATCH_STEPS) + 1;
	bool going = str_is(val_s(batch, "state"), "applying");
	db_rollback(j->db);
	for (bool more = going; more && going;) {
		db_use(j->db, d.a, j->err);
		db_begin(j->db, DB_WRITE, j->org);
		if (at < val_count(rows))
			at = do_some(&d, rows, at);
		more = at < val_count(rows);
		if (!more)
			settle_applied(&d);
		going = db_commit(j->db);
		arena_reset(d.a);
		db_use(j->db, j->arena, j->err);
		going = going &&
			(job_go_on(j, (int64_t)at, (int64_t)val_count(rows), N_("People")) ||
			 !more);
	}
	return ended(j, &d, going, result, N_("It is done."));
}

static enum job_end undo_job(struct job *j, struct val *result)
{
	struct doing d = {.a = arena_new(MEMORY)};
	bool going = str_is(val_s(begin(j, &d), "state"), "undoing");
	int64_t done = 0;
	db_rollback(j->db);
	for (bool more = going; more && going;) {
		db_use(j->db, d.a, j->err);
		db_begin(j->db, DB_WRITE, j->org);
		struct val *args = args_of_batch(&d);
		val_set_int(args, "most", BATCH_AT_ONCE * 3);
		const struct val *rows = db_rows(j->db, &q_people_batch_to_undo, args);
		for (size_t i = 0; i < val_count(rows); i++)
			undo_row(&d, val_at(rows, i));
		done += (int64_t)val_count(rows);
		more = val_count(rows) > 0;
		if (!more && db_id(j->db, &q_people_batch_undone, args))
			note(&d, "people_batch.undone");
		going = db_commit(j->db);
		arena_reset(d.a);
		db_use(j->db, j->arena, j->err);
		going = going && (job_go_on(j, done, 0, N_("People")) || !more);
	}
	return ended(j, &d, going, result, N_("It is undone."));
}

const struct job_kind people_batch_jobs[] = {
	{.name = "people.apply", .run = apply_job}, {.name = "people.undo", .run = undo_job}, {0}};

#include "app/jobs/jobs.h"

#include "core/audit.h"
#include "core/job.h"
#include "core/right.h"

enum { LISTED = 100 };

static const struct {
	const char *state, *label;
} labels[] = {
	{"waiting", N_("Waiting")},           {"running", N_("At work")}, {"done", N_("Done")},
	{"refused", N_("Could not be done")}, {"stopped", N_("Stopped")}, {"failed", N_("Failed")},
};

static void label_state(struct val *job)
{
	struct val *is =
		val_set_object(job, "is"); /* `done` is how much, is.done that it is over */
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		bool it = str_is(val_s(job, "state"), labels[i].state);
		if (it)
			val_set_str(job, "state_label", str_of(labels[i].label));
		val_set_bool(is, labels[i].state, it);
	}
	val_set_bool(job, "unfinished", val_b(is, "waiting") || val_b(is, "running"));
}

/* Whose jobs this reader sees: 0 is everybody's. */
static int64_t owner(const struct req *req)
{
	return has_right(req, JOBS_READ) ? 0 : val_i(req->me, "id");
}

static int index_page(struct req *req)
{
	const struct val *found = job_list(req->db, req->arena, val_i(req->org, "id"), owner(req),
					   val_i(req->in, "before"), LISTED + 1);
	struct val *jobs = val_set_list(req->out, "jobs");
	for (size_t i = 0; i < val_count(found) && i < LISTED; i++) {
		label_state(val_at(found, i));
		val_push(jobs, val_at(found, i));
	}
	val_set_null(req->out, "older");
	if (val_count(found) > LISTED)
		val_set(req->out, "older", val_get(val_at(jobs, LISTED - 1), "id"));
	val_set_bool(req->out, "of_all", has_right(req, JOBS_READ));
	return OK;
}

static int job_page(struct req *req)
{
	struct val *job = job_seen(req->db, req->arena, val_i(req->org, "id"), owner(req),
				   val_i(req->in, "job"));
	if (val_is_null(job))
		return NOT_FOUND;
	label_state(job);
	const struct val *result = val_get(job, "result");
	val_set_str(job, "message", val_s(result, "message"));
	val_set_str(job, "path", val_s(result, "path"));
	val_set(req->out, "job", job);
	return OK;
}

static int stop(struct req *req)
{
	int64_t org = val_i(req->org, "id"), id = val_i(req->in, "job");
	if (val_is_null(job_seen(req->db, req->arena, org, owner(req), id)))
		return NOT_FOUND;
	if (job_stop(req->db, req->arena, org, owner(req), id, req->now)) {
		audit_add(req->db, req->arena,
			  &(struct audit){.org = org,
					  .made_by = val_i(req->me, "id"),
					  .verb = "job.stopped",
					  .object_kind = "job",
					  .object = id,
					  .request_id = req->request_id,
					  .at = req->now});
		flash(req, N_("It stops at the next safe place. What is done so far stays."));
	} else {
		flash(req, N_("It had ended already."));
	}
	return see_other(req, "/jobs/%lld", (long long)id);
}

static const struct field index_fields[] = {
	{.name = "before", .kind = FIELD_ID},
	{0},
};
static const struct field job_fields[] = {
	{.name = "job", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/jobs", SIGNED_IN, index_page, "jobs/index", .fields = index_fields,
	 .summary = "Imports and tasks: one's own, or everybody's for who may see it"},
	{GET, "/jobs/:job", SIGNED_IN, job_page, "jobs/job", .fields = job_fields,
	 .summary = "How far a job is, and what came of it"},
	{POST, "/jobs/:job/stop", SIGNED_IN, stop, .fields = job_fields, .summary = "Stop a job"},
	{0},
};

const struct feature jobs_feature = {
	.name = "jobs",
	.routes = routes,
	.label = N_("Imports and tasks"),
	.about = N_(
		"Imports and other work that takes a while: how far it is, and what came of it."),
	.path = "/jobs",
	.right = JOBS_READ,
};

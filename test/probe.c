/* The routes that tests try the dispatcher on. */
#include "probe.h"

#include <signal.h>

#include "app/account/account.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/job.h"
#include "core/right.h"
#include "server/pages.h"
#include "server/site.h"

struct probe probe;

static int form_get(struct req *req)
{
	if (val_i(req->in, "thing") > 99)
		return NOT_FOUND;
	val_set_str(req->out, "stored", S("as stored"));
	static const char *const colours[] = {"red", "green", "blue"};
	struct val *list = val_set_list(req->out, "colour_choices");
	for (int i = 0; i < 3; i++) {
		struct val *row = val_push_object(list);
		val_set_str(row, "value", str_of(colours[i]));
		val_set_str(row, "label", str_fmt(req->arena, "in %s", colours[i]));
	}
	val_set_str(req->in, "colour", S("red"));
	val_set_str(req->in, "title", S("stored title"));
	val_set_str(req->in, "words", S("stored words"));
	val_set_int(req->in, "rev", 7);
	return OK;
}

static int form_post(struct req *req)
{
	probe.handled++;
	struct val *p = PARAMS("org", val_get(req->org, "id"), "now", INT(req->now), "key",
			       val_text(req->arena, val_s(req->in, "title")));
	if (probe.retries > 0) {
		probe.retries--;
		err_set(&req->err, ERR_RETRY, "the database said: again");
		return OK;
	}
	if (str_is(val_s(req->in, "title"), "wrong")) {
		invalid(req, "title", N_("Title"));
		return INVALID;
	}
	if (str_is(val_s(req->in, "title"), "late"))
		return CONFLICT;
	db_exec(req->db,
		SQL("INSERT INTO form_sent (key, org, location, made_at) "
		    "VALUES (:key, :org, 'probe', :now)"),
		p);
	if (str_is(val_s(req->in, "title"), "broken"))
		return 500;
	if (str_is(val_s(req->in, "title"), "spoilt"))
		return CONFLICT;
	flash(req, N_("Saved"));
	return see_other(req, "/probe/%lld", (long long)val_i(req->in, "thing"));
}

/* What an organisation's start page shows: nothing of it. */
static void as_start_page(struct req *req)
{
	static const char *const lists[] = {"documents", "published", "previews", "drafts"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		val_set_list(req->out, lists[i]);
	val_set_bool(req->out, "waiting", false);
	val_set_int(req->out, "letters_dead", 0);
	val_set_list(req->out, "soon");
}

static int version_get(struct req *req)
{
	as_start_page(req);
	probe.handled++;
	val_set_int(req->out, "number", probe.version);
	val_set_list(req->out, "rows");
	struct val *row = val_push_object(val_get(req->out, "rows"));
	val_set_str(row, "name", S("=Ada"));
	val_set_int(row, "age", 36);
	return OK;
}

static int writes_get(struct req *req)
{
	as_start_page(req);
	db_exec(req->db, SQL("DELETE FROM form_sent"), val_object(req->arena));
	return OK;
}

static int raw_get(struct req *req)
{
	req->raw = S("raw bytes");
	val_set_str(req->headers_out, "Content-Type", S("text/plain; charset=utf-8"));
	return OK;
}

static int network_get(struct req *req)
{
	req->raw = str_fmt(req->arena, "from " STR_FMT "\n", STR_ARG(req->network));
	return OK;
}

static int offset_get(struct req *req)
{
	req->raw = str_fmt(req->arena, "%d\n", zone_offset(req_zone(req), 1751328000));
	return OK;
}

static int huge_get(struct req *req)
{
	as_start_page(req);
	for (int i = 0; i < 10000; i++)
		arena_alloc(req->arena, 1024 * 1024);
	return OK;
}

static const struct field form_fields[] = {
	{.name = "thing", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field save_fields[] = {
	{.name = "thing", .kind = FIELD_ID, .required = true},
	{.name = "title", .kind = FIELD_TEXT, .required = true, .max = 20},
	{.name = "words", .kind = FIELD_LINES},
	{.name = "rev", .kind = FIELD_INT},
	{.name = "colour", .kind = FIELD_TEXT},
	{.name = "secret", .kind = FIELD_SECRET},
	{0},
};

static struct query version_query = {.name = "probe_version"};

static const struct route probe_routes[] = {
	{GET, "/probe/:thing", PUBLIC, form_get, "probe/form", NULL, form_fields, 0, "form"},
	{POST, "/probe/:thing", SIGNED_IN, form_post, "probe/form", NULL, save_fields, 0, "save"},
	{POST, "/probe/:thing/token", PUBLIC, form_post, "probe/form", NULL, save_fields,
	 ROUTE_TOKEN, "save by link"},
	{GET, "/probe/version", PUBLIC, version_get, "server/org", &version_query, NULL, 0, "kept"},
	{GET, "/probe/trace/:thing", STANDARDS_EDIT, form_get, "probe/form", NULL, form_fields,
	 ROUTE_TRACE, "leaves a trace"},
	{GET, "/probe/writes", PUBLIC, writes_get, "server/org", NULL, NULL, 0, "writes"},
	{GET, "/probe/raw", PUBLIC, raw_get, NULL, NULL, NULL, ROUTE_ANY_ORIGIN, "bytes"},
	{GET, "/probe/network", PUBLIC, network_get, NULL, NULL, NULL, 0, "who asks"},
	{GET, "/probe/offset", PUBLIC, offset_get, NULL, NULL, NULL, 0, "the zone's clock"},
	{GET, "/probe/huge", PUBLIC, huge_get, "server/org", NULL, NULL, 0, "too much"},
	{POST, "/probe/:thing/poke", SIGNED_IN, form_post, NULL, NULL, save_fields, 0,
	 "has no page of its own"},
	{GET, "/probe/mine", SIGNED_IN, raw_get, NULL, NULL, NULL, 0, "signed in"},
	{0},
};

/* ---- jobs ---- */

static enum job_end job_works(struct job *job, struct val *result)
{
	val_set_int(result, "twice", val_i(job->input, "number") * 2);
	return JOB_DONE;
}

/* As a stranger's file may do to whoever reads it. */
static enum job_end job_dies_once(struct job *job, struct val *result)
{
	if (job->tries == 1)
		raise(SIGKILL);
	val_set_int(result, "tries", job->tries);
	return JOB_DONE;
}

static const struct job_kind probe_jobs[] = {
	{"probe.works", job_works, 0, 0},
	{"probe.dies", job_dies_once, 0, 1},
	{0},
};

static const struct feature probe_feature = {
	.name = "probe", .routes = probe_routes, .jobs = probe_jobs};
const struct feature *const probe_features[] = {&server_feature, &account_feature, &probe_feature,
						NULL};

int64_t probe_clock(void)
{
	return probe.now;
}

bool probe_begin(struct world *w, struct db *db, struct err *err, world_fill *fill,
		 bool kept_answers)
{
	static struct config config;
	struct secrets secrets;
	probe.handled = probe.retries = probe.version = 0;
	if (!world_begin(w, db, err, fill))
		return false;
	lane_free(w->lane);
	const struct query *version =
		SQL("SELECT count(*) AS version FROM form_sent f WHERE f.org = :org");
	version_query = *version;
	config = (struct config){.cache_mb = 4,
				 .strict = 1,
				 .db = str_of(fixture_url()),
				 .assets = kept_answers ? (struct str){0} : S("test/probe"),
				 .proxy = S("192.0.2.7")};
	secrets_from(&secrets,
		     S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
		     COST_TESTS);
	probe.now = w->now;
	w->lane = lane_new(site_new(test_arena, &config, probe_features, &secrets, probe_clock),
			   true);
	return true;
}

void probe_tell(struct world *w, const struct scenario *steps, size_t count, const char *file,
		int line)
{
	for (size_t i = 0; i < count; i++) {
		world_ask(w, &steps[i]);
		if (!world_as_told(w, &steps[i], file, line))
			return;
	}
}

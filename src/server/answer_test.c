/* What is sent: forms of an answer, what is kept, and the pages of what went wrong. */
#include "probe.h"
#include "server/site.h"

/* ---- forms of an answer, and what is kept ---- */

PROBE("one model is a page, JSON or CSV",
      {.url = "/alder/probe/version.json",
       .status = 200,
       .has = {"application/json", "\"rows\":[{\"name\":\"=Ada\",\"age\":36}]"}},
      {.url = "/alder/probe/version",
       .headers = "Accept: application/json",
       .status = 200,
       .has = {"application/json"}},
      {.url = "/alder/probe/version.csv",
       .status = 200,
       .has = {"text/csv", "name,age\r\n'=Ada,36\r\n", "filename=\"version.csv\""}},
      {.url = "/alder/probe/version.csv?excel=1", .status = 200, .has = {"name;age"}},
      {.url = "/alder/probe/1.csv", .status = 404},
      {.url = "/alder/probe/version.ics", .status = 404},
      {.url = "/alder/probe/raw",
       .status = 200,
       .has = {"Access-Control-Allow-Origin: *", "Cross-Origin-Resource-Policy: cross-origin"}});

static struct str etag_of(struct world *w)
{
	return str_dup(test_arena, world_header(w, "ETag"));
}

TEST_DB("a public page that did not change is 304, or comes from the lane's memory")
{
	struct world w;
	static const struct scenario page = {.url = "/alder/probe/version",
					     .status = 200,
					     .has = {"ETag: \"", "Cache-Control: no-cache"}};
	static const struct scenario head = {
		.method = "HEAD", .url = "/alder/probe/version", .status = 200};
	static const struct scenario mine = {
		.url = "/alder/probe/version", .as = "member", .status = 200, .has = {"no-store"}};
	if (!CHECK(probe_begin(&w, db, err, NULL, true)))
		return;
	world_ask(&w, &page);
	NEED(world_as_told(&w, &page, __FILE__, __LINE__));
	CHECK_INT(probe.handled, 1);
	struct str etag = etag_of(&w);
	world_ask(&w, &page);
	CHECK_STR(etag_of(&w), etag);
	CHECK_INT(probe.handled, 1); /* from memory */
	world_ask(&w, &head);
	CHECK_STR(etag_of(&w), etag);
	const struct scenario again = {
		.url = "/alder/probe/version",
		.status = 304,
		.headers = str_c(test_arena,
				 str_fmt(test_arena, "If-None-Match: " STR_FMT, STR_ARG(etag)))};
	world_ask(&w, &again);
	world_as_told(&w, &again, __FILE__, __LINE__);
	CHECK_INT(w.last.body.n, 0);
	world_ask(&w, &mine); /* a signed-in reader's page is their own */
	world_as_told(&w, &mine, __FILE__, __LINE__);
	CHECK(!str_eq(etag_of(&w), etag));
	CHECK_INT(probe.handled, 2);
	world_end(&w);
}

TEST_DB("a change of the version makes the page anew")
{
	struct world w;
	static const struct scenario page = {.url = "/alder/probe/version", .status = 200};
	if (!CHECK(probe_begin(&w, db, err, NULL, true)))
		return;
	world_ask(&w, &page);
	struct str etag = etag_of(&w);
	db_begin(db, DB_WRITE, w.a);
	db_exec(db,
		SQL("INSERT INTO form_sent (key, org, location, made_at) VALUES ('k', :org, '', "
		    "1)"),
		PARAMS("org", INT(w.a)));
	CHECK(db_commit(db));
	world_ask(&w, &page);
	CHECK(!str_eq(etag_of(&w), etag));
	CHECK_INT(probe.handled, 2);
	world_end(&w);
}

/* As if an organisation's row were changed by another process: its revision counts for every page. */
static void change_elsewhere(struct world *w, struct db *db)
{
	db_begin(db, DB_WRITE, w->a);
	db_exec(db, SQL("UPDATE org SET rev = rev + 1 WHERE id = :org"), PARAMS("org", INT(w->a)));
	CHECK(db_commit(db));
}

TEST_DB("what came together shares one look at the database, what comes later gets another")
{
	struct world w;
	static const struct scenario page = {.url = "/alder/probe/version", .status = 200},
				     written = {.url = "/alder/language",
						.form = "language=fr&back=/",
						.status = 303};
	if (!CHECK(probe_begin(&w, db, err, NULL, true)))
		return;
	world_ask(&w, &page);
	change_elsewhere(&w, db);
	world_ask(&w, &page); /* of no turn */
	CHECK_INT(probe.handled, 2);
	lane_turn(w.lane);
	world_ask(&w, &page);
	change_elsewhere(&w, db);
	world_ask(&w, &page); /* it was waiting already */
	CHECK_INT(probe.handled, 2);
	world_ask(&w, &written);
	world_ask(&w, &page);
	CHECK_INT(probe.handled, 3);
	lane_turn(w.lane);
	world_ask(&w, &page);
	change_elsewhere(&w, db);
	lane_turn(w.lane);
	world_ask(&w, &page);
	CHECK_INT(probe.handled, 4);
	world_end(&w);
}

TEST_DB("too large, too long, too busy: each is said in words")
{
	static const int statuses[] = {413, 414, 431, 503};
	struct world w;
	if (!CHECK(world_begin(&w, db, err, NULL)))
		return;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
		struct request r = {.method = S("POST"),
				    .target = S("/alder/"),
				    .refused = statuses[i],
				    .peer = S("192.0.2.7")};
		dispatch(w.lane, &r, &w.last);
		CHECK_INT(w.last.status, statuses[i]);
		CHECK(str_find(w.last.body, S("<h1>")) > 0);
	}
	world_end(&w);
}

TEST("a database that is away is a page that says so, in the reader's language")
{
	struct secrets secrets;
	static struct config config;
	config = (struct config){.db = S("sqlite:/nowhere/at/all.db")};
	secrets_from(&secrets,
		     S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
		     COST_TESTS);
	struct lane *lane = lane_new(
		site_new(test_arena, &config, probe_features, &secrets, probe_clock), true);
	struct request r = {.method = S("GET"), .target = S("/alder/"), .peer = S("192.0.2.7")};
	struct response answer;
	dispatch(lane, &r, &answer);
	CHECK_INT(answer.status, 503);
	CHECK(str_find(answer.body, S("not available just now")) > 0);
	const struct header french = {S("Accept-Language"), S("fr-CA,en;q=0.5")};
	r.headers = &french;
	r.header_count = 1;
	dispatch(lane, &r, &answer);
	CHECK(str_find(answer.body, S("lang=\"fr\"")) > 0);
	CHECK(str_find(answer.body, S("not available just now")) < 0);
	lane_free(lane);
}

/* The life of a request, told through routes of its own whose template lies in test/probe. */
#include "base/arena.h"
#include "probe.h"
#include "server/site.h"

/* ---- addresses, methods, organisations ---- */

SCENARIOS("the first pages, of the server and of an organisation", NULL,
	  {.url = "/", .status = 200, .has = {"Alder Guild", "href=\"/alder/\""}},
	  {.url = "/alder/", .status = 200, .has = {"<h1>Alder Guild</h1>"}},
	  {.url = "/alder", .status = 200, .has = {"<h1>Alder Guild</h1>"}},
	  {.url = "/nobody/", .status = 404},
	  {.url = "/alder/nothing/here", .status = 404, .has = {"There is no such page"}},
	  {.url = "/healthz", .status = 200, .has = {"\n\nok\n"}},
	  {.url = "/robots.txt", .status = 200, .has = {"User-agent"}},
	  {.url = "/favicon.ico", .status = 200, .has = {"image/svg+xml"}});

SCENARIOS("what cannot be a request is refused, in words", NULL,
	  {.url = "/alder/%zz", .status = 400, .has = {"could not be read"}},
	  {.url = "/alder/%ff", .status = 400}, {.url = "//elsewhere.example/", .status = 400},
	  {.url = "nothing", .status = 400}, {.url = "/alder/?x=%ff", .status = 400},
	  {.method = "POST", .url = "/alder/", .status = 405, .has = {"Allow: GET, HEAD"}},
	  {.method = "DELETE", .url = "/alder/", .status = 405},
	  {.method = "GET", .url = "/alder/language", .status = 405, .has = {"Allow: POST"}},
	  {.url = "/alder/language",
	   .form = "{}",
	   .headers = "Content-Type: application/json",
	   .status = 415},
	  {.url = "/alder/language", .form = "language=%ff", .status = 400});

SCENARIOS("every answer carries the headers that protect its reader", NULL,
	  {.url = "/alder/",
	   .status = 200,
	   .has = {"Content-Security-Policy: default-src 'none';", "frame-ancestors 'none'",
		   "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin",
		   "Strict-Transport-Security: ", "Content-Language: en"},
	   .has_not = {"unsafe-inline"}},
	  {.url = "/alder/nix", .status = 404, .has = {"Content-Security-Policy: ", "no-store"}},
	  {.url = "/static/site.css", .status = 200, .has = {"nosniff", "no-cache", "ETag: "}});

/* ---- language ---- */

SCENARIOS("the language is the one chosen, else the browser's, else the organisation's", NULL,
	  {.url = "/alder/", .status = 200, .has = {"lang=\"en\"", "Alder Guild"}},
	  {.url = "/alder/",
	   .headers = "Accept-Language: fr-CA, en;q=0.5",
	   .status = 200,
	   .has = {"<html lang=\"fr\">", "Guilde de l’Aulne", "Content-Language: fr"}},
	  {.url = "/alder/language",
	   .form = "language=fr&back=/?x=1",
	   .status = 303,
	   .has = {"Location: /alder/?x=1\n", "Set-Cookie: __Host-waypost_language=fr"}},
	  {.url = "/alder/",
	   .headers = "Accept-Language: en\nCookie: __Host-waypost_language=fr",
	   .status = 200,
	   .has = {"<html lang=\"fr\">"}},
	  {.url = "/alder/", /* set by a neighbouring host */
	   .headers = "Accept-Language: en\nCookie: waypost_language=fr",
	   .status = 200,
	   .has = {"<html lang=\"en\">"}},
	  {.url = "/alder/",
	   .headers = "Cookie: __Host-waypost_language=xx",
	   .status = 200,
	   .has = {"<html lang=\"en\">"}},
	  {.url = "/alder/language",
	   .form = "language=fr&back=//elsewhere.example/",
	   .status = 303,
	   .has = {"Location: /alder/\n"}},
	  {.url = "/alder/language", .form = "language=de", .status = 422},
	  {.url = "/alder/language", .form = "", .status = 422});

SCENARIOS("a person's choice of language goes with them", NULL,
	  {.url = "/alder/", .as = "member", .status = 200, .has = {"<html lang=\"en\">"}},
	  {.url = "/alder/language", .form = "language=fr", .as = "member", .status = 303},
	  {.url = "/alder/",
	   .as = "member",
	   .headers = "Accept-Language: en",
	   .status = 200,
	   .has = {"<html lang=\"fr\">"}});

/* ---- rights and other sites ---- */

PROBE("who is not signed in is asked to sign in, and comes back",
      {.url = "/alder/probe/mine?x=1",
       .status = 303,
       .has = {"Location: /alder/sign-in?next=%2Fprobe%2Fmine%3Fx%3D1"}},
      {.url = "/alder/probe/mine",
       .headers = "Accept: application/json",
       .status = 401,
       .has = {"{\"status\":401,"}},
      {.url = "/alder/probe/mine",
       .as = "signed_in",
       .status = 200,
       .has = {"raw bytes", "no-store"}},
      {.url = "/alder/probe/trace/1",
       .as = "signed_in",
       .status = 403,
       .has = {"not open to you"}});

PROBE("who asks is the address that the nearest proxy of ours saw",
      {.url = "/alder/probe/network", .status = 200, .has = {"from 192.0.2.7\n"}},
      {.url = "/alder/probe/network",
       .headers = "X-Forwarded-For: 203.0.113.9",
       .status = 200,
       .has = {"from 203.0.113.9\n"}},
      {.url = "/alder/probe/network",
       .headers = "X-Forwarded-For: 198.51.100.1, 203.0.113.9, 192.0.2.7",
       .status = 200,
       .has = {"from 203.0.113.9\n"}},
      {.url = "/alder/probe/network",
       .headers = "X-Forwarded-For: \"; drop table",
       .status = 200,
       .has = {"from 192.0.2.7\n"}});

TEST_DB("what a stranger says of who they are is not believed")
{
	struct world w;
	const struct header headers[] = {{S("X-Forwarded-For"), S("203.0.113.9")}};
	struct request r = {.method = S("GET"),
			    .target = S("/alder/probe/network"),
			    .headers = headers,
			    .header_count = 1,
			    .peer = S("198.51.100.1")};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	dispatch(w.lane, &r, &w.last);
	CHECK_STR(w.last.body, "from 198.51.100.1\n");
	world_end(&w);
}

TEST_DB("whoever asks is told the time of the organisation, whatever zones were asked for before")
{
	static const struct {
		const char *zone, *offset; /* on 1 July 2025 */
	} cases[] = {
		{"UTC", "0\n"},
		{"America/Toronto", "-14400\n"},
		{"Asia/Tokyo", "32400\n"},
		{"Europe/Paris", "7200\n"},
		{"Asia/Kolkata", "19800\n"},
		{"Pacific/Apia", "46800\n"},
		{"Asia/Tokyo", "32400\n"},
		{"UTC", "0\n"},
	};
	struct world w;
	static const struct scenario page = {.url = "/alder/probe/offset", .status = 200};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		db_use(db, test_arena, err);
		db_begin(db, DB_WRITE, w.a);
		db_exec(db, SQL("UPDATE org SET zone = :zone WHERE id = :id"),
			PARAMS("zone", TEXT(cases[i].zone), "id", INT(w.a)));
		CHECK(db_commit(db));
		world_ask(&w, &page);
		CHECK_STR(w.last.body, cases[i].offset);
	}
	world_end(&w);
}

PROBE("a form from another site is refused, a link's is not",
      {.url = "/alder/probe/1",
       .form = "title=x",
       .as = "signed_in",
       .headers = "Sec-Fetch-Site: cross-site",
       .status = 403},
      {.url = "/alder/probe/1",
       .form = "title=x",
       .as = "signed_in",
       .headers = "Sec-Fetch-Site: same-site",
       .status = 403},
      {.url = "/alder/probe/1",
       .form = "title=x",
       .as = "signed_in",
       .headers = "Origin: https://elsewhere.example",
       .status = 403},
      {.url = "/alder/probe/1",
       .form = "title=x",
       .as = "signed_in",
       .headers = "Origin: null",
       .status = 403},
      {.url = "/alder/probe/1",
       .form = "title=a",
       .as = "signed_in",
       .headers = "Origin: https://waypost.example",
       .status = 303},
      {.url = "/alder/probe/1",
       .form = "title=b",
       .as = "signed_in",
       .headers = "Sec-Fetch-Site: same-origin",
       .status = 303},
      {.url = "/alder/probe/1/token",
       .form = "title=c",
       .headers = "Sec-Fetch-Site: cross-site",
       .status = 303,
       .has = {"Referrer-Policy: no-referrer"}});

PROBE("another organisation's person is nobody here",
      {.url = "/alder/probe/trace/1", .as = "admin_of_b", .status = 403},
      {.url = "/birch/probe/trace/1", .as = "admin_of_b", .status = 200},
      {.url = "/birch/probe/trace/1", .as = "admin", .status = 403});

/* ---- forms ---- */

PROBE("a refused form comes back with what was typed, and never its secrets",
      {.url = "/alder/probe/1",
       .status = 200,
       .has = {"stored title", "stored words", "value=\"7\"", "value=\"red\" selected>"}},
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=wrong&words=a%0Ab&rev=3&secret=pss",
       .status = 422,
       .has = {"There is a problem", "value=\"wrong\"", "a\nb</textarea>", "value=\"3\"",
	       "stored as stored", "/alder/probe/1\""},
       .has_not = {"pss", "stored title"}},
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=&words=kept",
       .status = 422,
       .has = {"kept</textarea>"}},
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
       .status = 422,
       .has = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=x&rev=many",
       .status = 422,
       .has = {"value=\"many\""}},
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=wrong",
       .headers = "Accept: application/json",
       .status = 422,
       .has = {"{\"status\":422,\"errors\":{\"title\":"}},
      {.url = "/alder/probe/none", .as = "signed_in", .form = "title=x", .status = 404},
      {.url = "/alder/probe/none", .status = 404}, {.url = "/alder/probe/100", .status = 404});

PROBE("two people who change one thing both see both texts",
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=late&words=mine&rev=3&colour=blue",
       .status = 409,
       .has = {"<p>theirs stored title, in red</p>", "mine</textarea>", "value=\"late\"",
	       "value=\"blue\" selected>", "name=\"rev\" value=\"7\""},
       .has_not = {"value=\"red\" selected"}},
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=late&words=stored+words&colour=red",
       .status = 409,
       .has = {"theirs stored title, </p>"}});

TEST_DB("the item picker gives a half-filled form back: nothing is judged, run or saved")
{
	struct world w;
	static const struct scenario steps[] = {
		{.url = "/alder/probe/1",
		 .as = "signed_in",
		 .form = "title=aaaaaaaaaaaaaaaaaaaaaaaaaaaa&words=half&rev=3&colour=green&"
			 "secret=pss&picked=1",
		 .status = 200,
		 .has = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "half</textarea>", "value=\"3\"",
			 "value=\"green\" selected>"},
		 .has_not = {"There is a problem", "pss"}},
		{.url = "/alder/probe/none", .as = "signed_in", .form = "picked=1", .status = 404},
		{.url = "/alder/probe/100", .as = "signed_in", .form = "picked=1", .status = 404},
		{.url = "/alder/language", .form = "language=fr&picked=1", .status = 404},
		{.url = "/alder/probe/1", .form = "title=x&picked=1", .status = 401},
		{.url = "/alder/probe/1",
		 .as = "signed_in",
		 .form = "title=x&picked=1",
		 .headers = "Sec-Fetch-Site: cross-site",
		 .status = 403},
	};
	if (CHECK(probe_begin(&w, db, err, NULL, false))) {
		struct str before = world_rows(&w);
		probe_tell(&w, steps, sizeof steps / sizeof *steps, __FILE__, __LINE__);
		CHECK_INT(probe.handled, 0);
		CHECK_STR(world_rows(&w), before);
	}
	world_end(&w);
}

PROBE("a saved form leads on, and says so once",
      {.url = "/alder/probe/1",
       .as = "signed_in",
       .form = "title=good",
       .status = 303,
       .has = {"Location: /alder/probe/1\n", "Set-Cookie: __Host-waypost_flash="}},
      {.url = "/alder/probe/1",
       .headers = "Cookie: __Host-waypost_flash=forged",
       .status = 200,
       .has_not = {"role=\"status\""}});

TEST_DB("what flash() said is shown on the next page and taken away")
{
	struct world w;
	static const struct scenario save = {
		.url = "/alder/probe/1", .as = "signed_in", .form = "title=good", .status = 303};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	world_ask(&w, &save);
	NEED(world_as_told(&w, &save, __FILE__, __LINE__));
	struct str cookie = world_header(&w, "Set-Cookie"), value;
	str_cut(&cookie, ';', &value);
	const struct scenario next = {
		.url = "/alder/probe/1",
		.as = "signed_in",
		.status = 200,
		.headers =
			str_c(test_arena, str_fmt(test_arena, "Cookie: " STR_FMT, STR_ARG(value))),
		.has = {"role=\"status\"", "Saved", "Set-Cookie: __Host-waypost_flash=;"}};
	world_ask(&w, &next);
	world_as_told(&w, &next, __FILE__, __LINE__);
	world_end(&w);
}

TEST_DB("sending a form twice is sending it once")
{
	struct world w;
	static const char once[] = "title=good&once=AAAAAAAAAAAAAAAAAAAAAA";
	static const struct scenario first = {.url = "/alder/probe/1",
					      .as = "signed_in",
					      .form = once,
					      .status = 303,
					      .has = {"Location: /alder/probe/1\n"}};
	static const struct scenario other = {.url = "/alder/probe/1",
					      .as = "member",
					      .form = "title=mine&once=AAAAAAAAAAAAAAAAAAAAAA",
					      .status = 303};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	for (int i = 0; i < 3; i++) {
		world_ask(&w, &first);
		world_as_told(&w, &first, __FILE__, __LINE__);
		CHECK_INT(probe.handled, 1);
	}
	world_ask(&w, &other); /* another person, or other words: another form */
	world_as_told(&w, &other, __FILE__, __LINE__);
	CHECK_INT(probe.handled, 2);
	world_end(&w);
}

static int64_t seen_at(struct world *w, struct db *db, const char *as)
{
	db_begin(db, DB_READ, 0);
	struct val *row = db_row(
		db, SQL("SELECT s.seen_at AS seen_at FROM session s WHERE s.person = :person"),
		PARAMS("person", INT(world_person(w, as))));
	db_rollback(db);
	return val_i(row, "seen_at");
}

TEST_DB("a session lives on by its use, written now and then")
{
	struct world w;
	static const struct scenario look = {.url = "/alder/", .as = "member", .status = 200};
	if (!CHECK(world_begin(&w, db, err, NULL)))
		return;
	int64_t begun = w.now;
	w.now = begun + 1;
	world_ask(&w, &look);
	CHECK_INT(seen_at(&w, db, "member"), begun);
	w.now = begun + 86400;
	world_ask(&w, &look);
	world_as_told(&w, &look, __FILE__, __LINE__);
	CHECK_INT(seen_at(&w, db, "member"), begun + 86400);
	w.now = begun + 200 * 86400;
	world_ask(&w, &look);
	CHECK_INT(seen_at(&w, db, "member"), begun + 86400); /* it has ended meanwhile */
	world_end(&w);
}

/* ---- transactions ---- */

TEST_DB("a handler that answers 500 changes nothing")
{
	struct world w;
	static const struct scenario save = {.url = "/alder/probe/1",
					     .as = "signed_in",
					     .form = "title=broken",
					     .status = 500,
					     .has = {"Something went wrong here"}};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	struct str before = world_rows(&w);
	world_ask(&w, &save);
	world_as_told(&w, &save, __FILE__, __LINE__);
	CHECK_STR(world_rows(&w), before);
	world_end(&w);
}

TEST_DB("a refused form is taken back whole, whatever its handler wrote before")
{
	struct world w;
	static const struct scenario save = {.url = "/alder/probe/1",
					     .as = "signed_in",
					     .form = "title=spoilt&words=kept",
					     .status = 409,
					     .has = {"kept</textarea>"}};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	struct str before = world_rows(&w);
	world_ask(&w, &save);
	world_as_told(&w, &save, __FILE__, __LINE__);
	CHECK_STR(world_rows(&w), before);
	world_end(&w);
}

TEST_DB("a lock error is tried again, and in the end is 503")
{
	struct world w;
	static const struct scenario save = {
		.url = "/alder/probe/1", .as = "signed_in", .form = "title=good", .status = 303};
	static const struct scenario busy = {.url = "/alder/probe/1",
					     .as = "signed_in",
					     .form = "title=other",
					     .status = 503,
					     .has = {"Retry-After: "}};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	probe.retries = 3;
	world_ask(&w, &save);
	world_as_told(&w, &save, __FILE__, __LINE__);
	CHECK_INT(probe.handled, 4);
	probe.retries = 100;
	world_ask(&w, &busy);
	world_as_told(&w, &busy, __FILE__, __LINE__);
	world_end(&w);
}

PROBE("a GET cannot write, whatever its handler tries",
      {.url = "/alder/probe/writes", .status = 500},
      {.url = "/alder/probe/1", .status = 200}); /* and the next request is none the worse */

PROBE("a page that asks for more memory than there is costs nobody else",
      {.url = "/alder/probe/huge", .status = 413}, {.url = "/alder/probe/1", .status = 200});

TEST_DB("every database call of a form made to fail in turn: 500 and nothing written")
{
	struct world w;
	static const struct scenario save = {.url = "/alder/probe/1",
					     .as = "member",
					     .status = 303,
					     .form = "title=good&once=AAAAAAAAAAAAAAAAAAAAAA"};
	if (CHECK(probe_begin(&w, db, err, NULL, false)))
		scenario_fail_each(&w, &save);
	world_end(&w);
}

TEST_DB("a confidential read leaves its trace, or is not answered")
{
	struct world w;
	static const struct scenario look = {
		.url = "/alder/probe/trace/5", .as = "standards_editor", .status = 200};
	if (!CHECK(probe_begin(&w, db, err, NULL, false)))
		return;
	world_ask(&w, &look);
	world_as_told(&w, &look, __FILE__, __LINE__);
	db_begin(db, DB_READ, 0);
	struct val *row = db_row(
		db,
		SQL("SELECT a.verb AS verb, a.object AS object, a.made_by AS made_by FROM audit a"),
		val_object(test_arena));
	db_rollback(db);
	CHECK_STR(val_s(row, "verb"), "record.read");
	CHECK_INT(val_i(row, "object"), 5);
	CHECK_INT(val_i(row, "made_by"), world_person(&w, "standards_editor"));
	world_end(&w);
}

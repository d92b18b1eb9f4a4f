#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/apart.h"
#include "core/args.h"
#include "core/job.h"
#include "core/org.h"
#include "core/person.h"
#include "core/right.h"
#include "core/session.h"
#include "server/demo.h"
#include "server/features.h"
#include "server/log.h"
#include "server/site.h"

enum { PEOPLE_MAX = 40, NOW = 1795000000 };

static struct {
	struct config config;
	struct site *site;
	struct arena *arena;
	struct lane *pool; /* for what an event thread leaves to it; made when it is needed */
	int64_t now;
	struct world_part *parts;
	struct {
		const char *as;
		int64_t id;
		struct str token;
	} people[PEOPLE_MAX];
	int people_count;
} kept;

void world_add(struct world_part *part)
{
	part->next = kept.parts;
	kept.parts = part;
}

static int64_t story_time(void)
{
	return kept.now;
}

struct secrets world_keys(void)
{
	struct secrets secrets;
	MUST(secrets_from(&secrets,
			  S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
			  COST_TESTS));
	return secrets;
}

static struct site *story_site(void)
{
	if (kept.site)
		return kept.site;
	kept.arena = arena_new(SIZE_MAX / 2);
	/* What is made to fail on purpose need not be read; who looks for a mistake says where. */
	log_open(getenv("WAYPOST_TEST_LOG") ? getenv("WAYPOST_TEST_LOG") : "/dev/null");
	kept.config = (struct config){.cache_mb = 4, .strict = 1, .grace = 1};
	struct secrets secrets = world_keys();
	return kept.site = site_new(kept.arena, &kept.config, features, &secrets, story_time);
}

/* ---- organisations and people ---- */

static int64_t add_org(struct world *w, const char *slug, const char *name, const char *nom)
{
	struct val *org = val_object(w->arena), *names = val_object(w->arena),
		   *langs = val_list(w->arena);
	val_set_str(names, "en", str_of(name));
	val_set_str(names, "fr", str_of(nom));
	val_push(langs, val_text(w->arena, S("en")));
	val_push(langs, val_text(w->arena, S("fr")));
	val_set_str(org, "slug", str_of(slug));
	val_set_null(org, "host");
	val_set(org, "names", names);
	val_set(org, "langs", langs);
	val_set_str(org, "zone", S("America/Toronto"));
	val_set_str(org, "base", str_fmt(w->arena, "https://waypost.example/%s", slug));
	val_set_null(org, "sender_name");
	val_set_null(org, "sender_email");
	return org_add(w->db, w->arena, org, w->now);
}

static int64_t add_person(struct world *w, int64_t org, const char *as)
{
	struct val *person = val_object(w->arena);
	val_set_str(person, "name", str_fmt(w->arena, "Person %s", as));
	val_set_str(person, "sort_name", (struct str){0});
	val_set_null(person, "formal_name");
	val_set_str(person, "lang", S("en"));
	return person_add(w->db, w->arena, person, org, w->now);
}

static void add_signed_in(struct world *w, const char *as, const char *role)
{
	int64_t id = add_person(w, w->a, as);
	if (role)
		role_give(w->db, w->arena, w->a, id, role_by_key(w->db, w->arena, w->a, role), 0,
			  id, w->now);
	struct session_start start = {.person = id,
				      .now = w->now,
				      .means = "demo",
				      .second = true,
				      .network = S("192.0.2.0/24"),
				      .agent = S("test")};
	MUST(kept.people_count < PEOPLE_MAX);
	kept.people[kept.people_count].as = as;
	kept.people[kept.people_count].id = id;
	kept.people[kept.people_count++].token =
		str_dup(w->arena, session_start(w->db, w->arena, &start));
}

/* The admin of `b` ("admin_of_b") tries the ids of `a`. */
static void add_admin_of_b(struct world *w)
{
	int64_t a = w->a;
	w->a = w->b;
	add_signed_in(w, "admin_of_b", "admin");
	w->a = a;
}

static void add_people(struct world *w)
{
	kept.people_count = 0;
	add_signed_in(w, "signed_in", NULL);
	for (const struct role_shipped *role = roles_shipped; role->key; role++)
		add_signed_in(w, role->key, role->key);
	add_admin_of_b(w);
}

static int who_is(const char *as)
{
	for (int i = 0; i < kept.people_count; i++)
		if (!strcmp(kept.people[i].as, as))
			return i;
	return -1;
}

int64_t world_person(struct world *w, const char *as)
{
	(void)w;
	int i = who_is(as);
	MUST(i >= 0 && "a scenario names a role that is not shipped");
	return kept.people[i].id;
}

/* ---- the world ---- */

static void begin(struct world *w, struct db *db, struct err *err)
{
	*w = (struct world){.db = db, .err = err, .arena = test_arena, .now = NOW};
	kept.now = NOW;
	w->known = val_object(w->arena);
}

static bool finish(struct world *w)
{
	bool good = db_commit(w->db);
	if (!good)
		printf("    the world: %s:%d: %s\n", w->err->file, w->err->line, w->err->text);
	struct site *site = story_site();
	kept.config.db = str_of(fixture_url());
	w->lane = lane_new(site, true);
	return good;
}

bool world_begin_demo(struct world *w, struct db *db, struct err *err)
{
	begin(w, db, err);
	if (!demo_fill(db, w->arena, err, S("https://waypost.example"), NOW))
		return false;
	db_use(db, w->arena, err);
	db_begin(db, DB_WRITE, 0);
	w->a = val_i(org_by_slug(db, w->arena, S("boreal")), "id");
	w->b = add_org(w, "birch", "Birch Board", "Conseil du Bouleau");
	add_people(w);
	return finish(w);
}

bool world_begin(struct world *w, struct db *db, struct err *err, world_fill *fill)
{
	begin(w, db, err);
	db_begin(db, DB_WRITE, 0);
	w->a = add_org(w, "alder", "Alder Guild", "Guilde de l’Aulne");
	w->b = add_org(w, "birch", "Birch Board", "Conseil du Bouleau");
	add_people(w);
	world_parts(w);
	if (fill)
		fill(w);
	return finish(w);
}

static void end_pool(void)
{
	if (kept.pool)
		lane_free(kept.pool);
	kept.pool = NULL;
}

void world_end(struct world *w)
{
	end_pool();
	if (w->lane)
		lane_free(w->lane);
}

void world_parts(struct world *w)
{
	for (struct world_part *part = kept.parts; part; part = part->next)
		part->fill(w);
}

void world_demo(struct world *w, bool is)
{
	(void)w;
	kept.config.demo = is;
}

static bool anew(struct world *w, struct db *(*how)(struct err *))
{
	end_pool();
	lane_free(w->lane);
	w->lane = NULL;
	w->db = how(w->err);
	if (!w->db)
		return false;
	kept.config.db = str_of(fixture_url());
	w->lane = lane_new(story_site(), true);
	return true;
}

bool world_keep(struct world *w)
{
	return anew(w, fixture_keep);
}

bool world_back(struct world *w)
{
	return anew(w, fixture_back);
}

int64_t world_newcomer(struct world *w, const char *name, const char *called, const char *lang)
{
	int64_t id = person_add(w->db, w->arena, ARGS(w->arena, ARG_AS("name", called), ARG(lang)),
				w->a, w->now);
	world_know_id(w, name, id);
	return id;
}

int64_t world_count(struct world *w, const char *sql)
{
	db_begin(w->db, DB_READ, 0);
	int64_t n = val_i(db_row(w->db, SQL(sql), PARAMS("org", INT(w->a))), "n");
	db_rollback(w->db);
	return n;
}

void world_know_id(struct world *w, const char *name, int64_t id)
{
	world_know(w, name, str_fmt(w->arena, "%lld", (long long)id));
}

void world_know(struct world *w, const char *name, struct str value)
{
	val_set_str(w->known, str_c(w->arena, str_of(name)), str_dup(w->arena, value));
}

struct str world_known(struct world *w, const char *name)
{
	return val_s(w->known, name);
}

/* Puts in what stands between two percent signs, if somebody said it. */
struct str world_filled(struct world *w, const char *text)
{
	struct buf out = {.arena = w->arena};
	struct str rest = str_of(text);
	while (rest.n) {
		ptrdiff_t open = str_find_char(rest, '%'), close = -1;
		if (open >= 0)
			close = str_find_char(str_from(rest, (size_t)open + 1), '%');
		struct str name =
			close < 0 ? (struct str){0}
				  : str_sub(rest, (size_t)open + 1, (size_t)(open + 1 + close));
		const char *known = str_c(w->arena, name);
		bool is_location = str_is(name, "location");
		if (!name.n || (!is_location && !val_has(w->known, known))) {
			size_t plain = open < 0 ? rest.n : (size_t)open + 1;
			buf_add(&out, str_sub(rest, 0, plain));
			rest = str_from(rest, plain);
			continue;
		}
		buf_add(&out, str_sub(rest, 0, (size_t)open));
		buf_add(&out, is_location ? w->location : val_s(w->known, known));
		rest = str_from(rest, (size_t)(open + close) + 2);
	}
	return buf_str(&out);
}

static void add_header(struct request *r, struct header *headers, struct str name, struct str value)
{
	headers[r->header_count++] = (struct header){name, value};
	r->headers = headers;
}

void world_ask(struct world *w, const struct scenario *s)
{
	struct header headers[16];
	struct str form = s->form ? world_filled(w, s->form) : (struct str){0};
	struct str more = s->headers ? world_filled(w, s->headers) : (struct str){0}, line;
	struct request r = {
		.method = str_of(s->method ? s->method
				 : s->form ? "POST"
					   : "GET"),
		.target = world_filled(w, s->url),
		.body = form,
		.peer = S("192.0.2.7"),
	};
	while (str_cut(&more, '\n', &line)) {
		ptrdiff_t colon = str_find_char(line, ':');
		MUST(colon > 0 && r.header_count < 10);
		add_header(&r, headers, str_sub(line, 0, (size_t)colon),
			   str_trim(str_from(line, (size_t)colon + 1)));
	}
	/* Only what the step did not say itself. */
	if (!request_header(&r, "Host").n)
		add_header(&r, headers, S("Host"), S("waypost.example"));
	if (s->form && !request_header(&r, "Content-Type").n)
		add_header(&r, headers, S("Content-Type"), S("application/x-www-form-urlencoded"));
	if (s->as) {
		int i = who_is(s->as);
		MUST(i >= 0 && "a scenario names a role that is not shipped");
		struct str old = request_header(&r, "Cookie");
		struct str cookie =
			str_fmt(w->arena, "__Host-" SESSION_COOKIE "=" STR_FMT "; " STR_FMT,
				STR_ARG(kept.people[i].token), STR_ARG(old));
		size_t at = 0; /* a request has one such header */
		while (at < r.header_count && !str_is(headers[at].name, "Cookie"))
			at++;
		if (at < r.header_count)
			headers[at].value = cookie;
		else
			add_header(&r, headers, S("Cookie"), cookie);
	}
	kept.now = w->now;
	dispatch(w->lane, &r, &w->last);
	if (w->last.later) { /* as the server's pool would */
		if (!kept.pool)
			kept.pool = lane_new(story_site(), false);
		dispatch(kept.pool, &r, &w->last);
	}
	if (w->last.status == 303)
		w->location = str_dup(w->arena, world_header(w, "Location"));
}

struct str world_header(struct world *w, const char *name)
{
	for (size_t i = 0; i < w->last.header_count; i++)
		if (str_eq_nocase(w->last.headers[i].name, str_of(name)))
			return w->last.headers[i].value;
	return (struct str){0};
}

struct str world_answer(struct world *w)
{
	struct buf out = {.arena = w->arena};
	buf_fmt(&out, "%d\n", w->last.status);
	for (size_t i = 0; i < w->last.header_count; i++)
		buf_fmt(&out, STR_FMT ": " STR_FMT "\n", STR_ARG(w->last.headers[i].name),
			STR_ARG(w->last.headers[i].value));
	buf_char(&out, '\n');
	buf_add(&out, w->last.body);
	return buf_str(&out);
}

/* ---- telling ---- */

static void keep_text(struct world *w, const struct scenario *s)
{
	if (!s->keep[0])
		return;
	struct str answer = world_answer(w);
	ptrdiff_t at = str_find(answer, str_of(s->keep[1]));
	if (at < 0)
		return;
	struct str rest = str_from(answer, (size_t)at + strlen(s->keep[1]));
	size_t end = 0;
	while (end < rest.n && !strchr("\";\n", rest.p[end]))
		end++;
	world_know(w, s->keep[0], str_sub(rest, 0, end));
}

static bool differs(struct world *w, const struct scenario *s, const char *what, const char *text)
{
	printf("    %s %s as %s: %s%s%s, got:\n", s->form ? "POST" : "GET", s->url,
	       s->as ? s->as : "nobody", what, *text ? " " : "", text);
	struct str answer = world_answer(w);
	printf(STR_FMT "\n", STR_ARG(str_sub(answer, 0, 2500)));
	return false;
}

bool world_as_told(struct world *w, const struct scenario *s, const char *file, int line)
{
	char status[16];
	bool good = true;
	struct str answer = world_answer(w);
	snprintf(status, sizeof status, "%d", s->status);
	if (w->last.status != s->status)
		good = differs(w, s, "wanted status", status);
	for (size_t i = 0; good && i < sizeof s->has / sizeof *s->has && s->has[i]; i++)
		if (str_find(answer, world_filled(w, s->has[i])) < 0)
			good = differs(w, s, "wanted", s->has[i]);
	for (size_t i = 0; good && i < sizeof s->has_not / sizeof *s->has_not && s->has_not[i]; i++)
		if (answer_says(answer, world_filled(w, s->has_not[i])))
			good = differs(w, s, "did not want", s->has_not[i]);
	keep_text(w, s);
	return test_check(good, file, line, s->url);
}

void scenarios_run(struct db *db, struct err *err, world_fill *fill, const struct scenario *steps,
		   size_t count, const char *file, int line)
{
	struct world w;
	if (test_check(world_begin(&w, db, err, fill), file, line, "the world begins"))
		for (size_t i = 0; i < count; i++) {
			world_ask(&w, &steps[i]);
			if (!world_as_told(&w, &steps[i], file, line))
				break;
		}
	world_end(&w);
}

/* ---- failing databases ---- */

static struct val *tables(struct world *w)
{
	if (!strcmp(db_engine(w->db), "sqlite"))
		return db_rows(
			w->db,
			SQL("SELECT m.name AS name FROM sqlite_master m WHERE m.type = 'table' "
			    "AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY m.name"),
			val_object(w->arena));
	return db_rows(w->db,
		       SQL("SELECT CAST(t.tablename AS text) AS name FROM pg_tables t "
			   "WHERE t.schemaname = 'public' ORDER BY t.tablename"),
		       val_object(w->arena));
}

struct str world_rows(struct world *w)
{
	struct buf out = {.arena = w->arena};
	db_begin(w->db, DB_READ, 0);
	struct val *names = tables(w);
	for (size_t i = 0; i < val_count(names); i++) {
		struct str name = val_s(val_at(names, i), "name");
		const char *text =
			str_c(w->arena, str_fmt(w->arena, "SELECT count(*) AS n FROM " STR_FMT " t",
						STR_ARG(name)));
		struct val *row = db_row(w->db, SQL(text), val_object(w->arena));
		buf_fmt(&out, STR_FMT " %lld\n", STR_ARG(name), (long long)val_i(row, "n"));
	}
	db_rollback(w->db);
	return buf_str(&out);
}

static uint64_t mixed(uint64_t sum, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		sum = (sum ^ (unsigned char)bytes.p[i]) * 1099511628211u; /* FNV-1a */
	return (sum ^ bytes.n) * 1099511628211u;
}

static bool mix_row(void *sum, const struct val *row)
{
	uint64_t *n = sum;
	for (size_t i = 0; i < val_count(row); i++) {
		const struct val *value = val_get(row, val_name_at(row, i));
		int64_t number = val_kind(value) == VAL_INT ? val_get_int(value) : 0;
		bool bytes = val_kind(value) == VAL_TEXT || val_kind(value) == VAL_BLOB;
		/* Nothing is made of numbers: there are millions of them in one test. */
		if (bytes)
			*n = mixed(*n, val_get_str(value));
		else if (val_kind(value) == VAL_REAL)
			*n = mixed(*n, val_show(test_arena, value));
		else
			*n = mixed(*n ^ (uint64_t)val_kind(value),
				   (struct str){(const char *)&number, sizeof number});
	}
	return true;
}

struct str world_contents(struct world *w)
{
	struct buf out = {.arena = w->arena};
	bool sqlite = !strcmp(db_engine(w->db), "sqlite");
	db_begin(w->db, DB_READ, 0);
	struct val *names = tables(w);
	for (size_t i = 0; i < val_count(names); i++) {
		struct str name = val_s(val_at(names, i), "name"),
			   text = str_fmt(w->arena,
					  sqlite ? "SELECT t.* FROM " STR_FMT " t ORDER BY 1"
						 : "SELECT CAST(t AS text) AS words FROM " STR_FMT
						   " t ORDER BY 1",
					  STR_ARG(name));
		uint64_t sum = 0;
		db_each(w->db, SQL(str_c(w->arena, text)), val_object(w->arena), mix_row, &sum);
		buf_fmt(&out, STR_FMT " %llx\n", STR_ARG(name), (unsigned long long)sum);
	}
	CHECK_STR(w->err->text, "");
	db_rollback(w->db);
	return buf_str(&out);
}

bool world_unchanged(struct world *w, struct str before)
{
	struct str now = world_contents(w), line;
	bool same = str_eq(now, before);
	while (!same && str_cut(&now, '\n', &line))
		if (str_find(before, line) < 0)
			printf("    other rows than before: " STR_FMT "\n", STR_ARG(line));
	return CHECK(same);
}

int world_fail_step(struct world *w)
{
	return !strcmp(db_engine(lane_db(w->lane)), "sqlite") ? 1 : 5;
}

void scenario_fail_each(struct world *w, const struct scenario *s)
{
	enum { CALLS_MAX = 400 };
	struct str before = world_rows(w);
	for (int nth = 1; nth < CALLS_MAX; nth += world_fail_step(w)) {
		struct db *db = lane_db(w->lane);
		if (!CHECK(db))
			return;
		db_fail_at(db, nth);
		world_ask(w, s);
		if (w->last.status == s->status) {
			db_fail_at(lane_db(w->lane), 0);
			CHECK(nth > 1); /* something failed before */
			world_as_told(w, s, __FILE__, __LINE__);
			return;
		}
		struct scenario failed = *s;
		failed = (struct scenario){.method = s->method,
					   .url = s->url,
					   .as = s->as,
					   .form = s->form,
					   .status = 500};
		if (!world_as_told(w, &failed, __FILE__, __LINE__) ||
		    !CHECK_STR(world_rows(w), before))
			return;
	}
	CHECK(!"the request never succeeds");
}

bool world_tell(struct world *w, const struct scenario *s, const char *file, int line)
{
	world_ask(w, s);
	return world_as_told(w, s, file, line);
}

static int64_t job_time(void)
{
	return kept.now;
}

void world_jobs(struct world *w, const struct job_kind *kinds)
{
	struct job job = {.db = w->db,
			  .arena = test_arena,
			  .err = w->err,
			  .apart = &APART_ALONE,
			  .holder = S("test"),
			  .now = job_time};
	kept.now = w->now + 10;
	db_use(w->db, test_arena, w->err);
	while (job_run_next(&job, kinds))
		continue;
	CHECK_INT(w->err->kind, ERR_NONE);
	w->now += 20;
}

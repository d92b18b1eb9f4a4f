/* A large version is published by one short write; the search follows, and loses nothing on the way. */
#include "app/standards/index_job.h"

#include "app/standards/store_fill.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_story.h"
#include "base/arena.h"
#include "core/text.h"
#include "db/search.h"
#include "queries.h"
#include "scenario.h"

enum { MANY = 210, FEW = 3, MOST_CALLS = 40 };

struct large {
	struct writer w;
	int64_t standard, items[MANY];
};

static void fill(struct large *l, int64_t version, int count, const char *first, const char *others)
{
	for (int i = 0; i < count; i++) {
		int64_t node;
		struct fill_item as = {.item = l->items[i],
				       .uuid = str_fmt(test_arena, "u%d", i),
				       .kind = S("competency"),
				       .lang = S("en"),
				       .title = str_of(i ? others : first),
				       .position = i + 1};
		l->items[i] = store_fill_item(&l->w, l->standard, version, &as, &node);
	}
}

static size_t found_by(struct db *db, int64_t org, const char *audience, const char *query)
{
	struct val *audiences = val_list(test_arena);
	val_push(audiences, TEXT(audience));
	return val_count(search_find(db, org, STORE_INDEXED, audiences, str_of(query), 200, 0));
}

static size_t found(struct large *l, const char *query)
{
	return found_by(l->w.db, 1, "public", query);
}

/* What the page of the search shows of it. */
static size_t shown(struct large *l, const char *query)
{
	struct val *audiences = val_list(test_arena), *p = val_object(test_arena), *ids;
	val_push(audiences, TEXT("public"));
	ids = search_find(l->w.db, 1, STORE_INDEXED, audiences, str_of(query), 200, 0);
	val_set_int(p, "org", 1);
	val_set_int(p, "drafts", 0);
	val_set_str(p, "ids", text_ids(test_arena, ids, "id"));
	return val_count(db_rows(l->w.db, &q_finding_nodes, p));
}

/* Publishes in a request of its own; how many calls of the database that takes. */
static int publish(struct large *l, int64_t version, struct err *err)
{
	struct db *db = l->w.db;
	CHECK(db_commit(db));
	db_use(db, test_arena, err);
	db_begin(db, DB_WRITE, 1);
	CHECK_INT(door_publish(&l->w, version, NULL), STORED);
	return db_fail_at(db, 0);
}

static int64_t now_is(void)
{
	return 200;
}

static void run_jobs(struct large *l, struct err *err)
{
	static const struct job_kind kinds[] = {{.name = "standards.index", .run = index_job}, {0}};
	struct job job = {
		.db = l->w.db, .arena = test_arena, .err = err, .holder = S("test"), .now = now_is};
	CHECK(db_commit(l->w.db));
	while (job_run_next(&job, kinds))
		continue;
	CHECK_INT(err->kind, ERR_NONE);
	db_begin(l->w.db, DB_WRITE, 1);
}

TEST_DB("standards: a large version is published by a short write, and then comes into the search")
{
	struct large l = {.w = door_begin(db)};
	l.standard = door_standard(&l.w, "tower", "en", "Tower");
	int64_t first = store_draft(&l.w, l.standard);
	fill(&l, first, MANY, "Gong", "Bell");
	CHECK(publish(&l, first, err) < MOST_CALLS);
	CHECK_STR(door_state(&l.w, first), "adopted");
	CHECK_INT(found(&l, "gong"), 0);
	run_jobs(&l, err);
	CHECK_INT(found(&l, "gong"), 1);
	CHECK_INT(found(&l, "bell"), 200);

	int64_t second = store_empty_draft(&l.w, l.standard);
	fill(&l, second, FEW, "Chime", "Drum");
	store_index(&l.w, second);
	CHECK(publish(&l, second, err) < MOST_CALLS); /* what leaves is as much work */
	CHECK_INT(found(&l, "gong"), 1);
	CHECK_INT(found(&l, "chime"), 0);
	CHECK_INT(shown(&l, "gong"), 1); /* until the new words come */
	CHECK(shown(&l, "bell") <
	      FEW); /* what was dropped no longer, whether or not the job runs */
	CHECK_INT(store_index_published(&l.w, second, 0, 1), l.items[0]);
	CHECK_INT(found(&l, "gong"), 0); /* its older text goes as the new one comes */
	CHECK_INT(found(&l, "chime"), 1);
	run_jobs(&l, err);
	CHECK_INT(found(&l, "chime"), 1);
	CHECK_INT(found(&l, "drum"), FEW - 1);
	CHECK_INT(found(&l, "bell"), 0);
	CHECK(db_commit(db));
}

TEST_DB("standards: a version that was overtaken before its turn does not come into the search")
{
	struct large l = {.w = door_begin(db)};
	l.standard = door_standard(&l.w, "tower", "en", "Tower");
	int64_t first = store_draft(&l.w, l.standard);
	fill(&l, first, MANY, "Gong", "Bell");
	publish(&l, first, err);
	store_index_published(&l.w, first, 0, 5); /* its job died here */
	int64_t second = store_empty_draft(&l.w, l.standard);
	fill(&l, second, 1, "Chime", "");
	publish(&l, second, err);
	run_jobs(&l, err);
	CHECK_INT(found(&l, "bell"), 0);
	CHECK_INT(found(&l, "gong"), 0);
	CHECK_INT(found(&l, "chime"), 1);
	CHECK(db_commit(db));
}

TEST_DB("standards: the demonstration's draft is found by who may read it before anybody edits it")
{
	struct world w;
	NEED(world_begin_demo(&w, db, err));
	db_use(db, test_arena, err);
	db_begin(db, DB_READ, 0);
	CHECK_INT(found_by(db, w.a, "standards_read_draft", "visits before recommending"), 1);
	CHECK_INT(found_by(db, w.a, "public", "visits before recommending"), 0);
	CHECK(db_commit(db));
	world_end(&w);
}

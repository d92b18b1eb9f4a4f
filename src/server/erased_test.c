/* What was erased does not come back with a backup. */
#include "server/erased.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/erasure.h"
#include "core/person.h"
#include "core/personal.h"
#include "fixture.h"
#include "scenario.h"

static struct personal kinds[100];

static void name_kinds(void)
{
	size_t n = 0;
	for (const struct personal *kind = personal_core; kind->name; kind++)
		kinds[n++] = *kind;
}

static int64_t contacts(struct db *db, int64_t person)
{
	db_begin(db, DB_READ, 0);
	size_t n = val_count(contacts_of(db, test_arena, 0, person));
	db_rollback(db);
	return (int64_t)n;
}

static int64_t fill_person(struct world *w)
{
	int64_t noor = person_add(w->db, w->arena,
				  ARGS(w->arena, ARG_AS("name", "Noor"), ARG_AS("lang", "fr")),
				  w->a, w->now - 999);
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", noor), ARG_AS("kind", "email"),
			 ARG_AS("value", "noor@example.org")),
		    w->now);
	return noor;
}

static void answer(struct world *w, int64_t person)
{
	struct erasure_act act = {
		.org = w->a, .now = w->now, .today = w->now / 86400, .kinds = kinds};
	struct erasure_ask ask = {.org = w->a, .person = person, .how = "paper", .now = w->now};
	db_begin(w->db, DB_WRITE, w->a);
	act.by = world_person(w, "admin");
	act.id = erasure_ask(w->db, w->arena, &ask);
	CHECK(erasure_answer(w->db, w->arena, &act));
	CHECK(db_commit(w->db));
}

static int keep(struct world *w, const char *path)
{
	struct str problem = {0};
	int done = erased_keep(w->db, test_arena, w->err, path, kinds, w->now, &problem);
	CHECK_STR(problem, "");
	CHECK_INT(w->err->kind, ERR_NONE);
	return done;
}

TEST_DB("what a restored backup brings back is erased again, once, and only in the database that "
	"is meant")
{
	struct world w;
	name_kinds();
	CHECK(world_begin(&w, db, err, NULL));
	char path[] = "/tmp/waypost-erased-XXXXXX";
	close(mkstemp(path));
	db_begin(w.db, DB_WRITE, w.a);
	int64_t noor = fill_person(&w), other = fill_person(&w);
	CHECK(db_commit(w.db));
	CHECK(world_keep(&w)); /* the backup */
	answer(&w, noor);
	CHECK_INT(contacts(w.db, noor), 0);
	CHECK_INT(keep(&w, path), 0);
	CHECK(world_back(&w)); /* the restore */
	CHECK_INT(contacts(w.db, noor), 1);
	CHECK_INT(keep(&w, path), 1);
	CHECK_INT(contacts(w.db, noor), 0);
	CHECK_INT(contacts(w.db, other), 1);
	CHECK_INT(keep(&w, path), 0);

	/* the same numbers, another person: a journal left beside a new database */
	CHECK(world_back(&w));
	db_begin(w.db, DB_WRITE, 0);
	db_exec(w.db, SQL("UPDATE person SET made_at = 5 WHERE id = :id"), PARAMS("id", INT(noor)));
	CHECK(db_commit(w.db));
	CHECK_INT(keep(&w, path), 0);
	CHECK_INT(contacts(w.db, noor), 1);
	world_end(&w);
	unlink(path);
}

TEST_DB("a journal that cannot be written is told, and a torn line is passed over")
{
	struct world w;
	struct str problem = {0};
	name_kinds();
	CHECK(world_begin(&w, db, err, NULL));
	char path[] = "/tmp/waypost-erased-XXXXXX";
	int fd = mkstemp(path);
	CHECK(write(fd, "17\t1\t2", 6) == 6);
	close(fd);
	CHECK_INT(keep(&w, path), 0);
	db_begin(w.db, DB_WRITE, w.a);
	int64_t noor = fill_person(&w);
	CHECK(db_commit(w.db));
	answer(&w, noor);
	CHECK_INT(erased_keep(w.db, test_arena, w.err, "/nowhere/at/all", kinds, w.now, &problem),
		  -1);
	CHECK(str_find(problem, S("/nowhere/at/all")) == 0);
	world_end(&w);
	unlink(path);
}

TEST_DB("who alone may give roles is not erased by a journal, and no request is left of it")
{
	struct world w;
	name_kinds();
	CHECK(world_begin(&w, db, err, NULL));
	char path[] = "/tmp/waypost-erased-XXXXXX";
	int fd = mkstemp(path);
	db_begin(w.db, DB_WRITE, w.a);
	int64_t admin = world_person(&w, "admin");
	CHECK(db_commit(w.db));
	db_begin(w.db, DB_READ, 0);
	struct val *made =
		db_row(w.db,
		       SQL("SELECT o.made_at AS org, p.made_at AS person FROM org o, person p "
			   "WHERE o.id = :org AND p.id = :id"),
		       PARAMS("org", INT(w.a), "id", INT(admin)));
	db_rollback(w.db);
	dprintf(fd, "%lld\t%lld\t%lld\t%lld\t%lld\t0\n", (long long)w.now, (long long)w.a,
		(long long)val_i(made, "org"), (long long)admin, (long long)val_i(made, "person"));
	close(fd);
	CHECK_INT(keep(&w, path), 0);
	db_begin(w.db, DB_READ, w.a);
	CHECK_INT(val_i(db_row(w.db, SQL("SELECT count(*) AS n FROM erasure WHERE person = :id"),
			       PARAMS("id", INT(admin))),
			"n"),
		  0);
	db_rollback(w.db);
	world_end(&w);
	unlink(path);
}

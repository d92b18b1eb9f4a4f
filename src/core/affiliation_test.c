#include "core/affiliation.h"

#include "core/people_world.h"

static int64_t propose(struct db *db, int64_t org, int64_t other, const char *since)
{
	return affiliation_propose(db, test_arena,
				   &(struct affiliation_ask){.org = org,
							     .other = other,
							     .now = NOW,
							     .kind = "member_of",
							     .since = str_of(since)});
}

static struct affiliation_act act(int64_t org, int64_t id)
{
	return (struct affiliation_act){.org = org, .affiliation = id, .now = NOW};
}

static bool answer(struct db *db, int64_t org, int64_t id, bool yes)
{
	struct affiliation_act it = act(org, id);
	return affiliation_answer(db, test_arena, &it, yes);
}

static bool end(struct db *db, int64_t org, int64_t id, const char *until)
{
	struct affiliation_act it = act(org, id);
	return affiliation_end(db, test_arena, &it, str_of(until));
}

static bool holds(struct db *db, int64_t org, int64_t other, const char *day)
{
	return affiliated(db, test_arena, org, other, "member_of", str_of(day));
}

TEST_DB("an affiliation holds when the other side has said yes, from its first day until before "
	"its "
	"last")
{
	db_begin(db, DB_WRITE, 0);
	int64_t agency = world_org(db, "agency"), council = world_org(db, "council"),
		third = world_org(db, "third");
	int64_t id = propose(db, agency, council, "2026-03-01");
	CHECK(id > 0);
	CHECK_INT(propose(db, agency, council, "2026-04-01"), 0);
	CHECK_INT(propose(db, agency, agency, "2026-04-01"), 0);
	CHECK_INT(propose(db, agency, 9999, "2026-04-01"), 0);
	CHECK(!holds(db, agency, council, "2026-03-01"));
	CHECK(!end(db, agency, id, "2026-09-01"));
	CHECK(!answer(db, agency, id, true));
	CHECK(!answer(db, third, id, true));
	CHECK(answer(db, council, id, true));
	CHECK(!answer(db, council, id, false));
	CHECK(!holds(db, agency, council, "2026-02-28"));
	CHECK(holds(db, agency, council, "2026-03-01"));
	CHECK(!holds(db, council, agency, "2026-03-01"));
	CHECK(!affiliated(db, test_arena, agency, council, "reports_to", S("2026-03-01")));
	CHECK(!end(db, third, id, "2026-09-01"));
	CHECK(!end(db, council, id, "2026-02-01"));
	CHECK(end(db, council, id, "2026-09-01"));
	CHECK(!end(db, agency, id, "2026-10-01"));
	CHECK(holds(db, agency, council, "2026-08-31"));
	CHECK(!holds(db, agency, council, "2026-09-01"));
	CHECK(propose(db, agency, council, "2027-01-01") > 0);
	CHECK_INT(val_count(affiliations(db, test_arena, agency, S("fr"))), 2);
	CHECK_INT(val_count(affiliations(db, test_arena, council, S("fr"))), 2);
	CHECK_INT(val_count(affiliations(db, test_arena, third, S("fr"))), 0);
	CHECK(val_is_null(affiliation_read(db, test_arena, third, S("fr"), id)));
	const struct val *seen = affiliation_read(db, test_arena, council, S("fr"), id);
	CHECK_STR(val_s(seen, "name"), "Carrières Cèdre");
	CHECK_INT(val_i(seen, "mine"), 0);
	WORLD_END(db, err);
}

TEST_DB("a proposal that is declined or withdrawn holds for nobody, and may be made again")
{
	db_begin(db, DB_WRITE, 0);
	int64_t agency = world_org(db, "agency"), council = world_org(db, "council");
	int64_t id = propose(db, agency, council, "2026-03-01");
	CHECK(answer(db, council, id, false));
	CHECK(!holds(db, agency, council, "2026-03-01"));
	id = propose(db, agency, council, "2026-03-01");
	struct affiliation_act mine = act(agency, id), theirs = act(council, id);
	CHECK(!affiliation_withdraw(db, test_arena, &theirs));
	CHECK(affiliation_withdraw(db, test_arena, &mine));
	CHECK(!affiliation_withdraw(db, test_arena, &mine));
	CHECK(!answer(db, council, id, true));
	/* What was taken back before it was answered is no longer the other side's to see. */
	CHECK(val_is_null(affiliation_read(db, test_arena, council, S("en"), id)));
	CHECK_INT(val_count(affiliations(db, test_arena, council, S("en"))), 1);
	CHECK_INT(val_count(affiliations(db, test_arena, agency, S("en"))), 2);
	CHECK(propose(db, agency, council, "2026-03-01") > 0);
	WORLD_END(db, err);
}

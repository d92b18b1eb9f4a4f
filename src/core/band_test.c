#include "core/band.h"

#include "base/instant.h"
#include "core/consent.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/people_world.h"

/* A pupil whose band changes on 15 March 2027; the organisation is in Toronto (UTC-4 by then). */
struct home {
	struct db *db;
	int64_t org, zoe, ann, young, old, adults;
	int64_t midnight;
};

static int64_t band(struct home *h, int64_t position, bool adult)
{
	struct age_band b = {.org = h->org, .position = position, .adult = adult};
	CHECK_INT(band_add(h->db, test_arena, &b), BAND_DONE);
	return b.id;
}

static struct home home_of(struct db *db)
{
	struct home h = {.db = db, .org = world_org(db, "cedar")};
	struct val *all = val_list(test_arena);
	h.zoe = world_person(db, h.org, "Zoe");
	h.ann = world_person(db, h.org, "Ann");
	h.young = band(&h, 1, false);
	h.old = band(&h, 2, false);
	h.adults = band(&h, 3, true);
	CHECK(instant_read_rfc3339(S("2027-03-15T04:00:00Z"), &h.midnight));
	val_push(all, val_text(test_arena, S(GUARDIAN_ANYTHING)));
	guardian_enter(db, test_arena,
		       &(struct guardian){.org = h.org,
					  .child = h.zoe,
					  .person = h.ann,
					  .position = 1,
					  .since = S("2026-09-01"),
					  .purposes = all,
					  .now = NOW});
	return h;
}

static bool place(struct home *h, int64_t band, const char *since, const char *until, int64_t rev)
{
	return band_place(h->db, test_arena,
			  &(struct band_place){.org = h->org,
					       .person = h->zoe,
					       .band = band,
					       .rev = rev,
					       .since = str_of(since),
					       .since_at = NOW,
					       .until = str_of(until),
					       .until_at = *until ? h->midnight : 0});
}

static int64_t says(struct home *h, int64_t by, const char *purpose, bool no, int64_t now,
		    const char *today)
{
	return consent_give(h->db, test_arena,
			    &(struct consent){.org = h->org,
					      .person = h->zoe,
					      .purpose = purpose,
					      .no = no,
					      .words = "w",
					      .words_rev = 1,
					      .given_by = by,
					      .given_how = "paper",
					      .now = now,
					      .today = str_of(today)});
}

static int64_t holds(struct home *h, const char *purpose, int64_t now)
{
	return consent_in_force(h->db, test_arena, h->org, h->zoe, purpose, 0, now);
}

TEST_DB("the day before a guardian decides, from the day on the learner alone, at midnight where "
	"the school is")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	int64_t before = h.midnight - 1, day = h.midnight, after = h.midnight + 86400;
	band_purpose_set(db, test_arena, h.org, S("evidence"), h.old);
	CHECK(place(&h, h.young, "2026-09-01", "2027-03-15", 0));
	/* the day before */
	CHECK_INT(says(&h, h.zoe, "evidence", false, before, "2027-03-14"), 0);
	int64_t yes = says(&h, h.ann, "evidence", false, before, "2027-03-14");
	CHECK(yes);
	CHECK_INT(holds(&h, "evidence", before), yes);
	/* the day: what the guardian said no longer counts, and they are not asked */
	CHECK_INT(holds(&h, "evidence", day), 0);
	CHECK_INT(says(&h, h.ann, "evidence", false, day, "2027-03-15"), 0);
	int64_t own = says(&h, h.zoe, "evidence", false, day, "2027-03-15");
	CHECK(own);
	CHECK_INT(holds(&h, "evidence", day), own);
	/* the day after */
	CHECK_INT(says(&h, h.ann, "evidence", true, after, "2027-03-16"), 0);
	CHECK(says(&h, h.zoe, "evidence", true, after, "2027-03-16"));
	CHECK_INT(holds(&h, "evidence", after), 0);
	/* what is not named waits for the first adult band */
	CHECK(says(&h, h.ann, "figure", false, after, "2027-03-16"));
	CHECK_INT(says(&h, h.zoe, "figure", false, after, "2027-03-16"), 0);
	WORLD_END(db, err);
}

TEST_DB("a guardian’s no ends with their say, and does not touch what the learner then says")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	band_purpose_set(db, test_arena, h.org, S("evidence"), h.old);
	CHECK(place(&h, h.young, "2026-09-01", "2027-03-15", 0));
	CHECK(says(&h, h.ann, "evidence", true, h.midnight - 1, "2027-03-14"));
	int64_t own = says(&h, h.zoe, "evidence", false, h.midnight, "2027-03-15");
	CHECK(own);
	CHECK_INT(holds(&h, "evidence", h.midnight), own);
	CHECK_INT(holds(&h, "evidence", h.midnight - 1), 0);
	WORLD_END(db, err);
}

TEST_DB("until when somebody is a minor follows from the bands, also when those are changed")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	CHECK(place(&h, h.young, "2026-09-01", "2027-03-15", 0));
	CHECK(minor_is(db, test_arena, h.org, h.zoe, S("2040-01-01"))); /* nobody said until when */
	CHECK(!place(&h, h.old, "2026-09-01", "2027-03-15", 0)); /* seen before somebody's change */
	CHECK(place(&h, h.old, "2026-09-01", "2027-03-15", 1));
	CHECK(minor_is(db, test_arena, h.org, h.zoe, S("2027-03-14")));
	CHECK(!minor_is(db, test_arena, h.org, h.zoe, S("2027-03-15")));
	CHECK_INT(
		band_change(
			db, test_arena,
			&(struct age_band){
				.org = h.org, .id = h.old, .rev = 1, .position = 2, .adult = true}),
		BAND_DONE);
	CHECK(!minor_is(db, test_arena, h.org, h.zoe, S("2027-03-14")));
	CHECK(says(&h, h.zoe, "figure", false, NOW + 1, "2026-10-01"));
	CHECK_INT(
		band_change(db, test_arena,
			    &(struct age_band){.org = h.org, .id = h.old, .rev = 2, .position = 1}),
		BAND_TWICE);
	CHECK(!band_remove(db, test_arena, h.org, h.old));
	CHECK(band_remove(db, test_arena, h.org, h.young));
	WORLD_END(db, err);
}

TEST_DB("the band of a day is the one entered, or from its date on the next one")
{
	db_begin(db, DB_WRITE, 1);
	struct home h = home_of(db);
	CHECK(place(&h, h.young, "2026-09-01", "2027-03-15", 0));
	const struct val *bands = bands_of(db, test_arena, h.org, S("en"), S("en"));
	const struct val *of = band_of(db, test_arena, h.org, h.zoe);
	CHECK_INT(band_on(bands, of, S("2027-03-14")), h.young);
	CHECK_INT(band_on(bands, of, S("2027-03-15")), h.old);
	CHECK_INT(band_on(bands, of, S("2027-03-16")), h.old);
	WORLD_END(db, err);
}

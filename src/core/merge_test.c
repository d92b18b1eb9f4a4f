#include "core/merge.h"

#include <stdio.h>

#include "core/contact.h"
#include "core/group.h"
#include "core/people_world.h"
#include "core/session.h"
#include "core/signin.h"
#include "queries.h"

#define DAY S("2026-01-01")

struct house {
	struct db *db;
	struct secrets keys;
	struct signin at;
	int64_t org, ann, anne, staff;
};

static struct house house_of(struct db *db)
{
	struct house h = {.db = db, .keys = world_secrets(), .org = world_org(db, "cedar")};
	roles_ship(db, test_arena, h.org, NOW);
	h.ann = world_person(db, h.org, "Ann");
	h.anne = world_person(db, h.org, "Anne");
	h.staff = world_person(db, h.org, "Staff");
	return h;
}

static struct merge of(const struct house *h)
{
	return (struct merge){.org = h->org,
			      .kept = h->ann,
			      .alias = h->anne,
			      .by = h->staff,
			      .now = NOW,
			      .day = DAY};
}

static int64_t in_by(struct house *h, const char *email, const char *password)
{
	h->at = (struct signin){.arena = test_arena,
				.db = h->db,
				.secrets = &h->keys,
				.org = h->org,
				.now = NOW,
				.address = S("203.0.113.5")};
	struct signin_result r = signin_by_password(&h->at, str_of(email), str_of(password));
	return val_count(r.people) == 1 ? val_i(val_at(r.people, 0), "person")
					: -(int64_t)val_count(r.people);
}

TEST_DB("two accounts made one: both sign-ins lead to it, lists show one, it has the rights of "
	"both; "
	"undone, each has its own")
{
	db_begin(db, DB_WRITE, 1);
	struct house h = house_of(db);
	struct merge m = of(&h);
	in_by(&h, "x@example.org", "x");
	signin_set_password(&h.at, h.ann, S("ann@example.org"), S("first long password"), 0);
	signin_set_password(&h.at, h.anne, S("anne@example.org"), S("other long password"), 0);
	signin_set_password(&h.at, h.anne, S("ann@example.org"), S("first long password"), 0);
	world_give(db, h.org, h.anne, "auditor");
	contact_add(db, test_arena,
		    ARGS(test_arena, ARG_AS("person", h.anne), ARG_AS("kind", "phone"),
			 ARG_AS("value", "902 555 0100")),
		    NOW);
	session_start(db, test_arena,
		      &(struct session_start){.person = h.anne, .now = NOW, .means = "card"});
	CHECK_INT(in_by(&h, "ann@example.org", "first long password"), -2);
	CHECK_INT(val_count(merge_against(db, test_arena, &m)), 0);
	int64_t id = merge_make(db, test_arena, &m);
	CHECK(id);
	CHECK_INT(merge_make(db, test_arena, &m), 0);
	CHECK_INT(val_count(sessions_of(db, test_arena, h.anne, NOW)), 0);
	CHECK_INT(in_by(&h, "anne@example.org", "other long password"), h.ann);
	CHECK_INT(in_by(&h, "ann@example.org", "first long password"), h.ann);
	CHECK(rights_has(rights_of(db, test_arena, h.org, h.ann, NOW), AUDIT_READ));
	CHECK_INT(val_count(contacts_of(db, test_arena, 0, h.ann)), 1);
	CHECK_INT(val_count(people_list(
			  db, test_arena,
			  &(struct people_asked){
				  .org = h.org, .text = S("ann"), .most = 9, .now = NOW})),
		  1);
	CHECK(val_is_null(person_in_org(db, test_arena, h.org, h.anne, NOW)));
	CHECK_INT(val_count(merges_of_me(db, test_arena, h.ann, S("en"), NOW)), 1);
	/* A password set anew is the only one, whichever account had which. */
	signin_set_password(&h.at, h.ann, S("anne@example.org"), S("third long password"), 0);
	CHECK_INT(in_by(&h, "anne@example.org", "other long password"), 0);
	CHECK(!merge_undo(db, test_arena, h.org, id, h.staff, NOW + MERGE_UNDO));
	CHECK(merge_undo(db, test_arena, h.org, id, h.staff, NOW + 5));
	CHECK(!merge_undo(db, test_arena, h.org, id, h.staff, NOW + 6));
	CHECK(!rights_has(rights_of(db, test_arena, h.org, h.ann, NOW), AUDIT_READ));
	CHECK(rights_has(rights_of(db, test_arena, h.org, h.anne, NOW), AUDIT_READ));
	CHECK_INT(val_count(people_list(
			  db, test_arena,
			  &(struct people_asked){
				  .org = h.org, .text = S("ann"), .most = 9, .now = NOW})),
		  2);
	WORLD_END(db, err);
}

static const char *against(struct house *h)
{
	struct merge m = of(h);
	const struct val *list = merge_against(h->db, test_arena, &m);
	CHECK_INT(merge_make(h->db, test_arena, &m) != 0, val_count(list) == 0);
	return val_count(list) == 1 ? str_c(test_arena, val_get_str(val_at(list, 0))) : "";
}

TEST_DB("accounts are not made one where that two people are two was decided on")
{
	db_begin(db, DB_WRITE, 1);
	struct house h = house_of(db);
	int64_t other = world_org(db, "birch");
	int64_t g = guardian_add(db, test_arena, h.org, h.ann, h.anne, S("2025-01-01"));
	CHECK(str_find(str_of(against(&h)), S("nobody guards themself")) > 0);
	CHECK(g);
	db_exec(db, SQL("DELETE FROM guardian WHERE org = :org"),
		ARGS(test_arena, ARG_AS("org", h.org)));
	guardian_add(db, test_arena, h.org, h.staff, h.ann, S("2025-01-01"));
	guardian_add(db, test_arena, h.org, h.staff, h.anne, S("2025-01-01"));
	db_exec(db, SQL("UPDATE guardian SET no_contact = 1 WHERE person = :anne"),
		ARGS(test_arena, ARG_AS("anne", h.anne)));
	CHECK(str_find(str_of(against(&h)), S("may not be in touch")) > 0);
	db_exec(db, SQL("DELETE FROM guardian WHERE org = :org"),
		ARGS(test_arena, ARG_AS("org", h.org)));
	minor_until(db, test_arena, h.org, h.anne, S("2030-01-01"));
	CHECK(str_find(str_of(against(&h)), S("is a minor")) > 0);
	minor_until(db, test_arena, h.org, h.anne, S("2020-01-01"));
	role_give(db, test_arena, h.org, h.anne, role_by_key(db, test_arena, h.org, "member"), 0,
		  h.ann, NOW);
	CHECK(str_find(str_of(against(&h)), S("nobody decides about themself")) > 0);
	db_exec(db, SQL("DELETE FROM person_role WHERE org = :org"),
		ARGS(test_arena, ARG_AS("org", h.org)));
	person_join(db, test_arena, h.anne, other, NOW);
	CHECK(str_find(str_of(against(&h)), S("Another organisation")) == 0);
	CHECK(person_leave(db, test_arena, h.anne, other, NOW));
	db_exec(db,
		SQL("INSERT INTO person_key (org, person, scheme, value, made_at) VALUES (:org, "
		    ":anne, 'roster', '7', 5)"),
		ARGS(test_arena, ARG_AS("org", h.org), ARG_AS("anne", h.anne)));
	CHECK(str_find(str_of(against(&h)), S("A roster brings")) == 0);
	db_exec(db, SQL("DELETE FROM person_key WHERE org = :org"),
		ARGS(test_arena, ARG_AS("org", h.org)));
	CHECK_STR(str_of(against(&h)), ""); /* and now it is made */
	WORLD_END(db, err);
}

/* Who asks for one account alone, and why the other account's rows are not missed there. */
static const struct {
	const char *name, *why;
} alone[] = {
	{"merge_", "the two accounts themselves"},
	{"person_", "the account's own names and organisations; an alias stands in no list"},
	{"second_", "the factor of the account that is kept counts: merge_against()"},
	{"session_", "all sessions end when accounts are made one"},
	{"signin_put_others", "the others' passwords"},
	{"group_leave", "by the row shown"},
	{"group_minor_here", "refused where the two differ: merge_against()"},
	{"band_", "refused where the two differ: merge_against()"},
	{"guardian_enter", "a second row of one person harms nothing: no contact wins"},
	{"invite_", "who accepted it"},
	{"erasure_", "asked over all accounts; refused while one is open"},
	{"consent_", "asked over all accounts"},
	{"right_give", "of whom the organisation knows"},
	{"ask_", "of whom the organisation knows"},
	{"ledger_", "the view follows same_as"},
	{"activities_coming", "the view activity_reader is over all accounts"},
	{"activities_soon", "the view activity_reader is over all accounts"},
	{"activities_past", "the view activity_reader is over all accounts"},
	{"activities_one", "the view activity_reader is over all accounts"},
	{"guardian_kept", "the view guardian_kept is over all accounts of both"},
	{"people_directory", "the view guardian_kept is over all accounts of both"},
	{"people_band_without", "the view guardian_kept is over all accounts of both"},
	{"reflect_add", "the account that is asked, looked for over all of them"},
	{"people_act_", "of rosters, which bring the account that is kept: merge_against()"},
	{"server_", "erased again after a restore, account by account"},
	{"conference_interpret", "who is chosen from the list, where an alias is not"},
	{"job_", "who began it, in which account"},
	{"text_", "an owner there is a record, not a person"},
	{"standards_", "who did it"},
	{"draft_", "who did it"},
	{"store_", "who did it"},
	{0},
};

/* "person = ?2", and the second parameter is :person. */
static bool asks_for_one(const struct query *q)
{
	static const char *const ways[] = {"person = ?", "responsible = ?", "owner = ?",
					   "given_by = ?"};
	static const char *const who[] = {"person", "me", "owner"};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		for (int n = 0; q->params[n]; n++) {
			struct str way = str_fmt(test_arena, "%s%d", ways[i], n + 1);
			bool theirs = false;
			for (size_t k = 0; k < sizeof who / sizeof *who; k++)
				theirs = theirs || str_is(str_of(q->params[n]), who[k]);
			if (theirs && str_find(str_of(q->sqlite), way) >= 0)
				return true;
		}
	return false;
}

TEST("whatever asks for the rows of a person follows accounts that were made one, or says why not")
{
	int found = 0;
	for (int i = 0; i < all_queries_count; i++) {
		const struct query *q = all_queries[i];
		bool known = false;
		if (!asks_for_one(q))
			continue;
		for (int k = 0; alone[k].name; k++)
			known = known || str_starts(str_of(q->name), str_of(alone[k].name));
		if (!CHECK(known))
			printf("    %s: ask over all accounts of the person (core/merge.h)\n",
			       q->name);
		found++;
	}
	CHECK(found > 10);
}

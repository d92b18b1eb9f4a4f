#include "core/people_world.h"

#include "core/agreement.h"
#include "core/invite.h"
#include "core/link.h"

struct world {
	int64_t org, admin, role;
};

static void begin(struct db *db, struct world *world)
{
	db_begin(db, DB_WRITE, 0);
	world->org = world_org(db, "cedar");
	world->admin = world_person(db, world->org, "Ada");
	world->role = role_by_key(db, test_arena, world->org, "translator");
}

static int64_t invite(struct db *db, const struct world *world, int64_t person, struct str *token)
{
	return invite_make(db, test_arena,
			   ARGS(test_arena, ARG_AS("org", world->org),
				ARG_AS("email", "Awa@example.org"), ARG_AS("name", "Awa Diop"),
				ARG_AS("lang", "fr"), ARG_AS("role", world->role), ARG(person)),
			   world->admin, NOW, token);
}

static struct str state_of(struct db *db, const struct world *world, size_t i, int64_t now)
{
	return val_s(val_at(invites_list(db, test_arena, world->org, 0, 20, now), i), "state");
}

static int64_t accept(struct db *db, struct str token, int64_t person, int64_t now)
{
	return invite_accept(db, test_arena, token, person, S("Awa Diop"), S("fr"), now);
}

TEST_DB("an invitation makes a person with the role it promised, once")
{
	struct world world;
	struct str token;
	begin(db, &world);
	CHECK(invite(db, &world, 0, &token) > 0);
	const struct val *open = invite_peek(db, test_arena, token, NOW + 5);
	CHECK_STR(val_s(open, "email"), "awa@example.org");
	CHECK_STR(val_s(open, "lang"), "fr");
	CHECK_STR(state_of(db, &world, 0, NOW), "open");
	CHECK_INT(val_count(people_list(
			  db, test_arena,
			  &(struct people_asked){
				  .org = world.org, .text = S("awa"), .most = 9, .now = NOW})),
		  0);
	int64_t person = accept(db, token, 0, NOW + 10);
	CHECK(person > 0);
	CHECK(rights_has(rights_of(db, test_arena, world.org, person, NOW + 10),
			 STANDARDS_TRANSLATE));
	CHECK_STR(val_s(person_in_org(db, test_arena, world.org, person, NOW + 10), "lang"), "fr");
	CHECK_INT(accept(db, token, 0, NOW + 11), 0);
	CHECK(val_is_null(invite_peek(db, test_arena, token, NOW + 11)));
	CHECK_STR(state_of(db, &world, 0, NOW + 11), "accepted");
	CHECK(!invite_revoke(db, test_arena, world.org, val_i(open, "id"), NOW + 12));
	WORLD_END(db, err);
}

TEST_DB("an invitation ends by itself, by revoking, and by a newer one to the same address")
{
	struct world world;
	struct str token, newer;
	begin(db, &world);
	int64_t other = world_org(db, "birch"), id = invite(db, &world, 0, &token);
	CHECK(val_is_null(invite_peek(db, test_arena, token, NOW + INVITE_DAYS * 86400)));
	CHECK_INT(accept(db, token, 0, NOW + INVITE_DAYS * 86400), 0);
	CHECK_STR(state_of(db, &world, 0, NOW + INVITE_DAYS * 86400), "ended");
	CHECK(!invite_revoke(db, test_arena, other, id, NOW));
	invite(db, &world, 0, &newer);
	CHECK(val_is_null(invite_peek(db, test_arena, token, NOW)));
	CHECK_INT(accept(db, token, 0, NOW), 0);
	CHECK_STR(state_of(db, &world, 1, NOW), "revoked");
	id = val_i(invite_peek(db, test_arena, newer, NOW), "id");
	CHECK(invite_revoke(db, test_arena, world.org, id, NOW));
	CHECK(!invite_revoke(db, test_arena, world.org, id, NOW));
	CHECK_INT(accept(db, newer, 0, NOW), 0);
	CHECK_INT(val_count(invites_list(db, test_arena, other, 0, 20, NOW)), 0);
	WORLD_END(db, err);
}

TEST_DB("a person of another organisation accepts with the account they have")
{
	struct world world;
	struct str token;
	begin(db, &world);
	int64_t other = world_org(db, "birch"), awa = world_person(db, other, "Awa Diop");
	invite(db, &world, 0, &token);
	CHECK_INT(accept(db, token, awa, NOW), awa);
	CHECK_INT(val_count(person_orgs(db, test_arena, awa, NOW)), 2);
	CHECK(rights_has(rights_of(db, test_arena, world.org, awa, NOW), STANDARDS_TRANSLATE));
	WORLD_END(db, err);
}

TEST_DB("an invitation for somebody the organisation knows is theirs and nobody else's")
{
	struct world world;
	struct str token;
	begin(db, &world);
	int64_t awa = world_person(db, world.org, "Awa"), bo = world_person(db, world.org, "Bo");
	invite(db, &world, awa, &token);
	CHECK_INT(accept(db, token, bo, NOW), 0);
	db_rollback(db); /* as the dispatcher does when nothing may stay */
	begin(db, &world);
	awa = world_person(db, world.org, "Awa");
	invite(db, &world, awa, &token);
	CHECK_INT(accept(db, token, 0, NOW), awa);
	WORLD_END(db, err);
}

TEST_DB("one agrees to a version in a language; a new version asks again, a new language does not")
{
	struct world world;
	begin(db, &world);
	int64_t other = world_org(db, "birch"), awa = world_person(db, world.org, "Awa");
	int64_t en = terms_publish(db, test_arena, world.org, "use", 0, S("en"), S("Terms"),
				   S("Be kind."), NOW);
	CHECK(en > 0);
	CHECK_INT(val_count(terms_open(db, test_arena, world.org, awa, S("fr"))), 1);
	CHECK_INT(agree(db, test_arena, other, awa, en, NOW), 0);
	int64_t agreed = agree(db, test_arena, world.org, awa, en, NOW);
	CHECK(agreed > 0);
	CHECK_INT(agree(db, test_arena, world.org, awa, en, NOW), 0);
	CHECK_INT(val_count(terms_open(db, test_arena, world.org, awa, S("fr"))), 0);
	CHECK(terms_publish(db, test_arena, world.org, "use", 1, S("fr"), S("Conditions"), S("x"),
			    NOW) > 0);
	CHECK_INT(terms_publish(db, test_arena, world.org, "use", 1, S("fr"), S("Again"), S("x"),
				NOW),
		  0);
	CHECK_INT(terms_publish(db, test_arena, world.org, "use", 7, S("fr"), S("Ahead"), S("x"),
				NOW),
		  0);
	CHECK_INT(val_count(terms_open(db, test_arena, world.org, awa, S("fr"))), 0);
	const struct val *current = terms_current(db, test_arena, world.org, S("fr"));
	CHECK_INT(val_count(current), 1);
	CHECK_STR(val_s(val_at(current, 0), "title"), "Conditions");
	CHECK_STR(val_s(val_at(terms_current(db, test_arena, world.org, S("oj")), 0), "title"),
		  "Terms");
	CHECK(terms_publish(db, test_arena, world.org, "use", 0, S("en"), S("Terms 2"), S("y"),
			    NOW) > 0);
	CHECK_INT(val_i(val_at(terms_open(db, test_arena, world.org, awa, S("en")), 0), "version"),
		  2);
	CHECK(!agreement_withdraw(db, test_arena, world.admin, agreed, NOW));
	CHECK(agreement_withdraw(db, test_arena, awa, agreed, NOW + 3));
	CHECK(!agreement_withdraw(db, test_arena, awa, agreed, NOW + 4));
	const struct val *mine = agreements_of(db, test_arena, awa, S("en"));
	CHECK_INT(val_i(val_at(mine, 0), "withdrawn_at"), NOW + 3);
	CHECK_INT(val_i(val_at(mine, 0), "version"), 1);
	CHECK_STR(val_s(val_at(mine, 0), "lang"), "en");
	CHECK_INT(val_count(terms_current(db, test_arena, other, S("en"))), 0);
	CHECK(val_is_null(terms_by_id(db, test_arena, other, en)));
	WORLD_END(db, err);
}

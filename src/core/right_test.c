#include "core/people_world.h"

TEST("nobody ever holds NOBODY, and a right without a name is not there")
{
	struct rights all = {~(uint64_t)0};
	CHECK(!rights_has(all, NOBODY));
	CHECK(!rights_has(all, -1));
	CHECK(!rights_has(all, RIGHT_COUNT));
	CHECK(!rights_has((struct rights){0}, PUBLIC));
	CHECK_INT(rights_with((struct rights){0}, NOBODY).bits, 0);
	CHECK_INT(right_named(S("nobody")), NOBODY);
	CHECK_INT(right_named(S("fly")), NOBODY);
	CHECK_INT(right_named(S("")), NOBODY);
	for (int right = SIGNED_IN + 1; right < RIGHT_COUNT; right++) {
		CHECK(right_table[right].label && *right_table[right].label);
		CHECK_INT(right_named(str_of(right_table[right].name)), right);
	}
}

TEST("rights over people, roles, settings, letters and the record need the second factor")
{
	static const int need[] = {PEOPLE_READ, PEOPLE_MANAGE, ROLES_MANAGE,
				   ORG_MANAGE,  OUTBOX_READ,   AUDIT_READ};
	struct rights all = {~(uint64_t)0}, once = rights_in_session(all, false);
	for (size_t i = 0; i < sizeof need / sizeof *need; i++) {
		CHECK(!rights_has(once, need[i]));
		CHECK(rights_has(rights_in_session(all, true), need[i]));
	}
	CHECK(rights_has(once, PUBLIC) && rights_has(once, SIGNED_IN));
	CHECK(rights_has(once, STANDARDS_EDIT));
}

TEST("nobody holds a right over their own case, and nobody gives what they do not have")
{
	struct rights mine =
		rights_with(rights_with((struct rights){0}, ROLES_MANAGE), PEOPLE_READ);
	struct rights less = rights_with((struct rights){0}, PEOPLE_READ);
	struct rights more = rights_with(less, AUDIT_READ);
	CHECK(right_over(mine, PEOPLE_READ, 7, 8));
	CHECK(!right_over(mine, PEOPLE_READ, 7, 7));
	CHECK(!right_over(mine, AUDIT_READ, 7, 8));
	CHECK(right_to_give(mine, less, 7, 8));
	CHECK(!right_to_give(mine, more, 7, 8));
	CHECK(!right_to_give(mine, less, 7, 7));
	CHECK(!right_to_give(less, less, 7, 8));
}

TEST_DB("an organisation starts with the shipped roles; shipping again adds only what is missing")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar");
	size_t shipped = 0;
	while (roles_shipped[shipped].key)
		shipped++;
	CHECK_INT(val_count(roles_list(db, test_arena, org)), shipped);
	int64_t admin = role_by_key(db, test_arena, org, ROLE_ADMIN);
	int64_t translator = role_by_key(db, test_arena, org, "translator");
	struct rights all = role_rights(db, test_arena, org, admin);
	for (int right = SIGNED_IN + 1; right < RIGHT_COUNT; right++)
		CHECK(rights_has(all, right));
	CHECK(!rights_has(all, PUBLIC));
	CHECK(rights_has(role_rights(db, test_arena, org, translator), STANDARDS_TRANSLATE));
	CHECK(!rights_has(role_rights(db, test_arena, org, translator), STANDARDS_EDIT));

	CHECK_INT(role_change(db, test_arena, org, translator, 1, S(""), (struct rights){0}, NOW),
		  ROLE_DONE);
	db_exec(db, SQL("DELETE FROM role_right WHERE right_name = 'audit_read'"),
		PARAMS("x", INT(0)));
	roles_ship(db, test_arena, org, NOW);
	CHECK_INT(val_count(roles_list(db, test_arena, org)), shipped);
	CHECK(rights_has(role_rights(db, test_arena, org, admin), AUDIT_READ));
	CHECK(!rights_has(role_rights(db, test_arena, org, translator), STANDARDS_TRANSLATE));
	CHECK_INT(role_by_key(db, test_arena, org, "king"), 0);
	WORLD_END(db, err);
}

TEST_DB("a role gives its rights in its organisation, from its first moment to its last")
{
	db_begin(db, DB_WRITE, 0);
	int64_t cedar = world_org(db, "cedar"), birch = world_org(db, "birch");
	int64_t person = world_person(db, cedar, "Awa Diop");
	int64_t editor = role_by_key(db, test_arena, cedar, "standards_editor");
	CHECK_INT(rights_of(db, test_arena, cedar, 0, NOW).bits, 1u << PUBLIC);
	CHECK_INT(rights_of(db, test_arena, cedar, person, NOW).bits,
		  1u << PUBLIC | 1u << SIGNED_IN);
	CHECK(role_give(db, test_arena, cedar, person, editor, NOW + 100, 0, NOW) > 0);
	CHECK(!rights_has(rights_of(db, test_arena, cedar, person, NOW - 1), STANDARDS_EDIT));
	CHECK(rights_has(rights_of(db, test_arena, cedar, person, NOW), STANDARDS_EDIT));
	CHECK(rights_has(rights_of(db, test_arena, cedar, person, NOW + 99), STANDARDS_EDIT));
	CHECK(!rights_has(rights_of(db, test_arena, cedar, person, NOW + 100), STANDARDS_EDIT));
	CHECK(!rights_has(rights_of(db, test_arena, birch, person, NOW), STANDARDS_EDIT));
	CHECK(!rights_has(rights_of(db, test_arena, cedar, person, NOW), PEOPLE_MANAGE));
	WORLD_END(db, err);
}

TEST_DB("a role is given once, only to people the organisation knows, and only its own roles")
{
	db_begin(db, DB_WRITE, 0);
	int64_t cedar = world_org(db, "cedar"), birch = world_org(db, "birch");
	int64_t person = world_person(db, cedar, "Awa Diop"), other = world_person(db, birch, "Bo");
	int64_t theirs = role_by_key(db, test_arena, birch, "member");
	CHECK(world_give(db, cedar, person, "member") > 0);
	CHECK_INT(world_give(db, cedar, person, "member"), 0);
	CHECK_INT(world_give(db, cedar, other, "member"), 0);
	CHECK_INT(role_give(db, test_arena, cedar, person, theirs, 0, 0, NOW), 0);
	CHECK_INT(val_count(roles_of(db, test_arena, cedar, person, NOW)), 1);
	CHECK_INT(val_count(roles_of_me(db, test_arena, person, S("en"), NOW)), 1);
	WORLD_END(db, err);
}

TEST_DB("a role that was taken gives nothing, can be given again, and is out of reach of others")
{
	db_begin(db, DB_WRITE, 0);
	int64_t cedar = world_org(db, "cedar"), birch = world_org(db, "birch");
	int64_t person = world_person(db, cedar, "Awa Diop");
	int64_t given = world_give(db, cedar, person, "standards_editor");
	CHECK(val_is_null(role_given(db, test_arena, birch, given, NOW)));
	CHECK_INT(role_take(db, test_arena, birch, given, NOW + 5), ROLE_STALE);
	CHECK(rights_has(rights_of(db, test_arena, cedar, person, NOW + 5), STANDARDS_EDIT));
	CHECK_INT(role_take(db, test_arena, cedar, given, NOW + 5), ROLE_DONE);
	CHECK_INT(role_take(db, test_arena, cedar, given, NOW + 6), ROLE_STALE);
	CHECK(!rights_has(rights_of(db, test_arena, cedar, person, NOW + 5), STANDARDS_EDIT));
	CHECK(role_give(db, test_arena, cedar, person,
			role_by_key(db, test_arena, cedar, "standards_editor"), 0, 0, NOW + 7) > 0);
	WORLD_END(db, err);
}

TEST_DB("the last person who may give roles keeps it, whichever way it would be taken")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar"), first = world_person(db, org, "Awa");
	int64_t second = world_person(db, org, "Bo"),
		given = world_give(db, org, first, ROLE_ADMIN);
	CHECK_INT(role_take(db, test_arena, org, given, NOW + 1), ROLE_LAST);
	CHECK(!person_leave(db, test_arena, first, org, NOW + 1));
	/* someone who may until Friday is not enough */
	CHECK(role_give(db, test_arena, org, second, role_by_key(db, test_arena, org, ROLE_ADMIN),
			NOW + 500, 0, NOW) > 0);
	CHECK_INT(role_take(db, test_arena, org, given, NOW + 1), ROLE_LAST);
	struct rights giver = rights_with((struct rights){0}, ROLES_MANAGE);
	int64_t role = role_add(db, test_arena, org, S("Deputy"), giver, NOW);
	CHECK(role_give(db, test_arena, org, second, role, 0, first, NOW) > 0);
	CHECK_INT(role_take(db, test_arena, org, given, NOW + 1), ROLE_DONE);
	CHECK_INT(
		role_change(db, test_arena, org, role, 1, S("Deputy"), (struct rights){0}, NOW + 2),
		ROLE_LAST);
	CHECK(rights_has(rights_of(db, test_arena, org, second, NOW + 1000), ROLES_MANAGE));
	WORLD_END(db, err);
}

TEST_DB("a role of one's own is changed by the newest reader only; the administrator's not at all")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar"), other = world_org(db, "birch");
	struct rights edit = rights_with((struct rights){0}, STANDARDS_EDIT);
	int64_t role = role_add(db, test_arena, org, S("Éditrice invitée"), edit, NOW);
	struct rights both = rights_with(edit, STANDARDS_PUBLISH);
	CHECK_INT(role_change(db, test_arena, other, role, 1, S("Mine"), both, NOW), ROLE_STALE);
	CHECK_INT(role_change(db, test_arena, org, role, 1, S("Éditrice"), both, NOW), ROLE_DONE);
	CHECK_INT(role_change(db, test_arena, org, role, 1, S("Late"), edit, NOW), ROLE_STALE);
	const struct val *after = role_read(db, test_arena, org, role);
	CHECK_STR(val_s(after, "name"), "Éditrice");
	CHECK_INT(val_i(after, "rev"), 2);
	CHECK(rights_has(role_rights(db, test_arena, org, role), STANDARDS_PUBLISH));
	CHECK_INT(role_rights(db, test_arena, other, role).bits, 0);
	CHECK_INT(role_change(db, test_arena, org, role_by_key(db, test_arena, org, ROLE_ADMIN), 1,
			      S(""), edit, NOW),
		  ROLE_FIXED);
	WORLD_END(db, err);
}

TEST_DB("a right this program does not know gives nothing")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar"), person = world_person(db, org, "Awa");
	int64_t role = role_add(db, test_arena, org, S("Time traveller"), (struct rights){0}, NOW);
	db_exec(db,
		SQL("INSERT INTO role_right (role, right_name) VALUES (:role, 'nobody'), (:role, "
		    "'later')"),
		PARAMS("role", INT(role)));
	role_give(db, test_arena, org, person, role, 0, 0, NOW);
	CHECK_INT(rights_of(db, test_arena, org, person, NOW).bits, 1u << PUBLIC | 1u << SIGNED_IN);
	WORLD_END(db, err);
}

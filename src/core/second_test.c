#include "core/people_world.h"

#include "core/second.h"

static struct str code_at(struct str secret, int64_t now)
{
	return str_fmt(test_arena, "%06d", totp_code(secret, now / TOTP_STEP));
}

TEST_DB("the second factor protects from the first right code on, and not before")
{
	struct secrets keys = world_secrets();
	struct val *codes;
	db_begin(db, DB_WRITE, 0);
	int64_t person = world_person(db, 0, "Awa");
	CHECK_INT(second_state(db, test_arena, person), SECOND_NONE);
	struct str secret = second_begin(db, test_arena, &keys, person, NOW);
	CHECK_STR(second_begin(db, test_arena, &keys, person, NOW),
		  secret); /* the page was loaded again */
	CHECK_INT(second_state(db, test_arena, person), SECOND_BEGUN);
	CHECK(!second_check(db, test_arena, &keys, person, code_at(secret, NOW), NOW));
	CHECK(!second_confirm(db, test_arena, &keys, person, S("000000"), NOW + 9000, &codes));
	CHECK(second_confirm(db, test_arena, &keys, person, code_at(secret, NOW), NOW, &codes));
	CHECK_INT(second_state(db, test_arena, person), SECOND_ON);
	CHECK_INT(val_count(codes), 10);
	CHECK_STR(second_begin(db, test_arena, &keys, person, NOW), ""); /* it is not shown again */
	CHECK(!second_confirm(db, test_arena, &keys, person, code_at(secret, NOW + 60), NOW + 60,
			      &codes));
	WORLD_END(db, err);
}

TEST_DB("a code works once, also the one that confirmed, and no other person's works")
{
	struct secrets keys = world_secrets();
	struct val *codes;
	db_begin(db, DB_WRITE, 0);
	int64_t awa = world_person(db, 0, "Awa"), bo = world_person(db, 0, "Bo");
	struct str secret = second_begin(db, test_arena, &keys, awa, NOW);
	struct str others = second_begin(db, test_arena, &keys, bo, NOW);
	CHECK(second_confirm(db, test_arena, &keys, awa, code_at(secret, NOW), NOW, &codes));
	CHECK(second_confirm(db, test_arena, &keys, bo, code_at(others, NOW), NOW, &codes));
	CHECK(!second_check(db, test_arena, &keys, awa, code_at(secret, NOW), NOW + 1));
	CHECK(!second_check(db, test_arena, &keys, awa, code_at(others, NOW + 30), NOW + 30));
	struct str spaced = str_fmt(test_arena, STR_FMT " " STR_FMT,
				    STR_ARG(str_sub(code_at(secret, NOW + 30), 0, 3)),
				    STR_ARG(str_from(code_at(secret, NOW + 30), 3)));
	CHECK(second_check(db, test_arena, &keys, awa, spaced, NOW + 30));
	CHECK(!second_check(db, test_arena, &keys, awa, spaced, NOW + 31));
	CHECK(second_check(db, test_arena, &keys, awa, code_at(secret, NOW + 90), NOW + 90));
	CHECK(!second_check(db, test_arena, &keys, awa, code_at(secret, NOW + 60), NOW + 90));
	CHECK(!second_check(db, test_arena, &keys, awa, S(""), NOW + 90));
	WORLD_END(db, err);
}

TEST_DB("a recovery code works once, in any writing, and new codes replace the old")
{
	struct secrets keys = world_secrets();
	struct val *codes;
	db_begin(db, DB_WRITE, 0);
	int64_t awa = world_person(db, 0, "Awa"), bo = world_person(db, 0, "Bo");
	struct val *none;
	struct str secret = second_begin(db, test_arena, &keys, awa, NOW);
	CHECK(second_confirm(db, test_arena, &keys, awa, code_at(secret, NOW), NOW, &codes));
	secret = second_begin(db, test_arena, &keys, bo, NOW);
	CHECK(second_confirm(db, test_arena, &keys, bo, code_at(secret, NOW), NOW, &none));
	struct str first = val_get_str(val_at(codes, 0)), second = val_get_str(val_at(codes, 1));
	struct str typed =
		str_fmt(test_arena, " " STR_FMT " ", STR_ARG(secret_code_typed(test_arena, first)));
	CHECK(!second_check(db, test_arena, &keys, bo, first, NOW));
	CHECK(second_check(db, test_arena, &keys, awa, typed, NOW));
	CHECK(!second_check(db, test_arena, &keys, awa, first, NOW));
	CHECK_INT(second_codes_left(db, test_arena, awa), 9);
	const struct val *fresh = second_new_codes(db, test_arena, &keys, awa);
	CHECK(!second_check(db, test_arena, &keys, awa, second, NOW));
	CHECK(second_check(db, test_arena, &keys, awa, val_get_str(val_at(fresh, 3)), NOW));
	second_remove(db, test_arena, awa);
	CHECK_INT(second_state(db, test_arena, awa), SECOND_NONE);
	CHECK_INT(second_codes_left(db, test_arena, awa), 0);
	CHECK(!second_check(db, test_arena, &keys, awa, val_get_str(val_at(fresh, 4)), NOW));
	WORLD_END(db, err);
}

TEST_DB("the database alone gives away neither the secret nor the codes")
{
	struct secrets keys = world_secrets(), other = keys;
	struct val *codes;
	other.seal[0] ^= 1;
	db_begin(db, DB_WRITE, 0);
	int64_t awa = world_person(db, 0, "Awa"), bo = world_person(db, 0, "Bo");
	struct str secret = second_begin(db, test_arena, &keys, awa, NOW);
	CHECK(second_confirm(db, test_arena, &keys, awa, code_at(secret, NOW), NOW, &codes));
	CHECK(!second_check(db, test_arena, &other, awa, code_at(secret, NOW + 60), NOW + 60));
	/* a row copied to another person does not open */
	db_exec(db,
		SQL("INSERT INTO totp (person, secret, confirmed_at, made_at) "
		    "SELECT :bo, t.secret, t.confirmed_at, t.made_at FROM totp t WHERE t.person = "
		    ":awa"),
		PARAMS("bo", INT(bo), "awa", INT(awa)));
	CHECK(!second_check(db, test_arena, &keys, bo, code_at(secret, NOW + 60), NOW + 60));
	const struct val *row =
		db_row(db, SQL("SELECT r.code AS code FROM recovery_code r ORDER BY r.id LIMIT 1"),
		       PARAMS("x", INT(0)));
	CHECK(str_find(val_s(row, "code"),
		       secret_code_typed(test_arena, val_get_str(val_at(codes, 0)))) < 0);
	WORLD_END(db, err);
}

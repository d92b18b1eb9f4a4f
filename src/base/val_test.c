#include "base/val.h"

#include "base/buf.h"
#include "test.h"

#include <math.h>

TEST("looking up what is not there gives null, never a crash")
{
	struct val *o = val_object(test_arena);
	CHECK(val_is_null(val_get(o, "x")));
	CHECK(val_is_null(val_get(NULL, "x")));
	CHECK(val_is_null(val_path(o, "a.b.c")));
	CHECK(val_is_null(val_at(o, 0)));
	CHECK(val_is_null(val_at(val_null(), 3)));
	CHECK(val_is_null(NULL));
	CHECK_INT(val_i(o, "x"), 0);
	CHECK_STR(val_s(o, "x"), "");
	CHECK_STR(val_name_at(o, 7), "");
	CHECK_INT(val_count(val_text(test_arena, S("abc"))), 0);
	CHECK(!val_has(val_int(test_arena, 1), "x"));
	CHECK(!val_true(NULL));
}

TEST("a copy of an object has its members, and what is set in it stays there")
{
	struct val *o = val_object(test_arena);
	CHECK_INT(val_count(val_copy(test_arena, o, 0)), 0);
	val_set_int(o, "a", 1);
	val_set_null(o, "b");
	for (size_t more = 0; more < 3; more++) {
		struct val *copy = val_copy(test_arena, o, more);
		CHECK(val_equal(copy, o));
		val_set_int(copy, "a", 2);
		val_set_int(copy, "c", 3);
		val_set_int(copy, "d", 4);
		CHECK_INT(val_count(copy), 4);
		CHECK_STR(val_name_at(copy, 3), "d");
		CHECK_INT(val_i(o, "a"), 1);
		CHECK_INT(val_count(o), 2);
	}
}

TEST("what is null is found, what is not there is not")
{
	struct val *o = val_object(test_arena);
	val_set_null(o, "a");
	CHECK(val_find(o, val_name("a")) && val_is_null(val_find(o, val_name("a"))));
	CHECK(!val_find(o, val_name("b")));
	CHECK(!val_find(val_list(test_arena), val_name("a")));
	CHECK(!val_find(NULL, val_name("a")));
}

TEST("an object keeps the order in which names were set, and replaces in place")
{
	struct val *o = val_object(test_arena);
	val_set_int(o, "b", 1);
	val_set_str(o, "a", S("x"));
	val_set_bool(o, "c", true);
	val_set_real(o, "b", 2.5);
	char name[] = "a"; /* the same name at another address */
	val_set_null(o, name);
	CHECK_INT(val_count(o), 3);
	CHECK_STR(val_name_at(o, 0), "b");
	CHECK_STR(val_name_at(o, 1), "a");
	CHECK_STR(val_name_at(o, 2), "c");
	CHECK(val_r(o, "b") == 2.5);
	CHECK(val_has(o, "a") && val_is_null(val_get(o, "a")));
	CHECK(val_b(o, "c"));
}

TEST("a dotted path walks through objects")
{
	struct val *o = val_object(test_arena);
	struct val *org = val_set_object(o, "org");
	val_set_str(org, "name", S("Waypost"));
	val_set_str(val_set_object(org, "place"), "city", S("Québec"));
	val_set_str(o, "organ", S("no"));
	CHECK_STR(val_get_str(val_path(o, "org.name")), "Waypost");
	CHECK_STR(val_get_str(val_path(o, "org.place.city")), "Québec");
	CHECK_STR(val_get_str(val_path(o, "organ")), "no");
	CHECK(val_is_null(val_path(o, "org.name.x")));
	CHECK(val_is_null(val_path(o, "or.name")));
	CHECK(val_is_null(val_path(o, ".")));
}

TEST("lists and objects grow past any first size")
{
	struct val *list = val_list(test_arena);
	for (int i = 0; i < 10000; i++)
		val_set_int(val_push_object(list), "n", i);
	CHECK_INT(val_count(list), 10000);
	int64_t sum = 0;
	for (size_t i = 0; i < val_count(list); i++)
		sum += val_i(val_at(list, i), "n");
	CHECK_INT(sum, 49995000);
	struct val *o = val_object(test_arena);
	for (int i = 0; i < 500; i++)
		val_add(o, str_c(test_arena, str_fmt(test_arena, "n%d", i)),
			val_int(test_arena, i));
	for (int i = 0; i < 500; i++)
		CHECK_INT(val_i(o, str_c(test_arena, str_fmt(test_arena, "n%d", i))), i);
	val_set_int(o, "n7", -7);
	CHECK_INT(val_count(o), 500);
	struct val *copy = val_copy(test_arena, o, 1);
	val_set_int(copy, "n8", -8);
	val_set_int(copy, "more", 1);
	CHECK(val_i(copy, "n7") == -7 && val_i(copy, "n8") == -8 && val_i(o, "n8") == 8);
	CHECK(val_has(copy, "more") && !val_has(o, "more") && !val_has(o, "n500"));
	val_push(list, NULL);
	CHECK(val_is_null(val_at(list, 10000)));
}

TEST("truth is Mustache's: empty text and empty list are false, an object is true")
{
	struct val *list = val_list(test_arena);
	CHECK(!val_true(list));
	val_push(list, val_null());
	CHECK(val_true(list));
	CHECK(val_true(val_object(test_arena)));
	CHECK(!val_true(val_text(test_arena, S(""))));
	CHECK(val_true(val_text(test_arena, S("0"))));
	CHECK(!val_true(val_int(test_arena, 0)));
	CHECK(!val_true(val_real(test_arena, 0)));
	CHECK(!val_true(val_bool(test_arena, false)));
	CHECK(val_true(val_bool(test_arena, true)));
}

TEST("numbers are read across kinds without surprise")
{
	CHECK_INT(val_get_int(val_text(test_arena, S("42"))), 42);
	CHECK_INT(val_get_int(val_text(test_arena, S("42x"))), 0);
	CHECK_INT(val_get_int(val_real(test_arena, -2.9)), -2);
	CHECK_INT(val_get_int(val_real(test_arena, 1e300)), INT64_MAX);
	CHECK_INT(val_get_int(val_real(test_arena, -1e300)), INT64_MIN);
	CHECK_INT(val_get_int(val_real(test_arena, (double)NAN)), 0);
	CHECK_INT(val_get_int(val_bool(test_arena, true)), 1);
	CHECK(val_get_real(val_int(test_arena, 3)) == 3);
	CHECK(val_get_real(val_text(test_arena, S("1.5"))) == 1.5);
	CHECK(val_get_bool(val_int(test_arena, 1)));
	CHECK(!val_get_bool(val_text(test_arena, S("1"))));
	CHECK_STR(val_get_str(val_int(test_arena, 1)), "");
}

TEST("a value is shown as a template shows it")
{
	CHECK_STR(val_show(test_arena, val_int(test_arena, -7)), "-7");
	CHECK_STR(val_show(test_arena, val_real(test_arena, 0.25)), "0.25");
	CHECK_STR(val_show(test_arena, val_bool(test_arena, true)), "true");
	CHECK_STR(val_show(test_arena, val_html(test_arena, S("<p>"))), "<p>");
	CHECK_STR(val_show(test_arena, val_null()), "");
	CHECK_STR(val_show(test_arena, val_list(test_arena)), "");
}

static struct val *sample(bool turned)
{
	struct val *o = val_object(test_arena);
	if (turned)
		val_set_str(o, "b", S("é"));
	struct val *list = val_set_list(o, "a");
	val_push(list, val_int(test_arena, 1));
	val_push(list, val_real(test_arena, 1.5));
	if (!turned)
		val_set_str(o, "b", S("é"));
	return o;
}

TEST("equality is deep, strict in kinds, and blind to the order of names")
{
	struct val *a = sample(false), *b = sample(true);
	CHECK(val_equal(a, b));
	val_push(val_get(b, "a"), val_null());
	CHECK(!val_equal(a, b));
	CHECK(!val_equal(val_int(test_arena, 1), val_real(test_arena, 1)));
	CHECK(!val_equal(val_text(test_arena, S("a")), val_html(test_arena, S("a"))));
	CHECK(val_equal(NULL, val_null()));
	struct val *with_null = val_object(test_arena), *other = val_object(test_arena);
	val_set_null(with_null, "x");
	val_set_null(other, "y");
	CHECK(!val_equal(with_null, other));
}

TEST("merging lets the second object win and keeps the first one's places")
{
	struct val *a = val_object(test_arena), *b = val_object(test_arena);
	val_set_int(a, "x", 1);
	val_set_int(a, "y", 2);
	val_set_int(b, "z", 3);
	val_set_int(b, "x", 4);
	val_merge(a, b);
	CHECK_INT(val_count(a), 3);
	CHECK_STR(val_name_at(a, 0), "x");
	CHECK_INT(val_i(a, "x"), 4);
	CHECK_STR(val_name_at(a, 2), "z");
	val_merge(a, val_null());
	CHECK_INT(val_count(a), 3);
}

/* A package crosses from the process that read it whole, and nothing that is not one gets in. */
#include "app/standards/case/package.h"
#include "app/standards/import/support_test.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

#include <string.h>

enum { MOST = 64 << 20 };

#define A          "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa"
#define URI(of, n) "\"" of "URI\":{\"identifier\":\"" A n "\",\"title\":\"t\",\"uri\":\"u\"}"

static const char *const bread =
	"{\"CFDocument\":{\"identifier\":\"" A
	"0\",\"title\":\"Été\",\"language\":\"fr\",\"more\":1},"
	"\"CFItems\":["
	"{\"identifier\":\"" A "1\",\"fullStatement\":\"Pétrir\",\"more\":[1,{\"a\":null}]},"
	"{\"identifier\":\"no uuid\",\"fullStatement\":\"Attendre\",\"humanCodingScheme\":\"K\"}],"
	"\"CFAssociations\":[{\"identifier\":\"" A "3\",\"associationType\":\"isChildOf\","
	"\"sequenceNumber\":7," URI("originNode", "1") "," URI(
		"destinationNode", "0") "}],"
					"\"CFDefinitions\":{\"CFItemTypes\":[{\"identifier\":\"" A
					"4\",\"title\":\"T\"}]},"
					"\"CFRubrics\":[{\"identifier\":\"" A
					"5\",\"CFRubricCriteria\":[{\"identifier\":\"" A "6\","
					"\"CFItemURI\":{\"identifier\":\"" A
					"1\"},\"CFRubricCriterionLevels\":[{\"identifier\":\"" A
					"7\",\"quality\":\"Bien\",\"description\":\"Lisse\"}]}]}],"
					"\"x-own\":{\"b\":2}}";

static const struct case_package *package_of(struct str bytes)
{
	static const struct case_options none = {0};
	const struct case_package *p = case_read(test_arena, bytes, &none);
	MUST(!p->refused);
	return p;
}

static struct str text_of(const struct val *v)
{
	struct buf b = {.arena = test_arena};
	json_write(&b, v);
	return buf_str(&b);
}

/* As it comes over: JSON text, read again. */
static struct val *crossed(const struct case_package *p)
{
	struct json_error error;
	return json_read(test_arena, text_of(case_package_out(test_arena, p)), MOST, &error);
}

static void check_crosses(struct str bytes)
{
	const struct case_package *p = package_of(bytes),
				  *q = case_package_in(test_arena, crossed(p));
	NEED(q);
	CHECK_STR(text_of(case_package_out(test_arena, q)),
		  text_of(case_package_out(test_arena, p)));
	CHECK_INT(q->items_n, p->items_n);
	for (int32_t i = 0; i < p->items_n; i++) {
		const struct case_item *was = &p->items[i], *is = &q->items[i];
		CHECK(is->parent == was->parent && is->placed_by == was->placed_by &&
		      is->position == was->position && !is->guess == !was->guess);
		CHECK_STR(case_pointer(test_arena, is->ref), case_pointer(test_arena, was->ref));
		if (was->placed_by >= 0)
			CHECK_STR(case_child_data(test_arena, q, is),
				  case_child_data(test_arena, p, was));
		CHECK_STR(is->body, was->body);
	}
	for (int32_t i = 0; i < p->associations_n; i++)
		CHECK_STR(case_association_data(test_arena, &q->associations[i]),
			  case_association_data(test_arena, &p->associations[i]));
	CHECK(!memcmp(p->order, q->order, (size_t)p->order_n * sizeof *p->order));
}

TEST("CASE: a package crosses from one process to another and is the same")
{
	check_crosses(str_of(bread));
	check_crosses(S("{\"CFItems\":[{\"fullStatement\":\"Alone\"}]}"));
}

TEST("CASE: the published packages cross and are the same")
{
	static const char *const packages[] = {"smarterbalanced-HSMATH", "opensalt-sample-20c5134f",
					       "opensalt-test-Utf8TestFramework"};
	for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
		SHARED(bytes, str_c(test_arena, str_fmt(test_arena, "data/case-packages/%s.json",
							packages[i])));
		check_crosses(bytes);
	}
}

/* The package as text with the one place where `was` stands made `is`. */
static const struct case_package *changed(const char *was, const char *is)
{
	struct json_error error;
	struct str text = text_of(case_package_out(test_arena, package_of(str_of(bread))));
	ptrdiff_t at = str_find(text, str_of(was));
	MUST(at >= 0);
	struct str other =
		str_fmt(test_arena, STR_FMT "%s" STR_FMT, STR_ARG(str_sub(text, 0, (size_t)at)), is,
			STR_ARG(str_from(text, (size_t)at + strlen(was))));
	struct val *v = json_read(test_arena, other, MOST, &error);
	MUST(v);
	return case_package_in(test_arena, v);
}

TEST("CASE: a package that points at nothing, or says what none can, is not believed")
{
	static const struct {
		const char *was, *is;
	} wrong[] = {
		{"\"order\":[0,1]", "\"order\":[0,0]"},
		{"\"order\":[0,1]", "\"order\":[0]"},
		{"\"order\":[0,1]", "\"order\":[0,2]"},
		{"\"order\":[0,1]", "\"order\":[0,-1]"},
		{"\"order\":[0,1]", "\"order\":[0,1,0]"},
		{"null,-1,0]", "null,1,0]"},  /* under one that comes later */
		{"null,-1,0]", "null,0,0]"},  /* under itself */
		{"null,-1,0]", "null,-1,1]"}, /* placed by no association */
		{"null,-1,0]", "null,2147483648,0]"},
		{"null,-1,0]", "7,-1,0]"},
		{A "1\",", A "Z\","}, /* no UUID */
		{"\"fr\"", "\"en franç\""},
		{"{\\\"more\\\":[1", "{\\\"more\\\":1"}, /* no JSON inside */
		{"\"{\\\"x-own\\\":{\\\"b\\\":2}}\"", "\"[]\""},
		{"\"Lisse\"", "8"},
		{"true,true]", "true,1]"},
		{"\"levels\":[[", "\"levels\":[],\"gone\":[["},
		{"\"definitions\":", "\"gone\":"},
	};
	CHECK(changed("Lisse", "Rude"));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_STR(changed(wrong[i].was, wrong[i].is) ? wrong[i].is : "", "");
	CHECK(!case_package_in(test_arena, val_null()));
	CHECK(!case_package_in(test_arena, val_object(test_arena)));
}

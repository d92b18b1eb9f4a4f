/* What the reader of packages makes of one thing at a time. */
#include "app/standards/case/case.h"
#include "app/standards/case/package.h"
#include "base/buf.h"
#include "base/val.h"
#include "test.h"

static const struct case_package *read_text(const char *text)
{
	static const struct case_options none = {0};
	return case_read(test_arena, str_of(text), &none);
}

#define A "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa"
#define DOCUMENT                                                                                   \
	"\"CFDocument\":{\"identifier\":\"" A "0\",\"title\":\"A guild\",\"creator\":\"x\","       \
	"\"language\":\"fr-CA\"}"
#define ITEM(n, more) "{\"identifier\":\"" A n "\",\"fullStatement\":\"Bakes " n "\"" more "}"
#define CHILD(n, of, more)                                                                         \
	"{\"identifier\":\"bbbbbbbb-aaaa-4aaa-8aaa-aaaaaaaaaaa" n                                  \
	"\",\"associationType\":\"isChildOf\",\"originNodeURI\":{\"identifier\":\"" A n            \
	"\"},\"destinationNodeURI\":{\"identifier\":\"" A of "\"}" more "}"
#define PACKAGE(items, associations)                                                               \
	"{" DOCUMENT ",\"CFItems\":[" items "],\"CFAssociations\":[" associations "]}"

/* "1 >2 3": items by their last letter, each level deeper with one more >. */
static struct str outline(const struct case_package *p)
{
	struct buf b = {.arena = test_arena};
	for (int32_t i = 0; i < p->order_n; i++) {
		const struct case_item *item = &p->items[p->order[i]];
		buf_add(&b, b.n ? S(" ") : S(""));
		for (int32_t up = item->parent; up >= 0; up = p->items[up].parent)
			buf_char(&b, '>');
		buf_add(&b, str_from(item->uuid, 35));
		if (item->guess)
			buf_char(&b, '?');
	}
	return buf_str(&b);
}

TEST("items stand where their associations say, by number")
{
	const struct case_package *p = read_text(
		PACKAGE(ITEM("1", "") "," ITEM("2", "") "," ITEM("3", "") "," ITEM("4", ""),
			CHILD("3", "1", ",\"sequenceNumber\":20") "," CHILD(
				"2", "1", ",\"sequenceNumber\":\"3\"") "," CHILD("1", "0", "")));
	CHECK_STR(outline(p), "1 >2 >3 4?");
	CHECK_INT(p->items[1].position, 3);
	CHECK_INT(p->items[2].position, 20);
	CHECK_STR(p->lang, "fr-CA");
}

TEST("without numbers siblings come by code, as a person counts")
{
	const struct case_package *p = read_text(PACKAGE(
		ITEM("1", ",\"humanCodingScheme\":\"B10\"") "," ITEM(
			"2",
			",\"humanCodingScheme\":\"B2\"") "," ITEM("3",
								  ",\"humanCodingScheme\":\"A\""),
		CHILD("1", "0", "") "," CHILD("2", "0", "") "," CHILD("3", "0", "")));
	CHECK_STR(outline(p), "3 2 1");
}

TEST("a circle is opened, a second parent and a stranger are kept as associations")
{
	const struct case_package *p = read_text(
		PACKAGE(ITEM("1", "") "," ITEM("2", "") "," ITEM("3", ""),
			CHILD("1", "2", "") "," CHILD("2", "1", "") "," CHILD("3", "9", "")));
	CHECK_INT(p->items_n, 3);
	CHECK_INT(p->order_n, 3);
	CHECK_INT(p->associations_n, 3);
	CHECK_INT(p->associations[0].placing + p->associations[1].placing +
			  p->associations[2].placing,
		  1);
	CHECK(p->items[2].guess);
	CHECK(p->items[0].guess || p->items[1].guess);
}

TEST("a chain of ten thousand is cut into pieces of sixty")
{
	struct buf b = {.arena = test_arena};
	buf_lit(&b, "{" DOCUMENT ",\"CFItems\":[");
	for (int i = 0; i < 10000; i++)
		buf_fmt(&b, "%s{\"identifier\":\"i%d\",\"fullStatement\":\"Item %d\"}",
			i ? "," : "", i, i);
	buf_lit(&b, "],\"CFAssociations\":[");
	for (int i = 1; i < 10000; i++)
		buf_fmt(&b,
			"%s{\"identifier\":\"a%d\",\"associationType\":\"isChildOf\","
			"\"originNodeURI\":"
			"{\"identifier\":\"i%d\"},\"destinationNodeURI\":{\"identifier\":\"i%d\"}}",
			i > 1 ? "," : "", i, i - 1, i);
	buf_lit(&b, "]}");
	static const struct case_options none = {0};
	const struct case_package *p = case_read(test_arena, buf_str(&b), &none);
	CHECK_INT(p->items_n, 10000);
	CHECK_INT(p->order_n, 10000);
	int deepest = 0;
	for (int32_t i = 0; i < p->items_n; i++) {
		int depth = 0;
		for (int32_t up = i; up >= 0; up = p->items[up].parent)
			depth++;
		deepest = depth > deepest ? depth : deepest;
	}
	CHECK_INT(deepest, 60);
}

TEST("an identifier that is no UUID becomes one, always the same, and is kept")
{
	const char *text = PACKAGE("{\"identifier\":\"B-1\",\"fullStatement\":\"Kneads\"},"
				   "{\"fullStatement\":\"Rests\"}",
				   "");
	const struct case_package *p = read_text(text), *again = read_text(text);
	NEED(p->items_n == 2);
	CHECK_STR(p->items[0].identifier, "B-1");
	CHECK(str_find(p->items[0].data, S("\"identifier\":\"B-1\"")) >= 0);
	CHECK_STR(p->items[0].uuid, case_uuid(test_arena, S("B-1")));
	CHECK_STR(p->items[1].uuid, again->items[1].uuid);
	CHECK(!str_eq(p->items[0].uuid, p->items[1].uuid));
}

TEST("what is said twice, or says nothing, is named")
{
	const struct case_package *p = read_text(
		PACKAGE(ITEM("1", "") "," ITEM("1", "") ",{\"identifier\":\"x\"},null,7", "\"x\""));
	CHECK_INT(p->items_n, 1);
	NEED(p->unplaced_n == 5);
	CHECK_STR(p->unplaced[0].reason, "another item has its identifier");
	CHECK_STR(p->unplaced[1].reason, "an item without words");
	CHECK_STR(p->unplaced[2].reason, "not an object");
	CHECK_STR(case_pointer(test_arena, p->unplaced[4].ref), "/CFAssociations/0");
}

TEST("only what cannot be read is put aside, not the rest")
{
	const struct case_package *p = read_text(PACKAGE(
		ITEM("1", "") "," ITEM("2", ",\"n\":99999999999999999999999") "," ITEM(
			"3", ",\"a\":1,\"a\":2") "," ITEM("4", ",\"t\":\"\\u0000\"") "," ITEM("5",
											      ""),
		""));
	CHECK_INT(p->items_n, 2);
	CHECK_INT(p->unplaced_n, 3);
}

TEST("definitions that are a list, not lists by name, are named: nobody knows what they define")
{
	const struct case_package *p = read_text("{" DOCUMENT ",\"CFItems\":[" ITEM(
		"1", "") "],\"CFDefinitions\":"
			 "[{\"title\":\"Crafts\",\"language\":\"fr\"},7]}");
	CHECK_INT(p->items_n, 1);
	CHECK_INT(p->definitions_n, 0);
	NEED(p->unplaced_n == 2);
	CHECK_STR(p->unplaced[0].words, "Crafts");
	CHECK_STR(p->unplaced[0].reason, "a definition that does not say of what");
	CHECK_STR(case_pointer(test_arena, p->unplaced[0].ref), "/CFDefinitions/0");
	CHECK_STR(p->unplaced[1].reason, "not an object");
	NEED(case_result(test_arena, p, 10));
}

static const struct {
	const char *text, *code;
} refused[] = {
	{"", "json"},
	{"{", "json"},
	{"{" DOCUMENT, "json"},
	{"{" DOCUMENT "} {", "json"},
	{"{" DOCUMENT ",}", "json"},
	{"{" DOCUMENT ",\"CFItems\":[" ITEM("1", "") "]", "json"},
	{"{" DOCUMENT ",\"CFItems\":[" ITEM("1", "") ",]}", "json"},
	{"{" DOCUMENT ",\"CFItems\":[{]}", "json"},
	{"{}", "empty"},
	{"{\"a\":1}", "empty"},
	{"{\"CFItems\":[]}", "empty"},
	{"[1]", "list"},
	{"{\"CFDocuments\":[{\"identifier\":\"" A "1\",\"title\":\"One\"},{}]}", "list"},
};

TEST("what is no package is refused whole, and said what it is")
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		const struct case_package *p = read_text(refused[i].text);
		if (!CHECK(p->refused))
			CHECK_STR(refused[i].text, "refused");
		else
			CHECK_STR(p->refused_code, refused[i].code);
	}
	const struct case_package *list = read_text(refused[12].text);
	CHECK_STR(val_s(val_at(list->listed, 0), "title"), "One");
}

TEST("a package may be wrapped, and says the same")
{
	const struct case_package *p =
		read_text("{\"CFPackage\":" PACKAGE(ITEM("1", ""), CHILD("1", "0", "")) "}");
	CHECK_STR(outline(p), "1");
	p = read_text("{" DOCUMENT "}");
	CHECK(!p->refused);
	CHECK_STR(p->title, "A guild");
	p = read_text("{\"CFItems\":[" ITEM("1", "") "],\"more\":{\"a\":1}," DOCUMENT "}");
	CHECK_STR(p->other, "{\"more\":{\"a\":1}}");
	CHECK_STR(p->title, "A guild");
}

TEST("the same objects in another order have the same digest")
{
	const struct case_package *a =
		read_text(PACKAGE(ITEM("1", "") "," ITEM("2", ""), CHILD("1", "0", "")));
	const struct case_package *b =
		read_text(PACKAGE(ITEM("2", "") " , " ITEM("1", ""), CHILD("1", "0", "")));
	const struct case_package *c =
		read_text(PACKAGE(ITEM("1", "") "," ITEM("3", ""), CHILD("1", "0", "")));
	CHECK_STR(a->digest, b->digest);
	CHECK(!str_eq(a->digest, c->digest));
}

TEST("a heading says the same twice; a criterion with words at a level is a row of the rubric")
{
	const struct case_package *p = read_text(
		"{" DOCUMENT ",\"CFItems\":[{\"identifier\":\"" A "1\",\"fullStatement\":\"Ovens\","
		"\"abbreviatedStatement\":\"Ovens\",\"notes\":\"<b>Hot</b>\"}],"
		"\"CFRubrics\":[{\"identifier\":\"" A
		"2\",\"CFRubricCriteria\":[{\"identifier\":\"" A
		"3\",\"CFItemURI\":{\"identifier\":\"" A
		"1\"},\"CFRubricCriterionLevels\":[{\"identifier\":\"" A
		"4\",\"quality\":\"Good\",\"description\":\"Warm\"},{\"identifier\":\"" A
		"5\",\"description\":\"No name\"}]}]}]}");
	NEED(p->items_n == 1 && p->parts_n == 4 && p->levels_n == 1);
	CHECK_STR(p->items[0].title, "Ovens");
	CHECK_STR(p->items[0].body, "");
	CHECK_STR(p->items[0].notes, "**Hot**");
	CHECK(str_find(p->items[0].data, S("<b>Hot</b>")) >= 0);
	CHECK_INT(p->parts[2].level, 0);
	CHECK_INT(p->parts[3].level, -1);
}

TEST("a package that translates another says of which")
{
	const struct case_package *p = read_text(PACKAGE(
		ITEM("1", ""),
		"{\"associationType\":\"isTranslationOf\",\"originNodeURI\":{\"identifier\":\"" A
		"0\"},\"destinationNodeURI\":{\"identifier\":\"" A
		"8\"}},{\"associationType\":\"isTranslationOf\",\"originNodeURI\":{\"identifier\":"
		"\"" A "1\"},\"destinationNodeURI\":{\"identifier\":\"" A "9\"}}"));
	CHECK_STR(p->of, A "8");
	CHECK_STR(p->items[0].of, A "9");
	CHECK_INT(p->associations_n, 2);
}

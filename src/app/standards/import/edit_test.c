#include "app/standards/import/edit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "test.h"

static struct val *json(const char *text)
{
	struct json_error wrong;
	struct val *v = json_read(test_arena, str_of(text), 1 << 20, &wrong);
	MUST(v);
	return v;
}

/* A: two performances under a competency, the second with an example. */
static const char *const read_as =
	"{\"document\":{}, \"counts\":{\"lines\":6}, \"levels\":[], \"descriptors\":[], "
	"\"ratings\":[],"
	"\"links\":[], \"items\":["
	"{\"id\":1,\"parent\":null,\"kind\":\"competency\",\"code\":\"A\",\"text\":\"Listens\","
	"\"line\":1,\"lines\":[1]},"
	"{\"id\":2,\"parent\":1,\"kind\":\"performance\",\"code\":\"A1\",\"text\":\"asks "
	"first\",\"line\":2,\"lines\":[2],\"guessed\":true},"
	"{\"id\":3,\"parent\":1,\"kind\":\"performance\",\"code\":\"A2\",\"text\":\"waits then "
	"answers\",\"line\":3,\"lines\":[3]},"
	"{\"id\":4,\"parent\":3,\"kind\":\"example\",\"code\":\"\",\"text\":\"in "
	"silence\",\"line\":4,\"lines\":[4]}],"
	"\"furniture\":[{\"line\":5,\"text\":\"page 1\",\"why\":\"page number\"}],"
	"\"unplaced\":[{\"line\":6,\"text\":\"and smiles\",\"reason\":\"unknown\"}]}";

static struct str told;

/* "1 2<1 3<1 4<3": the items in reading order with their parents. */
static struct val *after(const char *edits)
{
	struct val *result = import_apply(test_arena, json(read_as), json(edits), &told);
	return result;
}

static struct str shape(const struct val *result)
{
	struct buf b = {.arena = test_arena};
	const struct val *items = val_get(result, "items");
	for (size_t i = 0; i < val_count(items); i++) {
		const struct val *item = val_at(items, i);
		buf_fmt(&b, i ? " %d" : "%d", (int)val_i(item, "id"));
		if (val_i(item, "parent"))
			buf_fmt(&b, "<%d", (int)val_i(item, "parent"));
	}
	return buf_str(&b);
}

/* Every line from 1 to 6 in one place only. */
static bool conserved(const struct val *result)
{
	int seen[7] = {0};
	const struct val *items = val_get(result, "items");
	for (size_t i = 0; i < val_count(items); i++)
		for (size_t k = 0; k < val_count(val_get(val_at(items, i), "lines")); k++)
			seen[val_get_int(val_at(val_get(val_at(items, i), "lines"), k))]++;
	static const char *const lists[] = {"furniture", "unplaced"};
	for (size_t n = 0; n < 2; n++)
		for (size_t i = 0; i < val_count(val_get(result, lists[n])); i++) {
			const struct val *row = val_at(val_get(result, lists[n]), i);
			seen[val_i(row, "line")] += !val_b(row, "part");
		}
	for (int line = 1; line <= 6; line++)
		if (seen[line] != 1)
			return false;
	return true;
}

TEST("import: corrections move, join, split and drop items, and no line is lost")
{
	static const struct {
		const char *edits, *shape;
	} cases[] = {
		{"[]", "1 2<1 3<1 4<3"},
		{"[{\"op\":\"indent\",\"item\":3}]", "1 2<1 3<2 4<3"},
		{"[{\"op\":\"outdent\",\"item\":2}]", "1 3<1 4<3 2"},
		{"[{\"op\":\"outdent\",\"item\":3}]", "1 2<1 3 4<3"},
		{"[{\"op\":\"outdent\",\"item\":3},{\"op\":\"indent\",\"item\":3}]",
		 "1 2<1 3<1 4<3"},
		{"[{\"op\":\"join\",\"item\":3}]", "1 2<1 4<2"},
		{"[{\"op\":\"split\",\"item\":3,\"at\":5}]", "1 2<1 3<1 4<3 5<1"},
		{"[{\"op\":\"drop\",\"item\":3}]", "1 2<1 4<1"},
		{"[{\"op\":\"drop\",\"item\":1}]", "2 3 4<3"},
		{"[{\"op\":\"restore\",\"line\":6}]", "1 2<1 3<1 4<3 5<3"},
		{"[{\"op\":\"restore\",\"line\":5},{\"op\":\"outdent\",\"item\":5}]",
		 "1 2<1 3<1 4<3 5<1"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct val *result = after(cases[i].edits);
		CHECK_STR(shape(result), cases[i].shape);
		CHECK_STR(told, "");
		CHECK(conserved(result));
	}
}

TEST("import: a correction that does not fit is named, and those before it stand")
{
	static const char *const wrong[] = {
		"[{\"op\":\"indent\",\"item\":1}]",
		"[{\"op\":\"outdent\",\"item\":1}]",
		"[{\"op\":\"join\",\"item\":1}]",
		"[{\"op\":\"split\",\"item\":3,\"at\":0}]",
		"[{\"op\":\"split\",\"item\":3,\"at\":900}]",
		"[{\"op\":\"kind\",\"item\":3}]",
		"[{\"op\":\"indent\",\"item\":99}]",
		"[{\"op\":\"restore\",\"line\":2}]",
		"[{\"op\":\"fly\",\"item\":1}]",
		"[{\"op\":\"cell\",\"descriptor\":0}]",
		"[7]",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		CHECK(conserved(after(wrong[i])));
		CHECK(told.n > 0);
	}
	CHECK_STR(shape(after("[{\"op\":\"drop\",\"item\":4},{\"op\":\"drop\",\"item\":4}]")),
		  "1 2<1 3<1");
}

TEST("import: texts are joined and split, and what a person touched is not guessed")
{
	struct val *items = val_get(after("[{\"op\":\"join\",\"item\":3}]"), "items");
	CHECK_STR(val_s(val_at(items, 1), "text"), "asks first A2 waits then answers");
	CHECK(!val_b(val_at(items, 1), "guessed"));
	items = val_get(after("[{\"op\":\"split\",\"item\":3,\"at\":5}]"), "items");
	CHECK_STR(val_s(val_at(items, 2), "text"), "waits");
	CHECK_STR(val_s(val_at(items, 4), "text"), "then answers");
	struct val *counts =
		val_get(after("[{\"op\":\"kind\",\"item\":2,\"kind\":\"knowledge\"}]"), "counts");
	CHECK_INT(val_i(counts, "guessed"), 0);
	CHECK_INT(val_i(val_get(counts, "kinds"), "knowledge"), 1);
}

static struct str unplaced_text(const struct val *result, size_t i)
{
	return val_s(val_at(val_get(result, "unplaced"), i), "text");
}

TEST("import: what a correction takes out of its place is shown with all its words")
{
#define CUT "{\"op\":\"split\",\"item\":3,\"at\":5}"
	CHECK_STR(unplaced_text(after("[{\"op\":\"drop\",\"item\":3}]"), 1),
		  "A2 waits then answers");
	/* the second half of a line has no line of its own */
	struct val *result = after("[" CUT ",{\"op\":\"drop\",\"item\":5}]");
	CHECK_STR(unplaced_text(result, 1), "then answers");
	CHECK(val_b(val_at(val_get(result, "unplaced"), 1), "part"));
	CHECK(conserved(result));
	result = after("[" CUT ",{\"op\":\"drop\",\"item\":5},{\"op\":\"drop\",\"item\":3}]");
	CHECK_STR(unplaced_text(result, 2), "A2 waits");
	CHECK(conserved(result));
	/* each comes back by itself, once */
	result = after("[" CUT ",{\"op\":\"drop\",\"item\":5},{\"op\":\"restore\",\"line\":3}]");
	CHECK_STR(told, "");
	CHECK_STR(val_s(val_at(val_get(result, "items"), 4), "text"), "then answers");
	CHECK(conserved(result));
#undef CUT
}

TEST("import: another language meets its items by code and by place, and says what is on one side")
{
	struct val *items = json(
		"[{\"item\":10,\"parent\":null,\"kind\":\"competency\",\"code\":\"A\",\"text\":"
		"\"Listens\"},"
		"{\"item\":11,\"parent\":10,\"kind\":\"performance\",\"code\":\"A1\",\"text\":"
		"\"asks\"},"
		"{\"item\":12,\"parent\":11,\"kind\":\"example\",\"code\":\"\",\"text\":\"one\"},"
		"{\"item\":13,\"parent\":11,\"kind\":\"example\",\"code\":\"\",\"text\":\"two\"},"
		"{\"item\":14,\"parent\":10,\"kind\":\"knowledge\",\"code\":\"K1\",\"text\":"
		"\"law\"}]");
	struct val *result = json(
		"{\"items\":["
		"{\"id\":1,\"parent\":null,\"kind\":\"competency\",\"code\":\"A\",\"text\":"
		"\"Écoute\"},"
		"{\"id\":2,\"parent\":1,\"kind\":\"performance\",\"code\":\"a1\",\"text\":"
		"\"demande\"},"
		"{\"id\":3,\"parent\":2,\"kind\":\"example\",\"code\":\"\",\"text\":\"un\"},"
		"{\"id\":4,\"parent\":2,\"kind\":\"example\",\"code\":\"\",\"text\":\"deux\"},"
		"{\"id\":5,\"parent\":2,\"kind\":\"example\",\"code\":\"\",\"text\":\"trois\"},"
		"{\"id\":6,\"parent\":1,\"kind\":\"performance\",\"code\":\"A2\",\"text\":"
		"\"attend\"}]}");
	struct val *laid = import_lay_onto(test_arena, items, result),
		   *pairs = val_get(laid, "pairs");
	CHECK_INT(val_count(pairs), 4);
	static const struct {
		int item;
		const char *text, *by;
	} want[] = {{10, "Écoute", "code"},
		    {11, "demande", "code"},
		    {12, "un", "position"},
		    {13, "deux", "position"}};
	for (size_t i = 0; i < 4; i++) {
		CHECK_INT(val_i(val_at(pairs, i), "item"), want[i].item);
		CHECK_STR(val_s(val_at(pairs, i), "text"), want[i].text);
		CHECK_STR(val_s(val_at(pairs, i), "by"), want[i].by);
	}
	CHECK_INT(val_count(val_get(laid, "only_here")), 2);
	CHECK_STR(val_s(val_at(val_get(laid, "only_here"), 0), "text"), "trois");
	CHECK_INT(val_count(val_get(laid, "only_there")), 1);
	CHECK_STR(val_s(val_at(val_get(laid, "only_there"), 0), "code"), "K1");
}

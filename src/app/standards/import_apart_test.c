#include "app/standards/import_apart.h"

#include "app/standards/case/package.h"
#include "app/standards/import/support_test.h"
#include "app/standards/table_import.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

#include <string.h>

static const char *const own =
	"# Harbour\n\n## Mooring\n\n- Ties knots\n  - a bowline\n\n"
	"| Skill | Level 1 | Level 2 |\n|---|---|---|\n| Trims | slowly | fast |\n";

static void check_same(struct str bytes, const char *layout)
{
	struct import_options options = {.layout = str_of(layout), .file_name = S("été.txt")};
	struct buf here = {.arena = test_arena};
	struct str json = {0};
	const char *wrong;
	json_write(&here, import_document(test_arena, bytes, shipped_layouts(), &options));
	CHECK(import_apart(APART_ALONE, test_arena, &apart_document, bytes, &options, &json,
			   &wrong));
	CHECK_STR(json, buf_str(&here));
}

TEST("standards import: a document read apart gives the same bytes as one read here")
{
	check_same(str_of(own), "auto");
	check_same(str_of(own), "markdown");
	check_same(S(""), "auto"); /* refused, in the same words */
	check_same(S("%PDF-1.7\n"), "auto");
}

TEST("standards import: the published documents read apart give the same bytes")
{
	for (int i = 0; i < 5; i++) {
		SHARED(bytes, documents[i]);
		check_same(bytes, document_layouts[i]);
		check_same(bytes, "auto");
	}
}

TEST("standards import: the published CASE packages read apart give the same bytes")
{
	static const char *const packages[] = {
		"data/case-packages/smarterbalanced-HSMATH.json",
		"data/case-packages/opensalt-sample-20c5134f.json",
		"data/case-packages/opensalt-test-Utf8TestFramework.json",
		"data/case-packages/smarterbalanced-CFDocuments-list.json",
	};
	for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
		SHARED(bytes, packages[i]);
		struct import_options options = {.file_name = S("p.json")};
		struct case_options as = {.file_name = S("p.json")};
		struct buf here = {.arena = test_arena};
		struct str json = {0};
		const char *wrong;
		json_write(&here, case_result(test_arena, case_read(test_arena, bytes, &as), 400));
		CHECK(import_apart(APART_ALONE, test_arena, &apart_package, bytes, &options, &json,
				   &wrong));
		CHECK_STR(json, buf_str(&here));
	}
}

/* A result, then one number of it made wrong. */
TEST("standards import: a result that points at nothing is not believed")
{
	static const struct {
		const char *list, *name;
		int64_t value;
	} wrong[] = {
		{"items", "id", 7},           {"items", "parent", 2},
		{"items", "parent", 1 << 30}, {"items", "parent", -1},
		{"items", "line", 0},         {"items", "line", 99},
		{"levels", "id", 0},          {"levels", "id", 1 << 30},
		{"descriptors", "level", 9},  {"descriptors", "criterion", -1},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct val *r = imported_text(own, "markdown");
		struct val *rows = val_get(r, wrong[i].list);
		NEED(val_count(rows) > 0);
		CHECK(import_is_sound(r, true));
		val_set_int(val_at(rows, !strcmp(wrong[i].list, "items")), wrong[i].name,
			    wrong[i].value);
		CHECK(!import_is_sound(r, true));
	}
	CHECK(!import_is_sound(val_null(), true));
	CHECK(!import_is_sound(val_object(test_arena), true));
}

TEST("standards import: a table read apart gives the rows that it gives here, another one none")
{
	static const char *const tables[] = {
		"code,kind,parent_uuid,depth,uuid,title_en\nA,area,,0,u1,\"At, the door\"\n"
		"A1,competency,u1,1,u2,Greets\n",
		"\xef\xbb\xbf"
		"code;kind;parent_uuid;depth;uuid;title_fr\r\nA;area;;0;u1;'=été\r\n",
		"code,kind,parent_uuid,depth,uuid\n",
	};
	const char *wrong = "";
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct buf here = {.arena = test_arena}, there = {.arena = test_arena};
		struct str bytes = str_of(tables[i]);
		CHECK(table_is_export(test_arena, bytes));
		json_write(&here, table_rows(test_arena, bytes));
		json_write(&there, import_apart_table(APART_ALONE, test_arena, bytes, &wrong));
		CHECK_STR(buf_str(&there), buf_str(&here));
	}
	CHECK(val_is_null(import_apart_table(APART_ALONE, test_arena, str_of(own), &wrong)));
	CHECK(!wrong);
	CHECK(!import_apart_table((struct apart){1000}, test_arena, str_of(own), &wrong));
	CHECK(wrong && *wrong); /* nobody reads it: it is not read here instead */
}

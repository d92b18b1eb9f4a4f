#include "base/csv.h"

#include "base/json.h"
#include "test.h"

#include <string.h>

static struct str as_json(const struct val *v)
{
	struct buf b = {.arena = test_arena};
	json_write(&b, v);
	return buf_str(&b);
}

static struct csv read_all(struct str bytes)
{
	struct csv_options as_rows = {.header = CSV_HEADER_NO};
	return csv_read(test_arena, bytes, &as_rows);
}

TEST("CSV cells: quotes, doubled quotes, separators and line breaks inside")
{
	static const struct {
		const char *text, *rows;
		int errors;
	} cases[] = {
		{"a,b\r\nc,d\r\n", "[[\"a\",\"b\"],[\"c\",\"d\"]]", 0},
		{"a,b\nc,d", "[[\"a\",\"b\"],[\"c\",\"d\"]]", 0},
		{"a,b\rc,d\r", "[[\"a\",\"b\"],[\"c\",\"d\"]]", 0},
		{"a,\"b,\"\"x\"\"\"\n", "[[\"a\",\"b,\\\"x\\\"\"]]", 0},
		{"a,\"b\r\nc\nd\"\ne,f\n", "[[\"a\",\"b\\nc\\nd\"],[\"e\",\"f\"]]", 0},
		{"a,\n,b\n", "[[\"a\",\"\"],[\"\",\"b\"]]", 0},
		{"a,b\n\n \n,\nc,d\n", "[[\"a\",\"b\"],[\"c\",\"d\"]]", 0},
		{" a , b\n", "[[\" a \",\" b\"]]", 0},
		{"5\" pipe,x\n", "[[\"5\\\" pipe\",\"x\"]]", 0},
		{"a,b\nc\n", "[[\"a\",\"b\"],[\"c\",\"\"]]", 1},
		{"a,b\nc,d,\n", "[[\"a\",\"b\"],[\"c\",\"d\",\"\"]]", 0},
		{"a,b\nc,d,e\n", "[[\"a\",\"b\"],[\"c\",\"d\",\"e\"]]", 1},
		{"a,\"b\"x,\n", "[[\"a\",\"bx\",\"\"]]", 1},
		{"a,\"b\nc,d\n", "[[\"a\",\"b\\nc,d\\n\"]]", 1},
		{"a,b\x07\n", "[[\"a\",\"b\\u0007\"]]", 1},
		{"e\xCC\x81,b\n", "[[\"é\",\"b\"]]", 0},
		{"\"\"", "[]", 1},
		{"", "[]", 1},
		{"\n\n", "[]", 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct csv_options o = {.header = CSV_HEADER_NO, .separator = ','};
		struct csv csv = csv_read(test_arena, str_of(cases[i].text), &o);
		if (!CHECK_STR(as_json(csv.rows), cases[i].rows) ||
		    !CHECK_INT(val_count(csv.errors), cases[i].errors))
			CHECK_STR(cases[i].text, "the case that failed");
	}
}

TEST("the separator is found, also among decimal commas and inside quotes")
{
	static const struct {
		const char *text;
		char separator;
	} cases[] = {
		{"a,b\n1,2\n", ','},
		{"a;b\n1;2\n", ';'},
		{"a\tb\n1\t2\n", '\t'},
		{"nom;montant\nA;1,5\nB;2,5\n", ';'},
		{"1,5;2,5\n3,5;4,5\n", ';'},
		{"name,notes\nA,\"x;y;z\"\nB,\"u;v;w\"\n", ','},
		{"one column\nof words\n", ','},
		{"sep=;\na,b;c\n", ';'},
		{"sep=|\r\na,b|c\n", '|'},
		{"", ','},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!CHECK_INT(csv_read(test_arena, str_of(cases[i].text), NULL).separator,
			       cases[i].separator))
			CHECK_STR(cases[i].text, "the case that failed");
	struct csv sep = csv_read(test_arena, S("sep=;\nname;x\nA;1\n"), NULL);
	CHECK_STR(as_json(sep.columns), "[\"name\",\"x\"]");
	CHECK_INT(sep.lines[0], 3);
}

TEST("the encoding is found, by its mark or by its bytes")
{
	static const struct {
		struct str bytes;
		const char *encoding;
		bool bom;
	} cases[] = {
		{STR("nom;ville\nÉlodie;Orléans\n"), "utf-8", false},
		{STR("\xEF\xBB\xBFnom;ville\nÉlodie;Orléans\n"), "utf-8", true},
		{STR("nom;ville\n\xC9lodie;Orl\xE9"
		     "ans\n"),
		 "windows-1252", false},
		{STR("\xFF\xFEn\0o\0m\0;\0v\0i\0l\0l\0e\0\n\0\xC9\0l\0o\0d\0i\0e\0;\0O\0r\0l\0"
		     "\xE9\0a\0n\0s\0"),
		 "utf-16le", true},
		{STR("\xFE\xFF\0n\0o\0m\0;\0v\0i\0l\0l\0e\0\n\0\xC9\0l\0o\0d\0i\0e\0;\0O\0r\0l\0"
		     "\xE9\0a\0n\0s"),
		 "utf-16be", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct csv csv = csv_read(test_arena, cases[i].bytes, NULL);
		CHECK_STR(csv.encoding, cases[i].encoding);
		CHECK_INT(csv.bom, cases[i].bom);
		CHECK_INT(csv.separator, ';');
		CHECK_STR(as_json(csv.columns), "[\"nom\",\"ville\"]");
		CHECK_STR(as_json(csv.rows), "[[\"Élodie\",\"Orléans\"]]");
		CHECK_INT(val_count(csv.errors), 0);
	}
	struct csv_options told = {.encoding = "windows-1252"};
	struct csv csv = csv_read(test_arena, S("caf\xC3\xA9,b\n"), &told);
	CHECK_STR(as_json(csv.columns), "[\"cafÃ©\",\"b\"]");
}

TEST("UTF-8 with one broken byte is UTF-8 with an error in that row")
{
	struct csv csv = csv_read(
		test_arena, S("nom,ville\nÉlodie,Orléans\nAndré,Québec\nZo\xEB,Montréal\n"), NULL);
	CHECK_STR(csv.encoding, "utf-8");
	CHECK_STR(as_json(val_at(csv.rows, 2)), "[\"Zo\uFFFD\",\"Montréal\"]");
	CHECK_STR(as_json(csv.errors), "[{\"row\":3,\"line\":4,\"message\":\"There are bytes that "
				       "are no character in the file's encoding.\"}]");
}

TEST("what is no text is refused and says what to do")
{
	static const struct str files[] = {
		STR("PK\3\4\24\0\6\0\x08\0"),
		STR("\xFF\xFE\0"),
		STR("\xFE\xFF\xD8\0"),
		STR("a,b\n\x81\x8D\n"),
	};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct csv csv = csv_read(test_arena, files[i], NULL);
		CHECK_INT(val_count(csv.rows), 0);
		CHECK_INT(val_count(csv.columns), 0);
		CHECK_INT(val_count(csv.errors), 1);
		CHECK_INT(val_i(val_at(csv.errors, 0), "row"), 0);
	}
}

TEST("a header is seen by known names, or by cells that are no data")
{
	static const char *const known[] = {"Prénom", "Courriel", NULL};
	static const struct {
		const char *text;
		bool header;
	} cases[] = {
		{"name,age\nA,3\n", true},       {"name,3\nA,4\n", false},
		{"2026-01-01,x\n", false},       {"a@example.org,x\n", false},
		{"x,x\ny,z\n", false},           {"x,\ny,z\n", false},
		{"prenom,2026,\nA,1,2\n", true}, {"PRÉNOM,2026,\nA,1,2\n", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct csv_options o = {.names = known};
		struct csv csv = csv_read(test_arena, str_of(cases[i].text), &o);
		if (!CHECK_INT(csv.header, cases[i].header))
			CHECK_STR(cases[i].text, "the case that failed");
	}
	struct csv plain = read_all(S("a,b\n"));
	CHECK_STR(as_json(plain.columns), "[\"1\",\"2\"]");
	struct csv_options yes = {.header = CSV_HEADER_YES};
	struct csv twice = csv_read(test_arena, S("a,b,a,\n1,2,3,4\n"), &yes);
	CHECK_STR(as_json(twice.columns), "[\"a\",\"b\",\"a\",\"4\"]");
	CHECK_INT(val_count(twice.errors), 1);
}

TEST("errors name the row and the line in the file, where a cell has line breaks too")
{
	struct csv csv = csv_read(test_arena, S("a,b\n\"x\ny\",1\n\nz\n"), NULL);
	CHECK_STR(as_json(csv.errors), "[{\"row\":2,\"line\":5,\"message\":\"There are fewer cells "
				       "than columns.\"}]");
	CHECK_INT(csv.lines[0], 2);
	CHECK_INT(csv.lines[1], 5);
}

TEST("rows and columns are bounded, and a wrong file does not drown in messages")
{
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < 5000; i++)
		buf_lit(&b, "1,2\n3\n");
	struct csv_options few = {.most_rows = 10, .header = CSV_HEADER_NO};
	struct csv csv = csv_read(test_arena, buf_str(&b), &few);
	CHECK_INT(val_count(csv.rows), 10);
	CHECK_INT(val_i(val_at(csv.errors, 5), "line"), 11);
	CHECK_INT(val_count(read_all(buf_str(&b)).errors), 1000);
	b.n = 0;
	for (int i = 0; i < 3000; i++)
		buf_lit(&b, "x,");
	csv = read_all(buf_str(&b));
	CHECK_INT(val_count(csv.columns), 1000);
	CHECK_INT(val_count(csv.errors), 1);
}

static struct str written(const struct csv_style *style, const struct val *row)
{
	struct buf b = {.arena = test_arena};
	csv_begin(&b, style);
	csv_write(&b, style, row);
	return buf_str(&b);
}

TEST("CSV is written for programs, and for Excel in French")
{
	struct val *row = val_list(test_arena);
	val_push(row, val_text(test_arena, S("a,b")));
	val_push(row, val_text(test_arena, S("l’été; \"x\"\ny")));
	val_push(row, val_real(test_arena, 1.5));
	val_push(row, val_int(test_arena, -2));
	val_push(row, val_null());
	val_push(row, val_bool(test_arena, true));
	static const struct csv_style plain = {0}, comma = {.decimal = ','};
	CHECK_STR(written(&plain, row), "\"a,b\",\"l’été; \"\"x\"\"\ny\",1.5,-2,,true\r\n");
	CHECK_STR(written(&csv_excel_fr, row), "\xEF\xBB\xBF"
					       "a,b;\"l’été; \"\"x\"\"\ny\";1,5;-2;;true\r\n");
	CHECK_STR(written(&comma, row), "\"a,b\",\"l’été; \"\"x\"\"\ny\",\"1,5\",-2,,true\r\n");
	struct val *tags = val_list(test_arena), *nested = val_object(test_arena);
	val_push(tags, val_text(test_arena, S("x")));
	val_set(nested, "tags", tags);
	CHECK_STR(written(&plain, nested), "\"[\"\"x\"\"]\"\r\n");
	struct val *one = val_list(test_arena);
	val_push(one, val_null());
	CHECK_STR(written(&plain, one), "\"\"\r\n");
}

TEST("a text that a spreadsheet would run is disarmed where asked")
{
	static const struct csv_style guarded = {.guard = true}, plain = {0};
	static const char *const cases[][2] = {
		{"=1+1", "'=1+1\r\n"}, {"+1 514 555-0199", "'+1 514 555-0199\r\n"},
		{"-5", "-5\r\n"},      {"-5.5", "-5.5\r\n"},
		{"-x", "'-x\r\n"},     {"@SUM(A1)", "'@SUM(A1)\r\n"},
		{"\t=1", "'\t=1\r\n"}, {"=\"a\"", "\"'=\"\"a\"\"\"\r\n"},
		{"a=1", "a=1\r\n"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct val *row = val_list(test_arena);
		val_push(row, val_text(test_arena, str_of(cases[i][0])));
		CHECK_STR(written(&guarded, row), cases[i][1]);
	}
	struct val *row = val_list(test_arena);
	val_push(row, val_text(test_arena, S("=1+1")));
	CHECK_STR(written(&plain, row), "=1+1\r\n");
}

TEST("what is written is read back the same")
{
	static const char *const cells[] = {"sep=", "",    " a ",    "\"", "a\"b", "a\nb",
					    "a,b",  "a;b", "\"\"\n", "é",  "a\tb"};
	const size_t n = sizeof cells / sizeof *cells;
	static const struct csv_style styles[] = {{0}, {.separator = ';', .bom = true}};
	for (size_t s = 0; s < 2; s++) {
		struct buf b = {.arena = test_arena};
		struct val *rows = val_list(test_arena);
		csv_begin(&b, &styles[s]);
		for (size_t i = 0; i < 100; i++) {
			struct val *row = val_list(test_arena);
			val_push(row, val_text(test_arena, i ? S("x") : S("sep=")));
			for (size_t c = 0; c < 3; c++) {
				size_t which = (i + c * (i / n + 1)) % n;
				val_push(row, val_text(test_arena, str_of(cells[which])));
			}
			val_push(rows, row);
			csv_write(&b, &styles[s], row);
		}
		struct csv csv = read_all(buf_str(&b));
		CHECK(val_equal(csv.rows, rows));
		CHECK_INT(val_count(csv.errors), 0);
	}
}

#include "web/field.h"

#include "base/arena.h"
#include "base/json.h"
#include "test.h"
#include "web/url.h"

#include <stdio.h>

static const char *const colours[] = {"red", "green", NULL};

/* Reads one field from a query: `in` and `errors` as JSON. */
static struct str read_as(const struct catalogue *words, struct field field, const char *query,
			  enum fields_result *result)
{
	struct field fields[] = {field, {0}};
	struct form sent = {0}, path = {0};
	struct val *in = val_object(test_arena), *errors = val_object(test_arena);
	query_parse(test_arena, str_of(query), &sent);
	*result = fields_read(test_arena, words, fields, &path, &sent, in, errors);
	struct buf b = {.arena = test_arena};
	json_write(&b, in);
	if (val_count(errors)) {
		buf_char(&b, ' ');
		buf_add(&b, val_s(errors, field.name));
	}
	return buf_str(&b);
}

static const struct {
	struct field field;
	const char *query, *want;
} cases[] = {
	{{"f"}, "f=+a+b+", "{\"f\":\"a b\"}"},
	{{"f"}, "", "{\"f\":\"\"}"},
	{{"f"}, "g=1&x=2", "{\"f\":\"\"}"},
	{{"f"}, "f=1&f=2", "{\"f\":\"2\"}"},
	{{"f"}, "f=e%CC%81", "{\"f\":\"é\"}"},
	{{"f"}, "f=a%0Ab", "{\"f\":\"a\\nb\"} Take out the characters that cannot be shown."},
	{{"f"},
	 "f=a%E2%80%AEb",
	 "{\"f\":\"a\u202Eb\"} Take out the characters that cannot be shown."},
	{{"f", .required = true}, "f=++", "{\"f\":\"\"} Fill this in."},
	{{"f", .max = 3}, "f=%C3%A9%C3%A9%C3%A9", "{\"f\":\"ééé\"}"},
	{{"f", .max = 3}, "f=abcd", "{\"f\":\"abcd\"} Use 3 characters or fewer."},
	{{"f", .min = 3}, "f=ab", "{\"f\":\"ab\"} Use 3 characters or more."},
	{{"f", .min = 3}, "f=", "{\"f\":\"\"}"},
	{{"f", .one_of = colours}, "f=red", "{\"f\":\"red\"}"},
	{{"f", .one_of = colours},
	 "f=blue",
	 "{\"f\":\"blue\"} Choose one of the answers in the list."},
	{{"f", .one_of = colours}, "f=", "{\"f\":\"\"}"},
	{{"f", FIELD_LINES}, "f=++a%0D%0Ab%0Dc%0A%0A", "{\"f\":\"  a\\nb\\nc\"}"},
	{{"f", FIELD_LINES, .required = true}, "f=%0D%0A+", "{\"f\":\"\"} Fill this in."},
	{{"f", FIELD_LINES},
	 "f=a%07",
	 "{\"f\":\"a\\u0007\"} Take out the characters that cannot be shown."},
	{{"f", FIELD_INT}, "f=12", "{\"f\":12}"},
	{{"f", FIELD_INT}, "f=-12", "{\"f\":-12}"},
	{{"f", FIELD_INT}, "f=1+234%E2%80%AF567", "{\"f\":1234567}"},
	{{"f", FIELD_INT}, "", "{\"f\":null}"},
	{{"f", FIELD_INT, .required = true}, "f=", "{\"f\":null} Fill this in."},
	{{"f", FIELD_INT}, "f=1.5", "{\"f\":\"1.5\"} Enter a whole number, such as 12."},
	{{"f", FIELD_INT},
	 "f=99999999999999999999",
	 "{\"f\":\"99999999999999999999\"} Enter a whole number, such as 12."},
	{{"f", FIELD_INT, .min = 1, .max = 2000},
	 "f=0",
	 "{\"f\":\"0\"} Enter a number from 1 to 2,000."},
	{{"f", FIELD_INT, .min = 5}, "f=4", "{\"f\":\"4\"} Enter a number that is not below 5."},
	{{"f", FIELD_INT, .min = 5}, "f=5", "{\"f\":5}"},
	{{"f", FIELD_REAL}, "f=2%2C5", "{\"f\":2.5}"},
	{{"f", FIELD_REAL}, "f=x", "{\"f\":\"x\"} Enter a number, such as 12 or 2.5."},
	{{"f", FIELD_REAL}, "f=nan", "{\"f\":\"nan\"} Enter a number, such as 12 or 2.5."},
	{{"f", FIELD_REAL, .max = 10}, "f=10.5", "{\"f\":\"10.5\"} Enter a number from 0 to 10."},
	{{"f", FIELD_FLAG}, "", "{\"f\":0}"},
	{{"f", FIELD_FLAG}, "f=0&f=1", "{\"f\":1}"},
	{{"f", FIELD_FLAG}, "f=on", "{\"f\":1}"},
	{{"f", FIELD_FLAG}, "f=maybe", "{\"f\":0} Tick the box or leave it empty."},
	{{"f", FIELD_FLAG, .required = true}, "", "{\"f\":0} Tick the box to go on."},
	{{"f", FIELD_DATE}, "f=2028-02-29", "{\"f\":\"2028-02-29\"}"},
	{{"f", FIELD_DATE},
	 "f=2027-02-29",
	 "{\"f\":\"2027-02-29\"} Enter a date as year-month-day, such as 2026-11-22."},
	{{"f", FIELD_DATE}, "", "{\"f\":null}"},
	{{"f", FIELD_ID}, "f=7", "{\"f\":7}"},
	{{"f", FIELD_ID}, "f=0", "{\"f\":\"0\"} Choose one of the answers in the list."},
	{{"f", FIELD_ID}, "f=-7", "{\"f\":\"-7\"} Choose one of the answers in the list."},
	{{"f", FIELD_ID}, "f=007", "{\"f\":\"007\"} Choose one of the answers in the list."},
	{{"f", FIELD_ID}, "", "{\"f\":null}"},
	{{"f", FIELD_LANG}, "f=fr", "{\"f\":\"fr\"}"},
	{{"f", FIELD_LANG}, "f=FR-ca", "{\"f\":\"fr-CA\"}"},
	{{"f", FIELD_LANG}, "f=iu-cans-CA", "{\"f\":\"iu-Cans-CA\"}"},
	{{"f", FIELD_LANG}, "f=f", "{\"f\":\"f\"} Choose a language."},
	{{"f", FIELD_LANG}, "f=fr-", "{\"f\":\"fr-\"} Choose a language."},
	{{"f", FIELD_LANG}, "f=1r", "{\"f\":\"1r\"} Choose a language."},
	{{"f", FIELD_LANG, .required = true}, "", "{\"f\":\"\"} Choose a language."},
	{{"f", FIELD_MANY}, "f=a&f=+b+&f=", "{\"f\":[\"a\",\"b\"]}"},
	{{"f", FIELD_MANY}, "", "{\"f\":[]}"},
	{{"f", FIELD_COLUMN}, "f=a%0D%0Ab+&f=&f=+c", "{\"f\":[\"a\\nb\",\"\",\" c\"]}"},
	{{"f", FIELD_COLUMN, .max = 2},
	 "f=abc&f=",
	 "{\"f\":[\"abc\",\"\"]} Use 2 characters or fewer."},
	{{"f", FIELD_COLUMN},
	 "f=a%07",
	 "{\"f\":[\"a\\u0007\"]} Take out the characters that cannot be shown."},
	{{"f", FIELD_MANY, .required = true}, "", "{\"f\":[]} Choose at least 1."},
	{{"f", FIELD_MANY, .min = 2}, "f=a", "{\"f\":[\"a\"]} Choose at least 2."},
	{{"f", FIELD_MANY, .max = 1}, "f=a&f=b", "{\"f\":[\"a\",\"b\"]} Choose 1 or fewer."},
	{{"f", FIELD_MANY, .one_of = colours},
	 "f=red&f=x",
	 "{\"f\":[\"red\"]} Choose one of the answers in the list."},
	{{"f", FIELD_SECRET}, "f=+a+", "{\"f\":\" a \"}"},
	{{"f", FIELD_SECRET, .max = 2}, "f=abc", "{\"f\":null} Use 2 characters or fewer."},
	{{"f", FIELD_SECRET, .required = true}, "", "{\"f\":null} Fill this in."},
	{{"f", FIELD_FILE, .required = true}, "f=text", "{\"f\":null} Choose a file."},
	{{"f", FIELD_FILE}, "", "{\"f\":null}"},
};

TEST("every kind of field gives its value, or keeps what was typed beside a clear message")
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum fields_result result;
		struct str got = read_as(NULL, cases[i].field, cases[i].query, &result);
		bool refused = str_find(str_of(cases[i].want), S("} ")) >= 0;
		if (!CHECK_STR(got, cases[i].want) ||
		    !CHECK_INT(result, refused ? FIELDS_WRONG : FIELDS_OK))
			printf("\tcase %zu: %s\n", i, cases[i].query);
	}
}

TEST("a file comes with its name and type, and is bounded")
{
	struct field fields[] = {{"f", FIELD_FILE, .max = 2000}, {0}};
	struct form sent, path = {0};
	struct val *in = val_object(test_arena), *errors = val_object(test_arena);
	struct str body =
		S("--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a/b.csv\"\r\n"
		  "Content-Type: text/csv\r\n\r\n1,2\r\n--X--");
	NEED(form_parse(test_arena, S("multipart/form-data; boundary=X"), body, &sent) == FORM_OK);
	CHECK_INT(fields_read(test_arena, NULL, fields, &path, &sent, in, errors), FIELDS_OK);
	CHECK_STR(val_get_str(val_path(in, "f.name")), "b.csv");
	CHECK_STR(val_get_str(val_path(in, "f.type")), "text/csv");
	CHECK_INT(val_kind(val_path(in, "f.bytes")), VAL_BLOB);
	CHECK_STR(val_get_str(val_path(in, "f.bytes")), "1,2");
	fields[0].max = 2;
	CHECK_INT(fields_read(test_arena, NULL, fields, &path, &sent, in, errors), FIELDS_WRONG);
	CHECK_STR(val_s(errors, "f"), "Choose a file of 2\u00A0B or less.");
	CHECK(val_is_null(val_get(in, "f")));
}

TEST("a parameter of the path that is not of its kind leads nowhere, and wins over the form")
{
	struct field fields[] = {{"id", FIELD_ID}, {0}};
	struct form sent = {0}, path = {0};
	struct val *in = val_object(test_arena), *errors = val_object(test_arena);
	form_add(test_arena, &sent, S("id"), S("9"));
	form_add(test_arena, &path, S("id"), S("x"));
	CHECK_INT(fields_read(test_arena, NULL, fields, &path, &sent, in, errors), FIELDS_NOWHERE);
	path.part[0].value = S("8");
	CHECK_INT(fields_read(test_arena, NULL, fields, &path, &sent, in, errors), FIELDS_OK);
	CHECK_INT(val_i(in, "id"), 8);
	CHECK_INT(fields_read(test_arena, NULL, NULL, &path, &sent, in, errors), FIELDS_OK);
}

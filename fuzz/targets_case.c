/* What programs ask of the CASE interface, and what packages gave it to give back. */
#include "app/standards/case/query_rules.h"
#include "app/standards/case/shape_rules.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "targets.h"

static const char documents[] =
	"[{\"title\":\"\xC3\x89"
	"coles\",\"language\":\"fr\",\"subject\":[\"Math\",\"Art\"],"
	"\"lastChangeDateTime\":\"2026-01-05T10:00:00Z\",\"licenseURI\":{\"title\":\"CC BY\"}},"
	"{\"title\":\"O'Brien AND Sons\",\"language\":\"EN\",\"version\":9,"
	"\"extensions\":{\"a\":{\"b\":\"x\"}},\"subjectURI\":[{\"title\":\"Art\"}]}]";

/* A line each: filter, sort, fields, limit and offset; the rest is the query as sent. */
void fuzz_case_query(struct arena *a, struct str input)
{
	struct json_error error;
	struct str line[5] = {0};
	for (int i = 0; i < 5; i++)
		str_cut(&input, '\n', &line[i]);
	struct case_query q = {.filter = line[0],
			       .sort = line[1],
			       .fields = line[2],
			       .has_fields = line[2].n > 0,
			       .limit = line[3],
			       .offset = line[4]};
	struct val *rows = json_read(a, str_of(documents), sizeof documents, &error);
	struct case_page page = case_query(a, rows, &q, case_names(a, &case_document, CASE_11),
					   case_names(a, &case_link, CASE_11));
	MUST(page.refused ? page.field && !val_count(page.rows)
			  : page.total <= 2 && (int64_t)val_count(page.rows) <= page.total);
	if (page.refused)
		return;
	struct str links = case_links(a, S("http://a"), input, &page);
	for (size_t i = 0; i < links.n; i++)
		MUST((unsigned char)links.p[i] >= ' ' && (unsigned char)links.p[i] < 127);
}

/* Shaped once is shaped for good, and holds no null. */
void fuzz_case_shape(struct arena *a, struct str input)
{
	static const struct case_shape *const shapes[] = {&case_document, &case_item,
							  &case_association, &case_rubric};
	struct json_error error;
	struct val *v = json_read(a, input, 1 << 20, &error);
	for (size_t i = 0; v && i < sizeof shapes / sizeof *shapes; i++)
		for (int edition = 0; edition < 2; edition++) {
			enum case_edition e = edition ? CASE_10 : CASE_11;
			struct val *once = case_shaped(a, shapes[i], e, true, v, NULL, NULL);
			struct val *twice = case_shaped(a, shapes[i], e, true, once, NULL, NULL);
			struct buf first = {.arena = a}, second = {.arena = a};
			json_write(&first, once);
			json_write(&second, twice);
			MUST(str_eq(buf_str(&first), buf_str(&second)));
		}
}

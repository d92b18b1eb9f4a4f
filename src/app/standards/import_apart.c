#include "app/standards/import_apart.h"

#include "app/standards/table_import.h"
#include "base/json.h"

enum {
	RESULT_BYTES = 64 << 20,
	DOCUMENT_MEMORY = 512 << 20,
	PACKAGE_MEMORY = 2047 << 20, /* 64 times the largest file that a page takes, and more */
	SECONDS = 20,
	PACKAGE_SECONDS = 60, /* a hundred thousand items take a few */
	SHOWN = 400,
};

static struct val *read_document(struct arena *a, struct str bytes, const struct val *options)
{
	struct import_options as = {.layout = val_s(options, "layout"),
				    .lang = val_s(options, "lang"),
				    .file_name = val_s(options, "file_name")};
	return import_document(a, bytes, import_layouts(a), &as);
}

static struct val *read_package(struct arena *a, struct str bytes, const struct val *options)
{
	struct case_options as = {.lang = val_s(options, "lang"),
				  .file_name = val_s(options, "file_name")};
	return case_result(a, case_read(a, bytes, &as), SHOWN);
}

static struct val *read_whole(struct arena *a, struct str bytes, const struct val *options)
{
	struct case_options as = {.lang = val_s(options, "lang"),
				  .file_name = val_s(options, "file_name")};
	const struct case_package *p = case_read(a, bytes, &as);
	struct val *out = val_object(a);
	val_set(out, "result", case_result(a, p, (int)val_i(options, "items")));
	val_set(out, "package", p->refused ? val_null() : case_package_out(a, p));
	return out;
}

static struct val *read_table(struct arena *a, struct str bytes, const struct val *options)
{
	struct val *out = val_object(a);
	(void)options;
	val_set(out, "rows", table_is_export(a, bytes) ? table_rows(a, bytes) : val_null());
	return out;
}

/* Something of each kind: every layout is tried on it. */
static const char sample[] = "# Été 1\n\n## S1 Words\n\n- a “quay”: œuvre\n  - b\n\n| A | B |\n"
			     "|---|---|\n| c | d |\n\na) See S1.\n";

static const char sample_package[] =
	"{\"CFDocument\":{\"identifier\":\"a\",\"title\":\"Été\"},\"CFItems\":[{\"identifier\":"
	"\"b\",\"fullStatement\":\"<p>Ropes &amp; "
	"knots</p>\"}],\"CFAssociations\":[{\"identifier\":"
	"\"c\",\"associationType\":\"isChildOf\",\"originNodeURI\":{\"identifier\":\"b\"},"
	"\"destinationNodeURI\":{\"identifier\":\"a\"}}]}";

static const char sample_table[] = "\xef\xbb\xbf"
				   "code;kind;parent_uuid;depth;uuid;title_fr\r\n"
				   "A;area;;0;u;\"Été,\r\nici\"\r\n";

const struct apart_kind standards_apart[] = {
	{.name = "standards.document",
	 .read = read_document,
	 .sample = sample,
	 .memory = DOCUMENT_MEMORY,
	 .cpu_seconds = SECONDS,
	 .answer = RESULT_BYTES},
	{.name = "standards.package",
	 .read = read_package,
	 .sample = sample_package,
	 .memory = PACKAGE_MEMORY,
	 .cpu_seconds = SECONDS,
	 .answer = RESULT_BYTES},
	{.name = "standards.table",
	 .read = read_table,
	 .sample = sample_table,
	 .memory = DOCUMENT_MEMORY,
	 .cpu_seconds = SECONDS,
	 .answer = RESULT_BYTES},
	{.name = "standards.whole",
	 .read = read_whole,
	 .sample = sample_package,
	 .memory = PACKAGE_MEMORY,
	 .cpu_seconds = PACKAGE_SECONDS},
	{0},
};

/* Texts by name, and nothing else. */
static bool rows_are_sound(const struct val *rows)
{
	bool sound = val_kind(rows) == VAL_LIST || val_is_null(rows);
	for (size_t i = 0; i < val_count(rows) && sound; i++) {
		const struct val *row = val_at(rows, i);
		sound = val_kind(row) == VAL_OBJECT;
		for (size_t k = 0; k < val_count(row) && sound; k++)
			sound = val_kind(val_at(row, k)) == VAL_TEXT;
	}
	return sound;
}

static const char *why(enum apart_end end)
{
	return apart_words(end == APART_READ ? APART_FAULT : end);
}

struct val *import_apart_table(struct apart apart, struct arena *a, struct str bytes,
			       const char **wrong)
{
	struct val *result = NULL;
	enum apart_end end = apart_read(apart, a, &apart_table, bytes, val_object(a), &result);
	bool sound = val_kind(result) == VAL_OBJECT && rows_are_sound(val_get(result, "rows"));
	*wrong = sound ? NULL : why(end);
	return sound ? val_get(result, "rows") : NULL;
}

struct val *import_apart(struct apart apart, struct arena *a, const struct apart_kind *kind,
			 struct str bytes, const struct import_options *options, struct str *json,
			 const char **wrong)
{
	struct val *as = val_object(a);
	struct val *result = NULL;
	val_set_str(as, "layout", options->layout);
	val_set_str(as, "lang", options->lang);
	val_set_str(as, "file_name", options->file_name);
	enum apart_end end = apart_read(apart, a, kind, bytes, as, &result);
	if (result && val_is_null(val_get(result, "refused")) &&
	    !import_is_sound(result, kind == &apart_document))
		result = NULL;
	if (result && json)
		*json = json_text(a, result);
	if (result && json && json->n > RESULT_BYTES)
		result = NULL;
	*wrong = result ? NULL : why(end);
	return result;
}

const struct case_package *import_apart_package(struct apart apart, struct arena *a,
						struct str bytes,
						const struct case_options *options, int most_items,
						struct val **result, const char **wrong)
{
	struct val *as = val_object(a);
	struct val *both = NULL;
	val_set_str(as, "lang", options->lang);
	val_set_str(as, "file_name", options->file_name);
	val_set_int(as, "items", most_items);
	enum apart_end end = apart_read(apart, a, &apart_whole, bytes, as, &both);
	*result = val_get(both, "result");
	bool refused = !val_is_null(val_get(*result, "refused"));
	const struct case_package *package = case_package_in(a, val_get(both, "package"));
	bool sound = val_kind(*result) == VAL_OBJECT &&
		     (refused || (package && import_is_sound(*result, false)));
	*wrong = sound ? NULL : why(end);
	return sound && !refused ? package : NULL;
}

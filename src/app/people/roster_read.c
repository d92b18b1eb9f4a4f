#include "app/people/roster_read.h"

#include "base/buf.h"
#include "base/csv.h"
#include "base/utf8.h"
#include "web/zipped.h"

enum { RESULT_BYTES = 64 << 20, MEMORY = 512 << 20, SECONDS = 20 };

const char *const roster_one_files[] = {"orgs.csv",    "academicSessions.csv", "users.csv",
					"classes.csv", "enrollments.csv",      NULL};
const char *const roster_left_files[] = {"demographics.csv",
					 "courses.csv",
					 "courseResources.csv",
					 "classResources.csv",
					 "resources.csv",
					 "categories.csv",
					 "lineItems.csv",
					 "results.csv",
					 "lineItemScores.csv",
					 "roles.csv",
					 "userProfiles.csv",
					 "manifest.csv",
					 NULL};

/* ---- one table ---- */

/* A cell is one line of text without characters that could make a page lie. */
static struct str cell_read(struct arena *a, struct str cell)
{
	struct str line = utf8_cut(utf8_one_line(a, utf8_nfc(a, cell)), ROSTER_CELL);
	/* What a writer put before what a spreadsheet would run as a formula (base/csv.h). */
	if (line.n > 1 && line.p[0] == '\'' && str_find_char(S("=+-@"), line.p[1]) >= 0)
		line = str_from(line, 1);
	if (!utf8_has_control(line, false))
		return line;
	struct buf b = {.arena = a};
	while (line.n) {
		struct str one = line;
		uint32_t c = utf8_next(&line);
		one.n -= line.n;
		if (!utf8_has_control(one, false))
			utf8_put(&b, c);
	}
	return str_trim(buf_str(&b));
}

static struct val *row_read(struct arena *a, const struct val *cells, size_t columns)
{
	struct val *row = val_list(a);
	for (size_t i = 0; i < val_count(cells) && i < columns; i++)
		val_push(row, val_text(a, cell_read(a, val_get_str(val_at(cells, i)))));
	while (val_count(row) < columns)
		val_push(row, val_text(a, (struct str){0}));
	return row;
}

static void errors_read(struct arena *a, struct val *to, const struct csv *csv)
{
	for (size_t i = 0; i < val_count(csv->errors) && i < 1000; i++) {
		const struct val *from = val_at(csv->errors, i);
		struct val *error = val_push_object(to);
		val_set_int(error, "row", val_i(from, "row"));
		val_set_int(error, "line", val_i(from, "line"));
		val_set_str(error, "message", str_dup(a, val_s(from, "message")));
	}
}

static const char *const header_words[] = {
	"name",        "first name", "last name", "given name", "surname", "full name", "nom",
	"prenom",      "matricule",  "sourcedid", "givenname",  "e-mail",  "email",     "courriel",
	"nom complet", "classe",     "class",     "student",    "eleve",   NULL};

static void file_read(struct arena *a, struct val *files, struct str name, struct str bytes,
		      const struct val *options)
{
	struct str separator = val_s(options, "separator"), encoding = val_s(options, "encoding");
	struct csv_options as = {.names = header_words,
				 .header = CSV_HEADER_YES,
				 .most_rows = ROSTER_ROWS,
				 .separator = separator.n ? *separator.p : 0,
				 .encoding = encoding.n ? str_c(a, encoding) : NULL};
	struct csv csv = csv_read(a, bytes, &as);
	struct val *file = val_push_object(files);
	size_t columns =
		val_count(csv.columns) < ROSTER_COLUMNS ? val_count(csv.columns) : ROSTER_COLUMNS;
	val_set_str(file, "name", name);
	val_set_str(file, "encoding", str_of(csv.encoding));
	val_set_bool(file, "bom", csv.bom);
	val_set_str(file, "separator", str_fmt(a, "%c", csv.separator ? csv.separator : ','));
	val_set(file, "columns", row_read(a, csv.columns, columns));
	struct val *rows = val_set_list(file, "rows"), *lines = val_set_list(file, "lines");
	for (size_t i = 0; i < val_count(csv.rows); i++) {
		val_push(rows, row_read(a, val_at(csv.rows, i), columns));
		val_push(lines, val_int(a, csv.lines[i]));
	}
	errors_read(a, val_set_list(file, "errors"), &csv);
}

/* ---- a file ---- */

static void archive_read(struct arena *a, struct val *out, struct str bytes,
			 const struct val *options)
{
	struct val *files = val_get(out, "files"), *left = val_get(out, "left");
	for (size_t i = 0; roster_one_files[i]; i++) {
		struct str entry = unzipped(a, bytes, roster_one_files[i], ROSTER_BYTES);
		if (entry.p)
			file_read(a, files, str_of(roster_one_files[i]), entry, options);
	}
	for (size_t i = 0; roster_left_files[i]; i++)
		if (unzipped(a, bytes, roster_left_files[i], ROSTER_BYTES).p)
			val_push(left, val_text(a, str_of(roster_left_files[i])));
	if (!val_count(files))
		val_set_str(out, "refused",
			    str_of(N_("None of the files of OneRoster is in this archive.")));
}

struct val *roster_read(struct arena *a, struct str bytes, const struct val *options)
{
	struct val *out = val_object(a);
	val_set_null(out, "refused");
	struct val *files = val_set_list(out, "files");
	val_set_list(out, "left");
	if (str_starts(bytes, S("PK\3\4"))) {
		archive_read(a, out, bytes, options);
		return out;
	}
	file_read(a, files, val_s(options, "file_name"), bytes, options);
	const struct val *file = val_at(files, 0);
	if (!val_count(val_get(file, "rows")))
		val_set_str(out, "refused", str_of(N_("There is no row in this file.")));
	return out;
}

/* ---- apart ---- */

static bool all_are(const struct val *list, enum val_kind kind, size_t most)
{
	bool sound = val_kind(list) == VAL_LIST && val_count(list) <= most;
	for (size_t i = 0; i < val_count(list) && sound; i++)
		sound = val_kind(val_at(list, i)) == kind;
	return sound;
}

static bool clean(const struct val *texts, size_t columns)
{
	bool sound = all_are(texts, VAL_TEXT, columns) && val_count(texts) == columns;
	for (size_t i = 0; i < val_count(texts) && sound; i++)
		sound = !utf8_has_control(val_get_str(val_at(texts, i)), false);
	return sound;
}

static bool file_is_sound(const struct val *file)
{
	const struct val *rows = val_get(file, "rows"), *errors = val_get(file, "errors");
	size_t columns = val_count(val_get(file, "columns"));
	bool sound = val_kind(file) == VAL_OBJECT && columns <= ROSTER_COLUMNS &&
		     clean(val_get(file, "columns"), columns) &&
		     all_are(rows, VAL_LIST, ROSTER_ROWS) &&
		     all_are(val_get(file, "lines"), VAL_INT, ROSTER_ROWS) &&
		     val_count(rows) == val_count(val_get(file, "lines")) &&
		     all_are(errors, VAL_OBJECT, 1000) && val_s(file, "separator").n == 1 &&
		     val_kind(val_get(file, "name")) == VAL_TEXT;
	for (size_t i = 0; i < val_count(rows) && sound; i++)
		sound = clean(val_at(rows, i), columns);
	for (size_t i = 0; i < val_count(errors) && sound; i++)
		sound = val_kind(val_get(val_at(errors, i), "message")) == VAL_TEXT &&
			val_kind(val_get(val_at(errors, i), "line")) == VAL_INT;
	return sound;
}

bool roster_is_sound(const struct val *read)
{
	const struct val *files = val_get(read, "files");
	bool sound = val_kind(read) == VAL_OBJECT && all_are(files, VAL_OBJECT, 10) &&
		     all_are(val_get(read, "left"), VAL_TEXT, 20);
	for (size_t i = 0; i < val_count(files) && sound; i++)
		sound = file_is_sound(val_at(files, i));
	return sound;
}

static const char sample[] = "\xef\xbb\xbfNom;Pr\xc3\xa9nom;Classe\r\n\"Roy\";\xc3\x89lo"
			     "die;7A\r\n";

const struct apart_kind roster_apart[] = {{.name = "people.roster",
					   .read = roster_read,
					   .sample = sample,
					   .memory = MEMORY,
					   .answer = RESULT_BYTES,
					   .cpu_seconds = SECONDS},
					  {0}};

struct val *roster_read_apart(struct apart apart, struct arena *a, struct str bytes,
			      const struct val *options, const char **wrong)
{
	struct val *read = NULL;
	enum apart_end end = apart_read(apart, a, roster_apart, bytes, options, &read);
	bool sound = read && roster_is_sound(read);
	*wrong = sound ? NULL : apart_words(end == APART_READ ? APART_FAULT : end);
	return sound ? read : NULL;
}

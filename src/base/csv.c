#include "base/csv.h"

#include "base/arena.h"
#include "base/instant.h"
#include "base/utf8.h"
#include "base/words.h"

#include <string.h>

#define MOST_ROWS     200000
#define MOST_COLUMNS  1000
#define SAMPLE_BYTES  65536
#define SAMPLE_ROWS   50
#define MOST_MESSAGES 1000 /* a file that is wrong in each row is said to be so often enough */

struct reader {
	struct arena *arena;
	struct str rest;
	char separator;
	int64_t line;           /* of what is read next */
	const char *mistake;    /* in the row just read */
	struct val *empty_cell; /* shared: files are full of them */
};

static bool at_line_end(const struct reader *r)
{
	return r->rest.n == 0 || *r->rest.p == '\n' || *r->rest.p == '\r';
}

static void skip_line_end(struct reader *r)
{
	if (r->rest.n == 0)
		return;
	r->rest = str_from(r->rest, str_starts(r->rest, S("\r\n")) ? 2 : 1);
	r->line++;
}

static struct str read_plain(struct reader *r)
{
	size_t n = 0;
	while (n < r->rest.n && r->rest.p[n] != r->separator && r->rest.p[n] != '\n' &&
	       r->rest.p[n] != '\r')
		n++;
	struct str cell = str_sub(r->rest, 0, n);
	r->rest = str_from(r->rest, n);
	return cell;
}

/* After the opening quote. A line break inside becomes one line feed. */
static struct str read_quoted(struct reader *r)
{
	struct buf cell = {.arena = r->arena};
	for (;;) {
		size_t n = 0;
		while (n < r->rest.n && r->rest.p[n] != '"' && r->rest.p[n] != '\n' &&
		       r->rest.p[n] != '\r')
			n++;
		buf_add(&cell, str_sub(r->rest, 0, n));
		r->rest = str_from(r->rest, n);
		if (r->rest.n == 0) {
			r->mistake = N_("A quotation mark opens a cell and none closes it.");
			break;
		}
		if (*r->rest.p != '"') {
			skip_line_end(r);
			buf_char(&cell, '\n');
			continue;
		}
		r->rest = str_from(r->rest, 1);
		if (!r->rest.n || *r->rest.p != '"')
			break;
		buf_char(&cell, '"');
		r->rest = str_from(r->rest, 1);
	}
	if (at_line_end(r) || *r->rest.p == r->separator)
		return buf_str(&cell);
	r->mistake = N_("There is text after the quotation mark that closes a cell.");
	buf_add(&cell, read_plain(r));
	return buf_str(&cell);
}

/* The text with U+FFFD for what is no character, so that what leaves here is always UTF-8. */
static struct str repaired(struct reader *r, struct str s)
{
	struct buf b = {.arena = r->arena};
	while (s.n) {
		uint32_t c = utf8_next(&s);
		utf8_put(&b, c ? c : UTF8_BAD);
	}
	return buf_str(&b);
}

static struct val *read_cell(struct reader *r)
{
	struct str cell;
	if (r->rest.n && *r->rest.p == '"') {
		r->rest = str_from(r->rest, 1);
		cell = read_quoted(r);
	} else {
		cell = read_plain(r);
	}
	if (cell.n == 0)
		return r->empty_cell;
	if (!utf8_valid(cell) || str_find_char(cell, 0) >= 0) {
		r->mistake = N_("There are bytes that are no character in the file's encoding.");
		cell = repaired(r, cell);
	} else if (utf8_has_control(cell, true)) {
		r->mistake = N_("There is a control character.");
	}
	return val_text(r->arena, utf8_nfc(r->arena, cell));
}

/* Never empty: a blank line is one empty cell. */
static struct val *read_row(struct reader *r)
{
	struct val *row = val_list(r->arena);
	r->mistake = NULL;
	for (;;) {
		struct val *cell = read_cell(r);
		if (val_count(row) < MOST_COLUMNS)
			val_push(row, cell);
		else
			r->mistake = N_("There are more columns than can be read.");
		if (at_line_end(r))
			break;
		r->rest = str_from(r->rest, 1);
	}
	skip_line_end(r);
	return row;
}

static bool is_blank(const struct val *row)
{
	for (size_t i = 0; i < val_count(row); i++)
		if (str_trim(val_get_str(val_at(row, i))).n)
			return false;
	return true;
}

static void add_error(struct csv *csv, size_t row, int64_t line, const char *message)
{
	if (val_count(csv->errors) >= MOST_MESSAGES)
		return;
	struct val *error = val_push_object(csv->errors);
	val_set_int(error, "row", (int64_t)row);
	val_set_int(error, "line", line);
	val_set_str(error, "message", str_of(message));
}

/* How many of the first rows have as many cells as the first one, of 1000; 0 for a single column.
 */
static int evenness(struct arena *a, struct str text, char separator)
{
	struct reader r = {.arena = a, .rest = str_sub(text, 0, SAMPLE_BYTES)};
	r.separator = separator;
	r.empty_cell = val_text(a, (struct str){0});
	size_t columns = 0, rows = 0, same = 0;
	while (r.rest.n && rows < SAMPLE_ROWS) {
		struct val *row = read_row(&r);
		if (is_blank(row) || (r.rest.n == 0 && text.n > SAMPLE_BYTES))
			continue;
		if (rows == 0)
			columns = val_count(row);
		rows++;
		same += val_count(row) == columns;
	}
	return columns > 1 ? (int)(same * 1000 / rows) : 0;
}

/* Where two give even rows the comma loses: it is also in numbers ("1,5;2,5"). */
static char find_separator(struct arena *a, struct str text)
{
	static const char candidates[] = {'\t', ';', ','};
	char best = ',';
	int most = 0;
	for (size_t i = 0; i < sizeof candidates; i++) {
		int even = evenness(a, text, candidates[i]);
		if (even > most) {
			most = even;
			best = candidates[i];
		}
	}
	return best;
}

/* Excel's own way to say it, a first line such as "sep=;". */
static bool take_separator_line(struct str *text, char *separator)
{
	if (text->n < 5 || !str_starts(*text, S("sep=")) ||
	    str_find_char(S(",;\t|"), text->p[4]) < 0)
		return false;
	struct str rest = str_from(*text, 5);
	if (!str_starts(rest, S("\n")) && !str_starts(rest, S("\r\n")))
		return false;
	*separator = text->p[4];
	*text = str_from(rest, rest.p[0] == '\r' ? 2 : 1);
	return true;
}

/* UTF-8 with a few broken bytes is still UTF-8, and is said to be broken; in text of another
 * encoding well-formed sequences are rare. */
static bool looks_utf8(struct str s)
{
	size_t good = 0, bad = 0;
	while (s.n) {
		size_t before = s.n;
		uint32_t c = utf8_next(&s);
		good += c != UTF8_BAD && before - s.n > 1;
		bad += c == UTF8_BAD && before - s.n == 1;
	}
	return bad == 0 || good > bad * 4;
}

static const struct {
	struct str mark;
	const char *encoding;
} byte_order_marks[] = {
	{STR("\xEF\xBB\xBF"), "utf-8"},
	{STR("\xFF\xFE"), "utf-16le"},
	{STR("\xFE\xFF"), "utf-16be"},
};

/* The file as UTF-8; false with the error added if it is none that we know. */
static bool decode(struct csv *csv, struct arena *a, struct str bytes, const char *wanted,
		   struct str *text)
{
	for (size_t i = 0; i < sizeof byte_order_marks / sizeof *byte_order_marks; i++) {
		if (!str_starts(bytes, byte_order_marks[i].mark))
			continue;
		csv->bom = true;
		csv->encoding = byte_order_marks[i].encoding;
		bytes = str_from(bytes, byte_order_marks[i].mark.n);
		break;
	}
	if (wanted)
		csv->encoding = wanted;
	if (!csv->encoding)
		csv->encoding = looks_utf8(bytes) ? "utf-8" : "windows-1252";
	struct str name = str_of(csv->encoding);
	bool ok = true;
	*text = bytes;
	if (str_is(name, "utf-16le") || str_is(name, "utf-16be"))
		ok = utf8_from_utf16(a, bytes, str_is(name, "utf-16be"), text);
	else if (str_find_char(bytes, 0) >= 0)
		ok = false;
	else if (str_is(name, "windows-1252"))
		ok = utf8_from_windows_1252(a, bytes, text);
	if (!ok)
		add_error(csv, 0, 1,
			  N_("This is not text. If it is a spreadsheet, save it as CSV first."));
	return ok;
}

static bool is_data(struct str cell)
{
	double number;
	int64_t day;
	return str_real(cell, &number) || day_read(cell, &day) || str_find_char(cell, '@') >= 0;
}

/* Whether the first row names the columns: it has one of the names that are known, or every cell is
 * filled, differs from the others, and is no number, date or address. */
static bool is_header(struct arena *a, const struct val *row, const char *const *names)
{
	bool likely = true;
	struct val *seen = val_object(a);
	for (size_t i = 0; i < val_count(row); i++) {
		struct str cell = str_trim(val_get_str(val_at(row, i)));
		const char *folded = str_c(a, fold(a, cell));
		for (size_t n = 0; names && names[n]; n++)
			if (cell.n && str_is(fold(a, str_of(names[n])), folded))
				return true;
		if (cell.n == 0 || is_data(cell) || val_has(seen, folded))
			likely = false;
		val_set(seen, folded, val_null());
	}
	return likely;
}

static void name_columns(struct csv *csv, struct arena *a, const struct val *row)
{
	struct val *seen = val_object(a);
	for (size_t i = 0; i < val_count(row); i++) {
		struct str name = csv->header ? str_trim(val_get_str(val_at(row, i))) : S("");
		if (name.n == 0)
			name = str_fmt(a, "%zu", i + 1);
		const char *key = str_c(a, name);
		if (val_has(seen, key))
			add_error(csv, 0, 1, N_("Two columns have the same name."));
		val_set(seen, key, val_null());
		val_push(csv->columns, val_text(a, name));
	}
}

/* Makes a row as long as there are columns, and says what is wrong with it. */
static void fit_row(struct csv *csv, struct reader *r, struct val *row, int64_t line)
{
	size_t columns = val_count(csv->columns), number = val_count(csv->rows) + 1;
	if (r->mistake)
		add_error(csv, number, line, r->mistake);
	if (val_count(row) < columns && !r->mistake)
		add_error(csv, number, line, N_("There are fewer cells than columns."));
	while (val_count(row) < columns)
		val_push(row, r->empty_cell);
	for (size_t i = columns; i < val_count(row); i++) {
		if (val_true(val_at(row, i))) {
			add_error(csv, number, line, N_("There are more cells than columns."));
			break;
		}
	}
	val_push(csv->rows, row);
}

/* The first row makes the columns; true if it was the header and no data. */
static bool take_columns(struct csv *csv, struct reader *r, const struct csv_options *o,
			 const struct val *row, int64_t line)
{
	csv->header = o->header == CSV_HEADER_YES ||
		      (o->header == CSV_HEADER_DETECT && is_header(r->arena, row, o->names));
	name_columns(csv, r->arena, row);
	if (csv->header && r->mistake)
		add_error(csv, 0, line, r->mistake);
	return csv->header;
}

static void read_rows(struct csv *csv, struct reader *r, const struct csv_options *o)
{
	size_t most = o->most_rows ? o->most_rows : MOST_ROWS, room = 64;
	int64_t *lines = arena_many(r->arena, int64_t, room);
	while (r->rest.n) {
		int64_t line = r->line;
		struct val *row = read_row(r);
		size_t count = val_count(csv->rows);
		if (is_blank(row))
			continue;
		if (val_count(csv->columns) == 0 && take_columns(csv, r, o, row, line))
			continue;
		if (count == most) {
			add_error(csv, 0, line, N_("There are more rows than can be read."));
			break;
		}
		if (count == room) {
			lines = arena_grow(r->arena, lines, room * sizeof *lines,
					   2 * room * sizeof *lines);
			room *= 2;
		}
		lines[count] = line;
		fit_row(csv, r, row, line);
	}
	csv->lines = lines;
}

struct csv csv_read(struct arena *a, struct str bytes, const struct csv_options *options)
{
	static const struct csv_options find_out = {0};
	const struct csv_options *o = options ? options : &find_out;
	struct reader r = {.arena = a, .line = 1, .empty_cell = val_text(a, (struct str){0})};
	struct csv csv = {.separator = ','};
	csv.columns = val_list(a);
	csv.rows = val_list(a);
	csv.errors = val_list(a);
	if (!decode(&csv, a, bytes, o->encoding, &r.rest))
		return csv;
	if (take_separator_line(&r.rest, &csv.separator))
		r.line++;
	else if (!o->separator)
		csv.separator = find_separator(a, r.rest);
	if (o->separator)
		csv.separator = o->separator;
	r.separator = csv.separator;
	read_rows(&csv, &r, o);
	if (val_count(csv.columns) == 0)
		add_error(&csv, 0, 1, N_("The file is empty."));
	return csv;
}

#include "base/csv.h"
#include "base/err.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/lang.h"
#include "base/pack.h"
#include "base/utf8.h"
#include "base/words.h"
#include "db/search.h"
#include "targets.h"

#include <string.h>

/* What was read is written, and reads back as the same. */
void fuzz_json(struct arena *a, struct str input)
{
	struct json_error error;
	struct val *v = json_read(a, input, 1 << 20, &error);
	if (!v)
		return;
	struct buf b = {.arena = a}, pretty = {.arena = a};
	json_write(&b, v);
	struct val *again = json_read(a, buf_str(&b), b.n, &error);
	MUST(again && val_equal(v, again));
	json_write_pretty(&pretty, v);
	again = json_read(a, buf_str(&pretty), pretty.n, &error);
	MUST(again && val_equal(v, again));
}

/* What was unpacked is a value that JSON can say, and packs to the same again. */
void fuzz_pack(struct arena *a, struct str input)
{
	struct json_error error;
	struct val *v = pack_read(a, input, 1 << 20);
	if (!v)
		return;
	struct buf b = {.arena = a}, text = {.arena = a};
	pack_write(&b, v);
	const struct val *again = pack_read(a, buf_str(&b), b.n);
	MUST(again && val_equal(v, again));
	json_write(&text, v);
	again = json_read(a, buf_str(&text), text.n, &error);
	MUST(again && val_equal(v, again));
}

/* Every cell is text, every row has its cells, and what is written with commas reads back. */
void fuzz_csv(struct arena *a, struct str input)
{
	struct csv csv = csv_read(a, input, NULL);
	struct csv_style style = {0};
	struct buf b = {.arena = a};
	csv_begin(&b, &style);
	for (size_t i = 0; i < val_count(csv.rows); i++) {
		const struct val *row = val_at(csv.rows, i);
		MUST(val_count(row) >= val_count(csv.columns));
		for (size_t k = 0; k < val_count(row); k++)
			MUST(utf8_valid(val_get_str(val_at(row, k))));
		csv_write(&b, &style, row);
	}
	struct csv_options options = {
		.separator = ',', .encoding = "utf-8", .header = CSV_HEADER_NO};
	struct csv again = csv_read(a, buf_str(&b), &options);
	MUST(val_count(csv.errors) || val_count(again.errors) ||
	     val_count(again.rows) <= val_count(csv.rows));
}

/* Whatever the encoding was, what comes out is UTF-8, and making it canonical twice is no change.
 */
void fuzz_utf8(struct arena *a, struct str input)
{
	struct str text = input, out;
	for (int big = 0; big < 2; big++)
		if (utf8_from_utf16(a, input, big, &out))
			MUST(utf8_valid(out));
	if (utf8_from_windows_1252(a, input, &out)) {
		MUST(utf8_valid(out));
		if (!utf8_valid(input))
			text = out;
	}
	size_t characters = 0;
	for (struct str rest = input; rest.n; characters++)
		utf8_next(&rest);
	MUST(characters == utf8_length(input));
	utf8_has_control(input, true);
	if (!utf8_valid(text))
		return;
	struct str nfc = utf8_nfc(a, text);
	MUST(utf8_valid(nfc) && str_eq(utf8_nfc(a, nfc), nfc));
	struct str line = utf8_one_line(a, text);
	MUST(utf8_valid(line) && str_find_char(line, '\n') < 0);
	for (size_t most = 0; most < 5; most++) {
		struct str cut = utf8_cut(text, most), shorter = utf8_shorten(a, text, most);
		MUST(utf8_valid(cut) && utf8_length(cut) <= most);
		MUST(utf8_valid(shorter) && utf8_length(shorter) <= most);
	}
}

/* Dates and times as they are written. What is read is written, and reads back as the same. */
void fuzz_date(struct arena *a, struct str input)
{
	int64_t day, again, instant;
	struct wall wall, wall_again;
	if (day_read(input, &day)) {
		MUST(str_eq(day_text(a, day), input));
		MUST(day_weekday(day) >= 1 && day_weekday(day) <= 7);
		day_show_range(a, S("fr"), day, day + 1);
		day_show_range(a, S("en"), day - 400, day);
	}
	if (wall_read(input, &wall))
		MUST(wall_read(wall_text(a, wall), &wall_again) && wall.day == wall_again.day &&
		     wall.seconds == wall_again.seconds);
	if (instant_read_rfc3339(input, &instant))
		MUST(instant_read_rfc3339(instant_rfc3339(a, instant), &again) && again == instant);
	if (instant_read_http(input, &instant))
		MUST(instant_read_http(instant_http(a, instant), &again) && again == instant);
	if (lang_is_tag(input))
		lang_own_name(a, input, S("fr"));
}

/* ( "word" OR "word" OR "word" * ) AND ( … ): what both engines take, and nothing else. A word has
 * nothing in it that either could take for a sign of its own. */
static void check_expression(struct str text, char quote, struct str and, struct str or,
			     struct str prefix)
{
	do {
		MUST(str_starts(text, S("(")));
		text = str_from(text, 1);
		for (bool more = true; more;) {
			size_t n = 1;
			MUST(text.n > 2 && text.p[0] == quote);
			for (; n < text.n && text.p[n] != quote; n++)
				MUST((unsigned char)text.p[n] > ' ' && !strchr("\"'\\", text.p[n]));
			MUST(n > 1 && n < text.n);
			text = str_from(text, n + 1);
			if (str_starts(text, prefix))
				text = str_from(text, prefix.n);
			if ((more = str_starts(text, or)))
				text = str_from(text, or.n);
		}
		MUST(str_starts(text, S(")")));
		text = str_from(text, 1);
		if (!text.n)
			return;
		MUST(str_starts(text, and));
		text = str_from(text, and.n);
	} while (true);
}

/* What somebody types into the search box; and a text that is indexed finds itself. */
void fuzz_search(struct arena *a, struct str input)
{
	if (!utf8_valid(input) || str_find_char(input, '\0') >= 0)
		return; /* fields_read() lets neither through */
	struct str fts5 = search_expression(a, "sqlite", input);
	struct str tsquery = search_expression(a, "postgresql", input);
	if (fts5.n)
		check_expression(fts5, '"', S(" AND "), S(" OR "), S(" *"));
	if (tsquery.n)
		check_expression(tsquery, '\'', S(" & "), S(" | "), S(":*"));
	static const char *const langs[] = {"en", "fr", "", "iu"};
	for (size_t l = 0; l < sizeof langs / sizeof *langs; l++) {
		struct word_index index = words_index(a, str_of(langs[l]), input);
		for (size_t i = 0; i < index.count; i++)
			MUST(index.tokens[i].text.n && utf8_valid(index.tokens[i].text));
	}
	MUST(str_eq(fold(a, fold(a, input)), fold(a, input)));
}

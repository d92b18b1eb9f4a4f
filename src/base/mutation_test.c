/* Foreign text, damaged at random: a hundred thousand damaged documents must pass through every
 * reader of base without a finding of the sanitizers, and what comes out must keep its promises. */
#include "base/code.h"
#include "base/csv.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/pack.h"
#include "base/utf8.h"
#include "base/words.h"
#include "test.h"

#include <string.h>

#define LONGEST 600

struct random {
	uint64_t state; /* xorshift64 (Marsaglia 2003): the same damage in each run */
};

static uint32_t draw(struct random *r, uint32_t below)
{
	r->state ^= r->state << 13;
	r->state ^= r->state >> 7;
	r->state ^= r->state << 17;
	return (uint32_t)((r->state >> 33) % below);
}

/* Pieces that parsers stumble over. */
static const struct str spice[] = {
	STR("\""),
	STR("\\"),
	STR("{"),
	STR("["),
	STR("]}"),
	STR(","),
	STR(";"),
	STR("\r\n"),
	STR("\r"),
	STR("\0"),
	STR("\xFF"),
	STR("\xC3"),
	STR("\xF0"),
	STR("\x80"),
	STR("\xED\xA0\x80"),
	STR("\u0301"),
	STR("\u200D"),
	STR("\\u"),
	STR("\\ud83c"),
	STR("1e9"),
	STR("99999999999999999999"),
	STR("-"),
	STR("’"),
	STR("."),
	STR("\xEF\xBB\xBF"),
	STR("\xFF\xFE"),
	STR("\uFDFA"),
	STR("sep=;\n"),
	STR("\"\""),
	STR("T24:00"),
};

static struct str damaged(struct random *r, struct arena *a, struct str from)
{
	char *p = arena_alloc(a, LONGEST);
	size_t n = from.n < LONGEST ? from.n : LONGEST;
	memcpy(p, from.p, n);
	for (uint32_t times = 1 + draw(r, 4); times > 0; times--) {
		size_t at = draw(r, (uint32_t)n + 1);
		const struct str *add = &spice[draw(r, sizeof spice / sizeof *spice)];
		switch (draw(r, 4)) {
		case 0: /* cut short */
			n = at;
			break;
		case 1: /* one byte changed */
			if (at < n)
				p[at] = (char)draw(r, 256);
			break;
		case 2: /* something put in */
			if (n + add->n <= LONGEST) {
				memmove(p + at + add->n, p + at, n - at);
				memcpy(p + at, add->p, add->n);
				n += add->n;
			}
			break;
		case 3: /* a stretch taken out */
			if (at < n) {
				size_t out = 1 + draw(r, 8);
				out = out < n - at ? out : n - at;
				memmove(p + at, p + at + out, n - at - out);
				n -= out;
			}
		}
	}
	/* An exact copy, so that reading one byte too far is seen. */
	return str_dup(a, (struct str){p, n});
}

static bool all_valid(const struct val *v)
{
	if (!utf8_valid(val_get_str(v)) || str_find_char(val_get_str(v), 0) >= 0)
		return false;
	for (size_t i = 0; i < val_count(v); i++)
		if (!all_valid(val_at(v, i)))
			return false;
	return true;
}

/* Each returns whether the damaged text was taken; `ok` falls if a promise is broken. */

static bool try_json(struct arena *a, struct str text, bool *ok)
{
	struct json_error error;
	struct val *v = json_read(a, text, LONGEST, &error);
	if (!v) {
		*ok &= error.text[0] != 0;
		return false;
	}
	struct buf b = {.arena = a};
	json_write(&b, v);
	struct val *again = json_read(a, buf_str(&b), SIZE_MAX, &error);
	*ok &= all_valid(v) && again && val_equal(v, again);
	return true;
}

static bool try_csv(struct arena *a, struct str text, bool *ok)
{
	struct csv csv = csv_read(a, text, NULL);
	size_t rows = val_count(csv.rows), columns = val_count(csv.columns);
	for (size_t i = 0; i < rows; i++)
		*ok &= val_count(val_at(csv.rows, i)) >= columns && csv.lines[i] > 0 &&
		       (i == 0 || csv.lines[i] > csv.lines[i - 1]);
	*ok &= all_valid(csv.columns) && all_valid(csv.rows);
	*ok &= rows > 0 || columns > 0 || val_count(csv.errors) > 0;
	struct csv_style style = {.separator = ';'};
	struct buf b = {.arena = a};
	for (size_t i = 0; i < rows; i++)
		csv_write(&b, &style, val_at(csv.rows, i));
	struct csv_options same = {.separator = ';', .header = CSV_HEADER_NO, .encoding = "utf-8"};
	struct csv again = csv_read(a, buf_str(&b), &same);
	*ok &= val_count(again.rows) == rows;
	return rows > 0 && val_count(csv.errors) == 0;
}

static bool try_text(struct arena *a, struct str text, bool *ok)
{
	struct str nfc = utf8_nfc(a, text), line = utf8_one_line(a, text), other;
	struct str shorter = utf8_shorten(a, text, 20), folded = fold(a, text);
	struct word_query words[WORDS_QUERY];
	struct word_index index = words_index(a, S(""), text);
	int64_t n;
	struct wall w;
	bool valid = utf8_valid(text);
	*ok &= utf8_length(shorter) <= 20;
	*ok &= utf8_valid(folded);
	*ok &= !valid || (utf8_valid(nfc) && utf8_valid(line) && utf8_valid(shorter));
	*ok &= !valid || str_eq(utf8_nfc(a, nfc), nfc);
	*ok &= str_eq(fold(a, folded), folded) || str_find(folded, S("\xEF")) >= 0;
	for (size_t i = 0; i < index.count; i++)
		*ok &= index.tokens[i].text.n > 0 && utf8_valid(index.tokens[i].text);
	words_query(a, text, true, words);
	utf8_has_control(text, true);
	*ok &= !utf8_from_windows_1252(a, text, &other) || utf8_valid(other);
	*ok &= !utf8_from_utf16(a, text, true, &other) || utf8_valid(other);
	*ok &= !base64url_read(a, text, &other) || str_eq(base64url_of(a, other), text);
	*ok &= !day_read(text, &n) || str_eq(day_text(a, n), text);
	*ok &= !wall_read(text, &w) || wall_text(a, w).n >= 16;
	instant_read_rfc3339(text, &n);
	instant_read_http(text, &n);
	zone_open(a, text);
	return valid;
}

static void mutate(const char *const *seeds, int count, int times,
		   bool (*try)(struct arena *, struct str, bool *))
{
	struct arena *a = arena_new(64 << 20);
	struct random r = {.state = 0x9E3779B97F4A7C15u};
	int taken = 0;
	for (int i = 0; i < times; i++) {
		bool ok = true;
		struct str seed = str_of(seeds[i % count]);
		struct str text = i < count ? seed : damaged(&r, a, seed);
		taken += try(a, text, &ok);
		if (!ok && !CHECK_STR(text, "the text that broke a promise"))
			break;
		arena_reset(a);
	}
	CHECK(taken >= count / 2); /* the seeds themselves are good */
	CHECK(taken < times);
	arena_free(a);
}

TEST("damaged JSON is refused or read, never harmful")
{
	static const char *const seeds[] = {
		("{\"code\":\"20.2\",\"text\":\"Évaluer \\u00e9 "
		 "\\ud83c\\udf93\",\"items\":[1,-2.5e3,null,true]}"),
		"[[[]],{},{\"a\":{\"b\":{\"c\":[0]}}},\"\"]",
		"9223372036854775807",
		"[0.1,1e300,-0.0,123456789.125]",
	};
	mutate(seeds, 4, 40000, try_json);
}

TEST("damaged packed values are refused or read, never harmful")
{
	struct json_error error;
	struct buf good = {.arena = test_arena};
	pack_write(&good,
		   json_read(test_arena,
			     S("{\"code\":\"20.2\",\"é\":[1,-2.5e3,null,[[],{}]],\"c\":true}"),
			     LONGEST, &error));
	struct arena *a = arena_new(64 << 20);
	struct random r = {.state = 0x9E3779B97F4A7C15u};
	int taken = 0;
	for (int i = 0; i < 40000; i++) {
		const struct val *v = pack_read(a, damaged(&r, a, buf_str(&good)), LONGEST);
		struct buf b = {.arena = a};
		pack_write(&b, v);
		taken += v != NULL;
		NEED(all_valid(v) && val_equal(v, pack_read(a, buf_str(&b), LONGEST)));
		arena_reset(a);
	}
	CHECK(taken > 0);
	arena_free(a);
}

TEST("damaged CSV is read as far as it goes, never harmful")
{
	static const char *const seeds[] = {
		"nom;ville;âge\r\nÉlodie;Orléans;30\r\n\"Du \"\"Bois\"\"\";\"Saint\nJean\";4,5\r\n",
		"name,email\nA,a@example.org\n\"B, C\",b@example.org\n",
		"sep=;\na;b\n1;2\n3;4\n",
		"code\tlevel\nS6.1.7\t2\n",
		("\xFF\xFE"
		 "a"),
	};
	mutate(seeds, 5, 40000, try_csv);
}

TEST("damaged text passes through folding, words and dates without harm")
{
	static const char *const seeds[] = {
		("L’élève « naïve » de l’École des conseiller·ère·s d’Œuvre, S6.1.7 — ᐃᓄᒃᑎᑐᑦ "
		 "👩\u200D🏫"),
		"Organisational counselling, e-mail: adviser's co-operative don't R.O.I. 20.2",
		"2026-11-22T14:30:05",
		"2026-11-22T14:30:00.5-05:00",
		"Sun, 06 Nov 1994 08:49:37 GMT",
		"America/Toronto",
		"Zm9vYmE",
		"2024-02-29",
	};
	mutate(seeds, 8, 20000, try_text);
}

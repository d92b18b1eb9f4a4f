#include "web/i18n.h"

#include "base/arena.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

struct pair {
	struct str original, translation;
};

static void put32(struct buf *b, uint32_t n, bool big)
{
	for (int i = 0; i < 4; i++)
		buf_char(b, (char)(n >> (big ? 24 - 8 * i : 8 * i)));
}

/* A .mo file of these pairs, which must be in the order of their originals. */
static struct str mo_file(const struct pair *pairs, uint32_t count, bool big)
{
	struct buf b = {.arena = test_arena};
	uint32_t at = 28 + count * 16;
	const uint32_t head[] = {0x950412de, 0, count, 28, 28 + count * 8, 0, 0};
	for (int i = 0; i < 7; i++)
		put32(&b, head[i], big);
	for (int table = 0; table < 2; table++) {
		for (uint32_t i = 0; i < count; i++) {
			struct str s = table ? pairs[i].translation : pairs[i].original;
			put32(&b, (uint32_t)s.n, big);
			put32(&b, at, big);
			at += (uint32_t)s.n + 1;
		}
	}
	for (int table = 0; table < 2; table++) {
		for (uint32_t i = 0; i < count; i++) {
			buf_add(&b, table ? pairs[i].translation : pairs[i].original);
			buf_char(&b, 0);
		}
	}
	return buf_str(&b);
}

#define RUSSIAN                                                                                    \
	"nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "        \
	"n%100>=20) ? 1 : 2;\n"

static struct str russian(bool big)
{
	const struct pair pairs[] = {
		{S(""), S("Language: ru\nPlural-Forms: " RUSSIAN)},
		{S("%n% file\0%n% files"), S("%n% файл\0%n% файла\0%n% файлов")},
		{S("May"), S("Может")},
		{S("empty"), S("")},
		{S("month\4May"), S("Май")},
	};
	return mo_file(pairs, 5, big);
}

TEST("a catalogue finds texts, contexts and plurals, whatever the byte order")
{
	for (int big = 0; big < 2; big++) {
		struct catalogue *c = catalogue_open(test_arena, S("ru"), russian(big));
		NEED(c != NULL);
		CHECK_STR(catalogue_lang(c), "ru");
		CHECK_STR(catalogue_text(c, "May"), "Может");
		CHECK_STR(catalogue_in(c, "month", "May"), "Май");
		CHECK_STR(catalogue_in(c, "day", "May"), "May");
		CHECK_STR(catalogue_in(c, "mont", "May"), "May");
		CHECK_STR(catalogue_text(c, "empty"), "empty");
		CHECK_STR(catalogue_text(c, "not there"), "not there");
		CHECK_STR(catalogue_text(c, "zzz"), "zzz");
		static const struct {
			int64_t n;
			const char *want;
		} cases[] = {{0, "%n% файлов"},        {1, "%n% файл"},    {2, "%n% файла"},
			     {5, "%n% файлов"},        {11, "%n% файлов"}, {21, "%n% файл"},
			     {-1, "%n% файл"},         {102, "%n% файла"}, {112, "%n% файлов"},
			     {INT64_MIN, "%n% файлов"}};
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
			CHECK_STR(catalogue_plural(c, "%n% file", "%n% files", cases[i].n),
				  cases[i].want);
		CHECK_STR(catalogue_plural(c, "%n% dog", "%n% dogs", 1), "%n% dog");
		CHECK_STR(catalogue_plural(c, "%n% dog", "%n% dogs", 0), "%n% dogs");
	}
	CHECK_STR(catalogue_text(NULL, "May"), "May");
	CHECK_STR(catalogue_plural(NULL, "one", "many", 1), "one");
	CHECK_STR(catalogue_lang(NULL), "en");
}

TEST("a plural rule is any C expression of n, and a bad one gives the first form")
{
	static const struct {
		const char *rule;
		int64_t n;
		const char *want;
	} cases[] = {
		{"nplurals=2; plural=(n > 1);", 1, "a"},
		{"nplurals=2; plural=(n > 1);", 2, "b"},
		{"nplurals=2; plural=n != 1;", 0, "b"},
		{"nplurals=2; plural=!(n-1)*0 + 1 - (n<=1);", 3, "b"},
		{"nplurals=2; plural=n/2%2 == 1 || n >= 10 && n < 20", 11, "b"},
		{"nplurals=2; plural=n ? n == 1 ? 0 : 1 : 0;", 4, "b"},
		{"nplurals=1; plural=0;", 9, "a"},
		{"nplurals=1; plural=1;", 9, "a"},
		{"nplurals=2; plural=n/0;", 9, "a"},
		{"nplurals=2; plural=n%0;", 9, "a"},
		{"nplurals=2; plural=;", 9, "a"},
		{"nplurals=2; plural=1 2;", 9, "a"},
		{"nplurals=2; plural=(1;", 9, "a"},
		{"nplurals=2; plural=system(n);", 9, "a"},
		{"nplurals=2;", 9, "a"},
		{"nonsense", 9, "a"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pair pairs[] = {{S(""), str_of(cases[i].rule)}, {S("a\0b"), S("a\0b")}};
		struct catalogue *c = catalogue_open(test_arena, S("x"), mo_file(pairs, 2, false));
		NEED(c != NULL);
		if (!CHECK_STR(catalogue_plural(c, "a", "z", cases[i].n), cases[i].want))
			printf("\t%s\n", cases[i].rule);
	}
	struct buf deep = {.arena = test_arena};
	buf_lit(&deep, "nplurals=2; plural=");
	for (int i = 0; i < 100000; i++)
		buf_char(&deep, i % 2 ? '(' : '!');
	struct pair pairs[] = {{S(""), buf_str(&deep)}, {S("a\0b"), S("a\0b")}};
	struct catalogue *c = catalogue_open(test_arena, S("x"), mo_file(pairs, 2, false));
	CHECK_STR(catalogue_plural(c, "a", "z", 2), "a");
}

TEST("a catalogue that is cut or altered is refused or read within its bytes")
{
	struct str whole = russian(false);
	uint64_t seed = 1;
	size_t size = whole.n > 28 ? whole.n : 28;
	NEED(whole.n == size);
	for (size_t n = 0; n < whole.n; n++) {
		struct arena *a = arena_new(1 << 20);
		CHECK(catalogue_open(a, S("ru"), str_dup(a, str_sub(whole, 0, n))) == NULL);
		arena_free(a);
	}
	for (int i = 0; i < 3000; i++) {
		struct arena *a = arena_new(1 << 20);
		char *bytes = arena_copy(a, whole.p, whole.n);
		for (int k = 0; k < 3; k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			bytes[(seed >> 33) % size] = (char)(seed >> 24);
		}
		struct catalogue *c = catalogue_open(a, S("ru"), (struct str){bytes, whole.n});
		if (c) {
			CHECK(catalogue_text(c, "May") != NULL);
			CHECK(catalogue_plural(c, "%n% file", "%n% files", i) != NULL);
		}
		arena_free(a);
	}
}

static struct str format_with(const char *lang, const char *how, struct val *v)
{
	struct buf b = {.arena = test_arena};
	struct val *model = val_object(test_arena);
	val_set_str(val_set_object(model, "org"), "zone", S("America/Toronto"));
	void *zone = NULL;
	bool known = i18n_format(str_of(lang), model, how, v, &b, &zone);
	return known ? buf_str(&b) : S("(unknown)");
}

#define NNBSP "\u202F"
#define NBSP  "\u00A0"
#define MINUS "\u2212"

TEST("numbers and dates are written as each language writes them")
{
	struct arena *a = test_arena;
	const struct {
		struct val *value;
		const char *how, *english, *french;
	} cases[] = {
		{val_int(a, 0), "number", "0", "0"},
		{val_int(a, 999), "number", "999", "999"},
		{val_int(a, 1234567), "number", "1,234,567", "1" NNBSP "234" NNBSP "567"},
		{val_int(a, -1000), "number", MINUS "1,000", MINUS "1" NNBSP "000"},
		{val_int(a, INT64_MIN), "number", MINUS "9,223,372,036,854,775,808",
		 MINUS "9" NNBSP "223" NNBSP "372" NNBSP "036" NNBSP "854" NNBSP "775" NNBSP "808"},
		{val_real(a, 1234.5), "number", "1,234.5", "1" NNBSP "234,5"},
		{val_real(a, -0.001), "number", "0", "0"},
		{val_real(a, 1e300), "number", "\u2014", "\u2014"},
		{val_real(a, 12.5), "percent", "12.5%", "12,5" NBSP "%"},
		{val_int(a, 512), "bytes", "512" NBSP "B", "512" NBSP "o"},
		{val_int(a, 1250000), "bytes", "1.2" NBSP "MB", "1,2" NBSP "Mo"},
		{val_int(a, 999999), "bytes", "1" NBSP "MB", "1" NBSP "Mo"},
		{val_text(a, S("2026-12-01")), "date", "1 December 2026", "1er décembre 2026"},
		{val_text(a, S("2026-12-01")), "weekday", "Tuesday 1 December 2026",
		 "mardi 1er décembre 2026"},
		{val_text(a, S("soon")), "date", "soon", "soon"},
		/* 2026-11-23T03:30:00Z is still the evening before in Toronto */
		{val_int(a, 1795404600), "date", "22 November 2026", "22 novembre 2026"},
		{val_int(a, 1795404600), "time", "22:30", "22 h 30"},
		{val_int(a, 1795404600), "moment", "22 November 2026, 22:30",
		 "22 novembre 2026 à 22 h 30"},
		{val_int(a, 1), "nonsense", "(unknown)", "(unknown)"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str english = format_with("en", cases[i].how, cases[i].value);
		struct str french = format_with("fr-CA", cases[i].how, cases[i].value);
		/* base/instant.h decides which spaces stand inside French times. */
		struct buf spaces = {.arena = a};
		for (struct str rest = french; rest.n; rest = str_from(rest, 1)) {
			bool time = cases[i].how[0] == 't' || cases[i].how[0] == 'm' ||
				    cases[i].how[0] == 'd' || cases[i].how[0] == 'w';
			size_t wide = str_starts(rest, S(NBSP))    ? 2
				      : str_starts(rest, S(NNBSP)) ? 3
								   : 0;
			if (time && wide) {
				buf_char(&spaces, ' ');
				rest = str_from(rest, wide - 1);
			} else {
				buf_char(&spaces, rest.p[0]);
			}
		}
		CHECK_STR(english, cases[i].english);
		CHECK_STR(buf_str(&spaces), cases[i].french);
	}
}

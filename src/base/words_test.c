#include "base/words.h"

#include "base/buf.h"
#include "test.h"
#include "word_pairs.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void check_pairs(const char *lang, const struct word_pair *pairs, size_t count, bool meet)
{
	struct str l = str_of(lang);
	for (size_t i = 0; i < count; i++) {
		struct str a = str_of(pairs[i].a), b = str_of(pairs[i].b);
		bool ok = words_meet(test_arena, l, a, b) == meet &&
			  words_meet(test_arena, l, b, a) == meet;
		if (!ok)
			CHECK_STR(str_fmt(test_arena, "%s %s %s", pairs[i].a,
					  meet ? "does not meet" : "meets", pairs[i].b),
				  "the opposite");
	}
}

TEST("English words meet that mean one thing, and others do not")
{
	CHECK(COUNT(english_pairs_that_meet) >= 60);
	CHECK(COUNT(english_pairs_that_do_not) >= 20);
	check_pairs("en", english_pairs_that_meet, COUNT(english_pairs_that_meet), true);
	check_pairs("en", english_pairs_that_do_not, COUNT(english_pairs_that_do_not), false);
}

TEST("French words meet that mean one thing, and others do not")
{
	CHECK(COUNT(french_pairs_that_meet) >= 60);
	CHECK(COUNT(french_pairs_that_do_not) >= 20);
	check_pairs("fr", french_pairs_that_meet, COUNT(french_pairs_that_meet), true);
	check_pairs("fr", french_pairs_that_do_not, COUNT(french_pairs_that_do_not), false);
}

static struct str index_text(const char *lang, const char *text)
{
	struct word_index index = words_index(test_arena, str_of(lang), str_of(text));
	struct buf b = {.arena = test_arena};
	uint32_t position = 0;
	for (size_t i = 0; i < index.count; i++) {
		if (index.tokens[i].position != position)
			buf_lit(&b, " ");
		else
			buf_lit(&b, "/");
		position = index.tokens[i].position;
		buf_add(&b, index.tokens[i].text);
	}
	return str_trim(buf_str(&b));
}

TEST("a word is itself and its stems, marked, at one position")
{
	CHECK_STR(index_text("en", "Caring careers"), "caring/=care careers/=career");
	CHECK_STR(index_text("fr", "Les élèves"), "les/~le eleves/~eleve");
	CHECK_STR(index_text("iu", "ᐱᓕᕆᔨ Career"), "ᐱᓕᕆᔨ career");
	CHECK_STR(index_text("", "career"), "career/=career/~care");
	CHECK_STR(index_text("fr-CA", "employé"), "employe/~emploi/~employ");
	CHECK_STR(index_text("fra", "employé"), "employe");
	CHECK_STR(index_text("en", "e-mail us"), "e/=e/email/=email mail/=mail us/=us");
	CHECK_STR(index_text("en", "see S6.1.7."), "see/=see s6.1.7/s6/s6.1");
	CHECK_STR(index_text("en", "…!? -- '' . &"), "");
	CHECK_STR(index_text("en", ""), "");
	CHECK_STR(index_text("", "; \u0301 ; \u0301.0"), "0");
}

static struct str query_text(const char *query, bool typing)
{
	struct word_query words[WORDS_QUERY];
	struct buf b = {.arena = test_arena};
	int n = words_query(test_arena, str_of(query), typing, words);
	for (int i = 0; i < n; i++) {
		buf_lit(&b, " ");
		for (int t = 0; t < words[i].count; t++)
			buf_fmt(&b, "%s" STR_FMT, t ? "/" : "", STR_ARG(words[i].tokens[t]));
		if (words[i].prefix.n)
			buf_fmt(&b, "/" STR_FMT "*", STR_ARG(words[i].prefix));
	}
	return str_trim(buf_str(&b));
}

TEST("a query is words, each with the tokens that find it")
{
	CHECK_STR(query_text("career", false), "career/=career/~care");
	CHECK_STR(query_text("the role of work", false), "role/=role/~rol work/=work/~work");
	CHECK_STR(query_text("the of", false), "the/=the/~the of/=of/~of");
	CHECK_STR(query_text("thé", false), "the/=the/~the");
	CHECK_STR(query_text("", false), "");
	CHECK_STR(query_text("role \u0301", false), "role/=role/~rol");
	CHECK_STR(query_text("'\"*:()", false), "");
	CHECK_STR(query_text("20.2", false), "20.2");
	CHECK_STR(query_text("S6.1", true), "s6.1/s6.1*");
}

TEST("the last word may be unfinished once it is long enough")
{
	CHECK_STR(query_text("ca", true), "ca/=ca/~ca");
	CHECK_STR(query_text("car", true), "car/=car/~car/car*");
	CHECK_STR(query_text("car ", true), "car/=car/~car");
	CHECK_STR(query_text("car", false), "car/=car/~car");
	CHECK_STR(query_text("the", true), "the/=the/~the/the*");
	CHECK_STR(query_text("work the", true), "work/=work/~work the/=the/~the/the*");
}

TEST("a text is found by all of the query's words, in its own language")
{
	struct str text = S("Career development for adult learners in a co-operative centre");
	CHECK(words_meet(test_arena, S("en"), text, S("developing careers")));
	CHECK(words_meet(test_arena, S("en"), text, S("cooperative centers for learners")));
	CHECK(!words_meet(test_arena, S("en"), text, S("career teacher")));
	CHECK(!words_meet(test_arena, S("en"), text, S("care")));
	CHECK(!words_meet(test_arena, S("en"), S("we care"), S("career")));
	CHECK(!words_meet(test_arena, S(""), S("we care, caring"), S("career")));
	CHECK(!words_meet(test_arena, S("en"), text, S("")));
	CHECK(words_meet(test_arena, S("fr"), S("un arc-en-ciel"), S("ciel")));
	CHECK(!words_meet(test_arena, S("fr"), S("le ciel"), S("arc-en-ciel")));
	CHECK(words_meet(test_arena, S("fr"), S("Les Gatsby Benchmarks"), S("benchmark")));
}

TEST("who looks for a code finds what is under it, not what looks like it")
{
	struct str text = S("S6.1.7 Build on assets (20.2)");
	CHECK(words_meet(test_arena, S("en"), text, S("s6.1.7")));
	CHECK(words_meet(test_arena, S("en"), text, S("S6.1")));
	CHECK(words_meet(test_arena, S("en"), text, S("S6")));
	CHECK(words_meet(test_arena, S("en"), text, S("20.2")));
	CHECK(!words_meet(test_arena, S("en"), text, S("S6.1.1")));
	CHECK(!words_meet(test_arena, S("en"), text, S("6.1.7")));
	CHECK(!words_meet(test_arena, S("en"), text, S("2")));
}

TEST("no token holds anything that a database's search language could mistake")
{
	struct buf text = {.arena = test_arena};
	for (int c = 1; c < 0x3000; c++)
		buf_fmt(&text, "a%c%c%cb ", 0xE0 | c >> 12, 0x80 | (c >> 6 & 63), 0x80 | (c & 63));
	for (char c = 1; c < 127; c++)
		buf_fmt(&text, "a%cb %c%c ", c, c, c);
	buf_lit(&text, "\xFF\xFE \xC3 \xED\xA0\x80");
	struct word_index index = words_index(test_arena, S(""), buf_str(&text));
	CHECK(index.count > 1000);
	for (size_t i = 0; i < index.count; i++) {
		struct str token = index.tokens[i].text;
		CHECK(token.n > 0);
		for (size_t j = 0; j < token.n; j++) {
			char c = token.p[j];
			bool fine = (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') ||
				    (c >= '0' && c <= '9') || str_find_char(S(WORDS_MARKS), c) >= 0;
			if (!fine && !CHECK_STR(token, "a token"))
				return;
		}
	}
}

TEST("long words, long queries and long texts are bounded")
{
	char *long_word = arena_alloc(test_arena, 100000);
	memset(long_word, 'a', 100000);
	CHECK_INT(words_index(test_arena, S("en"), (struct str){long_word, 100000}).count, 0);
	memset(long_word, '-', 100000);
	for (int i = 0; i < 100000; i += 2)
		long_word[i] = 'b';
	CHECK(words_index(test_arena, S("en"), (struct str){long_word, 100000}).count < 100);
	char *book = arena_alloc(test_arena, 6u << 20);
	memset(book, ' ', 6u << 20);
	memcpy(book, "first", 5);
	memcpy(book + (5u << 20), "last", 4);
	CHECK_INT(words_index(test_arena, S("es"), (struct str){book, 6u << 20}).count, 1);
	struct buf b = {.arena = test_arena};
	for (int i = 0; i < 1000; i++)
		buf_fmt(&b, "word%d ", i);
	struct word_query words[WORDS_QUERY];
	CHECK_INT(words_query(test_arena, buf_str(&b), true, words), WORDS_QUERY);
}

TEST("a reader of many texts gives each the same tokens as alone, also of words it has met")
{
	static const char *const texts[] = {"Career counsellors", "L’école, des élèves s6.1.7",
					    "counsellors of peer-support", "l’école 2004"};
	static const char *const langs[] = {"en", "fr", "", "iu"};
	for (size_t l = 0; l < 4; l++) {
		struct word_reader *reader = word_reader_new(test_arena, str_of(langs[l]));
		for (size_t i = 0; i < 8; i++) {
			struct str text = str_of(texts[i % 4]);
			struct word_index one = words_index(test_arena, str_of(langs[l]), text),
					  many = word_reader_index(reader, text);
			CHECK_INT(many.count, one.count);
			for (size_t k = 0; k < one.count && k < many.count; k++) {
				CHECK_STR(many.tokens[k].text, one.tokens[k].text);
				CHECK_INT(many.tokens[k].position, one.tokens[k].position);
			}
		}
	}
}

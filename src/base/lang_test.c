#include "base/lang.h"

#include "test.h"

TEST("a language is named in the reader's language")
{
	CHECK_STR(lang_name(test_arena, S("fr"), S("en")), "French");
	CHECK_STR(lang_name(test_arena, S("fr"), S("fr")), "français");
	CHECK_STR(lang_name(test_arena, S("en"), S("en")), "English");
	CHECK_STR(lang_name(test_arena, S("en"), S("fr")), "anglais");
	CHECK_STR(lang_name(test_arena, S("iu"), S("fr")), "inuktitut");
	CHECK_STR(lang_name(test_arena, S("fr-CA"), S("en")), "French (Canada)");
	CHECK_STR(lang_name(test_arena, S("qqx"), S("en")), "qqx");
	CHECK_STR(lang_name(test_arena, S("no tag!"), S("en")), "no tag!");
}

TEST("a language tag is short parts of letters and digits")
{
	static const char *const right[] = {"en", "fr-CA", "iu-Cans", "moe", "sr-Latn-RS"};
	static const char *const wrong[] = {"",    "e",  "english", "en_CA",        "en-",
					    "-en", "12", "en--CA",  "en-abcdefghi", "é1"};
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		CHECK(lang_is_tag(str_of(right[i])));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK(!lang_is_tag(str_of(wrong[i])));
}

TEST("a language is called as its speakers call it, else as the reader does, else by its tag")
{
	static const struct {
		const char *tag, *reader, *name;
	} cases[] = {
		{"en", "fr", "English"},
		{"fr", "en", "français"},
		{"iu", "en", "Inuktitut"},
		{"iu", "fr", "inuktitut"},
		{"fr-CA", "en", "français (Canada)"},
		{"", "en", ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(lang_own_name(test_arena, str_of(cases[i].tag), str_of(cases[i].reader)),
			  cases[i].name);
}

#include "base/words.h"
#include "test.h"

#include <string.h>

TEST("folding forgives case, accents, ligatures and the apostrophe's shape")
{
	static const char *const cases[][2] = {
		{"", ""},
		{"Plain ASCII", "plain ascii"},
		{"Élodie", "elodie"},
		{"E\u0301lodie", "elodie"},
		{"ÉLÈVE Noël ça", "eleve noel ca"},
		{"Œuvre", "oeuvre"},
		{"ŒUVRE cœur", "oeuvre coeur"},
		{"Lætitia Ægir", "laetitia aegir"},
		{"Łódź", "lodz"},
		{"Søren Đorđe", "soren dorde"},
		{"straße", "strasse"},
		{"l’été", "l'ete"},
		{"l‘été l`été lʼété", "l'ete l'ete l'ete"},
		{"ﬁn ①", "fin 1"},
		{"ＦＵＬＬ", "full"},
		{"arc\u2011en\u2011ciel", "arc-en-ciel"},
		{"İstanbul ıssız", "istanbul issiz"},
		{"ᐃᓄᒃᑎᑐᑦ", "ᐃᓄᒃᑎᑐᑦ"},
		{"soft\u00ADhyphen", "softhyphen"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(fold(test_arena, str_of(cases[i][0])), cases[i][1]);
	/* the character that grows most: one becomes eighteen */
	char *text = arena_alloc(test_arena, 3000);
	for (int i = 0; i < 1000; i++)
		memcpy(text + i * 3, "\uFDFA", 3);
	CHECK(fold(test_arena, (struct str){text, 3000}).n > 18000);
	CHECK_STR(fold(test_arena, S("\xFF\xE9")), "\uFFFD\uFFFD");
}

/* Which number of answers may be shown, and the questions that are offered. */
#include "app/activities/reflect_rules.h"

#include "test.h"

#include <stdio.h>

TEST("the number of answers tells nobody who answered: few, nearly all, and one more between two "
     "looks")
{
	enum { FEWEST = 5 };
	static const struct {
		int64_t others, answered, shared;
		bool over;
		int64_t shown;
		bool least, hidden;
	} cases[] = {
		{20, 0, 0, true, 0, false, false}, /* nobody is no small group */
		{20, 1, 0, true, 0, true, true},
		{20, 4, 0, true, 0, true, true},
		{20, 5, 0, true, 5, false, false},
		{20, 15, 0, true, 15, false, false},
		{20, 16, 0, true, 0, true, true}, /* four did not */
		{20, 20, 0, true, 20, false, false},
		{20, 7, 3, true, 3, true, true}, /* three are known by name, and four are left */
		{20, 8, 3, true, 8, false, false},
		{20, 3, 3, true, 3, false, false},
		{4, 2, 0, true, 0, true, true},
		{0, 0, 0, true, 0, false, false},
		{20, 9, 0, false, 5, true, false},
		{20, 10, 0, false, 10, true, false},
		{20, 9, 2, false, 7, true, false},
		{20, 16, 0, false, 0, true, true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reflect_count n =
			reflect_count(test_arena, cases[i].others, cases[i].answered,
				      cases[i].shared, FEWEST, cases[i].over);
		if (!CHECK(n.answered == cases[i].shown && n.least == cases[i].least &&
			   n.hidden == cases[i].hidden))
			printf("    case %zu: %lld %d %d\n", i, (long long)n.answered, n.least,
			       n.hidden);
	}
}

/* Whoever knows the others and who shared cannot tell how many answered for themselves alone when
 * those, or those who did not, are few: another number is shown the same. */
TEST("what is shown of few answers is shown of another number of them too")
{
	enum { FEWEST = 5, MOST = 30 };
	int held = 0;
	for (int others = 0; others <= MOST; others++)
		for (int shared = 0; shared <= others; shared++)
			for (int alone = 1; shared + alone < others; alone++) {
				int silent = others - shared - alone, same = 0;
				if (alone >= FEWEST && silent >= FEWEST)
					continue;
				struct reflect_count n = reflect_count(
					test_arena, others, shared + alone, shared, FEWEST, true);
				for (int k = 0; k <= others - shared; k++) {
					struct reflect_count m =
						reflect_count(test_arena, others, shared + k,
							      shared, FEWEST, true);
					same += m.answered == n.answered && m.hidden == n.hidden &&
						m.least == n.least;
				}
				held++;
				CHECK(same > 1 || others - shared == 2);
			}
	CHECK(held > 1000);
}

TEST("each question that is offered is there in both languages, and each time has its days")
{
	static const char *const langs[] = {"en", "fr", "fr-CA"};
	for (const struct reflect_offer *o = reflect_offers; o->code; o++)
		for (size_t l = 0; l < 3; l++)
			CHECK(str_ends(reflect_offered(str_of(o->code), str_of(langs[l])), S("?")));
	CHECK_INT(reflect_offered(S("surprise"), S("iu")).n, 0);
	CHECK_INT(reflect_offered(S("none"), S("en")).n, 0);
	for (const struct plan_word *w = reflect_afters; w->code; w++)
		CHECK_STR(reflect_after(reflect_days(str_of(w->code))), w->code);
	CHECK_STR(reflect_after(3), "end");
}

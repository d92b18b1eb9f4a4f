#include "web/card.h"

#include "base/arena.h"
#include "test.h"

#include <string.h>

static const struct card harbour = {.lang = STR("fr"),
				    .above = STR("École du Lac"),
				    .title =
					    STR("Une journée au port : où mènent les œuvres d’été"),
				    .when = STR("vendredi 18 décembre 2026, 13 h – 13 h 45"),
				    .where = STR("ᓄᓇᕗᑦ · Saint-Jean de Terre-Neuve")};

static unsigned number(struct str png, size_t at)
{
	const unsigned char *p = (const unsigned char *)png.p + at;
	return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

TEST("a card is a PNG of the size that is asked for, and every letter of our languages is in it")
{
	int missing = 0;
	struct str png = card_png(test_arena, &harbour, &missing);
	CHECK(str_starts(png, S("\x89PNG\r\n\x1a\n")));
	CHECK_INT(number(png, 16), CARD_WIDTH);
	CHECK_INT(number(png, 20), CARD_HEIGHT);
	CHECK_INT(missing, 0);
	CHECK(png.n < 120000);
}

TEST("a character that no font has is counted, and a title without end stays on the card")
{
	struct card card = harbour;
	char *long_title = memset(arena_alloc(test_arena, 5000), 'W', 5000);
	int missing = 0;
	card.title = S("\xf3\xbf\xbf\xad"); /* of the private use plane */
	card_png(test_arena, &card, &missing);
	CHECK(missing > 0);
	card.title = (struct str){long_title, 5000};
	struct str wide = card_png(test_arena, &card, NULL),
		   again = card_png(test_arena, &card, NULL);
	CHECK(str_eq(wide, again)); /* the same words are the same picture */
}

#pragma once
/*
 * A card of a public thing, as a picture: what a link to it looks like where people share it. PNG,
 * 1200 x 630 pixels, the size that such places ask for. Drawn by Cairo with Pango's text: any script
 * that an installed font has, accents and Canadian syllabics among them.
 *
 * The first card of a thread loads the fonts, which takes a while; the caller is on the pool.
 */
#include "base/str.h"

struct arena;

enum { CARD_WIDTH = 1200, CARD_HEIGHT = 630 };

struct card {
	struct str lang;        /* of the title: chooses forms of letters and where lines break */
	struct str above;       /* who it is from, small */
	struct str title;       /* large, three lines at most */
	struct str when, where; /* a line each, or empty */
	struct str notice;      /* in the colour of attention, or empty: "Cancelled" */
};
/* The bytes of the picture. `*missing` (may be NULL) is the number of characters that no font has. */
struct str card_png(struct arena *, const struct card *, int *missing);

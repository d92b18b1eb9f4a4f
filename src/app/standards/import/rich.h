#pragma once
/*
 * A text and what is bold, italic or a link in it. Documents carry light Markdown and light HTML
 * (p, b, strong, i, em, u, br, span, ul, li, sub, sup, td, th, a, h1-h6, comments, entities); both
 * are read into one form, so that a text can be compared, cut and joined by its plain words, and is
 * written back as light Markdown (** * []() and nothing else).
 */
#include "base/str.h"

struct arena;

enum rich_style { RICH_BOLD, RICH_ITALIC, RICH_LINK };

struct span {
	uint32_t from, to; /* bytes of text */
	enum rich_style style;
	struct str url;
};

struct rich {
	struct str text;    /* plain UTF-8; line breaks inside a paragraph are \n */
	struct span *spans; /* well nested, by from */
	int n;
	struct str comment; /* the words of <!-- … --> */
	int heading;        /* of <h1> to <h6>; 0: none */
	bool item;          /* it began with <li> */
	bool paragraph;     /* it holds a whole <p> … </p> */
	bool open;          /* a <p>, <b>, <td> … or ** is still open at its end */
};

struct rich rich_read(struct arena *, struct str source);
struct rich rich_plain(struct str text);
struct rich rich_sub(struct arena *, const struct rich *, size_t from, size_t to); /* trimmed */
struct rich rich_join(struct arena *, const struct rich *, struct str between, const struct rich *);
struct str rich_markdown(struct arena *, const struct rich *);
/* Is all of it in this style, but for spaces and punctuation? */
bool rich_is(const struct rich *, enum rich_style);

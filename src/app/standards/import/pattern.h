#pragma once
/*
 * How a layout says what a line looks like. Nothing here is a regular expression: every match takes
 * time in proportion to the line.
 *
 * A *key* is a text made comparable: lower case, no accents, plain quotes, dashes and spaces, one
 * space between words, "&" as "and". Patterns are compared with keys, so that capitals, accents and
 * typography never matter.
 *
 * A *pattern* is words in which  *  stands for anything, also nothing,  #  for a number,
 * {name}  for a piece to keep (at least one character; at most 100 unless it stands
 * last), {name=inner} for one that matches a pattern itself, and  \  takes the next character as it
 * is. Punctuation at the end is ignored where nothing is kept.
 *
 * A *code pattern* describes a code at the beginning of a line:  #  a number,  @  capital letters,
 * %  one small letter,  ~  a small Roman numeral, \ as above, anything else itself (words of three
 * letters and more in any case and accent). A point or bracket at its end is
 * any of them: %) is a) and a. and (a). What separates a code from its text (point, bracket,
 * colon, dash, spaces) is taken with it.
 */
#include "base/str.h"

struct arena;

struct key {
	struct str text;
	const uint32_t *from; /* of each byte, and of the end: its offset in the original */
};

struct key key_of(struct arena *, struct str);
struct str key_text(struct arena *, struct str); /* only the text, without the map */
/* Without bullets, numbering, # and ** before it, and punctuation after it. */
struct str key_heading(struct arena *, struct str);

struct pattern;

struct capture {
	struct str name;
	size_t from, to; /* of the original text */
};

struct match {
	struct capture at[6];
	int n;
};

/* NULL and *fault, an English sentence, if it is not one. */
const struct pattern *pattern_new(struct arena *, struct str source, const char **fault);
bool pattern_match(const struct pattern *, const struct key *, struct match *); /* match: or NULL */
bool pattern_captures(const struct pattern *);
bool pattern_is_exact(const struct pattern *); /* words only: nothing stands for anything */

/* How many bytes of `text` the code and what separates it take; 0 if it does not begin so. `code`
 * is the code without a space inside and without its separator. */
size_t code_match(struct arena *, struct str pattern, struct str text, struct str *code);

/* The same, of the code alone, whatever follows it. */
size_t code_prefix(struct arena *, struct str pattern, struct str text, struct str *code);

/* How alike two keys are by their words, 0 to 100; a letter more or less is the same word. */
int key_alike(struct str a, struct str b);

int words_count(struct str);
bool text_is_capitals(struct str);   /* three letters and more, none of them small */
bool text_starts_small(struct str);  /* with a small letter */
bool text_is_unfinished(struct str); /* no mark at its end that could end a sentence or a lead-in */

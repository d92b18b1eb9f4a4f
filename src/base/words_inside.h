#pragma once
/* What the files of base/words share. Words here are in lower case, composed (NFKC case fold), with
 * their accents; a folded word has none. */
#include "base/words.h"

/* --- words_table.c: what Snowball does not know. Keys are folded words. */

struct word_change {
	const char *from, *to;
	int least; /* fewest bytes of a word the rule is for */
};

/* English: whole words, then beginnings, are put into one spelling before they are stemmed. */
extern const struct word_change english_words[], english_beginnings[], english_endings[];
/* Words in -ise that are not spelt -ize in America. */
extern const char *const english_ise[];
/* Beginnings with a stem of their own, because Snowball's is shared with another word. With a '$'
 * at its end the key is the whole word. */
extern const struct word_change english_stems[], french_stems[];

/* French: whole words, then the ending of a plural, become the singular. The ending of a feminine,
 * or of what may be a plural ("emplois", but not "français"), gives another form, stemmed too. */
extern const struct word_change french_words[], french_plurals[], french_forms[];

/* Words that a query can do without, and words with an apostrophe that are one word. */
extern const char *const words_that_say_nothing[], *const words_kept_whole[];
/* What is cut off before an apostrophe (l’), and after one (’s). */
extern const char *const french_elisions[], *const english_contractions[];

/* --- words_stem.c */

enum word_lang { WORD_ENGLISH = 1, WORD_FRENCH = 2 };

struct word_stemmer;
struct word_stemmer *word_stemmer_new(struct arena *); /* closed when the arena is reset */

struct word_set {
	struct str tokens[WORDS_SET];
	int count;
};
void word_set_add(struct word_set *, struct str token); /* once; what does not fit is left out */
/* The word folded, and its stems in the languages (a sum of enum word_lang). */
void word_stems(struct word_stemmer *, int langs, struct str word, struct word_set *);

/* --- words_split.c */

bool words_have(const char *const *list, struct str word);

#define WORD_PARTS 12

/* A piece of text without white space: a word, or several held together by hyphens, apostrophes or
 * points. */
struct word_piece {
	struct str parts[WORD_PARTS];
	bool code[WORD_PARTS]; /* "s6.1.7": the points are part of it */
	int count;
	struct str joined; /* all of them without what is between; empty for a single one */
};

/* Takes the next piece off; false when there is none. */
bool words_next(struct arena *, struct str *rest, struct word_piece *);

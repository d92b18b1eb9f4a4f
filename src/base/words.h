#pragma once
/*
 * The words of a text for searching, made here for both database engines. A word of a text becomes
 * a few tokens at one position: itself folded, and its stems in the text's language. A word of a
 * query becomes the set of tokens any one of which finds it. Accents, inflections, elisions (l’,
 * d’, qu’), hyphens, œ and æ, and British or American spelling are forgiven.
 *
 * Stems carry a mark before them, so that a French stem is never taken for an English word: French
 * `career` would give `care`. A token is letters and digits in lower case without accents, plus the
 * characters of WORDS_MARKS: ~ before a French stem, = before an English one, . inside a code such
 * as 20.2 or s6.1.7. No token holds a quote, a space or a backslash.
 *
 * Stems are Snowball's (libstemmer 2.2), corrected by the tables of words_table.c, which are data
 * for linguists to extend; test/word_pairs.h holds what must and must not meet.
 */
#include "base/val.h"

#define WORDS_MARKS  "~=."
#define WORDS_SET    16 /* most tokens of one word */
#define WORDS_QUERY  32 /* most words of a query; more are ignored */
#define WORDS_PREFIX 3  /* fewest characters of a prefix */

/* For sorting out names and for prefix search in a column x_fold: compatibility case fold (NFKC),
 * no accents, œ oe, æ ae, ø o, ł l, đ d, ’ '. Two texts that differ only in these fold to one. */
struct str fold(struct arena *, struct str);
/* The first half of it: lower case, composed, with its accents. */
struct str fold_case(struct arena *, struct str);

struct word_token {
	struct str text;
	uint32_t position; /* of the word, from 1; several tokens share one */
};

struct word_index {
	const struct word_token *tokens; /* by position; no token twice at one */
	size_t count;
};

/* `lang` "en…" or "fr…" stems in that language, "" in both, any other in none. */
struct word_index words_index(struct arena *, struct str lang, struct str text);

/* The same for many texts in one language: a word that was met before is not stemmed again. */
struct word_reader;
struct word_reader *word_reader_new(struct arena *, struct str lang);
struct word_index word_reader_index(struct word_reader *, struct str text);

/* A text is found if, for every word of the query, it has one of the tokens, or for a prefix a
 * token that begins with it. Words that say nothing (the, of, le, de) are left out if others
 * remain. */
struct word_query {
	struct str tokens[WORDS_SET];
	int count;
	struct str prefix; /* of a folded word; empty: none */
};

/* `words` has room for WORDS_QUERY. Returns how many there are; 0: nothing to search for. With
 * `typing` the last word may be unfinished, if it has WORDS_PREFIX characters. */
int words_query(struct arena *, struct str text, bool typing, struct word_query *words);

/* Whether the text would be found: what both engines must agree with. */
bool words_meet(struct arena *, struct str lang, struct str text, struct str query);

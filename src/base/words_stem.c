#include "base/words_inside.h"

#include "base/arena.h"
#include "base/err.h"

#include <libstemmer.h>
#include <string.h>

struct word_stemmer {
	struct arena *arena;
	struct sb_stemmer *english, *french;
};

static void close_stemmer(void *stemmer)
{
	sb_stemmer_delete(stemmer);
}

static struct sb_stemmer *open_stemmer(struct arena *a, const char *language)
{
	struct sb_stemmer *s = sb_stemmer_new(language, "UTF_8");
	MUST(s);
	arena_defer(a, close_stemmer, s);
	return s;
}

struct word_stemmer *word_stemmer_new(struct arena *a)
{
	struct word_stemmer *s = arena_one(a, struct word_stemmer);
	s->arena = a;
	s->english = open_stemmer(a, "english");
	s->french = open_stemmer(a, "french");
	return s;
}

void word_set_add(struct word_set *set, struct str token)
{
	for (int i = 0; i < set->count; i++)
		if (str_eq(set->tokens[i], token))
			return;
	if (set->count < WORDS_SET)
		set->tokens[set->count++] = token;
}

static struct str joined(struct arena *a, const char *first, struct str second)
{
	size_t n = strlen(first);
	char *p = arena_alloc(a, n + second.n);
	memcpy(p, first, n);
	if (second.n)
		memcpy(p + n, second.p, second.n);
	return (struct str){p, n + second.n};
}

static void add_marked(struct arena *a, struct word_set *set, const char *mark, struct str stem)
{
	if (stem.n)
		word_set_add(set, joined(a, mark, fold(a, stem)));
}

static struct str snowball(struct arena *a, struct sb_stemmer *stemmer, struct str word)
{
	const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word.p, (int)word.n);
	MUST(stem);
	return str_dup(a, (struct str){(const char *)stem, (size_t)sb_stemmer_length(stemmer)});
}

static const struct word_change *find_word(const struct word_change *table, struct str word)
{
	for (; table->from; table++)
		if (*table->from == *word.p && str_is(word, table->from))
			return table;
	return NULL;
}

/* The first of the table that the word begins with. A key that ends in '$' is the whole word. */
static const struct word_change *find_beginning(const struct word_change *table, struct str word)
{
	for (; table->from; table++) {
		if (*table->from != *word.p)
			continue;
		struct str key = str_of(table->from);
		if (str_ends(key, S("$")) ? str_eq(word, str_sub(key, 0, key.n - 1))
					  : str_starts(word, key))
			return table;
	}
	return NULL;
}

static const struct word_change *find_ending(const struct word_change *table, struct str word)
{
	for (; table->from; table++)
		if (word.n >= (size_t)table->least && str_ends(word, str_of(table->from)))
			return table;
	return NULL;
}

static struct str change_ending(struct arena *a, struct str word, const struct word_change *change)
{
	return str_fmt(a, STR_FMT "%s", STR_ARG(str_sub(word, 0, word.n - strlen(change->from))),
		       change->to);
}

static struct str american(struct arena *a, struct str word)
{
	const struct word_change *change = find_word(english_words, word);
	if (change)
		return str_of(change->to);
	change = find_beginning(english_beginnings, word);
	if (change)
		word = joined(a, change->to, str_from(word, strlen(change->from)));
	change = find_ending(english_endings, word);
	if (!change)
		return word;
	for (const char *const *ise = english_ise; *ise; ise++)
		if (str_starts(word, str_of(*ise)))
			return word;
	return change_ending(a, word, change);
}

static void add_english(struct word_stemmer *s, struct word_set *set, struct str folded)
{
	struct str word = american(s->arena, folded);
	const struct word_change *own = find_beginning(english_stems, word);
	add_marked(s->arena, set, "=",
		   own ? str_of(own->to) : snowball(s->arena, s->english, word));
}

/* One form, with its accents and without. */
static void add_french_form(struct word_stemmer *s, struct word_set *set, struct str word)
{
	struct str folded = fold(s->arena, word);
	const struct word_change *own = find_beginning(french_stems, folded);
	if (own) {
		add_marked(s->arena, set, "~", str_of(own->to));
		return;
	}
	add_marked(s->arena, set, "~", snowball(s->arena, s->french, word));
	if (!str_eq(word, folded))
		add_marked(s->arena, set, "~", snowball(s->arena, s->french, folded));
}

static void add_french(struct word_stemmer *s, struct word_set *set, struct str word)
{
	struct arena *a = s->arena;
	struct str folded = fold(a, word);
	if (!find_beginning(french_stems, folded)) {
		const struct word_change *change = find_word(french_words, folded);
		if (change)
			word = str_of(change->to);
		else if ((change = find_ending(french_plurals, word)))
			word = change_ending(a, word, change);
	}
	add_french_form(s, set, word);
	for (const struct word_change *change = french_forms; (change = find_ending(change, word));
	     change++)
		add_french_form(s, set, change_ending(a, word, change));
}

static bool is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

void word_stems(struct word_stemmer *s, int langs, struct str word, struct word_set *set)
{
	struct str folded = fold(s->arena, word);
	if (folded.n == 0) /* marks without a letter */
		return;
	word_set_add(set, folded);
	if (is_number(folded))
		return;
	if (langs & WORD_ENGLISH)
		add_english(s, set, folded);
	if (langs & WORD_FRENCH)
		add_french(s, set, word);
}

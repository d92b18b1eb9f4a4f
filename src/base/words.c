#include "base/words.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/words_inside.h"

#define MOST_TEXT (4u << 20) /* bytes of one text that are looked at */

struct known_word {
	struct str word; /* empty: a free slot */
	struct word_set set;
};

struct word_reader {
	struct arena *arena;
	struct word_stemmer *stemmer;
	int langs;
	struct known_word **known; /* an open-addressed table; NULL: nothing is kept */
	size_t known_n, slots;     /* a power of two */
};

struct builder {
	struct arena *arena;
	struct word_token *tokens;
	size_t count, room;
};

static void add_token(struct builder *b, struct str text, uint32_t position)
{
	if (b->count == b->room) {
		size_t room = b->room ? b->room * 2 : 256, each = sizeof *b->tokens;
		b->tokens = arena_grow(b->arena, b->tokens, b->room * each, room * each);
		b->room = room;
	}
	b->tokens[b->count++] = (struct word_token){.text = text, .position = position};
}

static int langs_of(struct str lang)
{
	if (lang.n == 0)
		return WORD_ENGLISH | WORD_FRENCH;
	struct str first = str_sub(lang, 0, 2);
	bool whole = lang.n == 2 || (lang.n > 2 && lang.p[2] == '-');
	if (!whole)
		return 0;
	return str_is(first, "en") ? WORD_ENGLISH : str_is(first, "fr") ? WORD_FRENCH : 0;
}

static struct str bounded(struct str text)
{
	if (text.n <= MOST_TEXT)
		return text;
	size_t n = MOST_TEXT;
	while (n && (text.p[n] & 0xC0) == 0x80)
		n--;
	return str_sub(text, 0, n);
}

/* A code and each beginning of it: who looks for s6.1 also finds s6.1.7. */
static void add_code(struct word_set *set, struct arena *a, struct str code)
{
	struct str folded = fold(a, code);
	word_set_add(set, folded);
	for (size_t i = 0; i < folded.n; i++)
		if (folded.p[i] == '.')
			word_set_add(set, str_sub(folded, 0, i));
}

static struct known_word **slot_of(const struct word_reader *r, struct str word)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < word.n; i++)
		hash = (hash ^ (unsigned char)word.p[i]) * 1099511628211u;
	size_t i = (size_t)hash & (r->slots - 1);
	while (r->known[i] && !str_eq(r->known[i]->word, word))
		i = (i + 1) & (r->slots - 1);
	return &r->known[i];
}

static void widen(struct word_reader *r)
{
	struct known_word **old = r->known;
	size_t slots = r->slots;
	r->slots *= 2;
	r->known = arena_many(r->arena, struct known_word *, r->slots);
	for (size_t i = 0; i < slots; i++)
		if (old[i])
			*slot_of(r, old[i]->word) = old[i];
}

static void read_word(struct word_reader *r, struct str word, struct word_set *set)
{
	if (!r->known) {
		word_stems(r->stemmer, r->langs, word, set);
		return;
	}
	struct known_word **slot = slot_of(r, word);
	if (!*slot) {
		struct known_word *known = arena_one(r->arena, struct known_word);
		known->word = word;
		word_stems(r->stemmer, r->langs, word, &known->set);
		*slot = known;
		if (++r->known_n * 2 > r->slots)
			widen(r);
		*set = known->set;
		return;
	}
	*set = (*slot)->set;
}

static struct word_reader reader_of(struct arena *a, struct str lang)
{
	return (struct word_reader){
		.arena = a, .stemmer = word_stemmer_new(a), .langs = langs_of(lang)};
}

struct word_reader *word_reader_new(struct arena *a, struct str lang)
{
	struct word_reader *r = arena_one(a, struct word_reader);
	*r = reader_of(a, lang);
	r->slots = 1024;
	r->known = arena_many(a, struct known_word *, r->slots);
	return r;
}

struct word_index word_reader_index(struct word_reader *r, struct str text)
{
	struct builder b = {.arena = r->arena};
	struct word_piece piece;
	struct str rest = fold_case(r->arena, bounded(text));
	uint32_t position = 0;
	while (words_next(r->arena, &rest, &piece)) {
		for (int i = 0; i < piece.count; i++) {
			struct word_set set = {0};
			if (piece.code[i])
				add_code(&set, r->arena, piece.parts[i]);
			else
				read_word(r, piece.parts[i], &set);
			if (i == 0 && piece.joined.n)
				word_stems(r->stemmer, r->langs, piece.joined, &set);
			position++;
			for (int t = 0; t < set.count; t++)
				add_token(&b, set.tokens[t], position);
		}
	}
	return (struct word_index){.tokens = b.tokens, .count = b.count};
}

struct word_index words_index(struct arena *a, struct str lang, struct str text)
{
	struct word_reader once = reader_of(a, lang);
	return word_reader_index(&once, text);
}

struct query_part {
	struct str word, joined;
	bool code, says_nothing;
};

/* A single letter among longer parts ("étudiant·e") is none that a person looks for. */
static bool is_stray_letter(const struct word_piece *piece, int i)
{
	return piece->count > 1 && piece->parts[i].n == 1 &&
	       (piece->parts[i].p[0] < '0' || piece->parts[i].p[0] > '9');
}

static int query_parts(struct arena *a, struct str text, struct query_part *parts, bool *some_say)
{
	struct word_piece piece;
	struct str rest = fold_case(a, bounded(text));
	int count = 0;
	*some_say = false;
	while (count < WORDS_QUERY && words_next(a, &rest, &piece)) {
		for (int i = 0; i < piece.count && count < WORDS_QUERY; i++) {
			if (is_stray_letter(&piece, i))
				continue;
			struct query_part *p = &parts[count++];
			*p = (struct query_part){.word = piece.parts[i], .joined = piece.joined};
			p->code = piece.code[i];
			p->says_nothing = words_have(words_that_say_nothing, p->word);
			*some_say |= !p->says_nothing;
		}
	}
	return count;
}

static struct word_query query_word(struct arena *a, struct word_stemmer *stemmer,
				    const struct query_part *part)
{
	struct word_set set = {0};
	int both = WORD_ENGLISH | WORD_FRENCH;
	if (part->code)
		word_set_add(&set, fold(a, part->word));
	else
		word_stems(stemmer, both, part->word, &set);
	if (part->joined.n)
		word_stems(stemmer, both, part->joined, &set);
	struct word_query word = {.count = set.count};
	for (int i = 0; i < set.count; i++)
		word.tokens[i] = set.tokens[i];
	return word;
}

static bool ends_in_word(struct str text)
{
	uint32_t c = ' ';
	while (text.n)
		c = utf8_next(&text);
	return c > ' ' && c != UTF8_BAD;
}

int words_query(struct arena *a, struct str text, bool typing, struct word_query *words)
{
	struct query_part parts[WORDS_QUERY];
	struct word_stemmer *stemmer = word_stemmer_new(a);
	bool some_say;
	int n = query_parts(a, text, parts, &some_say), count = 0;
	for (int i = 0; i < n; i++) {
		bool unfinished = typing && i == n - 1 && ends_in_word(text);
		struct str folded = fold(a, parts[i].word);
		bool long_enough = utf8_length(folded) >= WORDS_PREFIX;
		if (parts[i].says_nothing && some_say && !(unfinished && long_enough))
			continue;
		words[count] = query_word(a, stemmer, &parts[i]);
		if (words[count].count == 0)
			continue;
		if (unfinished && long_enough)
			words[count].prefix = folded;
		count++;
	}
	return count;
}

static bool has_word(struct word_index index, const struct word_query *word)
{
	for (size_t i = 0; i < index.count; i++) {
		struct str token = index.tokens[i].text;
		if (word->prefix.n && str_starts(token, word->prefix))
			return true;
		for (int t = 0; t < word->count; t++)
			if (str_eq(token, word->tokens[t]))
				return true;
	}
	return false;
}

bool words_meet(struct arena *a, struct str lang, struct str text, struct str query)
{
	struct word_query words[WORDS_QUERY];
	struct word_index index = words_index(a, lang, text);
	int n = words_query(a, query, false, words);
	for (int i = 0; i < n; i++)
		if (!has_word(index, &words[i]))
			return false;
	return n > 0;
}

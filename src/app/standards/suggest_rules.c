#include "app/standards/suggest_rules.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/words.h"

#include <math.h>

/* Words of grammar, folded. A standard of twenty items has too few for their weight to show that
 * they say nothing. */
static const char *const english_grammar[] = {
	"a",    "about", "all",     "also",  "an",    "and",  "any",   "are",     "as",    "at",
	"be",   "been",  "both",    "but",   "by",    "can",  "do",    "does",    "each",  "for",
	"from", "has",   "have",    "he",    "her",   "his",  "how",   "if",      "in",    "into",
	"is",   "it",    "its",     "may",   "more",  "must", "never", "no",      "not",   "of",
	"on",   "one",   "only",    "or",    "other", "out",  "over",  "she",     "so",    "some",
	"such", "than",  "that",    "the",   "their", "them", "then",  "there",   "these", "they",
	"this", "those", "to",      "under", "what",  "when", "where", "whether", "which", "who",
	"will", "with",  "without", "would", NULL,
};
static const char *const french_grammar[] = {
	"a",    "ainsi", "au",   "aussi", "autre",  "autres", "aux",   "avec",   "avoir", "c",
	"ce",   "ces",   "cet",  "cette", "ceux",   "chaque", "comme", "d",      "dans",  "de",
	"des",  "donc",  "dont", "du",    "elle",   "elles",  "en",    "entre",  "est",   "et",
	"etre", "eux",   "il",   "ils",   "l",      "la",     "le",    "les",    "leur",  "leurs",
	"lui",  "mais",  "meme", "n",     "ne",     "ni",     "on",    "ont",    "ou",    "par",
	"pas",  "plus",  "pour", "qu",    "quand",  "que",    "quel",  "quelle", "qui",   "quoi",
	"s",    "sa",    "sans", "se",    "ses",    "si",     "soit",  "son",    "sont",  "sous",
	"sur",  "tous",  "tout", "toute", "toutes", "un",     "une",   "y",      NULL,
};

/* Of the likeness of what stands above, and the least likeness worth showing. */
#define ABOVE 0.25
#define LEAST 0.12

enum { DEEPEST = 40, FIRST_TERMS = 1024 };

struct term {
	struct str text;
	bool grammar;
	double weight;
	int32_t items; /* how many have it */
	int32_t last;  /* the item it was seen in last, from 1 */
	int32_t asked; /* the text that asked for it last, from 1 */
};

struct item {
	int64_t item, parent;
	struct str code;
	int32_t first, end; /* of its terms */
	double length;      /* squared; 0: no text in this language */
	double alike;       /* to what is asked now, by its words alone */
	double with_above;  /* and with what stands above both */
	double above;       /* the share of that which its parent found */
};

/* The texts of a standard in one language. */
struct corpus {
	struct arena *arena;
	struct item *items; /* by item */
	int32_t count;
	struct term *terms;
	int32_t terms_n, terms_room;
	int32_t *slots; /* an open-addressed table of terms, from 1; 0 is free */
	uint32_t mask;
	int32_t *said; /* the terms of the items, one item after the other */
	int32_t said_n, said_room;
	int32_t asked; /* so many texts so far */
	struct str lang;
	struct word_reader *reader;
	struct corpus *next;
};

struct sought {
	struct arena *arena;
	const struct val *rows;
	struct corpus *corpora; /* of the languages asked in so far */
};

static struct str primary(struct str lang)
{
	ptrdiff_t dash = str_find_char(lang, '-');
	return dash < 0 ? lang : str_sub(lang, 0, (size_t)dash);
}

static bool is_in(const struct val *row, struct str lang)
{
	return str_eq(primary(val_s(row, "lang")), lang);
}

/* ---- terms ---- */

static int32_t *slot_of(const struct corpus *c, struct str text)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < text.n; i++)
		hash = (hash ^ (unsigned char)text.p[i]) * 16777619u;
	uint32_t i = hash & c->mask;
	while (c->slots[i] && !str_eq(c->terms[c->slots[i] - 1].text, text))
		i = (i + 1) & c->mask;
	return &c->slots[i];
}

static void more_terms(struct corpus *c)
{
	size_t was = (size_t)c->terms_room, room = was ? was * 2 : FIRST_TERMS;
	c->terms = arena_grow(c->arena, c->terms, was * sizeof *c->terms, room * sizeof *c->terms);
	c->terms_room = (int32_t)room;
	c->slots = arena_many(c->arena, int32_t, room * 2);
	c->mask = (uint32_t)room * 2 - 1;
	for (int32_t i = 0; i < c->terms_n; i++)
		*slot_of(c, c->terms[i].text) = i + 1;
}

static bool is_grammar(struct str lang, struct str word)
{
	const char *const *list = str_is(lang, "en")   ? english_grammar
				  : str_is(lang, "fr") ? french_grammar
						       : NULL;
	for (; list && *list; list++)
		if (str_is(word, *list))
			return true;
	return false;
}

static int32_t term_of(struct corpus *c, struct str text)
{
	if (c->terms_n == c->terms_room)
		more_terms(c);
	int32_t *slot = slot_of(c, text);
	if (!*slot) {
		c->terms[c->terms_n++] =
			(struct term){.text = text, .grammar = is_grammar(c->lang, text)};
		*slot = c->terms_n;
	}
	return *slot - 1;
}

static void say(struct corpus *c, int32_t term)
{
	if (c->said_n == c->said_room) {
		size_t was = (size_t)c->said_room, room = was ? was * 2 : FIRST_TERMS;
		c->said = arena_grow(c->arena, c->said, was * sizeof *c->said,
				     room * sizeof *c->said);
		c->said_room = (int32_t)room;
	}
	c->said[c->said_n++] = term;
}

struct words {
	int32_t *terms;
	size_t count;
};

/* The words of a text and their stems; the first token of a position is the word as it stands. */
static struct words words_of(struct corpus *c, struct str text)
{
	struct word_index index = word_reader_index(c->reader, text);
	struct words w = {.terms = arena_many(c->arena, int32_t, index.count + 1)};
	uint32_t position = 0, skipped = 0;
	for (size_t i = 0; i < index.count; i++) {
		int32_t term = term_of(c, index.tokens[i].text);
		if (index.tokens[i].position != position && c->terms[term].grammar)
			skipped = index.tokens[i].position;
		position = index.tokens[i].position;
		if (position != skipped)
			w.terms[w.count++] = term;
	}
	return w;
}

/* ---- the standard sought in ---- */

static void read_text(struct corpus *c, const struct val *row)
{
	struct words words = words_of(c, val_s(row, "body"));
	for (size_t i = 0; i < words.count; i++) {
		int32_t term = words.terms[i];
		if (c->terms[term].last == c->count)
			continue;
		c->terms[term].last = c->count;
		c->terms[term].items++;
		say(c, term);
	}
}

static void weigh(struct corpus *c)
{
	for (int32_t i = 0; i < c->terms_n; i++) {
		double have = c->terms[i].items,
		       weight = log(1 + (c->count - have + 0.5) / (have + 0.5));
		c->terms[i].weight = weight * weight;
	}
	for (int32_t i = 0; i < c->count; i++)
		for (int32_t k = c->items[i].first; k < c->items[i].end; k++)
			c->items[i].length += c->terms[c->said[k]].weight;
}

static void read_rows(struct corpus *c, const struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (!c->count || c->items[c->count - 1].item != val_i(row, "item"))
			c->items[c->count++] = (struct item){.item = val_i(row, "item"),
							     .parent = val_i(row, "parent"),
							     .code = val_s(row, "code"),
							     .first = c->said_n};
		if (is_in(row, c->lang))
			read_text(c, row);
		c->items[c->count - 1].end = c->said_n;
	}
	weigh(c);
}

static struct corpus *corpus_of(struct sought *s, struct str lang)
{
	for (struct corpus *c = s->corpora; c; c = c->next)
		if (str_eq(c->lang, lang))
			return c;
	struct corpus *c = arena_one(s->arena, struct corpus);
	*c = (struct corpus){.arena = s->arena,
			     .lang = lang,
			     .reader = word_reader_new(s->arena, lang),
			     .next = s->corpora};
	c->items = arena_many(s->arena, struct item, val_count(s->rows) + 1);
	read_rows(c, s->rows);
	s->corpora = c;
	return c;
}

static struct item *find(const struct corpus *c, int64_t item)
{
	int32_t low = 0, high = c->count;
	while (low < high) {
		int32_t middle = (low + high) / 2;
		if (c->items[middle].item < item)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->count && c->items[low].item == item ? &c->items[low] : NULL;
}

/* ---- asking ---- */

/* The squared length of the text asked for; its terms are marked. A word that the
 * standard does not have weighs as one that a single item has. */
static double ask(struct corpus *c, const struct val *from, int64_t item)
{
	c->asked++;
	double length = 0, rare = log(1 + (c->count - 0.5) / 1.5);
	for (size_t i = 0; i < val_count(from); i++) {
		const struct val *row = val_at(from, i);
		if (val_i(row, "item") != item || !is_in(row, c->lang))
			continue;
		struct words words = words_of(c, val_s(row, "body"));
		for (size_t k = 0; k < words.count; k++) {
			struct term *term = &c->terms[words.terms[k]];
			if (term->asked == c->asked)
				continue;
			term->asked = c->asked;
			length += term->items ? term->weight : rare * rare;
		}
	}
	return length;
}

static void compare(struct corpus *c, double length)
{
	for (int32_t i = 0; i < c->count; i++) {
		struct item *is = &c->items[i];
		double shared = 0;
		for (int32_t k = is->first; k < is->end; k++)
			if (c->terms[c->said[k]].asked == c->asked)
				shared += c->terms[c->said[k]].weight;
		is->alike = shared > 0 ? shared / sqrt(length * is->length) : 0;
	}
}

static int64_t parent_in(const struct val *from, int64_t item)
{
	for (size_t i = 0; i < val_count(from); i++)
		if (val_i(val_at(from, i), "item") == item)
			return val_i(val_at(from, i), "parent");
	return 0;
}

/* From the top of what stands above the item down to itself. */
static void ask_all(struct corpus *c, const struct val *from, int64_t item)
{
	int64_t chain[DEEPEST];
	int32_t depth = 0;
	for (; item && depth < DEEPEST; item = parent_in(from, item))
		chain[depth++] = item;
	for (int32_t i = 0; i < c->count; i++)
		c->items[i].above = 0;
	while (depth--) {
		compare(c, ask(c, from, chain[depth]));
		for (int32_t i = 0; i < c->count; i++)
			c->items[i].with_above = c->items[i].alike + ABOVE * c->items[i].above;
		for (int32_t i = 0; i < c->count; i++) {
			const struct item *parent = find(c, c->items[i].parent);
			c->items[i].above = parent ? parent->with_above : 0;
		}
	}
}

/* ---- the best ---- */

struct best {
	struct str code; /* of the item asked for */
	struct {
		const struct item *item;
		double likeness;
		bool same_code;
	} at[SUGGEST_MOST];
	size_t count, most;
};

static void offer(struct best *b, const struct item *item, double likeness)
{
	bool same_code = b->code.n && str_eq(item->code, b->code);
	size_t i = b->count;
	while (i && (likeness > b->at[i - 1].likeness ||
		     (likeness >= b->at[i - 1].likeness && same_code && !b->at[i - 1].same_code)))
		i--;
	if (i == b->most)
		return;
	b->count += b->count < b->most;
	for (size_t k = b->count - 1; k > i; k--)
		b->at[k] = b->at[k - 1];
	b->at[i].item = item;
	b->at[i].likeness = likeness;
	b->at[i].same_code = same_code;
}

static bool holds(const struct val *rows, int64_t item)
{
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "item") == item)
			return true;
	return false;
}

static bool is_first_in(const struct val *from, size_t at, struct str lang)
{
	for (size_t i = 0; i < at; i++)
		if (val_i(val_at(from, i), "item") == val_i(val_at(from, at), "item") &&
		    is_in(val_at(from, i), lang))
			return false;
	return true;
}

struct sought *suggest_from(struct arena *a, const struct val *rows)
{
	struct sought *s = arena_one(a, struct sought);
	*s = (struct sought){.arena = a, .rows = rows};
	return s;
}

struct val *suggest_items(struct sought *s, const struct val *from, int64_t item,
			  const struct val *without, size_t most)
{
	MUST(most && most <= SUGGEST_MOST);
	double *likeness = arena_many(s->arena, double, val_count(s->rows) + 1);
	struct best best = {.most = most};
	const struct corpus *last = NULL; /* items have the same places in all */
	for (size_t i = 0; i < val_count(from); i++) {
		const struct val *row = val_at(from, i);
		struct str lang = primary(val_s(row, "lang"));
		if (val_i(row, "item") != item || !lang.n || !is_first_in(from, i, lang))
			continue;
		best.code = val_s(row, "code");
		struct corpus *c = corpus_of(s, lang);
		ask_all(c, from, item);
		for (int32_t k = 0; k < c->count; k++)
			if (c->items[k].alike >= LEAST && c->items[k].with_above > likeness[k])
				likeness[k] = c->items[k].with_above;
		last = c;
	}
	for (int32_t k = 0; last && k < last->count; k++)
		if (likeness[k] > 0 && !holds(without, last->items[k].item))
			offer(&best, &last->items[k], likeness[k]);
	struct val *list = val_list(s->arena);
	for (size_t i = 0; i < best.count; i++) {
		struct val *row = val_push_object(list);
		val_set_int(row, "item", best.at[i].item->item);
		val_set_real(row, "likeness", best.at[i].likeness);
	}
	return list;
}

#include "app/standards/snippet.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/words.h"
#include "web/markdown.h"

enum { WORDS_MOST = 4000, WORDS_BEFORE = 8, WORDS_SHOWN = 36 };

/* Each word with the white space after it. */
static size_t split(struct arena *a, struct str text, struct str *words)
{
	size_t n = 0, start = 0;
	text = utf8_one_line(a, text);
	for (size_t i = 1; i <= text.n && n < WORDS_MOST; i++) {
		if (i < text.n && text.p[i - 1] != ' ')
			continue;
		words[n++] = str_sub(text, start, i);
		start = i;
	}
	return n;
}

static void add(struct val *pieces, struct str text, bool hit)
{
	struct val *piece = val_push_object(pieces);
	val_set_str(piece, "text", text);
	val_set_bool(piece, "hit", hit);
}

/* Words that follow each other and are no hits are one piece: they are views of one text. */
static void add_word(struct val *pieces, struct str word, bool hit)
{
	struct val *last = val_count(pieces) ? val_at(pieces, val_count(pieces) - 1) : val_null();
	struct str before = val_s(last, "text");
	if (!hit && !val_is_null(last) && !val_b(last, "hit") && before.p + before.n == word.p) {
		val_set_str(last, "text", (struct str){before.p, before.n + word.n});
		return;
	}
	size_t n = hit ? str_trim_end(word).n : word.n;
	add(pieces, str_sub(word, 0, n), hit);
	if (n < word.n)
		add(pieces, str_from(word, n), false);
}

/* Whether one word of the text is what one of the query's finds. */
static bool is_hit(struct arena *a, struct str lang, struct str word,
		   const struct word_query *query, int query_words)
{
	struct word_index index = words_index(a, lang, word);
	for (size_t i = 0; i < index.count; i++)
		for (int k = 0; k < query_words; k++) {
			struct str token = index.tokens[i].text;
			if (query[k].prefix.n && str_starts(token, query[k].prefix))
				return true;
			for (int t = 0; t < query[k].count; t++)
				if (str_eq(token, query[k].tokens[t]))
					return true;
		}
	return false;
}

struct val *snippet(struct arena *a, struct str lang, struct str body, struct str query)
{
	struct str *words = arena_many(a, struct str, WORDS_MOST);
	struct word_query asked[WORDS_QUERY];
	struct val *pieces = val_list(a);
	size_t n = split(a, markdown_text(a, body), words), first = n;
	int asked_count = words_query(a, query, str_ends(query, S("*")), asked);
	bool *hit = arena_many(a, bool, n + 1);
	for (size_t i = 0; i < n && (first == n || i < first + WORDS_SHOWN); i++) {
		hit[i] = is_hit(a, lang, words[i], asked, asked_count);
		if (hit[i] && first == n)
			first = i;
	}
	first = first == n || first < WORDS_BEFORE ? 0 : first - WORDS_BEFORE;
	size_t end = first + WORDS_SHOWN < n ? first + WORDS_SHOWN : n;
	if (first)
		add(pieces, S("… "), false);
	for (size_t i = first; i < end; i++)
		add_word(pieces, words[i], hit[i]);
	if (end < n)
		add(pieces, S(" …"), false);
	return pieces;
}

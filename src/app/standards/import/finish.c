/* What can only be known at the end: torn pieces, parts of a sentence, examples, links. */
#include "app/standards/import/engine.h"

#include "base/arena.h"

#include <string.h>

/* ------------------------------------------------------------------ torn pieces */

static void take_lines(struct engine *e, int to, int from)
{
	for (int i = 0; i < e->items[from].lines_n; i++) {
		struct block one = {.first = e->items[from].lines[i], .n = 1};
		engine_take(e, to, &one);
	}
}

static bool stands_in(const struct engine *e, int item, int ranked)
{
	for (int steps = 0; item >= 0 && steps < 64; steps++, item = e->items[item].parent)
		if (item == ranked)
			return true;
	return false;
}

/* The last item of the kind, under the ranked one but not in its `tail`, whose text stops in the
 * middle. */
static int find_torn(const struct engine *e, int ranked, struct str kind, int tail)
{
	for (int i = e->n; i-- > ranked + 1;) {
		const struct item *item = &e->items[i];
		if (!item->loose && !item->gone && str_eq(item->kind, kind) &&
		    item->text.text.n > 30 && text_is_unfinished(item->text.text) &&
		    stands_in(e, i, ranked) && !stands_in(e, i, tail))
			return i;
	}
	return -1;
}

/*
 * Where columns or pages were scrambled, the tail of a note can stand before the section it belongs
 * to. A loose paragraph that begins with a small letter is the tail of the last unfinished item of
 * the loose kind; the loose items after it follow that item.
 */
void finish_loose(struct engine *e, int ranked)
{
	int from = 0, torn = -1, moved = 0;
	const struct rule *rule = rule_next(e->layout, NULL, RULE_LOOSE, &from);
	for (int i = ranked + 1; rule && i < e->n; i++) {
		struct item *item = &e->items[i];
		if (!item->loose || item->parent != ranked || item->gone)
			continue;
		item->loose = false;
		if (torn < 0 && item->indent < 0 && text_starts_small(item->text.text))
			torn = find_torn(e, ranked, rule->kind, i);
		if (torn < 0 || stands_in(e, torn, i))
			continue;
		if (!moved++) {
			e->items[torn].text =
				rich_join(e->arena, &e->items[torn].text, S(" "), &item->text);
			item->gone = true;
			take_lines(e, torn, i);
			for (int c = i + 1; c < e->n; c++)
				if (e->items[c].parent == i)
					e->items[c].parent = torn;
			engine_guess(e, torn, N_("a torn text: its end stood before its heading"));
			continue;
		}
		item->parent = e->items[torn].parent;
		item->kind = rule->kind;
		item->order = e->items[torn].order + moved;
		item->guess = N_("it follows a torn text whose end stood before its heading");
	}
}

/* ------------------------------------------------------------------ parts of a sentence */

static size_t find_strings(struct engine *e, struct args strings, struct str key, size_t from,
			   size_t *length)
{
	size_t best = SIZE_MAX;
	for (int i = 0; i < strings.n; i++) {
		struct str raw = strings.at[i].text, word = strings.at[i].key;
		bool capital = str_ends(raw, S("^")) && word.n;
		if (capital)
			word.n--;
		if (str_starts(raw, S(" ")))
			word = str_fmt(e->arena, " " STR_FMT, STR_ARG(word));
		if (str_ends(raw, S(" ")) && !str_ends(word, S(" ")))
			word = str_fmt(e->arena, STR_FMT " ", STR_ARG(word));
		ptrdiff_t at = word.n ? str_find(str_from(key, from), word) : -1;
		if (at >= 0 && from + (size_t)at < best) {
			best = from + (size_t)at;
			*length = word.n;
		}
	}
	return best;
}

static size_t sentence_end(struct str text, size_t from)
{
	for (size_t i = from; i < text.n; i++)
		if (text.p[i] == '.' &&
		    (i + 1 == text.n || text.p[i + 1] == ' ' || text.p[i + 1] == '\n'))
			return i;
	return text.n;
}

static void add_part(struct engine *e, const struct rule *rule, int whole, size_t from, size_t to)
{
	struct args skip = rule_strings(rule, "skip");
	struct rich text = rich_sub(e->arena, &e->items[whole].text, from, to);
	for (int i = 0; rule_has(rule, "skip") && i < skip.n; i++) {
		struct key key = key_of(e->arena, text.text);
		struct str word = str_fmt(e->arena, STR_FMT " ",
					  STR_ARG(key_text(e->arena, skip.at[i].text)));
		if (str_starts(key.text, word))
			text = rich_sub(e->arena, &text, key.from[word.n], text.text.n);
	}
	size_t end = text.text.n;
	while (end && strchr(".;, ", text.text.p[end - 1]))
		end--;
	text = rich_sub(e->arena, &text, 0, end);
	if (!text.text.n)
		return;
	struct block line = {.first = e->items[whole].lines[0], .n = 1};
	int part = engine_add(e, rule->kind, whole, &text, &line);
	for (int i = 1; i < e->items[whole].lines_n; i++) {
		line.first = e->items[whole].lines[i];
		engine_take(e, part, &line);
	}
	e->items[part].section = e->items[whole].section;
}

static bool splits_at(const struct rule *rule, struct str text, size_t after)
{
	struct args by = rule_strings(rule, "by");
	bool capital = false;
	for (int i = 0; i < by.n; i++)
		capital |= str_ends(by.at[i].text, S("^"));
	return !capital || (after < text.n && !text_starts_small(str_from(text, after)));
}

/* split KIND of KIND after "…" by "…" skip "…": the parts of a sentence become items under it. */
static void split_item(struct engine *e, const struct rule *rule, int whole)
{
	struct str text = e->items[whole].text.text;
	struct key key = key_of(e->arena, text);
	size_t from = 0, length = 0, end = sentence_end(key.text, 0);
	if (rule_has(rule, "after")) {
		from = find_strings(e, rule_strings(rule, "after"), key.text, 0, &length);
		if (from == SIZE_MAX)
			return;
		from += length;
		end = sentence_end(key.text, from);
	}
	int parts = 0;
	struct str sentence = str_sub(key.text, 0, end);
	for (size_t at = from, look = from; at < end;) {
		size_t cut = find_strings(e, rule_strings(rule, "by"), sentence, look, &length);
		if (cut == SIZE_MAX && !parts && !rule_has(rule, "after"))
			return;
		if (cut == SIZE_MAX)
			cut = end;
		look = cut + length;
		if (cut < end && !splits_at(rule, text, key.from[look < end ? look : end]))
			continue;
		add_part(e, rule, whole, key.from[at], key.from[cut]);
		parts++;
		at = look;
	}
}

static void split(struct engine *e)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_SPLIT, &from));) {
		struct str of = rule_word_after(r, "of");
		for (int i = 0, n = e->n; i < n; i++)
			if (str_eq(e->items[i].kind, of) && !e->items[i].gone)
				split_item(e, r, i);
	}
}

/* ------------------------------------------------------------------ examples in a sentence */

static void add_examples(struct engine *e, struct val *list, struct str text)
{
	size_t from = 0;
	int depth = 0;
	for (size_t i = 0; i <= text.n; i++) {
		char c = i < text.n ? text.p[i] : ',';
		depth += c == '(' ? 1 : c == ')' && depth ? -1 : 0;
		if (i < text.n && (depth || (c != ',' && c != ';')))
			continue;
		struct str piece = source_trim(str_sub(text, from, i));
		while (piece.n && strchr(" :.,", piece.p[piece.n - 1]))
			piece.n--;
		if (piece.n)
			val_push(list, val_text(e->arena, piece));
		from = i + 1;
	}
}

/* Up to the bracket that closes it, or the end of the sentence. */
static size_t examples_end(struct str text, size_t from)
{
	int depth = 0;
	for (size_t i = from; i < text.n; i++) {
		bool stop = i + 1 == text.n || (i + 2 < text.n && text.p[i + 1] == ' ' &&
						!text_starts_small(str_from(text, i + 2)));
		depth += text.p[i] == '(';
		if (text.p[i] == ')' && !depth--)
			return i;
		if (text.p[i] == '.' && !depth && stop)
			return i;
	}
	return text.n;
}

static void find_examples(struct engine *e, int index)
{
	int from = 0;
	struct str text = e->items[index].text.text;
	const struct rule *rule = rule_next(e->layout, NULL, RULE_EXAMPLE, &from);
	if (!rule || e->items[index].heading)
		return;
	struct key key = key_of(e->arena, text);
	struct val *list = NULL;
	size_t at = 0, length = 0;
	while ((at = find_strings(e, rule_strings(rule, ""), key.text, at, &length)) != SIZE_MAX) {
		bool word = at && strchr(" (,", key.text.p[at - 1]);
		if (word && at > 1 && strchr(".!?", key.text.p[at - 2]))
			word = false; /* it begins a sentence: no list */
		at += length;
		while (word && at < key.text.n && strchr(" ,:", key.text.p[at]))
			at++;
		if (!word || at >= key.text.n)
			continue;
		size_t start = key.from[at], end = examples_end(text, start);
		list = list ? list : val_list(e->arena);
		add_examples(e, list, str_sub(text, start, end));
		while (at < key.text.n && key.from[at] < end)
			at++;
	}
	if (list && val_count(list))
		val_set(engine_more(e, index), "examples", list);
}

/* ------------------------------------------------------------------ links */

static struct val *add_link(struct engine *e, int item, struct str text)
{
	struct val *links = val_get(e->document, "links");
	if (val_is_null(links))
		links = val_set_list(e->document, "links");
	struct val *link = val_push_object(links);
	val_set_int(link, "item", item);
	val_set_str(link, "text", text);
	val_set_int(link, "line", e->items[item].lines[0] + 1);
	return link;
}

/* refer "see " code "#.#": a code after these words is a link, outside if no item here has it. */
static void find_references(struct engine *e, int index)
{
	int from = 0;
	struct str text = e->items[index].text.text;
	const struct rule *rule = rule_next(e->layout, NULL, RULE_REFER, &from);
	if (!rule || e->items[index].heading)
		return;
	struct key key = key_of(e->arena, text);
	struct args codes = rule_strings(rule, "code");
	size_t at = 0, length = 0;
	while ((at = find_strings(e, rule_strings(rule, ""), key.text, at, &length)) != SIZE_MAX) {
		size_t start = key.from[at], begin = key.from[at + length];
		struct str rest = str_from(text, begin), code = {0}, best = {0};
		size_t most = 0;
		for (int i = 0; i < codes.n; i++) {
			size_t n = code_prefix(e->arena, codes.at[i].text, rest, &code);
			if (n > most) {
				most = n;
				best = code;
			}
		}
		at += length;
		if (!most)
			continue;
		int to = engine_coded(e, best);
		while (strchr("([ ", text.p[start]))
			start++;
		struct val *link = add_link(e, index, str_sub(text, start, begin + most));
		val_set_str(link, "code", best);
		val_set_int(link, "to", to);
	}
}

static void find_addresses(struct engine *e, int index)
{
	struct item *item = &e->items[index];
	for (int i = 0; i < item->text.n; i++) {
		const struct span *s = &item->text.spans[i];
		if (s->style != RICH_LINK)
			continue;
		struct val *link = add_link(e, index, str_sub(item->text.text, s->from, s->to));
		val_set_str(link, "url", s->url);
		val_set_int(link, "to", -1);
	}
	for (struct str rest = item->text.text; rest.n && !item->text.n;) {
		ptrdiff_t at = str_find(rest, S("http"));
		if (at < 0)
			break;
		rest = str_from(rest, (size_t)at);
		size_t n = 0;
		while (n < rest.n && !strchr(" \n\t)>]\"", rest.p[n]))
			n++;
		struct str url = str_sub(rest, 0, n);
		while (url.n && strchr(".,;", url.p[url.n - 1]))
			url.n--;
		if (str_starts(url, S("http://")) || str_starts(url, S("https://"))) {
			struct val *link = add_link(e, index, url);
			val_set_str(link, "url", url);
			val_set_int(link, "to", -1);
		}
		rest = str_from(rest, n ? n : 1);
	}
}

/* leveled KIND OVER: what headings of levels stood under is of this kind, and what it stands in of
 * the other. */
static void name_leveled(struct engine *e)
{
	int from = 0;
	const struct rule *rule = rule_next(e->layout, NULL, RULE_LEVELED, &from);
	for (int i = 0; rule && i < e->cells_n; i++) {
		struct item *item = &e->items[e->cells[i].item];
		if (!item->heading)
			continue;
		item->kind = rule->kind;
		if (item->parent >= 0 && rule->n > 1)
			e->items[item->parent].kind = rule->args[1].text;
	}
}

void engine_finish(struct engine *e)
{
	rows_finish(e);
	name_leveled(e);
	split(e);
	for (int i = 0; i < e->n; i++) {
		if (e->items[i].gone || !e->items[i].lines_n)
			continue;
		find_examples(e, i);
		find_references(e, i);
		find_addresses(e, i);
	}
	for (int i = 0; i < e->source->count; i++)
		if (e->source->lines[i].text.n && e->fates[i] == FATE_NONE) {
			e->fates[i] = FATE_UNPLACED;
			e->reasons[i] = N_("nothing in the layout says what this is");
		}
}

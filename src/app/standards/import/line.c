/* Lines that say by their form what they are: "Term: what it means", "Name | languages". */
#include "app/standards/import/engine.h"

#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

struct val *list_of_names(struct arena *a, struct str text)
{
	struct val *list = val_list(a);
	struct key key = key_of(a, text);
	size_t from = 0;
	for (size_t i = 0; i <= key.text.n; i++) {
		struct str rest = str_from(key.text, i);
		size_t cut = 0;
		if (!rest.n || strchr("/,;|", rest.p[0]))
			cut = 1;
		else if (str_starts(rest, S(" and ")))
			cut = 5;
		else if (str_starts(rest, S(" et ")))
			cut = 4;
		if (!cut)
			continue;
		struct str name = source_trim(str_sub(text, key.from[from], key.from[i]));
		if (name.n)
			val_push(list, val_text(a, name));
		from = i + cut;
		i += cut - 1;
	}
	return list;
}

static int last_of(const struct engine *e, struct str kind)
{
	for (int i = e->n; i-- > 0 && e->n - i < 500;)
		if (str_eq(e->items[i].kind, kind))
			return i;
	return -1;
}

void line_pieces(struct engine *e, int item, const struct match *match, struct str text)
{
	for (int i = 0; i < match->n; i++) {
		struct str name = match->at[i].name;
		struct str piece = source_trim(str_sub(text, match->at[i].from, match->at[i].to));
		if (str_is(name, "title"))
			e->items[item].title = piece;
		else if (str_is(name, "code"))
			e->items[item].code = piece;
		else if (str_is(name, "languages"))
			val_set(engine_more(e, item), "languages", list_of_names(e->arena, piece));
		else if (!str_is(name, "text"))
			val_set_str(engine_more(e, item), str_c(e->arena, name), piece);
	}
}

/* "Objectif : …": the words before the text stay with the item. */
void line_label(struct engine *e, int item, struct str before)
{
	struct str label = source_trim(before);
	if (!str_ends(label, S(":")))
		return;
	label = source_trim(str_sub(label, 0, label.n - 1));
	if (label.n)
		val_set_str(engine_more(e, item), "label", label);
}

static int make(struct engine *e, const struct rule *rule, const struct block *b,
		const struct rich *text)
{
	struct str under = rule_word_after(rule, "under");
	struct args to = rule_strings(rule, "to");
	for (int i = e->n; rule_has(rule, "to") && to.n && i-- > 0 && e->n - i < 500;)
		if (str_find(e->items[i].text.text, to.at[0].text) >= 0)
			return engine_add(e, rule->kind, i, text, b);
	if (str_is(under, "none"))
		engine_close_inner(e);
	if (rule->rank)
		return engine_open(e, rule, rule->rank, (struct str){0}, text, b);
	int parent = under.n ? last_of(e, under) : -1;
	return engine_add(e, rule->kind, parent >= 0 ? parent : engine_holder(e), text, b);
}

static bool match_rules(struct engine *e, const struct rule *within, const struct block *b,
			const struct rich *text, const struct key *key)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(e->layout, within, RULE_LINE, &from));) {
		struct match match;
		if (!within && e->section && !rule_has(r, "anywhere"))
			continue;
		if (!rule_matches(r, "", key, &match))
			continue;
		size_t start = 0, end = text->text.n;
		match_piece(&match, "text", text->text, &start, &end);
		struct rich kept = rich_sub(e->arena, text, start, end);
		int item = make(e, r, b, &kept);
		if (b->label.n)
			e->items[item].code = b->label;
		line_pieces(e, item, &match, text->text);
		if (match.n == 1)
			line_label(e, item, str_sub(text->text, 0, start));
		engine_saw(e, r);
		e->formed++;
		list_reset(e);
		list_base(e, item, b);
		return true;
	}
	return false;
}

bool line_match(struct engine *e, const struct block *b)
{
	if (b->type == BLOCK_ROW)
		return false;
	struct rich text = b->text;
	struct key key = b->key;
	if (b->label_bytes) {
		text = rich_sub(e->arena, &b->text, b->label_bytes, b->text.text.n);
		key = key_of(e->arena, text.text);
	}
	return (e->section && match_rules(e, e->section, b, &text, &key)) ||
	       match_rules(e, NULL, b, &text, &key);
}

/* ------------------------------------------------------------------ a legend of codes */

static struct str slug(struct arena *a, struct str text)
{
	struct buf out = {.arena = a};
	struct str key = key_text(a, text);
	for (size_t i = 0; i < key.n; i++) {
		bool word = (key.p[i] >= 'a' && key.p[i] <= 'z') ||
			    (key.p[i] >= '0' && key.p[i] <= '9');
		if (word)
			buf_char(&out, key.p[i]);
		else if (out.n && out.p[out.n - 1] != '-')
			buf_char(&out, '-');
	}
	while (out.n && out.p[out.n - 1] == '-')
		out.n--;
	return buf_str(&out);
}

/* A table that says what the codes before entries mean: `legend "code" "type"`. */
bool legend_row(struct engine *e, const struct block *b)
{
	int from = 0;
	const struct rule *rule = rule_next(e->layout, NULL, RULE_LEGEND, &from);
	if (!rule || b->type != BLOCK_ROW || b->cells_n < 2 || e->table)
		return false;
	if (!e->legend) {
		struct args names = rule_strings(rule, "");
		for (int i = 0; i < names.n && i < 2; i++) {
			struct key key = key_of(e->arena, b->cells[i].text);
			if (!pattern_match(names.at[i].pattern, &key, NULL))
				return false;
		}
		e->legend = val_object(e->arena);
		val_set_list(e->document, "legend");
		engine_saw(e, rule);
	} else if (!e->block || e->blocks.at[e->block - 1].type < BLOCK_ROW) {
		return false; /* another table */
	} else {
		struct val *row = val_push_object(val_get(e->document, "legend"));
		val_set_str(e->legend, str_c(e->arena, b->cells[0].text),
			    slug(e->arena, b->cells[1].text));
		val_set_str(row, "code", b->cells[0].text);
		val_set_str(row, "kind", slug(e->arena, b->cells[1].text));
		val_set_str(row, "label", b->cells[1].text);
		if (b->cells_n > 2)
			val_set_str(row, "means", b->cells[2].text);
	}
	engine_furniture(e, b, N_("a legend: what the codes before the entries mean"));
	return true;
}

/* "A: Some words", where the legend knows A and it may be a link: the link is the item's address.
 */
void legend_apply(struct engine *e, int index)
{
	struct item *item = &e->items[index];
	ptrdiff_t colon = str_find_char(str_sub(item->text.text, 0, 20), ':');
	if (!e->legend || colon < 1)
		return;
	struct str code = source_trim(str_sub(item->text.text, 0, (size_t)colon));
	struct val *kind = val_get(e->legend, str_c(e->arena, code));
	if (val_is_null(kind))
		return;
	item->kind = val_get_str(kind);
	val_set_str(engine_more(e, index), "legend", code);
	if (item->text.n && item->text.spans[0].style == RICH_LINK && !item->text.spans[0].from)
		val_set_str(engine_more(e, index), "url", item->text.spans[0].url);
	item->text = rich_sub(e->arena, &item->text, (size_t)colon + 1, item->text.text.n);
}

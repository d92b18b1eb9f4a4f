/* Where the items of a package stand: under which parent, and in which order. */
#include "app/standards/case/package_inside.h"

#include "base/buf.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

/* What a person sees of a guess. */
static const char *const no_parent = N_("no association says under which item it stands");
static const char *const in_a_circle = N_("it would stand under itself");
static const char *const too_deep = N_("it would stand deeper than sixty levels");

static bool is_child_of(const struct case_association *a)
{
	return str_is(a->type, "isChildOf");
}

/* What was pointed at by a name that is no UUID is known by the one it got. */
static void resolve(struct reading_case *r, struct case_node *end)
{
	int32_t item = names_get(&r->ids[CASE_ITEMS], end->identifier);
	if (item >= 0)
		end->identifier = r->out->items[item].uuid;
	else if (r->out->identifier.n && str_eq(end->identifier, r->out->identifier))
		end->identifier = r->out->uuid;
}

/* The first association that puts an item under another, or at the top, places it. */
static void find_parents(struct reading_case *r)
{
	struct case_package *p = r->out;
	for (int32_t i = 0; i < p->associations_n; i++) {
		struct case_association *a = &p->associations[i];
		resolve(r, &a->origin);
		resolve(r, &a->destination);
		int32_t child = names_get(&r->ids[CASE_ITEMS], a->origin.identifier);
		if (!is_child_of(a) || child < 0 || p->items[child].placed_by >= 0)
			continue;
		int32_t parent = names_get(&r->ids[CASE_ITEMS], a->destination.identifier);
		bool top = str_eq(a->destination.identifier, p->uuid);
		if ((parent < 0 && !top) || parent == child)
			continue;
		p->items[child].parent = parent;
		p->items[child].placed_by = i;
		a->placing = true;
	}
	for (int32_t i = 0; i < p->items_n; i++)
		if (p->items[i].placed_by < 0)
			p->items[i].guess = no_parent;
}

static void unplace(struct case_package *p, int32_t item, const char *why)
{
	if (p->items[item].placed_by >= 0)
		p->associations[p->items[item].placed_by].placing = false;
	p->items[item].placed_by = -1;
	p->items[item].parent = -1;
	p->items[item].guess = why;
}

/* A circle is opened where the walk up comes back to it. */
static void open_circles(struct reading_case *r)
{
	struct case_package *p = r->out;
	int32_t *walk = arena_many(r->scratch, int32_t, (size_t)p->items_n + 1);
	for (int32_t i = 0; i < p->items_n; i++) {
		int32_t at = i;
		while (at >= 0 && !walk[at]) {
			walk[at] = i + 1;
			int32_t up = p->items[at].parent;
			if (up >= 0 && walk[up] == i + 1) {
				unplace(p, at, in_a_circle);
				break;
			}
			at = up;
		}
	}
}

/* What stands too deep begins again at the top, sixty levels at a time. */
static void limit_depth(struct reading_case *r)
{
	struct case_package *p = r->out;
	int32_t *depth = arena_many(r->scratch, int32_t, (size_t)p->items_n + 1);
	for (int32_t i = 0; i < p->items_n; i++) {
		int32_t up = 0, at = i;
		for (; at >= 0 && !depth[at]; at = p->items[at].parent)
			up++;
		up += at >= 0 ? depth[at] : 0;
		for (at = i; at >= 0 && !depth[at]; at = p->items[at].parent)
			depth[at] = up--;
	}
	for (int32_t i = 0; i < p->items_n; i++)
		if (depth[i] > 1 && depth[i] % CASE_DEEPEST == 1)
			unplace(p, i, too_deep);
}

/* ------------------------------------------------------------------ order */

struct sibling {
	struct str code;
	int64_t sequence;
	int32_t item;
};

/* Numbers as numbers, so that 2 comes before 10. */
static int by_code(struct str a, struct str b)
{
	while (a.n && b.n) {
		size_t m = 0, n = 0;
		while (m < a.n && a.p[m] >= '0' && a.p[m] <= '9')
			m++;
		while (n < b.n && b.p[n] >= '0' && b.p[n] <= '9')
			n++;
		if (m && n && m != n)
			return m < n ? -1 : 1;
		size_t take = m && n ? m : 1;
		int order = memcmp(a.p, b.p, take);
		if (order)
			return order;
		a = str_from(a, take);
		b = str_from(b, take);
	}
	return (a.n > 0) - (b.n > 0);
}

static int by_place(const void *left, const void *right)
{
	const struct sibling *a = left, *b = right;
	if ((a->sequence < 0) != (b->sequence < 0)) /* those without a number come last */
		return a->sequence < 0 ? 1 : -1;
	if (a->sequence != b->sequence)
		return a->sequence < b->sequence ? -1 : 1;
	int order = by_code(a->code, b->code);
	return order ? order : (a->item > b->item) - (a->item < b->item);
}

/* Codes order only where no number does, and every sibling has one. */
static void sort_siblings(struct sibling *all, int32_t n)
{
	bool codes = true;
	for (int32_t i = 0; i < n; i++)
		codes = codes && all[i].code.n && all[i].sequence < 0;
	for (int32_t i = 0; !codes && i < n; i++)
		all[i].code = (struct str){0};
	qsort(all, (size_t)n, sizeof *all, by_place);
}

/* Their numbers are their positions, if they differ. */
static void give_positions(struct case_package *p, const struct sibling *all, int32_t n)
{
	bool numbers = true;
	for (int32_t i = 0; i < n; i++)
		numbers = numbers && all[i].sequence >= 0 &&
			  (!i || all[i].sequence > all[i - 1].sequence);
	for (int32_t i = 0; i < n; i++)
		p->items[all[i].item].position = numbers ? all[i].sequence : i + 1;
}

/* Children as lists; index items_n is the top. */
struct brood {
	int32_t *first, *next, *last;
};

static struct brood brood_of(struct reading_case *r)
{
	struct case_package *p = r->out;
	size_t n = (size_t)p->items_n + 1;
	struct brood b = {arena_many(r->scratch, int32_t, n), arena_many(r->scratch, int32_t, n),
			  arena_many(r->scratch, int32_t, n)};
	for (size_t i = 0; i < n; i++)
		b.first[i] = b.next[i] = b.last[i] = -1;
	for (int32_t i = 0; i < p->items_n; i++) {
		int32_t above = p->items[i].parent < 0 ? p->items_n : p->items[i].parent;
		*(b.first[above] < 0 ? &b.first[above] : &b.next[b.last[above]]) = i;
		b.last[above] = i;
	}
	return b;
}

static void order_children(struct reading_case *r, struct brood *b, int32_t above,
			   struct sibling *room)
{
	struct case_package *p = r->out;
	int32_t n = 0;
	for (int32_t i = b->first[above]; i >= 0; i = b->next[i]) {
		int32_t by = p->items[i].placed_by;
		room[n++] = (struct sibling){p->items[i].code,
					     by < 0 ? -1 : p->associations[by].sequence, i};
	}
	if (!n)
		return;
	sort_siblings(room, n);
	give_positions(p, room, n);
	b->first[above] = room[0].item;
	for (int32_t i = 0; i < n; i++)
		b->next[room[i].item] = i + 1 < n ? room[i + 1].item : -1;
}

static void walk(struct reading_case *r)
{
	struct case_package *p = r->out;
	struct brood b = brood_of(r);
	struct sibling *room = arena_many(r->scratch, struct sibling, (size_t)p->items_n + 1);
	for (int32_t i = 0; i <= p->items_n; i++)
		order_children(r, &b, i, room);
	for (int32_t at = b.first[p->items_n]; at >= 0;) {
		p->order[p->order_n++] = at;
		if (b.first[at] >= 0) {
			at = b.first[at];
			continue;
		}
		while (at >= 0 && b.next[at] < 0)
			at = p->items[at].parent;
		at = at >= 0 ? b.next[at] : -1;
	}
}

/* ------------------------------------------------------------------ language, translation */

static void find_originals(struct reading_case *r)
{
	struct case_package *p = r->out;
	for (int32_t i = 0; i < p->associations_n; i++) {
		const struct case_association *a = &p->associations[i];
		struct str of = a->destination.identifier, from = a->origin.identifier;
		if (!str_is(a->type, "isTranslationOf") || str_eq(of, p->uuid) ||
		    names_get(&r->ids[CASE_ITEMS], of) >= 0)
			continue;
		int32_t item = names_get(&r->ids[CASE_ITEMS], from);
		if (item >= 0 && !p->items[item].of.n)
			p->items[item].of = of;
		else if (str_eq(from, p->uuid) && !p->of.n)
			p->of = of;
	}
}

/* By the small words that only one of the two has. */
static struct str guess_lang(const struct case_package *p)
{
	static const struct {
		const char *word, *lang;
	} small[] = {{" the ", "en"}, {" and ", "en"}, {" of ", "en"},  {" to ", "en"},
		     {" le ", "fr"},  {" la ", "fr"},  {" les ", "fr"}, {" des ", "fr"},
		     {" et ", "fr"},  {" du ", "fr"}};
	int en = 0, fr = 0;
	for (int32_t i = 0; i < p->items_n && i < 400; i++)
		for (size_t k = 0; k < sizeof small / sizeof *small; k++)
			if (str_find(p->items[i].body, str_of(small[k].word)) >= 0)
				++*(small[k].lang[0] == 'e' ? &en : &fr);
	return en == fr ? (struct str){0} : en > fr ? S("en") : S("fr");
}

/* The document's, else that of most items, else what the words look like. */
static void find_lang(struct reading_case *r)
{
	struct case_package *p = r->out;
	struct str best = {0};
	int32_t votes = 0;
	for (int32_t i = 0; i < p->items_n; i++) { /* Boyer and Moore's majority */
		struct str lang = p->items[i].lang;
		if (!lang.n)
			continue;
		if (!votes)
			best = lang;
		votes += str_eq(lang, best) ? 1 : -1;
	}
	if (r->options->lang.n)
		p->lang = r->options->lang;
	else if (!p->lang.n)
		p->lang = best.n ? best : guess_lang(p);
}

void case_place(struct reading_case *r)
{
	struct case_package *p = r->out;
	p->order = arena_many(r->arena, int32_t, (size_t)p->items_n + 1);
	find_parents(r);
	open_circles(r);
	limit_depth(r);
	walk(r);
	find_originals(r);
	find_lang(r);
}

/* ------------------------------------------------------------------ what is kept of associations
 */

static void add_members(struct buf *b, struct str members)
{
	if (members.n > 2) {
		if (b->n > 1)
			buf_char(b, ',');
		buf_add(b, str_sub(members, 1, members.n - 1));
	}
}

static void add_text(struct buf *b, const char *name, struct str text)
{
	buf_fmt(b, "\"%s\":", name);
	json_write(b, val_text(b->arena, text));
}

static void add_end(struct buf *b, const char *name, const struct case_node *end)
{
	if (!end->json.n && !end->identifier.n)
		return;
	buf_fmt(b, "%s\"%s\":", b->n > 1 ? "," : "", name);
	if (end->json.n) {
		buf_add(b, end->json);
		return;
	}
	buf_char(b, '{');
	add_text(b, "title", end->title);
	buf_char(b, ',');
	add_text(b, "identifier", end->identifier);
	buf_char(b, ',');
	add_text(b, "uri", end->uri);
	buf_char(b, '}');
}

struct str case_association_data(struct arena *a, const struct case_association *one)
{
	struct buf b = {.arena = a};
	buf_char(&b, '{');
	add_members(&b, one->data);
	add_end(&b, "originNodeURI", &one->origin);
	add_end(&b, "destinationNodeURI", &one->destination);
	if (one->sequence >= 0 && one->plain_sequence)
		buf_fmt(&b, "%s\"sequenceNumber\":%d", b.n > 1 ? "," : "", (int)one->sequence);
	buf_char(&b, '}');
	return buf_str(&b);
}

/* What the provider writes of an end anyway. */
static bool is_usual(struct arena *a, const struct case_node *end, struct str uri, struct str code,
		     struct str words)
{
	return !end->json.n && str_eq(end->uri, uri) &&
	       str_eq(end->title, case_title(a, code, words));
}

struct str case_child_data(struct arena *a, const struct case_package *p,
			   const struct case_item *item)
{
	struct buf b = {.arena = a};
	const struct case_association *by = &p->associations[item->placed_by];
	const struct case_item *above = item->parent < 0 ? NULL : &p->items[item->parent];
	buf_char(&b, '{');
	add_members(&b, by->data);
	if (!is_usual(a, &by->origin, item->uri, item->code,
		      item->body.n ? item->body : item->title))
		add_end(&b, "originNodeURI", &by->origin);
	if (!above || !is_usual(a, &by->destination, above->uri, above->code,
				above->body.n ? above->body : above->title))
		add_end(&b, "destinationNodeURI", &by->destination);
	if (by->sequence >= 0 && by->sequence != item->position && by->plain_sequence)
		buf_fmt(&b, "%s\"sequenceNumber\":%d", b.n > 1 ? "," : "", (int)by->sequence);
	buf_char(&b, '}');
	return b.n > 2 ? buf_str(&b) : S("{}");
}

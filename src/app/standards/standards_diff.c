#include "app/standards/forest.h"
#include "app/standards/standards_rules.h"
#include "base/arena.h"

enum { WORD_PRODUCT = 4000000 };

struct diff {
	struct arena *arena;
	struct forest old_rows, new_rows;
	bool *moved; /* by index of new places */
	struct val *
		*removed; /* by index of new places: removed items that stood after it, or NULL */
	struct val **anchor; /* while the old rows are walked: where removed items go */
	struct val *out;
};

static int32_t index_of(const struct forest *f, const struct place *p)
{
	return (int32_t)(p - f->places);
}

/* Of the siblings that kept their parent, all but a longest increasing run of old ranks have moved
 * (patience sorting: tails[k] is the sibling with the smallest rank that ends a run of k + 1). */
static void mark_moved(struct diff *d, int32_t first, const int32_t *old_rank)
{
	size_t n = (size_t)d->new_rows.count + 1;
	int32_t *tails = arena_many(d->arena, int32_t, n),
		*before = arena_many(d->arena, int32_t, n);
	int32_t length = 0;
	for (int32_t i = first; i >= 0; i = d->new_rows.places[i].next) {
		if (old_rank[i] < 0)
			continue;
		int32_t low = 0, high = length;
		while (low < high) {
			int32_t middle = (low + high) / 2;
			if (old_rank[tails[middle]] < old_rank[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low ? tails[low - 1] : -1;
		tails[low] = i;
		length = low == length ? length + 1 : length;
		d->moved[i] = true;
	}
	for (int32_t i = length ? tails[length - 1] : -1; i >= 0; i = before[i])
		d->moved[i] = false;
}

static void find_moves(struct diff *d)
{
	struct forest *now = &d->new_rows;
	int32_t *old_rank = arena_many(d->arena, int32_t, (size_t)now->count + 1);
	for (int32_t i = 0; i < now->count; i++) {
		struct place *was = forest_find(&d->old_rows, now->places[i].item);
		old_rank[i] = -1;
		if (!was)
			continue;
		if (val_i(was->row, "parent") == val_i(now->places[i].row, "parent"))
			old_rank[i] = index_of(&d->old_rows, was);
		else
			d->moved[i] = true;
	}
	mark_moved(d, now->first, old_rank);
	for (int32_t i = 0; i < now->count; i++)
		if (now->places[i].first >= 0 && now->places[i].first != now->places[i].last)
			mark_moved(d, now->places[i].first, old_rank);
}

static const char *change_of(const struct place *was, const struct place *is, bool moved)
{
	static const char *const compared[] = {"code", "kind", "title", "body"};
	for (size_t i = 0; i < sizeof compared / sizeof *compared; i++)
		if (!str_eq(val_s(was->row, compared[i]), val_s(is->row, compared[i])))
			return "changed";
	return moved ? "moved" : "same";
}

static struct val *entry(struct diff *d, const char *change, const struct place *was,
			 const struct place *is, int depth)
{
	struct val *e = val_object(d->arena), *before = was ? was->row : val_null(),
		   *after = is ? is->row : val_null(), *row = is ? after : before;
	val_set_str(e, "change", str_of(change));
	val_set_int(e, "item", val_i(row, "item"));
	val_set_str(e, "code", val_s(row, "code"));
	val_set_str(e, "kind", val_s(row, "kind"));
	val_set_int(e, "depth", depth);
	val_set(e, "old", before);
	val_set(e, "new", after);
	static const struct {
		const char *field, *differs, *words;
	} texts[] = {{"body", "reworded", "words"},
		     {"title", "retitled", "title_words"},
		     {"code", "recoded", NULL}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct str old = val_s(before, texts[i].field), new = val_s(after, texts[i].field);
		bool differs = was && is && !str_eq(old, new);
		val_set_bool(e, texts[i].differs, differs);
		if (differs && texts[i].words)
			val_set(e, texts[i].words, standards_words(d->arena, old, new));
	}
	val_set_bool(e, "also_moved",
		     is && str_is(str_of(change), "changed") &&
			     d->moved[index_of(&d->new_rows, is)]);
	return e;
}

/* A removed item is shown after whatever kept item came before it when it was read. */
static void visit_old(void *context, struct place *was, int depth)
{
	struct diff *d = context;
	struct place *is = forest_find(&d->new_rows, was->item);
	if (is) {
		d->anchor = &d->removed[index_of(&d->new_rows, is)];
		return;
	}
	if (!*d->anchor)
		*d->anchor = val_list(d->arena);
	val_push(*d->anchor, entry(d, "removed", was, NULL, depth));
}

static void visit_new(void *context, struct place *is, int depth)
{
	struct diff *d = context;
	int32_t i = index_of(&d->new_rows, is);
	struct place *was = forest_find(&d->old_rows, is->item);
	const char *change = was ? change_of(was, is, d->moved[i]) : "added";
	val_push(d->out, entry(d, change, was, is, depth));
	for (size_t k = 0; d->removed[i] && k < val_count(d->removed[i]); k++)
		val_push(d->out, val_at(d->removed[i], k));
}

struct val *standards_diff(struct arena *a, const struct val *old_rows, const struct val *new_rows)
{
	struct diff d = {.arena = a,
			 .old_rows = forest_of(a, old_rows),
			 .new_rows = forest_of(a, new_rows),
			 .out = val_list(a)};
	size_t n = (size_t)d.new_rows.count + 1;
	d.moved = arena_many(a, bool, n);
	d.removed = arena_many(a, struct val *, n);
	struct val *at_start = NULL;
	d.anchor = &at_start;
	find_moves(&d);
	forest_walk(a, &d.old_rows, visit_old, &d);
	for (size_t k = 0; at_start && k < val_count(at_start); k++)
		val_push(d.out, val_at(at_start, k));
	forest_walk(a, &d.new_rows, visit_new, &d);
	return d.out;
}

struct words {
	struct str *at;
	size_t n;
};

/* A word keeps the space before it, so that the pieces put together give the text again. */
static struct words split(struct arena *a, struct str text)
{
	struct words w = {.at = arena_many(a, struct str, text.n + 1)};
	size_t start = 0;
	for (size_t i = 1; i <= text.n; i++) {
		bool boundary = i == text.n || (text.p[i] == ' ' && text.p[i - 1] != ' ') ||
				text.p[i] == '\n';
		if (!boundary)
			continue;
		w.at[w.n++] = str_sub(text, start, i);
		start = i;
	}
	return w;
}

/* Neighbours of one kind become one piece. The words of one text are views of one string, so
 * joining neighbours is moving an end. */
static void add_piece(struct val *list, const char *how, struct str text)
{
	struct val *last = val_count(list) ? val_at(list, val_count(list) - 1) : val_null();
	struct str before = val_s(last, "text");
	if (str_is(val_s(last, "how"), how) && before.p + before.n == text.p) {
		val_set_str(last, "text", (struct str){before.p, before.n + text.n});
		return;
	}
	if (!text.n)
		return;
	struct val *piece = val_push_object(list);
	val_set_str(piece, "text", text);
	val_set_str(piece, "how", str_of(how));
	static const char *const ways[] = {"kept", "added", "removed"};
	for (size_t i = 0; i < 3; i++) /* what a template's sections ask for */
		val_set_bool(piece, ways[i], str_is(str_of(how), ways[i]));
}

static uint32_t *common_lengths(struct arena *a, struct words x, struct words y)
{
	uint32_t *c = arena_many(a, uint32_t, (x.n + 1) * (y.n + 1));
	for (size_t i = x.n; i-- > 0;)
		for (size_t j = y.n; j-- > 0;) {
			uint32_t down = c[(i + 1) * (y.n + 1) + j],
				 right = c[i * (y.n + 1) + j + 1];
			c[i * (y.n + 1) + j] = str_eq(str_trim(x.at[i]), str_trim(y.at[j]))
						       ? c[(i + 1) * (y.n + 1) + j + 1] + 1
						       : (down > right ? down : right);
		}
	return c;
}

struct val *standards_words(struct arena *a, struct str old_text, struct str new_text)
{
	struct val *list = val_list(a);
	struct words x = split(a, old_text), y = split(a, new_text);
	if (x.n * y.n > WORD_PRODUCT || !x.n || !y.n) {
		add_piece(list, "removed", old_text);
		add_piece(list, "added", new_text);
		return list;
	}
	const uint32_t *c = common_lengths(a, x, y);
	size_t i = 0, j = 0, width = y.n + 1;
	while (i < x.n || j < y.n) {
		if (i < x.n && j < y.n && str_eq(str_trim(x.at[i]), str_trim(y.at[j]))) {
			add_piece(list, "kept", y.at[j]);
			i++, j++;
		} else if (i < x.n &&
			   (j == y.n || c[(i + 1) * width + j] >= c[i * width + j + 1])) {
			add_piece(list, "removed", x.at[i++]);
		} else {
			add_piece(list, "added", y.at[j++]);
		}
	}
	return list;
}

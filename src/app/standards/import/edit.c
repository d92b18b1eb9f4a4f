#include "app/standards/import/edit.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"

struct edit {
	struct arena *arena;
	struct val *result;
	struct val **items; /* in reading order */
	size_t n, cap;
	int64_t last_id;
	const char *fault;
};

static struct val *copy(struct arena *a, struct val *v)
{
	if (val_kind(v) == VAL_LIST) {
		struct val *list = val_list(a);
		for (size_t i = 0; i < val_count(v); i++)
			val_push(list, copy(a, val_at(v, i)));
		return list;
	}
	if (val_kind(v) != VAL_OBJECT)
		return v; /* plain values are never changed */
	struct val *object = val_object(a);
	for (size_t i = 0; i < val_count(v); i++)
		val_add(object, val_name_at(v, i), copy(a, val_get(v, val_name_at(v, i))));
	return object;
}

static size_t index_of(const struct edit *e, int64_t id)
{
	size_t i = 0;
	while (i < e->n && val_i(e->items[i], "id") != id)
		i++;
	return i;
}

static bool is_under(const struct edit *e, const struct val *item, int64_t id)
{
	for (size_t steps = 0; steps <= e->n && val_i(item, "parent"); steps++) {
		if (val_i(item, "parent") == id)
			return true;
		item = e->items[index_of(e, val_i(item, "parent"))];
	}
	return false;
}

/* One past the last item of the branch that begins at `i`: what stands under it follows it. */
static size_t branch_end(const struct edit *e, size_t i)
{
	size_t end = i + 1;
	while (end < e->n && is_under(e, e->items[end], val_i(e->items[i], "id")))
		end++;
	return end;
}

static void set_parent(struct val *item, int64_t parent)
{
	if (parent)
		val_set_int(item, "parent", parent);
	else
		val_set_null(item, "parent");
}

static void touched(struct val *item)
{
	val_set_bool(item, "guessed", false);
	val_set_null(item, "guess");
}

/* Moves the items from..to so that they stand where `at` was; at is outside them. */
static void move_range(struct edit *e, size_t from, size_t to, size_t at)
{
	struct val **moved = arena_copy(e->arena, e->items + from, (to - from) * sizeof *moved);
	size_t n = to - from;
	if (at >= to) {
		for (size_t i = to; i < at; i++)
			e->items[i - n] = e->items[i];
		at -= n;
	} else {
		for (size_t i = from; i > at; i--)
			e->items[i - 1 + n] = e->items[i - 1];
	}
	for (size_t i = 0; i < n; i++)
		e->items[at + i] = moved[i];
}

static void insert(struct edit *e, size_t at, struct val *item)
{
	MUST(e->n < e->cap);
	for (size_t i = e->n++; i > at; i--)
		e->items[i] = e->items[i - 1];
	e->items[at] = item;
}

static void take_out(struct edit *e, size_t at)
{
	for (size_t i = at; i + 1 < e->n; i++)
		e->items[i] = e->items[i + 1];
	e->n--;
}

static void rename_parent(struct edit *e, int64_t from, int64_t to)
{
	for (size_t i = 0; i < e->n; i++)
		if (val_i(e->items[i], "parent") == from)
			set_parent(e->items[i], to);
}

/* ---- the operations: each finds its item at `i` ---- */

static const char *op_indent(struct edit *e, size_t i, const struct val *op)
{
	(void)op;
	struct val *item = e->items[i];
	for (size_t k = i; k-- > 0;) {
		if (val_i(e->items[k], "parent") != val_i(item, "parent"))
			continue;
		set_parent(item, val_i(e->items[k], "id"));
		touched(item);
		return NULL;
	}
	return N_("There is no item before it to stand under");
}

static const char *op_outdent(struct edit *e, size_t i, const struct val *op)
{
	(void)op;
	struct val *item = e->items[i];
	if (!val_i(item, "parent"))
		return N_("It stands at the top already");
	size_t parent = index_of(e, val_i(item, "parent")), end = branch_end(e, i);
	size_t after = branch_end(e, parent);
	set_parent(item, val_i(e->items[parent], "parent"));
	move_range(e, i, end, after);
	touched(item);
	return NULL;
}

/* What a line said besides: its code, and what its text is about. */
static struct str in_full(struct edit *e, const struct val *item, const char *field)
{
	struct str code = val_s(item, "code"), title = val_s(item, "title");
	return str_fmt(e->arena, STR_FMT "%s" STR_FMT "%s" STR_FMT, STR_ARG(code),
		       code.n ? " " : "", STR_ARG(title), title.n ? ": " : "",
		       STR_ARG(val_s(item, field)));
}

static void append(struct edit *e, struct val *to, const struct val *from, const char *field)
{
	struct str a = val_s(to, field), b = in_full(e, from, field);
	if (b.n)
		val_set_str(to, field,
			    a.n ? str_fmt(e->arena, STR_FMT " " STR_FMT, STR_ARG(a), STR_ARG(b))
				: b);
}

static const char *op_join(struct edit *e, size_t i, const struct val *op)
{
	(void)op;
	if (!i)
		return N_("There is no item before it");
	struct val *item = e->items[i], *to = e->items[i - 1], *lines = val_get(to, "lines");
	append(e, to, item, "text");
	append(e, to, item, "markdown");
	for (size_t k = 0; k < val_count(val_get(item, "lines")); k++)
		val_push(lines, val_at(val_get(item, "lines"), k));
	rename_parent(e, val_i(item, "id"), val_i(to, "id"));
	struct val *cells = val_get(e->result, "descriptors");
	for (size_t k = 0; k < val_count(cells); k++)
		if (val_i(val_at(cells, k), "criterion") == val_i(item, "id"))
			val_set(val_at(cells, k), "criterion", val_get(to, "id"));
	take_out(e, i);
	touched(to);
	return NULL;
}

static const char *op_split(struct edit *e, size_t i, const struct val *op)
{
	struct val *item = e->items[i], *rest = val_object(e->arena);
	struct str text = val_s(item, "text");
	int64_t at = val_i(op, "at");
	if (at <= 0 || (size_t)at >= utf8_length(text))
		return N_("Choose a place inside the text");
	struct str head = utf8_cut(text, (size_t)at), tail = str_trim(str_from(text, head.n));
	if (!str_trim(head).n || !tail.n)
		return N_("Choose a place inside the text");
	val_merge(rest, item);
	val_set_int(rest, "id", ++e->last_id);
	val_set_str(rest, "code", (struct str){0});
	val_set_list(rest, "lines"); /* a line is in one place only: the first part keeps them */
	val_set_str(rest, "text", tail);
	val_set_str(rest, "markdown", tail);
	val_set_str(item, "text", str_trim(head));
	val_set_str(item, "markdown", str_trim(head));
	touched(item);
	touched(rest);
	insert(e, branch_end(e, i), rest);
	return NULL;
}

static const char *op_kind(struct edit *e, size_t i, const struct val *op)
{
	if (!val_s(op, "kind").n)
		return N_("Choose a kind");
	val_set(e->items[i], "kind", val_get(op, "kind"));
	touched(e->items[i]);
	return NULL;
}

static void without(struct edit *e, const char *list, const char *name, int64_t id)
{
	struct val *rows = val_get(e->result, list), *kept = val_list(e->arena);
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), name) != id)
			val_push(kept, val_at(rows, i));
	val_set(e->result, list, kept);
}

static struct val *unplace(struct edit *e, struct val *line, struct str text)
{
	struct val *row = val_push_object(val_get(e->result, "unplaced"));
	val_set(row, "line", line);
	val_set_str(row, "text", text);
	val_set_str(row, "reason", str_of(N_("taken out by hand")));
	return row;
}

/* The words go with the first of its lines. The second half of a line has none of its own: it is
 * listed as a part of that line. */
static void unplace_all(struct edit *e, const struct val *item)
{
	struct val *lines = val_get(item, "lines"), *cells = val_get(e->result, "descriptors");
	struct str text = in_full(e, item, "text");
	for (size_t i = 0; i < val_count(cells); i++)
		if (val_i(val_at(cells, i), "criterion") == val_i(item, "id"))
			text = str_fmt(e->arena, STR_FMT " | " STR_FMT, STR_ARG(text),
				       STR_ARG(val_s(val_at(cells, i), "text")));
	if (!val_count(lines))
		val_set_bool(unplace(e, val_get(item, "line"), text), "part", true);
	for (size_t i = 0; i < val_count(lines); i++)
		unplace(e, val_at(lines, i), i ? (struct str){0} : text);
}

static const char *op_drop(struct edit *e, size_t i, const struct val *op)
{
	(void)op;
	struct val *item = e->items[i];
	unplace_all(e, item);
	rename_parent(e, val_i(item, "id"), val_i(item, "parent"));
	without(e, "descriptors", "criterion", val_i(item, "id"));
	without(e, "ratings", "item", val_i(item, "id"));
	without(e, "ratings", "rating", val_i(item, "id"));
	without(e, "links", "item", val_i(item, "id"));
	take_out(e, i);
	return NULL;
}

/* Takes the first row of that line off the list. */
static struct val *line_of(struct edit *e, const char *list, int64_t line)
{
	struct val *rows = val_get(e->result, list), *kept = val_list(e->arena), *found = NULL;
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		if (!found && val_i(row, "line") == line)
			found = row;
		else
			val_push(kept, row);
	}
	val_set(e->result, list, kept);
	return found;
}

static const char *op_restore(struct edit *e, const struct val *op)
{
	int64_t line = val_i(op, "line");
	struct val *row = line_of(e, "unplaced", line);
	if (!row)
		row = line_of(e, "furniture", line);
	if (!row)
		return N_("That line is placed already");
	size_t at = 0, before = e->n;
	bool part = val_b(row, "part"); /* stands after the rest of its line */
	for (size_t i = 0; i < e->n; i++)
		if (val_i(e->items[i], "line") < line + part &&
		    (before == e->n ||
		     val_i(e->items[i], "line") >= val_i(e->items[before], "line")))
			before = i;
	struct val *item = val_object(e->arena);
	val_set_int(item, "id", ++e->last_id);
	set_parent(item, before < e->n ? val_i(e->items[before], "parent") : 0);
	val_set_str(item, "kind", S("text"));
	val_set_str(item, "code", (struct str){0});
	val_set_str(item, "text", str_trim(val_s(row, "text")));
	val_set_str(item, "markdown", str_trim(val_s(row, "text")));
	val_set_int(item, "line", line);
	val_set_list(item, "lines");
	if (!part)
		val_push(val_get(item, "lines"), val_int(e->arena, line));
	if (before < e->n)
		at = branch_end(e, before);
	touched(item);
	insert(e, at, item);
	return NULL;
}

static const char *op_cell(struct edit *e, const struct val *op)
{
	struct val *cells = val_get(e->result, "descriptors"),
		   *levels = val_get(e->result, "levels");
	struct val *cell = val_at(cells, (size_t)val_i(op, "descriptor"));
	bool known = false;
	for (size_t i = 0; i < val_count(levels); i++)
		known |= val_i(val_at(levels, i), "id") == val_i(op, "level");
	if (val_is_null(cell) || !known || index_of(e, val_i(op, "criterion")) == e->n)
		return N_("Choose a criterion and a level of this document");
	val_set(cell, "criterion", val_get(op, "criterion"));
	val_set(cell, "level", val_get(op, "level"));
	return NULL;
}

static const struct {
	const char *name;
	const char *(*on_item)(struct edit *, size_t, const struct val *);
	const char *(*apart)(struct edit *, const struct val *);
} ops[] = {
	{"indent", op_indent, NULL},   {"outdent", op_outdent, NULL}, {"join", op_join, NULL},
	{"split", op_split, NULL},     {"kind", op_kind, NULL},       {"drop", op_drop, NULL},
	{"restore", NULL, op_restore}, {"cell", NULL, op_cell},
};

static const char *apply_one(struct edit *e, const struct val *op)
{
	for (size_t k = 0; k < sizeof ops / sizeof *ops; k++) {
		if (!str_is(val_s(op, "op"), ops[k].name))
			continue;
		if (ops[k].apart)
			return ops[k].apart(e, op);
		size_t i = index_of(e, val_i(op, "item"));
		return i < e->n ? ops[k].on_item(e, i, op) : N_("That item is not there any more");
	}
	return N_("That correction is not known");
}

static void count_again(struct edit *e)
{
	struct val *counts = val_get(e->result, "counts"), *kinds = val_object(e->arena);
	struct val *items = val_set_list(e->result, "items");
	int64_t guessed = 0, lines = 0;
	for (size_t i = 0; i < e->n; i++) {
		struct val *item = e->items[i];
		size_t parent = index_of(e, val_i(item, "parent"));
		int64_t depth = parent < e->n ? val_i(e->items[parent], "depth") + 1 : 0;
		const char *kind = str_c(e->arena, val_s(item, "kind"));
		val_set_int(item, "depth", depth);
		val_push(items, item);
		guessed += val_b(item, "guessed");
		lines += (int64_t)val_count(val_get(item, "lines"));
		val_set_int(kinds, kind, val_i(kinds, kind) + 1);
	}
	val_set_int(counts, "items", (int64_t)e->n);
	val_set_int(counts, "guessed", guessed);
	val_set_int(counts, "item_lines", lines);
	val_set(counts, "kinds", kinds);
	static const char *const lists[] = {"unplaced", "furniture", "descriptors", "ratings",
					    "links"};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		val_set_int(counts, lists[i], (int64_t)val_count(val_get(e->result, lists[i])));
}

struct val *import_apply(struct arena *a, const struct val *result, const struct val *edits,
			 struct str *fault)
{
	struct edit e = {.arena = a, .result = val_object(a)};
	for (size_t i = 0; i < val_count(result); i++) {
		const char *name = val_name_at(result, i);
		val_add(e.result, name, copy(a, val_get(result, name)));
	}
	struct val *items = val_get(e.result, "items");
	*fault = (struct str){0};
	if (!val_count(edits))
		return e.result;
	e.cap = val_count(items) + val_count(edits);
	e.items = arena_many(a, struct val *, e.cap + 1);
	for (; e.n < val_count(items); e.n++) {
		e.items[e.n] = val_at(items, e.n);
		if (val_i(e.items[e.n], "id") > e.last_id)
			e.last_id = val_i(e.items[e.n], "id");
	}
	for (size_t i = 0; i < val_count(edits) && !e.fault; i++)
		e.fault = apply_one(&e, val_at(edits, i));
	if (e.fault)
		*fault = str_of(e.fault);
	count_again(&e);
	return e.result;
}

/* Rows whose columns hold the fields of an item: a table with a head, or a CSV file. */
#include "app/standards/import/engine.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"

#include <string.h>

enum { MOST_COLUMNS = 60 };

struct columns {
	int n;
	struct str heads[MOST_COLUMNS];
	struct str field[MOST_COLUMNS]; /* empty: none */
	int level[MOST_COLUMNS];        /* of a column of descriptors, else -1 */
	struct str kind;                /* of a row that does not say */
};

static struct str field_of(struct engine *e, struct str head)
{
	int from = 0;
	struct key key = {key_text(e->arena, head), NULL};
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_COLUMN, &from));)
		if (rule_matches(r, "", &key, NULL)) {
			engine_saw(e, r);
			return r->kind;
		}
	return (struct str){0};
}

static int level_of(struct engine *e, struct str head)
{
	int from = 0;
	struct key key = {key_text(e->arena, head), NULL};
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_LEVEL, &from));)
		if (key.text.n && rule_matches(r, "", &key, NULL))
			return level_find(e, head, 0, true);
	return -1;
}

static bool has_field(const struct columns *c, const char *field)
{
	for (int i = 0; i < c->n; i++)
		if (str_is(c->field[i], field))
			return true;
	return false;
}

/* No column is ignored in silence: the document says of each what it was taken for. */
static void show_columns(struct engine *e, const struct columns *c)
{
	struct val *list = val_set_list(e->document, "columns");
	for (int i = 0; i < c->n; i++) {
		struct val *column = val_push_object(list);
		val_set_str(column, "name", c->heads[i]);
		if (c->field[i].n)
			val_set_str(column, "field", c->field[i]);
		else
			val_set_null(column, "field");
	}
}

struct columns *columns_of(struct engine *e, const struct rich *cells, int n)
{
	struct columns *c = arena_one(e->arena, struct columns);
	int from = 0;
	c->kind = S("item");
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_TABLE, &from));)
		if (str_is(r->kind, "rows") && r->n > 1)
			c->kind = r->args[1].text;
	c->n = n < MOST_COLUMNS ? n : MOST_COLUMNS;
	for (int i = 0; i < c->n; i++) {
		c->heads[i] = cells[i].text;
		struct str field = field_of(e, cells[i].text);
		bool twice = field.n && has_field(c, str_c(e->arena, field));
		c->field[i] = twice ? (struct str){0} : field;
	}
	if (!has_field(c, "text") && !has_field(c, "title"))
		return NULL;
	for (int i = 0; i < c->n; i++) {
		c->level[i] = c->field[i].n ? -1 : level_of(e, c->heads[i]);
		if (c->level[i] >= 0)
			c->field[i] = S("level");
	}
	show_columns(e, c);
	return c;
}

static struct str cell_of(const struct columns *c, const struct rich *cells, int n,
			  const char *field)
{
	for (int i = 0; i < c->n && i < n; i++)
		if (str_is(c->field[i], field))
			return cells[i].text;
	return (struct str){0};
}

static struct str kind_word(struct arena *a, struct str text)
{
	struct str key = key_text(a, text);
	char *out = arena_copy(a, key.p, key.n + 1);
	for (size_t i = 0; i < key.n; i++)
		if (!((out[i] >= 'a' && out[i] <= 'z') || (out[i] >= '0' && out[i] <= '9')))
			out[i] = '-';
	return (struct str){out, key.n};
}

static void set_rest(struct engine *e, const struct columns *c, int item, const struct rich *cells,
		     int n, const struct block *b)
{
	for (int i = 0; i < n; i++) {
		if (!cells[i].text.n)
			continue;
		bool known = i < c->n;
		struct str field = known ? c->field[i] : (struct str){0};
		if (known && c->level[i] >= 0) {
			descriptor_add(e, item, c->level[i], &cells[i], b->first);
		} else if (!field.n) {
			struct val *more = engine_more(e, item), *extra = val_get(more, "columns");
			extra = val_is_null(extra) ? val_set_object(more, "columns") : extra;
			struct str name = known && c->heads[i].n ? c->heads[i]
								 : str_fmt(e->arena, "%d", i + 1);
			val_set_str(extra, str_c(e->arena, name), cells[i].text);
		} else if (!str_is(field, "text") && !str_is(field, "title") &&
			   !str_is(field, "code") && !str_is(field, "kind")) {
			val_set_str(engine_more(e, item), str_c(e->arena, field), cells[i].text);
		}
	}
}

bool columns_row(struct engine *e, struct columns *c, const struct rich *cells, int n,
		 const struct block *b)
{
	struct str title = cell_of(c, cells, n, "title");
	struct rich text = {0};
	for (int i = 0; i < c->n && i < n; i++)
		if (str_is(c->field[i], "text"))
			text = cells[i];
	if (!text.text.n) {
		text = rich_plain(title);
		title = (struct str){0};
	}
	if (!text.text.n) {
		engine_unplaced(e, b, N_("a row without words in the columns that hold the text"));
		return true;
	}
	struct str kind = cell_of(c, cells, n, "kind");
	if (kind.n)
		label_kind(e, kind_word(e->arena, kind), kind);
	int item = engine_add(e, kind.n ? kind_word(e->arena, kind) : c->kind, engine_holder(e),
			      &text, b);
	e->items[item].title = title;
	e->items[item].code = source_trim(cell_of(c, cells, n, "code"));
	e->structured++;
	set_rest(e, c, item, cells, n, b);
	if (e->items[item].code.n) {
		if (engine_coded(e, e->items[item].code) >= 0)
			engine_guess(e, item, N_("its code has been seen before with other words"));
		engine_index(e, item);
	}
	val_set_bool(engine_more(e, item), "row", true);
	return true;
}

/* ------------------------------------------------------------------ parents of rows */

/* "S6.1.2" stands under "S6.1", else "S6", if there is one. */
static int code_parent(const struct engine *e, struct str code, int self)
{
	while (code.n) {
		size_t n = code.n;
		while (n && !strchr(".-/", code.p[n - 1]))
			n--;
		code = str_sub(code, 0, n ? n - 1 : 0);
		int parent = engine_coded(e, code);
		if (parent >= 0 && parent != self)
			return parent;
	}
	return -1;
}

static bool stands_under(const struct engine *e, int item, int above)
{
	for (int steps = 0; item >= 0 && steps < 64; steps++, item = e->items[item].parent)
		if (item == above)
			return true;
	return false;
}

void rows_finish(struct engine *e)
{
	int at[64];
	for (int i = 0; i < 64; i++)
		at[i] = -1;
	for (int i = 0; i < e->n; i++) {
		struct val *more = e->items[i].more;
		int64_t depth = 0;
		if (!more || !val_b(more, "row"))
			continue;
		struct str above = source_trim(val_s(more, "parent"));
		int parent = above.n ? engine_coded(e, above) : -1;
		bool has_depth = str_int(source_trim(val_s(more, "depth")), &depth) && depth > 0 &&
				 depth < 64;
		if (parent < 0 && has_depth && depth > 1)
			parent = at[depth - 1];
		else if (parent < 0 && !has_depth)
			parent = code_parent(e, e->items[i].code, i);
		if (has_depth)
			at[depth] = i;
		if (above.n && parent < 0)
			engine_guess(e, i, N_("no row has the code it says it stands under"));
		if (parent >= 0 && !stands_under(e, parent, i))
			e->items[i].parent = parent;
	}
}

/* ------------------------------------------------------------------ CSV */

static struct block row_block(const struct engine *e, int first, int end)
{
	MUST(first <= end && end <= e->source->count);
	struct block b = {.type = BLOCK_ROW, .first = first, .n = end - first};
	while (b.n > 1 && !e->source->lines[b.first + b.n - 1].text.n)
		b.n--;
	return b;
}

static int read_cells(struct engine *e, const struct val *row, struct rich *cells)
{
	int n = (int)val_count(row);
	n = n < MOST_COLUMNS ? n : MOST_COLUMNS;
	for (int i = 0; i < n; i++)
		cells[i] = rich_read(e->arena, source_trim(val_get_str(val_at(row, (size_t)i))));
	return n;
}

/* The lines of the source and no others: base/csv, given the bytes of the file, would also end one
 * at a CR between LFs, and count differently from then on. */
static struct str lines_as_text(const struct engine *e)
{
	struct buf b = {.arena = e->arena};
	for (int i = 0; i < e->source->count; i++) {
		struct str raw = e->source->lines[i].raw;
		for (size_t k = 0; k < raw.n; k++)
			buf_char(&b, raw.p[k] == '\r' ? ' ' : raw.p[k]);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

void read_csv(struct engine *e)
{
	struct csv_options options = {.header = CSV_HEADER_YES, .most_rows = SOURCE_MOST_LINES};
	struct csv csv = csv_read(e->arena, lines_as_text(e), &options);
	struct rich cells[MOST_COLUMNS];
	int count = (int)val_count(csv.rows);
	struct columns *c = NULL;
	if (val_count(csv.columns) > 1)
		c = columns_of(e, cells, read_cells(e, csv.columns, cells));
	int first = count ? (int)csv.lines[0] - 1 : e->source->count;
	struct block head = row_block(e, 0, first);
	if (!c)
		return;
	engine_furniture(e, &head, N_("the head of a table: what its columns hold"));
	e->csv_columns = (int)val_count(csv.columns);
	for (int i = 0; i < count; i++) {
		int from = (int)csv.lines[i] - 1;
		int to = i + 1 < count ? (int)csv.lines[i + 1] - 1 : e->source->count;
		struct block b = row_block(e, from, to);
		columns_row(e, c, cells, read_cells(e, val_at(csv.rows, (size_t)i), cells), &b);
	}
}

/* What was read apart is checked before it is used: every number in it that points at something
 * points at something that is there. */
#include "app/standards/import/import.h"

struct bounds {
	bool has_lines;
	int64_t lines, items, levels;
};

static bool within(const struct val *row, const char *name, int64_t least, int64_t most)
{
	int64_t n = val_i(row, name);
	enum val_kind kind = val_kind(val_get(row, name));
	return (kind == VAL_INT || (kind == VAL_NULL && least == 0)) && n >= least && n <= most;
}

static bool item_is_sound(const struct val *item, int64_t id, const struct bounds *b)
{
	const struct val *lines = val_get(item, "lines");
	bool good = within(item, "id", id, id) && within(item, "parent", 0, id - 1);
	if (!b->has_lines)
		return good;
	good = good && within(item, "line", 1, b->lines) && val_kind(lines) == VAL_LIST &&
	       val_count(lines) > 0;
	for (size_t i = 0; good && i < val_count(lines); i++) {
		int64_t line = val_get_int(val_at(lines, i));
		good = val_kind(val_at(lines, i)) == VAL_INT && line >= 1 && line <= b->lines;
	}
	return good;
}

static bool level_is_sound(const struct val *level, int64_t id, const struct bounds *b)
{
	(void)b;
	return within(level, "id", id, id);
}

static bool descriptor_is_sound(const struct val *row, int64_t id, const struct bounds *b)
{
	(void)id;
	return within(row, "criterion", 1, b->items) && within(row, "level", 0, b->levels);
}

static bool rating_is_sound(const struct val *row, int64_t id, const struct bounds *b)
{
	(void)id;
	return within(row, "item", 0, b->items) && within(row, "rating", 0, b->items);
}

static bool link_is_sound(const struct val *row, int64_t id, const struct bounds *b)
{
	(void)id;
	return within(row, "item", 1, b->items) && within(row, "to", 0, b->items);
}

static bool line_is_sound(const struct val *row, int64_t id, const struct bounds *b)
{
	(void)id;
	return !b->has_lines || within(row, "line", 1, b->lines);
}

bool import_is_sound(const struct val *result, bool has_lines)
{
	static const struct {
		const char *name;
		bool (*is_sound)(const struct val *, int64_t, const struct bounds *);
	} lists[] = {
		{"items", item_is_sound},     {"levels", level_is_sound},
		{"furniture", line_is_sound}, {"descriptors", descriptor_is_sound},
		{"unplaced", line_is_sound},  {"ratings", rating_is_sound},
		{"links", link_is_sound},
	};
	struct bounds b = {.has_lines = has_lines,
			   .lines = val_i(val_get(result, "counts"), "lines"),
			   .items = (int64_t)val_count(val_get(result, "items")),
			   .levels = (int64_t)val_count(val_get(result, "levels"))};
	bool good = val_kind(val_get(result, "document")) == VAL_OBJECT &&
		    val_kind(val_get(result, "counts")) == VAL_OBJECT;
	for (size_t i = 0; good && i < sizeof lists / sizeof *lists; i++) {
		const struct val *rows = val_get(result, lists[i].name);
		good = val_kind(rows) == VAL_LIST;
		for (size_t k = 0; good && k < val_count(rows); k++)
			good = val_kind(val_at(rows, k)) == VAL_OBJECT &&
			       lists[i].is_sound(val_at(rows, k), (int64_t)k + 1, &b);
	}
	return good;
}

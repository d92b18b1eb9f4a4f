/* A criterion that names an item of the package, and what it says at each level, are a row of the
 * rubric. */
#include "app/standards/case/package_inside.h"

static bool is_criterion(const struct case_part *part)
{
	return part->ref.criterion >= 0 && part->ref.level < 0;
}

/* Levels are the same where their quality is. */
static int32_t level_named(struct reading_case *r, struct str quality)
{
	struct case_package *p = r->out;
	int32_t level = names_get(&r->level_ids, quality);
	if (level >= 0)
		return level;
	struct str name =
		str_fmt(r->scratch, STR_FMT "/level/" STR_FMT, STR_ARG(p->uuid), STR_ARG(quality));
	names_add(&r->level_ids, quality, p->levels_n);
	*MORE(r, levels) = (struct case_level){.uuid = case_uuid(r->arena, name), .name = quality};
	return p->levels_n - 1;
}

static bool has_level(const struct case_package *p, int32_t from, int32_t to, int32_t level)
{
	for (int32_t i = from; i < to; i++)
		if (p->parts[i].level == level)
			return true;
	return false;
}

/* The levels of the criterion at `first` stand behind it. */
static void place_levels(struct reading_case *r, int32_t first)
{
	struct case_package *p = r->out;
	for (int32_t i = first + 1; i < p->parts_n && p->parts[i].within == first; i++) {
		struct case_part *part = &p->parts[i];
		if (!part->quality.n || !part->description.n)
			continue;
		int32_t level = level_named(r, part->quality);
		if (has_level(p, first + 1, i, level))
			continue;
		part->level = level;
		part->item = p->parts[first].item;
	}
}

void case_place_rubrics(struct reading_case *r)
{
	struct case_package *p = r->out;
	bool *taken = arena_many(r->scratch, bool, (size_t)p->items_n + 1);
	for (int32_t i = 0; i < p->parts_n; i++) {
		if (!is_criterion(&p->parts[i]))
			continue;
		int32_t item = names_get(&r->ids[CASE_ITEMS], p->parts[i].item_identifier);
		if (item < 0 || taken[item])
			continue;
		taken[item] = true;
		p->parts[i].item = item;
		place_levels(r, i);
	}
}

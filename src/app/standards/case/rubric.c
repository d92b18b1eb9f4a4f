/* CFRubrics (1EdTech CASE 1.1, CFRubric): criteria are items, levels are the columns of the grid.
 */
#include "app/standards/case/body.h"
#include "app/standards/case/case.h"
#include "base/arena.h"
#include "base/instant.h"
#include "queries.h"

static struct val *level_named(const struct case_body *b, struct str uuid)
{
	for (size_t i = 0; i < val_count(b->levels); i++)
		if (str_eq(val_s(val_at(b->levels, i), "uuid"), uuid))
			return val_at(b->levels, i);
	return val_null();
}

static struct str spoken(const struct val *row, const char *name, const char *source)
{
	struct str s = val_s(row, name);
	return s.n ? s : val_s(row, source);
}

/* Takes the cell out: what is left over is in no rubric of a package. */
static struct str take_cell(struct case_body *b, int64_t item, struct str level)
{
	for (size_t i = 0; i < val_count(b->cells); i++) {
		struct val *cell = val_at(b->cells, i);
		if (val_i(cell, "item") != item || !str_eq(val_s(cell, "level"), level))
			continue;
		val_set_bool(cell, "taken", true);
		return spoken(cell, "body", "source_body");
	}
	return (struct str){0};
}

static struct str part_uri(struct case_view *v, struct str rubric, struct str id)
{
	return str_fmt(v->scratch, STR_FMT "/CFRubrics/" STR_FMT "#" STR_FMT, STR_ARG(v->api),
		       STR_ARG(rubric), STR_ARG(id));
}

static struct val *otherwise_of(struct case_body *b, struct str uri)
{
	struct val *o = val_object(b->view->scratch);
	val_set_str(o, "uri", uri);
	val_set_str(o, "lastChangeDateTime",
		    instant_rfc3339(b->view->scratch, val_i(b->doc->row, "said_at")));
	return o;
}

static struct val *link_of(struct case_body *b, int64_t item)
{
	const struct case_spot *s = case_body_find(b, item);
	if (!s)
		return val_null();
	return case_link_to(b->view, s->label, s->identifier,
			    s->uri.n ? s->uri : case_uri(b->view, "CFItems", s->identifier));
}

/* ---- what a package brought ---- */

struct bringing {
	struct case_body *b;
	const struct val *rows;
	struct str rubric;
};

static struct val *bring(struct bringing *x, const struct val *row, struct str above);

static struct val *bring_parts(struct bringing *x, int64_t within, const char *part,
			       struct str above)
{
	struct val *list = val_list(x->b->view->scratch);
	for (size_t i = 0; i < val_count(x->rows); i++) {
		const struct val *row = val_at(x->rows, i);
		if (val_i(row, "within") == within && str_is(val_s(row, "part"), part))
			val_push(list, bring(x, row, above));
	}
	return list;
}

static struct val *bring_level(struct bringing *x, const struct val *row, const struct val *kept,
			       struct val *is, struct str criterion)
{
	struct case_view *v = x->b->view;
	int64_t item = val_i(row, "item");
	struct str level = val_s(row, "level");
	val_set_str(is, "rubricCriterionId", criterion);
	if (item && level.n) {
		case_put_words(v, is, kept, "description", take_cell(x->b, item, level));
		case_put_words(v, is, kept, "quality",
			       spoken(level_named(x->b, level), "name", "source_name"));
	}
	return is;
}

static struct val *bring(struct bringing *x, const struct val *row, struct str above)
{
	struct case_view *v = x->b->view;
	struct val *is = val_object(v->scratch), *kept = case_kept(v, val_s(row, "data"));
	struct str id = case_turned(v->scratch, val_s(row, "identifier"), x->b->doc->by);
	bool rubric = str_is(val_s(row, "part"), "rubric"),
	     level = str_is(val_s(row, "part"), "level");
	if (rubric)
		x->rubric = id;
	struct str uri = rubric ? case_uri(v, "CFRubrics", id) : part_uri(v, x->rubric, id);
	val_set_str(is, "identifier", id);
	if (x->b->doc->by.n)
		val_set_str(is, "uri", uri);
	if (level)
		bring_level(x, row, kept, is, above);
	if (!rubric && !level)
		val_set_str(is, "rubricId", above);
	if (!rubric && !level && val_i(row, "item") &&
	    (x->b->doc->by.n || val_is_null(val_get(kept, "CFItemURI"))))
		val_set(is, "CFItemURI", link_of(x->b, val_i(row, "item")));
	struct val *o = otherwise_of(x->b, uri);
	if (rubric)
		val_set(o, "CFRubricCriteria", bring_parts(x, val_i(row, "id"), "criterion", id));
	else if (!level)
		val_set(o, "CFRubricCriterionLevels",
			bring_parts(x, val_i(row, "id"), "level", id));
	return case_shaped(v->scratch,
			   rubric  ? &case_rubric
			   : level ? &case_level
				   : &case_criterion,
			   v->edition, true, is, kept, o);
}

/* ---- Waypost's own ---- */

static struct val *own_levels(struct case_body *b, int64_t item, struct str rubric,
			      struct str criterion)
{
	struct case_view *v = b->view;
	struct val *list = val_list(v->scratch);
	for (size_t i = 0; i < val_count(b->levels); i++) {
		const struct val *level = val_at(b->levels, i);
		struct str name = spoken(level, "name", "source_name");
		struct str id = case_uuid(v->scratch, str_fmt(v->scratch, STR_FMT "/level/" STR_FMT,
							      STR_ARG(criterion),
							      STR_ARG(val_s(level, "uuid"))));
		struct str words = take_cell(b, item, val_s(level, "uuid"));
		struct val *is = val_object(v->scratch);
		val_set_str(is, "identifier", id);
		if (words.n)
			val_set_str(is, "description", words);
		if (name.n)
			val_set_str(is, "quality", name);
		val_set(is, "score", val_get(level, "score"));
		val_set_int(is, "position", (int64_t)i + 1);
		val_set_str(is, "rubricCriterionId", criterion);
		val_push(list, case_shaped(v->scratch, &case_level, v->edition, true, is, NULL,
					   otherwise_of(b, part_uri(v, rubric, id))));
	}
	return list;
}

static bool has_own_cells(const struct case_body *b, int64_t item)
{
	bool any = false, left = false;
	for (size_t i = 0; i < val_count(b->cells); i++) {
		const struct val *cell = val_at(b->cells, i);
		any |= val_i(cell, "item") == item;
		left |= val_i(cell, "item") == item && !val_b(cell, "taken");
	}
	return left || (!any && val_is_null(b->doc->kept));
}

static struct val *own_criteria(struct case_body *b, struct str rubric)
{
	struct case_view *v = b->view;
	struct val *list = val_list(v->scratch);
	for (size_t i = 0; i < val_count(b->criteria); i++) {
		const struct val *c = val_at(b->criteria, i);
		int64_t item = val_i(c, "item");
		if (!has_own_cells(b, item))
			continue;
		const struct case_spot *above = case_body_find(b, val_i(c, "parent"));
		struct str id =
			case_turned(v->scratch, case_body_find(b, item)->identifier, v->criterion);
		struct val *is = val_object(v->scratch);
		val_set_str(is, "identifier", id);
		if (above)
			val_set_str(is, "category", above->name.n ? above->name : above->label);
		val_set_str(is, "description", val_s(c, "words"));
		val_set(is, "CFItemURI", link_of(b, item));
		val_set_int(is, "position", (int64_t)val_count(list) + 1);
		val_set_str(is, "rubricId", rubric);
		val_set(is, "CFRubricCriterionLevels", own_levels(b, item, rubric, id));
		val_push(list, case_shaped(v->scratch, &case_criterion, v->edition, true, is, NULL,
					   otherwise_of(b, part_uri(v, rubric, id))));
	}
	return list;
}

struct val *case_rubrics(struct case_body *b)
{
	struct case_view *v = b->view;
	struct val *list = val_list(v->scratch);
	struct bringing x = {
		.b = b, .rows = db_rows(v->r->db, &q_provide_rubric_parts, case_params(v, b->doc))};
	for (size_t i = 0; i < val_count(x.rows); i++)
		if (str_is(val_s(val_at(x.rows, i), "part"), "rubric"))
			val_push(list, bring(&x, val_at(x.rows, i), (struct str){0}));
	struct str id = case_turned(v->scratch, b->doc->identifier, v->rubric);
	struct val *criteria = val_count(b->levels) ? own_criteria(b, id) : val_list(v->scratch);
	if (!val_count(criteria))
		return list;
	struct val *is = val_object(v->scratch);
	val_set_str(is, "identifier", id);
	val_set_str(is, "title", b->doc->title);
	val_set(is, "CFRubricCriteria", criteria);
	val_push(list, case_shaped(v->scratch, &case_rubric, v->edition, true, is, NULL,
				   otherwise_of(b, case_uri(v, "CFRubrics", id))));
	return list;
}

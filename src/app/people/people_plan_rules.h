#pragma once
/*
 * A plan is what a batch would do: the entries of a roster beside what stands. Pure.
 *
 * `stands` is { people: [{id, name, sort_name, formal_name, lang, here, others}], keys: [{person,
 * value}], contacts: [{person, kind, value}], groups: [{id, name, source, year}], members and staff:
 * [{id, person, people_group}], roles: [{id, names: folded texts, may}], held: [{id, person, role, may}],
 * minors: [{person, until, banded}], guardians: [{child, person}] }.
 *
 * `settings` is { scheme, year, since, until, by_name, end_gone, me }, and three that say yes or no:
 * `learners`, that everybody of a plain file without a column of roles is one; `minors`, that new
 * learners of whom nobody said until when are minors; `guardians`, that whoever plans may enter them.
 *
 * Gives { rows: [{ part, line, file, name, person, steps: [{ action, label, detail, … }] }], errors, left,
 * counts: {new, changed, gone, same, wrong, groups} }. `part` is "group", "new", "changed", "guardian" or "gone";
 * what is gone stands in `rows` only if the person wants it ended, else in `gone`. The same file
 * again gives no row.
 */
#include "base/val.h"

struct val *plan_roster(struct arena *, const struct val *entries, const struct val *stands,
			const struct val *settings);
/* The rows of guardians, behind those of the people they are about. */
void plan_guardians(struct arena *, struct val *out, const struct val *entries,
		    const struct val *stands, const struct val *settings);
/* A number that differs when the plan does: what was seen is what is done. */
struct str plan_digest(struct arena *, const struct val *plan);

/* For whoever makes plans: a row and a step of it. `label` is a msgid. */
struct val *plan_row(struct val *plan, const char *part, struct str name, int64_t person);
struct val *plan_step(struct val *row, const char *action, const char *label, struct str detail);

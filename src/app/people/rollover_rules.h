#pragma once
/*
 * From one school year to the next: which group becomes which, who moves on, who leaves, what ends. Pure;
 * it makes a plan as people_plan_rules.h knows it.
 *
 * `stands` is { groups: [{id, name, kind}] of the old year, targets: [{id, name}] of the new one, members
 * and staff: [{id, person, people_group, name}] of the old groups, joined: [{person, people_group}] of the
 * new ones, consents: [{id, person, name, purpose, given_by_name}] in force }; `settings` { to, since, at,
 * groups: [{id, name}], purposes: [code] }. A group whose new name is empty is not continued: who is in a
 * class or cohort of this kind leaves, with all their groups of the year, and every consent given for them
 * ends. Of the others those of the chosen purposes end.
 */
#include "base/val.h"

struct val *rollover_plan(struct arena *, const struct val *stands, const struct val *settings);
/* "7A" -> "8A", "Grade 9" -> "Grade 10", "Choir" -> "Choir"; from the number `last` on: empty. */
struct str rollover_name(struct arena *, struct str name, int64_t last);

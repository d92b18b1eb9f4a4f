/* The guardians that a roster names, beside those that the school has entered. */
#include "app/people/people_plan_rules.h"

#include "app/people/roster_rules.h"
#include "base/arena.h"

struct family_plan {
	struct arena *a;
	const struct val *settings;
	struct val *out;
	struct roster_index *keys, *stand; /* who has a number; "child guardian" */
};

static struct str pair(struct arena *a, int64_t child, int64_t person)
{
	return str_fmt(a, "%lld %lld", (long long)child, (long long)person);
}

/* 0: not yet, the same batch adds them before. */
static int64_t person_of(const struct family_plan *p, struct str key)
{
	return val_i(roster_index_find(p->keys, key, NULL), "person");
}

static void plan_one(struct family_plan *p, const struct val *entry)
{
	int64_t child = person_of(p, val_s(entry, "child")),
		person = person_of(p, val_s(entry, "key")), me = val_i(p->settings, "me");
	if (child && person && roster_index_find(p->stand, pair(p->a, child, person), NULL))
		return;
	if (me && (child == me || person == me)) {
		roster_error(
			p->out, entry,
			N_("Who is a guardian of yours, or you of whom, somebody else enters."),
			val_s(entry, "guardian_name"));
		return;
	}
	struct val *row = plan_row(p->out, "guardian", val_s(entry, "name"), child);
	val_set(row, "line", val_get(entry, "line"));
	val_set(row, "file", val_get(entry, "file"));
	struct val *step =
		plan_step(row, "guardian_add", N_("Guardian"), val_s(entry, "guardian_name"));
	val_set(step, "child", val_get(entry, "child"));
	val_set(step, "key", val_get(entry, "key"));
	val_set(step, "position", val_get(entry, "position"));
	val_set(step, "since", val_get(p->settings, "since"));
}

void plan_guardians(struct arena *a, struct val *out, const struct val *entries,
		    const struct val *stands, const struct val *settings)
{
	const struct val *keys = val_get(stands, "keys"), *stand = val_get(stands, "guardians"),
			 *named = val_get(entries, "guardians");
	struct family_plan p = {.a = a,
				.settings = settings,
				.out = out,
				.keys = roster_index_new(a, val_count(keys)),
				.stand = roster_index_new(a, val_count(stand))};
	for (size_t i = 0; i < val_count(keys); i++)
		roster_index_add(p.keys, val_s(val_at(keys, i), "value"), val_at(keys, i));
	for (size_t i = 0; i < val_count(stand); i++)
		roster_index_add(p.stand,
				 pair(a, val_i(val_at(stand, i), "child"),
				      val_i(val_at(stand, i), "person")),
				 val_at(stand, i));
	roster_index_sort(p.keys);
	roster_index_sort(p.stand);
	for (size_t i = 0; i < val_count(named); i++)
		plan_one(&p, val_at(named, i));
}

#include "app/people/people_plan_rules.h"
#include "app/people/roster_read.h"
#include "app/people/roster_rules.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "core/args.h"
#include "targets.h"

/* Each row of a table is an entry, is added to one, or is told as wrong. */
static void check_rows(const struct val *file, const struct val *all)
{
	size_t told = val_count(val_get(all, "errors")), used = val_count(val_get(all, "people"));
	MUST(used <= val_count(val_get(file, "rows")));
	for (size_t i = 0; i < told; i++) {
		const struct val *error = val_at(val_get(all, "errors"), i);
		MUST(val_s(error, "message").n > 0);
	}
}

/* A roster: what is read is sound and travels as JSON, and of two plans of it the second, of nobody
 * there, is the first. */
void fuzz_roster(struct arena *a, struct str input)
{
	struct val *options = ARGS(a, ARG_AS("file_name", "roster.csv"));
	struct val *read = roster_read(a, input, options);
	struct buf b = {.arena = a};
	struct json_error error;
	MUST(roster_is_sound(read));
	json_write(&b, read);
	struct val *again = json_read(a, buf_str(&b), (size_t)64 << 20, &error);
	MUST(again && roster_is_sound(again));
	if (!val_count(val_get(again, "files")))
		return;
	const struct val *file = val_at(val_get(again, "files"), 0);
	struct val *codes = roster_guess(a, val_get(file, "columns"));
	struct val *settings = ARGS(a, ARG_AS("columns", codes), ARG_AS("date_order", "dmy"),
				    ARG_AS("scheme", "roster"), ARG_AS("since", "2026-09-01"),
				    ARG_AS("lang", "en"));
	roster_order(a, file, codes);
	struct val *all = roster_entries(a, again, settings), *nobody = val_object(a);
	if (!roster_is_one(again))
		check_rows(file, all);
	struct val *plan = plan_roster(a, all, nobody, settings);
	MUST(val_i(val_get(plan, "counts"), "changed") == 0);
	MUST(val_i(val_get(plan, "counts"), "same") == 0);
	for (size_t i = 0; i < val_count(val_get(plan, "rows")); i++)
		MUST(val_s(val_at(val_get(plan, "rows"), i), "name").n > 0);
}

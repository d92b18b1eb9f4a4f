#include "base/instant.h"
#include "base/val.h"
#include "core/erasure.h"
#include "core/personal.h"

const char *const erasure_ends[] = {"erased", "anonymised", "kept", NULL};

struct erasure_line erasure_line(struct arena *a, const struct personal *kind, int64_t entries,
				 int64_t newest, const struct val *rules, int64_t today)
{
	struct erasure_line line = {.kind = kind, .entries = entries, .end = kind->end};
	int64_t last = today;
	for (size_t i = 0; i < val_count(rules); i++) {
		const struct val *rule = val_at(rules, i);
		int64_t until = day_add_months(newest, (int)val_i(rule, "months"));
		if (!str_is(val_s(rule, "kind"), kind->name) || until <= last)
			continue;
		last = until;
		line.end = ERASURE_KEPT;
		line.until = day_text(a, until);
		line.jurisdiction = val_s(rule, "jurisdiction");
		line.because = val_s(rule, "because");
	}
	return line;
}

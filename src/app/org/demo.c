#include "app/org/demo.h"

#include "core/affiliation.h"
#include "core/org.h"

static const struct {
	const char *org, *other, *kind, *since;
	bool answered;
} ties[] = {
	{"lakeside", "boreal", "uses_standards_of", "2026-09-01", true},
	{"boreal", "lakeside", "reports_to", "2026-09-01", false},
	{"passerelle", "boreal", "member_of", "2026-11-01", false},
};

void org_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	for (size_t i = 0; i < sizeof ties / sizeof *ties && err->kind == ERR_NONE; i++) {
		int64_t other = val_i(org_by_slug(db, a, str_of(ties[i].other)), "id");
		struct affiliation_ask ask = {
			.org = val_i(org_by_slug(db, a, str_of(ties[i].org)), "id"),
			.other = other,
			.now = now,
			.kind = ties[i].kind,
			.since = str_of(ties[i].since)};
		struct affiliation_act act = {.org = other, .now = now};
		act.affiliation = affiliation_propose(db, a, &ask);
		if (ties[i].answered)
			affiliation_answer(db, a, &act, true);
	}
}

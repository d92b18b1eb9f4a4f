#include "app/org/demo.h"

#include "core/affiliation.h"
#include "core/audit.h"
#include "core/org.h"
#include "core/right.h"

static const struct {
	const char *org, *other, *kind, *since;
	bool answered;
} ties[] = {
	{"lakeside", "boreal", "uses_standards_of", "2026-09-01", true},
	{"boreal", "lakeside", "reports_to", "2026-09-01", false},
	{"passerelle", "boreal", "member_of", "2026-11-01", false},
};

/* As if one of those who may had done it on the page. */
static void record(struct db *db, struct arena *a, int64_t org, const char *verb, int64_t id,
		   int64_t now)
{
	const struct val *who = val_at(right_holders(db, a, org, ORG_MANAGE, now), 0);
	audit_add(db, a,
		  &(struct audit){.org = org,
				  .made_by = val_i(who, "id"),
				  .verb = verb,
				  .object_kind = "affiliation",
				  .object = id,
				  .at = now});
}

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
		record(db, a, ask.org, "affiliation.proposed", act.affiliation, now);
		if (ties[i].answered && affiliation_answer(db, a, &act, true))
			record(db, a, other, "affiliation.confirmed", act.affiliation, now);
	}
}

#include "core/audit.h"

#include "base/arena.h"
#include "core/args.h"
#include "queries.h"

void audit_add(struct db *db, struct arena *a, const struct audit *r)
{
	db_exec(db, &q_audit_add,
		ARGS(a, ARG_NULL("org", r->org), ARG_NULL("made_by", r->made_by),
		     ARG_AS("verb", r->verb), ARG_NULL("object_kind", r->object_kind),
		     ARG_NULL("object", r->object), ARG_NULL("person", r->person),
		     ARG_AS("request_id", r->request_id), ARG_AS("at", r->at)));
}

int64_t disclosure_add(struct db *db, struct arena *a, const struct disclosure *d)
{
	return db_id(db, &q_audit_disclose,
		     ARGS(a, ARG_AS("org", d->org), ARG_AS("person", d->person),
			  ARG_AS("object_kind", d->object_kind), ARG_AS("object", d->object),
			  ARG_NULL("to_person", d->to_person), ARG_NULL("to_org", d->to_org),
			  ARG_AS("to_outside", d->to_outside), ARG_AS("purpose", d->purpose),
			  ARG_AS("ground", d->ground), ARG_NULL("consent", d->consent),
			  ARG_NULL("access_grant", d->access_grant),
			  ARG_AS("can_be_called_back", d->can_be_called_back),
			  ARG_AS("request_id", d->request_id), ARG_AS("at", d->at)));
}

struct val *recorded_about(struct db *db, struct arena *a, int64_t person, struct str lang,
			   int64_t before, int limit)
{
	struct val *args = ARGS(a, ARG(person), ARG(lang), ARG(limit),
				ARG_AS("before", before ? before : INT64_MAX));
	struct val *acts = db_rows(db, &q_audit_about, args);
	struct val *disclosed = db_rows(db, &q_audit_disclosed, args);
	struct val *out = val_list(a);
	size_t i = 0, j = 0;
	while (val_count(out) < (size_t)limit) {
		struct val *act = val_at(acts, i), *told = val_at(disclosed, j);
		if (val_is_null(act) && val_is_null(told))
			break;
		bool told_next = val_is_null(act) ||
				 (!val_is_null(told) && val_i(told, "at") > val_i(act, "at"));
		val_push(out, told_next ? told : act);
		*(told_next ? &j : &i) += 1;
	}
	return out;
}

struct val *audit_list(struct db *db, struct arena *a, const struct audit_find *f)
{
	return db_rows(db, &q_audit_list,
		       ARGS(a, ARG_AS("org", f->org), ARG_AS("person", f->person),
			    ARG_AS("verb", f->verb), ARG_AS("since", f->since),
			    ARG_AS("reader", f->reader),
			    ARG_AS("until", f->until ? f->until : INT64_MAX),
			    ARG_AS("before", f->before), ARG_AS("limit", f->limit)));
}

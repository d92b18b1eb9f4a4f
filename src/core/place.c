#include "core/place.h"

#include "base/arena.h"
#include "core/args.h"
#include "queries.h"

static struct val *args_of_place(struct arena *a, int64_t org, const struct place *t)
{
	return ARGS(a, ARG(org), ARG_AS("name", t->name), ARG_AS("address", t->address),
		    ARG_AS("zone", t->zone), ARG_AS("access", t->access),
		    ARG_AS("access_lang", t->lang));
}

int64_t place_add(struct db *db, struct arena *a, int64_t org, const struct place *t)
{
	return db_id(db, &q_place_add, args_of_place(a, org, t));
}

struct val *place_row(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_row(db, &q_place_row, ARGS(a, ARG(org), ARG(id)));
}

struct val *place_list(struct db *db, struct arena *a, int64_t org)
{
	return db_rows(db, &q_place_list, ARGS(a, ARG(org)));
}

bool place_edit(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t rev,
		const struct place *t)
{
	struct val *args = args_of_place(a, org, t);
	val_set_int(args, "id", id);
	val_set_int(args, "rev", rev);
	return db_exec(db, &q_place_edit, args) == 1;
}

bool place_retire(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t at)
{
	return db_exec(db, &q_place_retire, ARGS(a, ARG(org), ARG(id), ARG_NULL("at", at))) == 1;
}

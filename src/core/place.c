#include "core/place.h"

#include "base/arena.h"
#include "core/args.h"
#include "queries.h"

int64_t place_add(struct db *db, struct arena *a, int64_t org, struct str name, struct str address,
		  struct str zone)
{
	return db_id(db, &q_place_add, ARGS(a, ARG(org), ARG(name), ARG(address), ARG(zone)));
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
		struct str name, struct str address, struct str zone)
{
	return db_exec(db, &q_place_edit,
		       ARGS(a, ARG(org), ARG(id), ARG(rev), ARG(name), ARG(address), ARG(zone))) ==
	       1;
}

bool place_retire(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t at)
{
	return db_exec(db, &q_place_retire, ARGS(a, ARG(org), ARG(id), ARG_NULL("at", at))) == 1;
}

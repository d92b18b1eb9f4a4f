#pragma once
/* Where activities happen. A place is retired, not deleted. `zone` is an IANA name: the wall times
 * of what is planned there are read in it. */
#include "db/db.h"

int64_t place_add(struct db *, struct arena *, int64_t org, struct str name, struct str address,
		  struct str zone);
/* {id, name, address, zone, rev} or null. */
struct val *place_row(struct db *, struct arena *, int64_t org, int64_t id);
struct val *place_list(struct db *, struct arena *, int64_t org);
/* False if `rev` is not the current one, or it is another organisation's. */
bool place_edit(struct db *, struct arena *, int64_t org, int64_t id, int64_t rev, struct str name,
		struct str address, struct str zone);
bool place_retire(struct db *, struct arena *, int64_t org, int64_t id, int64_t at);

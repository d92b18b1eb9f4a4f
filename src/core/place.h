#pragma once
/* Where activities happen. A place is retired, not deleted. `zone` is an IANA name: the wall times
 * of what is planned there are read in it. `access` says in words how one gets in and about: steps,
 * lift, toilets, hearing loop. */
#include "db/db.h"

struct place {
	struct str name, address, zone, access;
	struct str lang; /* in which access is written */
};
int64_t place_add(struct db *, struct arena *, int64_t org, const struct place *);
/* {id, name, address, zone, access, access_lang, rev, retired_at} or null. */
struct val *place_row(struct db *, struct arena *, int64_t org, int64_t id);
struct val *place_list(struct db *, struct arena *, int64_t org);
/* False if `rev` is not the current one, or it is another organisation's. */
bool place_edit(struct db *, struct arena *, int64_t org, int64_t id, int64_t rev,
		const struct place *);
/* At 0 it is in use again. */
bool place_retire(struct db *, struct arena *, int64_t org, int64_t id, int64_t at);

#pragma once
/*
 * In which role somebody acts. Who holds one role in an organisation acts in it; who holds several
 * chooses one, for this session and this organisation, and the rights of a request are those of that
 * role alone: a teacher who is also a registrar does not read a file as the registrar by chance. "For
 * myself" is a choice too: no role, as a parent or a member of the public would ask. Until somebody
 * with several roles has chosen, they have none.
 */
#include "core/right.h"
#include "db/db.h"

struct acting {
	struct rights rights; /* PUBLIC, SIGNED_IN, and those of the role */
	struct rights all;    /* of all roles held here */
	struct val *role; /* { role, shipped, name } or the null value: for myself, or not chosen */
	bool choose;      /* several are held and none is chosen */
	bool any;         /* a role is held here */
};
/* Of whom session_find() found, at the organisation that it was asked about. */
struct acting acting_of(struct arena *, const struct val *me);
/* The roles one may act in here: { role, shipped, name }, each once. */
struct val *acting_roles(struct db *, struct arena *, int64_t org, int64_t person, int64_t now);
/* `role` 0: for myself. False: the person does not hold that role here. */
bool acting_choose(struct db *, struct arena *, int64_t org, int64_t session, int64_t person,
		   int64_t role, int64_t now);

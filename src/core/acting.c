#include "core/acting.h"

#include "core/args.h"
#include "queries.h"

static struct val *role_of(struct arena *a, const struct val *row)
{
	struct val *role = val_object(a);
	val_set_int(role, "role", val_i(row, "role"));
	val_set(role, "shipped", val_get(row, "shipped"));
	val_set(role, "name", val_get(row, "role_name"));
	return role;
}

struct acting acting_of(struct arena *a, const struct val *me)
{
	const struct val *rows = val_get(me, "held");
	size_t count = val_count(rows);
	struct acting act = {.role = val_null(), .any = count > 0};
	act.rights = rights_with(rights_with((struct rights){0}, PUBLIC), SIGNED_IN);
	act.all = act.rights;
	int64_t first = val_i(val_at(rows, 0), "role"),
		last = count ? val_i(val_at(rows, count - 1), "role") : 0;
	bool chosen = val_i(val_at(rows, 0), "chosen") > 0, found = false;
	int64_t role = chosen ? val_i(val_at(rows, 0), "acting") : first == last ? first : 0;
	for (size_t i = 0; i < count; i++) {
		const struct val *row = val_at(rows, i);
		struct rights rights = rights_listed(val_s(row, "rights"));
		act.all.bits |= rights.bits;
		if (val_i(row, "role") != role)
			continue;
		act.rights.bits |= rights.bits;
		act.role = found ? act.role : role_of(a, row);
		found = true;
	}
	/* The role that was chosen has ended: choose again. */
	act.choose = first != last && (!chosen || (role && !found));
	return act;
}

struct val *acting_roles(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t now)
{
	return db_rows(db, &q_acting_roles, ARGS(a, ARG(org), ARG(person), ARG(now)));
}

bool acting_choose(struct db *db, struct arena *a, int64_t org, int64_t session, int64_t person,
		   int64_t role, int64_t now)
{
	const struct val *rows = acting_roles(db, a, org, person, now);
	bool held = role == 0;
	for (size_t i = 0; i < val_count(rows); i++)
		held = held || val_i(val_at(rows, i), "role") == role;
	if (held)
		db_exec(db, &q_acting_choose,
			ARGS(a, ARG(session), ARG(org), ARG_NULL("role", role)));
	return held;
}

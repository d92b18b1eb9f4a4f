#include "core/right.h"

#include "core/args.h"
#include "db/db.h"
#include "queries.h"
#include "web/req.h"

static struct rights rights_from(struct rights rights, const struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++)
		rights = rights_with(rights, right_named(val_s(val_at(rows, i), "right_name")));
	return rights;
}

struct rights rights_of(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t now)
{
	struct rights rights = rights_with((struct rights){0}, PUBLIC);
	if (!person)
		return rights;
	rights = rights_with(rights, SIGNED_IN);
	return rights_from(rights,
			   db_rows(db, &q_right_held, ARGS(a, ARG(org), ARG(person), ARG(now))));
}

static void put(struct db *db, struct arena *a, int64_t role, int right)
{
	db_exec(db, &q_right_put,
		ARGS(a, ARG(role), ARG_AS("right_name", right_table[right].name)));
}

static void put_all(struct db *db, struct arena *a, int64_t role, struct rights rights)
{
	for (int right = SIGNED_IN + 1; right < RIGHT_COUNT; right++)
		if (rights_has(rights, right))
			put(db, a, role, right);
}

struct val *right_holders(struct db *db, struct arena *a, int64_t org, int right, int64_t now)
{
	return db_rows(db, &q_right_holders,
		       ARGS(a, ARG(org), ARG(now), ARG_AS("right_name", right_table[right].name)));
}

void roles_ship(struct db *db, struct arena *a, int64_t org, int64_t now)
{
	const struct rights all = {~(uint64_t)0};
	for (const struct role_shipped *ship = roles_shipped; ship->key; ship++) {
		int64_t role = db_id(db, &q_right_ship,
				     ARGS(a, ARG(org), ARG_AS("shipped", ship->key), ARG(now)));
		if (!ship->rights)
			put_all(db, a, role ? role : role_by_key(db, a, org, ship->key), all);
		for (const int *right = ship->rights; role && right && *right; right++)
			put(db, a, role, *right);
	}
}

int64_t role_by_key(struct db *db, struct arena *a, int64_t org, const char *shipped)
{
	return val_i(db_row(db, &q_right_by_shipped, ARGS(a, ARG(org), ARG(shipped))), "id");
}

struct val *roles_list(struct db *db, struct arena *a, int64_t org)
{
	return db_rows(db, &q_right_list, ARGS(a, ARG(org)));
}

struct val *roles_counted(struct db *db, struct arena *a, int64_t org, int64_t now)
{
	return db_rows(db, &q_right_list_counted, ARGS(a, ARG(org), ARG(now)));
}

struct val *role_read(struct db *db, struct arena *a, int64_t org, int64_t role)
{
	return db_row(db, &q_right_by_id, ARGS(a, ARG(org), ARG(role)));
}

struct rights role_rights(struct db *db, struct arena *a, int64_t org, int64_t role)
{
	return rights_from((struct rights){0},
			   db_rows(db, &q_right_named_by, ARGS(a, ARG(org), ARG(role))));
}

int64_t role_add(struct db *db, struct arena *a, int64_t org, struct str name, struct rights rights,
		 int64_t now)
{
	int64_t role = db_id(db, &q_right_add, ARGS(a, ARG(org), ARG(name), ARG(now)));
	put_all(db, a, role, rights);
	return role;
}

enum role_answer role_change(struct db *db, struct arena *a, int64_t org, int64_t role, int64_t rev,
			     struct str name, struct rights rights, int64_t now)
{
	struct val *args = ARGS(a, ARG(org), ARG(role), ARG(rev), ARG(name), ARG(now));
	if (str_is(val_s(role_read(db, a, org, role), "shipped"), ROLE_ADMIN))
		return ROLE_FIXED;
	if (rights_has(role_rights(db, a, org, role), ROLES_MANAGE) &&
	    !rights_has(rights, ROLES_MANAGE) &&
	    !val_i(db_row(db, &q_right_givers_without_role, args), "n"))
		return ROLE_LAST;
	if (!db_id(db, &q_right_change, args))
		return ROLE_STALE;
	db_exec(db, &q_right_clear, args);
	put_all(db, a, role, rights);
	return ROLE_DONE;
}

int64_t role_give(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t role,
		  int64_t until, int64_t by, int64_t now)
{
	return db_id(db, &q_right_give,
		     ARGS(a, ARG(org), ARG(person), ARG(role), ARG_NULL("until", until),
			  ARG_NULL("given_by", by), ARG(now)));
}

enum role_answer role_take(struct db *db, struct arena *a, int64_t org, int64_t person_role,
			   int64_t now)
{
	struct val *args = ARGS(a, ARG(org), ARG_AS("id", person_role), ARG(now));
	int64_t role = val_i(role_given(db, a, org, person_role, now), "role");
	if (rights_has(role_rights(db, a, org, role), ROLES_MANAGE) &&
	    !val_i(db_row(db, &q_right_givers_without, args), "n"))
		return ROLE_LAST;
	return db_id(db, &q_right_take, args) ? ROLE_DONE : ROLE_STALE;
}

bool role_giver_besides(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t now)
{
	return val_i(db_row(db, &q_right_givers_without_person,
			    ARGS(a, ARG(org), ARG(person), ARG(now))),
		     "n") > 0;
}

struct val *role_given(struct db *db, struct arena *a, int64_t org, int64_t person_role,
		       int64_t now)
{
	return db_row(db, &q_right_given, ARGS(a, ARG(org), ARG_AS("id", person_role), ARG(now)));
}

struct val *roles_of(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t now)
{
	return db_rows(db, &q_right_of_person, ARGS(a, ARG(org), ARG(person), ARG(now)));
}

struct val *roles_of_me(struct db *db, struct arena *a, int64_t person, struct str lang,
			int64_t now)
{
	return db_rows(db, &q_right_of_me, ARGS(a, ARG(person), ARG(lang), ARG(now)));
}

struct str role_shown(const struct req *req, const struct val *row)
{
	const char *label = role_label(val_s(row, "shipped"));
	return val_s(row, "name").n ? val_s(row, "name") : str_of(label ? tr(req, label) : "");
}

void roles_label(const struct req *req, struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "label", role_shown(req, row));
	}
}

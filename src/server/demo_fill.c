/* The demonstration's organisations and people (demo.json), then what each feature adds to them. */
#include "base/arena.h"
#include "base/asset.h"
#include "base/json.h"
#include "core/contact.h"
#include "core/org.h"
#include "core/person.h"
#include "core/right.h"
#include "db/db.h"
#include "server/demo.h"
#include "server/features.h"

enum { DEMO_BYTES = 1 << 20 };

struct filling {
	struct db *db;
	struct arena *arena;
	int64_t now;
	struct str base;
	struct val *by_email; /* e-mail -> person */
};

static int64_t person_of(struct filling *f, const struct val *is, int64_t org)
{
	struct str other = val_s(is, "same_as");
	int64_t person = val_i(f->by_email, str_c(f->arena, other));
	if (person) {
		person_join(f->db, f->arena, person, org, f->now);
		return person;
	}
	struct val *as = val_object(f->arena), *contact = val_object(f->arena);
	val_merge(as, is);
	val_set_str(as, "sort_name", (struct str){0});
	val_set_null(as, "formal_name");
	person = person_add(f->db, f->arena, as, org, f->now);
	val_set_int(contact, "person", person);
	val_set_str(contact, "kind", S("email"));
	val_set(contact, "value", val_get(is, "email"));
	val_set_null(contact, "label");
	val_set_int(contact, "preferred", 1);
	contact_add(f->db, f->arena, contact, f->now);
	val_set_int(f->by_email, str_c(f->arena, val_s(is, "email")), person);
	return person;
}

static void fill_org(struct filling *f, struct val *is)
{
	struct val *people = val_get(is, "people"), *as = val_object(f->arena);
	val_merge(as, is);
	val_set_str(as, "base",
		    str_fmt(f->arena, STR_FMT "/" STR_FMT, STR_ARG(f->base),
			    STR_ARG(val_s(is, "slug"))));
	val_set_null(as, "host");
	int64_t org = org_add(f->db, f->arena, as, f->now);
	for (size_t i = 0; i < val_count(people); i++) {
		const struct val *p = val_at(people, i);
		const char *key = str_c(f->arena, val_s(p, "role"));
		int64_t role = role_by_key(f->db, f->arena, org, key);
		role_give(f->db, f->arena, org, person_of(f, p, org), role, 0, 0, f->now);
	}
}

bool demo_fill(struct db *db, struct arena *a, struct err *err, struct str base, int64_t now)
{
	struct json_error wrong;
	const struct val *all =
		json_read(a, asset_str(asset_find("src/server/demo.json")), DEMO_BYTES, &wrong);
	MUST(all);
	db_use(db, a, err);
	db_begin(db, DB_WRITE, 0);
	if (val_count(orgs_list(db, a))) {
		db_rollback(db);
		return true;
	}
	struct filling f = {
		.db = db, .arena = a, .now = now, .base = base, .by_email = val_object(a)};
	struct val *orgs = val_get(all, "organisations");
	for (size_t i = 0; i < val_count(orgs); i++)
		fill_org(&f, val_at(orgs, i));
	for (const struct feature *const *each = features; *each; each++)
		if ((*each)->demo_fill)
			(*each)->demo_fill(db, a, err, now);
	return db_commit(db) && err->kind == ERR_NONE;
}

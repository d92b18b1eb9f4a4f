#pragma once
/* What the tests of people begin with: an organisation, a person, keys at the tests' cost. */
#include "base/arena.h"
#include "core/args.h"
#include "core/org.h"
#include "core/person.h"
#include "core/right.h"
#include "core/secret.h"
#include "fixture.h"

#include <sodium.h>

#define NOW 1767225600 /* 2026-01-01 */

static inline struct secrets world_secrets(void)
{
	struct secrets secrets;
	CHECK(sodium_init() >= 0);
	CHECK(secrets_from(&secrets,
			   S("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
			   COST_TESTS));
	return secrets;
}

static inline struct val *world_org_model(const char *slug)
{
	struct val *org = val_object(test_arena), *names = val_set_object(org, "names");
	struct val *langs = val_set_list(org, "langs");
	val_set_str(org, "slug", str_of(slug));
	val_set_str(org, "name", S("Cedar Careers"));
	val_set_str(org, "base", str_fmt(test_arena, "https://way.example/%s", slug));
	val_set_str(org, "zone", S("America/Toronto"));
	val_set_str(names, "en", S("Cedar Careers"));
	val_set_str(names, "fr", S("Carrières Cèdre"));
	val_push(langs, val_text(test_arena, S("en")));
	val_push(langs, val_text(test_arena, S("fr")));
	return org;
}

/* All these expect a write transaction. */
static inline int64_t world_org(struct db *db, const char *slug)
{
	return org_add(db, test_arena, world_org_model(slug), NOW);
}

static inline int64_t world_person(struct db *db, int64_t org, const char *name)
{
	return person_add(db, test_arena, ARGS(test_arena, ARG(name), ARG_AS("lang", "en")), org,
			  NOW);
}

static inline int64_t world_give(struct db *db, int64_t org, int64_t person, const char *role)
{
	return role_give(db, test_arena, org, person, role_by_key(db, test_arena, org, role), 0, 0,
			 NOW);
}

#define WORLD_END(db, err)                                                                         \
	do {                                                                                       \
		CHECK(db_commit(db));                                                              \
		CHECK_STR((err)->text, "");                                                        \
	} while (0)

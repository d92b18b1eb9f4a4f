#pragma once
/* The demonstration: people of every role, one click away. Only with --demo. */
#include "web/req.h"

/* Begins a session as the organisation's first person who holds the shipped role; "visitor" ends
 * the session. False if this is no demonstration, or nobody holds it. */
bool demo_sign_in(struct req *, struct str role);

/* Fills a database without organisations with the demonstration, in one transaction; one that has
 * any is left as it is. `base` is the address the server is reached at. False with the err set. */
bool demo_fill(struct db *, struct arena *, struct err *, struct str base, int64_t now);

/* Adds one made-up organisation (core/scale.h), in batches: what is there when it fails stays.
 * Returns its slug; empty with the err set. */
struct demo_size {
	struct str base;
	int64_t texts; /* that search finds */
	uint64_t seed;
	int64_t now;
};
struct str demo_scale(struct db *, struct arena *, struct err *, const struct demo_size *);

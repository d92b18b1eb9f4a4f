#pragma once
/* What all lanes of a process share and none changes: made once before the first request. */
#include "core/feature.h"
#include "server/config.h"

struct site {
	struct arena *arena;
	const struct config *config;
	const struct feature *const *features; /* ends with NULL */
	const struct secrets *secrets;
	struct str build; /* changes with every build: part of every validator */
	int64_t (*clock)(void); /* the time of requests: tests set their own */
};

struct site *site_new(struct arena *, const struct config *, const struct feature *const *features,
		      int64_t (*clock)(void));

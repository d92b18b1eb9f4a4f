#pragma once
/*
 * A feature that exists in tests only: routes that do what real handlers do, so that the dispatcher
 * can be tried on them. Its page lies in test/probe. Each story begins with fresh counts.
 */
#include "core/feature.h"
#include "scenario.h"

struct probe {
	int handled; /* how often a handler ran */
	int retries; /* so many more times the database says "again" */
	int version;
	int64_t now;
};
extern struct probe probe;
extern const struct feature *const probe_features[];
int64_t probe_clock(void);

/* A world whose lane serves these routes. Public answers are kept only where pages are embedded
 * ones
 * (`kept_answers`): the form's page lies on disk. */
bool probe_begin(struct world *, struct db *, struct err *, world_fill *, bool kept_answers);
void probe_tell(struct world *, const struct scenario *steps, size_t count, const char *file,
		int line);

#define PROBE(sentence, ...)                                                                       \
	TEST_DB(sentence)                                                                          \
	{                                                                                          \
		static const struct scenario steps[] = {__VA_ARGS__};                              \
		struct world w;                                                                    \
		if (CHECK(probe_begin(&w, db, err, NULL, false)))                                  \
			probe_tell(&w, steps, sizeof steps / sizeof *steps, __FILE__, __LINE__);   \
		world_end(&w);                                                                     \
	}                                                                                          \
	_Static_assert(sizeof sentence > 1, "a scenario has a sentence")

#include "server/site.h"

#include "base/arena.h"

struct site *site_new(struct arena *a, const struct config *config,
		      const struct feature *const *features, int64_t (*clock)(void))
{
	struct site *site = arena_one(a, struct site);
	*site = (struct site){.arena = a, .config = config, .features = features, .clock = clock,
			      .build = S("0")};
	return site;
}

#include "base/instant.h"
#include "core/activity.h"
#include "core/text.h"
#include "scenario.h"

int64_t world_activity(struct world *w, const struct activity *of)
{
	struct activity is = *of;
	is.org = is.org ? is.org : w->a;
	is.kind = is.kind ? is.kind : "visit";
	is.mode = is.mode ? is.mode : "in_person";
	is.status = is.status ? is.status : "planned";
	is.zone = is.zone.n ? is.zone : S("America/Toronto");
	is.minutes = is.minutes ? is.minutes : 60;
	is.now = is.now ? is.now : w->now;
	struct zone *zone = zone_open(w->arena, is.zone);
	struct wall wall;
	if (!is.starts_at && wall_read(is.starts_wall, &wall))
		is.starts_at = wall_instant(wall, zone, NULL);
	is.starts_at = is.starts_at ? is.starts_at : w->now;
	if (!is.starts_wall.n)
		is.starts_wall = wall_text(w->arena, instant_wall(is.starts_at, zone));
	return activity_add(w->db, w->arena, &is);
}

void world_activity_says(struct world *w, int64_t activity, const char *field, const char *lang,
			 const char *body)
{
	text_first(w->db, w->arena,
		   &(struct text){.org = w->a,
				  .kind = "activity",
				  .owner = activity,
				  .field = field,
				  .lang = str_of(lang),
				  .body = str_of(body),
				  .made_at = w->now});
}

/* The whole evening is moved: its times go along by the wall, as far as the clocks and everybody's other
 * times let them. */
#include "app/activities/conference.h"

#include "base/instant.h"
#include "core/args.h"
#include "core/org.h"
#include "queries.h"

enum { DAY = 86400 };

struct move {
	struct db *db;
	struct arena *a;
	const struct val *org;
	int64_t activity, by; /* by: seconds of the wall */
	struct zone *from, *to;
	bool second;
	int64_t now;
};

static struct wall on(struct wall wall, int64_t seconds)
{
	int64_t at = wall.day * DAY + wall.seconds + seconds, day = at / DAY - (at % DAY < 0);
	return (struct wall){.day = day, .seconds = (int)(at - day * DAY)};
}

/* False: the clocks skip it, or one of those who meet is with somebody else then. */
static bool shift(const struct move *m, const struct val *slot)
{
	struct wall wall;
	enum wall_case is;
	if (!wall_read(val_s(slot, "starts_wall"), &wall))
		return false;
	wall = on(wall, m->by);
	int64_t starts_at = conference_instant(wall, m->to, m->second, &is);
	int64_t ends_at = starts_at + val_i(slot, "ends_at") - val_i(slot, "starts_at");
	return is != WALL_GAP &&
	       db_id(m->db, &q_conference_shift,
		     ARGS(m->a, ARG_AS("org", val_i(m->org, "id")), ARG_AS("activity", m->activity),
			  ARG_AS("slot", val_i(slot, "id")), ARG(starts_at), ARG(ends_at),
			  ARG_AS("starts_wall", wall_text(m->a, wall)))) != 0;
}

static void drop(const struct move *m, int64_t slot)
{
	struct val *p = ARGS(m->a, ARG_AS("org", val_i(m->org, "id")),
			     ARG_AS("activity", m->activity), ARG(slot));
	conference_tell(m->db, m->a, m->org, db_row(m->db, &q_conference_slot, p),
			CONFERENCE_CANCELLED, m->now);
	db_id(m->db, &q_conference_take_away, p);
}

static void interpreters(const struct move *m, const struct val *p)
{
	const struct val *rows = db_rows(m->db, &q_conference_interpreters, p);
	enum wall_case is;
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		struct wall wall = on(instant_wall(val_i(row, "starts_at"), m->from), m->by);
		int64_t starts_at = conference_instant(wall, m->to, m->second, &is);
		int64_t ends_at = starts_at + val_i(row, "ends_at") - val_i(row, "starts_at");
		db_exec(m->db, &q_conference_interpret_then,
			ARGS(m->a, ARG_AS("org", val_i(m->org, "id")),
			     ARG_AS("id", val_i(row, "id")), ARG(starts_at), ARG(ends_at)));
	}
}

void conference_move(struct db *db, struct arena *a, const struct val *org, int64_t activity,
		     const struct conference_when *from, const struct conference_when *to,
		     int64_t now)
{
	struct wall was, is;
	enum wall_case found;
	struct move m = {.db = db,
			 .a = a,
			 .org = org,
			 .activity = activity,
			 .from = zone_open(a, from->zone),
			 .to = zone_open(a, to->zone),
			 .second = to->second,
			 .now = now};
	if (!m.from || !m.to || !wall_read(from->wall, &was) || !wall_read(to->wall, &is))
		return;
	m.by = (is.day - was.day) * DAY + is.seconds - was.seconds;
	bool later = conference_instant(is, m.to, to->second, &found) >
		     conference_instant(was, m.from, from->second, &found);
	struct val *p = ARGS(a, ARG_AS("org", val_i(org, "id")), ARG(activity));
	const struct val *slots = db_rows(db, &q_conference_slots, p);
	size_t count = val_count(slots);
	/* Where they go nothing of this evening is left: the last one first, or the first one. */
	for (size_t i = 0; i < count; i++) {
		const struct val *slot = val_at(slots, later ? count - 1 - i : i);
		if (!shift(&m, slot))
			drop(&m, val_i(slot, "id"));
	}
	interpreters(&m, p);
}

#include "app/activities/conference.h"

#include "base/instant.h"
#include "core/args.h"
#include "queries.h"

enum { MOST = 100 };

int conference_times(const struct conference_offer *of, int *starts, int most)
{
	int count = 0;
	if (of->minutes <= 0 || of->pause < 0)
		return 0;
	for (int at = of->from; at + of->minutes <= of->until && count < most;
	     at += of->minutes + of->pause)
		starts[count++] = at;
	return count;
}

int conference_minute(struct str text)
{
	int parts[2] = {0}, digits[2] = {0}, part = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c >= '0' && c <= '9') {
			parts[part] = parts[part] * 10 + (c - '0');
			if (++digits[part] > 4)
				return -1;
		} else if (c == ':' || c == 'h') {
			if (part++)
				return -1;
		} else if (c != ' ') {
			return -1;
		}
	}
	if (!part && digits[0] > 2) {
		parts[1] = parts[0] % 100;
		parts[0] /= 100;
	}
	return digits[0] && parts[0] < 24 && parts[1] < 60 ? parts[0] * 60 + parts[1] : -1;
}

int64_t conference_instant(struct wall wall, struct zone *zone, bool second, enum wall_case *found)
{
	int64_t at = wall_instant(wall, zone, found);
	return second && *found == WALL_TWICE ? wall_instant_second(wall, zone) : at;
}

int conference_offer(struct db *db, struct arena *a, const struct conference_offer *of)
{
	int starts[MOST], offered = 0, count = conference_times(of, starts, MOST);
	struct zone *zone = zone_open(a, of->zone);
	struct wall wall = {0};
	if (!zone || !day_read(of->day, &wall.day))
		return 0;
	for (int i = 0; i < count; i++) {
		enum wall_case is;
		wall.seconds = starts[i] * 60;
		int64_t starts_at = conference_instant(wall, zone, of->second, &is);
		if (is == WALL_GAP) /* clocks skip it */
			continue;
		int64_t ends_at = starts_at + (int64_t)of->minutes * 60;
		offered += db_id(db, &q_conference_offer,
				 ARGS(a, ARG_AS("org", of->org), ARG_AS("activity", of->activity),
				      ARG_AS("teacher", of->teacher), ARG(starts_at), ARG(ends_at),
				      ARG_AS("starts_wall", wall_text(a, wall)),
				      ARG_AS("room", of->room))) != 0;
	}
	return offered;
}

static struct val *args_of_booking(struct arena *a, const struct conference_booking *b)
{
	return ARGS(a, ARG_AS("org", b->org), ARG_AS("activity", b->activity),
		    ARG_AS("slot", b->slot), ARG_AS("child", b->child),
		    ARG_AS("guardian", b->guardian), ARG_AS("wants", (int)b->wants),
		    ARG_AS("tongue", b->tongue), ARG_AS("how", b->how), ARG_NULL("by", b->by),
		    ARG_AS("now", b->now), ARG_AS("today", b->today), ARG_AS("day", b->day));
}

enum conference_end conference_book(struct db *db, struct arena *a,
				    const struct conference_booking *b)
{
	struct conference_booking plain = *b;
	if (db_id(db, &q_conference_book, args_of_booking(a, b))) {
		db_exec(db, &q_conference_leave_others, args_of_booking(a, b));
		return CONFERENCE_BOOKED;
	}
	const struct val *slot = db_row(db, &q_conference_slot, args_of_booking(a, b));
	if (val_is_null(slot) || val_i(slot, "child") || val_i(slot, "starts_at") <= b->now)
		return CONFERENCE_TAKEN;
	plain.wants = false;
	return db_id(db, &q_conference_could, args_of_booking(a, &plain)) == 0 ? CONFERENCE_CLASH
	       : b->wants                                                      ? CONFERENCE_ALONE
									       : CONFERENCE_TAKEN;
}

bool conference_give_back(struct db *db, struct arena *a, int64_t org, int64_t activity,
			  int64_t slot, int64_t child)
{
	return db_id(db, &q_conference_give_back,
		     ARGS(a, ARG(org), ARG(activity), ARG(slot), ARG(child))) != 0;
}

struct val *conference_families(struct db *db, struct arena *a, int64_t org, int64_t activity,
				int64_t guardian, struct str day, struct str today)
{
	return db_rows(db, &q_conference_families,
		       ARGS(a, ARG(org), ARG(activity), ARG(guardian), ARG(day), ARG(today)));
}

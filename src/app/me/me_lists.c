/* What waits for me and which dates I have, in every organisation (core/mine.h). */
#include "app/me/me.h"

#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/mine.h"
#include "core/person.h"
#include "core/text.h"
#include "db/db.h"

/* In its own wall time, which is named where it is not the page's. */
static struct str when(struct req *req, const struct val *row)
{
	struct wall wall;
	struct str zone = val_s(row, "zone");
	if (!wall_read(val_s(row, "starts_wall"), &wall))
		return S("");
	struct str text = str_fmt(req->arena, STR_FMT ", " STR_FMT,
				  STR_ARG(day_show(req->arena, req->lang, DAY_WEEKDAY, wall.day)),
				  STR_ARG(time_show(req->arena, req->lang, wall.seconds)));
	if (str_eq(zone, val_s(req->org, "zone")))
		return text;
	int64_t at = wall_instant(wall, zone_open(req->arena, zone), NULL);
	return str_fmt(req->arena, STR_FMT ", " STR_FMT, STR_ARG(text),
		       STR_ARG(zone_hour_show(req->arena, req->lang, zone, at)));
}

/* True: there may be more. */
static bool add(struct req *req, struct val *list, const struct mine *mine, const struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str title = val_s(row, "title"), lang = val_s(row, "title_lang");
		val_set_str(row, "words", str_of(tr(req, mine->words)));
		val_set_str(row, "when", when(req, row));
		val_set_str(row, "for_name", val_s(row, "for_name"));
		val_set_bool(row, "title_other",
			     title.n && lang.n && text_is_other(lang, req->lang));
		if (!title.n) {
			const char *called = mine->called ? mine->called(req->arena, row) : NULL;
			val_set_str(row, "title",
				    str_of(tr(req, called ? called : N_("Without a title"))));
		}
		val_push(list, row);
	}
	return val_count(rows) >= MINE_MOST;
}

/* Walls of different zones are compared as they are read: a day's list in the order of its hours. */
static void sort_by_wall(struct arena *a, struct val *out, const char *name, const struct val *rows)
{
	size_t n = val_count(rows);
	struct val *list = val_set_list(out, name);
	bool *taken = arena_many(a, bool, n + 1);
	for (size_t k = 0; k < n; k++) {
		size_t best = n;
		for (size_t i = 0; i < n; i++)
			if (!taken[i] &&
			    (best == n || str_cmp(val_s(val_at(rows, i), "starts_wall"),
						  val_s(val_at(rows, best), "starts_wall")) < 0))
				best = i;
		taken[best] = true;
		val_push(list, val_at(rows, best));
	}
}

void me_lists(struct req *req)
{
	struct str people = person_accounts(req->db, req->arena, me_id(req));
	struct val *lists[] = {
		[MINE_TASK] = val_list(req->arena), [MINE_DATE] = val_list(req->arena)};
	bool more[] = {[MINE_TASK] = false, [MINE_DATE] = false};
	const struct val *args = ARGS(req->arena, ARG(people), ARG_AS("lang", req->lang),
				      ARG_AS("now", req->now), ARG_AS("today", req_today(req)));
	int count = 0;
	while (req->mine[count].words)
		count++;
	struct db_question *asked = arena_many(req->arena, struct db_question, (size_t)count + 1);
	for (int i = 0; i < count; i++)
		asked[i] = (struct db_question){req->mine[i].rows, args};
	db_ask(req->db, asked, count);
	for (int i = 0; i < count; i++)
		more[req->mine[i].list] |=
			add(req, lists[req->mine[i].list], &req->mine[i], asked[i].rows);
	val_set_bool(req->out, "tasks_more", more[MINE_TASK]);
	val_set_bool(req->out, "dates_more", more[MINE_DATE]);
	val_set(req->out, "tasks", lists[MINE_TASK]);
	sort_by_wall(req->arena, req->out, "dates", lists[MINE_DATE]);
}

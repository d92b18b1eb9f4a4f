/* Activities as dates: the public calendar, and the file of one. */
#include "app/activities/calendar.h"

#include "app/activities/plan.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/str.h"
#include "core/args.h"
#include "core/crumbs.h"
#include "core/pages.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"
#include "web/ics.h"
#include "web/markdown.h"

enum { PAGE = 200 };

static const char *const texts[] = {"title", "about", "bring", NULL};
/* RFC 9562, 6.6: the namespace of addresses. Older activities have no identifier of their own. */
#define SPACE S("6ba7b811-9dad-11d1-80b4-00c04fd430c8")

static struct str page_of(struct req *r, const struct val *row)
{
	return str_fmt(r->arena, STR_FMT "/activities/%lld", STR_ARG(val_s(r->org, "base")),
		       (long long)val_i(row, "id"));
}

static struct str where(struct req *r, const struct val *row, bool inside)
{
	struct str name = val_s(row, "place_name"), address = val_s(row, "place_address");
	if (!name.n)
		return inside ? val_s(row, "link") : (struct str){0};
	return address.n ? str_fmt(r->arena, STR_FMT "\n" STR_FMT, STR_ARG(name), STR_ARG(address))
			 : name;
}

static struct ics_event event_of(struct req *r, const struct val *row, bool inside)
{
	struct str uuid = val_s(row, "uuid"), status = val_s(row, "status");
	struct str about = markdown_text(r->arena, val_s(row, "about")), link = val_s(row, "link");
	struct str bring = val_s(row, "bring");
	if (bring.n)
		about = str_fmt(r->arena, STR_FMT "%s%s " STR_FMT, STR_ARG(about),
				about.n ? "\n\n" : "", tr(r, N_("What to bring:")), STR_ARG(bring));
	if (inside && link.n)
		about = str_fmt(r->arena, STR_FMT "%s" STR_FMT, STR_ARG(about),
				about.n ? "\n\n" : "", STR_ARG(link));
	return (struct ics_event){
		.uid = uuid.n ? uuid : uuid_named(r->arena, SPACE, page_of(r, row)),
		.sequence = val_i(row, "rev"),
		.status = str_is(status, "cancelled") ? "CANCELLED" : "CONFIRMED",
		.wall = val_s(row, "starts_wall"),
		.zone = val_s(row, "zone"),
		.at = val_i(row, "starts_at"),
		.minutes = val_i(row, "minutes"),
		.title = val_s(row, "title"),
		.title_lang = val_s(row, "title_lang").n ? val_s(row, "title_lang") : r->lang,
		.about = about,
		.about_lang = val_s(row, "about_lang").n ? val_s(row, "about_lang") : r->lang,
		.place = where(r, row, inside),
		.link = page_of(r, row),
		.made_at = val_i(row, "made_at"),
		.changed_at = val_i(row, "changed_at"),
	};
}

struct val *calendar_rows(struct db *db, struct arena *a, int64_t org, const struct val *of,
			  const char *name)
{
	return db_rows(db, &q_calendar_dates,
		       ARGS(a, ARG(org), ARG_AS("ids", text_ids(a, of, name))));
}

struct val *calendar_row(struct db *db, struct arena *a, int64_t org, int64_t activity)
{
	struct val *ids = val_list(a);
	val_push(ids, val_int(a, activity));
	return val_at(calendar_rows(db, a, org, ids, NULL), 0);
}

struct str calendar_bytes(struct req *r, struct val *rows, const char *method, bool inside)
{
	size_t count = 0;
	struct ics_event *events = arena_many(r->arena, struct ics_event, val_count(rows) + 1);
	text_attach(r->db, r->arena, rows,
		    &(struct text_want){.kind = "activity",
					.id = "id",
					.fields = texts,
					.lang = r->lang,
					.first = val_s(r->org, "lang")});
	plan_dress(r, rows);
	for (size_t i = 0; i < val_count(rows); i++)
		if (zone_open(r->arena, val_s(val_at(rows, i), "zone")))
			events[count++] = event_of(r, val_at(rows, i), inside);
	return ics_write(r->arena, &(struct ics){.method = method,
						 .name = val_s(r->org, "name"),
						 .lang = r->lang,
						 .events = events,
						 .count = count});
}

int calendar_answer(struct req *r, struct val *rows, const char *file, bool inside)
{
	val_set_str(r->headers_out, "Content-Type", S("text/calendar; charset=utf-8"));
	val_set_str(r->headers_out, "Content-Disposition",
		    str_fmt(r->arena, "attachment; filename=\"%s.ics\"", file));
	r->raw = calendar_bytes(r, rows, "PUBLISH", inside);
	return OK;
}

int calendar_one(struct req *r, const struct val *activity)
{
	struct val *rows = val_list(r->arena),
		   *row = calendar_row(r->db, r->arena, val_i(r->org, "id"),
				       val_i(r->in, "activity"));
	if (val_is_null(row))
		return NOT_FOUND;
	val_push(rows, row);
	struct str file = str_fmt(r->arena, "activity-%lld", (long long)val_i(activity, "id"));
	return calendar_answer(r, rows, str_c(r->arena, file), val_b(activity, "inside"));
}

/* Rows in order of time become months with a heading each. */
static void by_month(struct req *r, const struct val *rows)
{
	struct val *months = val_set_list(r->out, "months"), *list = NULL;
	struct str last = {0};
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct wall wall = instant_wall(val_i(row, "starts_at"), req_zone(r));
		struct str name = day_show(r->arena, r->lang, DAY_MONTH, wall.day);
		if (!list || !str_eq(name, last)) {
			struct val *month = val_push_object(months);
			val_set_str(month, "month", name);
			list = val_set_list(month, "activities");
			last = name;
		}
		val_push(list, row);
	}
	val_set_bool(r->out, "some", val_count(rows) > 0);
}

int calendar_public(struct req *r)
{
	struct val *p = params(r);
	struct wall now = instant_wall(r->now, req_zone(r));
	bool whole = r->dates || r->data; /* a program has all dates at once */
	val_set_int(p, "edge", wall_instant((struct wall){.day = now.day}, req_zone(r), NULL));
	val_set_int(p, "after_at", whole ? 0 : val_i(r->in, "after_at"));
	val_set_int(p, "after_id", whole ? 0 : val_i(r->in, "after_id"));
	val_set_int(p, "most", whole ? INT64_MAX : PAGE + 1);
	struct val *ids = db_rows(r->db, &q_calendar_public, p);
	size_t count = val_count(ids);
	if (!whole)
		ids = pages_rows(r, ids, 0, PAGE);
	struct val *rows = calendar_rows(r->db, r->arena, val_i(r->org, "id"), ids, "id");
	if (r->dates)
		return calendar_answer(r, rows, "calendar", false);
	plan_dress(r, rows);
	if (r->data) {
		struct val *list = val_set_list(r->out, "rows");
		for (size_t i = 0; i < val_count(rows); i++)
			plan_data_row(list, val_at(rows, i));
		return OK;
	}
	val_set(r->out, "next", count > PAGE ? val_at(rows, PAGE - 1) : val_null());
	by_month(r, rows);
	crumb(r, N_("Activities"), "/activities");
	crumb(r, N_("Public calendar"), NULL);
	return OK;
}

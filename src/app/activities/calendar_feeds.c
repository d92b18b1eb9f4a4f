/* Secret calendar addresses: made and revoked by their owner, read by whoever has one. */
#include "app/activities/calendar.h"
#include "app/activities/plan.h"
#include "base/arena.h"
#include "core/crumbs.h"
#include "core/link.h"
#include "core/right.h"
#include "queries.h"

#include <string.h>

#define YEARS ((int64_t)5 * 365 * 86400)
enum { USES = 1 << 30, BACK = 90 * 86400 };

static const struct feed {
	const char *kind, *purpose, *label;
	const struct query *rows;
	bool all; /* its owner must be one who sees all activities */
} feeds[] = {
	{"person", "feed.person", N_("My activities here"), &q_calendar_of_person, false},
	{"group", "feed.group", N_("Activities of a group"), &q_calendar_of_group, true},
	{"org", "feed.org", N_("All activities here"), &q_calendar_of_org, true},
};
enum { FEEDS = sizeof feeds / sizeof *feeds };

static struct str group_name(const struct val *offered, int64_t id)
{
	for (size_t i = 0; i < val_count(offered); i++)
		if (val_i(val_at(offered, i), "value") == id)
			return val_s(val_at(offered, i), "label");
	return (struct str){0};
}

/* The reader's own, of this organisation. */
static struct val *mine(struct req *r)
{
	struct val *all = links_of(r->db, r->arena, val_i(r->me, "id"), r->now),
		   *list = val_list(r->arena), *here = db_rows(r->db, &q_calendar_links, params(r));
	for (size_t i = 0; i < val_count(all); i++)
		for (size_t k = 0; k < val_count(here); k++)
			if (val_i(val_at(here, k), "id") == val_i(val_at(all, i), "id"))
				val_push(list, val_at(all, i));
	return list;
}

int calendar_feeds(struct req *r)
{
	struct val *links = mine(r), *offered = plan_groups_offered(r);
	bool all = has_right(r, ACTIVITIES_READ);
	for (size_t i = 0; i < val_count(links); i++) {
		struct val *link = val_at(links, i);
		for (int k = 0; k < FEEDS; k++)
			if (str_is(val_s(link, "purpose"), feeds[k].purpose))
				val_set_str(link, "label", str_of(feeds[k].label));
		val_set_str(link, "group",
			    str_is(val_s(link, "purpose"), "feed.group")
				    ? group_name(offered, val_i(link, "subject"))
				    : (struct str){0});
	}
	val_set(r->out, "links", links);
	for (size_t i = 0; i < val_count(offered); i++) {
		struct val *group = val_at(offered, i);
		val_set_bool(group, "selected", val_i(group, "value") == val_i(r->in, "group"));
	}
	val_set_bool(r->out, "all", all);
	val_set(r->out, "group_choices", all ? offered : val_list(r->arena));
	if (!val_has(r->out, "made"))
		val_set_null(r->out, "made");
	crumb(r, N_("Activities"), "/activities");
	crumb(r, N_("Calendar addresses"), NULL);
	return OK;
}

static const struct feed *feed_of(struct str kind)
{
	for (int k = 0; k < FEEDS; k++)
		if (str_is(kind, feeds[k].kind))
			return &feeds[k];
	return NULL;
}

int calendar_feed_make(struct req *r)
{
	const struct feed *feed = feed_of(val_s(r->in, "feed"));
	int64_t me = val_i(r->me, "id"), subject = me;
	if (feed->all && !has_right(r, ACTIVITIES_READ))
		return FORBIDDEN;
	if (!strcmp(feed->kind, "org"))
		subject = val_i(r->org, "id");
	if (!strcmp(feed->kind, "group")) {
		subject = val_i(r->in, "group");
		if (!group_name(plan_groups_offered(r), subject).n) {
			invalid(r, "group", N_("Choose one of the groups"));
			return INVALID;
		}
	}
	struct val *links = mine(r);
	for (size_t i = 0; i < val_count(links); i++)
		if (str_is(val_s(val_at(links, i), "purpose"), feed->purpose) &&
		    val_i(val_at(links, i), "subject") == subject)
			link_revoke(r->db, r->arena, me, val_i(val_at(links, i), "id"), r->now);
	struct str token = link_make(r->db, r->arena,
				     &(struct link_new){.purpose = feed->purpose,
							.org = val_i(r->org, "id"),
							.owner = me,
							.subject = subject,
							.now = r->now,
							.ends_at = r->now + YEARS,
							.uses = USES});
	val_set_str(r->out, "made",
		    str_fmt(r->arena, STR_FMT "/activities/feed/" STR_FMT ".ics",
			    STR_ARG(val_s(r->org, "base")), STR_ARG(token)));
	return calendar_feeds(r);
}

int calendar_feed_revoke(struct req *r)
{
	struct val *links = mine(r);
	for (size_t i = 0; i < val_count(links); i++)
		if (val_i(val_at(links, i), "id") == val_i(r->in, "link")) {
			link_revoke(r->db, r->arena, val_i(r->me, "id"), val_i(r->in, "link"),
				    r->now);
			flash(r, N_("This address works no longer."));
			return see_other(r, "/activities/feeds");
		}
	return NOT_FOUND;
}

/* The owner still sees all activities here, whatever they had shown when they made it. */
static bool still_may(struct req *r, int64_t owner)
{
	struct rights theirs = rights_of(r->db, r->arena, val_i(r->org, "id"), owner, r->now);
	return rights_has(theirs, ACTIVITIES_READ);
}

int calendar_feed(struct req *r)
{
	for (int k = 0; k < FEEDS; k++) {
		struct val *link =
			link_peek(r->db, r->arena, feeds[k].purpose, val_s(r->in, "token"), r->now);
		if (val_is_null(link))
			continue;
		if (val_i(link, "org") != val_i(r->org, "id") ||
		    (feeds[k].all && !still_may(r, val_i(link, "owner"))))
			return GONE;
		struct val *p = params(r);
		val_set(p, "subject", val_get(link, "subject"));
		val_set_int(p, "edge", r->now - BACK);
		struct val *rows = calendar_rows(r->db, r->arena, val_i(r->org, "id"),
						 db_rows(r->db, feeds[k].rows, p), "id");
		return calendar_answer(r, rows, "calendar", true);
	}
	return GONE;
}

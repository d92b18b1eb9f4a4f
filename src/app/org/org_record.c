/* Who did what in the organisation, for those who may read it: narrowed by person, by what was done
 * and by day, a page at a time; as a file, the newest FILE_ROWS. */
#include "app/org/org.h"

#include "base/buf.h"
#include "base/instant.h"
#include "core/audit.h"
#include "core/choices.h"
#include "core/person.h"
#include "web/url.h"

enum { PAGE = 50, FILE_ROWS = 5000 };

/* The first moment of a day where the organisation is; 0 if none is given. */
static int64_t day_begins(struct req *req, const char *field, int later)
{
	int64_t day;
	struct zone *zone = req_zone(req);
	if (!day_read(val_s(req->in, field), &day))
		return 0;
	day += later;
	return zone ? wall_instant((struct wall){.day = day}, zone, NULL) : day * 86400;
}

static void show_verbs(struct req *req)
{
	struct val *list = val_set_list(req->out, "verb_choices");
	choice(list, S(""), str_of(tr(req, N_("Everything"))), false);
	for (const struct audit_words *w = audit_table; w->verb; w++)
		choice(list, str_of(w->verb), str_of(tr(req, w->words)), false);
}

/* What narrows the list, as an address carries it: "verb=role.given&since=…", person apart. */
static struct str narrowing(struct req *req)
{
	static const char *const names[] = {"verb", "since", "until"};
	struct buf to = {.arena = req->arena};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (val_s(req->in, names[i]).n)
			query_add(&to, names[i], val_s(req->in, names[i]));
	struct str query = buf_str(&to);
	return query.n ? str_sub(query, 1, query.n - 1) : query;
}

static void show_person(struct req *req, int64_t person)
{
	const struct val *row =
		person ? person_in_org(req->db, req->arena, val_i(req->org, "id"), person, req->now)
		       : NULL;
	val_set_null(req->out, "of_person");
	if (person) {
		struct val *of = val_set_object(req->out, "of_person");
		val_set_int(of, "id", person);
		val_set_str(of, "name", val_s(row, "name"));
	}
}

int org_record(struct req *req)
{
	int64_t person = val_i(req->in, "person");
	struct audit_find find = {.org = val_i(req->org, "id"),
				  .person = person,
				  .reader = val_i(req->me, "id"),
				  .verb = val_s(req->in, "verb"),
				  .since = day_begins(req, "since", 0),
				  .until = day_begins(req, "until", 1),
				  .before = val_i(req->in, "before"),
				  .limit = req->data ? FILE_ROWS : PAGE};
	struct val *rows = audit_list(req->db, req->arena, &find);
	size_t count = val_count(rows);
	for (size_t i = 0; i < count; i++) {
		struct val *row = val_at(rows, i);
		const char *says = audit_says(val_s(row, "verb"));
		val_set_str(row, "what", says ? str_of(tr(req, says)) : val_s(row, "verb"));
	}
	val_set(req->out, "rows", rows);
	val_set_int(req->out, "older",
		    count == (size_t)find.limit ? val_i(val_at(rows, count - 1), "id") : 0);
	val_set_str(req->out, "narrowed", narrowing(req));
	show_person(req, person);
	show_verbs(req);
	return OK;
}

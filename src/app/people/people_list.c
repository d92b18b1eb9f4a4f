/* The list of people: found, narrowed, sorted, page by page. */
#include "app/people/people.h"
#include "app/people/people_directory.h"

#include "base/lang.h"
#include "core/args.h"
#include "core/person.h"
#include "core/right.h"
#include "core/text.h"
#include "queries.h"

enum { PAGE = 50 };

/* A name from ICU costs more than the rest of a row; a page has few languages. */
static struct str language_of(struct req *req, struct val *known, struct str tag)
{
	const char *name = str_c(req->arena, tag);
	if (!val_has(known, name))
		val_set_str(known, name, lang_name(req->arena, tag, req->lang));
	return val_s(known, name);
}

static void show_row(struct req *req, struct val *rows, const struct val *person,
		     const struct val *roles, const struct val *groups, struct val *languages)
{
	struct val *row = val_push_object(rows);
	val_set_int(row, "id", val_i(person, "id"));
	val_set_str(row, "name", val_s(person, "name"));
	val_set_str(row, "sort_name", val_s(person, "sort_name"));
	val_set_str(row, "language", language_of(req, languages, val_s(person, "lang")));
	val_set_str(row, "roles", directory_held(req->arena, roles, val_s(person, "roles"), ", "));
	val_set_str(row, "groups",
		    directory_values(req->arena, groups, val_i(person, "id"), "name", NULL, ", "));
}

/* How many there are; 0: a long list that nothing narrows is not counted. */
static int64_t count_of(struct req *req, const struct db_question *asked, size_t on_page, bool more)
{
	if (!more)
		return (int64_t)on_page;
	return directory_is_narrowed(req) ? directory_count(req, asked) : 0;
}

int people_index(struct req *req)
{
	int64_t org = people_org(req);
	bool newest = str_is(val_s(req->in, "sort"), "newest");
	struct val *args = ARGS(req->arena, ARG(org), ARG_AS("day", req_today(req)));
	enum { PEOPLE, ROLES, GROUPS, YEARS, QUESTIONS };
	struct db_question asked[QUESTIONS] = {
		[PEOPLE] = directory_question(req, PAGE + 1),
		[ROLES] = {&q_right_list, args},
		[GROUPS] = {&q_people_open_groups, args},
		[YEARS] = {&q_group_years, args},
	};
	db_ask(req->db, asked, QUESTIONS);
	const struct val *found = asked[PEOPLE].rows;
	struct val *roles = asked[ROLES].rows;
	roles_label(req, roles);
	struct str ids = text_ids(req->arena, found, "id");
	directory_choices(req, roles, asked[GROUPS].rows, asked[YEARS].rows);
	/* The first choice is any group: who has no groups is not asked about them. */
	bool grouped = val_count(val_get(req->out, "group_choices")) > 1;
	const struct val *groups = grouped ? db_rows(req->db, &q_people_groups_today,
						     ARGS(req->arena, ARG(org), ARG(ids),
							  ARG_AS("day", req_today(req))))
					   : val_null();
	val_set_bool(req->out, "grouped", grouped);
	struct val *rows = val_set_list(req->out, "rows"), *languages = val_object(req->arena);
	size_t count = val_count(found) > PAGE ? PAGE : val_count(found);
	for (size_t i = 0; i < count; i++)
		show_row(req, rows, val_at(found, i), roles, groups, languages);
	val_set_null(req->out, "next");
	if (val_count(found) > PAGE) {
		struct val *next = val_set_object(req->out, "next");
		val_set_str(next, "after_fold",
			    newest ? (struct str){0} : val_s(val_at(found, PAGE - 1), "sort_fold"));
		val_set_int(next, "after_since",
			    newest ? val_i(val_at(found, PAGE - 1), "since") : 0);
		val_set_int(next, "after_id", val_i(val_at(found, PAGE - 1), "id"));
	}
	bool continued = val_i(req->in, "after_id") > 0;
	val_set_bool(req->out, "continued", continued);
	bool more = continued || val_count(found) > PAGE;
	val_set_int(req->out, "people", count_of(req, &asked[PEOPLE], count, more));
	val_set_bool(req->out, "off", str_is(val_s(req->in, "state"), "left"));
	val_set_bool(req->out, "narrowed", directory_is_narrowed(req));
	return OK;
}

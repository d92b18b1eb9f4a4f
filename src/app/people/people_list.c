/* The list of people: found, narrowed, sorted, page by page. */
#include "app/people/people.h"
#include "app/people/people_directory.h"

#include "base/buf.h"
#include "base/lang.h"
#include "core/args.h"
#include "core/person.h"
#include "queries.h"

enum { PAGE = 50 };

static struct str ids_of(struct arena *a, const struct val *rows)
{
	struct buf b = {.arena = a};
	buf_char(&b, '[');
	for (size_t i = 0; i < val_count(rows); i++) {
		if (i)
			buf_char(&b, ',');
		buf_int(&b, val_i(val_at(rows, i), "id"));
	}
	buf_char(&b, ']');
	return buf_str(&b);
}

/* Rows come ordered by person. */
static size_t first_of(const struct val *held, int64_t person)
{
	size_t low = 0, high = val_count(held);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (val_i(val_at(held, middle), "person") < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* "Translator, Member": one text, so that the list is a table in every form. */
static struct str roles_text(struct req *req, const struct val *held, int64_t person)
{
	struct buf b = {.arena = req->arena};
	for (size_t i = first_of(held, person); i < val_count(held); i++) {
		const struct val *row = val_at(held, i);
		if (val_i(row, "person") != person)
			break;
		if (b.n)
			buf_lit(&b, ", ");
		buf_add(&b, role_shown(req, row));
	}
	return buf_str(&b);
}

/* A name from ICU costs more than the rest of a row; a page has few languages. */
static struct str language_of(struct req *req, struct val *known, struct str tag)
{
	const char *name = str_c(req->arena, tag);
	if (!val_has(known, name))
		val_set_str(known, name, lang_name(req->arena, tag, req->lang));
	return val_s(known, name);
}

static void show_row(struct req *req, struct val *rows, const struct val *person,
		     const struct val *held, struct val *languages)
{
	struct val *row = val_push_object(rows);
	val_set_int(row, "id", val_i(person, "id"));
	val_set_str(row, "name", val_s(person, "name"));
	val_set_str(row, "sort_name", val_s(person, "sort_name"));
	val_set_str(row, "language", language_of(req, languages, val_s(person, "lang")));
	val_set_str(row, "roles", roles_text(req, held, val_i(person, "id")));
}

int people_index(struct req *req)
{
	int64_t org = people_org(req);
	bool newest = str_is(val_s(req->in, "sort"), "newest");
	const struct val *found =
		directory_is_narrowed(req)
			? directory_find(req, PAGE + 1)
			: people_list(req->db, req->arena, org, val_s(req->in, "words"),
				      val_s(req->in, "after_fold"), val_i(req->in, "after_id"),
				      PAGE + 1, req->now);
	const struct val *held =
		db_rows(req->db, &q_people_roles_of,
			ARGS(req->arena, ARG(org), ARG_AS("ids", ids_of(req->arena, found)),
			     ARG_AS("now", req->now)));
	struct val *rows = val_set_list(req->out, "rows"), *languages = val_object(req->arena);
	size_t count = val_count(found) > PAGE ? PAGE : val_count(found);
	for (size_t i = 0; i < count; i++)
		show_row(req, rows, val_at(found, i), held, languages);
	val_set_null(req->out, "next");
	if (val_count(found) > PAGE) {
		struct val *next = val_set_object(req->out, "next");
		val_set_str(next, "after_fold",
			    newest ? (struct str){0} : val_s(val_at(found, PAGE - 1), "sort_fold"));
		val_set_int(next, "after_since",
			    newest ? val_i(val_at(found, PAGE - 1), "since") : 0);
		val_set_int(next, "after_id", val_i(val_at(found, PAGE - 1), "id"));
	}
	val_set_bool(req->out, "continued", val_i(req->in, "after_id") > 0);
	val_set_bool(req->out, "off", str_is(val_s(req->in, "state"), "left"));
	val_set_bool(req->out, "narrowed", directory_is_narrowed(req));
	directory_choices(req);
	return OK;
}

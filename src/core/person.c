#include "core/person.h"

#include "base/words.h"
#include "core/args.h"
#include "core/right.h"
#include "core/text.h"
#include "db/db.h"
#include "queries.h"
#include "web/req.h"

enum { FIND_WORDS = 4 };

static void put_words(struct db *db, struct arena *a, int64_t person, struct str name)
{
	const struct val *words = person_words(a, name);
	for (size_t i = 0; i < val_count(words); i++) {
		const struct val *word = val_at(words, i);
		db_exec(db, &q_person_put_word, ARGS(a, ARG(person), ARG(word)));
	}
}

/* What finding and ordering read, made again from the names. */
static void put_names(struct db *db, struct arena *a, int64_t id)
{
	const struct val *person = person_by_id(db, a, id), *former = val_get(person, "former");
	db_exec(db, &q_person_forget_words, ARGS(a, ARG_AS("person", id)));
	put_words(db, a, id, val_s(person, "name"));
	put_words(db, a, id, val_s(person, "sort_name"));
	put_words(db, a, id, val_s(person, "formal_name"));
	for (size_t i = 0; i < val_count(former); i++)
		put_words(db, a, id, val_s(val_at(former, i), "name"));
	db_exec(db, &q_person_put_order,
		ARGS(a, ARG_AS("person", id),
		     ARG_AS("sort_fold", fold(a, val_s(person, "sort_name")))));
}

static struct val *name_args(struct arena *a, const struct val *person)
{
	struct str sort_name = val_s(person, "sort_name");
	if (!sort_name.n)
		sort_name = person_sorted(a, val_s(person, "name"));
	return ARGS(a, ARG_AS("id", val_i(person, "id")), ARG_AS("rev", val_i(person, "rev")),
		    ARG_AS("name", val_s(person, "name")), ARG(sort_name),
		    ARG_NULL("formal_name", val_s(person, "formal_name")),
		    ARG_AS("lang", val_s(person, "lang")));
}

int64_t person_add(struct db *db, struct arena *a, const struct val *person, int64_t org,
		   int64_t now)
{
	struct val *args = name_args(a, person);
	val_set_int(args, "now", now);
	int64_t id = db_id(db, &q_person_add, args);
	if (!id)
		return 0;
	put_names(db, a, id);
	if (org)
		person_join(db, a, id, org, now);
	return id;
}

bool person_change(struct db *db, struct arena *a, const struct val *person, bool keep_former,
		   int64_t now)
{
	int64_t id = val_i(person, "id");
	struct str before = val_s(person_by_id(db, a, id), "name");
	if (!db_id(db, &q_person_change, name_args(a, person)))
		return false;
	if (keep_former && !str_eq(before, val_s(person, "name")))
		db_exec(db, &q_person_add_former,
			ARGS(a, ARG_AS("person", id), ARG_AS("name", before), ARG(now)));
	put_names(db, a, id);
	return true;
}

void person_speaks(struct db *db, struct arena *a, int64_t person, struct str lang)
{
	db_exec(db, &q_person_speaks, ARGS(a, ARG(person), ARG(lang)));
}

struct val *person_by_id(struct db *db, struct arena *a, int64_t id)
{
	struct val *args = ARGS(a, ARG_AS("person", id)),
		   *person = db_row(db, &q_person_by_id, args);
	if (!val_is_null(person))
		val_set(person, "former", db_rows(db, &q_person_former, args));
	return person;
}

struct val *person_in_org(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t now)
{
	struct val *row = db_row(db, &q_person_in_org, ARGS(a, ARG(org), ARG(person), ARG(now)));
	return val_is_null(row) ? row : person_by_id(db, a, person);
}

bool person_forget_former(struct db *db, struct arena *a, int64_t person, int64_t former)
{
	if (!db_exec(db, &q_person_forget_former, ARGS(a, ARG(person), ARG(former))))
		return false;
	put_names(db, a, person);
	return true;
}

void person_join(struct db *db, struct arena *a, int64_t person, int64_t org, int64_t now)
{
	struct str sort_fold = fold(a, val_s(person_by_id(db, a, person), "sort_name"));
	db_exec(db, &q_person_join, ARGS(a, ARG(person), ARG(org), ARG(sort_fold), ARG(now)));
}

bool person_leave(struct db *db, struct arena *a, int64_t person, int64_t org, int64_t now)
{
	struct val *args = ARGS(a, ARG(person), ARG(org), ARG(now));
	if (rights_has(rights_of(db, a, org, person, now), ROLES_MANAGE) &&
	    !role_giver_besides(db, a, org, person, now))
		return false;
	db_exec(db, &q_person_leave, args);
	db_exec(db, &q_person_leave_roles, args);
	return true;
}

struct val *person_orgs(struct db *db, struct arena *a, int64_t person, int64_t now)
{
	return db_rows(db, &q_person_orgs, ARGS(a, ARG(person), ARG(now)));
}

bool person_is_only_of(struct db *db, struct arena *a, int64_t person, int64_t org, int64_t now)
{
	const struct val *orgs = person_orgs(db, a, person, now);
	return val_count(orgs) == 1 && val_i(val_at(orgs, 0), "id") == org;
}

struct val *people_list(struct db *db, struct arena *a, const struct people_asked *p)
{
	static const char *const low[FIND_WORDS] = {"low1", "low2", "low3", "low4"};
	static const char *const high[FIND_WORDS] = {"high1", "high2", "high3", "high4"};
	struct val *args =
		ARGS(a, ARG_AS("org", p->org), ARG_AS("reader", p->reader), ARG_AS("day", p->day),
		     ARG_AS("after_fold", p->after_fold), ARG_AS("after_id", p->after_id),
		     ARG_AS("most", p->most), ARG_AS("now", p->now));
	const struct val *words = person_words(a, p->text);
	size_t count = val_count(words);
	if (!count)
		return db_rows(db, &q_person_list, args);
	for (size_t i = 0; i < FIND_WORDS; i++) {
		struct str word = val_get_str(val_at(words, i < count ? i : 0));
		val_set_str(args, low[i], word);
		val_set_str(args, high[i], str_fmt(a, STR_FMT "\xf4\x8f\xbf\xbf", STR_ARG(word)));
	}
	return db_rows(db, &q_person_find, args);
}

struct val *people_found(struct req *r, struct str words, int most)
{
	if (!words.n)
		return val_list(r->arena);
	return people_list(r->db, r->arena,
			   &(struct people_asked){.org = val_i(r->org, "id"),
						  .reader = val_i(r->me, "id"),
						  .day = req_today(r),
						  .text = words,
						  .most = most,
						  .now = r->now});
}

struct val *people_found_some(struct req *r, struct str words, int most)
{
	const struct val *found = people_found(r, words, most + 1);
	struct val *list = val_list(r->arena);
	for (size_t i = 0; i < val_count(found) && i < (size_t)most; i++)
		val_push(list, val_at(found, i));
	val_set_bool(r->out, "found_more", val_count(found) > (size_t)most);
	return list;
}

struct str person_accounts(struct db *db, struct arena *a, int64_t person)
{
	struct val *people = val_list(a);
	val_push(people, val_int(a, person));
	return text_ids(a,
			db_rows(db, &q_person_accounts,
				ARGS(a, ARG_AS("people", text_ids(a, people, NULL)))),
			"id");
}

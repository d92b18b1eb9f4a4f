#include "core/agreement.h"

#include "core/args.h"
#include "db/db.h"
#include "queries.h"

int64_t terms_publish(struct db *db, struct arena *a, int64_t org, const char *kind,
		      int64_t version, struct str lang, struct str title, struct str body,
		      int64_t now)
{
	int64_t newest =
		val_i(db_row(db, &q_agreement_newest_version, ARGS(a, ARG(org), ARG(kind))), "n");
	if (version > newest)
		return 0;
	if (!version)
		version = newest + 1;
	return db_id(db, &q_agreement_publish,
		     ARGS(a, ARG(org), ARG(kind), ARG(version), ARG(lang), ARG(title), ARG(body),
			  ARG(now)));
}

/* Rows of one kind follow each other: the one in `lang`, else the first. */
struct val *terms_current(struct db *db, struct arena *a, int64_t org, struct str lang)
{
	const struct val *rows = db_rows(db, &q_agreement_current, ARGS(a, ARG(org)));
	struct val *list = val_list(a), *one = NULL;
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		if (!one || !str_eq(val_s(one, "kind"), val_s(row, "kind"))) {
			one = val_push_object(list);
			val_merge(one, row);
		} else if (str_eq(val_s(row, "lang"), lang)) {
			val_merge(one, row);
		}
	}
	return list;
}

struct val *terms_all(struct db *db, struct arena *a, int64_t org)
{
	return db_rows(db, &q_agreement_all, ARGS(a, ARG(org)));
}

struct val *terms_by_id(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_row(db, &q_agreement_by_id, ARGS(a, ARG(org), ARG(id)));
}

struct val *terms_open(struct db *db, struct arena *a, int64_t org, int64_t person, struct str lang)
{
	const struct val *current = terms_current(db, a, org, lang);
	struct val *open = val_list(a);
	for (size_t i = 0; i < val_count(current); i++) {
		struct val *row = val_at(current, i);
		struct str kind = val_s(row, "kind");
		int64_t version = val_i(row, "version");
		if (!val_i(db_row(db, &q_agreement_agreed,
				  ARGS(a, ARG(org), ARG(person), ARG(kind), ARG(version))),
			   "n"))
			val_push(open, row);
	}
	return open;
}

int64_t agree(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t terms,
	      int64_t now)
{
	return db_id(db, &q_agreement_agree, ARGS(a, ARG(org), ARG(person), ARG(terms), ARG(now)));
}

bool agreement_withdraw(struct db *db, struct arena *a, int64_t person, int64_t id, int64_t now)
{
	return db_id(db, &q_agreement_withdraw, ARGS(a, ARG(person), ARG(id), ARG(now))) != 0;
}

struct val *agreements_of(struct db *db, struct arena *a, int64_t person, struct str lang)
{
	return db_rows(db, &q_agreement_of_person, ARGS(a, ARG(person), ARG(lang)));
}

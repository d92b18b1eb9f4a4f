/* No column may point at a person without somebody having decided how the person gets to see it. */
#include <stdio.h>

#include "base/arena.h"
#include "core/feature.h"
#include "core/personal.h"
#include "db/upkeep.h"
#include "scenario.h"
#include "server/features.h"

/* What is not in a person's file: the record keeps who did something in their office for the one it was done to,
 * and the organisation has it as its own. */
static const struct {
	const char *columns, *why;
} left_out[] = {
	{"activity.made_by activity_past.corrected_by activity_past.responsible "
	 "participation.made_by "
	 "participation.attested_by "
	 "consent.taken_by consent.withdrawn_by correction.to_person correction.answered_by "
	 "consent_version.made_by consent_ask.made_by "
	 "guardian.confirmed_by "
	 "adult_check.verified_by "
	 "person_role.given_by "
	 "invitation.invited_by "
	 "texts.made_by "
	 "letter_template.made_by file.made_by affiliation.proposed_by affiliation.answered_by "
	 "affiliation.ended_by "
	 "standard.created_by standard_version.published_by standard_version_lang.published_by "
	 "standard_replacement.made_by standard_comment.resolved_by crosswalk_row.made_by "
	 "crosswalk_row.reviewer "
	 "people_batch.made_by standard_import.made_by audit.made_by activity_ask.made_by "
	 "activity_ask.taken_by "
	 "conference_slot.booked_by person_merge.made_by person_merge.undone_by "
	 "activity_answer.taken_by "
	 "activity_code.opened_by "
	 "retention_rule.made_by erasure.asked_by erasure.answered_by",
	 "done in an office of the organisation"},
	{"disclosure.to_person", "about another person"},
	{"person_word.person", "made from the names"},
};

static bool named(const char *list, struct str column)
{
	struct str rest = str_of(list);
	while (rest.n) {
		ptrdiff_t space = str_find_char(rest, ' ');
		struct str one = space < 0 ? rest : str_sub(rest, 0, (size_t)space);
		if (str_eq(one, column))
			return true;
		rest = str_from(rest, space < 0 ? rest.n : (size_t)space + 1);
	}
	return false;
}

static bool covered_by(const struct personal *kind, struct str column)
{
	for (; kind && kind->name; kind++)
		if (named(kind->covers, column))
			return true;
	return false;
}

static bool covered(struct str column)
{
	bool found = covered_by(personal_core, column);
	for (const struct feature *const *f = features; *f && !found; f++)
		found = covered_by((*f)->personal, column);
	for (size_t i = 0; i < sizeof left_out / sizeof *left_out && !found; i++)
		found = named(left_out[i].columns, column);
	return found;
}

TEST_SQLITE("every column that points at a person is in their file, or left out for a reason")
{
	static const char *const none[] = {NULL};
	struct query pointers = {
		.name = "personal_pointers",
		.sqlite = "SELECT m.name || '.' || f.\"from\" AS \"column\" FROM sqlite_schema m, "
			  "pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND "
			  "f.\"table\" = 'person'",
		.params = none,
		.id = all_queries_count + 5001,
	};
	db_begin(db, DB_READ, 0);
	const struct val *rows = db_rows(db, &pointers, val_object(test_arena));
	CHECK(val_count(rows) > 30);
	for (size_t i = 0; i < val_count(rows); i++)
		if (!CHECK(covered(val_s(val_at(rows, i), "column"))))
			printf("    %.*s\n", STR_ARG(val_s(val_at(rows, i), "column")));
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
}

static void check_columns(struct db *db, const struct personal *kind)
{
	for (; kind && kind->name; kind++) {
		struct db_shape shape;
		struct err wrong = {0};
		if (!CHECK(db_shape(db, kind->take, test_arena, &shape, &wrong)))
			continue;
		for (int c = 0; c < shape.column_count; c++)
			if (!CHECK(personal_column(str_of(shape.names[c])) != NULL))
				printf("    %s: %s\n", kind->name, shape.names[c]);
	}
}

TEST_SQLITE("every column of a person's file has a title")
{
	check_columns(db, personal_core);
	for (const struct feature *const *f = features; *f; f++)
		check_columns(db, (*f)->personal);
	CHECK_INT(err->kind, ERR_NONE);
}

/* ---- how it ends ---- */

static bool has_org(struct db *db, struct str table)
{
	static const char *const params[] = {"table", NULL};
	struct query columns = {
		.name = "personal_org",
		.sqlite = "SELECT count(*) AS n FROM pragma_table_info(?1) WHERE name = 'org' AND "
			  "\"notnull\" = 1",
		.params = params,
		.id = all_queries_count + 5002,
	};
	struct val *of = val_object(test_arena);
	val_set_str(of, "table", table);
	return val_i(db_row(db, &columns, of), "n") > 0;
}

static void check_ends(struct db *db, const struct personal *kind)
{
	for (; kind && kind->name; kind++) {
		struct str table = str_of(kind->covers);
		table = str_sub(table, 0, (size_t)str_find_char(table, '.'));
		if (str_is(table,
			   "erasure")) /* the answer itself is read as long as there is an account */
			continue;
		if (!CHECK((kind->kept || !has_org(db, table)) && !kind->kept == !kind->gone))
			printf("    %s\n", kind->name);
	}
}

TEST_SQLITE("what an organisation keeps of a person has an end when it is asked to erase it")
{
	db_begin(db, DB_READ, 0);
	check_ends(db, personal_core);
	for (const struct feature *const *f = features; *f; f++)
		check_ends(db, (*f)->personal);
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
}

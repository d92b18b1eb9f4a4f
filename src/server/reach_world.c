#include "server/reach_world.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/args.h"
#include "core/feature.h"
#include "core/personal.h"
#include "core/right.h"
#include "db/upkeep.h"
#include "scenario.h"
#include "server/features.h"

/* Texts that are codes, numbers of the program or its bookkeeping, in whatever table: a mark in them
 * would break the page and tell nobody anything. A column that is not named here is marked. */
static const char codes[] =
	" kind mode status starts_wall zone visibility answer_by uuid role lang why_lang state "
	"answer_code answered_how how given_how asked_how ground may_consent read_out verb "
	"object_kind "
	"request_id purpose action scheme means jurisdiction letter_key job_key file_type file "
	"holder source unsubscribe value_fold handle_fold sort_fold "
	/* JSON of jobs and of rows that were read in */
	"input result data before ";
/* Empty as a rule, and worth a mark all the same. */
static const char also_empty[] = " formal_name label no_contact_why phone until ";
/* Random: marked when whoever has a link was asked. */
static const char keys[] = " link.token activity_ask.code ";
/* What the readers here come with; and codes that are words elsewhere. */
static const char unmarked[] =
	" session.token consent.words consent.answer erasure_line.answer participation.seat ";

struct reach_columns reach;

static bool listed(const char *list, struct str word)
{
	return str_find(str_of(list), str_fmt(test_arena, " " STR_FMT " ", STR_ARG(word))) >= 0;
}

struct str reach_name(const struct reach_column *c)
{
	return str_fmt(test_arena, STR_FMT "." STR_FMT, STR_ARG(c->table), STR_ARG(c->name));
}

/* ---- what is kept of people ---- */

static bool owner_in(const struct personal *kind, struct str name)
{
	for (; kind && kind->name; kind++)
		if (listed(str_c(test_arena, str_fmt(test_arena, " %s ", kind->covers)), name))
			return true;
	return false;
}

/* Whether it makes its row somebody's, as core and the features say ("contact.person"). */
static bool is_owner(const struct reach_column *c)
{
	struct str name = reach_name(c);
	bool found = str_is(c->points, "person") && owner_in(personal_core, name);
	for (const struct feature *const *f = features; *f && !found; f++)
		found = owner_in((*f)->personal, name);
	return found;
}

static bool has_owner(struct str table)
{
	for (int i = 0; i < reach.count; i++)
		if (str_eq(reach.column[i].table, table) && is_owner(&reach.column[i]))
			return true;
	return false;
}

/* By which column a row of a table without an owner belongs to one that has one. */
static const struct reach_column *parent_of(struct str table)
{
	for (int i = 0; i < reach.count; i++) {
		const struct reach_column *c = &reach.column[i];
		if (str_eq(c->table, table) && c->points.n && !str_is(c->points, "person") &&
		    has_owner(c->points))
			return c;
	}
	return NULL;
}

static bool is_personal(struct str table)
{
	return str_is(table, "person") || has_owner(table) || parent_of(table);
}

void reach_read(struct world *w)
{
	static const char *const none[] = {NULL};
	struct query query = {
		.name = "reach_columns",
		.sqlite =
			"SELECT m.name AS \"table\", c.name AS name, coalesce((SELECT f.\"table\" "
			"FROM pragma_foreign_key_list(m.name) f WHERE f.\"from\" = c.name), '') AS "
			"points FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = "
			"'table' AND (lower(c.type) = 'text' OR points <> '') ORDER BY m.name, "
			"c.cid",
		.params = none,
		.id = all_queries_count + 5011,
	};
	db_begin(w->db, DB_READ, 0);
	const struct val *rows = db_rows(w->db, &query, val_object(w->arena));
	db_rollback(w->db);
	MUST(val_count(rows) < REACH_COLUMNS);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		reach.column[reach.count++] = (struct reach_column){.table = val_s(row, "table"),
								    .name = val_s(row, "name"),
								    .points = val_s(row, "points")};
	}
}

static void put_all(struct world *w, const char *const *statements, size_t count,
		    const struct val *args)
{
	for (size_t i = 0; i < count; i++) {
		db_begin(w->db, DB_WRITE, w->a);
		db_exec(w->db, SQL(statements[i]), args);
		if (!CHECK(db_commit(w->db)))
			printf("    %.60s: %s\n", statements[i], w->err->text);
		*w->err = (struct err){0};
	}
}

/* What no example makes: rows of tables that have none, and for everybody ways to reach them and to
 * sign in, so that no page is without them by chance. */
void reach_rows(struct world *w)
{
	static const char *const rows[] = {
		"INSERT INTO contact (person, org, kind, value, value_fold, made_at) SELECT "
		"o.person, o.org, 'email', 'x', 'x', 1 FROM person_org o WHERE o.org = :org",
		"INSERT INTO signin (person, kind, handle, handle_fold, made_at) SELECT o.person, "
		"'email', 'x', 'x' || o.person, 1 FROM person_org o WHERE o.org = :org",
		"INSERT INTO signin (person, kind, org, handle, handle_fold, secret, card, "
		"made_at) "
		"SELECT o.person, 'card', o.org, 'x', 'x' || o.person, 'x', 'x', 1 FROM person_org "
		"o "
		"WHERE o.org = :org",
		"INSERT INTO person_former_name (person, name, made_at) SELECT o.person, 'x', 1 "
		"FROM "
		"person_org o WHERE o.org = :org",
		"INSERT INTO person_key (org, person, scheme, value, made_at) SELECT o.org, "
		"o.person, 'reach', 'x' || o.person, 1 FROM person_org o WHERE o.org = :org",
		"INSERT INTO person_band (org, person, band, since, since_at) SELECT o.org, "
		"o.person, min(b.id), '2020-01-01', 1 FROM person_org o JOIN age_band b ON b.org = "
		"o.org WHERE o.org = :org AND NOT EXISTS (SELECT 1 FROM person_band n WHERE n.org "
		"= "
		"o.org AND n.person = o.person) GROUP BY o.org, o.person",
		"INSERT INTO activity_answer (org, ask, state, adults, children, words, how, "
		"read_out, at) SELECT a.org, a.id, 'yes', 0, 0, 'x', '', '', 1 FROM activity_ask a "
		"WHERE a.org = :org",
		"INSERT INTO activity_past (activity, rev, org, kind, mode, status, starts_wall, "
		"zone, minutes, corrected_at, why, link) SELECT a.id, 0, a.org, a.kind, a.mode, "
		"a.status, a.starts_wall, a.zone, a.minutes, 1, 'x', 'x' FROM activity a WHERE "
		"a.org = :org",
		"INSERT INTO erasure_line (erasure, kind, entries, answer, until, jurisdiction, "
		"because) SELECT e.id, 'consents', 1, 'kept', '2099-01-01', '', 'x' FROM erasure e "
		"WHERE e.org = :org",
		"INSERT INTO disclosure (org, person, object_kind, object, to_outside, purpose, "
		"ground, can_be_called_back, request_id, made_at) SELECT o.org, o.person, "
		"'person', "
		"o.person, 'x', 'contact', 'consent', 0, '', 1 FROM person_org o WHERE o.org = "
		":org",
	};
	put_all(w, rows, sizeof rows / sizeof *rows, ARGS(w->arena, ARG_AS("org", w->a)));
}

/* ---- marks ---- */

enum { A_MONTH = 13, A_YEAR = 12 * A_MONTH, YEARS = 3 }; /* rows: every other day of 28 */

static struct str mark_sql(int i, const struct reach_column *c)
{
	struct arena *a = test_arena;
	if (!c->year)
		return str_fmt(a, "'zqx%03dr' || x.rowid || 'z'", i);
	return str_fmt(a,
		       "(%d + x.rowid / %d %% %d) || '-' || substr('0' || (1 + x.rowid %% %d / "
		       "%d), -2) || '-' || substr('0' || (2 + x.rowid %% %d * 2), -2)",
		       c->year, A_YEAR, YEARS, A_YEAR, A_MONTH, A_MONTH);
}

int64_t reach_day_row(const struct reach_column *c, struct str day)
{
	int64_t year, month, of_month;
	if (!c->year || day.n < 10 || !str_int(str_sub(day, 0, 4), &year) ||
	    !str_int(str_sub(day, 5, 7), &month) || !str_int(str_sub(day, 8, 10), &of_month) ||
	    year < c->year || year >= c->year + YEARS)
		return -1;
	return (year - c->year) * A_YEAR + (month - 1) * A_MONTH + (of_month - 1) / 2;
}

static bool is_day(struct str name)
{
	return str_is(name, "since") || str_is(name, "until") || str_is(name, "valid_until");
}

static bool mark_column(struct world *w, int i)
{
	struct reach_column *c = &reach.column[i];
	static int years;
	if (is_day(c->name)) {
		c->year = (str_is(c->name, "since") ? 1901 : 2101) + years;
		years += YEARS;
	}
	const char *words =
		str_c(w->arena,
		      str_fmt(w->arena,
			      "UPDATE " STR_FMT " AS x SET " STR_FMT " = " STR_FMT
			      " WHERE (x." STR_FMT " IS NOT NULL OR %d = 1) RETURNING rowid AS id",
			      STR_ARG(c->table), STR_ARG(c->name), STR_ARG(mark_sql(i, c)),
			      STR_ARG(c->name), listed(also_empty, c->name)));
	db_begin(w->db, DB_WRITE, 0);
	size_t rows = val_count(db_rows(w->db, SQL(words), val_object(w->arena)));
	c->marked = db_commit(w->db);
	if (!CHECK(c->marked) || !CHECK(rows > 0))
		printf("    " STR_FMT ": %s\n", STR_ARG(reach_name(c)),
		       c->marked ? "no row to mark" : w->err->text);
	*w->err = (struct err){0};
	return c->marked;
}

/* Those of `keys`, or all others. */
void reach_mark(struct world *w, bool of_keys)
{
	for (int i = 0; i < reach.count; i++) {
		const struct reach_column *c = &reach.column[i];
		if (!c->points.n && is_personal(c->table) && !listed(codes, c->name) &&
		    !listed(unmarked, reach_name(c)) && listed(keys, reach_name(c)) == of_keys)
			mark_column(w, i);
	}
}

/* ---- whose it is ---- */

static struct str owners(struct str table)
{
	struct buf out = {.arena = test_arena};
	if (str_is(table, "person"))
		return S("x.id, x.same_as");
	for (int i = 0; i < reach.count; i++)
		if (str_eq(reach.column[i].table, table) && is_owner(&reach.column[i]))
			buf_fmt(&out, "%sx." STR_FMT, out.n ? ", " : "",
				STR_ARG(reach.column[i].name));
	return buf_str(&out);
}

static bool has_org(struct str table)
{
	for (int i = 0; i < reach.count; i++)
		if (str_eq(reach.column[i].table, table) && str_is(reach.column[i].name, "org"))
			return true;
	return false;
}

/* A row is the reader's own, their child's, or somebody else's; what another organisation made is
 * its own too. */
enum whose reach_whose(struct world *w, struct str table, int64_t row, int64_t who, int64_t org)
{
	struct arena *a = test_arena;
	const struct reach_column *parent = has_owner(table) ? NULL : parent_of(table);
	struct str of = parent ? parent->points : table, whom = owners(of);
	struct str from = parent ? str_fmt(a, STR_FMT " y JOIN " STR_FMT " x ON x.id = y." STR_FMT,
					   STR_ARG(table), STR_ARG(of), STR_ARG(parent->name))
				 : str_fmt(a, STR_FMT " x", STR_ARG(table));
	/* A person's own contacts serve all that know them (core/contact.h). */
	const char *is_own = str_is(table, "contact") ? "x.org IS NULL" : "1 = 0";
	/* Who signs in here is named in the examples of both organisations. */
	const char *words = str_c(
		a, str_fmt(a,
			   "SELECT CASE WHEN :who IN (" STR_FMT ") THEN 1 WHEN EXISTS (SELECT 1 "
			   "FROM guardian g WHERE g.person = :who AND g.child IN (" STR_FMT
			   ")) THEN 2 ELSE 0 END AS whose, %s AS org, CASE WHEN %s OR EXISTS "
			   "(SELECT 1 FROM person_org o WHERE o.org = :org AND o.since <> 1 AND "
			   "o.person IN (" STR_FMT ")) OR EXISTS (SELECT 1 FROM session s WHERE "
			   "s.means = 'demo' AND s.person IN (" STR_FMT
			   ")) THEN 1 ELSE 0 END AS theirs FROM " STR_FMT " WHERE %s.rowid = :row",
			   STR_ARG(whom), STR_ARG(whom), has_org(of) ? "x.org" : "NULL", is_own,
			   STR_ARG(whom), STR_ARG(whom), STR_ARG(from), parent ? "y" : "x"));
	db_begin(w->db, DB_READ, 0);
	const struct val *got = db_row(w->db, SQL(words), ARGS(a, ARG(who), ARG(org), ARG(row)));
	db_rollback(w->db);
	if (org && (val_i(got, "org") == org || val_i(got, "theirs")))
		return OWN;
	return (enum whose)val_i(got, "whose");
}

/* ---- what readers are to others ---- */

void reach_near(struct world *w)
{
	static const char *const ties[] = {
		"INSERT INTO group_staff (org, people_group, person, since) SELECT g.org, g.id, "
		"CAST(:teacher AS bigint), '2020-01-01' FROM people_group g WHERE g.org = :org "
		"AND NOT EXISTS (SELECT 1 FROM group_staff s WHERE s.people_group = g.id AND "
		"s.person = :teacher)",
		"INSERT INTO membership (org, people_group, person, since) SELECT g.org, g.id, "
		"CAST(:learner AS bigint), '2020-01-01' FROM people_group g WHERE g.org = :org",
		"INSERT INTO activity_ask (org, activity, person, role, lang, state, made_at) "
		"SELECT "
		"a.org, a.id, CAST(:learner AS bigint), 'learner', 'en', 'asked', 1 FROM activity "
		"a "
		"WHERE a.org = :org",
		"INSERT INTO participation (org, activity, person, role, state, minutes, ground, "
		"claimed_by, made_at) SELECT a.org, a.id, CAST(:learner AS bigint), 'learner', "
		"'attended', 60, 'duty', CAST(:learner AS bigint), 1 FROM activity a WHERE a.org = "
		":org",
		"INSERT INTO guardian (org, child, person, since) SELECT DISTINCT "
		"m.org, m.person, CAST(:guardian AS bigint), '2020-01-01' FROM membership "
		"m WHERE m.org = :org AND m.person % 2 = 0 AND m.person <> :learner",
		"INSERT INTO minority (org, person, until) SELECT DISTINCT g.org, g.child, "
		"'2199-01-01' FROM guardian g WHERE g.org = :org AND g.person = :guardian ON "
		"CONFLICT DO NOTHING",
		"INSERT INTO activity_ask (org, activity, person, role, lang, state, made_at) "
		"SELECT "
		"a.org, a.id, g.child, 'learner', 'en', 'asked', 1 FROM activity a JOIN guardian g "
		"ON g.org = a.org AND g.person = :guardian WHERE a.org = :org AND a.id % 2 = 0 ON "
		"CONFLICT DO NOTHING",
	};
	put_all(w, ties, sizeof ties / sizeof *ties,
		ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("teacher", world_person(w, "teacher")),
		     ARG_AS("learner", world_person(w, "learner")),
		     ARG_AS("guardian", world_person(w, "guardian"))));
}

void reach_role(struct world *w, const char *of, const char *role)
{
	db_begin(w->db, DB_WRITE, w->a);
	db_exec(w->db,
		SQL("UPDATE person_role SET role = :role WHERE org = :org AND person = :person"),
		ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("person", world_person(w, of)),
		     ARG_AS("role", role_by_key(w->db, w->arena, w->a, role))));
	CHECK(db_commit(w->db));
}

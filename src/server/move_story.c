#include "server/move_story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/json.h"
#include "core/archive.h"
#include "core/file.h"
#include "db/upkeep.h"
#include "fixture_postgres.h"
#include "program.h"
#include "server/move.h"

static struct program p; /* only its folder */

const char *move_path(const char *name)
{
	return program_path(&p, name);
}

/* ---- a world with a row of everything ---- */

/* $a and $b are the organisations, $1 and $2 two people of the first, $table the first row of hers
 * in a table. */
static const char *const more_rows[] = {
	"term (org, scheme, code, position) VALUES ($a, 'own', 'one', 1)",
	"term (org, scheme, code, position, broader) VALUES ($a, 'own', 'two', 2, $term)",
	"place (org, name, address, zone) VALUES ($a, 'Hall', 'Main St', 'UTC')",
	"academic_year (org, name, since, until) VALUES ($a, '2026', '2026-08-01', '2027-08-01')",
	"people_group (org, kind, name, since, year, source) VALUES ($a, 'class', '7b', "
	"'2026-09-01', $academic_year, 'sis:7b')",
	"group_staff (org, people_group, person, since) VALUES ($a, $people_group, $2, "
	"'2026-09-01')",
	"membership (org, people_group, person, since) VALUES ($a, $people_group, $1, "
	"'2026-09-01')",
	"person_key (org, person, scheme, value, made_at) VALUES ($a, $1, 'roster', 'K1', 5)",
	"people_batch (org, kind, title, state, made_by, made_at) VALUES ($a, 'roster', 'f.csv', "
	"'applied', $2, 5)",
	"people_batch_row (org, batch, position, line, action, person, data, before, state) VALUES "
	"($a, $people_batch, 0, 2, 'person_add', $1, '{}', '{}', 'done')",
	"adult_check (org, person, kind, verified_by, verified_at, valid_until) VALUES ($a, $1, "
	"$term, $2, 5, '2027-09-01')",
	"person_merge (org, kept, alias, made_by, made_at, undo_until) VALUES ($a, $1, $2, $2, 5, "
	"6)",
	"guardian (org, child, person, since) VALUES ($a, $1, $2, '2026-09-01')",
	"minority (org, person, until) VALUES ($a, $1, '2030-01-01')",
	"correction (org, person, words, to_person, asked_at) VALUES ($a, $1, 'Two n', $2, 5)",
	"consent_purpose (org, code, position) VALUES ($a, 'own_1', 1)",
	"consent_version (org, purpose, version, made_by, made_at) VALUES ($a, 'own_1', 1, $2, 5)",
	"consent_ask (org, people_group, purpose, answer_by, made_by, made_at) VALUES ($a, "
	"$people_group, 'own_1', '2026-10-01', $2, 5)",
	"age_band (org, position, adult) VALUES ($a, 1, 0)",
	"band_purpose (org, purpose, band) VALUES ($a, 'figure', $age_band)",
	"person_band (org, person, band, since, since_at) VALUES ($a, $1, $age_band, '2026-09-01', "
	"5)",
	"activity (org, kind, mode, status, starts_wall, zone, starts_at, minutes, place, made_at, "
	"made_by) VALUES ($a, 'series', 'in_person', 'held', '2026-09-01T10:00', 'UTC', 5, 60, "
	"$place, 5, $2)",
	"activity (org, kind, mode, status, starts_wall, zone, starts_at, minutes, series, method, "
	"made_at) VALUES ($a, 'session', 'written', 'held', '2026-09-02', 'UTC', 6, 30, $activity, "
	"$term, 6)",
	"activity (org, kind, mode, status, starts_wall, zone, starts_at, minutes, method, "
	"made_at) "
	"VALUES ($a, 'visit', 'written', 'held', '2026-09-03', 'UTC', 7, 30, (SELECT min(t.id) "
	"FROM "
	"term t WHERE t.org IS NULL), 6)",
	"activity_past (activity, rev, org, kind, method, mode, status, starts_wall, zone, "
	"minutes, "
	"place, corrected_at, why) VALUES ($activity, 1, $a, 'series', $term, 'written', 'held', "
	"'2026-09-01', 'UTC', 1, $place, 7, 'wrong')",
	"activity_role (org, activity, role, wanted) VALUES ($a, $activity, 'host', 2)",
	"activity_item (org, activity, item, version) SELECT $a, $activity, n.item, n.version "
	"FROM standard_node n WHERE n.id = $standard_node",
	"activity_group (org, activity, people_group) VALUES ($a, $activity, $people_group)",
	"activity_ask (org, activity, person, people_group, role, lang, state, adults, seats, "
	"taken_by, "
	"made_at) VALUES ($a, $activity, $1, $people_group, 'reader', 'fr', 'waiting', 2, 2, $2, "
	"5)",
	"activity_answer (org, ask, state, adults, children, words, how, taken_by, read_out, at) "
	"VALUES ($a, $activity_ask, 'waiting', 2, 0, 'Oui', 'telephone', $2, 'v1', 6)",
	"conference_slot (org, activity, teacher, starts_wall, starts_at, ends_at, child, "
	"guardian, booked_by) VALUES ($a, $activity, $2, '2026-09-01T18:00', 5, 9, $1, $2, $2)",
	"conference_interpreter (org, activity, person, lang, starts_at, ends_at) VALUES ($a, "
	"$activity, $2, 'fr', 5, 9)",
	"activity_unasked (org, person, since) VALUES ($a, $1, 7)",
	"activity_question (activity, org, days) VALUES ($activity, $a, 1)",
	"reflection (org, activity, person, question, words, lang, shared_at, made_at, "
	"changed_at) VALUES ($a, $activity, $1, 'q', 'w', 'fr', 8, 7, 8)",
	"consent (org, person, purpose, words, words_rev, given_by, given_how, given_at) VALUES "
	"($a, "
	"$1, 'figure', 'w', 1, $1, 'paper', 5)",
	"participation (org, activity, person, role, state, minutes, ground, consent, attested_by, "
	"made_at, superseded_at) VALUES ($a, $activity, $1, 'reader', 'attended', 60, 'consent', "
	"$consent, $2, 5, 9)",
	"participation (org, activity, heads, role, state, minutes, ground, attested_by, made_at, "
	"seat, corrects) VALUES ($a, $activity, 12, 'listener', 'attended', 60, 'duty', $2, 5, "
	"'seatcode', $participation)",
	"participation_item (participation, item, version) SELECT $participation, n.item, "
	"n.version "
	"FROM standard_node n WHERE n.id = $standard_node",
	"standard_link (org, version, item, label) SELECT $a, n.version, n.item, 'l' FROM "
	"standard_node n WHERE n.id = $standard_node",
	"standard_comment (org, version, item, person, lang, body, made_at) SELECT $a, n.version, "
	"n.item, $1, 'en', 'b', 5 FROM standard_node n WHERE n.id = $standard_node",
	"standard_replacement (org, old_item, new_item, made_at) SELECT $a, min(i.id), max(i.id), "
	"5 "
	"FROM standard_item i WHERE i.org = $a",
	"access_grant (person, org, purpose, given_at) VALUES ($1, $a, 'cpd', 5)",
	"access_grant (person, org, from_org, purpose, given_at) VALUES ($1, $a, $b, 'cpd', 6)",
	"disclosure (org, person, object_kind, object, to_outside, purpose, ground, "
	"can_be_called_back, request_id, made_at) VALUES ($a, $1, 'activity', $activity, 'a body', "
	"'cpd', 'duty', 0, 'r', 5)",
	"retention_rule (org, kind, jurisdiction, months, made_at) VALUES ($a, 'letters', 'CA-ON', "
	"84, "
	"5)",
	"erasure (org, person, asked_how, words, asked_at) VALUES ($a, $1, 'paper', 'please', 5)",
	"erasure_line (erasure, kind, entries, answer, until, jurisdiction, because) VALUES "
	"($erasure, "
	"'letters', 3, 'kept', '2033-01-01', 'CA-ON', 'the act')",
	"audit (org, made_by, verb, object_kind, object, request_id, made_at) VALUES ($a, $2, "
	"'standard.published', 'standard', $standard, 'r', 5)",
	"audit (org, verb, object_kind, object, request_id, made_at) VALUES ($a, 'job.done', "
	"'job', 77, "
	"'r', 6)",
	"letter_template (org, kind, lang, version, subject, body, made_at) VALUES ($a, 'k', 'fr', "
	"1, 's', 'b', 5)",
	"person_former_name (person, name, made_at) VALUES ($1, 'Before', 4)",
	"contact (person, kind, value, value_fold, made_at) VALUES ($1, 'phone', '555', '555', 4)",
	"signin (person, kind, org, handle, handle_fold, secret, made_at) VALUES ($1, 'card', $a, "
	"'one', 'one', 'hash', 4)",
	NULL,
};

static void add_word(struct buf *sql, struct str word)
{
	static const char person[] =
		"(SELECT %s(m.person) FROM person_org m JOIN org o ON o.id = m.org "
		"WHERE o.slug = 'boreal')";
	static const char org[] = "(SELECT o.id FROM org o WHERE o.slug = 'boreal')";
	if (str_is(word, "a"))
		buf_add(sql, str_of(org));
	else if (str_is(word, "b"))
		buf_lit(sql, "(SELECT o.id FROM org o WHERE o.slug = 'birch')");
	else if (str_is(word, "1"))
		buf_fmt(sql, person, "min");
	else if (str_is(word, "2"))
		buf_fmt(sql, person, "max");
	else
		buf_fmt(sql, "(SELECT min(x.id) FROM " STR_FMT " x WHERE x.org = %s)",
			STR_ARG(word), org);
}

/* "INSERT INTO" is added where a statement begins with a table. */
void move_run(struct db *db, const char *text)
{
	struct buf sql = {.arena = test_arena};
	struct str rest = str_of(text);
	if (!str_starts(rest, S("UPDATE")))
		buf_lit(&sql, "INSERT INTO ");
	for (size_t i = 0; i < rest.n; i++) {
		size_t end = i + 1;
		while (end < rest.n &&
		       (strchr("_12", rest.p[end]) || (rest.p[end] >= 'a' && rest.p[end] <= 'z')))
			end++;
		if (rest.p[i] != '$') {
			buf_char(&sql, rest.p[i]);
			continue;
		}
		add_word(&sql, str_sub(rest, i + 1, end));
		i = end - 1;
	}
	db_script(db, "rows", str_c(test_arena, buf_str(&sql)));
}

static const char letter[] =
	"letter (org, kind, template_version, lang, to_address, to_name, sender_name, "
	"sender_address, "
	"reply_to, subject, body, html, secret, unsubscribe, due_at, made_at, letter_key, state) "
	"VALUES ($a, 'k', 0, 'en', 'a', 'a', 'a', 'a', '', 's', 'b', 'h', 0, '', 5, 5, ";

bool move_begin(struct world *w, struct db *db, struct err *err)
{
	p = (struct program){.folder = "/tmp/waypost-move-XXXXXX"};
	if (!CHECK(mkdtemp(p.folder) != NULL && !mkdir(move_path("files"), 0700)) ||
	    !CHECK(world_begin_demo(w, db, err)))
		return false;
	struct file_store files = {.folder = move_path("files")};
	struct file_sent sent = {
		.org = w->a, .name = S("a.pdf"), .bytes = S("%PDF-1.4 of alder\n")};
	enum file_refusal why;
	db_use(db, test_arena, err);
	db_begin(db, DB_WRITE, 0);
	for (const char *const *sql = more_rows; *sql; sql++)
		move_run(db, *sql);
	move_run(db,
		 "UPDATE participation SET superseded_by = (SELECT max(x.id) FROM participation x) "
		 "WHERE superseded_at = 9");
	move_run(db, str_c(test_arena, str_fmt(test_arena, "%s'one', 'sent')", letter)));
	move_run(db, str_c(test_arena, str_fmt(test_arena, "%s'two', 'queued')", letter)));
	db_exec(db,
		SQL("INSERT INTO standard_import (org, file_name, bytes, layout, lang, state, "
		    "result, "
		    "made_at) VALUES (:org, 'f', :bytes, 'auto', 'en', 'refused', '{}', 5)"),
		PARAMS("org", INT(w->a), "bytes", val_blob(test_arena, S("\001\377 bytes\n"))));
	CHECK(file_put(db, test_arena, err, &files, &sent, &why) > 0);
	sent.org = w->b;
	CHECK(file_put(db, test_arena, err, &files, &sent, &why) > 0);
	bool good = CHECK(db_commit(db));
	CHECK_STR(err->text, "");
	return good;
}

void move_end(struct world *w)
{
	world_end(w);
	if (getenv("WAYPOST_TEST_PG"))
		postgres_drop("other");
	program_gone(&p);
}

/* ---- archives ---- */

/* {entry: hash} of rows and files; the counts of summary.json as one more. */
struct val *move_contents(const char *path)
{
	struct err err = {0};
	struct val *manifest, *all = val_object(test_arena);
	struct str name;
	struct archive *r = archive_open(test_arena, path, NULL, &manifest, &err);
	CHECK_STR(val_s(manifest, "format"), MOVE_FORMAT);
	while (archive_next(r, &name)) {
		struct str bytes = archive_bytes(r, test_arena, 64 << 20);
		struct json_error wrong;
		if (str_is(name, "summary.json"))
			val_set(all, "counts",
				val_get(json_read(test_arena, bytes, 1 << 20, &wrong), "rows"));
		else
			val_set_str(all, name.p ? str_c(test_arena, name) : "", bytes);
	}
	CHECK_STR(err.text, "");
	archive_close(r);
	return all;
}

bool move_same(const struct val *x, const struct val *y)
{
	bool equal = CHECK_INT(val_count(y), val_count(x));
	for (size_t i = 0; i < val_count(x); i++) {
		const char *name = val_name_at(x, i);
		if (!CHECK(val_equal(val_get(x, name), val_get(y, name)))) {
			printf("    %s differs:\n" STR_FMT "\n" STR_FMT "\n", name,
			       STR_ARG(str_sub(val_s(x, name), 0, 700)),
			       STR_ARG(str_sub(val_s(y, name), 0, 700)));
			equal = false;
		}
	}
	return equal;
}

int move_out(struct str *said, const char *db, const char *slug, const char *to)
{
	return program_run(said, NULL, "export", "--org", slug, to, "--db", db, "--files",
			   move_path(strcmp(db, fixture_url()) ? "there" : "files"), NULL);
}

int move_in_by(struct str *said, const char *db, const char *from, const char *as)
{
	return program_run(said, NULL, "import", "--org", from, "--db", db, "--files",
			   move_path(strcmp(db, fixture_url()) ? "there" : "files"),
			   as ? "--as" : NULL, as, NULL);
}

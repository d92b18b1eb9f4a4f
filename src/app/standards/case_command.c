#include "app/standards/case_command.h"

#include "app/standards/case/save.h"
#include "app/standards/import_apart.h"
#include "app/standards/index_job.h"
#include "app/standards/store.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/feature.h"
#include "core/job.h"
#include "core/org.h"
#include "queries.h"

#include <stdio.h>
#include <unistd.h>

enum { LISTED = 20, KEPT_BYTES = 1 << 20 };

static int complain(int code, struct str what, const char *why)
{
	fprintf(stderr, "waypost: " STR_FMT ": %s\n", STR_ARG(what), why);
	return code;
}

/* ---- what is said of it ---- */

static void say_counts(const struct val *counts, const char *between)
{
	for (size_t i = 0; i < val_count(counts); i++)
		printf("%s%d %s", i ? between : "", (int)val_i(counts, val_name_at(counts, i)),
		       val_name_at(counts, i));
	printf("\n");
}

static void say(const struct val *result)
{
	const struct val *document = val_get(result, "document"),
			 *counts = val_get(result, "counts"),
			 *unplaced = val_get(result, "unplaced");
	printf(STR_FMT "\n  a CASE package, language " STR_FMT "\n  ",
	       STR_ARG(val_s(document, "title")), STR_ARG(val_s(document, "lang")));
	say_counts(val_get(counts, "kinds"), ", ");
	printf("  levels %d, descriptors %d, guessed %d\n  kept as data: ",
	       (int)val_i(counts, "levels"), (int)val_i(counts, "descriptors"),
	       (int)val_i(counts, "guessed"));
	say_counts(val_get(result, "kept"), ", ");
	printf("  unplaced: %d\n", (int)val_i(counts, "unplaced"));
	for (size_t i = 0; i < val_count(unplaced) && i < LISTED; i++) {
		const struct val *one = val_at(unplaced, i);
		printf("    " STR_FMT ": " STR_FMT " (" STR_FMT ")\n",
		       STR_ARG(val_s(one, "pointer")), STR_ARG(val_s(one, "text")),
		       STR_ARG(val_s(one, "reason")));
	}
	if (val_count(unplaced) > LISTED)
		printf("    … and %zu more (--json prints all)\n", val_count(unplaced) - LISTED);
}

static void say_refused(const struct val *result)
{
	struct val *document = val_get(result, "document"),
		   *documents = val_get(document, "documents");
	if (val_s(document, "error").n)
		fprintf(stderr, "  " STR_FMT "\n", STR_ARG(val_s(document, "error")));
	for (size_t i = 0; i < val_count(documents); i++)
		fprintf(stderr, "  " STR_FMT " " STR_FMT "\n",
			STR_ARG(val_s(val_at(documents, i), "identifier")),
			STR_ARG(val_s(val_at(documents, i), "title")));
}

/* One line that is written over, for a person who waits at a terminal. */
static bool show_progress(void *context, int64_t done, int64_t total, const char *words)
{
	(void)context;
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r  %s: %d %%   ", words,
			(int)(total > done ? 100 * done / total : 100));
	return true;
}

/* ---- by command ---- */

static int64_t record(struct command_call *c, int64_t org, struct str file_name, struct str bytes,
		      const struct val *result, int64_t standard)
{
	struct str reason = val_s(val_get(result, "refused"), "reason");
	struct val *p = val_object(c->arena);
	db_begin(c->db, DB_WRITE, org);
	val_set_int(p, "org", org);
	val_set_int(p, "now", c->now);
	val_set_str(p, "file_name", file_name);
	val_set(p, "bytes", val_blob(c->arena, bytes.n > KEPT_BYTES ? (struct str){0} : bytes));
	val_set_str(p, "layout", S("case"));
	val_set_str(p, "lang", val_s(val_get(result, "document"), "lang"));
	val_set_str(p, "state", reason.n ? S("refused") : S("saved"));
	val_set_str(p, "reason", reason);
	val_set(p, "items", val_get(val_get(result, "counts"), "items"));
	val_set(p, "unplaced", val_get(val_get(result, "counts"), "unplaced"));
	val_set(p, "standard", standard ? val_int(c->arena, standard) : val_null());
	int64_t id = db_id(c->db, &q_import_record, p);
	return db_commit(c->db) ? id : 0;
}

static bool publish_words(struct command_call *c, int64_t org, const struct case_saved *saved,
			  const struct case_package *p)
{
	struct writer w = {.db = c->db, .arena = c->arena, .org = org, .now = c->now};
	db_begin(c->db, DB_WRITE, org);
	store_publish_lang(&w, saved->version, p->lang);
	return db_commit(c->db);
}

static const char *const ends[] = {
	[CASE_SAVED] = "saved",
	[CASE_LAID] = "its words were laid onto the standard that it translates",
	[CASE_SAME] = "this package is here already: nothing was changed",
};

static int end_with(struct command_call *c, int64_t org, struct str file_name,
		    const struct case_saved *saved)
{
	struct val *p = val_object(c->arena);
	if (saved->end == CASE_REFUSED)
		return complain(EXIT_REFUSED, file_name, saved->reason);
	if (saved->end >= CASE_STOPPED)
		return EXIT_FAILED; /* main says what the database said */
	val_set_int(p, "org", org);
	val_set_int(p, "standard", saved->standard);
	db_begin(c->db, DB_READ, org);
	struct str slug = val_s(db_row(c->db, &q_standards_by_id, p), "slug");
	db_rollback(c->db);
	printf("  %s: /standards/" STR_FMT "\n",
	       saved->end == CASE_SAVED && saved->again ? "saved as the next draft"
							: ends[saved->end],
	       STR_ARG(slug));
	if (saved->end == CASE_LAID)
		printf("  %d items with words now, %d that translate none of its items\n",
		       (int)saved->laid, (int)saved->left);
	return EXIT_OK;
}

static int save(struct command_call *c, struct str file_name, struct str bytes, int64_t org,
		const struct case_package *p, const struct val *result)
{
	db_begin(c->db, DB_READ, org);
	struct val *row = org_by_id(c->db, c->arena, org);
	db_rollback(c->db);
	struct case_saving saving = {.db = c->db,
				     .err = c->err,
				     .org = org,
				     .now = c->now,
				     .langs = val_get(row, "langs"),
				     .package = p,
				     .publish = val_b(c->args, "publish"),
				     .go_on = show_progress};
	struct case_saved saved = case_save(c->arena, &saving);
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r                              \r");
	int code = end_with(c, org, file_name, &saved);
	if (code != EXIT_OK || saved.end == CASE_SAME)
		return code;
	if (saving.publish && saved.end == CASE_LAID && !publish_words(c, org, &saved, p))
		return EXIT_FAILED;
	if (saving.publish)
		index_now(c);
	return record(c, org, file_name, bytes, result, saved.standard) ? EXIT_OK : EXIT_FAILED;
}

int case_import_command(struct command_call *c, struct str file_name, struct str bytes, int64_t org)
{
	struct case_options options = {.lang = val_s(c->args, "lang"), .file_name = file_name};
	bool json = val_b(c->args, "json");
	struct val *result;
	const char *wrong;
	const struct case_package *p = import_apart_package(APART_ALONE, c->arena, bytes, &options,
							    json ? INT32_MAX : 0, &result, &wrong);
	if (wrong)
		return complain(EXIT_REFUSED, file_name, wrong);
	if (json) {
		struct buf b = {.arena = c->arena};
		json_write_pretty(&b, result);
		fwrite(b.p, 1, b.n, stdout);
	} else if (p) {
		say(result);
	}
	if (!p) {
		if (org)
			record(c, org, file_name, bytes, result, 0);
		say_refused(result);
		return complain(EXIT_REFUSED, file_name,
				str_c(c->arena, val_s(val_get(result, "refused"), "reason")));
	}
	return org ? save(c, file_name, bytes, org, p, result) : EXIT_OK;
}

/* ---- by job ---- */

struct told {
	struct job *job;
};

static bool go_on(void *context, int64_t done, int64_t total, const char *words)
{
	struct job *j = ((struct told *)context)->job;
	return job_go_on(j, done < total ? done : total, total, words);
}

static enum job_end say_end(struct job *j, const struct case_saved *saved, struct val *result)
{
	static const char *const messages[] = {
		[CASE_SAVED] = N_("The package was saved."),
		[CASE_LAID] = N_("The words of this language were laid onto the standard."),
		[CASE_SAME] = N_("This package is here already: nothing was changed."),
	};
	if (saved->end == CASE_FAILED)
		return JOB_FAILED;
	if (saved->end == CASE_STOPPED)
		return JOB_STOPPED;
	val_set_str(result, "message",
		    str_of(saved->end == CASE_REFUSED ? saved->reason : messages[saved->end]));
	struct val *p = val_object(j->arena);
	val_set_int(p, "org", j->org);
	val_set_int(p, "standard", saved->standard);
	val_set(p, "import", val_get(j->input, "import"));
	db_begin(j->db, DB_WRITE, j->org);
	struct str slug = val_s(db_row(j->db, &q_standards_by_id, p), "slug");
	if (saved->end != CASE_REFUSED)
		db_exec(j->db, &q_import_saved, p);
	if (!db_commit(j->db))
		return JOB_FAILED;
	if (slug.n)
		val_set_str(result, "path",
			    str_fmt(j->arena, "/standards/" STR_FMT "%s", STR_ARG(slug),
				    saved->end == CASE_SAVED ? "/draft" : ""));
	return saved->end == CASE_REFUSED ? JOB_REFUSED : JOB_DONE;
}

static enum job_end run_import(struct job *j, struct val *result)
{
	struct told told = {j};
	struct val *p = val_object(j->arena);
	val_set_int(p, "org", j->org);
	val_set(p, "import", val_get(j->input, "import"));
	db_begin(j->db, DB_READ, j->org);
	struct val *row = db_row(j->db, &q_import_bytes, p),
		   *org = org_by_id(j->db, j->arena, j->org);
	db_rollback(j->db);
	if (val_is_null(row) || j->err->kind != ERR_NONE)
		return j->err->kind != ERR_NONE ? JOB_FAILED : JOB_REFUSED; /* thrown away */
	struct case_options options = {.lang = val_s(j->input, "lang"),
				       .file_name = val_s(row, "file_name")};
	struct val *read;
	const char *wrong;
	const struct case_package *package = import_apart_package(
		*j->apart, j->arena, val_s(row, "bytes"), &options, 0, &read, &wrong);
	if (wrong) /* it was read once, before it was asked for: the reader is away, say */
		val_set_str(result, "message", str_of(wrong));
	if (!package)
		return wrong ? JOB_FAILED : JOB_REFUSED;
	struct case_saving saving = {.db = j->db,
				     .err = j->err,
				     .org = j->org,
				     .me = j->owner,
				     .now = j->now(),
				     .langs = val_get(org, "langs"),
				     .package = package,
				     .title = val_s(j->input, "title"),
				     .go_on = go_on,
				     .context = &told};
	struct case_saved saved = case_save(j->arena, &saving);
	return say_end(j, &saved, result);
}

const struct job_kind standards_jobs[] = {
	{.name = "standards.import", .run = run_import},
	{.name = "standards.index", .run = index_job},
	{0},
};

/* An organisation leaves, comes in, or is deleted: commands, and the job that deletes it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/file.h"
#include "core/job.h"
#include "core/org.h"
#include "queries.h"
#include "server/commands.h"
#include "server/config.h"
#include "server/log.h"
#include "server/move.h"

enum { DAY = 86400, DAYS_WAITING = 30, DAYS_MOST = 3650 };

/* --key; an archive of an organisation is not sealed by --backup-key, which its receiver has not.
 */
static int key_of(struct command_call *call, struct seal_key *room, const struct seal_key **key)
{
	return command_key(call, val_s(call->args, "key"), room, key);
}

/* The organisation of --org, closed or not; 0 and the sentence if there is none. Inside a
 * transaction. */
static int64_t org_of(struct command_call *call)
{
	struct str slug = val_s(call->args, "org");
	int64_t id = val_i(db_row(call->db, &q_move_org, ARGS(call->arena, ARG(slug))), "id");
	if (!id && call->err->kind == ERR_NONE)
		command_refuse(slug.n ? str_c(call->arena, slug) : "--org",
			       slug.n ? "there is no organisation of this short name"
				      : "say which organisation: --org SLUG");
	return id;
}

static void print_outside(const struct val *outside)
{
	for (size_t i = 0; i < val_count(outside); i++) {
		const struct val *row = val_at(outside, i);
		printf("  %lld rows of " STR_FMT ": what \"" STR_FMT
		       "\" points at does not go along; %s\n",
		       (long long)val_i(row, "rows"), STR_ARG(val_s(row, "table")),
		       STR_ARG(val_s(row, "column")),
		       val_b(row, "left") ? "they stay behind" : "it is left empty");
	}
}

/* Among the server's own records: a row of the organisation's would be one more to export. */
static bool left_a_trace(struct command_call *call, int64_t org)
{
	db_begin(call->db, DB_WRITE, 0);
	audit_add(call->db, call->arena,
		  &(struct audit){.verb = "org.exported",
				  .object_kind = "org",
				  .object = org,
				  .at = call->now});
	return db_commit(call->db);
}

static int export_run(struct command_call *call)
{
	struct seal_key room;
	const struct seal_key *key;
	struct move m;
	const char *path = command_word(call);
	int64_t files = 0, rows = 0;
	if (!*path)
		return command_refuse("export", "say where to: waypost export --org SLUG FILE");
	if (!access(path, F_OK))
		return command_refuse(path, "is there already: name a new file");
	int code = key_of(call, &room, &key);
	if (code != EXIT_OK)
		return code;
	db_begin(call->db, DB_READ, 0);
	int64_t org = org_of(call);
	if (org && move_open(&m, call->db, call->arena, call->err, org))
		move_leave(&m, call->files, path, key, val_s(call->args, "org"), call->now, &files);
	db_rollback(call->db);
	if (call->err->kind != ERR_NONE)
		return EXIT_FAILED;
	if (!org)
		return EXIT_REFUSED;
	if (!left_a_trace(call, org))
		return EXIT_FAILED;
	for (size_t i = 0; i < m.count; i++)
		rows += m.sheets[i].rows;
	printf("exported%s and read again to its end: %lld rows, %lld files\n",
	       key ? ", sealed," : "", (long long)rows, (long long)files);
	print_outside(m.outside);
	return EXIT_OK;
}

static int import_run(struct command_call *call)
{
	struct seal_key room;
	struct move_in in = {.path = command_word(call), .as = val_s(call->args, "as")};
	struct str problem = {0};
	const struct config *config = call->config;
	if (!val_b(call->args, "org") || !*in.path)
		return command_refuse("import",
				      "say what and from where: waypost import --org FILE");
	int code = key_of(call, &room, &in.key);
	if (code == EXIT_OK && mkdir(call->files->folder, 0700) && errno != EEXIST)
		return command_refuse(call->files->folder, strerror(errno));
	if (code == EXIT_OK)
		code = move_come(call, &in, &problem);
	if (code == EXIT_REFUSED && problem.n)
		fprintf(stderr, "waypost: %s: " STR_FMT "; nothing was changed\n", in.path,
			STR_ARG(problem));
	if (code != EXIT_OK)
		return code;
	printf("imported, and everything of others is as it was\n");
	if (in.host_left.n)
		printf("  its host " STR_FMT " is another organisation's here: `waypost org set` "
		       "gives it one\n",
		       STR_ARG(in.host_left));
	print_outside(val_get(in.summary, "outside"));
	printf("  people sign in again; a second factor is set up again (its keys did not come "
	       "along)\n  files are in " STR_FMT "\n",
	       STR_ARG(config->files));
	return EXIT_OK;
}

/* ---- deleting ---- */

static void recorded(struct command_call *call, int64_t org, const char *verb)
{
	audit_add(call->db, call->arena,
		  &(struct audit){.org = org,
				  .verb = verb,
				  .object_kind = "org",
				  .object = org,
				  .at = call->now});
}

static int take_back(struct command_call *call, int64_t org)
{
	struct str key = org_deletion_key(call->arena, org);
	struct val *job = db_row(call->db, &q_move_deletion, ARGS(call->arena, ARG(key)));
	if (val_is_null(job))
		return command_refuse("delete",
				      "nobody asked for that: there is nothing to take back");
	int64_t stopped = db_exec(
		call->db, &q_move_take_back,
		ARGS(call->arena, ARG_AS("id", val_i(job, "id")), ARG_AS("now", call->now)));
	if (!stopped)
		return command_refuse("delete", "it has begun");
	recorded(call, org, "org.deletion_taken_back");
	printf("taken back: the organisation stays\n");
	return EXIT_OK;
}

static int ask(struct command_call *call, int64_t org, int64_t days)
{
	struct val *input = val_object(call->arena);
	struct str slug = val_s(call->args, "org"), key = org_deletion_key(call->arena, org);
	struct val *there = db_row(call->db, &q_move_deletion, ARGS(call->arena, ARG(key)));
	int64_t due = call->now + days * DAY;
	val_set_int(input, "org", org);
	val_set_str(input, "slug", slug);
	struct job_asked asked = {.kind = "org.delete",
				  .title = slug,
				  .input = input,
				  .key = key.p,
				  .now = call->now,
				  .not_before = due};
	if (val_is_null(there)) {
		job_ask(call->db, call->arena, &asked);
		recorded(call, org, "org.deletion_asked");
	} else {
		due = val_i(there, "due_at");
	}
	printf(STR_FMT " will be deleted after " STR_FMT ", by the clock process of the server\n"
		       "  until then it goes on as before, and `waypost delete --org " STR_FMT
		       " --undo` takes it back\n"
		       "  export it first: afterwards only backups have it\n",
	       STR_ARG(slug), STR_ARG(instant_rfc3339(call->arena, due)), STR_ARG(slug));
	return EXIT_OK;
}

static int delete_run(struct command_call *call)
{
	struct str text = val_s(call->args, "days");
	int64_t days = DAYS_WAITING;
	if (text.n && (!str_int(text, &days) || days < 0 || days > DAYS_MOST))
		return command_refuse("--days", "a number from 0 to 3650");
	db_begin(call->db, DB_WRITE, 0);
	int64_t org = org_of(call);
	int code = !org                        ? EXIT_REFUSED
		   : val_b(call->args, "undo") ? take_back(call, org)
					       : ask(call, org, days);
	if (code != EXIT_OK)
		db_rollback(call->db);
	else if (!db_commit(call->db))
		code = EXIT_FAILED;
	return call->err->kind == ERR_NONE ? code : EXIT_FAILED;
}

static enum job_end delete_job(struct job *j, struct val *result)
{
	struct move m;
	int64_t org = val_i(j->input, "org");
	struct val *kept = val_null();
	db_begin(j->db, DB_WRITE, org);
	if (move_open(&m, j->db, j->arena, j->err, org))
		kept = move_delete(&m, j->now());
	audit_add(j->db, j->arena,
		  &(struct audit){.verb = "org.deleted",
				  .object_kind = "org",
				  .object = org,
				  .at = j->now()});
	if (j->err->kind != ERR_NONE || !db_commit(j->db)) {
		log_line("error", "what=org-delete at=%s:%d why=\"%s\"", j->err->file, j->err->line,
			 j->err->text);
		db_rollback(j->db);
		return JOB_FAILED;
	}
	val_set(result, "kept", kept);
	log_line("org", "what=deleted org=" STR_FMT " kept=%zu", STR_ARG(val_s(j->input, "slug")),
		 val_count(kept));
	for (size_t i = 0; i < val_count(kept); i++)
		log_line("org", "what=kept table=" STR_FMT " rows=%lld why=\"" STR_FMT "\"",
			 STR_ARG(val_s(val_at(kept, i), "what")),
			 (long long)val_i(val_at(kept, i), "rows"),
			 STR_ARG(val_s(val_at(kept, i), "why")));
	return JOB_DONE;
}

static const struct job_kind jobs[] = {
	{.name = "org.delete", .run = delete_job, .max_tries = 3, .lease = 900},
	{0},
};

const struct feature move_jobs = {.name = "move", .jobs = jobs};

static const struct option_row export_options[] = {
	{"org", "SLUG", "the organisation"},
	{"key", "FILE", "seal it with the key in FILE (`waypost key`)"},
	{0},
};

static const struct option_row import_options[] = {
	{"org", NULL, "what comes in is an organisation"},
	{"as", "SLUG", "the short name it gets here; default: the one it had"},
	{"key", "FILE", "the key it was sealed with"},
	{0},
};

static const struct option_row delete_options[] = {
	{"org", "SLUG", "the organisation"},
	{"days", "N", "wait N days, 30 unless said"},
	{"undo", NULL, "take it back"},
	{0},
};

const struct command move_commands[] = {
	{"export", "--org SLUG FILE [--key FILE]", "put one organisation into an archive",
	 "All its rows and files, as lines of JSON; people's passwords where no other "
	 "organisation\n"
	 "knows them. What does not go along, and what pointed outside, is said.",
	 export_options, export_run, 0},
	{"import", "--org FILE [--as SLUG] [--key FILE]",
	 "make an organisation from such an archive",
	 "All of FILE is read and judged first; then everything is written in one transaction, or\n"
	 "nothing. Rows get ids of this server; nothing of other organisations is changed.",
	 import_options, import_run, 0},
	{"delete", "--org SLUG [--days N] [--undo]",
	 "delete an organisation, after a time to think",
	 "The clock process of the running server does it when the time has come, and logs what "
	 "was\n"
	 "kept and why: standards and people that other organisations refer to.",
	 delete_options, delete_run, 0},
	{0},
};

#include "app/standards/import_command.h"

#include "app/standards/case/package.h"
#include "app/standards/case_command.h"
#include "app/standards/export_command.h"
#include "app/standards/import_apart.h"
#include "app/standards/import_save.h"
#include "app/standards/index_job.h"
#include "app/standards/table_import.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/feature.h"
#include "core/org.h"
#include "queries.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { DOCUMENT_BYTES = 50 << 20, READ_STEP = 1 << 16 };

static int complain(int code, const char *file, const char *what)
{
	fprintf(stderr, "waypost: %s: %s\n", file, what);
	return code;
}

static int read_file(struct command_call *c, const char *name, struct str *bytes)
{
	FILE *f = fopen(name, "rb");
	if (!f)
		return complain(EXIT_FAILED, name, strerror(errno));
	struct buf b = {.arena = c->arena};
	struct stat info;
	size_t n, known = !fstat(fileno(f), &info) && S_ISREG(info.st_mode) ? (size_t)info.st_size
									    : 0;
	buf_room(&b, (known <= CASE_MOST_BYTES ? known : 0) + READ_STEP);
	while (b.n <= CASE_MOST_BYTES &&
	       (buf_room(&b, READ_STEP), n = fread(b.p + b.n, 1, READ_STEP, f)))
		b.n += n;
	int failed = ferror(f);
	fclose(f);
	if (failed)
		return complain(EXIT_FAILED, name, strerror(errno));
	if (b.n > CASE_MOST_BYTES)
		return complain(EXIT_REFUSED, name, "larger than 512 MB");
	if (b.n > DOCUMENT_BYTES && !case_is_json(buf_str(&b)))
		return complain(EXIT_REFUSED, name, "larger than 50 MB, and no CASE package");
	*bytes = buf_str(&b);
	return EXIT_OK;
}

/* ---- what is said of it ---- */

static void say_kinds(const struct val *kinds)
{
	for (size_t i = 0; i < val_count(kinds); i++)
		printf("%s%d %s", i ? ", " : "",
		       (int)val_get_int(val_get(kinds, val_name_at(kinds, i))),
		       val_name_at(kinds, i));
	printf("\n");
}

static void say_lines(const struct val *rows, const char *why, size_t most)
{
	for (size_t i = 0; i < val_count(rows) && i < most; i++) {
		const struct val *row = val_at(rows, i);
		printf("    line %d: " STR_FMT " (" STR_FMT ")\n", (int)val_i(row, "line"),
		       STR_ARG(str_sub(val_s(row, "text"), 0, 70)), STR_ARG(val_s(row, why)));
	}
	if (val_count(rows) > most)
		printf("    … and %zu more (--json prints all)\n", val_count(rows) - most);
}

static void say_result(const struct val *result)
{
	const struct val *document = val_get(result, "document"),
			 *counts = val_get(result, "counts");
	printf(STR_FMT "\n  layout " STR_FMT ": " STR_FMT "\n  language " STR_FMT "\n  ",
	       STR_ARG(val_s(document, "title")), STR_ARG(val_s(document, "layout")),
	       STR_ARG(val_s(document, "layout_why")), STR_ARG(val_s(document, "lang")));
	say_kinds(val_get(counts, "kinds"));
	printf("  levels %d, descriptors %d, ratings %d (%d not given), guessed %d\n",
	       (int)val_i(counts, "levels"), (int)val_i(counts, "descriptors"),
	       (int)val_i(counts, "ratings"), (int)val_i(counts, "not_given"),
	       (int)val_i(counts, "guessed"));
	printf("  furniture: %d lines\n  unplaced: %d lines\n", (int)val_i(counts, "furniture"),
	       (int)val_i(counts, "unplaced"));
	say_lines(val_get(result, "unplaced"), "reason", 20);
}

/* ---- where it goes ---- */

static int64_t only_org(struct command_call *c)
{
	struct str slug = val_s(c->args, "org");
	db_begin(c->db, DB_READ, 0);
	struct val *orgs = orgs_list(c->db, c->arena);
	struct val *named = slug.n ? org_by_slug(c->db, c->arena, slug) : val_null();
	db_commit(c->db);
	if (slug.n)
		return val_i(named, "id");
	return val_count(orgs) == 1 ? val_i(val_at(orgs, 0), "id") : 0;
}

static void say_one_side(const struct val *items, const char *which)
{
	for (size_t i = 0; i < val_count(items); i++)
		printf("    %s: " STR_FMT " " STR_FMT "\n", which,
		       STR_ARG(val_s(val_at(items, i), "code")),
		       STR_ARG(val_s(val_at(items, i), "text")));
}

/* One document on its way in by command. */
struct coming {
	struct command_call *call;
	struct writer w;
	struct str file_name, bytes;
	const struct val *result;
};

/* Lines of this document that were not placed: a file may hold others before and after it. */
static int64_t unplaced_within(const struct val *result)
{
	struct val *rows = val_get(result, "unplaced"), *items = val_get(result, "items");
	int64_t first = val_i(val_at(items, 0), "line"), count = 0;
	int64_t end = val_i(val_get(val_get(result, "document"), "ends_at"), "line");
	for (size_t i = 0; i < val_count(rows); i++) {
		int64_t line = val_i(val_at(rows, i), "line");
		count += line >= first && (!end || line < end);
	}
	return count;
}

/* What start pages show: which file became what, or why it did not. */
static void record(struct coming *in, int64_t standard)
{
	const struct val *document = val_get(in->result, "document");
	const struct val *counts = val_get(in->result, "counts");
	struct str reason = val_s(val_get(in->result, "refused"), "reason");
	struct val *p = val_object(in->w.arena);
	val_set_int(p, "org", in->w.org);
	val_set_int(p, "now", in->w.now);
	val_set_str(p, "file_name", in->file_name);
	val_set(p, "bytes", val_blob(in->w.arena, in->bytes));
	val_set_str(p, "layout", val_s(document, "layout"));
	val_set_str(p, "lang", val_s(document, "lang"));
	val_set_str(p, "state", str_of(reason.n ? "refused" : "saved"));
	val_set_str(p, "reason", reason);
	val_set_int(p, "items", val_i(counts, "items"));
	val_set_int(p, "unplaced", unplaced_within(in->result));
	if (standard)
		val_set_int(p, "standard", standard);
	else
		val_set_null(p, "standard");
	db_id(in->w.db, &q_import_record, p);
}

static struct val *standard_row(struct writer *w, const struct query *q, int64_t id,
				struct str slug)
{
	struct val *p = val_object(w->arena);
	val_set_int(p, "org", w->org);
	val_set_int(p, "standard", id);
	val_set_str(p, "slug", slug);
	return db_row(w->db, q, p);
}

static void publish(struct coming *in, int64_t standard)
{
	int64_t draft = store_draft(&in->w, standard);
	store_publish(&in->w, draft, 1, store_complete_langs(&in->w, draft),
		      val_s(val_get(in->result, "document"), "version"), (struct str){0},
		      (struct str){0});
}

static const char *const onto_refused[] = {
	[STORE_MISSING] = "the standard has no version",
	[STORE_FROZEN] = "this language of it is published already and stays as it is",
	[STORE_REFUSED] = "it has a draft already: publish that first, or throw it away",
};

/* Onto a standard: its text in another language, or its next edition in its own. */
static enum stored save_onto(struct coming *in, int64_t standard, struct val **laid)
{
	enum stored how = import_save_onto(&in->w, standard, in->result, laid);
	if (how == STORE_REFUSED && import_save_again(&in->w, standard, in->result))
		how = STORED;
	return how;
}

static int save(struct coming *in)
{
	struct str onto = val_s(in->call->args, "onto");
	db_begin(in->w.db, DB_WRITE, in->w.org);
	int64_t standard =
		onto.n ? val_i(standard_row(&in->w, &q_standards_by_slug, 0, onto), "id") : 0;
	if (onto.n && !standard) {
		db_rollback(in->w.db);
		return complain(EXIT_REFUSED, "--onto", "there is no standard of that slug");
	}
	struct val *laid = val_null();
	enum stored how = STORED;
	if (onto.n)
		how = save_onto(in, standard, &laid);
	if (how != STORED) {
		db_rollback(in->w.db);
		return complain(EXIT_REFUSED, "--onto", onto_refused[how]);
	}
	if (!onto.n)
		standard = import_save(&in->w, in->result, val_null());
	bool adopt = val_b(in->call->args, "publish");
	if (adopt && !val_is_null(laid))
		store_publish_lang(&in->w, val_i(laid, "version"),
				   val_s(val_get(in->result, "document"), "lang"));
	else if (adopt)
		publish(in, standard);
	record(in, standard);
	struct str slug =
		val_s(standard_row(&in->w, &q_standards_by_id, standard, (struct str){0}), "slug");
	if (!db_commit(in->w.db))
		return EXIT_FAILED;
	if (adopt)
		index_now(in->call);
	printf("  saved: /standards/" STR_FMT "\n", STR_ARG(slug));
	say_one_side(val_get(laid, "only_here"), "only in this document");
	say_one_side(val_get(laid, "only_there"), "without a text in this language");
	return EXIT_OK;
}

static int refuse(struct coming *in, struct str reason)
{
	if (in->w.org) {
		db_begin(in->w.db, DB_WRITE, in->w.org);
		record(in, 0);
		if (!db_commit(in->w.db))
			return EXIT_FAILED;
	}
	return complain(EXIT_REFUSED, str_c(in->w.arena, in->file_name),
			str_c(in->w.arena, reason));
}

/* Reads, says and saves one document; *next is the layout of the one that begins in the same file
 * after it, if there is one. */
static int take_in(struct coming *in, struct str layout, struct str *next)
{
	struct command_call *c = in->call;
	struct import_options options = {
		.layout = layout, .lang = val_s(c->args, "lang"), .file_name = in->file_name};
	const char *wrong;
	in->result = import_apart(APART_ALONE, c->arena, &apart_document, in->bytes, &options, NULL,
				  &wrong);
	if (!in->result)
		return complain(EXIT_REFUSED, str_c(c->arena, in->file_name), wrong);
	struct str reason = val_s(val_get(in->result, "refused"), "reason");
	*next = val_s(val_get(val_get(in->result, "document"), "ends_at"), "next");
	if (val_b(c->args, "json")) {
		struct buf b = {.arena = c->arena};
		json_write_pretty(&b, in->result);
		fwrite(b.p, 1, b.n, stdout);
	} else if (!reason.n) {
		say_result(in->result);
	}
	if (val_b(c->args, "dry-run"))
		return reason.n ? complain(EXIT_REFUSED, str_c(c->arena, in->file_name),
					   str_c(c->arena, reason))
				: EXIT_OK;
	return reason.n ? refuse(in, reason) : save(in);
}

/* ---- a table that was exported here ---- */

static const char *const table_ends[] = {
	[TABLE_SAVED] = "saved",
	[TABLE_SAME] = "the standard says just this already: nothing was changed",
	[TABLE_DRAFT] = "this standard has a draft already: publish it first",
	[TABLE_WRONG] = "the table has no (standard) row with its uuid and title",
};

static struct val *newest_rows(struct coming *in, const struct val *here)
{
	struct val *p = val_object(in->w.arena);
	val_set_int(p, "org", in->w.org);
	val_set(p, "standard", val_get(here, "id"));
	int64_t number = val_i(db_row(in->w.db, &q_case_save_shown, p), "number");
	struct val *org = org_by_id(in->w.db, in->w.arena, in->w.org);
	struct val *model =
		number ? export_model(in->call, org, val_s(here, "slug"), number) : NULL;
	return val_get(model, "rows");
}

static int take_table(struct coming *in, const struct val *rows)
{
	int64_t standard = 0;
	printf("  a table exported from here, %zu rows\n", val_count(rows));
	if (!in->w.org)
		return EXIT_OK; /* a dry run */
	db_begin(in->w.db, DB_WRITE, in->w.org);
	struct val *here = table_standard(&in->w, rows);
	struct val *now_here = val_is_null(here) ? val_null() : newest_rows(in, here);
	enum table_end end = table_save(&in->w, rows, now_here, &standard);
	if (end == TABLE_DRAFT || end == TABLE_WRONG) {
		db_rollback(in->w.db);
		return complain(EXIT_REFUSED, str_c(in->w.arena, in->file_name), table_ends[end]);
	}
	struct str slug =
		val_s(standard_row(&in->w, &q_standards_by_id, standard, (struct str){0}), "slug");
	if (!db_commit(in->w.db))
		return EXIT_FAILED;
	printf("  %s: /standards/" STR_FMT "\n", table_ends[end], STR_ARG(slug));
	return EXIT_OK;
}

int import_standard_command(struct command_call *c)
{
	struct val *rest = val_get(c->args, "rest");
	if (val_count(rest) != 1)
		return complain(EXIT_USAGE, "import standard", "give one FILE");
	const char *file = str_c(c->arena, val_get_str(val_at(rest, 0)));
	const char *base = strrchr(file, '/');
	struct coming in = {.call = c, .file_name = str_of(base ? base + 1 : file)};
	int code = read_file(c, file, &in.bytes);
	if (code != EXIT_OK)
		return code;
	if (!val_b(c->args, "dry-run")) {
		in.w = (struct writer){
			.db = c->db, .arena = c->arena, .org = only_org(c), .now = c->now};
		if (!in.w.org)
			return complain(
				EXIT_REFUSED, "--org",
				"name the organisation: there is none of that slug, or several");
	}
	struct str layout = val_s(c->args, "layout"), next;
	bool any = !layout.n || str_is(layout, "auto");
	if (str_is(layout, "case") || (any && case_is_json(in.bytes)))
		return case_import_command(c, in.file_name, in.bytes, in.w.org);
	if (any || str_is(layout, "csv")) {
		const char *wrong;
		const struct val *rows =
			import_apart_table(APART_ALONE, c->arena, in.bytes, &wrong);
		in.w.arena = c->arena;
		if (!rows)
			return complain(EXIT_REFUSED, base ? base + 1 : file, wrong);
		if (!val_is_null(rows))
			return take_table(&in, rows);
	}
	code = take_in(&in, layout, &next);
	while (code == EXIT_OK && next.n && val_b(c->args, "follow"))
		code = take_in(&in, str_dup(c->arena, next), &next);
	if (code == EXIT_OK && next.n && !val_b(c->args, "json"))
		printf("  another document follows in this file: run it again with "
		       "--layout " STR_FMT "\n",
		       STR_ARG(next));
	return code;
}

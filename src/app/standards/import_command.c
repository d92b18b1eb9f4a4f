#include "app/standards/import_command.h"

#include "app/standards/import/import.h"
#include "app/standards/import_save.h"
#include "base/arena.h"
#include "base/json.h"
#include "core/feature.h"
#include "core/org.h"
#include "queries.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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
	char *piece = arena_alloc(c->arena, READ_STEP);
	size_t n;
	while ((n = fread(piece, 1, READ_STEP, f)) > 0 && b.n <= DOCUMENT_BYTES)
		buf_add(&b, (struct str){piece, n});
	int failed = ferror(f);
	fclose(f);
	if (failed)
		return complain(EXIT_FAILED, name, strerror(errno));
	if (b.n > DOCUMENT_BYTES)
		return complain(EXIT_REFUSED, name, "larger than 50 MB");
	*bytes = buf_str(&b);
	return EXIT_OK;
}

static struct val *read_document(struct command_call *c, struct str bytes, const char *file)
{
	const char *base = strrchr(file, '/');
	struct import_options options = {.layout = val_s(c->args, "layout"),
					 .lang = val_s(c->args, "lang"),
					 .file_name = str_of(base ? base + 1 : file)};
	return import_document(c->arena, bytes, import_layouts(c->arena), &options);
}

/* ---- what is said of it ---- */

static void say_kinds(struct command_call *c, const struct val *kinds)
{
	for (size_t i = 0; i < val_count(kinds); i++)
		printf("%s%d %s", i ? ", " : "",
		       (int)val_get_int(val_get(kinds, val_name_at(kinds, i))),
		       val_name_at(kinds, i));
	printf("\n");
	(void)c;
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

static void say_result(struct command_call *c, const struct val *result)
{
	const struct val *document = val_get(result, "document"),
			 *counts = val_get(result, "counts");
	printf(STR_FMT "\n  layout " STR_FMT ": " STR_FMT "\n  language " STR_FMT "\n  ",
	       STR_ARG(val_s(document, "title")), STR_ARG(val_s(document, "layout")),
	       STR_ARG(val_s(document, "layout_why")), STR_ARG(val_s(document, "lang")));
	say_kinds(c, val_get(counts, "kinds"));
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
	struct val *orgs = orgs_list(c->db, c->arena);
	if (slug.n)
		return val_i(org_by_slug(c->db, c->arena, slug), "id");
	return val_count(orgs) == 1 ? val_i(val_at(orgs, 0), "id") : 0;
}

static void say_one_side(const struct val *items, const char *which)
{
	for (size_t i = 0; i < val_count(items); i++)
		printf("    %s: " STR_FMT " " STR_FMT "\n", which,
		       STR_ARG(val_s(val_at(items, i), "code")),
		       STR_ARG(val_s(val_at(items, i), "text")));
}

static int save(struct command_call *c, const struct val *result)
{
	struct writer w = {.db = c->db, .arena = c->arena, .org = only_org(c), .now = c->now};
	if (!w.org)
		return complain(EXIT_REFUSED, "--org",
				"name the organisation: there is none of that slug, or several");
	db_begin(c->db, DB_WRITE, w.org);
	struct str onto = val_s(c->args, "onto");
	struct val *p = val_object(c->arena);
	val_set_int(p, "org", w.org);
	val_set_str(p, "slug", onto);
	int64_t standard = onto.n ? val_i(db_row(c->db, &q_standards_by_slug, p), "id") : 0;
	if (onto.n && !standard) {
		db_rollback(c->db);
		return complain(EXIT_REFUSED, "--onto", "there is no standard of that slug");
	}
	struct val *laid = val_null();
	if (onto.n)
		laid = import_save_onto(&w, standard, result);
	else
		standard = import_save(&w, result, val_null());
	val_set_int(p, "standard", standard);
	struct val *saved = db_row(c->db, &q_standards_by_id, p);
	if (!db_commit(c->db))
		return EXIT_FAILED;
	printf("  saved as a draft: /standards/" STR_FMT "\n", STR_ARG(val_s(saved, "slug")));
	say_one_side(val_get(laid, "only_here"), "only in this document");
	say_one_side(val_get(laid, "only_there"), "without a text in this language");
	return EXIT_OK;
}

int import_standard_command(struct command_call *c)
{
	struct val *rest = val_get(c->args, "rest");
	struct str bytes;
	if (val_count(rest) != 1)
		return complain(EXIT_USAGE, "import standard", "give one FILE");
	const char *file = str_c(c->arena, val_get_str(val_at(rest, 0)));
	int code = read_file(c, file, &bytes);
	if (code != EXIT_OK)
		return code;
	struct val *result = read_document(c, bytes, file);
	struct val *refused = val_get(result, "refused");
	if (val_b(c->args, "json")) {
		struct buf b = {.arena = c->arena};
		json_write_pretty(&b, result);
		fwrite(b.p, 1, b.n, stdout);
	} else if (val_is_null(refused)) {
		say_result(c, result);
	}
	if (!val_is_null(refused))
		return complain(EXIT_REFUSED, file, str_c(c->arena, val_s(refused, "reason")));
	return val_b(c->args, "dry-run") ? EXIT_OK : save(c, result);
}

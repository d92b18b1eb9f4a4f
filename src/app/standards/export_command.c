#include "app/standards/export_command.h"

#include "app/standards/standards.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "core/feature.h"
#include "core/org.h"
#include "core/right.h"
#include "db/db.h"

#include <stdio.h>

static int complain(const char *what)
{
	fprintf(stderr, "waypost: export standard: %s\n", what);
	return EXIT_REFUSED;
}

static void print_csv(struct buf *b, const struct val *rows)
{
	static const struct csv_style plain = {0};
	struct val *names = val_list(b->arena);
	for (size_t i = 0; i < val_count(val_at(rows, 0)); i++)
		val_push(names, val_text(b->arena, str_of(val_name_at(val_at(rows, 0), i))));
	csv_begin(b, &plain);
	csv_write(b, &plain, names);
	for (size_t i = 0; i < val_count(rows); i++)
		csv_write(b, &plain, val_at(rows, i));
}

struct val *export_model(struct command_call *c, struct val *org, struct str slug, int64_t number)
{
	struct req r = {.arena = c->arena,
			.db = c->db,
			.in = val_object(c->arena),
			.out = val_object(c->arena),
			.errors = val_object(c->arena),
			.me = val_null(),
			.org = org,
			.lang = val_s(org, "lang"),
			.right_bits = UINT64_MAX,
			.now = c->now,
			.data = true};
	val_set_str(r.in, "slug", slug);
	val_set_str(r.in, "read", (struct str){0});
	if (number)
		val_set_int(r.in, "number", number);
	else
		val_set_null(r.in, "number");
	return standards_show(&r) == OK ? r.out : NULL;
}

int export_standard_command(struct command_call *c)
{
	struct val *rest = val_get(c->args, "rest");
	struct str slug = val_get_str(val_at(rest, 0)), format = val_s(c->args, "format");
	if (val_count(rest) != 1)
		return complain("give one SLUG"), EXIT_USAGE;
	if (format.n && !str_is(format, "csv") && !str_is(format, "json"))
		return complain("--format is csv or json"), EXIT_USAGE;
	int64_t number = 0;
	str_int(val_s(c->args, "version"), &number);
	db_begin(c->db, DB_READ, 0);
	struct val *org = org_by_slug(c->db, c->arena, val_s(c->args, "org"));
	struct val *model = val_is_null(org) ? NULL : export_model(c, org, slug, number);
	if (!db_commit(c->db))
		return EXIT_FAILED;
	if (val_is_null(org))
		return complain("--org names no organisation of this server");
	if (!model)
		return complain("there is no such standard, or no such version of it");
	struct buf b = {.arena = c->arena};
	if (str_is(format, "json"))
		json_write_pretty(&b, model);
	else
		print_csv(&b, val_get(model, "rows"));
	fwrite(b.p, 1, b.n, stdout);
	return EXIT_OK;
}

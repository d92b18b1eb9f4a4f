/*
 * A standard as a table and back: of the demonstration's standards, of the five documents and of a
 * CASE package, in the writer's own CSV and as a French spreadsheet writes it.
 */
#include "app/standards/table_import.h"

#include "app/standards/case/save.h"
#include "app/standards/export_command.h"
#include "app/standards/import/support_test.h"
#include "app/standards/import_save.h"
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "core/feature.h"
#include "core/org.h"
#include "queries.h"
#include "scenario.h"

static struct str csv_of(const struct val *rows, const struct csv_style *style)
{
	struct buf b = {.arena = test_arena};
	struct val *names = val_list(test_arena);
	for (size_t i = 0; i < val_count(val_at(rows, 0)); i++)
		val_push(names, val_text(test_arena, str_of(val_name_at(val_at(rows, 0), i))));
	csv_begin(&b, style);
	csv_write(&b, style, names);
	for (size_t i = 0; i < val_count(rows); i++)
		csv_write(&b, style, val_at(rows, i));
	return buf_str(&b);
}

static struct writer writer_in(struct world *w, int64_t org)
{
	return (struct writer){.db = w->db, .arena = test_arena, .org = org, .now = w->now};
}

static struct val *exported(struct world *w, int64_t org, struct str slug, int64_t number)
{
	struct command_call call = {.arena = test_arena, .db = w->db, .err = w->err, .now = w->now};
	struct val *model = export_model(&call, org_by_id(w->db, test_arena, org), slug, number);
	return val_get(model, "rows");
}

static int64_t newest_number(struct writer *by, int64_t standard)
{
	struct val *p = store_params(by);
	val_set_int(p, "standard", standard);
	return val_i(db_row(by->db, &q_case_save_shown, p), "number");
}

/* Taken in where it came from, nothing changes; in the other organisation the same table comes out. */
static void goes_round(struct world *w, struct str slug, int64_t standard)
{
	static const struct csv_style plain = {0};
	const struct csv_style *styles[] = {&plain, &csv_excel_fr};
	struct writer here = writer_in(w, w->a), there = writer_in(w, w->b);
	int64_t number = newest_number(&here, standard), id = 0;
	struct val *rows = exported(w, w->a, slug, number);
	CHECK(val_count(rows) > 1);
	for (int i = 0; i < 2; i++) {
		struct str csv = csv_of(rows, styles[i]);
		CHECK(table_is_export(test_arena, csv));
		CHECK_INT(table_save(&here, table_rows(test_arena, csv), rows, &id), TABLE_SAME);
		CHECK_INT(id, standard);
	}
	struct str csv = csv_of(rows, &csv_excel_fr);
	CHECK_INT(table_save(&there, table_rows(test_arena, csv), val_null(), &id), TABLE_SAVED);
	struct val *p = store_params(&there);
	val_set_int(p, "standard", id);
	struct str its = val_s(db_row(w->db, &q_standards_by_id, p), "slug");
	struct val *back = exported(w, w->b, its, 1);
	CHECK_STR(csv_of(back, &plain), csv_of(rows, &plain));
}

TEST_DB("every standard of the demonstration is the same after a way through a table")
{
	struct world w;
	NEED(world_begin_demo(&w, db, err));
	db_begin(db, DB_WRITE, w.a);
	struct writer here = writer_in(&w, w.a);
	struct val *all = db_rows(db, &q_import_targets, store_params(&here));
	CHECK(val_count(all) > 1);
	for (size_t i = 0; i < val_count(all); i++)
		goes_round(&w, val_s(val_at(all, i), "slug"), val_i(val_at(all, i), "id"));
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
	world_end(&w);
}

TEST_DB("the five documents are the same after a way through a table")
{
	struct world w = {0};
	SHARED(first, documents[0]);
	NEED(first.n);
	NEED(world_begin(&w, db, err, NULL));
	for (int i = 0; i < 5; i++) {
		struct val *result = imported(shared_file(documents[i]), document_layouts[i]);
		db_begin(db, DB_WRITE, w.a);
		struct writer here = writer_in(&w, w.a);
		int64_t id = import_save(&here, result, val_null());
		CHECK(id != 0);
		struct val *p = store_params(&here);
		val_set_int(p, "standard", id);
		goes_round(&w, val_s(db_row(db, &q_standards_by_id, p), "slug"), id);
		db_rollback(db);
	}
	CHECK_INT(err->kind, ERR_NONE);
	world_end(&w);
}

TEST_DB("a CASE package is the same after a way through a table, and what a table changes is the "
	"next draft")
{
	struct world w;
	SHARED(bytes, "data/case-packages/smarterbalanced-HSMATH.json");
	NEED(world_begin(&w, db, err, NULL));
	static const struct case_options none = {0};
	struct case_saving s = {.db = db,
				.err = err,
				.org = w.a,
				.now = w.now,
				.langs = val_list(test_arena),
				.package = case_read(test_arena, bytes, &none)};
	struct case_saved saved = case_save(test_arena, &s);
	db_begin(db, DB_WRITE, w.a);
	struct writer here = writer_in(&w, w.a);
	struct val *p = store_params(&here);
	val_set_int(p, "standard", saved.standard);
	struct str slug = val_s(db_row(db, &q_standards_by_id, p), "slug");
	goes_round(&w, slug, saved.standard);
	struct val *rows = exported(&w, w.a, slug, 1), *changed;
	int64_t id = 0;
	static const struct csv_style plain = {0};
	changed = table_rows(test_arena, csv_of(rows, &plain));
	val_set_str(val_at(changed, 3), "code", S("NEW.1"));
	CHECK_INT(table_save(&here, changed, rows, &id), TABLE_DRAFT);
	CHECK_INT(store_publish(&here, saved.version, 1, val_null(), S(""), S(""), S("")), STORED);
	CHECK_INT(table_save(&here, changed, rows, &id), TABLE_SAVED);
	struct val *now_is = exported(&w, w.a, slug, 2);
	CHECK_STR(val_s(val_at(now_is, 3), "code"), "NEW.1");
	CHECK_STR(val_s(val_at(now_is, 3), "uuid"), val_s(val_at(rows, 3), "uuid"));
	CHECK_INT(val_count(now_is), val_count(rows));
	db_rollback(db);
	CHECK_INT(err->kind, ERR_NONE);
	world_end(&w);
}

TEST("another table is none of ours")
{
	CHECK(!table_is_export(test_arena, S("code,title\nA,B\n")));
	CHECK(!table_is_export(test_arena, S("")));
	CHECK(table_is_export(test_arena,
			      S("\xEF\xBB\xBF"
				"code;kind;parent;depth;uuid;parent_uuid;title_en\r\n")));
}

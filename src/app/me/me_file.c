/* My file to take away: everything that is kept of me, as a page to read and as data. */
#include "app/me/me.h"

#include "base/buf.h"
#include "base/csv.h"
#include "base/instant.h"
#include "base/json.h"
#include "core/args.h"
#include "core/person.h"
#include "core/personal.h"
#include "db/db.h"
#include "web/zipped.h"

enum { ENTRIES = 200 };

static struct val *rows_of(struct req *req, const struct personal *kind, struct str people)
{
	return db_rows(req->db, kind->take,
		       ARGS(req->arena, ARG(people), ARG_AS("lang", req->lang)));
}

static int64_t count_of(struct req *req, const struct personal *kind, struct str people)
{
	return db_count(req->db, kind->take,
			ARGS(req->arena, ARG(people), ARG_AS("lang", req->lang)));
}

static bool is_instant(const char *column)
{
	return str_ends(str_of(column), S("_at"));
}

/* The same rows with their instants written out, for programs. */
static struct val *for_programs(struct arena *a, const struct val *rows)
{
	struct val *list = val_list(a);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		struct val *one = val_push_object(list);
		val_merge(one, row);
		for (size_t c = 0; c < val_count(row); c++) {
			const char *name = val_name_at(row, c);
			const struct val *cell = val_at(row, c);
			if (is_instant(name) && val_kind(cell) == VAL_INT)
				val_set_str(one, name, instant_rfc3339(a, val_get_int(cell)));
		}
	}
	return list;
}

static struct str as_json(struct arena *a, const struct val *rows)
{
	struct buf b = {.arena = a};
	json_write_pretty(&b, rows);
	return buf_str(&b);
}

/* As the list pages give it: what a spreadsheet in the reader's language opens at once. */
static struct str as_csv(struct req *req, const struct val *rows)
{
	static const struct csv_style english = {.bom = true, .guard = true};
	const struct csv_style *style = str_is(req->lang, "fr") ? &csv_excel_fr : &english;
	struct buf b = {.arena = req->arena};
	struct val *names = val_list(req->arena);
	for (size_t c = 0; c < val_count(val_at(rows, 0)); c++)
		val_push(names, val_text(req->arena, str_of(val_name_at(val_at(rows, 0), c))));
	csv_begin(&b, style);
	csv_write(&b, style, names);
	for (size_t i = 0; i < val_count(rows); i++)
		csv_write(&b, style, val_at(rows, i));
	return buf_str(&b);
}

/* ---- the page to read ---- */

static void html_moment(struct req *req, struct buf *b, int64_t at)
{
	struct wall wall = instant_wall(at, req_zone(req));
	buf_html(b, day_show(req->arena, req->lang, DAY_SHORT, wall.day));
	buf_lit(b, ", ");
	buf_html(b, time_show(req->arena, req->lang, wall.seconds));
}

static void html_cell(struct req *req, struct buf *b, const char *column, const struct val *cell)
{
	if (val_kind(cell) == VAL_INT && is_instant(column))
		html_moment(req, b, val_get_int(cell));
	else if (val_kind(cell) == VAL_INT)
		buf_int(b, val_get_int(cell));
	else
		buf_html(b, val_get_str(cell));
}

static void html_table(struct req *req, struct buf *b, const struct val *rows)
{
	const struct val *first = val_at(rows, 0);
	buf_lit(b, "<table><thead><tr>");
	for (size_t c = 0; c < val_count(first); c++) {
		buf_lit(b, "<th scope=\"col\">");
		buf_html(b, str_of(tr(req, personal_column(str_of(val_name_at(first, c))))));
		buf_lit(b, "</th>");
	}
	buf_lit(b, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		buf_lit(b, "<tr>");
		for (size_t c = 0; c < val_count(row); c++) {
			buf_lit(b, "<td>");
			html_cell(req, b, val_name_at(row, c), val_at(row, c));
			buf_lit(b, "</td>");
		}
		buf_lit(b, "</tr>\n");
	}
	buf_lit(b, "</tbody></table>\n");
}

static void html_begin(struct req *req, struct buf *b)
{
	struct str title = str_fmt(req->arena, tr(req, N_("What is kept of %s")),
				   str_c(req->arena, val_s(req->me, "name")));
	buf_lit(b, "<!DOCTYPE html>\n<html lang=\"");
	buf_html(b, req->lang);
	buf_lit(b, "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
		   "content=\"width=device-width\"><title>");
	buf_html(b, title);
	buf_lit(b, "</title><style>body{font:1rem/1.5 sans-serif;margin:2rem}"
		   "table{border-collapse:collapse}th,td{border:1px solid #888;padding:.25rem "
		   ".5rem;text-align:left;vertical-align:top;white-space:pre-line}"
		   "</style></head><body>\n<h1>");
	buf_html(b, title);
	buf_lit(b, "</h1>\n<p>");
	html_moment(req, b, req->now);
	buf_lit(b, "</p>\n<p>");
	buf_html(b, str_of(tr(req, N_("The same is in the folder “data” twice: as tables for a "
				      "spreadsheet (CSV) and for programs (JSON)."))));
	buf_lit(b, "</p>\n");
}

static void html_part(struct req *req, struct buf *b, const struct personal *kind,
		      const struct val *rows)
{
	buf_lit(b, "<h2>");
	buf_html(b, str_of(tr(req, kind->title)));
	buf_lit(b, "</h2>\n");
	if (val_count(rows)) {
		html_table(req, b, rows);
		return;
	}
	buf_lit(b, "<p>");
	buf_html(b, str_of(tr(req, N_("Nothing is kept."))));
	buf_lit(b, "</p>\n");
}

/* ---- answers ---- */

int me_file_page(struct req *req)
{
	struct str people = person_accounts(req->db, req->arena, me_id(req));
	struct val *kinds = val_set_list(req->out, "kinds");
	for (const struct personal *kind = req->personal; kind->name; kind++) {
		struct val *one = val_push_object(kinds);
		val_set_str(one, "title", str_of(tr(req, kind->title)));
		val_set_int(one, "count", count_of(req, kind, people));
	}
	return OK;
}

int me_file(struct req *req)
{
	struct arena *a = req->arena;
	struct zipped_entry entries[ENTRIES] = {0};
	struct buf page = {.arena = a};
	size_t n = 1;
	if (me_unproven(req))
		return me_prove_first(req, "/me/file");
	struct str people = person_accounts(req->db, a, me_id(req));
	html_begin(req, &page);
	for (const struct personal *kind = req->personal; kind->name; kind++) {
		const struct val *rows = rows_of(req, kind, people);
		html_part(req, &page, kind, rows);
		if (!val_count(rows))
			continue;
		MUST(n + 3 < ENTRIES);
		const struct val *data = for_programs(a, rows);
		entries[n++] = (struct zipped_entry){str_fmt(a, "data/%s.json", kind->name),
						     as_json(a, data)};
		entries[n++] = (struct zipped_entry){str_fmt(a, "data/%s.csv", kind->name),
						     as_csv(req, data)};
	}
	buf_lit(&page, "</body></html>\n");
	entries[0] = (struct zipped_entry){S("index.html"), buf_str(&page)};
	req->raw = zipped(a, &req->err, entries, req->now);
	val_set_str(req->headers_out, "Content-Type", S("application/zip"));
	val_set_str(req->headers_out, "Content-Disposition",
		    S("attachment; filename=\"waypost-me.zip\""));
	return OK;
}

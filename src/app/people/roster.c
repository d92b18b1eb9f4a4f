#include "app/people/roster.h"

#include "app/people/groups.h"
#include "app/people/people.h"
#include "app/people/people_batch.h"
#include "app/people/people_plan_rules.h"
#include "app/people/roster_read.h"
#include "app/people/roster_rules.h"
#include "base/buf.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/words.h"
#include "core/args.h"
#include "core/band.h"
#include "core/choices.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "queries.h"

enum { JSON_BYTES = 64 << 20, KEPT_DAYS = 30, DAY = 86400 };

static struct val *json_of(struct req *req, struct str text)
{
	struct json_error error;
	struct val *value = json_read(req->arena, text, JSON_BYTES, &error);
	return value ? value : val_object(req->arena);
}

/* ---- the file ---- */

static bool same_texts(const struct val *x, const struct val *y)
{
	bool same = val_count(x) == val_count(y) && val_count(x) > 0;
	for (size_t i = 0; i < val_count(x) && same; i++)
		same = str_eq(val_get_str(val_at(x, i)), val_get_str(val_at(y, i)));
	return same;
}

/* What the columns mean: as it was said the last time of the same ones, else guessed. */
static void guess(struct req *req, struct val *settings, const struct val *read)
{
	const struct val *file = val_at(val_get(read, "files"), 0),
			 *headers = val_get(file, "columns"),
			 *row = db_row(req->db, &q_people_batch_last_settings, params(req));
	const struct val *last = json_of(req, val_s(row, "settings"));
	bool again = same_texts(headers, val_get(last, "headers"));
	struct val *codes = again ? val_get(last, "columns") : roster_guess(req->arena, headers);
	enum roster_order order = roster_order(req->arena, file, codes);
	struct str remembered = val_s(last, "date_order");
	struct str word = order == ORDER_DMY        ? S("dmy")
			  : order == ORDER_MDY      ? S("mdy")
			  : again                   ? remembered
			  : str_is(req->lang, "fr") ? S("dmy")
						    : S("mdy");
	val_set(settings, "headers", val_get(file, "columns"));
	val_set(settings, "columns", codes);
	val_set_bool(settings, "remembered", again);
	if (again && !val_has(settings, "learners"))
		val_set_bool(settings, "learners", val_b(last, "learners"));
	val_set_str(settings, "date_order", word);
	val_set_bool(settings, "date_sure", order == ORDER_DMY || order == ORDER_MDY);
	val_set_bool(settings, "date_mixed", order == ORDER_MIXED);
	val_set_bool(settings, "date_any", order != ORDER_ISO);
}

/* The school year of today, or 0. */
static const struct val *year_now(struct req *req)
{
	const struct val *years = years_list(req->db, req->arena, people_org(req));
	struct str today = req_today(req);
	for (size_t i = 0; i < val_count(years); i++) {
		const struct val *year = val_at(years, i);
		if (str_cmp(val_s(year, "since"), today) <= 0 &&
		    str_cmp(val_s(year, "until"), today) > 0)
			return year;
	}
	return val_null();
}

/* Whoever keeps age bands has minors. */
static bool keeps_bands(struct req *req)
{
	return val_count(bands_of(req->db, req->arena, people_org(req), req->lang,
				  val_s(req->org, "lang"))) > 0;
}

static bool may_give_learner(struct req *req)
{
	const struct val *roles = roster_roles(req);
	for (size_t i = 0; i < val_count(roles); i++)
		if (str_is(val_s(val_at(roles, i), "shipped"), "learner"))
			return val_b(val_at(roles, i), "may");
	return false;
}

static struct val *first_settings(struct req *req, const struct val *read)
{
	struct val *settings = val_object(req->arena);
	bool one = roster_is_one(read), school = keeps_bands(req);
	const struct val *schools = roster_schools(req->arena, read), *year = year_now(req);
	val_set_str(settings, "scheme", one ? S("oneroster") : S("roster"));
	val_set_str(settings, "separator", (struct str){0});
	val_set_str(settings, "encoding", (struct str){0});
	val_set_str(settings, "school", val_s(val_at(schools, 0), "key"));
	val_set_int(settings, "year", val_i(year, "id"));
	val_set_str(settings, "since",
		    val_s(year, "since").n ? val_s(year, "since") : req_today(req));
	val_set_str(settings, "until", groups_until(req->arena, req_today(req)));
	val_set_bool(settings, "by_name", false);
	val_set_bool(settings, "end_gone", false);
	val_set_bool(settings, "minors", one || school);
	val_set_str(settings, "lang", val_get_str(val_at(val_get(req->org, "langs"), 0)));
	guess(req, settings, read);
	if (!val_has(settings, "learners"))
		val_set_bool(settings, "learners", school && may_give_learner(req));
	return settings;
}

static struct val *read_bytes(struct req *req, struct str bytes, struct str name,
			      struct str separator, struct str encoding)
{
	const char *wrong = NULL;
	struct val *options =
		ARGS(req->arena, ARG_AS("file_name", name), ARG(separator), ARG(encoding));
	struct val *read = roster_read_apart(*req->apart, req->arena, bytes, options, &wrong);
	if (read && val_s(read, "refused").n)
		wrong = str_c(req->arena, val_s(read, "refused"));
	if (!wrong)
		return read;
	invalid(req, "file", wrong);
	return NULL;
}

int roster_send(struct req *req)
{
	const struct val *file = val_get(req->in, "file");
	struct str bytes = val_s(file, "bytes"), none = {0};
	struct val *p = params(req),
		   *read = read_bytes(req, bytes, val_s(file, "name"), none, none);
	if (!read)
		return INVALID;
	struct val *settings = first_settings(req, read);
	bool one = roster_is_one(read);
	val_set_int(p, "before", req->now - (int64_t)KEPT_DAYS * DAY);
	db_exec(req->db, &q_people_batch_discard_old, p);
	val_set_str(p, "kind", S("roster"));
	val_set_str(p, "title", val_s(file, "name"));
	val_set(p, "bytes", val_blob(req->arena, bytes));
	val_set_str(p, "tables", json_text(req->arena, read));
	val_set_str(p, "settings", json_text(req->arena, settings));
	int64_t id = db_id(req->db, &q_people_batch_add, p);
	return see_other(req, one ? "/people/batches/%lld" : "/people/batches/%lld/columns",
			 (long long)id);
}

/* ---- what it would do ---- */

struct val *roster_roles(struct req *req)
{
	struct val *roles = roles_list(req->db, req->arena, people_org(req));
	for (size_t i = 0; i < val_count(roles); i++) {
		struct val *role = val_at(roles, i), *names = val_set_list(role, "names");
		const char *label = role_label(val_s(role, "shipped"));
		struct str shown = role_shown(req, role);
		val_push(names, val_text(req->arena, fold(req->arena, shown)));
		if (label) {
			val_push(names,
				 val_text(req->arena, fold(req->arena, val_s(role, "shipped"))));
			val_push(names, val_text(req->arena, fold(req->arena, str_of(label))));
		}
		val_set_str(role, "label", shown);
		val_set_bool(role, "may",
			     rights_within(role_rights(req->db, req->arena, people_org(req),
						       val_i(role, "id")),
					   people_mine(req)));
	}
	return roles;
}

struct val *roster_plan_of(struct req *req, const struct val *batch, struct val **read,
			   struct val **settings)
{
	*read = json_of(req, val_s(batch, "tables"));
	*settings = json_of(req, val_s(batch, "settings"));
	val_set_int(*settings, "me", val_i(req->me, "id"));
	val_set_bool(*settings, "guardians", has_right(req, GUARDIANS_MANAGE));
	struct val *stands = batch_stands(req->db, req->arena, people_org(req),
					  val_s(*settings, "scheme"), req_today(req), req->now);
	val_set(stands, "roles", roster_roles(req));
	return plan_roster(req->arena, roster_entries(req->arena, *read, *settings), stands,
			   *settings);
}

/* ---- what was found ---- */

static const struct {
	const char *value, *label;
} separators[] = {
	{"", N_("Found out")}, {",", N_("Comma")}, {";", N_("Semicolon")}, {"\t", N_("Tab")}};
static const struct {
	const char *value, *label;
} encodings[] = {{"", N_("Found out")},
		 {"utf-8", "UTF-8"},
		 {"windows-1252", "Windows-1252"},
		 {"utf-16le", "UTF-16LE"},
		 {"utf-16be", "UTF-16BE"}};
static const struct {
	const char *value, *label;
} orders[] = {{"dmy", N_("Day, month, year")}, {"mdy", N_("Month, day, year")}};

#define CHOICES(req, name, table, chosen)                                                          \
	do {                                                                                       \
		struct val *list = val_set_list((req)->out, name);                                 \
		for (size_t i = 0; i < sizeof(table) / sizeof *(table); i++)                       \
			choice(list, str_of((table)[i].value), str_of(tr(req, (table)[i].label)),  \
			       str_is(chosen, (table)[i].value));                                  \
	} while (0)

void roster_facts(struct req *req, const struct val *read, const struct val *settings)
{
	const struct val *files = val_get(read, "files");
	struct val *list = val_set_list(req->out, "files");
	for (size_t i = 0; i < val_count(files); i++) {
		const struct val *file = val_at(files, i);
		struct val *one = val_push_object(list);
		struct str separator = val_s(file, "separator"), encoding = val_s(file, "encoding");
		val_set_str(one, "name", val_s(file, "name"));
		val_set_str(one, "separator", separator);
		for (size_t k = 1; k < sizeof separators / sizeof *separators; k++)
			if (str_is(separator, separators[k].value))
				val_set_str(one, "separator", str_of(tr(req, separators[k].label)));
		for (size_t k = 1; k < sizeof encodings / sizeof *encodings; k++)
			if (str_is(encoding, encodings[k].value))
				encoding = str_of(encodings[k].label);
		val_set_str(one, "encoding", encoding);
		val_set_bool(one, "bom", val_b(file, "bom"));
		val_set_int(one, "row_count", (int64_t)val_count(val_get(file, "rows")));
	}
	bool day_first = str_is(val_s(settings, "date_order"), "dmy");
	int64_t example = 0;
	day_of(2026, day_first ? 4 : 3, day_first ? 3 : 4, &example);
	val_set_bool(req->out, "date_any", val_b(settings, "date_any"));
	val_set_bool(req->out, "date_sure", val_b(settings, "date_sure"));
	val_set_bool(req->out, "date_mixed", val_b(settings, "date_mixed"));
	val_set_str(req->out, "date_order", str_of(tr(req, orders[day_first ? 0 : 1].label)));
	val_set_str(req->out, "date_example", day_text(req->arena, example));
	val_set_bool(req->out, "one", roster_is_one(read));
	val_set_bool(req->out, "remembered", val_b(settings, "remembered"));
}

/* ---- columns ---- */

/* The line names somebody who is kept from the reader, in however many columns. */
static bool names_kept(struct arena *a, const struct val *line, const struct val *kept)
{
	struct buf all = {.arena = a};
	for (size_t i = 0; i < val_count(line); i++) {
		buf_char(&all, ' ');
		buf_add(&all, val_get_str(val_at(line, i)));
	}
	return guardian_named(a, kept, buf_str(&all));
}

/* What stands in the first rows that have something there: "A1; B2". */
static struct str samples(struct req *req, const struct val *rows, size_t column,
			  const struct val *kept)
{
	struct buf b = {.arena = req->arena};
	int found = 0;
	for (size_t i = 0; i < val_count(rows) && found < 2; i++) {
		struct str cell = val_get_str(val_at(val_at(rows, i), column));
		if (!cell.n || (val_count(kept) && names_kept(req->arena, val_at(rows, i), kept)))
			continue;
		buf_add(&b, found ? S(" · ") : S(""));
		buf_add(&b, cell);
		found++;
	}
	return buf_str(&b);
}

static void show_columns(struct req *req, const struct val *file, const struct val *codes)
{
	const struct val *headers = val_get(file, "columns"), *kept = guardian_kept(req);
	struct val *list = val_set_list(req->out, "columns");
	for (size_t i = 0; i < val_count(headers); i++) {
		struct val *one = val_push_object(list), *meanings;
		struct str code = val_get_str(val_at(codes, i));
		const char *why = roster_never(req->arena, val_get_str(val_at(headers, i)));
		val_set_int(one, "number", (int64_t)i + 1);
		val_set_str(one, "header", val_get_str(val_at(headers, i)));
		val_set_str(one, "sample",
			    why ? (struct str){0} : samples(req, val_get(file, "rows"), i, kept));
		val_set_str(one, "why", why ? str_of(tr(req, why)) : (struct str){0});
		val_set_bool(one, "unknown", !why && !code.n);
		meanings = val_set_list(one, "meanings");
		choice(meanings, S(""), str_of(tr(req, N_("Not taken"))), !code.n);
		for (const struct roster_meaning *m = roster_meanings; m->code; m++)
			choice(meanings, str_of(m->code), str_of(tr(req, m->label)),
			       str_is(code, m->code));
	}
}

static const struct val *preview_of(struct req *req)
{
	const struct val *batch =
		batch_by_id(req->db, req->arena, people_org(req), val_i(req->in, "batch"));
	bool open =
		str_is(val_s(batch, "state"), "preview") && str_is(val_s(batch, "kind"), "roster");
	return open ? batch : val_null();
}

int roster_columns(struct req *req)
{
	static const char *const texts[] = {"since",     "by_name",  "end_gone",
					    "separator", "encoding", "date_order",
					    "school",    "learners", "minors"};
	const struct val *batch = preview_of(req);
	if (val_is_null(batch))
		return NOT_FOUND;
	const struct val *read = json_of(req, val_s(batch, "tables")),
			 *settings = json_of(req, val_s(batch, "settings")),
			 *file = val_at(val_get(read, "files"), 0);
	bool typed = val_count(req->errors) > 0;
	for (size_t i = 0; i < sizeof texts / sizeof *texts && !typed; i++)
		val_set(req->in, texts[i], val_get(settings, texts[i]));
	if (!typed) {
		val_set_str(req->in, "last_day",
			    groups_last_day(req->arena, val_s(settings, "until")));
		val_set(req->in, "year",
			val_i(settings, "year") ? val_get(settings, "year") : val_null());
	}
	val_set_int(req->in, "rev", val_i(batch, "rev"));
	roster_facts(req, read, settings);
	CHOICES(req, "separator_choices", separators, val_s(settings, "separator"));
	CHOICES(req, "encoding_choices", encodings, val_s(settings, "encoding"));
	CHOICES(req, "date_order_choices", orders, val_s(settings, "date_order"));
	val_set(req->out, "year_choices",
		groups_year_choices(req, years_list(req->db, req->arena, people_org(req)),
				    val_i(settings, "year"), N_("No school year")));
	struct val *schools = val_set_list(req->out, "school_choices");
	const struct val *known = roster_schools(req->arena, read);
	for (size_t i = 0; i < val_count(known); i++)
		choice(schools, val_s(val_at(known, i), "key"), val_s(val_at(known, i), "name"),
		       str_eq(val_s(val_at(known, i), "key"), val_s(settings, "school")));
	show_columns(req, file, val_get(settings, "columns"));
	val_set(req->out, "batch", val_get(batch, "id"));
	val_set_str(req->out, "title", val_s(batch, "title"));
	return OK;
}

/* The columns as they were chosen; "" for what is none. False: a meaning is there twice. */
static bool choose(struct req *req, struct val *settings)
{
	const struct val *sent = val_get(req->in, "columns");
	struct val *codes = val_list(req->arena);
	for (size_t i = 0; i < val_count(sent); i++) {
		struct str code = val_get_str(val_at(sent, i));
		const struct roster_meaning *m = roster_meaning(code);
		for (size_t k = 0; m && !m->many && k < i; k++)
			if (str_eq(val_get_str(val_at(codes, k)), code)) {
				invalid(req, "columns",
					N_("Two columns cannot mean the same here."));
				return false;
			}
		val_push(codes, val_text(req->arena, m ? code : S("")));
	}
	val_set(settings, "columns", codes);
	return true;
}

static bool names_somebody(const struct val *settings)
{
	const struct val *codes = val_get(settings, "columns");
	for (size_t i = 0; i < val_count(codes); i++) {
		struct str code = val_get_str(val_at(codes, i));
		if (str_is(code, "name") || str_is(code, "given") || str_is(code, "family"))
			return true;
	}
	return str_is(val_s(settings, "scheme"), "oneroster");
}

static bool year_is_here(struct req *req, int64_t year)
{
	return !year || !val_is_null(year_by_id(req->db, req->arena, people_org(req), year));
}

/* Read again, as the person says it is written. NULL: it cannot be. */
static struct val *read_again(struct req *req, const struct val *batch, struct val *settings)
{
	struct str bytes = val_s(db_row(req->db, &q_people_batch_bytes, params(req)), "bytes");
	struct val *read = read_bytes(req, bytes, val_s(batch, "title"),
				      val_s(req->in, "separator"), val_s(req->in, "encoding"));
	if (read)
		guess(req, settings, read);
	return read;
}

static int settled(struct req *req, struct val *settings, const struct val *read, const char *to)
{
	struct val *p = params(req);
	val_set_str(p, "settings", json_text(req->arena, settings));
	val_set_null(p, "tables");
	if (read)
		val_set_str(p, "tables", json_text(req->arena, read));
	if (db_id(req->db, &q_people_batch_settle, p))
		return see_other(req, to, (long long)val_i(req->in, "batch"));
	invalid(req, "columns", N_("Somebody else changed this meanwhile. This is how it is now."));
	return INVALID;
}

int roster_settle(struct req *req)
{
	const struct val *batch = preview_of(req);
	if (val_is_null(batch) || !year_is_here(req, val_i(req->in, "year")))
		return NOT_FOUND;
	struct val *settings = json_of(req, val_s(batch, "settings")), *read = NULL;
	bool other = !str_eq(val_s(req->in, "separator"), val_s(settings, "separator")) ||
		     !str_eq(val_s(req->in, "encoding"), val_s(settings, "encoding"));
	size_t columns = val_count(val_get(settings, "columns"));
	val_set_str(settings, "separator", val_s(req->in, "separator"));
	val_set_str(settings, "encoding", val_s(req->in, "encoding"));
	val_set_str(settings, "date_order", val_s(req->in, "date_order"));
	val_set_int(settings, "year", val_i(req->in, "year"));
	val_set_str(settings, "since", val_s(req->in, "since"));
	val_set_str(settings, "until", groups_until(req->arena, val_s(req->in, "last_day")));
	val_set_bool(settings, "by_name", val_b(req->in, "by_name"));
	val_set_bool(settings, "end_gone", val_b(req->in, "end_gone"));
	val_set_bool(settings, "learners", val_b(req->in, "learners"));
	val_set_bool(settings, "minors", val_b(req->in, "minors"));
	if (val_s(req->in, "school").n)
		val_set_str(settings, "school", val_s(req->in, "school"));
	if (other) {
		read = read_again(req, batch, settings);
		return read ? settled(req, settings, read, "/people/batches/%lld/columns")
			    : INVALID;
	}
	bool one = str_is(val_s(settings, "scheme"), "oneroster");
	if (!one && val_count(val_get(req->in, "columns")) == columns && !choose(req, settings))
		return INVALID;
	if (!names_somebody(settings)) {
		invalid(req, "columns", N_("Say which column holds the names."));
		return INVALID;
	}
	return settled(req, settings, NULL, "/people/batches/%lld");
}

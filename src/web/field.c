#include "web/field.h"

#include "base/arena.h"
#include "base/instant.h"
#include "base/utf8.h"

#include <string.h>

enum {
	TEXT_MAX = 200,
	LINES_MAX = 20000,
	MANY_MAX = 500,
	COLUMN_MAX = 1000,
	FILE_MAX = 10 << 20,
};

const char *const field_names_taken[] = {
	"me",    "org",        "now",      "url",    "lang",   "in",    "errors", "error_list",
	"can",   "prefix",     "path",     "today",  "nav",    "demo",  "flash",  "once",
	"asset", "request_id", "conflict", "theirs", "picked", "carry", NULL};

/* One field while it is read. Refusing says why once and keeps what was typed. */
struct reading {
	struct arena *arena;
	const struct catalogue *words;
	const struct field *field;
	const struct form *from;
	struct val *in, *errors;
	bool refused;
};

/* Replaces %min% and %max% in a message. */
static struct str fill(struct reading *r, const char *msgid, struct str min, struct str max)
{
	struct buf b = {.arena = r->arena};
	struct str text = str_of(catalogue_text(r->words, msgid)), piece;
	bool inside = false;
	for (; str_cut(&text, '%', &piece); inside = !inside) {
		if (inside && str_is(piece, "min"))
			buf_add(&b, min);
		else if (inside && str_is(piece, "max"))
			buf_add(&b, max);
		else
			buf_add(&b, piece);
	}
	return buf_str(&b);
}

static struct str shown(struct reading *r, int64_t n)
{
	struct buf b = {.arena = r->arena};
	number_show(&b, catalogue_lang(r->words), n);
	return buf_str(&b);
}

static void refuse(struct reading *r, const char *msgid, int64_t min, int64_t max)
{
	r->refused = true;
	val_set_str(r->errors, r->field->name, fill(r, msgid, shown(r, min), shown(r, max)));
}

static void set(struct reading *r, struct val *value)
{
	val_set(r->in, r->field->name, value);
}

static struct str sent_text(struct reading *r)
{
	const struct form_part *part = NULL, *next;
	/* The last one counts: a hidden 0 may stand before a check box's 1. */
	for (size_t i = 0; (next = form_find(r->from, r->field->name, i)); i++)
		part = next;
	return part && !part->file ? part->value : (struct str){0};
}

static bool is_one_of(const struct field *f, struct str s)
{
	for (int i = 0; f->one_of[i]; i++)
		if (str_is(s, f->one_of[i]))
			return true;
	return false;
}

/* --- texts --- */

static struct str line_feeds(struct arena *a, struct str s)
{
	if (str_find_char(s, '\r') < 0)
		return s;
	struct buf b = {.arena = a};
	for (size_t i = 0; i < s.n; i++) {
		bool pair = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
		if (!pair)
			buf_char(&b, s.p[i] == '\r' ? '\n' : s.p[i]);
	}
	return buf_str(&b);
}

static bool check_text(struct reading *r, struct str s, int64_t most, bool lines)
{
	const struct field *f = r->field;
	int64_t max = f->max ? f->max : most, length = (int64_t)utf8_length(s);
	if (utf8_has_control(s, lines))
		refuse(r, N_("Take out the characters that cannot be shown."), 0, 0);
	else if (length > max)
		refuse(r, N_("Use %max% characters or fewer."), 0, max);
	else if (s.n && length < f->min)
		refuse(r, N_("Use %min% characters or more."), f->min, 0);
	else if (s.n && f->one_of && !is_one_of(f, s))
		refuse(r, N_("Choose one of the answers in the list."), 0, 0);
	return !r->refused;
}

static void read_text(struct reading *r)
{
	struct str s = str_trim(utf8_nfc(r->arena, sent_text(r)));
	set(r, val_text(r->arena, s));
	if (check_text(r, s, TEXT_MAX, false) && !s.n && r->field->required)
		refuse(r, N_("Fill this in."), 0, 0);
}

static void read_lines(struct reading *r)
{
	struct str s = line_feeds(r->arena, utf8_nfc(r->arena, sent_text(r)));
	if (!str_trim(s).n)
		s = (struct str){0};
	set(r, val_text(r->arena, str_trim_end(s)));
	if (check_text(r, str_trim_end(s), LINES_MAX, true) && !s.n && r->field->required)
		refuse(r, N_("Fill this in."), 0, 0);
}

static void read_secret(struct reading *r)
{
	struct str s = utf8_nfc(r->arena, sent_text(r));
	set(r, val_text(r->arena, s));
	if (check_text(r, s, TEXT_MAX, false) && !s.n && r->field->required)
		refuse(r, N_("Fill this in."), 0, 0);
}

static void read_many(struct reading *r)
{
	const struct field *f = r->field;
	int64_t max = f->max ? f->max : MANY_MAX;
	struct val *list = val_set_list(r->in, f->name);
	const struct form_part *part;
	/* `min` and `max` count the answers; each is a short text. */
	struct field each = {.name = f->name, .one_of = f->one_of};
	r->field = &each;
	for (size_t i = 0; (part = form_find(r->from, f->name, i)); i++) {
		struct str s = str_trim(utf8_nfc(r->arena, part->value));
		if (part->file || !s.n || !check_text(r, s, TEXT_MAX, false))
			continue;
		val_push(list, val_text(r->arena, s));
	}
	r->field = f;
	int64_t count = (int64_t)val_count(list);
	if (r->refused)
		return;
	if (count > max)
		refuse(r, N_("Choose %max% or fewer."), 0, max);
	else if ((f->required || count) && count < (f->min ? f->min : f->required))
		refuse(r, N_("Choose at least %min%."), f->min ? f->min : 1, 0);
}

static void read_column(struct reading *r)
{
	struct val *list = val_set_list(r->in, r->field->name);
	const struct form_part *part;
	for (size_t i = 0; (part = form_find(r->from, r->field->name, i)); i++) {
		struct str s = line_feeds(r->arena, utf8_nfc(r->arena, part->value));
		s = str_trim(s).n && !part->file ? str_trim_end(s) : (struct str){0};
		if (val_count(list) == COLUMN_MAX) {
			refuse(r, N_("Choose %max% or fewer."), 0, COLUMN_MAX);
			return;
		}
		val_push(list, val_text(r->arena, s));
		if (!r->refused)
			check_text(r, s, LINES_MAX, true);
	}
}

static bool is_tag(struct str s)
{
	size_t part = 0;
	for (size_t i = 0, in_part = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '-';
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool digit = c >= '0' && c <= '9' && part > 0;
		if (c == '-') {
			if (in_part < (part ? 1 : 2) || in_part > 8)
				return false;
			in_part = 0;
			part++;
		} else if (letter || digit) {
			in_part++;
		} else {
			return false;
		}
	}
	return s.n <= 35;
}

/* RFC 5646, 2.1.1: language small, script with a capital, region in capitals. */
static struct str tag_case(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};
	struct str rest = s, part;
	while (str_cut(&rest, '-', &part)) {
		bool first = b.n == 0;
		for (size_t i = 0; i < part.n; i++) {
			char c = part.p[i];
			bool capital = !first && (part.n == 2 || (part.n == 4 && i == 0));
			if (c >= 'a' && c <= 'z' && capital)
				c = (char)(c - 32);
			else if (c >= 'A' && c <= 'Z' && !capital)
				c = (char)(c + 32);
			buf_char(&b, c);
		}
		if (rest.n)
			buf_char(&b, '-');
	}
	return buf_str(&b);
}

static void read_lang(struct reading *r)
{
	struct str s = str_trim(sent_text(r));
	set(r, val_text(r->arena, s));
	if (s.n ? !is_tag(s) : r->field->required)
		refuse(r, N_("Choose a language."), 0, 0);
	else
		set(r, val_text(r->arena, tag_case(r->arena, s)));
}

/* --- numbers and dates --- */

/* Spaces that group digits go, and a decimal comma becomes a point. */
static struct str plain_number(struct arena *a, struct str s)
{
	static const char *const spaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
	struct buf b = {.arena = a};
	bool point = str_find_char(s, '.') >= 0;
	while (s.n) {
		size_t skip = 0;
		for (size_t i = 0; i < sizeof spaces / sizeof *spaces && !skip; i++)
			skip = str_starts(s, str_of(spaces[i])) ? strlen(spaces[i]) : 0;
		if (!skip)
			buf_char(&b, s.p[0] == ',' && !point ? '.' : s.p[0]);
		s = str_from(s, skip ? skip : 1);
	}
	return buf_str(&b);
}

/* What was typed stands in `in` until it is understood; nothing typed is null. */
static bool typed(struct reading *r, struct str *s)
{
	*s = str_trim(sent_text(r));
	if (s->n) {
		set(r, val_text(r->arena, *s));
		return true;
	}
	set(r, val_null());
	if (r->field->required)
		refuse(r, N_("Fill this in."), 0, 0);
	return false;
}

static bool limited(const struct field *f)
{
	return f->min || f->max;
}

static void read_int(struct reading *r)
{
	const struct field *f = r->field;
	struct str s;
	int64_t n;
	if (!typed(r, &s))
		return;
	if (!str_int(plain_number(r->arena, s), &n))
		refuse(r, N_("Enter a whole number, such as 12."), 0, 0);
	else if (limited(f) && (n < f->min || n > (f->max ? f->max : INT64_MAX)))
		refuse(r,
		       f->max ? N_("Enter a number from %min% to %max%.")
			      : N_("Enter a number that is not below %min%."),
		       f->min, f->max);
	else
		set(r, val_int(r->arena, n));
}

static void read_real(struct reading *r)
{
	const struct field *f = r->field;
	struct str s;
	double n;
	if (!typed(r, &s))
		return;
	if (!str_real(plain_number(r->arena, s), &n))
		refuse(r, N_("Enter a number, such as 12 or 2.5."), 0, 0);
	else if (limited(f) && (n < (double)f->min || (f->max && n > (double)f->max)))
		refuse(r,
		       f->max ? N_("Enter a number from %min% to %max%.")
			      : N_("Enter a number that is not below %min%."),
		       f->min, f->max);
	else
		set(r, val_real(r->arena, n));
}

static void read_id(struct reading *r)
{
	struct str s;
	int64_t n;
	if (!typed(r, &s))
		return;
	/* One spelling for one row: no "007". */
	if (s.p[0] == '0' || !str_int(s, &n) || n < 1)
		refuse(r, N_("Choose one of the answers in the list."), 0, 0);
	else
		set(r, val_int(r->arena, n));
}

static void read_date(struct reading *r)
{
	struct str s;
	int64_t day;
	if (typed(r, &s) && !day_read(s, &day))
		refuse(r, N_("Enter a date as year-month-day, such as 2026-11-22."), 0, 0);
}

static void read_flag(struct reading *r)
{
	static const char *const yes[] = {"1", "on", "true", "yes"}, *const no[] = {"", "0", "off",
										    "false", "no"};
	struct str s = sent_text(r);
	bool on = false, off = false;
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		on |= str_is(s, yes[i]);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		off |= str_is(s, no[i]);
	set(r, val_int(r->arena, on));
	if (!on && !off)
		refuse(r, N_("Tick the box or leave it empty."), 0, 0);
	else if (!on && r->field->required)
		refuse(r, N_("Tick the box to go on."), 0, 0);
}

static void read_file(struct reading *r)
{
	const struct field *f = r->field;
	const struct form_part *part = form_find(r->from, f->name, 0);
	int64_t max = f->max ? f->max : FILE_MAX;
	set(r, val_null());
	/* A browser sends an empty part without a name when nothing was chosen. */
	if (!part || !part->file || (!part->file_name.n && !part->value.n)) {
		if (f->required)
			refuse(r, N_("Choose a file."), 0, 0);
		return;
	}
	if ((int64_t)part->value.n > max) {
		struct buf size = {.arena = r->arena};
		bytes_show(&size, catalogue_lang(r->words), max);
		r->refused = true;
		val_set_str(r->errors, f->name,
			    fill(r, N_("Choose a file of %max% or less."), (struct str){0},
				 buf_str(&size)));
		return;
	}
	struct str name = utf8_nfc(r->arena, part->file_name);
	struct val *file = val_set_object(r->in, f->name);
	val_set_str(file, "name",
		    utf8_has_control(name, false) ? (struct str){0} : utf8_cut(name, 200));
	val_set_str(file, "type", part->type);
	val_set(file, "bytes", val_blob(r->arena, part->value));
}

static void (*const readers[])(struct reading *) = {
	[FIELD_TEXT] = read_text,     [FIELD_LINES] = read_lines, [FIELD_INT] = read_int,
	[FIELD_REAL] = read_real,     [FIELD_FLAG] = read_flag,   [FIELD_DATE] = read_date,
	[FIELD_ID] = read_id,         [FIELD_LANG] = read_lang,   [FIELD_MANY] = read_many,
	[FIELD_COLUMN] = read_column, [FIELD_FILE] = read_file,   [FIELD_SECRET] = read_secret,
};

enum fields_result fields_read(struct arena *a, const struct catalogue *words,
			       const struct field *fields, const struct form *path,
			       const struct form *sent, struct val *in, struct val *errors)
{
	enum fields_result result = FIELDS_OK;
	for (const struct field *f = fields; f && f->name; f++) {
		bool of_path = form_find(path, f->name, 0) != NULL;
		struct reading r = {a, words, f, of_path ? path : sent, in, errors, false};
		readers[f->kind](&r);
		if (r.refused && of_path)
			return FIELDS_NOWHERE;
		if (r.refused)
			result = FIELDS_WRONG;
	}
	if (result != FIELDS_OK)
		fields_hide(fields, in);
	return result;
}

void fields_hide(const struct field *fields, struct val *in)
{
	for (const struct field *f = fields; f && f->name; f++)
		if (f->kind == FIELD_SECRET || f->kind == FIELD_FILE)
			val_set_null(in, f->name);
}

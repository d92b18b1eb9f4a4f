/* Reading JSON: one walk over the bytes, straight into vals. */
#include "base/arena.h"
#include "base/json.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Few: in an object of so many members each new name is looked up; in a larger one, which has no more
 * than a few places to look in, they are sorted at its end. */
enum { FEW = 32, NAMES = 64 };

struct reading {
	struct arena *arena;
	struct str text;
	size_t at;
	const char *wrong; /* the first thing that is, or NULL */
	size_t wrong_at;
	bool held;
	/* The latest names by a number made of each: most objects of a text have the same ones. */
	struct name {
		struct val_name name;
		size_t n;
	} names[NAMES];
};

static struct val *refuse(struct reading *r, size_t at, bool held, const char *why)
{
	if (!r->wrong) {
		r->wrong = why;
		r->wrong_at = at;
		r->held = held;
	}
	return NULL;
}

static struct val *refuse_byte(struct reading *r)
{
	if (r->at >= r->text.n)
		return refuse(r, r->at, false, "the text ends too soon");
	struct str rest = str_from(r->text, r->at);
	bool no_text = *rest.p & 0x80 && utf8_next(&rest) == UTF8_BAD;
	return refuse(r, r->at, no_text,
		      no_text ? "bytes that are no text" : "what stands here is not JSON");
}

/* ------------------------------------------------------------------ texts */

/* The quote that closes the text whose first byte is at `from`. */
static bool find_end(struct reading *r, size_t from, size_t *end, bool *escaped)
{
	bool wide = false;
	size_t i = from;
	*escaped = false;
	for (; i < r->text.n && r->text.p[i] != '"'; i++) {
		unsigned char c = (unsigned char)r->text.p[i];
		wide = wide || c & 0x80;
		if (c < 0x20) {
			refuse(r, i, false, "a control character in a text");
			return false;
		}
		if (c == '\\') {
			*escaped = true;
			i++;
		}
	}
	if (i >= r->text.n)
		refuse(r, r->text.n, false, "a text that does not end");
	else if (wide && !utf8_valid((struct str){r->text.p + from, i - from}))
		refuse(r, from, true, "bytes that are no text");
	*end = i;
	return !r->wrong;
}

/* The four digits at `at`; false if there are none. */
static bool hex(const struct reading *r, size_t at, size_t end, uint32_t *out)
{
	*out = 0;
	for (size_t i = at; i < at + 4; i++) {
		char c = i < end ? r->text.p[i] : 0;
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : c >= 'A' && c <= 'F' ? c - 'A' + 10
						   : -1;
		if (digit < 0)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	return true;
}

/* A character by its number, after "\u"; *at is moved behind it. */
static bool unescape_number(struct reading *r, size_t *at, size_t end, struct buf *to)
{
	uint32_t high, low = 0;
	size_t from = *at;
	bool ok = hex(r, from, end, &high);
	*at += 4;
	if (ok && high >= 0xD800 && high < 0xDC00) {
		ok = *at + 1 < end && r->text.p[*at] == '\\' && r->text.p[*at + 1] == 'u' &&
		     hex(r, *at + 2, end, &low) && low >= 0xDC00 && low < 0xE000;
		*at += 6;
		if (ok)
			high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	} else if (high >= 0xDC00 && high < 0xE000) {
		ok = false;
	}
	if (!ok)
		refuse(r, from, false, "no character has this number");
	else if (!high)
		refuse(r, from, true, "a NUL in a text");
	else
		utf8_put(to, high);
	return !r->wrong;
}

static struct str unescape(struct reading *r, size_t from, size_t end)
{
	static const char means[128] = {
		['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
		['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
	};
	struct buf out = {.arena = r->arena};
	buf_room(&out, end - from + 1);
	for (size_t i = from; i < end;) {
		size_t plain = i;
		while (i < end && r->text.p[i] != '\\')
			i++;
		buf_add(&out, (struct str){r->text.p + plain, i - plain});
		if (i == end)
			break;
		unsigned char c = (unsigned char)r->text.p[i + 1];
		i += 2;
		if (c == 'u' && !unescape_number(r, &i, end, &out))
			break;
		if (c != 'u' && (c >= 128 || !means[c])) {
			refuse(r, i - 1, false, "a backslash before what needs none");
			break;
		}
		if (c != 'u')
			buf_char(&out, means[c]);
	}
	return buf_str(&out);
}

/* What stands between the quotes: in the text itself, or in the arena if `*made`. */
static struct str quoted(struct reading *r, bool *made)
{
	size_t from = r->at + 1, end;
	if (!find_end(r, from, &end, made))
		return (struct str){0};
	r->at = end + 1;
	return *made ? unescape(r, from, end) : (struct str){r->text.p + from, end - from};
}

static struct val *read_text(struct reading *r)
{
	bool made;
	struct str s = quoted(r, &made);
	if (r->wrong)
		return NULL;
	return made ? val_text(r->arena, s) : val_text_copy(r->arena, s);
}

static struct val_name read_name(struct reading *r)
{
	bool made;
	struct str s = quoted(r, &made);
	if (r->wrong)
		return (struct val_name){"", 0};
	size_t mixed = s.n ? s.n + 7u * (unsigned char)s.p[0] + 31u * (unsigned char)s.p[s.n / 2] +
				       61u * (unsigned char)s.p[s.n - 1]
			   : 0;
	struct name *known = &r->names[mixed % NAMES];
	if (!known->name.text || known->n != s.n || memcmp(known->name.text, s.p, s.n)) {
		known->name = val_name(str_c(r->arena, s));
		known->n = s.n;
	}
	return known->name;
}

/* ------------------------------------------------------------------ numbers and words */

static size_t digits(const struct reading *r, size_t from)
{
	size_t i = from;
	while (i < r->text.n && r->text.p[i] >= '0' && r->text.p[i] <= '9')
		i++;
	return i;
}

static bool stands(const struct reading *r, size_t at, const char *one_of)
{
	return at < r->text.n && r->text.p[at] && strchr(one_of, r->text.p[at]);
}

static struct val *read_number(struct reading *r)
{
	size_t from = r->at, whole = from + (r->text.p[from] == '-'), i = digits(r, whole);
	bool real = false, complete = i > whole && (r->text.p[whole] != '0' || i == whole + 1);
	if (complete && stands(r, i, ".")) {
		real = true;
		size_t part = i + 1;
		i = digits(r, part);
		complete = i > part;
	}
	if (complete && stands(r, i, "eE")) {
		real = true;
		size_t power = i + 1 + stands(r, i + 1, "+-");
		i = digits(r, power);
		complete = i > power;
	}
	struct str s = {r->text.p + from, i - from};
	int64_t n = 0;
	double d = 0;
	if (!complete)
		return refuse(r, from, false, "a number that JSON does not write so");
	if (real ? !str_real(s, &d) : !str_int(s, &n))
		return refuse(r, from, true, "a number too large");
	r->at = i;
	return real ? val_real(r->arena, d) : val_int(r->arena, n);
}

static bool take_word(struct reading *r, struct str word)
{
	if (!str_starts(str_from(r->text, r->at), word))
		return false;
	r->at += word.n;
	return true;
}

/* ------------------------------------------------------------------ what holds others */

static struct val *read_any(struct reading *, int depth);

/* After an item: whether one more comes. The bracket that closes is taken. */
static bool one_more(struct reading *r, char close)
{
	char next = json_next(r->text, &r->at);
	if (next != ',' && next != close) {
		refuse_byte(r);
		return false;
	}
	r->at++;
	return next == ',';
}

static struct val *read_list(struct reading *r, int depth)
{
	struct val *list = val_list(r->arena);
	r->at++;
	if (json_next(r->text, &r->at) == ']') {
		r->at++;
		return list;
	}
	do {
		struct val *item = read_any(r, depth);
		if (!item)
			return NULL;
		val_push(list, item);
	} while (one_more(r, ']'));
	return r->wrong ? NULL : list;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool some_twice(struct reading *r, const struct val *object)
{
	size_t n = val_count(object);
	const char **names = arena_many(r->arena, const char *, n);
	for (size_t i = 0; i < n; i++)
		names[i] = val_name_at(object, i);
	qsort(names, n, sizeof *names, by_name);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(names[i - 1], names[i]))
			return true;
	return false;
}

static const char twice[] = "a name twice in one object";

static bool read_member(struct reading *r, struct val *object, int depth)
{
	if (json_next(r->text, &r->at) != '"')
		return refuse_byte(r);
	size_t from = r->at;
	struct val_name name = read_name(r);
	if (r->wrong)
		return false;
	if (val_count(object) < FEW && val_find(object, name))
		return refuse(r, from, true, twice);
	if (json_next(r->text, &r->at) != ':')
		return refuse_byte(r);
	r->at++;
	struct val *value = read_any(r, depth);
	if (value)
		val_add_named(object, name, value);
	return value;
}

static struct val *read_object(struct reading *r, int depth)
{
	struct val *object = val_object(r->arena);
	size_t from = r->at++;
	if (json_next(r->text, &r->at) == '}') {
		r->at++;
		return object;
	}
	do
		if (!read_member(r, object, depth))
			return NULL;
	while (one_more(r, '}'));
	if (!r->wrong && val_count(object) > FEW && some_twice(r, object))
		return refuse(r, from, true, twice);
	return r->wrong ? NULL : object;
}

/* NULL: something is wrong. */
static struct val *read_any(struct reading *r, int depth)
{
	char next = json_next(r->text, &r->at);
	if ((next == '{' || next == '[') && depth == 0)
		return refuse(r, r->at, true, "too many levels");
	if (next == '{')
		return read_object(r, depth - 1);
	if (next == '[')
		return read_list(r, depth - 1);
	if (next == '"')
		return read_text(r);
	if (next == '-' || (next >= '0' && next <= '9'))
		return read_number(r);
	if (take_word(r, S("null")))
		return val_null();
	bool yes = take_word(r, S("true"));
	if (yes || take_word(r, S("false")))
		return val_bool(r->arena, yes);
	return refuse_byte(r);
}

/* ------------------------------------------------------------------ the whole */

static void say(const struct reading *r, struct json_error *error)
{
	snprintf(error->text, sizeof error->text, "%s", r->wrong);
	error->line = error->column = 1;
	for (size_t i = 0; i < r->wrong_at && i < r->text.n; i++) {
		bool ends = r->text.p[i] == '\n';
		error->line += ends;
		/* Characters, not bytes. */
		error->column = ends ? 1 : error->column + ((r->text.p[i] & 0xC0) != 0x80);
	}
}

struct val *json_read(struct arena *a, struct str text, size_t most_bytes, struct json_error *error)
{
	struct reading r = {.arena = a, .text = text};
	*error = (struct json_error){0};
	if (text.n > most_bytes) {
		snprintf(error->text, sizeof error->text, "longer than %zu bytes", most_bytes);
		return NULL;
	}
	if (str_starts(text, S("\xEF\xBB\xBF")))
		r.text = str_from(text, 3);
	struct val *made = read_any(&r, JSON_DEPTH);
	json_next(r.text, &r.at);
	if (made && r.at < r.text.n)
		made = refuse_byte(&r);
	if (!made)
		say(&r, error);
	return made;
}

char json_next(struct str text, size_t *at)
{
	while (*at < text.n && (text.p[*at] == ' ' || text.p[*at] == '\n' || text.p[*at] == '\r' ||
				text.p[*at] == '\t'))
		++*at;
	return *at < text.n ? text.p[*at] : 0;
}

/* Behind a value, by its brackets and strings alone. false: it does not end. */
static bool skip(struct str text, size_t *at)
{
	int64_t depth = 0;
	for (size_t i = *at; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"') {
			for (i++; i < text.n && text.p[i] != '"'; i++)
				i += text.p[i] == '\\';
		} else if (c == '{' || c == '[') {
			depth++;
		} else if (c == '}' || c == ']') {
			depth--;
		}
		bool plain = c == ',' || c == '}' || c == ']';
		if (depth < 0 || (!depth && plain && c == ',')) {
			*at = i;
			return true;
		}
		if (!depth && (plain || c == '"')) {
			*at = i + 1;
			return i < text.n;
		}
	}
	return false;
}

struct val *json_read_at(struct arena *a, struct str text, size_t *at, struct json_error *error)
{
	struct reading r = {.arena = a, .text = str_from(text, *at)};
	*error = (struct json_error){0};
	struct val *made = read_any(&r, JSON_DEPTH);
	if (made) {
		*at += r.at;
		return made;
	}
	say(&r, error);
	error->held = r.held && skip(text, at);
	return NULL;
}

#include "web/form.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "web/url.h"

#include <string.h>

void form_add(struct arena *a, struct form *f, struct str name, struct str value)
{
	if (f->count == f->cap) {
		size_t cap = f->cap ? f->cap * 2 : 16;
		f->part = arena_grow(a, f->part, f->cap * sizeof *f->part, cap * sizeof *f->part);
		f->cap = cap;
	}
	f->part[f->count++] = (struct form_part){.name = name, .value = value};
}

const struct form_part *form_find(const struct form *f, const char *name, size_t nth)
{
	for (size_t i = 0; f && i < f->count; i++)
		if (str_is(f->part[i].name, name) && nth-- == 0)
			return &f->part[i];
	return NULL;
}

/* Cuts one header parameter, `; name=value` or `; name="value"`. False at the end. In a quoted
 * value
 * \" is a quote; every other backslash is itself, as browsers send it. */
static bool next_parameter(struct str *rest, struct str *name, struct str *value)
{
	struct str s = str_trim(*rest);
	while (s.n && (s.p[0] == ';' || s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	ptrdiff_t equals = str_find_char(s, '=');
	if (equals < 1)
		return false;
	*name = str_trim(str_sub(s, 0, (size_t)equals));
	s = str_from(s, (size_t)equals + 1);
	size_t end = 0;
	if (s.n && s.p[0] == '"') {
		s = str_from(s, 1);
		while (end < s.n && s.p[end] != '"')
			end += s.p[end] == '\\' && end + 1 < s.n && s.p[end + 1] == '"' ? 2 : 1;
		if (end >= s.n)
			return false;
		*value = str_sub(s, 0, end);
		*rest = str_from(s, end + 1);
		return true;
	}
	while (end < s.n && s.p[end] != ';')
		end++;
	*value = str_trim(str_sub(s, 0, end));
	*rest = str_from(s, end);
	return true;
}

/* WHATWG HTML, 4.10.21.8: in names and file names a browser writes ", CR and LF as %22, %0D, %0A.
 */
static struct str unescape(struct arena *a, struct str s)
{
	static const char *const escaped[] = {"%22", "%0D", "%0A", "\\\""};
	static const char plain[] = "\"\r\n\"";
	struct buf out = {.arena = a};
	while (s.n) {
		size_t i = 0;
		while (i < 4 && !str_starts(s, str_of(escaped[i])))
			i++;
		buf_char(&out, i < 4 ? plain[i] : s.p[0]);
		s = str_from(s, i < 4 ? strlen(escaped[i]) : 1);
	}
	return buf_str(&out);
}

static bool clean(struct str s)
{
	return utf8_valid(s) && str_find_char(s, '\0') < 0;
}

static struct str last_segment(struct str name)
{
	for (size_t i = name.n; i--;)
		if (name.p[i] == '/' || name.p[i] == '\\')
			return str_from(name, i + 1);
	return name;
}

static bool disposition(struct arena *a, struct str value, struct form_part *part)
{
	struct str kind = {0}, name, text;
	str_cut(&value, ';', &kind);
	if (!str_eq_nocase(str_trim(kind), S("form-data")))
		return false;
	while (next_parameter(&value, &name, &text)) {
		if (str_eq_nocase(name, S("name"))) {
			part->name = unescape(a, text);
		} else if (str_eq_nocase(name, S("filename"))) {
			part->file = true;
			part->file_name = last_segment(unescape(a, text));
		}
	}
	return part->name.n && part->name.n <= FORM_NAME && clean(part->name) &&
	       clean(part->file_name);
}

static bool part_headers(struct arena *a, struct str headers, struct form_part *part)
{
	struct str line;
	bool named = false;
	while (str_cut(&headers, '\n', &line)) {
		line = str_trim(line);
		ptrdiff_t colon = str_find_char(line, ':');
		if (colon < 1)
			return false;
		struct str name = str_sub(line, 0, (size_t)colon);
		struct str value = str_trim(str_from(line, (size_t)colon + 1));
		if (str_eq_nocase(name, S("Content-Disposition"))) {
			if (named || !disposition(a, value, part))
				return false;
			named = true;
		} else if (str_eq_nocase(name, S("Content-Type"))) {
			if (!clean(value))
				return false;
			part->type = value;
		}
	}
	return named;
}

static enum form_result one_part(struct arena *a, struct str bytes, struct form *out)
{
	struct str head = str_sub(bytes, 0, FORM_PART_HEADERS);
	ptrdiff_t end = str_find(head, S("\r\n\r\n"));
	struct form_part part = {0};
	if (end < 0 || !part_headers(a, str_sub(bytes, 0, (size_t)end), &part))
		return FORM_MALFORMED;
	part.value = str_from(bytes, (size_t)end + 4);
	if (!part.file && !clean(part.value))
		return FORM_MALFORMED;
	if (out->count == FORM_PARTS)
		return FORM_TOO_MANY;
	form_add(a, out, part.name, part.value);
	out->part[out->count - 1] = part;
	return FORM_OK;
}

/* After a boundary: white space and a line's end, or "--" which ends the body. */
static bool after_boundary(struct str *rest, bool *last)
{
	*last = str_starts(*rest, S("--"));
	if (*last)
		return true;
	size_t n = 0;
	while (n < rest->n && (rest->p[n] == ' ' || rest->p[n] == '\t'))
		n++;
	*rest = str_from(*rest, n);
	if (!str_starts(*rest, S("\r\n")))
		return false;
	*rest = str_from(*rest, 2);
	return true;
}

static enum form_result multipart(struct arena *a, struct str boundary, struct str body,
				  struct form *out)
{
	struct str delimiter = str_fmt(a, "\r\n--" STR_FMT, STR_ARG(boundary));
	struct str first = str_from(delimiter, 2);
	bool last = false;
	ptrdiff_t at = str_starts(body, first) ? 0 : str_find(body, delimiter);
	if (at < 0)
		return FORM_MALFORMED;
	body = str_from(body, (size_t)at + (at ? delimiter.n : first.n));
	for (;;) {
		if (!after_boundary(&body, &last))
			return FORM_MALFORMED;
		if (last)
			return FORM_OK;
		at = str_find(body, delimiter);
		if (at < 0)
			return FORM_MALFORMED;
		enum form_result result = one_part(a, str_sub(body, 0, (size_t)at), out);
		if (result != FORM_OK)
			return result;
		body = str_from(body, (size_t)at + delimiter.n);
	}
}

enum form_result form_parse(struct arena *a, struct str type, struct str body, struct form *out)
{
	*out = (struct form){0};
	if (!body.n)
		return FORM_OK;
	struct str kind = {0}, name, value;
	str_cut(&type, ';', &kind);
	kind = str_trim(kind);
	if (str_eq_nocase(kind, S("application/x-www-form-urlencoded")))
		return query_parse(a, body, out);
	if (!str_eq_nocase(kind, S("multipart/form-data")))
		return FORM_STRANGE;
	while (next_parameter(&type, &name, &value))
		if (str_eq_nocase(name, S("boundary")) && value.n && value.n <= 70)
			return multipart(a, value, body, out);
	return FORM_MALFORMED;
}

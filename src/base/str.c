#include "base/str.h"

#include "base/arena.h"
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *c_string)
{
	return c_string ? (struct str){c_string, strlen(c_string)} : (struct str){0};
}

struct str str_dup(struct arena *a, struct str s)
{
	return (struct str){arena_copy(a, s.p, s.n), s.n};
}

const char *str_c(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct str str_vfmt(struct arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	MUST(n >= 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, format, again);
	va_end(again);
	return (struct str){p, (size_t)n};
}

struct str str_fmt(struct arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str text = str_vfmt(a, format, args);
	va_end(args);
	return text;
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str s, const char *c_string)
{
	return str_eq(s, str_of(c_string));
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	if (needle.n == 0)
		return 0;
	if (s.n < needle.n)
		return -1;
	const char *at = memmem(s.p, s.n, needle.p, needle.n);
	return at ? at - s.p : -1;
}

ptrdiff_t str_find_char(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? at - s.p : -1;
}

struct str str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from >= to)
		return (struct str){0};
	return (struct str){s.p + from, to - from};
}

struct str str_from(struct str s, size_t from)
{
	return str_sub(s, from, s.n);
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim_end(struct str s)
{
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_trim(struct str s)
{
	while (s.n && is_space(*s.p)) {
		s.p++;
		s.n--;
	}
	return str_trim_end(s);
}

bool str_cut(struct str *rest, char by, struct str *piece)
{
	if (rest->n == 0)
		return false;
	ptrdiff_t at = str_find_char(*rest, by);
	if (at < 0) {
		*piece = *rest;
		*rest = (struct str){0};
	} else {
		*piece = str_sub(*rest, 0, (size_t)at);
		*rest = str_from(*rest, (size_t)at + 1);
	}
	return true;
}

bool str_int(struct str s, int64_t *out)
{
	bool minus = s.n && *s.p == '-';
	size_t i = minus;
	if (i == s.n)
		return false;
	int64_t n = 0; /* kept negative: the smallest number has no positive twin */
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, s.p[i] - '0', &n))
			return false;
	}
	if (!minus && n == INT64_MIN)
		return false;
	*out = minus ? n : -n;
	return true;
}

static size_t digits(struct str s, size_t from)
{
	size_t i = from;
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i - from;
}

/* strtod() also takes hexadecimal, "inf", leading space; the shape is checked first. The program
 * never calls setlocale() for numbers, so the point is a point. */
bool str_real(struct str s, double *out)
{
	char copy[400];
	if (s.n == 0 || s.n >= sizeof copy)
		return false;
	size_t i = *s.p == '-';
	size_t whole = digits(s, i), part = 0;
	i += whole;
	if (i < s.n && s.p[i] == '.') {
		part = digits(s, i + 1);
		i += 1 + part;
	}
	if (whole + part == 0)
		return false;
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
			i++;
		size_t power = digits(s, i);
		if (power == 0)
			return false;
		i += power;
	}
	if (i != s.n)
		return false;
	memcpy(copy, s.p, s.n);
	copy[s.n] = 0;
	double r = strtod(copy, NULL);
	if (__builtin_isinf(r))
		return false;
	*out = r;
	return true;
}

#include "base/buf.h"

#include "base/arena.h"
#include "base/err.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_room(struct buf *b, size_t bytes)
{
	if (b->cap - b->n >= bytes && b->p)
		return;
	MUST(b->arena);
	size_t need;
	if (__builtin_add_overflow(b->n, bytes, &need) || need > SIZE_MAX / 2)
		need = SIZE_MAX / 2; /* over any arena's limit, which knows what to do */
	size_t cap = b->cap ? b->cap * 2 : 256;
	if (cap < need)
		cap = need;
	b->p = arena_grow_bare(b->arena, b->p, b->cap, cap);
	b->cap = cap;
}

void buf_fmt(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	buf_room(b, 1);
	int n = vsnprintf(b->p + b->n, b->cap - b->n, format, args);
	va_end(args);
	MUST(n >= 0);
	if ((size_t)n >= b->cap - b->n) {
		buf_room(b, (size_t)n + 1);
		vsnprintf(b->p + b->n, b->cap - b->n, format, again);
	}
	va_end(again);
	b->n += (size_t)n;
}

void buf_int(struct buf *b, int64_t value)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		digits[--at] = '-';
	buf_add(b, (struct str){digits + at, sizeof digits - at});
}

/* Most reals of this program have few decimals. A quotient of two integers below 2^53 is rounded as
 * the same decimal would be when read, so equality shows that the text reads back the same. */
static bool add_short_decimal(struct buf *b, double value)
{
	const double scale = 1e6;
	double scaled = nearbyint(value * scale);
	if (!(fabs(scaled) < 9e15) || scaled / scale != value || (value == 0 && signbit(value)))
		return false;
	uint64_t n = (uint64_t)fabs(scaled);
	if (value < 0)
		buf_char(b, '-');
	buf_int(b, (int64_t)(n / 1000000));
	n %= 1000000;
	if (n == 0)
		return true;
	char digits[7] = ".000000";
	for (size_t i = 6; i > 0; i--, n /= 10)
		digits[i] = (char)('0' + n % 10);
	size_t length = 7;
	while (digits[length - 1] == '0')
		length--;
	buf_add(b, (struct str){digits, length});
	return true;
}

void buf_real(struct buf *b, double value)
{
	if (add_short_decimal(b, value))
		return;
	char text[32];
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(text, sizeof text, "%.*g", precision, value);
		if (strtod(text, NULL) == value)
			break;
	}
	buf_add(b, str_of(text));
}

void buf_html(struct buf *b, struct str s)
{
	static const struct str escape[256] = {
		['&'] = STR("&amp;"),  ['<'] = STR("&lt;"),   ['>'] = STR("&gt;"),
		['"'] = STR("&quot;"), ['\''] = STR("&#39;"),
	};
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const struct str *with = &escape[(unsigned char)s.p[i]];
		if (!with->p)
			continue;
		buf_add(b, (struct str){s.p + from, i - from});
		buf_add(b, *with);
		from = i + 1;
	}
	if (s.n)
		buf_add(b, (struct str){s.p + from, s.n - from});
}

void buf_url(struct buf *b, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
		if (plain)
			buf_char(b, (char)c);
		else
			buf_add(b, (struct str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
	}
}

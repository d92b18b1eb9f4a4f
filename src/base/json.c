#include "base/json.h"

#include "base/code.h"

#include <math.h>

static void write_text(struct buf *b, struct str s)
{
	/* What stands after the backslash; 'u' for a control character without a letter. */
	static const char escape[256] = {
		'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b',         't',           'n', 'u',
		'f', 'r', 'u', 'u', 'u', 'u', 'u', 'u', 'u',         'u',           'u', 'u',
		'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', ['"'] = '"', ['\\'] = '\\',
	};
	static const char hex[] = "0123456789abcdef";
	buf_char(b, '"');
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		char how = escape[(unsigned char)s.p[i]];
		if (!how)
			continue;
		buf_add(b, (struct str){s.p + from, i - from});
		from = i + 1;
		buf_add(b, (struct str){(char[]){'\\', how}, 2});
		if (how == 'u')
			buf_add(b,
				(struct str){(char[]){'0', '0', hex[s.p[i] >> 4], hex[s.p[i] & 15]},
					     4});
	}
	if (s.n)
		buf_add(b, (struct str){s.p + from, s.n - from});
	buf_char(b, '"');
}

static void write_real(struct buf *b, double r)
{
	if (!isfinite(r)) {
		buf_lit(b, "null");
		return;
	}
	size_t from = b->n;
	buf_real(b, r);
	struct str written = str_from(buf_str(b), from);
	if (str_find_char(written, '.') < 0 && str_find_char(written, 'e') < 0)
		buf_lit(b, ".0");
}

/* Where a new item begins: on its own line if the text is for a person. */
static void new_line(struct buf *b, int level)
{
	if (level < 0)
		return;
	buf_char(b, '\n');
	for (int i = 0; i < level; i++)
		buf_lit(b, "  ");
}

/* `level` is how deep the lines are indented, or -1 for all in one line. */
static void write_val(struct buf *b, const struct val *v, int level)
{
	enum val_kind kind = val_kind(v);
	size_t n = val_count(v);
	int inner = level < 0 ? level : level + 1;
	switch (kind) {
	case VAL_NULL:
		buf_lit(b, "null");
		return;
	case VAL_BOOL:
		buf_add(b, val_get_bool(v) ? S("true") : S("false"));
		return;
	case VAL_INT:
		buf_int(b, val_get_int(v));
		return;
	case VAL_REAL:
		write_real(b, val_get_real(v));
		return;
	case VAL_TEXT:
	case VAL_HTML:
		write_text(b, val_get_str(v));
		return;
	case VAL_BLOB:
		write_text(b, base64url_of(b->arena, val_get_str(v)));
		return;
	case VAL_LIST:
	case VAL_OBJECT:
		break;
	}
	buf_char(b, kind == VAL_LIST ? '[' : '{');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(b, ',');
		new_line(b, inner);
		if (kind == VAL_OBJECT) {
			write_text(b, str_of(val_name_at(v, i)));
			buf_char(b, ':');
			if (level >= 0)
				buf_char(b, ' ');
		}
		write_val(b, val_at(v, i), inner);
	}
	if (n)
		new_line(b, level);
	buf_char(b, kind == VAL_LIST ? ']' : '}');
}

void json_write(struct buf *b, const struct val *v)
{
	write_val(b, v, -1);
}

struct str json_text(struct arena *a, const struct val *v)
{
	struct buf b = {.arena = a};
	json_write(&b, v);
	return buf_str(&b);
}

void json_write_pretty(struct buf *b, const struct val *v)
{
	write_val(b, v, 0);
	buf_char(b, '\n');
}

#include "base/csv.h"
#include "base/json.h"

const struct csv_style csv_excel_fr = {
	.separator = ';', .decimal = ',', .bom = true, .guard = true};

static char separator_of(const struct csv_style *style)
{
	return style->separator ? style->separator : ',';
}

void csv_begin(struct buf *b, const struct csv_style *style)
{
	if (style->bom)
		buf_lit(b, "\xEF\xBB\xBF");
}

static bool runs_as_formula(struct str s)
{
	double number;
	return s.n && str_find_char(S("=+-@\t\r"), *s.p) >= 0 && !str_real(s, &number);
}

static bool needs_quotes(struct str s, char separator)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == separator)
			return true;
	/* The first cell must not be taken for the line that names the separator, or for a BOM. */
	if (str_starts(s, S("sep=")) || str_starts(s, S("\xEF\xBB\xBF")))
		return true;
	return s.n && (*s.p == ' ' || s.p[s.n - 1] == ' ');
}

static void write_text(struct buf *b, const struct csv_style *style, struct str s)
{
	bool guarded = style->guard && runs_as_formula(s);
	bool quoted = needs_quotes(s, separator_of(style));
	if (quoted)
		buf_char(b, '"');
	if (guarded)
		buf_char(b, '\'');
	if (!quoted)
		buf_add(b, s);
	for (size_t i = 0; quoted && i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	if (quoted)
		buf_char(b, '"');
}

static void write_real(struct buf *b, const struct csv_style *style, double r)
{
	size_t from = b->n;
	buf_real(b, r);
	ptrdiff_t point = str_find_char(str_from(buf_str(b), from), '.');
	if (style->decimal && point >= 0)
		b->p[from + (size_t)point] = style->decimal;
}

static void write_cell(struct buf *b, const struct csv_style *style, const struct val *v)
{
	struct buf inner = {.arena = b->arena};
	switch (val_kind(v)) {
	case VAL_REAL:
		if (style->decimal != separator_of(style)) {
			write_real(b, style, val_get_real(v));
			return;
		}
		write_real(&inner, style, val_get_real(v));
		write_text(b, style, buf_str(&inner));
		return;
	case VAL_BLOB:
	case VAL_LIST:
	case VAL_OBJECT:
		json_write(&inner, v);
		write_text(b, style, buf_str(&inner));
		return;
	default:
		write_text(b, style, val_show(b->arena, v));
	}
}

void csv_write(struct buf *b, const struct csv_style *style, const struct val *row)
{
	size_t n = val_count(row), from = b->n;
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(b, separator_of(style));
		write_cell(b, style, val_at(row, i));
	}
	if (b->n == from) /* an empty line would be no row */
		buf_lit(b, "\"\"");
	buf_lit(b, "\r\n");
}

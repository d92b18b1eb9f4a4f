#include "app/standards/import/rich.h"

#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/buf.h"

#include <string.h>

struct rich rich_plain(struct str text)
{
	return (struct rich){.text = text};
}

static void add_span(struct arena *a, struct rich *r, int *cap, struct span span)
{
	if (r->n == *cap) {
		int more = *cap ? *cap * 2 : 4;
		r->spans = arena_grow(a, r->spans, sizeof *r->spans * (size_t)*cap,
				      sizeof *r->spans * (size_t)more);
		*cap = more;
	}
	r->spans[r->n++] = span;
}

struct rich rich_sub(struct arena *a, const struct rich *r, size_t from, size_t to)
{
	struct str cut = source_trim(str_sub(r->text, from, to));
	struct rich out = *r;
	int cap = 0;
	out.text = cut;
	out.spans = NULL;
	out.n = 0;
	if (!cut.n)
		return out;
	size_t start = (size_t)(cut.p - r->text.p), end = start + cut.n;
	for (int i = 0; i < r->n; i++) {
		struct span s = r->spans[i];
		if (s.to <= start || s.from >= end)
			continue;
		s.from = s.from < start ? 0 : (uint32_t)(s.from - start);
		s.to = (uint32_t)((s.to > end ? end : s.to) - start);
		add_span(a, &out, &cap, s);
	}
	return out;
}

struct rich rich_join(struct arena *a, const struct rich *x, struct str between,
		      const struct rich *y)
{
	struct buf b = {.arena = a};
	struct rich out = {.comment = x->comment.n ? x->comment : y->comment};
	int cap = 0;
	buf_add(&b, x->text);
	if (x->text.n && y->text.n)
		buf_add(&b, between);
	uint32_t shift = (uint32_t)b.n;
	buf_add(&b, y->text);
	out.text = buf_str(&b);
	for (int i = 0; i < x->n; i++)
		add_span(a, &out, &cap, x->spans[i]);
	for (int i = 0; i < y->n; i++) {
		struct span s = y->spans[i];
		s.from += shift;
		s.to += shift;
		add_span(a, &out, &cap, s);
	}
	return out;
}

static bool is_word(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

bool rich_is(const struct rich *r, enum rich_style style)
{
	bool any = false;
	size_t at = 0;
	for (int i = 0; i <= r->n; i++) {
		if (i < r->n && r->spans[i].style != style)
			continue;
		size_t from = i < r->n ? r->spans[i].from : r->text.n;
		for (; at < from; at++)
			if (is_word((unsigned char)r->text.p[at]))
				return false;
		if (i < r->n && r->spans[i].to > at) {
			at = r->spans[i].to;
			any = true;
		}
	}
	return any;
}

/* ------------------------------------------------------------------ as light Markdown */

static void put_marks(struct buf *b, const struct span *s, bool end)
{
	if (s->style == RICH_BOLD)
		buf_lit(b, "**");
	else if (s->style == RICH_ITALIC)
		buf_lit(b, "*");
	else if (!end)
		buf_char(b, '[');
	else
		buf_fmt(b, "](" STR_FMT ")", STR_ARG(s->url));
}

/* What would be read as markup is written with a backslash. */
static void put_text(struct buf *b, const struct rich *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char c = r->text.p[i];
		bool start = !i || r->text.p[i - 1] == '\n';
		if (strchr("*_\\`[]<", c) || (start && strchr("#>", c)))
			buf_char(b, '\\');
		buf_char(b, c);
	}
}

struct str rich_markdown(struct arena *a, const struct rich *r)
{
	struct buf b = {.arena = a};
	const struct span **open = arena_many(a, const struct span *, (size_t)r->n + 1);
	int depth = 0, next = 0;
	size_t at = 0;
	while (at < r->text.n || depth) {
		size_t stop = r->text.n;
		if (next < r->n && r->spans[next].from < stop)
			stop = r->spans[next].from;
		if (depth && open[depth - 1]->to < stop)
			stop = open[depth - 1]->to;
		if (stop > at) {
			put_text(&b, r, at, stop);
			at = stop;
		}
		if (depth && open[depth - 1]->to <= at)
			put_marks(&b, open[--depth], true);
		else if (next < r->n && r->spans[next].from <= at)
			put_marks(&b, open[depth++] = &r->spans[next++], false);
		else if (at >= r->text.n)
			break;
	}
	return buf_str(&b);
}

/* Light Markdown and light HTML into a rich text: see rich.h. */
#include "app/standards/import/rich.h"

#include "app/standards/import/source.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPEN = 32 };

struct opening {
	enum rich_style style;
	bool html;
	char mark;   /* of Markdown: * or _ */
	int count;   /* how many of it */
	uint32_t at; /* in the plain text */
};

struct reader {
	struct arena *arena;
	struct str in;
	size_t i;
	struct buf out;
	struct rich r;
	int cap;
	struct opening open[MOST_OPEN];
	int depth;
	struct opening *lost; /* marks that were no emphasis after all */
	int lost_n, lost_cap;
	int html_open; /* p, td … not closed */
};

static const struct {
	const char *name;
	const char *becomes; /* in the plain text, where it opens */
	signed char style;   /* -1: none */
	bool block;          /* counts as open until closed */
} tags[] = {
	{"b", "", RICH_BOLD, true},
	{"strong", "", RICH_BOLD, true},
	{"i", "", RICH_ITALIC, true},
	{"em", "", RICH_ITALIC, true},
	{"p", "\n", -1, true},
	{"br", "\n", -1, false},
	{"ul", "", -1, false},
	{"ol", "", -1, false},
	{"li", "\n\xe2\x80\xa2 ", -1, false},
	{"span", "", -1, false},
	{"div", "\n", -1, false},
	{"u", "", -1, false},
	{"sub", "", -1, false},
	{"sup", "", -1, false},
	{"small", "", -1, false},
	{"font", "", -1, false},
	{"table", "", -1, false},
	{"tbody", "", -1, false},
	{"thead", "", -1, false},
	{"tr", "", -1, false},
	{"td", " ", -1, true},
	{"th", " ", -1, true},
	{"a", "", -1, false},
	{"h1", "", -1, false},
	{"h2", "", -1, false},
	{"h3", "", -1, false},
	{"h4", "", -1, false},
	{"h5", "", -1, false},
	{"h6", "", -1, false},
	{"section", "", -1, false},
};

static const struct {
	const char *name, *text;
} entities[] = {
	{"amp", "&"},         {"lt", "<"},          {"gt", ">"},          {"quot", "\""},
	{"apos", "'"},        {"nbsp", "\u00a0"},   {"laquo", "\u00ab"},  {"raquo", "\u00bb"},
	{"rsquo", "\u2019"},  {"lsquo", "\u2018"},  {"rdquo", "\u201d"},  {"ldquo", "\u201c"},
	{"ndash", "\u2013"},  {"mdash", "\u2014"},  {"hellip", "\u2026"}, {"bull", "\u2022"},
	{"eacute", "\u00e9"}, {"egrave", "\u00e8"}, {"ecirc", "\u00ea"},  {"agrave", "\u00e0"},
	{"ccedil", "\u00e7"}, {"ocirc", "\u00f4"},  {"icirc", "\u00ee"},  {"ugrave", "\u00f9"},
	{"Eacute", "\u00c9"}, {"Agrave", "\u00c0"}, {"oelig", "\u0153"},  {"acirc", "\u00e2"},
};

static bool is_word(unsigned char c, bool any)
{
	return (any && c >= 0x80) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static void add_span(struct reader *d, struct span span)
{
	if (span.from >= span.to)
		return;
	if (d->r.n == d->cap) {
		int more = d->cap ? d->cap * 2 : 4;
		d->r.spans = arena_grow(d->arena, d->r.spans, sizeof span * (size_t)d->cap,
					sizeof span * (size_t)more);
		d->cap = more;
	}
	d->r.spans[d->r.n++] = span;
}

static void lose(struct reader *d, struct opening o)
{
	if (o.html || !o.count)
		return;
	if (d->lost_n == d->lost_cap) {
		int more = d->lost_cap ? d->lost_cap * 2 : 4;
		d->lost = arena_grow(d->arena, d->lost, sizeof o * (size_t)d->lost_cap,
				     sizeof o * (size_t)more);
		d->lost_cap = more;
	}
	d->lost[d->lost_n++] = o;
}

static void close_down_to(struct reader *d, int depth)
{
	while (d->depth > depth)
		lose(d, d->open[--d->depth]);
}

static void open_style(struct reader *d, struct opening o)
{
	o.at = (uint32_t)d->out.n;
	if (d->depth == MOST_OPEN)
		lose(d, o);
	else
		d->open[d->depth++] = o;
}

static void close_html(struct reader *d, enum rich_style style)
{
	for (int i = d->depth; i-- > 0;) {
		if (!d->open[i].html || d->open[i].style != style)
			continue;
		add_span(d, (struct span){d->open[i].at, (uint32_t)d->out.n, style, {0}});
		close_down_to(d, i + 1);
		d->depth = i;
		return;
	}
}

/* A <tag …>, </tag> or <!-- … --> at d->i; false if it is only a sign. */
static bool read_comment(struct reader *d)
{
	if (!str_starts(str_from(d->in, d->i), S("<!--")))
		return false;
	struct str rest = str_from(d->in, d->i + 4);
	ptrdiff_t end = str_find(rest, S("-->"));
	struct str words = source_trim(end < 0 ? rest : str_sub(rest, 0, (size_t)end));
	if (!d->r.comment.n)
		d->r.comment = words;
	d->i = end < 0 ? d->in.n : d->i + 4 + (size_t)end + 3;
	return true;
}

static void put_break(struct reader *d, const char *becomes)
{
	while (*becomes) {
		char c = *becomes;
		bool white = c == '\n' || c == ' ';
		if (!white || (d->out.n && d->out.p[d->out.n - 1] != '\n'))
			buf_char(&d->out, c);
		becomes++;
	}
}

static void apply_tag(struct reader *d, size_t which, bool closing)
{
	const char *name = tags[which].name;
	if (tags[which].style >= 0) {
		if (closing)
			close_html(d, (enum rich_style)tags[which].style);
		else
			open_style(d, (struct opening){.style = (enum rich_style)tags[which].style,
						       .html = true});
	}
	if (tags[which].block)
		d->html_open += closing ? -1 : 1;
	if (!closing && name[0] == 'h' && name[1] >= '1' && name[1] <= '6')
		d->r.heading = name[1] - '0';
	if (!closing && !d->out.n && !strcmp(name, "li")) {
		d->r.item = true;
		return;
	}
	if (closing && !strcmp(name, "p"))
		d->r.paragraph = true;
	if (!closing)
		put_break(d, tags[which].becomes);
}

static bool read_tag(struct reader *d)
{
	size_t at = d->i + 1, from;
	bool closing = at < d->in.n && d->in.p[at] == '/';
	from = at += closing;
	while (at < d->in.n && is_word((unsigned char)d->in.p[at], false))
		at++;
	struct str name = str_sub(d->in, from, at);
	size_t which = 0;
	while (which < sizeof tags / sizeof *tags && !str_eq_nocase(name, str_of(tags[which].name)))
		which++;
	ptrdiff_t end = str_find_char(str_sub(d->in, at, at + 400), '>');
	if (which == sizeof tags / sizeof *tags || end < 0)
		return false;
	if (end && !strchr(" /\t", d->in.p[at]))
		return false;
	apply_tag(d, which, closing);
	d->i = at + (size_t)end + 1;
	return true;
}

static bool read_entity(struct reader *d)
{
	struct str rest = str_sub(d->in, d->i + 1, d->i + 12);
	ptrdiff_t end = str_find_char(rest, ';');
	if (end < 2)
		return false;
	struct str name = str_sub(rest, 0, (size_t)end);
	int64_t number;
	if (name.p[0] == '#' && str_int(str_from(name, 1), &number) && number > 31 &&
	    number < 0x110000 && (number < 0xd800 || number > 0xdfff)) {
		utf8_put(&d->out, (uint32_t)number);
		d->i += (size_t)end + 2;
		return true;
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (str_is(name, entities[i].name)) {
			buf_add(&d->out, str_of(entities[i].text));
			d->i += (size_t)end + 2;
			return true;
		}
	return false;
}

/* [text](url): the text may itself be marked; no brackets inside it. */
static bool read_link(struct reader *d, bool picture)
{
	struct str rest = str_from(d->in, d->i + 1 + picture);
	ptrdiff_t close = str_find(str_sub(rest, 0, 2000), S("]("));
	ptrdiff_t inner = str_find_char(rest, '[');
	if (close < 0 || (inner >= 0 && inner < close))
		return false;
	struct str after = str_sub(rest, (size_t)close + 2, (size_t)close + 2002);
	ptrdiff_t end = str_find_char(after, ')');
	if (end < 0)
		return false;
	struct str url = source_trim(str_sub(after, 0, (size_t)end));
	ptrdiff_t space = str_find_char(url, ' ');
	if (space >= 0)
		url = str_sub(url, 0, (size_t)space);
	struct rich text = rich_read(d->arena, str_sub(rest, 0, (size_t)close));
	uint32_t from = (uint32_t)d->out.n;
	buf_add(&d->out, text.text);
	if (!picture)
		add_span(d, (struct span){from, (uint32_t)d->out.n, RICH_LINK, url});
	for (int i = 0; i < text.n; i++) {
		struct span s = text.spans[i];
		s.from += from;
		s.to += from;
		add_span(d, s);
	}
	d->i += 1 + picture + (size_t)close + 2 + (size_t)end + 1;
	return true;
}

/* ------------------------------------------------------------------ * and _ */

static void put_repeated(struct buf *b, char mark, int count)
{
	while (count-- > 0)
		buf_char(b, mark);
}

/* Closes what a run of marks can close; returns how many of them are left. */
static int close_marks(struct reader *d, char mark, int count)
{
	for (int i = d->depth; i-- > 0 && count;) {
		struct opening *o = &d->open[i];
		if (o->html || o->mark != mark)
			continue;
		int used = o->count >= 2 && count >= 2 ? 2 : 1;
		enum rich_style style = used == 2 ? RICH_BOLD : RICH_ITALIC;
		add_span(d, (struct span){o->at, (uint32_t)d->out.n, style, {0}});
		close_down_to(d, i + 1);
		count -= used;
		o->count -= used;
		if (o->count)
			i++;
		else
			d->depth = i;
	}
	return count;
}

static void read_marks(struct reader *d)
{
	char mark = d->in.p[d->i];
	size_t from = d->i, to = from;
	while (to < d->in.n && d->in.p[to] == mark)
		to++;
	unsigned char before = from ? (unsigned char)d->in.p[from - 1] : ' ';
	unsigned char after = to < d->in.n ? (unsigned char)d->in.p[to] : ' ';
	bool can_close = !strchr(" \t\n", before), can_open = !strchr(" \t\n", after);
	if (mark == '_') {
		can_open &= !is_word(before, true);
		can_close &= !is_word(after, true);
	}
	int count = (int)(to - from > 1000 ? 1000 : to - from), all = count;
	d->i = from + (size_t)count;
	if (count > 3) {
		put_repeated(&d->out, mark, count);
		return;
	}
	if (can_close)
		count = close_marks(d, mark, count);
	/* `word* next`: a mark that only closes and closes nothing is a footnote's sign. `a*b` too.
	 */
	bool inside = is_word(before, true) && is_word(after, true) && count == all;
	if (count && can_open && !inside)
		open_style(d, (struct opening){.mark = mark, .count = count});
	else
		put_repeated(&d->out, mark, count);
}

static int by_place(const void *x, const void *y)
{
	const struct opening *a = x, *b = y;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* Of marks sorted by place, with running totals: how many stand before `at`. */
static uint32_t given_before(const struct reader *d, uint32_t at)
{
	int low = 0, high = d->lost_n;
	while (low < high) {
		int middle = (low + high) / 2;
		if (d->lost[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? (uint32_t)d->lost[low - 1].count : 0;
}

/* Marks that opened nothing are text: they go back to where they stood. */
static void give_back(struct reader *d)
{
	if (!d->lost_n)
		return;
	qsort(d->lost, (size_t)d->lost_n, sizeof *d->lost, by_place);
	struct buf out = {.arena = d->arena};
	size_t at = 0;
	for (int i = 0; i < d->lost_n; i++) {
		const struct opening *o = &d->lost[i];
		buf_add(&out, str_sub(buf_str(&d->out), at, o->at));
		at = o->at;
		put_repeated(&out, o->mark, o->count);
	}
	buf_add(&out, str_from(buf_str(&d->out), at));
	for (int i = 1; i < d->lost_n; i++)
		d->lost[i].count += d->lost[i - 1].count;
	for (int s = 0; s < d->r.n; s++) {
		d->r.spans[s].from += given_before(d, d->r.spans[s].from + 1);
		d->r.spans[s].to += given_before(d, d->r.spans[s].to);
	}
	d->out = out;
}

static int by_nesting(const void *x, const void *y)
{
	const struct span *a = x, *b = y;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to > b->to ? -1 : a->to < b->to;
}

static void read_char(struct reader *d)
{
	char c = d->in.p[d->i];
	bool white = c == ' ' || c == '\t' || c == '\n';
	if (c == '\\' && d->i + 1 < d->in.n && ispunct((unsigned char)d->in.p[d->i + 1])) {
		buf_char(&d->out, d->in.p[d->i + 1]);
		d->i += 2;
		return;
	}
	d->i++;
	if (!white)
		buf_char(&d->out, c);
	else if (d->out.n && !strchr(" \n", d->out.p[d->out.n - 1]))
		buf_char(&d->out, ' ');
}

struct rich rich_read(struct arena *a, struct str source)
{
	struct reader d = {.arena = a, .in = source, .out = {.arena = a}};
	while (d.i < d.in.n) {
		char c = d.in.p[d.i];
		bool picture = c == '!' && d.i + 1 < d.in.n && d.in.p[d.i + 1] == '[';
		if (c == '<' && (read_comment(&d) || read_tag(&d)))
			continue;
		if (c == '&' && read_entity(&d))
			continue;
		if ((c == '[' || picture) && read_link(&d, picture))
			continue;
		if (c == '*' || c == '_')
			read_marks(&d);
		else
			read_char(&d);
	}
	d.r.open = d.html_open > 0;
	for (int i = d.depth; i-- > 0;) {
		if (d.open[i].html)
			add_span(&d,
				 (struct span){
					 d.open[i].at, (uint32_t)d.out.n, d.open[i].style, {0}});
		else
			d.r.open |= d.open[i].count >= 2;
	}
	close_down_to(&d, 0);
	give_back(&d);
	if (d.r.n)
		qsort(d.r.spans, (size_t)d.r.n, sizeof *d.r.spans, by_nesting);
	d.r.text = buf_str(&d.out);
	struct rich trimmed = rich_sub(a, &d.r, 0, d.r.text.n);
	return trimmed;
}

/*
 * HTML in statements, as it came before CASE 1.1 allowed Markdown, into Markdown. Only names that
 * HTML has make a tag: "a < b" and "<x>" stay words. Text is HTML as soon as it has a tag that
 * Markdown would not: then white space means nothing and what would be Markdown is escaped, but for
 * mathematics between $.
 */
#include "app/standards/case/case.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum what {
	PLAIN,
	BLOCK,
	LIST,
	NUMBERED,
	ENTRY,
	LINE,
	BOLD,
	ITALIC,
	LINK,
	CELL,
	DROP,
	HIGH,
	LOW,
	IMAGE
};

static const struct tag {
	const char *name;
	enum what what;
} tags[] = {
	{"p", BLOCK},          {"div", BLOCK},     {"section", BLOCK}, {"article", BLOCK},
	{"blockquote", BLOCK}, {"table", BLOCK},   {"tbody", PLAIN},   {"thead", PLAIN},
	{"tr", BLOCK},         {"td", CELL},       {"th", CELL},       {"h1", BLOCK},
	{"h2", BLOCK},         {"h3", BLOCK},      {"h4", BLOCK},      {"h5", BLOCK},
	{"h6", BLOCK},         {"ul", LIST},       {"ol", NUMBERED},   {"li", ENTRY},
	{"br", LINE},          {"b", BOLD},        {"strong", BOLD},   {"i", ITALIC},
	{"em", ITALIC},        {"cite", ITALIC},   {"a", LINK},        {"u", PLAIN},
	{"span", PLAIN},       {"font", PLAIN},    {"small", PLAIN},   {"big", PLAIN},
	{"center", BLOCK},     {"code", PLAIN},    {"pre", BLOCK},     {"sup", HIGH},
	{"sub", LOW},          {"script", DROP},   {"style", DROP},    {"head", DROP},
	{"html", PLAIN},       {"body", PLAIN},    {"hr", BLOCK},      {"img", IMAGE},
	{"dl", BLOCK},         {"dt", BLOCK},      {"dd", BLOCK},      {"abbr", PLAIN},
	{"o:p", PLAIN},        {"iframe", DROP},   {"object", DROP},   {"label", PLAIN},
	{"strike", PLAIN},     {"s", PLAIN},       {"del", PLAIN},     {"ins", PLAIN},
	{"mark", PLAIN},       {"q", PLAIN},       {"tt", PLAIN},      {"col", PLAIN},
	{"colgroup", PLAIN},   {"caption", BLOCK}, {"nobr", PLAIN},    {"svg", DROP},
	{NULL, PLAIN},
};

static const struct {
	const char *name, *text;
} entities[] = {
	{"amp", "&"},       {"lt", "<"},     {"gt", ">"},    {"quot", "\""},  {"apos", "'"},
	{"nbsp", "\u00a0"}, {"ndash", "–"},  {"mdash", "—"}, {"lsquo", "‘"},  {"rsquo", "’"},
	{"ldquo", "“"},     {"rdquo", "”"},  {"laquo", "«"}, {"raquo", "»"},  {"hellip", "…"},
	{"bull", "•"},      {"middot", "·"}, {"deg", "°"},   {"times", "×"},  {"divide", "÷"},
	{"plusmn", "±"},    {"minus", "−"},  {"le", "≤"},    {"ge", "≥"},     {"ne", "≠"},
	{"pi", "π"},        {"theta", "θ"},  {"radic", "√"}, {"infin", "∞"},  {"frac12", "½"},
	{"eacute", "é"},    {"egrave", "è"}, {"ecirc", "ê"}, {"euml", "ë"},   {"agrave", "à"},
	{"acirc", "â"},     {"ccedil", "ç"}, {"icirc", "î"}, {"iuml", "ï"},   {"ocirc", "ô"},
	{"ugrave", "ù"},    {"ucirc", "û"},  {"oelig", "œ"}, {"Eacute", "É"}, {"Egrave", "È"},
	{"Agrave", "À"},    {"Ccedil", "Ç"}, {"copy", "©"},  {"reg", "®"},    {"trade", "™"},
	{"rsaquo", "›"},    {"lsaquo", "‹"}, {"sect", "§"},  {"emsp", " "},   {"ensp", " "},
};

/* One tag as it stands in the text. */
struct found {
	const struct tag *tag; /* NULL: a comment */
	size_t n;              /* bytes */
	bool closes;
	struct str inside; /* its attributes */
};

enum { LONGEST_TAG = 4000 };

static const struct tag *tag_named(struct str name)
{
	const struct tag *t = tags;
	while (t->name && !str_eq_nocase(name, str_of(t->name)))
		t++;
	return t->name ? t : NULL;
}

static bool find_tag(struct str s, struct found *f)
{
	*f = (struct found){0};
	if (str_starts(s, S("<!--"))) {
		ptrdiff_t end = str_find(s, S("-->"));
		f->n = end < 0 ? s.n : (size_t)end + 3;
		return true;
	}
	ptrdiff_t end = str_find_char(str_sub(s, 0, LONGEST_TAG), '>');
	if (s.n < 3 || s.p[0] != '<' || end < 2)
		return false;
	struct str inner = str_sub(s, 1, (size_t)end);
	f->closes = inner.p[0] == '/';
	inner = str_from(inner, f->closes);
	size_t n = 0;
	while (n < inner.n && inner.p[n] != ' ' && inner.p[n] != '/' && inner.p[n] != '\n' &&
	       inner.p[n] != '\t')
		n++;
	f->tag = tag_named(str_sub(inner, 0, n));
	f->n = (size_t)end + 1;
	f->inside = str_from(inner, n);
	return f->tag;
}

/* Would Markdown show it as it is? Line breaks and raised figures are written into it too. */
static bool is_html(struct str s)
{
	struct found f;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\') /* Markdown's: what follows is no mark */
			i++;
		else if (s.p[i] == '<' && find_tag(str_from(s, i), &f)) {
			if (!f.tag ||
			    (f.tag->what != LINE && f.tag->what != HIGH && f.tag->what != LOW))
				return true;
			i += f.n - 1;
		}
	}
	return false;
}

enum { MOST_OPEN = 16 };

struct turning {
	struct buf out;
	bool html; /* not Markdown with a few tags */
	bool math; /* between two $ */
	struct {
		enum what what;
		size_t at; /* of what it holds, in `out` */
		struct str url;
		int count; /* entries of a numbered list */
	} open[MOST_OPEN];
	int depth;
	enum what shift; /* HIGH, LOW or PLAIN */
};

static void trim_out(struct turning *t)
{
	while (t->out.n && (t->out.p[t->out.n - 1] == ' ' || t->out.p[t->out.n - 1] == '\n'))
		t->out.n--;
}

static bool at_line_start(const struct turning *t)
{
	return !t->out.n || t->out.p[t->out.n - 1] == '\n';
}

static void new_block(struct turning *t, bool apart)
{
	trim_out(t);
	if (t->out.n)
		buf_add(&t->out, apart ? S("\n\n") : S("\n"));
}

static struct str attribute(struct str inside, struct str name)
{
	ptrdiff_t at = str_find(inside, name);
	if (at < 0)
		return (struct str){0};
	struct str rest = str_trim(str_from(inside, (size_t)at + name.n));
	if (!rest.n || (rest.p[0] != '"' && rest.p[0] != '\''))
		return (struct str){0};
	ptrdiff_t end = str_find_char(str_from(rest, 1), rest.p[0]);
	return end < 0 ? (struct str){0} : str_sub(rest, 1, (size_t)end + 1);
}

static void put_character(struct turning *t, uint32_t c)
{
	static const char *const high[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
	static const char *const low[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
	bool digit = c >= '0' && c <= '9';
	bool starts = at_line_start(t) && (c == '#' || c == '-' || c == '+' || c == '>');
	bool marks =
		c == '*' || c == '_' || c == '[' || c == ']' || c == '`' || c == '\\' || c == '<';
	if (c == '$')
		t->math = !t->math;
	if (digit && t->shift != PLAIN)
		buf_add(&t->out, str_of((t->shift == HIGH ? high : low)[c - '0']));
	else if (t->html && !t->math && (marks || starts))
		buf_fmt(&t->out, "\\%c", (int)c);
	else
		utf8_put(&t->out, c);
}

static void put_space(struct turning *t)
{
	if (t->out.n && t->out.p[t->out.n - 1] != ' ' && t->out.p[t->out.n - 1] != '\n')
		buf_char(&t->out, ' ');
}

/* The bytes of an entity, 0 if there is none. */
static size_t put_entity(struct turning *t, struct str s)
{
	ptrdiff_t end = str_find_char(str_sub(s, 0, 12), ';');
	if (end < 2)
		return 0;
	struct str name = str_sub(s, 1, (size_t)end);
	int64_t number = 0;
	if (name.p[0] == '#' && str_int(str_from(name, 1), &number) && number > 31 &&
	    number < 0xd800) {
		put_character(t, (uint32_t)number);
		return (size_t)end + 1;
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (str_is(name, entities[i].name)) {
			struct str text = str_of(entities[i].text);
			while (text.n)
				put_character(t, utf8_next(&text));
			return (size_t)end + 1;
		}
	return 0;
}

static bool may_lead(struct str url)
{
	return (str_starts(url, S("http://")) || str_starts(url, S("https://")) ||
		str_starts(url, S("mailto:"))) &&
	       str_find_char(url, ' ') < 0 && str_find_char(url, ')') < 0 &&
	       str_find_char(url, '<') < 0;
}

static const char *mark_of(enum what what)
{
	return what == BOLD ? "**" : what == ITALIC ? "*" : "[";
}

/* Ends what is open at the top: white space comes after the mark, and nothing is marked if nothing
 * is there. */
static void close_top(struct turning *t)
{
	int d = --t->depth;
	enum what what = t->open[d].what;
	if (what != BOLD && what != ITALIC && what != LINK)
		return;
	size_t n = t->out.n, at = t->open[d].at;
	while (n > at && (t->out.p[n - 1] == ' ' || t->out.p[n - 1] == '\n'))
		n--;
	size_t from = at;
	while (from < n && (t->out.p[from] == ' ' || t->out.p[from] == '\n'))
		from++;
	if (from == n || (what == LINK && !may_lead(t->open[d].url)))
		return;
	struct str held = str_dup(t->out.arena, str_sub(buf_str(&t->out), from, n));
	struct str after = str_dup(t->out.arena, str_sub(buf_str(&t->out), n, t->out.n));
	t->out.n = from;
	buf_add(&t->out, str_of(mark_of(what)));
	buf_add(&t->out, held);
	if (what == LINK)
		buf_fmt(&t->out, "](" STR_FMT ")", STR_ARG(t->open[d].url));
	else
		buf_add(&t->out, str_of(mark_of(what)));
	buf_add(&t->out, after);
}

static void close_marks(struct turning *t)
{
	while (t->depth && t->open[t->depth - 1].what != LIST &&
	       t->open[t->depth - 1].what != NUMBERED)
		close_top(t);
}

static void close_tag(struct turning *t, enum what what)
{
	int d = t->depth;
	while (d && t->open[d - 1].what != what)
		d--;
	while (d && t->depth >= d)
		close_top(t);
}

static void open_tag(struct turning *t, enum what what, struct str inside)
{
	if (t->depth == MOST_OPEN)
		return;
	t->open[t->depth].what = what;
	t->open[t->depth].at = t->out.n;
	t->open[t->depth].count = 0;
	t->open[t->depth++].url = attribute(inside, S("href="));
}

static void put_entry(struct turning *t)
{
	int lists = 0, inner = -1;
	close_marks(t);
	new_block(t, false);
	for (int d = 0; d < t->depth; d++)
		if (t->open[d].what == LIST || t->open[d].what == NUMBERED) {
			lists++;
			inner = d;
		}
	for (int d = 1; d < lists; d++)
		buf_lit(&t->out, "   ");
	if (inner >= 0 && t->open[inner].what == NUMBERED)
		buf_fmt(&t->out, "%d. ", ++t->open[inner].count);
	else
		buf_lit(&t->out, "- ");
}

/* Returns how many bytes of `rest` it used: a tag, and what is dropped with it. */
static size_t put_tag(struct turning *t, const struct found *f, struct str rest)
{
	enum what what = f->tag ? f->tag->what : PLAIN;
	size_t end = f->n;
	if (what == BLOCK) {
		close_marks(t);
		new_block(t, true);
	} else if ((what == LIST || what == NUMBERED) && f->closes) {
		close_tag(t, what);
		new_block(t, true);
	} else if (what == LIST || what == NUMBERED) {
		close_marks(t);
		new_block(t, !t->depth);
		open_tag(t, what, f->inside);
	} else if (what == ENTRY && !f->closes) {
		put_entry(t);
	} else if (what == LINE) {
		trim_out(t);
		if (t->out.n)
			buf_lit(&t->out, "\\\n");
	} else if (what == BOLD || what == ITALIC || what == LINK) {
		if (f->closes)
			close_tag(t, what);
		else
			open_tag(t, what, f->inside);
	} else if (what == HIGH || what == LOW) {
		t->shift = f->closes ? PLAIN : what;
	} else if (what == CELL && !f->closes) {
		put_space(t);
	} else if (what == IMAGE) {
		buf_add(&t->out, attribute(f->inside, S("alt=")));
	} else if (what == DROP && !f->closes) {
		struct found g;
		while (end < rest.n && !(rest.p[end] == '<' && find_tag(str_from(rest, end), &g) &&
					 g.closes && g.tag == f->tag))
			end++;
		end = end < rest.n ? end + g.n : end;
	}
	return end;
}

static bool is_plain(struct str s)
{
	return str_find_char(s, '<') < 0 && str_find_char(s, '\r') < 0 &&
	       !utf8_has_control(s, true);
}

/* The next character, unless it is one that no text has. */
static void put_next(struct turning *t, struct str *s)
{
	struct str rest = *s, character;
	uint32_t c = utf8_next(&rest);
	character = str_sub(*s, 0, s->n - rest.n);
	*s = rest;
	if (c != '\r' && !utf8_has_control(character, true))
		put_character(t, c);
}

struct str case_text(struct arena *a, struct str s)
{
	s = utf8_nfc(a, s);
	if (is_plain(s))
		return str_trim(s);
	struct turning t = {.out = {.arena = a}, .html = is_html(s)};
	while (s.n) {
		struct found f;
		size_t entity = 0;
		if (s.p[0] == '<' && find_tag(s, &f)) {
			s = str_from(s, put_tag(&t, &f, s));
		} else if (t.html && (s.p[0] == ' ' || s.p[0] == '\n' || s.p[0] == '\t')) {
			put_space(&t);
			s = str_from(s, 1);
		} else if (t.html && s.p[0] == '&' && (entity = put_entity(&t, s))) {
			s = str_from(s, entity);
		} else {
			if (!t.html && s.p[0] == '\\' && s.n > 1)
				put_next(&t, &s);
			put_next(&t, &s);
		}
	}
	while (t.depth)
		close_top(&t);
	struct str out = str_trim(buf_str(&t.out));
	bool broken = out.n > 1 && str_ends(out, S("\\")) && out.p[out.n - 2] != '\\';
	return t.html && broken ? str_trim(str_sub(out, 0, out.n - 1)) : out;
}

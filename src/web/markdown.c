#include "web/markdown.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "web/template_html.h"

#include <md4c.h>

enum { MOST_BYTES = 1 << 20 };

struct page {
	struct buf to;
	int first_heading;
	unsigned flags;
	bool words_only;
	int image;          /* inside so many images: their text is all that is shown */
	bool link, picture; /* an <a> is open for a link, for an image */
};

/* --- addresses --- */

/* "&#106;" and "&amp;" as a character; what we do not know stays text, which is then escaped. */
static void put_entity(struct buf *to, struct str entity)
{
	static const struct {
		const char *name;
		char is;
	} known[] = {
		{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
	uint32_t c = 0;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_is(entity, known[i].name))
			c = (uint32_t)known[i].is;
	bool hex = entity.n > 2 && (entity.p[2] == 'x' || entity.p[2] == 'X');
	for (size_t i = hex ? 3 : 2; !c && entity.p[1] == '#' && i + 1 < entity.n;) {
		uint32_t n = 0;
		for (; i + 1 < entity.n && n < 0x110000; i++) {
			char d = entity.p[i];
			n = n * (hex ? 16 : 10) +
			    (uint32_t)(d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10);
		}
		bool fine = n >= 0x20 && n < 0x110000 && !(n >= 0xD800 && n < 0xE000);
		c = fine ? n : UTF8_BAD;
		break;
	}
	if (c)
		utf8_put(to, c);
	else
		buf_add(to, entity);
}

static struct str attribute(struct arena *a, const MD_ATTRIBUTE *from)
{
	struct buf b = {.arena = a};
	for (int i = 0; from->text && from->substr_offsets[i] < from->size; i++) {
		struct str part = {from->text + from->substr_offsets[i],
				   from->substr_offsets[i + 1] - from->substr_offsets[i]};
		if (from->substr_types[i] == MD_TEXT_ENTITY)
			put_entity(&b, part);
		else if (from->substr_types[i] == MD_TEXT_NULLCHAR)
			utf8_put(&b, UTF8_BAD);
		else
			buf_add(&b, part);
	}
	return buf_str(&b);
}

/* False: the address is one we do not link to, and its words stand alone. */
static bool open_link(struct page *p, const MD_ATTRIBUTE *href, const MD_ATTRIBUTE *title)
{
	struct str address = attribute(p->to.arena, href), words = attribute(p->to.arena, title);
	struct str safe = html_safe_link(address, false);
	if (!address.n || (str_is(safe, "#") && !str_is(address, "#")))
		return false;
	buf_lit(&p->to, "<a href=\"");
	buf_html(&p->to, safe);
	if (words.n) {
		buf_lit(&p->to, "\" title=\"");
		buf_html(&p->to, words);
	}
	buf_add(&p->to, p->flags & MARKDOWN_UGC ? S("\" rel=\"nofollow ugc\">") : S("\">"));
	return true;
}

/* --- blocks --- */

static const char *const block_names[] = {
	[MD_BLOCK_QUOTE] = "blockquote",
	[MD_BLOCK_UL] = "ul",
	[MD_BLOCK_OL] = "ol",
	[MD_BLOCK_LI] = "li",
	[MD_BLOCK_P] = "p",
	[MD_BLOCK_TABLE] = "table",
	[MD_BLOCK_THEAD] = "thead",
	[MD_BLOCK_TBODY] = "tbody",
	[MD_BLOCK_TR] = "tr",
	[MD_BLOCK_TH] = "th",
	[MD_BLOCK_TD] = "td",
	[MD_BLOCK_DOC] = NULL,
};

static int heading(const struct page *p, void *detail)
{
	int level = (int)((MD_BLOCK_H_DETAIL *)detail)->level + p->first_heading - 1;
	return level > 6 ? 6 : level;
}

static void open_block(struct page *p, MD_BLOCKTYPE type, void *detail)
{
	switch (type) {
	case MD_BLOCK_HR:
		buf_lit(&p->to, "<hr>\n");
		break;
	case MD_BLOCK_H:
		buf_fmt(&p->to, "<h%d>", heading(p, detail));
		break;
	case MD_BLOCK_CODE:
		buf_lit(&p->to, "<pre><code>");
		break;
	case MD_BLOCK_OL: {
		unsigned start = ((MD_BLOCK_OL_DETAIL *)detail)->start;
		if (start == 1)
			buf_lit(&p->to, "<ol>\n");
		else
			buf_fmt(&p->to, "<ol start=\"%u\">\n", start);
		break;
	}
	case MD_BLOCK_TABLE:
		buf_lit(&p->to, "<div class=\"table\"><table>\n");
		break;
	case MD_BLOCK_TH:
		buf_lit(&p->to, "<th scope=\"col\">");
		break;
	default:
		if (!block_names[type])
			break;
		buf_fmt(&p->to, "<%s>", block_names[type]);
		if (type == MD_BLOCK_UL || type == MD_BLOCK_QUOTE)
			buf_char(&p->to, '\n');
	}
}

static void close_block(struct page *p, MD_BLOCKTYPE type, void *detail)
{
	switch (type) {
	case MD_BLOCK_HR:
		break;
	case MD_BLOCK_H:
		buf_fmt(&p->to, "</h%d>\n", heading(p, detail));
		break;
	case MD_BLOCK_CODE:
		buf_lit(&p->to, "</code></pre>\n");
		break;
	case MD_BLOCK_TABLE:
		buf_lit(&p->to, "</table></div>\n");
		break;
	default:
		if (block_names[type])
			buf_fmt(&p->to, "</%s>\n", block_names[type]);
	}
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *page)
{
	struct page *p = page;
	if (!p->words_only)
		open_block(p, type, detail);
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *page)
{
	struct page *p = page;
	if (!p->words_only)
		close_block(p, type, detail);
	else if (p->to.n && p->to.p[p->to.n - 1] != '\n')
		buf_char(&p->to, type == MD_BLOCK_TD || type == MD_BLOCK_TH ? ' ' : '\n');
	return 0;
}

/* --- spans --- */

static const char *const span_names[] = {[MD_SPAN_EM] = "em",
					 [MD_SPAN_STRONG] = "strong",
					 [MD_SPAN_CODE] = "code",
					 [MD_SPAN_DEL] = "del"};

static const char *span_name(const struct page *p, MD_SPANTYPE type)
{
	bool known = (size_t)type < sizeof span_names / sizeof *span_names;
	return p->words_only || p->image || !known ? NULL : span_names[type];
}

static int enter_span(MD_SPANTYPE type, void *detail, void *page)
{
	struct page *p = page;
	if (span_name(p, type)) {
		buf_fmt(&p->to, "<%s>", span_name(p, type));
	} else if (type == MD_SPAN_A && !p->words_only && !p->image) {
		MD_SPAN_A_DETAIL *a = detail;
		p->link = open_link(p, &a->href, &a->title);
	} else if (type == MD_SPAN_IMG) {
		MD_SPAN_IMG_DETAIL *image = detail;
		if (p->image++ == 0 && !p->link && !p->words_only)
			p->picture = open_link(p, &image->src, &image->title);
	}
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *page)
{
	struct page *p = page;
	(void)detail;
	if (type == MD_SPAN_IMG)
		p->image--;
	bool *open = type == MD_SPAN_A ? &p->link : type == MD_SPAN_IMG ? &p->picture : NULL;
	if (span_name(p, type)) {
		buf_fmt(&p->to, "</%s>", span_name(p, type));
	} else if (open && *open && !p->image) {
		buf_lit(&p->to, "</a>");
		*open = false;
	}
	return 0;
}

static int text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *page)
{
	struct page *p = page;
	struct str s = {at, size};
	struct buf decoded = {.arena = p->to.arena};
	switch (type) {
	case MD_TEXT_BR:
		buf_add(&p->to, p->words_only || p->image ? S("\n") : S("<br>\n"));
		return 0;
	case MD_TEXT_SOFTBR:
		buf_char(&p->to, '\n');
		return 0;
	case MD_TEXT_NULLCHAR:
		utf8_put(&decoded, UTF8_BAD);
		s = buf_str(&decoded);
		break;
	case MD_TEXT_ENTITY:
		put_entity(&decoded, s);
		s = buf_str(&decoded);
		/* A name we do not know: browsers do. md4c let only letters and digits through. */
		if (!p->words_only && s.n > 2 && s.p[0] == '&') {
			buf_add(&p->to, s);
			return 0;
		}
		break;
	default:
		break;
	}
	if (p->words_only)
		buf_add(&p->to, s);
	else
		buf_html(&p->to, s);
	return 0;
}

static struct str render(struct page *p, struct str source)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH |
			 MD_FLAG_PERMISSIVEURLAUTOLINKS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = text,
	};
	/* md4c 0.4.8 looks at the byte after an unfinished link at the end: it finds a line's end.
	 */
	struct buf copy = {.arena = p->to.arena};
	buf_add(&copy, str_sub(source, 0, MOST_BYTES));
	buf_lit(&copy, "\n\0\0\0");
	if (md_parse(copy.p, (MD_SIZE)copy.n - 4, &parser, p) != 0)
		p->to.n = 0;
	return buf_str(&p->to);
}

/* A single paragraph loses its tags. */
static struct str without_paragraph(struct str html)
{
	struct str inside = str_from(html, 3);
	if (!str_starts(html, S("<p>")) || !str_ends(html, S("</p>\n")) ||
	    (size_t)str_find(inside, S("</p>\n")) != inside.n - 5)
		return html;
	return str_sub(inside, 0, inside.n - 5);
}

struct val *markdown(struct arena *a, struct str source, int first_heading, unsigned flags)
{
	struct page p = {.to = {.arena = a}, .first_heading = first_heading, .flags = flags};
	struct str html = render(&p, source);
	return val_html(a, flags & MARKDOWN_INLINE ? without_paragraph(html) : html);
}

struct str markdown_text(struct arena *a, struct str source)
{
	struct page p = {.to = {.arena = a}, .words_only = true};
	return str_trim(render(&p, source));
}

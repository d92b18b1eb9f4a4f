#include "web/vcard.h"

#include "base/buf.h"
#include "base/val.h"

enum { LONGEST = 75 };

/* A long line goes on in the next one behind a space, and never inside a character. */
static void put_line(struct buf *b, struct str line)
{
	size_t room = LONGEST;
	while (line.n > room) {
		size_t n = room;
		while (n > 1 && ((unsigned char)line.p[n] & 0xC0) == 0x80)
			n--;
		buf_add(b, str_sub(line, 0, n));
		buf_lit(b, "\r\n ");
		line = str_from(line, n);
		room = LONGEST - 1;
	}
	buf_add(b, line);
	buf_lit(b, "\r\n");
}

static void escape(struct buf *b, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '\r')
			continue;
		if (c == '\\' || c == ',' || c == ';' || c == '\n')
			buf_char(b, '\\');
		buf_char(b, c == '\n' ? 'n' : c);
	}
}

/* A parameter's value between quotation marks; RFC 6868 for what may not stand there. */
static void quote(struct buf *b, struct str text)
{
	buf_char(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"')
			buf_lit(b, "^'");
		else if (c == '\n')
			buf_lit(b, "^n");
		else if (c == '^')
			buf_lit(b, "^^");
		else if (c != '\r')
			buf_char(b, c);
	}
	buf_char(b, '"');
}

static const struct {
	const char *kind, *before, *after;
} properties[] = {
	{"email", "EMAIL", ""}, {"phone", "TEL", ""},  {"post", "ADR", ";;;;"},
	{"web", "URL", ""},     {"other", "NOTE", ""},
};

static void put_contact(struct buf *out, const struct val *contact)
{
	struct arena *a = out->arena;
	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
		struct buf b = {.arena = a};
		if (!str_is(val_s(contact, "kind"), properties[i].kind))
			continue;
		buf_fmt(&b, "%s%s:", properties[i].before,
			val_b(contact, "preferred") ? ";PREF=1" : "");
		if (str_is(val_s(contact, "kind"), "post"))
			buf_lit(&b, ";;"); /* a street, whatever its lines are */
		escape(&b, val_s(contact, "value"));
		buf_fmt(&b, "%s", properties[i].after);
		put_line(out, buf_str(&b));
	}
}

static void put(struct buf *out, const char *property, struct str text, const char *after)
{
	struct buf b = {.arena = out->arena};
	buf_fmt(&b, "%s:", property);
	escape(&b, text);
	buf_fmt(&b, "%s", after);
	put_line(out, buf_str(&b));
}

static void put_n(struct buf *out, const struct vcard *card)
{
	struct buf b = {.arena = out->arena};
	buf_lit(&b, "N;SORT-AS=");
	quote(&b, card->sort_name);
	buf_lit(&b, ":;");
	escape(&b, card->name);
	buf_lit(&b, ";;;");
	put_line(out, buf_str(&b));
}

struct str vcard_write(struct arena *a, const struct vcard *card)
{
	struct buf out = {.arena = a};
	buf_lit(&out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
	put(&out, "FN", card->name, "");
	put_n(&out, card);
	if (card->org.n)
		put(&out, "ORG", card->org, "");
	if (card->lang.n)
		put(&out, "LANG", card->lang, "");
	for (size_t i = 0; i < val_count(card->contacts); i++)
		put_contact(&out, val_at(card->contacts, i));
	buf_lit(&out, "END:VCARD\r\n");
	return buf_str(&out);
}

#include "core/mail.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"

#include <string.h>

enum {
	ADDRESS_MAX = 254,  /* RFC 5321, 4.5.3.1.3 */
	ENCODED_BYTES = 39, /* of source text: 52 characters of base64, an encoded word of 64 */
	QUOTED_LINE = 76,   /* RFC 2045, 6.7 */
	BASE64_LINE = 57,   /* bytes: 76 characters */
	FOLD_AT = 60,       /* leaves room for the header's name in 78 */
};

bool mail_address_ok(struct str a)
{
	ptrdiff_t at = str_find_char(a, '@');
	if (a.n > ADDRESS_MAX || at < 1 || at > 64 || (size_t)at + 1 >= a.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		unsigned char c = (unsigned char)a.p[i];
		if (c <= ' ' || c >= 127 || memchr("<>()[],;:\\\"", c, 11))
			return false;
		if (c == '@' && i != (size_t)at)
			return false;
	}
	struct str host = str_from(a, (size_t)at + 1);
	return host.p[0] != '.' && host.p[0] != '-' && !str_ends(host, S(".")) &&
	       str_find(host, S("..")) < 0;
}

static bool plain_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] == 127)
			return false;
	/* What looks like an encoded word would be decoded by the reader. */
	return str_find(s, S("=?")) < 0;
}

/* Breaks the line before a space where it gets long; the reader's program puts it together again.
 */
static struct str folded(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};
	struct str word;
	size_t column = 0;
	while (str_cut(&s, ' ', &word)) {
		if (column && column + word.n > FOLD_AT) {
			buf_lit(&b, "\r\n");
			column = 0;
		}
		if (b.n)
			buf_char(&b, ' ');
		buf_add(&b, word);
		column += word.n + 1;
	}
	return buf_str(&b);
}

static void base64_to(struct buf *b, struct str s)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.n; i += 3) {
		size_t left = s.n - i;
		uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;
		if (left > 1)
			v |= (uint32_t)(unsigned char)s.p[i + 1] << 8;
		if (left > 2)
			v |= (unsigned char)s.p[i + 2];
		buf_char(b, digits[v >> 18]);
		buf_char(b, digits[v >> 12 & 63]);
		buf_char(b, left > 1 ? digits[v >> 6 & 63] : '=');
		buf_char(b, left > 2 ? digits[v & 63] : '=');
	}
}

/* The longest start of s that is at most `max` bytes and does not cut a character. */
static size_t whole_characters(struct str s, size_t max)
{
	if (s.n <= max)
		return s.n;
	size_t n = max;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return n ? n : max;
}

struct str mail_header_words(struct arena *a, struct str s)
{
	struct buf clean = {.arena = a}, b = {.arena = a};
	for (size_t i = 0; i < s.n; i++)
		buf_char(&clean, (unsigned char)s.p[i] < ' ' || s.p[i] == 127 ? ' ' : s.p[i]);
	struct str rest = str_trim(buf_str(&clean));
	if (plain_ascii(rest))
		return folded(a, rest);
	while (rest.n) {
		size_t n = whole_characters(rest, ENCODED_BYTES);
		if (b.n)
			buf_lit(&b, "\r\n ");
		buf_lit(&b, "=?UTF-8?B?");
		base64_to(&b, str_sub(rest, 0, n));
		buf_lit(&b, "?=");
		rest = str_from(rest, n);
	}
	return buf_str(&b);
}

struct str mail_date(struct arena *a, int64_t now)
{
	static const char days[7][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int64_t day_number = now / 86400, second = now % 86400;
	int year, month, day;
	day_split(day_number, &year, &month, &day);
	return str_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[day_number % 7], day,
		       months[month - 1], year, (int)(second / 3600), (int)(second / 60 % 60),
		       (int)(second % 60));
}

static void quoted_byte(struct buf *b, unsigned char c, size_t *column, bool literal)
{
	size_t width = literal ? 1 : 3;
	if (*column + width > QUOTED_LINE - 1) {
		buf_lit(b, "=\r\n");
		*column = 0;
	}
	if (literal)
		buf_char(b, (char)c);
	else
		buf_fmt(b, "=%02X", c);
	*column += width;
}

struct str mail_quoted(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};
	size_t column = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (c == '\n') {
			buf_lit(&b, "\r\n");
			column = 0;
			continue;
		}
		bool at_end = i + 1 == s.n || s.p[i + 1] == '\n' || s.p[i + 1] == '\r';
		bool blank = c == ' ' || c == '\t';
		/* A leading dot is the transport's business, but some servers get it wrong. */
		bool literal = (c > ' ' && c < 127 && c != '=' && !(c == '.' && !column)) ||
			       (blank && !at_end);
		quoted_byte(&b, c, &column, literal);
	}
	return buf_str(&b);
}

/* "Name" <address>: quoted where it is ASCII with punctuation, else encoded (RFC 5322, 3.4). */
static void mailbox(struct buf *b, struct str name, struct str address)
{
	struct buf quoted = {.arena = b->arena};
	bool plain = name.n < FOLD_AT && plain_ascii(name);
	for (size_t i = 0; i < name.n && plain; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			buf_char(&quoted, '\\');
		buf_char(&quoted, name.p[i]);
	}
	if (name.n && plain)
		buf_fmt(b, "\"" STR_FMT "\" ", STR_ARG(buf_str(&quoted)));
	else if (name.n) {
		buf_add(b, mail_header_words(b->arena, name));
		buf_lit(b, "\r\n ");
	}
	buf_fmt(b, "<" STR_FMT ">\r\n", STR_ARG(address));
}

static void header(struct buf *b, const char *name, struct str value)
{
	if (!value.n)
		return;
	buf_fmt(b, "%s: " STR_FMT "\r\n", name, STR_ARG(value));
}

static void people(struct buf *b, const struct val *letter)
{
	struct str reply = val_s(letter, "reply_to");
	buf_lit(b, "From: ");
	mailbox(b, val_s(letter, "sender_name"), val_s(letter, "sender_address"));
	buf_lit(b, "To: ");
	mailbox(b, val_s(letter, "to_name"), val_s(letter, "to_address"));
	if (!mail_address_ok(reply))
		return;
	buf_lit(b, "Reply-To: ");
	mailbox(b, (struct str){0}, reply);
}

static void unsubscribe(struct buf *b, struct str url)
{
	bool clean = str_starts(url, S("https://")) || str_starts(url, S("http://"));
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] >= 127 || url.p[i] == '<' || url.p[i] == '>')
			clean = false;
	if (!clean || url.n > 800)
		return;
	buf_fmt(b, "List-Unsubscribe: <" STR_FMT ">\r\n", STR_ARG(url));
	buf_lit(b, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
}

static void part(struct buf *b, const char *boundary, const char *type, struct str body)
{
	buf_fmt(b, "--%s\r\nContent-Type: %s; charset=utf-8\r\n", boundary, type);
	buf_lit(b, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	buf_add(b, mail_quoted(b->arena, body));
	buf_lit(b, "\r\n");
}

/* "=_" cannot occur in quoted-printable text or base64, so no body can end a part early. */
static const char alternative[] = "=_waypost_alternative", mixed[] = "=_waypost_mixed";

static void texts(struct buf *b, const struct val *letter)
{
	buf_fmt(b, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", alternative);
	part(b, alternative, "text/plain", val_s(letter, "body"));
	part(b, alternative, "text/html", val_s(letter, "html"));
	buf_fmt(b, "--%s--\r\n", alternative);
}

/* What may stand in a quoted parameter or a media type; anything else would end it. */
static bool plain_words(struct str s, const char *marks)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && !strchr(marks, c))
			return false;
	}
	return s.n > 0 && s.n < 100;
}

static bool has_file(const struct val *letter)
{
	return val_s(letter, "file").n && plain_words(val_s(letter, "file_name"), "-_.") &&
	       plain_words(val_s(letter, "file_type"), "/-+.=; ");
}

/* RFC 2183, and RFC 2045, 6.8: lines of 76 characters. */
static void file_part(struct buf *b, const struct val *letter)
{
	struct str name = val_s(letter, "file_name"), bytes = val_s(letter, "file");
	buf_fmt(b, "--%s\r\nContent-Type: " STR_FMT "; name=\"" STR_FMT "\"\r\n", mixed,
		STR_ARG(val_s(letter, "file_type")), STR_ARG(name));
	buf_fmt(b, "Content-Disposition: attachment; filename=\"" STR_FMT "\"\r\n", STR_ARG(name));
	buf_lit(b, "Content-Transfer-Encoding: base64\r\n\r\n");
	for (size_t i = 0; i < bytes.n; i += BASE64_LINE) {
		size_t left = bytes.n - i;
		base64_to(b, str_sub(bytes, i, left < BASE64_LINE ? bytes.n : i + BASE64_LINE));
		buf_lit(b, "\r\n");
	}
}

struct str mail_message(struct arena *a, const struct val *letter, const char *host, int64_t now)
{
	struct buf b = {.arena = a};
	header(&b, "Date", mail_date(a, now));
	buf_fmt(&b, "Message-ID: <letter.%lld.%lld@%s>\r\n", (long long)val_i(letter, "id"),
		(long long)val_i(letter, "made_at"), host);
	people(&b, letter);
	header(&b, "Subject", mail_header_words(a, val_s(letter, "subject")));
	buf_lit(&b, "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n");
	header(&b, "Content-Language", mail_header_words(a, val_s(letter, "lang")));
	unsubscribe(&b, val_s(letter, "unsubscribe"));
	if (!has_file(letter)) {
		texts(&b, letter);
		return buf_str(&b);
	}
	buf_fmt(&b, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", mixed, mixed);
	texts(&b, letter);
	buf_lit(&b, "\r\n");
	file_part(&b, letter);
	buf_fmt(&b, "--%s--\r\n", mixed);
	return buf_str(&b);
}

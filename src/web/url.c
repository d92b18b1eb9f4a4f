#include "web/url.h"

#include "base/arena.h"
#include "base/utf8.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool url_decode(struct arena *a, struct str s, bool plus, struct str *out)
{
	char *to = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int high = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? hex(s.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (!c)
			return false;
		to[n++] = c;
	}
	struct str decoded = {to, n};
	if (!utf8_valid(decoded))
		return false;
	*out = utf8_nfc(a, decoded);
	return true;
}

enum form_result query_parse(struct arena *a, struct str query, struct form *out)
{
	struct str pair, name;
	while (str_cut(&query, '&', &pair)) {
		struct str value = pair;
		if (!str_cut(&value, '=', &name) || !name.n)
			continue;
		if (out->count == FORM_PARTS)
			return FORM_TOO_MANY;
		struct str decoded_name, decoded;
		if (name.n > FORM_NAME * 3 || !url_decode(a, name, true, &decoded_name) ||
		    decoded_name.n > FORM_NAME || !url_decode(a, value, true, &decoded))
			return FORM_MALFORMED;
		form_add(a, out, decoded_name, decoded);
	}
	return FORM_OK;
}

void query_add(struct buf *to, const char *name, struct str value)
{
	bool has_query = str_find_char(buf_str(to), '?') >= 0;
	buf_char(to, has_query ? '&' : '?');
	buf_url(to, str_of(name));
	buf_char(to, '=');
	buf_url(to, value);
}

bool url_is_local(struct str path)
{
	if (path.n == 0 || path.n > 1500 || path.p[0] != '/')
		return false;
	if (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\'))
		return false;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] <= ' ' || path.p[i] == '\\' || path.p[i] == 0x7f)
			return false;
	return true;
}

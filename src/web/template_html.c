#include "web/template_html.h"

#include <string.h>

enum state {
	TEXT,
	LESS, /* after '<' */
	BANG, /* after "<!" */
	COMMENT,
	TAG_NAME,
	IN_TAG, /* between attributes */
	NAME,   /* of an attribute */
	AFTER_NAME,
	EQUALS,
	VALUE, /* quoted */
	UNQUOTED,
	EITHER,     /* branches met: the tag may only go on with white space, or end */
	CODE,       /* script, style */
	CHARACTERS, /* title, textarea */
};

enum attribute { PLAIN, LINK, LOCAL, FORBIDDEN };

enum address {
	FRESH,
	SCHEME, /* literal letters that may become a scheme */
	FIXED,  /* in the path: no value can change where it goes */
	FIXED_QUERY,
	AFTER_VALUE, /* only filtered values so far: none can hold more of a scheme than a whole one
		      */
	STRANGE,     /* a scheme we do not know */
};

static const struct {
	const char *name;
	enum attribute kind;
} attributes[] = {
	{"href", LINK},        {"xlink:href", LINK},  {"cite", LINK},
	{"src", LOCAL},        {"action", LOCAL},     {"formaction", LOCAL},
	{"poster", LOCAL},     {"data", LOCAL},       {"manifest", LOCAL},
	{"background", LOCAL}, {"ping", FORBIDDEN},   {"style", FORBIDDEN},
	{"srcset", FORBIDDEN}, {"srcdoc", FORBIDDEN}, {"imagesrcset", FORBIDDEN},
};

static const struct {
	const char *tag;
	enum state content;
} special_elements[] = {
	{"script", CODE},    {"style", CODE},       {"iframe", CODE},
	{"xmp", CODE},       {"noembed", CODE},     {"noframes", CODE},
	{"plaintext", CODE}, {"title", CHARACTERS}, {"textarea", CHARACTERS},
};

static const char *const safe_schemes[] = {"http://", "https://", "mailto:", "tel:"};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c)
{
	c = lower(c);
	return c >= 'a' && c <= 'z';
}

static bool starts_part(char c)
{
	return c == '/' || c == '?' || c == '#';
}

static void append(char *word, size_t size, char c)
{
	size_t n = strlen(word);
	if (n + 1 < size)
		word[n] = lower(c);
}

static void start_word(struct html_place *p, char c)
{
	memset(p->word, 0, sizeof p->word);
	p->word[0] = lower(c);
}

/* An href that is not for clicking: what it names is loaded, or changes every other address. */
static bool loads(const char *tag)
{
	return !strcmp(tag, "link") || !strcmp(tag, "base") || !strcmp(tag, "use") ||
	       !strcmp(tag, "image");
}

static enum attribute attribute_of(const char *tag, const char *name)
{
	if (name[0] == 'o' && name[1] == 'n')
		return FORBIDDEN;
	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (!strcmp(name, attributes[i].name))
			return attributes[i].kind == LINK && loads(tag) ? LOCAL
									: attributes[i].kind;
	return PLAIN;
}

static void end_of_tag(struct html_place *p)
{
	enum state next = TEXT;
	for (size_t i = 0; !p->closing && i < sizeof special_elements / sizeof *special_elements;
	     i++)
		if (!strcmp(p->tag, special_elements[i].tag))
			next = special_elements[i].content;
	bool pre = !strcmp(p->tag, "pre") ? !p->closing : p->preformatted;
	struct html_place fresh = {.state = (uint8_t)next, .preformatted = pre};
	if (next != TEXT)
		memcpy(fresh.tag, p->tag, sizeof fresh.tag);
	*p = fresh;
}

static void start_tag(struct html_place *p, bool closing, char first)
{
	*p = (struct html_place){
		.state = TAG_NAME, .closing = closing, .preformatted = p->preformatted};
	p->tag[0] = lower(first);
}

/* Leaves an attribute, so that places after different attributes compare equal. */
static void between(struct html_place *p)
{
	p->state = IN_TAG;
	p->quote = p->attribute = p->address = 0;
	memset(p->word, 0, sizeof p->word);
}

static void in_address(struct html_place *p, char c)
{
	switch ((enum address)p->address) {
	case FRESH:
		p->address = c == '/'         ? FIXED
			     : starts_part(c) ? FIXED_QUERY
			     : c == '&'       ? STRANGE
					      : SCHEME;
		start_word(p, c);
		break;
	case SCHEME:
		if (c == '&') { /* a character reference can hide a ':' */
			p->address = STRANGE;
			break;
		}
		append(p->word, sizeof p->word, c);
		for (size_t i = 0; i < sizeof safe_schemes / sizeof *safe_schemes; i++)
			if (!strcmp(p->word, safe_schemes[i]))
				p->address = FIXED;
		if (strchr(p->word, ':')) {
			if (strlen(p->word) > 8 && p->address == SCHEME)
				p->address = STRANGE;
		} else if (starts_part(c)) {
			p->address = c == '/' ? FIXED : FIXED_QUERY;
		} else if (strlen(p->word) + 1 == sizeof p->word) {
			p->address = STRANGE;
		}
		break;
	case FIXED:
		if (c == '?' || c == '#')
			p->address = FIXED_QUERY;
		break;
	case AFTER_VALUE:
		p->address = c == '/' ? FIXED : starts_part(c) || c == '&' ? FIXED_QUERY : STRANGE;
		break;
	case FIXED_QUERY:
	case STRANGE:
		break;
	}
	if (p->address != SCHEME)
		memset(p->word, 0, sizeof p->word);
}

/* Inside script, style, title, textarea: only its own end tag ends it. */
static void in_content(struct html_place *p, char c)
{
	size_t n = strlen(p->tag);
	if (p->matched == 0 || (p->matched == 1 && c != '/') ||
	    (p->matched > 1 && p->matched < n + 2 && lower(c) != p->tag[p->matched - 2])) {
		p->matched = c == '<';
		return;
	}
	if (p->matched < n + 2) {
		p->matched++;
		return;
	}
	p->matched = 0;
	if (c == '>') {
		p->closing = true;
		end_of_tag(p);
	} else if (is_space(c) || c == '/') {
		p->state = IN_TAG;
		p->closing = true;
	}
}

static void after_less(struct html_place *p, char c)
{
	p->state = TEXT;
	if (c == '!')
		p->state = BANG;
	else if (c == '<')
		p->state = LESS;
	else if (c == '/')
		start_tag(p, true, 0);
	else if (is_letter(c))
		start_tag(p, false, c);
}

static void in_bang(struct html_place *p, char c)
{
	if (c == '-' && ++p->matched == 2) {
		p->state = COMMENT;
		p->matched = 0;
	} else if (c != '-') {
		p->matched = 0;
		if (c == '>')
			p->state = TEXT;
	}
}

static void in_comment(struct html_place *p, char c)
{
	if (c == '-') {
		p->matched = p->matched < 2 ? p->matched + 1 : 2;
	} else {
		if (c == '>' && p->matched == 2)
			p->state = TEXT;
		p->matched = 0;
	}
}

static const char *in_tag(struct html_place *p, char c)
{
	bool space = is_space(c);
	if (p->state == EQUALS) {
		if (c == '"' || c == '\'') {
			p->state = VALUE;
			p->quote = (uint8_t)c;
			p->address = FRESH;
			memset(p->word, 0, sizeof p->word);
		} else if (c == '>') {
			end_of_tag(p);
		} else if (!space) {
			p->state = UNQUOTED;
		}
		return NULL;
	}
	if (c == '>') {
		end_of_tag(p);
		return NULL;
	}
	if (p->state == UNQUOTED) {
		if (space)
			between(p);
		return NULL;
	}
	if (c == '/' || (space && p->state != NAME && p->state != AFTER_NAME)) {
		between(p);
	} else if (p->state == EITHER) {
		return "what goes on inside the tag depends on a section";
	} else if (p->state == TAG_NAME) {
		append(p->tag, sizeof p->tag, c);
	} else if (c == '=' && (p->state == NAME || p->state == AFTER_NAME)) {
		p->state = EQUALS;
		p->attribute = (uint8_t)attribute_of(p->tag, p->word);
	} else if (space) {
		p->state = AFTER_NAME;
	} else if (p->state == NAME) {
		append(p->word, sizeof p->word, c);
	} else {
		p->state = NAME;
		start_word(p, c);
	}
	return NULL;
}

static const char *step(struct html_place *p, char c)
{
	switch ((enum state)p->state) {
	case TEXT:
		if (c == '<')
			p->state = LESS;
		return NULL;
	case LESS:
		after_less(p, c);
		return NULL;
	case BANG:
		in_bang(p, c);
		return NULL;
	case COMMENT:
		in_comment(p, c);
		return NULL;
	case CODE:
	case CHARACTERS:
		in_content(p, c);
		return NULL;
	case VALUE:
		if ((uint8_t)c == p->quote)
			between(p);
		else if (p->attribute == LINK || p->attribute == LOCAL)
			in_address(p, c);
		return NULL;
	default:
		return in_tag(p, c);
	}
}

const char *html_feed(struct html_place *p, struct str literal)
{
	for (size_t i = 0; i < literal.n; i++) {
		const char *refused = step(p, literal.p[i]);
		if (refused)
			return refused;
	}
	return NULL;
}

static const char *address_value(struct html_place *p, enum html_mode *mode)
{
	switch ((enum address)p->address) {
	case FRESH:
	case AFTER_VALUE:
		*mode = p->attribute == LOCAL ? HTML_LOCAL : HTML_LINK;
		p->address = AFTER_VALUE;
		return NULL;
	case FIXED:
		*mode = HTML_PATH;
		return NULL;
	case FIXED_QUERY:
		*mode = HTML_QUERY;
		return NULL;
	case SCHEME:
	case STRANGE:
		break;
	}
	return "a value that could change where an address goes";
}

const char *html_value(struct html_place *p, enum html_mode *mode)
{
	*mode = HTML_REFUSED;
	switch ((enum state)p->state) {
	case TEXT:
		*mode = HTML_TEXT;
		return NULL;
	case CHARACTERS:
		if (p->matched)
			return "a value after '<'";
		*mode = HTML_QUOTED;
		return NULL;
	case VALUE:
		if (p->attribute == FORBIDDEN)
			return "a value in a style, script or srcset attribute";
		if (p->attribute != PLAIN)
			return address_value(p, mode);
		*mode = HTML_QUOTED;
		return NULL;
	case CODE:
		return "a value inside script or style";
	case COMMENT:
	case BANG:
		return "a value inside an HTML comment";
	case EQUALS:
	case UNQUOTED:
		return "a value in an unquoted attribute";
	default:
		return "a value inside a tag";
	}
}

bool html_same(const struct html_place *a, const struct html_place *b)
{
	return a->state == b->state && a->quote == b->quote && a->attribute == b->attribute &&
	       a->address == b->address && a->matched == b->matched && a->closing == b->closing &&
	       a->preformatted == b->preformatted && !memcmp(a->tag, b->tag, sizeof a->tag) &&
	       !memcmp(a->word, b->word, sizeof a->word);
}

static enum address merged_address(enum address a, enum address b)
{
	if (a == b)
		return a;
	if (a > b) {
		enum address t = a;
		a = b;
		b = t;
	}
	if (b == STRANGE || a == SCHEME || b == SCHEME)
		return STRANGE;
	return a == FIXED && b == FIXED_QUERY ? FIXED_QUERY : AFTER_VALUE;
}

const char *html_merge(struct html_place *into, const struct html_place *other)
{
	static const char refused[] = "the section ends in another place of the page than it began";
	if (html_same(into, other))
		return NULL;
	if (memcmp(into->tag, other->tag, sizeof into->tag) || into->closing != other->closing ||
	    into->preformatted != other->preformatted)
		return refused;
	if (into->state == VALUE && other->state == VALUE && into->quote == other->quote &&
	    into->attribute == other->attribute) {
		into->address = (uint8_t)merged_address(into->address, other->address);
		memset(into->word, 0, sizeof into->word);
		return NULL;
	}
	const unsigned in_tag_states =
		1u << TAG_NAME | 1u << IN_TAG | 1u << NAME | 1u << AFTER_NAME | 1u << EITHER;
	if (!(in_tag_states >> into->state & 1) || !(in_tag_states >> other->state & 1))
		return refused;
	between(into);
	into->state = EITHER;
	return NULL;
}

bool html_may_indent(const struct html_place *p)
{
	return p->state == TEXT && !p->preformatted;
}

struct str html_safe_link(struct str address, bool local)
{
	if (!address.n)
		return address;
	/* Browsers take tabs and line ends out of addresses: "/<tab>/host" is "//host". */
	for (size_t i = 0; i < address.n; i++)
		if ((unsigned char)address.p[i] < ' ' || address.p[i] == 0x7f)
			return S("#");
	if (starts_part(address.p[0]))
		return local && address.n > 1 && address.p[0] == '/' &&
				       (address.p[1] == '/' || address.p[1] == '\\')
			       ? S("#")
			       : address;
	for (size_t i = 0; !local && i < sizeof safe_schemes / sizeof *safe_schemes; i++)
		if (str_eq_nocase(str_sub(address, 0, strlen(safe_schemes[i])),
				  str_of(safe_schemes[i])))
			return address;
	for (size_t i = 0; i < address.n; i++) {
		char c = address.p[i];
		if (starts_part(c))
			return address;
		if (!is_letter(c) && !(c >= '0' && c <= '9') && !strchr("-._~%", c))
			return S("#");
	}
	return address;
}

#pragma once
/*
 * Where in an HTML page a template stands: fed with the literal text, it says how a value must be
 * written there, or that none may. It is a simplification of the HTML tokenizer that errs towards
 * refusing. States are compared and merged where the branches of a section meet.
 */
#include "base/str.h"

enum html_mode {
	HTML_REFUSED,
	HTML_TEXT,   /* escaped; VAL_HTML passes */
	HTML_QUOTED, /* everything escaped: attribute values, title, textarea */
	HTML_LINK,   /* an address' start: filtered by scheme, escaped */
	HTML_LOCAL,  /* the same for what a page loads or sends to: paths only */
	HTML_PATH,   /* percent-encoded as a path segment */
	HTML_QUERY,  /* percent-encoded as a query value */
	HTML_PLAIN,  /* not HTML at all */
};

struct html_place {
	uint8_t state, quote, attribute, address, matched;
	bool closing, preformatted;
	char tag[12], word[16]; /* of the element; of the attribute or the address' scheme */
};

/* Each returns NULL or why it is refused. */
const char *html_feed(struct html_place *, struct str literal);
const char *html_value(struct html_place *, enum html_mode *mode); /* a value comes here */
const char *html_merge(struct html_place *into, const struct html_place *other);
bool html_same(const struct html_place *, const struct html_place *);
/* Literal white space may be added here without changing what the page says. */
bool html_may_indent(const struct html_place *);

/* Writes what HTML_LINK and HTML_LOCAL allow of an address, else "#". */
struct str html_safe_link(struct str address, bool local);

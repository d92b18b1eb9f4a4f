#pragma once
/*
 * Pages are Mustache (the parts named here, held to the specification's own test files):
 *
 *   {{name}} {{a.b}} {{.}}        the value, escaped by its kind and its place; {{name|how}}
 * formatted first by the set's `format`: {{due|date}} {{total|number}}
 *   {{#name}}…{{/name}}           a section: list, object or truth    {{^name}}…{{/name}} its
 * absence
 *   {{>folder/part}}              a partial; {{>part key=word text="_Words"}} replaces [[key]] and
 *                                 [[text]] in its source before it is compiled; [[key|other]] has a
 *                                 default, [[#key]]…[[/key]] is kept if key was given and not
 * empty,
 *                                 [[^key]]…[[/key]] if not
 *   {{<layout}}{{$block}}…{{/block}}{{/layout}}   inheritance
 *   {{! comment }}
 *   {{_Some words}}               in the reader's language; %name% inside stands for a value
 *   {{_n count|%count% item|%count% items}}        with the plural form of `count`
 *   {{_$name}}                    the value of `name`, itself taken as a msgid
 *
 * A template is compiled once per language, so a translation costs nothing when a page is drawn.
 *
 * Places. In text a value is HTML-escaped and VAL_HTML passes as it is; in an attribute everything
 * is escaped. In an address (href, src, action …) values that stand first are written whole if they
 * are a path, query, fragment, or (href) an http, https, mailto or tel address, else as "#"; a
 * value after literal text is percent-encoded, and refused unless that text fixed where the address
 * goes: it starts with / ? # or one of those schemes, or holds a '/' before any ':'. Values are
 * refused when the template is compiled inside tags, unquoted attributes, script, style, on…,
 * srcset, srcdoc and comments. There is no raw variable: {{{x}}} and {{&x}} are refused, as are
 * other delimiters, lambdas and computed partial names. A partial that does not exist is refused.
 *
 * Unknown names are reported and write nothing. What `in`, `errors` and `theirs` do not have is not
 * unknown.
 */
#include "base/buf.h"
#include "base/err.h"
#include "base/val.h"

struct templates;

/* Where sources come from: the embedded ones, or a folder. */
typedef struct str template_source(void *context, const char *name); /* .p NULL if there is none */
typedef const char *template_words(void *context, const char *msgid);
typedef const char *template_plural(void *context, const char *one, const char *many, int64_t n);

struct template_set {
	template_source *source;
	template_words *words;   /* NULL: msgids as they are */
	template_plural *plural; /* NULL: English */
	/* Writes `value` for people, as plain text; false if it knows no such `how`. `model` is the
	 * first scope; *kept is NULL when a page begins and what the last call left there after.
	 * May be NULL. */
	bool (*format)(void *context, const struct val *model, const char *how,
		       const struct val *value, struct buf *to, void **kept);
	void *context;
	/* Called for every name that no scope had: the tests fail on it. May be NULL. */
	void (*unknown)(void *context, const char *name_of_template, struct str variable);
	bool text;   /* plain text, not HTML (letters): nothing is escaped, VAL_HTML is text too */
	bool reload; /* compile again at every rendering: while somebody designs */
};

/* Compiles on first use, in `arena` (the process's). Threads may share it. */
struct templates *templates_new(struct arena *arena, const struct template_set *set);
/* Renders into `to`; false with *err set if the template is missing or refused, or the data nests
 * deeper than 100. `scopes` are looked up last to first. */
bool template_render(struct templates *, const char *name, const struct val *const *scopes,
		     int scope_count, struct buf *to, struct err *err);
/* Every msgid of one template and its partials, for the catalogue: objects {msgid, plural, file,
 * line}. */
struct val *template_messages(struct templates *, struct arena *, const char *name,
			      struct err *err);

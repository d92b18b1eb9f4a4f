#pragma once
/*
 * Pages are Mustache (the parts named here, held to the specification's own test files):
 *
 *   {{name}} {{a.b}} {{.}}        the value, escaped by its kind; VAL_HTML passes as it is
 *   {{#name}}…{{/name}}           a section: list, object or truth    {{^name}}…{{/name}} its absence
 *   {{>folder/part}}              a partial; {{>part key=word text="_Words"}} replaces [[key]] and
 *                                 [[text]] in its source before it is compiled
 *   {{<layout}}{{$block}}…{{/block}}{{/layout}}   inheritance
 *   {{! comment }}
 *   {{_Some words}}               in the reader's language; %name% inside stands for a value
 *   {{_n count|%count% item|%count% items}}        with the plural form of `count`
 *   {{_$name}}                    the value of `name`, itself taken as a msgid
 *
 * A template is compiled once per language, so a translation costs nothing when a page is drawn. A
 * variable in an unsafe place (script, style, on…=, an unquoted attribute, href without a literal
 * start) is refused when it is compiled. There is no raw variable: {{{x}}} and {{&x}} are refused.
 */
#include "base/buf.h"
#include "base/err.h"
#include "base/val.h"

struct templates;

/* Where sources come from: the embedded ones, or a folder read again when a file changes. */
typedef struct str template_source(void *context, const char *name); /* .p NULL if there is none */
typedef const char *template_words(void *context, const char *msgid);
typedef const char *template_plural(void *context, const char *one, const char *many, int64_t n);

struct template_set {
	template_source *source;
	template_words *words;
	template_plural *plural;
	void *context;
	/* Called for every name that no scope had: the tests fail on it. May be NULL. */
	void (*unknown)(void *context, const char *name_of_template, struct str variable);
};

/* Compiles on first use, in `arena` (the process's). */
struct templates *templates_new(struct arena *arena, const struct template_set *set);
/* Renders into `to`; false with *err set if the template is missing or refused. `scopes` are looked
 * up last to first. */
bool template_render(struct templates *, const char *name, const struct val *const *scopes,
		     int scope_count, struct buf *to, struct err *err);
/* Every msgid of one template and its partials, for the catalogue: objects {msgid, plural, file, line}. */
struct val *template_messages(struct templates *, struct arena *, const char *name, struct err *err);

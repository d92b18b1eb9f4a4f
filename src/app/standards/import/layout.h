#pragma once
/*
 * A layout: how one publisher sets out a document, as data. README.md in this folder teaches how to
 * write one; this is how the program sees it.
 *
 * A layout is a list of rules, one a line: a verb, bare words, and quoted strings. A line that is
 * indented belongs to the rule above it that is not. Bare words after the first strings name what
 * the strings after them are for:   scale aids "Work aids*" ask "*which tools*"
 */
#include "app/standards/import/pattern.h"

enum verb {
	RULE_LAYOUT,
	RULE_TITLE,
	RULE_INCLUDE,
	RULE_NEEDS,
	RULE_LANGUAGE,
	RULE_BULLETS, /* the layout */
	RULE_DROP,
	RULE_META,
	RULE_BEGIN,
	RULE_END, /* lines */
	RULE_SECTION,
	RULE_HEADING,
	RULE_AGAIN,
	RULE_CODE,
	RULE_LINE, /* what opens items */
	RULE_PARA,
	RULE_BULLET,
	RULE_NESTED,
	RULE_CAPS,
	RULE_LEAD,
	RULE_LOOSE, /* what the rest is */
	RULE_TABLE,
	RULE_LEVEL,
	RULE_LEVELED,
	RULE_LEGEND,
	RULE_COLUMN, /* tables */
	RULE_SCALE,
	RULE_QUESTION,
	RULE_SPLIT,
	RULE_REFER,
	RULE_EXAMPLE,
	RULE_COMMENT,
	RULE_GUESS,
};

struct arg {
	struct str text;
	bool quoted;
	struct str key;                /* key_text() of a quoted one */
	const struct pattern *pattern; /* of a quoted one, where the verb takes patterns */
};

struct rule {
	enum verb verb;
	struct str kind; /* the first bare word, if any */
	int rank;        /* the second, if it is a number */
	const struct arg *args;
	int n;
	struct rule *inner;
	int inner_n;
	int line;
	int id; /* its place in the layout: what was matched, for the score */
};

struct layout {
	struct str name;
	struct rule *rules; /* its own, then those of what it includes */
	int n, ids;
};

struct layout_file {
	struct str name, text;
};

struct layouts {
	struct layout *at;
	int n;
};

/* All the layouts of a program, in any order. NULL, and `fault` an English sentence with file and
 * line, if one of them is wrong. A layout without its own `needs` is only there to be included. */
const struct layouts *layouts_read(struct arena *, const struct layout_file *, int n,
				   struct str *fault);
const struct layout *layouts_find(const struct layouts *, struct str name); /* or NULL */

/* The strings of a rule: of its beginning ("" as name) or those after a bare word. */
struct args {
	const struct arg *at;
	int n;
};
struct args rule_strings(const struct rule *, const char *name);
bool rule_has(const struct rule *, const char *word);
struct str rule_word_after(const struct rule *, const char *word); /* bare or quoted; or empty */

/* The first rule of a verb inside `within` (NULL: at the top) from `*from` on; moves `*from`. */
const struct rule *rule_next(const struct layout *, const struct rule *within, enum verb,
			     int *from);
/* The first rule of a verb: inside the section if there is one that has it, else at the top. */
const struct rule *rule_near(const struct layout *, const struct rule *section, enum verb);
/* Does a heading match one of the strings? `exact` receives whether nothing stood for anything. */
bool rule_matches(const struct rule *, const char *name, const struct key *, struct match *);

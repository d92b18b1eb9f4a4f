#pragma once
/*
 * What all lanes of a process share and none changes: made once before the first request. Templates
 * lock themselves.
 */
#include "core/apart.h"
#include "core/feature.h"
#include "core/file.h"
#include "core/secret.h"
#include "server/config.h"
#include "web/i18n.h"
#include "web/route.h"
#include "web/template.h"

enum { SITE_LANGS = 2 };

/* A language of the interface. */
struct site_lang {
	const char *tag, *name; /* in that language */
	const struct site *site;
	struct catalogue *words; /* NULL: English */
	struct templates *pages;
};

struct site {
	struct arena *arena;
	const struct config *config;
	const struct feature *const *features; /* ends with NULL */
	struct secrets secrets;
	struct file_store files;
	struct apart apart;                /* who reads strangers' files */
	struct queue *queue;               /* of SQLite's writers in all processes; NULL: none */
	struct routes *of_org, *of_server; /* in an organisation; and the rows with ROUTE_NO_ORG */
	const struct route *const *all;    /* every route, ends with NULL */
	struct site_lang langs[SITE_LANGS];
	const struct letter_kind *const *letters; /* of every feature, ends with NULL */
	const struct personal *personal; /* likewise, core's first; ends with a NULL name */
	const struct mine *mine;         /* likewise; ends with NULL words */
	const struct val *lang_tags;     /* a list of their tags */
	struct str build;                /* changes with every build: part of every validator */
	struct val *assets;              /* {site_css: "site.0123456789abcdef.css"} */
	struct metrics *metrics;         /* of all processes; NULL: none are counted */
	struct str metrics_token;        /* empty: /metrics is not there */
	int64_t (*clock)(void);          /* the time of requests: tests set their own */
};

/* Stops the program if the tables are wrong. `secrets` is copied. */
struct site *site_new(struct arena *, const struct config *, const struct feature *const *features,
		      const struct secrets *secrets, int64_t (*clock)(void));
/* A table that a feature may have: the member of struct feature that points to it, the size of a row,
 * where in a row stands the pointer that is NULL in the last one, and what comes before all others. */
struct site_table {
	size_t at, size, end;
	const void *first;
};
/* That of all features as one, in their order; a row of zeros ends it. */
void *site_rows(struct arena *, const struct feature *const *features, struct site_table);
const struct site_lang *site_lang(const struct site *, struct str tag); /* English if unknown */
/* A file of the program, from --assets if that is set. .p is NULL if there is none. */
struct str site_file(const struct site *, struct arena *, const char *name);
/* The first name that a template of this thread asked for in vain since the last call, as
 * "page: name"; NULL if there was none. */
const char *site_unknown(void);

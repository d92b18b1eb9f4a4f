#pragma once
/*
 * Vocabularies: barriers, methods, needs, life roles, occupations. A term has a code in a scheme;
 * its names are core text (owner "term", fields "name" and "note"). Shipped terms belong to the
 * server and are the same for everybody; an organisation may add its own to any scheme, never one
 * with a shipped code. A term is retired, not deleted: old rows keep pointing at it, new ones are
 * not offered it.
 */
#include "db/db.h"

struct term {
	int64_t org; /* 0: shipped */
	const char *scheme;
	struct str code;
	int64_t broader;  /* term above it, 0 if none */
	int64_t position; /* order in the scheme; equal ones by code */
};

/* Adds and returns the id; 0 if that code is taken in this organisation or shipped. */
int64_t term_add(struct db *, struct arena *, const struct term *);
/* Sets or takes back the date of retirement (0). False if it is not this organisation's term. */
bool term_retire(struct db *, struct arena *, int64_t org, int64_t id, int64_t at);
/* The terms an organisation is offered, in order: {id, code, broader, own, name, name_lang,
 * name_other}. */
struct val *term_list(struct db *, struct arena *, int64_t org, const char *scheme, struct str lang,
		      struct str first);
/* Id of a code as this organisation reads it, retired ones too; 0 if unknown. */
int64_t term_find(struct db *, struct arena *, int64_t org, const char *scheme, struct str code);

/* Vocabulary that comes with the program, as data. Loading again changes only what changed. */
struct term_shipped {
	const char *scheme, *code, *en, *fr;
};
extern const struct term_shipped term_shipped[]; /* ends with a NULL scheme */
void term_ship(struct db *, struct arena *, const struct term_shipped *, int64_t now);
/* All of it, after every migration: calls db_use() and takes a transaction of its own. */
bool term_ship_all(struct db *, struct arena *, struct err *, int64_t now);

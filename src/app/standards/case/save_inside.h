#pragma once
/* What the files that save a package share; nobody else includes it. */
#include "app/standards/case/names.h"
#include "app/standards/case/save.h"
#include "app/standards/store.h"

struct saving_case {
	const struct case_saving *s;
	const struct case_package *p;
	struct arena *arena, *batch; /* batch: of one transaction */
	struct writer w;
	struct case_saved *out;
	struct str lang, source_lang; /* source_lang: of the original of a translation */
	struct names known;           /* uuid -> index of ids */
	int64_t *ids;
	int32_t ids_n, ids_cap;
	int64_t *item_of, *node_of; /* by the package's index; 0: not there yet */
	struct names kinds;
	int64_t started, began; /* the whole, and this transaction: milliseconds */
	int64_t done, total;
	bool stopped;
};

/* One of many short transactions: begins one, tells whether it is time to end it, and ends it with
 * a sign of life. case_end() is false when the work is over: it failed or was stopped. */
void case_begin(struct saving_case *);
bool case_time_is_up(const struct saving_case *, int64_t rows);
bool case_commit(struct saving_case *, const char *words);

struct val *saving_params(struct saving_case *);             /* org, now, me, standard, version */
void case_learn(struct saving_case *, const struct query *); /* fills known and ids */
int64_t case_known(const struct saving_case *, struct str uuid);
void case_learn_one(struct saving_case *, struct str uuid, int64_t id);
/* In which language an item speaks: the standard's, unless it says another one. */
struct str case_item_lang(const struct saving_case *, const struct case_item *);
/* Rows of one item, association …; nobody writes them twice. */
void case_keep_item(struct saving_case *, int32_t at, int64_t node, struct str identifier);
bool case_keep_rest(struct saving_case *); /* document apart: associations, definitions, rubrics */
void case_keep_document(struct saving_case *, bool again);

/* save_onto.c */
void case_lay_onto(struct saving_case *); /* out has the original's standard and version */

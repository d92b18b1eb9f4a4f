#pragma once
/*
 * One import under way: the blocks of a source are read in order with the rules of a layout, and
 * every line gets one fate. Shared by the files of this folder; import.h is what others see.
 *
 * A *ranked* item is a heading or a coded one: it holds what follows until one of the same or a
 * higher rank (a smaller number) comes. A *section* says of which kind the things under it are; it
 * is no item itself. What follows a ranked item and stands before any section is *loose*.
 */
#include "app/standards/import/block.h"
#include "app/standards/import/import.h"
#include "base/val.h"

/* Outside is unplaced too: before the beginning or after the end of this document. */
enum fate { FATE_NONE, FATE_ITEM, FATE_FURNITURE, FATE_UNPLACED, FATE_OUTSIDE };

enum { RANKS = 10, MOST_NESTED = 40 };

struct item {
	int parent;    /* index; -1: none */
	int rank;      /* 0: it holds nothing by itself */
	int64_t order; /* among its siblings: as they were made, unless moved */
	struct str kind, code, title;
	struct rich text;
	int *lines, lines_n, lines_cap; /* indexes */
	bool guessed, heading, loose, gone;
	bool inner; /* its rule stands inside a section, and it closes with it */
	int indent;
	const char *guess;          /* by which rule: an English msgid */
	const struct rule *section; /* the one it stood in */
	struct val *more;           /* further fields of the result, or NULL */
};

struct entry { /* of the list that is open */
	int item, indent;
	bool ordered; /* its marker or code shows where it stands, whatever the indentation */
	bool opened;  /* it ends with a colon, and a blank line stands before what is under it */
	bool leads;   /* it ends with a colon: what follows at the same depth is under it */
	bool italic;  /* what is under it so far is all italic */
	int children;
	enum mark mark;
	int ordinal;
};

struct level {
	struct str name, key;
	int line;
};

struct cell {
	int item, level, line;
	struct rich text;
};

struct engine {
	struct arena *arena;
	const struct layout *layout;
	const struct source *source;
	struct blocks blocks;
	int block; /* the one being read */

	struct item *items;
	int n, cap;
	unsigned char *fates;
	const char **reasons;

	struct val *document;
	struct str title_key;
	bool plain_title;    /* the title was taken because it stood first */
	unsigned char *seen; /* by rule id: it matched */
	int csv_columns;
	int formed;     /* items made by `line` */
	int structured; /* blocks that were headings, codes, list entries or rows */

	const struct rule *section;
	int holder[RANKS]; /* item by rank; -1: none */
	int lead, last;    /* items; -1 */
	struct entry list[MOST_NESTED];
	int depth;
	bool ended;
	int begins;    /* block */
	int skip;      /* block already read with the one before it */
	int styles[8]; /* how many blocks are headings of each # level; 0: capitals, 7: bold */
	int named[64], named_n; /* items that a heading may name again */
	int *codes;             /* hash table of ranked items by code, -1 empty */
	size_t codes_mask;

	int rating;                          /* the item of the scale that is open, -1 */
	struct str level_names[MOST_NESTED]; /* keys of the headings that are levels */
	int level_names_n;
	struct level *levels;
	int levels_n, level; /* level: the one that headings opened, -1 */
	struct cell *cells;
	int cells_n, cells_cap;
	struct table *table; /* the open one, or NULL */
	struct val *legend;  /* of codes: {A: kind} */
};

/* engine.c */
struct engine *engine_new(struct arena *, const struct source *, const struct layout *);
int engine_holder(const struct engine *); /* the deepest open ranked item, -1: none */
int engine_add(struct engine *, struct str kind, int parent, const struct rich *,
	       const struct block *);
int engine_open(struct engine *, const struct rule *, int rank, struct str code,
		const struct rich *, const struct block *);
void engine_take(struct engine *, int index, const struct block *); /* these lines too */
void engine_guess(struct engine *, int item, const char *rule);
void engine_furniture(struct engine *, const struct block *, const char *why);
void engine_unplaced(struct engine *, const struct block *, const char *reason);
void engine_outside(struct engine *, const struct block *, const char *reason);
void engine_enter(struct engine *, const struct rule *section); /* closes what the last one held */
void engine_close_inner(struct engine *); /* what the section's own rules opened */
struct val *engine_more(struct engine *, int item);
void engine_saw(struct engine *, const struct rule *);
const struct rule *engine_rule(const struct engine *, enum verb); /* of the section, else the top */
struct str match_piece(const struct match *, const char *name, struct str text, size_t *from,
		       size_t *to);

int engine_coded(const struct engine *, struct str code); /* a ranked item, or -1 */
void engine_index(struct engine *, int item);
void engine_reenter(struct engine *, int item); /* what follows stands under it again */

/* read.c */
void engine_read(struct engine *);
void engine_paragraph(struct engine *, const struct block *);

/* heading.c: each takes the block or returns false */
bool block_is_heading(const struct engine *, const struct block *, bool plain);
bool heading_named(struct engine *, const struct block *);
bool heading_coded(struct engine *, const struct block *);
bool heading_again(struct engine *, const struct block *);
bool heading_any(struct engine *, const struct block *);
bool heading_title(struct engine *, const struct block *);
void label_kind(struct engine *, struct str name, struct str label); /* as the text calls it */
void number_item(struct engine *, int index); /* gives it the next number under its parent */

/* line.c */
bool line_match(struct engine *, const struct block *);
/* Gives an item what a pattern kept of the text: title, code, languages, whatever it names. */
void line_pieces(struct engine *, int item, const struct match *, struct str text);
void line_label(struct engine *, int item, struct str before); /* "Goal:" */
struct val *list_of_names(struct arena *, struct str); /* "French/English, Cree and Inuktitut" */
void legend_apply(struct engine *, int index);
bool legend_row(struct engine *, const struct block *);

/* list.c */
void engine_bullet(struct engine *, const struct block *);
void list_reset(struct engine *);
void list_base(struct engine *, int item,
	       const struct block *); /* a coded item is its first entry */

/* table.c, rows.c, rating.c */
bool table_row(struct engine *, const struct block *);
void table_end(struct engine *);
bool level_is_named(const struct engine *, struct str); /* by a `level` of the layout */
int level_find(struct engine *, struct str name, int line, bool add);
void descriptor_add(struct engine *, int item, int level, const struct rich *, int line);
bool level_heading(struct engine *, const struct block *);
void level_find_headings(struct engine *);
void read_csv(struct engine *);
void rows_finish(struct engine *); /* puts rows under their parents */
struct columns;
struct columns *columns_of(struct engine *, const struct rich *cells, int n); /* NULL: no text */
bool columns_row(struct engine *, struct columns *, const struct rich *cells, int n,
		 const struct block *);
bool rating_block(struct engine *, const struct block *);

/* finish.c, result.c */
void engine_finish(struct engine *);
void finish_loose(struct engine *, int ranked);
struct val *engine_result(struct engine *);
void import_count(struct arena *, struct val *result); /* fills `counts` but for the lines */

#pragma once
/*
 * What the columns of a roster mean, as pure functions of its tables (roster_read.h) and of what a
 * person said about them (`settings`):
 *
 *   { columns: [code of each column], date_order: "dmy"|"mdy", school, lang, guardians: wanted }
 *
 * roster_entries() gives { people: [{ line, file, key, id, name, sort_name, formal_name, lang,
 * minor_until, role, emails, phones, groups: [{ ref, staff, since, until }], known_only }], groups:
 * [{ ref, source, name, since, until, line }], errors: [{ line, file, name, message, value }], left: [{ file,
 * column, message }], gone: [keys], guardians: [{ line, file, child, key: both keys, name: of the child, guardian_name,
 * position }] }. `ref` is a group's own key ("oneroster:C7"), or its folded name.
 * What cannot be used is an error with its line and words (a msgid); nothing is dropped unsaid.
 */
#include "base/val.h"

struct roster_meaning {
	const char *code;  /* "given" */
	const char *label; /* a msgid */
	const char *words; /* folded header words that mean it, English and French: "a|b c|d" */
	bool many;         /* several columns may mean it */
};
extern const struct roster_meaning roster_meanings[]; /* ends with a NULL code */
/* NULL: there is none of that code. */
const struct roster_meaning *roster_meaning(struct str code);
/* Why a column is never taken, though its meaning is known: a msgid, or NULL. */
const char *roster_never(struct arena *, struct str header);

/* The code of each column of a plain CSV, "" where nothing is known of it. */
struct val *roster_guess(struct arena *, const struct val *columns);

enum roster_order { ORDER_ANY, ORDER_ISO, ORDER_DMY, ORDER_MDY, ORDER_MIXED };
/* As the values of the columns that hold dates show it. */
enum roster_order roster_order(struct arena *, const struct val *file, const struct val *codes);
/* YYYY-MM-DD of a date written in any of these ways; false: it is no date. */
bool roster_day(struct arena *, struct str text, enum roster_order, struct str *day);
enum roster_order roster_order_named(struct str name); /* "dmy", "mdy" */

/* Is it OneRoster: by the names and the columns of its files? */
bool roster_is_one(const struct val *read);
/* The schools of a OneRoster: { key, name }. */
struct val *roster_schools(struct arena *, const struct val *read);

struct val *roster_entries(struct arena *, const struct val *read, const struct val *settings);
/* The two halves of it (roster_plain_rules.c, roster_one_rules.c). */
void roster_plain(struct arena *, struct val *out, const struct val *read,
		  const struct val *settings);
void roster_one(struct arena *, struct val *out, const struct val *read,
		const struct val *settings);
/* An entry with nothing in it but where it stands. */
struct val *roster_entry(struct arena *, int64_t line, struct str file);
void roster_error(struct val *out, const struct val *entry, const char *message, struct str value);
/* A file or a column that is not taken; `message` a msgid. */
void roster_left(struct val *out, struct str file, struct str column, const char *message);

/* Rows found by a text, in the order of the list where several have it. */
struct roster_index;
struct roster_index *roster_index_new(struct arena *, size_t most);
void roster_index_add(struct roster_index *, struct str key, struct val *row);
void roster_index_sort(struct roster_index *); /* before it is asked */
/* The first of them and how many there are; NULL if there is none. */
struct val *roster_index_find(const struct roster_index *, struct str key, size_t *count);
/* The one so many behind the first; NULL behind the last. */
struct val *roster_index_nth(const struct roster_index *, struct str key, size_t nth);

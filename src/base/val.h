#pragma once
/*
 * A val is the one data type that crosses every seam: validated input, SQL parameters, SQL rows,
 * the page's model, JSON and CSV. A tree of vals is owned by the arena it was made in; vals are
 * shared freely and never freed. Objects keep the order in which names were set.
 *
 * Looking up is total: a missing name, an index out of range or the wrong kind gives null, 0 or the
 * empty str, never NULL, so a chain of look-ups needs no checks. Only web/markdown makes VAL_HTML.
 */
#include "base/str.h"

struct arena;

enum val_kind {
	VAL_NULL,
	VAL_BOOL,
	VAL_INT,
	VAL_REAL,
	VAL_TEXT,
	VAL_HTML,
	VAL_BLOB,
	VAL_LIST,
	VAL_OBJECT
};

struct val; /* opaque; val.c knows */

enum val_kind val_kind(const struct val *);
bool val_is_null(const struct val *);
bool val_true(const struct val *); /* false: null, false, 0, "", the empty list (Mustache's rule) */
bool val_equal(const struct val *, const struct val *);

struct val *val_null(void);
struct val *val_bool(struct arena *, bool);
struct val *val_int(struct arena *, int64_t);
struct val *val_real(struct arena *, double);
struct val *val_text(struct arena *, struct str); /* the bytes are not copied */
struct val *val_text_copy(struct arena *, struct str);
struct val *val_html(struct arena *, struct str);
struct val *val_blob(struct arena *, struct str);
struct val *val_list(struct arena *);
struct val *val_list_for(struct arena *, size_t items); /* with room for so many */
struct val *val_object(struct arena *);
struct val *val_object_for(struct arena *, size_t members); /* with room for so many */

bool val_get_bool(const struct val *);
int64_t val_get_int(const struct val *); /* a real is cut, text is read if it is a whole number */
double val_get_real(const struct val *);
struct str val_get_str(const struct val *);              /* text, html or blob; others: empty */
struct str val_show(struct arena *, const struct val *); /* as a template shows it */

/* Lists */
size_t val_count(const struct val *); /* of a list or an object */
struct val *val_at(const struct val *, size_t index);
void val_push(struct val *list, struct val *item);
bool val_holds(const struct val *list, struct str text); /* one of its items is this text */

/* A name and a number made of it, by which objects keep their members: who looks for one name in many
 * objects makes it once. */
struct val_name {
	const char *text;
	uint32_t number;
};
struct val_name val_name(const char *text);

/* Objects. `name` is not copied: a literal, or text in an arena that lives as long. */
struct val *val_get(const struct val *, const char *name);
struct val *val_path(const struct val *, const char *dotted); /* "org.name" */
bool val_has(const struct val *, const char *name);
const struct val *val_find(const struct val *, struct val_name); /* NULL where the name is not */
const char *val_name_at(const struct val *, size_t index);
void val_set(struct val *object, const char *name, struct val *value); /* replaces */
/* Appends without looking whether the name is there: for rows and documents, whose names are known
 * to differ. */
void val_add(struct val *object, const char *name, struct val *value);
void val_add_named(struct val *object, struct val_name, struct val *value);
void val_merge(struct val *object, const struct val *from); /* from's names win */
/* The same members again, with room for `more`; the values are shared. */
struct val *val_copy(struct arena *, const struct val *object, size_t more);

/* The shorthands most code uses: read or write one name of an object. */
int64_t val_i(const struct val *, const char *name);
double val_r(const struct val *, const char *name);
struct str val_s(const struct val *, const char *name);
bool val_b(const struct val *, const char *name);
void val_set_int(struct val *object, const char *name, int64_t);
void val_set_real(struct val *object, const char *name, double);
void val_set_str(struct val *object, const char *name, struct str);
void val_set_bool(struct val *object, const char *name, bool);
void val_set_null(struct val *object, const char *name);
struct val *val_set_list(struct val *object, const char *name);   /* returns the new list */
struct val *val_set_object(struct val *object, const char *name); /* returns the new object */
struct val *val_push_object(struct val *list);                    /* returns the new object */

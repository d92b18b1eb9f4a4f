#pragma once
/*
 * The parameters of a query in one line, named as the variables that hold them:
 *
 *   db_row(db, &q_person_by_id, ARGS(a, ARG(person), ARG_AS("now", at->now)));
 *
 * A value is an integer, a struct str, a C string or a val. ARG_NULL() gives null for 0 and for the
 * empty str. Texts are not copied.
 */
#include "base/val.h"

struct arg {
	const char *name;
	bool is_int, null;
	int64_t i;
	struct str s;
	struct val *v;
};

#define ARGS(a, ...)            args_of((a), (const struct arg[]){__VA_ARGS__, {0}})
#define ARG(variable)           ARG_AS(#variable, variable)
#define ARG_AS(name_, value_)   ARG_MAKE(value_)((name_), (value_), false)
#define ARG_NULL(name_, value_) ARG_MAKE(value_)((name_), (value_), true)

/* clang-format off */
#define ARG_MAKE(value_) _Generic((value_), \
	struct str: arg_str, char *: arg_c, const char *: arg_c, \
	struct val *: arg_val, const struct val *: arg_val, default: arg_int)
/* clang-format on */

struct val *args_of(struct arena *, const struct arg *args);
struct arg arg_str(const char *name, struct str, bool null);
struct arg arg_c(const char *name, const char *, bool null);
struct arg arg_val(const char *name, const struct val *, bool null);
struct arg arg_int(const char *name, int64_t, bool null);

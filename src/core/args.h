#pragma once
/*
 * The parameters of a query in one line, named as the variables that hold them:
 *
 *   db_row(db, &q_person_by_id, ARGS(a, ARG(person), ARG_AS("now", at->now)));
 *
 * A value is an integer, a struct str, a C string or a val. ARG_NULL() gives null for 0 and for the
 * empty str. The texts are not copied.
 */
#include "base/val.h"

struct arg {
	const char *name;
	struct val *value;
};

#define ARGS(a, ...)                                                                               \
	({                                                                                         \
		struct arena *args_arena = (a);                                                    \
		args_of(args_arena, (const struct arg[]){                                          \
					    __VA_ARGS__, {NULL, NULL}
                });                           \
	})
#define ARG(variable) ARG_AS(#variable, variable)
#define ARG_AS(name_, value_)                                                                      \
	{                                                                                          \
		(name_), ARG_VAL(value_)(args_arena, (value_), false)                              \
	}
#define ARG_NULL(name_, value_)                                                                    \
	{                                                                                          \
		(name_), ARG_VAL(value_)(args_arena, (value_), true)                               \
	}
#define ARG_VAL(value_)                                                                            \
	_Generic((value_), struct str                                                              \
		 : arg_str, char *                                                                 \
		 : arg_c, const char *                                                             \
		 : arg_c, struct val *                                                             \
		 : arg_val, default                                                                \
		 : arg_int)

struct val *args_of(struct arena *, const struct arg *args);
struct val *arg_str(struct arena *, struct str, bool null);
struct val *arg_c(struct arena *, const char *, bool null);
struct val *arg_val(struct arena *, struct val *, bool null);
struct val *arg_int(struct arena *, int64_t, bool null);

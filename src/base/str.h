#pragma once
/*
 * A str is a view of bytes owned by someone else: an arena, the program text, or a request's body.
 * It is passed by value and is not NUL-terminated. The zero str is the empty one.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
	const char *p;
	size_t n;
};

/* A literal as a str. In an initialiser of static data it must be STR(), without a cast. */
#define STR(literal)                                                                               \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}
#define S(literal) ((struct str)STR(literal))
#define STR_FMT    "%.*s" /* printf("…" STR_FMT, STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).p

/* Marks an English text of the interface, so that the catalogue collects it; tr() shows it. */
#define N_(text) (text)

struct str str_of(const char *c_string); /* NULL gives the empty str */
struct str str_dup(struct arena *, struct str);
const char *str_c(struct arena *, struct str); /* a NUL-terminated copy */
/* Followed by a NUL, so that .p is also a C string. */
struct str str_fmt(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_vfmt(struct arena *, const char *format, va_list)
	__attribute__((format(printf, 2, 0)));

bool str_eq(struct str, struct str);
bool str_is(struct str, const char *c_string);
bool str_eq_nocase(struct str, struct str); /* ASCII letters only */
int str_cmp(struct str, struct str);        /* by bytes, as SQL's binary collation */
bool str_starts(struct str, struct str prefix);
bool str_ends(struct str, struct str suffix);
ptrdiff_t str_find(struct str, struct str needle); /* offset, or -1 */
ptrdiff_t str_find_char(struct str, char);

struct str str_sub(struct str, size_t from, size_t to); /* both cut to the length */
struct str str_from(struct str, size_t from);
struct str str_trim(struct str); /* ASCII white space, both ends */
struct str str_trim_end(struct str);
/* Cuts `*rest` at the first `by`: returns what is before it and leaves what is after it. Returns
 * false when nothing is left, so that while (str_cut(&rest, '\n', &line)) visits every line. */
bool str_cut(struct str *rest, char by, struct str *piece);

/* Whole-string decimal: no sign but '-', no space, no overflow; false leaves *out alone. */
bool str_int(struct str, int64_t *out);
bool str_real(struct str, double *out);

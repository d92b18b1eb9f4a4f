#pragma once
/* The context rating scales of a competency: what is asked about it beside its text. They are the
 * seven scales of PRODUCT's "Standards"; a scale may be asked and not answered. */
#include "base/str.h"

struct val;
struct req;

struct scale {
	const char *code;  /* "consequence" */
	const char *label; /* msgid */
};
extern const struct scale scales[]; /* ends with a NULL code */

/* Sets scale_label on every row that has `scale`. */
void scales_label(struct req *, struct val *rows);

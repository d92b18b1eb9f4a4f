#pragma once
/*
 * Declared fields (struct field of req.h) read from what was sent. Every declared name is set in
 * `in`: as the kind's value; empty text or null (numbers, dates, ids, files) where nothing was
 * sent; the text as it was typed where it was refused, so that the form can be shown again (secrets
 * and files never). `errors` gets one message for each refused field, in the reader's language.
 * Names that were sent but not declared are ignored.
 *
 * What is typed by people is forgiven its form: white space at the ends, CRLF, a decimal comma, a
 * space in a number. Text comes out in NFC.
 */
#include "web/form.h"
#include "web/i18n.h"
#include "web/req.h"

enum fields_result {
	FIELDS_OK,
	FIELDS_WRONG,   /* answer 422 with `errors` */
	FIELDS_NOWHERE, /* a parameter of the path is not of its kind: answer 404 */
};

/* `path` are the route's parameters; `sent` the query of a GET, the body of a POST. */
enum fields_result fields_read(struct arena *, const struct catalogue *, const struct field *fields,
			       const struct form *path, const struct form *sent, struct val *in,
			       struct val *errors);
/* Takes secrets and files out of `in` before a page shows it again. */
void fields_hide(const struct field *fields, struct val *in);
/* Names no field may have: the model has another meaning for them. NULL-terminated. */
extern const char *const field_names_taken[];

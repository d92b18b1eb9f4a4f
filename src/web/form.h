#pragma once
/*
 * What a form sent: names and values in the order they came, repeated names included. Bodies are
 * application/x-www-form-urlencoded (WHATWG URL, 5) or multipart/form-data (RFC 7578); values point
 * into the body or the arena. Pure functions of bytes, bounded, and fuzzed.
 */
#include "base/str.h"

struct arena;

enum {
	FORM_PARTS = 2000,        /* most names in one form */
	FORM_NAME = 100,          /* most bytes of a name */
	FORM_PART_HEADERS = 4096, /* most bytes before one part's content */
};

struct form_part {
	struct str name, value;
	bool file;                  /* of multipart: it had a file name, which may be empty */
	struct str file_name, type; /* the name's last segment; the sender's word for the type */
};

struct form {
	struct form_part *part;
	size_t count, cap;
};

enum form_result {
	FORM_OK,
	FORM_MALFORMED, /* 400 */
	FORM_TOO_MANY,  /* 413: more names than any form of ours has */
	FORM_STRANGE,   /* 415: neither of the two types */
};

/* `type` is the Content-Type header; an empty body of any type is an empty form. */
enum form_result form_parse(struct arena *, struct str type, struct str body, struct form *out);

void form_add(struct arena *, struct form *, struct str name, struct str value);
/* The part numbered `nth` from 0 of that name, or NULL. */
const struct form_part *form_find(const struct form *, const char *name, size_t nth);

#pragma once
/* Validators (RFC 9110, 8.8.3). One is strong: the same tag is the same bytes. */
#include "base/str.h"

struct arena;

/* Quoted. Made of everything that decides the bytes of a public answer. */
struct str etag_make(struct arena *, struct str build, struct str lang, struct str audience,
		     struct str url, int64_t version);
/* Does If-None-Match name this tag? Weak comparison; "*" matches any. */
bool etag_matches(struct str if_none_match, struct str etag);

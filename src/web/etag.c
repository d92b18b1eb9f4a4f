#include "web/etag.h"

#include "base/arena.h"
#include "base/buf.h"

/* FNV-1a, 64 bits: no secret is kept here and nobody gains by a collision of their own making. */
static uint64_t mix(uint64_t h, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return (h ^ 0xff) * 0x100000001b3u; /* so that "ab","c" differs from "a","bc" */
}

struct str etag_make(struct arena *a, struct str build, struct str lang, struct str audience,
		     struct str url, int64_t version)
{
	uint64_t h = 0xcbf29ce484222325u;
	h = mix(mix(mix(mix(h, build), lang), audience), url);
	return str_fmt(a, "\"%016llx-%llx\"", (unsigned long long)h, (unsigned long long)version);
}

static struct str without_weak(struct str s)
{
	s = str_trim(s);
	return str_starts(s, S("W/")) ? str_from(s, 2) : s;
}

bool etag_matches(struct str if_none_match, struct str etag)
{
	struct str one;
	etag = without_weak(etag);
	while (str_cut(&if_none_match, ',', &one)) {
		one = without_weak(one);
		if (str_is(one, "*") || (one.n && str_eq(one, etag)))
			return true;
	}
	return false;
}

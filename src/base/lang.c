#include "base/lang.h"

#include "base/arena.h"
#include "base/buf.h"

#include <ctype.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { NAME = 80, TAG = 35 };

bool lang_is_tag(struct str tag)
{
	struct str part;
	bool first = true;
	if (!tag.n || tag.n > TAG || tag.p[tag.n - 1] == '-')
		return false;
	for (; str_cut(&tag, '-', &part); first = false) {
		if (part.n < (first ? 2 : 1) || part.n > (first ? 3 : 8))
			return false;
		for (size_t i = 0; i < part.n; i++)
			if (first ? !isalpha((unsigned char)part.p[i]) ||
					    (unsigned char)part.p[i] > 127
				  : !isalnum((unsigned char)part.p[i]) ||
					    (unsigned char)part.p[i] > 127)
				return false;
	}
	return true;
}

static struct str name_in(struct arena *a, struct str tag, struct str in, bool *known)
{
	/* Those of the interface are on every page, and ICU takes as long to say them as a query. */
	static const struct {
		struct str tag, in, name;
	} often[] = {
		{STR("en"), STR("en"), STR("English")},
		{STR("fr"), STR("fr"), STR("français")},
		{STR("en"), STR("fr"), STR("anglais")},
		{STR("fr"), STR("en"), STR("French")},
	};
	UErrorCode bad = U_ZERO_ERROR;
	UChar wide[NAME];
	char name[NAME * 4];
	int32_t n = 0;
	*known = true;
	for (size_t i = 0; i < sizeof often / sizeof *often; i++)
		if (str_eq(tag, often[i].tag) && str_eq(in, often[i].in))
			return often[i].name;
	if (!lang_is_tag(tag))
		return tag;
	int32_t wide_n = uloc_getDisplayName(str_c(a, tag), str_c(a, in), wide, NAME, &bad);
	*known = bad == U_ZERO_ERROR; /* else it is told in ICU's own language */
	u_strToUTF8(name, sizeof name, &n, wide, wide_n, &bad);
	if (U_FAILURE(bad) || n <= 0 || n >= (int32_t)sizeof name)
		return tag;
	return str_dup(a, (struct str){name, (size_t)n});
}

struct str lang_name(struct arena *a, struct str tag, struct str in)
{
	bool known;
	return name_in(a, tag, in, &known);
}

struct str lang_own_name(struct arena *a, struct str tag, struct str reader)
{
	bool known = false;
	struct str own = name_in(a, tag, tag, &known);
	return known ? own : lang_name(a, tag, reader);
}

bool lang_is_french(struct str tag)
{
	return str_is(tag, "fr") || str_starts(tag, S("fr-"));
}

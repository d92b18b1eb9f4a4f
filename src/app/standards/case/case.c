#include "app/standards/case/case.h"

#include "app/standards/standards_rules.h"
#include "base/utf8.h"
#include "base/words.h"
#include "core/uuid.h"

enum { TITLE_LENGTH = 80 };

struct str case_uuid(struct arena *a, struct str name)
{
	return uuid_named(a, S("5f3c8b52-6d0e-4c0f-9a54-8a3f1c2f7d10"), name);
}

struct str case_title(struct arena *a, struct str code, struct str words)
{
	return code.n ? code : utf8_shorten(a, utf8_one_line(a, words), TITLE_LENGTH);
}

struct str case_kind(struct arena *a, struct str item_type)
{
	struct str folded = fold(a, item_type);
	bool spelled = false;
	for (size_t i = 0; i < folded.n; i++)
		spelled = spelled || (folded.p[i] >= 'a' && folded.p[i] <= 'z');
	if (spelled)
		return standards_slug(a, item_type);
	if (!str_trim(item_type).n)
		return S("statement");
	return str_fmt(a, "type-" STR_FMT, STR_ARG(str_sub(case_uuid(a, item_type), 0, 8)));
}

#include "core/text.h"

static struct str primary(struct str tag)
{
	ptrdiff_t dash = str_find_char(tag, '-');
	return dash < 0 ? tag : str_sub(tag, 0, (size_t)dash);
}

int text_rank(struct str lang, struct str wanted, struct str first)
{
	if (!lang.n)
		return 0;
	if (str_eq_nocase(lang, wanted))
		return 4;
	if (str_eq_nocase(primary(lang), primary(wanted)))
		return 3;
	if (str_eq_nocase(lang, first))
		return 2;
	return 1;
}

bool text_is_other(struct str lang, struct str page)
{
	return text_rank(lang, page, (struct str){0}) < 3;
}

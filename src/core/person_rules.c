#include "core/person.h"

#include "base/buf.h"
#include "base/val.h"
#include "base/words.h"

#include <string.h>

struct str person_sorted(struct arena *a, struct str name)
{
	name = str_trim(name);
	size_t space = name.n;
	while (space > 0 && name.p[space - 1] != ' ')
		space--;
	if (!space)
		return name;
	struct str last = str_from(name, space), first = str_trim_end(str_sub(name, 0, space));
	return str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(last), STR_ARG(first));
}

static bool in_word(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

struct val *person_words(struct arena *a, struct str name)
{
	struct str folded = fold(a, name);
	struct val *words = val_list(a);
	for (size_t from = 0, to; from < folded.n; from = to + 1) {
		for (to = from; to < folded.n && in_word(folded.p[to]);)
			to++;
		struct str word = str_sub(folded, from, to);
		if (word.n && !val_holds(words, word))
			val_push(words, val_text(a, word));
	}
	return words;
}

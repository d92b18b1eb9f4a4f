#include "scenario.h"

static bool of_token(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '-' || c == '_';
}

bool answer_says(struct str answer, struct str text)
{
	enum { LONGEST_WORD = 20 };
	for (struct str rest = answer;;) {
		ptrdiff_t at = str_find(rest, text);
		if (at < 0)
			return false;
		size_t from = (size_t)(rest.p - answer.p) + (size_t)at, to = from + text.n;
		while (from > 0 && of_token(text.p[0]) && of_token(answer.p[from - 1]))
			from--;
		while (to < answer.n && of_token(text.p[text.n - 1]) && of_token(answer.p[to]))
			to++;
		if (to - from <= text.n + LONGEST_WORD)
			return true;
		rest = str_from(rest, (size_t)at + 1);
	}
}

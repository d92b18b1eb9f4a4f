#include "app/activities/hold_rules.h"

#include "base/arena.h"

int64_t code_step(int64_t now)
{
	return now / CODE_STEP;
}

int64_t code_left(int64_t now)
{
	return CODE_STEP - now % CODE_STEP;
}

struct str code_text(struct arena *a, int64_t activity, int64_t opened_at, int64_t step)
{
	return str_fmt(a, "%lld %lld %lld", (long long)activity, (long long)opened_at,
		       (long long)step);
}

struct str code_digits(struct arena *a, struct str hash)
{
	uint64_t number = 0xcbf29ce484222325u; /* FNV-1a */
	for (size_t i = 0; i < hash.n; i++)
		number = (number ^ (unsigned char)hash.p[i]) * 0x100000001b3u;
	return str_fmt(a, "%06llu", (unsigned long long)((number >> 20) % 1000000));
}

struct str code_shown(struct arena *a, struct str digits)
{
	return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(str_sub(digits, 0, CODE_DIGITS / 2)),
		       STR_ARG(str_from(digits, CODE_DIGITS / 2)));
}

bool code_is(struct str typed, struct str digits)
{
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c == ' ' || c == '-')
			continue;
		if (n == digits.n || digits.p[n++] != c)
			return false;
	}
	return n == digits.n && n > 0;
}

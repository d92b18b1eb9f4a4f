#include "core/args.h"

struct val *args_of(struct arena *a, const struct arg *args)
{
	struct val *object = val_object(a);
	for (; args->name; args++)
		val_set(object, args->name, args->value);
	return object;
}

struct val *arg_str(struct arena *a, struct str s, bool null)
{
	return null && s.n == 0 ? val_null() : val_text(a, s);
}

struct val *arg_c(struct arena *a, const char *s, bool null)
{
	return arg_str(a, str_of(s), null);
}

struct val *arg_val(struct arena *a, struct val *v, bool null)
{
	(void)a;
	return null && !val_true(v) ? val_null() : v;
}

struct val *arg_int(struct arena *a, int64_t n, bool null)
{
	return null && n == 0 ? val_null() : val_int(a, n);
}

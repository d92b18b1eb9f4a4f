#include "core/args.h"

static struct val *value_of(struct arena *a, const struct arg *arg)
{
	if (arg->v)
		return arg->null && !val_true(arg->v) ? val_null() : arg->v;
	if (arg->is_int)
		return arg->null && arg->i == 0 ? val_null() : val_int(a, arg->i);
	return arg->null && arg->s.n == 0 ? val_null() : val_text(a, arg->s);
}

struct val *args_of(struct arena *a, const struct arg *args)
{
	struct val *object = val_object(a);
	for (; args->name; args++)
		val_set(object, args->name, value_of(a, args));
	return object;
}

struct arg arg_str(const char *name, struct str s, bool null)
{
	return (struct arg){.name = name, .s = s, .null = null};
}

struct arg arg_c(const char *name, const char *s, bool null)
{
	return (struct arg){.name = name, .s = str_of(s), .null = null};
}

struct arg arg_val(const char *name, const struct val *v, bool null)
{
	return (struct arg){.name = name, .v = (struct val *)v, .null = null};
}

struct arg arg_int(const char *name, int64_t i, bool null)
{
	return (struct arg){.name = name, .is_int = true, .i = i, .null = null};
}

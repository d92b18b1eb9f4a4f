#include "core/crumbs.h"

#include "base/arena.h"

#include <stdarg.h>

static struct val *step(struct req *r, struct str label, struct str path)
{
	struct val *crumbs = val_get(r->out, "crumbs");
	if (val_is_null(crumbs))
		crumbs = val_set_list(r->out, "crumbs");
	struct val *one = val_push_object(crumbs);
	val_set_str(one, "label", label);
	val_set(one, "path", path.n ? val_text(r->arena, path) : val_null());
	val_set_null(one, "lang");
	return one;
}

void crumb(struct req *r, const char *words, const char *path, ...)
{
	va_list ap;
	va_start(ap, path);
	step(r, str_of(tr(r, words)), path ? str_vfmt(r->arena, path, ap) : (struct str){0});
	va_end(ap);
}

void crumb_named(struct req *r, struct str name, struct str path)
{
	step(r, name, path);
}

void crumb_of(struct req *r, const struct val *row, const char *name, struct str path)
{
	struct val *one = step(r, val_s(row, name), path);
	if (val_b(row, str_c(r->arena, str_fmt(r->arena, "%s_other", name))))
		val_set(one, "lang",
			val_get(row, str_c(r->arena, str_fmt(r->arena, "%s_lang", name))));
}

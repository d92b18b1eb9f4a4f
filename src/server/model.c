#include <sodium.h>

#include "base/code.h"
#include "server/life.h"

static struct val *language_choice(struct life *l)
{
	struct val *tags = who_langs(l), *list = val_list(l->a);
	for (size_t i = 0; val_count(tags) > 1 && i < val_count(tags); i++) {
		struct str tag = val_get_str(val_at(tags, i));
		struct val *row = val_push_object(list);
		val_set_str(row, "tag", tag);
		val_set_str(row, "name", str_of(site_lang(l->site, tag)->name));
		val_set_bool(row, "current", str_eq(tag, l->req.lang));
	}
	return list;
}

static bool is_under(struct str path, const char *folder)
{
	struct str top = str_of(folder);
	return str_starts(path, top) && (path.n == top.n || path.p[top.n] == '/');
}

/* Where a feature's entry leads this reader; NULL: they do not see it. */
static const char *entry_path(const struct req *req, const struct feature *f)
{
	if (!f->label || val_is_null(req->org))
		return NULL;
	if (has_right(req, f->right))
		return f->path;
	return f->else_path && has_right(req, f->else_right) ? f->else_path : NULL;
}

static struct val *navigation(struct life *l)
{
	struct val *nav = val_list(l->a);
	for (const struct feature *const *f = l->site->features; *f; f++) {
		const char *path = entry_path(&l->req, *f);
		if (!path)
			continue;
		struct val *row = val_push_object(nav);
		val_set_str(row, "label", str_of((*f)->label));
		val_set_str(row, "about", str_of((*f)->about));
		val_set_str(row, "path", str_of(path));
		val_set_bool(row, "current", is_under(l->req.path, (*f)->path));
	}
	return nav;
}

static struct val *demonstration(struct life *l)
{
	if (!l->site->config->demo || val_is_null(l->req.org))
		return val_null();
	struct val *demo = val_object(l->a), *roles = val_set_list(demo, "roles");
	for (size_t i = 0; l->roles && i < val_count(l->roles); i++) {
		struct val *held = val_at(l->roles, i);
		const char *label = role_label(val_s(held, "shipped"));
		if (!label || !val_i(held, "holders"))
			continue;
		struct val *row = val_push_object(roles);
		val_set(row, "role", val_get(held, "shipped"));
		val_set_str(row, "label", str_of(label));
	}
	struct val *visitor = val_push_object(roles);
	val_set_str(visitor, "role", S("visitor"));
	val_set_str(visitor, "label", str_of(N_("Visitor")));
	return demo;
}

/* Beside the name of who is signed in: in which role they act here. */
static struct val *acting_shown(struct life *l)
{
	if (!l->acting || val_is_null(l->acting))
		return val_null();
	const struct val *role = val_get(l->acting, "role");
	const char *none = val_b(l->acting, "choose") ? N_("Choose a role") : N_("For myself");
	struct val *shown = val_object(l->a);
	val_set_str(shown, "label",
		    val_is_null(role) ? str_of(tr(&l->req, none)) : role_shown(&l->req, role));
	val_set_bool(shown, "asks", val_is_null(role) && val_b(l->acting, "choose"));
	return shown;
}

static struct val *rights_as_truths(struct life *l)
{
	struct val *can = val_object(l->a);
	for (int right = SIGNED_IN + 1; right < RIGHT_COUNT; right++)
		val_add(can, right_table[right].name, val_bool(l->a, rights_has(l->rights, right)));
	return can;
}

static struct val *error_list(struct life *l)
{
	struct val *list = val_list(l->a);
	for (size_t i = 0; i < val_count(l->req.errors); i++) {
		const char *field = val_name_at(l->req.errors, i);
		struct val *row = val_push_object(list);
		val_set_str(row, "field", str_of(field));
		val_set(row, "message", val_get(l->req.errors, field));
	}
	return list;
}

static struct str new_once(struct life *l)
{
	unsigned char bytes[16];
	randombytes_buf(bytes, sizeof bytes);
	return base64url_of(l->a, (struct str){(const char *)bytes, sizeof bytes});
}

static struct val *or_null(struct arena *a, struct str text)
{
	return text.n ? val_text(a, text) : val_null();
}

static bool stands_in(struct arena *a, const struct val *chosen, const struct val *value)
{
	if (val_kind(chosen) != VAL_LIST)
		return str_eq(val_show(a, chosen), val_show(a, value));
	for (size_t i = 0; i < val_count(chosen); i++)
		if (str_eq(val_show(a, val_at(chosen, i)), val_show(a, value)))
			return true;
	return false;
}

/* The choices of a field, a list called FIELD_choices: which is chosen is what stands in the field.
 * Of a conflict, what is stored now is told by its label. */
static void mark_choices(struct life *l)
{
	struct val *in = l->req.in, *out = l->req.out, *theirs = val_get(out, "theirs");
	for (size_t i = 0; i < val_count(out); i++) {
		struct str name = str_of(val_name_at(out, i)), end = S("_choices");
		if (!str_ends(name, end))
			continue;
		const char *field = str_c(l->a, str_sub(name, 0, name.n - end.n));
		const struct val *list = val_get(out, str_c(l->a, name));
		struct str stored = val_show(l->a, val_get(theirs, field));
		for (size_t k = 0; k < val_count(list); k++) {
			struct val *row = val_at(list, k), *value = val_get(row, "value");
			val_set_bool(row, "selected", stands_in(l->a, val_get(in, field), value));
			if (stored.n && str_eq(stored, val_show(l->a, value)))
				val_set(theirs, field, val_get(row, "label"));
		}
	}
}

struct val *model_make(struct life *l)
{
	struct req *r = &l->req;
	struct val *m = val_object(l->a);
	struct str url = r->path;
	if (l->get && r->query.n)
		url = str_fmt(l->a, STR_FMT "?" STR_FMT, STR_ARG(r->path), STR_ARG(r->query));
	l->once = new_once(l);
	mark_choices(l);
	val_add(m, "in", r->in);
	val_add(m, "errors", r->errors);
	val_add(m, "error_list", error_list(l));
	val_add(m, "me", r->me);
	val_add(m, "acting", acting_shown(l));
	val_add(m, "org", r->org);
	val_add(m, "can", rights_as_truths(l));
	val_add(m, "lang", val_text(l->a, r->lang));
	val_add(m, "langs", language_choice(l));
	val_add(m, "prefix", val_text(l->a, r->prefix));
	val_add(m, "path", val_text(l->a, r->path));
	val_add(m, "url", val_text(l->a, url));
	val_add(m, "now", val_int(l->a, r->now));
	val_add(m, "today", val_text(l->a, req_today(&l->req)));
	val_add(m, "nav", navigation(l));
	val_add(m, "demo", demonstration(l));
	val_add(m, "flash", or_null(l->a, l->flash_shown));
	val_add(m, "flash_asks", val_bool(l->a, l->flash_asks));
	val_add(m, "once", val_text(l->a, l->once));
	val_add(m, "conflict", val_null());
	val_add(m, "carry", or_null(l->a, l->carry));
	val_add(m, "theirs", val_null());
	val_add(m, "asset", l->site->assets);
	val_add(m, "request_id", val_text(l->a, r->request_id));
	return m;
}

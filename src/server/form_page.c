#include <string.h>

#include "server/life.h"

static const struct route *page_of(const struct site *site, const char *view)
{
	for (const struct route *const *r = site->all; view && *r; r++)
		if ((*r)->method == GET && (*r)->view && !strcmp((*r)->view, view))
			return *r;
	return NULL;
}

static const struct field *field_named(const struct field *fields, const char *name)
{
	for (; fields && fields->name; fields++)
		if (!strcmp(fields->name, name))
			return fields;
	return NULL;
}

/* Reads the page's own fields from what the form sent. What does not fit is left out; false if the
 * page cannot do without it. */
static bool read_page_fields(struct life *l, const struct route *get)
{
	enum fields_result result = read_fields(l, get);
	struct val *in = l->req.in, *wrong = l->req.errors;
	if (result == FIELDS_NOWHERE)
		return false;
	for (size_t i = 0; i < val_count(wrong); i++) {
		const char *name = val_name_at(wrong, i);
		const struct field *field = field_named(get->fields, name);
		if (field && field->required)
			return false;
		val_set_null(in, name);
	}
	return true;
}

static bool is_revision(const char *name)
{
	return !strcmp(name, "rev") || str_ends(str_of(name), S("_rev"));
}

/* What was typed stands over what is stored. Secrets and files are never sent back. Who was told
 * that somebody else was faster has seen what is stored: the revisions of a conflict's page are
 * those, so that sending again saves. */
static void type_over(struct val *in, const struct val *typed, const struct field *fields,
		      bool conflict)
{
	for (size_t i = 0; i < val_count(typed); i++) {
		const char *name = val_name_at(typed, i);
		const struct field *field = field_named(fields, name);
		if (conflict && is_revision(name))
			continue;
		if (!field || (field->kind != FIELD_SECRET && field->kind != FIELD_FILE))
			val_set(in, name, val_get(typed, name));
	}
	for (; fields && fields->name; fields++)
		if (fields->kind == FIELD_SECRET)
			val_set_str(in, fields->name, (struct str){0});
}

bool form_page_get(struct life *l, const struct route *get)
{
	struct req *r = &l->req;
	r->route = get;
	r->out = val_object(l->a);
	db_begin(r->db, DB_READ, val_i(r->org, "id"));
	int status = get->handler(r);
	if (r->err.kind == ERR_NONE)
		db_commit(r->db);
	else
		db_rollback(r->db);
	return status == OK && r->err.kind == ERR_NONE && !r->raw.p;
}

/* What is stored now and is not what was typed. */
static struct val *theirs(struct arena *a, const struct val *stored, const struct val *typed)
{
	struct val *differs = val_object(a);
	for (size_t i = 0; i < val_count(stored); i++) {
		const char *name = val_name_at(stored, i);
		if (!is_revision(name) && val_has(typed, name) &&
		    !str_eq(val_show(a, val_get(stored, name)), val_show(a, val_get(typed, name))))
			val_set(differs, name, val_get(stored, name));
	}
	return differs;
}

bool form_page(struct life *l, const struct route *post)
{
	struct req *r = &l->req;
	struct val *typed = r->in, *errors = r->errors, *out = r->out;
	bool conflict = l->status == CONFLICT;
	const struct route *get = page_of(l->site, post->view);
	bool shown = get && who_may(l, get) && read_page_fields(l, get) && form_page_get(l, get);
	if (shown) {
		if (conflict) {
			val_set_bool(r->out, "conflict", true);
			val_set(r->out, "theirs", theirs(l->a, r->in, typed));
		}
		type_over(r->in, typed, post->fields, conflict);
		val_merge(r->out, out);
	} else {
		r->in = typed;
		r->out = out;
	}
	r->route = post;
	r->errors = errors;
	return shown;
}

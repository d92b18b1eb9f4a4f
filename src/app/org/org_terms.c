#include "app/org/org.h"

#include "base/lang.h"
#include "core/agreement.h"
#include "core/choices.h"
#include "web/markdown.h"

static const struct {
	const char *kind, *label;
} kinds[] = {
	{"use", N_("Terms of use")},
	{"conduct", N_("Code of conduct")},
	{"privacy", N_("Privacy notice")},
};

static const char *kind_label(struct str kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(kind, kinds[i].kind))
			return kinds[i].label;
	return "";
}

static void label_kinds(const struct req *req, struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str kind = val_s(row, "kind");
		const char *label = kind_label(kind);
		val_set_str(row, "label", *label ? str_of(tr(req, label)) : kind);
		val_set_str(row, "language", lang_name(req->arena, val_s(row, "lang"), req->lang));
	}
}

int org_terms(struct req *req)
{
	struct val *rows = terms_current(req->db, req->arena, val_i(req->org, "id"), req->lang);
	label_kinds(req, rows);
	val_set(req->out, "rows", rows);
	return OK;
}

int org_term(struct req *req)
{
	struct val *terms =
		terms_by_id(req->db, req->arena, val_i(req->org, "id"), val_i(req->in, "terms"));
	if (val_is_null(terms))
		return NOT_FOUND;
	val_set(req->out, "text", terms);
	val_set(req->out, "content", markdown(req->arena, val_s(terms, "body"), 2, 0));
	return OK;
}

static void kind_choices(struct req *req)
{
	struct val *list = val_set_list(req->out, "kinds");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		choice(list, str_of(kinds[i].kind), str_of(tr(req, kinds[i].label)),
		       str_is(val_s(req->in, "kind"), kinds[i].kind));
}

int org_terms_page(struct req *req)
{
	struct val *rows = terms_all(req->db, req->arena, val_i(req->org, "id"));
	label_kinds(req, rows);
	val_set(req->out, "rows", rows);
	kind_choices(req);
	choice_langs(req, val_set_list(req->out, "languages"), val_s(req->in, "language"));
	return OK;
}

static int64_t version_in_force(struct req *req, struct str kind)
{
	const struct val *rows =
		terms_current(req->db, req->arena, val_i(req->org, "id"), req->lang);
	for (size_t i = 0; i < val_count(rows); i++)
		if (str_eq(val_s(val_at(rows, i), "kind"), kind))
			return val_i(val_at(rows, i), "version");
	return 0;
}

int org_terms_publish(struct req *req)
{
	struct str kind = val_s(req->in, "kind");
	int64_t version = val_b(req->in, "same_version") ? version_in_force(req, kind) : 0;
	if (!terms_publish(req->db, req->arena, val_i(req->org, "id"), str_c(req->arena, kind),
			   version, val_s(req->in, "language"), val_s(req->in, "title"),
			   val_s(req->in, "body"), req->now)) {
		invalid(req, "language",
			N_("This version has a text in this language already. Publish a new "
			   "version."));
		return INVALID;
	}
	org_note(req, "terms.published");
	flash(req, N_("The text is published. People are asked to agree when they next look at "
		      "their account."));
	return see_other(req, "/org/terms");
}

#include "app/erasures/erasures.h"

#include "core/choices.h"
#include "core/erasure.h"
#include "core/org.h"
#include "core/personal.h"

static const struct personal *kind_of_org(const struct req *req, struct str name)
{
	const struct personal *kind = personal_named(req->personal, name);
	return kind && kind->kept ? kind : NULL;
}

static void show_choices(struct req *req)
{
	struct val *list = val_set_list(req->out, "kinds");
	for (const struct personal *kind = req->personal; kind->name; kind++)
		if (kind->kept)
			choice(list, str_of(kind->name), str_of(tr(req, kind->title)),
			       str_is(val_s(req->in, "kind"), kind->name));
}

int erasures_rules(struct req *req)
{
	struct val *rows = retention_rules(req->db, req->arena, val_i(req->org, "id"), req->lang,
					   val_s(req->org, "lang"));
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		const struct personal *kind = kind_of_org(req, val_s(row, "kind"));
		val_set_str(row, "title", kind ? str_of(tr(req, kind->title)) : val_s(row, "kind"));
	}
	val_set(req->out, "rows", rows);
	show_choices(req);
	return OK;
}

int erasures_rule_add(struct req *req)
{
	struct retention_rule rule = {.org = val_i(req->org, "id"),
				      .by = val_i(req->me, "id"),
				      .now = req->now,
				      .kind = val_s(req->in, "kind"),
				      .jurisdiction = val_s(req->in, "jurisdiction"),
				      .lang = req->lang,
				      .because = val_s(req->in, "because"),
				      .months = val_i(req->in, "months")};
	if (!kind_of_org(req, rule.kind)) {
		invalid(req, "kind", N_("Choose one of the kinds."));
		return INVALID;
	}
	retention_rule_add(req->db, req->arena, &rule);
	flash(req, N_("The rule is added. It counts from now on."));
	return see_other(req, "/erasures/rules");
}

int erasures_rule_retire(struct req *req)
{
	if (!retention_rule_retire(req->db, req->arena, val_i(req->org, "id"),
				   val_i(req->in, "rule"), req->now))
		return NOT_FOUND;
	flash(req, N_("The rule has ended. What was answered by it stays as it is."));
	return see_other(req, "/erasures/rules");
}

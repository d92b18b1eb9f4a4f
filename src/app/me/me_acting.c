/* In which role I act here (core/acting.h). */
#include "app/me/me.h"

#include "core/acting.h"
#include "core/group.h"
#include "web/url.h"

int me_acting_page(struct req *req)
{
	int64_t org = val_i(req->org, "id");
	struct acting act = acting_of(req->arena, req->me);
	struct val *roles = acting_roles(req->db, req->arena, org, me_id(req), req->now);
	int64_t now = val_i(act.role, "role");
	roles_label(req, roles);
	for (size_t i = 0; i < val_count(roles); i++) {
		struct val *row = val_at(roles, i);
		val_set_bool(row, "selected", val_i(row, "role") == now);
	}
	val_set(req->out, "roles", roles);
	val_set_bool(req->out, "myself", !now && !act.choose);
	val_set_bool(req->out, "choose", act.choose);
	if (!url_is_local(val_s(req->in, "next")))
		val_set_str(req->in, "next", S(""));
	return OK;
}

int me_acting(struct req *req)
{
	int64_t org = val_i(req->org, "id"), role = val_i(req->in, "role");
	struct str next = val_s(req->in, "next");
	if (!acting_choose(req->db, req->arena, org, val_i(req->me, "session"), me_id(req), role,
			   req->now))
		return NOT_FOUND;
	me_note(req, "acting.chosen");
	return see_other(req, STR_FMT, STR_ARG(next.n && url_is_local(next) ? next : S("/me")));
}

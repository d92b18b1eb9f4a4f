#include "server/demo.h"

#include "core/session.h"
#include "queries.h"
#include "server/life.h"

bool demo_sign_in(struct req *req, struct str role)
{
	const struct life *l = req->dispatch;
	if (!l->site->config->demo)
		return false;
	if (str_is(role, "visitor")) {
		if (!val_is_null(req->me))
			session_end(req->db, req->arena, val_i(req->me, "id"),
				    val_i(req->me, "session"));
		set_cookie(req, SESSION_COOKIE, (struct str){0}, -1);
		return true;
	}
	struct val *p = params(req);
	val_set_str(p, "role", role);
	struct val *row = db_row(req->db, &q_server_demo_person, p);
	if (val_is_null(row))
		return false;
	struct session_start start = {.person = val_i(row, "id"),
				      .now = req->now,
				      .means = "demo",
				      .second = true,
				      .network = req->network,
				      .agent = req->agent};
	set_cookie(req, SESSION_COOKIE, session_start(req->db, req->arena, &start), 0);
	return true;
}

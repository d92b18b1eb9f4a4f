/* Sending twice is sending once: a form with the hidden field `once` leaves a row that says where
 * its answer led, in the transaction of its handler. The same form from the same person again is
 * led there; with other contents it is another form. */
#include "queries.h"
#include "server/life.h"

enum { ONCE_LENGTH = 22 };

static struct str key_of(struct life *l, struct str token)
{
	struct buf all = {.arena = l->a};
	int64_t me = val_i(l->req.me, "id");
	buf_fmt(&all, STR_FMT "\n" STR_FMT "\n%lld\n", STR_ARG(token), STR_ARG(l->req.path),
		(long long)me);
	if (!me)
		buf_add(&all, l->req.network);
	for (size_t i = 0; i < l->sent.count; i++) {
		const struct form_part *part = &l->sent.part[i];
		buf_fmt(&all, "\n%zu " STR_FMT " %zu ", part->name.n, STR_ARG(part->name),
			part->value.n);
		buf_add(&all, part->file ? part->file_name : part->value);
	}
	return secret_hash(l->a, buf_str(&all));
}

static struct val *once_params(struct life *l)
{
	struct val *p = val_object(l->a);
	val_set_str(p, "key", l->once_key);
	val_set_int(p, "org", val_i(l->req.org, "id"));
	val_set_str(p, "location", answer_location(l));
	val_set_int(p, "now", l->req.now);
	return p;
}

/* Leads to where the first sending led. */
static bool lead_there(struct life *l)
{
	struct val *row = db_row(l->req.db, &q_server_once_find, once_params(l));
	if (val_is_null(row))
		return false;
	l->location = val_s(row, "location");
	l->req.headers_out = val_object(l->a);
	return true;
}

bool once_begin(struct life *l)
{
	const struct form_part *part = form_find(&l->sent, "once", 0);
	if (!part || part->file || part->value.n != ONCE_LENGTH)
		return true;
	l->once_key = key_of(l, part->value);
	return !lead_there(l);
}

/* Two at the same moment: both handlers ran, the second one's work is taken back. */
bool once_end(struct life *l)
{
	if (!l->once_key.n || l->req.err.kind != ERR_NONE)
		return true;
	if (db_id(l->req.db, &q_server_once_claim, once_params(l)))
		return true;
	return l->req.err.kind != ERR_NONE || !lead_there(l);
}

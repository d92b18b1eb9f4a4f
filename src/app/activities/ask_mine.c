/* An invitation from the list of what waits for me: whoever is signed in goes on to the page behind a
 * link, the same that a letter leads to. */
#include "app/activities/ask.h"
#include "app/activities/ask_letters.h"
#include "app/activities/ask_pages.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/person.h"
#include "core/text.h"
#include "queries.h"

/* Who answers it, of the reader's accounts; the null value: not theirs. Sets *ask. */
static struct val *reader(struct req *r, struct val **ask)
{
	int64_t org = val_i(r->org, "id"), id = val_i(r->in, "ask");
	struct str people = person_accounts(r->db, r->arena, val_i(r->me, "id"));
	struct str today = req_today(r);
	*ask = ask_row(r->db, r->arena, org, id, r->now);
	return db_row(r->db, &q_ask_mine_reader,
		      ARGS(r->arena, ARG(org), ARG_AS("ask", id), ARG(people), ARG(today)));
}

int ask_mine_page(struct req *r)
{
	static const char *const fields[] = {"title", NULL};
	struct val *ask, *who = reader(r, &ask);
	if (val_is_null(ask) || val_is_null(who))
		return NOT_FOUND;
	text_attach_one(r->db, r->arena, ask,
			&(struct text_want){.kind = "activity",
					    .id = "activity",
					    .fields = fields,
					    .lang = r->lang,
					    .first = val_s(r->org, "lang")});
	struct val *shown = val_set_object(r->out, "invitation");
	val_set(shown, "id", val_get(ask, "id"));
	val_set(shown, "title", val_get(ask, "title"));
	val_set(shown, "title_lang", val_get(ask, "title_lang"));
	val_set(shown, "title_other", val_get(ask, "title_other"));
	val_set(shown, "child", val_get(who, "child"));
	return OK;
}

int ask_mine_go(struct req *r)
{
	struct val *ask, *who = reader(r, &ask);
	if (val_is_null(ask) || val_is_null(who))
		return NOT_FOUND;
	struct str key = ask_link(r->db, r->arena, ask, val_i(who, "person"), val_i(r->org, "id"),
				  S(""), r->now);
	return see_other(r, "/activities/answer/" STR_FMT, STR_ARG(key));
}

/*
 * Consents answered by the link of a letter: no account, no cookie, no script. One link is for all
 * that its receiver is asked in this organisation, and works for taking back as well.
 */
#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "core/args.h"
#include "core/consent_sheet.h"
#include "core/link.h"
#include "core/person.h"

/* The accounts of whoever the link was sent to, the page in their language. Empty: it is gone. */
static struct str behind(struct req *r)
{
	const struct val *link =
		link_peek(r->db, r->arena, CONSENT_LINK, val_s(r->in, "key"), r->now);
	if (val_is_null(link) || val_i(link, "org") != people_org(r))
		return S("");
	const struct val *reader = person_by_id(r->db, r->arena, val_i(link, "owner"));
	speak(r, val_s(r->in, "speaks").n ? val_s(r->in, "speaks") : val_s(reader, "lang"));
	return person_accounts(r->db, r->arena, val_i(link, "owner"));
}

static void languages(struct req *r)
{
	static const struct {
		const char *tag, *name;
	} langs[] = {{"en", "English"}, {"fr", "Français"}};
	struct val *list = val_set_list(r->out, "languages");
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
		struct val *one = val_push_object(list);
		val_set_str(one, "tag", str_of(langs[i].tag));
		val_set_str(one, "name", str_of(langs[i].name));
		val_set_bool(one, "current", str_is(r->lang, langs[i].tag));
		val_set_str(one, "path",
			    str_fmt(r->arena, "/people/answer/" STR_FMT "?speaks=%s",
				    STR_ARG(val_s(r->in, "key")), langs[i].tag));
	}
}

int people_consent_sheet(struct req *r)
{
	struct str people = behind(r);
	languages(r);
	val_set(r->out, "key", val_get(r->in, "key"));
	val_set_bool(r->out, "said", val_b(r->in, "said"));
	val_set_list(r->out, "learners");
	if (people.n)
		consent_sheet(r, people, people_today(r));
	val_set_bool(r->out, "gone", !val_count(val_get(r->out, "learners")));
	return OK;
}

int people_consent_answer(struct req *r)
{
	struct str people = behind(r);
	if (!people.n || !consent_sheet_take(r, people, people_today(r)))
		return NOT_FOUND;
	return see_other(r, "/people/answer/" STR_FMT "?said=1&speaks=" STR_FMT,
			 STR_ARG(val_s(r->in, "key")), STR_ARG(r->lang));
}

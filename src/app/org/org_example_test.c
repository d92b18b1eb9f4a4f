/* A good request for each POST route of an organisation's settings. */
#include "base/arena.h"
#include "core/affiliation.h"
#include "core/letter.h"
#include "core/org.h"
#include "example.h"

static const struct letter_blank blanks[] = {{.name = "link", .link = true, .required = true}, {0}};
static const struct letter_words words[] = {{"en", "Your link", "{{link}}"}, {0}};
static const struct letter_kind kind = {.name = "account.link", .blanks = blanks, .words = words};

/* The organisation's own text of a letter, changed once. */
static void fill_letter(struct world *w)
{
	struct letter_edit edit = {.org = w->a,
				   .by = world_person(w, "admin"),
				   .now = w->now,
				   .lang = S("en"),
				   .subject = S("Your link"),
				   .body = S("Here it is: {{link}}")};
	struct letter_fault fault;
	CHECK(letter_template_save(w->db, w->arena, &kind, &edit, &fault) == LETTER_SAVED);
}

static int64_t org_called(struct world *w, struct str slug)
{
	const struct val *there = org_by_slug(w->db, w->arena, slug);
	if (!val_is_null(there))
		return val_i(there, "id");
	struct val *org = org_by_id(w->db, w->arena, w->a);
	val_set_str(org, "slug", slug);
	return org_add(w->db, w->arena, org, w->now);
}

static void tie(struct world *w, const char *name, int64_t org, int64_t other, const char *agreed)
{
	struct affiliation_ask ask = {.org = org,
				      .other = other,
				      .now = w->now,
				      .kind = agreed ? agreed : "reports_to",
				      .since = S("2026-03-01")};
	struct affiliation_act act = {.org = other, .now = w->now};
	act.affiliation = affiliation_propose(w->db, w->arena, &ask);
	if (agreed)
		CHECK(affiliation_answer(w->db, w->arena, &act, true));
	world_know_id(w, name, act.affiliation);
}

/* Each with a third organisation of its own; everybody may ask everybody, also the fourth. */
static void fill(struct world *w)
{
	int64_t third = org_called(w, str_fmt(w->arena, "third-%lld", (long long)w->a)),
		fourth = org_called(w, S("fourth"));
	fill_letter(w);
	tie(w, "asks_us", third, w->a, NULL);
	tie(w, "we_ask", w->a, third, NULL);
	tie(w, "agreed", w->a, third, "uses_standards_of");
	world_know_id(w, "fourth", fourth);
}

#define LETTER "/org/letters/account.link/en"

EXAMPLES(fill,
	 {.url = "/org",
	  .as = "admin",
	  .form = "lang1=en&name1=Alder&lang2=fr&name2=Aulne&zone=Europe/Paris&rev=1"},
	 {.url = "/org/terms",
	  .as = "admin",
	  .form = "kind=use&language=en&title=House+rules&body=Be+kind."},
	 {.url = "/org/affiliations",
	  .as = "admin",
	  .form = "other=%fourth%&kind=reports_to&since=2026-04-01"},
	 {.url = "/org/affiliations/%asks_us%/answer", .as = "admin", .form = "answer=confirm"},
	 {.url = "/org/affiliations/%we_ask%/withdraw", .as = "admin", .form = ""},
	 {.url = "/org/affiliations/%agreed%/end", .as = "admin", .form = "until=2099-01-31"},
	 {.url = LETTER,
	  .as = "admin",
	  .form = "subject=Come+in&body=Here:+{{link}}&rev=1",
	  .words = "kind language"},
	 {.url = LETTER "/shipped", .as = "admin", .form = "rev=1", .words = "kind language"});

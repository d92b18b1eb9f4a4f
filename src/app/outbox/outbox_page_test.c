#include "base/arena.h"
#include "core/args.h"
#include "core/letter.h"
#include "core/outbox.h"
#include "example.h"

static const struct letter_blank blanks[] = {{"link", .link = true, .meaning = "where to go"}, {0}};
static const struct letter_words words[] = {
	{"en", "Your <seat>", "Your seat is kept:\n{{link}}\n"},
	{0},
};
static const struct letter_kind seat = {
	.name = "test.seat", .summary = "A seat", .blanks = blanks, .words = words};
static const struct letter_kind key = {
	.name = "test.key", .summary = "A key", .blanks = blanks, .words = words, .secret = true};

static int64_t post(struct world *w, int64_t org, const struct letter_kind *kind, const char *name)
{
	return letter_post(
		w->db, w->arena,
		&(struct letter){.kind = kind,
				 .org = org,
				 .to_address = S("zoe@example.test"),
				 .to_name = S("Zoé"),
				 .lang = S("en"),
				 .values = ARGS(w->arena, ARG_AS("link", "https://x.test/k")),
				 .key = name,
				 .now = w->now});
}

WORLD(letters_of_the_world)
{
	world_know_id(w, "letter", post(w, w->a, &seat, "world"));
}

static void fill(struct world *w)
{
	int64_t dead = post(w, w->a, &seat, "dead");
	world_know_id(w, "dead", dead);
	world_know_id(w, "waits", post(w, w->a, &seat, "waits"));
	world_know_id(w, "secret", post(w, w->a, &key, "secret"));
	world_know_id(w, "theirs", post(w, w->b, &seat, "theirs"));
	db_exec(w->db,
		SQL("UPDATE letter SET state = 'dead', tries = 2, answer = '550 no such person', "
		    "settled_at = 1795000000 WHERE id = :id AND org = :org"),
		ARGS(w->arena, ARG_AS("id", dead), ARG_AS("org", w->a)));
}

EXAMPLES(fill, {.url = "/outbox/%dead%/tries", .as = "admin", .form = ""},
	 {.url = "/outbox/%letter%/cancellation", .as = "admin", .form = ""});

SCENARIOS("an administrator reads the letters, by state, as a page and as data", fill,
	  {.url = "/alder/outbox",
	   .as = "admin",
	   .status = 200,
	   .has = {"<h1>Letters</h1>", "Your &lt;seat&gt;", "zoe@example.test",
		   "Could not be delivered (1)", "/outbox/%waits%\""}},
	  {.url = "/alder/outbox?state=dead",
	   .as = "admin",
	   .status = 200,
	   .has = {"/outbox/%dead%\""},
	   .has_not = {"/outbox/%waits%\""}},
	  {.url = "/alder/outbox.json?state=dead",
	   .as = "admin",
	   .status = 200,
	   .has = {"\"answer\":\"550 no such person\""}},
	  {.url = "/alder/outbox?state=lost", .as = "admin", .status = 422},
	  {.url = "/alder/outbox", .as = "member", .status = 403},
	  {.url = "/alder/outbox", .status = 303});

SCENARIOS("a letter is shown as it was sent, and that it was read leaves a trace", fill,
	  {.url = "/alder/outbox/%dead%",
	   .as = "admin",
	   .status = 200,
	   .has = {"Your seat is kept:\nhttps://x.test/k", "550 no such person", "2 times",
		   "Send it again"},
	   .has_not = {"Do not send it"}},
	  {.url = "/alder/outbox/%dead%/message",
	   .as = "admin",
	   .status = 200,
	   .has = {"message/rfc822", "attachment; filename=\"letter-", "multipart/alternative"}},
	  {.url = "/alder/outbox/%theirs%", .as = "admin", .status = 404},
	  {.url = "/alder/outbox/%theirs%/message", .as = "admin", .status = 404},
	  {.url = "/alder/outbox/999999", .as = "admin", .status = 404});

SCENARIOS("a letter with a link that acts for its reader is shown to nobody else", fill,
	  {.url = "/alder/outbox/%secret%",
	   .as = "admin",
	   .status = 200,
	   .has = {"nobody else is shown it"},
	   .has_not = {"https://x.test/k"}},
	  {.url = "/alder/outbox/%secret%.json",
	   .as = "admin",
	   .status = 200,
	   .has = {"\"body\":null"},
	   .has_not = {"https://x.test/k"}},
	  {.url = "/alder/outbox/%secret%/message", .as = "admin", .status = 404});

SCENARIOS("a dead letter is sent again, a waiting one is not sent, each only where it can", fill,
	  {.url = "/alder/outbox/%dead%/tries",
	   .form = "",
	   .as = "admin",
	   .status = 303,
	   .has = {"Location: /alder/outbox/%dead%"}},
	  {.url = "/alder/outbox/%dead%",
	   .as = "admin",
	   .status = 200,
	   .has = {"Waiting", "Do not send it"}},
	  {.url = "/alder/outbox/%waits%/cancellation", .form = "", .as = "admin", .status = 303},
	  {.url = "/alder/outbox/%waits%",
	   .as = "admin",
	   .status = 200,
	   .has = {"Not sent", "Send it again"}},
	  {.url = "/alder/outbox/%theirs%/tries", .form = "", .as = "admin", .status = 404},
	  {.url = "/alder/outbox/%theirs%/cancellation", .form = "", .as = "admin", .status = 404},
	  {.url = "/alder/outbox/%dead%/tries", .form = "", .as = "member", .status = 403});

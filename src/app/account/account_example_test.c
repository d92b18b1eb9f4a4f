/* A good request for each POST route of signing in and out. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/args.h"
#include "core/link.h"
#include "core/person.h"
#include "core/second.h"
#include "core/session.h"
#include "core/signin.h"
#include "example.h"

static int64_t add_person(struct world *w, const char *name)
{
	return person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), w->a,
			  w->now);
}

static struct val *one_of(struct world *w, int64_t person, const char *name)
{
	return ARGS(w->arena, ARG(person), ARG(name), ARG_AS("signin", 0));
}

/* Two who share an address and a password, one with a card, one who is asked for a code. */
static void fill_people(struct world *w, const struct signin *at)
{
	int64_t bo = add_person(w, "Bo Roy"), cy = add_person(w, "Cy Roy"),
		di = add_person(w, "Di Stone");
	struct val *both = val_list(w->arena), *codes;
	val_push(both, one_of(w, bo, "Bo Roy"));
	val_push(both, one_of(w, cy, "Cy Roy"));
	world_know_id(w, "one_of_two", bo);
	if (w->as_b)
		return;
	signin_set_password(at, bo, S("roy@example.org"), S("seven grey geese"), 0);
	world_know(w, "proof", signin_proof(at, both, "password"));
	struct val *card = signin_card_make(at, cy, S("cy"));
	world_know(w, "card", val_s(card, "card"));
	world_know(w, "pin", val_s(card, "pin"));
	struct str secret = second_begin(w->db, w->arena, at->secrets, di, w->now);
	struct str code = str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP));
	second_confirm(w->db, w->arena, at->secrets, di, code, w->now, &codes);
	world_know(w, "recovery", val_get_str(val_at(codes, 0)));
	struct session_start waits = {
		.person = di, .now = w->now, .means = "password", .waiting = true};
	world_know(w, "waits", session_start(w->db, w->arena, &waits));
}

/* A form that waits for a sign-in, as the dispatcher seals it. */
static struct str waiting_form(struct world *w, const struct secrets *secrets)
{
	struct buf text = {.arena = w->arena};
	struct val *kept = ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("ends", w->now + 600),
				ARG_AS("path", "/me/names"));
	json_write(&text, kept);
	return secret_seal(w->arena, secrets, S("carry"), buf_str(&text));
}

#define BROWSER "abcdefghijklmnopqrstuvwxyz"

static void fill(struct world *w)
{
	struct secrets secrets = world_keys();
	struct signin at = {
		.arena = w->arena, .db = w->db, .secrets = &secrets, .org = w->a, .now = w->now};
	const char *email = w->as_b ? "birch@example.org" : "alder@example.org";
	fill_people(w, &at);
	world_know(w, "waiting", waiting_form(w, &secrets));
	signin_add_email(&at, add_person(w, "Lin Link"), str_of(email));
	world_know(w, "signin_token",
		   link_make(w->db, w->arena,
			     &(struct link_new){.purpose = "signin",
						.org = w->a,
						.address = str_of(email),
						.browser = S(BROWSER),
						.now = w->now,
						.ends_at = w->now + 1800}));
}

/* What is shown to an unknown card or link is a page to begin again at, not "no such thing". */
EXAMPLES(fill, {.url = "/sign-in", .form = "email=roy@example.org&password=seven+grey+geese&own=1"},
	 {.url = "/sign-in/card", .form = "user_name=cy&card=%card%&pin=%pin%"},
	 {.url = "/sign-in/who", .form = "proof=%proof%&person=%one_of_two%", .refused = 303},
	 {.url = "/sign-in/way", .form = "way=card&carry=%waiting%", .status = 200, .refused = 303},
	 {.url = "/sign-in/second",
	  .form = "code=%recovery%",
	  .headers = "Cookie: __Host-waypost_session=%waits%"},
	 {.url = "/sign-in/link", .form = "email=roy@example.org"},
	 {.url = "/sign-in/link/%signin_token%",
	  .form = "own=1",
	  .headers = "Cookie: __Host-waypost_asked=" BROWSER,
	  .refused = 303},
	 {.url = "/invitation/%token%",
	  .form = "name=Eve&password=a+fish+in+the+attic&agree=1",
	  .refused = 303},
	 {.url = "/sign-out", .as = "member", .form = ""});

/* A form that was sent after the session had ended comes back after the sign-in, as it was typed.
 */
#include "base/arena.h"
#include "core/args.h"
#include "core/person.h"
#include "core/second.h"
#include "core/session.h"
#include "core/signin.h"
#include "probe.h"

static int64_t add_person(struct world *w, const struct secrets *secrets, const char *name,
			  const char *email, int64_t org)
{
	struct signin at = {
		.arena = w->arena, .db = w->db, .secrets = secrets, .org = org, .now = w->now};
	int64_t person = person_add(w->db, w->arena,
				    ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), org, w->now);
	signin_set_password(&at, person, str_of(email), S("the blue kettle"), 0);
	return person;
}

static struct str session_of(struct world *w, int64_t person, int64_t begun)
{
	struct session_start start = {
		.person = person, .now = begun, .means = "password", .shared = true};
	return session_start(w->db, w->arena, &start);
}

/* Awa has a password, Di a second factor too. Awa has a session, and one that is over. */
static void fill(struct world *w)
{
	struct secrets secrets;
	struct val *codes;
	secrets_from(&secrets,
		     S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
		     COST_TESTS);
	int64_t awa = add_person(w, &secrets, "Awa Diop", "awa@example.org", w->a);
	world_know(w, "over", session_of(w, awa, w->now - 2 * 3600));
	world_know(w, "elsewhere", session_of(w, awa, w->now));
	struct str taken = session_of(w, awa, w->now);
	session_end(w->db, w->arena, awa,
		    val_i(session_find(w->db, w->arena, taken, 0, w->now), "session"));
	world_know(w, "taken", taken);
	add_person(w, &secrets, "Bo Roy", "bo@example.org", w->a);
	int64_t di = add_person(w, &secrets, "Di Stone", "di@example.org", w->a);
	world_know(w, "of_di", session_of(w, di, w->now - 2 * 3600));
	sessions_sweep(w->db, w->arena, w->now);
	struct str secret = second_begin(w->db, w->arena, &secrets, di, w->now);
	struct str code = str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP));
	CHECK(second_confirm(w->db, w->arena, &secrets, di, code, w->now, &codes));
	world_know(w, "code", str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP + 1)));
}

#define CARRIES(sentence, ...)                                                                     \
	TEST_DB(sentence)                                                                          \
	{                                                                                          \
		static const struct scenario steps[] = {__VA_ARGS__};                              \
		struct world w;                                                                    \
		if (CHECK(probe_begin(&w, db, err, fill, false)))                                  \
			probe_tell(&w, steps, sizeof steps / sizeof *steps, __FILE__, __LINE__);   \
		world_end(&w);                                                                     \
	}                                                                                          \
	_Static_assert(sizeof sentence > 1, "a scenario has a sentence")

#define TYPED "title=My+title&words=a+long%0Atext&rev=3&secret=hush"
#define AWA   "email=awa%40example.org&password=the+blue+kettle&carry=%carry%"
#define CARRY                                                                                      \
	{                                                                                          \
		"carry", "name=\"carry\" value=\""                                                 \
	}
#define OVER .headers = "Cookie: __Host-waypost_session=%over%"
#define SENT_LATE                                                                                  \
	{                                                                                          \
		.url = "/alder/probe/1", .form = TYPED, .status = 401, .keep = CARRY, OVER,        \
		.has = {"Sign in", "what you typed comes back", "name=\"carry\""}, .has_not = {    \
			"My title",                                                                \
			"hush"                                                                     \
		}                                                                                  \
	}

CARRIES("a form sent after the session ended comes back in its page, to be sent again", SENT_LATE,
	{.url = "/alder/sign-in",
	 .form = AWA,
	 .status = 200,
	 .keep = {"session", "Set-Cookie: __Host-waypost_session="},
	 .has = {"You are signed in again", "value=\"My title\"", "a long\ntext</textarea>",
		 "value=\"3\"", "/alder/probe/1\"", "Set-Cookie: __Host-waypost_session="},
	 .has_not = {"hush", "Location:", "name=\"carry\""}},
	{.url = "/alder/probe/1",
	 .form = TYPED,
	 .headers = "Cookie: __Host-waypost_session=%session%",
	 .status = 303});

CARRIES("a wrong password in between loses nothing", SENT_LATE,
	{.url = "/alder/sign-in",
	 .form = "email=awa%40example.org&password=wrong&carry=%carry%",
	 .status = 422,
	 .has = {"name=\"carry\""}},
	{.url = "/alder/sign-in", .form = AWA, .status = 200, .has = {"value=\"My title\""}});

CARRIES("the second factor is asked for in between, and carries on",
	{.url = "/alder/probe/1",
	 .form = TYPED,
	 .headers = "Cookie: __Host-waypost_session=%of_di%",
	 .status = 401,
	 .keep = CARRY},
	{.url = "/alder/sign-in",
	 .form = "email=di%40example.org&password=the+blue+kettle&carry=%carry%",
	 .status = 200,
	 .keep = {"session", "Set-Cookie: __Host-waypost_session="},
	 .has = {"One more step", "name=\"carry\""},
	 .has_not = {"My title", "Location:"}},
	{.url = "/alder/sign-in/second",
	 .form = "code=%code%&carry=%carry%",
	 .headers = "Cookie: __Host-waypost_session=%session%",
	 .status = 200,
	 .has = {"value=\"My title\"", "a long\ntext</textarea>"}});

#define BO                                                                                         \
	{                                                                                          \
		.url = "/alder/sign-in",                                                           \
		.form = "email=bo%40example.org&password=the+blue+kettle&carry=%carry%",           \
		.status = 303,                                                                     \
		.has = {"Location: /alder/", "__Host-waypost_session=", "__Host-waypost_flash="},  \
		.has_not = {                                                                       \
			"My title"                                                                 \
		}                                                                                  \
	}

CARRIES("whose session ended has what they typed, and nobody else who signs in there, however it "
	"ended",
	SENT_LATE, BO,
	{.url = "/alder/sign-in", .form = AWA, .status = 200, .has = {"value=\"My title\""}},
	{.url = "/alder/probe/1",
	 .form = TYPED,
	 .headers = "Cookie: __Host-waypost_session=%taken%",
	 .status = 401,
	 .keep = CARRY},
	BO, {.url = "/alder/sign-in", .form = AWA, .status = 200, .has = {"value=\"My title\""}});

CARRIES("what nobody is known to have typed is not kept for whoever comes, and the page says so",
	{.url = "/alder/probe/1",
	 .form = TYPED,
	 .status = 401,
	 .has = {"Sign in", "what was typed is not kept"},
	 .has_not = {"My title", "name=\"carry\"", "comes back"}},
	{.url = "/alder/probe/1",
	 .form = TYPED,
	 .headers = "Cookie: __Host-waypost_session=of-nobody",
	 .status = 401,
	 .has = {"what was typed is not kept"},
	 .has_not = {"name=\"carry\""}});

CARRIES("who signs in by card or by link takes the form along", SENT_LATE,
	{.url = "/alder/sign-in/way",
	 .form = "way=card&carry=%carry%",
	 .status = 200,
	 .has = {"Code on the card", "name=\"carry\""},
	 .has_not = {"My title", "Location:"}},
	{.url = "/alder/sign-in/way",
	 .form = "way=link&carry=%carry%",
	 .status = 200,
	 .has = {"We send you a link", "name=\"carry\""}},
	{.url = "/alder/sign-in/link",
	 .form = "email=awa%40example.org&carry=%carry%",
	 .status = 200,
	 .has = {"Look into your mailbox", "back to my form", "name=\"carry\""}},
	{.url = "/alder/sign-in/way",
	 .form = "carry=%carry%",
	 .status = 200,
	 .has = {"Sign in", "name=\"carry\""},
	 .has_not = {"My title"}},
	{.url = "/alder/sign-in/way",
	 .form = "carry=%carry%",
	 .headers = "Cookie: __Host-waypost_session=%elsewhere%",
	 .status = 200,
	 .has = {"not sent yet", "value=\"My title\""}});

CARRIES("a button without a page of its own waits as a button",
	{.url = "/alder/probe/1/poke", .form = TYPED, .status = 401, .keep = CARRY, OVER},
	{.url = "/alder/sign-in",
	 .form = AWA,
	 .status = 200,
	 .has = {"Send it now", "action=\"/alder/probe/1/poke\"",
		 "name=\"title\" value=\"My title\""},
	 .has_not = {"hush"}});

CARRIES("what nobody sealed, or another organisation did, is not carried",
	{.url = "/alder/sign-in",
	 .form = "email=awa%40example.org&password=the+blue+kettle&carry=AAAAAAAAAAAA",
	 .status = 303,
	 .has = {"Location: /alder/"}},
	{.url = "/birch/probe/1", .form = TYPED, .status = 401, .keep = CARRY, OVER},
	{.url = "/alder/sign-in", .form = AWA, .status = 303, .has = {"Location: /alder/"}});

CARRIES("another site's form is not carried past its reader",
	{.url = "/alder/probe/1",
	 .form = TYPED,
	 .headers = "Sec-Fetch-Site: cross-site",
	 .status = 403,
	 .has_not = {"name=\"carry\""}});

CARRIES("a program is told to sign in, without a page", {.url = "/alder/probe/1",
							 .form = TYPED,
							 .headers = "Accept: application/json",
							 .status = 401,
							 .has = {"{\"status\":401,"}});

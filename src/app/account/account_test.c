#include "app/account/account.h"

#include "base/arena.h"
#include "core/agreement.h"
#include "core/args.h"
#include "core/invite.h"
#include "core/person.h"
#include "core/right.h"
#include "core/second.h"
#include "scenario.h"

#define KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* The keys of every story (test/scenario.c). */
static struct secrets keys(void)
{
	struct secrets secrets;
	CHECK(secrets_from(&secrets, S(KEY), COST_TESTS));
	return secrets;
}

static int64_t add_person(struct world *w, const char *name)
{
	return person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), w->a,
			  w->now);
}

static void add_password(struct world *w, int64_t person, const char *email, const char *password)
{
	struct secrets secrets = keys();
	struct signin at = {
		.arena = w->arena, .db = w->db, .secrets = &secrets, .org = w->a, .now = w->now};
	signin_set_password(&at, person, str_of(email), str_of(password), 0);
}

/* Awa has a password; Bo and Cy share an address and a password; Di has a second factor too. */
static void fill(struct world *w)
{
	struct secrets secrets = keys();
	struct val *codes;
	add_password(w, add_person(w, "Awa Diop"), "awa@example.org", "the blue kettle");
	add_password(w, add_person(w, "Bo Roy"), "roy@example.org", "seven grey geese");
	add_password(w, add_person(w, "Cy Roy"), "roy@example.org", "seven grey geese");
	int64_t di = add_person(w, "Di Stone");
	add_password(w, di, "di@example.org", "rain on the tin roof");
	struct str secret = second_begin(w->db, w->arena, &secrets, di, w->now);
	struct str code = str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP));
	CHECK(second_confirm(w->db, w->arena, &secrets, di, code, w->now, &codes));
	world_know(w, "code", str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP + 1)));
	world_know(w, "recovery", val_get_str(val_at(codes, 0)));
	struct str token;
	invite_make(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("email", "eve@example.org"),
			 ARG_AS("name", "Eve"), ARG_AS("lang", "fr"),
			 ARG_AS("role", role_by_key(w->db, w->arena, w->a, "translator")),
			 ARG_AS("person", 0)),
		    world_person(w, "admin"), w->now, &token);
	world_know(w, "token", token);
}

SCENARIOS(
	"whoever signs in comes to where they wanted to be, and nobody is led elsewhere", fill,
	{.url = "/alder/me", .status = 303, .has = {"Location: /alder/sign-in?next=%2Fme"}},
	{.url = "/alder/sign-in?next=%2Fme",
	 .status = 200,
	 .has = {"name=\"next\" value=\"/me\"", "current-password"}},
	{.url = "/alder/sign-in",
	 .form = "email=AWA%40example.org&password=the+blue+kettle&next=%2Fme",
	 .status = 303,
	 .has = {"Location: /alder/me", "Set-Cookie: __Host-waypost_session=", "HttpOnly",
		 "SameSite=Lax"}},
	{.url = "/alder/sign-in",
	 .form = "email=awa%40example.org&password=the+blue+kettle&next=%2F%2Fevil.example",
	 .status = 303,
	 .has = {"Location: /alder/"},
	 .has_not = {"evil"}},
	{.url = "/alder/sign-in",
	 .form = "email=awa%40example.org&password=the+blue+kettle&next=https%3A%2F%2Fevil.example",
	 .status = 303,
	 .has = {"Location: /alder/"},
	 .has_not = {"evil"}});

SCENARIOS("a wrong password and an unknown address get the same page", fill,
	  {.url = "/alder/sign-in",
	   .form = "email=awa%40example.org&password=zebra-crossing",
	   .status = 422,
	   .has = {"do not belong together", "value=\"awa@example.org\""},
	   .has_not = {"Set-Cookie", "zebra"}},
	  {.url = "/alder/sign-in",
	   .form = "email=nobody%40example.org&password=zebra-crossing",
	   .status = 422,
	   .has = {"do not belong together", "value=\"nobody@example.org\""},
	   .has_not = {"Set-Cookie"}},
	  {.url = "/alder/sign-in",
	   .form = "email=&password=",
	   .status = 422,
	   .has_not = {"Set-Cookie"}},
	  {.url = "/alder/sign-in", .form = "", .status = 422, .has_not = {"Set-Cookie"}},
	  {.url = "/alder/sign-in/card",
	   .form = "user_name=bo&card=ABCD-EFGH-JKMN&pin=1234",
	   .status = 422,
	   .has = {"do not belong together"},
	   .has_not = {"Set-Cookie", "1234"}});

SCENARIOS("too many wrong passwords: the form says how long to wait, even for the right one", fill,
	  {.url = "/alder/sign-in", .form = "email=awa%40example.org&password=1", .status = 422},
	  {.url = "/alder/sign-in", .form = "email=awa%40example.org&password=2", .status = 422},
	  {.url = "/alder/sign-in", .form = "email=awa%40example.org&password=3", .status = 422},
	  {.url = "/alder/sign-in", .form = "email=awa%40example.org&password=4", .status = 422},
	  {.url = "/alder/sign-in", .form = "email=awa%40example.org&password=5", .status = 422},
	  {.url = "/alder/sign-in",
	   .form = "email=awa%40example.org&password=the+blue+kettle",
	   .status = 422,
	   .has = {"Wait 2 seconds"},
	   .has_not = {"Set-Cookie"}},
	  {.url = "/alder/sign-in",
	   .form = "email=roy%40example.org&password=seven+grey+geese",
	   .status = 200});

SCENARIOS("another site cannot sign a browser in or out", fill,
	  {.url = "/alder/sign-in",
	   .form = "email=awa%40example.org&password=the+blue+kettle",
	   .headers = "Sec-Fetch-Site: cross-site",
	   .status = 403,
	   .has_not = {"Set-Cookie"}},
	  {.url = "/alder/sign-out",
	   .as = "signed_in",
	   .form = "",
	   .headers = "Origin: https://evil.example",
	   .status = 403,
	   .has_not = {"Set-Cookie"}},
	  {.url = "/alder/me", .as = "signed_in", .status = 200});

SCENARIOS("people who share an address say who they are, with a proof that is theirs only", fill,
	  {.url = "/alder/sign-in",
	   .form = "email=roy%40example.org&password=seven+grey+geese&next=%2Fme",
	   .status = 200,
	   .has = {"Who is it?", "Bo Roy", "Cy Roy"},
	   .has_not = {"Set-Cookie", "Awa"},
	   .keep = {"proof", "name=\"proof\" value=\""}},
	  {.url = "/alder/sign-in/who",
	   .form = "proof=%proof%&person=1",
	   .status = 303,
	   .has = {"Location: /alder/sign-in"},
	   .has_not = {"waypost_session"}},
	  {.url = "/alder/sign-in/who",
	   .form = "proof=forged&person=1",
	   .status = 303,
	   .has = {"Location: /alder/sign-in"},
	   .has_not = {"waypost_session"}});

SCENARIOS("signing out ends the session here and clears what the browser keeps", fill,
	  {.url = "/alder/me", .as = "signed_in", .status = 200},
	  {.url = "/alder/sign-out",
	   .as = "signed_in",
	   .form = "",
	   .status = 303,
	   .has = {"Clear-Site-Data: \"cache\"", "waypost_session=; Path=/; Max-Age=0"}},
	  {.url = "/alder/me", .as = "signed_in", .status = 303, .has = {"/alder/sign-in"}},
	  {.url = "/alder/sign-out", .form = "", .status = 303});

SCENARIOS("an invitation is looked at by GET, accepted by POST, and works once and here only", fill,
	  {.url = "/alder/invitation/%token%",
	   .status = 200,
	   .has = {"Translator", "eve@example.org", "value=\"Eve\"", "Cache-Control: no-store",
		   "Referrer-Policy: strict-origin"}},
	  {.url = "/birch/invitation/%token%",
	   .status = 410,
	   .has = {"no longer stands"},
	   .has_not = {"eve@"}},
	  {.url = "/birch/invitation/%token%",
	   .headers = "Accept: application/json",
	   .status = 410,
	   .has = {"Content-Type: application/json", "Cache-Control: no-store", "\"gone\":true"},
	   .has_not = {"eve@"}},
	  {.url = "/birch/invitation/%token%",
	   .form = "name=Eve&password=a+fish+in+the+attic&agree=1",
	   .status = 303,
	   .has = {"/birch/sign-in"},
	   .has_not = {"waypost_session"}},
	  {.url = "/alder/invitation/%token%",
	   .form = "name=Eve&password=short",
	   .status = 422,
	   .has = {"at least 10", "value=\"Eve\""},
	   .has_not = {"waypost_session", "short\""}},
	  {.url = "/alder/invitation/%token%",
	   .form = "name=&password=a+fish+in+the+attic&agree=1",
	   .status = 422},
	  {.url = "/alder/invitation/%token%",
	   .form = "name=Eve&password=a+fish+in+the+attic",
	   .status = 422,
	   .has = {"need to agree", "Sample terms"}},
	  {.url = "/alder/invitation/%token%",
	   .form = "name=Eve+Martin&password=a+fish+in+the+attic&agree=1",
	   .status = 303,
	   .has = {"waypost_session="}},
	  {.url = "/alder/invitation/%token%",
	   .form = "name=Eve&password=a+fish+in+the+attic&agree=1",
	   .status = 303,
	   .has = {"/alder/sign-in"},
	   .has_not = {"waypost_session"}},
	  {.url = "/alder/sign-in",
	   .form = "email=eve%40example.org&password=a+fish+in+the+attic",
	   .status = 303,
	   .has = {"waypost_session="}});

SCENARIOS("somebody with an account accepts an invitation with it", fill,
	  {.url = "/alder/invitation/%token%",
	   .as = "signed_in",
	   .status = 200,
	   .has = {"Person signed_in"}},
	  {.url = "/alder/invitation/%token%",
	   .as = "signed_in",
	   .form = "as_me=1&agree=1",
	   .status = 303,
	   .has = {"Location: /alder/me"}},
	  {.url = "/alder/me", .as = "signed_in", .status = 200, .has = {"Translator"}});

/* ---- stories with cookies ---- */

static struct str cookie_set(struct world *w, const char *name)
{
	struct str answer = world_answer(w), line;
	struct str start = str_fmt(w->arena, "Set-Cookie: __Host-%s=", name);
	while (str_cut(&answer, '\n', &line) && line.n)
		if (str_starts(line, start)) {
			struct str rest = str_from(line, start.n), value;
			return str_cut(&rest, ';', &value) ? str_dup(w->arena, value) : S("");
		}
	return S("");
}

static int ask_with(struct world *w, const char *url, const char *form, struct str cookies)
{
	struct scenario step = {
		.url = url,
		.form = form,
		.headers = cookies.n ? str_c(w->arena, str_fmt(w->arena, "Cookie: " STR_FMT,
							       STR_ARG(cookies)))
				     : NULL};
	world_ask(w, &step);
	return w->last.status;
}

static struct str pair(struct world *w, const char *name)
{
	return str_fmt(w->arena, "__Host-%s=" STR_FMT, name, STR_ARG(cookie_set(w, name)));
}

static bool says(struct world *w, const char *text)
{
	return str_find(world_answer(w), str_of(text)) >= 0;
}

TEST_DB("with a second factor nobody is signed in before the code, and the code changes the "
	"session")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	CHECK_INT(ask_with(&w, "/alder/sign-in",
			   "email=di%40example.org&password=rain+on+the+tin+roof&next=%2Fme",
			   S("")),
		  303);
	CHECK_STR(w.location, "/alder/sign-in/second?next=%2Fme");
	struct str half = pair(&w, "waypost_session");
	CHECK_INT(ask_with(&w, "/alder/me", NULL, half), 303);
	CHECK_STR(w.location, "/alder/sign-in?next=%2Fme");
	CHECK_INT(ask_with(&w, "/alder/sign-in/second?next=%2Fme", NULL, half), 200);
	CHECK_INT(ask_with(&w, "/alder/sign-in/second", "code=000000&next=%2Fme", half), 422);
	w.now += 30;
	CHECK_INT(ask_with(&w, "/alder/sign-in/second", "code=%code%&next=%2Fme", half), 303);
	CHECK_STR(w.location, "/alder/me");
	struct str whole = pair(&w, "waypost_session");
	CHECK(!str_eq(half, whole));
	CHECK_INT(ask_with(&w, "/alder/me", NULL, whole), 200);
	CHECK(says(&w, "Di Stone"));
	CHECK_INT(ask_with(&w, "/alder/me", NULL, half), 303);
	CHECK_INT(ask_with(&w, "/alder/sign-in/second", "code=%code%", half), 303);
	world_end(&w);
}

TEST_DB("a recovery code stands for the device, once; five wrong codes and the password is asked "
	"again")
{
	struct world w;
	static const char password[] = "email=di%40example.org&password=rain+on+the+tin+roof";
	NEED(world_begin(&w, db, err, fill));
	for (int turn = 0; turn < 2; turn++) {
		ask_with(&w, "/alder/sign-in", password, S(""));
		struct str half = pair(&w, "waypost_session");
		ask_with(&w, "/alder/sign-in/second", "code=%recovery%", half);
		CHECK_INT(w.last.status, turn ? 422 : 303);
	}
	w.now += 86400;
	ask_with(&w, "/alder/sign-in", password, S(""));
	struct str half = pair(&w, "waypost_session");
	for (int i = 0; i < 4; i++) {
		CHECK_INT(ask_with(&w, "/alder/sign-in/second", "code=123123", half), 422);
		w.now += 20;
	}
	CHECK_INT(ask_with(&w, "/alder/sign-in/second", "code=123123", half), 303);
	CHECK_STR(w.location, "/alder/sign-in");
	w.now += 900;
	CHECK_INT(ask_with(&w, "/alder/sign-in/second", "code=123123", half), 303);
	world_end(&w);
}

static struct str last_link(struct world *w, struct db *db, struct err *err)
{
	struct str body, from = S("https://waypost.example/alder/sign-in/link/");
	db_use(db, w->arena, err);
	db_begin(db, DB_READ, 0);
	const struct val *row = db_row(db,
				       SQL("SELECT l.body AS body FROM letter l WHERE l.kind = "
					   "'account.link' ORDER BY l.id DESC LIMIT 1"),
				       PARAMS("x", INT(0)));
	body = str_dup(w->arena, val_s(row, "body"));
	db_rollback(db);
	ptrdiff_t at = str_find(body, from);
	if (at < 0)
		return S("");
	struct str link = str_from(body, (size_t)at + 23), line;
	return str_cut(&link, '\n', &line) ? str_trim(line) : S("");
}

TEST_DB("an e-mailed link signs in by a button, once, in the browser that asked and no other")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	CHECK_INT(ask_with(&w, "/alder/sign-in/link",
			   "email=Awa%40example.org&next=%2Fme%2Fpassword", S("")),
		  303);
	CHECK_STR(w.location, "/alder/sign-in/sent");
	struct str asked = pair(&w, "waypost_asked"), link = last_link(&w, db, err);
	NEED(link.n > 20);
	const char *url = str_c(w.arena, link);
	CHECK(str_find(link, S("next=%2Fme%2Fpassword")) > 0);
	CHECK_INT(ask_with(&w, url, NULL, S("")), 200);
	CHECK(says(&w, "where you asked for it"));
	CHECK_INT(ask_with(&w, url, "next=%2Fme%2Fpassword", S("")), 303);
	CHECK(!cookie_set(&w, "waypost_session").n);
	CHECK_INT(ask_with(&w, url, "", S("__Host-waypost_asked=somebody-elses-cookie-0123456789")),
		  303);
	CHECK(!cookie_set(&w, "waypost_session").n);
	for (int i = 0; i < 3; i++) { /* looking at it, as mail scanners do, changes nothing */
		CHECK_INT(ask_with(&w, url, NULL, asked), 200);
		CHECK(says(&w, "Sign in now"));
		CHECK(!cookie_set(&w, "waypost_session").n);
	}
	CHECK_INT(ask_with(&w, url, "next=%2Fme%2Fpassword", asked), 303);
	CHECK_STR(w.location, "/alder/me/password");
	struct str session = pair(&w, "waypost_session");
	CHECK_INT(ask_with(&w, "/alder/me/password", NULL, session), 200);
	CHECK_INT(ask_with(&w, url, "", asked), 303);
	CHECK(!cookie_set(&w, "waypost_session").n);
	CHECK_INT(ask_with(&w, url, NULL, asked), 410);
	CHECK(says(&w, "no longer works"));
	world_end(&w);
}

TEST_DB("asking for a link tells nobody whether the address has an account, and fills no mailbox")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	CHECK_INT(ask_with(&w, "/alder/sign-in/link", "email=awa%40example.org", S("")), 303);
	struct str known = w.location;
	CHECK(cookie_set(&w, "waypost_asked").n > 20);
	CHECK_INT(ask_with(&w, "/alder/sign-in/link", "email=nobody%40example.org", S("")), 303);
	CHECK(cookie_set(&w, "waypost_asked").n > 20);
	CHECK_STR(w.location, known);
	CHECK_INT(ask_with(&w, "/alder/sign-in/link", "email=not+an+address", S("")), 422);
	for (int i = 0; i < 4; i++)
		CHECK_INT(ask_with(&w, "/alder/sign-in/link", "email=awa%40example.org", S("")),
			  303);
	CHECK_INT(ask_with(&w, "/alder/sign-in/link", "email=awa%40example.org", S("")), 422);
	CHECK(says(&w, "too often"));
	db_use(db, w.arena, err);
	db_begin(db, DB_READ, 0);
	CHECK_INT(val_i(db_row(db, SQL("SELECT count(*) AS n FROM letter l WHERE l.kind = :kind"),
			       PARAMS("kind", TEXT("account.link"))),
			"n"),
		  5);
	db_rollback(db);
	world_end(&w);
}

TEST_DB("a link older than half an hour, or of another organisation, signs nobody in")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	ask_with(&w, "/alder/sign-in/link", "email=awa%40example.org", S(""));
	struct str asked = pair(&w, "waypost_asked"), link = last_link(&w, db, err);
	w.now += 1801;
	CHECK_INT(ask_with(&w, str_c(w.arena, link), "", asked), 303);
	CHECK(!cookie_set(&w, "waypost_session").n);
	world_end(&w);
}

TEST_DB("on one's own device the session lasts and the browser is known; else it is short")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	ask_with(&w, "/alder/sign-in", "email=awa%40example.org&password=the+blue+kettle", S(""));
	CHECK(!cookie_set(&w, "waypost_browser").n);
	CHECK(!says(&w, "Max-Age"));
	struct str shared = pair(&w, "waypost_session");
	ask_with(&w, "/alder/sign-in", "email=awa%40example.org&password=the+blue+kettle&own=1",
		 S(""));
	CHECK(cookie_set(&w, "waypost_browser").n > 20);
	CHECK(says(&w, "Max-Age=5184000"));
	struct str own = pair(&w, "waypost_session");
	w.now += 3600;
	CHECK_INT(ask_with(&w, "/alder/me", NULL, own), 200);
	CHECK_INT(ask_with(&w, "/alder/me", NULL, shared), 303);
	world_end(&w);
}

TEST_DB("every database call of signing in may fail: nothing is written and nobody is signed in")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	scenario_fail_each(
		&w, &(struct scenario){.url = "/alder/sign-in",
				       .form = "email=awa%40example.org&password=the+blue+kettle",
				       .status = 303});
	scenario_fail_each(
		&w, &(struct scenario){.url = "/alder/invitation/%token%",
				       .form = "name=Eve&password=a+fish+in+the+attic&agree=1",
				       .status = 303});
	world_end(&w);
}

#include "app/me/me.h"

#include "base/arena.h"
#include "core/activity.h"
#include "core/agreement.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/participation.h"
#include "core/person.h"
#include "core/second.h"
#include "core/session.h"
#include "scenario.h"
#include "web/zipped.h"

#define KEY "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct secrets keys(void)
{
	struct secrets secrets;
	CHECK(secrets_from(&secrets, S(KEY), COST_TESTS));
	return secrets;
}

static struct signin at_now(struct world *w, const struct secrets *secrets)
{
	return (struct signin){
		.arena = w->arena, .db = w->db, .secrets = secrets, .org = w->a, .now = w->now};
}

static void give_contact(struct world *w, const char *as, const char *value)
{
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", world_person(w, as)), ARG_AS("kind", "email"),
			 ARG(value)),
		    w->now);
}

static void fill(struct world *w)
{
	struct secrets secrets = keys();
	struct signin at = at_now(w, &secrets);
	int64_t me = world_person(w, "signed_in");
	signin_set_password(&at, me, S("me@example.org"), S("the blue kettle"), 0);
	give_contact(w, "signed_in", "me@example.org");
	give_contact(w, "member", "member@example.org");
	terms_publish(w->db, w->arena, w->a, "use", 0, S("en"), S("House rules"), S("Be kind."),
		      w->now);
	terms_publish(w->db, w->arena, w->b, "use", 0, S("en"), S("Rules of Birch"), S("x"),
		      w->now);
	/* set_password ended the session that stories sign in with */
	struct session_start start = {.person = me, .now = w->now, .means = "password"};
	world_know(w, "elsewhere", session_start(w->db, w->arena, &start));
}

static void fill_session(struct world *w)
{
	struct session_start start = {.person = world_person(w, "translator"),
				      .now = w->now,
				      .means = "password",
				      .agent = S("Firefox/128 Windows"),
				      .network = S("203.0.113.9")};
	world_know(w, "elsewhere", session_start(w->db, w->arena, &start));
	give_contact(w, "translator", "t@example.org");
	terms_publish(w->db, w->arena, w->a, "use", 0, S("en"), S("House rules"), S("Be kind."),
		      w->now);
	terms_publish(w->db, w->arena, w->b, "use", 0, S("en"), S("Rules of Birch"), S("x"),
		      w->now);
}

SCENARIOS("my pages are for me: a visitor signs in first", NULL,
	  {.url = "/alder/me/names", .status = 303, .has = {"/alder/sign-in?next=%2Fme%2Fnames"}},
	  {.url = "/alder/me/sessions/end", .form = "", .status = 401},
	  {.url = "/alder/me",
	   .as = "translator",
	   .status = 200,
	   .has = {"Person translator", "Translator", "Alder Guild"}},
	  {.url = "/birch/me",
	   .as = "translator",
	   .status = 200,
	   .has = {"Translator", "Alder Guild"}},
	  {.url = "/alder/me", .as = "signed_in", .status = 200, .has = {"no role"}});

SCENARIOS(
	"I change my names; one word is a name, and the old one is kept if I say so", NULL,
	{.url = "/alder/me/names",
	 .as = "member",
	 .status = 200,
	 .has = {"value=\"Person member\""},
	 .keep = {"rev", "name=\"rev\" value=\""}},
	{.url = "/alder/me/names",
	 .as = "member",
	 .form = "name=Aicha&sort_name=&formal_name=&keep_former=1&rev=%rev%",
	 .status = 303},
	{.url = "/alder/me/names",
	 .as = "member",
	 .status = 200,
	 .has = {"value=\"Aicha\"", "Person member"}},
	{.url = "/alder/me/names", .as = "member", .form = "name=&rev=2", .status = 422},
	{.url = "/alder/me/names",
	 .as = "member",
	 .form = "name=Late&sort_name=Late&rev=%rev%",
	 .status = 409,
	 .has = {"Someone else changed", "Aicha", "value=\"Late\"", "name=\"rev\" value=\"2\""}},
	{.url = "/alder/me/names",
	 .as = "member",
	 .form = "name=Late&sort_name=Late&rev=2",
	 .status = 303},
	{.url = "/alder/me/names", .as = "member", .status = 200, .has = {"value=\"Late\""}},
	{.url = "/alder/me/record",
	 .as = "member",
	 .status = 200,
	 .has = {"Names changed", "Late"}},
	{.url = "/alder/me/record", .as = "assessor", .status = 200, .has_not = {"Names changed"}});

SCENARIOS(
	"my contacts are mine: nobody else removes or prefers them", fill_session,
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .status = 200,
	 .has = {"t@example.org"},
	 .keep = {"contact", "action=\"/alder/me/contacts/"}},
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .form = "kind=phone&value=%2B1+514+555+0199&label=office&preferred=1",
	 .status = 303},
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .status = 200,
	 .has = {"+1 514 555 0199", "office", "used first"}},
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .form = "kind=email&value=nonsense",
	 .status = 422,
	 .has = {"nonsense"}},
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .form = "kind=pigeon&value=coo",
	 .status = 422},
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .form = "kind=post&value=9+Pier+Street%0D%0ASt.+John%E2%80%99s",
	 .status = 303},
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .status = 200,
	 .has = {"9 Pier Street\nSt. John’s"}},
	{.url = "/alder/me/contacts",
	 .as = "translator",
	 .form = "kind=email&value=a%40example.org%0D%0ABcc%3A+b%40example.org",
	 .status = 422},
	{.url = "/alder/me/vcard",
	 .as = "translator",
	 .status = 200,
	 .has = {"ADR:;;9 Pier Street\\nSt."}},
	{.url = "/alder/me/contacts/%contact%", .as = "member", .form = "", .status = 404},
	{.url = "/alder/me/contacts", .as = "translator", .status = 200, .has = {"t@example.org"}},
	{.url = "/alder/me/contacts/999/remove", .as = "translator", .form = "", .status = 404});

SCENARIOS("I see where I am signed in and end it there, never somebody else's", fill_session,
	  {.url = "/alder/me/sessions",
	   .as = "translator",
	   .status = 200,
	   .has = {"Firefox, Windows", "203.0.113.0/24", "here"},
	   .keep = {"session", "action=\"/alder/me/sessions/"}},
	  {.url = "/alder/me/sessions/%session%", .as = "member", .form = "", .status = 404},
	  {.url = "/alder/me", .headers = "Accept: text/html", .status = 303},
	  {.url = "/alder/me/sessions/end", .as = "translator", .form = "", .status = 303},
	  {.url = "/alder/me/sessions",
	   .as = "translator",
	   .status = 200,
	   .has_not = {"Firefox, Windows"}});

SCENARIOS(
	"I agree to what my organisation asks, see it, and withdraw it", fill_session,
	{.url = "/alder/me",
	 .as = "translator",
	 .status = 200,
	 .has = {"What waits for me", "House rules"}},
	{.url = "/alder/me/agreements",
	 .as = "translator",
	 .status = 200,
	 .has = {"House rules"},
	 .has_not = {"Birch"},
	 .keep = {"terms", "name=\"terms\" value=\""}},
	{.url = "/birch/me/agreements", .as = "translator", .form = "terms=%terms%", .status = 404},
	{.url = "/alder/me/agreements", .as = "translator", .form = "terms=%terms%", .status = 303},
	{.url = "/alder/me", .as = "translator", .status = 200, .has_not = {"What waits for me"}},
	{.url = "/alder/me/agreements/1/withdraw", .as = "member", .form = "", .status = 404},
	{.url = "/alder/me/agreements/1/withdraw", .as = "translator", .form = "", .status = 303},
	{.url = "/alder/me/agreements",
	 .as = "translator",
	 .status = 200,
	 .has = {"withdrawn", "I agree"}});

/* ---- stories with cookies and time ---- */

static int ask_with(struct world *w, const char *url, const char *form, struct str token)
{
	struct str line =
		str_fmt(w->arena, "Cookie: __Host-" SESSION_COOKIE "=" STR_FMT, STR_ARG(token));
	struct scenario step = {.url = url, .form = form, .headers = str_c(w->arena, line)};
	world_ask(w, &step);
	return w->last.status;
}

static bool says(struct world *w, const char *text)
{
	return str_find(world_answer(w), str_of(text)) >= 0;
}

static struct str new_session(struct world *w)
{
	struct str answer = world_answer(w), line, value;
	while (str_cut(&answer, '\n', &line) && line.n)
		if (str_starts(line, S("Set-Cookie: __Host-" SESSION_COOKIE "="))) {
			struct str rest =
				str_from(line, sizeof "Set-Cookie: __Host-" SESSION_COOKIE "=" - 1);
			return str_cut(&rest, ';', &value) ? str_dup(w->arena, value) : S("");
		}
	return S("");
}

TEST_DB("a new password needs a fresh proof, an address of mine, and ends my other sessions")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	struct str here = str_dup(w.arena, world_known(&w, "elsewhere"));
	struct secrets secrets = keys();
	db_use(db, w.arena, err);
	db_begin(db, DB_WRITE, 0);
	struct session_start start = {
		.person = world_person(&w, "signed_in"), .now = w.now, .means = "password"};
	struct str there = session_start(db, w.arena, &start);
	CHECK(db_commit(db));
	CHECK_INT(ask_with(&w, "/alder/me/password", NULL, here), 200);
	CHECK(says(&w, "value=\"me@example.org\""));
	CHECK_INT(ask_with(&w, "/alder/me/password",
			   "email=member%40example.org&password=a+fish+in+the+attic", here),
		  422);
	CHECK_INT(ask_with(&w, "/alder/me/password", "email=me%40example.org&password=short", here),
		  422);
	w.now += 901;
	CHECK_INT(ask_with(&w, "/alder/me/password", NULL, here), 303);
	CHECK_STR(w.location, "/alder/me/prove?next=%2Fme%2Fpassword");
	CHECK_INT(ask_with(&w, "/alder/me/password",
			   "email=me%40example.org&password=a+fish+in+the+attic", here),
		  303);
	CHECK_STR(w.location, "/alder/me/prove?next=%2Fme%2Fpassword");
	CHECK_INT(ask_with(&w, "/alder/me/prove", "secret=wrong&next=%2Fme%2Fpassword", here), 422);
	CHECK_INT(ask_with(&w, "/alder/me/prove", "secret=the+blue+kettle&next=%2F%2Fevil.example",
			   here),
		  303);
	CHECK_STR(w.location, "/alder/");
	CHECK_INT(ask_with(&w, "/alder/me/password",
			   "email=me%40example.org&password=a+fish+in+the+attic", here),
		  303);
	CHECK_INT(ask_with(&w, "/alder/me", NULL, here), 200);
	CHECK_INT(ask_with(&w, "/alder/me", NULL, there), 303);
	db_use(db, w.arena, err);
	db_begin(db, DB_READ, 0);
	struct signin at = at_now(&w, &secrets);
	CHECK(signin_password_is(&at, world_person(&w, "signed_in"), S("a fish in the attic")));
	db_rollback(db);
	world_end(&w);
}

TEST_DB("proving who one is cannot be guessed at")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	struct str here = world_known(&w, "elsewhere");
	w.now += 901;
	for (int i = 0; i < 5; i++)
		CHECK_INT(ask_with(&w, "/alder/me/prove", "secret=guess", here), 422);
	CHECK_INT(ask_with(&w, "/alder/me/prove", "secret=the+blue+kettle", here), 422);
	CHECK(says(&w, "too often"));
	w.now += 3;
	CHECK_INT(ask_with(&w, "/alder/me/prove", "secret=the+blue+kettle", here), 303);
	world_end(&w);
}

static struct str secret_of(struct world *w, struct db *db, struct err *err, const char *as)
{
	struct secrets secrets = keys();
	db_use(db, w->arena, err);
	db_begin(db, DB_READ, 0);
	struct str secret = second_begun(db, w->arena, &secrets, world_person(w, as));
	db_rollback(db);
	return str_dup(w->arena, secret);
}

TEST_DB("the second factor is set up with a picture or a key, and opens what needs it")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	db_use(db, w.arena, err);
	db_begin(db, DB_WRITE, 0);
	struct session_start start = {
		.person = world_person(&w, "admin"), .now = w.now, .means = "password"};
	struct str once = session_start(db, w.arena, &start),
		   other = session_start(db, w.arena, &start);
	CHECK(db_commit(db));
	CHECK_INT(ask_with(&w, "/alder/me/second?next=%2Fme%2Fnames", NULL, once), 200);
	CHECK(says(&w, "Set it up"));
	CHECK_INT(ask_with(&w, "/alder/me/second/begin", "next=%2Fme%2Fnames", once), 303);
	CHECK_STR(w.location, "/alder/me/second?next=%2Fme%2Fnames");
	CHECK_INT(ask_with(&w, "/alder/me/second?next=%2Fme%2Fnames", NULL, once), 200);
	struct str secret = secret_of(&w, db, err, "admin");
	CHECK(says(&w, "<path d=\"M4 4h7"));
	CHECK(says(&w, str_c(w.arena, totp_base32(w.arena, secret))));
	CHECK_INT(ask_with(&w, "/alder/me/second", "code=000000&next=%2Fme%2Fnames", once), 422);
	CHECK(says(&w, "<path d=\"M4 4h7"));
	struct str form = str_fmt(w.arena, "code=%06d&next=%%2Fme%%2Fnames",
				  totp_code(secret, w.now / TOTP_STEP));
	CHECK_INT(ask_with(&w, "/alder/me/second", str_c(w.arena, form), once), 200);
	CHECK(says(&w, "recovery codes") && says(&w, "href=\"/alder/me/names\""));
	struct str twice = new_session(&w);
	CHECK(twice.n && !str_eq(twice, once));
	CHECK_INT(ask_with(&w, "/alder/me", NULL, once), 303);
	CHECK_INT(ask_with(&w, "/alder/me", NULL, other), 303);
	CHECK_INT(ask_with(&w, "/alder/me/second", NULL, twice), 200);
	CHECK(says(&w, "10 recovery codes") &&
	      !says(&w, str_c(w.arena, totp_base32(w.arena, secret))));
	CHECK_INT(ask_with(&w, "/alder/me/second/codes", "", twice), 200);
	CHECK_INT(ask_with(&w, "/alder/me/second/remove", "", twice), 303);
	w.now += 901;
	CHECK_INT(ask_with(&w, "/alder/me/second", NULL, twice), 303);
	CHECK_STR(w.location, "/alder/me/prove?next=%2Fme%2Fsecond");
	world_end(&w);
}

static struct str letter_link(struct world *w, struct db *db, struct err *err)
{
	struct str from = S("https://waypost.example"), line;
	db_use(db, w->arena, err);
	db_begin(db, DB_READ, 0);
	const struct val *row = db_row(db,
				       SQL("SELECT l.body AS body FROM letter l WHERE l.kind = "
					   "'me.confirm' ORDER BY l.id DESC LIMIT 1"),
				       PARAMS("x", INT(0)));
	struct str body = str_dup(w->arena, val_s(row, "body"));
	db_rollback(db);
	ptrdiff_t at = str_find(body, from);
	struct str link = at < 0 ? S("") : str_from(body, (size_t)at + from.n);
	return str_cut(&link, '\n', &line) ? str_trim(line) : S("");
}

TEST_DB("another address signs me in only after its letter was answered, by me")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	struct str here = str_dup(w.arena, world_known(&w, "elsewhere"));
	CHECK_INT(ask_with(&w, "/alder/me/access", "email=two%40example.org", here), 303);
	CHECK_INT(ask_with(&w, "/alder/me/access", NULL, here), 200);
	CHECK(!says(&w, "link by e-mail"));
	const char *link = str_c(w.arena, letter_link(&w, db, err));
	NEED(str_starts(str_of(link), S("/alder/me/confirm/")));
	world_ask(&w, &(struct scenario){.url = link, .as = "member"});
	CHECK(w.last.status == 410 && !says(&w, "two@"));
	world_ask(&w, &(struct scenario){.url = link, .as = "member", .form = ""});
	CHECK_INT(w.last.status, 410);
	CHECK_INT(ask_with(&w, link, NULL, here), 200);
	CHECK(says(&w, "two@example.org"));
	CHECK_INT(ask_with(&w, link, "", here), 303);
	CHECK_INT(ask_with(&w, "/alder/me/access", NULL, here), 200);
	CHECK(says(&w, "two@example.org") && says(&w, "link by e-mail"));
	CHECK_INT(ask_with(&w, link, "", here), 410);
	world_end(&w);
}

TEST_DB("a link on its way is listed, and revoked by its owner only")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	struct str here = str_dup(w.arena, world_known(&w, "elsewhere"));
	CHECK_INT(ask_with(&w, "/alder/me/access", "email=two%40example.org", here), 303);
	const char *link = str_c(w.arena, letter_link(&w, db, err));
	CHECK_INT(ask_with(&w, "/alder/me/access", NULL, here), 200);
	struct str page = str_dup(w.arena, world_answer(&w)), from = S("/alder/me/links/"), number;
	ptrdiff_t at = str_find(page, from);
	NEED(at > 0 && says(&w, "two@example.org"));
	page = str_from(page, (size_t)at + from.n);
	str_cut(&page, '/', &number);
	const char *revoke = str_c(
		w.arena, str_fmt(w.arena, "/alder/me/links/" STR_FMT "/revoke", STR_ARG(number)));
	world_ask(&w, &(struct scenario){.url = revoke, .as = "member", .form = ""});
	CHECK_INT(w.last.status, 404);
	CHECK_INT(ask_with(&w, revoke, "", here), 303);
	CHECK_INT(ask_with(&w, revoke, "", here), 404);
	CHECK_INT(ask_with(&w, link, "", here), 410);
	world_end(&w);
}

TEST_DB("the only way to sign in cannot be removed")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	struct str here = str_dup(w.arena, world_known(&w, "elsewhere"));
	CHECK_INT(ask_with(&w, "/alder/me/access/1/remove", "", here), 303);
	CHECK_INT(ask_with(&w, "/alder/me/access", NULL, here), 200);
	CHECK(says(&w, "me@example.org"));
	world_end(&w);
}

static struct str file_of(struct world *w, const char *as, const char *url)
{
	world_ask(w, &(struct scenario){.url = url, .as = as});
	CHECK_INT(w->last.status, 200);
	return w->last.body;
}

static bool has(struct str text, struct str part)
{
	return str_find(text, part) >= 0;
}

TEST_DB("my file holds what is mine from every organisation, and nobody else's")
{
	struct world w;
	CHECK(world_begin(&w, db, err, fill_session));
	struct str archive = file_of(&w, "translator", "/alder/me/file/archive");
	struct str page = unzipped(test_arena, archive, "index.html", 100000);
	CHECK(has(page, S("Person translator")));
	CHECK(has(page, S("t@example.org")));
	CHECK(!has(page, S("me@example.org")));
	CHECK(has(unzipped(test_arena, archive, "data/contacts.json", 9999),
		  S("\"t@example.org\"")));
	CHECK(has(unzipped(test_arena, archive, "data/contacts.csv", 9999),
		  S("email,t@example.org,")));
	CHECK(has(unzipped(test_arena, archive, "data/roles.csv", 9999), S("Alder Guild")));
	world_end(&w);
}

SCENARIOS("my file is taken away by me alone, who has just shown who I am", NULL,
	  {.url = "/alder/me/file/archive", .status = 303, .has = {"/alder/sign-in"}},
	  {.url = "/alder/me/file",
	   .as = "member",
	   .status = 200,
	   .has = {"Names", "Download my file"}},
	  {.url = "/alder/me/file/archive",
	   .as = "member",
	   .status = 200,
	   .has = {"application/zip", "attachment", "no-store"}});

static void fill_dates(struct world *w)
{
	int64_t me = world_person(w, "translator");
	struct activity is = {.starts_wall = S("2099-05-12T10:00"),
			      .zone = S("America/St_Johns"),
			      .starts_at = w->now + 86400,
			      .responsible = me,
			      .visibility = "invited"};
	world_activity(w, &is);
	is.responsible = 0;
	is.starts_wall = S("2099-05-11T09:00");
	struct participation part = {.org = w->a,
				     .activity = world_activity(w, &is),
				     .person = me,
				     .role = "participant",
				     .state = "expected",
				     .ground = "duty",
				     .attested_by = world_person(w, "admin"),
				     .now = w->now};
	participation_add(w->db, w->arena, &part);
	terms_publish(w->db, w->arena, w->a, "use", 0, S("en"), S("House rules"), S("x"), w->now);
}

SCENARIOS("what waits for me and my dates come from every organisation, whichever page I am on",
	  fill_dates,
	  {.url = "/birch/me",
	   .as = "translator",
	   .status = 200,
	   .has = {"House rules", "You are responsible", "You are expected",
		   "10:00, Newfoundland Daylight Time", "What waits for me"}},
	  {.url = "/alder/me", .as = "assessor", .status = 200, .has = {"No dates are coming"}});

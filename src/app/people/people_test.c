#include "app/people/people.h"

#include "base/arena.h"
#include "core/agreement.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/invite.h"
#include "core/person.h"
#include "core/second.h"
#include "core/session.h"
#include "scenario.h"

static struct str number(struct world *w, int64_t n)
{
	return str_fmt(w->arena, "%lld", (long long)n);
}

static int64_t add(struct world *w, int64_t org, const char *name)
{
	return person_add(w->db, w->arena, ARGS(w->arena, ARG(name), ARG_AS("lang", "en")), org,
			  w->now);
}

/* What the paths of account, me and people name, all of organisation a. */
WORLD(people_world)
{
	int64_t person = add(w, w->a, "Sam Sample");
	int64_t role =
		role_add(w->db, w->arena, w->a, S("Sample role"), (struct rights){0}, w->now);
	int64_t given = role_give(w->db, w->arena, w->a, person, role, 0, 0, w->now);
	int64_t contact = contact_add(w->db, w->arena,
				      ARGS(w->arena, ARG(person), ARG_AS("kind", "email"),
					   ARG_AS("value", "sam@example.org")),
				      w->now);
	struct str token;
	int64_t invitation =
		invite_make(w->db, w->arena,
			    ARGS(w->arena, ARG_AS("org", w->a),
				 ARG_AS("email", "guest@example.org"), ARG_AS("name", "Guest"),
				 ARG_AS("lang", "en"), ARG_AS("role", role), ARG_AS("person", 0)),
			    0, w->now, &token);
	int64_t terms = terms_publish(w->db, w->arena, w->a, "use", 0, S("en"), S("Sample terms"),
				      S("Sample."), w->now);
	int64_t group =
		group_add(w->db, w->arena, w->a, "class", S("Sample class"), S("2020-01-01"));
	int64_t year =
		year_add(w->db, w->arena, w->a, S("Sample year"), S("2019-08-01"), S("2020-08-01"));
	world_know(w, "group", number(w, group));
	world_know(w, "year", number(w, year));
	world_know(w, "member",
		   number(w, group_join(w->db, w->arena, w->a, group, person, S("2020-01-01"))));
	world_know(
		w, "staff",
		number(w, group_staff_add(w->db, w->arena, w->a, group, person, S("2020-01-01"))));
	world_know(w, "person", number(w, person));
	world_know(w, "role", number(w, role));
	world_know(w, "given", number(w, given));
	world_know(w, "contact", number(w, contact));
	int64_t both = add(w, w->a, "Bo Abroad");
	person_join(w->db, w->arena, both, w->b, w->now);
	contact_add(w->db, w->arena,
		    ARGS(w->arena, ARG_AS("person", both), ARG_AS("org", w->a),
			 ARG_AS("kind", "phone"), ARG_AS("value", "+1 204 555 0107")),
		    w->now);
	world_know(w, "both", number(w, both));
	int64_t own = contact_add(w->db, w->arena,
				  ARGS(w->arena, ARG_AS("person", both), ARG_AS("kind", "email"),
				       ARG_AS("value", "bo@both.example")),
				  w->now);
	world_know(w, "own_contact", number(w, own));
	world_know(w, "invitation", number(w, invitation));
	world_know(w, "terms", number(w, terms));
	world_know(w, "token", token);
	world_know(w, "former", S("1"));
	world_know(w, "session", S("1"));
	world_know(w, "signin", S("1"));
	world_know(w, "link", S("1"));
	world_know(w, "agreement", S("1"));
}

/* Somebody whom both know signs in with what the first one made: its card, and the address it invited. */
static void sign_both_in(struct world *w)
{
	static const char *const rows[] = {
		"INSERT INTO signin (person, kind, org, handle, handle_fold, secret, made_at) "
		"SELECT p.id, 'card', CAST(:org AS bigint), 'bo.card', 'bo.card', 'x', 1 FROM "
		"person "
		"p WHERE p.name = :name",
		"INSERT INTO signin (person, kind, handle, handle_fold, made_at) SELECT p.id, "
		"'email', 'Bo@signin.example', 'bo@signin.example', 1 FROM person p WHERE p.name = "
		":name AND CAST(:org AS bigint) > 0",
		"INSERT INTO invitation (org, email, name, lang, made_at, ends_at, accepted_at, "
		"accepted_by) SELECT CAST(:org AS bigint), 'bo@signin.example', 'Bo', 'en', 1, 2, "
		"1, "
		"p.id FROM person p WHERE p.name = :name",
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		db_exec(w->db, SQL(rows[i]),
			ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("name", "Bo Abroad")));
}

/* Bo is known in both organisations. */
static void fill(struct world *w)
{
	int64_t bo = add(w, w->a, "Bo Both");
	person_join(w->db, w->arena, bo, w->b, w->now);
	world_know(w, "bo", number(w, bo));
	world_know(w, "admin", number(w, world_person(w, "admin")));
	world_know(w, "registrar", number(w, world_person(w, "registrar")));
	world_know(w, "member", number(w, world_person(w, "member")));
	world_know(w, "role_admin", number(w, role_by_key(w->db, w->arena, w->a, "admin")));
	world_know(w, "role_member", number(w, role_by_key(w->db, w->arena, w->a, "member")));
	world_know(w, "role_editor",
		   number(w, role_by_key(w->db, w->arena, w->a, "standards_editor")));
	struct secrets secrets;
	struct val *codes;
	CHECK(secrets_from(&secrets,
			   S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
			   COST_TESTS));
	int64_t member = world_person(w, "member");
	struct str secret = second_begin(w->db, w->arena, &secrets, member, w->now);
	struct str code = str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP));
	CHECK(second_confirm(w->db, w->arena, &secrets, member, code, w->now, &codes));
	world_know(w, "role_b", number(w, role_by_key(w->db, w->arena, w->b, "member")));
	sign_both_in(w);
}

SCENARIOS("people are found by name, listed in pages, and not shown to those who need not see them",
	  fill,
	  {.url = "/alder/people",
	   .as = "admin",
	   .status = 200,
	   .has = {"Sample, Sam", "Both, Bo", "Sample role"}},
	  {.url = "/alder/people?words=bo+bo",
	   .as = "admin",
	   .status = 200,
	   .has = {"Both, Bo"},
	   .has_not = {"Sample, Sam"}},
	  {.url = "/alder/people?words=zzz",
	   .as = "admin",
	   .status = 200,
	   .has = {"Nobody has a name"}},
	  {.url = "/alder/people.json",
	   .as = "admin",
	   .status = 200,
	   .has = {"\"roles\":\"Sample role\""},
	   .has_not = {"sam@"}},
	  {.url = "/alder/people", .as = "member", .status = 403, .has_not = {"Sam"}},
	  {.url = "/alder/people", .status = 303, .has = {"/alder/sign-in"}});

SCENARIOS("a person is added with nothing but a name, corrected, and never overwritten", fill,
	  {.url = "/alder/people/new", .as = "registrar", .status = 200, .has = {"French"}},
	  {.url = "/alder/people", .as = "registrar", .form = "name=&language=en", .status = 422},
	  {.url = "/alder/people",
	   .as = "registrar",
	   .form = "name=Aicha&language=fr",
	   .status = 303,
	   .has = {"Location: /alder/people/"}},
	  {.url = "%location%",
	   .as = "registrar",
	   .status = 200,
	   .has = {"<h1>Aicha</h1>", "French", "cannot sign in yet"}},
	  {.url = "/alder/people/%person%/edit",
	   .as = "registrar",
	   .status = 200,
	   .has = {"value=\"Sam Sample\""}},
	  {.url = "/alder/people/%person%/edit",
	   .as = "registrar",
	   .form = "name=Sam+Best&sort_name=Best,+Sam&language=en&keep_former=1&rev=1",
	   .status = 303},
	  {.url = "/alder/people/%person%/edit",
	   .as = "registrar",
	   .form = "name=Sam+Worst&language=en&rev=1",
	   .status = 409,
	   .has = {"Someone else changed", "Sam Best", "value=\"Sam Worst\"",
		   "name=\"rev\" value=\"2\""}},
	  {.url = "/alder/people/%person%",
	   .as = "registrar",
	   .status = 200,
	   .has = {"<h1>Sam Best</h1>", "Sam Sample"}},
	  {.url = "/alder/people?words=sample",
	   .as = "registrar",
	   .status = 200,
	   .has = {"Best, Sam"}});

SCENARIOS(
	"what belongs to another organisation is not there", fill,
	{.url = "/birch/people/%person%", .as = "admin_of_b", .status = 404},
	{.url = "/alder/people/%both%",
	 .as = "admin",
	 .status = 200,
	 .has = {"204 555 0107", "bo.card", "Bo@signin.example"}},
	{.url = "/birch/people/%both%",
	 .as = "admin_of_b",
	 .status = 200,
	 .has = {"Bo Abroad", "By e-mail", "With a card of another organisation"},
	 .has_not = {"204 555 0107", "bo.card", "signin.example"}},
	{.url = "/birch/people/%both%/contacts",
	 .as = "admin_of_b",
	 .form = "kind=phone&value=%2B1+514+555+0100",
	 .status = 303},
	{.url = "/birch/people/%both%",
	 .as = "admin_of_b",
	 .status = 200,
	 .has = {"514 555 0100", "bo@both.example", "for your organisation alone"}},
	{.url = "/alder/people/%both%", .as = "admin", .status = 200, .has_not = {"514 555 0100"}},
	{.url = "/birch/people/%both%/contacts/%own_contact%/remove",
	 .as = "admin_of_b",
	 .form = "",
	 .status = 403},
	{.url = "/birch/people/export",
	 .form = "",
	 .as = "admin_of_b",
	 .status = 200,
	 .has = {"Bo Abroad"},
	 .has_not = {"204 555 0107"}},
	{.url = "/alder/people/export",
	 .form = "",
	 .as = "admin",
	 .status = 200,
	 .has = {"204 555 0107"}},
	{.url = "/birch/people/%person%/edit", .as = "admin_of_b", .status = 404},
	{.url = "/birch/people/%person%/edit",
	 .as = "admin_of_b",
	 .form = "name=X&language=en&rev=1",
	 .status = 404},
	{.url = "/birch/people/%person%/leave", .as = "admin_of_b", .form = "", .status = 404},
	{.url = "/birch/people/%person%/card",
	 .as = "admin_of_b",
	 .form = "user_name=x",
	 .status = 404},
	{.url = "/birch/people/%person%/contacts",
	 .as = "admin_of_b",
	 .form = "kind=web&value=x",
	 .status = 404},
	{.url = "/birch/people/%person%/contacts/%contact%/remove",
	 .as = "admin_of_b",
	 .form = "",
	 .status = 404},
	{.url = "/birch/people/%person%/roles",
	 .as = "admin_of_b",
	 .form = "role=%role_b%",
	 .status = 404},
	{.url = "/birch/people/%bo%/roles",
	 .as = "admin_of_b",
	 .form = "role=%role_member%",
	 .status = 404},
	{.url = "/birch/people/%person%/roles/%given%/take",
	 .as = "admin_of_b",
	 .form = "",
	 .status = 404},
	{.url = "/birch/people/roles/%role%", .as = "admin_of_b", .status = 404},
	{.url = "/birch/people/roles/%role%",
	 .as = "admin_of_b",
	 .form = "name=X&rev=1",
	 .status = 404},
	{.url = "/birch/people/invitations/%invitation%/revoke",
	 .as = "admin_of_b",
	 .form = "",
	 .status = 404},
	{.url = "/birch/people/invitations",
	 .as = "admin_of_b",
	 .form = "email=a%40b.org&name=X&language=en&role=%role_member%",
	 .status = 404},
	{.url = "/birch/people/invitations",
	 .as = "admin_of_b",
	 .form = "email=a%40b.org&name=X&language=en&person=%person%",
	 .status = 404},
	{.url = "/alder/people", .as = "admin_of_b", .status = 403});

SCENARIOS(
	"nobody acts on themself here: no role, no card, no leaving", fill,
	{.url = "/alder/people/%admin%",
	 .as = "admin",
	 .status = 200,
	 .has = {"This is you"},
	 .has_not = {"Give the role", "/card\"", "/edit\""}},
	{.url = "/alder/people/%admin%/roles",
	 .as = "admin",
	 .form = "role=%role_editor%",
	 .status = 403},
	{.url = "/alder/people/%admin%/card", .as = "admin", .form = "user_name=me", .status = 403},
	{.url = "/alder/people/%admin%/edit",
	 .as = "admin",
	 .form = "name=X&language=en&rev=1",
	 .status = 403},
	{.url = "/alder/people/%admin%/leave", .as = "admin", .form = "", .status = 403});

SCENARIOS("whom two organisations know, neither renames or lets in", fill,
	  {.url = "/alder/people/%bo%",
	   .as = "admin",
	   .status = 200,
	   .has = {"Another organisation knows"},
	   .has_not = {"/card\"", "/edit\"", "invitations?person"}},
	  {.url = "/alder/people/%bo%/edit",
	   .as = "admin",
	   .form = "name=X&language=en&rev=1",
	   .status = 403},
	  {.url = "/alder/people/%bo%/card", .as = "admin", .status = 403},
	  {.url = "/alder/people/%bo%/card",
	   .as = "admin",
	   .form = "user_name=bo",
	   .status = 403,
	   .has_not = {"PIN"}},
	  {.url = "/alder/people/%bo%/contacts",
	   .as = "admin",
	   .form = "kind=email&value=evil%40b.org",
	   .status = 303},
	  {.url = "/birch/people/%bo%", /* to whom it is not there, nor written to */
	   .as = "admin_of_b",
	   .status = 200,
	   .has_not = {"evil@b.org"}},
	  {.url = "/birch/people/invitations",
	   .as = "admin_of_b",
	   .form = "email=evil%40b.org&name=X&language=en&person=%bo%",
	   .status = 404},
	  {.url = "/alder/people/%bo%/roles",
	   .as = "admin",
	   .form = "role=%role_member%",
	   .status = 303});

SCENARIOS("nobody reaches further through others: a registrar cannot let themself in as the "
	  "administrator",
	  fill,
	  {.url = "/alder/people/%admin%/card",
	   .as = "registrar",
	   .form = "user_name=boss",
	   .status = 403,
	   .has_not = {"PIN"}},
	  {.url = "/alder/people/%admin%/leave", .as = "registrar", .form = "", .status = 403},
	  {.url = "/alder/people/invitations",
	   .as = "registrar",
	   .form = "email=me%40b.org&name=X&language=en&person=%admin%",
	   .status = 404},
	  {.url = "/alder/people/invitations",
	   .as = "registrar",
	   .form = "email=me%40b.org&name=X&language=en&role=%role_admin%",
	   .status = 403},
	  {.url = "/alder/people/%member%/roles",
	   .as = "registrar",
	   .form = "role=%role_admin%",
	   .status = 403},
	  {.url = "/alder/people/roles", .as = "registrar", .status = 403},
	  {.url = "/alder/people/invitations",
	   .as = "registrar",
	   .form = "email=new%40b.org&name=New&language=fr&role=%role_member%",
	   .status = 303});

SCENARIOS("a role is given until a day, shown until that day, and taken away", fill,
	  {.url = "/alder/people/%member%/roles",
	   .as = "admin",
	   .form = "role=%role_editor%&until=2020-01-01",
	   .status = 422,
	   .has = {"This day is over"}},
	  {.url = "/alder/people/%member%/roles",
	   .as = "admin",
	   .form = "role=%role_editor%&until=tomorrow",
	   .status = 422},
	  {.url = "/alder/people/%member%/roles",
	   .as = "admin",
	   .form = "role=%role_editor%&until=2030-06-30",
	   .status = 303},
	  {.url = "/alder/people/%member%",
	   .as = "admin",
	   .status = 200,
	   .has = {"Standards editor", "30 June 2030"},
	   .keep = {"given", "/people/%member%/roles/"}},
	  {.url = "/alder/me", .as = "member", .status = 200, .has = {"Standards editor"}},
	  {.url = "/alder/people/%person%/roles/%given%/take",
	   .as = "admin",
	   .form = "",
	   .status = 303},
	  {.url = "/alder/people/%person%/roles/%given%/take",
	   .as = "admin",
	   .form = "",
	   .status = 404},
	  {.url = "/alder/people/%person%", .as = "admin", .status = 200, .has = {"no role here"}});

SCENARIOS(
	"a role of the organisation's own allows what is ticked, and cannot be saved over "
	"another's work",
	fill,
	{.url = "/alder/people/roles/new",
	 .as = "admin",
	 .status = 200,
	 .has = {"value=\"standards_edit\""}},
	{.url = "/alder/people/roles",
	 .as = "admin",
	 .form = "name=Deputy&allowed=people_read&allowed=nobody&allowed=fly",
	 .status = 303},
	{.url = "%location%",
	 .as = "admin",
	 .status = 200,
	 .has = {"value=\"people_read\" checked"},
	 .has_not = {"value=\"people_manage\" checked"},
	 .keep = {"deputy", "method=\"post\"><input type=\"hidden\" name=\"rev\" value=\""}},
	{.url = "%location%",
	 .as = "admin",
	 .form = "name=Deputy&allowed=people_read&allowed=jobs_read&rev=1",
	 .status = 303},
	{.url = "%location%", .as = "admin", .status = 200, .has = {"value=\"jobs_read\" checked"}},
	{.url = "%location%",
	 .as = "admin",
	 .form = "name=Late&rev=1",
	 .status = 409,
	 .has = {"Someone else changed", "Deputy"}},
	{.url = "/alder/people/roles",
	 .as = "admin",
	 .status = 200,
	 .has = {"Deputy", "Administrator"}},
	{.url = "/alder/people/roles/%role_admin%",
	 .as = "admin",
	 .status = 200,
	 .has = {"has every right"}},
	{.url = "/alder/people/roles/%role_admin%",
	 .as = "admin",
	 .form = "name=King&rev=1",
	 .status = 403});

SCENARIOS("a card is shown once, to be printed; a user name is one person's", fill,
	  {.url = "/alder/people/%person%/card",
	   .as = "registrar",
	   .status = 200,
	   .has = {"value=\"sam.sample\""}},
	  {.url = "/alder/people/%person%/card",
	   .as = "registrar",
	   .form = "user_name=sam",
	   .status = 200,
	   .has = {"PIN", "not shown again", "/sign-in/card", "Cache-Control: no-store"}},
	  {.url = "/alder/people/%member%/card",
	   .as = "admin",
	   .form = "user_name=SAM",
	   .status = 303,
	   .has = {"/card"}},
	  {.url = "/alder/people/%person%",
	   .as = "registrar",
	   .status = 200,
	   .has = {"sam"},
	   .has_not = {"PIN"}});

SCENARIOS("an invitation is sent in the person's language, listed, and withdrawn", fill,
	  {.url = "/alder/people/invitations",
	   .as = "registrar",
	   .form = "email=nonsense&name=X&language=en",
	   .status = 422,
	   .has = {"value=\"nonsense\""}},
	  {.url = "/alder/people/invitations",
	   .as = "registrar",
	   .form = "email=zoe%40example.org&name=Zo%C3%A9&language=fr",
	   .status = 303},
	  {.url = "/alder/people/invitations",
	   .as = "registrar",
	   .status = 200,
	   .has = {"zoe@example.org", "Zoé", "Person registrar"}},
	  {.url = "/alder/invitation/%token%", .status = 200, .has = {"You are invited"}},
	  {.url = "/alder/people/invitations/%invitation%/revoke",
	   .as = "registrar",
	   .form = "",
	   .status = 303},
	  {.url = "/alder/people/invitations/%invitation%/revoke",
	   .as = "registrar",
	   .form = "",
	   .status = 404},
	  {.url = "/alder/invitation/%token%", .status = 410, .has = {"no longer stands"}});

SCENARIOS("who is taken off the list is gone from it with their roles; the last role-giver is not",
	  fill,
	  {.url = "/alder/people/%person%/leave",
	   .as = "registrar",
	   .form = "",
	   .status = 303,
	   .has = {"Location: /alder/people"}},
	  {.url = "/alder/people/%person%", .as = "registrar", .status = 404},
	  {.url = "/alder/people?words=sam",
	   .as = "registrar",
	   .status = 200,
	   .has_not = {"Sample, Sam"}});

SCENARIOS("a lost device: the second factor is taken off by who keeps the list, within their reach",
	  fill,
	  {.url = "/alder/people/%member%", .as = "admin", .status = 200, .has = {"Device lost?"}},
	  {.url = "/alder/me", .as = "member", .status = 200},
	  {.url = "/birch/people/%member%/second/remove",
	   .as = "admin_of_b",
	   .form = "",
	   .status = 404},
	  {.url = "/alder/people/%bo%/second/remove", .as = "admin", .form = "", .status = 403},
	  {.url = "/alder/people/%admin%/second/remove",
	   .as = "registrar",
	   .form = "",
	   .status = 403},
	  {.url = "/alder/people/%admin%/second/remove", .as = "admin", .form = "", .status = 403},
	  {.url = "/alder/people/%member%/second/remove",
	   .as = "registrar",
	   .form = "",
	   .status = 303},
	  {.url = "/alder/people/%member%",
	   .as = "admin",
	   .status = 200,
	   .has_not = {"Device lost?"}},
	  {.url = "/alder/me", .as = "member", .status = 303, .has = {"/alder/sign-in"}});

TEST_DB("the letter of an invitation is in the language of who is invited, with a link that works")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	world_ask(&w,
		  &(struct scenario){.url = "/alder/people/invitations",
				     .as = "admin",
				     .form = "email=zoe%40example.org&name=Zo%C3%A9&language=fr"});
	CHECK_INT(w.last.status, 303);
	db_use(db, w.arena, err);
	db_begin(db, DB_READ, 0);
	const struct val *row = db_row(db,
				       SQL("SELECT l.lang AS lang, l.subject AS subject, l.body AS "
					   "body FROM letter l WHERE l.kind = 'people.invitation'"),
				       PARAMS("x", INT(0)));
	CHECK_STR(val_s(row, "lang"), "fr");
	CHECK(str_starts(val_s(row, "subject"), S("Votre invitation")));
	struct str from = S("https://waypost.example"), line,
		   body = str_dup(w.arena, val_s(row, "body"));
	db_rollback(db);
	ptrdiff_t at = str_find(body, from);
	NEED(at > 0);
	struct str link = str_from(body, (size_t)at + from.n);
	str_cut(&link, '\n', &line);
	world_ask(&w, &(struct scenario){.url = str_c(w.arena, str_trim(line))});
	CHECK_INT(w.last.status, 200);
	CHECK(str_find(world_answer(&w), S("zoe@example.org")) > 0);
	world_end(&w);
}

TEST_DB("without the second factor the list leads to setting one up")
{
	struct world w;
	NEED(world_begin(&w, db, err, fill));
	db_use(db, w.arena, err);
	db_begin(db, DB_WRITE, 0);
	struct session_start start = {
		.person = world_person(&w, "admin"), .now = w.now, .means = "password"};
	struct str token = session_start(db, w.arena, &start);
	CHECK(db_commit(db));
	struct str cookie =
		str_fmt(w.arena, "Cookie: __Host-" SESSION_COOKIE "=" STR_FMT, STR_ARG(token));
	world_ask(&w, &(struct scenario){.url = "/alder/people?words=x",
					 .headers = str_c(w.arena, cookie)});
	CHECK_INT(w.last.status, 303);
	CHECK_STR(w.location, "/alder/me/second?next=%2Fpeople%3Fwords%3Dx");
	world_ask(&w, &(struct scenario){.url = "/alder/people",
					 .form = "name=X&language=en",
					 .headers = str_c(w.arena, cookie)});
	CHECK_INT(w.last.status, 403);
	world_end(&w);
}

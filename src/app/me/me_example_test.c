/* A good request for each POST route of what is one's own. */
#include "base/arena.h"
#include "core/agreement.h"
#include "core/args.h"
#include "core/consent.h"
#include "core/contact.h"
#include "core/link.h"
#include "core/org.h"
#include "core/person.h"
#include "core/second.h"
#include "core/session.h"
#include "core/signin.h"
#include "example.h"

#define ME .as = "translator"

static int64_t newest(const struct val *rows)
{
	int64_t id = 0;
	for (size_t i = 0; i < val_count(rows); i++)
		id = val_i(val_at(rows, i), "id") > id ? val_i(val_at(rows, i), "id") : id;
	return id;
}

static void fill_ways_in(struct world *w, const struct secrets *secrets, int64_t me)
{
	struct signin at = {
		.arena = w->arena, .db = w->db, .secrets = secrets, .org = w->a, .now = w->now};
	int64_t here = newest(sessions_of(w->db, w->arena, me, w->now));
	struct session_start elsewhere = {.person = me, .now = w->now, .means = "password"};
	struct link_new link = {.purpose = "confirm",
				.org = w->a,
				.owner = me,
				.address = S("more@example.org"),
				.now = w->now,
				.ends_at = w->now + 3600};
	signin_set_password(&at, me, S("me@example.org"), S("the blue kettle"), here);
	signin_add_email(&at, me, S("also@example.org"));
	world_know_id(w, "my_signin", newest(signins_of(w->db, w->arena, me)));
	session_start(w->db, w->arena, &elsewhere);
	world_know_id(w, "my_session", newest(sessions_of(w->db, w->arena, me, w->now)));
	world_know(w, "my_token", link_make(w->db, w->arena, &link));
	world_know_id(w, "my_link", newest(links_of(w->db, w->arena, me, w->now)));
}

static void fill_words(struct world *w, int64_t me)
{
	struct val *person = person_by_id(w->db, w->arena, me);
	val_set_str(person, "name", S("Mine"));
	person_change(w->db, w->arena, person, true, w->now);
	person = person_by_id(w->db, w->arena, me);
	world_know_id(w, "my_former", newest(val_get(person, "former")));
	world_know_id(w, "my_contact",
		      contact_add(w->db, w->arena,
				  ARGS(w->arena, ARG_AS("person", me), ARG_AS("kind", "email"),
				       ARG_AS("value", "me@example.org")),
				  w->now));
	int64_t conduct = terms_publish(w->db, w->arena, w->a, "conduct", 0, S("en"), S("Conduct"),
					S("Be kind."), w->now);
	int64_t rules = terms_publish(w->db, w->arena, w->a, "privacy", 0, S("en"), S("Privacy"),
				      S("Little is kept."), w->now);
	world_know_id(w, "my_terms", rules);
	world_know_id(w, "my_agreement", agree(w->db, w->arena, w->a, me, conduct, w->now));
}

/* One person is about to have a second factor, another has one. */
static void fill_second(struct world *w, const struct secrets *secrets)
{
	int64_t begins = world_person(w, "registrar"), has = world_person(w, "assessor");
	struct val *codes;
	struct str secret = second_begin(w->db, w->arena, secrets, begins, w->now);
	world_know(w, "my_code", str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP)));
	secret = second_begin(w->db, w->arena, secrets, has, w->now);
	second_confirm(w->db, w->arena, secrets, has,
		       str_fmt(w->arena, "%06d", totp_code(secret, w->now / TOTP_STEP)), w->now,
		       &codes);
}

/* Known to one of the two only. */
static int64_t elsewhere_of(struct world *w)
{
	struct val *org = val_object(w->arena);
	const char *slug = w->as_b ? "cedar" : "dogwood";
	val_set_str(org, "slug", str_of(slug));
	val_set_null(org, "host");
	val_set_str(val_set_object(org, "names"), "en", S("Elsewhere"));
	val_push(val_set_list(org, "langs"), val_text(w->arena, S("en")));
	val_set_str(org, "zone", S("America/Toronto"));
	val_set_str(org, "base", str_fmt(w->arena, "https://waypost.example/%s", slug));
	val_set_null(org, "sender_name");
	val_set_null(org, "sender_email");
	return org_add(w->db, w->arena, org, w->now);
}

static void fill_grant(struct world *w, int64_t me)
{
	int64_t elsewhere = elsewhere_of(w);
	person_join(w->db, w->arena, me, elsewhere, w->now);
	world_know_id(w, "my_elsewhere", elsewhere);
	world_know_id(w, "my_org", w->a);
	world_know_id(w, "my_grant",
		      access_grant_give(
			      w->db, w->arena,
			      &(struct access_grant){
				      .person = me, .org = w->a, .purpose = "cpd", .now = w->now}));
}

static void fill(struct world *w)
{
	struct secrets secrets = world_keys();
	fill_ways_in(w, &secrets, stage_owner(w));
	fill_words(w, stage_owner(w));
	fill_grant(w, stage_owner(w));
	if (!w->as_b)
		fill_second(w, &secrets);
}

EXAMPLES(fill, {.url = "/me/names", ME, .form = "name=Aicha&keep_former=1&rev=2"},
	 {.url = "/me/names/former/%my_former%/remove", ME, .form = ""},
	 {.url = "/me/contacts", ME, .form = "kind=phone&value=%2B1+514+555+0199&preferred=1"},
	 {.url = "/me/contacts/%my_contact%/remove", ME, .form = ""},
	 {.url = "/me/contacts/%my_contact%/prefer", ME, .form = ""},
	 {.url = "/me/sessions/%my_session%/end", ME, .form = ""},
	 {.url = "/me/sessions/end", ME, .form = ""},
	 {.url = "/me/access", ME, .form = "email=third@example.org"},
	 {.url = "/me/links/%my_link%/revoke", ME, .form = ""},
	 {.url = "/me/confirm/%my_token%", ME, .form = ""},
	 {.url = "/me/access/%my_signin%/remove", ME, .form = ""},
	 {.url = "/me/password", ME, .form = "email=me@example.org&password=a+fish+in+the+attic"},
	 {.url = "/me/prove", ME, .form = "secret=the+blue+kettle&next=/me/second"},
	 {.url = "/me/second/begin", ME, .form = "next=/me"},
	 {.url = "/me/second", .as = "registrar", .form = "code=%my_code%", .status = 200},
	 {.url = "/me/second/codes", .as = "assessor", .form = "", .status = 200},
	 {.url = "/me/second/remove", .as = "assessor", .form = ""},
	 {.url = "/me/agreements", ME, .form = "terms=%my_terms%"},
	 {.url = "/me/agreements/%my_agreement%/withdraw", ME, .form = ""},
	 {.url = "/me/grants",
	  ME,
	  .form = "reader=%my_org%&purpose=cpd&from=%my_elsewhere%&until=2026-12-31"},
	 {.url = "/me/grants/%my_grant%/end", ME, .form = ""});

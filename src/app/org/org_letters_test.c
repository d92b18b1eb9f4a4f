#include "base/arena.h"
#include "core/args.h"
#include "core/letter.h"
#include "scenario.h"

#define LETTER "/alder/org/letters/people.invitation/"
#define LINK   "%7B%7Blink%7D%7D" /* {{link}} */

static const struct letter_blank blanks[] = {{.name = "link", .link = true}, {0}};
static const struct letter_words words[] = {{"en", "x", "{{link}}"}, {0}};
static const struct letter_kind invitation = {
	.name = "people.invitation", .blanks = blanks, .words = words};

static void put(struct world *w, int64_t org, const char *subject)
{
	struct letter_fault fault;
	struct letter_edit edit = {.org = org,
				   .now = w->now,
				   .lang = S("en"),
				   .subject = str_of(subject),
				   .body = S("Go to {{link}}")};
	letter_template_save(w->db, w->arena, &invitation, &edit, &fault);
}

WORLD(letter_texts_of_the_world)
{
	put(w, w->a, "Of Alder");
	world_know(w, "kind", S("people.invitation"));
	world_know(w, "language", S("en"));
	world_know(w, "version", S("1"));
}

static void fill(struct world *w)
{
	put(w, w->b, "Of Birch");
}

static void drop(struct world *w)
{
	db_exec(w->db, SQL("DELETE FROM letter_template WHERE org = :org"),
		ARGS(w->arena, ARG_AS("org", w->a)));
}

SCENARIOS("every letter is listed with what stands in each language, for who may change it", fill,
	  {.url = "/alder/org/letters",
	   .as = "admin",
	   .status = 200,
	   .has = {"An invitation", "A link to sign in", "Of Alder", "your own, version 1",
		   "Votre invitation – {{org}}"},
	   .has_not = {"Of Birch"}},
	  {.url = "/birch/org/letters", .as = "admin_of_b", .status = 200, .has = {"Of Birch"}},
	  {.url = "/alder/org/letters", .as = "registrar", .status = 403},
	  {.url = "/alder/org/letters", .as = "admin_of_b", .status = 403},
	  {.url = LETTER "en",
	   .as = "admin_of_b",
	   .form = "subject=x&body=" LINK "&rev=1",
	   .status = 403},
	  {.url = LETTER "de", .as = "admin", .status = 404},
	  {.url = "/alder/org/letters/people.nothing/en", .as = "admin", .status = 404},
	  {.url = "/alder/org/letters/people.nothing/en",
	   .as = "admin",
	   .form = "subject=x&body=x&rev=0",
	   .status = 404});

SCENARIOS("a letter's text is edited beside the shipped one, previewed in both languages, saved as "
	  "a version",
	  drop,
	  {.url = LETTER "fr",
	   .as = "admin",
	   .status = 200,
	   .has = {"value=\"Votre invitation – {{org}}\"", "Votre invitation – Guilde de l’Aulne",
		   "Your invitation to Alder Guild", "https://waypost.example/alder/invitation/",
		   "must be there", "name=\"rev\" value=\"0\""}},
	  {.url = LETTER "fr",
	   .as = "admin",
	   .form = "subject=Venez%2C+%7B%7Bname%7D%7D&body=Ici+%3A+" LINK "&rev=0&act=preview",
	   .status = 200,
	   .has = {"Nothing is saved yet", "Venez, Camille Roy",
		   "Ici : https://waypost.example/alder/invitation/", "value=\"Venez, {{name}}\"",
		   "name=\"rev\" value=\"0\""}},
	  {.url = LETTER "fr",
	   .as = "admin",
	   .status = 200,
	   .has = {"the text that comes with the program"},
	   .has_not = {"Venez"}},
	  {.url = LETTER "fr",
	   .as = "admin",
	   .form = "subject=Venez&body=Ici+%3A+" LINK "&rev=0",
	   .status = 303,
	   .has = {"Location: " LETTER "fr"}},
	  {.url = LETTER "fr",
	   .as = "admin",
	   .status = 200,
	   .has = {"your own text, version 1", "value=\"Venez\"", "name=\"rev\" value=\"1\"",
		   "Person admin", "versions/1\""}},
	  {.url = LETTER "fr",
	   .as = "admin",
	   .form = "subject=Venez&body=Ici+%3A+" LINK "&rev=1&act=save",
	   .status = 303},
	  {.url = LETTER "fr", .as = "admin", .status = 200, .has_not = {"versions/2\""}});

SCENARIOS("what would make a letter useless is refused in the reader's language, and stays typed",
	  drop,
	  {.url = LETTER "en",
	   .as = "admin",
	   .form = "subject=Come+%7B%7Bnmae%7D%7D&body=Kept+words+" LINK "&rev=0",
	   .status = 422,
	   .has = {"There is no placeholder “nmae” in this letter.", "value=\"Come {{nmae}}\"",
		   "Kept words {{link}}</textarea>", "href=\"#f-subject\""}},
	  {.url = LETTER "en",
	   .as = "admin",
	   .form = "subject=Come&body=No+way+there&rev=0&act=preview",
	   .status = 422,
	   .has = {"of no use without “link”", "No way there</textarea>", "href=\"#f-body\""}},
	  {.url = "/alder/language", .as = "admin", .form = "language=fr&back=%2F", .status = 303},
	  {.url = LETTER "en",
	   .as = "admin",
	   .form = "subject=Come+%7B%7Bnom%7D%7D&body=" LINK "&rev=0",
	   .status = 422,
	   .has = {"«\u00a0nom\u00a0»", "value=\"Come {{nom}}\""}},
	  {.url = LETTER "en", .as = "admin", .form = "subject=Come&body=&rev=0", .status = 422},
	  {.url = LETTER "en",
	   .as = "admin",
	   .status = 200,
	   .has = {"le texte fourni avec le logiciel"},
	   .has_not = {"Vos versions"}});

SCENARIOS("who is too late is shown both texts; earlier versions are read and begun with again",
	  fill,
	  {.url = LETTER "en",
	   .as = "admin",
	   .form = "subject=Mine&body=Mine+" LINK "&rev=0",
	   .status = 409,
	   .has = {"Someone else changed", "Of Alder", "value=\"Mine\"",
		   "name=\"rev\" value=\"1\""}},
	  {.url = LETTER "en",
	   .as = "admin",
	   .form = "subject=Mine&body=Mine+" LINK "&rev=1",
	   .status = 303},
	  {.url = LETTER "en/versions/1",
	   .as = "admin",
	   .status = 200,
	   .has = {"Of Alder", "Go to {{link}}", "?from=1"},
	   .has_not = {"in use"}},
	  {.url = LETTER "en/versions/2", .as = "admin", .status = 200, .has = {"in use"}},
	  {.url = LETTER "en/versions/3", .as = "admin", .status = 404},
	  {.url = LETTER "fr/versions/1", .as = "admin", .status = 404},
	  {.url = LETTER "en?from=1",
	   .as = "admin",
	   .status = 200,
	   .has = {"value=\"Of Alder\"", "name=\"rev\" value=\"2\""}},
	  {.url = LETTER "en?from=9", .as = "admin", .status = 404},
	  {.url = LETTER "en/versions/1", .as = "registrar", .status = 403});

SCENARIOS("a letter goes back to the shipped text, and not over somebody else's change", fill,
	  {.url = LETTER "en/shipped", .as = "admin", .form = "rev=7", .status = 303},
	  {.url = LETTER "en", .as = "admin", .status = 200, .has = {"your own text, version 1"}},
	  {.url = LETTER "en/shipped", .as = "admin", .form = "rev=1", .status = 303},
	  {.url = LETTER "en",
	   .as = "admin",
	   .status = 200,
	   .has = {"Letters are written with the text that comes", "Your invitation to Alder Guild",
		   "versions/1\""},
	   .has_not = {"Go back to the text"}},
	  {.url = LETTER "en/shipped", .as = "admin_of_b", .form = "rev=0", .status = 403},
	  {.url = "/birch/org/letters/people.invitation/en",
	   .as = "admin_of_b",
	   .status = 200,
	   .has = {"Of Birch"}});

SCENARIOS("the letter that is written next is written with the organisation's own text", fill,
	  {.url = "/alder/people/invitations",
	   .as = "admin",
	   .form = "email=camille%40example.test&name=Camille&language=en",
	   .status = 303},
	  {.url = "/alder/outbox", .as = "admin", .status = 200, .has = {"Of Alder"}});

/* The life of a standard, told through its pages, on both engines. */
#include "app/standards/standards.h"
#include "app/standards/store.h"
#include "base/arena.h"
#include "queries.h"
#include "scenario.h"

#define EDITOR     .as = "standards_editor"
#define TRANSLATOR .as = "translator"
#define MEMBER     .as = "member"
#define FIRST      "/alder/standards/welcoming-people"
#define DRAFT      FIRST "/draft"
#define ITEM_A     DRAFT "/items/%a%"
#define ITEM_B     DRAFT "/items/%b%"

/* clang-format off */

/* A standard, an area and two competencies under it; %a%, %b% and %c% are their uuids. */
#define BEGUN \
	{.url = "/alder/standards/new", EDITOR, .status = 303, .has = {"Location: " DRAFT "\n"}, \
	 .form = "title=Welcoming+people&summary=At+the+door&source_lang=en&publisher=Alder"}, \
	{.url = DRAFT "/add", EDITOR, .status = 303, .has = {"Location: " DRAFT "#i-"}, \
	 .form = "kind=area&code=A&title=At+the+door", .keep = {"a", "draft#i-"}}, \
	{.url = DRAFT "/add", EDITOR, .status = 303, .keep = {"b", "draft#i-"}, \
	 .form = "under=%a%&kind=competency&code=A1&body=Greets+whoever+comes"}, \
	{.url = DRAFT "/add", EDITOR, .status = 303, .keep = {"c", "draft#i-"}, \
	 .form = "under=%a%&kind=competency&code=A2&body=Offers+a+chair"}

#define PUBLISHED \
	{.url = DRAFT "/publish", EDITOR, .status = 200, .keep = {"rev", "name=\"rev\" value=\""}}, \
	{.url = DRAFT "/publish", EDITOR, .status = 303, .form = "rev=%rev%&label=2026&note=First"}

SCENARIOS("an editor makes a standard of items under items, and is told what is wrong", NULL, BEGUN,
	{.url = DRAFT, EDITOR, .status = 200,
	 .has = {"Greets whoever comes", "Offers a chair", "3 items", "Draft"}},
	{.url = DRAFT "/add", EDITOR, .form = "kind=area", .status = 422,
	 .has = {"Enter what the item says", "value=\"area\" selected"}},
	{.url = DRAFT "/add?under=%a%", EDITOR, .status = 200, .has = {"At the door"}},
	{.url = DRAFT "/add?under=nobody", EDITOR, .status = 404},
	{.url = DRAFT "/add", EDITOR, .form = "under=nobody&kind=area&title=x", .status = 404},
	{.url = DRAFT "/add", EDITOR, .form = "kind=&title=kept", .status = 422,
	 .has = {"value=\"kept\""}},
	{.url = DRAFT "/add", EDITOR, .form = "under=%a%&kind=note&body=x&act=more", .status = 303,
	 .has = {"Location: " DRAFT "/add?under=%a%&kind=note\n"}},
	{.url = "/alder/standards/new", EDITOR, .form = "title=Welcoming+people&source_lang=en",
	 .status = 303, .has = {"Location: " FIRST "-2/draft\n"}},
	{.url = "/alder/standards/new", EDITOR, .form = "title=Search&source_lang=en",
	 .status = 303, .has = {"Location: /alder/standards/search-2/draft\n"}},
	{.url = "/alder/standards/new", EDITOR, .form = "title=Kept&source_lang=de",
	 .status = 422, .has = {"value=\"Kept\""}},
	{.url = "/alder/standards/new", EDITOR, .status = 422, .has = {"begins with https"},
	 .form = "title=Kept&source_lang=en&source_url=javascript:alert(1)"},
	{.url = "/alder/standards/new", EDITOR, .status = 200, .has = {"value=\"en\" selected"}},
	{.url = "/alder/language", EDITOR, .form = "language=fr", .status = 303},
	{.url = "/alder/standards/new", EDITOR, .status = 200, .has = {"value=\"fr\" selected"}},
	{.url = FIRST, .status = 404}, {.url = DRAFT, .status = 303},
	{.url = FIRST, MEMBER, .status = 200, .has = {"Greets whoever comes"}});

SCENARIOS("start pages tell what was published, and those who write what waits", NULL, BEGUN,
	{.url = "/alder/", .status = 200, .has = {"No standard has been published here yet."},
	 .has_not = {"Waiting for you", "Welcoming people"}},
	{.url = "/alder/", MEMBER, .status = 200, .has_not = {"Waiting for you"}},
	{.url = "/alder/", EDITOR, .status = 200, .has = {"Waiting for you", "draft of version 1",
	 "href=\"" DRAFT "\""}},
	{.url = "/", .status = 200, .has_not = {"Published lately"}}, PUBLISHED,
	{.url = "/alder/", .status = 200, .has = {"Published lately", "href=\"" FIRST "\"",
	 "Version 1 (2026)"}},
	{.url = "/alder/", EDITOR, .status = 200, .has_not = {"Waiting for you"}},
	{.url = "/birch/", .status = 200, .has_not = {"Welcoming people"}},
	{.url = "/", .status = 200, .has = {"Published lately", "href=\"" FIRST "\"", "Alder Guild"}},
	{.url = FIRST, .status = 200, .has = {"<p class=\"kind\">Competency area</p>"}});

static void fill_far_east(struct world *w)
{
	db_exec(w->db, SQL("UPDATE org SET zone = 'Pacific/Kiritimati' WHERE id = :id"),
		PARAMS("id", INT(w->a)));
}

SCENARIOS("the server's start page dates a standard where its organisation is", fill_far_east, BEGUN,
	PUBLISHED,
	{.url = "/alder/", .status = 200, .has = {"published 19 November 2026"}},
	{.url = "/", .status = 200, .has = {"published 19 November 2026"}});

SCENARIOS("an editor changes, moves and removes items", NULL, BEGUN,
	{.url = ITEM_B, EDITOR, .status = 200,
	 .has = {"Greets whoever comes</textarea>", "value=\"competency\" selected"},
	 .keep = {"body_rev", "name=\"body_rev\" value=\""}},
	{.url = ITEM_B, EDITOR, .status = 303, .has = {"Location: " DRAFT "#i-%b%\n"},
	 .form = "work=en&rev=1&title_rev=0&body_rev=%body_rev%&kind=performance&code=A1.1&"
		 "title=Greeting&body=Greets+*all*+who+come"},
	{.url = DRAFT, EDITOR, .status = 200,
	 .has = {"A1.1", "Greeting", "Greets <em>all</em> who come", "Performance"}},
	{.url = ITEM_B, EDITOR, .form = "work=en&rev=2&title_rev=1&body_rev=2&kind=note",
	 .status = 422, .has = {"Enter what the item says", "value=\"note\" selected"}},
	{.url = ITEM_B, EDITOR, .form = "work=de&rev=2&kind=note&body=x", .status = 422},
	{.url = DRAFT "/items/nobody", EDITOR, .status = 404},
	{.url = ITEM_B "/move", EDITOR, .status = 200, .has = {"A2 Offers a chair"}},
	{.url = ITEM_B "/move", EDITOR, .form = "how=after&beside=%c%", .status = 303},
	{.url = FIRST ".csv", EDITOR, .status = 200, .has = {"A2,competency,A,1,", "A1.1,performance,A,1,"}},
	{.url = ITEM_B "/move", EDITOR, .form = "how=under&beside=%c%", .status = 303},
	{.url = FIRST ".csv", EDITOR, .status = 200, .has = {"A1.1,performance,A2,2,"}},
	{.url = ITEM_A "/move", EDITOR, .form = "how=under&beside=%b%", .status = 422,
	 .has = {"cannot stand under itself", "value=\"under\" checked"}},
	{.url = ITEM_A "/move", EDITOR, .form = "how=under&beside=%a%", .status = 422},
	{.url = ITEM_A "/move", EDITOR, .form = "how=before&beside=nobody", .status = 422},
	{.url = ITEM_A "/move", EDITOR, .form = "how=sideways&beside=%b%", .status = 422},
	{.url = ITEM_B "/move", EDITOR, .form = "how=before&beside=%a%", .status = 303},
	{.url = FIRST ".csv", EDITOR, .status = 200, .has = {"A1.1,performance,,0,", "A,area,,0,"}},
	{.url = ITEM_A "/remove", EDITOR, .status = 200, .has = {"1 item stands under it"},
	 .keep = {"rev", "name=\"rev\" value=\""}},
	{.url = ITEM_A "/remove", EDITOR, .form = "rev=9", .status = 409,
	 .has = {"Someone else changed", "name=\"rev\" value=\"%rev%\""}},
	{.url = ITEM_A "/remove", EDITOR, .form = "rev=%rev%", .status = 303},
	{.url = DRAFT, EDITOR, .status = 200, .has = {"1 item"}, .has_not = {"Offers a chair"}},
	{.url = ITEM_A, EDITOR, .status = 404}, {.url = ITEM_A "/remove", EDITOR, .form = "rev=1", .status = 404});

SCENARIOS("a rubric: levels are named, ordered and removed, criteria say something at each", NULL, BEGUN,
	{.url = DRAFT "/levels", EDITOR, .form = "work=en&part=new&text=Beginning&seen=0", .status = 303},
	{.url = DRAFT "/levels", EDITOR, .form = "work=en&part=new&text=Able&seen=0", .status = 303},
	{.url = DRAFT "/levels", EDITOR, .status = 200, .has = {"value=\"Beginning\"", "value=\"Able\""},
	 .keep = {"low", "name=\"part\" value=\""}},
	{.url = DRAFT "/add", EDITOR, .form = "under=%a%&kind=criterion&code=R1&body=Listens", .status = 303,
	 .keep = {"r", "draft#i-"}},
	{.url = DRAFT "/items/%r%", EDITOR, .status = 200, .has = {"Descriptors", "Beginning", "Able"}},
	{.url = DRAFT "/items/%r%", EDITOR, .status = 303,
	 .form = "work=en&rev=1&title_rev=0&body_rev=1&kind=criterion&code=R1&body=Listens&"
		 "part=level/%low%&text=Waits+for+the+end&seen=0"},
	{.url = FIRST "/rubric", EDITOR, .status = 200,
	 .has = {"Waits for the end", "no descriptor", "Beginning</th><th scope=\"col\">Able"}},
	{.url = FIRST "/rubric.csv", EDITOR, .status = 200,
	 .has = {"area,code,title,body,Beginning,Able", "At the door,R1,,Listens,Waits for the end,"}},
	/* Another changed the cell meanwhile: both are shown, and sending again saves. */
	{.url = DRAFT "/items/%r%", EDITOR, .status = 409,
	 .has = {"Someone else changed", "Stored now: <span lang=\"en\">Waits for the end", "Hears</textarea>", "name=\"seen\" value=\"1\""},
	 .form = "work=en&rev=2&title_rev=0&body_rev=1&kind=criterion&code=R1&body=Listens&"
		 "part=level/%low%&text=Hears&seen=0"},
	{.url = DRAFT "/items/%r%", EDITOR, .status = 303,
	 .form = "work=en&rev=2&title_rev=0&body_rev=1&kind=criterion&code=R1&body=Listens&"
		 "part=level/%low%&text=Hears&seen=1"},
	{.url = DRAFT "/items/%r%", EDITOR, .status = 404,
	 .form = "work=en&rev=3&body_rev=1&kind=criterion&body=x&part=level/nobody&text=y"},
	{.url = DRAFT "/levels", EDITOR, .form = "work=en&part=%low%&text=&seen=1", .status = 422,
	 .has = {"A level that has descriptors cannot be removed"}},
	{.url = DRAFT "/levels", TRANSLATOR, .form = "work=en&part=%low%&text=Zzz&seen=1", .status = 403},
	{.url = DRAFT "/levels", TRANSLATOR, .form = "work=fr&part=%low%&text=D%C3%A9but&seen=0", .status = 303},
	{.url = FIRST "/rubric?read=fr", EDITOR, .status = 200, .has = {"Début", "Able", "href=\"" FIRST "/v/1/rubric?read=fr\">Version 1</a>"}},
	{.url = FIRST "/v/1/rubric", EDITOR, .status = 200, .has = {"Able", "Version 1"}, .has_not = {"rubric\">Version 1</a>"}},
	{.url = FIRST "/versions", EDITOR, .status = 200, .has = {"href=\"" FIRST "/v/1\">Version 1</a>"}});

SCENARIOS("context ratings: answered, asked without an answer, not asked", NULL, BEGUN,
	{.url = ITEM_B, EDITOR, .status = 200, .has = {"Context ratings", "rating/autonomy"}},
	{.url = ITEM_B, EDITOR, .status = 303,
	 .form = "work=en&rev=1&title_rev=0&body_rev=1&kind=competency&code=A1&body=Greets&"
		 "part=rating/autonomy&text=Alone&seen=0&part=rating/difficulty&text=&seen=0&"
		 "part=rating/aids&text=&seen=0&asked=rating/difficulty"},
	{.url = FIRST, EDITOR, .status = 200, .has = {"Autonomy</dt><dd><span>Alone", "Difficulty</dt><dd><span class=\"soft\">not given"},
	 .has_not = {"Tools and materials"}},
	{.url = ITEM_B, EDITOR, .status = 200, .has = {"name=\"asked\" value=\"rating/difficulty\" checked"}},
	{.url = ITEM_B, EDITOR, .status = 303,
	 .form = "work=en&rev=2&title_rev=0&body_rev=2&kind=competency&code=A1&body=Greets&"
		 "part=rating/difficulty&text=&seen=0&part=rating/autonomy&text=&seen=1"},
	{.url = FIRST, EDITOR, .status = 200, .has_not = {"Autonomy", "Difficulty"}},
	{.url = ITEM_B, EDITOR, .status = 404,
	 .form = "work=en&rev=3&title_rev=0&body_rev=2&kind=competency&body=Greets&part=rating/luck&text=x&seen=0"});

SCENARIOS("links outside and the comments of a draft's readers", NULL, BEGUN,
	{.url = ITEM_B "/links", EDITOR, .form = "label=See+20.1&address=javascript:x", .status = 422,
	 .has = {"An address begins with https://", "value=\"See 20.1\"", "Greets whoever comes</textarea>"}},
	{.url = ITEM_B "/links", EDITOR, .form = "label=See+20.1&address=https://example.org/20.1", .status = 303},
	{.url = FIRST, EDITOR, .status = 200, .has = {"href=\"https://example.org/20.1\""}},
	{.url = ITEM_B, EDITOR, .status = 200, .keep = {"link", "name=\"link\" value=\""}},
	{.url = ITEM_B "/links/remove", EDITOR, .form = "link=%link%", .status = 303},
	{.url = ITEM_B "/links/remove", EDITOR, .form = "link=%link%", .status = 404},
	{.url = ITEM_B, MEMBER, .status = 200, .has = {"Your comment"}, .has_not = {"<textarea id=\"f-body\""}},
	{.url = ITEM_B "/comments", MEMBER, .form = "work=&comment=Too+short%3F", .status = 303},
	{.url = ITEM_B "/comments", MEMBER, .form = "comment=", .status = 422},
	{.url = ITEM_B "/comments", .form = "comment=x", .status = 401},
	{.url = DRAFT, EDITOR, .status = 200, .has = {"1 comment"}},
	{.url = ITEM_B, EDITOR, .status = 200, .has = {"Too short?", "Person member"}, .keep = {"comment", "/comments/"}},
	{.url = ITEM_B "/comments/%comment%", MEMBER, .form = "", .status = 403},
	{.url = ITEM_B "/comments/%comment%", EDITOR, .form = "", .status = 303},
	{.url = ITEM_B "/comments/%comment%", EDITOR, .form = "", .status = 404},
	{.url = ITEM_B, EDITOR, .status = 200, .has = {"settled"}},
	{.url = DRAFT, EDITOR, .status = 200, .has_not = {"1 comment"}});

SCENARIOS("a translator adds words in another language and changes nothing else", NULL, BEGUN,
	{.url = DRAFT, TRANSLATOR, .status = 200, .has = {"3 of 3 texts", "0 of 3 texts", "/draft/items/%a%?work=fr"},
	 .has_not = {"/draft/add"}},
	{.url = ITEM_B "?work=fr", TRANSLATOR, .status = 200, .has = {"Greets whoever comes", "français"},
	 .has_not = {"id=\"f-kind\""}},
	{.url = ITEM_B, TRANSLATOR, .form = "work=en&rev=1&body_rev=1&kind=note&body=x", .status = 403},
	{.url = ITEM_B, TRANSLATOR, .status = 303, .has = {"Location: " DRAFT "/items/%c%?work=fr\n"},
	 .form = "work=fr&kind=note&code=Z9&body=Accueille+chacun&title_rev=0&body_rev=0&act=next"},
	{.url = "/alder/language", TRANSLATOR, .form = "language=fr", .status = 303},
	{.url = DRAFT, TRANSLATOR, .status = 200,
	 .has = {"Accueille chacun", "lang=\"en\">Offers a chair", "1 sur 3<"}},
	{.url = FIRST ".csv", EDITOR, .status = 200, .has = {"A1,competency,A,1,", ",Greets whoever comes,,Accueille chacun\r\n"}},
	/* two translators at once */
	{.url = ITEM_B, TRANSLATOR, .status = 409,
	 .has = {"Accueille chacun</span>", "Salue</textarea>", "name=\"body_rev\" value=\"1\""},
	 .form = "work=fr&body=Salue&title_rev=0&body_rev=0"},
	{.url = ITEM_B, TRANSLATOR, .form = "work=fr&body=Salue&title_rev=0&body_rev=1", .status = 303},
	{.url = ITEM_B "/move", TRANSLATOR, .form = "how=after&beside=%c%", .status = 403},
	{.url = FIRST "/settings?work=fr", TRANSLATOR, .status = 200, .has = {"Welcoming people"}},
	{.url = FIRST "/settings", TRANSLATOR, .form = "work=fr&title=Accueillir&title_rev=0&summary_rev=0", .status = 303},
	{.url = FIRST "/settings", TRANSLATOR, .form = "work=en&title=Mine&rev=1&title_rev=1&summary_rev=1", .status = 403},
	{.url = FIRST "?read=fr", EDITOR, .status = 200, .has = {"Accueillir</h1>"}});

SCENARIOS("two editors at once never overwrite each other", NULL, BEGUN,
	{.url = ITEM_B, EDITOR, .status = 303,
	 .form = "work=en&rev=1&title_rev=0&body_rev=1&kind=competency&code=A1&body=Theirs"},
	{.url = ITEM_B, .as = "admin", .status = 409,
	 .form = "work=en&rev=1&title_rev=0&body_rev=1&kind=note&code=B7&body=Mine",
	 .has = {"Someone else changed this", "Stored now: <span lang=\"en\">Theirs", "Mine</textarea>", "Stored now: A1",
		 "name=\"rev\" value=\"2\"", "name=\"body_rev\" value=\"2\""}},
	{.url = ITEM_B, EDITOR, .status = 200, .has = {"Theirs</textarea>"}},
	{.url = ITEM_B, .as = "admin", .status = 303,
	 .form = "work=en&rev=2&title_rev=0&body_rev=2&kind=note&code=B7&body=Mine"},
	{.url = ITEM_B, EDITOR, .status = 200, .has = {"Mine</textarea>", "value=\"B7\""}},
	{.url = FIRST "/settings", EDITOR, .status = 303,
	 .form = "work=en&title=Welcome&rev=1&title_rev=1&summary_rev=1&publisher=Alder"},
	{.url = FIRST "/settings", .as = "admin", .status = 409,
	 .form = "work=en&title=Hello&summary=At+the+door&rev=1&title_rev=1&summary_rev=1&publisher=Birch",
	 .has = {"Stored now: <span lang=\"en\">Welcome", "value=\"Hello\"", "Stored now: Alder", "value=\"Birch\"", "name=\"rev\" value=\"2\""}},
	{.url = DRAFT "/publish", EDITOR, .form = "rev=7", .status = 409, .has = {"name=\"rev\" value=\"1\""}});

SCENARIOS("what is published refuses every change; a new draft keeps the identity of items", NULL, BEGUN, PUBLISHED,
	{.url = FIRST, .status = 200, .has = {"Greets whoever comes", "Adopted", "(2026)"}},
	{.url = DRAFT, EDITOR, .status = 404}, {.url = ITEM_B, EDITOR, .form = "work=en&rev=1&kind=note&body=x", .status = 404},
	{.url = DRAFT "/publish", EDITOR, .form = "rev=1", .status = 404},
	{.url = DRAFT, EDITOR, .form = "", .status = 303, .has = {"Location: " DRAFT "\n"}},
	{.url = DRAFT, EDITOR, .form = "", .status = 303},
	{.url = ITEM_B, EDITOR, .status = 303,
	 .form = "work=en&rev=1&title_rev=0&body_rev=1&kind=competency&code=A1&body=Greets+warmly+whoever+comes"},
	{.url = DRAFT "/add", EDITOR, .form = "under=%a%&kind=note&body=New+here", .status = 303},
	{.url = DRAFT "/items/%c%/remove", EDITOR, .form = "rev=1", .status = 303},
	{.url = FIRST, .status = 200, .has = {"Greets whoever comes"}, .has_not = {"warmly", "New here"}},
	{.url = FIRST "/v/2", .status = 404}, {.url = FIRST "/v/2", MEMBER, .status = 200, .has = {"warmly"}},
	{.url = FIRST "/v/2/since/1", MEMBER, .status = 200, .has = {"<ins> warmly</ins>", "1 item added", "1 removed", "1 changed"}},
	PUBLISHED,
	{.url = FIRST, .status = 200, .has = {"warmly", "New here"}, .has_not = {"Offers a chair"}},
	{.url = FIRST "/items/%b%", .status = 200, .has = {"warmly", "Version 1", "Version 2"}},
	{.url = FIRST "/v/1/items/%b%", .status = 200, .has_not = {"warmly"}},
	{.url = FIRST "/v/1/items/%c%", .status = 200, .has = {"Offers a chair"}},
	{.url = FIRST "/items/%c%", .status = 404},
	{.url = FIRST "/versions", .status = 200, .has = {"Deprecated", "Adopted"}},
	{.url = FIRST "/v/2/since/1", .status = 200, .has = {"Greets<ins> warmly</ins> whoever comes", "<del>Offers a chair</del>"}},
	{.url = FIRST "/v/1/deprecate", EDITOR, .form = "rev=1", .status = 409},
	{.url = FIRST "/v/2/deprecate", EDITOR, .status = 200, .keep = {"rev", "name=\"rev\" value=\""}},
	{.url = FIRST "/v/2/deprecate", MEMBER, .form = "rev=%rev%", .status = 403},
	{.url = FIRST "/v/2/deprecate", EDITOR, .form = "rev=%rev%", .status = 303},
	{.url = FIRST, .status = 200, .has = {"Deprecated"}});

SCENARIOS("a draft may be thrown away, unless it is all there is", NULL, BEGUN,
	{.url = DRAFT "/drop", EDITOR, .form = "rev=1", .status = 422, .has = {"has only its draft"}},
	PUBLISHED,
	{.url = DRAFT, EDITOR, .form = "", .status = 303},
	{.url = DRAFT "/drop", EDITOR, .status = 200, .has = {"3 items"}, .keep = {"rev", "name=\"rev\" value=\""}},
	{.url = DRAFT "/drop", TRANSLATOR, .form = "rev=%rev%", .status = 403},
	{.url = DRAFT "/drop", EDITOR, .form = "rev=8", .status = 409},
	{.url = DRAFT "/drop", EDITOR, .form = "rev=%rev%", .status = 303},
	{.url = DRAFT, EDITOR, .status = 404}, {.url = FIRST "/items/%b%", .status = 200});

/* Written in French, read on English pages; %a% and %b% are its area and its criterion, %t% a term. */
#define IN_FRENCH "/alder/standards/accueillir-les-gens"
#define FOREIGN   " lang=\"fr\">"

SCENARIOS("a standard in another language than the page says so wherever its words stand", NULL,
	{.url = "/alder/standards/new", EDITOR, .status = 303,
	 .form = "title=Accueillir+les+gens&summary=Au+seuil&source_lang=fr&publisher=Alder"},
	{.url = IN_FRENCH "/draft/levels", EDITOR, .form = "work=fr&part=new&text=D%C3%A9but&seen=0", .status = 303},
	{.url = IN_FRENCH "/draft/levels", EDITOR, .status = 200, .has = {"lang=\"fr\" value=\"Début\""},
	 .keep = {"low", "name=\"part\" value=\""}},
	{.url = IN_FRENCH "/draft/add", EDITOR, .status = 200, .has = {"maxlength=300 lang=\"fr\">", "Only if the item has one"},
	 .has_not = {"<div lang=\"fr\">"}},
	{.url = IN_FRENCH "/draft/add", EDITOR, .status = 303, .form = "kind=area&title=Au+seuil", .keep = {"a", "draft#i-"}},
	{.url = IN_FRENCH "/draft/add", EDITOR, .status = 303, .keep = {"b", "draft#i-"},
	 .form = "under=%a%&kind=criterion&code=C1&body=Salue+chacun"},
	{.url = IN_FRENCH "/draft/add", EDITOR, .status = 303, .keep = {"t", "draft#i-"},
	 .form = "kind=term&title=H%C3%B4te&body=Qui+vient"},
	{.url = IN_FRENCH "/draft/items/%b%", EDITOR, .status = 303,
	 .form = "work=fr&rev=1&title_rev=0&body_rev=1&kind=criterion&code=C1&body=Salue+chacun&"
		 "part=level/%low%&text=Dit+bonjour&seen=0"},
	{.url = IN_FRENCH "/draft/items/%b%/links", EDITOR, .form = "label=Voir+le+guide&address=https://example.org/g", .status = 303},
	{.url = IN_FRENCH "/draft", EDITOR, .status = 200,
	 .has = {"<h1" FOREIGN "Accueillir", "<strong" FOREIGN "Au seuil", "says\"" FOREIGN "Salue chacun",
		 "<span class=\"visually-hidden\"" FOREIGN " C1 Salue"}, .has_not = {"<html lang=\"fr\""}},
	{.url = IN_FRENCH "/draft/items/%b%", EDITOR, .status = 200,
	 .has = {"<span" FOREIGN "Salue chacun</span></h1>", "href=\"" IN_FRENCH "\"" FOREIGN "Accueillir les gens</a>",
		 "rel=\"external\"" FOREIGN "Voir", "<label for=\"p-level/%low%\"" FOREIGN "Début"}},
	{.url = IN_FRENCH "/draft/items/%b%?work=en", EDITOR, .status = 200,
	 .has = {"<div class=\"source\"" FOREIGN, "name=\"body\" rows=\"6\"  lang=\"en\">"}},
	{.url = IN_FRENCH "/draft/items/%b%/move", EDITOR, .status = 200,
	 .has = {"<span" FOREIGN "Salue chacun</span></p>", "<option value=\"%a%\"" FOREIGN "Au seuil"}},
	{.url = IN_FRENCH "/draft/items/%b%/remove", EDITOR, .status = 200, .has = {FOREIGN "Salue chacun"}},
	{.url = IN_FRENCH "/settings", EDITOR, .status = 200, .has = {"lang=\"fr\">", "Publisher"}, .has_not = {"<div lang=\"fr\">"}},
	{.url = IN_FRENCH "/draft/publish", EDITOR, .status = 200, .keep = {"rev", "name=\"rev\" value=\""}, .has = {"<span" FOREIGN "Accueillir"}},
	{.url = IN_FRENCH "/draft/publish", EDITOR, .status = 303, .form = "rev=%rev%"},
	{.url = "/alder/standards", .status = 200, .has = {FOREIGN "Accueillir les gens</a>"}},
	{.url = IN_FRENCH, .status = 200,
	 .has = {"<title lang=\"fr\">Accueillir", "<h1" FOREIGN, "class=\"lead\"" FOREIGN "Au seuil", "<strong" FOREIGN,
		 "says\"" FOREIGN "Salue", "rel=\"external\"" FOREIGN "Voir"}},
	{.url = IN_FRENCH "/items/%b%", .status = 200,
	 .has = {"main-text\"" FOREIGN "Salue chacun", "<dt" FOREIGN "Début</dt><dd" FOREIGN "Dit bonjour",
		 "<a href=\"" IN_FRENCH "\"" FOREIGN "Accueillir les gens</a>", FOREIGN "Au seuil</a>"}},
	{.url = IN_FRENCH "/rubric", .status = 200,
	 .has = {"<th scope=\"col\"" FOREIGN "Début", "<caption><span" FOREIGN "Au seuil", FOREIGN "Salue chacun", "data-label=\"Début\"" FOREIGN "Dit bonjour"}},
	{.url = IN_FRENCH "/glossary", .status = 200, .has = {FOREIGN "Hôte</a>", "class=\"says\"" FOREIGN "Qui vient"}},
	{.url = IN_FRENCH "/versions", .status = 200, .has = {"<h1" FOREIGN "Accueillir"}},
	{.url = "/alder/standards/search?q=salue", .status = 200, .has = {"<span" FOREIGN "Salue chacun", "<p" FOREIGN "<mark>Salue", "<span" FOREIGN "Accueillir les gens"}},
	{.url = "/alder/standards/pick", EDITOR, .form = "pick=items&back=/standards&pick_q=salue", .status = 200,
	 .has = {"<option value=\"accueillir-les-gens\"" FOREIGN, "<span" FOREIGN "Salue chacun"}},
	{.url = "/alder/standards/crosswalks/new", EDITOR, .status = 200, .has = {FOREIGN "Accueillir les gens</option>"}},
	{.url = "/alder/standards/imports/new", EDITOR, .status = 200, .has = {FOREIGN "Accueillir les gens</option>"}});

SCENARIOS("French added to what is published reaches the draft that is open", NULL, BEGUN, PUBLISHED,
	{.url = DRAFT, EDITOR, .form = "", .status = 303},
	{.url = FIRST "/v/1/items/%b%/translate", TRANSLATOR, .status = 303,
	 .form = "work=fr&body=Accueille+chacun&title_rev=0&body_rev=0"},
	{.url = ITEM_B "?work=fr", TRANSLATOR, .status = 200, .has = {"Accueille chacun</textarea>"}},
	{.url = ITEM_B, TRANSLATOR, .status = 303, .form = "work=fr&body=Salue&title_rev=0&body_rev=1"},
	{.url = FIRST "/v/1/languages", EDITOR, .form = "work=fr", .status = 303},
	{.url = ITEM_B "?work=fr", TRANSLATOR, .status = 200, .has = {"Salue</textarea>"}});

SCENARIOS("a standard read in another language than the page's says so, and what has no words in it does not", NULL, BEGUN,
	{.url = ITEM_B, EDITOR, .form = "work=fr&body=Accueille+chacun&title_rev=0&body_rev=0", .status = 303},
	{.url = FIRST "/settings", EDITOR, .form = "work=fr&title=Accueillir&title_rev=0&summary_rev=0", .status = 303},
	{.url = FIRST "?read=fr", EDITOR, .status = 200,
	 .has = {"<h1 lang=\"fr\">Accueillir", "says\" lang=\"fr\">Accueille chacun", "class=\"lead\">At the door", "says\">Offers a chair", "<html lang=\"en\""}},
	{.url = FIRST "/items/%b%?read=fr", EDITOR, .status = 200, .has = {"<title lang=\"fr\">A1 Accueille", "main-text\" lang=\"fr\">Accueille chacun"}},
	{.url = "/alder/language", EDITOR, .form = "language=fr", .status = 303},
	{.url = FIRST "?read=fr", EDITOR, .status = 200,
	 .has = {"<h1>Accueillir", "says\">Accueille chacun", "says\" lang=\"en\">Offers a chair"}},
	{.url = FIRST "?read=en", EDITOR, .status = 200,
	 .has = {"<h1 lang=\"en\">Welcoming", "says\" lang=\"en\">Greets whoever comes"}});

/* clang-format on */

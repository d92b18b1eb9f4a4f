/* The life of a standard, told through its pages, on both engines. */
#include "app/standards/standards.h"
#include "base/arena.h"
#include "scenario.h"

#define EDITOR     .as = "standards_editor"
#define TRANSLATOR .as = "translator"
#define FIRST      "/alder/standards/welcoming-people"
#define DRAFT      FIRST "/draft"

/* A standard, its first two items, one under the other; %a%, %b%, %c% are their uuids. */
#define BEGUN                                                                                      \
	{.url = "/alder/standards/new",                                                            \
	 EDITOR,                                                                                   \
	 .form = "title=Welcoming+people&summary=At+the+door&source_lang=en&publisher=Alder",      \
	 .status = 303,                                                                            \
	 .has = {"Location: " DRAFT "\n"}},                                                        \
		{.url = DRAFT "/add",                                                              \
		 EDITOR,                                                                           \
		 .form = "kind=area&code=A&title=At+the+door",                                     \
		 .status = 303,                                                                    \
		 .has = {"Location: " DRAFT "#i-"},                                                \
		 .keep = {"a", "draft#i-"}},                                                       \
		{.url = DRAFT "/add",                                                              \
		 EDITOR,                                                                           \
		 .form = "under=%a%&kind=competency&code=A1&body=Greets+whoever+comes",            \
		 .status = 303,                                                                    \
		 .keep = {"b", "draft#i-"}},                                                       \
	{                                                                                          \
		.url = DRAFT "/add", EDITOR,                                                       \
		.form = "under=%a%&kind=competency&code=A2&body=Offers+a+chair", .status = 303,    \
		.keep = {                                                                          \
			"c",                                                                       \
			"draft#i-"                                                                 \
		}                                                                                  \
	}

SCENARIOS("an editor makes a standard: items under items, and what is wrong is told", NULL, BEGUN,
	  {.url = DRAFT,
	   EDITOR,
	   .status = 200,
	   .has = {"Greets whoever comes", "Offers a chair", "3 items", "Draft"}},
	  {.url = DRAFT "/add",
	   EDITOR,
	   .form = "kind=area",
	   .status = 422,
	   .has = {"Enter what the item says"}},
	  {.url = DRAFT "/add?under=%a%", EDITOR, .status = 200, .has = {"At the door"}},
	  {.url = DRAFT "/add?under=nobody", EDITOR, .status = 404},
	  {.url = DRAFT "/add", EDITOR, .form = "under=nobody&kind=area&title=x", .status = 404},
	  {.url = DRAFT "/add",
	   EDITOR,
	   .form = "kind=&title=kept",
	   .status = 422,
	   .has = {"value=\"kept\""}},
	  {.url = "/alder/standards/new",
	   EDITOR,
	   .form = "title=Welcoming+people&source_lang=en",
	   .status = 303,
	   .has = {"Location: " FIRST "-2/draft\n"}},
	  {.url = "/alder/standards/new",
	   EDITOR,
	   .form = "title=Search&source_lang=en",
	   .status = 303,
	   .has = {"Location: /alder/standards/search-2/draft\n"}},
	  {.url = "/alder/standards/new",
	   EDITOR,
	   .form = "title=Kept&source_lang=de",
	   .status = 422,
	   .has = {"value=\"Kept\""}});

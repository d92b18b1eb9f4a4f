/* A package by the page: shown, saved by the job, found as a draft. */
#include "app/standards/case_command.h"
#include "base/arena.h"
#include "core/apart.h"
#include "core/args.h"
#include "core/job.h"
#include "scenario.h"

#define PART   "--frontier\r\nContent-Disposition: form-data; name="
#define A      "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa"
#define EDITOR .as = "standards_editor"
#define UPLOAD(bytes)                                                                              \
	.headers = "Content-Type: multipart/form-data; boundary=frontier",                         \
	.form = PART "\"layout\"\r\n\r\nauto\r\n" PART                                             \
		     "\"file\"; filename=\"bread.json\"\r\nContent-Type: "                         \
		     "application/json\r\n\r\n" bytes "\r\n--frontier--\r\n"

static void many_imports(struct world *w)
{
	db_begin(w->db, DB_WRITE, w->a);
	for (int i = 0; i < 50; i++)
		db_exec(w->db,
			SQL("INSERT INTO standard_import (org, file_name, bytes, layout, lang, "
			    "state, result, made_at) VALUES (:org, 'older.md', :bytes, 'markdown', "
			    "'en', 'preview', '{\"a\":1}', :made_at)"),
			ARGS(w->arena, ARG_AS("org", w->a), ARG_AS("made_at", i),
			     ARG_AS("bytes", val_blob(w->arena, S("x")))));
	CHECK(db_commit(w->db));
}

TEST_DB("a package is sent, shown with what is kept and what is not placed, and saved by a job")
{
	struct world w;
	NEED(world_begin(&w, db, err, NULL));
	TELL(&w, .url = "/alder/standards/imports/new", EDITOR, .status = 303,
	     UPLOAD("{\"CFDocument\":{\"identifier\":\"" A
		    "0\",\"title\":\"Bread\",\"language\":\"en\"},\"CFItems\":[{\"identifier\":\"" A
		    "1\",\"fullStatement\":\"Kneads <b>well</b>\",\"CFItemType\":\"Hand skill\","
		    "\"notes\":\"An *hour*\"},"
		    "{\"identifier\":\"" A "1\",\"fullStatement\":\"Twice\"}]}"));
	TELL(&w, .url = "%location%", EDITOR, .status = 200,
	     .keep = {"import", "/standards/imports/"},
	     .has = {"Kneads **well**", "hand-skill", "/CFItems/1",
		     "another item has its identifier", "Kept as data"},
	     .has_not = {"quick"});
	TELL(&w, .url = "/alder/standards/imports/1/save", EDITOR, .form = "title=Bread",
	     .status = 303, .has = {"/jobs/"});
	TELL(&w, .url = "%location%", EDITOR, .status = 200, .has = {"bread.json"});
	TELL(&w, .url = "/alder/standards/bread", EDITOR, .status = 404);
	world_jobs(&w, standards_jobs);
	TELL(&w, .url = "/alder/standards/bread/draft", EDITOR, .status = 200,
	     .has = {"<strong>well</strong>", "Hand skill"});
	TELL(&w, .url = "/alder/standards/bread/items/" A "1", EDITOR, .status = 200,
	     .has = {"Notes</h2><p>An <em>hour</em></p>"});
	TELL(&w, .url = "/alder/standards/bread/items/" A "1", EDITOR, .status = 200,
	     .has = {"Notes</h2>", "An <em>hour</em>"});
	TELL(&w, .url = "/alder/standards/imports/1", EDITOR, .status = 200,
	     .has = {"This import was saved."});
	TELL(&w, .url = "/alder/standards/imports/1/save", EDITOR, .form = "title=Bread",
	     .status = 409);
	many_imports(&w);
	TELL(&w, .url = "/alder/standards/imports/new", EDITOR, .status = 200,
	     .has = {"bread.json", "1 to 50 of 51", "imports/new?first=50\""});
	TELL(&w, .url = "/alder/standards/imports/new?first=50", EDITOR, .status = 200,
	     .has = {"51 to 51 of 51", "older.md"}, .has_not = {"bread.json"});
	world_end(&w);
}

TEST_DB("a file that is no package says what it is instead")
{
	struct world w;
	NEED(world_begin(&w, db, err, NULL));
	TELL(&w, .url = "/alder/standards/imports/new", EDITOR, .status = 422,
	     UPLOAD("{\"CFDocuments\":[{\"title\":\"Bread\"}]}"),
	     .has = {"a list of documents, not a package"});
	TELL(&w, .url = "/alder/standards/imports/new", EDITOR, .status = 422,
	     UPLOAD("{\"CFItems\":[{\"fullStatement\":"),
	     .has = {"This is not JSON, or not all of it"});
	world_end(&w);
}

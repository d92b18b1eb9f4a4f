#include "base/arena.h"
#include "core/args.h"
#include "core/job.h"
#include "example.h"

static int64_t ask(struct world *w, int64_t org, int64_t owner, const char *title)
{
	return job_ask(w->db, w->arena,
		       &(struct job_asked){.org = org,
					   .owner = owner,
					   .now = w->now,
					   .kind = "test.work",
					   .title = str_of(title)});
}

WORLD(jobs_of_the_world)
{
	world_know_id(w, "job", ask(w, w->a, 0, "nightly"));
}

EXAMPLES(NULL, {.url = "/jobs?before=%job%", .as = "admin"},
	 {.url = "/jobs/%job%/stop", .as = "admin", .form = ""});

static void many(struct world *w)
{
	for (int i = 0; i < 102; i++)
		ask(w, w->a, 0, i ? "one of many" : "the first of all");
}

SCENARIOS("of many jobs each can be seen, a page at a time", many,
	  {.url = "/alder/jobs",
	   .as = "admin",
	   .status = 200,
	   .has = {"one of many"},
	   .has_not = {"the first of all"},
	   .keep = {"older", "/jobs?before="}},
	  {.url = "/alder/jobs?before=%older%",
	   .as = "admin",
	   .status = 200,
	   .has = {"one of many", "the first of all"},
	   .has_not = {"Older"}});

static void state(struct world *w, int64_t id, const char *state_, const char *result)
{
	db_exec(w->db,
		SQL("UPDATE job SET state = :state, result = :result, done = 1200, total = 5000, "
		    "words "
		    "= 'Stop it' WHERE id = :id AND org = :org"),
		ARGS(w->arena, ARG(id), ARG_AS("org", w->a), ARG_AS("state", state_), ARG(result)));
}

static void fill(struct world *w)
{
	int64_t member = world_person(w, "member");
	int64_t mine = ask(w, w->a, member, "my <plan>.csv"),
		ended = ask(w, w->a, member, "old.csv");
	int64_t failed = ask(w, w->a, member, "broken.csv");
	world_know_id(w, "mine", mine);
	world_know_id(w, "ended", ended);
	world_know_id(w, "failed", failed);
	world_know_id(w, "other", ask(w, w->a, world_person(w, "translator"), "other.csv"));
	world_know_id(w, "unnamed", ask(w, w->a, 0, ""));
	world_know_id(w, "theirs", ask(w, w->b, 0, "theirs.csv"));
	state(w, mine, "running", "{}");
	state(w, ended, "refused", "{\"message\":\"Line 3 has no name.\",\"path\":\"/standards\"}");
	state(w, failed, "failed", "{}");
}

SCENARIOS("somebody sees how far their own work is, and nobody else's", fill,
	  {.url = "/alder/jobs",
	   .as = "member",
	   .status = 200,
	   .has = {"my &lt;plan&gt;.csv", "old.csv", "1,200 / 5,000"},
	   .has_not = {"other.csv", "nightly", "theirs.csv"}},
	  {.url = "/alder/jobs/%mine%",
	   .as = "member",
	   .status = 200,
	   .has = {"<progress", "value=\"1200\"", "At work", "Look again", "/static/progress."}},
	  {.url = "/alder/jobs/%mine%.json",
	   .as = "member",
	   .status = 200,
	   .has = {"\"unfinished\":true", "\"done\":1200"}},
	  {.url = "/alder/jobs/%unnamed%",
	   .as = "admin",
	   .status = 200,
	   .has = {"<title>Work number %unnamed% – ", "<h1>Work number %unnamed%</h1>"}},
	  {.url = "/alder/jobs/%other%", .as = "member", .status = 404},
	  {.url = "/alder/jobs/%theirs%", .as = "admin", .status = 404},
	  {.url = "/alder/jobs", .status = 303});

SCENARIOS("who may see all work sees whose it is", fill,
	  {.url = "/alder/jobs",
	   .as = "admin",
	   .status = 200,
	   .has = {"my &lt;plan&gt;.csv", "other.csv", "nightly", "Asked by"},
	   .has_not = {"theirs.csv"}},
	  {.url = "/alder/jobs/%other%", .as = "admin", .status = 200});

SCENARIOS("the end of work says what came of it and what to do", fill,
	  {.url = "/alder/jobs/%ended%",
	   .as = "member",
	   .status = 200,
	   .has = {"Line 3 has no name.", "Could not be done", "href=\"/alder/standards\""},
	   .has_not = {"<progress", "Stop it"}},
	  {.url = "/alder/jobs/%failed%",
	   .as = "member",
	   .status = 200,
	   .has = {"after several tries"}});

SCENARIOS(
	"its owner stops work, once, and nobody else can", fill,
	{.url = "/alder/jobs/%mine%/stop",
	 .form = "",
	 .as = "member",
	 .status = 303,
	 .has = {"Location: /alder/jobs/%mine%"}},
	{.url = "/alder/jobs/%mine%", .as = "member", .status = 200, .has = {"next safe place"}},
	{.url = "/alder/jobs/%ended%/stop", .form = "", .as = "member", .status = 303},
	{.url = "/alder/jobs/%ended%", .as = "member", .status = 200, .has = {"Could not be done"}},
	{.url = "/alder/jobs/%other%/stop", .form = "", .as = "member", .status = 404},
	{.url = "/alder/jobs/%theirs%/stop", .form = "", .as = "admin", .status = 404},
	{.url = "/alder/jobs/%mine%/stop", .form = "", .status = 401});

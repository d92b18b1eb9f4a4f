#include "app/activities/ask_letters.h"

#include "app/activities/ask.h"
#include "app/activities/calendar.h"
#include "app/activities/plan.h"
#include "base/arena.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/letters.h"
#include "core/link.h"
#include "core/org.h"
#include "queries.h"
#include "web/i18n.h"

enum { LINK_DAYS = 14 * 86400, LINK_USES = 1000000, MINUTE = 60 };

static const struct {
	bool invites, file; /* may be unsubscribed from; has the date with it */
} manners[ASK_LETTERS] = {
	[LETTER_INVITATION] = {true, true}, [LETTER_REMINDER] = {true, false},
	[LETTER_OFFER] = {false, false},    [LETTER_CONFIRMATION] = {false, true},
	[LETTER_MOVED] = {false, true},     [LETTER_CANCELLED] = {false, true},
};

struct req ask_as_page(struct db *db, struct arena *a, const struct val *org, struct str lang,
		       int64_t now)
{
	struct req r = {.arena = a,
			.db = db,
			.in = val_object(a),
			.out = val_object(a),
			.errors = val_object(a),
			.me = val_null(),
			.org = val_object(a),
			.rights = val_list(a),
			.lang = lang,
			.words = catalogue_shipped(a, lang),
			.now = now};
	val_merge(r.org, org);
	org_speak(r.org, lang);
	return r;
}

struct str ask_link(struct db *db, struct arena *a, const struct val *ask, int64_t person,
		    int64_t org, struct str address, int64_t now)
{
	int64_t ends = val_i(ask, "starts_at") + val_i(ask, "minutes") * MINUTE;
	return link_make(db, a,
			 &(struct link_new){.purpose = ASK_LINK,
					    .org = org,
					    .owner = person,
					    .subject = val_i(ask, "id"),
					    .address = address,
					    .now = now,
					    .ends_at = (ends > now ? ends : now) + LINK_DAYS,
					    .uses = LINK_USES});
}

static struct str where(const struct val *ask)
{
	struct str place = val_s(ask, "place_name");
	return place.n ? place : val_s(ask, "online").n ? val_s(ask, "online") : S("–");
}

/* Also sets *file to the date as a calendar reads it. */
static struct val *values_of(struct req *r, const struct val *ask, const struct val *to,
			     struct str *file)
{
	struct arena *a = r->arena;
	struct val *rows = val_list(a);
	struct val *plan = calendar_row(r->db, a, val_i(r->org, "id"), val_i(ask, "activity"));
	if (!val_is_null(plan)) /* else the world failed, and nothing of this is kept */
		val_push(rows, plan);
	*file = calendar_bytes(r, rows, "PUBLISH", true); /* dresses the row as well */
	const struct val *row = val_at(rows, 0);
	struct wall end = instant_wall(val_i(ask, "offer_until"), req_zone(r));
	struct str until = str_fmt(a, STR_FMT ", " STR_FMT,
				   STR_ARG(day_show(a, r->lang, DAY_WEEKDAY, end.day)),
				   STR_ARG(time_show(a, r->lang, end.seconds)));
	struct str child = val_s(to, "child"), by = {0}, bring = val_s(row, "bring");
	struct wall last = {0};
	if (day_read(val_s(ask, "answer_by"), &last.day) && last.day * 86400 > r->now - 86400)
		by = str_fmt(a, " %s " STR_FMT, tr(r, N_("no later than")),
			     STR_ARG(day_show(a, r->lang, DAY_WEEKDAY, last.day)));
	if (bring.n)
		bring = str_fmt(a, "%s " STR_FMT, tr(r, N_("What to bring:")), STR_ARG(bring));
	if (child.n)
		child = str_fmt(a, "(" STR_FMT ")", STR_ARG(child));
	return ARGS(a, ARG_AS("name", val_s(to, "name")), ARG(child),
		    ARG_AS("title", val_s(row, "title")), ARG_AS("when", val_s(row, "when")),
		    ARG_AS("where", where(ask)),
		    ARG_AS("seats", str_fmt(a, "%lld", (long long)val_i(ask, "seats"))), ARG(until),
		    ARG(by), ARG(bring), ARG_AS("org", val_s(r->org, "name")));
}

struct val *ask_values(struct db *db, struct arena *a, const struct val *org, const struct val *ask,
		       int64_t now)
{
	struct req r = ask_as_page(db, a, org, val_s(ask, "lang"), now);
	struct str file;
	return values_of(&r, ask, ARGS(a, ARG_AS("name", val_s(ask, "name")), ARG_AS("child", "")),
			 &file);
}

/* The same letter about the same thing has the same key. */
static const char *key_of(struct arena *a, enum ask_letter what, const struct val *ask,
			  int64_t person)
{
	bool of_plan = what == LETTER_MOVED || what == LETTER_CANCELLED;
	int64_t rev = what == LETTER_REMINDER ? 0
		      : of_plan               ? val_i(ask, "activity_rev")
					      : val_i(ask, "rev");
	return str_c(a, str_fmt(a, "%s.%lld.%lld.%lld", ask_letters[what]->name,
				(long long)val_i(ask, "id"), (long long)person, (long long)rev));
}

static bool write_to(struct db *db, struct arena *a, const struct val *org, const struct val *ask,
		     const struct val *to, enum ask_letter what, int64_t now)
{
	int64_t person = val_i(to, "person");
	struct str email = contact_email(db, a, val_i(org, "id"), person), file;
	bool only_asked = str_is(val_s(ask, "state"), "asked");
	if (!email.n || (val_b(to, "unasked") && (manners[what].invites || only_asked)))
		return false;
	struct req r = ask_as_page(db, a, org, val_s(to, "lang"), now);
	struct val *values = values_of(&r, ask, to, &file);
	struct str token = ask_link(db, a, ask, person, val_i(org, "id"), email, now);
	struct str link = str_fmt(a, STR_FMT "/activities/answer/" STR_FMT,
				  STR_ARG(val_s(org, "base")), STR_ARG(token));
	val_set_str(values, "link", link);
	struct letter letter = {.kind = ask_letters[what],
				.org = val_i(org, "id"),
				.person = person,
				.to_address = email,
				.to_name = val_s(to, "name"),
				.lang = r.lang,
				.values = values,
				.key = key_of(a, what, ask, person),
				.now = now};
	if (manners[what].invites)
		letter.unsubscribe = str_fmt(a, STR_FMT "/stop", STR_ARG(link));
	if (manners[what].file) {
		letter.file = file;
		letter.file_name = S("activity.ics");
		letter.file_type = S("text/calendar; charset=utf-8; method=PUBLISH");
	}
	return letter_post(db, a, &letter) != 0;
}

int ask_write(struct db *db, struct arena *a, const struct val *org, int64_t ask,
	      enum ask_letter what, int64_t now)
{
	int written = 0;
	int64_t org_id = val_i(org, "id");
	const struct val *row = ask_row(db, a, org_id, ask, now);
	struct str today = str_sub(val_s(row, "starts_wall"), 0, 10);
	const struct val *to =
		db_rows(db, &q_ask_receivers, ARGS(a, ARG(ask), ARG_AS("org", org_id), ARG(today)));
	for (size_t i = 0; i < val_count(to); i++)
		written += write_to(db, a, org, row, val_at(to, i), what, now);
	return written;
}

void ask_write_offers(struct db *db, struct arena *a, const struct val *org,
		      const struct val *offered, int64_t now)
{
	for (size_t i = 0; i < val_count(offered); i++)
		ask_write(db, a, org, val_i(val_at(offered, i), "id"), LETTER_OFFER, now);
}

/* ---- many ---- */

static const struct {
	const char *what;
	const struct query *next;
	enum ask_letter letter;
} works[] = {
	{"ask", &q_ask_members, LETTER_INVITATION},
	{"remind", &q_ask_unanswered, LETTER_REMINDER},
	{"moved", &q_ask_concerned, LETTER_MOVED},
	{"cancelled", &q_ask_concerned, LETTER_CANCELLED},
};
enum { WORKS = sizeof works / sizeof *works };

static size_t work_of(const struct val *input)
{
	size_t w = 0;
	while (w < WORKS && !str_is(val_s(input, "what"), works[w].what))
		w++;
	return w;
}

static int64_t asked_of(struct db *db, struct arena *a, const struct val *input, int64_t org,
			const struct val *row, int64_t now)
{
	return ask_add(db, a,
		       &(struct ask_new){.org = org,
					 .activity = val_i(input, "activity"),
					 .person = val_i(row, "person"),
					 .group = val_i(input, "group"),
					 .role = str_c(a, val_s(input, "role")),
					 .lang = val_s(row, "lang"),
					 .by = val_i(input, "by"),
					 .now = now});
}

/* A few: where the next few begin, 0 when that was all. */
static int64_t some(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		    int64_t now)
{
	size_t w = work_of(input);
	int64_t id = val_i(org, "id"), last = 0;
	if (w == WORKS)
		return 0;
	struct val *args = ARGS(a, ARG_AS("org", id), ARG_AS("activity", val_i(input, "activity")),
				ARG_AS("people_group", val_i(input, "group")),
				ARG_AS("after", val_i(input, "after")), ARG_AS("most", ASK_STEP));
	const struct val *rows = db_rows(db, works[w].next, args);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		bool group = works[w].letter == LETTER_INVITATION;
		int64_t ask = group ? asked_of(db, a, input, id, row, now) : val_i(row, "id");
		last = val_i(row, group ? "person" : "id");
		if (ask)
			ask_write(db, a, org, ask, works[w].letter, now);
		if (works[w].letter == LETTER_REMINDER)
			db_exec(db, &q_ask_reminded,
				ARGS(a, ARG(ask), ARG_AS("org", id), ARG(now)));
	}
	return val_count(rows) == ASK_STEP ? last : 0;
}

static const struct letters_work work = {.job = ASK_JOB_MANY, .step = ASK_STEP, .some = some};

int64_t ask_many(struct db *db, struct arena *a, const struct val *org, const struct val *input,
		 int64_t owner, int64_t now)
{
	return letters_write(db, a, &work,
			     &(struct letters_asked){.org = org,
						     .input = input,
						     .owner = owner,
						     .title = val_s(input, "title"),
						     .now = now});
}

static void tell(struct db *db, struct arena *a, const struct val *event, const char *what)
{
	const struct val *data = val_get(event, "data");
	int64_t org = val_i(event, "org");
	const struct val *model = org_by_id(db, a, org);
	const struct val *all =
		db_rows(db, &q_ask_told, ARGS(a, ARG(org), ARG_AS("ids", val_s(data, "ids"))));
	for (size_t i = 0; i < val_count(all); i++)
		ask_many(db, a, model,
			 ARGS(a, ARG(what), ARG_AS("activity", val_i(val_at(all, i), "id")),
			      ARG_AS("after", 0), ARG_AS("title", "")),
			 0, val_i(event, "at"));
}

static void tell_moved(struct db *db, struct arena *a, const struct val *event)
{
	tell(db, a, event, "moved");
}

static void tell_cancelled(struct db *db, struct arena *a, const struct val *event)
{
	tell(db, a, event, "cancelled");
}

const struct reaction ask_reactions[] = {
	{"activities.asked_moved", "activities.changed", tell_moved},
	{"activities.asked_cancelled", "activities.cancelled", tell_cancelled},
	{0},
};

void ask_replanned(struct req *r, int64_t activity)
{
	struct val *offered = val_list(r->arena);
	ask_settle(r->db, r->arena, val_i(r->org, "id"), activity, r->now, offered);
	ask_write_offers(r->db, r->arena, r->org, offered, r->now);
}

enum job_end ask_many_job(struct job *job, struct val *result)
{
	return letters_job(job, result, &work,
			   str_fmt(job->arena, "/activities/%lld/asked",
				   (long long)val_i(job->input, "activity")));
}

enum job_end ask_offers_job(struct job *job, struct val *result)
{
	struct val *offered = val_list(job->arena);
	db_begin(job->db, DB_WRITE, job->org);
	const struct val *org = org_by_id(job->db, job->arena, job->org);
	ask_settle(job->db, job->arena, job->org, val_i(job->input, "activity"), job->now(),
		   offered);
	ask_write_offers(job->db, job->arena, org, offered, job->now());
	val_set_str(result, "message", (struct str){0});
	return db_commit(job->db) ? JOB_DONE : JOB_FAILED;
}

/*
 * `waypost demo`: the demonstration by command, and with --scale one more organisation, made up and
 * as large as wanted: people, the ledger of what they did together, and what each feature adds.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/instant.h"
#include "core/activity.h"
#include "core/contact.h"
#include "core/org.h"
#include "core/participation.h"
#include "core/person.h"
#include "core/right.h"
#include "core/scale.h"
#include "core/text.h"
#include "db/db.h"
#include "db/upkeep.h"
#include "server/commands.h"
#include "server/demo.h"
#include "server/features.h"
#include "server/open.h"

enum {
	DAY = 86400,
	TEXTS_MOST = 10000000,
	BATCH = 50,
	BATCH_BYTES = 256 * 1024 * 1024,
};

/* ---- an organisation and its people ---- */

static int64_t add_org(struct scale *s, struct str base, struct str *named)
{
	struct val *org = val_object(s->arena), *names = val_set_object(org, "names"),
		   *langs = val_set_list(org, "langs");
	struct str place = scale_place(s), slug = {0};
	int64_t id = 0;
	val_set_str(names, "en", str_fmt(s->arena, STR_FMT " Guild", STR_ARG(place)));
	val_set_str(names, "fr", str_fmt(s->arena, "Guilde " STR_FMT, STR_ARG(place)));
	val_push(langs, val_text(s->arena, S("en")));
	val_push(langs, val_text(s->arena, S("fr")));
	val_set_str(org, "zone", S("America/Toronto"));
	val_set_str(org, "host", (struct str){0});
	val_set_str(org, "sender_name", place);
	val_set_str(org, "sender_email", S("office@guild.example"));
	for (int i = 1; !id && i < 1000 && s->err->kind == ERR_NONE; i++) {
		slug = i > 1 ? str_fmt(s->arena, "guild-%d", i) : S("guild");
		val_set_str(org, "slug", slug);
		val_set_str(org, "base",
			    str_fmt(s->arena, STR_FMT "/" STR_FMT, STR_ARG(base), STR_ARG(slug)));
		id = org_add(s->db, s->arena, org, s->now - 1000 * DAY);
	}
	*named = slug;
	return id;
}

static const char *role_for(struct scale *s, int64_t number)
{
	static const char *const first[] = {ROLE_ADMIN, "standards_editor", "translator",
					    "registrar"};
	static const char *const later[] = {"member", "member", "practitioner", "learner"};
	if (number < (int64_t)(sizeof first / sizeof *first))
		return first[number];
	return later[scale_below(s, 4)];
}

static int64_t add_person(struct scale *s, int64_t number)
{
	struct val *as = val_object(s->arena), *contact = val_object(s->arena);
	int64_t since = s->now - (int64_t)scale_below(s, 900) * DAY;
	val_set_str(as, "name", scale_name(s));
	val_set_str(as, "sort_name", (struct str){0});
	val_set_str(as, "formal_name", (struct str){0});
	val_set_str(as, "lang", scale_below(s, 3) ? S("en") : S("fr"));
	int64_t person = person_add(s->db, s->arena, as, s->org, since);
	val_set_int(contact, "person", person);
	val_set_int(contact, "org", s->org);
	val_set_str(contact, "kind", S("email"));
	val_set_str(contact, "value", str_fmt(s->arena, "p%lld@guild.example", (long long)person));
	val_set_null(contact, "label");
	val_set_int(contact, "preferred", 1);
	contact_add(s->db, s->arena, contact, since);
	role_give(s->db, s->arena, s->org, person,
		  role_by_key(s->db, s->arena, s->org, role_for(s, number)), 0, 0, since);
	return person;
}

struct crowd {
	int64_t *people; /* ids */
	int64_t count;
};

static bool add_people(struct scale *s, struct arena *own, struct crowd *crowd)
{
	crowd->count = s->texts / 50 + 60;
	crowd->people = arena_many(own, int64_t, (size_t)crowd->count);
	for (int64_t i = 0; i < crowd->count; i++) {
		crowd->people[i] = add_person(s, i);
		if (i % BATCH == BATCH - 1 && !scale_next(s))
			return false;
	}
	return scale_next(s);
}

/* ---- what they did together ---- */

static void add_activity(struct scale *s, struct crowd crowd)
{
	static const char *const kinds[] = {"event", "visit", "session", "course"};
	static const char *const modes[] = {"in_person", "in_person", "technology"};
	int64_t day = s->now / DAY + 60 - (int64_t)scale_below(s, 800), by = crowd.people[0];
	int hour = 8 + (int)scale_below(s, 10);
	bool held = day * DAY < s->now;
	struct activity is = {
		.org = s->org,
		.kind = kinds[scale_below(s, 4)],
		.mode = modes[scale_below(s, 3)],
		.status = held ? "held" : "planned",
		.starts_wall = str_fmt(s->arena, STR_FMT "T%02d:00",
				       STR_ARG(day_text(s->arena, day)), hour),
		.zone = S("America/Toronto"),
		.minutes = 30 * (1 + (int64_t)scale_below(s, 6)),
		.now = s->now,
		.by = by,
	};
	struct wall wall = {.day = day, .seconds = hour * 3600};
	is.starts_at = wall_instant(wall, zone_open(s->arena, is.zone), NULL);
	int64_t id = activity_add(s->db, s->arena, &is);
	struct said title = scale_pick(s, "subjects");
	struct text text = {.org = s->org,
			    .kind = "activity",
			    .owner = id,
			    .field = "title",
			    .lang = S("en"),
			    .body = title.en,
			    .made_at = s->now};
	text_first(s->db, s->arena, &text);
	text.lang = S("fr"), text.body = title.fr;
	text_first(s->db, s->arena, &text);
	int people = 2 + (int)scale_below(s, 16);
	for (int i = 0; i < people; i++)
		participation_add(
			s->db, s->arena,
			&(struct participation){
				.org = s->org,
				.activity = id,
				.person = crowd.people[scale_below(s, (uint64_t)crowd.count)],
				.role = i ? "learner" : "facilitator",
				.state = !held                    ? "expected"
					 : scale_below(s, 9) == 0 ? "absent"
								  : "attended",
				.minutes = is.minutes,
				.ground = "duty",
				.attested_by = by,
				.now = s->now,
				.by = by});
}

static bool add_activities(struct scale *s, struct crowd crowd)
{
	int64_t count = s->texts / 100 + 40;
	for (int64_t i = 0; i < count; i++) {
		add_activity(s, crowd);
		if (i % BATCH == BATCH - 1 && !scale_next(s))
			return false;
	}
	return scale_next(s);
}

/* ---- the command ---- */

/* PostgreSQL plans by what it knows of its tables, which it would look at itself only later. */
static bool take_stock(struct db *db)
{
	if (strcmp(db_engine(db), "postgresql"))
		return true;
	db_begin(db, DB_WRITE, 0);
	db_script(db, "statistics", "ANALYZE");
	return db_commit(db);
}

struct str demo_scale(struct db *db, struct arena *a, struct err *err, const struct demo_size *size)
{
	struct scale s = {.db = db,
			  .arena = arena_new(BATCH_BYTES),
			  .err = err,
			  .now = size->now / DAY * DAY,
			  .texts = size->texts};
	struct crowd crowd;
	struct str slug;
	scale_begin(&s, a, size->seed);
	db_use(db, s.arena, err);
	db_begin(db, DB_WRITE, 0);
	s.org = add_org(&s, size->base, &slug);
	slug = str_dup(a, slug);
	bool good = scale_next(&s) && add_people(&s, a, &crowd) && add_activities(&s, crowd);
	for (const struct feature *const *each = features; good && *each; each++)
		if ((*each)->demo_scale) {
			(*each)->demo_scale(&s);
			good = scale_next(&s);
		}
	good = good && db_commit(db);
	db_rollback(db);
	db_use(db, a, err);
	arena_free(s.arena);
	good = good && take_stock(db);
	return good ? slug : (struct str){0};
}

static bool number(const struct command_call *call, const char *name, int64_t *to)
{
	struct str text = val_s(call->args, name);
	*to = 0;
	if (!text.n || (str_int(text, to) && *to >= 0 && *to <= TEXTS_MOST))
		return true;
	fprintf(stderr, "waypost: --%s wants a number from 0 to %d\n", name, TEXTS_MOST);
	return false;
}

static int demo_run(struct command_call *call)
{
	const struct config *config = call->config;
	struct demo_size size = {
		.base = str_fmt(call->arena, "http://" STR_FMT, STR_ARG(config->listen)),
		.now = call->now};
	int64_t seed;
	if (!number(call, "scale", &size.texts) || !number(call, "seed", &seed))
		return EXIT_USAGE;
	size.seed = (uint64_t)seed;
	int code = open_database(call, SCHEMA_SERVE);
	if (code != EXIT_OK)
		return code;
	if (!demo_fill(call->db, call->arena, call->err, size.base, size.now))
		return EXIT_FAILED;
	if (!size.texts)
		return EXIT_OK;
	struct str slug = demo_scale(call->db, call->arena, call->err, &size);
	if (!slug.n)
		return EXIT_FAILED;
	printf("organisation /" STR_FMT "\n", STR_ARG(slug));
	return EXIT_OK;
}

static const struct option_row options[] = {
	{"scale", "N", "add a made-up organisation with N texts that search finds"},
	{"seed", "N", "another number makes other data; 0 unless told"},
	{0},
};

const struct command demo_commands[] = {
	{"demo", "[--scale N] [--seed N]", "fill an empty database with the demonstration",
	 "--scale adds an organisation for trying a server under load: N texts in standards of "
	 "two\n"
	 "languages, N/50 people, N/100 activities with who took part, N/100 letters. Said again, "
	 "it\n"
	 "adds another one. Never for a database with real data.",
	 options, demo_run, COMMAND_NO_DB},
	{0},
};

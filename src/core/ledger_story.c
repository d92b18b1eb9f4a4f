#include "core/ledger_story.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "core/args.h"

enum { JUNE_30 = 1782777600 }; /* of 2026 */

static int64_t add_org(struct story *s, const char *slug)
{
	return db_id(s->db,
		     SQL("INSERT INTO org (slug, base, zone, made_at) VALUES (:slug, "
			 "'https://example.test', 'America/Toronto', 1) RETURNING id"),
		     ARGS(s->a, ARG(slug)));
}

int64_t story_person(struct story *s, const char *name)
{
	return db_id(
		s->db,
		SQL("INSERT INTO person (name, sort_name, lang, made_at) VALUES (:name, :name, "
		    "'en', 1) RETURNING id"),
		ARGS(s->a, ARG(name)));
}

struct story *story_begin(struct db *db)
{
	struct story *s = arena_one(test_arena, struct story);
	s->db = db;
	s->a = test_arena;
	s->now = JUNE_30;
	db_begin(db, DB_WRITE, 0);
	s->school = add_org(s, "school");
	s->agency = add_org(s, "agency");
	s->body = add_org(s, "body");
	s->other_body = add_org(s, "other-body");
	s->teacher = story_person(s, "Teacher");
	return s;
}

int64_t story_class(struct story *s, const char *name, int count, int64_t *members)
{
	int64_t group = group_add(s->db, s->a, s->school, "class", str_of(name), S("2025-09-01"));
	for (int i = 0; i < count; i++) {
		const char *member = str_c(s->a, str_fmt(s->a, "%s %02d", name, i + 1));
		members[i] = story_person(s, member);
		CHECK(group_join(s->db, s->a, s->school, group, members[i], S("2025-09-01")) > 0);
	}
	return group;
}

int64_t story_activity(struct story *s, int64_t org, const char *kind, const char *status,
		       const char *when, int64_t minutes, const char *mode)
{
	struct wall wall = {0};
	CHECK(wall_read(str_of(when), &wall));
	return activity_add(
		s->db, s->a,
		&(struct activity){.org = org,
				   .kind = kind,
				   .mode = mode,
				   .status = status,
				   .starts_wall = str_of(when),
				   .zone = S("America/Toronto"),
				   .starts_at = wall_instant(
					   wall, zone_open(s->a, S("America/Toronto")), NULL),
				   .minutes = minutes,
				   .now = s->now += 60,
				   .by = s->teacher});
}

int64_t story_held(struct story *s, int64_t org, const char *when, int64_t minutes)
{
	return story_activity(s, org, "event", "held", when, minutes, "in_person");
}

struct participation story_row(struct story *s, int64_t org, int64_t activity, int64_t person,
			       const char *role, int64_t minutes)
{
	bool learns = ledger_part(str_of(role)) == PART_LEARNS;
	return (struct participation){.org = org,
				      .activity = activity,
				      .person = person,
				      .role = role,
				      .state = "attended",
				      .minutes = minutes,
				      .ground = learns ? "duty" : "agreement",
				      .attested_by = s->teacher,
				      .now = s->now += 60,
				      .by = s->teacher};
}

int64_t story_took_part(struct story *s, int64_t org, int64_t activity, int64_t person,
			const char *role, int64_t minutes)
{
	struct participation p = story_row(s, org, activity, person, role, minutes);
	int64_t id = participation_add(s->db, s->a, &p);
	CHECK(id > 0);
	return id;
}

void story_exercised(struct story *s, int64_t participation, int64_t item)
{
	struct val *rows = val_list(s->a);
	val_set_int(val_push_object(rows), "id", participation);
	participation_exercise(s->db, s->a, rows, item, 1);
}

void story_grant(struct story *s, int64_t person, int64_t to, const char *purpose)
{
	CHECK(access_grant_give(s->db, s->a,
				&(struct access_grant){.person = person,
						       .org = to,
						       .purpose = purpose,
						       .now = s->now += 60}) > 0);
}

static void say(struct buf *b, const struct val *answer, const char *name, const char *words)
{
	const struct val *n = val_get(answer, name);
	if (val_is_null(n))
		buf_fmt(b, ", few %s", words);
	else if (val_get_int(n))
		buf_fmt(b, ", %d %s", (int)val_get_int(n), words);
}

static void say_coverage(struct buf *b, const struct val *answer)
{
	const struct val *not_yet = val_get(answer, "not_yet");
	buf_fmt(b, " %d of %d seen", (int)val_i(answer, "seen"), (int)val_i(answer, "people"));
	say(b, answer, "heads", "by count");
	say(b, answer, "encounters", "encounter(s)");
	say(b, answer, "beside", "beside");
	say(b, answer, "withheld", "withheld");
	for (size_t i = 0; i < val_count(not_yet); i++) {
		struct str name = val_s(val_at(not_yet, i), "name");
		buf_fmt(b, "%s " STR_FMT, i ? "," : "; not yet", STR_ARG(name));
	}
}

static void say_evidence(struct buf *b, const struct val *answer)
{
	const struct val *items = val_get(answer, "items");
	buf_fmt(b, " %d item(s)", (int)val_count(items));
	say(b, answer, "withheld", "withheld");
	for (size_t i = 0; i < val_count(items); i++) {
		const struct val *item = val_at(items, i);
		buf_fmt(b, "; item %d v%d: %d time(s), %d attested, %d minutes",
			(int)val_i(item, "item"), (int)val_i(item, "version"),
			(int)val_i(item, "times"), (int)val_i(item, "attested"),
			(int)val_i(item, "minutes"));
	}
}

static const struct word {
	const char *name, *words;
} words_of[LEDGER_READERS][10] = {
	[READ_CONTACT] = {{"in_person", "in person"},
			  {"technology", "by technology"},
			  {"written", "in writing"},
			  {"minutes", "minutes"},
			  {"cancelled", "cancelled"},
			  {"withheld", "withheld"}},
	[READ_CPD] = {{"entries", "entry(ies)"},
		      {"attested", "attested"},
		      {"claimed", "claimed"},
		      {"changed", "changed"},
		      {"withheld", "withheld"}},
	[READ_FIGURE] = {{"cancelled", "cancelled"},
			 {"series", "series"},
			 {"reached", "reached"},
			 {"heads", "by count"},
			 {"minutes", "minutes"},
			 {"gave", "gave"},
			 {"given", "given"}},
};
static const struct word first_words[LEDGER_READERS] = {
	[READ_CONTACT] = {"times", "time(s)"},
	[READ_CPD] = {"minutes", "minutes"},
	[READ_FIGURE] = {"held", "held"},
};

struct str story_ask(struct story *s, struct ledger_question q)
{
	struct buf b = {.arena = s->a};
	q.now = s->now;
	q.from = 0;
	if (!q.org && !q.me)
		q.me = q.person;
	struct val *answer = ledger_read(s->db, s->a, &q);
	buf_fmt(&b, STR_FMT ":", STR_ARG(val_s(answer, "ground")));
	if (q.reader == READ_COVERAGE) {
		say_coverage(&b, answer);
	} else if (q.reader == READ_EVIDENCE) {
		say_evidence(&b, answer);
	} else {
		const struct word *first = &first_words[q.reader];
		buf_fmt(&b, " %d %s", (int)val_i(answer, first->name), first->words);
		for (const struct word *w = words_of[q.reader]; w->name; w++)
			say(&b, answer, w->name, w->words);
	}
	return buf_str(&b);
}

struct str story_coverage(struct story *s, int64_t group)
{
	return story_ask(s, (struct ledger_question){.reader = READ_COVERAGE,
						     .org = s->school,
						     .group = group,
						     .day = S("2026-06-01")});
}

struct str story_contact(struct story *s, int64_t org, int64_t person)
{
	return story_ask(
		s, (struct ledger_question){.reader = READ_CONTACT, .org = org, .person = person});
}

struct str story_cpd(struct story *s, int64_t org, int64_t person)
{
	return story_ask(
		s, (struct ledger_question){.reader = READ_CPD, .org = org, .person = person});
}

struct str story_evidence(struct story *s, int64_t org, int64_t person)
{
	return story_ask(
		s, (struct ledger_question){.reader = READ_EVIDENCE, .org = org, .person = person});
}

struct str story_figure(struct story *s, int64_t org)
{
	return story_ask(s,
			 (struct ledger_question){.reader = READ_FIGURE, .org = org, .fewest = 1});
}

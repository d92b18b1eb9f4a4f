#include "core/ledger.h"

#include "base/arena.h"

#include <string.h>

const char *const ledger_readers[LEDGER_READERS] = {"coverage", "contact", "cpd", "evidence",
						    "figure"};
const char *const ledger_grounds[LEDGER_GROUNDS] = {"none", "duty", "agreement", "consent", "own"};

const struct ledger_role ledger_roles[] = {
	{"learner", PART_LEARNS},  {"participant", PART_LEARNS},
	{"reader", PART_LEARNS},   {"client", PART_LEARNS},
	{"guardian", PART_LEARNS}, {"influencer", PART_GIVES},
	{"book", PART_GIVES},      {"speaker", PART_GIVES},
	{"host", PART_GIVES},      {"mentor", PART_GIVES},
	{"volunteer", PART_GIVES}, {"adviser", PART_WORKS},
	{"teacher", PART_WORKS},   {"facilitator", PART_WORKS},
	{"organiser", PART_WORKS}, {"second_adult", PART_WORKS},
	{NULL, PART_NONE},
};

/* The last row of the table if there is no such role: it takes part in nothing. */
static const struct ledger_role *role_of(struct str name)
{
	const struct ledger_role *r = ledger_roles;
	while (r->name && !str_is(name, r->name))
		r++;
	return r;
}

enum ledger_part ledger_part(struct str role)
{
	return role_of(role)->part;
}

enum { MODES = 3 };
static const char *const modes[MODES] = {"in_person", "technology", "written"};

static const enum ledger_ground rules[LEDGER_READERS][LEDGER_PARTS] = {
	[READ_COVERAGE] = {[PART_LEARNS] = GROUND_DUTY},
	[READ_CONTACT] = {[PART_GIVES] = GROUND_AGREEMENT},
	[READ_CPD] = {[PART_LEARNS] = GROUND_AGREEMENT,
		      [PART_GIVES] = GROUND_AGREEMENT,
		      [PART_WORKS] = GROUND_AGREEMENT},
	[READ_EVIDENCE] = {[PART_LEARNS] = GROUND_CONSENT,
			   [PART_GIVES] = GROUND_CONSENT,
			   [PART_WORKS] = GROUND_CONSENT},
	[READ_FIGURE] = {[PART_LEARNS] = GROUND_DUTY,
			 [PART_GIVES] = GROUND_DUTY,
			 [PART_WORKS] = GROUND_DUTY},
};

enum ledger_ground ledger_rule(enum ledger_reader reader, enum ledger_part part)
{
	return rules[reader][part];
}

/* The strictest ground of a reader: what its answer states before any row is looked at. */
static enum ledger_ground rule_of(enum ledger_reader reader)
{
	enum ledger_ground strictest = GROUND_NONE;
	for (int part = 0; part < LEDGER_PARTS; part++)
		if (rules[reader][part] > strictest)
			strictest = rules[reader][part];
	return strictest;
}

/* A set of numbers with a tally each: open addressing, doubled when two thirds full. */
struct tally {
	int64_t key; /* 0: empty */
	int64_t times, attested, minutes, last_at;
	int64_t version;
};
struct tallies {
	struct arena *arena;
	struct tally *slots;
	size_t n, cap;
};

static struct tally *slot_of(const struct tallies *t, int64_t key)
{
	size_t i = (size_t)((uint64_t)key * 0x9e3779b97f4a7c15u) & (t->cap - 1);
	while (t->slots[i].key && t->slots[i].key != key)
		i = (i + 1) & (t->cap - 1);
	return &t->slots[i];
}

static struct tally *tally_of(struct tallies *t, int64_t key)
{
	if (3 * (t->n + 1) > 2 * t->cap) {
		struct tallies old = *t;
		t->cap = old.cap ? 2 * old.cap : 16;
		t->slots = arena_many(t->arena, struct tally, t->cap);
		for (size_t i = 0; i < old.cap; i++)
			if (old.slots[i].key)
				*slot_of(t, old.slots[i].key) = old.slots[i];
	}
	struct tally *tally = slot_of(t, key);
	if (!tally->key) {
		tally->key = key;
		t->n++;
	}
	return tally;
}

static bool tallied(const struct tallies *t, int64_t key)
{
	return t->cap && slot_of(t, key)->key;
}

/* One person in one role in one activity, from however many rows and accounts. */
struct hour {
	int64_t activity, person, item, version, series, starts_at;
	const struct ledger_role *role;
	int mode; /* index of modes */
	bool open, elsewhere, attended, attested, cancelled, named;
	int64_t attested_minutes, claimed_minutes;
};

struct ledger_sum {
	struct arena *arena;
	struct ledger_question q;
	struct hour hour;
	struct tallies people, gave, encounters, items;
	int64_t grounds[LEDGER_GROUNDS], withheld;
	int64_t heads, beside, times, cancelled, minutes, given, attested, claimed, changed,
		last_at;
	int64_t by_mode[MODES];
	struct val *hours; /* NULL: not asked for */
};

struct ledger_sum *ledger_sum(struct arena *a, const struct ledger_question *q)
{
	struct ledger_sum *s = arena_one(a, struct ledger_sum);
	s->arena = a;
	s->q = *q;
	s->q.as_of = q->as_of ? q->as_of : q->now;
	s->q.fewest = q->fewest ? q->fewest : 5;
	s->hours = q->list ? val_list(a) : NULL;
	s->people.arena = s->gave.arena = s->encounters.arena = s->items.arena = a;
	return s;
}

/* On which ground a row may be read by name: GROUND_NONE if on none. */
static enum ledger_ground sight(const struct ledger_question *q, const struct val *row,
				enum ledger_part part)
{
	if (q->me && q->me == val_i(row, "person"))
		return GROUND_OWN;
	enum ledger_ground need = rules[q->reader][part];
	struct str recorded = val_s(row, "ground");
	bool ours = q->org && val_i(row, "org") == q->org;
	bool granted = val_i(row, "granted"), live = val_i(row, "consent_live");
	if (need == GROUND_NONE || (!ours && !granted))
		return GROUND_NONE;
	if (str_is(recorded, "consent") && !live)
		return GROUND_NONE;
	/* A minor gives only through the school that keeps the guardian's yes, and no agreement of
	 * their own replaces it. */
	if (q->reader == READ_CONTACT && val_i(row, "minor"))
		return ours && str_is(recorded, "consent") ? GROUND_CONSENT : GROUND_NONE;
	if (need == GROUND_CONSENT)
		return granted || val_i(row, "agreed") ? GROUND_CONSENT : GROUND_NONE;
	if (str_is(recorded, "consent"))
		return GROUND_CONSENT;
	if (str_is(recorded, "agreement"))
		return GROUND_AGREEMENT;
	return need;
}

static int64_t counted_minutes(const struct hour *h)
{
	return h->attested ? h->attested_minutes : h->claimed_minutes;
}

static bool add_to_coverage(struct ledger_sum *s, const struct hour *h)
{
	if (!h->attended || h->role->part != PART_LEARNS)
		return false;
	if (h->elsewhere || !h->attested) {
		s->beside++;
		return false;
	}
	tally_of(&s->people, h->person)->times++;
	tally_of(&s->encounters, h->series ? h->series : h->activity);
	return true;
}

static bool add_to_contact(struct ledger_sum *s, const struct hour *h)
{
	if (h->role->part != PART_GIVES)
		return false;
	s->cancelled += h->cancelled;
	if (!h->attested)
		return h->cancelled;
	s->times++;
	s->minutes += counted_minutes(h);
	s->by_mode[h->mode]++;
	if (h->starts_at > s->last_at)
		s->last_at = h->starts_at;
	return true;
}

static bool add_to_cpd(struct ledger_sum *s, const struct hour *h)
{
	if (!h->attended)
		return false;
	s->times++;
	s->minutes += counted_minutes(h);
	*(h->attested ? &s->attested : &s->claimed) += counted_minutes(h);
	return true;
}

static bool add_to_evidence(struct ledger_sum *s, const struct hour *h)
{
	if (!h->attended || !h->item)
		return false;
	struct tally *t = tally_of(&s->items, h->item);
	t->times++;
	t->attested += h->attested;
	t->minutes += counted_minutes(h);
	if (h->starts_at >= t->last_at) {
		t->last_at = h->starts_at;
		t->version = h->version;
	}
	return true;
}

static bool add_to_figure(struct ledger_sum *s, const struct hour *h)
{
	if (!h->attested || h->elsewhere)
		return false;
	if (h->role->part == PART_GIVES) {
		tally_of(&s->gave, h->person);
		s->given += counted_minutes(h);
	} else if (h->role->part == PART_LEARNS) {
		s->minutes += counted_minutes(h);
		if (h->named)
			tally_of(&s->people, h->person);
		else
			s->heads++;
	}
	return true;
}

/* What counted, one by one: for a page that shows what its sums are made of. */
static void list_hour(struct ledger_sum *s, const struct hour *h)
{
	struct val *one = val_push_object(s->hours);
	val_set_int(one, "activity", h->activity);
	val_set_str(one, "role", str_of(h->role->name));
	val_set_int(one, "item", h->item);
	val_set_int(one, "starts_at", h->starts_at);
	val_set_int(one, "minutes", counted_minutes(h));
	val_set_bool(one, "attested", h->attested);
	val_set_bool(one, "cancelled", h->cancelled);
}

static void hour_close(struct ledger_sum *s)
{
	static bool (*const add[LEDGER_READERS])(struct ledger_sum *, const struct hour *) = {
		add_to_coverage, add_to_contact, add_to_cpd, add_to_evidence, add_to_figure,
	};
	if (s->hour.open && add[s->q.reader](s, &s->hour) && s->hours)
		list_hour(s, &s->hour);
	s->hour = (struct hour){0};
}

/* Nothing here points into the row, which is gone when the next one comes. */
static void hour_open(struct hour *h, const struct val *row, const struct ledger_role *role)
{
	*h = (struct hour){
		.open = true,
		.activity = val_i(row, "activity"),
		.person = val_i(row, "person"),
		.item = val_i(row, "item"),
		.version = val_i(row, "version"),
		.series = val_i(row, "series"),
		.starts_at = val_i(row, "starts_at"),
		.elsewhere = val_is_null(val_get(row, "org")),
		.role = role,
	};
	for (int m = 0; m < MODES; m++)
		if (str_is(val_s(row, "mode"), modes[m]))
			h->mode = m;
}

static bool same_hour(const struct hour *h, const struct val *row, const struct ledger_role *role)
{
	return h->open && h->activity == val_i(row, "activity") &&
	       h->person == val_i(row, "person") && h->item == val_i(row, "item") &&
	       h->role == role;
}

static void hour_add(struct hour *h, const struct val *row, bool named)
{
	int64_t minutes = val_i(row, "minutes");
	h->named |= named;
	h->cancelled |= str_is(val_s(row, "status"), "cancelled");
	if (!str_is(val_s(row, "state"), "attended"))
		return;
	h->attended = true;
	bool attested = val_i(row, "attested");
	int64_t *most = attested ? &h->attested_minutes : &h->claimed_minutes;
	h->attested |= attested;
	if (minutes > *most)
		*most = minutes;
}

/* People without names: coverage knows at least how many, figures add them up. */
static void heads_add(struct ledger_sum *s, const struct val *row, enum ledger_part part)
{
	int64_t heads = val_i(row, "heads");
	if (!str_is(val_s(row, "state"), "attended"))
		return;
	if (s->q.reader == READ_COVERAGE && part == PART_LEARNS) {
		if (heads > s->heads)
			s->heads = heads;
		int64_t series = val_i(row, "series");
		tally_of(&s->encounters, series ? series : val_i(row, "activity"));
		s->grounds[GROUND_DUTY]++;
	} else if (s->q.reader == READ_FIGURE && part == PART_LEARNS) {
		s->heads += heads;
		s->minutes += heads * val_i(row, "minutes");
		s->grounds[GROUND_DUTY]++;
	}
}

static bool stood(const struct val *row, int64_t at)
{
	int64_t gone = val_i(row, "superseded_at");
	return val_i(row, "made_at") <= at && (!gone || gone > at);
}

bool ledger_reached(const struct ledger_question *q, const struct val *row)
{
	const struct ledger_role *role = role_of(val_s(row, "role"));
	return rules[READ_COVERAGE][role->part] != GROUND_NONE &&
	       str_is(val_s(row, "state"), "attended") && val_i(row, "attested") &&
	       val_i(row, "org") && !val_i(row, "heads") &&
	       stood(row, q->as_of ? q->as_of : q->now) && sight(q, row, role->part) != GROUND_NONE;
}

bool ledger_counted(const struct ledger_question *q, const struct val *row)
{
	return val_i(row, "heads") && ledger_part(val_s(row, "role")) == PART_LEARNS &&
	       str_is(val_s(row, "state"), "attended") && stood(row, q->as_of ? q->as_of : q->now);
}

void ledger_add(struct ledger_sum *s, const struct val *row)
{
	const struct ledger_role *role = role_of(val_s(row, "role"));
	if (rules[s->q.reader][role->part] == GROUND_NONE || !stood(row, s->q.as_of))
		return;
	if (val_i(row, "heads")) {
		heads_add(s, row, role->part);
		return;
	}
	enum ledger_ground ground = sight(&s->q, row, role->part);
	if (ground == GROUND_NONE) {
		s->withheld++;
		if (s->q.reader != READ_FIGURE)
			return;
	} else {
		s->grounds[ground]++;
	}
	s->changed += !stood(row, s->q.now);
	if (!same_hour(&s->hour, row, role)) {
		hour_close(s);
		hour_open(&s->hour, row, role);
	}
	hour_add(&s->hour, row, ground != GROUND_NONE);
}

static void answer_coverage(struct ledger_sum *s, struct val *out, const struct val *members)
{
	struct val *not_yet = val_list(s->arena);
	int64_t seen = 0;
	for (size_t i = 0; i < val_count(members); i++) {
		struct val *member = val_at(members, i);
		if (tallied(&s->people, val_i(member, "person")))
			seen++;
		else if (!s->heads)
			val_push(not_yet, member);
	}
	val_set_int(out, "people", (int64_t)val_count(members));
	val_set_int(out, "seen", seen);
	val_set(out, "not_yet", not_yet);
	val_set_int(out, "heads", s->heads);
	val_set_int(out, "encounters", (int64_t)s->encounters.n);
	val_set_int(out, "beside", s->beside);
}

static void answer_contact(struct ledger_sum *s, struct val *out)
{
	val_set_int(out, "times", s->times);
	val_set_int(out, "cancelled", s->cancelled);
	val_set_int(out, "minutes", s->minutes);
	val_set_int(out, "last_at", s->last_at);
	for (int m = 0; m < MODES; m++)
		val_set_int(out, modes[m], s->by_mode[m]);
}

static void answer_cpd(struct ledger_sum *s, struct val *out)
{
	val_set_int(out, "minutes", s->minutes);
	val_set_int(out, "attested", s->attested);
	val_set_int(out, "claimed", s->claimed);
	val_set_int(out, "entries", s->times);
	val_set_int(out, "changed", s->changed);
}

/* The tally with the next larger key: they lie in the order of a hash. */
static const struct tally *tally_after(const struct tallies *tallies, int64_t key)
{
	const struct tally *next = NULL;
	for (size_t i = 0; i < tallies->cap; i++) {
		const struct tally *t = &tallies->slots[i];
		if (t->key > key && (!next || t->key < next->key))
			next = t;
	}
	return next;
}

static void answer_evidence(struct ledger_sum *s, struct val *out)
{
	struct val *items = val_set_list(out, "items");
	const struct tally *t = NULL;
	while ((t = tally_after(&s->items, t ? t->key : 0))) {
		struct val *item = val_push_object(items);
		val_set_int(item, "item", t->key);
		val_set_int(item, "version", t->version);
		val_set_int(item, "times", t->times);
		val_set_int(item, "attested", t->attested);
		val_set_int(item, "minutes", t->minutes);
		val_set_int(item, "last_at", t->last_at);
	}
}

/* A number of people, with the minutes that would give it away. */
static void answer_number(struct ledger_sum *s, struct val *out, const char *name, int64_t n)
{
	if (n > 0 && n < s->q.fewest) {
		val_set_null(out, name);
		val_set_bool(out, "suppressed", true);
	} else {
		val_set_int(out, name, n);
	}
}

static void answer_figure(struct ledger_sum *s, struct val *out)
{
	int64_t reached = (int64_t)s->people.n, gave = (int64_t)s->gave.n;
	int64_t learners = reached + s->heads;
	val_set_bool(out, "suppressed", false);
	answer_number(s, out, "reached", reached);
	answer_number(s, out, "heads", s->heads);
	answer_number(s, out, "gave", gave);
	val_set_int(out, "minutes", s->minutes);
	val_set_int(out, "given", s->given);
	if (learners > 0 && learners < s->q.fewest)
		val_set_null(out, "minutes");
	if (gave > 0 && gave < s->q.fewest)
		val_set_null(out, "given");
}

struct val *ledger_answer(struct ledger_sum *s, const struct val *members)
{
	struct val *out = val_object(s->arena);
	hour_close(s);
	enum ledger_ground ground = s->q.me ? GROUND_OWN : rule_of(s->q.reader);
	val_set_str(out, "ground", str_of(ledger_grounds[ground]));
	struct val *grounds = val_set_object(out, "grounds");
	for (int g = GROUND_DUTY; g < LEDGER_GROUNDS; g++)
		val_set_int(grounds, ledger_grounds[g], s->grounds[g]);
	val_set_int(out, "withheld", s->withheld);
	if (s->hours)
		val_set(out, "hours", s->hours);
	switch (s->q.reader) {
	case READ_COVERAGE:
		answer_coverage(s, out, members);
		break;
	case READ_CONTACT:
		answer_contact(s, out);
		break;
	case READ_CPD:
		answer_cpd(s, out);
		break;
	case READ_EVIDENCE:
		answer_evidence(s, out);
		break;
	default:
		answer_figure(s, out);
	}
	return out;
}

#include "core/right.h"

#include "base/val.h"

#define LABELLED(constant, name_, label_, second_)                                                 \
	[constant] = {.name = #name_, .label = (label_), .second = (second_)},
const struct right_row right_table[RIGHT_COUNT] = {[NOBODY] = {.name = "nobody"},
						   [PUBLIC] = {.name = "public"},
						   [SIGNED_IN] = {.name = "signed_in"},
						   RIGHTS(LABELLED)};

_Static_assert(RIGHT_COUNT <= 64, "struct rights holds 64");

int right_named(struct str name)
{
	for (int right = PUBLIC; right < RIGHT_COUNT; right++)
		if (name.n && *name.p == *right_table[right].name &&
		    str_is(name, right_table[right].name))
			return right;
	return NOBODY;
}

bool rights_has(struct rights rights, int right)
{
	return right > NOBODY && right < RIGHT_COUNT && (rights.bits >> right & 1);
}

struct rights rights_with(struct rights rights, int right)
{
	if (right > NOBODY && right < RIGHT_COUNT)
		rights.bits |= (uint64_t)1 << right;
	return rights;
}

struct rights rights_listed(struct str names)
{
	struct rights rights = {0};
	struct str name;
	while (str_cut(&names, ' ', &name))
		rights = rights_with(rights, right_named(name));
	return rights;
}

bool rights_within(struct rights inner, struct rights outer)
{
	return (inner.bits & ~outer.bits) == 0;
}

struct val *rights_names(struct arena *a, struct rights rights)
{
	struct val *names = val_list(a);
	for (int right = PUBLIC; right < RIGHT_COUNT; right++)
		if (rights_has(rights, right))
			val_push(names, val_text(a, str_of(right_table[right].name)));
	return names;
}

struct rights rights_in_session(struct rights rights, bool second)
{
	struct rights held = {0};
	for (int right = PUBLIC; right < RIGHT_COUNT; right++)
		if (rights_has(rights, right) && (second || !right_table[right].second))
			held = rights_with(held, right);
	return held;
}

bool right_over(struct rights mine, int right, int64_t me, int64_t whose)
{
	return me != whose && rights_has(mine, right);
}

bool right_to_give(struct rights mine, struct rights given, int64_t me, int64_t to)
{
	return right_over(mine, ROLES_MANAGE, me, to) && rights_within(given, mine);
}

static const int none[] = {NOBODY};
static const int drafts[] = {STANDARDS_READ_DRAFT, STANDARDS_COMMENT, NOBODY};
static const int editor[] = {STANDARDS_READ_DRAFT, STANDARDS_COMMENT, STANDARDS_TRANSLATE,
			     STANDARDS_EDIT,       STANDARDS_PUBLISH, STANDARDS_CROSSWALK,
			     TERMS_EDIT,           JOBS_READ,         NOBODY};
static const int translator[] = {STANDARDS_READ_DRAFT, STANDARDS_COMMENT, STANDARDS_TRANSLATE,
				 NOBODY};
static const int registrar[] = {
	STANDARDS_READ_DRAFT, STANDARDS_COMMENT, PEOPLE_READ,   PEOPLE_MANAGE, GUARDIANS_MANAGE,
	CHECKS_MANAGE,        GROUPS_READ,       GROUPS_MANAGE, ROSTER_IMPORT, PEOPLE_MERGE,
	CARDS_PRINT,          OUTBOX_READ,       NOBODY};
static const int auditor[] = {AUDIT_READ, NOBODY};
static const int careers_lead[] = {STANDARDS_READ_DRAFT, STANDARDS_COMMENT,
				   ACTIVITIES_READ,      ACTIVITIES_PLAN,
				   ACTIVITIES_ATTEND,    GROUPS_READ,
				   FIGURES_READ,         CONFIDENTIAL_READ,
				   PEOPLE_READ,          NOBODY};
static const int teacher[] = {ACTIVITIES_READ, ACTIVITIES_PLAN, ACTIVITIES_ATTEND,
			      GROUPS_READ,     CARDS_PRINT,     NOBODY};
static const int coordinator[] = {ACTIVITIES_READ, ACTIVITIES_PLAN, ACTIVITIES_ATTEND,
				  GROUPS_READ,     FIGURES_READ,    CONFIDENTIAL_READ,
				  PEOPLE_READ,     NOBODY};
static const int watcher[] = {ACTIVITIES_READ, GROUPS_READ, CONFIDENTIAL_READ, NOBODY};

const struct role_shipped roles_shipped[] = {
	{ROLE_ADMIN, N_("Administrator"), NULL},
	{"standards_editor", N_("Standards editor"), editor},
	{"translator", N_("Translator"), translator},
	{"registrar", N_("Registrar"), registrar},
	{"assessor", N_("Assessor"), drafts},
	{"auditor", N_("Auditor"), auditor},
	{"panel", N_("Panel member"), drafts},
	{"finance_read", N_("Finance, reading only"), none},
	{"member", N_("Member"), drafts},
	{"practitioner", N_("Practitioner"), drafts},
	{"careers_lead", N_("Careers leader"), careers_lead},
	{"teacher", N_("Teacher"), teacher},
	{"coordinator", N_("Coordinator"), coordinator},
	{"safeguarding_lead", N_("Safeguarding lead"), watcher},
	{"facilitator", N_("Facilitator"), none},
	{"moderator", N_("Moderator"), none},
	{"profiler", N_("Profiler"), none},
	{"guardian", N_("Guardian"), none},
	{"learner", N_("Learner"), none},
	{0},
};

const char *role_label(struct str shipped)
{
	for (const struct role_shipped *role = roles_shipped; role->key; role++)
		if (str_is(shipped, role->key))
			return role->label;
	return NULL;
}

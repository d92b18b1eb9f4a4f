#pragma once
/*
 * A right is one named permission; a role is a named set of rights, data of an organisation
 * (role, role_right); person_role says who holds which role, from when until when. Route rows name
 * the right they need. 0 is NOBODY, so forgetting it denies.
 *
 * A right marked SECOND is held only in a session where the second factor was shown.
 */
#include "base/str.h"

struct arena;
struct db;
struct val;

/*	  constant		name			what it lets one do	second factor */
#define RIGHTS(X)                                                                                  \
	X(STANDARDS_READ_DRAFT, standards_read_draft, N_("Read drafts of standards"), 0)           \
	X(STANDARDS_COMMENT, standards_comment, N_("Comment on drafts of standards"), 0)           \
	X(STANDARDS_TRANSLATE, standards_translate, N_("Translate standards"), 0)                  \
	X(STANDARDS_EDIT, standards_edit, N_("Write and import standards"), 0)                     \
	X(STANDARDS_PUBLISH, standards_publish, N_("Publish, replace and withdraw standards"), 0)  \
	X(STANDARDS_CROSSWALK, standards_crosswalk, N_("Compare standards in crosswalks"), 0)      \
	X(TERMS_EDIT, terms_edit, N_("Change word lists"), 0)                                      \
	X(PEOPLE_READ, people_read, N_("See the list of people"), 1)                               \
	X(PEOPLE_MANAGE, people_manage, N_("Add, change and invite people"), 1)                    \
	X(PEOPLE_MERGE, people_merge, N_("Make one of two accounts of a person, and undo it"), 1)  \
	X(GUARDIANS_MANAGE, guardians_manage, N_("Enter guardians and take down consents"), 1)     \
	X(CHECKS_MANAGE, checks_manage, N_("Note that adults were checked"), 1)                    \
	X(GROUPS_READ, groups_read, N_("See the groups one is responsible for"), 0)                \
	X(GROUPS_MANAGE, groups_manage, N_("Keep groups and school years"), 1)                     \
	X(ROSTER_IMPORT, roster_import, N_("Import rosters and begin the next school year"), 1)    \
	X(CARDS_PRINT, cards_print, N_("Print sign-in cards and give new PINs for one's groups"),  \
	  1)                                                                                       \
	X(ROLES_MANAGE, roles_manage, N_("Give roles and change what they allow"), 1)              \
	X(ORG_MANAGE, org_manage, N_("Change the organisation's settings"), 1)                     \
	X(LETTERS_EDIT, letters_edit, N_("Change the texts of letters"), 1)                        \
	X(OUTBOX_READ, outbox_read, N_("Read letters sent by the system"), 1)                      \
	X(ACTIVITIES_READ, activities_read, N_("See all activities"), 0)                           \
	X(ACTIVITIES_PLAN, activities_plan, N_("Plan activities and places"), 0)                   \
	X(ACTIVITIES_ATTEND, activities_attend, N_("Say who was at an activity"), 0)               \
	X(FIGURES_READ, figures_read, N_("Read figures that name nobody"), 0)                      \
	X(CONFIDENTIAL_READ, confidential_read, N_("Read what one person did"), 1)                 \
	X(JOBS_READ, jobs_read, N_("See imports and tasks, and stop them"), 0)                     \
	X(ERASURES_MANAGE, erasures_manage, N_("Answer who asks to be erased"), 1)                 \
	X(AUDIT_READ, audit_read, N_("Read the record of who did what"), 1)

enum right {
	NOBODY,
	PUBLIC,
	SIGNED_IN,
#define X(constant, name, label, second) constant,
	RIGHTS(X)
#undef X
		RIGHT_COUNT
};

struct right_row {
	const char *name;  /* "people_manage": in role_right and in req's list */
	const char *label; /* msgid */
	bool second;
};
extern const struct right_row right_table[RIGHT_COUNT]; /* by enum right */
int right_named(struct str name);                       /* NOBODY if there is none */

/* A set of rights. The zero set is a visitor who may not even read: begin with PUBLIC. */
struct rights {
	uint64_t bits;
};
bool rights_has(struct rights, int right);
struct rights rights_with(struct rights, int right);
struct rights rights_listed(struct str names); /* of names between spaces; unknown ones are none */
bool rights_within(struct rights inner, struct rights outer);
struct val *rights_names(struct arena *, struct rights); /* list of texts, for req->rights */

/* What a person holds in an organisation: PUBLIC, SIGNED_IN and what their roles of this moment
 * give. A role may name a right this program does not know; it gives nothing. */
struct rights rights_of(struct db *, struct arena *, int64_t org, int64_t person, int64_t now);
/* Who holds one by a role, all of them: { id, name, lang }. */
struct val *right_holders(struct db *, struct arena *, int64_t org, int right, int64_t now);
/* Without the second factor, the rights marked SECOND fall away. */
struct rights rights_in_session(struct rights, bool second);

/* Nobody holds a right over their own case, and nobody gives away what they do not have. */
bool right_over(struct rights, int right, int64_t me, int64_t whose);
bool right_to_give(struct rights mine, struct rights given, int64_t me, int64_t to);

/* The roles every organisation starts with. Rights of modules that are not there yet are not there.
 */
#define ROLE_ADMIN "admin"
struct role_shipped {
	const char *key;   /* "admin" */
	const char *label; /* msgid */
	const int *rights; /* ends with NOBODY; NULL: every right */
};
extern const struct role_shipped roles_shipped[]; /* ends with a NULL key */
const char *role_label(struct str shipped); /* msgid of a shipped role; NULL if it is not one */
/* Those that are missing, and rights the administrator has not got yet (of a newer program). */
void roles_ship(struct db *, struct arena *, int64_t org, int64_t now);
int64_t role_by_key(struct db *, struct arena *, int64_t org, const char *shipped); /* 0: none */

struct val *roles_list(struct db *, struct arena *, int64_t org); /* { id, shipped, name } */
/* These with `holders`, how many people have it now: a count for each. */
struct val *roles_counted(struct db *, struct arena *, int64_t org, int64_t now);
struct val *role_read(struct db *, struct arena *, int64_t org, int64_t role); /* null: none */
struct rights role_rights(struct db *, struct arena *, int64_t org, int64_t role);

/* An organisation always keeps somebody who may give roles, without an end. */
enum role_answer { ROLE_DONE, ROLE_STALE, ROLE_LAST, ROLE_FIXED };
int64_t role_add(struct db *, struct arena *, int64_t org, struct str name, struct rights,
		 int64_t now);
/* STALE: changed since `rev`. FIXED: the administrator's, which has every right. */
enum role_answer role_change(struct db *, struct arena *, int64_t org, int64_t role, int64_t rev,
			     struct str name, struct rights, int64_t now);

/* Returns the row's id; 0 if they hold the role already or are not known to the organisation.
 * `until` 0 is open, `by` 0 is the program. */
int64_t role_give(struct db *, struct arena *, int64_t org, int64_t person, int64_t role,
		  int64_t until, int64_t by, int64_t now);
/* STALE: taken before. */
enum role_answer role_take(struct db *, struct arena *, int64_t org, int64_t person_role,
			   int64_t now);
/* Somebody else may give roles, without an end. */
bool role_giver_besides(struct db *, struct arena *, int64_t org, int64_t person, int64_t now);
/* { id, role, person, shipped, name, since, until } of one person_role of this organisation, or
 * null. */
struct val *role_given(struct db *, struct arena *, int64_t org, int64_t person_role, int64_t now);
/* The same of all that a person holds now; roles_of_me() in every organisation, with `org`,
 * `org_name` in `lang`, `base`. */
/* Sets `label` in each row of these and of roles_list(): a shipped role's in the reader's language.
 */
struct req;
void roles_label(const struct req *, struct val *rows);
struct str role_shown(const struct req *, const struct val *row);
struct val *roles_of(struct db *, struct arena *, int64_t org, int64_t person, int64_t now);
struct val *roles_of_me(struct db *, struct arena *, int64_t person, struct str lang, int64_t now);

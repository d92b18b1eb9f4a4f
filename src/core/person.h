#pragma once
/*
 * A person is one on the whole server; person_org says which organisations know them. Names: shown,
 * sorted, formal, any number of former ones; one word is a name. Nothing else about them is
 * required.
 *
 * While only one organisation knows a person, its staff may change names, contacts and sign-ins; as
 * soon as a second one does, only the person may: staff of one could otherwise act as them in the
 * other.
 */
#include "base/str.h"

struct arena;
struct db;
struct req;
struct val;

/* "Marie-Ève Tremblay" -> "Tremblay, Marie-Ève": a proposal, people correct it. Pure. */
struct str person_sorted(struct arena *, struct str name);
/* Every folded word of a name, each once. Pure. */
struct val *person_words(struct arena *, struct str name);

/* `person` is { name, sort_name (empty: proposed), formal_name, lang }. Known to `org` unless 0. */
int64_t person_add(struct db *, struct arena *, const struct val *person, int64_t org, int64_t now);
/* By id and rev. The old name is kept as a former one if `keep_former`. False: changed meanwhile.
 */
bool person_change(struct db *, struct arena *, const struct val *person, bool keep_former,
		   int64_t now);
void person_speaks(struct db *, struct arena *, int64_t person, struct str lang);

/* { id, name, sort_name, formal_name, lang, rev, former[{id, name}] } or the null value. */
struct val *person_by_id(struct db *, struct arena *, int64_t id);
/* "[7,9]": the ids of all accounts of the person, whichever of them is given. */
struct str person_accounts(struct db *, struct arena *, int64_t person);
/* The null value where the organisation does not know the person (now). */
struct val *person_in_org(struct db *, struct arena *, int64_t org, int64_t person, int64_t now);
/* False: the person has no such former name. */
bool person_forget_former(struct db *, struct arena *, int64_t person, int64_t former_name);

/* Joins or comes back. Leaves with the roles held there; false: the last who may give roles stays.
 */
void person_join(struct db *, struct arena *, int64_t person, int64_t org, int64_t now);
bool person_leave(struct db *, struct arena *, int64_t person, int64_t org, int64_t now);
struct val *person_orgs(struct db *, struct arena *, int64_t person, int64_t now);
bool person_is_only_of(struct db *, struct arena *, int64_t person, int64_t org, int64_t now);

/* A page of an organisation's people in the order of their sorted names. `text` narrows to names
 * with words that start so (four are used). The next page begins after the last row's sort_fold and
 * id; the first after "" and 0. { id, name, sort_name, sort_fold, lang, since } */
struct people_asked {
	int64_t org;
	int64_t reader; /* whom a court keeps from them is left out; 0: no person reads it */
	struct str day; /* today, where the organisation is */
	struct str text, after_fold;
	int64_t after_id;
	int most;
	int64_t now;
};
struct val *people_list(struct db *, struct arena *, const struct people_asked *);
/* The first of them whose names have these words, for the reader of a page; none without words. */
struct val *people_found(struct req *, struct str words, int most);
/* For a page that lists them: sets out.found_more (face/found_more), whether there are others. */
struct val *people_found_some(struct req *, struct str words, int most);

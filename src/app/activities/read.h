#pragma once
/*
 * The five readers of the ledger (core/ledger.h) as pages. What is counted, and on which ground, is
 * decided there; here it is chosen, laid out and said in words.
 *
 *   coverage   items x groups, and learners x activities of one group: names and exact numbers, so
 *              only of groups that the reader may see by name: those they are responsible for, or
 *              all with CONFIDENTIAL_READ, GROUPS_MANAGE or PEOPLE_READ. Only activities of this
 *              organisation, and members as they were on the activity's date.
 *   contact    what the organisation did with somebody who gives it their time
 *   CPD        what a practitioner did that could be claimed: drafts, nothing is sent
 *   evidence   which items of standards a person exercised
 *   figures    numbers without names, for handing on: read_rules.h says what is withheld
 *
 * Pages of one person are confidential: CONFIDENTIAL_READ, never over oneself or one's own child
 * (core/guardian.h), and evidence also for whoever is responsible for a group of theirs. They leave
 * a trace. One's own are under /activities/mine, whichever organisation has the rows.
 */
#include "core/feature.h"

extern const struct feature read_feature;

/* A school year of the organisation, or the calendar year where it keeps none. */
struct read_period {
	int64_t year;            /* academic_year.id, 0: none */
	struct str since, until; /* days, before `until` */
	int64_t from, to;        /* instants */
	bool over;
};
/* The one that in.year says, else the one of today, else the newest. Sets out.year_choices and
 * out.period {year, name, since, last_day, over}. False: there is no such year. `apart`: only years
 * that may have figures (read_rules.h). */
bool read_period(struct req *, bool apart, struct read_period *);
/* in.year may be nothing, for all years; offers that too. */
bool read_any_period(struct req *, struct read_period *);

bool read_sees_all(const struct req *); /* every group by name */
/* The tabs over the readers; `current` is the path of one, below /activities. */
void read_tabs(struct req *, const char *current);
struct str read_role(struct req *, struct str role);

int read_coverage(struct req *);
int read_group(struct req *);
int read_figures(struct req *);
int read_people(struct req *);
int read_contact(struct req *);
int read_cpd(struct req *);
int read_evidence(struct req *);
int read_mine(struct req *);
int read_mine_evidence(struct req *);

#pragma once
/*
 * What waits for a person, and which dates they have, in every organisation: the lists of /me.
 * A feature adds its rows (core/feature.h). Each query gets :people (the ids of all accounts of the
 * person), :lang, :now and :today (where the page is), and gives at most MINE_MOST rows {base, path, org_name, title, title_lang,
 * starts_wall, zone}: where it is (the organisation's address, and the path there), what it is
 * called and in which language (empty: a name has none), and for a date its wall time and zone, else null. A
 * task may add for_name: whom it is about, if not the reader. A row without a title is called as `called` says.
 */
#include "base/str.h"

struct arena;
struct query;
struct val;

enum { MINE_MOST = 100 }; /* the page says that there are more */
enum mine_list { MINE_TASK, MINE_DATE };
struct mine {
	enum mine_list list;
	const char *words; /* a msgid: what is to be done, or why the date is theirs */
	const struct query *rows;
	const char *(*called)(struct arena *, const struct val *row); /* a msgid, or NULL */
};

#include "core/merge.h"

#include "core/args.h"
#include "core/session.h"
#include "queries.h"

static const struct {
	const char *column, *words;
} reasons[] = {
	{"already", N_("One of the two accounts is closed, or is one with another already.")},
	{"elsewhere", N_("Another organisation knows one of them too: it would change for them.")},
	{"guardian", N_("One of them is the guardian of the other: nobody guards themself.")},
	{"apart", N_("One of them may not be in touch with a child whose guardian the other is.")},
	{"minor", N_("One of them is a minor or in an age band here, and the other is not in the "
		     "same.")},
	{"places", N_("Both are asked to, or noted in, the same activity. Withdraw one of them "
		      "first.")},
	{"decided", N_("One of them gave the other a role or noted a check: nobody decides about "
		       "themself. End it first.")},
	{"erasing", N_("One of them has asked to be erased. Answer that first.")},
	{"second", N_("Only the account that would be joined has a second factor. Keep that one.")},
	{"roster", N_("A roster brings the account that would be joined. Keep that one.")},
};

static struct val *args_of_merge(struct arena *a, const struct merge *m)
{
	return ARGS(a, ARG_AS("org", m->org), ARG_AS("kept", m->kept), ARG_AS("alias", m->alias),
		    ARG_AS("day", m->day), ARG_NULL("by", m->by), ARG_AS("now", m->now),
		    ARG_AS("undo_until", m->now + MERGE_UNDO));
}

struct val *merge_against(struct db *db, struct arena *a, const struct merge *m)
{
	const struct val *row = db_row(db, &q_merge_against, args_of_merge(a, m));
	struct val *list = val_list(a);
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (val_i(row, reasons[i].column))
			val_push(list, val_text(a, str_of(reasons[i].words)));
	return list;
}

/* Whoever is signed in begins again: as the one person, or as two. */
static void sign_out(struct db *db, struct arena *a, int64_t one, int64_t other)
{
	sessions_end_others(db, a, one, 0);
	sessions_end_others(db, a, other, 0);
}

int64_t merge_make(struct db *db, struct arena *a, const struct merge *m)
{
	if (m->kept == m->alias || val_count(merge_against(db, a, m)))
		return 0;
	int64_t id = db_id(db, &q_merge_make, args_of_merge(a, m));
	if (id) {
		db_exec(db, &q_merge_join, args_of_merge(a, m));
		sign_out(db, a, m->kept, m->alias);
	}
	return id;
}

bool merge_undo(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t by, int64_t now)
{
	const struct val *row = merge_row(db, a, org, id, now);
	if (!db_id(db, &q_merge_undo, ARGS(a, ARG(id), ARG(org), ARG_NULL("by", by), ARG(now))))
		return false;
	db_exec(db, &q_merge_part,
		ARGS(a, ARG_AS("alias", val_i(row, "alias")), ARG_AS("kept", val_i(row, "kept"))));
	sign_out(db, a, val_i(row, "kept"), val_i(row, "alias"));
	return true;
}

struct val *merges_list(struct db *db, struct arena *a, int64_t org, int64_t now)
{
	return db_rows(db, &q_merge_list, ARGS(a, ARG(org), ARG(now)));
}

struct val *merge_row(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t now)
{
	return db_row(db, &q_merge_row, ARGS(a, ARG(org), ARG(id), ARG(now)));
}

struct val *merges_of_me(struct db *db, struct arena *a, int64_t person, struct str lang,
			 int64_t now)
{
	return db_rows(db, &q_merge_of_me, ARGS(a, ARG(person), ARG(lang), ARG(now)));
}

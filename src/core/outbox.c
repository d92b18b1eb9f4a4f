#include "core/outbox.h"

#include "base/arena.h"
#include "core/args.h"
#include "queries.h"

enum { TURN = 5, LEASE = 600 };

struct turn {
	struct db *db;
	struct arena *arena;
	struct err *err;
	const struct mail_server *server;
	struct mailer *mailer;
	int64_t now;
	int left;
};

int64_t outbox_delay(int64_t tries)
{
	static const int64_t delays[] = {60, 300, 900, 3600, 10800, 21600, 43200, 86400};
	const int64_t count = sizeof delays / sizeof *delays;
	if (tries > count)
		return -1;
	return delays[tries > 0 ? tries - 1 : 0];
}

/* In a short transaction of its own. */
static struct val *claim(struct turn *t, int64_t org)
{
	db_begin(t->db, DB_WRITE, org);
	struct val *letters = db_rows(t->db, &q_outbox_claim,
				      ARGS(t->arena, ARG(org), ARG_AS("now", t->now),
					   ARG_AS("turn", t->left < TURN ? t->left : TURN),
					   ARG_AS("lease_until", t->now + LEASE)));
	if (db_commit(t->db))
		return letters;
	db_rollback(t->db);
	return val_list(t->arena);
}

static void settle(struct turn *t, const struct val *letter, enum mail_end end, struct str answer)
{
	int64_t tries = val_i(letter, "tries"), org = val_i(letter, "org");
	int64_t delay = end == MAIL_LATER ? outbox_delay(tries) : -1;
	const char *state = end == MAIL_SENT ? "sent" : delay < 0 ? "dead" : "queued";
	int64_t settled_at = delay < 0 ? t->now : 0;
	db_begin(t->db, DB_WRITE, org);
	db_exec(t->db, &q_outbox_settle,
		ARGS(t->arena, ARG(org), ARG_AS("id", val_i(letter, "id")), ARG(tries), ARG(state),
		     ARG_AS("sender_address", val_s(letter, "sender_address")), ARG(answer),
		     ARG_AS("due_at", delay < 0 ? t->now : t->now + delay),
		     ARG_NULL("settled_at", settled_at)));
	if (!db_commit(t->db))
		db_rollback(t->db);
}

static void send_one(struct turn *t, struct val *letter)
{
	struct str answer = {0};
	if (!val_s(letter, "sender_address").n && t->server->sender)
		val_set_str(letter, "sender_address", str_of(t->server->sender));
	enum mail_end end = mailer_send(t->mailer, letter, t->now, &answer);
	settle(t, letter, end, answer);
	t->left--;
}

/* A few letters of each organisation that has some. False when nobody had any. */
static bool round_of_all(struct turn *t)
{
	bool any = false;
	db_begin(t->db, DB_READ, 0);
	struct val *orgs =
		db_rows(t->db, &q_outbox_orgs_due, ARGS(t->arena, ARG_AS("now", t->now)));
	db_rollback(t->db);
	for (size_t i = 0; i < val_count(orgs) && t->left > 0; i++) {
		struct val *letters = claim(t, val_i(val_at(orgs, i), "org"));
		for (size_t j = 0; j < val_count(letters); j++) {
			send_one(t, val_at(letters, j));
			any = true;
		}
	}
	return any;
}

int outbox_turn(struct db *db, struct arena *a, struct err *err, const struct mail_server *server,
		int64_t now, int limit)
{
	struct turn t = {db, a, err, server, NULL, now, limit};
	if (!server->url)
		return 0;
	t.mailer = mailer_open(a, server);
	while (t.left > 0 && err->kind == ERR_NONE)
		if (!round_of_all(&t))
			break;
	return limit - t.left;
}

struct val *outbox_list(struct db *db, struct arena *a, int64_t org, const char *state,
			int64_t before, int limit)
{
	return db_rows(db, &q_outbox_list,
		       ARGS(a, ARG(org), ARG_NULL("state", state), ARG(before), ARG(limit)));
}

struct val *outbox_counts(struct db *db, struct arena *a, int64_t org)
{
	static const char *const states[] = {"queued", "sent", "dead", "cancelled"};
	struct val *rows = db_rows(db, &q_outbox_counts, ARGS(a, ARG(org)));
	struct val *out = val_object(a);
	for (size_t s = 0; s < sizeof states / sizeof *states; s++) {
		val_set_int(out, states[s], 0);
		for (size_t i = 0; i < val_count(rows); i++)
			if (str_is(val_s(val_at(rows, i), "state"), states[s]))
				val_set_int(out, states[s], val_i(val_at(rows, i), "count"));
	}
	return out;
}

struct val *outbox_letter(struct db *db, struct arena *a, int64_t org, int64_t id)
{
	return db_row(db, &q_outbox_letter, ARGS(a, ARG(org), ARG(id)));
}

bool outbox_again(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t now)
{
	return db_exec(db, &q_outbox_again, ARGS(a, ARG(org), ARG(id), ARG(now))) == 1;
}

bool outbox_cancel(struct db *db, struct arena *a, int64_t org, int64_t id, int64_t now)
{
	return db_exec(db, &q_outbox_cancel, ARGS(a, ARG(org), ARG(id), ARG(now))) == 1;
}

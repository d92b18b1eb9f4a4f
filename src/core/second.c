#include "core/second.h"

#include "core/args.h"
#include "db/db.h"
#include "queries.h"

enum { CODES = 10 };

static struct str row_name(struct arena *a, int64_t person)
{
	return str_fmt(a, "totp %lld", (long long)person);
}

static struct val *read(struct db *db, struct arena *a, int64_t person)
{
	return db_row(db, &q_second_read, ARGS(a, ARG(person)));
}

static bool open_secret(struct arena *a, const struct secrets *secrets, int64_t person,
			const struct val *row, struct str *secret)
{
	return secret_open(a, secrets, row_name(a, person), val_s(row, "secret"), secret);
}

enum second_state second_state(struct db *db, struct arena *a, int64_t person)
{
	const struct val *row = read(db, a, person);
	if (val_is_null(row))
		return SECOND_NONE;
	return val_is_null(val_get(row, "confirmed_at")) ? SECOND_BEGUN : SECOND_ON;
}

struct str second_begin(struct db *db, struct arena *a, const struct secrets *secrets,
			int64_t person, int64_t now)
{
	struct str plain = totp_new_secret(a);
	struct str secret = secret_seal(a, secrets, row_name(a, person), plain);
	db_exec(db, &q_second_begin, ARGS(a, ARG(person), ARG(secret), ARG(now)));
	return second_begun(db, a, secrets, person);
}

struct str second_begun(struct db *db, struct arena *a, const struct secrets *secrets,
			int64_t person)
{
	const struct val *row = read(db, a, person);
	struct str plain = S("");
	if (val_is_null(val_get(row, "confirmed_at")) && !val_is_null(row))
		open_secret(a, secrets, person, row, &plain);
	return plain;
}

static struct str code_hash(struct arena *a, const struct secrets *secrets, int64_t person,
			    struct str typed)
{
	struct str purpose = str_fmt(a, "recovery %lld", (long long)person);
	return secret_keyed_hash(a, secrets, purpose, secret_code_typed(a, typed));
}

struct val *second_new_codes(struct db *db, struct arena *a, const struct secrets *secrets,
			     int64_t person)
{
	struct val *codes = val_list(a);
	db_exec(db, &q_second_forget_codes, ARGS(a, ARG(person)));
	for (int i = 0; i < CODES; i++) {
		struct str told = secret_code(a, 2, 5), code = code_hash(a, secrets, person, told);
		db_exec(db, &q_second_put_code, ARGS(a, ARG(person), ARG(code)));
		val_push(codes, val_text(a, told));
	}
	return codes;
}

bool second_confirm(struct db *db, struct arena *a, const struct secrets *secrets, int64_t person,
		    struct str typed, int64_t now, struct val **codes)
{
	struct str secret = second_begun(db, a, secrets, person);
	int64_t step = secret.n ? totp_accept(secret, typed, now, 0) : 0;
	*codes = val_list(a);
	if (!step || !db_id(db, &q_second_confirm, ARGS(a, ARG(person), ARG(step), ARG(now))))
		return false;
	*codes = second_new_codes(db, a, secrets, person);
	return true;
}

bool second_check(struct db *db, struct arena *a, const struct secrets *secrets, int64_t person,
		  struct str typed, int64_t now)
{
	const struct val *row = read(db, a, person);
	struct str secret;
	if (val_is_null(val_get(row, "confirmed_at")) ||
	    !open_secret(a, secrets, person, row, &secret))
		return false;
	int64_t step =
		totp_accept(secret, secret_code_typed(a, typed), now, val_i(row, "last_step"));
	if (step)
		return db_id(db, &q_second_spend_step, ARGS(a, ARG(person), ARG(step))) != 0;
	struct str code = code_hash(a, secrets, person, typed);
	return db_id(db, &q_second_spend_code, ARGS(a, ARG(person), ARG(code), ARG(now))) != 0;
}

int64_t second_codes_left(struct db *db, struct arena *a, int64_t person)
{
	return val_i(db_row(db, &q_second_codes_left, ARGS(a, ARG(person))), "n");
}

void second_remove(struct db *db, struct arena *a, int64_t person)
{
	db_exec(db, &q_second_forget_codes, ARGS(a, ARG(person)));
	db_exec(db, &q_second_remove, ARGS(a, ARG(person)));
}

#include "core/signin.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/words.h"
#include "core/args.h"
#include "core/contact.h"
#include "core/link.h"
#include "core/person.h"
#include "core/session.h"
#include "db/db.h"
#include "queries.h"
#include "web/cookie.h"
#include "web/req.h"

enum { PROOF = 10 * 60, BROWSER = 365 * 86400, USER_NAMES = 1000 };

struct signin signin_at(struct req *req)
{
	return (struct signin){.arena = req->arena,
			       .db = req->db,
			       .secrets = req->secrets,
			       .org = val_i(req->org, "id"),
			       .now = req->now,
			       .address = req->network,
			       .browser = cookie_value(req->cookies, BROWSER_COOKIE)};
}

static struct str mark_of(const struct signin *at, struct str account)
{
	struct str mark, purpose = str_fmt(at->arena, "browser " STR_FMT, STR_ARG(account));
	return secret_signed(at->arena, at->secrets, purpose, at->now, at->browser, &mark) ? mark
											   : S("");
}

struct str signin_browser_cookie(const struct signin *at, struct str account)
{
	struct str purpose = str_fmt(at->arena, "browser " STR_FMT, STR_ARG(account));
	return secret_sign(at->arena, at->secrets, purpose, at->now + BROWSER,
			   secret_token(at->arena));
}

/* Two accounts that are one may have the same address: one person to choose. */
static void push_once(struct val *people, struct val *row)
{
	val_set_null(row, "secret");
	for (size_t i = 0; i < val_count(people); i++)
		if (val_i(val_at(people, i), "person") == val_i(row, "person"))
			return;
	val_push(people, row);
}

/* Of which of `rows` it is the secret. */
static bool *right_of(const struct signin *at, struct str secret, const struct val *rows)
{
	size_t count = val_count(rows);
	struct str *stored = arena_many(at->arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		stored[i] = val_s(val_at(rows, i), "secret");
	return password_matches(at->arena, at->secrets, secret, stored, count);
}

/* The one path of every secret: wait, hash, count, and only then tell. `rows` are the candidates.
 */
static struct signin_result check(const struct signin *at, struct str account, struct str secret,
				  const struct query *query, const struct val *args)
{
	struct throttle who = {account, at->address, mark_of(at, account)};
	struct signin_result result = {
		.wait = throttle_ask(at->db, at->arena, at->secrets, &who, at->now)};
	if (result.wait) {
		result.answer = SIGNIN_WAIT;
		return result;
	}
	const struct val *rows = db_rows(at->db, query, args);
	bool *right = right_of(at, secret, rows), any = false;
	for (size_t i = 0; i < val_count(rows); i++)
		any = any || right[i];
	result.wait = throttle_settle(at->db, at->arena, at->secrets, &who, any, at->now);
	if (result.wait) {
		result.answer = SIGNIN_WAIT;
		return result;
	}
	result.people = val_list(at->arena);
	for (size_t i = 0; i < val_count(rows); i++)
		if (right[i])
			push_once(result.people, val_at(rows, i));
	result.answer = any ? SIGNIN_YES : SIGNIN_NO;
	return result;
}

struct str signin_email_account(struct arena *a, struct str email)
{
	struct str folded = contact_fold(a, S("email"), email);
	return folded.n ? folded : fold(a, str_trim(email));
}

struct signin_result signin_by_password(const struct signin *at, struct str email,
					struct str password)
{
	struct str handle_fold = signin_email_account(at->arena, email);
	return check(at, handle_fold, password, &q_signin_by_email,
		     ARGS(at->arena, ARG(handle_fold)));
}

static struct str card_secret(struct arena *a, struct str card, struct str pin)
{
	struct str code = secret_code_typed(a, card), digits = secret_code_typed(a, pin);
	return str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(code), STR_ARG(digits));
}

/* What is kept of a card's code, so that its PIN can be renewed without it. The code has sixty bits:
 * the plain hash tells nobody what it was. */
static struct str card_kept(struct arena *a, struct str card)
{
	return secret_hash(a, secret_code_typed(a, card));
}

/* Whoever has not the card tries another account: wrong cards do not make its holder wait. */
struct signin_result signin_by_card(const struct signin *at, struct str user_name, struct str card,
				    struct str pin)
{
	struct arena *a = at->arena;
	struct str handle_fold = fold(a, str_trim(user_name)), code = secret_code_typed(a, card);
	struct str account = str_fmt(a, "card %lld " STR_FMT " " STR_FMT, (long long)at->org,
				     STR_ARG(handle_fold), STR_ARG(code));
	struct val *args = ARGS(a, ARG_AS("org", at->org), ARG(handle_fold));
	/* Cards made before what is kept of the code was kept: their hash is of the code itself. */
	bool old = val_is_null(db_row(at->db, &q_signin_card_kept, args));
	return check(at, account, card_secret(a, old ? code : card_kept(a, code), pin),
		     &q_signin_by_card, args);
}

void signin_used(const struct signin *at, int64_t signin)
{
	db_exec(at->db, &q_signin_used, ARGS(at->arena, ARG(signin), ARG_AS("now", at->now)));
}

struct val *signin_people_of(struct db *db, struct arena *a, struct str email)
{
	struct str handle_fold = contact_fold(a, S("email"), email);
	struct val *people = val_list(a);
	const struct val *rows = db_rows(db, &q_signin_by_email, ARGS(a, ARG(handle_fold)));
	for (size_t i = 0; i < val_count(rows); i++)
		push_once(people, val_at(rows, i));
	return people;
}

/* "password 7 12": means, then the people. */
struct str signin_proof(const struct signin *at, const struct val *people, const char *means)
{
	struct buf b = {.arena = at->arena};
	buf_add(&b, str_of(means));
	for (size_t i = 0; i < val_count(people); i++) {
		buf_char(&b, ' ');
		buf_int(&b, val_i(val_at(people, i), "person"));
	}
	return secret_sign(at->arena, at->secrets, S("signin proof"), at->now + PROOF, buf_str(&b));
}

struct val *signin_proven(const struct signin *at, struct str proof, struct str *means)
{
	struct val *people = val_list(at->arena);
	struct str text, piece;
	int64_t person;
	*means = S("");
	if (!secret_signed(at->arena, at->secrets, S("signin proof"), at->now, proof, &text))
		return people;
	if (!str_cut(&text, ' ', means))
		return people;
	while (str_cut(&text, ' ', &piece)) {
		if (!str_int(piece, &person))
			continue;
		const struct val *row = person_by_id(at->db, at->arena, person);
		if (val_is_null(row))
			continue;
		struct val *one = val_push_object(people);
		val_set_int(one, "person", person);
		val_set_str(one, "name", val_s(row, "name"));
	}
	return people;
}

static struct str secret_under(const struct signin *at, struct str handle_fold)
{
	const struct val *rows =
		db_rows(at->db, &q_signin_by_email, ARGS(at->arena, ARG(handle_fold)));
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_s(val_at(rows, i), "secret").n)
			return val_s(val_at(rows, i), "secret");
	return S("");
}

static void put_email(const struct signin *at, int64_t person, struct str email, struct str secret)
{
	struct str handle_fold = contact_fold(at->arena, S("email"), email);
	db_exec(at->db, &q_signin_put_email,
		ARGS(at->arena, ARG(person), ARG_AS("handle", str_trim(email)), ARG(handle_fold),
		     ARG_NULL("secret", secret), ARG_AS("now", at->now)));
	/* What was the password of an account that is one with this one is none any more. */
	if (secret.n)
		db_exec(at->db, &q_signin_put_others,
			ARGS(at->arena, ARG(person), ARG(handle_fold), ARG(secret)));
}

struct str signin_secret(const struct signin *at, struct str email, struct str password)
{
	struct str handle_fold = contact_fold(at->arena, S("email"), email);
	return password_hash(at->arena, at->secrets, password, secret_under(at, handle_fold));
}

void signin_set_secret(const struct signin *at, int64_t person, struct str email, struct str secret,
		       int64_t keep)
{
	struct str handle_fold = contact_fold(at->arena, S("email"), email);
	put_email(at, person, email, secret);
	sessions_end_others(at->db, at->arena, person, keep);
	link_revoke_to(at->db, at->arena, "signin", handle_fold, at->now);
}

void signin_set_password(const struct signin *at, int64_t person, struct str email,
			 struct str password, int64_t keep)
{
	signin_set_secret(at, person, email, signin_secret(at, email, password), keep);
}

void signin_add_email(const struct signin *at, int64_t person, struct str email)
{
	put_email(at, person, email, S(""));
}

bool signin_remove(struct db *db, struct arena *a, int64_t person, int64_t id)
{
	return db_id(db, &q_signin_remove, ARGS(a, ARG(person), ARG(id))) != 0;
}

struct val *signins_of(struct db *db, struct arena *a, int64_t person)
{
	return db_rows(db, &q_signin_of_person, ARGS(a, ARG(person)));
}

struct val *signins_seen(struct db *db, struct arena *a, int64_t org, int64_t person, bool only)
{
	return db_rows(db, &q_signin_seen, ARGS(a, ARG(org), ARG(person), ARG(only)));
}

bool signin_password_is(const struct signin *at, int64_t person, struct str password)
{
	const struct val *rows =
		db_rows(at->db, &q_signin_secrets_of, ARGS(at->arena, ARG(person)));
	const bool *right = right_of(at, password, rows);
	for (size_t i = 0; i < val_count(rows); i++)
		if (right[i])
			return true;
	return false;
}

static bool user_name_taken(struct db *db, struct arena *a, int64_t org, int64_t person,
			    struct str handle_fold)
{
	return !val_is_null(
		db_row(db, &q_signin_card_taken, ARGS(a, ARG(org), ARG(person), ARG(handle_fold))));
}

struct signin_card signin_card_plan(const struct signin *at, int64_t person, struct str user_name)
{
	struct arena *a = at->arena;
	struct signin_card card = {.person = person, .user_name = str_trim(user_name)};
	card.card = secret_code(a, 3, 4);
	card.pin = secret_digits(a, 4);
	card.secret = password_hash(a, at->secrets,
				    card_secret(a, card_kept(a, card.card), card.pin), S(""));
	return card;
}

bool signin_card_put(const struct signin *at, const struct signin_card *card)
{
	struct arena *a = at->arena;
	struct str handle_fold = fold(a, card->user_name);
	if (!handle_fold.n || user_name_taken(at->db, a, at->org, card->person, handle_fold))
		return false;
	struct val *args = ARGS(a, ARG_AS("person", card->person), ARG_AS("org", at->org),
				ARG_AS("handle", card->user_name), ARG(handle_fold),
				ARG_AS("secret", card->secret),
				ARG_AS("card", card_kept(a, card->card)), ARG_AS("now", at->now));
	db_exec(at->db, &q_signin_forget_card, args);
	return db_id(at->db, &q_signin_put_card, args) != 0;
}

struct val *signin_card_make(const struct signin *at, int64_t person, struct str user_name)
{
	struct arena *a = at->arena;
	struct str handle_fold = fold(a, str_trim(user_name));
	if (!handle_fold.n || user_name_taken(at->db, a, at->org, person, handle_fold))
		return val_null();
	struct signin_card card = signin_card_plan(at, person, user_name);
	if (!signin_card_put(at, &card))
		return val_null();
	return ARGS(a, ARG_AS("user_name", card.user_name), ARG_AS("card", card.card),
		    ARG_AS("pin", card.pin));
}

struct val *signin_pin_make(const struct signin *at, int64_t person)
{
	struct arena *a = at->arena;
	const struct val *kept =
		db_row(at->db, &q_signin_card_of, ARGS(a, ARG(person), ARG_AS("org", at->org)));
	if (!val_s(kept, "card").n)
		return val_null();
	struct str pin = secret_digits(a, 4);
	struct str secret =
		password_hash(a, at->secrets, card_secret(a, val_s(kept, "card"), pin), S(""));
	if (!db_id(at->db, &q_signin_put_pin,
		   ARGS(a, ARG_AS("id", val_i(kept, "id")), ARG_AS("org", at->org), ARG(secret),
			ARG_AS("before", val_s(kept, "card")))))
		return val_null();
	return ARGS(a, ARG_AS("user_name", val_s(kept, "handle")), ARG(pin));
}

/* A name in syllabics is printed on the card; what is typed at a school's computer is not in them. */
static bool on_keyboards(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] >= 0x80)
			return false;
	return name.n > 0;
}

struct str signin_user_name_free(struct db *db, struct arena *a, int64_t org, struct str name,
				 const struct val *besides)
{
	const struct val *words = person_words(a, name);
	struct buf b = {.arena = a};
	for (size_t i = 0; i < val_count(words); i++) {
		if (i)
			buf_char(&b, '.');
		buf_add(&b, val_get_str(val_at(words, i)));
	}
	struct str stem = on_keyboards(buf_str(&b)) ? buf_str(&b) : S("reader"), free = stem;
	for (int n = 2; n < USER_NAMES && (user_name_taken(db, a, org, 0, free) ||
					   (besides && val_has(besides, str_c(a, free))));
	     n++)
		free = str_fmt(a, STR_FMT "%d", STR_ARG(stem), n);
	return free;
}

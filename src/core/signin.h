#pragma once
/*
 * The ways to sign in: e-mail and password, user name with a printed card and PIN, an e-mailed
 * link. The answer and the time it takes are the same whether or not the account exists. E-mail is
 * not unique: when several people share the address (and the password), they choose who it is.
 *
 * Handlers run SLOW: a password hash takes tens of milliseconds, outside any write transaction.
 */
#include "core/secret.h"
#include "core/throttle.h"

struct val;

struct signin {
	struct arena *arena;
	struct db *db;
	const struct secrets *secrets;
	int64_t org; /* for cards */
	int64_t now;
	struct str address; /* the client's, for the throttle */
	struct str browser; /* known-browser cookie, or empty */
};

struct req;
struct signin signin_at(struct req *);

enum signin_answer { SIGNIN_NO, SIGNIN_YES, SIGNIN_WAIT };
struct signin_result {
	enum signin_answer answer;
	int64_t wait;       /* seconds, of SIGNIN_WAIT */
	struct val *people; /* of SIGNIN_YES: {person, name, signin}, one or more to choose from */
};
struct signin_result signin_by_password(const struct signin *, struct str email,
					struct str password);
struct signin_result signin_by_card(const struct signin *, struct str user_name, struct str card,
				    struct str pin);
void signin_used(const struct signin *, int64_t signin);
/* The form in which a typed address is an account: for the throttle and the browser's cookie. */
struct str signin_email_account(struct arena *, struct str email);
/* Whom a link sent to this address may sign in. The asker is told nothing of it. */
struct val *signin_people_of(struct db *, struct arena *, struct str email);

/* Carries the proof from "who are you?" to the choice: a signed text naming the people, 10 minutes.
 */
struct str signin_proof(const struct signin *, const struct val *people, const char *means);
/* The people it names, {person, name}, and the means; the empty list if it does not hold. */
struct val *signin_proven(const struct signin *, struct str proof, struct str *means);

/* A browser that signed this account in; a year. Its mark gives the throttle a row of its own. */
#define BROWSER_COOKIE "waypost_browser"
struct str signin_browser_cookie(const struct signin *, struct str account);

/* What is wrong with a new password, as a msgid; NULL if it will do. Pure. */
const char *password_wrong(struct arena *, struct str password, struct str email, struct str name);
/* Sets or replaces the password of this person's e-mail sign-in, ends every session but `keep`,
 * revokes open password links. */
void signin_set_password(const struct signin *, int64_t person, struct str email,
			 struct str password, int64_t keep);
/* The same in two steps: the slow one, and the writing. */
struct str signin_secret(const struct signin *, struct str email, struct str password);
void signin_set_secret(const struct signin *, int64_t person, struct str email, struct str secret,
		       int64_t keep);
void signin_add_email(const struct signin *, int64_t person, struct str email); /* link only */
bool signin_remove(struct db *, struct arena *, int64_t person, int64_t signin);
struct val *signins_of(struct db *, struct arena *, int64_t person); /* for the person */
/* For who manages the people of an organisation: { kind, handle, used_at }. The handle and when it was
 * used are null where another organisation made it, or the person: an organisation's are its cards,
 * the addresses it invited, and those of whom it alone knows (`only`). */
struct val *signins_seen(struct db *, struct arena *, int64_t org, int64_t person, bool only);
bool signin_password_is(const struct signin *, int64_t person, struct str password);

/* Makes or renews the card of a person in an organisation: { user_name, card, pin }, told only now.
 * The null value if somebody else there has the user name. */
struct val *signin_card_make(const struct signin *, int64_t person, struct str user_name);
/* The same in two steps, for many at once: the slow one, and the writing (false: the user name is
 * somebody else's by now). */
struct signin_card {
	int64_t person;
	struct str user_name, card, pin, secret;
};
struct signin_card signin_card_plan(const struct signin *, int64_t person, struct str user_name);
bool signin_card_put(const struct signin *, const struct signin_card *);
/* A new PIN for the card somebody has: { user_name, pin }. The null value: they have none, or one of
 * the kind whose code was not kept, which is replaced as a whole. */
struct val *signin_pin_make(const struct signin *, int64_t person);
/* A user name nobody has there, and that is no member of `besides` (NULL: none). */
struct str signin_user_name_free(struct db *, struct arena *, int64_t org, struct str name,
				 const struct val *besides);

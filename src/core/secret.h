#pragma once
/*
 * Everything that must not be guessed, forged or read from a stolen database. Built on libsodium
 * (sodium_init() is server/'s to call). The keys come from the configuration, never the database.
 *
 *  token      256 random bits in 43 characters (base64url). What is stored is its hash.
 *  code       short, for people: no 0/O, 1/I/L, U; typed in any case, spaces and hyphens ignored.
 *  password   Argon2id. All sign-ins under one address share the salt, so that an attempt costs one
 *             hash whether nobody, one person or a family is there: no answer is slower.
 *  seal       XChaCha20-Poly1305 for columns; `row` names table and id, so that a sealed value
 *             moved to another row does not open.
 *  signed     a value with purpose and end, in the clear but not to be changed (cookies, hidden
 *             fields)
 *  TOTP       RFC 6238: SHA-1, 30 seconds, 6 digits, one step either side, never the same step
 *             twice
 */
#include "base/str.h"

struct arena;

struct secrets {
	uint8_t seal[32], sign[32], index[32];
	uint64_t password_passes; /* Argon2id: crypto_pwhash's opslimit and memlimit */
	size_t password_memory;
};

enum secret_cost { COST_SERVER, COST_TESTS };
/* Derives every key from one of 32 bytes, written as 64 hexadecimal digits; false if it is not. */
bool secrets_from(struct secrets *, struct str hex, enum secret_cost);
struct str secret_new_key(struct arena *); /* 64 hexadecimal digits */

struct str secret_token(struct arena *);
struct str secret_hash(struct arena *, struct str token);
/* For short secrets and for look-up keys that must not be guessed from the database alone. */
struct str secret_keyed_hash(struct arena *, const struct secrets *, struct str purpose,
			     struct str text);

struct str secret_code(struct arena *, int groups, int letters); /* "K7QM-2XRD" for 2, 4 */
struct str secret_digits(struct arena *, int count);
struct str secret_code_typed(struct arena *,
			     struct str typed); /* as stored: upper case, no marks */

/* `like` is what another sign-in under the same address has stored, or empty. */
struct str password_hash(struct arena *, const struct secrets *, struct str password,
			 struct str like);
/* One slow hash, whatever is stored. One answer for each of `stored`. */
bool *password_matches(struct arena *, const struct secrets *, struct str password,
		       const struct str *stored, size_t count);
bool password_is_old(const struct secrets *, struct str stored); /* made at another cost */

struct str secret_seal(struct arena *, const struct secrets *, struct str row, struct str plain);
bool secret_open(struct arena *, const struct secrets *, struct str row, struct str sealed,
		 struct str *plain);

struct str secret_sign(struct arena *, const struct secrets *, struct str purpose, int64_t ends_at,
		       struct str value);
bool secret_signed(struct arena *, const struct secrets *, struct str purpose, int64_t now,
		   struct str text, struct str *value);

#define TOTP_STEP 30
struct str totp_new_secret(struct arena *); /* 20 raw bytes */
int totp_code(struct str secret, int64_t step);
/* The step the code is of, if it is later than `last_step`; else 0. */
int64_t totp_accept(struct str secret, struct str typed, int64_t now, int64_t last_step);
struct str totp_base32(struct arena *,
		       struct str secret); /* to type in by hand, in groups of four */
struct str totp_address(struct arena *, struct str secret, struct str issuer, struct str account);

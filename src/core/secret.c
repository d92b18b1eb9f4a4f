#include "core/secret.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <sodium.h>
#include <string.h>

enum {
	HASH = 32,
	SALT = crypto_pwhash_SALTBYTES,
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
};
enum { TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

static struct str base64(struct arena *a, const void *bytes, size_t n, int variant)
{
	size_t room = sodium_base64_encoded_len(n, variant);
	char *to = arena_alloc(a, room);
	sodium_bin2base64(to, room, bytes, n, variant);
	return (struct str){to, strlen(to)};
}

static struct str url64(struct arena *a, const void *bytes, size_t n)
{
	return base64(a, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static bool from_base64(struct arena *a, struct str text, int variant, struct str *bytes)
{
	size_t n = 0;
	unsigned char *to = arena_alloc(a, text.n + 1);
	if (sodium_base642bin(to, text.n + 1, text.p, text.n, NULL, &n, NULL, variant))
		return false;
	*bytes = (struct str){(char *)to, n};
	return true;
}

bool secrets_from(struct secrets *s, struct str hex, enum secret_cost cost)
{
	uint8_t key[crypto_kdf_KEYBYTES];
	size_t n = 0;
	if (hex.n != 2 * sizeof key ||
	    sodium_hex2bin(key, sizeof key, hex.p, hex.n, NULL, &n, NULL) || n != sizeof key)
		return false;
	crypto_kdf_derive_from_key(s->seal, sizeof s->seal, 1, "waypost1", key);
	crypto_kdf_derive_from_key(s->sign, sizeof s->sign, 2, "waypost1", key);
	crypto_kdf_derive_from_key(s->index, sizeof s->index, 3, "waypost1", key);
	sodium_memzero(key, sizeof key);
	s->password_passes = cost == COST_SERVER ? 3 : 1;
	s->password_memory = cost == COST_SERVER ? (size_t)32 << 20 : (size_t)8 << 10;
	return true;
}

struct str secret_new_key(struct arena *a)
{
	uint8_t key[crypto_kdf_KEYBYTES];
	char *hex = arena_alloc(a, 2 * sizeof key + 1);
	randombytes_buf(key, sizeof key);
	sodium_bin2hex(hex, 2 * sizeof key + 1, key, sizeof key);
	return (struct str){hex, 2 * sizeof key};
}

struct str secret_token(struct arena *a)
{
	uint8_t bytes[32];
	randombytes_buf(bytes, sizeof bytes);
	return url64(a, bytes, sizeof bytes);
}

struct str secret_hash(struct arena *a, struct str token)
{
	uint8_t hash[HASH];
	crypto_generichash(hash, sizeof hash, (const unsigned char *)token.p, token.n, NULL, 0);
	return url64(a, hash, sizeof hash);
}

/* The lengths are hashed too, so that no two lists of parts are the same text. */
static void keyed(uint8_t hash[HASH], const uint8_t *key, const struct str *parts, int count)
{
	crypto_generichash_state state;
	crypto_generichash_init(&state, key, 32, HASH);
	for (int i = 0; i < count; i++) {
		uint64_t n = parts[i].n;
		crypto_generichash_update(&state, (const unsigned char *)&n, sizeof n);
		crypto_generichash_update(&state, (const unsigned char *)parts[i].p, parts[i].n);
	}
	crypto_generichash_final(&state, hash, HASH);
}

struct str secret_keyed_hash(struct arena *a, const struct secrets *s, struct str purpose,
			     struct str text)
{
	uint8_t hash[HASH];
	keyed(hash, s->index, (struct str[]){purpose, text}, 2);
	return url64(a, hash, sizeof hash);
}

static const char code_letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

struct str secret_code(struct arena *a, int groups, int letters)
{
	struct buf b = {.arena = a};
	for (int i = 0; i < groups * letters; i++) {
		if (i && i % letters == 0)
			buf_char(&b, '-');
		buf_char(&b, code_letters[randombytes_uniform(sizeof code_letters - 1)]);
	}
	return buf_str(&b);
}

struct str secret_digits(struct arena *a, int count)
{
	struct buf b = {.arena = a};
	for (int i = 0; i < count; i++)
		buf_char(&b, (char)('0' + randombytes_uniform(10)));
	return buf_str(&b);
}

struct str secret_code_typed(struct arena *a, struct str typed)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			buf_char(&b, c);
	}
	return buf_str(&b);
}

/* Passwords: the usual "$argon2id$v=19$m=32768,t=3,p=1$salt$hash", salt and hash in base64. */

struct stored {
	uint64_t passes;
	size_t memory;
	struct str salt, hash;
};

static bool cut_number(struct str *rest, const char *before, char after, int64_t *n)
{
	struct str piece;
	if (!str_starts(*rest, str_of(before)))
		return false;
	*rest = str_from(*rest, strlen(before));
	return str_cut(rest, after, &piece) && str_int(piece, n);
}

static bool stored_read(struct arena *a, struct str text, struct stored *to)
{
	const int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
	int64_t kib, passes, lanes;
	struct str salt;
	if (!cut_number(&text, "$argon2id$v=19$m=", ',', &kib) ||
	    !cut_number(&text, "t=", ',', &passes) || !cut_number(&text, "p=", '$', &lanes) ||
	    lanes != 1 || !str_cut(&text, '$', &salt))
		return false;
	to->passes = (uint64_t)passes;
	to->memory = (size_t)kib * 1024;
	return from_base64(a, salt, variant, &to->salt) && to->salt.n == SALT &&
	       from_base64(a, text, variant, &to->hash) && to->hash.n == HASH;
}

static void argon(uint8_t hash[HASH], struct str password, const struct stored *like)
{
	MUST(crypto_pwhash(hash, HASH, password.p, password.n, (const unsigned char *)like->salt.p,
			   like->passes, like->memory, crypto_pwhash_ALG_ARGON2ID13) == 0);
}

static struct stored fresh(struct arena *a, const struct secrets *s)
{
	char *salt = arena_alloc(a, SALT);
	randombytes_buf(salt, SALT);
	return (struct stored){
		.passes = s->password_passes, .memory = s->password_memory, .salt = {salt, SALT}};
}

struct str password_hash(struct arena *a, const struct secrets *s, struct str password,
			 struct str like)
{
	const int variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
	struct stored cost;
	uint8_t hash[HASH];
	if (!stored_read(a, like, &cost))
		cost = fresh(a, s);
	argon(hash, password, &cost);
	struct str salt = base64(a, cost.salt.p, SALT, variant),
		   end = base64(a, hash, HASH, variant);
	return str_fmt(a, "$argon2id$v=19$m=%zu,t=%llu,p=1$" STR_FMT "$" STR_FMT,
		       cost.memory / 1024, (unsigned long long)cost.passes, STR_ARG(salt),
		       STR_ARG(end));
}

static bool same_cost(const struct stored *x, const struct stored *y)
{
	return x->passes == y->passes && x->memory == y->memory && str_eq(x->salt, y->salt);
}

bool *password_matches(struct arena *a, const struct secrets *s, struct str password,
		       const struct str *stored, size_t count)
{
	struct stored done = {0}, one;
	uint8_t hash[HASH];
	bool *right = arena_many(a, bool, count);
	for (size_t i = 0; i < count; i++) {
		if (!stored_read(a, stored[i], &one))
			continue;
		if (!done.salt.n || !same_cost(&done, &one)) {
			done = one;
			argon(hash, password, &done);
		}
		right[i] = sodium_memcmp(hash, one.hash.p, HASH) == 0;
	}
	if (!done.salt.n) { /* nobody there: as slow as if there were */
		done = fresh(a, s);
		argon(hash, password, &done);
	}
	return right;
}

bool password_is_old(const struct secrets *s, struct str stored)
{
	int64_t kib, passes;
	return !cut_number(&stored, "$argon2id$v=19$m=", ',', &kib) ||
	       !cut_number(&stored, "t=", ',', &passes) ||
	       (size_t)kib * 1024 != s->password_memory || (uint64_t)passes != s->password_passes;
}

/* Sealed columns: nonce, then ciphertext with its tag, in base64url. */

struct str secret_seal(struct arena *a, const struct secrets *s, struct str row, struct str plain)
{
	unsigned long long n;
	unsigned char *to = arena_alloc(a, NONCE + plain.n + TAG);
	randombytes_buf(to, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(to + NONCE, &n, (const unsigned char *)plain.p,
						   plain.n, (const unsigned char *)row.p, row.n,
						   NULL, to, s->seal);
	return url64(a, to, NONCE + (size_t)n);
}

bool secret_open(struct arena *a, const struct secrets *s, struct str row, struct str sealed,
		 struct str *plain)
{
	struct str raw;
	unsigned long long n;
	if (!from_base64(a, sealed, sodium_base64_VARIANT_URLSAFE_NO_PADDING, &raw) ||
	    raw.n < NONCE + TAG)
		return false;
	const unsigned char *from = (const unsigned char *)raw.p;
	unsigned char *to = arena_alloc(a, raw.n);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(to, &n, NULL, from + NONCE, raw.n - NONCE,
						       (const unsigned char *)row.p, row.n, from,
						       s->seal))
		return false;
	*plain = (struct str){(char *)to, (size_t)n};
	return true;
}

/* Signed: "1767225600.dmFsdWU.mac". */

static struct str mac(struct arena *a, const struct secrets *s, struct str purpose,
		      struct str signed_part)
{
	uint8_t hash[HASH];
	keyed(hash, s->sign, (struct str[]){purpose, signed_part}, 2);
	return url64(a, hash, sizeof hash);
}

struct str secret_sign(struct arena *a, const struct secrets *s, struct str purpose,
		       int64_t ends_at, struct str value)
{
	struct str coded = url64(a, value.p, value.n);
	struct str body = str_fmt(a, "%lld." STR_FMT, (long long)ends_at, STR_ARG(coded));
	struct str seal = mac(a, s, purpose, body);
	return str_fmt(a, STR_FMT "." STR_FMT, STR_ARG(body), STR_ARG(seal));
}

bool secret_signed(struct arena *a, const struct secrets *s, struct str purpose, int64_t now,
		   struct str text, struct str *value)
{
	struct str rest = text, end, coded;
	int64_t ends_at;
	if (!str_cut(&rest, '.', &end) || !str_cut(&rest, '.', &coded) || !str_int(end, &ends_at))
		return false;
	struct str want = mac(a, s, purpose, str_sub(text, 0, end.n + 1 + coded.n));
	if (rest.n != want.n || sodium_memcmp(rest.p, want.p, want.n))
		return false;
	return ends_at > now &&
	       from_base64(a, coded, sodium_base64_VARIANT_URLSAFE_NO_PADDING, value);
}

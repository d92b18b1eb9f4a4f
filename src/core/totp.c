/* RFC 6238 over RFC 4226. */
#include "core/secret.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

enum { SECRET = 20, DIGITS = 6, CODES = 1000000 };

struct str totp_new_secret(struct arena *a)
{
	char *bytes = arena_alloc(a, SECRET);
	randombytes_buf(bytes, SECRET);
	return (struct str){bytes, SECRET};
}

int totp_code(struct str secret, int64_t step)
{
	unsigned char counter[8], hash[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	MUST(HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof counter, hash, &n));
	const unsigned char *at = hash + (hash[n - 1] & 15);
	uint32_t word = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 |
			(uint32_t)at[2] << 8 | at[3];
	return (int)(word % CODES);
}

int64_t totp_accept(struct str secret, struct str typed, int64_t now, int64_t last_step)
{
	int64_t code, accepted = 0, step = now / TOTP_STEP;
	if (typed.n != DIGITS || typed.p[0] == '-' || !str_int(typed, &code))
		return 0;
	for (int64_t s = step - 1; s <= step + 1; s++) {
		int32_t want = totp_code(secret, s), got = (int32_t)code;
		if (sodium_memcmp(&want, &got, sizeof got) == 0 && s > last_step)
			accepted = s;
	}
	return accepted;
}

static struct str base32(struct arena *a, struct str bytes, int group)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf b = {.arena = a};
	uint32_t bits = 0;
	int have = 0, written = 0;
	for (size_t i = 0; i < bytes.n || have > 0;) {
		if (have < 5 && i < bytes.n) {
			bits = bits << 8 | (unsigned char)bytes.p[i++];
			have += 8;
			continue;
		}
		int shift = have - 5;
		uint32_t five = (shift >= 0 ? bits >> shift : bits << -shift) & 31;
		if (group && written && written % group == 0)
			buf_char(&b, ' ');
		buf_char(&b, letters[five]);
		written++;
		have = shift > 0 ? shift : 0;
	}
	return buf_str(&b);
}

struct str totp_base32(struct arena *a, struct str secret)
{
	return base32(a, secret, 4);
}

struct str totp_address(struct arena *a, struct str secret, struct str issuer, struct str account)
{
	struct buf b = {.arena = a};
	buf_lit(&b, "otpauth://totp/");
	buf_url(&b, issuer);
	buf_char(&b, ':');
	buf_url(&b, account);
	buf_lit(&b, "?secret=");
	buf_add(&b, base32(a, secret, 0));
	buf_lit(&b, "&issuer=");
	buf_url(&b, issuer);
	buf_lit(&b, "&algorithm=SHA1&digits=6&period=30");
	return buf_str(&b);
}

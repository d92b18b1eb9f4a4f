#include "core/secret.h"

#include "base/buf.h"
#include "test.h"

#include <sodium.h>
#include <string.h>

static struct secrets keys(char digit)
{
	struct secrets s;
	char hex[64];
	memset(hex, digit, sizeof hex);
	CHECK(sodium_init() >= 0);
	CHECK(secrets_from(&s, (struct str){hex, sizeof hex}, COST_TESTS));
	return s;
}

TEST("a key is 64 hexadecimal digits and nothing else")
{
	struct secrets s;
	struct str key = secret_new_key(test_arena);
	CHECK(secrets_from(&s, key, COST_SERVER));
	CHECK(s.password_memory >= 19u << 20); /* OWASP's floor for Argon2id */
	CHECK(memcmp(s.seal, s.sign, 32) && memcmp(s.sign, s.index, 32));
	CHECK(!secrets_from(&s, str_sub(key, 0, 63), COST_SERVER));
	CHECK(!secrets_from(&s, S(""), COST_SERVER));
	CHECK(!secrets_from(&s,
			    S("zz000000000000000000000000000000000000000000000000000000000000zz"),
			    COST_SERVER));
}

TEST("no two tokens are alike, and a token is not its hash")
{
	struct str one = secret_token(test_arena), two = secret_token(test_arena);
	CHECK_INT(one.n, 43);
	CHECK(!str_eq(one, two));
	CHECK(!str_eq(secret_hash(test_arena, one), one));
	CHECK_STR(secret_hash(test_arena, one), secret_hash(test_arena, one));
	CHECK(!str_eq(secret_hash(test_arena, one), secret_hash(test_arena, two)));
}

TEST("a keyed hash depends on key, purpose and where the text is cut")
{
	struct secrets s = keys('1'), other = keys('2');
	struct str h = secret_keyed_hash(test_arena, &s, S("code"), S("ABC"));
	CHECK_STR(secret_keyed_hash(test_arena, &s, S("code"), S("ABC")), h);
	CHECK(!str_eq(secret_keyed_hash(test_arena, &other, S("code"), S("ABC")), h));
	CHECK(!str_eq(secret_keyed_hash(test_arena, &s, S("pin"), S("ABC")), h));
	CHECK(!str_eq(secret_keyed_hash(test_arena, &s, S("codeA"), S("BC")), h));
}

TEST("a code for people has no letters that look alike and is read as people type it")
{
	for (int i = 0; i < 200; i++) {
		struct str code = secret_code(test_arena, 3, 4);
		NEED(code.n == 14 && code.p[4] == '-' && code.p[9] == '-');
		for (size_t k = 0; k < code.n; k++)
			NEED(!strchr("01OILU", code.p[k]));
	}
	CHECK_STR(secret_code_typed(test_arena, S(" k7qm - 2xrd ")), "K7QM2XRD");
	CHECK_STR(secret_code_typed(test_arena, S("K7QM\xe2\x80\x93"
						  "2XRD")),
		  "K7QM2XRD");
	CHECK_INT(secret_digits(test_arena, 6).n, 6);
}

/* Which of them are right: "02". */
static struct str matching(struct arena *a, const struct secrets *s, struct str password,
			   const struct str *stored, int count)
{
	struct buf which = {.arena = a};
	const bool *right = password_matches(a, s, password, stored, (size_t)count);
	for (int i = 0; i < count; i++)
		if (right[i])
			buf_int(&which, i);
	return buf_str(&which);
}

TEST("a password is right for its own hash only")
{
	struct secrets s = keys('1');
	struct str h = password_hash(test_arena, &s, S("tea with the elders"), S(""));
	CHECK(str_starts(h, S("$argon2id$v=19$m=8,t=1,p=1$")));
	CHECK_STR(matching(test_arena, &s, S("tea with the elders"), &h, 1), "0");
	CHECK_STR(matching(test_arena, &s, S("Tea with the elders"), &h, 1), "");
	CHECK_STR(matching(test_arena, &s, S(""), &h, 1), "");
	CHECK_STR(matching(test_arena, &s, S("x"), NULL, 0), "");
	CHECK(!str_eq(password_hash(test_arena, &s, S("tea with the elders"), S("")), h));
	/* libsodium's own reader agrees with what is stored */
	CHECK_INT(crypto_pwhash_str_verify(str_c(test_arena, h), "tea with the elders", 19), 0);
}

TEST("people who share an address share the salt, and each has their own password")
{
	struct secrets s = keys('1');
	struct str mother = password_hash(test_arena, &s, S("the blue kettle"), S(""));
	struct str son = password_hash(test_arena, &s, S("seven grey geese"), mother);
	struct str both[] = {mother, S(""), son};
	CHECK_STR(str_sub(son, 0, 49), str_sub(mother, 0, 49));
	CHECK_STR(matching(test_arena, &s, S("the blue kettle"), both, 3), "0");
	CHECK_STR(matching(test_arena, &s, S("seven grey geese"), both, 3), "2");
	CHECK_STR(matching(test_arena, &s, S("neither of them"), both, 3), "");
}

TEST("what is stored at another cost, or is nonsense, is known as old and never matches by "
     "accident")
{
	struct secrets s = keys('1'), dear = s;
	dear.password_passes = 2;
	struct str h = password_hash(test_arena, &s, S("the blue kettle"), S(""));
	struct str bad[] = {S("$argon2id$"), S("$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"), S("plain")};
	CHECK(!password_is_old(&s, h));
	CHECK(password_is_old(&dear, h));
	CHECK_STR(matching(test_arena, &dear, S("the blue kettle"), &h, 1), "0");
	CHECK_STR(matching(test_arena, &s, S("plain"), bad, 3), "");
	CHECK(password_is_old(&s, S("plain")));
}

TEST("a sealed value opens in its own row with its own key and nowhere else")
{
	struct secrets s = keys('1'), other = keys('2');
	struct str plain, sealed = secret_seal(test_arena, &s, S("totp 7"), S("secret"));
	NEED(secret_open(test_arena, &s, S("totp 7"), sealed, &plain));
	CHECK_STR(plain, "secret");
	CHECK(!secret_open(test_arena, &s, S("totp 8"), sealed, &plain));
	CHECK(!secret_open(test_arena, &other, S("totp 7"), sealed, &plain));
	CHECK(!secret_open(test_arena, &s, S("totp 7"), str_sub(sealed, 0, sealed.n - 2), &plain));
	CHECK(!secret_open(test_arena, &s, S("totp 7"), S(""), &plain));
	CHECK(!secret_open(test_arena, &s, S("totp 7"), S("not base64!"), &plain));
	CHECK(!str_eq(secret_seal(test_arena, &s, S("totp 7"), S("secret")), sealed));
}

TEST("a signed value cannot be changed, outlive its end, or serve another purpose")
{
	struct secrets s = keys('1'), other = keys('2');
	struct str value, text = secret_sign(test_arena, &s, S("flash"), 1000, S("saved: é"));
	NEED(secret_signed(test_arena, &s, S("flash"), 999, text, &value));
	CHECK_STR(value, "saved: é");
	CHECK(!secret_signed(test_arena, &s, S("flash"), 1000, text, &value));
	CHECK(!secret_signed(test_arena, &s, S("choice"), 999, text, &value));
	CHECK(!secret_signed(test_arena, &other, S("flash"), 999, text, &value));
	for (size_t i = 0; i < text.n; i++) {
		char *wrong = (char *)str_c(test_arena, text);
		wrong[i] = wrong[i] == '5' ? '6' : '5';
		NEED(!secret_signed(test_arena, &s, S("flash"), 999, str_of(wrong), &value));
	}
	CHECK(!secret_signed(test_arena, &s, S("flash"), 999, S(""), &value));
	CHECK(!secret_signed(test_arena, &s, S("flash"), 999, S(".."), &value));
	CHECK(!secret_signed(test_arena, &s, S("flash"), 999, S("5"), &value));
}

TEST("TOTP gives the codes of RFC 6238, appendix B")
{
	static const struct {
		int64_t time;
		int code; /* the last six of its eight digits */
	} cases[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
		     {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_INT(totp_code(S("12345678901234567890"), cases[i].time / TOTP_STEP),
			  cases[i].code);
}

TEST("a TOTP code is taken one step either side, once, and never an earlier one after it")
{
	struct str secret = S("12345678901234567890");
	int64_t step = 1111111109 / TOTP_STEP;
	CHECK_INT(totp_accept(secret, S("081804"), 1111111109, 0), step);
	CHECK_INT(totp_accept(secret, S("081804"), 1111111109 + TOTP_STEP, 0), step);
	CHECK_INT(totp_accept(secret, S("081804"), 1111111109 - TOTP_STEP, 0), step);
	CHECK_INT(totp_accept(secret, S("081804"), 1111111109 + 2 * TOTP_STEP, 0), 0);
	CHECK_INT(totp_accept(secret, S("081804"), 1111111109 - 2 * TOTP_STEP, 0), 0);
	CHECK_INT(totp_accept(secret, S("081804"), 1111111109, step), 0);
	CHECK_INT(totp_accept(secret, S("050471"), 1111111111, step), step + 1);
	CHECK_INT(totp_accept(secret, S("081804"), 1111111111, step + 1), 0);
}

TEST("what is not six digits is no TOTP code")
{
	struct str secret = S("12345678901234567890");
	const char *wrong[] = {"",       "81804",  "0081804",  "08180a",
			       "-81804", " 81804", "081804\n", "+81804"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_INT(totp_accept(secret, str_of(wrong[i]), 1111111109, 0), 0);
}

TEST("a TOTP secret is told in base32, as RFC 4648 writes it")
{
	struct str address = totp_address(test_arena, S("foobar"), S("Cedar & Co"), S("a@b.ca"));
	CHECK_STR(totp_base32(test_arena, S("foobar")), "MZXW 6YTB OI");
	CHECK_STR(totp_base32(test_arena, S("fooba")), "MZXW 6YTB");
	CHECK_STR(totp_base32(test_arena, S("f")), "MY");
	CHECK_STR(address, "otpauth://totp/Cedar%20%26%20Co:a%40b.ca?secret=MZXW6YTBOI"
			   "&issuer=Cedar%20%26%20Co&algorithm=SHA1&digits=6&period=30");
}

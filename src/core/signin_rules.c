#include "core/signin.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/val.h"
#include "base/words.h"
#include "core/person.h"

enum { LEAST = 10, MOST = 200, LEAST_KINDS = 5, LEAST_OWN = 6 };

/* What people put a number behind when a password must be longer. Folded. */
static const char *const common[] = {
	"password",  "passw0rd",  "motdepasse", "motdepass", "administrator", "administrateur",
	"admin",     "qwerty",    "qwertyuiop", "azerty",    "azertyuiop",    "welcome",
	"bienvenue", "bonjour",   "bonsoir",    "letmein",   "iloveyou",      "jetaime",
	"changeme",  "changemoi", "secret",     "waypost",   "sunshine",      "soleil",
	"football",  "hockey",    "princess",   "princesse", "dragon",        "monkey",
	"superman",  "batman",    "canada",     "quebec",    "toronto",       "montreal",
	"career",    "carriere",  "school",     "ecole",     "teacher",       "summer",
	"winter",    "automne",   "printemps",  "chocolat",  "chocolate",     "marseille",
	"liverpool", "trustno1",  "abcdef",     "abcdefgh",  "test",          "testing",
	NULL};

/* "motdepasse2024!" -> "motdepasse" */
static struct str without_tail(struct str s)
{
	while (s.n && !(s.p[s.n - 1] >= 'a' && s.p[s.n - 1] <= 'z'))
		s.n--;
	return s;
}

static bool is_common(struct str folded)
{
	struct str stem = without_tail(folded);
	for (const char *const *word = common; *word; word++)
		if (str_is(stem, *word) || str_is(folded, *word))
			return true;
	return false;
}

/* Few different characters, or mostly steps along the alphabet or the digits. */
static bool is_pattern(struct str s)
{
	bool seen[256] = {0};
	size_t kinds = 0, steps = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		kinds += !seen[c];
		seen[c] = true;
		int step = i ? c - (unsigned char)s.p[i - 1] : 9;
		steps += step >= -1 && step <= 1;
	}
	return kinds < LEAST_KINDS || steps * 10 >= s.n * 7;
}

static struct str without(struct arena *a, struct str s, struct str word)
{
	struct buf b = {.arena = a};
	if (word.n < 3)
		return s;
	for (size_t i = 0; i < s.n;) {
		if (str_starts(str_from(s, i), word))
			i += word.n;
		else
			buf_char(&b, s.p[i++]);
	}
	return buf_str(&b);
}

/* What is left when the person's own names and address are taken out. */
static struct str own_part(struct arena *a, struct str folded, struct str email, struct str name)
{
	const struct val *names = person_words(a, name), *parts = person_words(a, email);
	for (size_t i = 0; i < val_count(names); i++)
		folded = without(a, folded, val_get_str(val_at(names, i)));
	for (size_t i = 0; i < val_count(parts); i++)
		folded = without(a, folded, val_get_str(val_at(parts, i)));
	return folded;
}

const char *password_wrong(struct arena *a, struct str password, struct str email, struct str name)
{
	struct str folded = fold(a, password);
	if (utf8_length(password) < LEAST)
		return N_("Use at least 10 characters. Three or four words that do not belong "
			  "together "
			  "are easy to remember.");
	if (utf8_length(password) > MOST)
		return N_("Use at most 200 characters.");
	if (is_common(folded) || is_pattern(folded))
		return N_("This password is one of the first that somebody would try. Choose "
			  "another.");
	if (own_part(a, folded, email, name).n < LEAST_OWN)
		return N_("Do not make your password from your name or address. Choose another.");
	return NULL;
}

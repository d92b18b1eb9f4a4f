#include "app/people/roster_rules.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "base/words.h"

#include <stdlib.h>

const struct roster_meaning roster_meanings[] = {
	{"id", N_("Number in Waypost"),
	 "waypost|waypost id|no waypost|number in waypost|numero dans waypost", false},
	{"key", N_("Number in the school's own system"),
	 "key|id|number|student number|student id|student no|pupil number|pupil id|pupil no|local "
	 "id|sis id|sourcedid|identifier|user id|employee id|cle|numero|no|no eleve|no d'eleve|"
	 "numero d'eleve|numero de l'eleve|matricule|code permanent|identifiant|fiche|numero de "
	 "fiche|number in the school's own system|numero dans le systeme de l'ecole",
	 false},
	{"name", N_("Name"),
	 "name|full name|display name|student name|pupil name|student|pupil|nom complet|nom et "
	 "prenom|"
	 "prenom et nom|nom affiche|eleve|nom de l'eleve",
	 false},
	{"given", N_("First names"),
	 "first name|first names|given name|given names|givenname|first|forename|prenom|prenoms|"
	 "prenom usuel",
	 false},
	{"family", N_("Family name"),
	 "last name|family name|familyname|surname|last|nom|nom de famille", false},
	{"sort_name", N_("Name in lists"),
	 "name in lists|sort name|sorted name|nom dans les listes", false},
	{"formal_name", N_("Name on letters and certificates"),
	 "name on letters and certificates|formal name|legal name|nom sur les lettres et les "
	 "certificats|nom officiel|nom legal",
	 false},
	{"lang", N_("Language"),
	 "language|lang|home language|preferred language|langue|langue de correspondance|langue "
	 "parlee",
	 false},
	{"email", N_("E-mail"),
	 "e-mail|email|mail|email address|e-mail address|parent email|courriel|adresse "
	 "courriel|adresse "
	 "electronique|courriel du parent",
	 true},
	{"phone", N_("Telephone"),
	 "phone|telephone|phone number|telephone number|mobile|cell|home phone|sms|tel|tel.|numero "
	 "de "
	 "telephone|cellulaire|portable",
	 true},
	{"group", N_("Group"),
	 "group|groups|class|classes|homeroom|home room|form|section|groupe|groupes|classe|foyer|"
	 "groupe-repere|groupe repere",
	 true},
	{"since", N_("In the group since"),
	 "in the group since|since|from|start|start date|begin date|entry date|enrolled|dans le "
	 "groupe "
	 "depuis|depuis|debut|date de debut|date d'entree",
	 false},
	{"minor_until", N_("A minor until"),
	 "a minor until|minor until|mineur jusqu'au|majeur le|date de la majorite", false},
	{"role", N_("Role"), "role|roles|function|fonction", false},
	{0},
};

/* What is known and never kept. */
static const struct {
	const char *words, *why;
} never[] = {
	{"birth date|birthdate|date of birth|dob|birthday|date de naissance|naissance|ddn|age",
	 N_("No birth dates are kept, only until when somebody is a minor.")},
	{"password|mot de passe|pin|nip", N_("No password is taken from a file.")},
	{"sin|nas|health card|health number|assurance maladie|numero d'assurance "
	 "maladie|nam|medical "
	 "notes|allergies|sex|gender|sexe|genre|race|ethnicity|religion",
	 N_("This is never kept here.")},
	{"guardian|guardians|parent|parents|mother|father|emergency contact|parent name|guardian "
	 "name|mere|pere|tuteur|tutrice|nom du parent|contact d'urgence",
	 N_("Guardians are entered by the school, on the page of the learner.")},
};

const struct roster_meaning *roster_meaning(struct str code)
{
	const struct roster_meaning *m = roster_meanings;
	while (m->code && !str_is(code, m->code))
		m++;
	return m->code ? m : NULL;
}

static bool one_of_words(const char *words, struct str folded)
{
	struct str rest = str_of(words), word;
	while (str_cut(&rest, '|', &word))
		if (str_eq(word, folded))
			return true;
	return false;
}

/* "Student_Number:" -> "student number" */
static struct str header_folded(struct arena *a, struct str header)
{
	struct str folded = fold(a, header);
	struct buf b = {.arena = a};
	for (size_t i = 0; i < folded.n; i++)
		buf_char(&b, str_find_char(S("_:*\t"), folded.p[i]) >= 0 ? ' ' : folded.p[i]);
	return str_trim(buf_str(&b));
}

const char *roster_never(struct arena *a, struct str header)
{
	struct str folded = header_folded(a, header);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (one_of_words(never[i].words, folded))
			return never[i].why;
	return NULL;
}

static bool taken(const struct val *codes, const char *code)
{
	for (size_t i = 0; i < val_count(codes); i++)
		if (str_is(val_get_str(val_at(codes, i)), code))
			return true;
	return false;
}

struct val *roster_guess(struct arena *a, const struct val *columns)
{
	struct val *codes = val_list(a), *guess = val_list(a);
	for (size_t i = 0; i < val_count(columns); i++) {
		struct str header = header_folded(a, val_get_str(val_at(columns, i)));
		const struct roster_meaning *m = roster_meanings;
		while (m->code &&
		       (!one_of_words(m->words, header) || (!m->many && taken(codes, m->code))))
			m++;
		val_push(codes, val_text(a, str_of(m->code)));
	}
	/* "Nom" alone is the whole name. */
	bool split = taken(codes, "given");
	for (size_t i = 0; i < val_count(codes); i++) {
		struct str code = val_get_str(val_at(codes, i));
		bool whole = str_is(code, "family") && !split && !taken(codes, "name");
		val_push(guess, val_text(a, whole ? S("name") : code));
	}
	return guess;
}

/* ---- dates ---- */

/* Three numbers with the same one of / . - between them. */
static bool three(struct str text, int64_t part[3], size_t digits[3])
{
	text = str_trim(text);
	/* "2026-09-01T00:00:00" and "2026-09-01 00:00" are days. */
	if (text.n > 10 && (text.p[10] == 'T' || text.p[10] == ' '))
		text = str_sub(text, 0, 10);
	char by = 0;
	for (size_t i = 0; i < text.n && !by; i++)
		if (str_find_char(S("/.-"), text.p[i]) >= 0)
			by = text.p[i];
	for (int i = 0; i < 3; i++) {
		struct str piece;
		if (!by || !str_cut(&text, by, &piece) || !str_int(piece, &part[i]) || part[i] < 0)
			return false;
		digits[i] = piece.n;
	}
	return text.n == 0;
}

static bool day_as(struct arena *a, int64_t year, int64_t month, int64_t day, struct str *out)
{
	int64_t number;
	if (year < 1900 || year > 2200 || month > 12 || day > 31 ||
	    !day_of((int)year, (int)month, (int)day, &number))
		return false;
	*out = day_text(a, number);
	return true;
}

bool roster_day(struct arena *a, struct str text, enum roster_order order, struct str *day)
{
	int64_t part[3];
	size_t digits[3];
	if (!three(text, part, digits))
		return false;
	if (digits[0] == 4)
		return day_as(a, part[0], part[1], part[2], day);
	if (digits[2] != 4 || (order != ORDER_DMY && order != ORDER_MDY))
		return false;
	return order == ORDER_DMY ? day_as(a, part[2], part[1], part[0], day)
				  : day_as(a, part[2], part[0], part[1], day);
}

enum roster_order roster_order_named(struct str name)
{
	return str_is(name, "dmy") ? ORDER_DMY : str_is(name, "mdy") ? ORDER_MDY : ORDER_ANY;
}

static bool holds_dates(struct str code)
{
	return str_is(code, "since") || str_is(code, "minor_until");
}

enum roster_order roster_order(struct arena *a, const struct val *file, const struct val *codes)
{
	const struct val *rows = val_get(file, "rows");
	bool dmy = false, mdy = false, other = false;
	(void)a;
	for (size_t i = 0; i < val_count(rows); i++)
		for (size_t k = 0; k < val_count(codes); k++) {
			int64_t part[3];
			size_t digits[3];
			if (!holds_dates(val_get_str(val_at(codes, k))) ||
			    !three(val_get_str(val_at(val_at(rows, i), k)), part, digits))
				continue;
			other |= digits[0] != 4;
			dmy |= digits[0] != 4 && part[0] > 12;
			mdy |= digits[0] != 4 && part[1] > 12;
		}
	if (dmy && mdy)
		return ORDER_MIXED;
	return dmy ? ORDER_DMY : mdy ? ORDER_MDY : other ? ORDER_ANY : ORDER_ISO;
}

/* ---- entries ---- */

struct val *roster_entry(struct arena *a, int64_t line, struct str file)
{
	static const char *const texts[] = {"key",  "name",        "sort_name", "formal_name",
					    "lang", "minor_until", "role",      "id"};
	struct val *entry = val_object(a);
	val_set_int(entry, "line", line);
	val_set_str(entry, "file", file);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		val_set_str(entry, texts[i], (struct str){0});
	val_set_list(entry, "emails");
	val_set_list(entry, "phones");
	val_set_list(entry, "groups");
	val_set_bool(entry, "known_only", false);
	return entry;
}

void roster_error(struct val *out, const struct val *entry, const char *message, struct str value)
{
	struct val *error = val_push_object(val_get(out, "errors"));
	val_set_int(error, "line", val_i(entry, "line"));
	val_set_str(error, "file", val_s(entry, "file"));
	val_set_str(error, "name",
		    val_s(entry, "name").n ? val_s(entry, "name") : val_s(entry, "key"));
	val_set_str(error, "message", str_of(message));
	val_set_str(error, "value", value);
}

void roster_left(struct val *out, struct str file, struct str column, const char *message)
{
	struct val *one = val_push_object(val_get(out, "left"));
	val_set_str(one, "file", file);
	val_set_str(one, "column", column);
	val_set_str(one, "message", str_of(message));
}

struct val *roster_entries(struct arena *a, const struct val *read, const struct val *settings)
{
	static const char *const lists[] = {"people", "groups", "guardians",
					    "errors", "left",   "gone"};
	struct val *out = val_object(a);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		val_set_list(out, lists[i]);
	if (roster_is_one(read))
		roster_one(a, out, read, settings);
	else
		roster_plain(a, out, read, settings);
	return out;
}

/* ---- an index ---- */

struct pair {
	struct str key;
	size_t order;
	struct val *row;
};
struct roster_index {
	struct pair *pairs;
	size_t n, most;
};

struct roster_index *roster_index_new(struct arena *a, size_t most)
{
	struct roster_index *index = arena_many(a, struct roster_index, 1);
	index->pairs = arena_many(a, struct pair, most + 1);
	index->most = most;
	return index;
}

void roster_index_add(struct roster_index *index, struct str key, struct val *row)
{
	if (index->n < index->most) {
		index->pairs[index->n] = (struct pair){key, index->n, row};
		index->n++;
	}
}

static int by_key(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	int c = str_cmp(a->key, b->key);
	return c ? c : a->order < b->order ? -1 : a->order > b->order;
}

void roster_index_sort(struct roster_index *index)
{
	qsort(index->pairs, index->n, sizeof *index->pairs, by_key);
}

static size_t first_of(const struct roster_index *index, struct str key)
{
	size_t low = 0, high = index->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (str_cmp(index->pairs[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct val *roster_index_nth(const struct roster_index *index, struct str key, size_t nth)
{
	size_t at = first_of(index, key) + nth;
	return at < index->n && str_eq(index->pairs[at].key, key) ? index->pairs[at].row : NULL;
}

struct val *roster_index_find(const struct roster_index *index, struct str key, size_t *count)
{
	size_t low = first_of(index, key), n = 0;
	while (low + n < index->n && str_eq(index->pairs[low + n].key, key))
		n++;
	if (count)
		*count = n;
	return n ? index->pairs[low].row : NULL;
}

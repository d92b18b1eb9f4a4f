#include "web/negotiate.h"

const struct media_row media_table[MEDIA_COUNT] = {
	[MEDIA_HTML] = {".html", "text/html", "text/html; charset=utf-8"},
	[MEDIA_JSON] = {".json", "application/json", "application/json"},
	[MEDIA_CSV] = {".csv", "text/csv", "text/csv; charset=utf-8"},
	[MEDIA_ICS] = {".ics", "text/calendar", "text/calendar; charset=utf-8"},
};

enum media media_of_suffix(struct str *path)
{
	for (int i = 0; i < MEDIA_COUNT; i++) {
		struct str suffix = str_of(media_table[i].suffix);
		/* "/.json" is a name, not a suffix */
		if (path->n > suffix.n + 1 && str_ends(*path, suffix) &&
		    path->p[path->n - suffix.n - 1] != '/') {
			path->n -= suffix.n;
			return (enum media)i;
		}
	}
	return MEDIA_NONE;
}

/* One element of Accept or Accept-Language: its value and its weight in thousandths. A weight that
 * is malformed is 0, so that what we do not understand is not sent. */
static bool next_choice(struct str *header, struct str *value, int *weight)
{
	struct str element, parameter;
	do {
		if (!str_cut(header, ',', &element))
			return false;
		*value = (struct str){0};
		str_cut(&element, ';', value);
		*value = str_trim(*value);
	} while (!value->n);
	*weight = 1000;
	while (str_cut(&element, ';', &parameter)) {
		parameter = str_trim(parameter);
		if (!str_eq_nocase(str_sub(parameter, 0, 2), S("q=")))
			continue;
		double q = 0;
		if (!str_real(str_from(parameter, 2), &q) || !(q >= 0 && q <= 1))
			q = 0;
		*weight = (int)(q * 1000);
	}
	return true;
}

/* How closely a range names a type: 3 itself, 2 its family, 1 anything, 0 not at all. */
static int closeness(struct str range, struct str type)
{
	if (str_eq_nocase(range, type))
		return 3;
	if (str_is(range, "*/*"))
		return 1;
	struct str family = str_sub(type, 0, (size_t)str_find_char(type, '/') + 1);
	return str_ends(range, S("/*")) && str_eq_nocase(str_sub(range, 0, range.n - 1), family)
		       ? 2
		       : 0;
}

static int weight_of(struct str accept, struct str type)
{
	int best = 0, found = 0, weight;
	struct str range;
	while (next_choice(&accept, &range, &weight)) {
		int close = closeness(range, type);
		if (close > best) {
			best = close;
			found = weight;
		}
	}
	return found;
}

enum media media_accepted(struct str accept, unsigned offered)
{
	enum media best = MEDIA_NONE;
	int best_weight = 0;
	for (int i = 0; i < MEDIA_COUNT; i++) {
		if (!(offered >> i & 1))
			continue;
		int weight =
			str_trim(accept).n ? weight_of(accept, str_of(media_table[i].type)) : 1;
		if (weight > best_weight) {
			best_weight = weight;
			best = (enum media)i;
		}
	}
	return best;
}

static struct str primary(struct str tag)
{
	struct str first = {0};
	str_cut(&tag, '-', &first);
	return first;
}

/* 3: the same tag, 2: one is the other without its region, 1: the same language, 0: neither. */
static int likeness(struct str wanted, struct str tag)
{
	if (str_eq_nocase(wanted, tag))
		return 3;
	if (!str_eq_nocase(primary(wanted), primary(tag)))
		return 0;
	return str_find_char(wanted, '-') < 0 || str_find_char(tag, '-') < 0 ? 2 : 1;
}

struct str lang_accepted(struct str accept_language, const struct val *langs)
{
	struct str wanted, best = {0};
	int weight, best_weight = 0;
	while (next_choice(&accept_language, &wanted, &weight)) {
		int best_likeness = 0;
		if (weight <= best_weight)
			continue;
		for (size_t i = 0; i < val_count(langs); i++) {
			struct str tag = val_get_str(val_at(langs, i));
			int like = str_is(wanted, "*") ? 1 : likeness(wanted, tag);
			if (like <= best_likeness)
				continue;
			best = tag;
			best_weight = weight;
			best_likeness = like;
		}
	}
	return best;
}

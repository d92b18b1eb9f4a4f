#include "web/i18n.h"

#include "base/arena.h"
#include "base/asset.h"
#include "base/instant.h"
#include "base/lang.h"

#include <math.h>
#include <string.h>

/* --- .mo files (GNU gettext manual, 10.3) --- */

struct catalogue {
	struct str lang, mo;
	bool big_endian;
	uint32_t count, originals, translations; /* offsets of the two tables */
	struct str plural;                       /* the C expression */
	uint32_t forms;
};

static uint32_t u32(const struct catalogue *c, size_t at)
{
	if (at > c->mo.n || c->mo.n - at < 4)
		return 0;
	const unsigned char *p = (const unsigned char *)c->mo.p + at;
	return c->big_endian
		       ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
		       : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

/* A string of one of the tables; NUL-terminated inside the file, or p is NULL. */
static struct str entry(const struct catalogue *c, uint32_t table, uint32_t i)
{
	uint32_t n = u32(c, table + (size_t)i * 8), at = u32(c, table + (size_t)i * 8 + 4);
	if (at >= c->mo.n || n >= c->mo.n - at || c->mo.p[at + n])
		return (struct str){0};
	return (struct str){c->mo.p + at, n};
}

/* Compares as strcmp() would compare "context\4msgid" with the entry's singular. */
static int compare(const char *context, const char *msgid, const char *with)
{
	if (context) {
		size_t n = strlen(context);
		int c = strncmp(context, with, n);
		if (c)
			return c;
		if (with[n] != 4)
			return 4 - (unsigned char)with[n];
		with += n + 1;
	}
	return strcmp(msgid, with);
}

static struct str find(const struct catalogue *c, const char *context, const char *msgid)
{
	uint32_t low = 0, high = c ? c->count : 0;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct str original = entry(c, c->originals, middle);
		if (!original.p)
			break;
		int order = compare(context, msgid, original.p);
		if (!order)
			return entry(c, c->translations, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return (struct str){0};
}

static struct str after(struct str s, struct str label)
{
	ptrdiff_t at = str_find(s, label);
	return at < 0 ? (struct str){0} : str_trim(str_from(s, (size_t)at + label.n));
}

struct catalogue *catalogue_open(struct arena *a, struct str lang, struct str mo)
{
	struct catalogue c = {.lang = lang, .mo = mo, .forms = 1, .plural = S("0")};
	if (mo.n < 28)
		return NULL;
	c.big_endian = u32(&c, 0) == 0xde120495u;
	if (u32(&c, 0) != 0x950412deu || u32(&c, 4) >> 16 > 1)
		return NULL;
	c.count = u32(&c, 8);
	c.originals = u32(&c, 12);
	c.translations = u32(&c, 16);
	size_t table = (size_t)c.count * 8;
	if (table > mo.n || c.originals > mo.n - table || c.translations > mo.n - table)
		return NULL;
	for (uint32_t i = 0; i < c.count; i++)
		if (!entry(&c, c.originals, i).p || !entry(&c, c.translations, i).p)
			return NULL;
	struct str rule = after(find(&c, NULL, ""), S("nplurals="));
	if (rule.n && rule.p[0] >= '1' && rule.p[0] <= '9') {
		c.forms = (uint32_t)(rule.p[0] - '0');
		rule = after(rule, S("plural="));
		ptrdiff_t end = str_find_char(rule, ';');
		c.plural = end < 0 ? rule : str_sub(rule, 0, (size_t)end);
	}
	return arena_copy(a, &c, sizeof c);
}

const struct catalogue *catalogue_shipped(struct arena *a, struct str lang)
{
	struct str primary;
	str_cut(&lang, '-', &primary);
	const struct asset *mo =
		asset_find(str_c(a, str_fmt(a, "locale/" STR_FMT ".mo", STR_ARG(primary))));
	return mo ? catalogue_open(a, primary, asset_str(mo)) : NULL;
}

struct str catalogue_lang(const struct catalogue *c)
{
	return c ? c->lang : S("en");
}

const char *catalogue_in(const struct catalogue *c, const char *context, const char *msgid)
{
	struct str text = find(c, context, msgid);
	return text.n ? text.p : msgid;
}

const char *catalogue_text(const struct catalogue *c, const char *msgid)
{
	return catalogue_in(c, NULL, msgid);
}

/* --- the plural rule: a C expression of n --- */

struct expression {
	struct str rest;
	uint64_t n;
	int depth;
	bool bad;
};

static uint64_t choice(struct expression *);

static bool eat(struct expression *e, const char *sign)
{
	e->rest = str_trim(e->rest);
	if (!str_starts(e->rest, str_of(sign)))
		return false;
	e->rest = str_from(e->rest, strlen(sign));
	return true;
}

static uint64_t number(struct expression *e)
{
	uint64_t value = 0;
	e->bad |= !e->rest.n || e->rest.p[0] < '0' || e->rest.p[0] > '9';
	for (; e->rest.n && e->rest.p[0] >= '0' && e->rest.p[0] <= '9';
	     e->rest = str_from(e->rest, 1))
		value = value * 10 + (uint64_t)(e->rest.p[0] - '0');
	return value;
}

static uint64_t primary(struct expression *e)
{
	uint64_t value = 0;
	if (e->bad || ++e->depth > 50) {
		e->bad = true;
		return 0;
	}
	if (eat(e, "!")) {
		value = !primary(e);
	} else if (eat(e, "(")) {
		value = choice(e);
		e->bad |= !eat(e, ")");
	} else if (eat(e, "n")) {
		value = e->n;
	} else {
		value = number(e);
	}
	e->depth--;
	return value;
}

/* By precedence, loosest first; in a row the longer sign first. */
static const char *const signs[][5] = {
	{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};
enum { LEVELS = sizeof signs / sizeof *signs };

static uint64_t apply(struct expression *e, const char *sign, uint64_t a, uint64_t b)
{
	if ((*sign == '/' || *sign == '%') && !b) {
		e->bad = true;
		return 0;
	}
	switch (*sign) {
	case '|':
		return a || b;
	case '&':
		return a && b;
	case '=':
		return a == b;
	case '!':
		return a != b;
	case '<':
		return sign[1] ? a <= b : a < b;
	case '>':
		return sign[1] ? a >= b : a > b;
	case '+':
		return a + b;
	case '-':
		return a - b;
	case '*':
		return a * b;
	case '/':
		return a / b;
	default:
		return a % b;
	}
}

static const char *eat_sign(struct expression *e, int level)
{
	for (int i = 0; signs[level][i]; i++)
		if (eat(e, signs[level][i]))
			return signs[level][i];
	return NULL;
}

static uint64_t operation(struct expression *e, int level)
{
	if (level == LEVELS)
		return primary(e);
	uint64_t value = operation(e, level + 1);
	const char *sign;
	while (!e->bad && (sign = eat_sign(e, level)))
		value = apply(e, sign, value, operation(e, level + 1));
	return value;
}

static uint64_t choice(struct expression *e)
{
	uint64_t condition = operation(e, 0);
	if (e->bad || !eat(e, "?"))
		return condition;
	if (++e->depth > 50) {
		e->bad = true;
		return 0;
	}
	uint64_t yes = choice(e);
	e->bad |= !eat(e, ":");
	uint64_t no = e->bad ? 0 : choice(e);
	e->depth--;
	return condition ? yes : no;
}

static uint64_t form_of(const struct catalogue *c, int64_t n)
{
	struct expression e = {.rest = c->plural, .n = n < 0 ? 0 - (uint64_t)n : (uint64_t)n};
	uint64_t form = choice(&e);
	return e.bad || str_trim(e.rest).n || form >= c->forms ? 0 : form;
}

const char *catalogue_plural(const struct catalogue *c, const char *one, const char *many,
			     int64_t n)
{
	struct str forms = find(c, NULL, one);
	if (!forms.n)
		return n == 1 ? one : many;
	struct str rest = forms, form = {0};
	for (uint64_t i = form_of(c, n) + 1; i && str_cut(&rest, '\0', &form); i--)
		;
	return form.n ? form.p : forms.p;
}

/* --- numbers --- */

#define NARROW_SPACE "\xE2\x80\xAF"
#define NO_BREAK     "\xC2\xA0"

static void grouped(struct buf *to, struct str lang, const char *digits, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			buf_add(to, lang_is_french(lang) ? S(NARROW_SPACE) : S(","));
		buf_char(to, digits[i]);
	}
}

void number_show(struct buf *to, struct str lang, int64_t n)
{
	struct str text = str_fmt(to->arena, "%lld", (long long)n);
	if (n < 0) {
		buf_add(to, S("\xE2\x88\x92")); /* the minus sign, not a hyphen */
		text = str_from(text, 1);
	}
	grouped(to, lang, text.p, text.n);
}

void real_show(struct buf *to, struct str lang, double n, int most_decimals)
{
	if (!isfinite(n) || fabs(n) >= 1e15) {
		buf_lit(to, "\xE2\x80\x94");
		return;
	}
	struct str text = str_fmt(to->arena, "%.*f", most_decimals, fabs(n));
	ptrdiff_t point = str_find_char(text, '.');
	struct str whole = point < 0 ? text : str_sub(text, 0, (size_t)point);
	struct str part = point < 0 ? (struct str){0} : str_from(text, (size_t)point + 1);
	while (part.n && part.p[part.n - 1] == '0')
		part.n--;
	if (n < 0 && (part.n || !str_is(whole, "0")))
		buf_lit(to, "\xE2\x88\x92");
	grouped(to, lang, whole.p, whole.n);
	if (part.n) {
		buf_char(to, lang_is_french(lang) ? ',' : '.');
		buf_add(to, part);
	}
}

void bytes_show(struct buf *to, struct str lang, int64_t bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB"};
	static const char *const unites[] = {"o", "ko", "Mo", "Go"};
	double n = (double)bytes;
	int unit = 0;
	for (; n >= 999.5 && unit < 3; unit++)
		n /= 1000;
	real_show(to, lang, n, n < 10 && unit ? 1 : 0);
	buf_add(to, S(NO_BREAK));
	buf_add(to, str_of(lang_is_french(lang) ? unites[unit] : units[unit]));
}

/* --- what templates may ask for --- */

struct showing {
	struct str lang;
	const struct val *model, *value;
	struct buf *to;
	void **zone;
};

static struct wall wall_of(const struct showing *s)
{
	struct str name = val_get_str(val_path(s->model, "org.zone"));
	if (!*s->zone)
		*s->zone = zone_open(s->to->arena, name);
	if (!*s->zone)
		*s->zone = zone_open(s->to->arena, S("UTC"));
	return instant_wall(val_get_int(s->value), *s->zone);
}

static void show_day(struct showing *s, enum day_style style)
{
	int64_t day;
	bool text = val_kind(s->value) == VAL_TEXT;
	if (text && !day_read(str_sub(val_get_str(s->value), 0, 10), &day)) {
		buf_add(s->to, val_get_str(s->value));
		return;
	}
	if (!text)
		day = wall_of(s).day;
	buf_add(s->to, day_show(s->to->arena, s->lang, style, day));
}

static void show_date(struct showing *s)
{
	show_day(s, DAY_LONG);
}

static void show_weekday(struct showing *s)
{
	show_day(s, DAY_WEEKDAY);
}

static void show_short(struct showing *s)
{
	show_day(s, DAY_SHORT);
}

static void show_month(struct showing *s)
{
	show_day(s, DAY_MONTH);
}

static void show_time(struct showing *s)
{
	struct wall wall;
	if (val_kind(s->value) != VAL_TEXT)
		wall = wall_of(s);
	else if (!wall_read(val_get_str(s->value), &wall))
		return;
	buf_add(s->to, time_show(s->to->arena, s->lang, wall.seconds));
}

static void show_moment(struct showing *s)
{
	show_day(s, DAY_LONG);
	buf_add(s->to, lang_is_french(s->lang) ? S(" \xC3\xA0 ") : S(", "));
	show_time(s);
}

static void show_number(struct showing *s)
{
	if (val_kind(s->value) == VAL_REAL)
		real_show(s->to, s->lang, val_get_real(s->value), 2);
	else
		number_show(s->to, s->lang, val_get_int(s->value));
}

static void show_percent(struct showing *s)
{
	real_show(s->to, s->lang, val_get_real(s->value), 1);
	buf_add(s->to, lang_is_french(s->lang) ? S(NO_BREAK "%") : S("%"));
}

static void show_bytes(struct showing *s)
{
	bytes_show(s->to, s->lang, val_get_int(s->value));
}

static void show_language(struct showing *s)
{
	struct str tag = val_get_str(s->value);
	buf_add(s->to, lang_own_name(s->to->arena, tag, s->lang));
}

bool i18n_format(struct str lang, const struct val *model, const char *how, const struct val *value,
		 struct buf *to, void **zone)
{
	static const struct {
		const char *how;
		void (*show)(struct showing *);
	} table[] = {
		{"date", show_date},         {"weekday", show_weekday}, {"short", show_short},
		{"month", show_month},       {"time", show_time},       {"moment", show_moment},
		{"number", show_number},     {"percent", show_percent}, {"bytes", show_bytes},
		{"language", show_language},
	};
	struct showing s = {lang, model, value, to, zone};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (strcmp(how, table[i].how))
			continue;
		table[i].show(&s);
		return true;
	}
	return false;
}

#include "app/standards/case/query_rules.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "base/words.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT = 100 };
enum sign { SIGN_NONE, IS, IS_NOT, ABOVE, AT_LEAST, BELOW, AT_MOST, HAS };

/* Longer ones first: ">=" is not ">". */
static const struct {
	const char *text;
	enum sign sign;
} signs[] = {
	{"!=", IS_NOT}, {">=", AT_LEAST}, {"<=", AT_MOST}, {"=", IS},
	{">", ABOVE},   {"<", BELOW},     {"~", HAS},
};

struct predicate {
	const char *field;
	struct str value; /* folded */
	enum sign sign;
};

struct filter {
	struct predicate predicates[2];
	int count;
	bool any; /* OR */
};

struct known {
	const char *const *fields, *const *inside;
};

static bool in_list(const char *const *list, struct str name)
{
	while (*list && !str_is(name, *list))
		list++;
	return *list;
}

/* Extensions hold what nobody can list. */
static bool is_known(const struct known *known, struct str path)
{
	struct str rest = path, first, piece;
	if (!str_cut(&rest, '.', &first) || !in_list(known->fields, first))
		return false;
	if (str_is(first, "extensions"))
		return true;
	while (str_cut(&rest, '.', &piece))
		if (!in_list(known->inside, piece))
			return false;
	return !str_ends(path, S("."));
}

/* --- reading a filter --- */

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '_' || c == ':' || c == '-';
}

/* The quote that ends a value is followed by the end or by a joining word: O'Brien may be asked. */
static size_t value_end(struct str s)
{
	size_t i = 0;
	for (; i < s.n; i++) {
		struct str after = str_from(s, i + 1);
		if (s.p[i] == '\'' &&
		    (!after.n || str_starts(after, S(" AND ")) || str_starts(after, S(" OR "))))
			break;
	}
	return i;
}

static bool read_predicate(struct arena *a, struct str *rest, struct predicate *p)
{
	size_t n = 0;
	while (n < rest->n && is_name(rest->p[n]))
		n++;
	struct str name = str_sub(*rest, 0, n);
	*rest = str_from(*rest, n);
	p->sign = SIGN_NONE;
	for (size_t i = 0; i < sizeof signs / sizeof *signs && !p->sign; i++)
		if (str_starts(*rest, str_of(signs[i].text))) {
			p->sign = signs[i].sign;
			*rest = str_from(*rest, strlen(signs[i].text));
		}
	if (!name.n || !p->sign || !str_starts(*rest, S("'")))
		return false;
	*rest = str_from(*rest, 1);
	size_t end = value_end(*rest);
	if (end == rest->n)
		return false;
	p->field = str_c(a, name);
	p->value = fold_case(a, str_sub(*rest, 0, end));
	*rest = str_from(*rest, end + 1);
	return true;
}

static bool read_filter(struct arena *a, struct str text, struct filter *f)
{
	*f = (struct filter){.count = 1};
	if (!read_predicate(a, &text, &f->predicates[0]))
		return false;
	if (!text.n)
		return true;
	f->any = str_starts(text, S(" OR "));
	if (!f->any && !str_starts(text, S(" AND ")))
		return false;
	text = str_from(text, f->any ? 4 : 5);
	f->count = 2;
	return read_predicate(a, &text, &f->predicates[1]) && !text.n;
}

/* --- what a filter lets through --- */

/* What a path leads to: through lists, to every member's. Texts folded. */
static void collect(struct arena *a, const struct val *from, struct str path, struct val *found,
		    bool *listed)
{
	if (val_kind(from) == VAL_LIST) {
		*listed = true;
		for (size_t i = 0; i < val_count(from); i++)
			collect(a, val_at(from, i), path, found, listed);
	} else if (path.n) {
		struct str name = {0};
		str_cut(&path, '.', &name);
		if (val_kind(from) == VAL_OBJECT)
			collect(a, val_get(from, str_c(a, name)), path, found, listed);
	} else if (!val_is_null(from) && val_kind(from) != VAL_OBJECT) {
		val_push(found, val_text(a, fold_case(a, val_show(a, from))));
	}
}

static int compare(struct str x, struct str y)
{
	int64_t i, j;
	double r, s;
	if (instant_read_rfc3339(x, &i) && instant_read_rfc3339(y, &j))
		return i < j ? -1 : i > j;
	if (str_real(x, &r) && str_real(y, &s))
		return r < s ? -1 : r > s;
	return str_cmp(x, y);
}

static bool meets_one(struct str has, enum sign sign, struct str value)
{
	int order = sign == HAS ? 0 : compare(has, value);
	switch (sign) {
	case IS:
		return order == 0;
	case IS_NOT:
		return order != 0;
	case ABOVE:
		return order > 0;
	case AT_LEAST:
		return order >= 0;
	case BELOW:
		return order < 0;
	case AT_MOST:
		return order <= 0;
	case HAS:
		return str_find(has, value) >= 0;
	case SIGN_NONE:
		break;
	}
	return false;
}

static bool meets_list(const struct val *found, enum sign sign, struct str value)
{
	struct str rest = value, word;
	size_t words = 0, there = 0;
	while (str_cut(&rest, ',', &word)) {
		words++;
		there += val_holds(found, str_trim(word));
	}
	bool all = words == there && words == val_count(found);
	if (sign == IS || sign == IS_NOT)
		return all == (sign == IS);
	if (sign == HAS)
		return there > 0;
	for (size_t i = 0; i < val_count(found); i++)
		if (meets_one(val_get_str(val_at(found, i)), sign, value))
			return true;
	return false;
}

static bool meets(struct arena *a, const struct val *row, const struct predicate *p)
{
	struct val *found = val_list(a);
	bool listed = false;
	collect(a, row, str_of(p->field), found, &listed);
	if (!val_count(found))
		return p->sign == IS_NOT;
	if (listed)
		return meets_list(found, p->sign, p->value);
	return meets_one(val_get_str(val_at(found, 0)), p->sign, p->value);
}

static bool let_through(struct arena *a, const struct val *row, const struct filter *f)
{
	bool first = !f->count || meets(a, row, &f->predicates[0]);
	if (f->count < 2 || first == f->any)
		return first;
	return meets(a, row, &f->predicates[1]);
}

/* --- sort --- */

struct sorted {
	struct val *row;
	struct str key, exact;
	size_t place;
	bool has;
	int way;
};

static int by_key(const void *left, const void *right)
{
	const struct sorted *x = left, *y = right;
	if (x->has != y->has)
		return x->has ? -1 : 1;
	int order = x->has ? compare(x->key, y->key) : 0;
	if (!order && x->has)
		order = str_cmp(x->exact, y->exact);
	if (order)
		return order * x->way;
	return x->place < y->place ? -1 : x->place > y->place;
}

static struct val *sort(struct arena *a, struct val *rows, struct str field, bool down)
{
	size_t n = val_count(rows);
	struct sorted *s = arena_many(a, struct sorted, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct val *found = val_list(a);
		bool listed = false;
		collect(a, val_at(rows, i), field, found, &listed);
		struct str text = val_get_str(val_at(found, 0));
		s[i] = (struct sorted){.row = val_at(rows, i),
				       .key = fold(a, text),
				       .exact = text,
				       .place = i,
				       .has = val_count(found) > 0,
				       .way = down ? -1 : 1};
	}
	qsort(s, n, sizeof *s, by_key);
	struct val *list = val_list(a);
	for (size_t i = 0; i < n; i++)
		val_push(list, s[i].row);
	return list;
}

/* --- fields and pages --- */

static bool fields_known(const struct known *known, struct str fields)
{
	struct str name;
	while (str_cut(&fields, ',', &name))
		if (!in_list(known->fields, str_trim(name)))
			return false;
	return true;
}

static struct val *select_fields(struct arena *a, const struct val *row, struct str fields)
{
	struct val *chosen = val_object(a);
	struct str name;
	while (str_cut(&fields, ',', &name)) {
		const char *key = str_c(a, str_trim(name));
		if (val_has(row, key))
			val_set(chosen, key, val_get(row, key));
	}
	return chosen;
}

static bool read_count(struct str text, int64_t least, int64_t otherwise, int64_t *out)
{
	*out = otherwise;
	return !text.n || (str_int(text, out) && *out >= least);
}

static bool refuse(struct case_page *page, const char *word, const char *field)
{
	page->refused = word;
	page->field = field;
	return false;
}

static bool read_query(struct arena *a, const struct case_query *q, const struct known *known,
		       struct filter *filter, struct case_page *page)
{
	if (!read_count(q->limit, 1, LIMIT, &page->limit))
		return refuse(page, "invalid_selection_field", "limit");
	if (!read_count(q->offset, 0, 0, &page->offset))
		return refuse(page, "invalid_selection_field", "offset");
	if (q->order.n && !str_is(q->order, "asc") && !str_is(q->order, "desc"))
		return refuse(page, "invalid_sort_field", "orderBy");
	if (q->has_fields && !str_trim(q->fields).n)
		return refuse(page, "invalid_selection_field", "fields");
	*filter = (struct filter){0};
	if (q->filter.n && !read_filter(a, q->filter, filter))
		return refuse(page, "invalid_selection_field", "filter");
	for (int i = 0; i < filter->count; i++)
		if (!is_known(known, str_of(filter->predicates[i].field)))
			return refuse(page, "invalid_selection_field", "filter");
	return true;
}

struct case_page case_query(struct arena *a, const struct val *rows, const struct case_query *q,
			    const char *const *known_fields, const char *const *known_inside)
{
	struct case_page page = {.rows = val_list(a)};
	struct known known = {known_fields, known_inside};
	struct filter filter;
	struct val *all = val_list(a);
	if (!read_query(a, q, &known, &filter, &page))
		return page;
	for (size_t i = 0; i < val_count(rows); i++)
		if (let_through(a, val_at(rows, i), &filter))
			val_push(all, val_at(rows, i));
	if (q->sort.n && is_known(&known, q->sort))
		all = sort(a, all, q->sort, str_is(q->order, "desc"));
	bool chosen = q->has_fields && fields_known(&known, q->fields);
	page.total = (int64_t)val_count(all);
	for (int64_t i = page.offset; i < page.total && i - page.offset < page.limit; i++) {
		struct val *row = val_at(all, (size_t)i);
		val_push(page.rows, chosen ? select_fields(a, row, q->fields) : row);
	}
	return page;
}

/* --- links --- */

static void add_link(struct buf *b, struct str address, struct str rest, const char *relation,
		     int64_t limit, int64_t offset)
{
	struct str pair;
	buf_fmt(b, "%s<" STR_FMT "?", b->n ? ", " : "", STR_ARG(address));
	while (str_cut(&rest, '&', &pair))
		if (pair.n && !str_starts(pair, S("limit=")) && !str_starts(pair, S("offset=")))
			buf_fmt(b, STR_FMT "&", STR_ARG(pair));
	buf_fmt(b, "limit=%lld&offset=%lld>; rel=\"%s\"", (long long)limit, (long long)offset,
		relation);
}

/* What an address may hold as it is; the rest a sender should have encoded and maybe did not. */
static struct str clean(struct arena *a, struct str query)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < query.n; i++) {
		unsigned char c = (unsigned char)query.p[i];
		if (c > ' ' && c < 127 && c != '<' && c != '>' && c != '"')
			buf_char(&b, (char)c);
		else
			buf_fmt(&b, "%%%02X", c);
	}
	return buf_str(&b);
}

struct str case_links(struct arena *a, struct str address, struct str rest,
		      const struct case_page *p)
{
	struct buf b = {.arena = a};
	if (!p->total)
		return (struct str){0};
	int64_t last = (p->total - 1) / p->limit * p->limit;
	rest = clean(a, rest);
	add_link(&b, address, rest, "first", p->limit, 0);
	if (p->offset > 0)
		add_link(&b, address, rest, "prev", p->limit,
			 p->offset > p->limit ? p->offset - p->limit : 0);
	if (p->offset < p->total && p->total - p->offset > p->limit)
		add_link(&b, address, rest, "next", p->limit, p->offset + p->limit);
	add_link(&b, address, rest, "last", p->total - last, last);
	return buf_str(&b);
}

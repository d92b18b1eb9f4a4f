/* A plain CSV: a row is a person. Rows with one key are one person in several groups. */
#include "app/people/roster_rules.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/lang.h"
#include "base/words.h"

/* A language by its tag or its name: "fr", "FR-CA", "French", "français", "anglais". */
static struct str language(struct arena *a, struct str text)
{
	static const char *const tags[] = {"en", "fr", "iu", "cr", "oj", "pa", "zh", "ar", "es",
					   "uk", "tl", "so", "ur", "vi", "ko", "fa", "de", "pt"};
	struct str folded = fold(a, text);
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		struct str tag = str_of(tags[i]);
		if (str_eq(folded, tag) ||
		    (str_starts(folded, tag) && folded.n > 2 && folded.p[2] == '-') ||
		    str_eq(folded, fold(a, lang_name(a, tag, S("en")))) ||
		    str_eq(folded, fold(a, lang_name(a, tag, S("fr")))))
			return tag;
	}
	return (struct str){0};
}

/* "7A; Choir" */
static void add_groups(struct arena *a, struct val *out, struct val *entry, struct str cell)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < cell.n; i++)
		buf_char(&b, cell.p[i] == '|' ? ';' : cell.p[i]);
	struct str rest = buf_str(&b), piece;
	while (str_cut(&rest, ';', &piece)) {
		piece = str_trim(piece);
		struct str ref = fold(a, piece);
		if (!piece.n)
			continue;
		struct val *in = val_push_object(val_get(entry, "groups"));
		val_set_str(in, "ref", ref);
		val_set_bool(in, "staff", false);
		val_set_str(in, "since", (struct str){0});
		const struct val *groups = val_get(out, "groups");
		bool there = false;
		for (size_t i = 0; i < val_count(groups) && !there; i++)
			there = str_eq(val_s(val_at(groups, i), "ref"), ref);
		if (there)
			continue;
		struct val *group = val_push_object(val_get(out, "groups"));
		val_set_str(group, "ref", ref);
		val_set_str(group, "source", (struct str){0});
		val_set_str(group, "name", piece);
		val_set_int(group, "line", val_i(entry, "line"));
		val_set_str(group, "file", val_s(entry, "file"));
	}
}

static void push(struct arena *a, struct val *list, struct str value)
{
	for (size_t i = 0; i < val_count(list); i++)
		if (str_eq(val_get_str(val_at(list, i)), value))
			return;
	if (value.n)
		val_push(list, val_text(a, value));
}

/* "Roy", "Élodie" -> "Élodie Roy"; either alone is a name. */
static void join_name(struct arena *a, struct val *entry, struct str given, struct str family)
{
	if (val_s(entry, "name").n || (!given.n && !family.n))
		return;
	bool both = given.n && family.n;
	val_set_str(
		entry, "name",
		str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(given), both ? " " : "", STR_ARG(family)));
	if (both && !val_s(entry, "sort_name").n)
		val_set_str(entry, "sort_name",
			    str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(family), STR_ARG(given)));
}

struct cells {
	struct str given, family, since;
	bool wrong;
};

/* What one cell says; dates and languages are read. */
static void cell_into(struct arena *a, struct val *out, struct val *entry, struct cells *c,
		      struct str code, struct str cell, enum roster_order order)
{
	struct str read = {0};
	if (str_is(code, "given")) {
		c->given = cell;
	} else if (str_is(code, "family")) {
		c->family = cell;
	} else if (str_is(code, "email") || str_is(code, "phone")) {
		struct str piece;
		while (str_cut(&cell, ';', &piece))
			push(a, val_get(entry, str_is(code, "email") ? "emails" : "phones"),
			     str_trim(piece));
	} else if (str_is(code, "group")) {
		add_groups(a, out, entry, cell);
	} else if (str_is(code, "lang")) {
		read = language(a, cell);
		if (!read.n)
			roster_error(out, entry, N_("This language is not known."), cell);
		c->wrong |= !read.n;
		val_set_str(entry, "lang", read);
	} else if (str_is(code, "since") || str_is(code, "minor_until")) {
		bool good = roster_day(a, cell, order, &read);
		if (!good)
			roster_error(out, entry, N_("This is no date."), cell);
		c->wrong |= !good;
		if (str_is(code, "since"))
			c->since = read;
		else
			val_set_str(entry, "minor_until", read);
	} else if (code.n) {
		val_set_str(entry, roster_meaning(code)->code, cell);
	}
}

/* False: it cannot be used, and the errors say why. */
static bool row_into(struct arena *a, struct val *out, struct val *entry, const struct val *row,
		     const struct val *codes, enum roster_order order)
{
	struct cells c = {0};
	/* The name first, so that an error can say whose row it is. */
	for (int again = 0; again < 2; again++)
		for (size_t i = 0; i < val_count(codes); i++) {
			struct str code = val_get_str(val_at(codes, i));
			struct str cell = val_get_str(val_at(row, i));
			bool naming = str_is(code, "name") || str_is(code, "given") ||
				      str_is(code, "family") || str_is(code, "key") ||
				      str_is(code, "sort_name");
			if (cell.n && naming == !again && (!code.n || roster_meaning(code)))
				cell_into(a, out, entry, &c, code, cell, order);
			if (!again && i + 1 == val_count(codes))
				join_name(a, entry, c.given, c.family);
		}
	for (size_t i = 0; i < val_count(val_get(entry, "groups")); i++)
		val_set_str(val_at(val_get(entry, "groups"), i), "since", c.since);
	if (!val_s(entry, "name").n) {
		roster_error(out, entry, N_("There is no name in this row."), val_s(entry, "key"));
		return false;
	}
	if (val_s(entry, "name").n > 200) {
		roster_error(out, entry, N_("This name is too long."), (struct str){0});
		return false;
	}
	return !c.wrong;
}

/* The same key again: the groups are added; another name is a mistake. */
static void merge(struct arena *a, struct val *out, struct val *first, const struct val *again)
{
	const struct val *groups = val_get(again, "groups");
	bool numbered = val_s(again, "key").n || val_s(again, "id").n;
	if (!numbered || !str_eq(fold(a, val_s(first, "name")), fold(a, val_s(again, "name")))) {
		roster_error(out, again,
			     numbered ? N_("Another row has the same number and another name.")
				      : N_("Another row has the same name, and neither has a "
					   "number."),
			     val_s(again, "key"));
		return;
	}
	for (size_t i = 0; i < val_count(groups); i++)
		val_push(val_get(first, "groups"), val_at(groups, i));
	for (size_t i = 0; i < val_count(val_get(again, "emails")); i++)
		push(a, val_get(first, "emails"), val_get_str(val_at(val_get(again, "emails"), i)));
	for (size_t i = 0; i < val_count(val_get(again, "phones")); i++)
		push(a, val_get(first, "phones"), val_get_str(val_at(val_get(again, "phones"), i)));
}

static struct str row_key(struct arena *a, const struct val *entry)
{
	if (val_s(entry, "key").n)
		return str_fmt(a, "k" STR_FMT, STR_ARG(val_s(entry, "key")));
	if (val_s(entry, "id").n)
		return str_fmt(a, "i" STR_FMT, STR_ARG(val_s(entry, "id")));
	struct str name = fold(a, val_s(entry, "name"));
	return str_fmt(a, "n" STR_FMT, STR_ARG(name));
}

static void tell_left(struct arena *a, struct val *out, const struct val *file,
		      const struct val *codes)
{
	const struct val *columns = val_get(file, "columns");
	for (size_t i = 0; i < val_count(columns); i++) {
		struct str header = val_get_str(val_at(columns, i));
		const char *why = roster_never(a, header);
		if (!val_get_str(val_at(codes, i)).n)
			roster_left(out, val_s(file, "name"), header,
				    why ? why : N_("Nobody said what this column means."));
	}
}

void roster_plain(struct arena *a, struct val *out, const struct val *read,
		  const struct val *settings)
{
	const struct val *file = val_at(val_get(read, "files"), 0), *rows = val_get(file, "rows"),
			 *codes = val_get(settings, "columns"), *errors = val_get(file, "errors");
	enum roster_order order = roster_order_named(val_s(settings, "date_order"));
	struct val *entries = val_list(a);
	struct roster_index *index = roster_index_new(a, val_count(rows));
	tell_left(a, out, file, codes);
	for (size_t i = 0; i < val_count(errors); i++) {
		const struct val *entry =
			roster_entry(a, val_i(val_at(errors, i), "line"), val_s(file, "name"));
		roster_error(out, entry, str_c(a, val_s(val_at(errors, i), "message")),
			     (struct str){0});
	}
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *entry = roster_entry(a, val_get_int(val_at(val_get(file, "lines"), i)),
						 val_s(file, "name"));
		if (!row_into(a, out, entry, val_at(rows, i), codes, order))
			continue;
		val_push(entries, entry);
		roster_index_add(index, row_key(a, entry), entry);
	}
	roster_index_sort(index);
	for (size_t i = 0; i < val_count(entries); i++) {
		struct val *entry = val_at(entries, i);
		size_t same;
		struct val *first = roster_index_find(index, row_key(a, entry), &same);
		if (first == entry)
			val_push(val_get(out, "people"), entry);
		else
			merge(a, out, first, entry);
	}
}

#include "core/letter.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

/* A template's text, cut into literal text and placeholders. */
struct piece {
	struct str text; /* or the placeholder's name */
	bool blank;
};

/* Takes the next piece off. False at the end, or at a "{{" or "}}" that has no partner in its line:
 * then *broken. */
static bool next_piece(struct str *rest, struct piece *piece, bool *broken)
{
	ptrdiff_t open = str_find(*rest, S("{{")), close = str_find(*rest, S("}}"));
	*broken = false;
	if (!rest->n)
		return false;
	if (open < 0 && close < 0) {
		*piece = (struct piece){.text = *rest};
		*rest = (struct str){0};
		return true;
	}
	if (open < 0 || close < open) {
		*broken = true;
		return false;
	}
	if (open > 0) {
		*piece = (struct piece){.text = str_sub(*rest, 0, (size_t)open)};
		*rest = str_from(*rest, (size_t)open);
		return true;
	}
	struct str name = str_trim(str_sub(*rest, 2, (size_t)close));
	if (str_find_char(str_sub(*rest, 0, (size_t)close), '\n') >= 0) {
		*broken = true;
		return false;
	}
	*piece = (struct piece){.text = name, .blank = true};
	*rest = str_from(*rest, (size_t)close + 2);
	return true;
}

static const struct letter_blank *blank_of(const struct letter_kind *kind, struct str name)
{
	for (const struct letter_blank *b = kind->blanks; b && b->name; b++)
		if (str_is(name, b->name))
			return b;
	return NULL;
}

static bool text_wrong(const struct letter_kind *kind, const char *field, struct str text,
		       struct letter_fault *fault)
{
	struct piece piece;
	bool broken;
	while (next_piece(&text, &piece, &broken)) {
		if (!piece.blank || blank_of(kind, piece.text))
			continue;
		*fault = (struct letter_fault){
			field, N_("There is no placeholder “%blank%” in this letter."), piece.text};
		return true;
	}
	if (broken)
		*fault = (struct letter_fault){
			.field = field, .why = N_("A “{{” and a “}}” do not belong together.")};
	return broken;
}

static bool has_blank(struct str text, const char *name)
{
	struct piece piece;
	bool broken;
	while (next_piece(&text, &piece, &broken))
		if (piece.blank && str_is(piece.text, name))
			return true;
	return false;
}

bool letter_wrong(const struct letter_kind *kind, struct str subject, struct str body,
		  struct letter_fault *fault)
{
	*fault = (struct letter_fault){.field = "subject"};
	if (!str_trim(subject).n)
		fault->why = N_("A letter needs a subject.");
	else if (str_find_char(subject, '\n') >= 0 || str_find_char(subject, '\r') >= 0)
		fault->why = N_("The subject is one line.");
	if (fault->why || text_wrong(kind, "subject", subject, fault))
		return true;
	fault->field = "body";
	if (!str_trim(body).n)
		fault->why = N_("A letter needs a text.");
	if (fault->why || text_wrong(kind, "body", body, fault))
		return true;
	for (const struct letter_blank *b = kind->blanks; b && b->name; b++) {
		if (!b->required || has_blank(body, b->name))
			continue;
		fault->why = N_("The letter is of no use without “%blank%”.");
		fault->blank = str_of(b->name);
		return true;
	}
	return false;
}

static struct str filled(struct arena *a, struct str text, const struct val *values)
{
	struct buf b = {.arena = a};
	struct piece piece;
	bool broken;
	while (next_piece(&text, &piece, &broken))
		buf_add(&b, piece.blank ? val_show(a, val_get(values, str_c(a, piece.text)))
					: piece.text);
	return buf_str(&b);
}

struct str letter_subject(struct arena *a, struct str subject, const struct val *values)
{
	return utf8_one_line(a, filled(a, subject, values));
}

/* "- {{bring}}", and nothing is to be brought. */
static bool empty_point(struct arena *a, struct str line, const struct val *values)
{
	struct piece piece;
	bool broken;
	line = str_trim(line);
	if (!str_starts(line, S("- ")))
		return false;
	line = str_trim(str_from(line, 2));
	return next_piece(&line, &piece, &broken) && piece.blank && !line.n &&
	       !val_show(a, val_get(values, str_c(a, piece.text))).n;
}

static struct str without_empty_points(struct arena *a, struct str body, const struct val *values)
{
	struct buf b = {.arena = a};
	struct str line;
	while (str_cut(&body, '\n', &line)) {
		if (empty_point(a, line, values))
			continue;
		buf_add(&b, line);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

struct str letter_text(struct arena *a, struct str body, const struct val *values)
{
	struct str text = filled(a, str_trim(without_empty_points(a, body, values)), values);
	return str_fmt(a, STR_FMT "\n", STR_ARG(text));
}

/* A value is words: its line breaks stay, nothing else in it means anything. */
static void value_html(struct buf *b, struct str value)
{
	struct str line;
	bool later = false;
	while (str_cut(&value, '\n', &line)) {
		if (later)
			buf_lit(b, "<br>");
		buf_html(b, str_trim_end(line));
		later = true;
	}
}

static void link_html(struct buf *b, struct str url)
{
	if (!str_starts(url, S("https://")) && !str_starts(url, S("http://"))) {
		value_html(b, url);
		return;
	}
	buf_lit(b, "<a href=\"");
	buf_html(b, url);
	buf_lit(b, "\">");
	buf_html(b, url);
	buf_lit(b, "</a>");
}

static void line_html(struct buf *b, const struct letter_kind *kind, struct str line,
		      const struct val *values)
{
	struct piece piece;
	bool broken;
	while (next_piece(&line, &piece, &broken)) {
		if (!piece.blank) {
			buf_html(b, piece.text);
			continue;
		}
		const struct letter_blank *blank = blank_of(kind, piece.text);
		struct str value = val_show(b->arena, val_get(values, str_c(b->arena, piece.text)));
		if (blank && blank->link)
			link_html(b, value);
		else
			value_html(b, value);
	}
}

enum block { NOTHING, PARAGRAPH, LIST };

static void block_to(struct buf *b, enum block *open, enum block next)
{
	static const char *const ends[] = {"", "</p>\n", "</li>\n</ul>\n"};
	static const char *const starts[] = {"", "<p>", "<ul>\n<li>"};
	if (*open == LIST && next == LIST) {
		buf_lit(b, "</li>\n<li>");
		return;
	}
	buf_add(b, str_of(ends[*open]));
	buf_add(b, str_of(starts[next]));
	*open = next;
}

struct str letter_html(struct arena *a, const struct letter_kind *kind, struct str lang,
		       struct str subject, struct str body, const struct val *values)
{
	struct buf b = {.arena = a};
	struct str line;
	enum block open = NOTHING;
	buf_lit(&b, "<!DOCTYPE html>\n<html lang=\"");
	buf_html(&b, lang);
	buf_lit(&b, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	buf_html(&b, letter_subject(a, subject, values));
	buf_lit(&b, "</title>\n</head>\n<body>\n");
	body = without_empty_points(a, body, values);
	while (str_cut(&body, '\n', &line)) {
		line = str_trim(line);
		if (!line.n) {
			block_to(&b, &open, NOTHING);
		} else if (str_starts(line, S("- "))) {
			block_to(&b, &open, LIST);
			line_html(&b, kind, str_from(line, 2), values);
		} else {
			if (open == NOTHING)
				block_to(&b, &open, PARAGRAPH);
			else
				buf_lit(&b, "<br>\n");
			line_html(&b, kind, line, values);
		}
	}
	block_to(&b, &open, NOTHING);
	buf_lit(&b, "</body>\n</html>\n");
	return buf_str(&b);
}

/* The texts of the organisation's letters: beside the shipped one, by language and version. */
#include "app/org/org.h"

#include "base/buf.h"
#include "base/lang.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/conflict.h"
#include "core/letter.h"
#include "core/org.h"

static int64_t here(const struct req *req)
{
	return val_i(req->org, "id");
}

static const struct letter_kind *kind_named(const struct req *req, struct str name)
{
	for (const struct letter_kind *const *kind = req->letters; kind && *kind; kind++)
		if (str_is(name, (*kind)->name))
			return *kind;
	return NULL;
}

/* The letter of the address; NULL if there is none, or the organisation does not write in that
 * language. */
static const struct letter_kind *kind_of(const struct req *req)
{
	const struct val *langs = val_get(req->org, "langs");
	for (size_t i = 0; i < val_count(langs); i++)
		if (str_eq(val_get_str(val_at(langs, i)), val_s(req->in, "language")))
			return kind_named(req, val_s(req->in, "kind"));
	return NULL;
}

/* ---- the list ---- */

static void show_state(struct req *req, struct val *rows, const struct letter_kind *kind,
		       struct str tag)
{
	struct val *row = val_push_object(rows);
	const struct val *text = letter_template_here(req->db, req->arena, kind, here(req), tag);
	val_set_str(row, "tag", tag);
	val_set_str(row, "language", lang_name(req->arena, tag, req->lang));
	val_set_str(row, "subject", val_s(text, "subject"));
	val_set_str(row, "subject_lang", val_s(text, "lang"));
	val_set_int(row, "version", val_i(text, "version"));
}

int org_letters(struct req *req)
{
	struct val *rows = val_set_list(req->out, "letters");
	const struct val *langs = val_get(req->org, "langs");
	for (const struct letter_kind *const *kind = req->letters; kind && *kind; kind++) {
		struct val *row = val_push_object(rows);
		val_set_str(row, "kind", str_of((*kind)->name));
		val_set_str(row, "summary", str_of((*kind)->summary));
		struct val *texts = val_set_list(row, "texts");
		for (size_t i = 0; i < val_count(langs); i++)
			show_state(req, texts, *kind, val_get_str(val_at(langs, i)));
	}
	return OK;
}

/* ---- one letter in one language ---- */

static void show_blanks(struct req *req, const struct letter_kind *kind)
{
	struct val *rows = val_set_list(req->out, "blanks");
	for (const struct letter_blank *blank = kind->blanks; blank && blank->name; blank++) {
		struct val *row = val_push_object(rows);
		val_set_str(row, "written", str_fmt(req->arena, "{{%s}}", blank->name));
		val_set_str(row, "meaning", str_of(blank->meaning));
		val_set_bool(row, "required", blank->required);
	}
}

/* What a preview puts in: the organisation's own name and address, else the sample. */
static struct val *samples(struct req *req, const struct letter_kind *kind, struct str lang)
{
	struct val *values = val_object(req->arena);
	const struct val *names = val_get(req->org, "names");
	struct str base = val_s(req->org, "base"), name = val_s(names, str_c(req->arena, lang));
	for (const struct letter_blank *blank = kind->blanks; blank && blank->name; blank++) {
		struct str sample = str_of(blank->sample);
		if (blank->link)
			sample = str_fmt(req->arena, STR_FMT STR_FMT, STR_ARG(base),
					 STR_ARG(sample));
		else if (!sample.n)
			sample = name.n ? name : val_s(req->org, "name");
		val_set_str(values, blank->name, sample);
	}
	return values;
}

static void add_preview(struct req *req, const struct letter_kind *kind, struct str tag,
			const struct val *text)
{
	struct val *row = val_push_object(val_get(req->out, "previews"));
	const struct val *values = samples(req, kind, tag);
	val_set_str(row, "language", lang_name(req->arena, tag, req->lang));
	val_set_str(row, "tag", val_s(text, "lang"));
	val_set_str(row, "subject", letter_subject(req->arena, val_s(text, "subject"), values));
	val_set_str(row, "body", letter_text(req->arena, val_s(text, "body"), values));
}

/* The language being edited as it is typed, then the others as they are stored. */
static void show_previews(struct req *req, const struct letter_kind *kind)
{
	const struct val *langs = val_get(req->org, "langs");
	struct str mine = val_s(req->in, "language"), tag;
	val_set_list(req->out, "previews");
	add_preview(req, kind, mine,
		    ARGS(req->arena, ARG_AS("lang", mine),
			 ARG_AS("subject", val_s(req->in, "subject")),
			 ARG_AS("body", val_s(req->in, "body"))));
	for (size_t i = 0; i < val_count(langs); i++) {
		tag = val_get_str(val_at(langs, i));
		if (!str_eq(tag, mine))
			add_preview(
				req, kind, tag,
				letter_template_here(req->db, req->arena, kind, here(req), tag));
	}
}

static void show_tabs(struct req *req)
{
	const struct val *langs = val_get(req->org, "langs");
	struct val *rows = val_set_list(req->out, "tabs");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct str tag = val_get_str(val_at(langs, i));
		struct val *row = val_push_object(rows);
		val_set_str(row, "tag", tag);
		val_set_bool(row, "current", str_eq(tag, val_s(req->in, "language")));
	}
	val_set_bool(req->out, "several", val_count(langs) > 1);
}

/* Everything around the two fields; subject and body are in `in`. */
static void show_letter(struct req *req, const struct letter_kind *kind, int64_t version)
{
	struct str tag = val_s(req->in, "language");
	struct val *shipped = letter_shipped(req->arena, kind, tag);
	val_set_str(req->out, "summary", str_of(kind->summary));
	val_set_str(req->out, "language", lang_name(req->arena, tag, req->lang));
	val_set(req->out, "shipped", shipped);
	val_set_bool(req->out, "shipped_other", !str_eq(val_s(shipped, "lang"), tag));
	val_set(req->out, "versions",
		letter_template_versions(req->db, req->arena, kind, here(req), tag));
	val_set_int(req->out, "version", version);
	val_set_bool(req->out, "trying", false);
	show_tabs(req);
	show_blanks(req, kind);
	show_previews(req, kind);
	conflict_none(req);
}

int org_letter_page(struct req *req)
{
	const struct letter_kind *kind = kind_of(req);
	int64_t from = val_i(req->in, "from");
	if (!kind)
		return NOT_FOUND;
	struct str tag = val_s(req->in, "language");
	const struct val *stored = letter_template_here(req->db, req->arena, kind, here(req), tag);
	const struct val *text = stored;
	if (from)
		text = letter_template_version(req->db, req->arena, kind, here(req), tag, from);
	if (val_is_null(text))
		return NOT_FOUND;
	val_set(req->in, "subject", val_get(text, "subject"));
	val_set(req->in, "body", val_get(text, "body"));
	val_set(req->in, "rev", val_get(stored, "version"));
	show_letter(req, kind, val_i(stored, "version"));
	return OK;
}

int org_letter_version(struct req *req)
{
	const struct letter_kind *kind = kind_of(req);
	if (!kind)
		return NOT_FOUND;
	struct val *text =
		letter_template_version(req->db, req->arena, kind, here(req),
					val_s(req->in, "language"), val_i(req->in, "version"));
	if (val_is_null(text))
		return NOT_FOUND;
	val_set_str(req->out, "summary", str_of(kind->summary));
	val_set(req->out, "text", text);
	return OK;
}

/* ---- saving ---- */

static struct str with_blank(struct arena *a, struct str message, struct str blank)
{
	ptrdiff_t at = str_find(message, S("%blank%"));
	if (at < 0)
		return message;
	return str_fmt(a, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(message, 0, (size_t)at)),
		       STR_ARG(blank), STR_ARG(str_from(message, (size_t)at + S("%blank%").n)));
}

static int refuse(struct req *req, const struct letter_fault *fault)
{
	struct str message = str_of(tr(req, fault->why));
	val_set_str(req->errors, fault->field, with_blank(req->arena, message, fault->blank));
	return INVALID;
}

static int stale(struct req *req, const struct letter_kind *kind)
{
	const struct val *now = letter_template_here(req->db, req->arena, kind, here(req),
						     val_s(req->in, "language"));
	conflict_with(req, N_("Subject"), val_s(now, "subject"));
	conflict_with(req, N_("Text"), val_s(now, "body"));
	return conflict_answer(req, val_i(now, "version"));
}

static int saved(struct req *req, const char *verb, const char *done)
{
	if (verb)
		org_note(req, verb);
	flash(req, done);
	return see_other(req, "/org/letters/" STR_FMT "/" STR_FMT, STR_ARG(val_s(req->in, "kind")),
			 STR_ARG(val_s(req->in, "language")));
}

static struct letter_edit edit_of(const struct req *req)
{
	return (struct letter_edit){.org = here(req),
				    .by = val_i(req->me, "id"),
				    .now = req->now,
				    .seen = val_i(req->in, "rev"),
				    .lang = val_s(req->in, "language"),
				    .subject = val_s(req->in, "subject"),
				    .body = val_s(req->in, "body")};
}

/* Nothing is stored: the page again, with what is typed and what it would look like. */
static int try_out(struct req *req, const struct letter_kind *kind)
{
	struct letter_fault fault;
	if (letter_wrong(kind, val_s(req->in, "subject"), val_s(req->in, "body"), &fault))
		return refuse(req, &fault);
	const struct val *stored = letter_template_here(req->db, req->arena, kind, here(req),
							val_s(req->in, "language"));
	show_letter(req, kind, val_i(stored, "version"));
	val_set_bool(req->out, "trying", true);
	return OK;
}

int org_letter_save(struct req *req)
{
	const struct letter_kind *kind = kind_of(req);
	struct letter_edit edit = edit_of(req);
	struct letter_fault fault;
	if (!kind)
		return NOT_FOUND;
	if (str_is(val_s(req->in, "act"), "preview"))
		return try_out(req, kind);
	switch (letter_template_save(req->db, req->arena, kind, &edit, &fault)) {
	case LETTER_WRONG:
		return refuse(req, &fault);
	case LETTER_STALE:
		return stale(req, kind);
	case LETTER_SAME:
		return saved(req, NULL, N_("This is the text that stands already."));
	default:
		return saved(req, "letter_text.changed",
			     N_("The text is saved. Letters are written with it from now on."));
	}
}

int org_letter_drop(struct req *req)
{
	const struct letter_kind *kind = kind_of(req);
	struct letter_edit edit = edit_of(req);
	if (!kind)
		return NOT_FOUND;
	switch (letter_template_drop(req->db, req->arena, kind, &edit)) {
	case LETTER_STALE:
		return saved(
			req, NULL,
			N_("Someone else changed this text meanwhile, so nothing was done. This "
			   "is what stands now."));
	case LETTER_SAME:
		return saved(req, NULL, N_("This is the text that stands already."));
	default:
		return saved(req, "letter_text.dropped",
			     N_("Letters are written with the text that comes with the program "
				"again."));
	}
}

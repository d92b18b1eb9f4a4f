#include "core/letter.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/mail.h"
#include "core/text.h"
#include "queries.h"
#include "web/req.h"

/* The shipped text that serves a reader of `lang` best, if it is better than `rank`. */
static const struct letter_words *best_words(const struct letter_kind *kind, struct str lang,
					     int rank)
{
	const struct letter_words *best = NULL;
	for (const struct letter_words *w = kind->words; w->lang; w++) {
		int this = text_rank(str_of(w->lang), lang, str_of(kind->words->lang));
		if (this > rank) {
			best = w;
			rank = this;
		}
	}
	return best;
}

static struct val *shipped_from(struct arena *a, const struct letter_words *words)
{
	return ARGS(a, ARG_AS("lang", words->lang), ARG_AS("version", 0),
		    ARG_AS("subject", words->subject), ARG_AS("body", words->body));
}

struct val *letter_shipped(struct arena *a, const struct letter_kind *kind, struct str lang)
{
	return shipped_from(a, best_words(kind, lang, 0));
}

static struct val *own_templates(struct db *db, struct arena *a, const struct letter_kind *kind,
				 int64_t org)
{
	return db_rows(db, &q_letter_templates, ARGS(a, ARG(org), ARG_AS("kind", kind->name)));
}

/* The organisation's own before the shipped one, the right language before both. */
struct val *letter_template(struct db *db, struct arena *a, const struct letter_kind *kind,
			    int64_t org, struct str lang)
{
	const struct val *own = own_templates(db, a, kind, org);
	struct val *best = NULL;
	int best_rank = 0;
	for (size_t i = 0; i < val_count(own); i++) {
		int rank =
			text_rank(val_s(val_at(own, i), "lang"), lang, str_of(kind->words->lang));
		if (rank > best_rank) {
			best = val_at(own, i);
			best_rank = rank;
		}
	}
	const struct letter_words *words = best_words(kind, lang, best_rank);
	return words ? shipped_from(a, words) : best;
}

struct val *letter_template_here(struct db *db, struct arena *a, const struct letter_kind *kind,
				 int64_t org, struct str lang)
{
	const struct val *own = own_templates(db, a, kind, org);
	for (size_t i = 0; i < val_count(own); i++)
		if (str_eq(val_s(val_at(own, i), "lang"), lang))
			return val_at(own, i);
	return letter_shipped(a, kind, lang);
}

int64_t letter_post(struct db *db, struct arena *a, const struct letter *l)
{
	if (!mail_address_ok(l->to_address))
		return 0;
	struct val *t = letter_template(db, a, l->kind, l->org, l->lang);
	struct str lang = val_s(t, "lang"), subject = val_s(t, "subject"), body = val_s(t, "body");
	struct val *sender =
		db_row(db, &q_letter_sender, ARGS(a, ARG_AS("org", l->org), ARG(lang)));
	/* No address of its own: the server's is put in when it is sent. */
	return db_id(db, &q_letter_post,
		     ARGS(a, ARG_AS("org", l->org), ARG_NULL("person", l->person),
			  ARG_AS("kind", l->kind->name), ARG_AS("version", val_i(t, "version")),
			  ARG(lang), ARG_AS("to_address", l->to_address),
			  ARG_AS("to_name", l->to_name),
			  ARG_AS("sender_name", val_s(sender, "name")),
			  ARG_AS("sender_address", val_s(sender, "address")),
			  ARG_AS("reply_to", l->reply_to),
			  ARG_AS("subject", letter_subject(a, subject, l->values)),
			  ARG_AS("body", letter_text(a, body, l->values)),
			  ARG_AS("html", letter_html(a, l->kind, lang, subject, body, l->values)),
			  ARG_AS("secret", l->kind->secret), ARG_AS("unsubscribe", l->unsubscribe),
			  ARG_AS("file_name", l->file_name), ARG_AS("file_type", l->file_type),
			  ARG_AS("file", l->file), ARG_AS("key", l->key), ARG_AS("now", l->now)));
}

static struct val *edit_args(struct arena *a, const struct letter_kind *kind,
			     const struct letter_edit *e)
{
	return ARGS(a, ARG_AS("org", e->org), ARG_AS("kind", kind->name), ARG_AS("lang", e->lang),
		    ARG_AS("subject", e->subject), ARG_AS("body", e->body), ARG_AS("now", e->now),
		    ARG_NULL("made_by", e->by));
}

enum letter_saved letter_template_save(struct db *db, struct arena *a,
				       const struct letter_kind *kind, const struct letter_edit *e,
				       struct letter_fault *fault)
{
	struct val *args = edit_args(a, kind, e);
	if (letter_wrong(kind, e->subject, e->body, fault))
		return LETTER_WRONG;
	const struct val *here = letter_template_here(db, a, kind, e->org, e->lang);
	if (val_i(here, "version") != e->seen)
		return LETTER_STALE;
	if (str_eq(val_s(here, "subject"), e->subject) && str_eq(val_s(here, "body"), e->body) &&
	    str_eq(val_s(here, "lang"), e->lang))
		return LETTER_SAME;
	val_set_int(args, "version", db_id(db, &q_letter_template_next, args));
	db_exec(db, &q_letter_template_retire, args);
	db_exec(db, &q_letter_template_add, args);
	return LETTER_SAVED;
}

enum letter_saved letter_template_drop(struct db *db, struct arena *a,
				       const struct letter_kind *kind, const struct letter_edit *e)
{
	const struct val *here = letter_template_here(db, a, kind, e->org, e->lang);
	if (val_i(here, "version") != e->seen)
		return LETTER_STALE;
	return db_exec(db, &q_letter_template_retire, edit_args(a, kind, e)) ? LETTER_SAVED
									     : LETTER_SAME;
}

struct val *letter_template_versions(struct db *db, struct arena *a, const struct letter_kind *kind,
				     int64_t org, struct str lang)
{
	return db_rows(db, &q_letter_template_versions,
		       ARGS(a, ARG(org), ARG_AS("kind", kind->name), ARG(lang)));
}

struct val *letter_template_version(struct db *db, struct arena *a, const struct letter_kind *kind,
				    int64_t org, struct str lang, int64_t version)
{
	return db_row(db, &q_letter_template_version,
		      ARGS(a, ARG(org), ARG_AS("kind", kind->name), ARG(lang), ARG(version)));
}

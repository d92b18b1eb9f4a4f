#include "core/letter.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/mail.h"
#include "core/text.h"
#include "queries.h"
#include "web/req.h"

/* The text a reader of `lang` gets: the organisation's own before the shipped one, the right
 * language before both. */
static struct val *best_template(struct arena *a, const struct letter_kind *kind, struct str lang,
				 const struct val *own)
{
	struct val *best = NULL;
	struct str first = str_of(kind->words->lang);
	int best_rank = 0;
	for (size_t i = 0; i < val_count(own); i++) {
		int rank = text_rank(val_s(val_at(own, i), "lang"), lang, first);
		if (rank > best_rank) {
			best = val_at(own, i);
			best_rank = rank;
		}
	}
	const struct letter_words *shipped = NULL;
	for (const struct letter_words *w = kind->words; w->lang; w++) {
		int rank = text_rank(str_of(w->lang), lang, first);
		if (rank > best_rank) {
			shipped = w;
			best_rank = rank;
		}
	}
	if (!shipped)
		return best;
	return ARGS(a, ARG_AS("lang", shipped->lang), ARG_AS("version", 0),
		    ARG_AS("subject", shipped->subject), ARG_AS("body", shipped->body));
}

struct val *letter_template(struct db *db, struct arena *a, const struct letter_kind *kind,
			    int64_t org, struct str lang)
{
	struct val *own =
		db_rows(db, &q_letter_templates, ARGS(a, ARG(org), ARG_AS("kind", kind->name)));
	return best_template(a, kind, lang, own);
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
			  ARG_AS("key", l->key), ARG_AS("now", l->now)));
}

int64_t letter_template_save(struct db *db, struct arena *a, const struct letter_kind *kind,
			     const struct letter_edit *e, const char **refused, struct str *blank)
{
	struct val *args =
		ARGS(a, ARG_AS("org", e->org), ARG_AS("kind", kind->name), ARG_AS("lang", e->lang),
		     ARG_AS("subject", e->subject), ARG_AS("body", e->body), ARG_AS("now", e->now),
		     ARG_NULL("made_by", e->by));
	*refused = NULL;
	*blank = (struct str){0};
	if (!str_trim(e->body).n) { /* back to the shipped text */
		db_exec(db, &q_letter_template_retire, args);
		return 0;
	}
	if ((*refused = letter_refused(kind, e->subject, e->body, blank)))
		return 0;
	int64_t version = db_id(db, &q_letter_template_next, args);
	val_set_int(args, "version", version);
	db_exec(db, &q_letter_template_retire, args);
	db_exec(db, &q_letter_template_add, args);
	return version;
}

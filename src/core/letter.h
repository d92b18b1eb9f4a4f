#pragma once
/*
 * Letters. A kind of letter belongs to the feature that sends it and is a constant there: its
 * placeholders and its shipped text in each language. An organisation may store its own text for a
 * kind and language; each change is a version. What is sent is kept as sent: subject, text, HTML,
 * language, sender and the version it was made from.
 *
 * A text is plain: paragraphs with an empty line between, lists with "- ", {{name}} for a
 * placeholder. Values are put in as words, never as markup; only a placeholder declared as a link
 * becomes one. A point of a list that is one placeholder, and that empty, is left out.
 */
#include "db/db.h"

struct letter_blank {
	const char *name;
	bool link;           /* its value is an address of ours */
	bool required;       /* a text without it is refused: the letter would be useless */
	const char *meaning; /* for whoever edits the text: a msgid */
	const char *sample; /* what a preview puts in, after the base address if it is a link; NULL:
			       the organisation's name */
};
/* What nearly every kind has blanks for. */
#define LETTER_NAME                                                                                \
	{                                                                                          \
		.name = "name", .meaning = N_("The name of whoever the letter goes to"),           \
		.sample = "Noor"                                                                   \
	}
#define LETTER_ORG                                                                                 \
	{                                                                                          \
		.name = "org", .meaning = N_("The name of the organisation")                       \
	}
struct letter_words {
	const char *lang, *subject, *body;
};
struct letter_kind {
	const char *name;                  /* "signin.link" */
	const char *summary;               /* a msgid */
	const struct letter_blank *blanks; /* ends with a NULL name */
	const struct letter_words
		*words; /* shipped; ends with a NULL lang; the first is the fallback */
	bool secret;    /* holds a link that acts for its reader: nobody else is shown it */
};

struct letter {
	const struct letter_kind *kind;
	int64_t org, person; /* person 0: somebody who is none of ours */
	struct str to_address, to_name;
	struct str lang;          /* of the person */
	const struct val *values; /* by placeholder name */
	struct str reply_to;      /* an address, or empty: the sender */
	struct str unsubscribe;   /* https address, for what people may unsubscribe from */
	/* Goes with it as an attachment: a name of letters, digits and "-_.", a media type, text. */
	struct str file_name, file_type, file;
	const char *key; /* the same key in an organisation is the same letter */
	int64_t now;
};
/* Renders and queues, in the caller's transaction. The id; 0 if that key was queued before or the
 * address is no address. */
int64_t letter_post(struct db *, struct arena *, const struct letter *);

/* An organisation's own text. `seen` is the version that the writer had before them, 0 the shipped
 * one. What stands already is not stored again: SAME. */
enum letter_saved { LETTER_SAVED, LETTER_SAME, LETTER_WRONG, LETTER_STALE };
struct letter_edit {
	int64_t org, by, now, seen;
	struct str lang, subject, body;
};
struct letter_fault {
	const char *field; /* "subject" or "body" */
	const char *why;   /* a msgid that may hold %blank% */
	struct str blank;  /* the placeholder it is about */
};
enum letter_saved letter_template_save(struct db *, struct arena *, const struct letter_kind *,
				       const struct letter_edit *, struct letter_fault *);
/* Back to the shipped text; subject and body are ignored. Versions stay, and are counted on. */
enum letter_saved letter_template_drop(struct db *, struct arena *, const struct letter_kind *,
				       const struct letter_edit *);
/* What a reader of `lang` would get: {subject, body, version, lang}; version 0 is the shipped one.
 */
struct val *letter_template(struct db *, struct arena *, const struct letter_kind *, int64_t org,
			    struct str lang);
/* What is edited for exactly `lang`: the organisation's own text, else the shipped one that serves
 * that language best; the same names. */
struct val *letter_template_here(struct db *, struct arena *, const struct letter_kind *,
				 int64_t org, struct str lang);
struct val *letter_shipped(struct arena *, const struct letter_kind *, struct str lang);
/* Every version of the organisation's own text in `lang`, newest first: {version, made_at, by_name,
 * in_force}; and one with its subject and body, null if there is none. */
struct val *letter_template_versions(struct db *, struct arena *, const struct letter_kind *,
				     int64_t org, struct str lang);
struct val *letter_template_version(struct db *, struct arena *, const struct letter_kind *,
				    int64_t org, struct str lang, int64_t version);

/* Pure (letter_rules.c). True if the text is wrong, and *fault says how. */
bool letter_wrong(const struct letter_kind *, struct str subject, struct str body,
		  struct letter_fault *fault);
struct str letter_subject(struct arena *, struct str subject, const struct val *values);
struct str letter_text(struct arena *, struct str body, const struct val *values);
struct str letter_html(struct arena *, const struct letter_kind *, struct str lang,
		       struct str subject, struct str body, const struct val *values);

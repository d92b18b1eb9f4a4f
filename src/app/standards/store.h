#pragma once
/*
 * Everything that changes a standard. Each call runs in the caller's write transaction and belongs
 * to one organisation; it returns what became of it as a person would be told. A published version
 * is never changed: what refuses to be changed returns STORE_FROZEN, what someone else changed
 * first STORE_STALE, what is not in this organisation STORE_MISSING.
 *
 * Every change that a reader may see moves standard.changed on, which is the version of its pages.
 */
#include "db/db.h"

struct arena;

/* Who writes, where and when. me 0 is the program itself (the demonstration, an import by command).
 */
struct writer {
	struct db *db;
	struct arena *arena;
	int64_t org, me, now;
	bool at_once; /* the search has all of it in this transaction: nobody else writes */
};

enum stored { STORED, STORE_MISSING, STORE_FROZEN, STORE_STALE, STORE_REFUSED };

/* A standard without items and its first draft. 0 if the slug is taken. `as` has slug, title,
 * summary, source_lang, publisher, licence, source_url, and may have uuid. */
int64_t store_standard(struct writer *, const struct val *as);
/* Its title and summary in the language `work`, if title_rev and summary_rev are as seen. */
enum stored store_describe(struct writer *, int64_t standard, const struct val *as);
/* A slug that nobody has, from a title: "-2", "-3" … are added; reserved words are avoided. */
struct str store_free_slug(struct writer *, struct str title);

/* The draft of a standard: the one there is, else a copy of the newest version. 0: no such
 * standard. */
int64_t store_draft(struct writer *, int64_t standard);
/* A draft without items; 0 if there is one already. */
int64_t store_empty_draft(struct writer *, int64_t standard);
/* What an edition is called, in the source's language. When it is published the standard is called so,
 * unless a person gave it another name than that of the edition before. */
void store_call_version(struct writer *, int64_t version, struct str lang, struct str title);
/* Throws the draft away, if the standard has another version. Identities of items stay. */
bool store_drop_draft(struct writer *, int64_t standard);

/* An item of a draft. `as` has parent (item or null), kind, code, title, body, lang, guessed, and
 * may have item (an identity kept from an earlier version) or uuid. It is put last under its
 * parent. Returns the item, 0 if the draft or the parent is not there. */
int64_t store_item(struct writer *, int64_t version, const struct val *as);
/* Changes title and body (in lang) of a node if the text revs are as seen, and in the source's
 * language its code and kind if its rev is: `as` has node, rev, code, kind, lang, title, title_rev,
 * body, body_rev. */
enum stored store_edit(struct writer *, const struct val *as);
/* Puts a node under `parent` (item, 0 top) before `before` (item, 0 last). */
enum stored store_move(struct writer *, int64_t version, int64_t item, int64_t parent,
		       int64_t before);
/* Removes an item from the draft with all that stands under it. Earlier versions keep it. */
enum stored store_remove(struct writer *, int64_t version, int64_t item, int64_t rev);

/* Levels, descriptors, ratings and links. An empty body takes a descriptor back; a rating with an
 * empty body is "not given", one taken off is not asked. In another language than the source's only
 * words are added to what is there, until that language is published. */
void store_level(struct writer *, int64_t version, struct str uuid, int64_t position,
		 struct str lang, struct str name);
/* Renames a level; in the source's language an empty name removes one without descriptors
 * (REFUSED: it has some). */
enum stored store_name_level(struct writer *, int64_t version, struct str uuid, struct str lang,
			     struct str name, int64_t seen_rev);
enum stored store_raise_level(struct writer *, int64_t version, struct str uuid); /* one place up */
enum stored store_descriptor(struct writer *, int64_t version, int64_t item, struct str level,
			     struct str lang, struct str body, int64_t seen_rev);
enum stored store_rating(struct writer *, int64_t version, int64_t item, struct str scale,
			 struct str lang, struct str body, int64_t seen_rev);
enum stored store_unrate(struct writer *, int64_t version, int64_t item, struct str scale,
			 struct str lang, int64_t seen_rev);
void store_link(struct writer *, int64_t version, int64_t item, struct str label, struct str url,
		struct str reference);

/* Adopts the draft: freezes its source language and those of `langs` (a list of tags) with it,
 * numbers stay, an older adopted version becomes deprecated. The search follows (see
 * store_index_soon()). */
enum stored store_publish(struct writer *, int64_t version, int64_t rev, const struct val *langs,
			  struct str label, struct str note, struct str review_by);
/* Freezes one more language of a version that is published already. */
enum stored store_publish_lang(struct writer *, int64_t version, struct str lang);
enum stored store_deprecate(struct writer *, int64_t version, int64_t rev);
enum stored store_replace(struct writer *, int64_t old_item, int64_t new_item, struct str note);

/* Brings the words in other languages than the source's that a version has to the standard's draft,
 * if there is one: of items, descriptors and ratings that are in both, and of levels of one uuid,
 * where the source says the same in both. A text that somebody wrote or took back in the draft
 * stays; one that was brought before follows the version. Where the source says something else
 * nothing is brought: an old translation beside a new text would be published unread, while a
 * missing one is counted, shown in the source's language, and next in the translator's round. To be
 * called after words were added to a published version. */
void store_carry(struct writer *, int64_t version);
/* The languages that the version before was published in and this draft has every text in, as a
 * list of tags for store_publish(): a next edition need not take French away from its readers. */
struct val *store_complete_langs(struct writer *, int64_t draft);

/* Something changed that a reader may see. */
void store_touch(struct writer *, int64_t standard);
/* Something changed that everybody may see, about every published version but `except` (0: none):
 * the time that programs are told (standard_version.shown_at). */
void store_shown(struct writer *, int64_t standard, int64_t except);
/* Has this language of a version been published? */
bool store_is_frozen(struct writer *, int64_t version, struct str lang);

/* Brings the search index up to date. Of a published version every item is found by everybody in
 * its published languages, in the place of the version before; of a draft, by those who may read
 * drafts, what says something else than the published version. Documents are nodes, so that a
 * draft never stands in the way of what is published. */
void store_index(struct writer *, int64_t version);
/* The same in the caller's transaction for what is small; for more a job (index_job.h), until which
 * each item is found as it was before. */
void store_index_soon(struct writer *, int64_t version);
/* Steps of that job, for at most `most` items after the item `after`; each returns the last one, 0
 * when there are no more. An item comes into the index in the transaction in which its older text
 * leaves it. Those of a version that is not the newest any more do not come in. */
int64_t store_index_published(struct writer *, int64_t version, int64_t after, int64_t most);
/* What an older version had, whether its own job came to an end or not, is found no more. */
int64_t store_unindex_some(struct writer *, int64_t version, int64_t after, int64_t most);
void store_index_item(struct writer *, int64_t version, int64_t item);
/* All of an organisation's, older versions first: for struct feature. */
void store_reindex(struct db *, struct arena *, struct err *, int64_t org);

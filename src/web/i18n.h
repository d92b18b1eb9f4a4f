#pragma once
/*
 * The interface in the reader's language. A catalogue is a compiled gettext file (.mo) that lies in
 * memory, read in place: no locale, no lock, no libintl (which serves one language a process).
 * Source texts are English, so English needs no catalogue: NULL stands for it everywhere.
 *
 * Texts are found by binary search; a text that is missing is shown in English. The plural rule is
 * the file's own C expression (GNU gettext manual, 11.2.6).
 */
#include "base/buf.h"
#include "base/val.h"

struct catalogue;

/* Borrows `mo` for its life. NULL if it is no well-formed .mo file. */
struct catalogue *catalogue_open(struct arena *, struct str lang, struct str mo);
/* The program's own for "fr", "fr-CA"; NULL where its own English serves. For what is written without a page. */
const struct catalogue *catalogue_shipped(struct arena *, struct str lang);
struct str catalogue_lang(const struct catalogue *); /* "en" for NULL */

const char *catalogue_text(const struct catalogue *, const char *msgid);
const char *catalogue_plural(const struct catalogue *, const char *one, const char *many,
			     int64_t n);
/* A word that means two things: context "month", msgid "May" (msgctxt in the .po). */
const char *catalogue_in(const struct catalogue *, const char *context, const char *msgid);

/* Numbers as people read them: "1,234.5", in French "1 234,5" with narrow no-break spaces. */
void number_show(struct buf *, struct str lang, int64_t);
void real_show(struct buf *, struct str lang, double, int most_decimals);
void bytes_show(struct buf *, struct str lang, int64_t bytes); /* "1.2 MB", "1,2 Mo" */

/*
 * {{value|how}} in templates, where `how` is
 *   date, weekday, short, month   a civil day (text) or an instant (integer) as in base/instant.h
 *   time, moment                  an instant's time of day; its date and time
 *   number, percent, bytes        a number; 12.5 -> "12.5%", "12,5 %"
 *   language                      a tag: "fr" -> "français" (base/lang.h)
 * Instants are shown in the zone of `org.zone` of the model. False if it knows no such `how`. The
 * zone is opened once for a page and kept in *zone, which is NULL at first and lives in to->arena.
 */
bool i18n_format(struct str lang, const struct val *model, const char *how, const struct val *value,
		 struct buf *to, void **zone);

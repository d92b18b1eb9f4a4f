#pragma once
/*
 * An organisation is the request's host, or its first path segment where the host is the server's
 * own. First segments that mean something else are reserved; no organisation can be called so.
 *
 * The model of one is { id, slug, name, names{lang: name}, lang, langs[], zone, base, host,
 * sender_name, sender_email, fewest, reflect_days, rev }: `lang` is its first language, `base` the address its links
 * start with (stored, never taken from a Host header, no slash at the end).
 */
#include "base/str.h"

struct arena;
struct db;
struct val;

struct val *org_by_id(struct db *, struct arena *, int64_t id); /* null value if there is none */
struct val *org_by_slug(struct db *, struct arena *, struct str slug);
struct val *orgs_list(struct db *,
		      struct arena *); /* every open one, for the server's start page */

/* Null value if the address belongs to no organisation. `*prefix` becomes "/cdpc" or "", `*rest`
 * the path after it, beginning with a slash. */
struct val *org_of_request(struct db *, struct arena *, struct str host, struct str path,
			   struct str *prefix, struct str *rest);
/* Sets `name` to the name in `lang`, or in the first language that has one. */
void org_speak(struct val *org, struct str lang);
/* Which day it is in its zone. */
struct str org_today(struct arena *, const struct val *org, int64_t now);

extern const char *const org_reserved_segments[]; /* NULL-terminated */
bool org_segment_is_reserved(struct str segment);

/* What is wrong with a value, as a msgid; NULL if it is right. Pure. */
const char *org_slug_wrong(struct str slug);
const char *org_host_wrong(struct str host);
const char *org_base_wrong(struct str base);

/* `org` as the model above, ids and rev ignored. 0 if slug or host are taken. Ships the roles. */
int64_t org_add(struct db *, struct arena *, const struct val *org, int64_t now);
enum org_change { ORG_CHANGED, ORG_TAKEN, ORG_STALE };
enum org_change org_change(struct db *, struct arena *, const struct val *org); /* by id and rev */

/* An organisation that is to be deleted is named by a job of the server's own, under this key; 0, or
 * the instant after which it happens. */
struct str org_deletion_key(struct arena *, int64_t id);
int64_t org_deleted_at(struct db *, struct arena *, int64_t id);

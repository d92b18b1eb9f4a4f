#include "core/org.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/right.h"
#include "db/db.h"
#include "queries.h"

/* One row a language, made one object: the organisation of the first row. */
static struct val *org_from(struct arena *a, const struct val *rows)
{
	if (!val_count(rows))
		return val_null();
	struct val *org = val_object(a);
	val_merge(org, val_at(rows, 0));
	struct val *names = val_set_object(org, "names"), *langs = val_set_list(org, "langs");
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str lang = val_s(row, "lang");
		if (val_i(row, "id") != val_i(org, "id"))
			break;
		val_set_str(names, str_c(a, lang), val_s(row, "name"));
		val_push(langs, val_text(a, lang));
	}
	return org;
}

struct val *org_by_id(struct db *db, struct arena *a, int64_t id)
{
	return org_from(a, db_rows(db, &q_org_by_id, ARGS(a, ARG(id))));
}

struct val *org_by_slug(struct db *db, struct arena *a, struct str slug)
{
	return org_from(a, db_rows(db, &q_org_by_slug, ARGS(a, ARG(slug))));
}

struct val *orgs_list(struct db *db, struct arena *a)
{
	return db_rows(db, &q_org_list, val_object(a));
}

/* "Careers.Example.org:8080" -> "careers.example.org" */
static struct str host_only(struct arena *a, struct str host)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < host.n && host.p[i] != ':'; i++) {
		char c = host.p[i];
		buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	return buf_str(&b);
}

struct val *org_of_request(struct db *db, struct arena *a, struct str host, struct str path,
			   struct str *prefix, struct str *rest)
{
	struct str name = host_only(a, host), after = str_from(path, 1), slug = after;
	ptrdiff_t slash = str_find_char(after, '/');
	if (slash >= 0)
		slug = str_sub(after, 0, (size_t)slash);
	*prefix = S("");
	*rest = path;
	struct val *org =
		org_from(a, db_rows(db, &q_org_of_request,
				    ARGS(a, ARG_AS("host", org_host_wrong(name) ? S("") : name),
					 ARG_AS("slug", org_slug_wrong(slug) ? S("") : slug))));
	if (val_is_null(org) || (name.n && str_eq(val_s(org, "host"), name)))
		return org;
	*prefix = str_sub(path, 0, slug.n + 1);
	*rest = slash < 0 ? S("/") : str_from(path, slug.n + 1);
	return org;
}

struct str org_today(struct arena *a, const struct val *org, int64_t now)
{
	struct zone *zone = zone_open(a, val_s(org, "zone"));
	return day_text(a, zone ? instant_wall(now, zone).day : now / 86400);
}

void org_speak(struct val *org, struct str lang)
{
	const struct val *names = val_get(org, "names"), *langs = val_get(org, "langs");
	for (size_t i = 0; i < val_count(langs); i++)
		if (str_eq(val_get_str(val_at(langs, i)), lang))
			val_set(org, "name", val_get(names, val_name_at(names, i)));
}

static struct val *org_args(struct arena *a, const struct val *org)
{
	return ARGS(a, ARG_AS("id", val_i(org, "id")), ARG_AS("rev", val_i(org, "rev")),
		    ARG_AS("slug", val_s(org, "slug")), ARG_NULL("host", val_s(org, "host")),
		    ARG_AS("base", val_s(org, "base")), ARG_AS("zone", val_s(org, "zone")),
		    ARG_NULL("fewest", val_i(org, "fewest")),
		    ARG_NULL("reflect_days", val_i(org, "reflect_days")),
		    ARG_NULL("sender_name", val_s(org, "sender_name")),
		    ARG_NULL("sender_email", val_s(org, "sender_email")));
}

/* A language without a name of its own has the one of the first. */
static void put_langs(struct db *db, struct arena *a, int64_t id, const struct val *org)
{
	const struct val *names = val_get(org, "names"), *langs = val_get(org, "langs");
	db_exec(db, &q_org_forget_langs, ARGS(a, ARG_AS("org", id)));
	for (size_t i = 0; i < val_count(langs); i++) {
		struct str lang = val_get_str(val_at(langs, i));
		struct str name = val_s(names, str_c(a, lang));
		if (!name.n)
			name = val_s(org, "name");
		db_exec(db, &q_org_put_lang,
			ARGS(a, ARG_AS("org", id), ARG(lang), ARG_AS("position", i + 1),
			     ARG(name)));
	}
}

int64_t org_add(struct db *db, struct arena *a, const struct val *org, int64_t now)
{
	struct val *args = org_args(a, org);
	val_set_int(args, "now", now);
	int64_t id = db_id(db, &q_org_add, args);
	if (!id)
		return 0;
	put_langs(db, a, id, org);
	roles_ship(db, a, id, now);
	return id;
}

enum org_change org_change(struct db *db, struct arena *a, const struct val *org)
{
	struct val *args = org_args(a, org);
	if (!val_is_null(db_row(db, &q_org_taken, args)))
		return ORG_TAKEN;
	if (!db_id(db, &q_org_change, args))
		return ORG_STALE;
	put_langs(db, a, val_i(org, "id"), org);
	return ORG_CHANGED;
}

struct str org_deletion_key(struct arena *a, int64_t id)
{
	return str_fmt(a, "org.delete:%lld", (long long)id);
}

int64_t org_deleted_at(struct db *db, struct arena *a, int64_t id)
{
	struct val *p = val_object(a);
	val_set_str(p, "key", org_deletion_key(a, id));
	return val_i(db_row(db, &q_org_deletion, p), "due_at");
}

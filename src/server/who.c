#include <string.h>

#include "base/instant.h"
#include "core/acting.h"
#include "core/guardian.h"
#include "core/org.h"
#include "core/session.h"
#include "server/life.h"
#include "web/cookie.h"

/* ---- the address of the client ---- */

static bool is_proxy(const struct config *config, struct str address)
{
	struct str rest = config->proxy, piece;
	while (str_cut(&rest, ',', &piece))
		if (str_eq(str_trim(piece), address))
			return true;
	return false;
}

static bool is_address(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!strchr("0123456789abcdefABCDEF:.", text.p[i]))
			return false;
	return text.n >= 2 && text.n <= 45;
}

/* The last address of X-Forwarded-For that is no proxy of ours: what stands before it anyone may
 * have written. */
struct str who_network(struct life *l)
{
	struct str address = l->request->peer;
	struct str list = request_header(l->request, "X-Forwarded-For");
	while (list.n && is_proxy(l->site->config, address)) {
		size_t comma = list.n;
		while (comma > 0 && list.p[comma - 1] != ',')
			comma--;
		address = str_trim(str_from(list, comma));
		list = str_sub(list, 0, comma ? comma - 1 : 0);
	}
	return is_address(address) ? address : l->request->peer;
}

/* ---- organisation ---- */

/* NULL: req_zone() opens it for this request. */
static struct zone *zone_of(struct lane *lane, struct str name)
{
	for (size_t i = 0; i < lane->zone_count; i++)
		if (str_is(name, lane->zones[i].name))
			return lane->zones[i].zone;
	if (lane->zone_count == sizeof lane->zones / sizeof *lane->zones)
		return NULL;
	struct zone *zone = zone_open(lane->own, name);
	if (zone) {
		lane->zones[lane->zone_count].name = str_c(lane->own, name);
		lane->zones[lane->zone_count++].zone = zone;
	}
	return zone;
}

bool who_org(struct life *l)
{
	struct req *r = &l->req;
	struct str host = request_header(l->request, "Host");
	r->org = org_of_request(r->db, l->a, host, l->raw_path, &r->prefix, &r->path);
	if (val_is_null(r->org)) {
		r->prefix = (struct str){0};
		r->path = l->raw_path;
	}
	if (!r->path.n)
		r->path = S("/");
	l->response->org = val_s(r->org, "slug");
	r->zone = zone_of(l->lane, val_s(r->org, "zone"));
	if (org_is_secure(r->org)) /* what a neighbouring host set is nothing here */
		r->cookies = cookies_parse(l->a, request_header(l->request, "Cookie"), true);
	return r->err.kind == ERR_NONE;
}

/* ---- language ---- */

/* The interface's languages that the organisation works in; all if it works in none of them. */
struct val *who_langs(struct life *l)
{
	const struct val *spoken = val_get(l->req.org, "langs");
	struct val *langs = val_list(l->a);
	for (int only_spoken = 1; only_spoken >= 0 && !val_count(langs); only_spoken--)
		for (int i = 0; i < SITE_LANGS; i++) {
			struct str tag = str_of(l->site->langs[i].tag);
			if (!only_spoken || val_holds(spoken, tag))
				val_push(langs, val_text(l->a, tag));
		}
	return langs;
}

/* For what is answered before anybody knows which organisation is meant. */
void who_lang_alone(struct life *l)
{
	struct str lang = cookie_value(l->req.cookies, LANGUAGE_COOKIE);
	if (!val_holds(l->site->lang_tags, lang))
		lang = lang_accepted(request_header(l->request, "Accept-Language"),
				     l->site->lang_tags);
	l->lang = site_lang(l->site, lang);
	l->req.lang = str_of(l->lang->tag);
	l->req.words = l->lang->words;
}

static struct str choose_lang(struct life *l)
{
	const struct val *langs = who_langs(l);
	const struct str wishes[] = {
		val_s(l->req.me, "lang"),
		cookie_value(l->req.cookies, LANGUAGE_COOKIE),
		lang_accepted(request_header(l->request, "Accept-Language"), langs),
		val_s(l->req.org, "lang"),
	};
	for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
		if (wishes[i].n && val_holds(langs, wishes[i]))
			return wishes[i];
	return val_get_str(val_at(langs, 0));
}

void speak(struct req *r, struct str lang)
{
	struct life *l = r->dispatch;
	const struct val *langs = who_langs(l);
	struct str rest = lang, primary;
	str_cut(&rest, '-', &primary);
	const struct str wishes[] = {lang, primary, val_s(r->org, "lang")};
	r->lang = val_get_str(val_at(langs, 0));
	for (size_t i = sizeof wishes / sizeof *wishes; i-- > 0;)
		if (val_holds(langs, wishes[i]))
			r->lang = wishes[i];
	l->lang = site_lang(l->site, r->lang);
	r->words = l->lang->words;
	if (!val_is_null(r->org))
		org_speak(r->org, r->lang);
}

void speak_choices(struct req *r, struct str path)
{
	const struct life *l = r->dispatch;
	struct val *list = val_set_list(r->out, "languages");
	for (int i = 0; i < SITE_LANGS; i++) {
		const struct site_lang *lang = &l->site->langs[i];
		struct val *one = val_push_object(list);
		val_set_str(one, "tag", str_of(lang->tag));
		val_set_str(one, "name", str_of(lang->name));
		val_set_bool(one, "current", str_is(r->lang, lang->tag));
		val_set_str(one, "path",
			    str_fmt(r->arena, STR_FMT "?speaks=%s", STR_ARG(path), lang->tag));
	}
}

/* ---- person and rights ---- */

static void act(struct life *l)
{
	struct req *r = &l->req;
	int needed = r->route ? r->route->right : NOBODY;
	struct acting act = acting_of(l->a, r->me);
	l->rights = act.rights;
	l->wants_role = rights_has(act.all, needed) && !rights_has(act.rights, needed);
	if (!act.any)
		return;
	l->acting = val_object(l->a);
	val_set_bool(l->acting, "choose", act.choose);
	val_set(l->acting, "role", act.role);
}

bool who_person(struct life *l)
{
	struct req *r = &l->req;
	bool token = r->route && r->route->flags & ROUTE_TOKEN;
	struct str session = cookie_value(r->cookies, SESSION_COOKIE);
	int64_t org = val_i(r->org, "id");
	r->me = val_null();
	if (!token && session.n)
		r->me = session_find(r->db, l->a, session, org, r->now);
	int64_t me = val_i(r->me, "id");
	l->rights = rights_with((struct rights){0}, PUBLIC);
	if (me)
		l->rights = rights_with(l->rights, SIGNED_IN);
	l->acting = val_null();
	if (me && org)
		act(l);
	struct rights proven = rights_in_session(l->rights, val_b(r->me, "second"));
	l->wants_second = r->route && rights_has(l->rights, r->route->right) &&
			  !rights_has(proven, r->route->right);
	l->rights = proven;
	r->rights = rights_names(l->a, l->rights);
	r->right_bits = l->rights.bits;
	r->lang = choose_lang(l);
	l->lang = site_lang(l->site, r->lang);
	r->words = l->lang->words;
	if (!val_is_null(r->org))
		org_speak(r->org, r->lang);
	return r->err.kind == ERR_NONE;
}

bool who_may(struct life *l, const struct route *route)
{
	return route->right != NOBODY && rights_has(l->rights, route->right);
}

static bool office_ends(struct life *l, int64_t org, int64_t me, int64_t person)
{
	struct req *r = &l->req;
	struct str day = req_today(r);
	if (guardian_apart(r->db, l->a, org, person, me, day))
		l->status = 404; /* not even that there is such a person */
	else if (guardian_is_own(r->db, l->a, org, person, me, day))
		l->status = 403;
	else
		return false;
	return true;
}

bool who_over(struct life *l)
{
	struct req *r = &l->req;
	int64_t org = val_i(r->org, "id"), me = val_i(r->me, "id"), person;
	if (!r->route->fields || r->route->right <= SIGNED_IN || !org || !me)
		return true;
	person = val_i(r->in, "person");
	return person <= 0 || !office_ends(l, org, me, person);
}

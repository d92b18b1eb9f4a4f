#include "server/pages.h"

#include <string.h>

#include "base/instant.h"
#include "core/choices.h"
#include "core/crumbs.h"
#include "core/org.h"
#include "core/person.h"
#include "core/right.h"
#include "core/session.h"
#include "core/text.h"
#include "queries.h"
#include "server/demo.h"
#include "server/life.h"
#include "web/url.h"

/* Says that this process answers and reaches its database. */
static int healthz(struct req *req)
{
	struct val *row = db_row(req->db, &q_server_alive, val_object(req->arena));
	req->raw = val_i(row, "alive") == 1 ? S("ok\n") : (struct str){0};
	val_set_str(req->headers_out, "Content-Type", S("text/plain; charset=utf-8"));
	val_set_str(req->headers_out, "Cache-Control", S("no-store"));
	return OK;
}

static const char *const title_field[] = {"title", NULL};

static void titles(struct req *req, struct val *rows, const char *id)
{
	struct str first = val_is_null(req->org) ? req->lang : val_s(req->org, "lang");
	text_attach(req->db, req->arena, rows,
		    &(struct text_want){.kind = "standard",
					.id = id,
					.fields = title_field,
					.lang = req->lang,
					.first = first});
}

/* What was imported by command: into one organisation, or (no organisation) into any. */
static void documents(struct req *req)
{
	struct val *rows = db_rows(req->db, &q_server_documents, params(req));
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str reason = val_s(row, "reason");
		val_set_bool(row, "refused", str_is(val_s(row, "state"), "refused"));
		if (reason.n)
			val_set_str(row, "reason", str_of(tr(req, str_c(req->arena, reason))));
	}
	titles(req, rows, "standard");
	val_set(req->out, "documents", rows);
}

/* The newest standards anybody may read: of one organisation, or of any. */
static void published(struct req *req)
{
	struct val *rows = db_rows(req->db, &q_server_published, params(req));
	titles(req, rows, "id");
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct zone *zone = zone_open(req->arena, val_s(row, "zone"));
		int64_t at = val_i(row, "published_at"),
			day = zone ? instant_wall(at, zone).day : at / 86400;
		val_set_str(row, "published_on", day_show(req->arena, req->lang, DAY_LONG, day));
		val_set_bool(row, "adopted", str_is(val_s(row, "state"), "adopted"));
		val_set_null(row, "org_name");
	}
	val_set(req->out, "published", rows);
}

/* The server's start page: the organisations it serves, and what is new with them. */
static int start_page(struct req *req)
{
	struct val *orgs = orgs_list(req->db, req->arena);
	published(req);
	struct val *rows = val_get(req->out, "published");
	for (size_t i = 0; i < val_count(orgs); i++) {
		struct val *org = val_at(orgs, i);
		org_speak(org, req->lang);
		for (size_t k = 0; k < val_count(rows); k++)
			if (val_i(val_at(rows, k), "org") == val_i(org, "id"))
				val_set(val_at(rows, k), "org_name", val_get(org, "name"));
	}
	val_set(req->out, "orgs", orgs);
	documents(req);
	return OK;
}

/* What waits for this reader: only what they may also open. */
static void waiting(struct req *req)
{
	struct val *none = val_list(req->arena), *p = params(req), *drafts = none, *previews = none;
	int64_t dead = 0;
	if (has_right(req, STANDARDS_TRANSLATE)) /* a draft is work for those who write it */
		drafts = db_rows(req->db, &q_server_drafts, p);
	if (has_right(req, STANDARDS_EDIT))
		previews = db_rows(req->db, &q_server_previews, p);
	if (has_right(req, OUTBOX_READ))
		dead = val_i(db_row(req->db, &q_server_letters_dead, p), "letters_dead");
	titles(req, drafts, "id");
	val_set(req->out, "drafts", drafts);
	val_set(req->out, "previews", previews);
	val_set_int(req->out, "letters_dead", dead);
	val_set_bool(req->out, "waiting", val_count(drafts) || val_count(previews) || dead);
}

static int org_page(struct req *req)
{
	const struct life *l = req->dispatch;
	for (const struct feature *const *f = l->site->features; *f; f++)
		if ((*f)->first_page)
			(*f)->first_page(req);
	published(req);
	waiting(req);
	documents(req); /* what else is here is in every page's model: nav */
	return OK;
}

static int back_to(struct req *req)
{
	struct str back = val_s(req->in, "back");
	if (!url_is_local(back))
		back = S("/");
	return see_other(req, STR_FMT, STR_ARG(back));
}

static int choose_language(struct req *req)
{
	struct str lang = val_s(req->in, "language");
	set_cookie(req, LANGUAGE_COOKIE, lang, (int64_t)400 * 86400);
	if (!val_is_null(req->me))
		person_speaks(req->db, req->arena, val_i(req->me, "id"), lang);
	return back_to(req);
}

static int take_role(struct req *req)
{
	if (!demo_sign_in(req, val_s(req->in, "role")))
		return NOT_FOUND;
	return back_to(req);
}

static const char *const interface_langs[] = {"en", "fr", NULL};

static const struct field language_fields[] = {
	{.name = "language", .kind = FIELD_TEXT, .required = true, .one_of = interface_langs},
	{.name = "back", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

static const struct field demo_fields[] = {
	{.name = "role", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "back", .kind = FIELD_TEXT, .max = 1500},
	{0},
};

/* GET and POST /style, in a demonstration: every part of the face. The form is always wrong. */
static int style_page(struct req *req)
{
	static const char *const kinds[] = {N_("Category"), N_("Competency"), N_("Example")};
	if (!req->demo)
		return NOT_FOUND;
	struct val *choices = val_set_list(req->out, "kind_choices");
	for (int i = 0; i < 3; i++)
		choice_id(choices, i, str_of(tr(req, kinds[i])), i == 1);
	struct val *pages = val_set_object(req->out, "pages");
	val_set_int(pages, "first", 21);
	val_set_int(pages, "last", 40);
	val_set_int(pages, "total", 97);
	val_set_str(val_set_object(pages, "previous"), "path", S("/style"));
	val_set_str(val_set_object(pages, "next"), "path", S("/style"));
	crumb(req, N_("The parts pages are made of"), NULL);
	return OK;
}

static int style_post(struct req *req)
{
	if (!req->demo)
		return NOT_FOUND;
	invalid(req, "title", N_("This form is always wrong: it shows what an error looks like"));
	return INVALID;
}

static const struct field style_fields[] = {
	{"title", FIELD_TEXT, .max = 100},
	{"body", FIELD_LINES, .max = 1000},
	{"kind", FIELD_INT},
	{"agree", FIELD_FLAG},
	{NULL},
};

static const struct route routes[] = {
	{GET, "/healthz", PUBLIC, healthz, .flags = ROUTE_NO_ORG,
	 .summary = "Says ok while the process and its database answer"},
	{GET, "/", PUBLIC, start_page, "server/start", .flags = ROUTE_NO_ORG,
	 .summary = "The organisations of this server"},
	{GET, "/", PUBLIC, org_page, "server/org", &q_server_version_of_first,
	 .summary = "What an organisation has here for its reader"},
	{POST, "/language", PUBLIC, choose_language, .fields = language_fields,
	 .flags = ROUTE_NO_ORG, .summary = "Choose the language of the interface"},
	{POST, "/demo", PUBLIC, take_role, .fields = demo_fields,
	 .summary = "In a demonstration: take a role with one click"},
	{GET, "/style", PUBLIC, style_page, "server/style", .fields = style_fields,
	 .summary = "In a demonstration: the parts pages are made of"},
	{POST, "/style", PUBLIC, style_post, "server/style", .fields = style_fields,
	 .summary = "In a demonstration: a form that is always wrong"},
	{0},
};

const struct feature server_feature = {.name = "server", .routes = routes};

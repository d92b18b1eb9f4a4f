/* What the organisation asks consent for, in its own words, version by version. */
#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "base/arena.h"
#include "core/pages.h"
#include "core/purpose.h"

enum { PAGE = 200 };

#define OWNER "consent_version"

int people_purposes(struct req *req)
{
	val_set(req->out, "rows", purposes_of(req, true));
	people_words_shown(req, req->out, "names", OWNER, 0, "name", val_get(req->in, "name"));
	people_words_shown(req, req->out, "texts", OWNER, 0, "words", val_get(req->in, "words"));
	return OK;
}

static struct val *asked(struct req *req)
{
	return purpose_named(purposes_of(req, true), val_s(req->in, "code"));
}

/* The program's words, each language as its readers see it. */
static void show_shipped(struct req *req, struct str code)
{
	static const char *const fields[][2] = {{"names", "name"}, {"texts", "words"}};
	struct str own = req->lang;
	const struct val *langs = val_get(req->out, "names");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct str lang = val_s(val_at(langs, i), "lang");
		speak(req, lang);
		if (!str_eq(req->lang, lang))
			continue;
		const struct val *said = purpose_named(purposes_of(req, true), code);
		for (size_t k = 0; k < 2; k++)
			val_set(val_at(val_get(req->out, fields[k][0]), i), "body",
				val_get(said, fields[k][1]));
	}
	speak(req, own);
}

/* What a form begins with: the newest own words, or the program's. */
static void show_words(struct req *req, const struct val *purpose)
{
	int64_t id =
		purpose_version_of(req->db, req->arena, people_org(req), val_s(purpose, "code"));
	people_words_shown(req, req->out, "names", OWNER, id, "name", NULL);
	people_words_shown(req, req->out, "texts", OWNER, id, "words", NULL);
	if (!id)
		show_shipped(req, val_s(purpose, "code"));
}

int people_purpose(struct req *req)
{
	struct val *purpose = asked(req);
	if (val_is_null(purpose))
		return NOT_FOUND;
	struct val *found = purpose_answers(req->db, req->arena, people_org(req),
					    val_s(purpose, "code"), val_i(req->me, "id"),
					    req_today(req), val_i(req->in, "before"), PAGE + 1);
	struct val *rows = pages_rows(req, found, 0, PAGE);
	val_set_int(req->out, "older",
		    val_count(found) > PAGE ? val_i(val_at(rows, PAGE - 1), "id") : 0);
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_bool(row, "yes", str_is(val_s(row, "answer"), "yes"));
		val_set_bool(row, "current", val_i(row, "version") == val_i(purpose, "version"));
	}
	val_set(req->out, "purpose", purpose);
	val_set(req->out, "rows", rows);
	val_set(req->out, "versions",
		purpose_versions(req->db, req->arena, people_org(req), val_s(purpose, "code")));
	if (val_count(req->errors)) {
		people_words_shown(req, req->out, "names", OWNER, 0, "name",
				   val_get(req->in, "name"));
		people_words_shown(req, req->out, "texts", OWNER, 0, "words",
				   val_get(req->in, "words"));
	} else {
		show_words(req, purpose);
		val_set(req->in, "rev", val_get(purpose, "rev"));
	}
	return OK;
}

static struct purpose_edit edit_of(struct req *req)
{
	return (struct purpose_edit){.org = people_org(req),
				     .by = val_i(req->me, "id"),
				     .now = req->now,
				     .rev = val_i(req->in, "rev"),
				     .code = val_s(req->in, "code")};
}

static bool typed(struct req *req)
{
	if (!people_words_any(val_get(req->in, "name")))
		invalid(req, "name", N_("Write the name in at least one language."));
	if (!people_words_any(val_get(req->in, "words")))
		invalid(req, "words", N_("Write in at least one language what is asked."));
	return !val_count(req->errors);
}

static int stale(struct req *req)
{
	invalid(req, "rev", N_("Somebody else changed this meanwhile. Look again."));
	return INVALID;
}

static int store(struct req *req, struct purpose_edit *e)
{
	if (!typed(req))
		return INVALID;
	int64_t id = purpose_version_add(req->db, req->arena, e);
	if (!id)
		return stale(req);
	people_words_keep(req, OWNER, id, "name", val_get(req->in, "name"));
	people_words_keep(req, OWNER, id, "words", val_get(req->in, "words"));
	people_note(req, "purpose.worded", 0, OWNER, id);
	flash(req, N_("The words are saved as a new version. What was answered stays as it is."));
	return see_other(req, "/people/purposes/" STR_FMT, STR_ARG(e->code));
}

int people_purpose_add(struct req *req)
{
	struct purpose_edit e = edit_of(req);
	e.code = S("");
	return store(req, &e);
}

int people_purpose_save(struct req *req)
{
	struct purpose_edit e = edit_of(req);
	if (val_is_null(asked(req)))
		return NOT_FOUND;
	return store(req, &e);
}

int people_purpose_retire(struct req *req)
{
	struct purpose_edit e = edit_of(req);
	struct val *purpose = asked(req);
	if (val_is_null(purpose))
		return NOT_FOUND;
	bool retire = !val_b(purpose, "retired");
	if (!purpose_retire(req->db, req->arena, &e, retire))
		return stale(req);
	people_note(req, retire ? "purpose.retired" : "purpose.returned", 0, "org",
		    people_org(req));
	flash(req, retire ? N_("This is no longer asked. What was answered stays.")
			  : N_("This is asked again."));
	return see_other(req, "/people/purposes/" STR_FMT, STR_ARG(e.code));
}

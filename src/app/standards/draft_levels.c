/* The levels of a rubric, on a page: named, added at the end, moved up, removed by an empty name.
 */
#include "app/standards/draft.h"
#include "base/arena.h"
#include "core/text.h"
#include "core/uuid.h"
#include "queries.h"

#define NEW "new"

static const char *const name_field[] = {"name", NULL};

static struct val *levels_of(struct req *r, const struct reading *x)
{
	struct val *p = params(r);
	val_set_int(p, "version", x->version_id);
	return db_rows(r->db, &q_standards_levels, p);
}

/* GET and POST /standards/:slug/draft/levels */
int draft_levels_form(struct req *r)
{
	struct reading x;
	struct str lang;
	if (!draft_open(r, &x) || !draft_work(r, &x, &lang))
		return NOT_FOUND;
	struct str source = val_s(x.standard, "source_lang");
	struct val *levels = levels_of(r, &x);
	if (str_eq(lang, source)) {
		struct val *one_more = val_push_object(levels);
		val_set_int(one_more, "id", 0);
		val_set_str(one_more, "uuid", S(NEW));
	}
	struct text_want want = {.kind = "standard_level",
				 .id = "id",
				 .fields = name_field,
				 .lang = lang,
				 .first = source};
	text_attach_here(r->db, r->arena, levels, &want);
	want.lang = source;
	text_attach(r->db, r->arena, levels, &want);
	for (size_t i = 0; i < val_count(levels); i++) {
		struct val *row = val_at(levels, i);
		val_set(row, "body", val_get(row, "name"));
		val_set(row, "body_here", val_get(row, "name_here"));
		val_set(row, "body_rev", val_get(row, "name_rev"));
		val_set_int(row, "number", (int64_t)i + 1);
		val_set_bool(row, "first", i == 0);
		val_set_bool(row, "is_new", str_is(val_s(row, "uuid"), NEW));
	}
	draft_typed(r, levels, "", "uuid");
	val_set(r->out, "levels", levels);
	draft_crumbs(r, &x, N_("Levels of the rubric"));
	return OK;
}

static enum stored put_level(struct req *r, const struct reading *x, struct str lang, size_t i)
{
	struct writer w = writer_of(r);
	struct str uuid = val_get_str(val_at(val_get(r->in, "part"), i)),
		   name = val_get_str(val_at(val_get(r->in, "text"), i));
	int64_t seen = val_get_int(val_at(val_get(r->in, "seen"), i));
	if (!str_is(uuid, NEW))
		return store_name_level(&w, x->version_id, uuid, lang, name, seen);
	struct val *levels = levels_of(r, x),
		   *last = val_at(levels, val_count(levels) ? val_count(levels) - 1 : 0);
	if (name.n && str_eq(lang, val_s(x->standard, "source_lang")))
		store_level(&w, x->version_id, uuid_new(r->arena), val_i(last, "position") + 1,
			    lang, name);
	return STORED;
}

int draft_levels(struct req *r)
{
	struct reading x;
	struct str lang, raise = val_s(r->in, "raise");
	if (!draft_open(r, &x) || !draft_work(r, &x, &lang))
		return NOT_FOUND;
	if (!draft_may_write(r, &x, lang))
		return FORBIDDEN;
	size_t n = val_count(val_get(r->in, "part"));
	if (n != val_count(val_get(r->in, "text")) || n != val_count(val_get(r->in, "seen")))
		return NOT_FOUND;
	enum stored how = STORED;
	for (size_t i = 0; i < n && how == STORED; i++)
		how = put_level(r, &x, lang, i);
	if (how == STORE_REFUSED)
		invalid(r, "levels", N_("A level that has descriptors cannot be removed"));
	struct writer w = writer_of(r);
	if (how == STORED && raise.n && str_eq(lang, val_s(x.standard, "source_lang")))
		how = store_raise_level(&w, x.version_id, raise);
	if (how != STORED)
		return draft_answer(how);
	store_touch(&w, x.id);
	flash(r, N_("The levels are saved."));
	return see_other(r, STR_FMT "/levels?work=" STR_FMT, STR_ARG(x.path), STR_ARG(lang));
}

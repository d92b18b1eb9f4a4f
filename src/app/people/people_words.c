#include "app/people/people.h"
#include "app/people/people_consent.h"
#include "base/lang.h"
#include "core/text.h"

void people_words_shown(struct req *req, struct val *out, const char *name, const char *kind,
			int64_t owner, const char *field, const struct val *typed)
{
	const struct val *langs = val_get(req->org, "langs");
	const struct val *texts =
		owner ? text_all(req->db, req->arena, kind, owner) : val_list(req->arena);
	struct val *list = val_set_list(out, name);
	for (size_t i = 0; i < val_count(langs); i++) {
		struct val *one = val_push_object(list);
		struct str lang = val_get_str(val_at(langs, i));
		val_set_str(one, "lang", lang);
		val_set_str(one, "label", lang_name(req->arena, lang, req->lang));
		val_set_str(one, "body",
			    i < val_count(typed) ? val_get_str(val_at(typed, i)) : S(""));
		for (size_t k = 0; k < val_count(texts); k++)
			if (str_is(val_s(val_at(texts, k), "field"), field) &&
			    str_eq(val_s(val_at(texts, k), "lang"), lang))
				val_set(one, "body", val_get(val_at(texts, k), "body"));
	}
}

void people_words_keep(struct req *req, const char *kind, int64_t owner, const char *field,
		       const struct val *bodies)
{
	const struct val *langs = val_get(req->org, "langs");
	for (size_t i = 0; i < val_count(langs) && i < val_count(bodies); i++)
		text_put(req->db, req->arena,
			 &(struct text){.org = people_org(req),
					.kind = kind,
					.owner = owner,
					.field = field,
					.lang = val_get_str(val_at(langs, i)),
					.body = val_get_str(val_at(bodies, i)),
					.made_by = val_i(req->me, "id"),
					.made_at = req->now,
					.seen_rev = TEXT_ANY});
}

bool people_words_any(const struct val *bodies)
{
	for (size_t i = 0; i < val_count(bodies); i++)
		if (val_get_str(val_at(bodies, i)).n)
			return true;
	return false;
}

#include "core/choices.h"

#include "base/lang.h"

struct val *choice(struct val *list, struct str value, struct str label, bool selected)
{
	struct val *one = val_push_object(list);
	val_set_str(one, "value", value);
	val_set_str(one, "label", label);
	val_set_bool(one, "selected", selected);
	return one;
}

struct val *choice_id(struct val *list, int64_t id, struct str label, bool selected)
{
	struct val *one = choice(list, (struct str){0}, label, selected);
	val_set_int(one, "value", id);
	return one;
}

void choice_langs(struct req *r, struct val *list, struct str chosen)
{
	const struct val *langs = val_get(r->org, "langs");
	for (size_t i = 0; i < val_count(langs); i++) {
		struct str tag = val_get_str(val_at(langs, i));
		choice(list, tag, lang_name(r->arena, tag, r->lang), str_eq(tag, chosen));
	}
}

/* GET /standards/:slug/machines: what programs read of a standard, in plain words for people. */
#include "app/standards/case/machines.h"

#include "app/standards/case/provider.h"
#include "app/standards/reading.h"
#include "base/arena.h"

int case_machines(struct req *r)
{
	struct reading x;
	if (!reading_open(r, &x, "/machines"))
		return NOT_FOUND;
	struct case_view v = case_open(r, CASE_11);
	struct val *versions = val_set_list(r->out, "versions"), *langs = NULL;
	int64_t last = 0;
	/* By language first: a version is met again with each. */
	for (size_t i = 0; i < v.count; i++) {
		struct case_doc *d = &v.docs[i];
		if (d->standard != x.id)
			continue;
		struct val *version = val_null();
		for (size_t k = 0; k < val_count(versions); k++)
			if (val_i(val_at(versions, k), "number") == d->number)
				version = val_at(versions, k);
		if (val_is_null(version)) {
			version = val_push_object(versions);
			val_set_int(version, "number", d->number);
			val_set(version, "label", val_get(d->row, "label"));
			val_set(version, "state", val_get(d->row, "state"));
			val_set(version, "deprecated_at", val_get(d->row, "deprecated_at"));
			val_set(version, "published_at", val_get(d->row, "said_at"));
			show_state(r, version);
			val_set_list(version, "langs");
		}
		langs = val_get(version, "langs");
		struct val *lang = val_push_object(langs);
		val_set_str(lang, "lang", d->lang);
		val_set_str(lang, "identifier", d->identifier);
		last = d->number > last ? d->number : last;
	}
	val_set_int(r->out, "newest", last);
	val_set(r->out, "base", val_get(r->org, "base"));
	return OK;
}

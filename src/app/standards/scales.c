#include "app/standards/scales.h"

#include "base/val.h"
#include "web/req.h"

const struct scale scales[] = {
	{"consequence", N_("Consequence of poor performance")},
	{"frequency", N_("How often, and when")},
	{"difficulty", N_("Difficulty")},
	{"proficiency", N_("Time to become proficient")},
	{"autonomy", N_("Autonomy")},
	{"automation", N_("Likelihood of automation")},
	{"aids", N_("Tools and materials needed")},
	{0},
};

void scales_label(struct req *r, struct val *rows)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "scale_label", val_s(row, "scale"));
		val_set_bool(row, "scale_label_other", false); /* always the interface's */
		val_set_null(row, "scale_label_lang");
		for (const struct scale *s = scales; s->code; s++)
			if (str_is(val_s(row, "scale"), s->code))
				val_set_str(row, "scale_label", str_of(tr(r, s->label)));
	}
}

#include "app/people/demo.h"

#include "app/people/people.h"
#include "core/args.h"
#include "core/letter.h"
#include "core/org.h"
#include "queries.h"

static const char *const texts[] = {
	"Hello {{name}},\n\n"
	"{{by}} would like to have you with us. Accept here and choose a password:\n\n"
	"{{link}}",
	"Hello {{name}},\n\n"
	"{{by}} would like to have you with us at {{org}}. With an account you can\n\n"
	"- read and comment on drafts before they are decided;\n"
	"- choose the language in which we write to you.\n\n"
	"Accept here within two weeks, and choose a password:\n\n"
	"{{link}}\n\n"
	"Questions? Just answer this letter.",
};

void people_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	const struct val *org = org_by_slug(db, a, S("boreal"));
	struct letter_fault fault;
	struct letter_edit edit = {.org = val_i(org, "id"),
				   .now = now,
				   .lang = S("en"),
				   .subject = S("You are invited to {{org}}")};
	const struct val *admin =
		db_row(db, &q_people_demo_admin, ARGS(a, ARG_AS("org", edit.org)));
	edit.by = val_i(admin, "id");
	for (size_t i = 0; i < sizeof texts / sizeof *texts && err->kind == ERR_NONE; i++) {
		edit.body = str_of(texts[i]);
		edit.seen = (int64_t)i;
		letter_template_save(db, a, &people_invitation_letter, &edit, &fault);
	}
}

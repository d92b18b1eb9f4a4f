#include "app/org/org.h"

#include "app/org/demo.h"
#include "base/instant.h"
#include "base/lang.h"
#include "core/affiliation.h"
#include "core/audit.h"
#include "core/conflict.h"
#include "core/mail.h"
#include "core/org.h"
#include "core/right.h"

enum { LANGS = 8 };
static const char *const lang_fields[LANGS] = {"lang1", "lang2", "lang3", "lang4",
					       "lang5", "lang6", "lang7", "lang8"};
static const char *const name_fields[LANGS] = {"name1", "name2", "name3", "name4",
					       "name5", "name6", "name7", "name8"};

void org_note(struct req *req, const char *verb)
{
	audit_add(req->db, req->arena,
		  &(struct audit){.org = val_i(req->org, "id"),
				  .made_by = val_i(req->me, "id"),
				  .verb = verb,
				  .object_kind = "org",
				  .object = val_i(req->org, "id"),
				  .request_id = req->request_id,
				  .at = req->now});
}

/* The rows of languages as they stand in `in`, and one empty one to add another. */
static void show_langs(struct req *req)
{
	struct val *rows = val_set_list(req->out, "lang_rows");
	bool room = true;
	for (size_t i = 0; i < LANGS && room; i++) {
		struct str tag = val_s(req->in, lang_fields[i]),
			   name = val_s(req->in, name_fields[i]);
		struct val *row = val_push_object(rows);
		room = tag.n || name.n;
		val_set_int(row, "number", (int64_t)i + 1);
		val_set_str(row, "tag", tag);
		val_set_str(row, "name", name);
		val_set_str(row, "language", tag.n ? lang_name(req->arena, tag, req->lang) : S(""));
		val_set(row, "wrong", val_get(req->errors, lang_fields[i]));
	}
}

static int settings_page(struct req *req)
{
	static const char *const shown[] = {"zone",   "sender_name",  "sender_email",
					    "fewest", "reflect_days", "rev"};
	struct val *org = org_by_id(req->db, req->arena, val_i(req->org, "id"));
	const struct val *langs = val_get(org, "langs"), *names = val_get(org, "names");
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
		val_set(req->in, shown[i], val_get(org, shown[i]));
	for (size_t i = 0; i < LANGS && i < val_count(langs); i++) {
		struct str tag = val_get_str(val_at(langs, i));
		val_set_str(req->in, lang_fields[i], tag);
		val_set_str(req->in, name_fields[i], val_s(names, str_c(req->arena, tag)));
	}
	show_langs(req);
	conflict_none(req);
	int64_t deleted_at = org_deleted_at(req->db, req->arena, val_i(org, "id"));
	val_set(req->out, "settings", org);
	val_set_null(req->out, "deletion");
	if (deleted_at)
		val_set_int(val_set_object(req->out, "deletion"), "at", deleted_at);
	return OK;
}

/* Languages and names into the model that core/org.h stores. */
static void read_langs(struct req *req, struct val *org)
{
	struct val *langs = val_set_list(org, "langs"), *names = val_set_object(org, "names");
	for (size_t i = 0; i < LANGS; i++) {
		struct str tag = val_s(req->in, lang_fields[i]),
			   name = val_s(req->in, name_fields[i]);
		const char *key = str_c(req->arena, tag);
		if (!tag.n && !name.n)
			continue;
		if (!tag.n || !lang_is_tag(tag))
			invalid(req, lang_fields[i],
				N_("Give the language as a tag, like en, fr or iu."));
		else if (!name.n)
			continue; /* a language without a name is dropped */
		else if (val_has(names, key))
			invalid(req, lang_fields[i], N_("This language is there twice."));
		else {
			val_push(langs, val_text(req->arena, tag));
			val_set_str(names, key, name);
		}
	}
	if (!val_count(langs))
		invalid(req, lang_fields[0],
			N_("The organisation needs a name in one language at least."));
}

static bool is_right(struct req *req)
{
	struct str email = val_s(req->in, "sender_email");
	if (!zone_open(req->arena, val_s(req->in, "zone")))
		invalid(req, "zone",
			N_("There is no time zone of this name. It is like America/Toronto."));
	if (email.n && !mail_address_ok(email))
		invalid(req, "sender_email", N_("This is not an e-mail address."));
	return val_count(req->errors) == 0;
}

static int settings_conflict(struct req *req, const struct val *now)
{
	const struct val *names = val_get(now, "names");
	for (size_t i = 0; i < val_count(names); i++)
		conflict_with(req, N_("Name"), val_s(names, val_name_at(names, i)));
	conflict_with(req, N_("Time zone"), val_s(now, "zone"));
	conflict_with(req, N_("Letters come from"), val_s(now, "sender_email"));
	show_langs(req);
	return conflict_answer(req, val_i(now, "rev"));
}

static int settings(struct req *req)
{
	int64_t id = val_i(req->org, "id");
	struct val *org = org_by_id(req->db, req->arena, id);
	if (val_is_null(org)) /* the database failed in between */
		return NOT_FOUND;
	read_langs(req, org);
	if (!is_right(req)) {
		show_langs(req);
		return INVALID;
	}
	static const char *const typed[] = {"zone",   "sender_name",  "sender_email",
					    "fewest", "reflect_days", "rev"};
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
		val_set(org, typed[i], val_get(req->in, typed[i]));
	if (org_change(req->db, req->arena, org) != ORG_CHANGED)
		return settings_conflict(req, org_by_id(req->db, req->arena, id));
	org_note(req, "org.changed");
	flash(req, N_("The settings are saved."));
	return see_other(req, "/org");
}

#define LANG_ROW(number)                                                                           \
	{.name = "lang" number, .kind = FIELD_TEXT, .max = 35},                                    \
	{                                                                                          \
		.name = "name" number, .kind = FIELD_TEXT, .max = 200                              \
	}
static const struct field settings_fields[] = {
	LANG_ROW("1"),
	LANG_ROW("2"),
	LANG_ROW("3"),
	LANG_ROW("4"),
	LANG_ROW("5"),
	LANG_ROW("6"),
	LANG_ROW("7"),
	LANG_ROW("8"),
	{.name = "zone", .kind = FIELD_TEXT, .required = true, .max = 60},
	{.name = "sender_name", .kind = FIELD_TEXT, .max = 200},
	{.name = "sender_email", .kind = FIELD_TEXT, .max = 254},
	{.name = "fewest", .kind = FIELD_INT, .min = 3, .max = 100},
	{.name = "reflect_days", .kind = FIELD_INT, .min = 7, .max = 365},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field term_fields[] = {
	{.name = "terms", .kind = FIELD_ID, .required = true},
	{0},
};
static const char *const kinds[] = {"use", "conduct", "privacy", NULL};
static const struct field publish_fields[] = {
	{.name = "kind", .kind = FIELD_TEXT, .required = true, .one_of = kinds},
	{.name = "language", .kind = FIELD_LANG, .required = true},
	{.name = "same_version", .kind = FIELD_FLAG},
	{.name = "title", .kind = FIELD_TEXT, .required = true},
	{.name = "body", .kind = FIELD_LINES, .required = true, .max = 60000},
	{0},
};

static const struct field propose_fields[] = {
	{.name = "kind", .kind = FIELD_TEXT, .required = true, .one_of = affiliation_kinds},
	{.name = "other", .kind = FIELD_ID, .required = true},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{0},
};
static const struct field affiliation_fields[] = {
	{.name = "affiliation", .kind = FIELD_ID, .required = true},
	{0},
};
static const char *const answers[] = {"confirm", "decline", NULL};
static const struct field answer_fields[] = {
	{.name = "affiliation", .kind = FIELD_ID, .required = true},
	{.name = "answer", .kind = FIELD_TEXT, .required = true, .one_of = answers},
	{0},
};
static const struct field end_fields[] = {
	{.name = "affiliation", .kind = FIELD_ID, .required = true},
	{.name = "until", .kind = FIELD_DATE, .required = true},
	{0},
};
static const struct field record_fields[] = {
	{.name = "person", .kind = FIELD_ID},  {.name = "verb", .kind = FIELD_TEXT, .max = 60},
	{.name = "since", .kind = FIELD_DATE}, {.name = "until", .kind = FIELD_DATE},
	{.name = "before", .kind = FIELD_ID},  {0},
};
static const char *const acts[] = {"save", "preview", NULL};
#define LETTER                                                                                     \
	{.name = "kind", .kind = FIELD_TEXT, .required = true},                                    \
	{                                                                                          \
		.name = "language", .kind = FIELD_LANG, .required = true                           \
	}
static const struct field letter_fields[] = {
	LETTER,
	{.name = "from", .kind = FIELD_ID}, /* a version to begin with */
	{0},
};
static const struct field letter_save_fields[] = {
	LETTER,
	{.name = "subject", .kind = FIELD_TEXT, .required = true},
	{.name = "body", .kind = FIELD_LINES, .required = true},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{.name = "act", .kind = FIELD_TEXT, .one_of = acts},
	{0},
};
static const struct field letter_drop_fields[] = {
	LETTER,
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field letter_version_fields[] = {
	LETTER,
	{.name = "version", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/org", ORG_MANAGE, settings_page, "org/settings",
	 .summary = "The organisation's settings"},
	{POST, "/org", ORG_MANAGE, settings, "org/settings", .fields = settings_fields,
	 .summary = "Change the organisation's settings"},
	{GET, "/org/terms", ORG_MANAGE, org_terms_page, "org/terms_edit",
	 .summary = "What people are asked to agree to"},
	{POST, "/org/terms", ORG_MANAGE, org_terms_publish, "org/terms_edit",
	 .fields = publish_fields, .summary = "Publish terms"},
	{GET, "/org/affiliations", ORG_MANAGE, org_affiliations, "org/affiliations",
	 .summary = "What ties the organisation to others"},
	{POST, "/org/affiliations", ORG_MANAGE, org_affiliation_propose, "org/affiliations",
	 .fields = propose_fields, .summary = "Propose an affiliation to another organisation"},
	{GET, "/org/affiliations/:affiliation", ORG_MANAGE, org_affiliation_page, "org/affiliation",
	 .fields = affiliation_fields, .summary = "One affiliation"},
	{POST, "/org/affiliations/:affiliation/answer", ORG_MANAGE, org_affiliation_answer,
	 .fields = answer_fields, .summary = "Confirm or decline what another proposed"},
	{POST, "/org/affiliations/:affiliation/withdraw", ORG_MANAGE, org_affiliation_withdraw,
	 .fields = affiliation_fields, .summary = "Take back a proposal"},
	{POST, "/org/affiliations/:affiliation/end", ORG_MANAGE, org_affiliation_end,
	 "org/affiliation", .fields = end_fields, .summary = "Set the end of an affiliation"},
	{GET, "/org/letters", LETTERS_EDIT, org_letters, "org/letters",
	 .summary = "The texts of letters, by language"},
	{GET, "/org/letters/:kind/:language", LETTERS_EDIT, org_letter_page, "org/letter",
	 .fields = letter_fields, .summary = "The text of one letter beside the shipped one"},
	{POST, "/org/letters/:kind/:language", LETTERS_EDIT, org_letter_save, "org/letter",
	 .fields = letter_save_fields, .summary = "Preview or save the text of a letter"},
	{POST, "/org/letters/:kind/:language/shipped", LETTERS_EDIT, org_letter_drop,
	 .fields = letter_drop_fields, .summary = "Go back to the shipped text of a letter"},
	{GET, "/org/letters/:kind/:language/versions/:version", LETTERS_EDIT, org_letter_version,
	 "org/letter_version", .fields = letter_version_fields,
	 .summary = "One version of the text of a letter"},
	{GET, "/org/record", AUDIT_READ, org_record, "org/record", .fields = record_fields,
	 .summary = "Who did what: by person, by what was done and by day, or as a file"},
	{GET, "/terms", PUBLIC, org_terms, "org/terms", .summary = "The terms in force"},
	{GET, "/terms/:terms", PUBLIC, org_term, "org/term", .fields = term_fields,
	 .summary = "One text of terms"},
	{0},
};

static const struct letter_kind *const letters[] = {&org_affiliation_letter,
						    &org_affiliation_confirmed_letter,
						    &org_affiliation_declined_letter, NULL};

const struct feature org_feature = {
	.name = "org",
	.routes = routes,
	.letters = letters,
	.commands = org_commands,
	.label = N_("Settings"),
	.about = N_("The organisation's names, languages, letters and terms"),
	.path = "/org",
	.right = ORG_MANAGE,
	.demo_fill = org_demo_fill,
};

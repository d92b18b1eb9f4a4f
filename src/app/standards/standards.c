/* The route tables of Standards: the authorization matrix, the list of tests and the API
 * description at once. */
#include "app/standards/standards.h"

#include "app/standards/case/machines.h"
#include "app/standards/case_command.h"
#include "app/standards/crosswalk.h"
#include "app/standards/demo.h"
#include "app/standards/draft.h"
#include "app/standards/export_command.h"
#include "app/standards/finding.h"
#include "app/standards/import_apart.h"
#include "app/standards/import_command.h"
#include "app/standards/import_pages.h"
#include "core/pages.h"
#include "core/personal.h"
#include "core/right.h"
#include "queries.h"

#define SLUG                                                                                       \
	{                                                                                          \
		"slug", FIELD_TEXT, .required = true, .max = 80                                    \
	}
#define NUMBER                                                                                     \
	{                                                                                          \
		"number", FIELD_INT, .min = 1, .max = 1000000                                      \
	}
#define UUID                                                                                       \
	{                                                                                          \
		"uuid", FIELD_TEXT, .required = true, .max = 36                                    \
	}
#define WORK                                                                                       \
	{                                                                                          \
		"work", FIELD_LANG                                                                 \
	}
#define REV                                                                                        \
	{                                                                                          \
		"rev", FIELD_INT, .required = true, .min = 0, .max = INT32_MAX                     \
	}
#define TEXT_REV(name)                                                                             \
	{                                                                                          \
		name, FIELD_INT, .max = INT32_MAX                                                  \
	}
#define END                                                                                        \
	{                                                                                          \
		NULL                                                                               \
	}

static const struct field index_fields[] = {{"after", FIELD_TEXT, .max = 80}, END};
static const struct field reading_fields[] = {SLUG, NUMBER, {"read", FIELD_LANG}, END};
static const struct field item_fields[] = {SLUG, NUMBER, UUID, {"read", FIELD_LANG}, END};
static const struct field machine_fields[] = {SLUG, {"read", FIELD_LANG}, END};
static const struct field compare_fields[] = {
	SLUG, NUMBER, {"since", FIELD_INT, .min = 1, .max = 1000000}, END};
static const struct field search_fields[] = {
	{"q", FIELD_TEXT, .max = 200}, {"skip", FIELD_INT, .min = 0, .max = 10000}, END};
static const struct field pick_fields[] = {
	{"pick", FIELD_TEXT, .required = true, .max = 40},
	{"back", FIELD_TEXT, .required = true, .max = 500},
	{"pick_q", FIELD_TEXT, .max = 200},
	{"pick_standard", FIELD_TEXT, .max = 80},
	END,
};

static const struct field slug_fields[] = {SLUG, END};
static const struct field new_fields[] = {
	{"title", FIELD_TEXT, .required = true, .max = 300},
	{"summary", FIELD_LINES, .max = 2000},
	{"source_lang", FIELD_LANG, .required = true},
	{"publisher", FIELD_TEXT, .max = 200},
	{"licence", FIELD_TEXT, .max = 200},
	{"source_url", FIELD_TEXT, .max = 500},
	END,
};
static const struct field settings_form_fields[] = {SLUG, WORK, END};
static const struct field settings_fields[] = {
	SLUG,
	WORK,
	{"rev", FIELD_INT, .min = 0, .max = INT32_MAX},
	TEXT_REV("title_rev"),
	TEXT_REV("summary_rev"),
	{"title", FIELD_TEXT, .max = 300},
	{"summary", FIELD_LINES, .max = 2000},
	{"publisher", FIELD_TEXT, .max = 200},
	{"licence", FIELD_TEXT, .max = 200},
	{"source_url", FIELD_TEXT, .max = 500},
	END,
};

static const struct field add_form_fields[] = {
	SLUG, {"under", FIELD_TEXT, .max = 36}, {"kind", FIELD_TEXT, .max = 40}, END};
static const char *const add_acts[] = {"more", NULL};
static const struct field add_fields[] = {
	SLUG,
	{"under", FIELD_TEXT, .max = 36},
	{"kind", FIELD_TEXT, .required = true, .max = 40},
	{"code", FIELD_TEXT, .max = 40},
	{"title", FIELD_TEXT, .max = 300},
	{"body", FIELD_LINES, .max = 10000},
	{"act", FIELD_TEXT, .one_of = add_acts},
	END,
};
/* Text areas side by side: see draft_typed(). A form's page reads them to show them again. */
#define PARTS                                                                                      \
	{"part", FIELD_COLUMN, .max = 80}, {"text", FIELD_COLUMN, .max = 10000},                   \
		{"seen", FIELD_COLUMN, .max = 20},                                                 \
	{                                                                                          \
		"asked", FIELD_MANY                                                                \
	}
static const char *const edit_acts[] = {"next", NULL};
#define EDITED                                                                                     \
	WORK, {"rev", FIELD_INT, .min = 0, .max = INT32_MAX}, TEXT_REV("title_rev"),               \
		TEXT_REV("body_rev"), {"kind", FIELD_TEXT, .max = 40},                             \
		{"code", FIELD_TEXT, .max = 40}, {"title", FIELD_TEXT, .max = 300},                \
		{"body", FIELD_LINES, .max = 10000}, PARTS,                                        \
	{                                                                                          \
		"act", FIELD_TEXT, .one_of = edit_acts                                             \
	}
static const struct field edit_form_fields[] = {SLUG, UUID, WORK, PARTS, END};
static const struct field edit_fields[] = {SLUG, UUID, EDITED, END};
static const struct field translate_form_fields[] = {SLUG, NUMBER, UUID, WORK, PARTS, END};
static const struct field translate_fields[] = {SLUG, NUMBER, UUID, EDITED, END};
static const struct field levels_form_fields[] = {SLUG, WORK, PARTS, END};
static const struct field levels_fields[] = {
	SLUG, WORK, PARTS, {"raise", FIELD_TEXT, .max = 36}, END};
static const struct field place_fields[] = {SLUG, UUID, END};
static const char *const hows[] = {"before", "after", "under", NULL};
static const struct field move_fields[] = {
	SLUG,
	UUID,
	{"how", FIELD_TEXT, .required = true, .one_of = hows},
	{"beside", FIELD_TEXT, .required = true, .max = 36},
	END,
};
static const struct field remove_fields[] = {SLUG, UUID, REV, END};
static const struct field link_fields[] = {
	SLUG,
	UUID,
	WORK,
	{"label", FIELD_TEXT, .required = true, .max = 200},
	{"address", FIELD_TEXT, .max = 500},
	END,
};
static const struct field unlink_fields[] = {
	SLUG, UUID, WORK, {"link", FIELD_ID, .required = true}, END};
static const struct field comment_fields[] = {
	SLUG, UUID, WORK, {"comment", FIELD_LINES, .required = true, .max = 5000}, END};
static const struct field resolve_fields[] = {
	SLUG, UUID, WORK, {"comment", FIELD_ID, .required = true}, END};
static const struct field publish_fields[] = {
	SLUG,
	REV,
	{"label", FIELD_TEXT, .max = 40},
	{"note", FIELD_LINES, .max = 1000},
	{"review_by", FIELD_DATE},
	{"langs", FIELD_MANY},
	END,
};
static const struct field drop_fields[] = {SLUG, REV, END};
static const struct field version_fields[] = {SLUG, NUMBER, WORK, END};
static const struct field publish_lang_fields[] = {
	SLUG, NUMBER, {"work", FIELD_LANG, .required = true}, END};
static const struct field deprecate_fields[] = {SLUG, NUMBER, REV, END};
static const struct field replace_form_fields[] = {SLUG, UUID, {"items", FIELD_MANY}, END};
static const struct field replace_fields[] = {
	SLUG, UUID, {"items", FIELD_MANY}, {"note", FIELD_TEXT, .max = 500}, END};

static const char *const relation_codes[] = {"same",     "covers",  "covered", "overlaps",
					     "supports", "related", NULL};
#define RELATION                                                                                   \
	{"relation", FIELD_TEXT, .required = true, .one_of = relation_codes},                      \
		{"strength", FIELD_INT, .min = 0, .max = 3},                                       \
	{                                                                                          \
		"note", FIELD_TEXT, .max = 500                                                     \
	}
static const struct field crosswalk_new_form_fields[] = {
	{"from_standard", FIELD_ID}, {"to_standard", FIELD_ID}, END};
static const struct field crosswalk_new_fields[] = {
	{"title", FIELD_TEXT, .required = true, .max = 200},
	{"from_standard", FIELD_ID, .required = true},
	{"to_standard", FIELD_ID, .required = true},
	END,
};
static const struct field crosswalk_fields[] = {
	SLUG, {"after", FIELD_INT, .min = 0, .max = INT64_MAX}, END};
static const struct field crosswalk_add_form_fields[] = {SLUG,
							 {"from_items", FIELD_MANY},
							 {"to_items", FIELD_MANY},
							 {"relation", FIELD_TEXT, .max = 20},
							 {"strength", FIELD_INT, .max = 3},
							 END};
static const struct field crosswalk_add_fields[] = {
	SLUG, {"from_items", FIELD_MANY}, {"to_items", FIELD_MANY}, RELATION, END};
#define ROW                                                                                        \
	{                                                                                          \
		"row", FIELD_ID, .required = true                                                  \
	}
static const struct field crosswalk_row_form_fields[] = {SLUG, ROW, END};
static const char *const acts[] = {"review", "save", "remove", NULL};
static const struct field crosswalk_row_fields[] = {
	SLUG, ROW, REV, RELATION, {"act", FIELD_TEXT, .required = true, .one_of = acts}, END};

static const struct field import_new_form_fields[] = {
	{"layout", FIELD_TEXT, .max = 40}, {"language", FIELD_LANG}, PAGES_FIRST, END};
static const struct field import_new_fields[] = {
	{"file", FIELD_FILE, .required = true, .max = 16 << 20},
	{"layout", FIELD_TEXT, .max = 40},
	{"language", FIELD_LANG},
	{"onto", FIELD_ID},
	END,
};
#define IMPORT                                                                                     \
	{                                                                                          \
		"import", FIELD_ID, .required = true                                               \
	}
static const struct field import_fields[] = {IMPORT, {"title", FIELD_TEXT, .max = 300}, END};
static const struct field import_item_fields[] = {
	IMPORT, {"item", FIELD_ID, .required = true}, END};
static const char *const saved_as[] = {"version", "language", NULL};
static const struct field import_save_fields[] = {
	IMPORT, {"title", FIELD_TEXT, .max = 300}, {"as", FIELD_TEXT, .one_of = saved_as}, END};
static const struct field import_correct_fields[] = {
	IMPORT,
	REV,
	{"quick", FIELD_TEXT, .max = 40},
	{"op", FIELD_TEXT, .max = 20},
	{"item", FIELD_ID},
	{"at", FIELD_INT, .max = 1 << 20},
	{"kind", FIELD_TEXT, .max = 40},
	{"line", FIELD_INT, .max = INT32_MAX},
	{"descriptor", FIELD_INT, .max = INT32_MAX},
	{"criterion", FIELD_ID},
	{"level", FIELD_ID},
	END,
};

#define READ(path_, handler_, view_, fields_, summary_)                                            \
	{                                                                                          \
		GET, path_, PUBLIC, handler_, view_, &q_standards_version_of, fields_, 0, summary_ \
	}
#define FORM(path_, right_, form_, post_, view_, form_fields_, fields_, summary_)                  \
	{GET, path_, right_, form_, view_, NULL, form_fields_, 0, summary_ ": the form"},          \
	{                                                                                          \
		POST, path_, right_, post_, view_, NULL, fields_, 0, summary_                      \
	}
#define ITEM "/standards/:slug/draft/items/:uuid"

static const struct route routes[] = {
	/* Reading */
	{GET, "/standards", PUBLIC, standards_index, "standards/index",
	 &q_standards_version_of_list, index_fields, 0, "The standards of an organisation"},
	{GET, "/standards/search", PUBLIC, standards_search, "standards/search",
	 &q_standards_version_of_index, search_fields, 0, "Items of standards by their words"},
	READ("/standards/:slug", standards_show, "standards/show", reading_fields,
	     "A standard, its newest version"),
	READ("/standards/:slug/v/:number", standards_show, "standards/show", reading_fields,
	     "One version of it"),
	READ("/standards/:slug/rubric", standards_rubric, "standards/rubric", reading_fields,
	     "Its rubric as a grid"),
	READ("/standards/:slug/v/:number/rubric", standards_rubric, "standards/rubric",
	     reading_fields, "The rubric of one version"),
	READ("/standards/:slug/glossary", standards_glossary, "standards/glossary", reading_fields,
	     "Its terms"),
	READ("/standards/:slug/v/:number/glossary", standards_glossary, "standards/glossary",
	     reading_fields, "The terms of one version"),
	READ("/standards/:slug/versions", standards_versions, "standards/versions", reading_fields,
	     "Its versions with their languages"),
	READ("/standards/:slug/machines", case_machines, "standards/machines", machine_fields,
	     "How programs read it: copies to take away, addresses that last"),
	READ("/standards/:slug/v/:number/since/:since", standards_compare, "standards/compare",
	     compare_fields, "What changed between two versions"),
	READ("/standards/:slug/items/:uuid", standards_item, "standards/item", item_fields,
	     "An item, as the newest version has it"),
	READ("/standards/:slug/v/:number/items/:uuid", standards_item, "standards/item",
	     item_fields, "An item, as one version has it"),
	{POST, "/standards/pick", SIGNED_IN, standards_pick, "standards/pick", NULL, pick_fields, 0,
	 "The item picker: takes a half-filled form and gives it back"},

	/* Writing */
	FORM("/standards/new", STANDARDS_EDIT, standards_new_form, standards_new, "standards/new",
	     NULL, new_fields, "Write a new standard"),
	FORM("/standards/:slug/settings", STANDARDS_TRANSLATE, standards_settings_form,
	     standards_settings, "standards/settings", settings_form_fields, settings_fields,
	     "Name, summary and origin of a standard"),
	{GET, "/standards/:slug/draft", STANDARDS_READ_DRAFT, draft_show, "standards/draft", NULL,
	 slug_fields, 0, "The draft of a standard"},
	{POST, "/standards/:slug/draft", STANDARDS_EDIT, draft_begin, NULL, NULL, slug_fields, 0,
	 "Opens a draft of the next version"},
	FORM("/standards/:slug/draft/drop", STANDARDS_EDIT, draft_drop_form, draft_drop,
	     "standards/draft_drop", slug_fields, drop_fields, "Throw the draft away"),
	FORM("/standards/:slug/draft/add", STANDARDS_EDIT, draft_add_form, draft_add,
	     "standards/draft_add", add_form_fields, add_fields, "Add an item to the draft"),
	FORM("/standards/:slug/draft/levels", STANDARDS_TRANSLATE, draft_levels_form, draft_levels,
	     "standards/draft_levels", levels_form_fields, levels_fields,
	     "The levels of a rubric and what they are called"),
	{GET, ITEM, STANDARDS_READ_DRAFT, draft_edit_form, "standards/draft_item", NULL,
	 edit_form_fields, 0, "An item of the draft: texts, parts and comments"},
	{POST, ITEM, STANDARDS_TRANSLATE, draft_edit, "standards/draft_item", NULL, edit_fields, 0,
	 "Change an item or its translation"},
	FORM(ITEM "/move", STANDARDS_EDIT, draft_move_form, draft_move, "standards/draft_move",
	     place_fields, move_fields, "Move an item"),
	FORM(ITEM "/remove", STANDARDS_EDIT, draft_remove_form, draft_remove,
	     "standards/draft_remove", place_fields, remove_fields,
	     "Remove an item from the draft"),
	{POST, ITEM "/links", STANDARDS_EDIT, draft_link, "standards/draft_item", NULL, link_fields,
	 0, "Add a link to an item"},
	{POST, ITEM "/links/remove", STANDARDS_EDIT, draft_unlink, "standards/draft_item", NULL,
	 unlink_fields, 0, "Remove a link"},
	{POST, ITEM "/comments", STANDARDS_COMMENT, draft_comment, "standards/draft_item", NULL,
	 comment_fields, 0, "Comment on an item of the draft"},
	{POST, ITEM "/comments/:comment", STANDARDS_EDIT, draft_resolve, NULL, NULL, resolve_fields,
	 0, "Settle a comment"},
	FORM("/standards/:slug/draft/publish", STANDARDS_PUBLISH, publish_form, publish,
	     "standards/publish", slug_fields, publish_fields, "Publish the draft"),
	{GET, "/standards/:slug/v/:number/languages", STANDARDS_TRANSLATE, publish_lang_form,
	 "standards/publish_lang", NULL, version_fields, 0,
	 "How far each language of a version is"},
	{POST, "/standards/:slug/v/:number/languages", STANDARDS_PUBLISH, publish_lang,
	 "standards/publish_lang", NULL, publish_lang_fields, 0,
	 "Publish a later language of a version"},
	FORM("/standards/:slug/v/:number/items/:uuid/translate", STANDARDS_TRANSLATE,
	     draft_translate_form, draft_translate, "standards/translate", translate_form_fields,
	     translate_fields, "Translate an item of a published version"),
	FORM("/standards/:slug/v/:number/deprecate", STANDARDS_PUBLISH, deprecate_form, deprecate,
	     "standards/deprecate", version_fields, deprecate_fields, "Deprecate a version"),
	FORM("/standards/:slug/items/:uuid/replace", STANDARDS_PUBLISH, replace_form, replace,
	     "standards/replace", replace_form_fields, replace_fields,
	     "Say which items take the place of one"),

	/* Importing */
	{GET, "/standards/imports/new", STANDARDS_EDIT, import_new_form, "standards/import_new",
	 NULL, import_new_form_fields, 0, "Import a document: the form, and imports under way"},
	{POST, "/standards/imports/new", STANDARDS_EDIT, import_new, "standards/import_new", NULL,
	 import_new_fields, ROUTE_SLOW, "Import a document: reads it"},
	{GET, "/standards/imports/:import", STANDARDS_EDIT, import_preview, "standards/import",
	 NULL, import_fields, 0,
	 "An import before it is saved: its tree and every line not placed"},
	{POST, "/standards/imports/:import", STANDARDS_EDIT, import_correct, "standards/import",
	 NULL, import_correct_fields, 0, "Correct an import, or take the last correction back"},
	{GET, "/standards/imports/:import/items/:item", STANDARDS_EDIT, import_item_form,
	 "standards/import_item", NULL, import_item_fields, 0,
	 "One item of an import: its corrections"},
	{POST, "/standards/imports/:import/save", STANDARDS_EDIT, import_keep, "standards/import",
	 NULL, import_save_fields, ROUTE_SLOW,
	 "Save an import as a draft, a next version or a language"},
	{POST, "/standards/imports/:import/remove", STANDARDS_EDIT, import_drop, NULL, NULL,
	 import_fields, 0, "Throw an import away"},

	/* Crosswalks */
	{GET, "/standards/crosswalks", PUBLIC, crosswalk_index, "standards/crosswalk_index",
	 &q_crosswalk_version_of_index, NULL, 0, "The crosswalks of an organisation"},
	FORM("/standards/crosswalks/new", STANDARDS_CROSSWALK, crosswalk_new_form, crosswalk_new,
	     "standards/crosswalk_new", crosswalk_new_form_fields, crosswalk_new_fields,
	     "Start a crosswalk"),
	{GET, "/standards/crosswalks/:slug", PUBLIC, crosswalk_show, "standards/crosswalk",
	 &q_crosswalk_version_of, crosswalk_fields, 0, "A crosswalk, row by row"},
	/* The form goes through all words of a standard. */
	{GET, "/standards/crosswalks/:slug/add", STANDARDS_CROSSWALK, crosswalk_add_form,
	 "standards/crosswalk_add", NULL, crosswalk_add_form_fields, ROUTE_SLOW,
	 "Add rows to a crosswalk: the form"},
	{POST, "/standards/crosswalks/:slug/add", STANDARDS_CROSSWALK, crosswalk_add,
	 "standards/crosswalk_add", NULL, crosswalk_add_fields, ROUTE_SLOW,
	 "Add rows to a crosswalk"},
	FORM("/standards/crosswalks/:slug/rows/:row", STANDARDS_CROSSWALK, crosswalk_row_form,
	     crosswalk_row_save, "standards/crosswalk_row", crosswalk_row_form_fields,
	     crosswalk_row_fields, "Judge a row of a crosswalk"),
	{0},
};

static const struct option_row import_options[] = {
	{"org", "SLUG", "organisation it goes to; needed where there are several"},
	{"layout", "NAME",
	 "how the document is set out, or case; auto (the default) tries all and says why"},
	{"lang", "en|fr", "language of the document; found out where it is not given"},
	{"onto", "STANDARD",
	 "a standard's slug: its text in another language, or its next edition"},
	{"publish", NULL, "adopt it at once: it is published already"},
	{"follow", NULL, "import the documents that follow in the same file too"},
	{"dry-run", NULL, "read it and say what would come in; save nothing"},
	{"json", NULL, "print the whole result as JSON"},
	{0},
};

static const struct option_row export_options[] = {
	{"org", "SLUG", "organisation it belongs to"},
	{"version", "N", "its number; the newest adopted one where it is not given"},
	{"format", "csv|json", "csv where it is not given"},
	{0},
};

static const struct command commands[] = {
	{.name = "import standard",
	 .usage = "FILE [--org SLUG] [--layout NAME|auto] [--lang en|fr] [--onto STANDARD] "
		  "[--dry-run] "
		  "[--json]",
	 .summary = "read a standards document as published, and save it as a draft",
	 .more = "Every line of the document becomes part of an item, is known as furniture "
		 "(running\n"
		 "heads, page numbers), or is listed as unplaced with the reason.\n"
		 "A CASE package (1.0 or 1.1, JSON) is known by itself: a newer copy of one that "
		 "is\n"
		 "here is its next draft, one that isTranslationOf it lays its words onto its "
		 "items.",
	 .options = import_options,
	 .run = import_standard_command,
	 .flags = COMMAND_DRY_RUN},
	{.name = "export standard",
	 .usage = "SLUG --org SLUG [--version N] [--format csv|json]",
	 .summary = "write a standard as CSV or JSON to the standard output",
	 .more = "One row an item: code, kind, its parent, and title and text in each language, "
		 "then\n"
		 "levels, ratings and links; last come rows for the standard, its kinds and "
		 "levels.\n"
		 "waypost import standard takes the table back: untouched, it changes nothing.",
	 .options = export_options,
	 .run = export_standard_command},
	{0},
};

static const struct personal personal[] = {
	{"comments", N_("Comments on drafts"), "standard_comment.person", &q_standards_comments_of,
	 ERASURE_ERASED, &q_standards_comments_kept, &q_standards_comments_gone},
	{0},
};

const struct feature standards_feature = {
	.name = "standards",
	.routes = routes,
	.label = N_("Standards"),
	.about = N_("What practitioners are expected to know and do, version by version"),
	.path = "/standards",
	.right = PUBLIC,
	.commands = commands,
	.reindex = store_reindex,
	.jobs = standards_jobs,
	.apart = standards_apart,
	.personal = personal,
	.demo_fill = standards_demo_fill,
	.demo_scale = standards_demo_scale,
};

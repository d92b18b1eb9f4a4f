#include "app/people/people_consent.h"

#include "core/pages.h"
#include "core/right.h"

static const struct field band_add_fields[] = {
	{.name = "position", .kind = FIELD_INT, .required = true, .min = 1, .max = 99},
	{.name = "adult", .kind = FIELD_FLAG},
	{.name = "name", .kind = FIELD_COLUMN, .max = 80},
	{0},
};
static const struct field band_fields[] = {
	{.name = "band", .kind = FIELD_ID, .required = true},
	{.name = "position", .kind = FIELD_INT, .required = true, .min = 1, .max = 99},
	{.name = "adult", .kind = FIELD_FLAG},
	{.name = "name", .kind = FIELD_COLUMN, .max = 80},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field band_id_fields[] = {
	{.name = "band", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field band_purpose_fields[] = {
	{.name = "purpose", .kind = FIELD_COLUMN, .max = 40},
	{.name = "from", .kind = FIELD_COLUMN, .max = 20},
	{0},
};
static const struct field person_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field place_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "band", .kind = FIELD_ID, .required = true},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{.name = "until", .kind = FIELD_DATE},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};

static const char *const whoms[] = {"ticked", "all", NULL};
static const struct field unbanded_fields[] = {
	{.name = "group", .kind = FIELD_ID}, PAGES_FIRST, {0}};
static const struct field unbanded_put_fields[] = {
	{.name = "people", .kind = FIELD_MANY},
	{.name = "group", .kind = FIELD_ID},
	{.name = "band", .kind = FIELD_ID, .required = true},
	{.name = "since", .kind = FIELD_DATE, .required = true},
	{.name = "until", .kind = FIELD_DATE},
	{.name = "whom", .kind = FIELD_TEXT, .one_of = whoms},
	{.name = "sure", .kind = FIELD_FLAG},
	{0},
};

static const struct field purpose_fields[] = {
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "before", .kind = FIELD_ID},
	{0},
};
static const struct field purpose_add_fields[] = {
	{.name = "name", .kind = FIELD_COLUMN, .max = 80},
	{.name = "words", .kind = FIELD_COLUMN, .max = 2000},
	{0},
};
static const struct field purpose_save_fields[] = {
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "name", .kind = FIELD_COLUMN, .max = 80},
	{.name = "words", .kind = FIELD_COLUMN, .max = 2000},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};
static const struct field purpose_retire_fields[] = {
	{.name = "code", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "rev", .kind = FIELD_INT, .required = true},
	{0},
};

static const struct field group_fields[] = {
	{.name = "group", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field ask_fields[] = {
	{.name = "group", .kind = FIELD_ID, .required = true},
	{.name = "purposes", .kind = FIELD_MANY},
	{.name = "answer_by", .kind = FIELD_DATE, .required = true},
	{0},
};
static const struct field sheet_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "speaks", .kind = FIELD_TEXT, .max = 20},
	{.name = "said", .kind = FIELD_FLAG},
	{0},
};
static const struct field answer_fields[] = {
	{.name = "key", .kind = FIELD_TEXT, .required = true, .max = 100},
	{.name = "speaks", .kind = FIELD_TEXT, .max = 20},
	{.name = "learner", .kind = FIELD_COLUMN, .max = 20},
	{.name = "purpose", .kind = FIELD_COLUMN, .max = 40},
	{.name = "answer", .kind = FIELD_COLUMN, .max = 10},
	{0},
};

static const struct field pages_fields[] = {PAGES_FIRST, {0}};
static const struct field correction_fields[] = {
	{.name = "correction", .kind = FIELD_ID, .required = true},
	{.name = "answer", .kind = FIELD_LINES, .required = true, .max = 2000},
	{0},
};

static const struct route routes[] = {
	{GET, "/people/corrections", PEOPLE_MANAGE, people_corrections, "people/people_corrections",
	 .fields = pages_fields, .summary = "What people ask to have corrected"},
	{POST, "/people/corrections/:correction", PEOPLE_MANAGE, people_correction_answer,
	 "people/people_corrections", .fields = correction_fields,
	 .summary = "Answer who asked for a correction"},
	{GET, "/people/groups/:group/consents", GROUPS_READ, people_group_consents,
	 "people/people_consent_matrix", .fields = group_fields, .flags = ROUTE_TRACE,
	 .summary = "The consents of a group, learner by purpose"},
	{POST, "/people/groups/:group/consents", GUARDIANS_MANAGE, people_group_ask,
	 "people/people_consent_matrix", .fields = ask_fields,
	 .summary = "Ask the people of a group for consents, each by one letter"},
	{POST, "/people/groups/:group/consents/remind", GUARDIANS_MANAGE, people_group_remind,
	 .fields = group_fields, .summary = "Remind who has not answered"},
	{GET, "/people/answer/:key", PUBLIC, people_consent_sheet, "people/people_consent_sheet",
	 .fields = sheet_fields, .flags = ROUTE_TOKEN, .summary = "Consents behind their link"},
	{POST, "/people/answer/:key", PUBLIC, people_consent_answer, "people/people_consent_sheet",
	 .fields = answer_fields, .flags = ROUTE_TOKEN,
	 .summary = "Answer for children and oneself, or take an answer back"},
	{GET, "/people/purposes", GUARDIANS_MANAGE, people_purposes, "people/people_purposes",
	 .summary = "What consent is asked for"},
	{POST, "/people/purposes", GUARDIANS_MANAGE, people_purpose_add, "people/people_purposes",
	 .fields = purpose_add_fields, .summary = "Ask consent for something else"},
	{GET, "/people/purposes/:code", GUARDIANS_MANAGE, people_purpose, "people/people_purpose",
	 .fields = purpose_fields, .flags = ROUTE_TRACE,
	 .summary = "One purpose of consent, and who answered which version"},
	{POST, "/people/purposes/:code", GUARDIANS_MANAGE, people_purpose_save,
	 "people/people_purpose", .fields = purpose_save_fields,
	 .summary = "Word a purpose anew, as a new version"},
	{POST, "/people/purposes/:code/retire", GUARDIANS_MANAGE, people_purpose_retire,
	 "people/people_purpose", .fields = purpose_retire_fields,
	 .summary = "No longer ask for a purpose, or again"},
	{GET, "/people/bands", GUARDIANS_MANAGE, people_bands, "people/people_bands",
	 .summary = "Age bands, and from which on a learner decides what alone"},
	{POST, "/people/bands", GUARDIANS_MANAGE, people_band_add, "people/people_bands",
	 .fields = band_add_fields, .summary = "Add an age band"},
	{POST, "/people/bands/purposes", GUARDIANS_MANAGE, people_band_purposes,
	 .fields = band_purpose_fields,
	 .summary = "Say from which age band on a learner decides a purpose alone"},
	{GET, "/people/bands/without", GUARDIANS_MANAGE, people_unbanded, "people/people_unbanded",
	 .fields = unbanded_fields, .summary = "Learners without an age band"},
	{POST, "/people/bands/without", GUARDIANS_MANAGE, people_unbanded_put,
	 "people/people_unbanded", .fields = unbanded_put_fields,
	 .summary = "Give learners without an age band one, seen first"},
	{POST, "/people/bands/:band", GUARDIANS_MANAGE, people_band_change, "people/people_bands",
	 .fields = band_fields, .summary = "Change an age band"},
	{POST, "/people/bands/:band/remove", GUARDIANS_MANAGE, people_band_remove,
	 .fields = band_id_fields, .summary = "Remove an age band that nobody is in"},
	{GET, "/people/:person/band", GUARDIANS_MANAGE, people_band_page, "people/people_band",
	 .fields = person_fields, .flags = ROUTE_TRACE,
	 .summary = "The age band of a person, and who decides for them"},
	{POST, "/people/:person/band", GUARDIANS_MANAGE, people_band_save, "people/people_band",
	 .fields = place_fields, .summary = "Say in which age band a person is, and until when"},
	{0},
};

static const struct job_kind jobs[] = {
	{.name = PEOPLE_JOB_CONSENTS, .run = people_consent_job},
	{0},
};

const struct feature people_consent_feature = {
	.name = "people",
	.routes = routes,
	.letters = people_consent_letters,
	.jobs = jobs,
	.demo_fill = people_consent_demo_fill,
};

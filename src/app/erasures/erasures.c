#include "app/erasures/erasures.h"

#include "base/buf.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/contact.h"
#include "core/erasure.h"
#include "core/guardian.h"
#include "core/letter.h"
#include "core/org.h"
#include "core/person.h"
#include "core/personal.h"
#include "core/right.h"
#include "web/i18n.h"

enum { PAGE = 50 };

/* ---- the letter that tells of the answer ---- */

static const struct letter_blank blanks[] = {
	{.name = "name", .meaning = N_("The name of who asked"), .sample = "Camille Roy"},
	LETTER_ORG,
	{.name = "answer",
	 .required = true,
	 .meaning = N_("What was erased, and what is kept until when"),
	 .sample = "…"},
	{0},
};

static const struct letter_words words[] = {
	{"en", "What {{org}} has erased",
	 "Hello {{name}},\n\n"
	 "You asked {{org}} to erase what it keeps of you. This was done:\n\n"
	 "{{answer}}\n\n"
	 "If you do not agree, answer this letter."},
	{"fr", "Ce que {{org}} a effacé",
	 "Bonjour {{name}},\n\n"
	 "Vous avez demandé à « {{org}} » d’effacer ce qui est conservé à votre sujet. Voici ce "
	 "qui a été fait :\n\n"
	 "{{answer}}\n\n"
	 "Si vous n’êtes pas d’accord, répondez à cette lettre."},
	{0},
};

static const struct letter_kind answered_letter = {
	.name = "erasures.answered",
	.summary = N_("The answer to who asked to be erased"),
	.blanks = blanks,
	.words = words,
};

static const char *answer_words(struct str answer)
{
	if (str_is(answer, "kept"))
		return N_("kept until %s: %s");
	return str_is(answer, "erased") ? N_("erased") : N_("kept without your name");
}

/* "Letters – erased; …" in the language of who reads it, not of who answers. */
static struct str told(struct req *req, const struct val *lines, struct str lang)
{
	const struct catalogue *theirs = catalogue_shipped(req->arena, lang);
	struct buf b = {.arena = req->arena};
	for (size_t i = 0; i < val_count(lines); i++) {
		const struct val *line = val_at(lines, i);
		const struct personal *kind = personal_named(req->personal, val_s(line, "kind"));
		int64_t day = 0;
		day_read(val_s(line, "until"), &day);
		if (b.n)
			buf_lit(&b, "; ");
		buf_add(&b,
			kind ? str_of(catalogue_text(theirs, kind->title)) : val_s(line, "kind"));
		buf_lit(&b, " – ");
		buf_add(&b, str_fmt(req->arena,
				    catalogue_text(theirs, answer_words(val_s(line, "answer"))),
				    str_c(req->arena, day_show(req->arena, lang, DAY_LONG, day)),
				    str_c(req->arena, val_s(line, "because"))));
	}
	return b.n ? buf_str(&b) : str_of(catalogue_text(theirs, N_("Nothing is kept.")));
}

/* ---- list and one request ---- */

static int index_page(struct req *req)
{
	struct val *rows = erasure_list(req->db, req->arena, val_i(req->org, "id"),
					val_i(req->in, "before"), PAGE);
	val_set(req->out, "rows", guardian_shown(req, rows, "person"));
	val_set_int(req->out, "older",
		    val_count(rows) == PAGE ? val_i(val_at(rows, PAGE - 1), "id") : 0);
	return OK;
}

static struct erasure_act act_of(struct req *req)
{
	struct wall today = instant_wall(req->now, req_zone(req));
	return (struct erasure_act){.org = val_i(req->org, "id"),
				    .id = val_i(req->in, "erasure"),
				    .by = val_i(req->me, "id"),
				    .now = req->now,
				    .lang = req->lang,
				    .today = today.day,
				    .kinds = req->personal};
}

static bool over(struct req *req, const struct val *row)
{
	struct rights mine = {req->right_bits};
	return right_over(mine, ERASURES_MANAGE, val_i(req->me, "id"), val_i(row, "person"));
}

static struct val *row_of(struct req *req, const struct erasure_act *act)
{
	struct val *row = erasure_row(req->db, req->arena, act->org, act->id);
	return guardian_keeps(guardian_kept(req), val_i(row, "person")) ? val_null() : row;
}

static int show(struct req *req)
{
	struct erasure_act act = act_of(req);
	struct val *row = row_of(req, &act), *lines;
	if (val_is_null(row))
		return NOT_FOUND;
	bool open = !val_i(row, "answered_at") && !val_i(row, "withdrawn_at");
	lines = open ? erasure_plan(req->db, req->arena, &act, val_i(row, "person"))
		     : erasure_lines(req->db, req->arena, act.id);
	erasure_label(req, lines);
	val_set(req->out, "request", row);
	val_set(req->out, "lines", lines);
	val_set_bool(req->out, "open", open);
	val_set_bool(req->out, "may_answer", open && over(req, row));
	return OK;
}

/* To the address they had: when the letter leaves they may have none here. */
static void tell(struct req *req, const struct val *row, struct str email, struct str lang)
{
	const struct val *lines = erasure_lines(req->db, req->arena, val_i(row, "id"));
	if (!email.n)
		return;
	letter_post(req->db, req->arena,
		    &(struct letter){.kind = &answered_letter,
				     .org = val_i(req->org, "id"),
				     .to_address = email,
				     .to_name = val_s(row, "name"),
				     .lang = lang,
				     .values = ARGS(req->arena, ARG_AS("name", val_s(row, "name")),
						    ARG_AS("org", val_s(req->org, "name")),
						    ARG_AS("answer", told(req, lines, lang))),
				     .key = str_c(req->arena, str_fmt(req->arena, "erasure %lld",
								      (long long)val_i(row, "id"))),
				     .now = req->now});
}

static int answer(struct req *req)
{
	struct erasure_act act = act_of(req);
	const struct val *row = row_of(req, &act);
	if (val_is_null(row))
		return NOT_FOUND;
	if (!over(req, row))
		return FORBIDDEN;
	struct str email =
		contact_email(req->db, req->arena, val_i(req->org, "id"), val_i(row, "person"));
	struct str lang = val_s(person_by_id(req->db, req->arena, val_i(row, "person")), "lang");
	if (!erasure_answer(req->db, req->arena, &act)) {
		flash(req,
		      N_("Nothing was erased: it was answered or withdrawn meanwhile, or this is "
			 "the last person who may give roles."));
		return see_other(req, "/erasures/%lld", (long long)act.id);
	}
	tell(req, row, email, lang);
	audit_add(req->db, req->arena,
		  &(struct audit){.org = act.org,
				  .made_by = act.by,
				  .verb = "erasure.answered",
				  .object_kind = "erasure",
				  .object = act.id,
				  .request_id = req->request_id,
				  .at = req->now});
	flash(req, N_("It is done, and the person is told."));
	return see_other(req, "/erasures/%lld", (long long)act.id);
}

/* ---- asked on paper or by telephone ---- */

static int new_page(struct req *req)
{
	struct val *person = person_in_org(req->db, req->arena, val_i(req->org, "id"),
					   val_i(req->in, "person"), req->now);
	if (val_is_null(person))
		return NOT_FOUND;
	val_set(req->out, "person", person);
	return OK;
}

static int add(struct req *req)
{
	struct erasure_ask ask = {.org = val_i(req->org, "id"),
				  .person = val_i(req->in, "person"),
				  .how = str_c(req->arena, val_s(req->in, "asked_how")),
				  .by = val_i(req->me, "id"),
				  .words = val_s(req->in, "words"),
				  .now = req->now};
	if (val_is_null(person_in_org(req->db, req->arena, ask.org, ask.person, req->now)))
		return NOT_FOUND;
	int64_t id = erasure_ask(req->db, req->arena, &ask);
	if (!id) {
		invalid(req, "words", N_("A request of this person is open already."));
		return INVALID;
	}
	return see_other(req, "/erasures/%lld", (long long)id);
}

static const char *const hows[] = {"paper", "telephone", "in_person", NULL};

static const struct field list_fields[] = {{.name = "before", .kind = FIELD_INT}, {0}};
static const struct field person_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field add_fields[] = {
	{.name = "person", .kind = FIELD_ID, .required = true},
	{.name = "asked_how", .kind = FIELD_TEXT, .required = true, .one_of = hows},
	{.name = "words", .kind = FIELD_LINES, .max = 2000},
	{0},
};
static const struct field erasure_fields[] = {
	{.name = "erasure", .kind = FIELD_ID, .required = true},
	{0},
};
static const struct field rule_fields[] = {
	{.name = "kind", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "jurisdiction", .kind = FIELD_TEXT, .required = true, .max = 40},
	{.name = "months", .kind = FIELD_INT, .required = true, .min = 1, .max = 1200},
	{.name = "because", .kind = FIELD_TEXT, .required = true, .max = 300},
	{0},
};
static const struct field rule_id_fields[] = {
	{.name = "rule", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/erasures", ERASURES_MANAGE, index_page, "erasures/index", .fields = list_fields,
	 .summary = "Who asked to be erased"},
	{GET, "/erasures/new", ERASURES_MANAGE, new_page, "erasures/new", .fields = person_fields,
	 .summary = "Form for a request that came on paper or by telephone"},
	{POST, "/erasures", ERASURES_MANAGE, add, "erasures/new", .fields = add_fields,
	 .summary = "Write down that a person asks to be erased"},
	{GET, "/erasures/:erasure", ERASURES_MANAGE, show, "erasures/show",
	 .fields = erasure_fields,
	 .summary = "One request, with what would be or was answered, line by line"},
	{POST, "/erasures/:erasure", ERASURES_MANAGE, answer, .fields = erasure_fields,
	 .summary = "Carry out what is planned, and tell the person"},
	{GET, "/erasures/rules", ERASURES_MANAGE, erasures_rules, "erasures/rules",
	 .summary = "What must be kept, how long, and why"},
	{POST, "/erasures/rules", ERASURES_MANAGE, erasures_rule_add, "erasures/rules",
	 .fields = rule_fields, .summary = "Add a rule by which something is kept"},
	{POST, "/erasures/rules/:rule/retire", ERASURES_MANAGE, erasures_rule_retire,
	 .fields = rule_id_fields, .summary = "End a rule by which something is kept"},
	{0},
};

static const struct letter_kind *const letters[] = {&answered_letter, NULL};

const struct feature erasures_feature = {.name = "erasures", .routes = routes, .letters = letters};

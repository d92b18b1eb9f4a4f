/* What ties the organisation to others on this server. One side proposes, the other answers. */
#include "app/org/org.h"

#include "core/affiliation.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/choices.h"
#include "core/contact.h"
#include "core/letter.h"
#include "core/org.h"
#include "core/right.h"

static const struct {
	const char *kind, *ours, *theirs;
} kinds[] = {
	{"member_of", N_("We are a member of"), N_("Our member is")},
	{"uses_standards_of", N_("We use the standards of"), N_("Our standards are used by")},
	{"reports_to", N_("We report to"), N_("We get reports from")},
};

static const char *kind_label(const struct val *row)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(val_s(row, "kind"), kinds[i].kind))
			return val_i(row, "mine") ? kinds[i].ours : kinds[i].theirs;
	return "";
}

static const char *state_label(const struct val *row, struct str day)
{
	struct str state = val_s(row, "state"), until = val_s(row, "until");
	if (str_is(state, "proposed"))
		return val_i(row, "mine") ? N_("waits for their answer")
					  : N_("waits for your answer");
	if (str_is(state, "declined"))
		return N_("declined");
	if (str_is(state, "withdrawn"))
		return N_("withdrawn");
	if (until.n && str_cmp(until, day) <= 0)
		return N_("ended");
	return str_cmp(val_s(row, "since"), day) > 0 ? N_("agreed, begins later") : N_("holds");
}

static void show_row(struct req *req, struct val *row)
{
	bool proposed = str_is(val_s(row, "state"), "proposed");
	bool open = str_is(val_s(row, "state"), "confirmed") && !val_s(row, "until").n;
	val_set_str(row, "label", str_of(kind_label(row)));
	val_set_str(row, "state_label", str_of(state_label(row, req_today(req))));
	val_set_bool(row, "to_answer", proposed && !val_i(row, "mine"));
	val_set_bool(row, "to_withdraw", proposed && val_i(row, "mine"));
	val_set_bool(row, "to_end", open);
}

static void show_choices(struct req *req)
{
	struct val *list = val_set_list(req->out, "kind_choices");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		choice(list, str_of(kinds[i].kind), str_of(tr(req, kinds[i].ours)), false);
	const struct val *others =
		affiliation_others(req->db, req->arena, val_i(req->org, "id"), req->lang);
	list = val_set_list(req->out, "other_choices");
	for (size_t i = 0; i < val_count(others); i++)
		choice_id(list, val_i(val_at(others, i), "id"), val_s(val_at(others, i), "name"),
			  false);
}

int org_affiliations(struct req *req)
{
	struct val *rows = affiliations(req->db, req->arena, val_i(req->org, "id"), req->lang);
	for (size_t i = 0; i < val_count(rows); i++)
		show_row(req, val_at(rows, i));
	val_set(req->out, "rows", rows);
	if (!val_s(req->in, "since").n)
		val_set_str(req->in, "since", req_today(req));
	show_choices(req);
	return OK;
}

/* ---- the letters to the other side ---- */

#define BLANKS(of_whom)                                                                            \
	{.name = "name", .meaning = N_("The name of the person"), .sample = "Awa Diop"},           \
		{.name = "by", .meaning = (of_whom), .sample = "Birch Council"}, LETTER_ORG,       \
		{.name = "link",                                                                   \
		 .link = true,                                                                     \
		 .required = true,                                                                 \
		 .meaning = N_("The page with the proposal"),                                      \
		 .sample = "/org/affiliations/12"},                                                \
	{                                                                                          \
		0                                                                                  \
	}
static const struct letter_blank blanks[] = {BLANKS(N_("The organisation that proposes"))};
static const struct letter_blank answer_blanks[] = {BLANKS(N_("The organisation that answers"))};

static const struct letter_words texts[] = {
	{"en", "{{by}} proposes an affiliation to {{org}}",
	 "Hello {{name}},\n\n"
	 "{{by}} proposes an affiliation to {{org}}. It holds only when somebody who looks after "
	 "the settings of {{org}} has confirmed it. Read what is proposed, then confirm or decline "
	 "it:\n\n"
	 "{{link}}"},
	{"fr", "{{by}} propose une affiliation à {{org}}",
	 "Bonjour {{name}},\n\n"
	 "{{by}} propose une affiliation à {{org}}. Elle ne vaudra qu’une fois confirmée par une "
	 "personne qui s’occupe des réglages de {{org}}. Pour lire la proposition, puis la "
	 "confirmer ou la décliner :\n\n"
	 "{{link}}"},
	{0},
};

const struct letter_kind org_affiliation_letter = {
	.name = "org.affiliation",
	.summary = N_("Another organisation proposes an affiliation"),
	.blanks = blanks,
	.words = texts,
};

static const struct letter_words confirmed[] = {
	{"en", "{{by}} has confirmed the affiliation with {{org}}",
	 "Hello {{name}},\n\n"
	 "{{by}} has confirmed the affiliation that {{org}} proposed. What holds now is written "
	 "here:\n\n"
	 "{{link}}"},
	{"fr", "{{by}} a confirmé l’affiliation avec {{org}}",
	 "Bonjour {{name}},\n\n"
	 "{{by}} a confirmé l’affiliation proposée par {{org}}. Ce qui vaut désormais est écrit "
	 "ici :\n\n"
	 "{{link}}"},
	{0},
};

static const struct letter_words declined[] = {
	{"en", "{{by}} has declined the affiliation with {{org}}",
	 "Hello {{name}},\n\n"
	 "{{by}} has declined the affiliation that {{org}} proposed. It does not hold. The "
	 "proposal "
	 "and the answer are here:\n\n"
	 "{{link}}"},
	{"fr", "{{by}} a décliné l’affiliation avec {{org}}",
	 "Bonjour {{name}},\n\n"
	 "{{by}} a décliné l’affiliation proposée par {{org}}. Elle ne vaut donc pas. La "
	 "proposition "
	 "et la réponse se trouvent ici :\n\n"
	 "{{link}}"},
	{0},
};

const struct letter_kind org_affiliation_confirmed_letter = {
	.name = "org.affiliation_confirmed",
	.summary = N_("Another organisation confirms an affiliation"),
	.blanks = answer_blanks,
	.words = confirmed,
};

const struct letter_kind org_affiliation_declined_letter = {
	.name = "org.affiliation_declined",
	.summary = N_("Another organisation declines an affiliation"),
	.blanks = answer_blanks,
	.words = declined,
};

static void post_letter(struct req *req, const struct letter_kind *kind, struct val *other,
			int64_t affiliation, const struct val *person)
{
	struct arena *a = req->arena;
	struct str lang = val_s(person, "lang"), name = val_s(person, "name");
	struct val *ours = org_by_id(req->db, a, val_i(req->org, "id"));
	struct str email = contact_email(req->db, a, val_i(other, "id"), val_i(person, "id"));
	org_speak(ours, lang);
	org_speak(other, lang);
	struct str link = str_fmt(a, STR_FMT "/org/affiliations/%lld",
				  STR_ARG(val_s(other, "base")), (long long)affiliation);
	struct str key = str_fmt(a, "%s %lld to %lld", kind->name, (long long)affiliation,
				 (long long)val_i(person, "id"));
	letter_post(req->db, a,
		    &(struct letter){.kind = kind,
				     .org = val_i(other, "id"),
				     .person = val_i(person, "id"),
				     .to_address = email,
				     .to_name = name,
				     .lang = lang,
				     .values = ARGS(a, ARG(name), ARG(link),
						    ARG_AS("by", val_s(ours, "name")),
						    ARG_AS("org", val_s(other, "name"))),
				     .key = str_c(a, key),
				     .now = req->now});
}

/* In the other organisation's name and words, each in their own language. */
static void tell_them(struct req *req, const struct letter_kind *kind, int64_t id,
		      int64_t affiliation)
{
	struct val *other = org_by_id(req->db, req->arena, id);
	const struct val *people = right_holders(req->db, req->arena, id, ORG_MANAGE, req->now);
	for (size_t i = 0; i < val_count(people); i++)
		post_letter(req, kind, other, affiliation, val_at(people, i));
}

/* ---- proposing ---- */

static void note(struct req *req, const char *verb, int64_t id)
{
	audit_add(req->db, req->arena,
		  &(struct audit){.org = val_i(req->org, "id"),
				  .made_by = val_i(req->me, "id"),
				  .verb = verb,
				  .object_kind = "affiliation",
				  .object = id,
				  .request_id = req->request_id,
				  .at = req->now});
}

int org_affiliation_propose(struct req *req)
{
	struct affiliation_ask ask = {.org = val_i(req->org, "id"),
				      .other = val_i(req->in, "other"),
				      .by = val_i(req->me, "id"),
				      .now = req->now,
				      .kind = str_c(req->arena, val_s(req->in, "kind")),
				      .since = val_s(req->in, "since")};
	int64_t id = affiliation_propose(req->db, req->arena, &ask);
	if (!id) {
		invalid(req, "other",
			N_("This cannot be proposed: it is agreed or waits for an answer already, "
			   "or there is no such organisation."));
		return INVALID;
	}
	note(req, "affiliation.proposed", id);
	tell_them(req, &org_affiliation_letter, ask.other, id);
	flash(req, N_("It is proposed. It holds when the other side has confirmed it."));
	return see_other(req, "/org/affiliations");
}

static struct val *affiliation_of(struct req *req)
{
	return affiliation_read(req->db, req->arena, val_i(req->org, "id"), req->lang,
				val_i(req->in, "affiliation"));
}

int org_affiliation_page(struct req *req)
{
	struct val *row = affiliation_of(req);
	if (val_is_null(row))
		return NOT_FOUND;
	show_row(req, row);
	val_set(req->out, "tie", row);
	val_set_str(req->in, "until", req_today(req));
	return OK;
}

static struct affiliation_act act_of(struct req *req)
{
	return (struct affiliation_act){.org = val_i(req->org, "id"),
					.affiliation = val_i(req->in, "affiliation"),
					.by = val_i(req->me, "id"),
					.now = req->now};
}

/* The page says how it stands now, whether or not this was still to be done. */
static int done(struct req *req, bool was, const char *verb, const char *words)
{
	int64_t id = val_i(req->in, "affiliation");
	if (was)
		note(req, verb, id);
	flash(req, was ? words : N_("This has changed meanwhile. Here is how it stands now."));
	return see_other(req, "/org/affiliations/%lld", (long long)id);
}

int org_affiliation_answer(struct req *req)
{
	struct affiliation_act act = act_of(req);
	bool yes = str_is(val_s(req->in, "answer"), "confirm");
	const struct val *row = affiliation_of(req);
	if (val_is_null(row))
		return NOT_FOUND;
	bool was = affiliation_answer(req->db, req->arena, &act, yes);
	if (was)
		tell_them(req,
			  yes ? &org_affiliation_confirmed_letter
			      : &org_affiliation_declined_letter,
			  val_i(row, "partner"), act.affiliation);
	return done(req, was, yes ? "affiliation.confirmed" : "affiliation.declined",
		    yes ? N_("It is confirmed.") : N_("It is declined."));
}

int org_affiliation_withdraw(struct req *req)
{
	struct affiliation_act act = act_of(req);
	if (val_is_null(affiliation_of(req)))
		return NOT_FOUND;
	return done(req, affiliation_withdraw(req->db, req->arena, &act), "affiliation.withdrawn",
		    N_("The proposal is withdrawn."));
}

int org_affiliation_end(struct req *req)
{
	struct affiliation_act act = act_of(req);
	const struct val *row = affiliation_of(req);
	struct str until = val_s(req->in, "until");
	if (val_is_null(row))
		return NOT_FOUND;
	if (str_cmp(until, val_s(row, "since")) < 0) {
		invalid(req, "until", N_("This day is before it began."));
		return INVALID;
	}
	return done(req, affiliation_end(req->db, req->arena, &act, until), "affiliation.ended",
		    N_("The end is set."));
}

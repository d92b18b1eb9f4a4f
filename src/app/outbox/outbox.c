#include "app/outbox/outbox.h"

#include "app/outbox/demo.h"
#include "core/audit.h"
#include "core/guardian.h"
#include "core/mail.h"
#include "core/outbox.h"
#include "core/right.h"

enum { PAGE = 50 };

static const char *const states[] = {"queued", "sent", "dead", "cancelled", NULL};

static const struct {
	const char *state, *label;
} labels[] = {
	{"queued", N_("Waiting")},
	{"sent", N_("Sent")},
	{"dead", N_("Could not be delivered")},
	{"cancelled", N_("Not sent")},
};

static void label_state(struct val *letter)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		bool it = str_is(val_s(letter, "state"), labels[i].state);
		if (it)
			val_set_str(letter, "state_label", str_of(labels[i].label));
		val_set_bool(letter, labels[i].state, it);
	}
}

/* The tabs: every state with its count, and which one is shown. */
static void tabs(struct req *req, struct str shown)
{
	struct val *counts = outbox_counts(req->db, req->arena, val_i(req->org, "id"));
	struct val *list = val_set_list(req->out, "tabs");
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		struct val *tab = val_push_object(list);
		val_set_str(tab, "state", str_of(labels[i].state));
		val_set_str(tab, "label", str_of(labels[i].label));
		val_set_int(tab, "count", val_i(counts, labels[i].state));
		val_set_bool(tab, "current", str_is(shown, labels[i].state));
	}
	val_set_bool(req->out, "all", !shown.n);
}

/* To somebody who is kept from the reader, or with their name in it. */
static bool is_kept(struct req *req, const struct val *kept, const struct val *letter)
{
	if (!val_count(kept)) /* of most readers nobody is */
		return false;
	struct str text = str_fmt(
		req->arena, STR_FMT "\n" STR_FMT "\n" STR_FMT, STR_ARG(val_s(letter, "to_name")),
		STR_ARG(val_s(letter, "subject")), STR_ARG(val_s(letter, "body")));
	return guardian_keeps(kept, val_i(letter, "person")) ||
	       guardian_named(req->arena, kept, text);
}

static struct val *not_kept(struct req *req, struct val *letters)
{
	const struct val *kept = guardian_kept(req);
	struct val *list = val_list(req->arena);
	for (size_t i = 0; i < val_count(letters); i++)
		if (!is_kept(req, kept, val_at(letters, i)))
			val_push(list, val_at(letters, i));
	return list;
}

static int index_page(struct req *req)
{
	struct str shown = val_s(req->in, "state");
	const char *state = shown.n ? str_c(req->arena, shown) : NULL;
	struct val *letters = outbox_list(req->db, req->arena, val_i(req->org, "id"), state,
					  val_i(req->in, "before"), PAGE);
	for (size_t i = 0; i < val_count(letters); i++)
		label_state(val_at(letters, i));
	tabs(req, shown);
	val_set(req->out, "letters", not_kept(req, letters));
	val_set_str(req->out, "state", shown);
	val_set_null(req->out, "older");
	if (val_count(letters) == PAGE)
		val_set_int(req->out, "older", val_i(val_at(letters, PAGE - 1), "id"));
	return OK;
}

static struct val *letter_of(struct req *req)
{
	struct val *letter =
		outbox_letter(req->db, req->arena, val_i(req->org, "id"), val_i(req->in, "letter"));
	return is_kept(req, guardian_kept(req), letter) ? val_null() : letter;
}

static bool shown_to_others(const struct req *req, const struct val *letter)
{
	return req->demo || !val_i(letter, "secret");
}

static int letter_page(struct req *req)
{
	static const char *const shown[] = {
		"id",         "subject",          "lang",           "to_name",
		"to_address", "sender_name",      "sender_address", "reply_to",
		"tries",      "answer",           "made_at",        "due_at",
		"settled_at", "template_version", "state",          "file_name",
		NULL};
	struct val *letter = letter_of(req), *out = val_set_object(req->out, "letter");
	if (val_is_null(letter))
		return NOT_FOUND;
	for (const char *const *name = shown; *name; name++)
		val_set(out, *name, val_get(letter, *name));
	label_state(out);
	val_set_bool(out, "shown", shown_to_others(req, letter));
	val_set(out, "body", shown_to_others(req, letter) ? val_get(letter, "body") : val_null());
	val_set_bool(out, "can_send",
		     has_right(req, ORG_MANAGE) && (val_b(out, "dead") || val_b(out, "cancelled")));
	val_set_bool(out, "can_cancel", has_right(req, ORG_MANAGE) && val_b(out, "queued"));
	return OK;
}

/* As a mail program opens it, text and HTML. */
static int message(struct req *req)
{
	struct val *letter = letter_of(req);
	if (val_is_null(letter) || !shown_to_others(req, letter))
		return NOT_FOUND;
	struct str name = str_fmt(req->arena, "attachment; filename=\"letter-%lld.eml\"",
				  (long long)val_i(letter, "id"));
	val_set_str(req->headers_out, "Content-Type", S("message/rfc822"));
	val_set_str(req->headers_out, "Content-Disposition", name);
	req->raw = mail_message(req->arena, letter, "localhost", val_i(letter, "made_at"));
	return OK;
}

static void note(struct req *req, const char *verb)
{
	audit_add(req->db, req->arena,
		  &(struct audit){.org = val_i(req->org, "id"),
				  .made_by = val_i(req->me, "id"),
				  .verb = verb,
				  .object_kind = "letter",
				  .object = val_i(req->in, "letter"),
				  .request_id = req->request_id,
				  .at = req->now});
}

static int change(struct req *req,
		  bool (*to)(struct db *, struct arena *, int64_t org, int64_t id, int64_t now),
		  const char *verb, const char *done)
{
	int64_t org = val_i(req->org, "id"), letter = val_i(req->in, "letter");
	if (val_is_null(letter_of(req)))
		return NOT_FOUND;
	if (to(req->db, req->arena, org, letter, req->now)) {
		note(req, verb);
		flash(req, done);
	} else {
		flash(req, N_("The letter has gone on meanwhile. This is how it stands now."));
	}
	return see_other(req, "/outbox/%lld", (long long)letter);
}

static int send_again(struct req *req)
{
	return change(req, outbox_again, "letter.again", N_("The letter is sent once more."));
}

static int cancel(struct req *req)
{
	return change(req, outbox_cancel, "letter.cancelled", N_("The letter is not sent."));
}

static const struct field index_fields[] = {
	{.name = "state", .kind = FIELD_TEXT, .one_of = states},
	{.name = "before", .kind = FIELD_ID},
	{0},
};

static const struct field letter_fields[] = {
	{.name = "letter", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/outbox", OUTBOX_READ, index_page, "outbox/index", .fields = index_fields,
	 .summary = "Letters that wait, were sent or could not be delivered"},
	{GET, "/outbox/:letter", OUTBOX_READ, letter_page, "outbox/letter", .fields = letter_fields,
	 .flags = ROUTE_TRACE, .summary = "One letter as it was sent"},
	{GET, "/outbox/:letter/message", OUTBOX_READ, message, .fields = letter_fields,
	 .flags = ROUTE_TRACE, .summary = "One letter as a file for a mail program"},
	{POST, "/outbox/:letter/tries", ORG_MANAGE, send_again, .fields = letter_fields,
	 .summary = "Send a letter again that could not be delivered"},
	{POST, "/outbox/:letter/cancellation", ORG_MANAGE, cancel, .fields = letter_fields,
	 .summary = "Do not send a letter that waits"},
	{0},
};

const struct feature outbox_feature = {
	.name = "outbox",
	.routes = routes,
	.label = N_("Letters"),
	.about = N_("What was written to people, and what could not be delivered."),
	.path = "/outbox",
	.right = OUTBOX_READ,
	.demo_fill = outbox_demo_fill,
	.demo_scale = outbox_demo_scale,
};

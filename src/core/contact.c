#include "core/contact.h"

#include "base/buf.h"
#include "base/words.h"
#include "core/args.h"
#include "core/choices.h"
#include "core/mail.h"
#include "queries.h"
#include "web/req.h"

static struct str email_fold(struct arena *a, struct str value)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	return buf_str(&b);
}

/* Digits, and a plus where a number begins with one or with 00. */
static struct str phone_fold(struct arena *a, struct str value)
{
	struct buf b = {.arena = a};
	for (size_t i = 0; i < value.n; i++)
		if ((value.p[i] >= '0' && value.p[i] <= '9') || (value.p[i] == '+' && !b.n))
			buf_char(&b, value.p[i]);
	struct str digits = buf_str(&b);
	if (str_starts(digits, S("00")))
		digits = str_fmt(a, "+" STR_FMT, STR_ARG(str_from(digits, 2)));
	return digits.n < 3 ? S("") : digits;
}

struct str contact_fold(struct arena *a, struct str kind, struct str value)
{
	value = str_trim(value);
	if (str_is(kind, "email"))
		return mail_address_ok(value) ? email_fold(a, value) : S("");
	if (str_is(kind, "phone"))
		return phone_fold(a, value);
	return fold(a, value);
}

int64_t contact_add(struct db *db, struct arena *a, const struct val *contact, int64_t now)
{
	struct str kind = val_s(contact, "kind"), value = str_trim(val_s(contact, "value"));
	struct str value_fold = contact_fold(a, kind, value);
	int64_t person = val_i(contact, "person"), org = val_i(contact, "org");
	bool lines = str_is(kind, "post") || str_is(kind, "other"); /* the rest have one */
	if (!value_fold.n || (!lines && str_find_char(value, '\n') >= 0))
		return 0;
	int64_t id = db_id(db, &q_contact_add,
			   ARGS(a, ARG(person), ARG(org), ARG(kind), ARG(value), ARG(value_fold),
				ARG_NULL("label", val_s(contact, "label")), ARG_AS("preferred", 0),
				ARG(now)));
	if (val_b(contact, "preferred"))
		contact_prefer(db, a, org, person, id);
	return id;
}

bool contact_has(struct db *db, struct arena *a, int64_t org, int64_t person, struct str kind,
		 struct str value)
{
	const struct val *rows = contacts_of(db, a, org, person);
	struct str wanted = contact_fold(a, kind, value);
	for (size_t i = 0; i < val_count(rows); i++) {
		const struct val *row = val_at(rows, i);
		if (str_eq(val_s(row, "kind"), kind) &&
		    str_eq(contact_fold(a, kind, val_s(row, "value")), wanted))
			return true;
	}
	return false;
}

bool contact_remove(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t id)
{
	return db_id(db, &q_contact_remove, ARGS(a, ARG(org), ARG(person), ARG(id))) != 0;
}

bool contact_prefer(struct db *db, struct arena *a, int64_t org, int64_t person, int64_t id)
{
	struct val *args = ARGS(a, ARG(org), ARG(person), ARG(id));
	db_exec(db, &q_contact_no_preferred, args);
	return db_id(db, &q_contact_prefer, args) != 0;
}

void contact_confirm(struct db *db, struct arena *a, int64_t person, struct str email, int64_t now)
{
	struct str value_fold = contact_fold(a, S("email"), email);
	db_exec(db, &q_contact_confirm, ARGS(a, ARG(person), ARG(value_fold), ARG(now)));
}

struct val *contacts_of(struct db *db, struct arena *a, int64_t org, int64_t person)
{
	return db_rows(db, &q_contact_of_person, ARGS(a, ARG(org), ARG(person)));
}

struct str contact_email(struct db *db, struct arena *a, int64_t org, int64_t person)
{
	return val_s(db_row(db, &q_contact_email, ARGS(a, ARG(org), ARG(person))), "value");
}

const char *const contact_kinds[] = {"email", "phone", "post", "web", "other", NULL};

void contact_kind_choices(struct req *req)
{
	static const char *const labels[] = {N_("E-mail"), N_("Telephone"), N_("Postal address"),
					     N_("Web page"), N_("Something else")};
	struct val *list = val_set_list(req->out, "kinds");
	for (size_t i = 0; contact_kinds[i]; i++)
		choice(list, str_of(contact_kinds[i]), str_of(tr(req, labels[i])),
		       str_is(val_s(req->in, "kind"), contact_kinds[i]));
}

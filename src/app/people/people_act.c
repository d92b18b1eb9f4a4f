#include "app/people/people_act.h"

#include "base/val.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/band.h"
#include "core/contact.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/person.h"
#include "core/right.h"
#include "queries.h"

static const char *const changed_since = N_("Changed since by somebody else: left as it is.");
static const char *const there_already = N_("It is so already.");

static void note(struct act *t, const char *verb)
{
	audit_add(t->db, t->arena,
		  &(struct audit){.org = t->org,
				  .made_by = t->by,
				  .verb = verb,
				  .object_kind = "person",
				  .object = t->person,
				  .person = t->person,
				  .request_id = t->request_id,
				  .at = t->now});
}

static struct val *base(struct act *t)
{
	return ARGS(t->arena, ARG_AS("org", t->org), ARG_AS("now", t->now),
		    ARG_AS("person", t->person), ARG_AS("object", t->object),
		    ARG_AS("group", t->group), ARG_AS("row", val_i(t->step, "row")),
		    ARG_AS("until", val_s(t->step, "until")));
}

static int64_t rev_of(struct act *t)
{
	return val_i(db_row(t->db, &q_people_act_person_rev, base(t)), "rev");
}

/* ---- people ---- */

static const char *person_add_apply(struct act *t)
{
	t->person = t->object = person_add(t->db, t->arena, t->step, t->org, t->now);
	val_set_int(t->data, "rev", rev_of(t));
	note(t, "person.added");
	return NULL;
}

/* They have done nothing here and nobody wrote anything of them: off the list again. */
static const char *person_add_undo(struct act *t)
{
	if (rev_of(t) != val_i(t->data, "rev") ||
	    !person_is_only_of(t->db, t->arena, t->person, t->org, t->now) ||
	    val_i(db_row(t->db, &q_people_act_person_used, base(t)), "n"))
		return N_("Something was written of this person since: they stay on the list.");
	person_leave(t->db, t->arena, t->person, t->org, t->now);
	note(t, "person.left");
	return NULL;
}

static const char *person_back_apply(struct act *t)
{
	person_join(t->db, t->arena, t->person, t->org, t->now);
	t->object = t->person;
	note(t, "person.added");
	return NULL;
}

static const char *person_back_undo(struct act *t)
{
	if (val_i(db_row(t->db, &q_people_act_person_used, base(t)), "n"))
		return N_("Something was written of this person since: they stay on the list.");
	if (!person_leave(t->db, t->arena, t->person, t->org, t->now))
		return changed_since;
	note(t, "person.left");
	return NULL;
}

static void names_from(struct val *to, const struct val *from)
{
	static const char *const fields[] = {"name", "sort_name", "formal_name", "lang"};
	for (size_t i = 0; i < 4; i++)
		val_set_str(to, fields[i], val_s(from, fields[i]));
}

static const char *person_change_apply(struct act *t)
{
	const struct val *now = person_by_id(t->db, t->arena, t->person);
	struct val *wanted = val_object(t->arena);
	if (!person_is_only_of(t->db, t->arena, t->person, t->org, t->now))
		return N_("Another organisation knows this person too.");
	names_from(t->before, now);
	names_from(wanted, t->step);
	val_set_int(wanted, "id", t->person);
	val_set_int(wanted, "rev", val_i(now, "rev"));
	person_change(t->db, t->arena, wanted, false, t->now);
	t->object = t->person;
	val_set_int(t->data, "rev", rev_of(t));
	note(t, "person.changed");
	return NULL;
}

static const char *person_change_undo(struct act *t)
{
	struct val *wanted = val_object(t->arena);
	names_from(wanted, t->before);
	val_set_int(wanted, "id", t->person);
	val_set_int(wanted, "rev", val_i(t->data, "rev"));
	if (!person_is_only_of(t->db, t->arena, t->person, t->org, t->now) ||
	    !person_change(t->db, t->arena, wanted, false, t->now))
		return changed_since;
	note(t, "person.changed");
	return NULL;
}

static const char *key_add_apply(struct act *t)
{
	struct val *args = base(t);
	val_set_str(args, "scheme", t->scheme);
	val_set_str(args, "value", val_s(t->step, "value"));
	t->object = db_id(t->db, &q_people_act_key_add, args);
	return t->object ? NULL : N_("Somebody else has this number.");
}

/* A number stays with whom the batch added: if the roster comes again, they come back. */
static const char *key_add_undo(struct act *t)
{
	if (!val_b(t->data, "of_new"))
		db_exec(t->db, &q_people_act_key_drop, base(t));
	return NULL;
}

static const char *contact_add_apply(struct act *t)
{
	struct val *contact = ARGS(t->arena, ARG_AS("person", t->person), ARG_AS("org", t->org),
				   ARG_AS("kind", val_s(t->step, "kind")),
				   ARG_AS("value", val_s(t->step, "value")));
	if (contact_has(t->db, t->arena, t->org, t->person, val_s(t->step, "kind"),
			val_s(t->step, "value")))
		return there_already;
	t->object = contact_add(t->db, t->arena, contact, t->now);
	return NULL;
}

static const char *contact_add_undo(struct act *t)
{
	if (!person_is_only_of(t->db, t->arena, t->person, t->org, t->now))
		return changed_since;
	return contact_remove(t->db, t->arena, t->org, t->person, t->object) ? NULL : changed_since;
}

static const char *minor_set_apply(struct act *t)
{
	const struct val *now = db_row(t->db, &q_people_act_minor_row, base(t));
	if (!val_is_null(band_of(t->db, t->arena, t->org, t->person)))
		return N_("Their age band says until when this person is a minor.");
	val_set_str(t->before, "until", val_s(now, "until"));
	minor_until(t->db, t->arena, t->org, t->person, val_s(t->step, "until"));
	return NULL;
}

static const char *minor_set_undo(struct act *t)
{
	const struct val *now = db_row(t->db, &q_people_act_minor_row, base(t));
	struct str before = val_s(t->before, "until"), written = val_s(t->data, "until");
	if (!str_eq(val_s(now, "until"), written) ||
	    !val_is_null(band_of(t->db, t->arena, t->org, t->person)))
		return changed_since;
	if (before.n) {
		minor_until(t->db, t->arena, t->org, t->person, before);
		return NULL;
	}
	struct val *args = base(t);
	val_set_str(args, "until", written);
	db_exec(t->db, &q_people_act_minor_drop, args);
	return NULL;
}

static const char *role_give_apply(struct act *t)
{
	t->object = role_give(t->db, t->arena, t->org, t->person, val_i(t->step, "role"), 0, t->by,
			      t->now);
	if (!t->object)
		return there_already;
	note(t, "role.given");
	return NULL;
}

static const char *role_give_undo(struct act *t)
{
	if (role_take(t->db, t->arena, t->org, t->object, t->now) != ROLE_DONE)
		return changed_since;
	note(t, "role.taken");
	return NULL;
}

static const char *role_end_apply(struct act *t)
{
	t->object = val_i(t->step, "row");
	if (role_take(t->db, t->arena, t->org, t->object, t->now) != ROLE_DONE)
		return there_already;
	val_set_int(t->data, "until", t->now);
	note(t, "role.taken");
	return NULL;
}

static const char *role_end_undo(struct act *t)
{
	struct val *args = base(t);
	val_set_int(args, "until", val_i(t->data, "until"));
	if (!db_id(t->db, &q_people_act_role_restore, args))
		return changed_since;
	note(t, "role.given");
	return NULL;
}

/* ---- groups ---- */

static const char *group_add_apply(struct act *t)
{
	struct val *args;
	t->group = t->object =
		group_add(t->db, t->arena, t->org, str_c(t->arena, val_s(t->step, "kind")),
			  val_s(t->step, "name"), val_s(t->step, "since"));
	args = base(t);
	struct str source = val_s(t->step, "source");
	val_set_str(args, "source", source);
	if (!source.n)
		val_set_null(args, "source");
	val_set_int(args, "year", val_i(t->step, "year"));
	db_exec(t->db, &q_people_act_group_source, args);
	val_set_int(t->data, "rev", val_i(group_by_id(t->db, t->arena, t->org, t->group), "rev"));
	return NULL;
}

static const char *group_add_undo(struct act *t)
{
	struct val *args = base(t);
	val_set_int(args, "rev", val_i(t->data, "rev"));
	return db_id(t->db, &q_people_act_group_take_back, args)
		       ? NULL
		       : N_("The group is in use or was changed since: it stays.");
}

static void which_group(struct act *t)
{
	t->group = val_i(t->step, "group");
	if (!t->group)
		t->group = t->group_made(t->context, val_s(t->step, "ref"));
}

static const char *join_apply(struct act *t)
{
	which_group(t);
	t->object =
		group_join(t->db, t->arena, t->org, t->group, t->person, val_s(t->step, "since"));
	return t->object ? NULL : there_already;
}

static const char *staff_add_apply(struct act *t)
{
	which_group(t);
	t->object = group_staff_add(t->db, t->arena, t->org, t->group, t->person,
				    val_s(t->step, "since"));
	return t->object ? NULL : there_already;
}

static const char *join_undo(struct act *t)
{
	return db_id(t->db, &q_people_act_member_take_back, base(t)) ? NULL : changed_since;
}

static const char *staff_add_undo(struct act *t)
{
	return db_id(t->db, &q_people_act_staff_take_back, base(t)) ? NULL : changed_since;
}

/* What ends is found by its row, and ends before `until`. */
static const char *end(struct act *t, const struct query *row, const struct query *finish)
{
	const struct val *now = db_row(t->db, row, base(t));
	t->object = val_i(now, "id");
	t->group = val_i(now, "people_group");
	struct str until = val_s(t->step, "until"), since = val_s(now, "since");
	if (!t->object || !db_id(t->db, finish, base(t)))
		return there_already;
	val_set_str(t->data, "until", str_cmp(since, until) > 0 ? since : until);
	return NULL;
}

static const char *restore(struct act *t, const struct query *query)
{
	struct val *args = base(t);
	val_set_str(args, "until", val_s(t->data, "until"));
	return db_id(t->db, query, args) ? NULL : changed_since;
}

static const char *leave_apply(struct act *t)
{
	return end(t, &q_people_act_member_row, &q_people_act_member_end);
}

static const char *leave_undo(struct act *t)
{
	return restore(t, &q_people_act_member_restore);
}

static const char *staff_end_apply(struct act *t)
{
	return end(t, &q_people_act_staff_row, &q_people_act_staff_end);
}

static const char *staff_end_undo(struct act *t)
{
	return restore(t, &q_people_act_staff_restore);
}

/* Memberships and responsibilities have ended by steps of their own. */
static const char *group_end_apply(struct act *t)
{
	t->object = db_id(t->db, &q_people_act_group_end, base(t));
	if (!t->object)
		return there_already;
	t->group = t->object;
	val_set_int(t->data, "rev", val_i(group_by_id(t->db, t->arena, t->org, t->group), "rev"));
	return NULL;
}

static const char *group_end_undo(struct act *t)
{
	struct val *args = base(t);
	val_set_int(args, "rev", val_i(t->data, "rev"));
	return db_id(t->db, &q_people_act_group_reopen, args) ? NULL : changed_since;
}

/* ---- consents ---- */

static const char *consent_end_apply(struct act *t)
{
	struct val *args = base(t);
	val_set_int(args, "at", val_i(t->step, "at"));
	const struct val *now = db_row(t->db, &q_people_act_consent_row, args);
	t->object = val_i(now, "id");
	val_set_int(t->before, "ends_at", val_i(now, "ends_at"));
	if (!t->object || !db_id(t->db, &q_people_act_consent_end, args))
		return there_already;
	note(t, "consent.ended");
	return NULL;
}

static const char *consent_end_undo(struct act *t)
{
	struct val *args = base(t);
	val_set_int(args, "at", val_i(t->data, "at"));
	if (val_i(t->before, "ends_at"))
		val_set_int(args, "before", val_i(t->before, "ends_at"));
	else
		val_set_null(args, "before");
	return db_id(t->db, &q_people_act_consent_restore, args) ? NULL : changed_since;
}

/* ---- guardians ---- */

static int64_t by_key(struct act *t, const char *field)
{
	return db_id(t->db, &q_people_act_by_key,
		     ARGS(t->arena, ARG_AS("org", t->org), ARG_AS("scheme", t->scheme),
			  ARG_AS("value", val_s(t->step, field))));
}

/* Confirmed by whoever does the batch: they have seen the row. */
static const char *guardian_add_apply(struct act *t)
{
	struct val *purposes = val_list(t->arena);
	int64_t person = by_key(t, "key");
	t->person = by_key(t, "child");
	if (!t->person || !person)
		return N_("One of the two is not known here.");
	if (t->by && (t->person == t->by || person == t->by))
		return N_("Nobody enters a guardian for themself.");
	val_push(purposes, val_text(t->arena, S(GUARDIAN_ANYTHING)));
	t->object = guardian_enter(t->db, t->arena,
				   &(struct guardian){.org = t->org,
						      .child = t->person,
						      .person = person,
						      .position = val_i(t->step, "position"),
						      .since = val_s(t->step, "since"),
						      .purposes = purposes,
						      .by = t->by,
						      .now = t->now});
	if (!t->object)
		return there_already;
	note(t, "guardian.entered");
	return NULL;
}

static const char *guardian_add_undo(struct act *t)
{
	return guardian_take_back(t->db, t->arena, t->org, t->object) ? NULL : changed_since;
}

const struct act_row act_table[] = {
	{"person_add", person_add_apply, person_add_undo},
	{"person_back", person_back_apply, person_back_undo},
	{"person_change", person_change_apply, person_change_undo},
	{"key_add", key_add_apply, key_add_undo},
	{"contact_add", contact_add_apply, contact_add_undo},
	{"minor_set", minor_set_apply, minor_set_undo},
	{"role_give", role_give_apply, role_give_undo},
	{"role_end", role_end_apply, role_end_undo},
	{"group_add", group_add_apply, group_add_undo},
	{"join", join_apply, join_undo},
	{"staff_add", staff_add_apply, staff_add_undo},
	{"leave", leave_apply, leave_undo},
	{"staff_end", staff_end_apply, staff_end_undo},
	{"group_end", group_end_apply, group_end_undo},
	{"consent_end", consent_end_apply, consent_end_undo},
	{"guardian_add", guardian_add_apply, guardian_add_undo},
	{0},
};

const struct act_row *act_named(struct str name)
{
	const struct act_row *row = act_table;
	while (row->name && !str_is(name, row->name))
		row++;
	return row->name ? row : NULL;
}

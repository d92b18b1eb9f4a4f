#include "app/people/people_cards.h"

#include "app/people/groups.h"
#include "app/people/people.h"
#include "core/group.h"
#include "core/guardian.h"
#include "core/pages.h"
#include "core/person.h"
#include "core/signin.h"
#include "queries.h"

enum { AT_ONCE = 40 };

/* ---- who may ---- */

/* The group, for who may make its cards today; else the null value. */
static struct val *group_of_cards(struct req *req)
{
	struct val *group = groups_seen(req);
	if (val_is_null(group) || has_right(req, PEOPLE_MANAGE))
		return group;
	return group_staff_is(req->db, req->arena, people_org(req), val_i(group, "id"),
			      val_i(req->me, "id"), req_today(req))
		       ? group
		       : val_null();
}

/* Why this person's card is not made here, as a msgid; NULL: it may be. */
static const char *refused(struct req *req, int64_t person)
{
	int64_t org = people_org(req);
	if (!right_over_person(req->db, req->arena, people_mine(req), CARDS_PRINT, org,
			       val_i(req->me, "id"), person, req_today(req)))
		return N_("Your own card, or your child's: somebody else makes it.");
	if (!person_is_only_of(req->db, req->arena, person, org, req->now))
		return N_("Another organisation knows this person too: only they may change how "
			  "they sign in.");
	if (!rights_within(rights_of(req->db, req->arena, org, person, req->now), people_mine(req)))
		return N_("This person may do more here than you.");
	return NULL;
}

static struct val *members_of(struct req *req)
{
	struct val *p = params(req);
	val_set_str(p, "day", req_today(req));
	return guardian_shown(req, db_rows(req->db, &q_people_cards_members, p), "person");
}

static struct val *member(struct req *req, int64_t person)
{
	struct val *rows = members_of(req);
	for (size_t i = 0; i < val_count(rows); i++)
		if (val_i(val_at(rows, i), "person") == person)
			return val_at(rows, i);
	return val_null();
}

/* ---- the list ---- */

static bool ticked(const struct val *people, const struct val *row)
{
	int64_t id;
	for (size_t i = 0; i < val_count(people); i++)
		if (str_int(val_get_str(val_at(people, i)), &id) && id == val_i(row, "person"))
			return true;
	return false;
}

/* GET /people/groups/:group/cards: as many as go on a sheet; who has none is ticked. */
static int list(struct req *req)
{
	struct val *group = group_of_cards(req);
	if (val_is_null(group))
		return NOT_FOUND;
	struct val *rows = pages_of(req, members_of(req), AT_ONCE,
				    str_fmt(req->arena, "/people/groups/%lld/cards?first=",
					    (long long)val_i(group, "id")));
	const struct val *chosen = val_get(req->in, "people");
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		const char *why = refused(req, val_i(row, "person"));
		if (why)
			val_set_str(row, "why", str_of(tr(req, why)));
		val_set_bool(row, "may", !why);
		val_set_bool(row, "may_pin", !why && val_i(row, "keeps"));
		val_set_bool(row, "ticked",
			     val_count(chosen) ? ticked(chosen, row) : !val_s(row, "user_name").n);
	}
	val_set_list(req->out, "cards");
	val_set(req->out, "rows", rows);
	val_set(req->out, "group", group);
	return OK;
}

/* ---- the sheet ---- */

/* Those that were ticked, are members today, and may have a card from this reader. */
static struct val *to_make(struct req *req)
{
	const struct val *chosen = val_get(req->in, "people");
	struct val *rows = members_of(req), *made = val_list(req->arena);
	for (size_t i = 0; i < val_count(rows); i++)
		if (ticked(chosen, val_at(rows, i)) &&
		    !refused(req, val_i(val_at(rows, i), "person")))
			val_push(made, val_at(rows, i));
	return made;
}

static void card_shown(struct req *req, struct val *row, const struct signin_card *card)
{
	val_set_str(row, "user_name", card->user_name);
	val_set_str(row, "card", card->card);
	val_set_str(row, "pin", card->pin);
	val_set(row, "qr", people_card_qr(req, card->user_name));
	people_note(req, "card.made", card->person, "people_group", val_i(req->in, "group"));
}

/* All hashes first, then the writing: nobody waits for them. */
static void make(struct req *req, struct val *rows)
{
	struct signin at = signin_at(req);
	struct signin_card cards[AT_ONCE];
	struct val *names = val_object(req->arena);
	size_t count = val_count(rows);
	for (size_t i = 0; i < count; i++) {
		const struct val *row = val_at(rows, i);
		struct str name = val_s(row, "user_name");
		if (!name.n)
			name = signin_user_name_free(req->db, req->arena, at.org,
						     val_s(row, "name"), names);
		val_set_bool(names, str_c(req->arena, name), true);
		cards[i] = signin_card_plan(&at, val_i(row, "person"), name);
	}
	for (size_t i = 0; i < count; i++) {
		/* Taken since: nobody else writes in this organisation now, so the next one holds. */
		if (!signin_card_put(&at, &cards[i])) {
			cards[i].user_name = signin_user_name_free(
				req->db, req->arena, at.org, val_s(val_at(rows, i), "name"), names);
			val_set_bool(names, str_c(req->arena, cards[i].user_name), true);
			signin_card_put(&at, &cards[i]);
		}
		card_shown(req, val_at(rows, i), &cards[i]);
	}
}

static int sheet(struct req *req)
{
	struct val *group = group_of_cards(req);
	if (val_is_null(group))
		return NOT_FOUND;
	struct val *rows = to_make(req);
	if (!val_count(rows) && val_count(val_get(req->in, "people")))
		return NOT_FOUND;
	if (!val_count(rows))
		invalid(req, "people", N_("Choose at least one person."));
	else if (val_count(rows) > AT_ONCE)
		invalid(req, "people", N_("Choose at most 40 people for a sheet."));
	if (val_count(req->errors))
		return INVALID;
	make(req, rows);
	val_set(req->out, "cards", rows);
	val_set_int(req->out, "card_count", (int64_t)val_count(rows));
	val_set(req->out, "group", group);
	return OK;
}

/* POST /people/groups/:group/pin: the card stays as it is. */
static int pin(struct req *req)
{
	struct val *group = group_of_cards(req);
	int64_t person = val_i(req->in, "member");
	struct val *row = val_is_null(group) ? group : member(req, person);
	if (val_is_null(row))
		return NOT_FOUND;
	if (refused(req, person))
		return FORBIDDEN;
	struct signin at = signin_at(req);
	struct val *made = signin_pin_make(&at, person);
	if (val_is_null(made)) {
		flash(req,
		      N_("This person has no card whose PIN can be renewed. Make a new card."));
		return see_other(req, "/people/groups/%lld/cards", (long long)val_i(group, "id"));
	}
	people_note(req, "card.pin", person, "people_group", val_i(group, "id"));
	val_set(req->out, "member", row);
	val_set(req->out, "made", made);
	val_set(req->out, "group", group);
	return OK;
}

/* ---- routes ---- */

static const struct field list_fields[] = {
	{.name = "group", .kind = FIELD_ID, .required = true},
	PAGES_FIRST,
	{0},
};
static const struct field sheet_fields[] = {
	{.name = "group", .kind = FIELD_ID, .required = true},
	PAGES_FIRST,
	{.name = "people", .kind = FIELD_MANY},
	{0},
};
static const struct field pin_fields[] = {
	{.name = "group", .kind = FIELD_ID, .required = true},
	{.name = "member", .kind = FIELD_ID, .required = true},
	{0},
};

static const struct route routes[] = {
	{GET, "/people/groups/:group/cards", CARDS_PRINT, list, "people/people_cards",
	 .fields = list_fields, .summary = "Who of a group has a sign-in card"},
	{POST, "/people/groups/:group/cards", CARDS_PRINT, sheet, "people/people_cards",
	 .fields = sheet_fields, .flags = ROUTE_SLOW,
	 .summary = "Make sign-in cards for members of a group, a sheet to print"},
	{POST, "/people/groups/:group/pin", CARDS_PRINT, pin, "people/people_cards_pin",
	 .fields = pin_fields, .flags = ROUTE_SLOW,
	 .summary = "Give a member of a group a new PIN for their card"},
	{0},
};

const struct feature people_cards_feature = {
	.name = "people", .routes = routes, .demo_fill = people_cards_demo_fill};

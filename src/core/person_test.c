#include "core/people_world.h"

#include "core/contact.h"

static int64_t add(struct db *db, int64_t org, const char *name, const char *sort_name)
{
	return person_add(db, test_arena,
			  ARGS(test_arena, ARG(name), ARG(sort_name), ARG_AS("lang", "fr")), org,
			  NOW);
}

/* The names found, one after the other. */
static struct str found(struct db *db, int64_t org, const char *words)
{
	const struct val *rows = people_list(
		db, test_arena,
		&(struct people_asked){.org = org, .text = str_of(words), .most = 50, .now = NOW});
	struct str all = S("");
	for (size_t i = 0; i < val_count(rows); i++)
		all = str_fmt(test_arena, STR_FMT STR_FMT "; ", STR_ARG(all),
			      STR_ARG(val_s(val_at(rows, i), "name")));
	return all;
}

TEST("a sorted name is proposed; one word is a name")
{
	CHECK_STR(person_sorted(test_arena, S("Marie-Ève Tremblay")), "Tremblay, Marie-Ève");
	CHECK_STR(person_sorted(test_arena, S("Aicha")), "Aicha");
	CHECK_STR(person_sorted(test_arena, S("  José  de la Cruz ")), "Cruz, José  de la");
	CHECK_STR(person_sorted(test_arena, S("")), "");
}

TEST("the words of a name are folded, and each comes once")
{
	const struct val *words = person_words(test_arena, S("Élodie O’Brien-Łódź, Élodie"));
	NEED(val_count(words) == 4);
	CHECK_STR(val_get_str(val_at(words, 0)), "elodie");
	CHECK_STR(val_get_str(val_at(words, 1)), "o");
	CHECK_STR(val_get_str(val_at(words, 2)), "brien");
	CHECK_STR(val_get_str(val_at(words, 3)), "lodz");
	CHECK_INT(val_count(person_words(test_arena, S(" -, "))), 0);
}

TEST_DB("a person is found by the start of any word of any name, also a former one")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar"), other = world_org(db, "birch");
	int64_t id = add(db, org, "Élodie Roy", "");
	add(db, org, "Aicha", "");
	add(db, other, "Elodie Elsewhere", "");
	struct val *person = person_by_id(db, test_arena, id);
	CHECK_STR(val_s(person, "sort_name"), "Roy, Élodie");
	CHECK(val_is_null(val_get(person, "formal_name")));
	val_set_str(person, "name", S("Élodie Bouchard"));
	val_set_str(person, "sort_name", S("Bouchard, Élodie"));
	CHECK(person_change(db, test_arena, person, true, NOW));
	CHECK(!person_change(db, test_arena, person, true, NOW)); /* rev is old now */
	CHECK_STR(found(db, org, "elod"), "Élodie Bouchard; ");
	CHECK_STR(found(db, org, "roy"), "Élodie Bouchard; ");
	CHECK_STR(found(db, org, "ÉLODIE ro bou"), "Élodie Bouchard; ");
	CHECK_STR(found(db, org, "elodie aicha"), "");
	CHECK_STR(found(db, org, "lodie"), "");
	CHECK_STR(found(db, org, ""), "Aicha; Élodie Bouchard; ");
	CHECK_STR(found(db, org, "%"), "Aicha; Élodie Bouchard; ");
	person = person_by_id(db, test_arena, id);
	CHECK_STR(val_s(val_at(val_get(person, "former"), 0), "name"), "Élodie Roy");
	person_forget_former(db, test_arena, id, val_i(val_at(val_get(person, "former"), 0), "id"));
	CHECK_STR(found(db, org, "roy"), "");
	WORLD_END(db, err);
}

TEST_DB("people are listed in the order of their sorted names, a page at a time")
{
	static const char *const names[] = {"Zoé Abel", "Œuvrard", "Éric Côté", "Anna Cote",
					    "Bo Zed"};
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar"), after_id = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		add(db, org, names[i], "");
	struct str after = S(""), seen = S("");
	for (int page = 0; page < 5; page++) {
		const struct val *rows = people_list(db, test_arena,
						     &(struct people_asked){.org = org,
									    .after_fold = after,
									    .after_id = after_id,
									    .most = 2,
									    .now = NOW});
		for (size_t i = 0; i < val_count(rows); i++) {
			const struct val *row = val_at(rows, i);
			seen = str_fmt(test_arena, STR_FMT STR_FMT "; ", STR_ARG(seen),
				       STR_ARG(val_s(row, "sort_name")));
			after = val_s(row, "sort_fold");
			after_id = val_i(row, "id");
		}
	}
	CHECK_STR(seen, "Abel, Zoé; Cote, Anna; Côté, Éric; Œuvrard; Zed, Bo; ");
	WORLD_END(db, err);
}

TEST_DB("who leaves an organisation is no longer seen there, loses the roles, and may come back")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar"), other = world_org(db, "birch");
	int64_t id = add(db, org, "Awa Diop", "");
	person_join(db, test_arena, id, other, NOW);
	world_give(db, org, id, "standards_editor");
	world_give(db, other, id, "standards_editor");
	CHECK_INT(val_count(person_orgs(db, test_arena, id, NOW)), 2);
	CHECK(!person_is_only_of(db, test_arena, id, org, NOW));
	CHECK(person_leave(db, test_arena, id, org, NOW + 10));
	CHECK(val_is_null(person_in_org(db, test_arena, org, id, NOW + 10)));
	CHECK(!val_is_null(person_in_org(db, test_arena, other, id, NOW + 10)));
	CHECK(!rights_has(rights_of(db, test_arena, org, id, NOW + 10), STANDARDS_EDIT));
	CHECK(rights_has(rights_of(db, test_arena, other, id, NOW + 10), STANDARDS_EDIT));
	CHECK(person_is_only_of(db, test_arena, id, other, NOW + 10));
	CHECK(!person_is_only_of(db, test_arena, id, org, NOW + 10));
	person_join(db, test_arena, id, org, NOW + 20);
	CHECK(!val_is_null(person_in_org(db, test_arena, org, id, NOW + 20)));
	CHECK(!rights_has(rights_of(db, test_arena, org, id, NOW + 20), STANDARDS_EDIT));
	WORLD_END(db, err);
}

TEST("two writings of one address or number are one, and what is neither is refused")
{
	CHECK_STR(contact_fold(test_arena, S("email"), S(" Awa@Example.ORG ")), "awa@example.org");
	CHECK_STR(contact_fold(test_arena, S("email"), S("awa")), "");
	CHECK_STR(contact_fold(test_arena, S("email"), S("awa@ex ample.org")), "");
	CHECK_STR(contact_fold(test_arena, S("email"), S("a@b@c.org")), "");
	CHECK_STR(contact_fold(test_arena, S("phone"), S("+1 (514) 555-0199")), "+15145550199");
	CHECK_STR(contact_fold(test_arena, S("phone"), S("001 514 555 0199")), "+15145550199");
	CHECK_STR(contact_fold(test_arena, S("phone"), S("call me")), "");
}

TEST_DB("contacts belong to their person; one is preferred; a family may share an address")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = world_org(db, "cedar"), awa = world_person(db, org, "Awa");
	int64_t bo = world_person(db, org, "Bo");
	struct val *home = ARGS(test_arena, ARG_AS("person", awa), ARG_AS("kind", "email"),
				ARG_AS("value", "home@example.org"));
	int64_t first = contact_add(db, test_arena, home, NOW);
	val_set_int(home, "person", bo);
	CHECK(contact_add(db, test_arena, home, NOW) > 0);
	val_set_int(home, "person", awa);
	val_set_str(home, "value", S("Awa@work.example"));
	val_set_bool(home, "preferred", true);
	int64_t second = contact_add(db, test_arena, home, NOW);
	CHECK_STR(contact_email(db, test_arena, 0, awa), "Awa@work.example");
	CHECK(contact_prefer(db, test_arena, 0, awa, first));
	CHECK_STR(contact_email(db, test_arena, 0, awa), "home@example.org");
	CHECK(!contact_prefer(db, test_arena, 0, bo, second));
	CHECK(!contact_remove(db, test_arena, 0, bo, first));
	CHECK_STR(contact_email(db, test_arena, 0, bo), "home@example.org");
	contact_confirm(db, test_arena, awa, S("AWA@work.example"), NOW + 9);
	const struct val *of_awa = contacts_of(db, test_arena, 0, awa);
	NEED(val_count(of_awa) == 2);
	CHECK(val_is_null(val_get(val_at(of_awa, 0), "confirmed_at")));
	CHECK_INT(val_i(val_at(of_awa, 1), "confirmed_at"), NOW + 9);
	CHECK(contact_remove(db, test_arena, 0, awa, first));
	CHECK_STR(contact_email(db, test_arena, 0, awa), "Awa@work.example");
	val_set_str(home, "value", S("not an address"));
	CHECK_INT(contact_add(db, test_arena, home, NOW), 0);
	WORLD_END(db, err);
}

TEST_DB("what one organisation keeps of a person is no other one's; what they say of themself "
	"serves all")
{
	db_begin(db, DB_WRITE, 0);
	int64_t cedar = world_org(db, "cedar"), birch = world_org(db, "birch");
	int64_t awa = world_person(db, cedar, "Awa");
	person_join(db, test_arena, awa, birch, NOW);
	struct val *contact = ARGS(test_arena, ARG_AS("person", awa), ARG_AS("org", cedar),
				   ARG_AS("kind", "email"), ARG_AS("value", "school@example.org"));
	int64_t of_cedar = contact_add(db, test_arena, contact, NOW);
	CHECK_STR(contact_email(db, test_arena, cedar, awa), "school@example.org");
	CHECK_STR(contact_email(db, test_arena, birch, awa), "");
	CHECK(!contact_has(db, test_arena, birch, awa, S("email"), S("school@example.org")));
	CHECK_INT(val_count(contacts_of(db, test_arena, birch, awa)), 0);
	CHECK(!contact_remove(db, test_arena, birch, awa, of_cedar));
	CHECK(!contact_prefer(db, test_arena, birch, awa, of_cedar));
	val_set_int(contact, "org", 0);
	val_set_str(contact, "value", S("awa@example.org"));
	val_set_bool(contact, "preferred", true);
	int64_t own = contact_add(db, test_arena, contact, NOW);
	CHECK_STR(contact_email(db, test_arena, birch, awa), "awa@example.org");
	CHECK_STR(contact_email(db, test_arena, cedar, awa), "awa@example.org");
	CHECK_INT(val_count(contacts_of(db, test_arena, 0, awa)), 2);
	CHECK(contact_prefer(db, test_arena, cedar, awa, of_cedar));
	CHECK_STR(contact_email(db, test_arena, cedar, awa), "school@example.org");
	CHECK(contact_remove(db, test_arena, 0, awa, own));
	CHECK_STR(contact_email(db, test_arena, birch, awa), "");
	WORLD_END(db, err);
}

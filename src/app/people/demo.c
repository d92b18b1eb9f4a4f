#include "app/people/demo.h"

#include "app/people/people.h"
#include "app/people/roster_demo.h"
#include "base/instant.h"
#include "core/args.h"
#include "core/band.h"
#include "core/group.h"
#include "core/letter.h"
#include "core/org.h"
#include "core/person.h"
#include "core/right.h"
#include "queries.h"

static const char *const texts[] = {
	"Hello {{name}},\n\n"
	"{{by}} would like to have you with us. Accept here and choose a password:\n\n"
	"{{link}}",
	"Hello {{name}},\n\n"
	"{{by}} would like to have you with us at {{org}}. With an account you can\n\n"
	"- read and comment on drafts before they are decided;\n"
	"- choose the language in which we write to you.\n\n"
	"Accept here within two weeks, and choose a password:\n\n"
	"{{link}}\n\n"
	"Questions? Just answer this letter.",
};

/* One person in many roles: she teaches the second class, keeps the school's register, is the mother of
 * a pupil of the first, and practises at another organisation. */
static void fill_many_roles(struct db *db, struct arena *a, int64_t org, const int64_t *class,
			    struct str since, int64_t now)
{
	static const char *const roles[] = {"teacher", "registrar"};
	int64_t boreal = val_i(org_by_slug(db, a, S("boreal")), "id");
	int64_t aurelie = person_add(
		db, a, ARGS(a, ARG_AS("name", "Aurélie Blackwood"), ARG_AS("lang", "fr")), org,
		now);
	int64_t milo = person_add(
		db, a, ARGS(a, ARG_AS("name", "Milo Blackwood"), ARG_AS("lang", "fr")), org, now);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		role_give(db, a, org, aurelie, role_by_key(db, a, org, roles[i]), 0, 0, now);
	group_staff_add(db, a, org, class[1], aurelie, since);
	group_join(db, a, org, class[0], milo, since);
	minor_until(db, a, org, milo, S(BAND_FOREVER));
	guardian_add(db, a, org, milo, aurelie, since);
	person_join(db, a, aurelie, boreal, now);
	role_give(db, a, boreal, aurelie, role_by_key(db, a, boreal, "practitioner"), 0, 0, now);
}

/* Two classes of a school, one of them with a pupil who changed over in the winter, and a teacher
 * who leads one. */
static void fill_school(struct db *db, struct arena *a, int64_t now)
{
	static const struct {
		const char *name, *lang;
		int in; /* 0: 7A, 1: 7B, 2: 7A until January, then 7B */
	} pupils[] = {
		{"Kaia Sandberg", "en", 0},    {"Malik Adeyemi", "en", 0},
		{"Noémie Thériault", "fr", 0}, {"Pauloosie", "en", 0},
		{"Zofia Wrona", "en", 1},      {"Élodie Arsenault-Roy", "fr", 1},
		{"Owen Littlechild", "en", 1}, {"Hamid Rahimi", "en", 2},
	};
	int64_t org = val_i(org_by_slug(db, a, S("lakeside")), "id"), class[2];
	int year, month, of_month;
	day_split(now / 86400, &year, &month, &of_month);
	year -= month < 8;
	struct str since = str_fmt(a, "%d-08-15", year), half = str_fmt(a, "%d-01-12", year + 1);
	bool second_half = str_cmp(half, day_text(a, now / 86400)) <= 0;
	int64_t in_year = year_add(db, a, org, str_fmt(a, "%d–%d", year, year + 1), since,
				   str_fmt(a, "%d-08-15", year + 1));
	for (int i = 0; i < 2; i++) {
		struct str name = str_of(i ? "7B" : "7A");
		class[i] = group_add(db, a, org, "class", name, since);
		group_change(db, a, org,
			     ARGS(a, ARG_AS("id", class[i]), ARG_AS("rev", 1),
				  ARG_AS("kind", "class"), ARG(name), ARG(since),
				  ARG_AS("year", in_year)));
	}
	for (size_t i = 0; i < sizeof pupils / sizeof *pupils; i++) {
		int64_t pupil = person_add(
			db, a,
			ARGS(a, ARG_AS("name", pupils[i].name), ARG_AS("lang", pupils[i].lang)),
			org, now);
		role_give(db, a, org, pupil, role_by_key(db, a, org, "learner"), 0, 0, now);
		group_join(db, a, org, class[pupils[i].in == 1], pupil, since);
		if (pupils[i].in == 2 && second_half) {
			group_leave(db, a, org, class[0], pupil, half);
			group_join(db, a, org, class[1], pupil, half);
		}
	}
	int64_t teacher = person_add(
		db, a, ARGS(a, ARG_AS("name", "Ruth Delorme"), ARG_AS("lang", "en")), org, now);
	role_give(db, a, org, teacher, role_by_key(db, a, org, "teacher"), 0, 0, now);
	group_staff_add(db, a, org, class[0], teacher, since);
	fill_many_roles(db, a, org, class, since, now);
}

void people_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	const struct val *org = org_by_slug(db, a, S("boreal"));
	struct letter_fault fault;
	fill_school(db, a, now);
	roster_demo_fill(db, a, err, now);
	struct letter_edit edit = {.org = val_i(org, "id"),
				   .now = now,
				   .lang = S("en"),
				   .subject = S("You are invited to {{org}}")};
	const struct val *admin =
		db_row(db, &q_people_demo_admin, ARGS(a, ARG_AS("org", edit.org)));
	edit.by = val_i(admin, "id");
	for (size_t i = 0; i < sizeof texts / sizeof *texts && err->kind == ERR_NONE; i++) {
		edit.body = str_of(texts[i]);
		edit.seen = (int64_t)i;
		letter_template_save(db, a, &people_invitation_letter, &edit, &fault);
	}
}

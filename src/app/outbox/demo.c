#include "app/outbox/demo.h"

#include "core/args.h"
#include "core/letter.h"
#include "core/org.h"
#include "core/scale.h"
#include "queries.h"

static const struct letter_blank blanks[] = {
	{.name = "name", .meaning = N_("The name of the reader")},
	{.name = "link", .link = true, .required = true, .meaning = N_("Where the drafts are")},
	{0},
};

static const struct letter_words words[] = {
	{"en", "Drafts are open for your comments",
	 "Hello {{name}},\n\n"
	 "the drafts of our standards can be read and commented on until the end of the month. Two "
	 "questions matter most to us:\n\n"
	 "- Is anything missing that you do every week?\n"
	 "- Is a word used that your clients would not understand?\n\n"
	 "You find them here:\n{{link}}\n\n"
	 "Thank you for your time."},
	{"fr", "Des ébauches attendent vos commentaires",
	 "Bonjour {{name}},\n\n"
	 "les ébauches de nos normes peuvent être lues et commentées jusqu’à la fin du mois. Deux "
	 "questions nous importent surtout :\n\n"
	 "- Manque-t-il quelque chose que vous faites chaque semaine ?\n"
	 "- Y a-t-il un mot que vos clients ne comprendraient pas ?\n\n"
	 "Vous les trouverez ici :\n{{link}}\n\n"
	 "Merci de votre temps."},
	{0},
};

static const struct letter_kind comments = {
	.name = "demo.comments",
	.summary = N_("An invitation to comment on drafts"),
	.blanks = blanks,
	.words = words,
};

static void post(struct db *db, struct arena *a, const struct val *org, const struct val *person,
		 int64_t now)
{
	struct str link = str_fmt(a, STR_FMT "/standards", STR_ARG(val_s(org, "base")));
	struct str lang = val_s(person, "lang");
	int64_t id = letter_post(
		db, a,
		&(struct letter){
			.kind = &comments,
			.org = val_i(org, "id"),
			.person = val_i(person, "id"),
			.to_address = val_s(person, "email"),
			.to_name = val_s(person, "name"),
			.lang = lang,
			.values = ARGS(a, ARG_AS("name", val_s(person, "name")), ARG(link)),
			.key = str_c(a, str_fmt(a, "demo %lld", (long long)val_i(person, "id"))),
			.now = now});
	/* Every third waits, one has come back, the others were taken. */
	bool dead = id % 5 == 2;
	if (id % 3 == 0)
		return;
	db_exec(db, &q_outbox_settle,
		ARGS(a, ARG(id), ARG_AS("org", val_i(org, "id")), ARG_AS("tries", 0),
		     ARG_AS("state", dead ? "dead" : "sent"),
		     ARG_AS("sender_address", val_s(org, "sender_email")),
		     ARG_AS("answer", dead ? "550 5.1.1 no such mailbox" : "250 2.0.0 queued"),
		     ARG_AS("due_at", now), ARG_AS("settled_at", now)));
}

void outbox_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	struct val *orgs = orgs_list(db, a);
	for (size_t i = 0; i < val_count(orgs) && err->kind == ERR_NONE; i++) {
		const struct val *org = org_by_id(db, a, val_i(val_at(orgs, i), "id"));
		struct val *people =
			db_rows(db, &q_outbox_demo_people,
				ARGS(a, ARG_AS("org", val_i(org, "id")), ARG_AS("after", 0)));
		for (size_t k = 0; k < val_count(people); k++)
			post(db, a, org, val_at(people, k), now);
	}
}

/* One letter for every hundred texts, to as many people as there are. */
void outbox_demo_scale(struct scale *s)
{
	int64_t left = s->texts / 100 + 20, after = 0;
	while (left > 0) {
		const struct val *org = org_by_id(s->db, s->arena, s->org);
		struct val *people = db_rows(s->db, &q_outbox_demo_people,
					     ARGS(s->arena, ARG_AS("org", s->org), ARG(after)));
		for (size_t i = 0; i < val_count(people) && left > 0; i++, left--) {
			after = val_i(val_at(people, i), "id");
			post(s->db, s->arena, org, val_at(people, i), s->now - left % 90 * 86400);
		}
		if (!val_count(people) || !scale_next(s))
			return;
	}
}

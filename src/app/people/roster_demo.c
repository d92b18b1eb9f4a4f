/* A class of Lakeside School that came as a roster, and another roster that nobody has looked at yet. */
#include "app/people/roster_demo.h"

#include "app/people/people_batch.h"
#include "app/people/people_plan_rules.h"
#include "app/people/roster.h"
#include "app/people/roster_read.h"
#include "app/people/roster_rules.h"
#include "base/instant.h"
#include "base/json.h"
#include "core/args.h"
#include "core/group.h"
#include "core/org.h"
#include "queries.h"

static const char done[] = "Numéro;Nom;Prénom;Classe;Courriel;Langue\r\n"
			   "20417;Cardinal-Roy;Maïka;8A;famille@cardinal-roy.example;fr\r\n"
			   "20418;Cardinal-Roy;Tobie;8A;famille@cardinal-roy.example;fr\r\n"
			   "20422;;ᐊᓗᒃ;8A;;iu\r\n"
			   "20431;Bearspaw;Winona;8A;;en\r\n"
			   "20433;Nakashima;Ren;8A;nakashima@home.example;en\r\n";
static const char unseen[] =
	"Student number,Name,Homeroom,E-mail,Since,Birth date\r\n"
	"20417,Maïka Cardinal,8A,famille@cardinal-roy.example,02/09/2026,2013-04-05\r\n"
	"20433,Ren Nakashima,8A,nakashima@home.example,02/09/2026,2013-06-17\r\n"
	"20440,Femi Adebayo-Scott,8A,femi(at)home,02/09/2026,2013-01-30\r\n"
	"20441,,8A,,02/09/2026,\r\n";

static const struct {
	const char *name, *bytes;
	bool apply;
} files[] = {{"8A.csv", done, true}, {"8A-september.csv", unseen, false}};

static struct val *settings_of(struct arena *a, const struct val *read, const struct val *year,
			       struct str today)
{
	const struct val *headers = val_get(val_at(val_get(read, "files"), 0), "columns");
	struct val *settings = ARGS(a, ARG_AS("scheme", "roster"), ARG_AS("date_order", "dmy"),
				    ARG_AS("since", val_s(year, "since")), ARG_AS("until", today),
				    ARG_AS("lang", "en"), ARG_AS("year", val_i(year, "id")),
				    ARG_AS("separator", ""), ARG_AS("encoding", ""));
	val_set(settings, "columns", roster_guess(a, headers));
	val_set_bool(settings, "date_any", true);
	return settings;
}

/* The year that the school goes over into, so that its page has something to show. */
static void add_next_year(struct db *db, struct arena *a, int64_t org, const struct val *year)
{
	int64_t since = 0;
	int number, month, day;
	if (!day_read(val_s(year, "until"), &since))
		return;
	day_split(since, &number, &month, &day);
	year_add(db, a, org, str_fmt(a, "%d–%d", number, number + 1), val_s(year, "until"),
		 day_text(a, day_add_months(since, 12)));
}

void roster_demo_fill(struct db *db, struct arena *a, struct err *err, int64_t now)
{
	int64_t org = val_i(org_by_slug(db, a, S("lakeside")), "id");
	const struct val *years = years_list(db, a, org);
	struct str today = day_text(a, now / 86400);
	for (size_t i = 0; org && i < sizeof files / sizeof *files && err->kind == ERR_NONE; i++) {
		struct str bytes = str_of(files[i].bytes);
		struct val *read =
			roster_read(a, bytes, ARGS(a, ARG_AS("file_name", files[i].name)));
		struct val *settings = settings_of(a, read, val_at(years, 0), today);
		struct val *args =
			ARGS(a, ARG(org), ARG_AS("kind", "roster"), ARG_AS("title", files[i].name),
			     ARG_AS("tables", json_text(a, read)),
			     ARG_AS("settings", json_text(a, settings)), ARG_NULL("me", (int64_t)0),
			     ARG(now));
		val_set(args, "bytes", val_blob(a, bytes));
		int64_t id = db_id(db, &q_people_batch_add, args);
		struct val *stands = batch_stands(db, a, org, S("roster"), today, now);
		val_set_list(stands, "roles");
		struct val *plan =
			plan_roster(a, roster_entries(a, read, settings), stands, settings);
		if (files[i].apply)
			batch_apply_now(db, a, err, batch_by_id(db, a, org, id), plan, 0, now);
	}
	if (org && err->kind == ERR_NONE)
		add_next_year(db, a, org, val_at(years, 0));
}

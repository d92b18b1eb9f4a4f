#include "core/audit.h"
#include "scenario.h"

static void fill(struct world *w)
{
	const struct audit rows[] = {
		{.verb = "role.given",
		 .made_by = world_person(w, "admin"),
		 .person = world_person(w, "registrar"),
		 .at = w->now - 20 * 86400},
		{.verb = "standard.made",
		 .made_by = world_person(w, "registrar"),
		 .at = w->now - 10 * 86400},
		{.verb = "org.imported", .at = w->now - 5 * 86400},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct audit row = rows[i];
		row.org = w->a;
		audit_add(w->db, w->arena, &row);
		row.org = w->b;
		row.verb = "place.added";
		audit_add(w->db, w->arena, &row);
	}
	world_know_id(w, "registrar", world_person(w, "registrar"));
	world_know_id(w, "admin", world_person(w, "admin"));
}

#define GIVEN  "<th scope=\"row\" data-label=\"What\">Role given</th>"
#define MADE   "<th scope=\"row\" data-label=\"What\">Standard begun</th>"
#define IMPORT "<th scope=\"row\" data-label=\"What\">Organisation imported</th>"
#define PLACE  "<th scope=\"row\" data-label=\"What\">Place added</th>"

SCENARIOS(
	"the record is read by who may, of their own organisation, narrowed by person, act and day",
	fill,
	{.url = "/alder/org/record",
	 .as = "admin",
	 .status = 200,
	 .has = {GIVEN, MADE, IMPORT, "the system", "the newest 5,000"},
	 .has_not = {PLACE}},
	{.url = "/alder/org/record", .as = "registrar", .status = 403},
	{.url = "/alder/org/record", .as = "admin_of_b", .status = 403},
	{.url = "/alder/org/record?person=%registrar%",
	 .as = "admin",
	 .status = 200,
	 .has = {GIVEN, MADE, "Show everybody"},
	 .has_not = {IMPORT}},
	{.url = "/alder/org/record?person=%admin%",
	 .as = "admin",
	 .status = 200,
	 .has = {GIVEN},
	 .has_not = {MADE, IMPORT}},
	{.url = "/alder/org/record?verb=standard.made",
	 .as = "admin",
	 .status = 200,
	 .has = {MADE, "value=\"standard.made\" selected"},
	 .has_not = {GIVEN, IMPORT}},
	{.url = "/alder/org/record?since=2000-01-01&until=2000-01-02",
	 .as = "admin",
	 .status = 200,
	 .has = {"Nothing is recorded"},
	 .has_not = {GIVEN}},
	{.url = "/alder/org/record?since=tomorrow", .as = "admin", .status = 422},
	{.url = "/alder/org/record.csv?verb=role.given",
	 .as = "admin",
	 .status = 200,
	 .has = {"id,at,verb,", "role.given,", ",Role given"},
	 .has_not = {"standard.made"}});

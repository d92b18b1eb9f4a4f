#include "server/move_tables.h"

#include <stddef.h>

#define OWN     "t.org = :org"
#define MEMBERS "(SELECT m.person FROM person_org m WHERE m.org = :org)"
#define VERSION "(SELECT v.standard FROM standard_version v WHERE v.id = t.version)"

const struct move_table move_tables[] = {
	{"org", MOVE_ROWS, "t.id = :org"},
	{"org_lang", MOVE_ROWS, OWN},

	/* people */
	{"person", MOVE_PEOPLE},
	{"affiliation", MOVE_ROWS, OWN},
	{"person_former_name", MOVE_PERSONS, "t.person IN " MEMBERS},
	{"person_word", MOVE_PERSONS, "t.person IN " MEMBERS},
	{"person_org", MOVE_ROWS, OWN},
	{"person_merge", MOVE_ROWS, OWN},
	{"contact", MOVE_PERSONS, "(t.org = :org OR (t.org IS NULL AND t.person IN " MEMBERS "))"},
	{"signin", MOVE_PERSONS, "(t.org = :org OR (t.org IS NULL AND t.person IN " MEMBERS "))"},
	{"session", MOVE_STAYS, .why = "people sign in again"},
	{"totp", MOVE_STAYS, .why = "sealed with this server's key: set up again"},
	{"recovery_code", MOVE_STAYS, .why = "made with this server's key: made again"},
	{"throttle", MOVE_SERVER, .why = "wrong attempts here"},
	{"role", MOVE_ROWS, OWN},
	{"role_right", MOVE_ROWS, "t.role IN (SELECT r.id FROM role r WHERE r.org = :org)"},
	{"person_role", MOVE_ROWS, OWN},
	{"session_acting", MOVE_STAYS, OWN, .why = "people sign in again"},
	{"link", MOVE_STAYS, OWN, .why = "addresses that were sent out lead here"},
	{"invitation", MOVE_ROWS, OWN},
	{"terms", MOVE_ROWS, OWN},
	{"agreement", MOVE_ROWS, "t.terms IN (SELECT r.id FROM terms r WHERE r.org = :org)"},

	/* standards */
	{"standard", MOVE_ROWS, OWN, "t.id"},
	{"standard_kind", MOVE_ROWS, OWN, "t.standard"},
	{"standard_version", MOVE_ROWS, OWN, "t.standard"},
	{"standard_version_lang", MOVE_ROWS, OWN, VERSION},
	{"standard_item", MOVE_ROWS, OWN, "t.standard"},
	{"standard_node", MOVE_ROWS, OWN, VERSION},
	{"standard_level", MOVE_ROWS, OWN, VERSION},
	{"standard_descriptor", MOVE_ROWS, OWN, VERSION},
	{"standard_rating", MOVE_ROWS, OWN, VERSION},
	{"standard_link", MOVE_ROWS, OWN, VERSION},
	{"standard_replacement", MOVE_ROWS, OWN},
	{"standard_comment", MOVE_ROWS, OWN},
	{"standard_import", MOVE_ROWS, OWN},
	{"standard_kept_document", MOVE_ROWS, OWN, VERSION},
	{"standard_kept_item", MOVE_ROWS, OWN,
	 "(SELECT v.standard FROM standard_node n JOIN standard_version v ON v.id = n.version "
	 "WHERE n.id = t.node)"},
	{"standard_association", MOVE_ROWS, OWN, VERSION},
	{"standard_definition", MOVE_ROWS, OWN, VERSION},
	{"standard_rubric_part", MOVE_ROWS, OWN, VERSION},
	{"crosswalk", MOVE_ROWS, OWN},
	{"crosswalk_row", MOVE_ROWS, OWN},

	/* the ledger and its grounds */
	{"term", MOVE_ROWS, OWN},
	{"place", MOVE_ROWS, OWN},
	{"academic_year", MOVE_ROWS, OWN},
	{"people_group", MOVE_ROWS, OWN},
	{"group_staff", MOVE_ROWS, OWN},
	{"membership", MOVE_ROWS, OWN},
	{"adult_check", MOVE_ROWS, OWN},
	{"person_key", MOVE_ROWS, OWN},
	{"people_batch", MOVE_STAYS, OWN, .why = "what was done here is undone here"},
	{"people_batch_row", MOVE_STAYS, OWN, .why = "what was done here is undone here"},
	{"guardian", MOVE_ROWS, OWN},
	{"minority", MOVE_ROWS, OWN},
	{"age_band", MOVE_ROWS, OWN},
	{"band_purpose", MOVE_ROWS, OWN},
	{"person_band", MOVE_ROWS, OWN},
	{"activity", MOVE_ROWS, OWN},
	{"activity_past", MOVE_ROWS, OWN},
	{"activity_role", MOVE_ROWS, OWN},
	{"activity_item", MOVE_ROWS, OWN},
	{"activity_group", MOVE_ROWS, OWN},
	{"activity_ask", MOVE_ROWS, OWN},
	{"activity_answer", MOVE_ROWS, OWN},
	{"conference_slot", MOVE_ROWS, OWN},
	{"conference_interpreter", MOVE_ROWS, OWN},
	{"activity_unasked", MOVE_ROWS, OWN},
	{"activity_question", MOVE_ROWS, OWN},
	{"reflection", MOVE_ROWS, OWN},
	{"consent_purpose", MOVE_ROWS, OWN},
	{"consent_version", MOVE_ROWS, OWN},
	{"activity_code", MOVE_STAYS, OWN, .why = "codes of minutes, made with this server's key"},
	{"consent_ask", MOVE_ROWS, OWN},
	{"consent", MOVE_ROWS, OWN},
	{"participation", MOVE_ROWS, OWN},
	{"participation_item", MOVE_ROWS,
	 "t.participation IN (SELECT p.id FROM participation p WHERE p.org = :org)"},
	{"access_grant", MOVE_ROWS, OWN},
	{"disclosure", MOVE_ROWS, OWN},
	{"correction", MOVE_ROWS, OWN},
	{"retention_rule", MOVE_ROWS, OWN},
	{"erasure", MOVE_ROWS, OWN},
	{"erasure_line", MOVE_ROWS, "t.erasure IN (SELECT e.id FROM erasure e WHERE e.org = :org)"},

	/* what was written, sent and done */
	{"file", MOVE_ROWS, OWN},
	{"letter_template", MOVE_ROWS, OWN},
	{"letter", MOVE_ROWS, "t.org = :org AND t.state <> 'queued'"},
	{"job", MOVE_STAYS, OWN, .why = "work under way is done here"},
	{"event", MOVE_STAYS, OWN, .why = "reactions are had here"},
	{"event_done", MOVE_STAYS, "t.event IN (SELECT e.id FROM event e WHERE e.org = :org)",
	 .why = "reactions are had here"},
	{"form_sent", MOVE_STAYS, OWN, .why = "forms sent here, for a day"},
	{"search_document", MOVE_STAYS, OWN, .why = "made again from what is found"},
	{"search_words", MOVE_STAYS,
	 "t.id IN (SELECT d.id FROM search_document d WHERE d.org = :org)",
	 .why = "made again from what is found"},
	{"texts", MOVE_ROWS, OWN},
	{"audit", MOVE_ROWS, OWN},

	{"server_state", MOVE_SERVER, .why = "upkeep of this server"},
	{"migration", MOVE_SERVER, .why = "the schema's own history"},
	{0},
};

const struct move_pointer move_pointers[] = {
	{"texts", "owner", "=owner_kind"},
	{"audit", "object", "=object_kind"},
	{"disclosure", "object", "=object_kind"},
	{"activity_past", "method", "term"},
	{"activity_past", "place", "place"},
	{"activity_item", "item", "standard_item"},
	{"activity_item", "version", "standard_version"},
	{"participation_item", "item", "standard_item"},
	{"participation_item", "version", "standard_version"},
	{0},
};

const struct move_value move_values[] = {
	/* A password is the person's, not the organisation's: it goes along only where nobody else
	 * knows them. Who has none signs in by a link. */
	{"signin", "secret",
	 "CASE WHEN t.kind = 'email' AND EXISTS (SELECT 1 FROM person_org o WHERE o.person = "
	 "t.person AND o.org <> :org) THEN NULL ELSE t.secret END"},
	{"participation", "seat", "CAST(NULL AS text)"}, /* codes that were handed out lead here */
	{0},
};

const struct move_needed move_needed[] = {
	{"access_grant", "from_org"}, /* none means: everybody's ledger */
	{"access_grant", "activity"}, /* none means: all */
	{"disclosure", "to_org"},     {"disclosure", "to_person"},
	{"consent", "activity"}, /* none means: whatever the purpose covers */
	{"texts", "owner"},           {0},
};

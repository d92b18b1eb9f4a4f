#include "core/personal.h"

#include "base/val.h"
#include "queries.h"

/* An organisation's kinds stand in the order in which they end: what rests on another comes first. */
#define OF_ORG(name, end) &q_personal_##name, end, &q_erasure_kept_##name, &q_erasure_gone_##name
const struct personal personal_core[] = {
	{"names", N_("Names"), "person.same_as", &q_personal_names},
	{"former_names", N_("Former names"), "person_former_name.person", &q_personal_former_names},
	{"contacts", N_("Contacts"), "contact.person", &q_personal_contacts},
	{"signins", N_("Ways to sign in"), "signin.person", &q_personal_signins},
	{"sessions", N_("Sessions"), "session.person", &q_personal_sessions},
	{"second_factor", N_("Second factor"), "totp.person recovery_code.person",
	 &q_personal_second_factor},
	{"links", N_("Links that act for the person"), "link.owner", &q_personal_links},
	{"jobs", N_("Imports and tasks"), "job.owner", &q_personal_jobs},
	{"merges", N_("Accounts made one"), "person_merge.kept person_merge.alias",
	 OF_ORG(merges, ERASURE_ERASED)},
	{"groups", N_("Groups"), "membership.person", OF_ORG(groups, ERASURE_ERASED)},
	{"checks", N_("Checks"), "adult_check.person", OF_ORG(checks, ERASURE_ERASED)},
	{"groups_led", N_("Groups led"), "group_staff.person", OF_ORG(groups_led, ERASURE_ERASED)},
	{"guardians", N_("Guardians and children"), "guardian.person guardian.child",
	 OF_ORG(guardians, ERASURE_ERASED)},
	{"bands", N_("Age band"), "person_band.person", OF_ORG(bands, ERASURE_ERASED)},
	{"minority", N_("Until when a minor"), "minority.person", OF_ORG(minority, ERASURE_ERASED)},
	{"activities", N_("Activities taken part in"),
	 "participation.person activity.person participation.claimed_by",
	 OF_ORG(activities, ERASURE_ANONYMISED)},
	{"disclosures", N_("Disclosures"), "disclosure.person",
	 OF_ORG(disclosures, ERASURE_ERASED)},
	{"grants", N_("Grants to read"), "access_grant.person", OF_ORG(grants, ERASURE_ERASED)},
	{"consents", N_("Consents"), "consent.person consent.given_by",
	 OF_ORG(consents, ERASURE_ERASED)},
	{"agreements", N_("Agreements to terms"), "agreement.person",
	 OF_ORG(agreements, ERASURE_ERASED)},
	{"letters", N_("Letters"), "letter.person", OF_ORG(letters, ERASURE_ERASED)},
	{"invitations", N_("Invitations"), "invitation.person invitation.accepted_by",
	 OF_ORG(invitations, ERASURE_ERASED)},
	{"record", N_("What was recorded"), "audit.person", OF_ORG(record, ERASURE_ANONYMISED)},
	{"corrections", N_("Requests for a correction"), "correction.person",
	 OF_ORG(corrections, ERASURE_ERASED)},
	{"erasures", N_("Requests to be erased"), "erasure.person", &q_personal_erasures},
	{"roles", N_("Roles"), "person_role.person", OF_ORG(roles, ERASURE_ERASED)},
	{"organisations", N_("Organisations"), "person_org.person",
	 OF_ORG(organisations, ERASURE_ERASED)},
	{0},
};

const struct personal *personal_named(const struct personal *kinds, struct str name)
{
	while (kinds->name && !str_is(name, kinds->name))
		kinds++;
	return kinds->name ? kinds : NULL;
}

static const struct {
	const char *column, *title;
} columns[] = {
	{"name", N_("Name")},
	{"sort_name", N_("Name in lists")},
	{"formal_name", N_("Name on letters and certificates")},
	{"lang", N_("Language")},
	{"made_at", N_("Recorded")},
	{"kind", N_("Kind")},
	{"value", N_("Value")},
	{"action", N_("What was done")},
	{"label", N_("Label")},
	{"preferred", N_("Used first")},
	{"confirmed_at", N_("Confirmed")},
	{"handle", N_("User name or address")},
	{"used_at", N_("Last used")},
	{"means", N_("Signed in with")},
	{"agent", N_("Device")},
	{"network", N_("Network")},
	{"seen_at", N_("Last seen")},
	{"ends_at", N_("Ends")},
	{"codes_left", N_("Recovery codes left")},
	{"org_name", N_("Organisation")},
	{"since_at", N_("Since")},
	{"until_at", N_("Until")},
	{"role", N_("Role")},
	{"email", N_("E-mail")},
	{"accepted_at", N_("Accepted")},
	{"revoked_at", N_("Withdrawn")},
	{"title", N_("Title")},
	{"version", N_("Version")},
	{"agreed_at", N_("Agreed")},
	{"withdrawn_at", N_("Withdrawn")},
	{"since", N_("Since")},
	{"until", N_("Until")},
	{"child", N_("Child")},
	{"guardian", N_("Guardian")},
	{"mode", N_("Mode")},
	{"status", N_("Status")},
	{"starts_wall", N_("Begins")},
	{"zone", N_("Time zone")},
	{"state", N_("State")},
	{"minutes", N_("Minutes")},
	{"ground", N_("Ground")},
	{"attested", N_("Attested")},
	{"superseded_at", N_("Replaced")},
	{"person_name", N_("Person")},
	{"purpose", N_("Purpose")},
	{"answer", N_("Answer")},
	{"words", N_("Text")},
	{"words_rev", N_("Version of the text")},
	{"given_by_name", N_("Given by")},
	{"given_how", N_("Given how")},
	{"given_at", N_("Given")},
	{"object_kind", N_("What it is about")},
	{"shown_to", N_("Shown to")},
	{"can_be_called_back", N_("Can be called back")},
	{"verb", N_("What was done")},
	{"made_by_name", N_("By")},
	{"to_address", N_("Sent to")},
	{"subject", N_("Subject")},
	{"body", N_("Text of the letter")},
	{"settled_at", N_("Settled")},
	{"finished_at", N_("Finished")},
	{"asked_at", N_("Asked")},
	{"asked_how", N_("Asked how")},
	{"answered_at", N_("Answered")},
	{"standard", N_("Standard")},
	{"resolved_at", N_("Settled")},
	{"band", N_("Age band")},
	{"question", N_("Question")},
	{"shared_at", N_("May be read by those responsible since")},
	{"adults", N_("Adults")},
	{"children", N_("Children")},
	{"answer", N_("Answer")},
};

const char *personal_column(struct str column)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (str_is(column, columns[i].column))
			return columns[i].title;
	return NULL;
}

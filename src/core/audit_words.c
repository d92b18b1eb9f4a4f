#include "core/audit.h"

#include "base/val.h"
#include "web/req.h"

#include <stddef.h>

const struct audit_words audit_table[] = {
	{"session.begun", N_("Signed in")},
	{"session.ended", N_("Signed out from elsewhere")},
	{"password.changed", N_("Password set")},
	{"signin.added", N_("Way to sign in added")},
	{"signin.removed", N_("Way to sign in removed")},
	{"card.made", N_("Sign-in card made")},
	{"second.on", N_("Second factor set up")},
	{"second.off", N_("Second factor removed")},
	{"second.codes", N_("New recovery codes made")},
	{"link.revoked", N_("Link revoked")},
	{"person.added", N_("Added to the people of the organisation")},
	{"person.changed", N_("Names changed")},
	{"person.left", N_("Taken off the people of the organisation")},
	{"contact.added", N_("Contact added")},
	{"contact.removed", N_("Contact removed")},
	{"guardian.entered", N_("Guardian entered")},
	{"guardian.changed", N_("Guardian confirmed or changed")},
	{"guardian.contact", N_("Contact with a guardian forbidden or allowed")},
	{"consent.taken", N_("Consent or refusal taken down")},
	{"consent.withdrawn", N_("Consent or refusal taken back")},
	{"check.noted", N_("Check of an adult noted")},
	{"check.ended", N_("Check of an adult taken back")},
	{"role.given", N_("Role given")},
	{"role.taken", N_("Role taken away")},
	{"role.added", N_("Role added")},
	{"role.changed", N_("Role changed")},
	{"invitation.sent", N_("Invitation sent")},
	{"invitation.revoked", N_("Invitation revoked")},
	{"invitation.accepted", N_("Invitation accepted")},
	{"terms.published", N_("Terms published")},
	{"terms.agreed", N_("Agreed to terms")},
	{"terms.withdrawn", N_("Agreement withdrawn")},
	{"record.read", N_("Personal record read")},
	{"erasure.asked", N_("Erasure asked for")},
	{"erasure.withdrawn", N_("Request to erase taken back")},
	{"erasure.answered", N_("Request to erase answered")},
	{"org.changed", N_("Settings changed")},
	{"org.exported", N_("Organisation exported")},
	{"org.imported", N_("Organisation imported")},
	{"org.deletion_asked", N_("Deletion of the organisation asked for")},
	{"org.deletion_taken_back", N_("Deletion of the organisation taken back")},
	{"affiliation.proposed", N_("Affiliation proposed")},
	{"affiliation.confirmed", N_("Affiliation confirmed")},
	{"affiliation.declined", N_("Affiliation declined")},
	{"affiliation.withdrawn", N_("Proposal of an affiliation withdrawn")},
	{"affiliation.ended", N_("Affiliation ended")},
	{"letter_text.changed", N_("Text of a letter changed")},
	{"letter_text.dropped", N_("Shipped text of a letter restored")},
	{"letter.again", N_("Letter sent again")},
	{"letter.cancelled", N_("Letter not sent")},
	{"standard.made", N_("Standard begun")},
	{"standard.published", N_("Standard published")},
	{"standard.language_published", N_("Standard published in a language")},
	{"standard.replaced", N_("Standard replaced")},
	{"standard.deprecated", N_("Standard deprecated")},
	{"activity.planned", N_("Activity planned")},
	{"activity.changed", N_("Activity changed")},
	{"activity.held", N_("Activity held")},
	{"activity.cancelled", N_("Activity cancelled")},
	{"place.added", N_("Place added")},
	{"place.changed", N_("Place changed")},
	{"place.retired", N_("Place retired")},
	{"place.returned", N_("Place in use again")},
	{"job.stopped", N_("Import or other long task stopped")},
	{NULL, NULL},
};

const char *audit_says(struct str verb)
{
	const struct audit_words *w = audit_table;
	while (w->verb && !str_is(verb, w->verb))
		w++;
	return w->words;
}

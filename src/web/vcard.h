#pragma once
/*
 * A person as address books read them: vCard 4.0 (RFC 6350), a pure function from values to bytes.
 * Lines are folded at 75 octets and end in CRLF (3.2); what people typed is escaped (3.4).
 *
 * A name is never taken apart: FN has it as it is shown, and N has it whole as a given name, with
 * the form it is sorted by (SORT-AS), since some programs show nobody who has no N.
 */
#include "base/str.h"

struct arena;
struct val;

struct vcard {
	struct str name, sort_name, lang; /* lang: a tag; may be empty */
	struct str org;                   /* may be empty */
	const struct val *contacts;       /* [{kind, value, label, preferred}]: core/contact.h */
};
struct str vcard_write(struct arena *, const struct vcard *);

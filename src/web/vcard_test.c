#include "web/vcard.h"

#include "base/val.h"
#include "test.h"

static void add(struct val *list, const char *kind, const char *value, bool preferred)
{
	struct val *one = val_push_object(list);
	val_set_str(one, "kind", str_of(kind));
	val_set_str(one, "value", str_of(value));
	val_set_bool(one, "preferred", preferred);
}

TEST("a vCard has the name whole, what it is sorted by, and every way to reach its person")
{
	struct val *contacts = val_list(test_arena);
	add(contacts, "email", "ana@example.org", true);
	add(contacts, "phone", "204 555 0142", false);
	add(contacts, "post", "9 Pier Street\nSt. John’s, NL", false);
	add(contacts, "other", "at the door; ring twice", false);
	CHECK_STR(vcard_write(test_arena, &(struct vcard){.name = S("Ana \"Annie\" Léger"),
							  .sort_name = S("Léger, Ana \"Annie\""),
							  .lang = S("fr"),
							  .org = S("École du Lac"),
							  .contacts = contacts}),
		  "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana \"Annie\" Léger\r\n"
		  "N;SORT-AS=\"Léger, Ana ^'Annie^'\":;Ana \"Annie\" Léger;;;\r\n"
		  "ORG:École du Lac\r\nLANG:fr\r\nEMAIL;PREF=1:ana@example.org\r\n"
		  "TEL:204 555 0142\r\nADR:;;9 Pier Street\\nSt. John’s\\, NL;;;;\r\n"
		  "NOTE:at the door\\; ring twice\r\nEND:VCARD\r\n");
}

TEST("a vCard folds long lines at 75 octets, and never inside a character")
{
	struct str text = vcard_write(
		test_arena,
		&(struct vcard){.name = S("ᐱᑕ ᐊᕐᓇᖅ ᐱᑕ ᐊᕐᓇᖅ ᐱᑕ ᐊᕐᓇᖅ ᐱᑕ ᐊᕐᓇᖅ ᐱᑕ ᐊᕐᓇᖅ ᐱᑕ ᐊᕐᓇᖅ"),
				.contacts = val_null()});
	struct str line;
	int lines = 0;
	for (; str_cut(&text, '\n', &line); lines++) {
		CHECK(line.n <= 76); /* with its CR */
		CHECK(!line.n || ((unsigned char)line.p[0] & 0xC0) != 0x80);
		if (line.n > 1 && line.p[0] == ' ')
			CHECK(((unsigned char)line.p[1] & 0xC0) != 0x80);
	}
	CHECK(lines > 6);
}

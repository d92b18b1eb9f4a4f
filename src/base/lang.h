#pragma once
/* Languages by their BCP 47 tags, named from CLDR as ICU holds it. */
#include "base/str.h"

struct arena;

/* "fr" in English is "French", in French "français"; a tag nobody has named is shown as it is. */
struct str lang_name(struct arena *, struct str tag, struct str in);
/* As its speakers call it, where CLDR knows that ("français"), else in the reader's language
 * ("Inuktitut"). */
struct str lang_own_name(struct arena *, struct str tag, struct str reader);
/* Letters and digits in parts of 1 to 8, the first of 2 or 3 letters. */
bool lang_is_tag(struct str);
/* French of any country, by whose customs numbers and days are then written. */
bool lang_is_french(struct str tag);

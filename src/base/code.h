#pragma once
/* Bytes as text: hexadecimal (lower case) and base64url without padding (RFC 4648, 5). Reading is
 * strict: false for a foreign character, an impossible length, or bits left over that are not 0, so
 * that one text stands for one value. Hexadecimal is read in either case. */
#include "base/str.h"

struct str hex_of(struct arena *, struct str bytes);
bool hex_read(struct arena *, struct str text, struct str *bytes);
struct str base64url_of(struct arena *, struct str bytes);
bool base64url_read(struct arena *, struct str text, struct str *bytes);

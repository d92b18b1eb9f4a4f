#pragma once
/*
 * Addresses as bytes from outside (RFC 3986). What is decoded is valid UTF-8 in NFC without NUL, or
 * it is refused: nothing behind this seam needs to look again.
 */
#include "base/buf.h"
#include "web/form.h"

/* Decodes %XX, and '+' as a space where `plus`. False: a broken %, NUL, or no UTF-8. */
bool url_decode(struct arena *, struct str, bool plus, struct str *out);

/* "a=b&c=d", of a query or a form's body; name by name in order. Empty names are left out. */
enum form_result query_parse(struct arena *, struct str, struct form *out);

/* Writes "a=b" with '?' or '&' before it, whichever the address in `to` needs. */
void query_add(struct buf *to, const char *name, struct str value);

/* A path of this site, to lead somebody back to: nobody is sent elsewhere by an address of ours. */
bool url_is_local(struct str path);

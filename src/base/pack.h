#pragma once
/*
 * A val as CBOR (RFC 8949), which has every length before its bytes: nothing is escaped, searched or
 * copied. It is for two processes of one machine; what lasts or leaves is JSON.
 *
 * Reading trusts nobody. What it gives is what json_read() might have given: valid UTF-8 without NUL,
 * no name twice in an object, finite reals, at most JSON_DEPTH levels; and only in the forms that
 * pack_write() uses.
 */
#include "base/buf.h"
#include "base/val.h"

void pack_write(struct buf *, const struct val *); /* html is written as text; there is no blob */
/* NULL if the bytes are not sound. Texts stay where they are: the bytes must live as long. */
struct val *pack_read(struct arena *, struct str bytes, size_t most_bytes);

#pragma once
/* A QR code as the path of an SVG picture: { size, path } in modules, with the quiet zone of four
 * (ISO/IEC 18004), error correction M. The null value if the text is too long for one. */
#include "base/str.h"

struct arena;
struct val;

struct val *qr_code(struct arena *, struct str text);

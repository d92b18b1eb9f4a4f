#include "core/qr.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/val.h"

#include <qrencode.h>

enum { QUIET = 4 };

static void forget(void *code)
{
	QRcode_free(code);
}

static struct str path_of(struct arena *a, const QRcode *code)
{
	struct buf b = {.arena = a};
	for (int y = 0; y < code->width; y++)
		for (int x = 0, run; x < code->width; x += run) {
			const unsigned char *row = code->data + (ptrdiff_t)y * code->width;
			for (run = 1; x + run < code->width && (row[x] & 1) == (row[x + run] & 1);)
				run++;
			if (row[x] & 1)
				buf_fmt(&b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
		}
	return buf_str(&b);
}

struct val *qr_code(struct arena *a, struct str text)
{
	QRcode *code =
		QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
	if (!code)
		return val_null();
	arena_defer(a, forget, code);
	struct val *v = val_object(a);
	val_set_int(v, "size", code->width + 2 * QUIET);
	val_set_str(v, "path", path_of(a, code));
	return v;
}

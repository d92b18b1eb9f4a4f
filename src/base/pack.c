#include "base/pack.h"

#include "base/err.h"
#include "base/json.h"
#include "base/utf8.h"

#include <cbor.h>
#include <math.h>

enum { HEAD = 9 }; /* bytes of a number, or of what stands before a text or a list, at most */

static void add_text(struct buf *b, struct str s)
{
	unsigned char head[HEAD];
	buf_add(b, (struct str){(char *)head, cbor_encode_string_start(s.n, head, HEAD)});
	buf_add(b, s);
}

static size_t head_of(const struct val *v, unsigned char *head)
{
	int64_t n = val_get_int(v);
	switch (val_kind(v)) {
	case VAL_NULL:
		return cbor_encode_null(head, HEAD);
	case VAL_BOOL:
		return cbor_encode_bool(val_get_bool(v), head, HEAD);
	case VAL_INT:
		return n < 0 ? cbor_encode_negint64((uint64_t)~n, head, HEAD)
			     : cbor_encode_uint64((uint64_t)n, head, HEAD);
	case VAL_REAL:
		return cbor_encode_double(val_get_real(v), head, HEAD);
	case VAL_LIST:
		return cbor_encode_array_start(val_count(v), head, HEAD);
	default:
		MUST(val_kind(v) == VAL_OBJECT);
		return cbor_encode_map_start(val_count(v), head, HEAD);
	}
}

void pack_write(struct buf *b, const struct val *v)
{
	unsigned char head[HEAD];
	if (val_kind(v) == VAL_TEXT || val_kind(v) == VAL_HTML) {
		add_text(b, val_get_str(v));
		return;
	}
	buf_add(b, (struct str){(char *)head, head_of(v, head)});
	for (size_t i = 0; i < val_count(v); i++) {
		if (val_kind(v) == VAL_OBJECT)
			add_text(b, str_of(val_name_at(v, i)));
		pack_write(b, val_at(v, i));
	}
}

/* ---- reading ---- */

enum { ROOM = 32 }; /* items of a list at first: what it says of itself may be a lie */

struct packed {
	struct arena *arena;
	struct str rest; /* not read yet */
	/* the item that was read last: */
	struct val *value; /* NULL: none that pack_write() writes */
	size_t count;      /* of what follows, in a list or an object */
};

static void take_null(void *packed)
{
	((struct packed *)packed)->value = val_null();
}

static void take_bool(void *packed, bool truth)
{
	struct packed *p = packed;
	p->value = val_bool(p->arena, truth);
}

static void take_whole(void *packed, uint64_t n)
{
	struct packed *p = packed;
	p->value = n <= INT64_MAX ? val_int(p->arena, (int64_t)n) : NULL;
}

static void take_negative(void *packed, uint64_t n)
{
	struct packed *p = packed;
	p->value = n <= INT64_MAX ? val_int(p->arena, ~(int64_t)n) : NULL;
}

static void take_real(void *packed, double real)
{
	struct packed *p = packed;
	p->value = isfinite(real) ? val_real(p->arena, real) : NULL;
}

static void take_text(void *packed, cbor_data bytes, size_t n)
{
	struct packed *p = packed;
	struct str text = {(const char *)bytes, n};
	bool sound = utf8_valid(text) && str_find_char(text, 0) < 0;
	p->value = sound ? val_text(p->arena, text) : NULL;
}

static void take_list(void *packed, size_t count)
{
	struct packed *p = packed;
	p->count = count;
	p->value = val_list_for(p->arena, count < ROOM ? count : ROOM);
}

static void take_object(void *packed, size_t count)
{
	struct packed *p = packed;
	p->count = count;
	p->value = val_object(p->arena);
}

/* The next item, without what is in it. NULL: there is none, or one that is not sound. */
static struct val *take(struct packed *p, const struct cbor_callbacks *to)
{
	p->value = NULL;
	p->count = 0;
	struct cbor_decoder_result got = cbor_stream_decode((cbor_data)p->rest.p, p->rest.n, to, p);
	if (got.status != CBOR_DECODER_FINISHED)
		return NULL;
	p->rest = str_from(p->rest, got.read);
	return p->value;
}

static struct val *take_whole_item(struct packed *p, const struct cbor_callbacks *to, int depth)
{
	struct val *v = take(p, to);
	bool object = val_kind(v) == VAL_OBJECT;
	if (v && (object || val_kind(v) == VAL_LIST) && depth <= 0)
		return NULL;
	for (size_t n = p->count; v && n; n--) {
		struct val *name = object ? take(p, to) : NULL;
		if (object && val_kind(name) != VAL_TEXT)
			return NULL;
		const char *key = object ? str_c(p->arena, val_get_str(name)) : NULL;
		struct val *item =
			object && val_has(v, key) ? NULL : take_whole_item(p, to, depth - 1);
		if (!item)
			return NULL;
		if (object)
			val_add(v, key, item);
		else
			val_push(v, item);
	}
	return v;
}

struct val *pack_read(struct arena *a, struct str bytes, size_t most_bytes)
{
	struct cbor_callbacks to =
		cbor_empty_callbacks; /* what pack_write() does not write is no value */
	to.null = take_null;
	to.boolean = take_bool;
	to.uint64 = take_whole;
	to.negint64 = take_negative;
	to.float8 = take_real;
	to.string = take_text;
	to.array_start = take_list;
	to.map_start = take_object;
	struct packed p = {.arena = a, .rest = bytes};
	struct val *v = bytes.n <= most_bytes ? take_whole_item(&p, &to, JSON_DEPTH) : NULL;
	return p.rest.n ? NULL : v;
}

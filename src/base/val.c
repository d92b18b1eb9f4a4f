#include "base/val.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <string.h>

enum { BUCKETS = 16 };

struct member {
	const char *name;
	uint32_t number; /* of the name */
	uint32_t next;   /* in its bucket: one more than the index of a member, 0 at the end */
	struct val *value;
};

struct val {
	uint8_t kind;
	uint32_t cap; /* of a list or an object */
	union {
		bool truth;
		int64_t integer;
		double real;
		struct str text; /* and html, and blob */
		struct {
			size_t n;
			union {
				struct val **items;
				struct member *members;
			};
		};
	};
	struct arena *arena; /* of a list or an object: where it grows */
	uint32_t bucket[];   /* of an object: BUCKETS, by the numbers of the names */
};

/* Never written: every setter checks that it holds a list or an object. */
static const struct val nothing = {.kind = VAL_NULL};
static const struct val no = {.kind = VAL_BOOL, .truth = false};
static const struct val yes = {.kind = VAL_BOOL, .truth = true};

static struct val *make(struct arena *a, enum val_kind kind)
{
	struct val *v = arena_alloc_bare(a, sizeof *v);
	*v = (struct val){.kind = (uint8_t)kind};
	return v;
}

static struct val *make_text(struct arena *a, enum val_kind kind, struct str s)
{
	struct val *v = make(a, kind);
	v->text = s;
	return v;
}

static struct val *make_object(struct arena *a)
{
	struct val *v = arena_alloc(a, sizeof *v + BUCKETS * sizeof *v->bucket);
	v->kind = VAL_OBJECT;
	v->arena = a;
	return v;
}

enum val_kind val_kind(const struct val *v)
{
	return v ? (enum val_kind)v->kind : VAL_NULL;
}

static bool is_text(const struct val *v)
{
	return v && (v->kind == VAL_TEXT || v->kind == VAL_HTML || v->kind == VAL_BLOB);
}

bool val_is_null(const struct val *v)
{
	return val_kind(v) == VAL_NULL;
}

bool val_true(const struct val *v)
{
	switch (val_kind(v)) {
	case VAL_NULL:
		return false;
	case VAL_BOOL:
		return v->truth;
	case VAL_INT:
		return v->integer != 0;
	case VAL_REAL:
		return v->real != 0;
	case VAL_TEXT:
	case VAL_HTML:
	case VAL_BLOB:
		return v->text.n > 0;
	case VAL_LIST:
		return v->n > 0;
	case VAL_OBJECT:
		return true;
	}
	return false;
}

/* Its length and three of its letters: few names of one object have the same. */
struct val_name val_name(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	uint32_t n = (uint32_t)strlen(text);
	if (!n)
		return (struct val_name){text, 0};
	uint32_t number =
		n ^ (uint32_t)p[0] << 8 ^ (uint32_t)p[n / 2] << 16 ^ (uint32_t)p[n - 1] << 24;
	return (struct val_name){text, number};
}

/* The highest bits of this product are the best mixed (Knuth, TAOCP 3, 6.4). */
static uint32_t *bucket_of(const struct val *object, uint32_t number)
{
	return (uint32_t *)&object->bucket[number * 0x9e3779b9u >> 28];
}

static struct val_name name_at(const struct val *object, size_t index)
{
	const struct member *m = &object->members[index];
	return (struct val_name){m->name, m->number};
}

static struct member *find(const struct val *v, struct val_name name)
{
	if (val_kind(v) != VAL_OBJECT)
		return NULL;
	for (uint32_t i = *bucket_of(v, name.number); i; i = v->members[i - 1].next) {
		struct member *m = &v->members[i - 1];
		if (m->number == name.number &&
		    (m->name == name.text || !strcmp(m->name, name.text)))
			return m;
	}
	return NULL;
}

static bool same_items(const struct val *a, const struct val *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!val_equal(a->items[i], b->items[i]))
			return false;
	return true;
}

static bool same_members(const struct val *a, const struct val *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct member *other = find(b, name_at(a, i));
		if (!other || !val_equal(a->members[i].value, other->value))
			return false;
	}
	return true;
}

bool val_equal(const struct val *a, const struct val *b)
{
	if (val_kind(a) != val_kind(b))
		return false;
	switch (val_kind(a)) {
	case VAL_NULL:
		return true;
	case VAL_BOOL:
		return a->truth == b->truth;
	case VAL_INT:
		return a->integer == b->integer;
	case VAL_REAL:
		return a->real == b->real;
	case VAL_TEXT:
	case VAL_HTML:
	case VAL_BLOB:
		return str_eq(a->text, b->text);
	case VAL_LIST:
		return same_items(a, b);
	case VAL_OBJECT:
		return same_members(a, b);
	}
	return false;
}

struct val *val_null(void)
{
	return (struct val *)&nothing;
}

struct val *val_bool(struct arena *a, bool b)
{
	(void)a;
	return (struct val *)(b ? &yes : &no);
}

struct val *val_int(struct arena *a, int64_t n)
{
	struct val *v = make(a, VAL_INT);
	v->integer = n;
	return v;
}

struct val *val_real(struct arena *a, double r)
{
	struct val *v = make(a, VAL_REAL);
	v->real = r;
	return v;
}

struct val *val_text(struct arena *a, struct str s)
{
	return make_text(a, VAL_TEXT, s);
}

struct val *val_text_copy(struct arena *a, struct str s)
{
	struct val *v = arena_alloc_bare(a, sizeof *v + s.n);
	char *bytes = (char *)(v + 1);
	if (s.n)
		memcpy(bytes, s.p, s.n);
	*v = (struct val){.kind = VAL_TEXT, .text = {bytes, s.n}};
	return v;
}

struct val *val_html(struct arena *a, struct str s)
{
	return make_text(a, VAL_HTML, s);
}

struct val *val_blob(struct arena *a, struct str s)
{
	return make_text(a, VAL_BLOB, s);
}

struct val *val_list(struct arena *a)
{
	struct val *v = make(a, VAL_LIST);
	v->arena = a;
	return v;
}

struct val *val_list_for(struct arena *a, size_t items)
{
	struct val *v = val_list(a);
	MUST(items <= UINT32_MAX);
	v->items = arena_many(a, struct val *, items);
	v->cap = (uint32_t)items;
	return v;
}

struct val *val_object(struct arena *a)
{
	return make_object(a);
}

struct val *val_object_for(struct arena *a, size_t members)
{
	struct val *v = make_object(a);
	MUST(members <= UINT32_MAX);
	v->members = arena_many(a, struct member, members);
	v->cap = (uint32_t)members;
	return v;
}

bool val_get_bool(const struct val *v)
{
	switch (val_kind(v)) {
	case VAL_BOOL:
	case VAL_INT:
	case VAL_REAL:
		return val_true(v);
	default:
		return false;
	}
}

static int64_t cut_real(double r)
{
	if (r >= 0x1p63)
		return INT64_MAX;
	if (r <= -0x1p63)
		return INT64_MIN;
	return r == r ? (int64_t)r : 0;
}

int64_t val_get_int(const struct val *v)
{
	int64_t n = 0;
	switch (val_kind(v)) {
	case VAL_BOOL:
		return v->truth;
	case VAL_INT:
		return v->integer;
	case VAL_REAL:
		return cut_real(v->real);
	case VAL_TEXT:
		str_int(v->text, &n);
		return n;
	default:
		return 0;
	}
}

double val_get_real(const struct val *v)
{
	double r = 0;
	switch (val_kind(v)) {
	case VAL_BOOL:
		return v->truth;
	case VAL_INT:
		return (double)v->integer;
	case VAL_REAL:
		return v->real;
	case VAL_TEXT:
		str_real(v->text, &r);
		return r;
	default:
		return 0;
	}
}

struct str val_get_str(const struct val *v)
{
	return is_text(v) ? v->text : (struct str){0};
}

struct str val_show(struct arena *a, const struct val *v)
{
	struct buf b = {.arena = a};
	switch (val_kind(v)) {
	case VAL_BOOL:
		return v->truth ? S("true") : S("false");
	case VAL_INT:
		buf_int(&b, v->integer);
		return buf_str(&b);
	case VAL_REAL:
		buf_real(&b, v->real);
		return buf_str(&b);
	default:
		return val_get_str(v);
	}
}

static bool is_container(const struct val *v)
{
	return v && (v->kind == VAL_LIST || v->kind == VAL_OBJECT);
}

size_t val_count(const struct val *v)
{
	return is_container(v) ? v->n : 0;
}

struct val *val_at(const struct val *v, size_t index)
{
	if (!is_container(v) || index >= v->n)
		return val_null();
	return v->kind == VAL_LIST ? v->items[index] : v->members[index].value;
}

static void make_room(struct val *v, size_t bytes_each)
{
	if (v->n < v->cap)
		return;
	size_t cap = v->cap ? (size_t)v->cap * 2 : 8;
	MUST(cap <= UINT32_MAX);
	v->items = arena_grow(v->arena, v->items, v->cap * bytes_each, cap * bytes_each);
	v->cap = (uint32_t)cap;
}

void val_push(struct val *list, struct val *item)
{
	MUST(val_kind(list) == VAL_LIST);
	make_room(list, sizeof *list->items);
	list->items[list->n++] = item ? item : val_null();
}

bool val_holds(const struct val *list, struct str text)
{
	for (size_t i = 0; i < val_count(list); i++)
		if (str_eq(val_get_str(val_at(list, i)), text))
			return true;
	return false;
}

struct val *val_get(const struct val *v, const char *name)
{
	struct member *m = find(v, val_name(name));
	return m ? m->value : val_null();
}

static struct val *get_part(const struct val *v, const char *name, size_t n)
{
	if (val_kind(v) != VAL_OBJECT)
		return val_null();
	for (size_t i = 0; i < v->n; i++) {
		const char *here = v->members[i].name;
		if (strncmp(here, name, n) == 0 && here[n] == 0)
			return v->members[i].value;
	}
	return val_null();
}

struct val *val_path(const struct val *v, const char *dotted)
{
	for (;;) {
		const char *dot = strchr(dotted, '.');
		if (!dot)
			return val_get(v, dotted);
		v = get_part(v, dotted, (size_t)(dot - dotted));
		dotted = dot + 1;
	}
}

bool val_has(const struct val *v, const char *name)
{
	return find(v, val_name(name)) != NULL;
}

const struct val *val_find(const struct val *v, struct val_name name)
{
	struct member *m = find(v, name);
	return m ? m->value : NULL;
}

const char *val_name_at(const struct val *v, size_t index)
{
	return val_kind(v) == VAL_OBJECT && index < v->n ? v->members[index].name : "";
}

void val_add_named(struct val *object, struct val_name name, struct val *value)
{
	MUST(val_kind(object) == VAL_OBJECT);
	make_room(object, sizeof *object->members);
	uint32_t *first = bucket_of(object, name.number);
	object->members[object->n++] = (struct member){.name = name.text,
						       .number = name.number,
						       .next = *first,
						       .value = value ? value : val_null()};
	*first = (uint32_t)object->n;
}

void val_add(struct val *object, const char *name, struct val *value)
{
	val_add_named(object, val_name(name), value);
}

static void set(struct val *object, struct val_name name, struct val *value)
{
	struct member *m = find(object, name);
	if (m)
		m->value = value ? value : val_null();
	else
		val_add_named(object, name, value);
}

void val_set(struct val *object, const char *name, struct val *value)
{
	set(object, val_name(name), value);
}

void val_merge(struct val *object, const struct val *from)
{
	if (val_kind(from) != VAL_OBJECT)
		return;
	for (size_t i = 0; i < from->n; i++)
		set(object, name_at(from, i), from->members[i].value);
}

struct val *val_copy(struct arena *a, const struct val *object, size_t more)
{
	size_t n = val_count(object);
	struct val *copy = val_object_for(a, n + more);
	MUST(val_kind(object) == VAL_OBJECT);
	if (n)
		memcpy(copy->members, object->members, n * sizeof *copy->members);
	memcpy(copy->bucket, object->bucket, BUCKETS * sizeof *copy->bucket);
	copy->n = n;
	return copy;
}

int64_t val_i(const struct val *v, const char *name)
{
	return val_get_int(val_get(v, name));
}

double val_r(const struct val *v, const char *name)
{
	return val_get_real(val_get(v, name));
}

struct str val_s(const struct val *v, const char *name)
{
	return val_get_str(val_get(v, name));
}

bool val_b(const struct val *v, const char *name)
{
	return val_get_bool(val_get(v, name));
}

/* Setting a name of what is no object is our bug: the look-up that gave it found nothing. */
static struct arena *arena_of(const struct val *v)
{
	MUST(is_container(v));
	return v->arena;
}

void val_set_int(struct val *object, const char *name, int64_t n)
{
	val_set(object, name, val_int(arena_of(object), n));
}

void val_set_real(struct val *object, const char *name, double r)
{
	val_set(object, name, val_real(arena_of(object), r));
}

void val_set_str(struct val *object, const char *name, struct str s)
{
	val_set(object, name, val_text(arena_of(object), s));
}

void val_set_bool(struct val *object, const char *name, bool b)
{
	val_set(object, name, val_bool(arena_of(object), b));
}

void val_set_null(struct val *object, const char *name)
{
	val_set(object, name, val_null());
}

struct val *val_set_list(struct val *object, const char *name)
{
	struct val *list = val_list(arena_of(object));
	val_set(object, name, list);
	return list;
}

struct val *val_set_object(struct val *object, const char *name)
{
	struct val *made = val_object(arena_of(object));
	val_set(object, name, made);
	return made;
}

struct val *val_push_object(struct val *list)
{
	struct val *made = val_object(arena_of(list));
	val_push(list, made);
	return made;
}

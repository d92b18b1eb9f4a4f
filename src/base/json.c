#include "base/json.h"

#include "base/arena.h"
#include "base/code.h"
#include "base/utf8.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

/* jansson's tree is freed as soon as it is copied, or by the arena if that reaches its limit. */
struct tree {
	json_t *root;
};

static void tree_free(void *tree)
{
	struct tree *t = tree;
	json_decref(t->root);
	t->root = NULL;
}

static struct val *copy(struct arena *, const json_t *, int depth);

static struct val *copy_array(struct arena *a, const json_t *from, int depth)
{
	struct val *list = val_list(a);
	size_t n = json_array_size(from);
	for (size_t i = 0; i < n; i++) {
		struct val *item = copy(a, json_array_get(from, i), depth - 1);
		if (!item)
			return NULL;
		val_push(list, item);
	}
	return list;
}

static struct val *copy_object(struct arena *a, json_t *from, int depth)
{
	struct val *object = val_object(a);
	for (void *at = json_object_iter(from); at; at = json_object_iter_next(from, at)) {
		struct val *item = copy(a, json_object_iter_value(at), depth - 1);
		if (!item)
			return NULL;
		val_add(object, str_c(a, str_of(json_object_iter_key(at))), item);
	}
	return object;
}

static struct val *copy(struct arena *a, const json_t *from, int depth)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		return depth > 0 ? copy_object(a, (json_t *)from, depth) : NULL;
	case JSON_ARRAY:
		return depth > 0 ? copy_array(a, from, depth) : NULL;
	case JSON_STRING: {
		struct str s = {json_string_value(from), json_string_length(from)};
		return val_text(a, str_dup(a, s));
	}
	case JSON_INTEGER:
		return val_int(a, json_integer_value(from));
	case JSON_REAL:
		return val_real(a, json_real_value(from));
	case JSON_TRUE:
	case JSON_FALSE:
		return val_bool(a, json_is_true(from));
	case JSON_NULL:
		break;
	}
	return val_null();
}

/* Jansson repeats the bytes that it stopped at, whatever they are. */
static void say_why(struct arena *a, const json_error_t *why, struct json_error *error)
{
	struct buf words = {.arena = a};
	struct str rest = str_of(why->text);
	while (rest.n && words.n + 5 < sizeof error->text)
		utf8_put(&words, utf8_next(&rest));
	snprintf(error->text, sizeof error->text, STR_FMT, STR_ARG(buf_str(&words)));
}

struct val *json_read(struct arena *a, struct str text, size_t most_bytes, struct json_error *error)
{
	*error = (struct json_error){0};
	if (text.n > most_bytes) {
		snprintf(error->text, sizeof error->text, "longer than %zu bytes", most_bytes);
		return NULL;
	}
	if (str_find_char(text, 0) >= 0) { /* jansson takes one at the end for the end */
		snprintf(error->text, sizeof error->text, "a NUL byte");
		return NULL;
	}
	if (str_starts(text, S("\xEF\xBB\xBF")))
		text = str_from(text, 3);
	struct tree *tree = arena_one(a, struct tree);
	arena_defer(a, tree_free, tree);
	json_error_t why;
	tree->root = json_loadb(text.n ? text.p : "", text.n,
				JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (!tree->root) {
		error->line = why.line;
		error->column = why.column;
		say_why(a, &why, error);
		return NULL;
	}
	struct val *made = copy(a, tree->root, JSON_DEPTH);
	tree_free(tree);
	if (!made)
		snprintf(error->text, sizeof error->text, "more than %d levels", JSON_DEPTH);
	return made;
}

char json_next(struct str text, size_t *at)
{
	while (*at < text.n && (text.p[*at] == ' ' || text.p[*at] == '\n' || text.p[*at] == '\r' ||
				text.p[*at] == '\t'))
		++*at;
	return *at < text.n ? text.p[*at] : 0;
}

/* Behind a value, by its brackets and strings alone. false: it does not end. */
static bool skip(struct str text, size_t *at)
{
	int64_t depth = 0;
	for (size_t i = *at; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"') {
			for (i++; i < text.n && text.p[i] != '"'; i++)
				i += text.p[i] == '\\';
		} else if (c == '{' || c == '[') {
			depth++;
		} else if (c == '}' || c == ']') {
			depth--;
		}
		bool plain = c == ',' || c == '}' || c == ']';
		if (depth < 0 || (!depth && plain && c == ',')) {
			*at = i;
			return true;
		}
		if (!depth && (plain || c == '"')) {
			*at = i + 1;
			return i < text.n;
		}
	}
	return false;
}

static bool only_held(const json_error_t *why)
{
	switch (json_error_code(why)) {
	case json_error_invalid_utf8:
	case json_error_null_character:
	case json_error_null_byte_in_key:
	case json_error_duplicate_key:
	case json_error_numeric_overflow:
	case json_error_stack_overflow:
		return true;
	default:
		return false;
	}
}

struct val *json_read_at(struct arena *a, struct str text, size_t *at, struct json_error *error)
{
	struct tree *tree = arena_one(a, struct tree);
	json_error_t why;
	*error = (struct json_error){0};
	arena_defer(a, tree_free, tree);
	tree->root =
		json_loadb(*at < text.n ? text.p + *at : "", text.n - *at,
			   JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &why);
	if (!tree->root) {
		error->line = why.line;
		error->column = why.column;
		say_why(a, &why, error);
		error->held = only_held(&why) && skip(text, at);
		return NULL;
	}
	*at += (size_t)why.position;
	struct val *made = copy(a, tree->root, JSON_DEPTH);
	tree_free(tree);
	if (!made) {
		snprintf(error->text, sizeof error->text, "more than %d levels", JSON_DEPTH);
		error->held = true;
	}
	return made;
}

static void write_text(struct buf *b, struct str s)
{
	/* What stands after the backslash; 'u' for a control character without a letter. */
	static const char escape[256] = {
		'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b',         't',           'n', 'u',
		'f', 'r', 'u', 'u', 'u', 'u', 'u', 'u', 'u',         'u',           'u', 'u',
		'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', ['"'] = '"', ['\\'] = '\\',
	};
	static const char hex[] = "0123456789abcdef";
	buf_char(b, '"');
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		char how = escape[(unsigned char)s.p[i]];
		if (!how)
			continue;
		buf_add(b, (struct str){s.p + from, i - from});
		from = i + 1;
		buf_add(b, (struct str){(char[]){'\\', how}, 2});
		if (how == 'u')
			buf_add(b,
				(struct str){(char[]){'0', '0', hex[s.p[i] >> 4], hex[s.p[i] & 15]},
					     4});
	}
	if (s.n)
		buf_add(b, (struct str){s.p + from, s.n - from});
	buf_char(b, '"');
}

static void write_real(struct buf *b, double r)
{
	if (!isfinite(r)) {
		buf_lit(b, "null");
		return;
	}
	size_t from = b->n;
	buf_real(b, r);
	struct str written = str_from(buf_str(b), from);
	if (str_find_char(written, '.') < 0 && str_find_char(written, 'e') < 0)
		buf_lit(b, ".0");
}

/* Where a new item begins: on its own line if the text is for a person. */
static void new_line(struct buf *b, int level)
{
	if (level < 0)
		return;
	buf_char(b, '\n');
	for (int i = 0; i < level; i++)
		buf_lit(b, "  ");
}

/* `level` is how deep the lines are indented, or -1 for all in one line. */
static void write_val(struct buf *b, const struct val *v, int level)
{
	enum val_kind kind = val_kind(v);
	size_t n = val_count(v);
	int inner = level < 0 ? level : level + 1;
	switch (kind) {
	case VAL_NULL:
		buf_lit(b, "null");
		return;
	case VAL_BOOL:
		buf_add(b, val_get_bool(v) ? S("true") : S("false"));
		return;
	case VAL_INT:
		buf_int(b, val_get_int(v));
		return;
	case VAL_REAL:
		write_real(b, val_get_real(v));
		return;
	case VAL_TEXT:
	case VAL_HTML:
		write_text(b, val_get_str(v));
		return;
	case VAL_BLOB:
		write_text(b, base64url_of(b->arena, val_get_str(v)));
		return;
	case VAL_LIST:
	case VAL_OBJECT:
		break;
	}
	buf_char(b, kind == VAL_LIST ? '[' : '{');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(b, ',');
		new_line(b, inner);
		if (kind == VAL_OBJECT) {
			write_text(b, str_of(val_name_at(v, i)));
			buf_char(b, ':');
			if (level >= 0)
				buf_char(b, ' ');
		}
		write_val(b, val_at(v, i), inner);
	}
	if (n)
		new_line(b, level);
	buf_char(b, kind == VAL_LIST ? ']' : '}');
}

void json_write(struct buf *b, const struct val *v)
{
	write_val(b, v, -1);
}

struct str json_text(struct arena *a, const struct val *v)
{
	struct buf b = {.arena = a};
	json_write(&b, v);
	return buf_str(&b);
}

void json_write_pretty(struct buf *b, const struct val *v)
{
	write_val(b, v, 0);
	buf_char(b, '\n');
}

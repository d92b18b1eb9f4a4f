#include "web/template.h"
#include "base/arena.h"
#include "web/template_inside.h"

#include <pthread.h>
#include <string.h>

enum {
	BUCKETS = 128,
	MOST_SCOPES = 100,
	SCRATCH = 64 << 20, /* bytes while compiling */
};

struct compiled {
	const struct program *program;
	struct compiled *next;
};

struct templates {
	struct arena *arena;
	struct template_set set;
	pthread_mutex_t lock; /* of the buckets; a compiled program is never changed */
	struct compiled *bucket[BUCKETS];
};

struct templates *templates_new(struct arena *arena, const struct template_set *set)
{
	struct templates *t = arena_one(arena, struct templates);
	t->arena = arena;
	t->set = *set;
	pthread_mutex_init(&t->lock, NULL);
	return t;
}

static const struct program *compile(struct templates *t, struct arena *keep, const char *name,
				     struct val *messages, struct err *err)
{
	struct complaint complaint = {.file = name};
	struct arena *scratch = arena_new(SCRATCH);
	const struct program *program =
		template_compile(&t->set, name, keep, scratch, messages, &complaint);
	if (!program)
		err_set(err, ERR_FAILED, "template %s:%d: %s",
			complaint.file ? complaint.file : name, complaint.line, complaint.text);
	arena_free(scratch);
	return program;
}

static unsigned hash(const char *name)
{
	unsigned h = 2166136261u;
	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 16777619u;
	return h % BUCKETS;
}

static const struct program *find(struct templates *t, const char *name, struct arena *request,
				  struct err *err)
{
	if (t->set.reload)
		return compile(t, request, name, NULL, err);
	unsigned h = hash(name);
	pthread_mutex_lock(&t->lock);
	struct compiled *c = t->bucket[h];
	while (c && strcmp(c->program->name, name))
		c = c->next;
	if (!c) {
		const struct program *program = compile(t, t->arena, name, NULL, err);
		if (program) {
			c = arena_one(t->arena, struct compiled);
			*c = (struct compiled){program, t->bucket[h]};
			t->bucket[h] = c;
		}
	}
	pthread_mutex_unlock(&t->lock);
	return c ? c->program : NULL;
}

struct val *template_messages(struct templates *t, struct arena *arena, const char *name,
			      struct err *err)
{
	struct val *messages = val_list(arena);
	compile(t, arena, name, messages, err);
	return messages;
}

/* --- rendering --- */

struct run {
	const struct template_set *set;
	const struct program *program;
	struct buf *to;
	const struct val *scope[MOST_SCOPES];
	int scopes, calls;
	bool too_deep;
	void *kept; /* of set->format */
};

static const struct val *inside(const struct val *v, struct val_name part, bool *has)
{
	const struct val *found = val_find(v, part);
	*has = found != NULL;
	if (!*has && val_kind(v) == VAL_LIST && part.text[0] >= '0' && part.text[0] <= '9') {
		int64_t index = 0;
		if (str_int(str_of(part.text), &index) && (size_t)index < val_count(v))
			found = val_at(v, (size_t)index);
		*has = true; /* past a list's end is not a mistake */
	}
	return found ? found : val_null();
}

static const struct val *look_up(struct run *r, const struct path *p)
{
	if (!p->count)
		return r->scope[r->scopes - 1];
	const struct val *v = NULL;
	bool has = false;
	for (int i = r->scopes; i-- && !has;)
		v = inside(r->scope[i], p->part[0], &has);
	for (int i = 1; i < p->count && has; i++) {
		if (val_is_null(v))
			return v;
		v = inside(v, p->part[i], &has);
		if (!has && p->optional)
			return val_null();
	}
	if (has)
		return v;
	if (r->set->unknown)
		r->set->unknown(r->set->context, r->program->name, p->full);
	return val_null();
}

/* Percent-encodes. In a path what RFC 3986 3.3 allows stays, but for & and '. */
static void encode(struct buf *to, struct str s, const char *allowed)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t plain = 0; /* where what stays as it is began */
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    (c && strchr(allowed, c)))
			continue;
		buf_add(to, str_sub(s, plain, i));
		buf_char(to, '%');
		buf_char(to, hex[c >> 4]);
		buf_char(to, hex[c & 15]);
		plain = i + 1;
	}
	buf_add(to, str_from(s, plain));
}

static void write_str(struct buf *to, struct str s, enum html_mode mode)
{
	bool after_slash = to->n && to->p[to->n - 1] == '/';
	switch (mode) {
	case HTML_TEXT:
	case HTML_QUOTED:
		buf_html(to, s);
		break;
	case HTML_LOCAL:
		/* "/" before "/elsewhere" would name another host */
		if (after_slash && s.n && (s.p[0] == '/' || s.p[0] == '\\'))
			s = S("#");
		buf_html(to, html_safe_link(s, true));
		break;
	case HTML_LINK:
		buf_html(to, html_safe_link(s, false));
		break;
	case HTML_PATH:
		encode(to, s, "-._~!$()*+,;=:@");
		break;
	case HTML_QUERY:
		encode(to, s, "-._~");
		break;
	case HTML_PLAIN:
		buf_add(to, s);
		break;
	case HTML_REFUSED:
		break;
	}
}

static void write_value(struct run *r, const struct path *p, enum html_mode mode)
{
	const struct val *v = look_up(r, p);
	enum val_kind kind = val_kind(v);
	if (p->how) {
		struct buf shown = {.arena = r->to->arena};
		if (kind != VAL_NULL && r->set->format &&
		    r->set->format(r->set->context, r->scope[0], p->how, v, &shown, &r->kept))
			write_str(r->to, buf_str(&shown), mode);
		else if (kind != VAL_NULL && r->set->unknown)
			r->set->unknown(r->set->context, r->program->name, str_of(p->how));
		return;
	}
	if (kind == VAL_INT)
		buf_int(r->to, val_get_int(v));
	else if (kind == VAL_HTML && mode == HTML_TEXT)
		buf_add(r->to, val_get_str(v));
	else if (kind == VAL_TEXT || kind == VAL_HTML)
		write_str(r->to, val_get_str(v), mode);
	else if (kind == VAL_BOOL || kind == VAL_REAL)
		write_str(r->to, val_show(r->to->arena, v), mode);
}

static void write_words_of(struct run *r, const struct path *p, enum html_mode mode)
{
	struct str s = val_get_str(look_up(r, p));
	if (s.n && r->set->words)
		s = str_of(r->set->words(r->set->context, str_c(r->to->arena, s)));
	write_str(r->to, s, mode);
}

static void write_plural(struct run *r, const struct plural *p, enum html_mode mode)
{
	int64_t n = val_get_int(look_up(r, p->count));
	const char *text = r->set->plural ? r->set->plural(r->set->context, p->one, p->many, n)
					  : (n == 1 ? p->one : p->many);
	struct str rest = str_of(text), name;
	while (rest.n) {
		write_str(r->to, template_placeholder(&rest, &name), mode);
		struct path path;
		if (name.n && template_path(r->to->arena, name, &path))
			write_value(r, &path, mode);
	}
}

static void run(struct run *, int at);

static void run_with(struct run *r, const struct val *scope, int at)
{
	if (r->scopes == MOST_SCOPES) {
		r->too_deep = true;
		return;
	}
	r->scope[r->scopes++] = scope;
	run(r, at);
	r->scopes--;
}

static void run_section(struct run *r, const struct ins *ins, int at)
{
	const struct val *v = look_up(r, ins->path);
	if (ins->op == OP_INVERTED) {
		if (!val_true(v))
			run(r, at + 1);
	} else if (val_kind(v) == VAL_LIST) {
		size_t n = val_count(v);
		for (size_t i = 0; i < n && !r->too_deep; i++)
			run_with(r, val_at(v, i), at + 1);
	} else if (val_true(v)) {
		run_with(r, v, at + 1);
	}
}

/* Runs to the OP_END of this level. */
static void run(struct run *r, int at)
{
	for (;; at++) {
		const struct ins *ins = &r->program->ins[at];
		switch ((enum op)ins->op) {
		case OP_TEXT:
			buf_add(r->to, ins->text);
			break;
		case OP_VALUE:
			write_value(r, ins->path, ins->mode);
			break;
		case OP_WORDS_OF:
			write_words_of(r, ins->path, ins->mode);
			break;
		case OP_PLURAL:
			write_plural(r, ins->plural, ins->mode);
			break;
		case OP_SECTION:
		case OP_INVERTED:
			run_section(r, ins, at);
			at = ins->jump - 1;
			break;
		case OP_CALL:
			if (r->calls == MOST_SCOPES || r->too_deep) {
				r->too_deep = true;
				return;
			}
			r->calls++;
			run(r, ins->jump);
			r->calls--;
			break;
		case OP_END:
			return;
		}
	}
}

bool template_render(struct templates *t, const char *name, const struct val *const *scopes,
		     int scope_count, struct buf *to, struct err *err)
{
	const struct program *program = find(t, name, to->arena, err);
	if (!program)
		return false;
	struct run r = {.set = &t->set, .program = program, .to = to};
	MUST(scope_count > 0 && scope_count < 20);
	memcpy(r.scope, scopes, sizeof *scopes * (size_t)scope_count);
	r.scopes = scope_count;
	run(&r, 0);
	if (r.too_deep)
		err_set(err, ERR_FAILED, "template %s: the data nests too deeply", name);
	return !r.too_deep;
}

#include "app/standards/case/save_inside.h"

#include "app/standards/case/case.h"
#include "app/standards/store_fill.h"
#include "app/standards/store_inside.h"
#include "app/standards/store_kept.h"
#include "base/arena.h"
#include "base/steady.h"
#include "queries.h"

enum {
	BATCH_MS = 25, /* others wait no longer than this, and a write to the disk */
	BATCH_ROWS = 1600,
	ALIVE_SECONDS = 15, /* a version filled later than that is somebody's work */
	STALE_SECONDS = 86400,
	BATCH_BYTES = 256 << 20,
};

void case_begin(struct saving_case *c)
{
	db_begin(c->s->db, DB_WRITE, c->w.org);
	c->began = steady_ms();
}

bool case_time_is_up(const struct saving_case *c, int64_t rows)
{
	return rows >= BATCH_ROWS || (rows % 16 == 0 && steady_ms() - c->began >= BATCH_MS);
}

struct val *saving_params(struct saving_case *c)
{
	struct val *p = store_params(&c->w);
	val_set_int(p, "standard", c->out->standard);
	val_set_int(p, "version", c->out->version);
	return p;
}

static bool is_over(const struct saving_case *c)
{
	return c->stopped || c->s->err->kind != ERR_NONE || c->out->reason;
}

bool case_commit(struct saving_case *c, const char *words)
{
	if (is_over(c))
		db_rollback(c->s->db);
	else
		db_commit(c->s->db);
	arena_reset(c->batch);
	if (!is_over(c) && c->s->go_on && !c->s->go_on(c->s->context, c->done, c->total, words))
		c->stopped = true;
	return !is_over(c);
}

static void sign_of_life(struct saving_case *c)
{
	struct val *p = saving_params(c);
	val_set_int(p, "now", c->w.now + (steady_ms() - c->started) / 1000);
	db_exec(c->s->db, &q_case_save_alive, p);
}

/* ---- identities ---- */

void case_learn_one(struct saving_case *c, struct str uuid, int64_t id)
{
	if (c->ids_n == c->ids_cap) {
		int32_t more = c->ids_cap ? 2 * c->ids_cap : 256;
		c->ids = arena_grow(c->arena, c->ids, (size_t)c->ids_cap * sizeof *c->ids,
				    (size_t)more * sizeof *c->ids);
		c->ids_cap = more;
	}
	if (names_add(&c->known, str_dup(c->arena, uuid), c->ids_n))
		c->ids[c->ids_n++] = id;
}

static bool learn_row(void *context, const struct val *row)
{
	case_learn_one(context, val_s(row, "uuid"), val_i(row, "id"));
	return true;
}

void case_learn(struct saving_case *c, const struct query *query)
{
	db_each(c->s->db, query, saving_params(c), learn_row, c);
}

int64_t case_known(const struct saving_case *c, struct str uuid)
{
	int32_t at = names_get(&c->known, uuid);
	return at < 0 ? 0 : c->ids[at];
}

/* ---- what it becomes ---- */

static struct str first_part(struct str tag)
{
	ptrdiff_t hyphen = str_find_char(tag, '-');
	return hyphen < 0 ? tag : str_sub(tag, 0, (size_t)hyphen);
}

/* The organisation's own tag for the package's language, if it has one. */
static struct str lang_here(const struct saving_case *c, struct str lang)
{
	for (size_t i = 0; i < val_count(c->s->langs); i++) {
		struct str one = val_get_str(val_at(c->s->langs, i));
		if (!lang.n || str_eq_nocase(first_part(one), first_part(lang)))
			return one;
	}
	return lang.n ? lang : S("en");
}

struct str case_item_lang(const struct saving_case *c, const struct case_item *item)
{
	bool same = !item->lang.n || str_eq_nocase(first_part(item->lang), first_part(c->lang));
	return same ? c->lang : lang_here(c, item->lang);
}

static bool has_digest(struct saving_case *c, int64_t version)
{
	struct val *p = saving_params(c);
	val_set_int(p, "version", version);
	val_set_str(p, "identifier", c->p->uuid);
	return str_eq(val_s(db_row(c->s->db, &q_case_save_digest, p), "digest"), c->p->digest);
}

static struct str title_of(const struct saving_case *c)
{
	return c->s->title.n ? c->s->title : c->p->title;
}

static void begin_standard(struct saving_case *c)
{
	struct val *as = val_object(c->batch);
	val_set_str(as, "uuid", c->p->uuid);
	val_set_str(as, "title", title_of(c));
	val_set_str(as, "summary", c->p->summary);
	val_set_str(as, "source_lang", c->lang);
	val_set_str(as, "publisher", c->p->publisher);
	val_set_str(as, "licence", c->p->licence);
	val_set_str(as, "source_url", c->p->source_url);
	c->out->standard = store_fill_standard(&c->w, as);
}

static void begin_version(struct saving_case *c)
{
	c->out->version = store_fill_begin(&c->w, c->out->standard);
	if (!c->out->version) {
		c->out->reason = N_("This standard has a draft already: publish it first");
		return;
	}
	struct val *p = saving_params(c);
	val_set_str(p, "label", c->p->version);
	db_exec(c->s->db, &q_case_save_label, p);
	store_call_version(&c->w, c->out->version, c->lang, c->p->title);
	sign_of_life(c);
	case_keep_document(c, c->out->again);
}

/* What another import left there, or is still filling. true: this one goes on with it. */
static bool take_up(struct saving_case *c, int64_t *undo)
{
	struct val *filled = db_row(c->s->db, &q_case_save_filled, saving_params(c));
	if (val_is_null(filled))
		return false;
	if (val_i(filled, "filling") > c->w.now - ALIVE_SECONDS) {
		c->out->reason = N_("Another import of this package is under way");
		return false;
	}
	if (!has_digest(c, val_i(filled, "id"))) {
		*undo = val_i(filled, "id");
		return false;
	}
	c->out->version = val_i(filled, "id");
	sign_of_life(c);
	return true;
}

static void undo(struct saving_case *c, int64_t standard, int64_t version)
{
	bool more = true;
	while (more && c->s->err->kind == ERR_NONE) {
		db_begin(c->s->db, DB_WRITE, c->w.org);
		more = store_fill_undo(&c->w, standard, version, BATCH_ROWS);
		db_commit(c->s->db);
		arena_reset(c->batch);
	}
}

/* Finds the standard and the version to fill, or says that there is nothing to do. */
static void decide(struct saving_case *c, int64_t *to_undo)
{
	struct val *p = store_params(&c->w);
	val_set_str(p, "uuid", c->p->uuid);
	struct val *standard = db_row(c->s->db, &q_case_save_standard_of, p);
	c->out->standard = val_i(standard, "id");
	struct val *shown = val_null();
	if (c->out->standard) {
		shown = db_row(c->s->db, &q_case_save_shown, saving_params(c));
		c->lang = str_dup(c->arena, val_s(standard, "source_lang"));
	}
	c->out->again = !val_is_null(shown);
	if (c->out->again && has_digest(c, val_i(shown, "id"))) {
		c->out->end = CASE_SAME;
		c->out->version = val_i(shown, "id");
		return;
	}
	if (c->out->standard && (take_up(c, to_undo) || c->out->reason || *to_undo))
		return;
	if (str_is(val_s(shown, "state"), "draft"))
		c->out->reason = N_("This standard has a draft already: publish it first");
	else if (!c->out->standard)
		begin_standard(c);
	if (!c->out->reason)
		begin_version(c);
}

/* ---- items ---- */

/* Another standard of the organisation may have an item of this identifier: CASE says it may not,
 * publishers do. */
static int64_t put_item(struct saving_case *c, const struct case_item *item, struct fill_item *as,
			int64_t *node, struct str *identifier)
{
	int64_t id = store_fill_item(&c->w, c->out->standard, c->out->version, as, node);
	if (id || c->s->err->kind != ERR_NONE)
		return id;
	struct str name =
		str_fmt(c->batch, STR_FMT "/" STR_FMT, STR_ARG(c->p->uuid), STR_ARG(item->uuid));
	as->uuid = case_uuid(c->arena, name);
	as->item = case_known(c, as->uuid);
	*identifier = item->uuid;
	return store_fill_item(&c->w, c->out->standard, c->out->version, as, node);
}

static void save_item(struct saving_case *c, int32_t at)
{
	const struct case_item *item = &c->p->items[at];
	struct str identifier = item->identifier;
	int64_t node = 0;
	struct fill_item as = {.item = case_known(c, item->uuid),
			       .parent = item->parent < 0 ? 0 : c->item_of[item->parent],
			       .uuid = item->uuid,
			       .kind = item->kind,
			       .code = item->code,
			       .lang = case_item_lang(c, item),
			       .title = item->title,
			       .body = item->body,
			       .notes = item->notes,
			       .position = item->position,
			       .guessed = item->guess};
	if (names_add(&c->kinds, item->kind, 0))
		store_fill_kind(&c->w, c->out->standard, item->kind, c->lang, item->type);
	c->item_of[at] = put_item(c, item, &as, &node, &identifier);
	if (node)
		case_keep_item(c, at, node, identifier);
}

/* When an import is taken up again: what is there already. */
static void learn_done(struct saving_case *c)
{
	struct saving_case there = {.s = c->s, .arena = c->arena, .w = c->w, .out = c->out};
	there.known.arena = c->arena;
	case_learn(c, &q_case_save_identities);
	db_each(c->s->db, &q_case_save_nodes, saving_params(c), learn_row, &there);
	for (int32_t i = 0; i < c->p->items_n; i++) {
		struct str uuid = c->p->items[i].uuid;
		struct str name =
			str_fmt(c->batch, STR_FMT "/" STR_FMT, STR_ARG(c->p->uuid), STR_ARG(uuid));
		if (!case_known(&there, uuid))
			uuid = case_uuid(c->batch, name);
		c->item_of[i] = case_known(&there, uuid) ? case_known(c, uuid) : 0;
		c->done += c->item_of[i] != 0;
	}
}

static bool save_items(struct saving_case *c)
{
	int32_t at = 0;
	bool more = true;
	while (at < c->p->order_n && more) {
		case_begin(c);
		int64_t rows = 0;
		for (; at < c->p->order_n && !is_over(c) && !case_time_is_up(c, rows); at++) {
			if (c->item_of[c->p->order[at]])
				continue;
			save_item(c, c->p->order[at]);
			c->done++;
			rows++;
		}
		sign_of_life(c);
		more = case_commit(c, N_("Items"));
	}
	return more;
}

/* As many at a time as the machine does in the time of a batch. */
static bool save_index(struct saving_case *c)
{
	int64_t after = 0, more = true, rows = BATCH_ROWS / 4;
	do {
		case_begin(c);
		after = store_index_some(&c->w, c->out->version, after, rows);
		int64_t took = steady_ms() - c->began;
		c->done += rows;
		more = case_commit(c, N_("Search"));
		if (took < BATCH_MS / 2 && rows < 4 * BATCH_ROWS)
			rows *= 2;
		else if (took > BATCH_MS && rows > BATCH_ROWS / 16)
			rows /= 2;
	} while (after && more);
	return more;
}

static bool show(struct saving_case *c)
{
	case_begin(c);
	struct str slug = {0};
	if (!c->out->again)
		slug = store_free_slug(&c->w, title_of(c));
	int64_t before = val_i(db_row(c->s->db, &q_case_save_shown, saving_params(c)), "id");
	store_fill_show(&c->w, c->out->standard, c->out->version, slug);
	if (before)
		store_carry_kept(&c->w, before, c->out->version, c->lang);
	if (c->s->publish)
		store_publish(&c->w, c->out->version,
			      val_i(store_version(&c->w, c->out->version), "rev"), val_null(),
			      c->p->version, (struct str){0}, (struct str){0});
	return case_commit(c, N_("Search"));
}

static void forget_stale(struct saving_case *c)
{
	struct val *p = store_params(&c->w);
	val_set_int(p, "before", c->w.now - STALE_SECONDS);
	db_begin(c->s->db, DB_READ, c->w.org);
	struct val *rows = db_rows(c->s->db, &q_case_save_stale, p);
	db_rollback(c->s->db);
	for (size_t i = 0; i < val_count(rows); i++) {
		int64_t standard = val_i(val_at(rows, i), "standard"),
			version = val_i(val_at(rows, i), "id");
		undo(c, standard, version);
		return; /* one at each import is enough; its row went with the batch */
	}
}

/* The original, if this package translates one that is here. */
static bool find_original(struct saving_case *c)
{
	struct val *p = store_params(&c->w), *found = val_null();
	db_begin(c->s->db, DB_READ, c->w.org);
	if (c->p->of.n) {
		val_set_str(p, "uuid", c->p->of);
		found = db_row(c->s->db, &q_case_save_standard_of, p);
	}
	for (int32_t i = 0; i < c->p->items_n && i < 100 && val_is_null(found); i++) {
		val_set_str(p, "uuid", c->p->items[i].of);
		if (c->p->items[i].of.n)
			found = db_row(c->s->db, &q_case_save_standard_of_item, p);
	}
	c->out->standard = val_i(found, "id");
	c->source_lang = str_dup(c->arena, val_s(found, "source_lang"));
	c->out->version = val_i(db_row(c->s->db, &q_case_save_shown, saving_params(c)), "id");
	db_rollback(c->s->db);
	if (!c->out->version)
		c->out->standard = 0;
	return c->out->version;
}

static void fill(struct saving_case *c)
{
	int64_t to_undo = 0;
	for (int tries = 0; tries < 2 && !c->out->version; tries++) {
		to_undo = 0;
		case_begin(c);
		decide(c, &to_undo);
		if (!case_commit(c, N_("Items")) || c->out->end == CASE_SAME)
			break;
		if (to_undo)
			undo(c, c->out->standard, to_undo);
	}
	if (c->stopped && c->out->end != CASE_SAME)
		undo(c, c->out->standard, c->out->version);
	if (is_over(c) || c->out->end == CASE_SAME)
		return;
	db_begin(c->s->db, DB_READ, c->w.org);
	learn_done(c);
	db_rollback(c->s->db);
	arena_reset(c->batch);
	bool ok = save_items(c) && case_keep_rest(c) && show(c);
	if (!ok && c->s->err->kind == ERR_NONE)
		undo(c, c->out->standard, c->out->version);
	if (!ok)
		return;
	c->stopped = false; /* it is there: what follows can be made good later, not undone */
	if (!c->s->publish)
		save_index(c);
	c->stopped = false;
}

struct case_saved case_save(struct arena *a, const struct case_saving *s)
{
	struct case_saved out = {.end = CASE_SAVED};
	struct saving_case c = {.s = s, .p = s->package, .arena = a, .out = &out};
	c.batch = arena_new(BATCH_BYTES);
	c.started = steady_ms();
	c.w = (struct writer){
		.db = s->db, .arena = c.batch, .org = s->org, .me = s->me, .now = s->now};
	c.known.arena = c.kinds.arena = a;
	c.item_of = arena_many(a, int64_t, (size_t)c.p->items_n + 1);
	c.total = 2 * (int64_t)c.p->items_n + c.p->associations_n;
	db_use(s->db, c.batch, s->err);
	c.lang = lang_here(&c, c.p->lang);
	forget_stale(&c);
	if (find_original(&c))
		case_lay_onto(&c);
	else
		fill(&c);
	if (s->err->kind != ERR_NONE)
		out.end = CASE_FAILED;
	else if (out.reason)
		out.end = CASE_REFUSED;
	else if (c.stopped)
		out.end = CASE_STOPPED;
	db_use(s->db, a, s->err);
	arena_free(c.batch);
	return out;
}

/* What is kept beside the rows of a standard. */
#include "app/standards/case/save_inside.h"

#include "app/standards/store_kept.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "core/text.h"
#include "queries.h"

static void add_int(struct saving_case *c, struct val *row, const char *name, int64_t n)
{
	val_add(row, name, val_int(c->batch, n));
}

static void add_str(struct saving_case *c, struct val *row, const char *name, struct str s)
{
	val_add(row, name, val_text(c->batch, s));
}

static struct str object_or_none(struct str data)
{
	return data.n ? data : S("{}");
}

void case_keep_item(struct saving_case *c, int32_t at, int64_t node, struct str identifier)
{
	const struct case_item *item = &c->p->items[at];
	bool placed = item->placed_by >= 0;
	struct val *row = val_object(c->batch);
	if (!item->data.n && !placed && !identifier.n)
		return;
	add_int(c, row, "node", node);
	add_str(c, row, "lang", c->lang);
	add_str(c, row, "identifier", identifier);
	add_str(c, row, "kind", item->kind);
	add_str(c, row, "data", object_or_none(item->data));
	add_str(c, row, "child",
		placed ? c->p->associations[item->placed_by].identifier : (struct str){0});
	add_str(c, row, "child_data", placed ? case_child_data(c->batch, c->p, item) : S("{}"));
	store_keep_item(&c->w, row);
}

/* What this version's package calls the standard, where the standard has another name. */
static struct str with_names(struct saving_case *c)
{
	static const char *const fields[] = {"title", "summary", NULL};
	struct val *standard = val_object(c->batch);
	struct buf b = {.arena = c->batch};
	const struct case_package *p = c->p;
	val_set_int(standard, "id", c->out->standard);
	text_attach_one(c->s->db, c->batch, standard,
			&(struct text_want){.kind = "standard",
					    .id = "id",
					    .fields = fields,
					    .lang = c->lang,
					    .first = c->lang});
	const struct {
		const char *name;
		struct str said, here;
	} both[] = {{"title", p->title, val_s(standard, "title")},
		    {"description", p->summary, val_s(standard, "summary")}};
	buf_char(&b, '{');
	for (int i = 0; i < 2; i++) {
		bool kept = str_find(p->data, str_fmt(c->batch, "\"%s\":", both[i].name)) >= 0;
		if (str_eq(both[i].said, both[i].here) || kept)
			continue;
		buf_fmt(&b, "%s\"%s\":", b.n > 1 ? "," : "", both[i].name);
		json_write(&b, val_text(c->batch, both[i].said));
	}
	if (b.n > 1 && p->data.n > 2)
		buf_char(&b, ',');
	buf_add(&b, p->data.n ? str_from(p->data, 1) : S("}"));
	return buf_str(&b);
}

void case_keep_document(struct saving_case *c, bool again)
{
	struct val *row = val_object(c->batch);
	bool named = again || c->s->title.n;
	add_int(c, row, "version", c->out->version);
	add_str(c, row, "lang", c->lang);
	add_str(c, row, "identifier", c->p->uuid);
	add_str(c, row, "digest", c->p->digest);
	add_str(c, row, "data", named ? with_names(c) : object_or_none(c->p->data));
	add_str(c, row, "package", object_or_none(c->p->other));
	store_keep_document(&c->w, row);
}

static void keep_association(struct saving_case *c, int32_t at)
{
	const struct case_association *one = &c->p->associations[at];
	struct val *row = val_object(c->batch);
	add_int(c, row, "version", c->out->version);
	add_str(c, row, "lang", c->lang);
	add_str(c, row, "identifier", one->identifier);
	add_str(c, row, "type", one->type);
	add_str(c, row, "origin", one->origin.identifier);
	add_str(c, row, "destination", one->destination.identifier);
	add_int(c, row, "position", at);
	add_str(c, row, "data", case_association_data(c->batch, one));
	store_keep_association(&c->w, row);
}

static void keep_definition(struct saving_case *c, int32_t at)
{
	static const char *const parts[CASE_LISTS] = {[CASE_CONCEPTS] = "concept",
						      [CASE_SUBJECTS] = "subject",
						      [CASE_LICENCES] = "licence",
						      [CASE_ITEM_TYPES] = "item_type",
						      [CASE_GROUPINGS] = "grouping"};
	const struct case_definition *one = &c->p->definitions[at];
	struct val *row = val_object(c->batch);
	add_int(c, row, "version", c->out->version);
	add_str(c, row, "lang", c->lang);
	add_str(c, row, "part", str_of(parts[one->ref.list]));
	add_str(c, row, "identifier", one->identifier);
	add_int(c, row, "position", at);
	add_str(c, row, "data", object_or_none(one->data));
	store_keep_definition(&c->w, row);
}

static int64_t keep_part(struct saving_case *c, int32_t at, int64_t within)
{
	const struct case_part *one = &c->p->parts[at];
	const char *part = one->ref.criterion < 0 ? "rubric"
			   : one->ref.level < 0   ? "criterion"
						  : "level";
	struct val *row = val_object(c->batch);
	int64_t item = one->item < 0 ? 0 : c->item_of[one->item];
	add_int(c, row, "version", c->out->version);
	add_str(c, row, "lang", c->lang);
	add_str(c, row, "part", str_of(part));
	val_add(row, "within", within ? val_int(c->batch, within) : val_null());
	add_str(c, row, "identifier", one->identifier);
	add_int(c, row, "position", at);
	val_add(row, "item", item ? val_int(c->batch, item) : val_null());
	add_str(c, row, "level",
		one->level < 0 || !item ? (struct str){0} : c->p->levels[one->level].uuid);
	add_str(c, row, "data", object_or_none(one->data));
	return store_keep_part(&c->w, row);
}

/* A level's words are a descriptor, in the language of the package. */
static void say_part(struct saving_case *c, int32_t at)
{
	const struct case_part *one = &c->p->parts[at];
	int64_t item = one->level < 0 ? 0 : c->item_of[one->item];
	if (item)
		store_descriptor(&c->w, c->out->version, item, c->p->levels[one->level].uuid,
				 c->lang, one->description, TEXT_ANY);
}

enum { ASSOCIATIONS, DEFINITIONS, LEVELS, PARTS, LISTS };

static void keep_one(struct saving_case *c, int list, int32_t at, int64_t *part_of)
{
	int32_t within = list == PARTS ? c->p->parts[at].within : -1;
	if (list == ASSOCIATIONS && !c->p->associations[at].placing)
		keep_association(c, at);
	if (list == ASSOCIATIONS)
		c->done++;
	if (list == DEFINITIONS)
		keep_definition(c, at);
	if (list == LEVELS)
		store_level(&c->w, c->out->version, c->p->levels[at].uuid, at + 1, c->lang,
			    c->p->levels[at].name);
	if (list != PARTS)
		return;
	part_of[at] = keep_part(c, at, within < 0 ? 0 : part_of[within]);
	say_part(c, at);
}

bool case_keep_rest(struct saving_case *c)
{
	const int32_t counts[LISTS] = {c->p->associations_n, c->p->definitions_n, c->p->levels_n,
				       c->p->parts_n};
	int64_t *part_of = arena_many(c->arena, int64_t, (size_t)c->p->parts_n + 1);
	case_begin(c);
	store_kept_forget(&c->w, c->out->version, c->lang); /* of an import that was cut off */
	bool more = case_commit(c, N_("Associations"));
	for (int list = 0; list < LISTS && more; list++)
		for (int32_t at = 0; at < counts[list] && more;) {
			case_begin(c);
			for (int64_t rows = 0; at < counts[list] && !case_time_is_up(c, rows);
			     at++, rows++)
				keep_one(c, list, at, part_of);
			more = case_commit(c, N_("Associations"));
		}
	return more;
}

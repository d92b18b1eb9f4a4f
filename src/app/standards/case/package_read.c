/* The objects of a package, one by one, before anything is known of the others. */
#include "app/standards/case/package_inside.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "core/uuid.h"

#include <string.h>

enum { LONGEST_CODE = 200, MOST_SEQUENCE = 1 << 30 };

static bool is_named(const char *name, const char *const *list)
{
	while (*list && strcmp(*list, name))
		list++;
	return *list;
}

struct str case_rest(struct reading_case *r, const struct val *object, const char *const *without)
{
	struct val *rest = val_object(r->scratch);
	for (size_t i = 0; i < val_count(object); i++)
		if (!is_named(val_name_at(object, i), without))
			val_add(rest, val_name_at(object, i),
				val_get(object, val_name_at(object, i)));
	if (!val_count(rest))
		return (struct str){0};
	return case_stay(r, json_text(r->scratch, rest));
}

static struct str lowered(struct arena *a, struct str s)
{
	char *p = arena_copy(a, s.p, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'F')
			p[i] = (char)(p[i] - 'A' + 'a');
	return (struct str){p, s.n};
}

static struct str text_of(const struct val *object, const char *name)
{
	const struct val *v = val_get(object, name);
	return val_kind(v) == VAL_TEXT ? val_get_str(v) : (struct str){0};
}

/* An identifier as others point at it: in lower case if it is a UUID. */
static struct str pointed(struct reading_case *r, struct str given)
{
	struct str low = given.n == 36 ? lowered(r->scratch, given) : given;
	return uuid_ok(low) ? low : given;
}

struct str case_identity(struct reading_case *r, const struct val *object, struct str else_of,
			 struct str *as_given)
{
	struct str given = text_of(object, "identifier"), low = pointed(r, given);
	bool usable = uuid_ok(low);
	*as_given = usable && str_eq(low, given) ? (struct str){0} : case_stay(r, given);
	return usable ? case_stay(r, low) : case_uuid(r->arena, given.n ? given : else_of);
}

/* The names that this object has a place for elsewhere; ends with NULL. */
struct left_out {
	const char *names[16];
	int n;
};

static void leave_out(struct left_out *l, const char *name)
{
	l->names[l->n++] = name;
}

/* Takes the words of a member to a place of ours; they are kept too if they had to be changed. */
static struct str words(struct reading_case *r, const struct val *object, const char *name,
			struct left_out *l)
{
	const struct val *v = val_get(object, name);
	enum val_kind kind = val_kind(v);
	struct str said = kind == VAL_INT || kind == VAL_REAL ? val_show(r->scratch, v)
							      : text_of(object, name);
	struct str stored = case_text(r->scratch, said);
	if (kind == VAL_TEXT && str_eq(said, stored) && stored.n)
		leave_out(l, name);
	return case_stay(r, stored);
}

/* One line, short enough for a code or a name. */
static struct str line(struct reading_case *r, const struct val *object, const char *name,
		       struct left_out *l)
{
	const struct val *v = val_get(object, name);
	bool number = val_kind(v) == VAL_INT || val_kind(v) == VAL_REAL;
	struct str said = number ? val_show(r->scratch, v) : text_of(object, name);
	struct str stored = utf8_one_line(r->scratch, case_text(r->scratch, said));
	if (utf8_length(stored) > LONGEST_CODE)
		stored = utf8_shorten(r->scratch, stored, LONGEST_CODE);
	if (!number && stored.n && str_eq(said, stored))
		leave_out(l, name);
	return case_stay(r, stored);
}

static struct str primary(struct str tag)
{
	ptrdiff_t hyphen = str_find_char(tag, '-');
	return hyphen < 0 ? tag : str_sub(tag, 0, (size_t)hyphen);
}

static struct str lang_of(struct reading_case *r, const struct val *object)
{
	struct str tag = text_of(object, "language");
	return lang_is_tag(tag) && primary(tag).n == 2 ? case_stay(r, tag) : (struct str){0};
}

/* What nobody gave an identifier has one made of what it says. */
static struct str what_it_says(struct reading_case *r, const struct val *v, const char *list)
{
	struct buf b = {.arena = r->scratch};
	if (text_of(v, "identifier").n)
		return (struct str){0}; /* nobody asks what such a thing says */
	buf_add(&b, r->out->uuid);
	buf_add(&b, str_of(list));
	json_write(&b, v);
	return buf_str(&b);
}

void case_take_document(struct reading_case *r, const struct val *v)
{
	struct case_package *p = r->out;
	struct left_out l = {0};
	struct str file = r->options->file_name;
	p->has_document = true;
	p->title = line(r, v, "title", &l);
	p->uuid = case_identity(r, v, p->digest.n ? p->digest : what_it_says(r, v, "document"),
				&p->identifier);
	if (!p->identifier.n && text_of(v, "identifier").n)
		leave_out(&l, "identifier");
	p->summary = words(r, v, "description", &l);
	p->publisher = line(r, v, "publisher", &l);
	p->source_url = line(r, v, "officialSourceURL", &l);
	p->version = line(r, v, "version", &l);
	p->licence =
		case_stay(r, case_text(r->scratch, text_of(val_get(v, "licenseURI"), "title")));
	p->lang = lang_of(r, v);
	p->lang_given = p->lang.n > 0;
	p->data = case_rest(r, v, l.names);
	if (!p->title.n)
		p->title = case_stay(r, file.n ? file : S("CASE"));
}

/* A short statement that says the same as the long one is that of a heading. */
static void name_and_body(struct reading_case *r, const struct val *v, struct case_item *item,
			  struct left_out *l)
{
	item->title = words(r, v, "abbreviatedStatement", l);
	item->body = words(r, v, "fullStatement", l);
	if (!item->body.n) {
		struct left_out none = {0};
		item->body = item->title.n ? item->title : line(r, v, "humanCodingScheme", &none);
		/* kept as it was: a statement that is missing is not one that is the same */
		item->title = (struct str){0};
		*l = (struct left_out){0};
	} else if (str_eq(item->title, item->body)) {
		item->body = (struct str){0};
	}
}

void case_take_item(struct reading_case *r, const struct val *v, struct case_ref ref)
{
	struct left_out l = {0};
	struct case_item item = {.ref = ref, .parent = -1, .placed_by = -1};
	name_and_body(r, v, &item, &l);
	struct str said = item.body.n ? item.body : item.title;
	if (!said.n) {
		case_put_aside(r, ref, text_of(v, "identifier"), N_("an item without words"));
		return;
	}
	item.code = line(r, v, "humanCodingScheme", &l);
	item.uuid = case_identity(r, v, what_it_says(r, v, "item"), &item.identifier);
	if (!item.identifier.n && text_of(v, "identifier").n)
		leave_out(&l, "identifier");
	if (!names_add(&r->ids[CASE_ITEMS], item.uuid, r->out->items_n)) {
		case_put_aside(r, ref, said, N_("another item has its identifier"));
		return;
	}
	if (item.identifier.n)
		names_add(&r->ids[CASE_ITEMS], item.identifier, r->out->items_n);
	struct left_out kept = {0};
	item.type = line(r, v, "CFItemType", &kept);
	if (!item.type.n)
		item.type = case_stay(
			r, utf8_one_line(r->scratch,
					 case_text(r->scratch,
						   text_of(val_get(v, "CFItemTypeURI"), "title"))));
	item.kind = case_kind(r->arena, item.type);
	item.notes = words(r, v, "notes", &l);
	item.lang = lang_of(r, v);
	item.uri = case_stay(r, text_of(v, "uri"));
	item.data = case_rest(r, v, l.names);
	*MORE(r, items) = item;
}

/* ------------------------------------------------------------------ associations */

static struct case_node end_of(struct reading_case *r, const struct val *object, const char *name)
{
	const struct val *v = val_get(object, name);
	struct case_node end = {0};
	struct str given =
		val_kind(v) == VAL_OBJECT ? text_of(v, "identifier") : text_of(object, name);
	struct str low = pointed(r, given);
	bool simple = val_kind(v) == VAL_OBJECT && str_eq(low, given) && uuid_ok(low);
	for (size_t i = 0; simple && i < val_count(v); i++) {
		const char *member = val_name_at(v, i);
		bool known = !strcmp(member, "title") || !strcmp(member, "uri") ||
			     !strcmp(member, "identifier");
		simple = known && val_kind(val_get(v, member)) == VAL_TEXT;
	}
	simple = simple && val_count(v) == 3;
	end.identifier = case_stay(r, low);
	if (simple) {
		end.title = case_stay(r, text_of(v, "title"));
		end.uri = case_stay(r, text_of(v, "uri"));
	} else if (val_has(object, name)) {
		end.json = case_stay(r, json_text(r->scratch, v));
	}
	return end;
}

/* A number that orders, also where it came as text; -1: none. */
static int64_t sequence_of(const struct val *v)
{
	int64_t n = -1;
	const struct val *given = val_get(v, "sequenceNumber");
	if (val_kind(given) == VAL_INT)
		n = val_get_int(given);
	else if (val_kind(given) == VAL_REAL && val_get_real(given) >= 0 &&
		 val_get_real(given) < MOST_SEQUENCE)
		n = (int64_t)val_get_real(given);
	else if (val_kind(given) == VAL_TEXT && !str_int(str_trim(val_get_str(given)), &n))
		n = -1;
	return n >= 0 && n <= MOST_SEQUENCE ? n : -1;
}

void case_take_association(struct reading_case *r, const struct val *v, struct case_ref ref)
{
	struct left_out l = {.names = {"originNodeURI", "destinationNodeURI"}, .n = 2};
	struct case_association one = {.ref = ref, .sequence = sequence_of(v)};
	struct str as_given;
	one.identifier = case_identity(r, v, what_it_says(r, v, "association"), &as_given);
	if (!as_given.n && text_of(v, "identifier").n)
		leave_out(&l, "identifier");
	one.type = line(r, v, "associationType", &l);
	if (!names_add(&r->ids[CASE_ASSOCIATIONS], one.identifier, r->out->associations_n)) {
		case_put_aside(r, ref, one.type, N_("another association has its identifier"));
		return;
	}
	one.plain_sequence = val_kind(val_get(v, "sequenceNumber")) == VAL_INT && one.sequence >= 0;
	if (one.plain_sequence)
		leave_out(&l, "sequenceNumber");
	one.origin = end_of(r, v, "originNodeURI");
	one.destination = end_of(r, v, "destinationNodeURI");
	one.data = case_rest(r, v, l.names);
	*MORE(r, associations) = one;
}

/* ------------------------------------------------------------------ definitions, rubrics */

void case_take_definition(struct reading_case *r, const struct val *v, struct case_ref ref)
{
	struct left_out l = {0};
	struct case_definition one = {.ref = ref};
	struct str as_given;
	one.identifier = case_identity(r, v, what_it_says(r, v, "definition"), &as_given);
	if (!as_given.n && text_of(v, "identifier").n)
		leave_out(&l, "identifier");
	if (!names_add(&r->ids[ref.list], one.identifier, r->out->definitions_n)) {
		case_put_aside(r, ref, text_of(v, "title"),
			       N_("another definition has its identifier"));
		return;
	}
	one.data = case_rest(r, v, l.names);
	*MORE(r, definitions) = one;
}

/* The parts of a rubric, of a criterion, of a level: what stands in each is a part of its own. */
static const char *const inner_list[] = {"CFRubricCriteria", "CFRubricCriterionLevels", NULL};

static struct case_ref inner_ref(struct case_ref ref, int depth, size_t at)
{
	*(depth == 0 ? &ref.criterion : &ref.level) = (int32_t)at;
	return ref;
}

static void take_part(struct reading_case *r, const struct val *v, struct case_ref ref,
		      int32_t within, int depth)
{
	struct left_out l = {0};
	struct case_part part = {.ref = ref, .within = within, .item = -1, .level = -1};
	struct str as_given;
	const char *list = depth < 2 ? inner_list[depth] : NULL;
	const struct val *inner = list ? val_get(v, list) : val_null();
	if (val_kind(v) != VAL_OBJECT) {
		case_put_aside(r, ref, val_show(r->scratch, v), N_("not an object"));
		return;
	}
	part.identifier = case_identity(r, v, what_it_says(r, v, "rubric"), &as_given);
	if (!as_given.n && text_of(v, "identifier").n)
		leave_out(&l, "identifier");
	int32_t self = r->out->parts_n;
	if (!names_add(&r->part_ids, part.identifier, self)) {
		case_put_aside(r, ref, (struct str){0},
			       N_("another part of a rubric has its identifier"));
		return;
	}
	if (list && val_kind(inner) == VAL_LIST)
		leave_out(&l, list);
	part.item_identifier =
		case_stay(r, pointed(r, text_of(val_get(v, "CFItemURI"), "identifier")));
	struct left_out words_of = {0};
	part.quality = line(r, v, "quality", &words_of);
	part.description = words(r, v, "description", &words_of);
	part.data = case_rest(r, v, l.names);
	*MORE(r, parts) = part;
	for (size_t i = 0; val_kind(inner) == VAL_LIST && i < val_count(inner); i++)
		take_part(r, val_at(inner, i), inner_ref(ref, depth, i), self, depth + 1);
}

void case_take_rubric(struct reading_case *r, const struct val *v, struct case_ref ref)
{
	take_part(r, v, ref, -1, 0);
}

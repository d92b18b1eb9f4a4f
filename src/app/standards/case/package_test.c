/*
 * Every real package, as it is and changed in two hundred ways: each object has one fate, and every
 * member of it can be given back. What a test expects is read here with base/json, not with the
 * reader that is tested.
 */
#include "app/standards/case/case.h"
#include "app/standards/case/names.h"
#include "app/standards/case/package.h"
#include "app/standards/import/support_test.h"
#include "base/buf.h"
#include "base/json.h"

#include <stdio.h>
#include <string.h>

enum { MUTATIONS = 200, MOST = 1 << 24 };

static const char *const files[] = {
	"opensalt-sample-20c5134f",
	"opensalt-test-AdoptedTestFramework",
	"opensalt-test-EmptyExternalFramework",
	"opensalt-test-ItemTypeTestFramework",
	"opensalt-test-MarkdownFramework",
	"opensalt-test-Ordering",
	"opensalt-test-SequenceNumberFramework",
	"opensalt-test-SmartLevelFramework",
	"opensalt-test-Utf8TestFramework",
	"smarterbalanced-DOK",
	"smarterbalanced-ELA-pkg0",
	"smarterbalanced-ELA-pkg1",
	"smarterbalanced-ELA",
	"smarterbalanced-HSMATH",
	"smarterbalanced-IT",
};

static struct str package_file(size_t i)
{
	return shared_file(
		str_c(test_arena, str_fmt(test_arena, "data/case-packages/%s.json", files[i])));
}

static const struct case_package *read_bytes(struct str bytes)
{
	static const struct case_options none = {0};
	return case_read(test_arena, bytes, &none);
}

/* ------------------------------------------------------------------ what must be there */

static struct val *found_at(const struct val *package, struct str pointer)
{
	const struct val *v = package;
	struct str name;
	int64_t at;
	for (str_cut(&pointer, '/', &name); v && str_cut(&pointer, '/', &name);)
		v = val_kind(v) == VAL_LIST && str_int(name, &at)
			    ? val_at(v, (size_t)at)
			    : val_get(v, str_c(test_arena, name));
	return (struct val *)v;
}

static const struct {
	const char *path;
	enum case_list list;
} lists[] = {
	{"CFItems", CASE_ITEMS},
	{"CFAssociations", CASE_ASSOCIATIONS},
	{"CFRubrics", CASE_RUBRICS},
	{"CFDefinitions.CFConcepts", CASE_CONCEPTS},
	{"CFDefinitions.CFSubjects", CASE_SUBJECTS},
	{"CFDefinitions.CFLicenses", CASE_LICENCES},
	{"CFDefinitions.CFItemTypes", CASE_ITEM_TYPES},
	{"CFDefinitions.CFAssociationGroupings", CASE_GROUPINGS},
};

static void expect_parts(struct val *out, struct case_ref ref, const struct val *v, int depth)
{
	static const char *const inner[] = {"CFRubricCriteria", "CFRubricCriterionLevels"};
	val_push(out, val_text(test_arena, case_pointer(test_arena, ref)));
	const struct val *list = depth < 2 ? val_get(v, inner[depth]) : val_null();
	for (size_t i = 0; val_kind(list) == VAL_LIST && i < val_count(list); i++) {
		*(depth ? &ref.level : &ref.criterion) = (int32_t)i;
		expect_parts(out, ref, val_at(list, i), depth + 1);
	}
}

/* Pointers of every object of a package. */
static struct val *expected(const struct val *package)
{
	struct val *out = val_list(test_arena);
	struct case_ref ref = {CASE_DOCUMENT, -1, -1, -1};
	val_push(out, val_text(test_arena, case_pointer(test_arena, ref)));
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
		const struct val *list = val_path(package, lists[k].path);
		ref = (struct case_ref){lists[k].list, -1, -1, -1};
		if (val_kind(list) != VAL_LIST && !val_is_null(list))
			val_push(out, val_text(test_arena, case_pointer(test_arena, ref)));
		for (size_t i = 0; val_kind(list) == VAL_LIST && i < val_count(list); i++) {
			ref.at = (int32_t)i;
			expect_parts(out, ref, val_at(list, i),
				     lists[k].list == CASE_RUBRICS ? 0 : 2);
		}
	}
	const struct val *definitions = val_get(package, "CFDefinitions");
	if (val_kind(definitions) != VAL_OBJECT && !val_is_null(definitions))
		val_push(out, val_text(test_arena, S("/CFDefinitions")));
	return out;
}

/* How often each pointer has a fate. */
struct fates {
	struct names pointers;
	bool ok;
};

static void fate(struct fates *f, struct case_ref ref)
{
	f->ok = names_add(&f->pointers, case_pointer(test_arena, ref), 1) && f->ok;
}

static struct fates fates_of(const struct case_package *p)
{
	struct fates f = {.pointers = {.arena = test_arena}, .ok = true};
	bool document = false;
	for (int32_t i = 0; i < p->items_n; i++)
		fate(&f, p->items[i].ref);
	for (int32_t i = 0; i < p->associations_n; i++)
		fate(&f, p->associations[i].ref);
	for (int32_t i = 0; i < p->definitions_n; i++)
		fate(&f, p->definitions[i].ref);
	for (int32_t i = 0; i < p->parts_n; i++)
		fate(&f, p->parts[i].ref);
	for (int32_t i = 0; i < p->unplaced_n; i++) {
		document = document || p->unplaced[i].ref.list == CASE_DOCUMENT;
		fate(&f, p->unplaced[i].ref);
		f.ok = f.ok && p->unplaced[i].reason;
	}
	if (!document)
		fate(&f, (struct case_ref){CASE_DOCUMENT, -1, -1, -1});
	return f;
}

static bool each_once(const struct case_package *p, const struct val *package)
{
	struct fates f = fates_of(p);
	struct val *want = expected(package);
	bool ok = f.ok && val_count(want) == f.pointers.used;
	for (size_t i = 0; i < val_count(want) && ok; i++)
		ok = names_get(&f.pointers, val_get_str(val_at(want, i))) == 1;
	return ok;
}

/* Every item once in reading order, parents before children. */
static bool is_a_tree(const struct case_package *p)
{
	bool *seen = arena_many(test_arena, bool, (size_t)p->items_n + 1);
	bool ok = p->order_n == p->items_n;
	for (int32_t i = 0; i < p->order_n && ok; i++) {
		const struct case_item *item = &p->items[p->order[i]];
		ok = !seen[p->order[i]] && (item->parent < 0 || seen[item->parent]);
		seen[p->order[i]] = true;
	}
	return ok;
}

/* ------------------------------------------------------------------ what can be given back */

static struct val *kept(struct str data)
{
	struct json_error e;
	struct val *v = data.n ? json_read(test_arena, data, MOST, &e) : val_object(test_arena);
	return v ? v : val_null();
}

struct back {
	const char *name;
	struct str text;
};

/* Each member is kept, or is one of the texts that have a place. */
static bool gives_back(const struct val *object, const struct val *data, const struct back *texts)
{
	for (size_t i = 0; i < val_count(object); i++) {
		const char *name = val_name_at(object, i);
		struct val *was = val_get(object, name);
		bool same = val_has(data, name) && val_equal(val_get(data, name), was);
		for (const struct back *t = texts; t->name && !same; t++)
			same = !strcmp(t->name, name) && !val_has(data, name) &&
			       val_kind(was) == VAL_TEXT && str_eq(val_get_str(was), t->text);
		if (!same)
			return CHECK_STR(str_of(name), "given back");
	}
	return true;
}

static bool item_comes_back(const struct case_package *p, const struct val *package, int32_t at)
{
	const struct case_item *item = &p->items[at];
	struct str body = item->body.n ? item->body : item->title;
	const struct back texts[] = {{"identifier", item->uuid},
				     {"fullStatement", body},
				     {"abbreviatedStatement", item->title},
				     {"humanCodingScheme", item->code},
				     {"notes", item->notes},
				     {0}};
	return gives_back(found_at(package, case_pointer(test_arena, item->ref)), kept(item->data),
			  texts);
}

static bool association_comes_back(const struct case_package *p, const struct val *package,
				   int32_t at)
{
	const struct case_association *one = &p->associations[at];
	const struct back texts[] = {
		{"identifier", one->identifier}, {"associationType", one->type}, {0}};
	struct val *data = kept(case_association_data(test_arena, one));
	return gives_back(found_at(package, case_pointer(test_arena, one->ref)), data, texts);
}

/* What was left out of a placing association is what the tree says. */
static bool placing_comes_back(const struct case_package *p, const struct val *package, int32_t at)
{
	const struct case_item *item = &p->items[at], *above = &p->items[item->parent];
	const struct case_association *by = &p->associations[item->placed_by];
	struct val *data = kept(case_child_data(test_arena, p, item)), *end;
	const struct val *was = found_at(package, case_pointer(test_arena, by->ref));
	const struct case_item *of[] = {item, item->parent < 0 ? NULL : above};
	static const char *const names[] = {"originNodeURI", "destinationNodeURI"};
	for (int i = 0; i < 2; i++) {
		if (val_has(data, names[i]) || !of[i])
			continue;
		end = val_object(test_arena);
		struct str words = of[i]->body.n ? of[i]->body : of[i]->title;
		val_set_str(end, "title", case_title(test_arena, of[i]->code, words));
		val_set_str(end, "identifier", of[i]->uuid);
		val_set_str(end, "uri", of[i]->uri);
		val_set(data, names[i], end);
	}
	if (!val_has(data, "sequenceNumber") && val_has(was, "sequenceNumber"))
		val_set_int(data, "sequenceNumber", item->position);
	const struct back texts[] = {
		{"identifier", by->identifier}, {"associationType", by->type}, {0}};
	return gives_back(was, data, texts);
}

static bool comes_back(const struct case_package *p, const struct val *package)
{
	bool ok = true;
	const struct back document[] = {{"identifier", p->uuid},
					{"title", p->title},
					{"description", p->summary},
					{"publisher", p->publisher},
					{"version", p->version},
					{"officialSourceURL", p->source_url},
					{0}};
	const struct val *was = val_get(package, "CFDocument");
	if (val_kind(was) == VAL_OBJECT)
		ok = gives_back(was, kept(p->data), document);
	for (int32_t i = 0; i < p->items_n && ok; i++)
		ok = item_comes_back(p, package, i) &&
		     (p->items[i].placed_by < 0 || placing_comes_back(p, package, i));
	for (int32_t i = 0; i < p->associations_n && ok; i++)
		ok = association_comes_back(p, package, i);
	for (int32_t i = 0; i < p->definitions_n && ok; i++) {
		const struct back texts[] = {{"identifier", p->definitions[i].identifier}, {0}};
		ok = gives_back(found_at(package, case_pointer(test_arena, p->definitions[i].ref)),
				kept(p->definitions[i].data), texts);
	}
	return ok;
}

TEST("every object of a real package is an item, kept or named, and can be given back")
{
	int32_t unplaced = 0;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		SHARED(bytes, str_c(test_arena,
				    str_fmt(test_arena, "data/case-packages/%s.json", files[i])));
		struct json_error e;
		struct val *package = json_read(test_arena, bytes, MOST, &e);
		const struct case_package *p = read_bytes(bytes);
		NEED(package && !p->refused);
		bool ok = each_once(p, package) && is_a_tree(p) && comes_back(p, package);
		CHECK_STR(ok ? "conserved" : files[i], "conserved");
		unplaced += p->unplaced_n;
	}
	CHECK_INT(unplaced,
		  3); /* two files say some items twice, or have some without identifier */
}

/* ------------------------------------------------------------------ two hundred changes */

struct random {
	uint64_t state;
};

static uint32_t any(struct random *r, uint32_t below)
{
	r->state = r->state * 6364136223846793005u + 1442695040888963407u;
	return below ? (uint32_t)(r->state >> 33) % below : 0;
}

static struct val *any_list(struct random *r, const struct val *package)
{
	struct val *list = val_null();
	for (int tries = 0; tries < 20 && !val_count(list); tries++)
		list = val_path(package, lists[any(r, 2 + any(r, 7))].path);
	return list;
}

static struct val *any_object(struct random *r, const struct val *package)
{
	struct val *list = any_list(r, package);
	return any(r, 12) && val_count(list) ? val_at(list, any(r, (uint32_t)val_count(list)))
					     : val_get(package, "CFDocument");
}

static struct val *wrong_value(struct random *r)
{
	struct val *list = val_list(test_arena), *object = val_object(test_arena);
	struct val *const wrong[] = {
		val_null(),
		val_bool(test_arena, true),
		val_int(test_arena, -7),
		val_int(test_arena, INT64_MAX),
		val_real(test_arena, 1e300),
		val_real(test_arena, 0.5),
		val_text(test_arena, S("")),
		val_text(test_arena, S("<p>HTML &amp; more</p>\t")),
		val_text(test_arena, S("  6A3CCFC6-CC76-11E7-8974-CFCD479E782C")),
		list,
		object,
	};
	val_push(list, val_int(test_arena, 1));
	val_set_str(object, "identifier", S("x"));
	return wrong[any(r, sizeof wrong / sizeof *wrong)];
}

static struct val *without(const struct val *object, const char *name)
{
	struct val *out = val_object(test_arena);
	for (size_t i = 0; i < val_count(object); i++)
		if (strcmp(val_name_at(object, i), name) != 0)
			val_add(out, val_name_at(object, i),
				val_get(object, val_name_at(object, i)));
	return out;
}

/* Puts `now` where `was` stands. */
static void swap(struct val *package, const struct val *was, struct val *now)
{
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
		struct val *list = val_path(package, lists[k].path), *out = val_list(test_arena);
		for (size_t i = 0; i < val_count(list); i++)
			val_push(out, val_at(list, i) == was ? now : val_at(list, i));
		if (val_count(list) && k < 3)
			val_set(package, lists[k].path, out);
	}
	if (val_get(package, "CFDocument") == was)
		val_set(package, "CFDocument", now);
}

static void twist_ends(struct random *r, const struct val *package)
{
	struct val *list = val_get(package, "CFAssociations");
	if (!val_count(list))
		return;
	struct val *a = val_at(list, any(r, (uint32_t)val_count(list))),
		   *b = val_at(list, any(r, (uint32_t)val_count(list)));
	if (val_kind(a) != VAL_OBJECT || val_kind(b) != VAL_OBJECT)
		return;
	struct val *was = val_get(a, "destinationNodeURI");
	val_set(a, "destinationNodeURI", val_get(any(r, 2) ? a : b, "originNodeURI"));
	val_set(b, "originNodeURI", was);
}

static void change(struct random *r, struct val *package)
{
	struct val *one = any_object(r, package), *other = any_object(r, package);
	struct val *list = any_list(r, package);
	size_t n = val_count(one);
	const char *name = n ? val_name_at(one, any(r, (uint32_t)n)) : "identifier";
	bool object = val_kind(one) == VAL_OBJECT;
	switch (any(r, 8)) {
	case 0:
		swap(package, one, object ? without(one, str_c(test_arena, str_of(name))) : one);
		break;
	case 1:
	case 2:
		if (object)
			val_set(one, str_c(test_arena, str_of(name)), wrong_value(r));
		break;
	case 3:
		if (val_kind(list) == VAL_LIST)
			val_push(list, any(r, 2) ? one : wrong_value(r));
		break;
	case 4:
		if (object)
			val_set(one, "identifier", val_get(other, "identifier"));
		break;
	case 5:
		twist_ends(r, package);
		break;
	case 6:
		val_set(package, lists[any(r, 3)].path, any(r, 4) ? val_null() : wrong_value(r));
		break;
	default:
		if (object)
			val_set(one, "x-more", wrong_value(r));
	}
}

/* Of text: it need not stay JSON. */
static struct str damage(struct random *r, struct str bytes)
{
	char *p = arena_copy(test_arena, bytes.p, bytes.n + 1);
	struct str out = {p, bytes.n};
	ptrdiff_t at = str_find(str_from(out, any(r, (uint32_t)out.n)), S("\":"));
	switch (any(r, 4)) {
	case 0:
		return str_sub(out, 0, any(r, (uint32_t)out.n));
	case 1:
		for (int i = 0; i < 3; i++)
			p[any(r, (uint32_t)out.n)] = "\"{}[],:\\\x80\x00 0"[any(r, 12)];
		return out;
	case 2:
		if (at < 0)
			return out;
		return str_fmt(test_arena,
			       STR_FMT ": 99999999999999999999999, \"y\": 1e999" STR_FMT,
			       (int)at + 1, p, STR_ARG(str_from(out, (size_t)at + 2)));
	default:
		return str_fmt(test_arena, STR_FMT " ]}", STR_ARG(out));
	}
}

static int survives(struct random *r, struct str bytes)
{
	struct json_error e;
	struct val *package = json_read(test_arena, bytes, MOST, &e);
	bool bytes_too = !any(r, 4);
	for (uint32_t n = 1 + any(r, 4); n; n--)
		change(r, package);
	struct buf b = {.arena = test_arena};
	json_write(&b, package);
	struct str now = bytes_too ? damage(r, buf_str(&b)) : buf_str(&b);
	const struct case_package *p = read_bytes(now);
	struct val *again = json_read(test_arena, now, MOST, &e);
	bool ok = p->refused ? p->refused_code != NULL : is_a_tree(p) && fates_of(p).ok;
	if (again && !p->refused)
		ok = ok && each_once(p, again) && comes_back(p, again);
	if (again && p->refused)
		ok = ok && !strcmp(p->refused_code, "empty");
	(void)case_result(test_arena, p, 100);
	return ok;
}

TEST("two hundred changes of every real package lose no object and no member")
{
	int changed = 0;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct str bytes = package_file(i);
		if (!bytes.p)
			SKIP("../shared is absent");
		struct str stays = bytes;
		for (int n = 0; n < MUTATIONS; n++) {
			struct random r = {.state = (uint64_t)(n * 1000 + (int)i)};
			bool ok = survives(&r, stays);
			changed++;
			if (!CHECK_STR(ok ? "conserved"
					  : str_c(test_arena, str_fmt(test_arena, "%s, change %d",
								      files[i], n)),
				       "conserved"))
				return;
			arena_reset(test_arena);
			stays = package_file(i);
		}
	}
	CHECK_INT(changed, MUTATIONS * (int)(sizeof files / sizeof *files));
}

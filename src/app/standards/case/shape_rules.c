#include "app/standards/case/shape_rules.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/code.h"
#include "base/instant.h"
#include "core/uuid.h"

#include <math.h>
#include <string.h>

#define NAMED                                                                                      \
	{"identifier", CASE_UUID, CASE_REQUIRED}, {"uri", CASE_URI, CASE_REQUIRED},                \
	{                                                                                          \
		"title", CASE_TEXT, CASE_REQUIRED                                                  \
	}
#define CHANGED                                                                                    \
	{                                                                                          \
		"lastChangeDateTime", CASE_INSTANT, CASE_REQUIRED                                  \
	}
#define EXTENSIONS                                                                                 \
	{                                                                                          \
		"extensions", CASE_EXTENSIONS, CASE_SINCE_11                                       \
	}
#define LINK(name, flags)                                                                          \
	{                                                                                          \
		name, CASE_OBJECT, flags, &case_link                                               \
	}
#define END                                                                                        \
	{                                                                                          \
		NULL                                                                               \
	}

static const struct case_member link_members[] = {
	{"title", CASE_TEXT, CASE_REQUIRED},
	{"identifier", CASE_UUID, CASE_REQUIRED},
	{"uri", CASE_URI, CASE_REQUIRED},
	END,
};
const struct case_shape case_link = {"LinkURI", link_members};

static const struct case_member node_link_members[] = {
	{"title", CASE_TEXT, CASE_REQUIRED},
	{"identifier", CASE_TEXT, CASE_REQUIRED},
	{"uri", CASE_URI, CASE_REQUIRED},
	{"targetType", CASE_TEXT, CASE_SINCE_11},
	END,
};
const struct case_shape case_node_link = {"LinkGenURI", node_link_members};

static const struct case_member document_members[] = {
	{"identifier", CASE_UUID, CASE_REQUIRED},
	{"uri", CASE_URI, CASE_REQUIRED},
	{"frameworkType", CASE_TEXT, CASE_SINCE_11},
	{"caseVersion", CASE_TEXT, CASE_SINCE_11},
	{"creator", CASE_TEXT, CASE_REQUIRED},
	{"title", CASE_TEXT, CASE_REQUIRED},
	CHANGED,
	{"officialSourceURL", CASE_URI},
	{"publisher", CASE_TEXT},
	{"description", CASE_TEXT},
	{"subject", CASE_TEXTS},
	LINK("subjectURI", CASE_MANY),
	{"language", CASE_TEXT},
	{"version", CASE_TEXT},
	{"adoptionStatus", CASE_TEXT},
	{"statusStartDate", CASE_DATE},
	{"statusEndDate", CASE_DATE},
	LINK("licenseURI", 0),
	{"notes", CASE_TEXT},
	EXTENSIONS,
	LINK("CFPackageURI", CASE_REQUIRED | CASE_ALONE),
	END,
};
const struct case_shape case_document = {"CFDocument", document_members};

static const struct case_member item_members[] = {
	{"identifier", CASE_UUID, CASE_REQUIRED},
	{"fullStatement", CASE_TEXT, CASE_REQUIRED},
	{"alternativeLabel", CASE_TEXT},
	{"CFItemType", CASE_TEXT},
	{"uri", CASE_URI, CASE_REQUIRED},
	{"humanCodingScheme", CASE_TEXT},
	{"listEnumeration", CASE_TEXT},
	{"abbreviatedStatement", CASE_TEXT},
	{"conceptKeywords", CASE_TEXTS},
	LINK("conceptKeywordsURI", 0),
	{"notes", CASE_TEXT},
	{"subject", CASE_TEXTS, CASE_SINCE_11},
	LINK("subjectURI", CASE_MANY | CASE_SINCE_11),
	{"language", CASE_TEXT},
	{"educationLevel", CASE_TEXTS},
	LINK("CFItemTypeURI", 0),
	LINK("licenseURI", 0),
	{"statusStartDate", CASE_DATE},
	{"statusEndDate", CASE_DATE},
	CHANGED,
	EXTENSIONS,
	LINK("CFDocumentURI", CASE_REQUIRED | CASE_ALONE),
	END,
};
const struct case_shape case_item = {"CFItem", item_members};

static const struct case_member association_members[] = {
	{"identifier", CASE_UUID, CASE_REQUIRED},
	{"associationType", CASE_TEXT, CASE_REQUIRED},
	{"sequenceNumber", CASE_INT},
	{"uri", CASE_URI, CASE_REQUIRED},
	{"originNodeURI", CASE_OBJECT, CASE_REQUIRED, &case_node_link},
	{"destinationNodeURI", CASE_OBJECT, CASE_REQUIRED, &case_node_link},
	LINK("CFAssociationGroupingURI", 0),
	CHANGED,
	{"notes", CASE_TEXT, CASE_SINCE_11},
	EXTENSIONS,
	LINK("CFDocumentURI", CASE_ALONE),
	END,
};
const struct case_shape case_association = {"CFAssociation", association_members};

static const struct case_member concept_members[] = {
	NAMED,
	{"keywords", CASE_TEXT},
	{"hierarchyCode", CASE_TEXT, CASE_REQUIRED},
	{"description", CASE_TEXT},
	CHANGED,
	EXTENSIONS,
	END,
};
const struct case_shape case_concept = {"CFConcept", concept_members};

static const struct case_member subject_members[] = {
	NAMED,
	{"hierarchyCode", CASE_TEXT, CASE_REQUIRED},
	{"description", CASE_TEXT},
	CHANGED,
	EXTENSIONS,
	END,
};
const struct case_shape case_subject = {"CFSubject", subject_members};

static const struct case_member license_members[] = {
	NAMED,
	{"description", CASE_TEXT},
	{"licenseText", CASE_TEXT, CASE_REQUIRED},
	CHANGED,
	EXTENSIONS,
	END,
};
const struct case_shape case_license = {"CFLicense", license_members};

static const struct case_member item_type_members[] = {
	NAMED,
	{"description", CASE_TEXT, CASE_REQUIRED},
	{"hierarchyCode", CASE_TEXT, CASE_REQUIRED},
	{"typeCode", CASE_TEXT},
	CHANGED,
	EXTENSIONS,
	END,
};
const struct case_shape case_item_type = {"CFItemType", item_type_members};

static const struct case_member grouping_members[] = {
	NAMED, {"description", CASE_TEXT}, CHANGED, EXTENSIONS, END,
};
const struct case_shape case_grouping = {"CFAssociationGrouping", grouping_members};

static const struct case_member level_members[] = {
	{"identifier", CASE_UUID, CASE_REQUIRED},
	{"uri", CASE_URI, CASE_REQUIRED},
	{"description", CASE_TEXT},
	{"quality", CASE_TEXT},
	{"score", CASE_REAL},
	{"feedback", CASE_TEXT},
	{"position", CASE_INT},
	{"rubricCriterionId", CASE_UUID},
	CHANGED,
	{"extensions", CASE_EXTENSIONS, CASE_SINCE_11 | CASE_MANY},
	END,
};
const struct case_shape case_level = {"CFRubricCriterionLevel", level_members};

static const struct case_member criterion_members[] = {
	{"identifier", CASE_UUID, CASE_REQUIRED},
	{"uri", CASE_URI, CASE_REQUIRED},
	{"category", CASE_TEXT},
	{"description", CASE_TEXT},
	LINK("CFItemURI", 0),
	{"weight", CASE_REAL},
	{"position", CASE_INT},
	{"rubricId", CASE_UUID},
	CHANGED,
	{"CFRubricCriterionLevels", CASE_OBJECT, CASE_MANY, &case_level},
	EXTENSIONS,
	END,
};
const struct case_shape case_criterion = {"CFRubricCriterion", criterion_members};

static const struct case_member rubric_members[] = {
	{"identifier", CASE_UUID, CASE_REQUIRED},
	{"uri", CASE_URI, CASE_REQUIRED},
	{"title", CASE_TEXT},
	{"description", CASE_TEXT},
	CHANGED,
	{"CFRubricCriteria", CASE_OBJECT, CASE_MANY, &case_criterion},
	EXTENSIONS,
	END,
};
const struct case_shape case_rubric = {"CFRubric", rubric_members};

/* --- values in the kind of their member, or null --- */

/* RFC 3986: a scheme, and nothing that an address cannot hold. */
static struct val *as_uri(struct arena *a, struct str s)
{
	static const char plain[] = "-._~:/?#@!$&'()*+,;=%";
	struct buf b = {.arena = a};
	ptrdiff_t colon = str_find_char(s, ':');
	for (ptrdiff_t i = 0; i < colon; i++) {
		char c = s.p[i] | 32;
		if (!(c >= 'a' && c <= 'z') && (!i || !strchr("0123456789+-.", s.p[i])))
			return val_null();
	}
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter =
			(c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		struct str two = str_sub(s, i + 1, i + 3), byte;
		bool escape = c == '%' && two.n == 2 && hex_read(a, two, &byte);
		if (letter || escape || (c != '%' && c < 128 && c && strchr(plain, c)))
			buf_char(&b, (char)c);
		else
			buf_fmt(&b, "%%%02X", c);
	}
	return colon > 0 && (size_t)colon + 1 < s.n ? val_text(a, buf_str(&b)) : val_null();
}

static struct val *as_date(struct arena *a, struct str s)
{
	int64_t day;
	struct str date = str_sub(s, 0, 10);
	bool ends = s.n == 10 || (s.n > 10 && strchr("Tt ", s.p[10]));
	return ends && day_read(date, &day) ? val_text(a, date) : val_null();
}

/* As it was, where it is one: a package comes back with the offset it was written with. */
static struct val *as_instant(struct arena *a, struct str s)
{
	int64_t instant, day;
	if (instant_read_rfc3339(s, &instant))
		return val_text(a, s);
	if (day_read(s, &day))
		return val_text(a, instant_rfc3339(a, day * 86400));
	struct wall wall;
	if (wall_read(s, &wall))
		return val_text(a, instant_rfc3339(a, wall.day * 86400 + wall.seconds));
	return val_null();
}

static struct val *as_number(struct arena *a, const struct val *v, bool whole)
{
	double real;
	int64_t n;
	if (val_kind(v) == VAL_INT ||
	    (val_kind(v) == VAL_REAL && (!whole || floor(val_get_real(v)) == val_get_real(v))))
		real = val_get_real(v);
	else if (val_kind(v) == VAL_TEXT && str_int(val_get_str(v), &n))
		real = (double)n;
	else if (val_kind(v) != VAL_TEXT || whole || !str_real(val_get_str(v), &real))
		return val_null();
	if (real < INT32_MIN || real > INT32_MAX || !isfinite(real))
		return val_null();
	return whole || floor(real) == real ? val_int(a, (int64_t)real) : val_real(a, real);
}

static struct val *as_text(struct arena *a, const struct val *v)
{
	enum val_kind kind = val_kind(v);
	return kind == VAL_TEXT                      ? val_text(a, val_get_str(v))
	       : kind == VAL_INT || kind == VAL_REAL ? val_text(a, val_show(a, v))
						     : val_null();
}

static struct val *as_texts(struct arena *a, const struct val *v)
{
	struct val *list = val_list(a);
	if (val_kind(v) == VAL_TEXT)
		val_push(list, val_text(a, val_get_str(v)));
	for (size_t i = 0; val_kind(v) == VAL_LIST && i < val_count(v); i++) {
		struct val *text = as_text(a, val_at(v, i));
		if (!val_is_null(text))
			val_push(list, text);
	}
	return val_count(list) ? list : val_null();
}

/* Members that are null go, at any depth that JSON has. */
static struct val *without_nulls(struct arena *a, struct val *v)
{
	enum val_kind kind = val_kind(v);
	if (kind != VAL_OBJECT && kind != VAL_LIST)
		return v;
	struct val *out = kind == VAL_LIST ? val_list(a) : val_object(a);
	for (size_t i = 0; i < val_count(v); i++) {
		const char *name = kind == VAL_LIST ? NULL : val_name_at(v, i);
		struct val *one = without_nulls(a, name ? val_get(v, name) : val_at(v, i));
		if (val_is_null(one))
			continue;
		if (name)
			val_add(out, name, one);
		else
			val_push(out, one);
	}
	return out;
}

static struct val *as_extensions(struct arena *a, const struct case_member *m, struct val *v)
{
	enum val_kind wanted = m->flags & CASE_MANY ? VAL_LIST : VAL_OBJECT;
	if (val_kind(v) != wanted)
		return val_null();
	v = without_nulls(a, v);
	for (size_t i = 0; wanted == VAL_LIST && i < val_count(v); i++)
		if (val_kind(val_at(v, i)) != VAL_OBJECT)
			return val_null();
	return val_count(v) ? v : val_null();
}

struct making {
	struct arena *a;
	enum case_edition edition;
	bool alone;
};

static bool is_whole(const struct making *m, const struct case_shape *shape, const struct val *v)
{
	for (const struct case_member *k = shape->members; k->name; k++)
		if (k->flags & CASE_REQUIRED && !(k->flags & CASE_ALONE && !m->alone) &&
		    !val_has(v, k->name))
			return false;
	return true;
}

static struct val *as_object(const struct making *m, const struct case_member *k,
			     const struct val *v)
{
	struct val *list = val_list(m->a);
	bool listed = val_kind(v) == VAL_LIST;
	for (size_t i = 0; i < (listed ? val_count(v) : 1); i++) {
		const struct val *one = listed ? val_at(v, i) : v;
		if (val_kind(one) != VAL_OBJECT)
			continue;
		struct val *made = case_shaped(m->a, k->of, m->edition, false, one, NULL, NULL);
		if (is_whole(m, k->of, made))
			val_push(list, made);
	}
	if (!val_count(list))
		return val_null();
	return k->flags & CASE_MANY ? list : val_at(list, 0);
}

static struct val *in_kind(const struct making *m, const struct case_member *k, struct val *v)
{
	struct str s = val_get_str(v);
	if (val_is_null(v))
		return val_null();
	switch (k->kind) {
	case CASE_TEXT:
		return as_text(m->a, v);
	case CASE_UUID:
		return uuid_ok(s) ? val_text(m->a, s) : val_null();
	case CASE_URI:
		return as_uri(m->a, str_trim(s));
	case CASE_DATE:
		return as_date(m->a, str_trim(s));
	case CASE_INSTANT:
		return as_instant(m->a, str_trim(s));
	case CASE_INT:
	case CASE_REAL:
		return as_number(m->a, v, k->kind == CASE_INT);
	case CASE_TEXTS:
		return as_texts(m->a, v);
	case CASE_EXTENSIONS:
		return as_extensions(m->a, k, v);
	case CASE_OBJECT:
		return as_object(m, k, v);
	}
	return val_null();
}

static bool is_in(enum case_edition edition, bool alone, const struct case_member *k)
{
	return !(edition == CASE_10 && k->flags & CASE_SINCE_11) &&
	       !(!alone && k->flags & CASE_ALONE);
}

struct val *case_shaped(struct arena *a, const struct case_shape *shape, enum case_edition edition,
			bool alone, const struct val *is, const struct val *kept,
			const struct val *otherwise)
{
	struct making m = {a, edition, alone};
	const struct val *from[] = {is, kept, otherwise};
	struct val *out = val_object(a);
	for (const struct case_member *k = shape->members; k->name; k++) {
		if (!is_in(edition, alone, k))
			continue;
		struct val *v = val_null();
		for (int i = 0; i < 3 && val_is_null(v); i++)
			v = in_kind(&m, k, val_get(from[i], k->name));
		if (!val_is_null(v))
			val_add(out, k->name, v);
	}
	return out;
}

const char *const *case_names(struct arena *a, const struct case_shape *shape,
			      enum case_edition edition)
{
	size_t n = 0;
	for (const struct case_member *k = shape->members; k->name; k++)
		n++;
	const char **names = arena_many(a, const char *, n + 1);
	n = 0;
	for (const struct case_member *k = shape->members; k->name; k++)
		if (is_in(edition, true, k))
			names[n++] = k->name;
	return names;
}

/* --- words of the two editions --- */

static const char *const types[] = {"isChildOf",     "isPeerOf",    "isPartOf",   "exactMatchOf",
				    "precedes",      "isRelatedTo", "replacedBy", "exemplar",
				    "hasSkillLevel", NULL};

struct str case_type_in(struct arena *a, enum case_edition edition, struct str type)
{
	for (int i = 0; types[i]; i++)
		if (str_is(type, types[i]))
			return type;
	if (edition == CASE_10)
		return S("isRelatedTo");
	if (str_is(type, "isTranslationOf"))
		return type;
	struct buf b = {.arena = a};
	buf_lit(&b, "ext:");
	struct str rest = str_starts(type, S("ext:")) ? str_from(type, 4) : type;
	for (size_t i = 0; i < rest.n; i++) {
		char c = rest.p[i], low = (char)(c | 32);
		if ((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || (c && strchr("._-", c)))
			buf_char(&b, c);
	}
	return b.n > 4 ? buf_str(&b) : S("isRelatedTo");
}

const char *case_word_in(enum case_edition edition, const char *word)
{
	static const struct {
		const char *in_11, *in_10;
	} words[] = {{"invalid_uuid", "invaliduuid"},
		     {"unauthorised_request", "unauthorisedrequest"}};
	for (size_t i = 0; edition == CASE_10 && i < sizeof words / sizeof *words; i++)
		if (!strcmp(word, words[i].in_11))
			return words[i].in_10;
	return word;
}

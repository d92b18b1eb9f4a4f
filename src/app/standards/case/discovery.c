/* The OpenAPI 3 description of what is served here (CASE 1.1, service discovery), made from the
 * shapes that every answer is brought into, and with this organisation's address. */
#include "app/standards/case/provide.h"
#include "app/standards/case/shape_rules.h"
#include "base/arena.h"
#include "base/json.h"

static const struct operation {
	const char *path, *id, *schema, *says;
	const struct case_shape *one; /* of a set: what it is made of; NULL: the schema is one */
} operations[] = {
	{"/CFDocuments", "getAllCFDocuments", "CFDocumentSet",
	 "All published documents: one for each version and language.", &case_document},
	{"/CFDocuments/{sourcedId}", "getCFDocument", "CFDocument", "One document.", NULL},
	{"/CFPackages/{sourcedId}", "getCFPackage", "CFPackage",
	 "A document with its items, associations, definitions and rubrics.", NULL},
	{"/CFItems/{sourcedId}", "getCFItem", "CFItem", "One item.", NULL},
	{"/CFItemAssociations/{sourcedId}", "getCFItemAssociations", "CFAssociationSet",
	 "An item and every association that begins or ends at it.", NULL},
	{"/CFAssociations/{sourcedId}", "getCFAssociation", "CFAssociation", "One association.",
	 NULL},
	{"/CFAssociationGroupings/{sourcedId}", "getCFAssociationGrouping", "CFAssociationGrouping",
	 "One grouping of associations: a crosswalk.", NULL},
	{"/CFConcepts/{sourcedId}", "getCFConcept", "CFConceptSet",
	 "A concept, then those below it.", &case_concept},
	{"/CFItemTypes/{sourcedId}", "getCFItemType", "CFItemTypeSet",
	 "An item type, then those below it.", &case_item_type},
	{"/CFLicenses/{sourcedId}", "getCFLicense", "CFLicense", "One licence.", NULL},
	{"/CFSubjects/{sourcedId}", "getCFSubject", "CFSubjectSet",
	 "A subject, then those below it.", &case_subject},
	{"/CFRubrics/{sourcedId}", "getCFRubric", "CFRubric",
	 "One rubric with its criteria and their levels.", NULL},
};

static const struct {
	const char *name, *says, *type;
	int least; /* of a number; -1: it is a text */
} queries[] = {
	{"limit", "How many documents; 100 unless told.", "integer", 1},
	{"offset", "How many documents to pass over.", "integer", 0},
	{"sort", "A member of the documents to put them in order by.", "string", -1},
	{"orderBy", "asc or desc.", "string", -1},
	{"filter", "One predicate, or two joined by AND or OR: title~'guid' AND language='fr'.",
	 "string", -1},
	{"fields", "The members that are wanted, joined by commas.", "array", -1},
};

static const struct {
	const char *status, *says;
} refusals[] = {
	{"400", "The query cannot be read."},
	{"401", "This needs a permission."},
	{"403", "This is not open to you."},
	{"404", "There is no such object here, or its identifier is no UUID."},
	{"429", "Too many requests."},
	{"500", "Something went wrong here."},
	{"default", "Anything else."},
};

static struct val *text(struct arena *a, const char *s)
{
	return val_text(a, str_of(s));
}

static void set(struct arena *a, struct val *to, const char *name, const char *s)
{
	val_set(to, name, text(a, s));
}

static struct val *reference(struct arena *a, const char *schema)
{
	struct val *v = val_object(a);
	val_set_str(v, "$ref", str_fmt(a, "#/components/schemas/%sDType", schema));
	return v;
}

static struct val *answer(struct arena *a, const char *says, const char *schema)
{
	struct val *v = val_object(a);
	set(a, v, "description", says);
	val_set(val_set_object(val_set_object(v, "content"), "application/json"), "schema",
		reference(a, schema));
	return v;
}

static struct val *parameters(struct arena *a, const struct operation *o)
{
	struct val *list = val_list(a);
	if (str_ends(str_of(o->path), S("}"))) {
		struct val *id = val_push_object(list), *schema;
		set(a, id, "name", "sourcedId");
		set(a, id, "in", "path");
		set(a, id, "description", "The identifier: a UUID.");
		val_set_bool(id, "required", true);
		schema = val_set_object(id, "schema");
		set(a, schema, "type", "string");
		return list;
	}
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		struct val *q = val_push_object(list), *schema;
		set(a, q, "name", queries[i].name);
		set(a, q, "in", "query");
		set(a, q, "description", queries[i].says);
		val_set_bool(q, "required", false);
		set(a, q, "style", "form");
		schema = val_set_object(q, "schema");
		set(a, schema, "type", queries[i].type);
		if (queries[i].least >= 0)
			val_set_int(schema, "minimum", queries[i].least);
		if (str_is(S("array"), queries[i].type)) {
			set(a, val_set_object(schema, "items"), "type", "string");
			val_set_bool(q, "explode", false);
		}
	}
	return list;
}

static struct val *operation(struct arena *a, const struct operation *o)
{
	struct val *get = val_object(a), *responses;
	set(a, get, "operationId", o->id);
	set(a, get, "summary", o->says);
	val_set(get, "parameters", parameters(a, o));
	responses = val_set_object(get, "responses");
	val_set(responses, "200", answer(a, o->says, o->schema));
	if (o->one == &case_document) {
		struct val *headers = val_set_object(val_get(responses, "200"), "headers");
		struct val *total = val_set_object(headers, "X-Total-Count"),
			   *link = val_set_object(headers, "Link");
		set(a, total, "description", "How many documents the filter lets through.");
		set(a, val_set_object(total, "schema"), "type", "integer");
		set(a, link, "description", "first, prev, next and last page (RFC 8288).");
		set(a, val_set_object(link, "schema"), "type", "string");
	}
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		val_set(responses, refusals[i].status,
			answer(a, refusals[i].says, "imsx_StatusInfo"));
	return get;
}

/* ---- schemas ---- */

static const char *schema_of(struct arena *a, const struct case_shape *shape, bool inside)
{
	bool other = inside &&
		     (shape == &case_document || shape == &case_item || shape == &case_association);
	return other ? str_c(a, str_fmt(a, "CFPckg%s", shape->name + 2)) : shape->name;
}

static struct val *list_of(struct arena *a, struct val *items)
{
	struct val *v = val_object(a);
	set(a, v, "type", "array");
	val_set(v, "items", items);
	return v;
}

static struct val *member(struct arena *a, const struct case_member *m)
{
	static const struct {
		const char *type, *format;
	} kinds[] = {
		[CASE_TEXT] = {"string", NULL},           [CASE_UUID] = {"string", "uuid"},
		[CASE_URI] = {"string", "uri"},           [CASE_DATE] = {"string", "date"},
		[CASE_INSTANT] = {"string", "date-time"}, [CASE_INT] = {"integer", "int32"},
		[CASE_REAL] = {"number", "float"},        [CASE_TEXTS] = {"string", NULL},
		[CASE_EXTENSIONS] = {"object", NULL},
	};
	struct val *v;
	if (m->kind == CASE_OBJECT) {
		v = reference(a, m->of->name);
	} else {
		v = val_object(a);
		set(a, v, "type", kinds[m->kind].type);
		if (kinds[m->kind].format)
			set(a, v, "format", kinds[m->kind].format);
	}
	return m->kind == CASE_TEXTS || m->flags & CASE_MANY ? list_of(a, v) : v;
}

static void add_shape(struct arena *a, struct val *schemas, const struct case_shape *shape,
		      bool inside)
{
	struct val *v = val_object(a), *required;
	set(a, v, "type", "object");
	required = val_set_list(v, "required");
	struct val *properties = val_set_object(v, "properties");
	for (const struct case_member *m = shape->members; m->name; m++) {
		if (inside && m->flags & CASE_ALONE)
			continue;
		val_set(properties, m->name, member(a, m));
		if (m->flags & CASE_REQUIRED)
			val_push(required, text(a, m->name));
	}
	val_set_bool(v, "additionalProperties", false);
	val_set(schemas, str_c(a, str_fmt(a, "%sDType", schema_of(a, shape, inside))), v);
}

/* An object of lists and objects by their schemas: "CFItems[]" is a list. */
static void add_holder(struct arena *a, struct val *schemas, const char *name,
		       const char *const (*parts)[2])
{
	struct val *v = val_object(a);
	set(a, v, "type", "object");
	struct val *properties = val_set_object(v, "properties");
	for (; (*parts)[0]; parts++) {
		struct str part = str_of((*parts)[0]);
		bool list = str_ends(part, S("[]"));
		struct val *one = reference(a, (*parts)[1]);
		val_set(properties, str_c(a, str_sub(part, 0, part.n - (list ? 2 : 0))),
			list ? list_of(a, one) : one);
	}
	val_set_bool(v, "additionalProperties", false);
	val_set(schemas, str_c(a, str_fmt(a, "%sDType", name)), v);
}

static void add_status(struct arena *a, struct val *schemas)
{
	static const char *const texts[][2] = {
		{"imsx_StatusInfoDType", "imsx_codeMajor imsx_severity imsx_description"},
		{"imsx_CodeMinorFieldDType", "imsx_codeMinorFieldName imsx_codeMinorFieldValue"}};
	for (int i = 0; i < 2; i++) {
		struct val *v = val_set_object(schemas, texts[i][0]);
		set(a, v, "type", "object");
		struct val *properties = val_set_object(v, "properties");
		struct str rest = str_of(texts[i][1]), name;
		while (str_cut(&rest, ' ', &name))
			set(a, val_set_object(properties, str_c(a, name)), "type", "string");
		if (!i)
			val_set(properties, "imsx_codeMinor", reference(a, "imsx_CodeMinor"));
	}
	static const char *const minor[][2] = {{"imsx_codeMinorField[]", "imsx_CodeMinorField"},
					       {NULL, NULL}};
	add_holder(a, schemas, "imsx_CodeMinor", minor);
}

static struct val *schemas(struct arena *a)
{
	static const struct case_shape *const shapes[] = {
		&case_document, &case_item,      &case_association, &case_concept, &case_subject,
		&case_license,  &case_item_type, &case_grouping,    &case_rubric,  &case_criterion,
		&case_level,    &case_link,      &case_node_link};
	static const char *const package[][2] = {{"CFDocument", "CFPckgDocument"},
						 {"CFItems[]", "CFPckgItem"},
						 {"CFAssociations[]", "CFPckgAssociation"},
						 {"CFDefinitions", "CFDefinition"},
						 {"CFRubrics[]", "CFRubric"},
						 {NULL, NULL}};
	static const char *const definitions[][2] = {
		{"CFConcepts[]", "CFConcept"},
		{"CFSubjects[]", "CFSubject"},
		{"CFLicenses[]", "CFLicense"},
		{"CFItemTypes[]", "CFItemType"},
		{"CFAssociationGroupings[]", "CFAssociationGrouping"},
		{NULL, NULL}};
	static const char *const set_of_item[][2] = {
		{"CFItem", "CFItem"}, {"CFAssociations[]", "CFPckgAssociation"}, {NULL, NULL}};
	struct val *all = val_object(a);
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		for (int inside = 0; inside < 2; inside++)
			add_shape(a, all, shapes[i], inside);
	add_holder(a, all, "CFPackage", package);
	add_holder(a, all, "CFDefinition", definitions);
	add_holder(a, all, "CFAssociationSet", set_of_item);
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
		if (!operations[i].one)
			continue;
		struct str list = str_fmt(a, "%ss[]", operations[i].one->name);
		const char *const parts[][2] = {{str_c(a, list), operations[i].one->name},
						{NULL, NULL}};
		add_holder(a, all, operations[i].schema, parts);
	}
	add_status(a, all);
	return all;
}

int case_discovery(struct req *r)
{
	struct arena *a = r->arena;
	struct val *root = val_object(a), *info, *paths;
	set(a, root, "openapi", "3.0.1");
	info = val_set_object(root, "info");
	struct str name = val_s(val_get(r->org, "names"), str_c(a, val_s(r->org, "lang")));
	val_set_str(info, "title",
		    str_fmt(a, "CASE 1.1: the published standards of " STR_FMT, STR_ARG(name)));
	set(a, info, "version", "1.1");
	set(a, val_push_object(val_set_list(root, "servers")), "url",
	    str_c(a, str_fmt(a, STR_FMT "/ims/case/v1p1", STR_ARG(val_s(r->org, "base")))));
	paths = val_set_object(root, "paths");
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
		val_set(val_set_object(paths, operations[i].path), "get",
			operation(a, &operations[i]));
	val_set(val_set_object(root, "components"), "schemas", schemas(a));
	struct buf b = {.arena = a};
	json_write_pretty(&b, root);
	val_set_str(r->headers_out, "Content-Type", S("application/json; charset=utf-8"));
	r->raw = buf_str(&b);
	return OK;
}

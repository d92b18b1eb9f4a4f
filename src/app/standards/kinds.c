#include "app/standards/kinds.h"

#include "base/val.h"
#include "web/req.h"

#include <stddef.h>

const struct kind_shipped kinds_shipped[] = {
	{"category", N_("Category"), KIND_STATEMENT, false},
	{"cluster", N_("Cluster"), KIND_STATEMENT, false},
	{"area", N_("Competency area"), KIND_STATEMENT, false},
	{"competency", N_("Competency"), KIND_STATEMENT, false},
	{"criterion", N_("Rubric criterion"), KIND_ROW, false},
	{"performance", N_("Performance"), KIND_STATEMENT, false},
	{"demonstration", N_("Demonstration"), KIND_STATEMENT, false},
	{"knowledge", N_("Knowledge"), KIND_STATEMENT, false},
	{"indicator", N_("Performance indicator"), KIND_STATEMENT, false},
	{"outcome", N_("Outcome"), KIND_STATEMENT, false},
	{"benchmark", N_("Benchmark"), KIND_STATEMENT, false},
	{"topic", N_("Topic"), KIND_STATEMENT, false},
	{"facet", N_("Facet"), KIND_STATEMENT, false},
	{"role", N_("Role"), KIND_STATEMENT, false},
	{"qualification", N_("Qualification"), KIND_STATEMENT, false},
	{"unit", N_("Unit"), KIND_STATEMENT, false},
	{"condition", N_("Condition"), KIND_STATEMENT, false},
	{"clause", N_("Clause"), KIND_STATEMENT, false},
	{"theme", N_("Theme"), KIND_STATEMENT, false},
	{"goal", N_("Goal"), KIND_STATEMENT, false},
	{"prompt", N_("Prompt question"), KIND_STATEMENT, false},
	{"idea", N_("Idea"), KIND_STATEMENT, false},
	{"statement", N_("Statement"), KIND_STATEMENT, true},
	{"function", N_("Function"), KIND_STATEMENT, false},
	{"duty", N_("Duty"), KIND_STATEMENT, false},
	{"route", N_("Route"), KIND_STATEMENT, false},
	{"register", N_("Register"), KIND_STATEMENT, false},
	{"introduction", N_("Introduction"), KIND_SUPPORT, true},
	{"overview", N_("Overview"), KIND_SUPPORT, false},
	{"lead", N_("Lead"), KIND_SUPPORT, true},
	{"narrative", N_("Narrative"), KIND_SUPPORT, true},
	{"purpose", N_("Purpose"), KIND_SUPPORT, false},
	{"context", N_("Context variable"), KIND_SUPPORT, false},
	{"why", N_("Why it matters"), KIND_SUPPORT, false},
	{"example", N_("Example"), KIND_SUPPORT, false},
	{"method", N_("Method"), KIND_SUPPORT, false},
	{"detail", N_("Detail"), KIND_SUPPORT, true},
	{"note", N_("Note"), KIND_SUPPORT, false},
	{"footnote", N_("Footnote"), KIND_SUPPORT, false},
	{"reference", N_("Reference"), KIND_SUPPORT, false},
	{"contact", N_("Contact person"), KIND_SUPPORT, false},
	{"heading", N_("Heading"), KIND_STATEMENT, true},
	{"text", N_("Text"), KIND_SUPPORT, true},
	{"term", N_("Term"), KIND_TERM, false},
	{NULL, NULL, KIND_STATEMENT, false},
};

const struct kind_shipped *kind_named(struct str code)
{
	const struct kind_shipped *k = kinds_shipped;
	while (k->code && !str_is(code, k->code))
		k++;
	return k->code ? k : NULL;
}

static struct str label_of(const struct req *r, const struct kind_shipped *k, struct str code,
			   const struct val *own)
{
	for (size_t i = 0; i < val_count(own); i++)
		if (str_eq(val_s(val_at(own, i), "code"), code) && val_s(val_at(own, i), "name").n)
			return val_s(val_at(own, i), "name");
	return k ? str_of(tr(r, k->label)) : code;
}

void kinds_label(struct req *r, struct val *rows, const struct val *own)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		struct str code = val_s(row, "kind");
		const struct kind_shipped *k = kind_named(code);
		val_set_str(row, "kind_label", label_of(r, k, code, own));
		val_set_bool(row, "kind_plain", k && k->plain);
	}
}

#include "app/standards/kinds.h"

#include "base/val.h"
#include "web/req.h"

#include <stddef.h>

const struct kind_shipped kinds_shipped[] = {
	{"category", N_("Category"), KIND_STATEMENT},
	{"cluster", N_("Cluster"), KIND_STATEMENT},
	{"area", N_("Competency area"), KIND_STATEMENT},
	{"competency", N_("Competency"), KIND_STATEMENT},
	{"criterion", N_("Rubric criterion"), KIND_ROW},
	{"performance", N_("Performance"), KIND_STATEMENT},
	{"demonstration", N_("Demonstration"), KIND_STATEMENT},
	{"knowledge", N_("Knowledge"), KIND_STATEMENT},
	{"indicator", N_("Performance indicator"), KIND_STATEMENT},
	{"outcome", N_("Outcome"), KIND_STATEMENT},
	{"benchmark", N_("Benchmark"), KIND_STATEMENT},
	{"topic", N_("Topic"), KIND_STATEMENT},
	{"facet", N_("Facet"), KIND_STATEMENT},
	{"role", N_("Role"), KIND_STATEMENT},
	{"qualification", N_("Qualification"), KIND_STATEMENT},
	{"unit", N_("Unit"), KIND_STATEMENT},
	{"condition", N_("Condition"), KIND_STATEMENT},
	{"clause", N_("Clause"), KIND_STATEMENT},
	{"theme", N_("Theme"), KIND_STATEMENT},
	{"goal", N_("Goal"), KIND_STATEMENT},
	{"prompt", N_("Prompt question"), KIND_STATEMENT},
	{"idea", N_("Idea"), KIND_STATEMENT},
	{"statement", N_("Statement"), KIND_STATEMENT},
	{"function", N_("Function"), KIND_STATEMENT},
	{"duty", N_("Duty"), KIND_STATEMENT},
	{"route", N_("Route"), KIND_STATEMENT},
	{"register", N_("Register"), KIND_STATEMENT},
	{"introduction", N_("Introduction"), KIND_SUPPORT},
	{"overview", N_("Overview"), KIND_SUPPORT},
	{"lead", N_("Lead"), KIND_SUPPORT},
	{"narrative", N_("Narrative"), KIND_SUPPORT},
	{"purpose", N_("Purpose"), KIND_SUPPORT},
	{"context", N_("Context variable"), KIND_SUPPORT},
	{"why", N_("Why it matters"), KIND_SUPPORT},
	{"example", N_("Example"), KIND_SUPPORT},
	{"method", N_("Method"), KIND_SUPPORT},
	{"detail", N_("Detail"), KIND_SUPPORT},
	{"note", N_("Note"), KIND_SUPPORT},
	{"footnote", N_("Footnote"), KIND_SUPPORT},
	{"reference", N_("Reference"), KIND_SUPPORT},
	{"contact", N_("Contact person"), KIND_SUPPORT},
	{"heading", N_("Heading"), KIND_STATEMENT},
	{"text", N_("Text"), KIND_SUPPORT},
	{"term", N_("Term"), KIND_TERM},
	{NULL, NULL, KIND_STATEMENT},
};

const struct kind_shipped *kind_named(struct str code)
{
	const struct kind_shipped *k = kinds_shipped;
	while (k->code && !str_is(code, k->code))
		k++;
	return k->code ? k : NULL;
}

static struct str label_of(const struct req *r, struct str code, const struct val *own)
{
	for (size_t i = 0; i < val_count(own); i++)
		if (str_eq(val_s(val_at(own, i), "code"), code) && val_s(val_at(own, i), "name").n)
			return val_s(val_at(own, i), "name");
	const struct kind_shipped *k = kind_named(code);
	return k ? str_of(tr(r, k->label)) : code;
}

void kinds_label(struct req *r, struct val *rows, const struct val *own)
{
	for (size_t i = 0; i < val_count(rows); i++) {
		struct val *row = val_at(rows, i);
		val_set_str(row, "kind_label", label_of(r, val_s(row, "kind"), own));
	}
}

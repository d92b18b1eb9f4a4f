#include "app/standards/import/import.h"

#include "app/standards/import/engine.h"
#include "base/arena.h"
#include "base/asset.h"
#include "base/err.h"
#include "base/utf8.h"

enum { MOST_LAYOUTS = 64 };

/* How well a layout fits: what it names and found, times how much of the text it could place. */
struct fit {
	const struct layout *layout;
	struct engine *engine;
	int headings, named;                              /* found, and of how many */
	int codes, lines, tables, levels, outline, begin; /* how many */
	int placed, structure, tabled;                    /* per cent */
	int score;
	const char *lacks; /* what it needs and did not find */
};

/* ------------------------------------------------------------------ one layout */

static void count_rules(const struct engine *e, const struct rule *rules, int n, struct fit *fit)
{
	for (int i = 0; i < n; i++) {
		const struct rule *r = &rules[i];
		bool heading = r->verb == RULE_SECTION || r->verb == RULE_AGAIN ||
			       (r->verb == RULE_HEADING && rule_strings(r, "").n);
		fit->named += heading;
		fit->headings += heading && e->seen[r->id];
		fit->headings += r->verb == RULE_SCALE && e->seen[r->id];
		fit->named += r->verb == RULE_SCALE;
		fit->lines += r->verb == RULE_LINE && e->seen[r->id];
		fit->tables += (r->verb == RULE_TABLE || r->verb == RULE_LEGEND) && e->seen[r->id];
		count_rules(e, r->inner, r->inner_n, fit);
	}
}

static int per_cent(int part, int all)
{
	return all ? 100 * part / all : 0;
}

static int known_levels(const struct engine *e)
{
	int known = 0;
	for (int i = 0; i < e->levels_n; i++)
		known += level_is_named(e, e->levels[i].name);
	return known;
}

static void measure_text(struct fit *fit)
{
	struct engine *e = fit->engine;
	int placed = 0, all = 0, rows = 0, blocks = e->blocks.n - e->begins;
	for (int i = e->begins; i < e->blocks.n; i++)
		rows += e->blocks.at[i].type == BLOCK_ROW;
	for (int i = 0; i < e->source->count; i++) {
		all += e->source->lines[i].text.n && e->fates[i] != FATE_OUTSIDE;
		placed += e->fates[i] == FATE_ITEM || e->fates[i] == FATE_FURNITURE;
	}
	fit->placed = per_cent(placed, all);
	fit->structure = per_cent(e->structured, blocks);
	fit->tabled = per_cent(rows, blocks);
}

static int at_most(int value, int most)
{
	return value < most ? value : most;
}

static void measure(struct fit *fit)
{
	struct engine *e = fit->engine;
	int from = 0;
	count_rules(e, fit->layout->rules, fit->layout->n, fit);
	for (int i = 0; i < e->n; i++) {
		fit->codes += e->items[i].rank && e->items[i].code.n;
		fit->outline += e->items[i].heading;
	}
	measure_text(fit);
	fit->levels = known_levels(e);
	const struct rule *begin = rule_next(fit->layout, NULL, RULE_BEGIN, &from);
	fit->begin = begin && e->seen[begin->id];
	fit->score = 5 + 12 * fit->headings + 3 * at_most(fit->codes, 15) + 6 * fit->lines +
		     10 * at_most(fit->levels, 5) + 10 * fit->tables + 10 * fit->begin +
		     2 * at_most(fit->outline, 10) + 20 * (e->csv_columns > 1);
	fit->score = fit->score * fit->placed / 100;
}

static int amount(const struct fit *fit, struct str what)
{
	const struct {
		const char *name;
		int value;
	} amounts[] = {
		{"headings", fit->headings},
		{"codes", fit->codes},
		{"lines", fit->lines},
		{"forms", fit->engine->formed},
		{"levels", fit->levels},
		{"tables", fit->tables},
		{"tabled", fit->tabled},
		{"formed", per_cent(fit->engine->formed, fit->engine->blocks.n)},
		{"descriptors", fit->engine->cells_n},
		{"outline", fit->outline},
		{"structure", fit->structure},
		{"items", fit->engine->n},
		{"columns", fit->engine->csv_columns},
		{"placed", fit->placed},
		{"begin", fit->begin},
	};
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
		if (str_is(what, amounts[i].name))
			return amounts[i].value;
	return 0;
}

static void check_needs(struct fit *fit)
{
	int from = 0, needs = 0;
	for (const struct rule *r; (r = rule_next(fit->layout, NULL, RULE_NEEDS, &from)); needs++)
		if (amount(fit, r->kind) < r->rank)
			fit->lacks = str_c(fit->engine->arena, r->kind);
	if (!needs)
		fit->lacks = "needs";
}

static bool is_csv(const struct layout *layout)
{
	int from = 0;
	for (const struct rule *r; (r = rule_next(layout, NULL, RULE_TABLE, &from));)
		if (rule_has(r, "csv"))
			return true;
	return false;
}

static struct fit run(struct arena *a, const struct source *source, const struct layout *layout)
{
	struct fit fit = {.layout = layout, .engine = engine_new(a, source, layout)};
	if (is_csv(layout))
		read_csv(fit.engine);
	else
		engine_read(fit.engine);
	engine_finish(fit.engine);
	measure(&fit);
	check_needs(&fit);
	return fit;
}

/* ------------------------------------------------------------------ the document */

static struct str find_lang(const struct engine *e)
{
	int from = 0, most = 0;
	struct str best = {0};
	for (const struct rule *r; (r = rule_next(e->layout, NULL, RULE_LANGUAGE, &from));) {
		int count = 0, looked = 0;
		struct args words = rule_strings(r, "");
		for (int i = 0; i < e->source->count && looked < 400; i++) {
			if (e->fates[i] != FATE_ITEM)
				continue;
			looked++;
			struct str text = e->source->lines[i].text;
			struct str key = key_text(e->arena, str_sub(text, 0, 600)), word;
			while (str_cut(&key, ' ', &word))
				for (int w = 0; w < words.n; w++)
					count += str_eq(word, words.at[w].text);
		}
		if (count > most) {
			most = count;
			best = r->kind;
		}
	}
	return best;
}

/* Where the text has no title: its only top heading, else the file's name, else the layout's. */
static void find_title(struct engine *e, const struct import_options *options)
{
	int only = -1, tops = 0;
	struct val *document = e->document;
	for (int i = 0; i < e->n; i++)
		if (e->items[i].parent < 0 && e->items[i].rank && e->items[i].heading) {
			tops++;
			only = i;
		}
	if (tops == 1 && e->items[only].code.n && !val_has(document, "code"))
		val_set_str(document, "code", e->items[only].code);
	if (val_s(document, "title").n)
		return;
	struct str name = options->file_name;
	ptrdiff_t slash;
	while ((slash = str_find_char(name, '/')) >= 0)
		name = str_from(name, (size_t)slash + 1);
	ptrdiff_t dot = str_find_char(name, '.');
	name = str_dup(e->arena, str_sub(name, 0, dot < 1 ? name.n : (size_t)dot));
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '-' || name.p[i] == '_')
			((char *)name.p)[i] = ' ';
	if (tops == 1 && e->items[only].text.text.n)
		name = e->items[only].text.text;
	val_set_str(document, "title", name);
	val_set_bool(document, "title_guessed", true);
}

static void describe(struct fit *fit, const struct source *source,
		     const struct import_options *options, struct str why)
{
	struct val *document = fit->engine->document;
	find_title(fit->engine, options);
	val_set_str(document, "lang", options->lang.n ? options->lang : find_lang(fit->engine));
	val_set_bool(document, "lang_guessed", !options->lang.n);
	val_set_str(document, "layout", fit->layout->name);
	val_set_str(document, "layout_why", why);
	val_set_str(document, "encoding", str_of(source->encoding));
	val_set_str(document, "newline", str_of(source->newline));
	val_set_bool(document, "bom", source->bom);
}

static struct str say_fit(struct arena *a, const struct fit *fit)
{
	return str_fmt(a,
		       STR_FMT
		       ": %d of its %d headings and scales, %d codes, %d forms of line, %d tables, "
		       "%d levels; %d %% of the lines placed (score %d)",
		       STR_ARG(fit->layout->name), fit->headings, fit->named, fit->codes,
		       fit->lines, fit->tables, fit->levels, fit->placed, fit->score);
}

static void put_fits(struct arena *a, struct val *document, const struct fit *fits, int n)
{
	struct val *list = val_set_list(document, "layouts_tried");
	for (int i = 0; i < n; i++) {
		struct val *one = val_push_object(list);
		val_set_str(one, "layout", fits[i].layout->name);
		val_set_int(one, "score", fits[i].lacks ? 0 : fits[i].score);
		val_set_int(one, "headings", fits[i].headings);
		val_set_int(one, "codes", fits[i].codes);
		val_set_int(one, "levels", fits[i].levels);
		val_set_int(one, "placed", fits[i].placed);
		if (fits[i].lacks)
			val_set_str(one, "lacks", str_of(fits[i].lacks));
		val_set_str(one, "why", say_fit(a, &fits[i]));
	}
}

/* ------------------------------------------------------------------ refusing */

static struct val *refused(struct arena *a, const struct source *source, const char *code,
			   const char *reason)
{
	static const char *const lists[] = {"items", "levels",    "descriptors", "ratings",
					    "links", "furniture", "unplaced"};
	struct val *out = val_object(a);
	struct val *why = val_set_object(out, "refused");
	val_set_str(why, "code", str_of(code));
	val_set_str(why, "reason", str_of(reason));
	struct val *document = val_set_object(out, "document");
	val_set_str(document, "encoding", str_of(source->encoding));
	struct val *counts = val_set_object(out, "counts");
	val_set_int(counts, "lines", source->count);
	val_set_int(counts, "blank", source->blank);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		val_set_list(out, lists[i]);
	return out;
}

static bool is_letter(const struct source *source)
{
	static const char *const heads[] = {
		"From: ",   "To: ",       "Subject: ",    "Date: ",        "De : ",
		"Objet : ", "Received: ", "Message-ID: ", "MIME-Version: "};
	int found = 0;
	for (int i = 0, said = 0; i < source->count && said < 12; i++) {
		said += source->lines[i].text.n > 0;
		for (size_t h = 0; h < sizeof heads / sizeof *heads; h++)
			found += str_starts(source->lines[i].text, str_of(heads[h]));
	}
	return found >= 3;
}

/* What a file of another form begins with, where it is text. */
static const char *other_form(const struct source *source, const char **code)
{
	for (int i = 0; i < source->count; i++) {
		struct str text = source->lines[i].text;
		if (!text.n)
			continue;
		*code = "html";
		if (str_eq_nocase(str_sub(text, 0, 5), S("<html")) ||
		    str_eq_nocase(str_sub(text, 0, 9), S("<!doctype")))
			return N_("This is a web page. Copy what it shows into a text file and "
				  "import that.");
		*code = "json";
		if (text.p[0] == '{' || (text.p[0] == '[' && text.n < 3))
			return N_("This is JSON: a CASE package is imported elsewhere.");
		*code = "xml";
		if (str_starts(text, S("<?xml")))
			return N_("This is XML: no layout reads it.");
		break;
	}
	*code = "letter";
	return is_letter(source) ? N_("This is an e-mail, not a standard.") : NULL;
}

/* ------------------------------------------------------------------ choosing */

/* `layout NAME last`: only where no other fits. */
static bool is_last_resort(const struct layout *layout)
{
	int from = 0;
	const struct rule *rule = rule_next(layout, NULL, RULE_LAYOUT, &from);
	return rule && rule_has(rule, "last");
}

static int best_of(const struct fit *fits, int n)
{
	int best = -1;
	for (int i = 0; i < n; i++) {
		if (fits[i].lacks)
			continue;
		bool later = best >= 0 && is_last_resort(fits[i].layout) &&
			     !is_last_resort(fits[best].layout);
		bool sooner = best >= 0 && !is_last_resort(fits[i].layout) &&
			      is_last_resort(fits[best].layout);
		if (best < 0 || sooner || (!later && fits[i].score > fits[best].score))
			best = i;
	}
	return best;
}

static struct val *pick(struct arena *a, const struct source *source, const struct layouts *all,
			const struct import_options *options)
{
	struct fit fits[MOST_LAYOUTS];
	int n = 0;
	for (int i = 0; i < all->n && n < MOST_LAYOUTS; i++) {
		int from = 0;
		if (rule_next(&all->at[i], NULL, RULE_NEEDS, &from))
			fits[n++] = run(a, source, &all->at[i]);
	}
	int best = best_of(fits, n);
	if (best < 0) {
		struct val *out =
			refused(a, source, "unknown",
				N_("This text has none of the forms that the layouts describe. "
				   "Choose a layout for it, or write one."));
		put_fits(a, val_get(out, "document"), fits, n);
		return out;
	}
	describe(&fits[best], source, options, say_fit(a, &fits[best]));
	put_fits(a, fits[best].engine->document, fits, n);
	return engine_result(fits[best].engine);
}

struct val *import_document(struct arena *a, struct str bytes, const struct layouts *all,
			    const struct import_options *options)
{
	struct source source = source_read(a, bytes);
	const char *code = NULL, *reason;
	if (source.refusal)
		return refused(a, &source, source.refusal_code, source.refusal);
	if ((reason = other_form(&source, &code)))
		return refused(a, &source, code, reason);
	if (!options->layout.n || str_is(options->layout, "auto"))
		return pick(a, &source, all, options);
	const struct layout *layout = layouts_find(all, options->layout);
	if (!layout)
		return refused(a, &source, "layout", N_("There is no layout of this name."));
	struct fit fit = run(a, &source, layout);
	if (!fit.engine->n)
		return refused(a, &source, "nothing",
			       N_("Nothing in this text fits the layout that was asked for."));
	describe(&fit, &source, options,
		 str_fmt(a, "asked for; " STR_FMT, STR_ARG(say_fit(a, &fit))));
	return engine_result(fit.engine);
}

const struct layouts *import_layouts(struct arena *a)
{
	static const char folder[] = "src/app/standards/import/layouts/";
	struct layout_file files[MOST_LAYOUTS];
	struct str fault;
	int n = 0;
	for (const struct asset *one = asset_first(folder); one; one = asset_next(one, folder)) {
		MUST(n < MOST_LAYOUTS);
		files[n++] = (struct layout_file){str_from(str_of(one->name), sizeof folder - 1),
						  asset_str(one)};
	}
	const struct layouts *all = layouts_read(a, files, n, &fault);
	MUST(all);
	return all;
}

/* Synthetic standards: trees of three levels in both languages, until enough texts can be found. */
#include "app/standards/demo.h"
#include "app/standards/store_inside.h"
#include "base/arena.h"
#include "core/scale.h"
#include "queries.h"

enum { DAY = 86400, AREAS = 6, PARTS = 5 };

struct growing {
	struct scale *scale;
	struct writer w;
	int64_t standard, version;
	struct str lang, other; /* the source's, and the translation's */
	int64_t wanted, texts;  /* that can be found */
};

static struct str in(const struct said *said, struct str lang)
{
	return str_is(lang, "fr") ? said->fr : said->en;
}

/* Both languages of what was just made. */
static void say(struct growing *g, const char *kind, int64_t owner, const char *field,
		struct said said)
{
	store_text(&g->w, kind, owner, field, g->lang, in(&said, g->lang));
	store_text(&g->w, kind, owner, field, g->other, in(&said, g->other));
}

/* An item of an empty draft, at a place that the caller counts: what store_item() looks up for
 * each item is known here. */
static int64_t put_item(struct growing *g, int64_t parent, int position, const char *kind,
			struct str code, struct said title, struct said body)
{
	struct val *p = store_params(&g->w);
	val_set_int(p, "standard", g->standard);
	val_set_int(p, "version", g->version);
	val_set_str(p, "uuid", scale_uuid(g->scale));
	int64_t item = db_id(g->w.db, &q_store_add_item, p);
	val_set_int(p, "item", item);
	val_set(p, "parent", parent ? val_int(g->w.arena, parent) : val_null());
	val_set_int(p, "position", position);
	val_set_str(p, "kind", str_of(kind));
	val_set_str(p, "code", code);
	val_set_int(p, "guessed", 0);
	int64_t node = db_id(g->w.db, &q_store_add_node, p);
	if (position == 1)
		db_exec(g->w.db, &q_store_add_kind, p);
	say(g, "standard_node", node, "title", title);
	say(g, "standard_node", node, "body", body);
	g->texts += 2;
	return item;
}

static void put_parts(struct growing *g, int64_t parent, struct str code)
{
	static const char *const kinds[] = {"performance", "performance", "knowledge", "why"};
	int count = 3 + (int)scale_below(g->scale, PARTS);
	for (int i = 1; i <= count && g->texts < g->wanted; i++)
		put_item(g, parent, i, kinds[scale_below(g->scale, 4)],
			 str_fmt(g->w.arena, STR_FMT ".%d", STR_ARG(code), i), (struct said){0},
			 scale_text(g->scale));
}

static void put_area(struct growing *g, int number)
{
	struct arena *a = g->w.arena;
	struct str letter = str_fmt(a, "%c", 'A' + number - 1);
	int64_t area = put_item(g, 0, number, "area", letter, scale_pick(g->scale, "subjects"),
				(struct said){0});
	for (int i = 1; i <= PARTS && g->texts < g->wanted; i++) {
		struct said act = scale_pick(g->scale, "acts"),
			    thing = scale_pick(g->scale, "things");
		struct said title = {
			str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(act.en), STR_ARG(thing.en)),
			str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(act.fr), STR_ARG(thing.fr))};
		struct str code = str_fmt(a, STR_FMT "%d", STR_ARG(letter), i);
		int64_t item =
			put_item(g, area, i, "competency", code, title, scale_sentence(g->scale));
		put_parts(g, item, code);
	}
}

static void publish(struct growing *g, const char *label, int64_t days_ago)
{
	struct val *langs = val_list(g->w.arena);
	val_push(langs, val_text(g->w.arena, g->other));
	g->w.now = g->scale->now - days_ago * DAY;
	store_publish(&g->w, g->version, val_i(store_version(&g->w, g->version), "rev"), langs,
		      str_of(label), S(""), S(""));
}

/* A later edition: every fourth text says something else. */
static void revise(struct growing *g)
{
	struct val *p = store_params(&g->w);
	g->version = store_draft(&g->w, g->standard);
	val_set_int(p, "version", g->version);
	struct val *nodes = db_rows(g->w.db, &q_standards_nodes, p);
	for (size_t i = 0; i < val_count(nodes); i += 4) {
		struct said said = scale_text(g->scale);
		int64_t node = val_i(val_at(nodes, i), "id");
		if (str_is(val_s(val_at(nodes, i), "kind"), "area"))
			continue;
		store_retext(&g->w, "standard_node", node, "body", g->lang, in(&said, g->lang), 0);
		store_retext(&g->w, "standard_node", node, "body", g->other, in(&said, g->other),
			     0);
	}
}

static void put_standard(struct growing *g, int number)
{
	struct scale *s = g->scale;
	struct said subject = scale_pick(s, "subjects");
	struct str place = scale_place(s), publisher = str_fmt(s->arena, STR_FMT, STR_ARG(place));
	struct said title = {
		str_fmt(s->arena, STR_FMT ", " STR_FMT, STR_ARG(subject.en), STR_ARG(place)),
		str_fmt(s->arena, STR_FMT ", " STR_FMT, STR_ARG(subject.fr), STR_ARG(place))};
	struct said summary = scale_sentence(s);
	struct val *as = val_object(s->arena);
	g->w = (struct writer){.db = s->db,
			       .arena = s->arena,
			       .org = s->org,
			       .now = s->now - 900 * DAY,
			       .at_once = true};
	g->lang = scale_below(s, 2) ? S("en") : S("fr");
	g->other = str_is(g->lang, "en") ? S("fr") : S("en");
	val_set_str(as, "slug", str_fmt(s->arena, "s%d", number));
	val_set_str(as, "uuid", scale_uuid(s));
	val_set_str(as, "source_lang", g->lang);
	val_set_str(as, "publisher", publisher);
	val_set_str(as, "licence", S("CC BY 4.0"));
	val_set_str(as, "source_url", S(""));
	g->standard = store_standard(&g->w, as);
	say(g, "standard", g->standard, "title", title);
	say(g, "standard", g->standard, "summary", summary);
	g->version = store_draft(&g->w, g->standard);
	for (int i = 1; i <= AREAS && g->texts < g->wanted; i++)
		put_area(g, i);
	publish(g, "2024", 30 + (int64_t)scale_below(s, 800));
	if (number % 10 == 3 || number % 10 == 7)
		revise(g);
	if (number % 10 == 3)
		publish(g, "2026", (int64_t)scale_below(s, 30));
}

void standards_demo_scale(struct scale *s)
{
	struct growing g = {.scale = s, .wanted = s->texts};
	for (int number = 1; g.texts < g.wanted; number++) {
		put_standard(&g, number);
		if (!scale_next(s))
			return;
	}
}

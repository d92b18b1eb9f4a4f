/* The published documents of ../shared, each read by its layout: what must come out of them. */
#include "app/standards/import/support_test.h"

#include "base/buf.h"

#define CANADIAN "sources/canadian-sg-community-capacity-and-facilitation.txt"
#define CACEE    "sources/cacee-competency-rubric.txt"
#define CDI      "sources/cdi-definitions-and-register.txt"
#define CERIC    "sources/ceric-consensus-session-capture.txt"
#define CDPC     "sources/cdpc-20.2-mobilize-career-influencers.txt"
#define CYBER    "data/frameworks/cyber-security-competencies.md"

static struct val *parent_begins(const struct val *r, const char *text)
{
	return item_parent(r, item_begins(r, text));
}

TEST("coded guidelines: two clusters, twelve competencies, each with its why, how and notes")
{
	SHARED(bytes, CANADIAN);
	struct val *r = imported(bytes, "guidelines");
	CHECK(conserved(bytes, r));
	CHECK_STR(val_s(val_get(r, "document"), "title"),
		  "Canadian Standards and Guidelines for Career Development Practitioners");
	CHECK_STR(val_s(val_get(r, "document"), "date"), "2004");
	CHECK_INT(kinds(r, "cluster"), 2);
	CHECK_INT(kinds(r, "competency"), 12);
	CHECK_INT(kinds(r, "demonstration"), 69);
	CHECK_INT(val_i(val_get(r, "counts"), "unplaced"), 0);
	static const struct {
		const char *code, *parent;
		int why, letters, notes;
	} want[] = {
		{"S6.1.1", "S6.1", 10, 7, 1},    {"S6.1.2", "S6.1", 1, 5, 1},
		{"S6.1.3", "S6.1", 4, 7, 3},     {"S6.1.4", "S6.1", 3, 6, 3},
		{"S6.1.5", "S6.1", 3, 5, 1},     {"S6.1.6", "S6.1", 4, 2, 1},
		{"S6.1.7", "S6.1", 5, 4, 3},     {"S6.1.8", "S6.1", 5, 6, 1},
		{"S6.1.9", "S6.1", 3, 5, 1},     {"S6.1.10", "S6.1", 4, 2, 0},
		{"SSC2.1.1", "SSC2.1", 5, 7, 1}, {"SSC2.1.2", "SSC2.1", 5, 13, 0},
	};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct val *item = item_code(r, want[i].code);
		CHECK_STR(val_s(item, "kind"), "competency");
		CHECK_STR(val_s(item_parent(r, item), "code"), want[i].parent);
		CHECK_INT(children(r, item, "why"), want[i].why);
		CHECK_INT(children(r, item, "demonstration"), want[i].letters);
		CHECK_INT(children(r, item, "note"), want[i].notes);
	}
	CHECK_STR(val_s(item_parent(r, item_code(r, "S6.1")), "code"), "S6");
	CHECK_STR(val_s(item_parent(r, item_code(r, "SSC2.1")), "code"), "SSC2");
}

TEST("coded guidelines: letters follow one another under their competency, whatever the "
     "indentation")
{
	SHARED(bytes, CANADIAN);
	struct val *r = imported(bytes, "guidelines"), *items = val_get(r, "items");
	int64_t under = 0;
	char next = 'a';
	for (size_t i = 0; i < val_count(items); i++) {
		struct val *item = val_at(items, i);
		if (!str_is(val_s(item, "kind"), "demonstration"))
			continue;
		if (val_i(item, "parent") != under)
			next = 'a';
		under = val_i(item, "parent");
		CHECK_STR(val_s(item_parent(r, item), "kind"), "competency");
		CHECK_INT(val_s(item, "code").p[0], next++);
	}
}

TEST("coded guidelines: what the indentation does not show is guessed, by a rule that is said")
{
	SHARED(bytes, CANADIAN);
	struct val *r = imported(bytes, "guidelines");
	static const struct {
		const char *text, *parent;
		bool guessed;
	} want[] = {
		{"attend community gatherings", "develop relationships with local community",
		 false},
		{"use a variety of assessment", "assess suitability", true},
		{"establish roles", "develop parameters", true},
		{"develop goals and objectives", "focus their efforts", false},
		{"use visioning processes", "develop goals and objectives", true},
		{"community demographics", "gather and use information", true},
		{"community, national", "gather and use information", false},
		{"financial resources", "ensure plans include", true},
		{"individuals in this group", "develop a core group", true},
		{"the grief cycle", "describe models of stages", true},
		{"that is safe", "the most productive groups", false},
		{"ensure the goals match", "if the goals are pre-determined", true},
		{"if the goals are not", "review the goals", true},
		{"determine what the desired", "if the goals are not", true},
		{"pose questions", "facilitate communication", true},
		{"be aware of how their own", "monitor the dynamics between themselves", true},
		{"model the desired", "monitor the dynamics between themselves", true},
		{"monitor the dynamics between the group", "listen and observe", true},
		{"encourage productive", "monitor the dynamics between the group", true},
		{"adapt the approach", "follow the planned process", true},
	};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct val *item = item_begins(r, want[i].text);
		CHECK(str_starts(val_s(item_parent(r, item), "text"), str_of(want[i].parent)));
		CHECK_INT(val_b(item, "guessed"), want[i].guessed);
		CHECK_INT(val_s(item, "guess").n > 0, want[i].guessed);
	}
	CHECK_STR(val_s(parent_begins(r, "describe the principles of group facilitation:"), "code"),
		  "SSC2.1.1");
	CHECK_INT(children(r, item_begins(r, "develop and distribute material"), "example"), 12);
}

TEST("coded guidelines: the scrambled competency is put right, its torn note made whole")
{
	SHARED(bytes, CANADIAN);
	struct val *r = imported(bytes, "guidelines"), *top = item_code(r, "S6.1.7");
	struct val *note = item_begins(r, "A community building approach");
	CHECK(str_ends(val_s(note, "text"), S("taking action.")));
	CHECK(str_find(val_s(note, "text"),
		       S("a healthy community builds on its local resources")) > 0);
	CHECK_STR(val_s(note, "kind"), "note");
	CHECK_INT(val_i(note, "parent"), val_i(top, "id"));
	CHECK(val_b(note, "guessed"));
	CHECK_INT(val_count(val_get(note, "lines")), 2);
	struct val *after = item_begins(r, "The outcomes of community building");
	CHECK_STR(val_s(after, "kind"), "note");
	CHECK_INT(val_i(after, "parent"), val_i(top, "id"));
	CHECK_INT(val_i(after, "id"), val_i(note, "id") + 1);
	CHECK_STR(val_s(item_parent(r, item_begins(r, "prioritize alternatives")), "kind"),
		  "detail");
}

TEST("coded guidelines: a code in a note is a link, inside or outside")
{
	SHARED(bytes, CANADIAN);
	struct val *links = val_get(imported(bytes, "guidelines"), "links");
	NEED(val_count(links) == 2);
	CHECK_STR(val_s(val_at(links, 0), "code"), "SSC2");
	CHECK(!val_b(val_at(links, 0), "outside"));
	CHECK_STR(val_s(val_at(links, 1), "code"), "S2");
	CHECK(val_b(val_at(links, 1), "outside"));
}

TEST("a rubric: seven areas with a purpose, 35 criteria, three levels, 98 descriptors")
{
	SHARED(bytes, CACEE);
	struct val *r = imported(bytes, "rubric"), *items = val_get(r, "items");
	CHECK(conserved(bytes, r));
	CHECK_INT(kinds(r, "area"), 7);
	CHECK_INT(kinds(r, "purpose"), 7);
	CHECK_INT(kinds(r, "criterion"), 35);
	CHECK_INT(val_count(val_get(r, "levels")), 3);
	CHECK_INT(val_count(val_get(r, "descriptors")), 98);
	CHECK_INT(val_i(val_get(r, "counts"), "unplaced"), 0);
	CHECK_STR(val_s(val_at(val_get(r, "levels"), 1), "name"), "LEVEL TWO ENHANCING COMPETENCY");
	static const int criteria[] = {3, 5, 7, 5, 5, 5, 5};
	for (int i = 0; i < 7; i++) {
		struct val *area = item_kind(r, "area", i);
		CHECK_INT(children(r, area, "purpose"), 1);
		CHECK_INT(children(r, area, "criterion"), criteria[i]);
		CHECK(val_is_null(val_get(area, "parent")));
	}
	CHECK_STR(val_s(item_kind(r, "area", 3), "text"), "EQUITY, DIVERSITY & INCLUSION");
	CHECK_STR(val_s(item_kind(r, "introduction", 0), "text").n ? S("yes") : S("no"), "yes");
	struct val *cells = val_get(r, "descriptors");
	for (size_t i = 0; i < val_count(cells); i++) {
		struct val *cell = val_at(cells, i);
		CHECK(val_s(cell, "text").n > 0);
		CHECK(str_find_char(val_s(cell, "text"), '<') < 0);
		CHECK(val_i(cell, "level") >= 1 && val_i(cell, "level") <= 3);
		struct val *of = val_at(items, (size_t)val_i(cell, "criterion") - 1);
		CHECK_STR(val_s(of, "kind"), "criterion");
	}
}

TEST("a rubric: cells keep their bold words lightly, and an empty cell stays empty")
{
	SHARED(bytes, CACEE);
	struct val *r = imported(bytes, "rubric"), *cells = val_get(r, "descriptors");
	int levels[4] = {0}, bold = 0;
	for (size_t i = 0; i < val_count(cells); i++) {
		levels[val_i(val_at(cells, i), "level")]++;
		bold += str_starts(val_s(val_at(cells, i), "markdown"), S("**"));
	}
	CHECK_INT(levels[1], 35);
	CHECK_INT(levels[2], 31);
	CHECK_INT(levels[3], 32);
	CHECK_INT(bold, 98);
	int64_t ethics = val_i(item_begins(r, "Utilizes institutional"), "id");
	for (size_t i = 0; i < val_count(cells); i++)
		CHECK(val_i(val_at(cells, i), "criterion") != ethics ||
		      val_i(val_at(cells, i), "level") != 2);
}

TEST("definitions: terms, two facets with seven outcomes, roles, routes with units, a register")
{
	SHARED(bytes, CDI);
	struct val *r = imported(bytes, "definitions");
	CHECK(conserved(bytes, r));
	CHECK_INT(kinds(r, "term"), 2);
	CHECK_STR(val_s(item_kind(r, "term", 0), "title"), "career");
	CHECK_STR(val_s(item_kind(r, "term", 1), "title"), "Career Development");
	CHECK_INT(kinds(r, "facet"), 2);
	CHECK_INT(kinds(r, "outcome"), 7);
	CHECK_INT(children(r, item_kind(r, "facet", 0), "outcome"), 7);
	CHECK_INT(kinds(r, "role"), 2);
	CHECK_STR(val_s(item_kind(r, "role", 0), "title"), "Careers Leader");
	CHECK_STR(val_s(item_kind(r, "role", 1), "title"), "Career Adviser/Career Coach");
	CHECK_INT(children(r, item_kind(r, "role", 1), "note"), 2);
	CHECK(val_is_null(val_get(item_begins(r, "Post school"), "parent")));
	CHECK_INT(kinds(r, "qualification"), 2);
	CHECK_INT(children(r, item_kind(r, "qualification", 0), "route"), 2);
	CHECK_INT(children(r, item_kind(r, "qualification", 1), "route"), 3);
	CHECK_INT(kinds(r, "unit"), 3);
	CHECK_STR(val_s(item_kind(r, "unit", 0), "text"),
		  "Lead and manage career development work in an organisation");
	CHECK_STR(val_s(item_kind(r, "unit", 2), "text"),
		  "Plan and design career-related learning programmes");
	CHECK_STR(val_s(item_parent(r, item_kind(r, "unit", 0)), "kind"), "route");
	struct val *registered = item_kind(r, "register", 0);
	CHECK_INT(children(r, registered, "condition"), 3);
	CHECK(str_find(val_s(item_kind(r, "condition", 1), "text"), S("25 hours")) > 0);
	CHECK(str_find(val_s(item_kind(r, "condition", 2), "text"), S("Code of Ethics")) > 0);
	CHECK_INT(val_i(val_get(r, "counts"), "unplaced"), 0);
}

TEST("a consensus session: goal, prompt, five themes with ideas, statements and narratives")
{
	SHARED(bytes, CERIC);
	struct val *r = imported(bytes, "consensus");
	CHECK(conserved(bytes, r));
	static const struct {
		const char *kind;
		int n;
	} want[] = {{"goal", 1},  {"prompt", 1},    {"theme", 5},     {"lead", 12},
		    {"idea", 30}, {"statement", 5}, {"narrative", 5}, {"footnote", 1}};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		CHECK_INT(kinds(r, want[i].kind), want[i].n);
	static const int ideas[] = {8, 6, 4, 6, 6}, leads[] = {3, 2, 2, 2, 3};
	for (int i = 0; i < 5; i++) {
		struct val *theme = item_kind(r, "theme", i);
		CHECK_INT(children(r, theme, "idea"), ideas[i]);
		CHECK_INT(children(r, theme, "lead"), leads[i]);
		CHECK_INT(children(r, theme, "statement"), 1);
		CHECK_INT(children(r, theme, "narrative"), 1);
		CHECK_INT(val_has(theme, "also"), i == 3);
	}
	CHECK_STR(val_s(item_kind(r, "theme", 3), "also"),
		  "Make Evidence-Based Cases for Career Development");
	struct val *note = item_kind(r, "footnote", 0);
	CHECK(str_starts(val_s(item_parent(r, note), "text"), S("Consider individual contexts*")));
	CHECK(str_ends(val_s(item_kind(r, "goal", 0), "text"), S("decent work.")));
	CHECK(str_starts(val_s(item_kind(r, "statement", 3), "text"), S("GROUND OUR PROFESSION")));
	CHECK_STR(val_s(val_get(r, "document"), "date"), "February 5, 2024");
	CHECK_INT(val_i(val_get(r, "counts"), "unplaced"), 0);
}

TEST("a code of conduct: numbered clauses, and the people named in it with their languages")
{
	SHARED(bytes, CDPC);
	struct val *r = imported(bytes, "conduct");
	CHECK(conserved(bytes, r));
	CHECK_STR(val_s(val_get(r, "document"), "title"), "Code of Conduct");
	CHECK_INT(kinds(r, "clause"), 5);
	static const char *const clauses[] = {"Be welcoming", "Be respectful", "Be considerate of",
					      "Post your discussions", "Privacy and Release"};
	for (int i = 0; i < 5; i++) {
		struct val *clause = item_kind(r, "clause", i);
		CHECK(str_starts(val_s(clause, "text"), str_of(clauses[i])));
		CHECK_INT(val_i(clause, "code"), i + 1);
	}
	CHECK_STR(val_s(item_begins(r, "Hate Speech"), "code"), "2.2");
	CHECK_INT(children(r, item_begins(r, "Hate Speech"), NULL), 5);
	CHECK_INT(kinds(r, "person"), 4);
	struct val *person = item_kind(r, "person", 1);
	CHECK_STR(val_s(person, "text"), "Gabrielle St-Cyr");
	CHECK_INT(val_count(val_get(person, "languages")), 2);
	CHECK_STR(val_get_str(val_at(val_get(person, "languages"), 1)), "Anglophone");
	CHECK(val_is_null(val_get(person, "parent")));
	CHECK_INT(val_i(val_at(val_get(r, "unplaced"), 0), "line"), 1);
	struct val *items = val_get(r, "items");
	for (size_t i = 0; i < val_count(items); i++)
		CHECK(val_i(val_at(items, i), "line") >= 106);
}

TEST("Markdown with levels as headings is a rubric: areas, competencies, descriptors")
{
	SHARED(bytes, CYBER);
	struct val *r = imported(bytes, "auto");
	CHECK(conserved(bytes, r));
	CHECK_STR(val_s(val_get(r, "document"), "layout"), "markdown");
	CHECK_INT(kinds(r, "area"), 3);
	CHECK_INT(kinds(r, "competency"), 11);
	CHECK_INT(kinds(r, "summary"), 11);
	CHECK_INT(val_count(val_get(r, "levels")), 5);
	CHECK_STR(val_s(val_at(val_get(r, "levels"), 0), "name"), "Novice");
	CHECK_STR(val_s(val_at(val_get(r, "levels"), 4), "name"), "Expert");
	CHECK_INT(val_count(val_get(r, "descriptors")), 11 * 5 * 3);
	CHECK_STR(val_s(item_kind(r, "area", 0), "text"), "Cyber Resilience");
	CHECK_STR(val_s(item_parent(r, item_kind(r, "competency", 10)), "text"),
		  "Secure the Organisation");
	CHECK_INT(val_i(val_get(r, "counts"), "unplaced"), 0);
}

TEST("auto picks the layout of every published document and says why")
{
	SHARED(first, CDPC);
	(void)first;
	for (int i = 0; i < 5; i++) {
		struct val *document =
			val_get(imported(shared_file(documents[i]), "auto"), "document");
		CHECK_STR(val_s(document, "layout"), document_layouts[i]);
		CHECK_STR(val_s(document, "lang"), "en");
		CHECK(str_find(val_s(document, "layout_why"), str_of(document_layouts[i])) >= 0);
	}
}

#include "app/standards/import/support_test.h"

#define CDPC "sources/cdpc-20.2-mobilize-career-influencers.txt"

TEST("a competency page: its codes, what is nested under them, and where each stands")
{
	SHARED(bytes, CDPC);
	struct val *r = imported(bytes, "competency");
	CHECK(conserved(bytes, r));
	CHECK_INT(kinds(r, "competency"), 1);
	struct val *top = item_code(r, "20.2");
	CHECK_STR(val_s(top, "text"), "Mobilize Career Influencers");
	CHECK_STR(val_s(top, "kind"), "competency");
	CHECK(val_b(top, "heading"));
	CHECK_INT(val_i(top, "line"), 3);
	CHECK_STR(val_s(val_get(r, "document"), "code"), "20.2");
	static const struct {
		const char *code, *kind;
		int children, line;
	} codes[] = {
		{"P1", "performance", 8, 13}, {"P2", "performance", 3, 22},
		{"P3", "performance", 5, 27}, {"P4", "performance", 5, 38},
		{"K1", "knowledge", 0, 49},
	};
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		struct val *item = item_code(r, codes[i].code);
		CHECK_STR(val_s(item, "kind"), codes[i].kind);
		CHECK_INT(val_i(item, "parent"), val_i(top, "id"));
		CHECK_INT(children(r, item, NULL), codes[i].children);
		CHECK_INT(val_i(item, "line"), codes[i].line);
	}
	CHECK_INT(kinds(r, "performance"), 4);
	CHECK_INT(kinds(r, "knowledge"), 1);
	CHECK_INT(kinds(r, "example"), 18);
	CHECK_INT(kinds(r, "method"), 3);
	CHECK_INT(val_i(val_get(r, "counts"), "guessed"), 0);
}

TEST("a competency page: wrapped entries are whole, examples in them are a list")
{
	SHARED(bytes, CDPC);
	struct val *r = imported(bytes, "competency");
	struct val *visit = item_begins(r, "In-person");
	CHECK_STR(val_s(item_parent(r, visit), "code"), "P2");
	CHECK_INT(val_count(val_get(visit, "lines")), 2);
	CHECK_INT(val_count(val_get(visit, "examples")), 10);
	CHECK_STR(val_get_str(val_at(val_get(visit, "examples"), 5)), "show-and-tell");
	CHECK(str_ends(val_s(visit, "text"), S("field trip")));
	struct val *portal = item_begins(r, "Use a web portal");
	CHECK(str_ends(val_s(portal, "text"), S("career")));
	CHECK_STR(val_s(item_parent(r, portal), "code"), "P3");
	CHECK_STR(val_s(item_parent(r, item_begins(r, "Teachers")), "code"), "P1");
	CHECK_STR(val_s(item_parent(r, item_begins(r, "Establish a network")), "code"), "P4");
}

TEST("a competency page: contexts, terms, references, and a link to what is outside")
{
	SHARED(bytes, CDPC);
	struct val *r = imported(bytes, "competency");
	CHECK_INT(kinds(r, "purpose"), 1);
	CHECK_INT(kinds(r, "context"), 2);
	CHECK_INT(kinds(r, "term"), 2);
	CHECK_INT(kinds(r, "reference"), 1);
	CHECK_STR(val_s(item_kind(r, "term", 0), "title"), "Career Influencer");
	CHECK_STR(val_s(item_kind(r, "term", 1), "title"), "Human Library");
	CHECK(str_starts(val_s(item_kind(r, "term", 1), "text"), S("A metaphor for")));
	for (int i = 0; i < 2; i++)
		CHECK_STR(val_s(item_parent(r, item_kind(r, "context", i)), "code"), "20.2");
	struct val *links = val_get(r, "links");
	CHECK_INT(val_count(links), 1);
	CHECK_STR(val_s(val_at(links, 0), "code"), "20.1");
	CHECK(val_b(val_at(links, 0), "outside"));
	CHECK_INT(val_i(val_at(links, 0), "item"), val_i(item_kind(r, "purpose", 0), "id"));
	CHECK_STR(val_s(val_get(r, "document"), "publisher"),
		  "Career Development Professional Centre");
}

TEST("a competency page: seven ratings, and the two left blank are said not to be given")
{
	SHARED(bytes, CDPC);
	struct val *r = imported(bytes, "competency"), *ratings = val_get(r, "ratings");
	static const struct {
		const char *scale, *begins;
	} want[] = {
		{"consequence", ""},
		{"frequency", "Circumstantially"},
		{"difficulty", "Moderate difficulty"},
		{"proficiency", "A career development professional requires"},
		{"autonomy", "Practitioners typically"},
		{"automation", "It is unlikely"},
		{"aids", ""},
	};
	CHECK_INT(val_count(ratings), 7);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct val *one = val_at(ratings, i);
		struct str begins = str_of(want[i].begins);
		CHECK_STR(val_s(one, "scale"), want[i].scale);
		CHECK_INT(val_b(one, "given"), begins.n > 0);
		CHECK(str_starts(val_s(one, "answer"), begins));
		CHECK(begins.n || !val_s(one, "answer").n);
		CHECK_STR(val_s(one, "state"), begins.n ? "given" : "not given");
		CHECK_INT(val_i(one, "item"), 1);
	}
	CHECK_INT(val_i(val_get(r, "counts"), "not_given"), 2);
}

TEST("a competency page ends where the community's code of conduct begins")
{
	SHARED(bytes, CDPC);
	struct val *r = imported(bytes, "competency"), *unplaced = val_get(r, "unplaced");
	CHECK_INT(val_get_int(val_path(r, "document.ends_at.line")), 106);
	CHECK_STR(val_get_str(val_path(r, "document.ends_at.next")), "conduct");
	CHECK_INT(val_i(val_at(unplaced, 0), "line"), 106);
	struct val *items = val_get(r, "items");
	for (size_t i = 0; i < val_count(items); i++)
		CHECK(val_i(val_at(items, i), "line") < 104);
}

/* A page in the project's own words, as another publisher would type it. */
TEST("a French competency page with capitals, hard spaces, tabs and no points is read the same")
{
	struct val *r =
		imported_text("\xef\xbb\xbf# 7.3 – Accueillir les nouveaux membres\r\n\r\n"
			      "**OBJECTIF ET CONTEXTE**\r\n"
			      "Ce travail compte (voir 7.1) dans chaque équipe.\r\n\r\n"
			      "RENDEMENT EFFICACE :\r\n\r\n"
			      "Les personnes doivent pouvoir :\r\n\r\n"
			      "•\tR1 Saluer chaque personne, par exemple\u00a0:\r\n"
			      "\t◦\tà la porte\r\n"
			      "\t◦\tau téléphone\r\n"
			      "•\tR2 Présenter l’équipe par divers moyens, tels que\u00a0:\r\n"
			      "\t◦\tune visite\r\n\r\n"
			      "Connaissances\r\n\r\n"
			      "C1 : Les règles de la maison\r\n\r\n"
			      "Glossaire\r\n\r\n"
			      "Membre\u00a0: personne qui paie sa cotisation.\r\n\r\n"
			      "Échelles d’évaluation du contexte\r\n\r\n"
			      "Fréquence\r\n\r\nChaque semaine\r\n\r\nAutonomie\r\n",
			      "auto");
	CHECK_STR(val_s(val_get(r, "document"), "layout"), "competency");
	CHECK_STR(val_s(val_get(r, "document"), "lang"), "fr");
	CHECK_STR(val_s(val_get(r, "document"), "newline"), "crlf");
	CHECK_STR(outline(test_arena, r, true),
		  "competency: 7.3 Accueillir les nouveaux membres\n"
		  "\tpurpose: Ce travail compte (voir 7.1) dans chaque équipe.\n"
		  "\tlead: Les personnes doivent pouvoir :\n"
		  "\tperformance: R1 Saluer chaque personne, par exemple\u00a0:\n"
		  "\t\texample: à la porte\n"
		  "\t\texample: au téléphone\n"
		  "\tperformance: R2 Présenter l’équipe par divers moyens, tels que\u00a0:\n"
		  "\t\tmethod: une visite\n"
		  "\tknowledge: C1 Les règles de la maison\n"
		  "\tterm: Membre = personne qui paie sa cotisation.\n"
		  "\trating: Fréquence => Chaque semaine\n"
		  "\trating: Autonomie => \n");
	CHECK_STR(val_s(val_at(val_get(r, "links"), 0), "code"), "7.1");
	CHECK_INT(val_i(val_get(r, "counts"), "not_given"), 1);
}

TEST("competency page: a paragraph without an end is not taken for its own beginning")
{
	const char *text =
		"# 7.3 Keep the harbour\n\nand so that boats can always land here, by\n\n"
		"Knowledge\nK1 Tides\n";
	struct val *r = imported_text(text, "competency");
	CHECK(conserved(str_of(text), r));
	CHECK_INT(val_count(val_get(r, "items")), 3);
}

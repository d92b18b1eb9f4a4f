/* A publisher nobody has heard of: a layout file is all that its document needs. */
#include "app/standards/import/support_test.h"

#include "base/asset.h"

static const char layout_of_the_guild[] =
	"layout guilde\n"
	"title fr \"Guilde des boulangers\"\n"
	"include common\n"
	"needs headings 2\n"
	"drop \"Guilde des boulangers – *\" why \"le pied de page\"\n"
	"meta publisher \"Éditée par la {text}\"\n"
	"end \"Fin du référentiel\"\n"
	"code metier 1 \"B#\"\n"
	"code savoir-faire 2 \"B#.#\"\n"
	"section importance \"Son importance\"\n"
	"section preuve \"Se montre par\"\n"
	"\tcode preuve 3 \"%)\"\n"
	"\tnested exemple ends \"p. ex.\" \"comme\"\n"
	"\tnested geste\n"
	"section mot \"Lexique du fournil\"\n"
	"\tline mot \"{title} : {text}\"\n"
	"section cote \"Cotes\"\n"
	"\tscale peine \"Pénibilité\"\n"
	"\tscale feu \"Danger du feu\"\n"
	"level \"apprenti\" \"compagnon\" \"maître\"\n"
	"table rubric critere\n"
	"split outil of savoir-faire after \"avec \" by \", \" \" et \"\n"
	"refer \"voir \" code \"B#.#\"\n";

static const char document_of_the_guild[] =
	"RÉFÉRENTIEL DU FOURNIL\n"
	"Éditée par la Guilde des boulangers de Sainte-Farine\n"
	"\n"
	"B2 Le pétrissage\n"
	"\n"
	"B2.1 — Pétrir à la main avec une corne, un torchon et de la patience\n"
	"\n"
	"SON IMPORTANCE\n"
	"\n"
	"➢ parce que la pâte parle (voir B3.4)\n"
	"\n"
	"Guilde des boulangers – page 12\n"
	"\n"
	"**Se montre par :**\n"
	"\n"
	"a) choisir la farine, comme :\n"
	"   ➢ le seigle\n"
	"   ➢ l’épeautre\n"
	"b) mouiller la pâte\n"
	"   ➢ verser lentement\n"
	"\n"
	"## Lexique du fournil\n"
	"\n"
	"Corne\u00a0: raclette souple.\n"
	"\n"
	"Cotes\n"
	"\n"
	"Pénibilité\n"
	"\n"
	"Forte le matin\n"
	"\n"
	"Danger du feu\n"
	"\n"
	"B2.2 Façonner\n"
	"\n"
	"Geste\tApprenti\tCompagnon\tMaître\n"
	"La boule\tforme une boule\tforme vite\tenseigne\n"
	"La tresse\ttresse à trois\t\ttresse à huit\n"
	"\n"
	"Fin du référentiel\n"
	"\n"
	"Publicité\n";

static const struct layouts *with_guild(struct str *fault)
{
	static const char folder[] = "src/app/standards/import/layouts/";
	struct layout_file files[64];
	int n = 0;
	for (const struct asset *a = asset_first(folder); a; a = asset_next(a, folder))
		files[n++] = (struct layout_file){str_of(a->name), asset_str(a)};
	files[n++] = (struct layout_file){S("guilde.layout"), str_of(layout_of_the_guild)};
	return layouts_read(test_arena, files, n, fault);
}

TEST("a document of a new publisher, in French, is read by writing its layout")
{
	struct str fault = {0}, bytes = str_of(document_of_the_guild);
	const struct layouts *all = with_guild(&fault);
	CHECK_STR(fault, "");
	NEED(all);
	struct val *r = imported_with(all, bytes, "auto"), *document = val_get(r, "document");
	CHECK(conserved(bytes, r));
	CHECK_STR(val_s(document, "layout"), "guilde");
	CHECK_STR(val_s(document, "lang"), "fr");
	CHECK_STR(val_s(document, "publisher"), "Guilde des boulangers de Sainte-Farine");
	CHECK_STR(outline(test_arena, r, true),
		  "metier: B2 Le pétrissage\n"
		  "\tsavoir-faire: B2.1 Pétrir à la main avec une corne, un torchon et de la "
		  "patience\n"
		  "\t\timportance: parce que la pâte parle (voir B3.4)\n"
		  "\t\tpreuve: a choisir la farine, comme :\n"
		  "\t\t\texemple: le seigle\n"
		  "\t\t\texemple: l’épeautre\n"
		  "\t\tpreuve: b mouiller la pâte\n"
		  "\t\t\tgeste: verser lentement\n"
		  "\t\tmot: Corne = raclette souple.\n"
		  "\t\trating: Pénibilité => Forte le matin\n"
		  "\t\trating: Danger du feu => \n"
		  "\t\toutil: une corne\n"
		  "\t\toutil: un torchon\n"
		  "\t\toutil: de la patience\n"
		  "\tsavoir-faire: B2.2 Façonner\n"
		  "\t\tcritere: La boule\n"
		  "\t\tcritere: La tresse\n");
	CHECK_INT(val_count(val_get(r, "descriptors")), 5);
	CHECK_INT(val_count(val_get(r, "levels")), 3);
	CHECK_STR(val_s(val_at(val_get(r, "links"), 0), "code"), "B3.4");
	CHECK_INT(val_i(val_get(r, "counts"), "not_given"), 1);
	CHECK_INT(val_i(val_get(r, "counts"), "unplaced"), 2);
}

TEST("a layout with a mistake says in which file and line")
{
	static const struct {
		const char *text, *says;
	} wrong[] = {
		{"layout x\nsecton y \"Z\"\n", "x.layout, line 2: this word is no rule"},
		{"layout x\nsection \"Z\"\n",
		 "x.layout, line 2: this rule needs a word first, such as a kind"},
		{"layout x\ndrop \"never closed\n",
		 "x.layout, line 2: a quoted string is never closed"},
		{"layout x\n\tpara y\n",
		 "x.layout, line 2: nothing above this indented rule can hold it"},
		{"layout x\nline y \"{a}*\"\n", "x.layout, line 2: * and {} cannot touch"},
		{"layout x\nline y \"{a\"\n", "x.layout, line 2: a { is never closed"},
		{"layout x\ninclude nothing\n",
		 "x.layout, line 2: there is no such layout to include"},
		{"section y \"Z\"\n", "x.layout, line 1: there is no rule 'layout NAME'"},
		{"layout x\nheading y 12\n", "x.layout, line 2: a rank is 1 (highest) to 9"},
		{"layout x\npara y\xee\n", "x.layout, line 2: this is not UTF-8"},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct layout_file file = {S("x.layout"), str_of(wrong[i].text)};
		struct str fault = {0};
		CHECK(!layouts_read(test_arena, &file, 1, &fault));
		CHECK_STR(fault, wrong[i].says);
	}
}

TEST("a table file whose lines end in several ways keeps its rows on the lines an editor shows")
{
	const char *text = "code,text\r\nA,\"one\rtwo\"\nB,three\rfour\nC,five\n\n";
	struct val *r = imported_text(text, "csv");
	CHECK(conserved(str_of(text), r));
	CHECK_INT(val_i(item_code(r, "B"), "line"), 3);
	CHECK_STR(val_s(item_code(r, "B"), "text"), "three four");
	CHECK_INT(val_i(item_code(r, "C"), "line"), 4);
}

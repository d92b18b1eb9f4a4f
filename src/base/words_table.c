/* What Snowball does not know of English and French, as data. All keys are folded words but those
 * of french_plurals and french_forms, which stand with their accents and without. In each table
 * the first that fits is taken. Proof: test/word_pairs.h. */
#include "base/words_inside.h"

const struct word_change english_words[] = {
	/* plurals and persons */
	{"children", "child", 0},
	{"men", "man", 0},
	{"women", "woman", 0},
	{"people", "person", 0},
	{"lives", "life", 0},
	{"criteria", "criterion", 0},
	{"curricula", "curriculum", 0},
	{"data", "datum", 0},
	{"media", "medium", 0},
	{"phenomena", "phenomenon", 0},
	{"alumni", "alumnus", 0},
	{"alumna", "alumnus", 0},
	{"alumnae", "alumnus", 0},
	{"analysis", "analyze", 0},
	{"crises", "crisis", 0},
	{"theses", "thesis", 0},
	{"hypotheses", "hypothesis", 0},
	{"wives", "wife", 0},
	{"halves", "half", 0},
	{"selves", "self", 0},
	{"appendices", "appendix", 0},
	{"indices", "index", 0},
	/* verbs of learning and work */
	{"learnt", "learn", 0},
	{"taught", "teach", 0},
	{"sought", "seek", 0},
	{"led", "lead", 0},
	{"held", "hold", 0},
	{"built", "build", 0},
	{"chose", "choose", 0},
	{"chosen", "choose", 0},
	{"grew", "grow", 0},
	{"grown", "grow", 0},
	{"wrote", "write", 0},
	{"written", "write", 0},
	{"spoke", "speak", 0},
	{"spoken", "speak", 0},
	{"undertook", "undertake", 0},
	{"undertaken", "undertake", 0},
	{"understood", "understand", 0},
	/* one spelling */
	{"centred", "center", 0},
	{"centring", "center", 0},
	{"programme", "program", 0},
	{"programmes", "program", 0},
	{"ageing", "aging", 0},
	{"licence", "license", 0},
	{"licences", "license", 0},
	{0},
};

const struct word_change english_beginnings[] = {
	{"acknowledgement", "acknowledgment", 0},
	{"adviser", "advisor", 0},
	{"artefact", "artifact", 0},
	{"behaviour", "behavior", 0},
	{"cancell", "cancel", 0},
	{"centre", "center", 0},
	{"colour", "color", 0},
	{"counsell", "counsel", 0},
	{"endeavour", "endeavor", 0},
	{"enquir", "inquir", 0},
	{"enroll", "enrol", 0},
	{"favour", "favor", 0},
	{"fulfill", "fulfil", 0},
	{"harbour", "harbor", 0},
	{"honour", "honor", 0},
	{"humour", "humor", 0},
	{"judgement", "judgment", 0},
	{"labell", "label", 0},
	{"labour", "labor", 0},
	{"modell", "model", 0},
	{"neighbour", "neighbor", 0},
	{"paediatric", "pediatric", 0},
	{"practis", "practic", 0},
	{"rumour", "rumor", 0},
	{"sceptic", "skeptic", 0},
	{"skilful", "skillful", 0},
	{"theatre", "theater", 0},
	{"travell", "travel", 0},
	{0},
};

/* Of words in -ise and -yse. Applied also where no one writes z: what counts is that both meet. */
const struct word_change english_endings[] = {
	{"isational", "izational", 12},
	{"isations", "izations", 11},
	{"isation", "ization", 10},
	{"ising", "izing", 8},
	{"isers", "izers", 8},
	{"iser", "izer", 7},
	{"ises", "izes", 7},
	{"ised", "ized", 7},
	{"ise", "ize", 6},
	{"ysing", "yzing", 8},
	{"yses", "yzes", 7},
	{"ysed", "yzed", 7},
	{"yser", "yzer", 7},
	{"ysers", "yzers", 8},
	{"yse", "yze", 6},
	{0},
};

const char *const english_ise[] = {
	"advertis", "advis",      "aris",     "compris",  "compromis", "concis",
	"devis",    "enterpris",  "exercis",  "expertis", "franchis",  "improvis",
	"likewis",  "merchandis", "otherwis", "paradis",  "practis",   "prais",
	"precis",   "premis",     "promis",   "rais",     "revis",     "supervis",
	"surpris",  "televis",    "disguis",  "despis",   NULL,
};

const struct word_change english_stems[] = {
	{"animal", "animal", 0},
	{"apartment", "apartment", 0},
	{"applied$", "applic", 0},
	{"applies$", "applic", 0},
	{"apply", "applic", 0},
	{"authorit", "authority", 0},
	{"authoriz", "authorize", 0},
	{"competenc", "competent", 0},
	{"competent", "competent", 0},
	{"customer", "customer", 0},
	{"department", "department", 0},
	{"designat", "designate", 0},
	{"engineer", "engineer", 0},
	{"experiment", "experiment", 0},
	{"formation", "formation", 0},
	{"formativ", "formative", 0},
	{"humanit", "humanity", 0},
	{"importan", "important", 0},
	{"informal", "informal", 0},
	{"internal", "internal", 0},
	{"internation", "international", 0},
	{"majorit", "majority", 0},
	{"minorit", "minority", 0},
	{"objectiv", "objective", 0},
	{"operat", "operate", 0},
	{"organism", "organism", 0},
	{"organiz", "organize", 0},
	{"politic", "politics", 0},
	{"positiv", "positive", 0},
	{"profession", "profession", 0},
	{"publication", "publish", 0},
	{"several", "several", 0},
	{"subjectiv", "subjective", 0},
	{"universit", "university", 0},
	{0},
};

const struct word_change french_words[] = {
	{"travaux", "travail", 0},    {"vitraux", "vitrail", 0},
	{"baux", "bail", 0},          {"emaux", "émail", 0},
	{"coraux", "corail", 0},      {"soupiraux", "soupirail", 0},
	{"noyaux", "noyau", 0},       {"tuyaux", "tuyau", 0},
	{"joyaux", "joyau", 0},       {"yeux", "œil", 0},
	{"cieux", "ciel", 0},         {"aieux", "aïeul", 0},
	{"jeux", "jeu", 0},           {"enjeux", "enjeu", 0},
	{"lieux", "lieu", 0},         {"milieux", "milieu", 0},
	{"voeux", "vœu", 0},          {"neveux", "neveu", 0},
	{"cheveux", "cheveu", 0},     {"publique", "public", 0},
	{"publiques", "public", 0},   {"laique", "laïc", 0},
	{"laiques", "laïc", 0},       {"mesdames", "madame", 0},
	{"messieurs", "monsieur", 0}, {0},
};

/* A change to itself stops there: "succès", "stress" and "français" keep their s. */
const struct word_change french_plurals[] = {
	{"eaux", "eau", 5}, {"aux", "al", 5}, {"oux", "ou", 5},
	{"ès", "ès", 0},    {"ss", "ss", 0},  {"ais", "ais", 0},
	{"ois", "ois", 0},  {"s", "", 4},     {0},
};

const struct word_change french_forms[] = {
	{"trice", "teur", 7},
	{"euse", "eur", 6},
	{"euse", "eux", 6},
	{"ère", "er", 7},
	{"ere", "er", 6},
	{"ive", "if", 5},
	{"ée", "é", 5},
	{"ee", "e", 5},
	{"aise", "ais", 6},
	{"oise", "ois", 6},
	{"ais", "ai", 5},
	{"ois", "oi", 5},
	{0},
};

const struct word_change french_stems[] = {
	{"communication", "communiquer", 0},
	{"communiqu", "communiquer", 0},
	{"cours$", "cours", 0},
	{"eleve$", "eleve", 0},
	{"fils$", "fils", 0},
	{"formation", "formation", 0},
	{"livre$", "livre", 0},
	{"mere$", "mere", 0},
	{"metis", "metis", 0},
	{"mois$", "mois", 0},
	{"organism", "organisme", 0},
	{"pays$", "pays", 0},
	{"pere$", "pere", 0},
	{"positif", "positif", 0},
	{"positiv", "positif", 0},
	{"publication", "publication", 0},
	{"publicit", "publicite", 0},
	{"sens$", "sens", 0},
	{"universit", "universite", 0},
	{0},
};

/* In both languages at once, so none of these may be a word that a person looks for in the other:
 * not "car", "or", "son", "pour", "as". With their accents: "thé" is not "the". */
const char *const words_that_say_nothing[] = {
	"a",    "an",  "and",  "are",   "at",   "by",    "for", "from", "in",  "into",
	"is",   "of",  "on",   "that",  "the",  "this",  "to",  "with", "au",  "aux",
	"avec", "ce",  "ces",  "cette", "dans", "de",    "des", "du",   "en",  "est",
	"et",   "la",  "le",   "les",   "leur", "leurs", "ou",  "par",  "que", "qui",
	"se",   "ses", "sont", "sur",   "un",   "une",   "à",   NULL,
};

const char *const words_kept_whole[] = {
	"aujourd'hui", "prud'homme", "prud'hommes", "prud'homal", "presqu'ile",
	"presqu'iles", "quelqu'un",  "quelqu'une",  "o'clock",    NULL,
};

const char *const french_elisions[] = {
	"l",  "d",     "j",      "m",      "t",      "s",      "c",      "n",
	"qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu", NULL,
};

const char *const english_contractions[] = {"s", "d", "m", "ll", "re", "ve", NULL};

#include "app/activities/reflect_rules.h"

#include "app/activities/read_rules.h"
#include "base/arena.h"

static const int64_t days_of[] = {0, 1, 7};
const struct plan_word reflect_afters[] = {
	{"end", N_("When it has ended")},
	{"day", N_("The day after")},
	{"week", N_("A week later")},
	{NULL, NULL},
};

int64_t reflect_days(struct str code)
{
	for (size_t i = 0; i < sizeof days_of / sizeof *days_of; i++)
		if (str_is(code, reflect_afters[i].code))
			return days_of[i];
	return 0;
}

struct str reflect_after(int64_t days)
{
	for (size_t i = 0; i < sizeof days_of / sizeof *days_of; i++)
		if (days_of[i] == days)
			return str_of(reflect_afters[i].code);
	return S("end");
}

const struct reflect_offer reflect_offers[] = {
	{"surprise", "What surprised you?", "Qu’est-ce qui vous a surpris ?"},
	{"keep", "What do you want to remember of it?", "Que voulez-vous en retenir ?"},
	{"next", "What would you like to find out next?", "Qu’aimeriez-vous découvrir ensuite ?"},
	{"work", "What would you like about such work, and what not?",
	 "Qu’est-ce qui vous plairait dans un tel travail, et qu’est-ce qui ne vous plairait "
	 "pas ?"},
	{"gave", "What did you want to pass on, and what were you asked?",
	 "Que vouliez-vous transmettre, et que vous a-t-on demandé ?"},
	{NULL, NULL, NULL},
};

struct str reflect_offered(struct str code, struct str lang)
{
	for (const struct reflect_offer *o = reflect_offers; o->code; o++)
		if (str_is(code, o->code))
			return str_starts(lang, S("en"))   ? str_of(o->en)
			       : str_starts(lang, S("fr")) ? str_of(o->fr)
							   : (struct str){0};
	return (struct str){0};
}

struct reflect_count reflect_count(struct arena *a, int64_t others, int64_t answered,
				   int64_t shared, int64_t fewest, bool over)
{
	int64_t alone = answered - shared, silent = others - answered, people[2];
	struct read_cell cells[] = {
		{.table = READ_TOTAL, .people = alone + silent},
		{.table = 0, .people = alone},
		{.table = 0, .people = silent},
	};
	bool in[6] = {false};
	size_t count = (size_t)(alone > 0) + (size_t)(silent > 0);
	if (alone > 0) {
		people[0] = alone;
		in[0] = in[count] = true;
	}
	if (silent > 0) {
		people[count - 1] = silent;
		in[count - 1] = in[2 * count + count - 1] = true;
	}
	if (count)
		read_hide(a, cells, 3,
			  &(struct read_atoms){.in = in, .people = people, .count = count}, 1,
			  fewest);
	if (cells[1].hidden || cells[2].hidden)
		return (struct reflect_count){.answered = shared, .least = true, .hidden = true};
	return (struct reflect_count){.answered = shared + (over ? alone : read_cut(alone, fewest)),
				      .least = !over};
}

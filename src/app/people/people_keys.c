#include "app/people/people_keys.h"

#include "base/str.h"
#include "queries.h"

const struct personal people_personal[] = {
	{"rosters", N_("Changed by a roster"), "people_batch_row.person", &q_people_keys_rosters,
	 ERASURE_ERASED, &q_people_keys_kept_rosters, &q_people_keys_gone_rosters},
	{"numbers", N_("Numbers in a school's own system"), "person_key.person",
	 &q_people_keys_numbers, ERASURE_ERASED, &q_people_keys_kept_numbers,
	 &q_people_keys_gone_numbers},
	{0},
};

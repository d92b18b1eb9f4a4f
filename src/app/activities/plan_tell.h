#pragma once
/*
 * Who comes to an activity, the guardians of minors who come, and who leads it are told when it is
 * moved or cancelled: one letter each, in their language, whatever the number of activities that
 * changed together.
 */
#include "core/event.h"
#include "core/letter.h"

extern const struct reaction plan_reactions[];
extern const struct letter_kind plan_changed_letter, plan_cancelled_letter;

#pragma once
/* What a roster leaves with a person, in their file and in the answer to who asks to be erased. */
#include "core/personal.h"

extern const struct personal people_personal[]; /* ends with a NULL name */

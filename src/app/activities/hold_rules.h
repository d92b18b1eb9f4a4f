#pragma once
/*
 * The code on the projector, as pure functions. Time goes in steps of CODE_STEP seconds; each step
 * has six digits, made of a keyed hash of what is held, since when its code is shown, and the step
 * (core/secret.h; nothing to steal is stored). A code is right in its own step and in the next, so
 * that whoever copies it has between one and two steps of time. Two codes of a million are right at
 * any moment, and wrong ones slow down whoever types them (core/throttle.h).
 */
#include "base/str.h"

struct arena;

enum { CODE_STEP = 60, CODE_DIGITS = 6 };

int64_t code_step(int64_t now);
/* Seconds until the code on the screen changes: from 1 to CODE_STEP. */
int64_t code_left(int64_t now);
/* What a step's digits are the hash of. */
struct str code_text(struct arena *, int64_t activity, int64_t opened_at, int64_t step);
struct str code_digits(struct arena *, struct str hash);
/* "123 456": for eyes. */
struct str code_shown(struct arena *, struct str digits);
/* What was typed, without spaces and hyphens, is the digits. */
bool code_is(struct str typed, struct str digits);

#pragma once
/* Of the demonstration: one organisation writes its invitations in its own words, in the second
 * version, so that the page of letter texts can be looked at before anybody changed one; a school
 * has classes, pupils and a teacher. */
#include <stdint.h>

struct arena;
struct db;
struct err;

void people_demo_fill(struct db *, struct arena *, struct err *, int64_t now);

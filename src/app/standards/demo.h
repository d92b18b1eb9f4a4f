#pragma once
/*
 * The demonstration's standards, written for it in both languages: demo.json beside this file, a
 * list of { org, standards: […], crosswalks: […] }. A text is { "en": …, "fr": … }; an item has
 * code, kind, title, body, ratings { scale: text or null }, levels [text or null …] and items below
 * it; `changes` are made in a second version, so that there is a history to read.
 */
#include "db/db.h"

struct arena;
struct scale;

void standards_demo_fill(struct db *, struct arena *, struct err *, int64_t now);
void standards_demo_scale(struct scale *); /* core/scale.h */

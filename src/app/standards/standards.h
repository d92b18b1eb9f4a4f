#pragma once
/* Standards: what a professional body publishes, and how its versions differ. The feature's
 * handlers, named in the route table of standards.c; everything else of it is behind reading.h and
 * store.h. */
#include "core/feature.h"
#include "web/req.h"

extern const struct feature standards_feature;

/* pages.c: reading */
int standards_index(struct req *);
int standards_show(struct req *);
int standards_rubric(struct req *);
int standards_glossary(struct req *);

/* versions.c */
int standards_versions(struct req *);
int standards_item(struct req *);
int standards_compare(struct req *);

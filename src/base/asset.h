#pragma once
/*
 * Files embedded in the program: templates, stylesheet, scripts, layouts, the schema, catalogues.
 * An asset is named by its path from the repository's root: "src/app/standards/index.html",
 * "static/site.css", "schema/0001_core.sql", "locale/fr.mo" (made from fr.po by the build).
 */
#include "base/str.h"

struct asset {
	const char *name;
	const char *bytes; /* a NUL follows the last one */
	size_t size;
	const char *hash; /* 16 hexadecimal digits: another hash, another content */
};

extern const struct asset assets[]; /* in the order of their names */
extern const int assets_count;

const struct asset *asset_find(const char *name); /* NULL if there is none */
struct str asset_str(const struct asset *);       /* its bytes; of NULL, .p is NULL */
/* for (const struct asset *a = asset_first("schema/"); a; a = asset_next(a, "schema/")) */
const struct asset *asset_first(const char *folder);
const struct asset *asset_next(const struct asset *, const char *folder);

#include "base/asset.h"
#include "test.h"

#include <string.h>

TEST("the French catalogue and the stylesheet are in the program under their paths")
{
	struct str catalogue = asset_str(asset_find("locale/fr.mo"));
	CHECK(catalogue.n > 28);
	CHECK(!memcmp(catalogue.p, "\xde\x12\x04\x95", 4));
	CHECK(asset_find("static/site.css"));
	CHECK_INT(strlen(asset_find("static/site.css")->hash), 16);
	CHECK(!asset_find("static/site.cs"));
	CHECK(!asset_find(""));
	CHECK(!asset_str(asset_find("static/none.css")).p);
}

TEST("assets stand in the order of their names and each is found by its own")
{
	CHECK(assets_count > 2);
	for (int i = 0; i < assets_count; i++) {
		CHECK(asset_find(assets[i].name) == &assets[i]);
		CHECK_INT(assets[i].bytes[assets[i].size], 0);
		if (i)
			CHECK(strcmp(assets[i - 1].name, assets[i].name) < 0);
	}
}

TEST("a folder's assets are visited, and no others")
{
	int seen = 0, there = 0;
	for (const struct asset *a = asset_first("static/"); a; a = asset_next(a, "static/")) {
		CHECK(!strncmp(a->name, "static/", 7));
		seen++;
	}
	for (int i = 0; i < assets_count; i++)
		there += !strncmp(assets[i].name, "static/", 7);
	CHECK_INT(seen, there);
	CHECK(!asset_first("nowhere/"));
}

#include "web/zipped.h"

#include "base/arena.h"
#include "base/err.h"
#include "test.h"

static const struct zipped_entry entries[] = {{STR("index.html"), STR("<p>ᐃᓄᒃᑎᑐᑦ</p>")},
					      {STR("data/élan.csv"), STR("")},
					      {.bytes = STR("")}};

TEST("an archive gives back what was put into it, and nothing else")
{
	struct err err = {0};
	struct str archive = zipped(test_arena, &err, entries, 1785000000);
	CHECK_INT(err.kind, ERR_NONE);
	CHECK_STR(unzipped(test_arena, archive, "index.html", 100), "<p>ᐃᓄᒃᑎᑐᑦ</p>");
	CHECK(unzipped(test_arena, archive, "data/élan.csv", 100).p != NULL);
	CHECK(unzipped(test_arena, archive, "other", 100).p == NULL);
	CHECK(unzipped(test_arena, archive, "index.html", 3).p == NULL);
}

TEST("a broken archive gives nothing, wherever it is broken")
{
	struct err err = {0};
	struct str archive = zipped(test_arena, &err, entries, 1785000000);
	int refused = 0;
	for (size_t i = 0; i < archive.n; i++) {
		struct str broken = str_dup(test_arena, archive);
		((char *)broken.p)[i] ^= 0x55;
		struct str got = unzipped(test_arena, broken, "index.html", 100);
		refused += got.p == NULL;
		if (got.p)
			CHECK_STR(got, "<p>ᐃᓄᒃᑎᑐᑦ</p>"); /* what was hit was not of this entry */
		CHECK(unzipped(test_arena, str_sub(archive, 0, i), "index.html", 100).p == NULL);
	}
	CHECK(refused > 50);
}

#include "core/spool.h"
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

TEST("what is spooled comes back, from memory or from a file")
{
	static const int pieces[] = {0, 1, 1000, 40000, 40};
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct err err = {0};
		int file;
		struct spool s = spool_new(test_arena, &err, NULL);
		for (int k = 0; k < pieces[i]; k++) {
			buf_fmt(&s.buf, "%06d:%64d\n", k, 0);
			spool_turn(&s);
		}
		struct str all = spool_end(&s, &file);
		CHECK_INT(all.n, pieces[i] * 72);
		CHECK((file > 0) == (all.n >= SPOOL_MEMORY));
		CHECK(s.buf.cap <= 2 * SPOOL_MEMORY);
		bool right = true;
		for (int k = 0; k < pieces[i]; k++)
			right &= str_starts(str_from(all, (size_t)k * 72),
					    str_fmt(test_arena, "%06d:", k));
		CHECK(right);
		CHECK_INT(err.kind, ERR_NONE);
		struct stat is;
		CHECK(!file || (!fstat(file, &is) && is.st_nlink == 0));
	}
}

TEST("a spool that cannot be written is the sticky error")
{
	struct err err = {0};
	int file;
	struct spool s = spool_new(test_arena, &err, "/no/such/folder");
	for (int k = 0; k < 40000; k++) {
		buf_fmt(&s.buf, "%06d:%64d\n", k, 0);
		spool_turn(&s);
	}
	CHECK_INT(spool_end(&s, &file).n < 40000 * 72, 1);
	CHECK_INT(err.kind, ERR_FAILED);
}

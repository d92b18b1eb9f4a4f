#include "targets.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	void (*run)(struct arena *, struct str);
} targets[] = {
#define X(name) {#name, fuzz_##name},
	FUZZ_TARGETS(X)
#undef X
};

/* Exactly its size, so that the sanitizer sees one byte too far. */
static struct str file_bytes(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return (struct str){0};
	char *bytes = arena_alloc(a, 1 << 20);
	size_t n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	return (struct str){arena_copy(a, bytes, n), n};
}

static int replay(const char *folder, int target)
{
	struct str path = str_fmt(test_arena, "fuzz/%s/%s", folder, targets[target].name);
	DIR *dir = opendir(str_c(test_arena, path));
	int count = 0;
	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (e->d_name[0] == '.')
			continue;
		struct arena *a = arena_new(64 << 20);
		const char *file = str_c(
			test_arena, str_fmt(test_arena, STR_FMT "/%s", STR_ARG(path), e->d_name));
		targets[target].run(a, file_bytes(a, file));
		arena_free(a);
		count++;
	}
	if (dir)
		closedir(dir);
	return count;
}

TEST("every input that ever broke a parser, and a few that never did, are read without harm")
{
	for (int i = 0; i < (int)(sizeof targets / sizeof *targets); i++) {
		CHECK(replay("corpus", i) > 0);
		replay("regress", i);
		targets[i].run(test_arena, (struct str){0});
	}
}

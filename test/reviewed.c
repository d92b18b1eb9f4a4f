#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

static struct str file_text(const char *path)
{
	struct buf text = {.arena = test_arena};
	FILE *file = fopen(path, "r");
	for (int c; file && (c = fgetc(file)) != EOF;)
		buf_char(&text, (char)c);
	if (file)
		fclose(file);
	return buf_str(&text);
}

static void show_difference(struct str got, struct str want)
{
	struct str rest = got, line;
	while (str_cut(&rest, '\n', &line))
		if (str_find(want, line) < 0)
			printf("    + " STR_FMT "\n", STR_ARG(line));
	rest = want;
	while (str_cut(&rest, '\n', &line))
		if (str_find(got, line) < 0)
			printf("    - " STR_FMT "\n", STR_ARG(line));
}

bool test_reviewed(struct str got, const char *path, const char *switch_name, const char *file,
		   int line)
{
	struct str want = file_text(path);
	if (getenv(switch_name)) {
		FILE *out = fopen(path, "w");
		bool good = out && fwrite(got.p, 1, got.n, out) == got.n;
		return test_check(out && !fclose(out) && good, file, line, path);
	}
	bool same = test_check(str_eq(got, want), file, line, path);
	if (!same) {
		printf("    %s=1 writes it anew:\n", switch_name);
		show_difference(got, want);
	}
	return same;
}

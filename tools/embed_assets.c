#include "embed.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
	const char *name, *path;
};

enum { ITEMS_MAX = 2000 };
static struct item items[ITEMS_MAX];

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct item *)a)->name, ((const struct item *)b)->name);
}

/* FNV-1a, 64 bits: tells one version of a file from another, in URLs and ETags. */
static uint64_t hash(struct piece bytes)
{
	uint64_t h = 0xcbf29ce484222325;
	for (size_t i = 0; i < bytes.n; i++)
		h = (h ^ (unsigned char)bytes.p[i]) * 0x100000001b3;
	return h;
}

/* The assembler reads the file itself: nothing to print and nothing to compile. */
static void put_bytes(FILE *out, int number, const char *path)
{
	char full[PATH_MAX];
	if (!realpath(path, full) || strpbrk(full, "\"\\\n"))
		stop(path, 0, "has a path that cannot be embedded");
	fprintf(out,
		"__asm__(\".section .rodata\\n.balign 16\\n.globl asset_%d\\n.hidden "
		"asset_%d\\n\"\n"
		"\t\"asset_%d:\\n.incbin \\\"%s\\\"\\n.byte 0\\n.previous\\n\");\n"
		"extern const char asset_%d[] __attribute__((visibility(\"hidden\")));\n",
		number, number, number, full, number);
}

void embed_assets(const char *root, const char *build, char **args, int count)
{
	int n = count - 1;
	if (n > ITEMS_MAX)
		stop("embed assets", 0, "more than %d files", ITEMS_MAX);
	for (int i = 0; i < n; i++)
		items[i] = (struct item){file_name(args[i + 1], root, build), args[i + 1]};
	qsort(items, (size_t)n, sizeof items[0], by_name);

	FILE *out = fopen(args[0], "w");
	if (!out)
		stop(args[0], 0, "cannot be written");
	fputs("/* Made by tools/embed. */\n#include \"base/asset.h\"\n\n", out);
	for (int i = 0; i < n; i++)
		put_bytes(out, i, items[i].path);
	fputs("\nconst struct asset assets[] = {\n", out);
	for (int i = 0; i < n; i++) {
		struct piece bytes = file_bytes(items[i].path);
		if (i && !strcmp(items[i].name, items[i - 1].name))
			stop(items[i].path, 0, "is listed twice");
		fprintf(out, "\t{\"%s\", asset_%d, %zu, \"%016llx\"},\n", items[i].name, i, bytes.n,
			(unsigned long long)hash(bytes));
	}
	fprintf(out, "\t{0},\n};\nconst int assets_count = %d;\n", n);
	if (ferror(out) | fclose(out))
		stop(args[0], 0, "cannot be written");
}

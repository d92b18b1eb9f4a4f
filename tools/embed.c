#include "embed.h"

#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void stop(const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "%s:%d: ", file, line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

struct piece file_bytes(const char *path)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &info))
		stop(path, 0, "cannot be read");
	struct piece bytes = {"", (size_t)info.st_size};
	if (bytes.n)
		bytes.p = mmap(NULL, bytes.n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes.p == MAP_FAILED)
		stop(path, 0, "cannot be read");
	close(fd);
	return bytes;
}

const char *file_name(const char *path, const char *root, const char *build)
{
	char full[PATH_MAX];
	if (!realpath(path, full))
		stop(path, 0, "does not exist");
	const char *const bases[] = {build,
				     root}; /* the build folder usually lies inside the root */
	for (int i = 0; i < 2; i++) {
		char base[PATH_MAX];
		if (!realpath(bases[i], base))
			stop(bases[i], 0, "does not exist");
		size_t n = strlen(base);
		if (!strncmp(full, base, n) && full[n] == '/')
			return strdup(full + n + 1);
	}
	stop(path, 0, "is outside the project");
}

int main(int argc, char **argv)
{
	if (argc >= 5 && !strcmp(argv[1], "queries"))
		embed_queries(argv[2], argv[3], argv + 4, argc - 4);
	else if (argc >= 5 && !strcmp(argv[1], "assets"))
		embed_assets(argv[2], argv[3], argv + 4, argc - 4);
	else
		stop("embed", 0, "see tools/embed.h for what it takes");
	return 0;
}

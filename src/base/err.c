#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void err_set_at(struct err *e, enum err_kind kind, const char *file, int line, const char *format,
		...)
{
	if (e->kind != ERR_NONE)
		return;
	e->kind = kind;
	e->file = file;
	e->line = line;
	va_list args;
	va_start(args, format);
	vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
}

void must_failed(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: must: %s\n", file, line, condition);
	abort();
}

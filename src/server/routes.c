#include "server/routes.h"

#include <stdio.h>

#include "core/right.h"
#include "server/features.h"

static const char *right_name(int right)
{
	return right == NOBODY      ? "nobody"
	       : right == PUBLIC    ? "public"
	       : right == SIGNED_IN ? "signed_in"
				    : right_table[right].name;
}

int routes_run(struct command_call *call)
{
	(void)call;
	for (const struct feature *const *f = features; *f; f++)
		for (const struct route *r = (*f)->routes; r && r->path; r++)
			printf("%s\t%s\t%s\t%s\n", r->method == GET ? "GET" : "POST", r->path,
			       right_name(r->right), r->summary ? r->summary : "");
	return EXIT_OK;
}

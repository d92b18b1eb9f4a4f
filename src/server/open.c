#include "server/open.h"

#include <curl/curl.h>
#include <sodium.h>
#include <stdio.h>

bool open_libraries(void)
{
	if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT)) {
		fprintf(stderr, "waypost: the cryptographic libraries cannot be used\n");
		return false;
	}
	return true;
}

int open_database(struct command_call *call, bool any_schema)
{
	(void)call;
	(void)any_schema;
	return EXIT_OK;
}

void open_close(struct command_call *call)
{
	(void)call;
}

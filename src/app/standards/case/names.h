#pragma once
/* A table from identifiers to indexes. It holds views: the names must live as long. */
#include "base/str.h"

struct arena;

struct names {
	struct arena *arena;
	struct {
		struct str name;
		int32_t index;
	} * slots;
	size_t size, used;
	unsigned char key[16];
};

int32_t names_get(const struct names *, struct str);       /* -1: not there */
bool names_add(struct names *, struct str, int32_t index); /* false: there already */

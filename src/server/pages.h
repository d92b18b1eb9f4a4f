#pragma once
/* The program's own pages: those of the server and an organisation's first page. */
#include "core/feature.h"

extern const struct feature server_feature;

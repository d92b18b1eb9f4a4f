#include "server/pages.h"

const struct feature server_feature = {.name = "server"};

#pragma once
/* The letters of an organisation: what waits, what was sent, what cannot be delivered. Shows them
 * as they were sent; a letter with a link that acts for its reader is shown to nobody but them,
 * except in a demonstration, where there may be no mail server at all. */
#include "core/feature.h"

extern const struct feature outbox_feature;

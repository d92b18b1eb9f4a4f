#include "server/features.h"

#include "server/pages.h"

const struct feature *const features[] = {
	&server_feature,
	NULL,
};

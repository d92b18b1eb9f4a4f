#include "base/asset.h"

#include <string.h>

/* Index of the first asset whose name is not before `name`. */
static int lower_bound(const char *name)
{
	int low = 0, high = assets_count;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (strcmp(assets[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct asset *in_folder(int index, const char *folder)
{
	if (index >= assets_count || strncmp(assets[index].name, folder, strlen(folder)))
		return NULL;
	return &assets[index];
}

const struct asset *asset_find(const char *name)
{
	int at = lower_bound(name);
	return at < assets_count && !strcmp(assets[at].name, name) ? &assets[at] : NULL;
}

struct str asset_str(const struct asset *asset)
{
	return asset ? (struct str){asset->bytes, asset->size} : (struct str){0};
}

const struct asset *asset_first(const char *folder)
{
	return in_folder(lower_bound(folder), folder);
}

const struct asset *asset_next(const struct asset *asset, const char *folder)
{
	return in_folder((int)(asset - assets) + 1, folder);
}

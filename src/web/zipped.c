#include "web/zipped.h"

#include <zip.h>

#include "base/arena.h"
#include "base/err.h"

static bool put(zip_t *zip, const struct zipped_entry *entry, struct arena *a, int64_t now)
{
	zip_source_t *bytes = zip_source_buffer(zip, entry->bytes.p, entry->bytes.n, 0);
	if (!bytes)
		return false;
	zip_int64_t at = zip_file_add(zip, str_c(a, entry->name), bytes, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(bytes);
		return false;
	}
	return zip_file_set_mtime(zip, (zip_uint64_t)at, now, 0) == 0;
}

static struct str written(zip_source_t *to, struct arena *a)
{
	zip_stat_t stat;
	if (zip_source_stat(to, &stat) < 0 || zip_source_open(to) < 0)
		return (struct str){0};
	char *p = arena_many(a, char, stat.size + 1);
	zip_int64_t n = zip_source_read(to, p, stat.size);
	zip_source_close(to);
	return n == (zip_int64_t)stat.size ? (struct str){p, (size_t)n} : (struct str){0};
}

struct str zipped(struct arena *a, struct err *err, const struct zipped_entry *entries, int64_t now)
{
	struct str bytes = {0};
	zip_error_t trouble;
	zip_error_init(&trouble);
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, &trouble);
	zip_t *zip = to ? zip_open_from_source(to, ZIP_TRUNCATE, &trouble) : NULL;
	bool good = zip != NULL;
	if (zip)
		zip_source_keep(to);
	for (const struct zipped_entry *entry = entries; good && entry->name.n; entry++)
		good = put(zip, entry, a, now);
	if (zip && (!good || zip_close(zip) < 0)) {
		zip_discard(zip);
		good = false;
	}
	if (good)
		bytes = written(to, a);
	if (to)
		zip_source_free(to);
	if (!bytes.n)
		err_set(err, ERR_FAILED, "zip: %s", zip_error_strerror(&trouble));
	zip_error_fini(&trouble);
	return bytes;
}

static struct str entry_bytes(zip_t *zip, struct arena *a, const char *name, size_t most)
{
	zip_stat_t stat;
	if (zip_stat(zip, name, 0, &stat) < 0 || stat.size > most)
		return (struct str){0};
	zip_file_t *file = zip_fopen(zip, name, 0);
	if (!file)
		return (struct str){0};
	char *p = arena_many(a, char, stat.size + 1);
	zip_int64_t n = zip_fread(file, p, stat.size);
	/* The sum is looked at when the end is reached. */
	bool whole = n == (zip_int64_t)stat.size && zip_fread(file, p + n, 1) == 0;
	zip_fclose(file);
	return whole ? (struct str){p, (size_t)n} : (struct str){0};
}

struct str unzipped(struct arena *a, struct str archive, const char *name, size_t most)
{
	zip_source_t *from = zip_source_buffer_create(archive.p, archive.n, 0, NULL);
	zip_t *zip = from ? zip_open_from_source(from, ZIP_RDONLY, NULL) : NULL;
	if (!zip) {
		if (from)
			zip_source_free(from);
		return (struct str){0};
	}
	struct str bytes = entry_bytes(zip, a, name, most);
	zip_discard(zip);
	return bytes;
}

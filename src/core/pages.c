#include "core/pages.h"

#include "base/arena.h"

static void page_path(struct req *r, struct val *pages, const char *name, bool there,
		      struct str path, size_t first)
{
	if (!there) {
		val_set_null(pages, name);
		return;
	}
	val_set_str(val_set_object(pages, name), "path",
		    str_fmt(r->arena, STR_FMT "%zu", STR_ARG(path), first));
}

size_t pages_begin(struct req *r, size_t total, size_t most, int64_t first, struct str path)
{
	size_t begin = first > 0 && (size_t)first < total ? (size_t)first : 0;
	val_set_null(r->out, "pages");
	if (total <= most)
		return begin;
	struct val *pages = val_set_object(r->out, "pages");
	size_t end = begin + most < total ? begin + most : total;
	val_set_int(pages, "first", (int64_t)begin + 1);
	val_set_int(pages, "last", (int64_t)end);
	val_set_int(pages, "total", (int64_t)total);
	page_path(r, pages, "previous", begin > 0, path, begin > most ? begin - most : 0);
	page_path(r, pages, "next", end < total, path, end);
	return begin;
}

struct val *pages_rows(struct req *r, const struct val *all, size_t begin, size_t most)
{
	struct val *list = val_list(r->arena);
	for (size_t i = begin; i < val_count(all) && i < begin + most; i++)
		val_push(list, val_at(all, i));
	return list;
}

struct val *pages_of(struct req *r, struct val *all, size_t most, struct str path)
{
	if (r->data)
		return all;
	size_t begin = pages_begin(r, val_count(all), most, val_i(r->in, "first"), path);
	return pages_rows(r, all, begin, most);
}

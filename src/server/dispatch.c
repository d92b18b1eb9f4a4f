#include "server/dispatch.h"

#include "base/arena.h"
#include "server/site.h"

enum { LANE_BYTES = 64 * 1024 * 1024 };

struct lane {
	const struct site *site;
	struct arena *arena;
};

struct lane *lane_new(const struct site *site)
{
	struct arena *a = arena_new(LANE_BYTES);
	struct lane *lane = arena_one(site->arena, struct lane);
	*lane = (struct lane){.site = site, .arena = a};
	return lane;
}

void lane_free(struct lane *lane)
{
	arena_free(lane->arena);
}

struct arena *lane_arena(struct lane *lane)
{
	return lane->arena;
}

struct str request_header(const struct request *r, const char *name)
{
	for (size_t i = 0; i < r->header_count; i++)
		if (str_eq_nocase(r->headers[i].name, str_of(name)))
			return r->headers[i].value;
	return (struct str){0};
}

struct manner dispatch_manner(const struct site *site, struct str method, struct str target)
{
	(void)site;
	(void)method;
	(void)target;
	return (struct manner){.body_limit = 64 * 1024};
}

void dispatch(struct lane *lane, const struct request *request, struct response *response)
{
	arena_reset(lane->arena);
	bool healthy = str_is(request->target, "/healthz");
	*response = (struct response){.status = healthy ? 200 : 404,
				      .body = healthy ? S("ok\n") : S("There is nothing here.\n")};
	response->headers[response->header_count++] =
		(struct header){S("Content-Type"), S("text/plain; charset=utf-8")};
}

#include <stdbool.h>

#include "server/assets.h"

#include <string.h>

#include "base/asset.h"
#include "server/life.h"
#include "web/etag.h"

static const struct {
	const char *ending, *type;
} types[] = {
	{".css", "text/css; charset=utf-8"},
	{".js", "text/javascript; charset=utf-8"},
	{".svg", "image/svg+xml"},
	{".png", "image/png"},
	{".ico", "image/x-icon"},
	{".woff2", "font/woff2"},
	{".webmanifest", "application/manifest+json"},
	{".txt", "text/plain; charset=utf-8"},
};

static const char *type_of(struct str name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(name, str_of(types[i].ending)))
			return types[i].type;
	return "application/octet-stream";
}

/* "site.0123456789abcdef.css" is "site.css" with that hash; false if it holds no hash. */
static bool split_hash(struct arena *a, struct str file, struct str *plain, struct str *hash)
{
	enum { HASH = 16 };
	size_t dot = file.n;
	while (dot > 0 && file.p[dot - 1] != '.')
		dot--;
	*plain = file;
	*hash = (struct str){0};
	if (dot < HASH + 3 || file.p[dot - 1 - HASH - 1] != '.')
		return false;
	*hash = str_sub(file, dot - 1 - HASH, dot - 1);
	*plain = str_fmt(a, STR_FMT STR_FMT, STR_ARG(str_sub(file, 0, dot - HASH - 2)),
			 STR_ARG(str_from(file, dot - 1)));
	return true;
}

static bool send_file(struct life *l, struct str file)
{
	struct str plain, hash;
	bool named = split_hash(l->a, file, &plain, &hash);
	const char *name = str_c(l->a, str_fmt(l->a, "static/" STR_FMT, STR_ARG(plain)));
	struct str bytes = site_file(l->site, l->a, name);
	const struct asset *asset = asset_find(name);
	if (!bytes.p) {
		l->status = 404;
		return false;
	}
	bool same = named && asset && str_is(hash, asset->hash) && !l->site->config->assets.n;
	val_set_str(l->req.headers_out, "Cache-Control",
		    same ? S("public, max-age=31536000, immutable") : S("no-cache"));
	if (asset && !l->site->config->assets.n) {
		struct str etag = str_fmt(l->a, "\"%s\"", asset->hash);
		val_set_str(l->req.headers_out, "ETag", etag);
		if (etag_matches(request_header(l->request, "If-None-Match"), etag)) {
			answer_bytes(l, 304, (struct str){0}, (struct str){0});
			return true;
		}
	}
	answer_bytes(l, 200, str_of(type_of(plain)), bytes);
	return true;
}

bool asset_answer(struct life *l)
{
	static const char robots[] = "User-agent: *\nAllow: /\n";
	struct str path = l->raw_path;
	bool is_static = str_starts(path, S("/static/")), is_icon = str_is(path, "/favicon.ico"),
	     is_robots = str_is(path, "/robots.txt");
	if (!is_static && !is_icon && !is_robots)
		return false;
	l->response->route = is_static ? "/static/:file" : is_icon ? "/favicon.ico" : "/robots.txt";
	if (!l->get) {
		l->status = 405;
		return true;
	}
	if (is_robots)
		answer_bytes(l, 200, S("text/plain; charset=utf-8"), str_of(robots));
	else
		send_file(l, is_icon ? S("mark.svg") : str_from(path, strlen("/static/")));
	return true;
}

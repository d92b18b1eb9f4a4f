#include "core/org.h"

#include <string.h>

enum { SLUG_LEAST = 2, SLUG_MOST = 40, LABEL_MOST = 63, HOST_MOST = 253 };

/* What the server itself and the features answer to. */
const char *const org_reserved_segments[] = {
	"me",        "account",    "people",     "org",         "roles",       "terms",
	"standards", "activities", "practice",   "register",    "network",     "library",
	"programme", "guidance",   "capacity",   "workshops",   "community",   "surveys",
	"evidence",  "search",     "jobs",       "outbox",      "audit",       "files",
	"ims",       "verify",     "api",        "static",      "healthz",     "readyz",
	"metrics",   "robots.txt", "well-known", ".well-known", "favicon.ico", "admin",
	"demo",      "export",     "import",     "l",           "en",          "fr",
	NULL};

bool org_segment_is_reserved(struct str segment)
{
	for (const char *const *name = org_reserved_segments; *name; name++)
		if (str_is(segment, *name))
			return true;
	return false;
}

static bool label_ok(struct str label)
{
	if (!label.n || label.n > LABEL_MOST || label.p[0] == '-' || label.p[label.n - 1] == '-')
		return false;
	for (size_t i = 0; i < label.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", label.p[i]) || !label.p[i])
			return false;
	return true;
}

const char *org_slug_wrong(struct str slug)
{
	if (slug.n < SLUG_LEAST || slug.n > SLUG_MOST)
		return N_("Give a short name of 2 to 40 characters.");
	if (!label_ok(slug))
		return N_(
			"Use only small letters without accents, digits and hyphens, and no hyphen "
			"first or last.");
	if (org_segment_is_reserved(slug))
		return N_("This short name is taken by the system. Choose another.");
	return NULL;
}

const char *org_host_wrong(struct str host)
{
	struct str rest = host, label;
	bool ok = host.n > 0 && host.n <= HOST_MOST && host.p[host.n - 1] != '.';
	while (ok && str_cut(&rest, '.', &label))
		ok = label_ok(label);
	return ok ? NULL
		  : N_("Give a host name in small letters, like careers.example.org, without "
		       "https://, "
		       "port or path.");
}

const char *org_base_wrong(struct str base)
{
	const char *wrong =
		N_("Give an address that begins with https:// and does not end with a slash, "
		   "like https://careers.example.org.");
	struct str rest = base, host, port, segment;
	int64_t number;
	if (str_starts(rest, S("https://")))
		rest = str_from(rest, 8);
	else if (str_starts(rest, S("http://")))
		rest = str_from(rest, 7);
	else
		return wrong;
	ptrdiff_t slash = str_find_char(rest, '/');
	host = slash < 0 ? rest : str_sub(rest, 0, (size_t)slash);
	rest = slash < 0 ? S("") : str_from(rest, (size_t)slash + 1);
	ptrdiff_t colon = str_find_char(host, ':');
	if (colon >= 0) {
		port = str_from(host, (size_t)colon + 1);
		host = str_sub(host, 0, (size_t)colon);
		if (!str_int(port, &number) || number < 1 || number > 65535)
			return wrong;
	}
	if (org_host_wrong(host) || (slash >= 0 && !rest.n) || str_ends(base, S("/")))
		return wrong;
	while (str_cut(&rest, '/', &segment))
		if (!label_ok(segment))
			return wrong;
	return NULL;
}

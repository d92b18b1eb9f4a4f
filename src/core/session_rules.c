#include "core/session.h"

#include "base/val.h"

#include <arpa/inet.h>
#include <string.h>

struct session_rules session_rules(bool shared)
{
	if (shared)
		return (struct session_rules){.idle = 20 * 60, .whole = 8 * 3600, .touch = 60};
	return (struct session_rules){.idle = 14 * 86400, .whole = 60 * 86400, .touch = 10 * 60};
}

struct str session_network(struct arena *a, struct str address)
{
	unsigned char four[4], six[16];
	char text[INET6_ADDRSTRLEN];
	if (address.n >= sizeof text)
		return S("");
	const char *c = str_c(a, address);
	if (inet_pton(AF_INET, c, four) == 1)
		return str_fmt(a, "%d.%d.%d.0/24", four[0], four[1], four[2]);
	if (inet_pton(AF_INET6, c, six) != 1)
		return S("");
	memset(six + 6, 0, 10);
	inet_ntop(AF_INET6, six, text, sizeof text);
	return str_fmt(a, "%s/48", text);
}

/* The first that occurs names it; a browser also says the names of those it descends from. */
struct agent_word {
	const char *in, *name;
};
static const struct agent_word browsers[] = {
	{"Edg", "Edge"},         {"OPR/", "Opera"},     {"SamsungBrowser/", "Samsung Internet"},
	{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
	{"Chrome/", "Chrome"},   {"Safari/", "Safari"}, {0}};
static const struct agent_word systems[] = {
	{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
	{"CrOS", "ChromeOS"},   {"Mac OS X", "macOS"},  {"Linux", "Linux"},   {0}};

static const char *agent_word(struct str agent, const struct agent_word *words)
{
	for (; words->in; words++)
		if (str_find(agent, str_of(words->in)) >= 0)
			return words->name;
	return "";
}

struct str session_agent(struct arena *a, struct str agent)
{
	const char *browser = agent_word(agent, browsers), *system = agent_word(agent, systems);
	return str_fmt(a, "%s%s%s", browser, *browser && *system ? ", " : "", system);
}

bool session_is_due(int64_t seen_at, bool shared, int64_t now)
{
	return seen_at > now || now - seen_at >= session_rules(shared).touch;
}

bool session_is_fresh(const struct val *me, int64_t now)
{
	int64_t proved_at = val_i(me, "proved_at");
	return proved_at <= now && now - proved_at < SESSION_FRESH;
}

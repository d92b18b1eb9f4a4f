/* `waypost org set`: what no page changes, because the letters of everybody lead there. */
#include "app/org/org.h"

#include <stdio.h>

#include "core/org.h"
#include "db/db.h"

static int refuse(struct command_call *call, const char *why)
{
	fprintf(stderr, "waypost: %s\n", why);
	db_rollback(call->db);
	return EXIT_REFUSED;
}

/* Sets `name` where the option was given; the word "none" empties it. */
static void take(const struct command_call *call, struct val *org, const char *option,
		 const char *name)
{
	struct str value = val_s(call->args, option);
	if (value.n)
		val_set_str(org, name, str_is(value, "none") ? S("") : value);
}

static const char *wrong_with(const struct val *org)
{
	const char *wrong = org_slug_wrong(val_s(org, "slug"));
	if (!wrong && val_s(org, "host").n)
		wrong = org_host_wrong(val_s(org, "host"));
	return wrong ? wrong : org_base_wrong(val_s(org, "base"));
}

int org_set_run(struct command_call *call)
{
	struct str slug = val_get_str(val_at(val_get(call->args, "rest"), 0));
	db_begin(call->db, DB_WRITE, 0);
	struct val *org = org_by_slug(call->db, call->arena, slug);
	if (val_is_null(org))
		return refuse(
			call,
			"say which organisation: waypost org set SLUG --host NAME --base URL");
	take(call, org, "slug", "slug");
	take(call, org, "host", "host");
	take(call, org, "base", "base");
	if (wrong_with(org))
		return refuse(call, wrong_with(org));
	if (org_change(call->db, call->arena, org) != ORG_CHANGED)
		return refuse(call, "another organisation has this short name or host");
	if (call->err->kind != ERR_NONE || !db_commit(call->db)) {
		db_rollback(call->db);
		return EXIT_FAILED;
	}
	printf("set\n");
	return EXIT_OK;
}

static const struct option_row options[] = {
	{"slug", "SLUG", "a new short name"},
	{"host", "NAME", "its own host name, or none"},
	{"base", "URL", "what its links begin with"},
	{0},
};

const struct command org_commands[] = {
	{"org set", "SLUG [--slug NEW] [--host NAME] [--base URL]",
	 "change an organisation's short name, host or address", NULL, options, org_set_run},
	{0},
};

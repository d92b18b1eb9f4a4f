#include "base/arena.h"
#include "base/asset.h"
#include "test.h"
#include "web/i18n.h"
#include "web/template.h"

#include <stdio.h>
#include <string.h>

/* Every page of the program, whichever feature it belongs to. */

static struct str name_of(const char *path)
{
	struct str s = str_of(path);
	for (size_t i = s.n, slashes = 0; i--;)
		if (s.p[i] == '/' && ++slashes == 2) {
			s = str_from(s, i + 1);
			break;
		}
	return str_ends(s, S(".html")) ? str_sub(s, 0, s.n - 5) : (struct str){0};
}

static struct str page_source(void *context, const char *name)
{
	(void)context;
	for (const struct asset *a = asset_first("src/"); a; a = asset_next(a, "src/"))
		if (str_is(name_of(a->name), name))
			return asset_str(a);
	return (struct str){0};
}

static const char *words(void *context, const char *msgid)
{
	return catalogue_text(context, msgid);
}

static bool is_included(const char *name)
{
	const char *tag = str_c(test_arena, str_fmt(test_arena, "{{>%s", name));
	for (const struct asset *a = asset_first("src/"); a; a = asset_next(a, "src/"))
		if (name_of(a->name).n && str_find(asset_str(a), str_of(tag)) >= 0)
			return true;
	return false;
}

TEST("every page of the program compiles in every language")
{
	struct catalogue *french =
		catalogue_open(test_arena, S("fr"), asset_str(asset_find("locale/fr.mo")));
	NEED(french != NULL);
	struct catalogue *languages[] = {NULL, french};
	for (int i = 0; i < 2; i++) {
		struct template_set set = {
			.source = page_source, .words = words, .context = languages[i]};
		struct templates *t = templates_new(test_arena, &set);
		for (const struct asset *a = asset_first("src/"); a; a = asset_next(a, "src/")) {
			struct str name = name_of(a->name);
			struct err err = {0};
			if (!name.n)
				continue;
			const char *c = str_c(test_arena, name);
			template_messages(t, test_arena, c, &err);
			/* A part that cannot stand alone is proved by the pages that include it. */
			bool part = strstr(err.text, "[[parameter]]") || is_included(c);
			if (!CHECK(!err.kind || part))
				printf("\t%s\n", err.text);
		}
	}
}

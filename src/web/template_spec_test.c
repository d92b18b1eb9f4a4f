#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "test.h"
#include "web/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The specification's own files. What we refuse on purpose is refused here too; a test that needs
 * raw values is run as plain text, where {{x}} writes what {{{x}}} writes there.
 */

static const struct {
	const char *file, *test, *why; /* test NULL: all of the file */
} refused[] = {
	{"delimiters.json", NULL, "other delimiters"},
	{"~dynamic-names.json", NULL, "computed names of partials"},
	{"partials.json", "Failed Lookup", "a partial that is missing is our mistake"},
};

static struct str read_file(const char *file)
{
	const char *shared = getenv("WAYPOST_SHARED");
	struct str path = str_fmt(test_arena, "%s/data/mustache-spec/specs/%s",
				  shared ? shared : "../shared", file);
	FILE *f = fopen(str_c(test_arena, path), "rb");
	if (!f)
		return (struct str){0};
	char *bytes = arena_alloc(test_arena, 1 << 17);
	size_t n = fread(bytes, 1, 1 << 17, f);
	fclose(f);
	return (struct str){bytes, n};
}

struct case_of_spec {
	const struct val *test;
	bool raw; /* {{{ and {{& become {{; or it is no HTML: a value stands after '<' */
};

static struct str without_raw(struct str s, bool *raw)
{
	struct buf b = {.arena = test_arena};
	while (s.n) {
		bool triple = str_starts(s, S("{{{")), end = str_starts(s, S("}}}"));
		bool ampersand = str_starts(s, S("{{&"));
		*raw |= triple || ampersand || str_starts(s, S("<{{"));
		buf_add(&b, triple || ampersand ? S("{{") : end ? S("}}") : str_sub(s, 0, 1));
		s = str_from(s, triple || end || ampersand ? 3 : 1);
	}
	return buf_str(&b);
}

static struct str spec_source(void *context, const char *name)
{
	const struct case_of_spec *c = context;
	const struct val *partials = val_get(c->test, "partials");
	bool raw = false;
	if (!strcmp(name, "the template"))
		return without_raw(val_s(c->test, "template"), &raw);
	return val_has(partials, name) ? without_raw(val_s(partials, name), &raw) : (struct str){0};
}

static const char *why_refused(const char *file, struct str name)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (!strcmp(file, refused[i].file) &&
		    (!refused[i].test || str_is(name, refused[i].test)))
			return refused[i].why;
	return NULL;
}

static void run_case(const char *file, const struct val *test)
{
	struct case_of_spec c = {.test = test};
	without_raw(val_s(test, "template"), &c.raw);
	const struct val *partials = val_get(test, "partials");
	for (size_t i = 0; i < val_count(partials); i++)
		without_raw(val_s(partials, val_name_at(partials, i)), &c.raw);
	struct template_set set = {.source = spec_source, .context = &c, .text = c.raw};
	struct templates *t = templates_new(test_arena, &set);
	struct buf to = {.arena = test_arena};
	struct err err = {0};
	const struct val *data = val_get(test, "data");
	bool ok = template_render(t, "the template", &data, 1, &to, &err);
	const char *why = why_refused(file, val_s(test, "name"));
	struct str got = ok ? buf_str(&to) : str_of(err.text);
	bool right;
	if (why)
		right = CHECK(!ok);
	else
		right = CHECK_STR(got, val_s(test, "expected"));
	if (!right)
		printf("\t%s, %s%s%s\n", file, str_c(test_arena, val_s(test, "name")),
		       why ? " should be refused: " : "", why ? why : "");
}

TEST("the Mustache specification's tests hold for every part we have, and the rest is refused")
{
	static const char *const files[] = {
		"comments.json", "interpolation.json", "inverted.json",   "partials.json",
		"sections.json", "~inheritance.json",  "delimiters.json", "~dynamic-names.json",
	};
	if (!read_file(files[0]).n)
		SKIP("../shared/data/mustache-spec is not here");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct json_error error;
		struct val *spec = json_read(test_arena, read_file(files[i]), 1 << 20, &error);
		NEED(spec != NULL);
		const struct val *tests = val_get(spec, "tests");
		CHECK(val_count(tests) > 5);
		for (size_t k = 0; k < val_count(tests); k++)
			run_case(files[i], val_at(tests, k));
	}
}

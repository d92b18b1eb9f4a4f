/*
 * Writes every text of the pages as a gettext template (.pot): `messages FILE.html…`. The pages are
 * compiled as the program compiles them, so that what is shown is what is listed, parameters of
 * partials included; a page that does not compile stops it. script/messages adds the texts of C.
 */
#include "base/arena.h"
#include "web/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct files {
	struct arena *arena;
	const char *const *path;
	int count;
	struct str *text;
};

static struct str read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	struct buf b = {.arena = a};
	for (int c; (c = fgetc(f)) != EOF;)
		buf_char(&b, (char)c);
	fclose(f);
	return b.n ? buf_str(&b) : S("");
}

/* "src/app/standards/index.html" is the template "standards/index". */
static struct str name_of(const char *path)
{
	struct str s = str_of(path);
	for (size_t i = s.n, slashes = 0; i--;)
		if (s.p[i] == '/' && ++slashes == 2)
			s = str_from(s, i + 1);
	return str_ends(s, S(".html")) ? str_sub(s, 0, s.n - 5) : s;
}

static int index_of(const struct files *f, struct str name)
{
	for (int i = 0; i < f->count; i++)
		if (str_eq(name_of(f->path[i]), name))
			return i;
	return -1;
}

static struct str source(void *context, const char *name)
{
	const struct files *f = context;
	int i = index_of(f, str_of(name));
	return i < 0 ? (struct str){0} : f->text[i];
}

/* A part may need parameters, or its place in a page: then whoever includes it proves it. */
static bool is_included(const struct files *f, struct str name)
{
	static const char *const signs[] = {"{{>", "{{<"};
	for (int i = 0; i < f->count; i++) {
		for (int k = 0; k < 2; k++) {
			struct str tag = str_fmt(f->arena, "%s" STR_FMT, signs[k], STR_ARG(name));
			if (str_find(f->text[i], tag) >= 0)
				return true;
		}
	}
	return false;
}

static void quoted(const char *keyword, struct str text)
{
	printf("%s \"", keyword);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"' || text.p[i] == '\\')
			putchar('\\');
		putchar(text.p[i]);
	}
	printf("\"\n");
}

static void entry(const struct files *f, const struct val *message)
{
	struct str plural = val_s(message, "plural");
	int i = index_of(f, val_s(message, "file"));
	printf("#: %s:%lld\n", i < 0 ? "?" : f->path[i], (long long)val_i(message, "line"));
	quoted("msgid", val_s(message, "msgid"));
	if (plural.n) {
		quoted("msgid_plural", plural);
		printf("msgstr[0] \"\"\nmsgstr[1] \"\"\n\n");
	} else {
		printf("msgstr \"\"\n\n");
	}
}

int main(int count, char **args)
{
	struct arena *a = arena_new(256 << 20);
	struct files files = {
		.arena = a, .path = (const char *const *)args + 1, .count = count - 1};
	files.text = arena_many(a, struct str, (size_t)count);
	for (int i = 0; i < files.count; i++)
		files.text[i] = read_file(a, files.path[i]);
	struct template_set set = {.source = source, .context = &files};
	struct templates *templates = templates_new(a, &set);
	struct val *seen = val_object(a);
	int failed = 0;
	printf("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n");
	for (int i = 0; i < files.count; i++) {
		struct err err = {0};
		struct str name = name_of(files.path[i]);
		struct val *messages = template_messages(templates, a, str_c(a, name), &err);
		bool part = strstr(err.text, "[[parameter]]") || is_included(&files, name);
		if (err.kind && !part) {
			fprintf(stderr, "%s\n", err.text);
			failed = 1;
		}
		for (size_t k = 0; k < val_count(messages) && !err.kind; k++) {
			const char *msgid = str_c(a, val_s(val_at(messages, k), "msgid"));
			if (!val_has(seen, msgid))
				entry(&files, val_at(messages, k));
			val_set_bool(seen, msgid, true);
		}
	}
	arena_free(a);
	return failed;
}

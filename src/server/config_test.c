#include "server/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "test.h"

static bool read_words(struct config *c, struct val *rest, struct str *problem, const char *line)
{
	struct val *words = val_list(test_arena);
	struct str text = str_of(line), word;
	while (str_cut(&text, ' ', &word))
		val_push(words, val_text(test_arena, word));
	return config_read(test_arena, c, words, rest, problem);
}

static const char *a_file(const char *text)
{
	static char path[64];
	snprintf(path, sizeof path, "/tmp/waypost-config-XXXXXX");
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");
	fputs(text, file);
	fclose(file);
	return path;
}

TEST("a setting comes from the command line, else the environment, else the file, else its default")
{
	struct config c;
	struct str problem;
	struct val *rest = val_list(test_arena);
	const char *path = a_file("# a comment\n\nlisten = 1.1.1.1:1\nworkers = 3\n grace=7\n");
	char line[200];
	setenv("WAYPOST_LISTEN", "2.2.2.2:2", 1);
	setenv("WAYPOST_SLOW_THREADS", "5", 1);
	snprintf(line, sizeof line, "serve --config %s --workers 4 --demo now", path);
	bool good = read_words(&c, rest, &problem, line);
	unsetenv("WAYPOST_LISTEN");
	unsetenv("WAYPOST_SLOW_THREADS");
	unlink(path);
	NEED(good);
	CHECK_STR(c.listen, "2.2.2.2:2");
	CHECK_INT(c.workers, 4);
	CHECK_INT(c.grace, 7);
	CHECK_INT(c.slow_threads, 5);
	CHECK_INT(c.cache_mb, 16);
	CHECK_INT(c.demo, 1);
	CHECK_STR(c.keys, "waypost.db.keys");
	CHECK_STR(c.files, "waypost.db.files");
	CHECK_INT(val_count(rest), 2);
	CHECK_STR(val_get_str(val_at(rest, 1)), "now");
	struct buf shown = {.arena = test_arena};
	config_print(&c, &shown);
	CHECK(str_find(buf_str(&shown), S("environment")) > 0);
	CHECK(str_find(buf_str(&shown), str_of(path)) > 0);
}

TEST("what is wrong with a setting is said with where it stands")
{
	static const struct {
		const char *file, *line, *says;
	} cases[] = {
		{NULL, "--workers x", "--workers: \"x\" is not a number from 0 to 256"},
		{NULL, "--workers 257", "is not a number from 0 to 256"},
		{NULL, "--listen", "--listen wants a value"},
		{NULL, "--config /nowhere", "--config /nowhere: "},
		{"workers = 3\nwrokers = 4\n", "", ":2: not a setting: wrokers = 4"},
		{"just words\n", "", ":1: not a setting"},
		{"grace = soon\n", "", ":1: grace: \"soon\" is not a number"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct config c;
		struct str problem = {0};
		char line[200];
		const char *path = cases[i].file ? a_file(cases[i].file) : NULL;
		snprintf(line, sizeof line, "%s%s%s", path ? "--config " : "", path ? path : "",
			 cases[i].line);
		CHECK(!read_words(&c, val_list(test_arena), &problem, line));
		if (!CHECK(str_find(problem, str_of(cases[i].says)) >= 0))
			printf("    " STR_FMT "\n", STR_ARG(problem));
		if (path)
			unlink(path);
	}
}

TEST("a password in an address is never shown")
{
	static const char *const cases[][2] = {
		{"postgresql://app:secret@db/waypost", "postgresql://app:***@db/waypost"},
		{"postgresql://app@db/waypost", "postgresql://app@db/waypost"},
		{"smtp://u:p%40ss:x@mail.example:587", "smtp://u:***@mail.example:587"},
		{"smtp://u:with@at@mail.example", "smtp://u:***@mail.example"},
		{"sqlite:/var/lib/w.db", "sqlite:/var/lib/w.db"},
		{"postgresql://db/w?x=a:b@c", "postgresql://db/w?x=a:b@c"},
		{"postgresql://db/w?password=secret&x=1", "postgresql://db/w?password=***&x=1"},
		{"postgresql:host=db password=secret user=u",
		 "postgresql:host=db password=*** user=u"},
		{"postgresql:password = 'se\\' cret' host=db", "postgresql:password = *** host=db"},
		{"postgresql:password='open", "postgresql:password=***"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(config_masked(test_arena, str_of(cases[i][0])), cases[i][1]);
}

#include "server/command.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "core/file.h"
#include "server/commands.h"
#include "server/config.h"
#include "server/features.h"
#include "server/manual.h"
#include "server/open.h"

/* Every command of the program, in the order of the help; NULL at the end. */
static const struct command *command_at(size_t index)
{
	static const struct command *const own[] = {server_commands, people_commands, copy_commands,
						    move_commands, demo_commands};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		for (const struct command *c = own[i]; c->name; c++)
			if (index-- == 0)
				return c;
	for (const struct feature *const *f = features; *f; f++)
		for (const struct command *c = (*f)->commands; c && c->name; c++)
			if (index-- == 0)
				return c;
	return NULL;
}

/* How many of the first words of `rest` are the command's name; 0 if it is another. */
static size_t name_matches(const struct command *c, const struct val *rest)
{
	struct str name = str_of(c->name), word;
	size_t count = 0;
	while (str_cut(&name, ' ', &word))
		if (!str_eq(val_get_str(val_at(rest, count++)), word))
			return 0;
	return count;
}

static const struct command *command_find(const struct val *rest, size_t *words)
{
	const struct command *best = NULL;
	*words = 0;
	for (size_t i = 0; command_at(i); i++) {
		size_t n = name_matches(command_at(i), rest);
		if (n > *words) {
			*words = n;
			best = command_at(i);
		}
	}
	return best;
}

static void print_option(const char *name, const char *value, const char *help)
{
	char left[80];
	snprintf(left, sizeof left, "--%s%s%s", name, value ? " " : "", value ? value : "");
	printf("  %-32s %s\n", left, help);
}

static void help_settings(void)
{
	printf("\nSettings, as an option, as WAYPOST_NAME in the environment, or as a line\n"
	       "`name = value` in the file given with --config:\n");
	for (const struct setting *s = settings; s->name; s++)
		print_option(s->name, s->value, s->help);
	print_option("config", "FILE", "file of settings");
	printf("\nExit codes: 0 done, 1 failed (disk, network, database), 2 wrong command line,\n"
	       "3 refused: nothing was changed.\n");
}

static void help_all(void)
{
	printf("waypost: the working platform of a career-development community\n\n"
	       "Usage: waypost COMMAND [OPTIONS]\n\n");
	for (size_t i = 0; command_at(i); i++)
		printf("  %-18s %s\n", command_at(i)->name, command_at(i)->summary);
	printf("\n  waypost COMMAND --help tells more about one.\n");
	help_settings();
}

static int help_manual(struct arena *a)
{
	struct buf b = {.arena = a};
	manual_write(&b, command_at);
	fwrite(b.p, 1, b.n, stdout);
	return EXIT_OK;
}

static void help_one(const struct command *c)
{
	printf("Usage: waypost %s%s%s\n\n%s\n", c->name, c->usage ? " " : "",
	       c->usage ? c->usage : "", c->summary);
	if (c->more)
		printf("\n%s\n", c->more);
	if (c->options)
		printf("\n");
	for (const struct option_row *o = c->options; o && o->name; o++)
		print_option(o->name, o->value, o->help);
	help_settings();
}

static int usage(const char *format, struct str word, const struct command *c)
{
	fprintf(stderr, "waypost: ");
	fprintf(stderr, format, STR_ARG(word));
	fprintf(stderr, "\n  waypost %s%s--help tells what can be said.\n", c ? c->name : "",
		c ? " " : "");
	return EXIT_USAGE;
}

/* Options of the command into `args`; what is none of them into args.rest. */
static int read_args(const struct command *c, const struct val *rest, size_t from, struct val *args)
{
	struct val *words = val_set_list(args, "rest");
	for (size_t i = from; i < val_count(rest); i++) {
		struct str word = val_get_str(val_at(rest, i));
		if (!str_starts(word, S("--"))) {
			val_push(words, val_at(rest, i));
			continue;
		}
		ptrdiff_t equals = str_find_char(word, '=');
		struct str name = str_sub(word, 2, equals < 0 ? word.n : (size_t)equals);
		const struct option_row *o = c->options;
		while (o && o->name && !str_is(name, o->name))
			o++;
		if (!o || !o->name)
			return usage("no such option: " STR_FMT, word, c);
		if (!o->value)
			val_set_bool(args, o->name, true);
		else if (equals >= 0)
			val_set_str(args, o->name, str_from(word, (size_t)equals + 1));
		else if (i + 1 < val_count(rest))
			val_set(args, o->name, val_at(rest, ++i));
		else
			return usage(STR_FMT " wants a value", word, c);
	}
	return EXIT_OK;
}

static bool asks_help(const struct val *rest)
{
	for (size_t i = 0; i < val_count(rest); i++) {
		struct str word = val_get_str(val_at(rest, i));
		if (str_is(word, "--help") || str_is(word, "-h"))
			return true;
	}
	return false;
}

static int run(struct arena *a, const struct command *c, const struct config *config,
	       struct val *args)
{
	struct err err = {0};
	struct command_call call = {.arena = a,
				    .err = &err,
				    .args = args,
				    .config = config,
				    .now = (int64_t)time(NULL)};
	struct secrets secrets = {0};
	struct file_store files = {.folder = str_c(a, config->files)};
	call.secrets = &secrets;
	call.files = &files;
	int code = EXIT_OK;
	if (c->flags & COMMAND_KEYS)
		code = open_keys(a, config, true, &secrets);
	bool dry = c->flags & COMMAND_DRY_RUN && val_b(args, "dry-run");
	if (code == EXIT_OK && !dry && !(c->flags & COMMAND_NO_DB))
		code = open_database(&call,
				     c->flags & COMMAND_ANY_SCHEMA ? SCHEMA_ANY : SCHEMA_MUST_FIT);
	if (code == EXIT_OK)
		code = c->run(&call);
	if (code == EXIT_OK && err.kind != ERR_NONE)
		code = EXIT_FAILED;
	if (err.kind != ERR_NONE)
		fprintf(stderr, "waypost: %s\n", err.text);
	open_close(&call);
	return code;
}

static int unknown_command(struct str word)
{
	fprintf(stderr, "waypost: no such command: " STR_FMT "\n", STR_ARG(word));
	for (size_t i = 0; command_at(i); i++)
		if (str_starts(str_of(command_at(i)->name), word))
			fprintf(stderr, "  waypost %s %s\n", command_at(i)->name,
				command_at(i)->usage ? command_at(i)->usage : "");
	fprintf(stderr, "  waypost --help lists all.\n");
	return EXIT_USAGE;
}

static int find_and_run(struct arena *a, const struct val *words)
{
	struct config config;
	struct str problem = {0};
	struct val *rest = val_list(a), *args = val_object(a);
	size_t from;
	if (!config_read(a, &config, words, rest, &problem))
		return usage(STR_FMT, problem, NULL);
	if (str_is(val_get_str(val_at(rest, 0)), "help") &&
	    str_is(val_get_str(val_at(rest, 1)), "manual"))
		return help_manual(a);
	const struct command *c = command_find(rest, &from);
	bool help = asks_help(rest) || str_is(val_get_str(val_at(rest, 0)), "help");
	if (help && c)
		return help_one(c), EXIT_OK;
	if (help)
		return help_all(), EXIT_OK;
	if (!c && val_count(rest) == 0)
		return help_all(), EXIT_USAGE;
	if (!c)
		return unknown_command(val_get_str(val_at(rest, 0)));
	int code = read_args(c, rest, from, args);
	return code == EXIT_OK ? run(a, c, &config, args) : code;
}

int command_run(int argc, char **argv)
{
	struct arena *a = arena_new(SIZE_MAX / 2);
	struct val *words = val_list(a);
	for (int i = 1; i < argc; i++)
		val_push(words, val_text(a, str_of(argv[i])));
	int code = open_libraries() ? find_and_run(a, words) : EXIT_FAILED;
	if (fflush(stdout) && code == EXIT_OK)
		code = EXIT_FAILED;
	arena_free(a);
	return code;
}

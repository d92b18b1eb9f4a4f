#pragma once
/*
 * What one feature (a folder of src/app) gives to the program. Each feature has one constant of
 * this kind, named in the table of src/server/features.c; nothing else of it is seen from outside.
 */
#include "web/req.h"

struct apart_kind;
struct command;
struct file_store;
struct job_kind;
struct letter_kind;
struct mine;
struct personal;
struct reaction;
struct scale;
struct secrets;

struct feature {
	const char *name;                 /* its folder, and the first segment of its URLs */
	const struct route *routes;       /* the last one has a NULL path */
	const struct job_kind *jobs;      /* core/job.h, or NULL */
	const struct reaction *reactions; /* core/event.h, or NULL */
	const struct letter_kind *const *letters; /* core/letter.h, ends with NULL, or NULL */
	const struct command *commands;           /* the last one has a NULL name, or NULL */
	const struct apart_kind *apart;           /* core/apart.h; likewise */
	const struct personal *personal;          /* core/personal.h; likewise */
	const struct mine *mine; /* core/mine.h; the last one has NULL words, or NULL */
	/* The entry of the main navigation and of the organisation's start page. */
	const char *label, *about; /* msgids; a NULL label makes no entry */
	const char *path;          /* without the organisation's prefix */
	int right;                 /* who sees the entry */
	/* Where the entry leads who has not that right but this one; NULL: nowhere. */
	const char *else_path;
	int else_right;
	/* Its part of the organisation's first page, which everybody opens: sets in `out`, by one
	 * query where there is nothing to show, what its partial there shows (server/org.html). NULL: it has none. */
	void (*first_page)(struct req *);
	/* Addresses that begin so are for programs: an error there is data_error()'s value, as
	 * JSON, in the words of their standard; it may change the status. NULL: there are none. */
	const char *data_prefix; /* "/ims/case/" */
	struct val *(*data_error)(struct req *, int *status);
	/* Makes what the search finds of an organisation anew, inside the write transaction that is
	 * open. NULL: nothing of it is found. */
	void (*reindex)(struct db *, struct arena *, struct err *, int64_t org);
	/* Adds its part to the demonstration's organisations, in the order of the table, inside one
	 * transaction that is open already. May be NULL. */
	void (*demo_fill)(struct db *, struct arena *, struct err *, int64_t now);
	/* Its part of a synthetic organisation (core/scale.h), in batches. May be NULL. */
	void (*demo_scale)(struct scale *);
};

/*
 * A command of the program: `waypost NAME…`, where a name may be two words ("import standard").
 * Options are `--word value` or, for a flag, `--word`; every setting of server/config.h is an
 * option of every command as well and is taken off before.
 */
enum exit_code {
	EXIT_OK = 0,
	EXIT_FAILED = 1,  /* the world failed: disk, network, database */
	EXIT_USAGE = 2,   /* the command line is wrong */
	EXIT_REFUSED = 3, /* what was asked is not allowed or not understood: nothing was changed */
};

struct option_row {
	const char *name;  /* without the dashes; also the name in `args` */
	const char *value; /* what the help calls the value; NULL: a flag */
	const char *help;
};

enum command_flag {
	COMMAND_NO_DB = 1,      /* does not want the database opened */
	COMMAND_ANY_SCHEMA = 2, /* opened as it is; else the schema must be the program's */
	COMMAND_KEYS = 4,       /* wants the secret keys; the file is made if it is not there */
	COMMAND_DRY_RUN = 8,    /* with --dry-run it does not want the database either */
};

struct command_call {
	struct arena *arena;
	struct db *db; /* after db_use(); no transaction is open */
	struct err *err;
	struct val *args; /* options by name (texts, truths); `rest`: the list of other words */
	int64_t now;
	const struct secrets *secrets;  /* core/secret.h; all zero unless COMMAND_KEYS */
	const struct file_store *files; /* core/file.h */
	const void *config;             /* struct config, for commands of server/ */
};

struct command {
	const char *name;                  /* "import standard" */
	const char *usage;                 /* "FILE [--org SLUG]" */
	const char *summary;               /* one line of --help */
	const char *more;                  /* further lines of its own --help, or NULL */
	const struct option_row *options;  /* the last one has a NULL name, or NULL */
	int (*run)(struct command_call *); /* an exit_code; results to stdout, problems to stderr */
	unsigned flags;
};

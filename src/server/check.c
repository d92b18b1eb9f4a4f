#include "server/check.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "core/mail.h"
#include "core/sealed.h"
#include "db/db.h"
#include "db/migrate.h"
#include "db/upkeep.h"
#include "queries.h"
#include "server/config.h"
#include "server/open.h"

static bool report(bool good, const char *what, struct str why)
{
	printf("%-10s %-4s " STR_FMT "\n", what, good ? "ok" : "FAIL", STR_ARG(why));
	return good;
}

static bool check_database(struct command_call *call)
{
	struct arena *a = call->arena;
	const struct config *config = call->config;
	struct err err = {0};
	struct db *db = db_open(str_c(a, config->db), &err);
	if (!db)
		return report(false, "database", str_of(err.text));
	int has = db_schema_version(db, &err), newest = db_schema_newest();
	bool sound = err.kind == ERR_NONE && db_check(db, &err);
	struct str words;
	if (!sound)
		words = str_fmt(a, "%s: %s", db_engine(db), err.text);
	else if (has != newest)
		words = str_fmt(a, "%s: schema %d, this program wants %d: %s", db_engine(db), has,
				newest,
				has < newest ? "run `waypost migrate`" : "install a newer program");
	else
		words = str_fmt(a, "%s, schema %d, sound", db_engine(db), has);
	db_close(db);
	return report(sound && has == newest, "database", words);
}

static bool check_keys(struct command_call *call)
{
	const struct config *config = call->config;
	struct secrets secrets;
	if (access(str_c(call->arena, config->keys), F_OK))
		return report(true, "keys", S("none yet: `waypost serve` makes them"));
	bool good = open_keys(call->arena, config, false, &secrets) == EXIT_OK;
	return report(good, "keys", config->keys);
}

static bool check_files(struct command_call *call)
{
	const struct config *config = call->config;
	const char *folder = str_c(call->arena, config->files);
	struct stat info;
	if (stat(folder, &info))
		return report(true, "files", S("no folder yet: `waypost serve` makes it"));
	bool good = S_ISDIR(info.st_mode) && !access(folder, R_OK | W_OK | X_OK);
	return report(good, "files", good ? config->files : S("cannot be read and written"));
}

/* When the last backup was made, and whether the key that seals them can be read. */
static bool check_backups(struct command_call *call)
{
	const struct config *config = call->config;
	struct arena *a = call->arena;
	struct err err = {0};
	struct seal_key key;
	struct str problem = {0}, words = S("none yet: `waypost backup FILE` makes one");
	if (config->backup_key.n && !seal_key_read(a, str_c(a, config->backup_key), &key, &problem))
		return report(false, "backups", problem);
	struct db *db = db_open(str_c(a, config->db), &err);
	if (db && db_schema_version(db, &err) == db_schema_newest()) {
		struct val *p = val_object(a);
		val_set_str(p, "name", S("backup"));
		db_use(db, a, &err);
		db_begin(db, DB_READ, 0);
		struct val *row = db_row(db, &q_server_state, p);
		db_rollback(db);
		if (!val_is_null(row))
			words = str_fmt(a, "the last one " STR_FMT ", " STR_FMT,
					STR_ARG(instant_rfc3339(a, val_i(row, "at"))),
					STR_ARG(val_s(row, "words")));
	}
	db_close(db);
	return report(true, "backups", words);
}

/* Only whether it answers: no letter is sent. */
static bool check_mail(struct command_call *call)
{
	const struct config *config = call->config;
	if (!config->smtp.n)
		return report(true, "mail", S("no mail host: letters stay listed"));
	if (!config->mail_from.n)
		return report(false, "mail", S("--mail-from is not set"));
	const char *wrong = mail_unreachable(str_c(call->arena, config->smtp));
	return report(!wrong, "mail",
		      wrong ? str_of(wrong) : config_masked(call->arena, config->smtp));
}

int check_run(struct command_call *call)
{
	struct buf shown = {.arena = call->arena};
	config_print(call->config, &shown);
	printf(STR_FMT "\n", STR_ARG(buf_str(&shown)));
	bool good = check_database(call);
	good &= check_keys(call);
	good &= check_files(call);
	good &= check_backups(call);
	good &= check_mail(call);
	return good ? EXIT_OK : EXIT_FAILED;
}

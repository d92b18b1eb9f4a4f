#pragma once
/*
 * Settings of one running program. Each comes from the first place that has it: the command line
 * (`--listen 0.0.0.0:80`), the environment (`WAYPOST_LISTEN`), the file named by --config
 * (`listen = 0.0.0.0:80`, `#` starts a comment line), the default. The table of config.c is the
 * only list of them; `waypost check` prints it with where each value came from.
 */
#include "base/buf.h"
#include "base/val.h"

enum config_origin { FROM_DEFAULT, FROM_FILE, FROM_ENVIRONMENT, FROM_FLAG };

enum { CONFIG_SETTINGS_MAX = 32 };

struct config {
	struct str db, listen, assets, files, keys, erased, log, smtp, mail_from, proxy, backup_dir,
		backup_key, metrics, metrics_token_file;
	int64_t workers, slow_threads, connections, connections_per_address, cache_mb, grace;
	int64_t demo, strict, no_backup; /* 0 or 1 */
	enum config_origin from[CONFIG_SETTINGS_MAX];
	struct str file; /* --config */
};

struct setting {
	const char *name;     /* "mail-from": --mail-from, WAYPOST_MAIL_FROM, mail-from = */
	const char *value;    /* what the help calls it; NULL: a flag */
	const char *fallback; /* the default, as it would be written */
	const char *help;
	int64_t min, max; /* of a number; both 0: it is text */
	size_t offset;
	bool secret; /* a password inside is masked when shown */
};
extern const struct setting settings[]; /* ends with a NULL name */

/*
 * Reads everything. `words` are the command line's words without the program's name; those that are
 * settings are taken out, the others are pushed to `rest` in their order. Returns false with
 * *problem saying what is wrong and where.
 */
bool config_read(struct arena *, struct config *, const struct val *words, struct val *rest,
		 struct str *problem);

/* Pure: the text of a --config file, called `name` in *problem. */
bool config_read_text(struct arena *, struct config *, struct str name, struct str text,
		      struct str *problem);

/* One line per setting in force: name, value, where it came from; secrets masked. */
void config_print(const struct config *, struct buf *);
/* A URL with its password replaced by stars. */
struct str config_masked(struct arena *, struct str url);

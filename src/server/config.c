#include "server/config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#define AT(field) offsetof(struct config, field)

const struct setting settings[] = {
	{"db", "URL", "sqlite:waypost.db", "database: sqlite:FILE or postgresql://USER@HOST/NAME",
	 .offset = AT(db), .secret = true},
	{"listen", "ADDR:PORT", "127.0.0.1:8080", "address to listen on; [::]:8080 for IPv6",
	 .offset = AT(listen)},
	{"files", "DIR", "", "uploaded files; by default beside the database", .offset = AT(files)},
	{"keys", "FILE", "", "secret keys, made when absent; by default beside the database",
	 .offset = AT(keys)},
	{"erased", "FILE", "",
	 "journal of erasures, carried out again after a restore; by default beside the database",
	 .offset = AT(erased)},
	{"smtp", "URL", "", "mail host: smtp://USER:PASSWORD@HOST:587; empty: letters stay listed",
	 .offset = AT(smtp), .secret = true},
	{"mail-from", "ADDRESS", "", "sender of letters of organisations without their own",
	 .offset = AT(mail_from)},
	{"proxy", "LIST", "", "addresses of the proxies whose X-Forwarded-For is believed",
	 .offset = AT(proxy)},
	{"workers", "N", "0", "worker processes; 0: one for each processor", 0, 256, AT(workers),
	 false},
	{"slow-threads", "N", "2", "threads of each worker for slow requests", 1, 64,
	 AT(slow_threads), false},
	{"connections", "N", "2000", "open connections of each worker", 10, 100000, AT(connections),
	 false},
	{"connections-per-address", "N", "500",
	 "of these from one address; 0: as many as there are", 0, 100000,
	 AT(connections_per_address), false},
	{"cache", "MB", "16", "memory of each worker for public pages", 0, 4096, AT(cache_mb),
	 false},
	{"grace", "SECONDS", "30", "how long a stop waits for running requests", 0, 3600, AT(grace),
	 false},
	{"log", "FILE", "", "where log lines go; by default to the standard error",
	 .offset = AT(log)},
	{"metrics", "ADDR:PORT", "", "address of its own for /metrics and /readyz; keep it private",
	 .offset = AT(metrics)},
	{"metrics-token-file", "FILE", "", "token with which /metrics is answered on --listen too",
	 .offset = AT(metrics_token_file)},
	{"backup-dir", "DIR", "", "backups before upgrades; by default beside the database",
	 .offset = AT(backup_dir)},
	{"backup-key", "FILE", "", "key that backups are sealed with: `waypost key` makes one",
	 .offset = AT(backup_key)},
	{"no-backup", NULL, "0", "migrate a database without a backup of it", 0, 1, AT(no_backup),
	 false},
	{"assets", "DIR", "", "read templates and static files from this source folder",
	 .offset = AT(assets)},
	{"demo", NULL, "0", "demonstration: roles one click away; never for real data", 0, 1,
	 AT(demo), false},
	{"strict", NULL, "0", "unknown names in templates are errors", 0, 1, AT(strict), false},
	{0},
};

static bool is_number(const struct setting *s)
{
	return s->max > 0;
}

static bool put(struct arena *a, struct config *c, const struct setting *s, struct str text,
		enum config_origin from, struct str *problem)
{
	text = str_trim(text);
	if (!is_number(s)) {
		*(struct str *)((char *)c + s->offset) = text;
	} else {
		int64_t n;
		if (!s->value && str_is(text, ""))
			text = S("0");
		if (!str_int(text, &n) || n < s->min || n > s->max) {
			*problem = str_fmt(
				a, "%s: \"" STR_FMT "\" is not a number from %lld to %lld", s->name,
				STR_ARG(text), (long long)s->min, (long long)s->max);
			return false;
		}
		*(int64_t *)((char *)c + s->offset) = n;
	}
	c->from[s - settings] = from;
	return true;
}

static const struct setting *by_name(struct str name)
{
	for (const struct setting *s = settings; s->name; s++)
		if (str_is(name, s->name))
			return s;
	return NULL;
}

static bool read_text(struct arena *a, const char *path, struct str *text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	if (fd < 0)
		return false;
	bool good = !fstat(fd, &info) && S_ISREG(info.st_mode) && info.st_size < 1 << 20;
	if (good) {
		char *bytes = arena_alloc(a, (size_t)info.st_size + 1);
		ssize_t n = read(fd, bytes, (size_t)info.st_size);
		good = n == info.st_size;
		*text = (struct str){bytes, good ? (size_t)n : 0};
	}
	if (!good && !errno)
		errno = EINVAL;
	close(fd);
	return good;
}

bool config_read_text(struct arena *a, struct config *c, struct str name, struct str text,
		      struct str *problem)
{
	struct str line;
	for (int number = 1; str_cut(&text, '\n', &line); number++) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		ptrdiff_t equals = str_find_char(line, '=');
		const struct setting *s =
			equals < 0 ? NULL : by_name(str_trim(str_sub(line, 0, (size_t)equals)));
		if (!s) {
			*problem = str_fmt(a, STR_FMT ":%d: not a setting: " STR_FMT, STR_ARG(name),
					   number, STR_ARG(line));
			return false;
		}
		if (!put(a, c, s, str_from(line, (size_t)equals + 1), FROM_FILE, problem)) {
			*problem = str_fmt(a, STR_FMT ":%d: " STR_FMT, STR_ARG(name), number,
					   STR_ARG(*problem));
			return false;
		}
	}
	return true;
}

static bool read_file(struct arena *a, struct config *c, struct str *problem)
{
	struct str text;
	const char *path = str_c(a, c->file);
	errno = 0;
	if (!read_text(a, path, &text)) {
		*problem = str_fmt(a, "--config %s: %s", path, strerror(errno));
		return false;
	}
	return config_read_text(a, c, c->file, text, problem);
}

static bool read_environment(struct arena *a, struct config *c, struct str *problem)
{
	for (const struct setting *s = settings; s->name; s++) {
		char name[64] = "WAYPOST_";
		size_t at = strlen(name);
		for (const char *p = s->name; *p && at < sizeof name - 1; p++)
			name[at++] = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
		const char *value = getenv(name);
		if (value && !put(a, c, s, str_of(value), FROM_ENVIRONMENT, problem)) {
			*problem = str_fmt(a, "%s: " STR_FMT, name, STR_ARG(*problem));
			return false;
		}
	}
	return true;
}

/* One word of the command line; `*used` is how many words it took, 0 if it is no setting. */
static bool read_flag(struct arena *a, struct config *c, const struct val *words, size_t at,
		      size_t *used, struct str *problem)
{
	struct str word = val_get_str(val_at(words, at)), value = {0};
	*used = 0;
	if (!str_starts(word, S("--")))
		return true;
	word = str_from(word, 2);
	ptrdiff_t equals = str_find_char(word, '=');
	if (equals >= 0) {
		value = str_from(word, (size_t)equals + 1);
		word = str_sub(word, 0, (size_t)equals);
	}
	const struct setting *s = by_name(word);
	bool is_config = str_is(word, "config");
	if (!s && !is_config)
		return true;
	*used = 1;
	if (equals < 0 && s && !s->value) {
		value = S("1");
	} else if (equals < 0) {
		if (at + 1 >= val_count(words)) {
			*problem = str_fmt(a, "--" STR_FMT " wants a value", STR_ARG(word));
			return false;
		}
		value = val_get_str(val_at(words, at + 1));
		*used = 2;
	}
	if (is_config) {
		c->file = value;
		return true;
	}
	if (!put(a, c, s, value, FROM_FLAG, problem)) {
		*problem = str_fmt(a, "--" STR_FMT, STR_ARG(*problem));
		return false;
	}
	return true;
}

/* Where files that belong to a database lie when nothing else is said: beside it. */
static struct str beside(struct arena *a, struct str db, const char *ending)
{
	if (!str_starts(db, S("sqlite:")))
		return str_fmt(a, "waypost%s", ending);
	return str_fmt(a, STR_FMT "%s", STR_ARG(str_from(db, 7)), ending);
}

bool config_read(struct arena *a, struct config *c, const struct val *words, struct val *rest,
		 struct str *problem)
{
	*c = (struct config){0};
	struct config flags = {0};
	size_t used;
	for (size_t i = 0; i < val_count(words); i += used ? used : 1) {
		if (!read_flag(a, &flags, words, i, &used, problem))
			return false;
		if (!used)
			val_push(rest, val_at(words, i));
	}
	for (const struct setting *s = settings; s->name; s++)
		if (!put(a, c, s, str_of(s->fallback), FROM_DEFAULT, problem))
			return false;
	const char *file = getenv("WAYPOST_CONFIG");
	c->file = flags.file.n ? flags.file : str_of(file);
	if (c->file.n && !read_file(a, c, problem))
		return false;
	if (!read_environment(a, c, problem))
		return false;
	for (const struct setting *s = settings; s->name; s++) {
		if (flags.from[s - settings] != FROM_FLAG)
			continue;
		size_t size = is_number(s) ? sizeof(int64_t) : sizeof(struct str);
		memcpy((char *)c + s->offset, (char *)&flags + s->offset, size);
		c->from[s - settings] = FROM_FLAG;
	}
	if (!c->files.n)
		c->files = beside(a, c->db, ".files");
	if (!c->keys.n)
		c->keys = beside(a, c->db, ".keys");
	if (!c->erased.n)
		c->erased = beside(a, c->db, ".erased");
	return true;
}

/* libpq's words ("password = 'a b'") and an address's parameters ("?password=x&"). */
static struct str without_words(struct arena *a, struct str text)
{
	struct buf out = {.arena = a};
	static const struct str word = {"password", 8};
	for (ptrdiff_t at; (at = str_find(text, word)) >= 0;) {
		size_t i = (size_t)at + word.n;
		while (i < text.n && (text.p[i] == ' ' || text.p[i] == '='))
			i++;
		buf_add(&out, str_sub(text, 0, i));
		bool quoted = i < text.n && text.p[i] == '\'';
		i += quoted;
		while (i < text.n && (quoted ? text.p[i] != '\'' : !strchr(" &", text.p[i])))
			i += text.p[i] == '\\' ? 2 : 1;
		buf_lit(&out, "***");
		text = str_from(text, i + quoted);
	}
	buf_add(&out, text);
	return buf_str(&out);
}

struct str config_masked(struct arena *a, struct str url)
{
	url = without_words(a, url);
	ptrdiff_t scheme = str_find(url, S("://"));
	if (scheme < 0)
		return url;
	struct str rest = str_from(url, (size_t)scheme + 3);
	ptrdiff_t slash = str_find_char(rest, '/');
	struct str authority = slash < 0 ? rest : str_sub(rest, 0, (size_t)slash);
	ptrdiff_t at = -1;
	for (size_t i = 0; i < authority.n; i++)
		if (authority.p[i] == '@')
			at = (ptrdiff_t)i;
	ptrdiff_t colon = at < 0 ? -1 : str_find_char(str_sub(authority, 0, (size_t)at), ':');
	if (colon < 0)
		return url;
	return str_fmt(a, STR_FMT "://" STR_FMT ":***" STR_FMT, (int)scheme, url.p, (int)colon,
		       authority.p, STR_ARG(str_from(rest, (size_t)at)));
}

void config_print(const struct config *c, struct buf *to)
{
	static const char *const origins[] = {"default", "file", "environment", "command line"};
	for (const struct setting *s = settings; s->name; s++) {
		const void *field = (const char *)c + s->offset;
		struct str shown;
		if (is_number(s))
			shown = str_fmt(to->arena, "%lld", (long long)*(const int64_t *)field);
		else
			shown = *(const struct str *)field;
		if (s->secret)
			shown = config_masked(to->arena, shown);
		buf_fmt(to, "%-24s %-40.*s %s", s->name, STR_ARG(shown),
			origins[c->from[s - settings]]);
		if (c->from[s - settings] == FROM_FILE)
			buf_fmt(to, " " STR_FMT, STR_ARG(c->file));
		buf_char(to, '\n');
	}
}

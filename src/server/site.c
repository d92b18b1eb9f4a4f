#include "server/site.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/asset.h"
#include "core/feature.h"
#include "core/mine.h"
#include "core/personal.h"

static const struct {
	const char *tag, *name, *catalogue;
} interface_langs[SITE_LANGS] = {
	{"en", "English", NULL},
	{"fr", "Français", "locale/fr.mo"},
};

static _Thread_local char unknown_name[160];

const char *site_unknown(void)
{
	static _Thread_local char told[sizeof unknown_name];
	if (!unknown_name[0])
		return NULL;
	memcpy(told, unknown_name, sizeof told);
	unknown_name[0] = '\0';
	return told;
}

/* ---- files ---- */

/* Names come from our own tables and from addresses: nothing may lead out of the folder. */
static bool is_plain_name(const char *name)
{
	for (const char *p = name; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./",
			    *p))
			return false;
	return name[0] != '/' && !strstr(name, "..") && strlen(name) < 200;
}

static struct str read_from(struct arena *a, struct str folder, const char *name)
{
	struct str text = {0};
	struct stat info;
	const char *path = str_c(a, str_fmt(a, STR_FMT "/%s", STR_ARG(folder), name));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return text;
	if (!fstat(fd, &info) && S_ISREG(info.st_mode)) {
		char *bytes = arena_alloc(a, (size_t)info.st_size + 1);
		ssize_t n = read(fd, bytes, (size_t)info.st_size);
		if (n == info.st_size)
			text = (struct str){bytes, (size_t)n};
	}
	close(fd);
	return text;
}

struct str site_file(const struct site *site, struct arena *a, const char *name)
{
	if (!is_plain_name(name))
		return (struct str){0};
	if (site->config->assets.n) {
		struct str text = read_from(a, site->config->assets, name);
		if (text.p)
			return text;
	}
	return asset_str(asset_find(name));
}

/* "site.css" is asset.site_css. While somebody designs, names carry no hash: nothing is kept. */
static struct val *asset_names(struct arena *a, const struct config *config)
{
	struct val *names = val_object(a);
	for (const struct asset *s = asset_first("static/"); s; s = asset_next(s, "static/")) {
		struct str file = str_of(s->name + strlen("static/"));
		char *key = arena_copy(a, file.p, file.n + 1);
		for (char *p = key; *p; p++)
			if (*p == '.' || *p == '/' || *p == '-')
				*p = '_';
		size_t dot = file.n;
		while (dot > 0 && file.p[dot - 1] != '.')
			dot--;
		if (config->assets.n || dot == 0)
			val_set_str(names, key, file);
		else
			val_set_str(names, key,
				    str_fmt(a, STR_FMT ".%s." STR_FMT,
					    STR_ARG(str_sub(file, 0, dot - 1)), s->hash,
					    STR_ARG(str_from(file, dot))));
	}
	return names;
}

/* ---- templates ---- */

static struct str page_source(void *context, const char *name)
{
	static const char *const places[] = {"src/app/%s.html", "src/core/%s.html", "src/%s.html"};
	const struct site_lang *lang = context;
	char path[256];
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		snprintf(path, sizeof path, places[i], name);
		struct str text = site_file(lang->site, lang->site->arena, path);
		if (text.p)
			return text;
	}
	return (struct str){0};
}

static const char *page_words(void *context, const char *msgid)
{
	const struct site_lang *lang = context;
	return catalogue_text(lang->words, msgid);
}

static const char *page_plural(void *context, const char *one, const char *many, int64_t n)
{
	const struct site_lang *lang = context;
	return catalogue_plural(lang->words, one, many, n);
}

static bool page_format(void *context, const struct val *model, const char *how,
			const struct val *value, struct buf *to, void **kept)
{
	const struct site_lang *lang = context;
	return i18n_format(str_of(lang->tag), model, how, value, to, kept);
}

static void page_unknown(void *context, const char *page, struct str variable)
{
	(void)context;
	if (!unknown_name[0])
		snprintf(unknown_name, sizeof unknown_name, "%s: " STR_FMT, page,
			 STR_ARG(variable));
}

static void open_lang(struct site *site, int index)
{
	struct site_lang *lang = &site->langs[index];
	*lang = (struct site_lang){.tag = interface_langs[index].tag,
				   .name = interface_langs[index].name,
				   .site = site};
	struct str mo = interface_langs[index].catalogue
				? asset_str(asset_find(interface_langs[index].catalogue))
				: (struct str){0};
	if (mo.p) {
		lang->words = catalogue_open(site->arena, str_of(lang->tag), mo);
		MUST(lang->words && "a catalogue of the program is broken");
	}
	struct template_set set = {.source = page_source,
				   .words = page_words,
				   .plural = page_plural,
				   .format = page_format,
				   .unknown = site->config->strict ? page_unknown : NULL,
				   .context = lang,
				   .reload = site->config->assets.n > 0};
	lang->pages = templates_new(site->arena, &set);
}

const struct site_lang *site_lang(const struct site *site, struct str tag)
{
	for (int i = 0; i < SITE_LANGS; i++)
		if (str_is(tag, site->langs[i].tag))
			return &site->langs[i];
	return &site->langs[0];
}

/* ---- routes ---- */

static size_t count_routes(const struct feature *const *features)
{
	size_t n = 0;
	for (; *features; features++)
		for (const struct route *r = (*features)->routes; r && r->path; r++)
			n++;
	return n;
}

/* One address may mean one thing in an organisation and another on the server ("/" does). */
static void sort_routes(struct site *site)
{
	struct arena *a = site->arena;
	size_t n = count_routes(site->features), of_org = 0, of_server = 0, all = 0;
	struct route *tables[2] = {arena_many(a, struct route, n + 1),
				   arena_many(a, struct route, n + 1)};
	const struct route **every = arena_many(a, const struct route *, n + 1);
	for (const struct feature *const *f = site->features; *f; f++)
		for (const struct route *r = (*f)->routes; r && r->path; r++) {
			struct route *kept = r->flags & ROUTE_NO_ORG ? &tables[1][of_server++]
								     : &tables[0][of_org++];
			*kept = *r;
			every[all++] = kept;
		}
	const struct route *const first[] = {tables[0]}, *const second[] = {tables[1]};
	site->of_org = routes_compile(a, first, 1);
	site->of_server = routes_compile(a, second, 1);
	site->all = every;
}

/* Copies a table behind each other to `to`, unless that is NULL; how many rows it has. */
static size_t copy_rows(const void *rows, const struct site_table *t, char *to)
{
	size_t n = 0;
	const void *last;
	for (const char *row = rows; row; row += t->size, n++) {
		memcpy(&last, row + t->end, sizeof last);
		if (!last)
			break;
		if (to)
			memcpy(to + n * t->size, row, t->size);
	}
	return n;
}

void *site_rows(struct arena *a, const struct feature *const *features, struct site_table t)
{
	char *all = NULL;
	for (int round = 0; round < 2; round++) { /* counts, then copies */
		size_t n = copy_rows(t.first, &t, all);
		for (const struct feature *const *f = features; *f; f++) {
			const void *rows;
			memcpy(&rows, (const char *)*f + t.at, sizeof rows);
			n += copy_rows(rows, &t, all ? all + n * t.size : NULL);
		}
		all = all ? all : arena_alloc_many(a, t.size, n + 1);
	}
	return all;
}

/* Two programs that differ have different files, or were written at different times. */
static struct str build_mark(struct arena *a)
{
	struct stat info = {0};
	stat("/proc/self/exe", &info);
	return str_fmt(a, "%llx.%llx", (unsigned long long)info.st_size,
		       (unsigned long long)info.st_mtime);
}

struct site *site_new(struct arena *a, const struct config *config,
		      const struct feature *const *features, const struct secrets *secrets,
		      int64_t (*clock)(void))
{
	struct site *site = arena_one(a, struct site);
	site->arena = a;
	site->config = config;
	site->features = features;
	site->secrets = *secrets;
	site->clock = clock;
	site->apart = APART_ALONE;
	site->files = (struct file_store){.folder = str_c(a, config->files)};
	site->build = build_mark(a);
	site->assets = asset_names(a, config);
	sort_routes(site);
	site->letters = site_rows(a, features,
				  (struct site_table){.at = offsetof(struct feature, letters),
						      .size = sizeof(struct letter_kind *)});
	site->personal = site_rows(a, features,
				   (struct site_table){.at = offsetof(struct feature, personal),
						       .size = sizeof(struct personal),
						       .end = offsetof(struct personal, name),
						       .first = personal_core});
	site->mine = site_rows(a, features,
			       (struct site_table){.at = offsetof(struct feature, mine),
						   .size = sizeof(struct mine),
						   .end = offsetof(struct mine, words)});
	struct val *tags = val_list(a);
	for (int i = 0; i < SITE_LANGS; i++) {
		open_lang(site, i);
		val_push(tags, val_text(a, str_of(site->langs[i].tag)));
	}
	site->lang_tags = tags;
	return site;
}

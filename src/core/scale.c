#include "core/scale.h"

#include "base/arena.h"
#include "base/asset.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"

#include <stdio.h>

enum { WORDS_BYTES = 1 << 20 };

void scale_begin(struct scale *s, struct arena *own, uint64_t seed)
{
	struct json_error wrong;
	s->words =
		json_read(own, asset_str(asset_find("src/core/scale.json")), WORDS_BYTES, &wrong);
	MUST(s->words);
	s->state = seed;
}

bool scale_next(struct scale *s)
{
	if (s->err->kind != ERR_NONE || !db_commit(s->db))
		return false;
	arena_reset(s->arena);
	db_use(s->db, s->arena, s->err);
	db_begin(s->db, DB_WRITE, s->org);
	return true;
}

/* SplitMix64 (Steele, Lea and Flood, 2014): good enough to look random, and the same everywhere. */
static uint64_t next(struct scale *s)
{
	uint64_t z = (s->state += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint64_t scale_below(struct scale *s, uint64_t n)
{
	return next(s) % n;
}

struct str scale_uuid(struct scale *s)
{
	uint64_t a = next(s), b = next(s);
	return str_fmt(s->arena, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(a >> 32),
		       (unsigned)(a >> 16) & 0xffff, (unsigned)a & 0xfff,
		       ((unsigned)(b >> 48) & 0x3fff) | 0x8000,
		       (unsigned long long)b & 0xffffffffffff);
}

/* The earlier words of a list come more often than the later ones, as words do. */
static const struct val *pick(struct scale *s, const char *list)
{
	const struct val *all = val_get(s->words, list);
	size_t n = val_count(all), one = scale_below(s, n), other = scale_below(s, n);
	return val_at(all, one < other ? one : other);
}

struct said scale_pick(struct scale *s, const char *list)
{
	const struct val *pair = pick(s, list);
	return (struct said){val_get_str(val_at(pair, 0)), val_get_str(val_at(pair, 1))};
}

static void capital(struct buf *b, struct str word)
{
	buf_char(b, (char)(word.p[0] - 'a' + 'A')); /* syllables are of a to z */
	buf_add(b, str_from(word, 1));
}

struct str scale_place(struct scale *s)
{
	const struct val *all = val_get(s->words, "syllables");
	struct buf name = {.arena = s->arena};
	capital(&name, val_get_str(val_at(all, scale_below(s, val_count(all)))));
	for (int i = 0; i < 2; i++)
		buf_add(&name, val_get_str(val_at(all, scale_below(s, val_count(all)))));
	return buf_str(&name);
}

struct str scale_name(struct scale *s)
{
	struct str given = val_get_str(pick(s, "given")), family = val_get_str(pick(s, "family")),
		   place = scale_place(s);
	switch (scale_below(s, 20)) {
	case 0:
		return given;
	case 1:
		return str_fmt(s->arena, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(given),
			       STR_ARG(place), STR_ARG(family));
	default:
		return str_fmt(s->arena, STR_FMT " " STR_FMT, STR_ARG(given), STR_ARG(family));
	}
}

static void both(struct buf *en, struct buf *fr, struct said part, const char *before)
{
	buf_add(en, str_of(before));
	buf_add(en, part.en);
	buf_add(fr, str_of(before));
	buf_add(fr, part.fr);
}

static void add_sentence(struct scale *s, struct buf *en, struct buf *fr)
{
	both(en, fr, scale_pick(s, "acts"), "");
	both(en, fr, scale_pick(s, "things"), " ");
	if (scale_below(s, 3) == 0)
		both(en, fr, scale_pick(s, "trades"), " ");
	if (scale_below(s, 3) != 0)
		both(en, fr, scale_pick(s, "ways"), " ");
	if (scale_below(s, 3) == 0) {
		struct str place = scale_place(s);
		buf_fmt(en, " in " STR_FMT, STR_ARG(place));
		buf_fmt(fr, " à " STR_FMT, STR_ARG(place));
	}
	buf_char(en, '.');
	buf_char(fr, '.');
}

static struct said sentences(struct scale *s, uint64_t count)
{
	struct buf en = {.arena = s->arena}, fr = {.arena = s->arena};
	for (uint64_t i = 0; i < count; i++) {
		if (i) {
			buf_char(&en, ' ');
			buf_char(&fr, ' ');
		}
		add_sentence(s, &en, &fr);
	}
	return (struct said){buf_str(&en), buf_str(&fr)};
}

struct said scale_sentence(struct scale *s)
{
	return sentences(s, 1);
}

struct said scale_text(struct scale *s)
{
	return sentences(s, 1 + scale_below(s, 3));
}

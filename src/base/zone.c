/* Zones and the clocks on walls, by ICU's time zone data. The other half of base/instant.h. */
#include "base/arena.h"
#include "base/err.h"
#include "base/instant.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

struct zone {
	UCalendar *calendar; /* only asked for offsets: dates are counted in instant.c */
};

static void zone_close(void *calendar)
{
	ucal_close(calendar);
}

struct zone *zone_open(struct arena *a, struct str name)
{
	UChar wide[64], canonical[128];
	UErrorCode status = U_ZERO_ERROR;
	UBool known = false;
	if (name.n == 0 || name.n >= sizeof wide / sizeof *wide)
		return NULL;
	for (size_t i = 0; i < name.n; i++)
		wide[i] = (unsigned char)name.p[i];
	int32_t n = (int32_t)name.n;
	ucal_getCanonicalTimeZoneID(wide, n, canonical, 128, &known, &status);
	if (U_FAILURE(status) || !known)
		return NULL;
	UCalendar *calendar = ucal_open(wide, n, "en", UCAL_GREGORIAN, &status);
	MUST(U_SUCCESS(status));
	arena_defer(a, zone_close, calendar);
	struct zone *zone = arena_one(a, struct zone);
	zone->calendar = calendar;
	return zone;
}

static int64_t offset_at(struct zone *z, int64_t instant)
{
	UErrorCode status = U_ZERO_ERROR;
	ucal_setMillis(z->calendar, (UDate)instant * 1000, &status);
	int32_t raw = ucal_get(z->calendar, UCAL_ZONE_OFFSET, &status);
	int32_t saving = ucal_get(z->calendar, UCAL_DST_OFFSET, &status);
	MUST(U_SUCCESS(status));
	return (raw + saving) / 1000;
}

static int64_t local_offset(struct zone *z, int64_t local, UTimeZoneLocalOption which)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t raw = 0, saving = 0;
	ucal_setMillis(z->calendar, (UDate)local * 1000, &status);
	ucal_getTimeZoneOffsetFromLocal(z->calendar, which, which, &raw, &saving, &status);
	MUST(U_SUCCESS(status));
	return (raw + saving) / 1000;
}

int64_t wall_instant(struct wall w, struct zone *z, enum wall_case *found)
{
	int64_t local = w.day * 86400 + w.seconds;
	int64_t before = local_offset(z, local, UCAL_TZ_LOCAL_FORMER);
	int64_t instant = local - before;
	if (found) {
		int64_t after = local_offset(z, local, UCAL_TZ_LOCAL_LATTER);
		bool shown = instant + offset_at(z, instant) == local;
		*found = before == after ? WALL_PLAIN : shown ? WALL_TWICE : WALL_GAP;
	}
	return instant;
}

int64_t wall_instant_second(struct wall w, struct zone *z)
{
	enum wall_case found;
	int64_t first = wall_instant(w, z, &found), local = w.day * 86400 + w.seconds;
	return found == WALL_TWICE ? local - local_offset(z, local, UCAL_TZ_LOCAL_LATTER) : first;
}

bool zone_next_change(struct zone *z, int64_t from, int64_t until, struct zone_change *out)
{
	UErrorCode status = U_ZERO_ERROR;
	UDate when = 0;
	ucal_setMillis(z->calendar, (UDate)from * 1000, &status);
	UBool found = ucal_getTimeZoneTransitionDate(z->calendar, UCAL_TZ_TRANSITION_NEXT, &when,
						     &status);
	int64_t at = (int64_t)(when / 1000);
	if (!found || U_FAILURE(status) || at >= until)
		return false;
	*out = (struct zone_change){at, (int)offset_at(z, at - 1), (int)offset_at(z, at)};
	return true;
}

int zone_offset(struct zone *z, int64_t at)
{
	return (int)offset_at(z, at);
}

struct wall instant_wall(int64_t instant, struct zone *z)
{
	int64_t local = instant + offset_at(z, instant);
	int64_t day = local / 86400 - (local % 86400 < 0);
	return (struct wall){.day = day, .seconds = (int)(local - day * 86400)};
}

static struct str shown(struct arena *a, struct str lang, struct str zone, const char *pattern,
			int64_t at)
{
	UChar wide[64], how[8], out[128];
	char text[512], locale[32];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0, bytes = 0;
	MUST(zone.n > 0 && zone.n < sizeof wide / sizeof *wide && lang.n < sizeof locale);
	for (size_t i = 0; i < zone.n; i++)
		wide[i] = (unsigned char)zone.p[i];
	memcpy(locale, lang.p, lang.n);
	locale[lang.n] = 0;
	u_charsToUChars(pattern, how, (int32_t)strlen(pattern));
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, wide, (int32_t)zone.n,
					how, (int32_t)strlen(pattern), &status);
	if (U_SUCCESS(status))
		n = udat_format(format, (UDate)at * 1000, out, 128, NULL, &status);
	if (U_SUCCESS(status))
		u_strToUTF8(text, sizeof text, &bytes, out, n, &status);
	udat_close(format);
	return U_SUCCESS(status) ? str_dup(a, (struct str){text, (size_t)bytes}) : zone;
}

struct str zone_hour_show(struct arena *a, struct str lang, struct str zone, int64_t at)
{
	return shown(a, lang, zone, "zzzz", at);
}

struct str zone_city_show(struct arena *a, struct str lang, struct str zone)
{
	return shown(a, lang, zone, "VVV", 0);
}

/* What a public activity looks like where people share it: a picture, and words to copy. */
#include "app/activities/plan.h"
#include "base/arena.h"
#include "core/crumbs.h"
#include "core/org.h"
#include "web/card.h"

static struct val *open_public(struct req *r)
{
	struct val *row = plan_open(r);
	return val_b(row, "is_public") ? row : val_null();
}

static struct str when_of(struct req *r, const struct val *row)
{
	struct str zone = val_s(row, "zone_label");
	return zone.n ? str_fmt(r->arena, STR_FMT ", " STR_FMT, STR_ARG(val_s(row, "when")),
				STR_ARG(zone))
		      : val_s(row, "when");
}

/* The picture has its language in its address, for it is kept by whoever stands between. */
static struct str cancelled_in(struct str lang)
{
	return str_is(lang, "fr") ? S("Annulée") : S("Cancelled");
}

int plan_picture(struct req *r)
{
	if (r->may_wait)
		return ON_POOL;
	/* Without one it is the organisation's first, whoever asks. */
	struct str read = val_s(r->in, "read");
	r->lang = read.n ? read : val_get_str(val_at(val_get(r->org, "langs"), 0));
	org_speak(r->org, r->lang);
	struct val *row = open_public(r);
	if (val_is_null(row))
		return NOT_FOUND;
	bool other = val_b(row, "title_other");
	val_set_str(r->headers_out, "Content-Type", S("image/png"));
	/* It costs more to draw than to look at: whoever stands between may keep it for an hour. */
	val_set_str(r->headers_out, "Cache-Control", S("public, max-age=3600"));
	r->raw = card_png(
		r->arena,
		&(struct card){.lang = other ? val_s(row, "title_lang") : r->lang,
			       .above = val_s(r->org, "name"),
			       .title = val_s(row, "title"),
			       .when = when_of(r, row),
			       .where = val_s(row, "place_name"),
			       .notice = val_b(row, "cancelled") ? cancelled_in(r->lang) : S("")},
		NULL);
	return OK;
}

int plan_share(struct req *r)
{
	struct val *row = open_public(r);
	if (val_is_null(row))
		return NOT_FOUND;
	struct str place = val_s(row, "place_name"), title = val_s(row, "title");
	if (val_b(row, "cancelled"))
		title = str_fmt(r->arena, "%s – " STR_FMT, tr(r, N_("Cancelled")), STR_ARG(title));
	val_set_str(r->out, "words",
		    str_fmt(r->arena,
			    STR_FMT "\n" STR_FMT "%s" STR_FMT "\n" STR_FMT "/activities/%lld",
			    STR_ARG(title), STR_ARG(when_of(r, row)), place.n ? "\n" : "",
			    STR_ARG(place), STR_ARG(val_s(r->org, "base")),
			    (long long)val_i(row, "id")));
	crumb(r, N_("Share it"), NULL);
	return OK;
}

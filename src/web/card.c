#include "web/card.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <pango/pangocairo.h>

#ifdef WITH_ADDRESS_SANITIZER
#include <sanitizer/lsan_interface.h>
/* Fontconfig keeps what it read of the fonts for as long as the process lives. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

enum { LEFT = 84, TEXT_WIDTH = CARD_WIDTH - 2 * LEFT, BAND = 22, TITLE_TOP = 168 };

struct ink {
	double r, g, b;
};
/* static/site.css has the same: paper, ink, softer ink, pine, ember. */
static const struct ink paper = {0.984, 0.980, 0.957}, dark = {0.106, 0.141, 0.129},
			soft = {0.318, 0.357, 0.341}, pine = {0.059, 0.310, 0.239},
			ember = {0.643, 0.239, 0.067};

static void use(cairo_t *c, struct ink ink)
{
	cairo_set_source_rgb(c, ink.r, ink.g, ink.b);
}

/* The fingerpost of static/mark.svg, in a square of 32. */
static void draw_mark(cairo_t *c, double x, double y, double size)
{
	static const double points[][2] = {
		{14.6, 2},    {17.4, 2},    {17.4, 6},  {27, 6},      {30.2, 9.75}, {27, 13.5},
		{17.4, 13.5}, {17.4, 16},   {21.4, 16}, {21.4, 23.5}, {17.4, 23.5}, {17.4, 30},
		{14.6, 30},   {14.6, 23.5}, {5, 23.5},  {1.8, 19.75}, {5, 16},      {14.6, 16},
		{14.6, 13.5}, {10.6, 13.5}, {10.6, 6},  {14.6, 6}};
	cairo_save(c);
	cairo_translate(c, x, y);
	cairo_scale(c, size / 32, size / 32);
	for (size_t i = 0; i < sizeof points / sizeof *points; i++)
		cairo_line_to(c, points[i][0], points[i][1]);
	cairo_close_path(c);
	use(c, pine);
	cairo_fill(c);
	cairo_restore(c);
}

struct line {
	const char *font; /* "DejaVu Serif Bold 46px" */
	const struct ink *ink;
	int x, most; /* left edge; how many lines of the layout */
};

/* Writes at y and returns where the next text may begin. */
static int put(cairo_t *c, struct arena *a, const struct card *card, struct line how, int y,
	       struct str text, int *missing)
{
	if (!text.n)
		return y;
	PangoLayout *layout = pango_cairo_create_layout(c);
	PangoFontDescription *font = pango_font_description_from_string(how.font);
	if (card->lang.n)
		pango_context_set_language(pango_layout_get_context(layout),
					   pango_language_from_string(str_c(a, card->lang)));
	pango_layout_set_font_description(layout, font);
	pango_layout_set_width(layout, (CARD_WIDTH - LEFT - how.x) * PANGO_SCALE);
	pango_layout_set_height(layout, -how.most);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_text(layout, text.p, (int)text.n);
	*missing += pango_layout_get_unknown_glyphs_count(layout);
	int height;
	pango_layout_get_pixel_size(layout, NULL, &height);
	use(c, *how.ink);
	cairo_move_to(c, how.x, y);
	pango_cairo_show_layout(c, layout);
	pango_font_description_free(font);
	g_object_unref(layout);
	return y + height;
}

static cairo_status_t add_bytes(void *to, const unsigned char *bytes, unsigned n)
{
	buf_add(to, (struct str){(const char *)bytes, n});
	return CAIRO_STATUS_SUCCESS;
}

static void draw(cairo_t *c, struct arena *a, const struct card *card, int *missing)
{
	static const struct line above = {"Sans Bold 30px", &pine, LEFT + 68, 1},
				 title = {"Serif Bold 68px", &dark, LEFT, 3},
				 when = {"Sans 34px", &dark, LEFT, 2},
				 where = {"Sans 30px", &soft, LEFT, 1},
				 notice = {"Sans Bold 34px", &ember, LEFT, 1};
	use(c, paper);
	cairo_paint(c);
	use(c, pine);
	cairo_rectangle(c, 0, CARD_HEIGHT - BAND, CARD_WIDTH, BAND);
	cairo_fill(c);
	draw_mark(c, LEFT, 74, 52);
	put(c, a, card, above, 82, card->above, missing);
	int y = put(c, a, card, title, TITLE_TOP, card->title, missing) + 26;
	y = put(c, a, card, notice, y, card->notice, missing);
	y = put(c, a, card, when, y, card->when, missing) + 6;
	put(c, a, card, where, y, card->where, missing);
}

struct str card_png(struct arena *a, const struct card *card, int *missing)
{
	int none = 0;
	struct buf bytes = {.arena = a};
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, CARD_WIDTH, CARD_HEIGHT);
	cairo_t *c = cairo_create(surface);
	draw(c, a, card, missing ? missing : &none);
	cairo_status_t wrote = cairo_surface_write_to_png_stream(surface, add_bytes, &bytes);
	MUST(wrote == CAIRO_STATUS_SUCCESS);
	cairo_destroy(c);
	cairo_surface_destroy(surface);
	return buf_str(&bytes);
}

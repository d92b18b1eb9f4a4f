#include "base/err.h"
#include "base/instant.h"
#include "base/json.h"
#include "base/utf8.h"
#include "targets.h"
#include "web/cookie.h"
#include "web/etag.h"
#include "web/field.h"
#include "web/i18n.h"
#include "web/markdown.h"
#include "web/negotiate.h"
#include "web/route.h"
#include "web/template.h"
#include "web/url.h"

#include <string.h>

static int handler(struct req *r)
{
	(void)r;
	return OK;
}

static const struct field path_fields[] = {{"a", FIELD_TEXT}, {"b", FIELD_ID}, {0}};
static const struct route routes[] = {
	{GET, "/", 1, handler, NULL, NULL, NULL, 0, "root"},
	{GET, "/x/:a", 1, handler, NULL, NULL, path_fields, 0, "one"},
	{POST, "/x/:a/y/:b", 1, handler, NULL, NULL, path_fields, 0, "two"},
	{GET, "/x/new/y/new", 1, handler, NULL, NULL, NULL, 0, "three"},
	{0},
};

void fuzz_url(struct arena *a, struct str input)
{
	struct str decoded, again;
	if (url_decode(a, input, true, &decoded)) {
		MUST(utf8_valid(decoded) && str_find_char(decoded, '\0') < 0);
		struct buf b = {.arena = a};
		buf_url(&b, decoded);
		MUST(url_decode(a, buf_str(&b), false, &again) && str_eq(decoded, again));
	}
	struct form form = {0};
	query_parse(a, input, &form);
	MUST(form.count <= FORM_PARTS);
	const struct route *tables[] = {routes};
	struct route_match match;
	struct routes *all = routes_compile(a, tables, 1);
	enum route_found found = routes_find(all, a, GET, input, &match);
	MUST(found != ROUTE_REDIRECT ||
	     (match.location.p[0] == '/' && !str_starts(match.location, S("//"))));
	media_of_suffix(&input);
}

static void read_form(struct arena *a, struct str type, struct str body)
{
	struct form form;
	form_parse(a, type, body, &form);
	MUST(form.count <= FORM_PARTS);
	for (size_t i = 0; i < form.count; i++) {
		const struct form_part *p = &form.part[i];
		MUST(utf8_valid(p->name) && p->name.n <= FORM_NAME);
		MUST(p->file || utf8_valid(p->value));
		MUST(utf8_valid(p->file_name) && str_find_char(p->file_name, '/') < 0);
	}
}

/* The first line is the Content-Type. */
void fuzz_form(struct arena *a, struct str input)
{
	struct str type = {0};
	str_cut(&input, '\n', &type);
	read_form(a, type, input);
}

void fuzz_multipart(struct arena *a, struct str input)
{
	read_form(a, S("multipart/form-data; boundary=b"), input);
}

static const char *const one_of[] = {"red", "green", NULL};
static const struct field fields[] = {
	{"text", FIELD_TEXT, .max = 10},
	{"lines", FIELD_LINES},
	{"int", FIELD_INT, .max = 9},
	{"real", FIELD_REAL},
	{"flag", FIELD_FLAG},
	{"date", FIELD_DATE},
	{"id", FIELD_ID},
	{"lang", FIELD_LANG},
	{"many", FIELD_MANY},
	{"file", FIELD_FILE},
	{"secret", FIELD_SECRET},
	{"choice", FIELD_TEXT, .required = true, .one_of = one_of},
	{0},
};

/* A query. Whatever was sent, `in` has every name and writes as JSON. */
void fuzz_field(struct arena *a, struct str input)
{
	struct form path = {0}, sent = {0};
	if (query_parse(a, input, &sent) != FORM_OK)
		return;
	struct val *in = val_object(a), *errors = val_object(a);
	fields_read(a, NULL, fields, &path, &sent, in, errors);
	for (const struct field *f = fields; f->name; f++)
		MUST(val_has(in, f->name));
	struct buf b = {.arena = a};
	json_write(&b, in);
	struct json_error error;
	MUST(json_read(a, buf_str(&b), b.n, &error) != NULL);
}

void fuzz_cookie(struct arena *a, struct str input)
{
	struct val *cookies = cookies_parse(a, input, false);
	for (size_t i = 0; i < val_count(cookies); i++) {
		const char *name = val_name_at(cookies, i);
		cookie_make(a, name, cookie_value(cookies, name), 0, 0);
	}
}

/* Any header whose value we take apart. */
void fuzz_header(struct arena *a, struct str input)
{
	struct val *langs = val_list(a);
	val_push(langs, val_text(a, S("en")));
	val_push(langs, val_text(a, S("fr-CA")));
	int64_t instant;
	media_accepted(input, 7);
	lang_accepted(input, langs);
	etag_matches(input, S("\"x\""));
	instant_read_http(input, &instant);
	instant_read_rfc3339(input, &instant);
}

struct one_page {
	struct str page;
};

static struct str source(void *context, const char *name)
{
	const struct one_page *p = context;
	if (!strcmp(name, "page"))
		return p->page;
	if (!strcmp(name, "part"))
		return S("[[a|x]]({{v}}){{#list}}{{>part}}{{/list}}{{$b}}{{/b}}");
	return (struct str){0};
}

/* How often a page has each of the letters that mark up; `v` is its one value. */
static void marks_of(struct arena *a, struct str input, const char *v, int counts[4])
{
	static const char marks[] = "<>\"'";
	struct one_page page = {input};
	struct template_set set = {.source = source, .context = &page};
	struct templates *t = templates_new(a, &set);
	struct val *m = val_object(a), *list = val_set_list(m, "list");
	val_set_str(m, "v", str_of(v));
	val_set_str(m, "a", S("/path"));
	val_set_int(m, "n", 3);
	val_set(m, "h", val_html(a, S("<b>\"bold\"</b>")));
	val_set_list(val_push_object(list), "list");
	val_set_list(val_push_object(list), "list");
	const struct val *scope = m;
	struct buf to = {.arena = a};
	struct err err = {0};
	template_render(t, "page", &scope, 1, &to, &err);
	for (size_t i = 0; i < to.n; i++)
		for (int k = 0; k < 4; k++)
			counts[k] += to.p[i] == marks[k];
	template_messages(t, a, "page", &err);
}

/* A template, with a value that would break out of any place it does not belong in: it marks up no
 * more than a harmless one. */
void fuzz_template(struct arena *a, struct str input)
{
	int evil[4] = {0}, harmless[4] = {0};
	marks_of(a, input, "javascript:\"'><zzqq onx=y", evil);
	marks_of(a, input, "javascript:zzqq onx=y", harmless);
	for (int k = 0; k < 4; k++)
		MUST(evil[k] == harmless[k]);
}

/* Every tag is one of ours, and every link goes where links may go. */
void fuzz_markdown(struct arena *a, struct str input)
{
	static const char *const tags[] = {
		"a href=\"", "blockquote>", "br>",
		"code>",     "del>",        "div class=\"table\">",
		"em>",       "h1>",         "h2>",
		"h3>",       "h4>",         "h5>",
		"h6>",       "hr>",         "li>",
		"ol>",       "ol start=\"", "p>",
		"pre>",      "strong>",     "table>",
		"tbody>",    "td>",         "th scope=\"col\">",
		"thead>",    "tr>",         "ul>",
		"a>",        "th>",         "div>",
	};
	static const char *const links[] = {
		"http://", "https://", "mailto:", "tel:", "/", "?", "#"};
	struct str html = val_get_str(markdown(a, input, 2, 0));
	for (ptrdiff_t at; (at = str_find_char(html, '<')) >= 0;) {
		html = str_from(html, (size_t)at + 1);
		if (str_starts(html, S("/")))
			html = str_from(html, 1);
		bool known = false;
		for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
			known |= str_starts(html, str_of(tags[i]));
		MUST(known);
		if (!str_starts(html, S("a href=\"")))
			continue;
		struct str address = str_from(html, 8);
		address = str_sub(address, 0, (size_t)str_find_char(address, '"'));
		bool fine = false;
		for (size_t i = 0; i < sizeof links / sizeof *links; i++)
			fine |= str_eq_nocase(str_sub(address, 0, strlen(links[i])),
					      str_of(links[i]));
		ptrdiff_t colon = str_find_char(address, ':'), slash = str_find_char(address, '/');
		ptrdiff_t mark = str_find_char(address, '?'), hash = str_find_char(address, '#');
		MUST(fine || colon < 0 || (slash >= 0 && slash < colon) ||
		     (mark >= 0 && mark < colon) || (hash >= 0 && hash < colon));
	}
	markdown_text(a, input);
}

void fuzz_mo(struct arena *a, struct str input)
{
	struct catalogue *c = catalogue_open(a, S("xx"), input);
	if (!c)
		return;
	MUST(catalogue_text(c, "Search") != NULL);
	MUST(catalogue_in(c, "month", "May") != NULL);
	for (int64_t n = 0; n < 25; n++)
		MUST(catalogue_plural(c, "%n% file", "%n% files", n) != NULL);
}

#pragma once
/*
 * What people write, as HTML: CommonMark with tables and strikethrough by md4c, raw HTML off. This
 * is the only maker of VAL_HTML. Links and images may go to http, https, mailto and tel addresses
 * or stay here; any other loses its address. Images become links: no page asks another host for
 * anything. Headings start at the level given, so that a text fits under the page's own.
 */
#include "base/val.h"

struct arena;

enum markdown_flag {
	MARKDOWN_UGC = 1,    /* links say rel="nofollow ugc" */
	MARKDOWN_INLINE = 2, /* one paragraph without its <p> */
};
struct val *markdown(struct arena *, struct str source, int first_heading, unsigned flags);
/* The words alone, for a search index, a summary or a plain letter. */
struct str markdown_text(struct arena *, struct str source);

#include "example.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "crawl.h"

static struct examples *parts;

void examples_add(struct examples *part)
{
	part->next = parts;
	parts = part;
}

int64_t stage_owner(struct world *w)
{
	return world_person(w, w->as_b ? "admin_of_b" : "translator");
}

static void fill_examples(struct world *w)
{
	for (struct examples *part = parts; part; part = part->next)
		if (part->fill)
			part->fill(w);
}

static void swap(struct world *w)
{
	int64_t a = w->a;
	w->a = w->b;
	w->b = a;
	w->as_b = !w->as_b;
}

/* The same again, of the other organisation. */
static struct val *theirs_of;
static void fill_both(struct world *w)
{
	struct val *mine = w->known;
	fill_examples(w);
	swap(w);
	w->known = theirs_of = val_object(w->arena);
	world_parts(w);
	fill_examples(w);
	w->known = mine;
	swap(w);
}

bool stage_begin(struct stage *s, struct db *db, struct err *err)
{
	if (!world_begin(&s->w, db, err, fill_both))
		return false;
	s->theirs = theirs_of;
	world_demo(&s->w, true);
	if (!world_keep(&s->w))
		return false;
	s->contents = world_contents(&s->w);
	return s->contents.n > 0;
}

void stage_end(struct stage *s)
{
	world_demo(&s->w, false);
	world_end(&s->w);
}

bool stage_back(struct stage *s)
{
	return world_back(&s->w);
}

const struct example *example_next(struct world *w, const struct example *last,
				   struct scenario *asked)
{
	const struct example *next = NULL;
	struct examples *part = parts;
	for (; part && last && (last < part->list || last >= part->list + part->count);)
		part = part->next;
	if (!last)
		next = part ? part->list : NULL;
	else if (last + 1 < part->list + part->count)
		next = last + 1;
	else
		next = part->next ? part->next->list : NULL;
	if (!next)
		return NULL;
	*asked = (struct scenario){.url = next->url,
				   .as = next->as,
				   .form = next->form,
				   .headers = next->headers,
				   .status = next->status ? next->status
					     : next->form ? 303
							  : 200};
	const struct route *route = example_route(w, asked);
	if (route && !(route->flags & ROUTE_NO_ORG))
		asked->url = str_c(w->arena, str_fmt(w->arena, "/alder%s", next->url));
	return next;
}

const struct route *example_route(struct world *w, const struct scenario *asked)
{
	struct str path = world_filled(w, asked->url);
	if (str_starts(path, S("/alder/")))
		path = str_from(path, strlen("/alder"));
	return crawl_route(asked->form ? "POST" : "GET", path);
}

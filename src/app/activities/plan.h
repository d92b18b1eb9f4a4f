#pragma once
/*
 * What the pages of one activity share: who may see it, and its model. The plan itself is written by
 * plan_form.c, its standing by plan_state.c.
 */
#include "web/req.h"

/* in.activity, if the reader may see it: the row of core/activity.h, its texts, and in words
 * kind_label, mode_label, status_label, method_name, when (day and hours), zone_label (null where it
 * is the organisation's), here (the same in the organisation's zone, or null), place_name,
 * place_address, place_access, responsible_name; truths planned, held, cancelled, is_public, inside
 * (the reader sees all activities, leads this one, comes, is invited or asked; to others the address online and
 * who leads it are not there). Null: 404. Sets out.activity and out.crumbs.
 * `title` is always a text: an activity without one has its kind's name. */
struct val *plan_open(struct req *);
/* The same for a list of rows that hold the columns of q_activities_coming: what a list shows. */
void plan_dress(struct req *, struct val *rows);
/* What an activity without a title is called, as a msgid: as its `kind` is. */
const char *plan_called(struct arena *, const struct val *row);
/* Sets NAME_other where what was written is in a language (NAME_lang) that is not the page's. */
void plan_other(struct req *, struct val *row, const char *name);
/* A row of the list as CSV and JSON have it. */
void plan_data_row(struct val *rows, const struct val *row);
/* The tabs of one activity (out.tabs); `current` is the path after its own, "" is the plan. */
void plan_tabs(struct req *, int64_t activity, const char *current);
void plan_note(struct req *, const char *verb, int64_t activity);

struct plan_word;
/* A list FIELD_choices from a table (plan_rules.h); `empty`: a msgid for choosing nothing, or NULL. */
void plan_choices(struct req *, const char *name, const struct plan_word *, const char *empty);

/* Sets out.NAME to the items of these ids (a list of ints or of their texts), each with `label`. */
void plan_items(struct req *, const char *name, const struct val *ids);

/* out.soon: the few that are on now or next and that the reader may see, for the organisation's first
 * page: a query, and one for their titles. */
void plan_soon(struct req *);

int plan_list(struct req *);
int plan_page(struct req *);
int plan_picture(struct req *);
int plan_share(struct req *);
/* The groups that are open now, or will be: choices by name. */
struct val *plan_groups_offered(struct req *);
int plan_new(struct req *);
int plan_add(struct req *);
int plan_edit_page(struct req *);
int plan_edit(struct req *);
int plan_cancel_page(struct req *);
int plan_cancel(struct req *);
int plan_held(struct req *);
int plan_again(struct req *);
extern const struct field plan_new_fields[], plan_edit_fields[];

int place_index(struct req *);
int place_page(struct req *);
int place_new(struct req *);
int place_put(struct req *);
int place_change_page(struct req *);
int place_change(struct req *);
int place_leave(struct req *);
int place_return(struct req *);

#pragma once
/*
 * Crosswalks, at /standards/crosswalks. A row relates two items as they stood in two versions: a
 * relation read from the first to the second, how strong it is, a note, who made it and who
 * reviewed it on which day. A row only suggests where something else could count; nothing is
 * decided by it.
 */
struct req;
struct val;

struct relation {
	const char *code, *label; /* msgid: "… covers all of …" */
};
extern const struct relation relations[]; /* ends with a NULL code */

/* Sets relation_label and strength_label on every row that has relation and strength. */
void relations_label(struct req *, struct val *rows);

int crosswalk_index(struct req *);
int crosswalk_new_form(struct req *);
int crosswalk_new(struct req *);
int crosswalk_show(struct req *);
int crosswalk_add_form(struct req *);
int crosswalk_add(struct req *);
int crosswalk_row_form(struct req *);
int crosswalk_row_save(struct req *);

#pragma once
/*
 * Importing on pages: a file is sent, read, shown with every line that could not be placed,
 * corrected, and only then saved. What is kept between the steps is the result as it was read and
 * the list of corrections, which are applied again at each step (import/edit.h).
 */
struct req;

int import_new_form(struct req *);
int import_new(struct req *);
int import_preview(struct req *);
int import_correct(struct req *);
int import_item_form(struct req *);
int import_keep(struct req *);
int import_drop(struct req *);

#pragma once
/* The page of a standard that tells people how programs read it: which copies there are to take
 * away, of which version and language, and which addresses last. */

struct req;

int case_machines(struct req *);

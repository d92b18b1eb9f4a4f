#pragma once
/*
 * What a standard has beside its items' codes and words, so that its table comes back unchanged
 * (table_import.h). Columns are there only where something stands in them: notes_xx, guessed,
 * level_N_xx (what the criterion says at the Nth level), rating_SCALE ("given" or "asked") with
 * rating_SCALE_xx, and links (a line each: label, address, reference, between tabs). After the items
 * come rows of other things: kind "(standard)" with its title and summary, "(kind)" for the names of
 * its own kinds, "(level)" for those of its levels, with their numbers as codes.
 */
#include "app/standards/reading.h"

void export_parts(struct req *, const struct reading *, struct val *nodes, struct val *rows,
		  const struct val *langs);

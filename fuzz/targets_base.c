#include "base/csv.h"
#include "base/err.h"
#include "base/json.h"
#include "base/utf8.h"
#include "targets.h"

/* What was read is written, and reads back as the same. */
void fuzz_json(struct arena *a, struct str input)
{
	struct json_error error;
	struct val *v = json_read(a, input, 1 << 20, &error);
	if (!v)
		return;
	struct buf b = {.arena = a}, pretty = {.arena = a};
	json_write(&b, v);
	struct val *again = json_read(a, buf_str(&b), b.n, &error);
	MUST(again && val_equal(v, again));
	json_write_pretty(&pretty, v);
	again = json_read(a, buf_str(&pretty), pretty.n, &error);
	MUST(again && val_equal(v, again));
}

/* Every cell is text, every row has its cells, and what is written with commas reads back. */
void fuzz_csv(struct arena *a, struct str input)
{
	struct csv csv = csv_read(a, input, NULL);
	struct csv_style style = {0};
	struct buf b = {.arena = a};
	csv_begin(&b, &style);
	for (size_t i = 0; i < val_count(csv.rows); i++) {
		const struct val *row = val_at(csv.rows, i);
		MUST(val_count(row) >= val_count(csv.columns));
		for (size_t k = 0; k < val_count(row); k++)
			MUST(utf8_valid(val_get_str(val_at(row, k))));
		csv_write(&b, &style, row);
	}
	struct csv_options options = {
		.separator = ',', .encoding = "utf-8", .header = CSV_HEADER_NO};
	struct csv again = csv_read(a, buf_str(&b), &options);
	MUST(val_count(csv.errors) || val_count(again.errors) ||
	     val_count(again.rows) <= val_count(csv.rows));
}

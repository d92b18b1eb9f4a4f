#include "app/standards/case_pages.h"

#include "core/job.h"

int case_keep(struct req *r, const struct val *import)
{
	struct val *input = val_object(r->arena);
	val_set(input, "import", val_get(import, "id"));
	val_set(input, "lang", val_get(import, "asked_lang"));
	val_set(input, "title", val_get(r->in, "title"));
	int64_t job = job_ask(
		r->db, r->arena,
		&(struct job_asked){.org = val_i(r->org, "id"),
				    .owner = val_i(r->me, "id"),
				    .now = r->now,
				    .kind = "standards.import",
				    .title = val_s(import, "file_name"),
				    .input = input,
				    .key = str_c(r->arena, str_fmt(r->arena, "standards.import %d",
								   (int)val_i(import, "id")))});
	return see_other(r, "/jobs/%d", (int)job);
}

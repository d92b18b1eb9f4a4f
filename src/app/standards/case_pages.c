#include "app/standards/case_pages.h"

#include "app/standards/case/package.h"
#include "base/arena.h"
#include "core/job.h"

enum { SHOWN = 400, TIMES = 64, AT_LEAST = 64 << 20 };

static void free_own(void *own)
{
	arena_free(own);
}

struct val *case_preview(struct req *r, struct str bytes, struct str lang, struct str file_name)
{
	struct case_options options = {.lang = lang, .file_name = file_name};
	struct arena *own = arena_new(TIMES * bytes.n + AT_LEAST); /* more than any file needs */
	arena_defer(r->arena, free_own, own);
	return case_result(own, case_read(own, bytes, &options), SHOWN);
}

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

#include "app/org/org.h"
#include "core/people_world.h"

static int run(struct db *db, struct err *err, const char *slug, struct val *args)
{
	struct val *rest = val_set_list(args, "rest");
	val_push(rest, val_text(test_arena, str_of(slug)));
	struct command_call call = {
		.arena = test_arena, .db = db, .err = err, .args = args, .now = NOW};
	return org_set_run(&call);
}

TEST_DB("whoever runs the server moves an organisation to its own host, and nowhere it cannot be")
{
	db_begin(db, DB_WRITE, 0);
	int64_t cedar = world_org(db, "cedar");
	CHECK(world_org(db, "birch") > 0);
	CHECK(db_commit(db));
	CHECK_INT(run(db, err, "cedar",
		      ARGS(test_arena, ARG_AS("host", "cedar.example"),
			   ARG_AS("base", "https://cedar.example"))),
		  EXIT_OK);
	CHECK_INT(run(db, err, "nobody", ARGS(test_arena, ARG_AS("host", "x.example"))),
		  EXIT_REFUSED);
	CHECK_INT(run(db, err, "cedar", ARGS(test_arena, ARG_AS("slug", "birch"))), EXIT_REFUSED);
	CHECK_INT(run(db, err, "birch", ARGS(test_arena, ARG_AS("host", "cedar.example"))),
		  EXIT_REFUSED);
	CHECK_INT(run(db, err, "cedar", ARGS(test_arena, ARG_AS("base", "ftp://cedar.example"))),
		  EXIT_REFUSED);
	CHECK_INT(run(db, err, "cedar", ARGS(test_arena, ARG_AS("slug", "me"))), EXIT_REFUSED);
	db_begin(db, DB_READ, 0);
	struct str prefix, rest;
	const struct val *org =
		org_of_request(db, test_arena, S("cedar.example"), S("/"), &prefix, &rest);
	CHECK_INT(val_i(org, "id"), cedar);
	CHECK_STR(val_s(org, "base"), "https://cedar.example");
	CHECK_STR(val_s(val_get(org, "names"), "fr"), "Carrières Cèdre");
	db_rollback(db);
	CHECK_INT(run(db, err, "cedar", ARGS(test_arena, ARG_AS("host", "none"))), EXIT_OK);
	db_begin(db, DB_READ, 0);
	CHECK(val_is_null(
		org_of_request(db, test_arena, S("cedar.example"), S("/"), &prefix, &rest)));
	db_rollback(db);
	CHECK_STR(err->text, "");
}

/* Audit, disclosure and files: what is kept about people and for them. */
#include "base/arena.h"
#include "base/code.h"
#include "core/args.h"
#include "core/audit.h"
#include "core/consent.h"
#include "core/file.h"
#include "core/ledger_story.h"
#include "fixture.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void note(struct story *s, const char *verb, int64_t about, int64_t at)
{
	audit_add(s->db, s->a,
		  &(struct audit){.org = s->school,
				  .made_by = s->teacher,
				  .verb = verb,
				  .object_kind = "role",
				  .object = 3,
				  .person = about,
				  .request_id = S("r-1"),
				  .at = at});
}

static int64_t disclose(struct story *s, int64_t about, int64_t consent, int64_t at)
{
	return disclosure_add(s->db, s->a,
			      &(struct disclosure){.org = s->school,
						   .person = about,
						   .object_kind = "participation",
						   .object = 9,
						   .to_org = s->body,
						   .purpose = "evidence",
						   .ground = "consent",
						   .consent = consent,
						   .request_id = S("r-2"),
						   .at = at});
}

TEST_DB("a person reads what was recorded about them, from both records, newest first")
{
	struct story *s = story_begin(db);
	int64_t zoe = story_person(s, "Zoe"), max = story_person(s, "Max");
	note(s, "right.given", zoe, 100);
	note(s, "right.given", max, 150);
	int64_t told = disclose(s, zoe, 0, 200);
	note(s, "right.taken", zoe, 300);
	db_exec(db,
		SQL("INSERT INTO org_lang (org, lang, position, name) VALUES (:org, 'en', 1, "
		    "'Body')"),
		ARGS(s->a, ARG_AS("org", s->body)));
	struct val *about = recorded_about(db, s->a, zoe, S("en"), 0, 50);
	CHECK_INT(val_count(about), 3);
	CHECK_STR(val_s(val_at(about, 0), "verb"), "right.taken");
	CHECK_STR(val_s(val_at(about, 0), "made_by_name"), "Teacher");
	CHECK_STR(val_s(val_at(about, 1), "record"), "disclosure");
	CHECK_INT(val_i(val_at(about, 1), "id"), told);
	CHECK_STR(val_s(val_at(about, 1), "to_org_name"), "Body");
	CHECK_STR(val_s(val_at(about, 2), "verb"), "right.given");
	/* A page at a time. */
	CHECK_INT(val_count(recorded_about(db, s->a, zoe, S("en"), 0, 2)), 2);
	CHECK_INT(val_count(recorded_about(db, s->a, zoe, S("en"), 200, 50)), 1);
	/* A merged account's record is theirs too. */
	db_exec(db, SQL("UPDATE person SET same_as = :zoe WHERE id = :max"),
		ARGS(s->a, ARG(zoe), ARG(max)));
	CHECK_INT(val_count(recorded_about(db, s->a, zoe, S("en"), 0, 50)), 4);
	/* The organisation's own view, and only its own. */
	struct val *list = audit_list(db, s->a, &(struct audit_find){.org = s->school, .limit = 2});
	CHECK_INT(val_count(list), 2);
	CHECK_STR(val_s(val_at(list, 0), "verb"), "right.taken");
	CHECK_INT(val_count(audit_list(db, s->a,
				       &(struct audit_find){.org = s->school,
							    .before = val_i(val_at(list, 1), "id"),
							    .limit = 50})),
		  1);
	CHECK_INT(val_count(audit_list(db, s->a,
				       &(struct audit_find){.org = s->agency, .limit = 50})),
		  0);
	CHECK(db_commit(db));
}

TEST_DB("who withdraws a consent is told what went out under it and cannot be called back")
{
	struct story *s = story_begin(db);
	int64_t zoe = story_person(s, "Zoe"), max = story_person(s, "Max");
	int64_t yes = consent_give(db, s->a,
				   &(struct consent){.org = s->school,
						     .person = zoe,
						     .purpose = "evidence",
						     .words = "evidence",
						     .words_rev = 1,
						     .given_by = zoe,
						     .given_how = "page",
						     .now = 100,
						     .today = S("2026-05-01")});
	int64_t story = disclose(s, zoe, yes, 200);
	CHECK_INT(consent_in_force(db, s->a, s->school, zoe, "evidence", 0, 300), yes);
	CHECK_INT(consent_in_force(db, s->a, s->school, zoe, "figure", 0, 300), 0);
	CHECK(consent_withdraw(db, s->a, yes, zoe, S("2026-05-02"), 300));
	CHECK(!consent_withdraw(db, s->a, yes, zoe, S("2026-05-02"), 301)); /* once */
	CHECK_INT(consent_in_force(db, s->a, s->school, zoe, "evidence", 0, 301), 0);
	struct val *left = consent_left(db, s->a, zoe, yes);
	CHECK_INT(val_count(left), 1);
	CHECK_INT(val_i(val_at(left, 0), "id"), story);
	CHECK_INT(val_count(consent_left(db, s->a, max, yes)), 0);
	struct val *mine = consent_list(db, s->a, zoe);
	CHECK_INT(val_count(mine), 1);
	CHECK_INT(val_i(val_at(mine, 0), "withdrawn_at"), 300);
	CHECK(db_commit(db));
}

TEST_DB("a grant ends by itself, or when its giver takes it back, and nobody else can")
{
	struct story *s = story_begin(db);
	int64_t staff[1];
	story_class(s, "Staff", 1, staff);
	int64_t paul = staff[0], event = story_held(s, s->school, "2026-03-01T10:00", 60);
	story_took_part(s, s->school, event, paul, "learner", 60);
	int64_t grant = access_grant_give(db, s->a,
					  &(struct access_grant){.person = paul,
								 .org = s->body,
								 .from_org = s->school,
								 .purpose = "cpd",
								 .now = s->now,
								 .ends_at = s->now + 3600});
	CHECK_STR(story_cpd(s, s->body, paul), "agreement: 60 minutes, 1 entry(ies), 60 attested");
	s->now += 3600;
	CHECK_STR(story_cpd(s, s->body, paul), "agreement: 0 minutes");
	story_grant(s, paul, s->body, "cpd");
	CHECK(!access_grant_revoke(db, s->a, s->teacher, grant, s->now));
	struct val *grants = access_grant_list(db, s->a, paul, S("en"));
	CHECK_INT(val_count(grants), 2);
	for (size_t i = 0; i < 2; i++)
		CHECK(access_grant_revoke(db, s->a, paul, val_i(val_at(grants, i), "id"), s->now));
	CHECK_STR(story_cpd(s, s->body, paul), "agreement: 0 minutes");
	CHECK(db_commit(db));
}

static struct file_store a_store(void)
{
	char *folder = (char *)str_c(test_arena, S("/tmp/waypost-files-XXXXXX"));
	CHECK(mkdtemp(folder) != NULL);
	return (struct file_store){.folder = folder, .max = 1000};
}

static int forget_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

static void forget_store(const struct file_store *store)
{
	CHECK_INT(nftw(store->folder, forget_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static int64_t put(struct story *s, struct err *err, const struct file_store *store,
		   struct str bytes, enum file_refusal *why)
{
	return file_put(s->db, s->a, err, store,
			&(struct file_sent){.org = s->school,
					    .made_by = s->teacher,
					    .now = s->now,
					    .name = S("../plan.txt"),
					    .bytes = bytes},
			why);
}

static int count_files(const struct file_store *store, struct str hash)
{
	int n = 0;
	DIR *dir =
		opendir(str_c(test_arena, str_fmt(test_arena, "%s/%.2s", store->folder, hash.p)));
	for (struct dirent *e; dir && (e = readdir(dir));)
		n += e->d_name[0] != '.';
	if (dir)
		closedir(dir);
	return n;
}

TEST_DB("a file is kept once by its bytes, belongs to its organisation, and comes back unharmed")
{
	struct story *s = story_begin(db);
	struct file_store store = a_store();
	enum file_refusal why;
	int64_t one = put(s, err, &store, S("the plan\n"), &why);
	int64_t two = put(s, err, &store, S("the plan\n"), &why);
	CHECK(one > 0 && two > one);
	struct val *row = file_row(db, s->a, s->school, one);
	CHECK_STR(val_s(row, "name"), "plan.txt");
	CHECK_STR(val_s(row, "type"), "text/plain");
	CHECK_INT(val_i(row, "size"), 9);
	/* sha256sum's own answer */
	CHECK_STR(val_s(row, "hash"),
		  "2d619c7869a25a069e8d9fe28202d200c8bef01cba077934e702217e8a678b59");
	CHECK_INT(count_files(&store, val_s(row, "hash")), 1);
	CHECK(val_is_null(file_row(db, s->a, s->agency, one)));
	CHECK_STR(file_bytes(&store, s->a, err, val_s(row, "hash")), "the plan\n");
	CHECK(db_commit(db));
	forget_store(&store);
}

TEST_DB("a file that is empty, too large or of an unknown kind is refused with words")
{
	struct story *s = story_begin(db);
	struct file_store store = a_store();
	enum file_refusal why;
	CHECK_INT(put(s, err, &store, S(""), &why), 0);
	CHECK_INT(why, FILE_EMPTY);
	char many[1001] = {'a'};
	memset(many, 'a', sizeof many);
	CHECK_INT(put(s, err, &store, (struct str){many, sizeof many}, &why), 0);
	CHECK_INT(why, FILE_TOO_LARGE);
	CHECK_INT(put(s, err, &store,
		      S("\x7f"
			"ELF\1"),
		      &why),
		  0);
	CHECK_INT(why, FILE_KIND_NOT_TAKEN);
	CHECK(str_of(file_refusal_words(why)).n > 0);
	CHECK(put(s, err, &store, (struct str){many, 1000}, &why) > 0);
	CHECK(db_commit(db));
	forget_store(&store);
}

TEST_DB("damaged bytes are noticed, and a hash is never a path")
{
	struct story *s = story_begin(db);
	struct file_store store = a_store();
	enum file_refusal why;
	struct val *row = file_row(db, s->a, s->school, put(s, err, &store, S("the plan\n"), &why));
	struct str hash = val_s(row, "hash");
	const char *path = str_c(s->a, str_fmt(s->a, "%s/%.2s/" STR_FMT, store.folder, hash.p,
					       STR_ARG(str_from(hash, 2))));
	FILE *f = fopen(path, "r+");
	NEED(f != NULL);
	fputc('T', f);
	fclose(f);
	struct err damaged = {0}, wrong = {0}, missing = {0};
	CHECK(file_bytes(&store, s->a, &damaged, hash).p == NULL);
	CHECK_INT(damaged.kind, ERR_FAILED);
	CHECK(file_bytes(&store, s->a, &wrong, S("../../../../etc/passwd")).p == NULL);
	CHECK_INT(wrong.kind, ERR_FAILED);
	unlink(path);
	CHECK(file_bytes(&store, s->a, &missing, hash).p == NULL);
	CHECK(db_commit(db));
	forget_store(&store);
}

TEST_DB("a full disk is the world's failure: no row points at what is not there")
{
	struct story *s = story_begin(db);
	struct file_store store = {.folder = "/proc/waypost-no-such-folder"};
	struct err failed = {0};
	enum file_refusal why;
	CHECK_INT(put(s, &failed, &store, S("the plan\n"), &why), 0);
	CHECK_INT(why, FILE_OK);
	CHECK(failed.kind != ERR_NONE);
	CHECK_INT(val_i(db_row(db, SQL("SELECT count(*) AS n FROM file f"), val_object(s->a)), "n"),
		  0);
	CHECK(db_commit(db));
}

TEST_DB("sweeping deletes old bytes that nobody holds, and nothing else")
{
	struct story *s = story_begin(db);
	struct file_store store = a_store();
	enum file_refusal why;
	int64_t kept = put(s, err, &store, S("kept\n"), &why);
	int64_t gone = put(s, err, &store, S("gone\n"), &why);
	struct str kept_hash = val_s(file_row(db, s->a, s->school, kept), "hash");
	struct str gone_hash = val_s(file_row(db, s->a, s->school, gone), "hash");
	file_forget(db, s->a, s->agency, gone); /* not theirs */
	CHECK(!val_is_null(file_row(db, s->a, s->school, gone)));
	file_forget(db, s->a, s->school, gone);
	CHECK(db_commit(db));
	CHECK_INT(file_sweep(db, s->a, err, &store, time(NULL) - 3600), 0); /* too young */
	CHECK_INT(file_sweep(db, s->a, err, &store, time(NULL) + 3600), 1);
	CHECK_INT(count_files(&store, gone_hash), 0);
	CHECK_STR(file_bytes(&store, s->a, err, kept_hash), "kept\n");
	forget_store(&store);
}

/* Power cuts on SQLite: what was acknowledged is there, what was not is there whole or not at all. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/args.h"
#include "core/person.h"
#include "core/signin.h"
#include "db/upkeep.h"
#include "disk.h"
#include "scenario.h"

#define KEY    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define EDITOR .as = "standards_editor"
#define DRAFT  "/alder/standards/round-%n%/draft"

/* clang-format off */

/* One round of work, each step a POST of one transaction, but for the two pages that tell %rev%. */
static const struct scenario work[] = {
	{.url = "/alder/standards/new", EDITOR, .status = 303,
	 .form = "title=Round+%n%&summary=At+the+door&source_lang=en&publisher=Alder"},
	{.url = DRAFT "/add", EDITOR, .status = 303, .keep = {"a", "draft#i-"},
	 .form = "kind=area&code=A&title=At+the+door"},
	{.url = DRAFT "/add", EDITOR, .status = 303, .keep = {"b", "draft#i-"},
	 .form = "under=%a%&kind=competency&code=A1&body=Greets+whoever+comes"},
	{.url = DRAFT "/items/%b%", EDITOR, .status = 303,
	 .form = "work=en&rev=1&title_rev=0&body_rev=1&kind=competency&code=A1&body=Greets+everybody"},
	{.url = DRAFT "/items/%b%/comments", .as = "member", .status = 303, .form = "comment=Too+short%3F"},
	{.url = DRAFT "/publish", EDITOR, .status = 200, .keep = {"rev", "name=\"rev\" value=\""}},
	{.url = DRAFT "/publish", EDITOR, .status = 303, .form = "rev=%rev%&label=2026&note=First"},
	{.url = "/alder/sign-in", .form = "email=awa%40example.org&password=the+blue+kettle", .status = 303},
	{.url = "/alder/people/invitations", .as = "admin", .status = 303,
	 .form = "email=guest%n%%40example.org&name=Guest&language=en"},
	{.url = "/alder/people", .as = "admin", .status = 303, .form = "name=Person+%n%&language=fr"},
};

/* clang-format on */

enum {
	STEPS = sizeof work / sizeof *work,
	CUTS = 500,
	CUTS_A_STEP = 200,
	CHECKPOINT_EVERY = 7,
	CHECK_EVERY = 20
};

struct durability {
	struct world w;
	struct disk *disk;
	char path[300], cut_path[320], copy_path[320];
	uint64_t seed;
	int cuts, wanted, until_next, mean; /* `until_next`: changes of the disk */
	int lost;                           /* cuts after which something was not as it should be */
	bool quiet;                         /* losses are expected */
	struct str before;                  /* contents when the last step was acknowledged */
	struct str found[CUTS_A_STEP];      /* contents after each cut in the step that runs */
	int found_count, step;
};

static void loss(struct durability *d, const char *what, struct str text)
{
	if (!d->quiet)
		printf("    cut %d, in %s: %s " STR_FMT "\n", d->cuts, work[d->step].url, what,
		       STR_ARG(text));
	d->lost++;
}

/* After a power cut: the program opens what is left, finds it sound, and can write. Its own check,
 * which makes a second schema to compare with, is asked now and then: the contents, with the file's
 * soundness and the schema in them, are held against those of before and after each time. */
static void look_after_cut(struct durability *d)
{
	struct err err = {0};
	const char *url = str_c(test_arena, str_fmt(test_arena, "sqlite:%s", d->cut_path));
	struct db *db = db_open(url, &err);
	if (!db || (d->cuts % CHECK_EVERY == 0 && !db_check(db, &err))) {
		loss(d, "it does not open, or is damaged:", str_of(err.text));
	} else {
		d->found[d->found_count++] = disk_contents(test_arena, d->cut_path);
		db_use(db, test_arena, &err);
		db_begin(db, DB_WRITE, 0);
		db_exec(db, SQL("UPDATE org SET rev = rev + 1 WHERE id = :id"),
			PARAMS("id", INT(d->w.a)));
		if (!db_commit(db))
			loss(d, "it cannot be written:", str_of(err.text));
	}
	db_close(db);
}

static void cut_now_and_then(void *context)
{
	struct durability *d = context;
	if (d->until_next-- > 0 || d->cuts == d->wanted || d->found_count == CUTS_A_STEP)
		return;
	d->until_next = (int)disk_random((uint64_t)d->mean * 2);
	d->cuts++;
	disk_cut(d->path, d->cut_path);
	look_after_cut(d);
	disk_forget(d->cut_path);
}

/* Each cut during the step left what was there before it, or what is there after it. */
static void judge(struct durability *d)
{
	struct str after = disk_contents(test_arena, d->path);
	for (int i = 0; i < d->found_count; i++)
		if (!str_eq(d->found[i], d->before) && !str_eq(d->found[i], after))
			loss(d, "neither before nor after it:", d->found[i]);
	d->found_count = 0;
	d->before = after;
}

static bool run_step(struct durability *d, int step, int round)
{
	struct str before = d->before;
	d->step = step;
	world_know(&d->w, "n", str_fmt(test_arena, "%d", round));
	world_ask(&d->w, &work[step]);
	bool good = world_as_told(&d->w, &work[step], __FILE__, __LINE__);
	judge(d);
	/* A step that changed nothing would prove nothing. */
	return good && (!work[step].form || CHECK(!str_eq(before, d->before)));
}

static void sign_up(struct world *w)
{
	struct secrets secrets;
	CHECK(secrets_from(&secrets, S(KEY), COST_TESTS));
	int64_t person = person_add(w->db, w->arena,
				    ARGS(w->arena, ARG_AS("name", "Awa"), ARG_AS("lang", "en")),
				    w->a, w->now);
	struct signin at = {
		.arena = w->arena, .db = w->db, .secrets = &secrets, .org = w->a, .now = w->now};
	signin_set_password(&at, person, S("awa@example.org"), S("the blue kettle"), 0);
}

static struct str bytes_of(const char *path)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	MUST(fd >= 0 && !fstat(fd, &info));
	char *p = arena_alloc(test_arena, (size_t)info.st_size);
	MUST(read(fd, p, (size_t)info.st_size) == info.st_size);
	close(fd);
	return (struct str){p, (size_t)info.st_size};
}

/* The story's database, on a disk of our own. The program looks for the name on the real disk too.
 */
static bool begin(struct durability *d, struct db *db, struct err *err)
{
	const char *said = getenv("WAYPOST_TEST_SEED");
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int64_t seed = now.tv_nsec / 1000 + 1;
	if (said)
		str_int(str_of(said), &seed);
	d->seed = (uint64_t)seed;
	snprintf(d->path, sizeof d->path, "%s", fixture_url() + strlen("sqlite:"));
	snprintf(d->cut_path, sizeof d->cut_path, "%s-cut", d->path);
	snprintf(d->copy_path, sizeof d->copy_path, "%s-copy", d->path);
	if (!CHECK(world_begin(&d->w, db, err, sign_up)) ||
	    !CHECK(db_backup(db, d->copy_path, err)))
		return false;
	struct str bytes = bytes_of(d->copy_path);
	close(open(d->cut_path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	d->disk = disk_begin(d->seed);
	disk_put(d->path, bytes);
	d->before = disk_contents(test_arena, d->path);
	CHECK(str_starts(d->before, S("ok\n")));
	d->disk->before = cut_now_and_then;
	d->disk->context = d;
	return true;
}

static void end(struct durability *d)
{
	world_end(&d->w);
	if (d->disk)
		disk_end();
	unlink(d->cut_path);
	unlink(d->copy_path);
}

/* Works until there were so many cuts. The log is moved into the file as the clock does it. */
static void work_and_cut(struct durability *d, int cuts, int mean)
{
	bool good = true;
	d->wanted = cuts;
	d->mean = mean;
	for (int round = 1; good && d->cuts < cuts && round < 100; round++) {
		for (int i = 0; good && i < STEPS; i++) {
			good = run_step(d, i, round);
			if ((round * STEPS + i) % CHECKPOINT_EVERY == 0) {
				db_checkpoint(lane_db(d->w.lane));
				judge(d);
			}
		}
	}
	CHECK_INT(d->cuts, cuts);
	if (d->lost && !d->quiet)
		printf("    the seed was %" PRIu64 ": WAYPOST_TEST_SEED=%" PRIu64 "\n", d->seed,
		       d->seed);
}

TEST_SQLITE("after a power cut at any moment, every acknowledged POST is there and no half of one")
{
	struct durability d = {0};
	if (begin(&d, db, err)) {
		work_and_cut(&d, CUTS, 12);
		CHECK_INT(d.lost, 0);
	}
	end(&d);
}

TEST_SQLITE("a disk that lies about syncs loses acknowledged POSTs, and the test of cuts sees it")
{
	struct durability d = {.quiet = true};
	if (begin(&d, db, err)) {
		d.disk->lies = true;
		work_and_cut(&d, 40, 40);
		CHECK(d.lost > 0);
	}
	end(&d);
}

/* ---- disks that refuse ---- */

/* Room for one page more: it ends in the middle of what a POST writes. */
static void fill_up(struct disk *disk, bool on)
{
	disk->room = on ? 5000 : -1;
}

static void make_read_only(struct disk *disk, bool on)
{
	disk->read_only = on;
}

static void break_down(struct disk *disk, bool on)
{
	disk->fails = on;
}

static bool told(struct durability *d, const struct scenario *step)
{
	world_ask(&d->w, step);
	return world_as_told(&d->w, step, __FILE__, __LINE__);
}

/* The disk refuses every step once: the answer says so and nothing has changed, and pages are read
 * meanwhile. When the disk is well again the step is done, with nothing started anew. */
static void refuse_each(struct durability *d, void (*refuse)(struct disk *, bool), int status)
{
	static const struct scenario page = {.url = "/alder/standards", EDITOR, .status = 200};
	d->disk->before = NULL;
	world_know(&d->w, "n", S("1"));
	told(d, &page); /* what is refused is no longer the opening */
	for (int i = 0; i < STEPS; i++) {
		struct scenario refused = {.url = work[i].url,
					   .as = work[i].as,
					   .form = work[i].form,
					   .status = status};
		struct str before = disk_contents(test_arena, d->path);
		refuse(d->disk, true);
		bool good = !work[i].form || told(d, &refused);
		good = good && told(d, &page);
		refuse(d->disk, false);
		if (!good || !CHECK_STR(disk_contents(test_arena, d->path), before) ||
		    !told(d, &work[i]))
			break;
	}
}

TEST_SQLITE("a full disk refuses a POST with a page that says so, and reading goes on")
{
	static const struct scenario in_french = {
		.url = "/alder/sign-in",
		.form = "email=awa%40example.org&password=the+blue+kettle",
		.headers = "Accept-Language: fr",
		.status = 507,
		.has = {"Rien ne peut être enregistré"}};
	struct durability d = {0};
	if (begin(&d, db, err)) {
		refuse_each(&d, fill_up, 507);
		fill_up(d.disk, true);
		told(&d, &in_french);
	}
	end(&d);
}

TEST_SQLITE("a disk that becomes read-only refuses a POST, and reading goes on")
{
	struct durability d = {0};
	if (begin(&d, db, err))
		refuse_each(&d, make_read_only, 507);
	end(&d);
}

TEST_SQLITE("a disk that fails is an error of each POST, and nothing is half written")
{
	struct durability d = {0};
	if (begin(&d, db, err))
		refuse_each(&d, break_down, 500);
	end(&d);
}

TEST_SQLITE("a database file that may not be written is refused when it is opened")
{
	struct durability d = {0};
	struct err refused = {0};
	if (begin(&d, db, err)) {
		make_read_only(d.disk, true);
		CHECK(!db_open(fixture_url(), &refused));
		CHECK(strstr(refused.text, "may not be written"));
	}
	end(&d);
}

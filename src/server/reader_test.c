#include "server/reader.h"

#include "base/arena.h"
#include "base/json.h"
#include "core/apart_test.h"
#include "server/log.h"
#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

static const struct feature bad = {.name = "bad", .apart = apart_bad_kinds};
static const struct feature *const features_of_test[] = {&bad, NULL};

static pid_t start_reader(const struct reader_line *line)
{
	volatile sig_atomic_t never = 0;
	pid_t pid = fork();
	if (pid == 0) {
		close(line->ask);
		log_open("/dev/null");
		_exit(reader_run(line->hear, features_of_test, &never));
	}
	return pid;
}

static enum apart_end ask(const struct reader_line *line, const char *name, struct val **given)
{
	return apart_read((struct apart){line->ask}, test_arena, apart_bad_kind(name), S("a file"),
			  val_object(test_arena), given);
}

TEST("the reader reads on after files that kill, and one that hangs, what read them")
{
	struct reader_line line;
	struct val *given = NULL;
	NEED(reader_open(&line));
	pid_t reader = start_reader(&line);
	NEED(reader > 0);
	CHECK_INT(ask(&line, "good", &given), APART_READ);
	CHECK_STR(json_text(test_arena, given), "{\"size\":6}");
	CHECK_INT(ask(&line, "opens", &given), APART_FAULT);
	CHECK_INT(ask(&line, "breaks", &given), APART_FAULT);
	CHECK_INT(ask(&line, "fills_arena", &given), APART_FAULT);
	CHECK_INT(ask(&line, "spins", &given), APART_SLOW);
	CHECK_INT(ask(&line, "waits", &given), APART_SLOW);
	CHECK_INT(ask(&line, "good", &given), APART_READ);
	CHECK_STR(json_text(test_arena, given), "{\"size\":6}");
	kill(reader, SIGKILL);
	CHECK_INT(waitpid(reader, NULL, 0), reader);
	close(line.hear);
	CHECK_INT(ask(&line, "good", &given), APART_AWAY);
	close(line.ask);
}

#include "server/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/instant.h"

static int log_fd = STDERR_FILENO;
static char log_file[PATH_MAX];
static _Atomic int64_t *lost;

bool log_open(const char *file)
{
	if (!file || !*file)
		return true;
	if (strlen(file) >= sizeof log_file) {
		errno = ENAMETOOLONG;
		return false;
	}
	int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return false;
	if (log_fd != STDERR_FILENO)
		close(log_fd);
	log_fd = fd;
	memmove(log_file, file, strlen(file) + 1);
	return true;
}

void log_reopen(void)
{
	if (log_file[0])
		log_open(log_file);
}

/* A pipe or a socket whose reader does not read would make every request wait. */
static bool has_room(void)
{
	struct pollfd to = {.fd = log_fd, .events = POLLOUT};
	if (log_file[0])
		return true;
	return poll(&to, 1, 0) == 1 && to.revents & POLLOUT;
}

static void lost_line(void)
{
	if (lost)
		atomic_fetch_add(lost, 1);
}

void log_counts_lost(_Atomic int64_t *count)
{
	lost = count;
}

/* "2026-11-22T19:30:00"; made once a second. */
static const char *second_text(time_t now)
{
	static _Thread_local time_t made;
	static _Thread_local char text[32];
	long second = now % 86400;
	int year, month, day;
	if (now == made)
		return text;
	day_split(now / 86400, &year, &month, &day);
	snprintf(text, sizeof text, "%04d-%02d-%02dT%02ld:%02ld:%02ld", year, month, day,
		 second / 3600, second / 60 % 60, second % 60);
	made = now;
	return text;
}

void log_line(const char *event, const char *format, ...)
{
	char line[1024];
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	int n = snprintf(line, sizeof line, "t=%s.%03ldZ event=%s ", second_text(now.tv_sec),
			 now.tv_nsec / 1000000, event);
	va_list args;
	va_start(args, format);
	int more = vsnprintf(line + n, sizeof line - (size_t)n, format, args);
	va_end(args);
	size_t size = (size_t)n + (more < 0 ? 0 : (size_t)more);
	if (size > sizeof line - 1)
		size = sizeof line - 1;
	for (size_t i = 0; i < size; i++) /* one line, whatever was put into it */
		if ((unsigned char)line[i] < ' ')
			line[i] = ' ';
	line[size++] = '\n';
	if (!has_room() || write(log_fd, line, size) != (ssize_t)size)
		lost_line(); /* there is nowhere left to complain */
}

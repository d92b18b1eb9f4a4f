/* raw_commits FILE SECONDS: how many single rows a second SQLite alone commits durably, one after the
 * other, with nothing around it. The size of a row is that of a short comment. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	sqlite3 *db;
	sqlite3_stmt *insert;
	if (argc != 3 || sqlite3_open(argv[1], &db) ||
	    sqlite3_exec(
		    db,
		    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		    "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, body text NOT NULL)",
		    NULL, NULL, NULL) ||
	    sqlite3_prepare_v2(db, "INSERT INTO t (body) VALUES (hex(randomblob(60)))", -1, &insert,
			       NULL)) {
		fprintf(stderr, "raw_commits: FILE SECONDS\n");
		return 2;
	}
	long commits = 0;
	double begin = now(), end = begin + atof(argv[2]);
	for (; now() < end; commits++) {
		if (sqlite3_step(insert) != SQLITE_DONE)
			return 1;
		sqlite3_reset(insert);
	}
	printf("%.1f\n", (double)commits / (now() - begin));
	sqlite3_finalize(insert);
	return sqlite3_close(db) != SQLITE_OK;
}

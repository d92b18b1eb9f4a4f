#include "db/db_sqlite.h"

/*
 * search_rank(search_words): how well a row of the full text table matches, more is better. Each
 * word of the query counts with how often it stands in the row, evening out (n / (n + 1.5)); once
 * in the title is as good as eight times in the body. FTS5's own bm25() weighs how rare a word is,
 * for which it reads the word's whole list: 117 ms for a word of 200,000 texts. Here every word
 * must be found, so its rarity would order nothing.
 */

enum { COLUMNS = 3, PHRASES_MAX = 512 };
static const double column_weight[COLUMNS] = {0, 8, 1}; /* scope, title, body */

static void rank(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *to, int count,
		 sqlite3_value **values)
{
	(void)count, (void)values;
	double hits[PHRASES_MAX] = {0}, sum = 0;
	int instances = 0, phrases = api->xPhraseCount(row);
	int code = api->xInstCount(row, &instances);
	for (int i = 0; i < instances && code == SQLITE_OK; i++) {
		int phrase, column, offset;
		code = api->xInst(row, i, &phrase, &column, &offset);
		if (code == SQLITE_OK && phrase < PHRASES_MAX && column < COLUMNS)
			hits[phrase] += column_weight[column];
	}
	for (int i = 0; i < phrases && i < PHRASES_MAX; i++)
		sum += hits[i] / (hits[i] + 1.5);
	if (code == SQLITE_OK)
		sqlite3_result_double(to, sum);
	else
		sqlite3_result_error_code(to, code);
}

/* https://www.sqlite.org/fts5.html#extending_fts5 */
static fts5_api *api_of(sqlite3 *handle)
{
	fts5_api *api = NULL;
	sqlite3_stmt *s = NULL;
	if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(s);
	}
	sqlite3_finalize(s);
	return api;
}

void sqlite_rank(struct db *db)
{
	fts5_api *api = api_of(((struct sqlite *)db)->handle);
	if (!api || api->xCreateFunction(api, "search_rank", NULL, rank, NULL) != SQLITE_OK)
		err_set(db->err, ERR_FAILED, "this SQLite has no full text search (FTS5)");
}

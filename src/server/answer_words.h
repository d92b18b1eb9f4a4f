#pragma once
/* What each error page says: what happened, and what one can do. All are msgids. */

#define FLASH_COOKIE "waypost_flash"

struct answer_words {
	int status;
	const char *title, *what, *todo;
};
const struct answer_words *answer_words(int status); /* those of 500 if it has none of its own */

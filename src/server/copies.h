#pragma once
/*
 * A backup is one archive (core/archive.h): the manifest, the database as its engine copies it
 * ("waypost.db" or "waypost.dump"), and every file as "files/HASH". The copy of the database is
 * made and checked in a folder of its own beside the database (PostgreSQL: in $TMPDIR), the archive
 * is read again to its end before it has its name.
 *
 * The secret keys are not in it: whoever takes the backup should not read what they seal.
 */
#include "core/feature.h"
#include "core/sealed.h"

struct copy_wanted {
	const char *path;           /* of the archive; nothing may be there */
	const struct seal_key *key; /* NULL: in the clear */
	bool files;                 /* false: the database alone */
};

/* Copies call->db and call->files. `files` is set to how many there were. False with call->err. */
bool copy_make(struct command_call *, const struct copy_wanted *, int64_t *files);

/* Remembers that a backup was made, for those who watch its age. */
bool copy_noted(struct command_call *, const char *path);

/* From an archive to the database and the folder of files of the settings. All of it is read and
 * checked before anything is touched. Returns an exit_code and says on stderr what is wrong. */
int copy_restore(struct command_call *, const char *path, const struct seal_key *);

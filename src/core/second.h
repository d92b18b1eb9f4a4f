#pragma once
/*
 * The second factor: a TOTP secret, sealed in the database, and ten recovery codes that work once.
 * It protects from the moment the first right code confirms that the person's device has it.
 */
#include "core/secret.h"

struct db;
struct val;

enum second_state { SECOND_NONE, SECOND_BEGUN, SECOND_ON };
enum second_state second_state(struct db *, struct arena *, int64_t person);
/* Makes a secret unless one is there. Empty if it is on. */
struct str second_begin(struct db *, struct arena *, const struct secrets *, int64_t person,
			int64_t now);
struct str second_begun(struct db *, struct arena *, const struct secrets *, int64_t person);
/* True: it is on now, and `*codes` is a list of the recovery codes, told only now. */
bool second_confirm(struct db *, struct arena *, const struct secrets *, int64_t person,
		    struct str typed, int64_t now, struct val **codes);
/* A code of the device, or a recovery code. Each works once. */
bool second_check(struct db *, struct arena *, const struct secrets *, int64_t person,
		  struct str typed, int64_t now);
struct val *second_new_codes(struct db *, struct arena *, const struct secrets *, int64_t person);
int64_t second_codes_left(struct db *, struct arena *, int64_t person);
void second_remove(struct db *, struct arena *, int64_t person);

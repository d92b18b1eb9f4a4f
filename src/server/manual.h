#pragma once
/*
 * The man page, made from the same tables as --help so that it cannot say anything else: roff with
 * the man macros (man(7)). `waypost help manual` prints it; the build keeps it as waypost.1.
 */
#include "base/buf.h"

struct command;

/* `command_at` gives every command in order, NULL after the last. */
void manual_write(struct buf *, const struct command *(*command_at)(size_t index));

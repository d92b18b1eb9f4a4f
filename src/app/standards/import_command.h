#pragma once
/*
 * `waypost import standard FILE` and `waypost export standard SLUG`: what the import page does,
 * from the command line: a new standard, or with --onto another language of one, or its next
 * edition, which with --publish appears in the languages that it is complete in. With --dry-run
 * nothing is saved; with --json the whole result is printed (import/import.h describes it), else
 * what came in, what was furniture and what could not be placed.
 */
struct command_call;

int import_standard_command(struct command_call *);

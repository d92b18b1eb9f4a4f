#pragma once
/*
 * One function for each parser of bytes from outside. It reads any input without a crash, and
 * states with MUST() what holds for all of them. libFuzzer calls it (script/fuzz NAME SECONDS), and
 * the unit tests call it with every file of fuzz/corpus/NAME and fuzz/regress/NAME; a crash that
 * was found becomes a file in the latter.
 */
#include "base/arena.h"
#include "base/str.h"

/*	name      the arena is empty at the start and reset by the caller */
#define FUZZ_TARGETS(X)                                                                            \
	X(url)                                                                                     \
	X(form)                                                                                    \
	X(multipart)                                                                               \
	X(field)                                                                                   \
	X(cookie)                                                                                  \
	X(header)                                                                                  \
	X(template)                                                                                \
	X(markdown)                                                                                \
	X(mo)                                                                                      \
	X(json)                                                                                    \
	X(pack)                                                                                    \
	X(csv)                                                                                     \
	X(utf8)                                                                                    \
	X(date)                                                                                    \
	X(search)                                                                                  \
	X(mail)                                                                                    \
	X(letter)                                                                                  \
	X(secret)                                                                                  \
	X(archive)                                                                                 \
	X(file)                                                                                    \
	X(config)                                                                                  \
	X(layout)                                                                                  \
	X(package)                                                                                 \
	X(edit)                                                                                    \
	X(document_auto)                                                                           \
	X(document_competency)                                                                     \
	X(document_conduct)                                                                        \
	X(document_consensus)                                                                      \
	X(document_csv)                                                                            \
	X(document_definitions)                                                                    \
	X(document_glossary)                                                                       \
	X(document_guidelines)                                                                     \
	X(document_markdown)                                                                       \
	X(document_rubric)                                                                         \
	X(case_query)                                                                              \
	X(case_shape)                                                                              \
	X(roster)

#define X(name) void fuzz_##name(struct arena *, struct str input);
FUZZ_TARGETS(X)
#undef X

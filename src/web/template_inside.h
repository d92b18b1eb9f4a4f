#pragma once
/*
 * Between the template engine's own files: source -> tokens (template_parse.c), tokens -> a flat
 * program (template_compile.c), program and values -> text (template.c).
 */
#include "web/template.h"
#include "web/template_html.h"

enum token_kind {
	TOKEN_TEXT, /* at most one line */
	TOKEN_VALUE,
	TOKEN_WORDS,
	TOKEN_WORDS_OF,
	TOKEN_PLURAL,
	TOKEN_SECTION,
	TOKEN_INVERTED,
	TOKEN_PARTIAL,
	TOKEN_PARENT,
	TOKEN_BLOCK,
	TOKEN_CLOSE,
	TOKEN_COMMENT,
};

struct token {
	enum token_kind kind;
	struct str name;   /* text, words, or the tag's name */
	struct str rest;   /* how to format, a partial's parameters, a plural's two texts */
	struct str indent; /* white space before the first tag of a line */
	int line;
	int match;       /* of what opens: its TOKEN_CLOSE, and back */
	bool line_start; /* first of a source line */
	bool standalone; /* alone on its line, which leaves nothing else behind */
};

struct tokens {
	struct token *token;
	int count, cap;
};

struct complaint { /* why a template was refused */
	const char *file;
	int line;
	const char *text; /* NULL: not refused */
};

/* Replaces [[…]] from `given` (an object of texts). What it returns lives in the arena. */
struct str template_parameters(struct arena *, struct str source, const struct val *given,
			       struct complaint *);
/* The parameters of a partial tag. */
struct val *template_arguments(struct arena *, struct str text, struct complaint *);
void template_parse(struct arena *, struct str source, struct tokens *, struct complaint *);

/* A name as it is looked up: part[0] in the scopes, the others inside what was found. */
struct path {
	struct str full;
	int count; /* 0 is {{.}} */
	struct val_name part[6];
	const char *how; /* to format, or NULL */
	bool optional;   /* may be missing: in.…, errors.… */
};

enum op {
	OP_TEXT,
	OP_VALUE,
	OP_WORDS_OF,
	OP_PLURAL,
	OP_SECTION,
	OP_INVERTED,
	OP_CALL,
	OP_END, /* of a program or a section */
};

struct ins {
	uint8_t op, mode;
	int jump; /* of a section: just after its OP_END; of a call: the first instruction */
	union {
		struct str text;
		const struct path *path;
		const struct plural *plural;
	};
};

struct plural {
	const struct path *count;
	const char *one, *many;
};

struct program {
	const char *name;
	struct ins *ins;
	int count;
};

/* Keeps the program in `keep`; what else it needs goes to `scratch`. Messages are added to the list
 * `messages` if it is not NULL. NULL with the complaint if refused. */
struct program *template_compile(const struct template_set *, const char *name, struct arena *keep,
				 struct arena *scratch, struct val *messages, struct complaint *);

/* Reads "a.b|how"; false if it is no name. */
bool template_path(struct arena *, struct str text, struct path *);
/* Cuts `*text` before the next %name%: returns what is before it and sets *name (empty: no more).
 */
struct str template_placeholder(struct str *text, struct str *name);

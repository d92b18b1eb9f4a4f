#include "server/manual.h"

#include <stdio.h>

#include "core/feature.h"
#include "server/config.h"

/* Text for roff: a backslash and a hyphen are themselves, and no line begins a request. */
static void words(struct buf *b, const char *text)
{
	bool begins = true;
	for (const char *p = text; *p; p++) {
		if (begins && (*p == '.' || *p == '\''))
			buf_lit(b, "\\&");
		if (*p == '\\')
			buf_lit(b, "\\e");
		else if (*p == '-')
			buf_lit(b, "\\-");
		else
			buf_char(b, *p);
		begins = *p == '\n';
	}
}

static void option(struct buf *b, const char *name, const char *value, const char *help)
{
	buf_lit(b, ".TP\n.B \\-\\-");
	words(b, name);
	if (value) {
		buf_lit(b, " \\fI");
		words(b, value);
		buf_lit(b, "\\fR");
	}
	buf_char(b, '\n');
	words(b, help);
	buf_char(b, '\n');
}

static void one_command(struct buf *b, const struct command *c)
{
	buf_lit(b, ".SS \"waypost ");
	words(b, c->name);
	buf_lit(b, "\"\n");
	if (c->usage && *c->usage) {
		buf_lit(b, ".B waypost ");
		words(b, c->name);
		buf_char(b, ' ');
		words(b, c->usage);
		buf_lit(b, "\n.PP\n");
	}
	words(b, c->summary);
	buf_char(b, '\n');
	if (c->more) {
		buf_lit(b, ".PP\n.nf\n");
		words(b, c->more);
		buf_lit(b, "\n.fi\n");
	}
	for (const struct option_row *o = c->options; o && o->name; o++)
		option(b, o->name, o->value, o->help);
}

static void all_settings(struct buf *b)
{
	buf_lit(b,
		".SH SETTINGS\nEach is an option of every command, a variable of the environment\n"
		"(\\fB\\-\\-mail\\-from\\fR is \\fBWAYPOST_MAIL_FROM\\fR), or a line\n"
		"\\fIname\\fR = \\fIvalue\\fR of the file that \\fB\\-\\-config\\fR names. The "
		"first of "
		"these that\nhas it counts; \\fBwaypost check\\fR prints each with where it came "
		"from.\n");
	for (const struct setting *s = settings; s->name; s++) {
		option(b, s->name, s->value, s->help);
		if (*s->fallback && s->value) {
			buf_lit(b, "(default: ");
			words(b, s->fallback);
			buf_lit(b, ")\n");
		}
	}
	option(b, "config", "FILE", "file of settings");
}

/* What the tables do not say. */
static const char beginning[] =
	".TH WAYPOST 1\n"
	".SH NAME\nwaypost \\- the working platform of a career\\-development community\n"
	".SH SYNOPSIS\n.B waypost\n.I COMMAND\n[\\fIOPTIONS\\fR]\n"
	".SH DESCRIPTION\nOne program: it serves the pages, keeps them in an embedded SQLite "
	"database "
	"or in\nPostgreSQL, sends the letters and does the long work. What comes after a\n"
	"command\\(aqs name may stand in any order.\n"
	".SH COMMANDS\n";
static const char end[] =
	".SH EXIT STATUS\n"
	".TP\n0\ndone\n.TP\n1\nfailed: disk, network or database\n"
	".TP\n2\nthe command line is wrong\n.TP\n3\nrefused: nothing was changed\n"
	".SH SIGNALS\n"
	".TP\n.B SIGTERM, SIGINT\nserve: running requests are finished, for as long as\n"
	"\\fB\\-\\-grace\\fR says, and the program ends\n"
	".TP\n.B SIGHUP\nserve: the log file is opened again\n"
	".SH FILES\n"
	".TP\n.I waypost.db\nthe embedded database, unless \\fB\\-\\-db\\fR names another\n"
	".TP\n.I waypost.db.files\nuploaded files, by their hash\n"
	".TP\n.I waypost.db.keys\nthe secret keys, mode 0600; keep a copy, and not with the "
	"backups\n"
	".SH EXAMPLES\n.nf\n"
	"waypost org add guild --names \"Guild of Advisers / Ordre des conseillers\" --langs "
	"en,fr\n"
	"waypost user add me@guild.example --org guild --role admin\n"
	"waypost serve --db sqlite:/var/lib/waypost/waypost.db --smtp smtp://mail.example:587\n"
	"waypost import standard competencies.txt --org guild --dry-run\n.fi\n";

void manual_write(struct buf *b, const struct command *(*command_at)(size_t index))
{
	buf_add(b, str_of(beginning));
	for (size_t i = 0; command_at(i); i++)
		one_command(b, command_at(i));
	all_settings(b);
	buf_add(b, str_of(end));
}

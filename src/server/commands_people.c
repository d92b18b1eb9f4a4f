/* Commands that make the first organisation and the first people: the rest is done on pages. */
#include "server/commands.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/org.h"
#include "core/person.h"
#include "core/right.h"
#include "core/signin.h"
#include "db/db.h"

static int refuse(const char *why)
{
	fprintf(stderr, "waypost: %s\n", why);
	return EXIT_REFUSED;
}

static struct str word(const struct command_call *call, size_t index)
{
	return val_get_str(val_at(val_get(call->args, "rest"), index));
}

/* Ends the transaction: what failed or was refused leaves nothing behind. */
static int finish(struct command_call *call, int code)
{
	if (code == EXIT_OK && call->err->kind == ERR_NONE && db_commit(call->db))
		return EXIT_OK;
	db_rollback(call->db);
	return code == EXIT_OK ? EXIT_FAILED : code;
}

/* ---- organisations ---- */

/* "en,fr" and "Alder Guild / Guilde de l’Aulne": the first name stands in for those missing. */
static struct val *org_model(struct command_call *call)
{
	struct arena *a = call->arena;
	struct str slug = word(call, 0), langs = val_s(call->args, "langs"), lang,
		   names = val_s(call->args, "names"), base = val_s(call->args, "base");
	struct val *org = val_object(a), *list = val_set_list(org, "langs"),
		   *by_lang = val_set_object(org, "names");
	struct str first = {0};
	if (!langs.n)
		langs = S("en");
	while (str_cut(&langs, ',', &lang)) {
		struct str name = {0};
		str_cut(&names, '/', &name);
		name = str_trim(name);
		if (!first.n)
			first = name.n ? name : slug;
		val_push(list, val_text(a, lang));
		val_set_str(by_lang, str_c(a, lang), name.n ? name : first);
	}
	val_set_str(org, "slug", slug);
	val_set_str(org, "host", val_s(call->args, "host"));
	val_set_str(org, "zone",
		    val_has(call->args, "zone") ? val_s(call->args, "zone") : S("UTC"));
	val_set_str(org, "base",
		    base.n ? base : str_fmt(a, "http://localhost:8080/" STR_FMT, STR_ARG(slug)));
	val_set_str(org, "sender_name", val_s(call->args, "sender-name"));
	val_set_str(org, "sender_email", val_s(call->args, "sender-email"));
	return org;
}

static int org_add_run(struct command_call *call)
{
	if (!word(call, 0).n)
		return refuse("say the organisation's short name: waypost org add SLUG");
	const char *wrong = org_slug_wrong(word(call, 0));
	struct str base = val_s(call->args, "base"), host = val_s(call->args, "host");
	if (!wrong && base.n)
		wrong = org_base_wrong(base);
	if (!wrong && host.n)
		wrong = org_host_wrong(host);
	if (wrong)
		return refuse(wrong);
	db_begin(call->db, DB_WRITE, 0);
	int64_t id = org_add(call->db, call->arena, org_model(call), call->now);
	int code = id || call->err->kind != ERR_NONE
			   ? EXIT_OK
			   : refuse("an organisation has this short name or host already");
	code = finish(call, code);
	if (code == EXIT_OK)
		printf("organisation " STR_FMT " is there\n", STR_ARG(word(call, 0)));
	return code;
}

static int org_list_run(struct command_call *call)
{
	db_begin(call->db, DB_READ, 0);
	struct val *orgs = orgs_list(call->db, call->arena);
	db_rollback(call->db);
	for (size_t i = 0; i < val_count(orgs); i++) {
		struct val *org = val_at(orgs, i);
		printf("%-20.*s " STR_FMT "\n", STR_ARG(val_s(org, "slug")),
		       STR_ARG(val_s(org, "name")));
	}
	return EXIT_OK;
}

/* The one named by --org, or the only one. */
static struct val *chosen_org(struct command_call *call)
{
	struct str slug = val_s(call->args, "org");
	if (slug.n) {
		struct val *org = org_by_slug(call->db, call->arena, slug);
		if (val_is_null(org))
			fprintf(stderr, "waypost: there is no organisation " STR_FMT "\n",
				STR_ARG(slug));
		return org;
	}
	struct val *orgs = orgs_list(call->db, call->arena);
	if (val_count(orgs) == 1)
		return org_by_slug(call->db, call->arena, val_s(val_at(orgs, 0), "slug"));
	fprintf(stderr, "waypost: %s\n",
		val_count(orgs) ? "there are several organisations: say --org SLUG"
				: "there is no organisation yet: waypost org add SLUG");
	return val_null();
}

/* ---- passwords ---- */

static bool read_line(const char *prompt, bool hidden, char *line, size_t size)
{
	struct termios shown, silent;
	bool is_terminal = isatty(STDIN_FILENO) && !tcgetattr(STDIN_FILENO, &shown);
	if (is_terminal) {
		fputs(prompt, stderr);
		silent = shown;
		silent.c_lflag &= ~(tcflag_t)(hidden ? ECHO : 0);
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	}
	bool got = fgets(line, (int)size, stdin) != NULL;
	if (is_terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
		fputs("\n", stderr);
	}
	if (got)
		line[strcspn(line, "\r\n")] = '\0';
	return got;
}

/* From the terminal twice, or the first line of the standard input. Never from the command line,
 * which others can read. */
static int ask_password(struct command_call *call, struct str email, struct str name,
			struct str *password)
{
	char line[300], again[300];
	if (!read_line("Password: ", true, line, sizeof line))
		return refuse("no password came from the standard input");
	if (isatty(STDIN_FILENO) &&
	    (!read_line("Again: ", true, again, sizeof again) || strcmp(line, again)))
		return refuse("the two passwords differ");
	*password = str_dup(call->arena, str_of(line));
	const char *wrong = password_wrong(call->arena, *password, email, name);
	return wrong ? refuse(wrong) : EXIT_OK;
}

static struct signin signin_of(struct command_call *call)
{
	return (struct signin){
		.arena = call->arena, .db = call->db, .secrets = call->secrets, .now = call->now};
}

/* ---- people ---- */

/* The person of --person, or the only one with this address. */
static int64_t chosen_person(struct command_call *call, struct str email)
{
	struct val *people = signin_people_of(call->db, call->arena, email);
	int64_t wanted = val_i(call->args, "person");
	for (size_t i = 0; i < val_count(people); i++)
		if (val_i(val_at(people, i), "person") == wanted)
			return wanted;
	if (val_count(people) == 1 && !wanted)
		return val_i(val_at(people, 0), "person");
	if (!val_count(people))
		fprintf(stderr, "waypost: nobody signs in with " STR_FMT "\n", STR_ARG(email));
	else
		fprintf(stderr, "waypost: several people share this address: say --person ID\n");
	for (size_t i = 0; i < val_count(people); i++)
		fprintf(stderr, "  %lld  " STR_FMT "\n",
			(long long)val_i(val_at(people, i), "person"),
			STR_ARG(val_s(val_at(people, i), "name")));
	return 0;
}

static int give_role(struct command_call *call, const struct val *org, int64_t person,
		     struct str key)
{
	int64_t role =
		role_by_key(call->db, call->arena, val_i(org, "id"), str_c(call->arena, key));
	if (!role && call->err->kind == ERR_NONE) {
		fprintf(stderr, "waypost: there is no role " STR_FMT "; there are:", STR_ARG(key));
		for (const struct role_shipped *r = roles_shipped; r->key; r++)
			fprintf(stderr, " %s", r->key);
		fprintf(stderr, "\n");
		return EXIT_REFUSED;
	}
	role_give(call->db, call->arena, val_i(org, "id"), person, role, 0, person, call->now);
	return EXIT_OK;
}

static int64_t add_person(struct command_call *call, const struct val *org)
{
	struct val *person = val_object(call->arena);
	struct str name = val_s(call->args, "name"), lang = val_s(call->args, "lang");
	val_set_str(person, "name", name.n ? name : word(call, 0));
	val_set_str(person, "sort_name", (struct str){0});
	val_set_str(person, "formal_name", (struct str){0});
	val_set_str(person, "lang", lang.n ? lang : val_s(org, "lang"));
	return person_add(call->db, call->arena, person, val_i(org, "id"), call->now);
}

static int user_add_run(struct command_call *call)
{
	struct str email = word(call, 0), password = {0}, role = val_s(call->args, "role");
	if (str_find_char(email, '@') < 1)
		return refuse("say whom by e-mail address: waypost user add ada@example.org");
	int code = val_b(call->args, "no-password")
			   ? EXIT_OK
			   : ask_password(call, email, val_s(call->args, "name"), &password);
	if (code != EXIT_OK)
		return code;
	db_begin(call->db, DB_WRITE, 0);
	struct val *org = chosen_org(call);
	if (val_is_null(org))
		return finish(call, EXIT_REFUSED);
	struct signin signin = signin_of(call);
	int64_t person = add_person(call, org);
	if (password.n)
		signin_set_password(&signin, person, email, password, 0);
	else
		signin_add_email(&signin, person, email);
	if (role.n)
		code = give_role(call, org, person, role);
	code = finish(call, code);
	if (code == EXIT_OK)
		printf("person %lld is there\n", (long long)person);
	return code;
}

static int user_password_run(struct command_call *call)
{
	struct str email = word(call, 0), password;
	db_begin(call->db, DB_WRITE, 0);
	int64_t person = chosen_person(call, email);
	db_rollback(call->db);
	if (!person)
		return EXIT_REFUSED;
	int code = ask_password(call, email, (struct str){0}, &password);
	if (code != EXIT_OK)
		return code;
	db_begin(call->db, DB_WRITE, 0);
	struct signin signin = signin_of(call);
	signin_set_password(&signin, person, email, password, 0);
	code = finish(call, EXIT_OK);
	if (code == EXIT_OK)
		printf("the password is set; every session has ended\n");
	return code;
}

static int user_role_run(struct command_call *call)
{
	struct str email = word(call, 0), role = word(call, 1);
	if (!role.n)
		return refuse("say who and which role: waypost user role ada@example.org admin");
	db_begin(call->db, DB_WRITE, 0);
	struct val *org = chosen_org(call);
	int64_t person = val_is_null(org) ? 0 : chosen_person(call, email);
	if (!person)
		return finish(call, EXIT_REFUSED);
	person_join(call->db, call->arena, person, val_i(org, "id"), call->now);
	int code = finish(call, give_role(call, org, person, role));
	if (code == EXIT_OK)
		printf("given\n");
	return code;
}

static int user_list_run(struct command_call *call)
{
	enum { PAGE = 200 };
	struct str after = {0};
	int64_t after_id = 0;
	db_begin(call->db, DB_READ, 0);
	struct val *org = chosen_org(call), *page;
	if (val_is_null(org))
		return finish(call, EXIT_REFUSED);
	do {
		page = people_list(call->db, call->arena,
				   &(struct people_asked){.org = val_i(org, "id"),
							  .after_fold = after,
							  .after_id = after_id,
							  .most = PAGE,
							  .now = call->now});
		for (size_t i = 0; i < val_count(page); i++) {
			struct val *person = val_at(page, i);
			printf("%-8lld " STR_FMT "\n", (long long)val_i(person, "id"),
			       STR_ARG(val_s(person, "sort_name")));
			after = val_s(person, "sort_fold");
			after_id = val_i(person, "id");
		}
	} while (val_count(page) == PAGE);
	return finish(call, EXIT_OK);
}

static const struct option_row org_options[] = {
	{"names", "NAMES", "its name in each language: \"Alder Guild / Guilde de l’Aulne\""},
	{"langs", "TAGS", "the languages it works in, the first first: en,fr"},
	{"host", "NAME", "its own host name; else it is the first part of the path"},
	{"base", "URL", "what its links begin with: https://careers.example.org/alder"},
	{"zone", "NAME", "its time zone: America/Toronto"},
	{"sender-name", "TEXT", "who its letters come from"},
	{"sender-email", "ADDRESS", "and from which address"},
	{0},
};

static const struct option_row user_options[] = {
	{"org", "SLUG", "the organisation, where there are several"},
	{"name", "NAME", "the person's name as it is shown"},
	{"lang", "TAG", "the language of their pages and letters"},
	{"role", "ROLE", "a role to give: admin, standards_editor, …"},
	{"person", "ID", "which person, where several share the address"},
	{"no-password", NULL, "sign in by e-mailed link only"},
	{0},
};

const struct command people_commands[] = {
	{"org add", "SLUG [--names NAMES] [--langs TAGS]", "add an organisation",
	 .options = org_options, .run = org_add_run},
	{"org list", "", "the organisations", .run = org_list_run},
	{"user add", "EMAIL [--name NAME] [--role admin] [--org SLUG]", "add a person who signs in",
	 "The password is asked for, or read from the first line of the standard input.",
	 user_options, user_add_run, COMMAND_KEYS},
	{"user password", "EMAIL [--person ID]", "set a person's password", NULL, user_options,
	 user_password_run, COMMAND_KEYS},
	{"user role", "EMAIL ROLE [--org SLUG]", "give a person a role", NULL, user_options,
	 user_role_run},
	{"user list", "[--org SLUG]", "the people of an organisation", NULL, user_options,
	 user_list_run},
	{0},
};

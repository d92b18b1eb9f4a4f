/*
 * OneRoster 1.1 as CSV: users, classes, enrollments, academicSessions and orgs, each by its sourcedId.
 * Columns that are not in the tables below are told as left. A user or enrollment "tobedeleted" is
 * treated as not there; passwords and demographics are never read.
 */
#include "app/people/roster_rules.h"

#include "base/arena.h"
#include "base/words.h"

static const struct {
	const char *file;
	const char *columns[16]; /* that are read */
	const char *known[24];   /* of the standard, and left without a word */
} tables[] = {
	{"users.csv",
	 {"sourcedId", "status", "orgSourcedIds", "role", "givenName", "familyName", "middleName",
	  "email", "sms", "phone", "agentSourcedIds"},
	 {"dateLastModified", "enabledUser", "username", "userIds", "identifier", "grades"}},
	{"classes.csv",
	 {"sourcedId", "status", "title", "schoolSourcedId", "termSourcedIds"},
	 {"dateLastModified", "grades", "courseSourcedId", "classCode", "classType", "location",
	  "subjects", "subjectCodes", "periods"}},
	{"enrollments.csv",
	 {"sourcedId", "status", "classSourcedId", "schoolSourcedId", "userSourcedId", "role",
	  "beginDate", "endDate"},
	 {"dateLastModified", "primary"}},
	{"academicSessions.csv",
	 {"sourcedId", "status", "title", "type", "startDate", "endDate"},
	 {"dateLastModified", "parentSourcedId", "schoolYear"}},
	{"orgs.csv",
	 {"sourcedId", "status", "name", "type"},
	 {"dateLastModified", "identifier", "parentSourcedId"}},
};
enum { TABLES = sizeof tables / sizeof *tables };
enum { USERS, CLASSES, ENROLLMENTS, SESSIONS, ORGS };

struct table {
	const struct val *file; /* or the null value */
	int at[16];             /* where each of the columns stands; -1: nowhere */
};

static int column_of(const struct val *file, const char *name)
{
	const struct val *columns = val_get(file, "columns");
	for (size_t i = 0; i < val_count(columns); i++)
		if (str_eq_nocase(val_get_str(val_at(columns, i)), str_of(name)))
			return (int)i;
	return -1;
}

/* By its name, or what its columns are. */
static bool is_table(const struct val *file, int t)
{
	if (column_of(file, "sourcedId") < 0)
		return false;
	static const char *const marks[TABLES][2] = {{"givenName", "familyName"},
						     {"schoolSourcedId", "title"},
						     {"classSourcedId", "userSourcedId"},
						     {"startDate", "endDate"},
						     {"name", "type"}};
	return column_of(file, marks[t][0]) >= 0 && column_of(file, marks[t][1]) >= 0;
}

static struct table table_find(const struct val *read, int t)
{
	const struct val *files = val_get(read, "files");
	struct table table = {.file = val_null()};
	for (size_t i = 0; i < val_count(files); i++)
		if (is_table(val_at(files, i), t))
			table.file = val_at(files, i);
	for (int c = 0; c < 16; c++)
		table.at[c] =
			tables[t].columns[c] ? column_of(table.file, tables[t].columns[c]) : -1;
	return table;
}

static struct str cell(const struct table *t, int which, size_t row, const char *name)
{
	int c = 0;
	while (!str_is(str_of(tables[which].columns[c]), name))
		c++;
	if (t->at[c] < 0)
		return (struct str){0};
	return val_get_str(val_at(val_at(val_get(t->file, "rows"), row), (size_t)t->at[c]));
}

static size_t rows_of(const struct table *t)
{
	return val_count(val_get(t->file, "rows"));
}

static bool gone(const struct table *t, int which, size_t row)
{
	return str_eq_nocase(cell(t, which, row, "status"), S("tobedeleted"));
}

static struct val *begin(struct arena *a, const struct table *t, size_t row)
{
	return roster_entry(a, val_get_int(val_at(val_get(t->file, "lines"), row)),
			    val_s(t->file, "name"));
}

bool roster_is_one(const struct val *read)
{
	const struct val *files = val_get(read, "files");
	for (size_t i = 0; i < val_count(files); i++)
		for (int t = 0; t < TABLES; t++)
			if (is_table(val_at(files, i), t))
				return true;
	return false;
}

struct val *roster_schools(struct arena *a, const struct val *read)
{
	struct table orgs = table_find(read, ORGS);
	struct val *schools = val_list(a);
	for (size_t i = 0; i < rows_of(&orgs); i++) {
		if (!str_eq_nocase(cell(&orgs, ORGS, i, "type"), S("school")) ||
		    gone(&orgs, ORGS, i))
			continue;
		struct val *school = val_push_object(schools);
		val_set_str(school, "key", cell(&orgs, ORGS, i, "sourcedId"));
		val_set_str(school, "name", cell(&orgs, ORGS, i, "name"));
	}
	return schools;
}

/* ---- what is left ---- */

static bool in_list(const char *const *list, size_t most, struct str name)
{
	for (size_t i = 0; i < most && list[i]; i++)
		if (str_eq_nocase(name, str_of(list[i])))
			return true;
	return false;
}

static bool is_guardians(struct str column)
{
	return str_eq_nocase(column, S("agentSourcedIds"));
}

static const char *why_left(struct arena *a, struct str column)
{
	if (str_eq_nocase(column, S("password")))
		return N_("No password is taken from a file.");
	if (is_guardians(column))
		return N_("Guardians are entered by the school, on the page of the learner.");
	return roster_never(a, column) ? roster_never(a, column)
				       : N_("Not a column of OneRoster 1.1 that is read here.");
}

/* Guardians are read for whoever may enter them. */
static void tell_left(struct arena *a, struct val *out, const struct val *read, bool guardians)
{
	const struct val *files = val_get(read, "files"), *left = val_get(read, "left");
	for (size_t i = 0; i < val_count(left); i++) {
		struct str name = val_get_str(val_at(left, i));
		if (!str_is(name, "manifest.csv"))
			roster_left(
				out, name, (struct str){0},
				str_is(name, "demographics.csv")
					? N_("Not read: birth dates and the like are never kept.")
					: N_("Not read: nothing of it is kept here."));
	}
	for (size_t i = 0; i < val_count(files); i++) {
		const struct val *file = val_at(files, i), *columns = val_get(file, "columns");
		int t = 0;
		while (t < TABLES && !is_table(file, t))
			t++;
		if (t == TABLES)
			roster_left(out, val_s(file, "name"), (struct str){0},
				    N_("Not read: its columns are not those of OneRoster."));
		for (size_t c = 0; t < TABLES && c < val_count(columns); c++) {
			struct str column = val_get_str(val_at(columns, c));
			if ((!in_list(tables[t].columns, 16, column) &&
			     !in_list(tables[t].known, 24, column)) ||
			    (is_guardians(column) && !guardians))
				roster_left(out, val_s(file, "name"), column, why_left(a, column));
		}
	}
}

static void tell_errors(struct arena *a, struct val *out, const struct val *read)
{
	const struct val *files = val_get(read, "files");
	for (size_t f = 0; f < val_count(files); f++) {
		const struct val *file = val_at(files, f), *errors = val_get(file, "errors");
		for (size_t i = 0; i < val_count(errors); i++)
			roster_error(out,
				     roster_entry(a, val_i(val_at(errors, i), "line"),
						  val_s(file, "name")),
				     str_c(a, val_s(val_at(errors, i), "message")),
				     (struct str){0});
	}
}

/* ---- users ---- */

/* Is the key in a list of keys with commas between them? */
static bool holds(struct str list, struct str key)
{
	struct str piece;
	while (str_cut(&list, ',', &piece))
		if (str_eq(str_trim(piece), key))
			return true;
	return false;
}

static const struct {
	const char *theirs, *ours; /* role of OneRoster -> key of a shipped role */
} roles[] = {{"student", "learner"},
	     {"teacher", "teacher"},
	     {"aide", "teacher"},
	     {"parent", "guardian"},
	     {"guardian", "guardian"}};

static struct str role_of(struct str theirs)
{
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (str_eq_nocase(theirs, str_of(roles[i].theirs)))
			return str_of(roles[i].ours);
	return (struct str){0};
}

static void push(struct arena *a, struct val *list, struct str value)
{
	if (value.n && !(val_count(list) && str_eq(val_get_str(val_at(list, 0)), value)))
		val_push(list, val_text(a, value));
}

static struct val *user(struct arena *a, struct val *out, const struct table *users, size_t i)
{
	struct val *entry = begin(a, users, i);
	struct str given = cell(users, USERS, i, "givenName"),
		   family = cell(users, USERS, i, "familyName");
	bool both = given.n && family.n;
	val_set_str(entry, "key", cell(users, USERS, i, "sourcedId"));
	val_set_str(
		entry, "name",
		str_fmt(a, STR_FMT "%s" STR_FMT, STR_ARG(given), both ? " " : "", STR_ARG(family)));
	if (both)
		val_set_str(entry, "sort_name",
			    str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(family), STR_ARG(given)));
	val_set_str(entry, "role", role_of(cell(users, USERS, i, "role")));
	push(a, val_get(entry, "emails"), cell(users, USERS, i, "email"));
	push(a, val_get(entry, "phones"), cell(users, USERS, i, "sms"));
	push(a, val_get(entry, "phones"), cell(users, USERS, i, "phone"));
	const char *wrong = NULL;
	if (!val_s(entry, "key").n)
		wrong = N_("There is no sourcedId in this row.");
	else if (!val_s(entry, "name").n)
		wrong = N_("There is no name in this row.");
	if (wrong)
		roster_error(out, entry, wrong, (struct str){0});
	return wrong ? NULL : entry;
}

static void read_users(struct arena *a, struct val *out, const struct table *users,
		       struct str school, struct roster_index *by_key)
{
	struct roster_index *seen = roster_index_new(a, rows_of(users));
	for (size_t i = 0; i < rows_of(users); i++)
		roster_index_add(seen, cell(users, USERS, i, "sourcedId"), val_object(a));
	roster_index_sort(seen);
	for (size_t i = 0; i < rows_of(users); i++) {
		struct str of = cell(users, USERS, i, "orgSourcedIds"),
			   key = cell(users, USERS, i, "sourcedId");
		size_t same = 0;
		if (gone(users, USERS, i)) {
			val_push(val_get(out, "gone"), val_text(a, key));
			continue;
		}
		if (school.n && of.n && !holds(of, school))
			continue;
		struct val *entry = user(a, out, users, i);
		struct val *once = roster_index_find(seen, key, &same);
		if (entry && same > 1 && val_b(once, "used")) {
			roster_error(out, entry, N_("Another row has the same sourcedId."), key);
			continue;
		}
		if (!entry)
			continue;
		val_set_bool(once, "used", true);
		val_push(val_get(out, "people"), entry);
		roster_index_add(by_key, key, entry);
	}
	roster_index_sort(by_key);
}

/* ---- guardians ---- */

/* A learner names their guardians, or a guardian their children, or both do. */
static void add_pair(struct arena *a, struct val *out, const struct val *by, struct val *child,
		     const struct val *guardian)
{
	struct str key = val_s(guardian, "key");
	struct val *known = val_get(child, "guardians");
	if (!val_has(child, "guardians"))
		known = val_set_list(child, "guardians");
	for (size_t i = 0; i < val_count(known); i++)
		if (str_eq(val_get_str(val_at(known, i)), key))
			return;
	val_push(known, val_text(a, key));
	struct val *one = val_push_object(val_get(out, "guardians"));
	val_set(one, "line", val_get(by, "line"));
	val_set(one, "file", val_get(by, "file"));
	val_set(one, "name", val_get(child, "name"));
	val_set(one, "child", val_get(child, "key"));
	val_set_str(one, "key", key);
	val_set(one, "guardian_name", val_get(guardian, "name"));
	val_set_int(one, "position", (int64_t)val_count(known));
}

static void add_agent(struct arena *a, struct val *out, struct val *entry, struct val *agent,
		      struct str key)
{
	bool learner = str_is(val_s(entry, "role"), "learner");
	const char *wrong = NULL;
	if (!agent)
		wrong = learner ? N_("The guardian of this row is not in users.csv.") : NULL;
	else if (learner && str_is(val_s(agent, "role"), "guardian"))
		add_pair(a, out, entry, entry, agent);
	else if (str_is(val_s(entry, "role"), "guardian") &&
		 str_is(val_s(agent, "role"), "learner"))
		add_pair(a, out, entry, agent, entry);
	else
		wrong = N_("Not entered: a guardian is the parent or guardian of a student in "
			   "users.csv.");
	if (wrong)
		roster_error(out, entry, wrong, agent ? val_s(agent, "name") : key);
}

static void read_agents(struct arena *a, struct val *out, const struct table *users,
			const struct roster_index *by_key)
{
	for (size_t i = 0; i < rows_of(users); i++) {
		struct str rest = cell(users, USERS, i, "agentSourcedIds"), piece;
		struct val *entry =
			roster_index_find(by_key, cell(users, USERS, i, "sourcedId"), NULL);
		if (!entry || val_i(entry, "line") != val_i(begin(a, users, i), "line"))
			continue;
		while (str_cut(&rest, ',', &piece))
			if (str_trim(piece).n)
				add_agent(a, out, entry,
					  roster_index_find(by_key, str_trim(piece), NULL),
					  str_trim(piece));
	}
}

/* ---- classes and enrollments ---- */

static struct str source(struct arena *a, struct str key)
{
	return str_fmt(a, "oneroster:" STR_FMT, STR_ARG(key));
}

/* The days of the first of a class's terms that is there. */
static void term_of(struct arena *a, const struct table *sessions, struct str terms,
		    struct str *since, struct str *until)
{
	for (size_t i = 0; i < rows_of(sessions) && !since->n; i++)
		if (holds(terms, cell(sessions, SESSIONS, i, "sourcedId")) &&
		    roster_day(a, cell(sessions, SESSIONS, i, "startDate"), ORDER_ISO, since))
			roster_day(a, cell(sessions, SESSIONS, i, "endDate"), ORDER_ISO, until);
}

static void read_classes(struct arena *a, struct val *out, const struct table *classes,
			 const struct table *sessions, struct str school,
			 struct roster_index *by_key)
{
	for (size_t i = 0; i < rows_of(classes); i++) {
		struct str key = cell(classes, CLASSES, i, "sourcedId"),
			   title = cell(classes, CLASSES, i, "title"),
			   of = cell(classes, CLASSES, i, "schoolSourcedId"), since = {0},
			   until = {0};
		if (gone(classes, CLASSES, i) || (school.n && of.n && !str_eq(of, school)))
			continue;
		if (!key.n || !title.n) {
			roster_error(out, begin(a, classes, i),
				     N_("A class needs a sourcedId and a title."), title);
			continue;
		}
		term_of(a, sessions, cell(classes, CLASSES, i, "termSourcedIds"), &since, &until);
		struct val *group = val_push_object(val_get(out, "groups"));
		val_set_str(group, "ref", source(a, key));
		val_set_str(group, "source", source(a, key));
		val_set_str(group, "name", title);
		val_set_str(group, "since", since);
		val_set_int(group, "line", val_i(begin(a, classes, i), "line"));
		val_set_str(group, "file", val_s(classes->file, "name"));
		roster_index_add(by_key, key, group);
	}
	roster_index_sort(by_key);
}

/* An entry of who is not in this file but may be known. */
static struct val *stranger(struct arena *a, struct val *out, struct val *strangers,
			    const struct table *enrollments, size_t i, struct str key)
{
	for (size_t k = 0; k < val_count(strangers); k++)
		if (str_eq(val_s(val_at(strangers, k), "key"), key))
			return val_at(strangers, k);
	struct val *entry = begin(a, enrollments, i);
	val_set_str(entry, "key", key);
	val_set_bool(entry, "known_only", true);
	val_push(strangers, entry);
	val_push(val_get(out, "people"), entry);
	return entry;
}

struct whole {
	const struct table *users, *classes, *enrollments;
	const struct roster_index *people, *groups;
	struct str school;
	struct val *strangers;
};

static void enroll(struct arena *a, struct val *out, const struct whole *w, size_t i)
{
	const struct table *e = w->enrollments;
	struct str class = cell(e, ENROLLMENTS, i, "classSourcedId"),
		   key = cell(e, ENROLLMENTS, i, "userSourcedId"),
		   of = cell(e, ENROLLMENTS, i, "schoolSourcedId"),
		   role = cell(e, ENROLLMENTS, i, "role"), since = {0};
	if (gone(e, ENROLLMENTS, i) || (w->school.n && of.n && !str_eq(of, w->school)))
		return;
	struct val *entry = roster_index_find(w->people, key, NULL);
	const char *wrong = NULL;
	bool no_class = rows_of(w->classes) && !roster_index_find(w->groups, class, NULL);
	if (!key.n || !class.n)
		wrong = N_("An enrollment needs a class and a person.");
	else if (no_class)
		wrong = N_("The class of this row is not in classes.csv.");
	else if (rows_of(w->users) && !entry)
		wrong = N_("The person of this row is not in users.csv.");
	if (wrong) {
		struct val *told = begin(a, e, i);
		val_set_str(told, "key", key);
		roster_error(out, told, wrong, no_class ? class : key);
		return;
	}
	if (!entry)
		entry = stranger(a, out, w->strangers, e, i, key);
	roster_day(a, cell(e, ENROLLMENTS, i, "beginDate"), ORDER_ISO, &since);
	struct val *in = val_push_object(val_get(entry, "groups"));
	val_set_str(in, "ref", source(a, class));
	val_set_bool(in, "staff", !str_eq_nocase(role, S("student")));
	val_set_str(in, "since", since);
}

void roster_one(struct arena *a, struct val *out, const struct val *read,
		const struct val *settings)
{
	struct table users = table_find(read, USERS), classes = table_find(read, CLASSES),
		     enrollments = table_find(read, ENROLLMENTS),
		     sessions = table_find(read, SESSIONS);
	struct roster_index *people = roster_index_new(a, rows_of(&users));
	struct roster_index *groups = roster_index_new(a, rows_of(&classes));
	struct whole whole = {.users = &users,
			      .classes = &classes,
			      .enrollments = &enrollments,
			      .people = people,
			      .groups = groups,
			      .school = val_s(settings, "school"),
			      .strangers = val_list(a)};
	tell_left(a, out, read, val_b(settings, "guardians"));
	tell_errors(a, out, read);
	read_users(a, out, &users, whole.school, people);
	if (val_b(settings, "guardians"))
		read_agents(a, out, &users, people);
	read_classes(a, out, &classes, &sessions, whole.school, groups);
	for (size_t i = 0; i < rows_of(&enrollments); i++)
		enroll(a, out, &whole, i);
}

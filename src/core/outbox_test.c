#include "core/outbox.h"

#include "base/arena.h"
#include "core/args.h"
#include "core/letter.h"
#include "fixture.h"
#include "smtp.h"

#include <stdio.h>

enum { NOW = 1795262400 };

static const struct letter_blank blanks[] = {
	{"name", .meaning = "who it is to"},
	{"link", .link = true, .required = true, .meaning = "where to go"},
	{NULL},
};
static const struct letter_words words[] = {
	{"en", "Your seat, {{name}}", "Hello {{name}},\n\nyour seat is kept:\n{{link}}\n"},
	{"fr", "Votre place, {{name}}",
	 "Bonjour {{name}},\n\nvotre place est gardée :\n{{link}}\n"},
	{NULL},
};
static const struct letter_kind seat = {"test.seat", "A seat is kept", blanks, words};

static int64_t an_org(struct db *db, const char *slug, const char *sender)
{
	int64_t org = db_id(db,
			    SQL("INSERT INTO org (slug, base, zone, sender_email, made_at) VALUES "
				"(:slug, 'https://example.test', 'UTC', :sender, 1) RETURNING id"),
			    ARGS(test_arena, ARG(slug), ARG_NULL("sender", sender)));
	db_exec(db,
		SQL("INSERT INTO org_lang (org, lang, position, name) VALUES (:org, 'fr', 1, "
		    "'École "
		    "Été'), (:org, 'en', 2, 'Summer School')"),
		ARGS(test_arena, ARG(org)));
	return org;
}

static int64_t post(struct db *db, int64_t org, const char *to, const char *lang, const char *key)
{
	return letter_post(
		db, test_arena,
		&(struct letter){.kind = &seat,
				 .org = org,
				 .to_address = str_of(to),
				 .to_name = S("Zoé"),
				 .lang = str_of(lang),
				 .values = ARGS(test_arena, ARG_AS("name", "Zoé"),
						ARG_AS("link", "https://example.test/s/1")),
				 .unsubscribe = S("https://example.test/u/1"),
				 .key = key,
				 .now = NOW});
}

static struct val *letter_of(struct db *db, int64_t org, int64_t id)
{
	db_begin(db, DB_READ, 0);
	struct val *letter = outbox_letter(db, test_arena, org, id);
	CHECK(db_commit(db));
	return letter;
}

TEST_DB("a letter is kept as sent: in the person's language, with its sender, once for its key")
{
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db, "school", "ecole@example.test");
	int64_t id = post(db, org, "zoe@example.test", "fr-CA", "seat-1");
	CHECK(id > 0);
	CHECK_INT(post(db, org, "zoe@example.test", "fr", "seat-1"), 0);
	CHECK_INT(post(db, org, "not an address", "fr", "seat-2"), 0);
	CHECK(db_commit(db));
	struct val *l = letter_of(db, org, id);
	CHECK_STR(val_s(l, "lang"), "fr");
	CHECK_STR(val_s(l, "subject"), "Votre place, Zoé");
	CHECK_STR(val_s(l, "sender_name"), "École Été");
	CHECK_STR(val_s(l, "sender_address"), "ecole@example.test");
	CHECK(str_find(val_s(l, "body"), S("gardée :\nhttps://example.test/s/1")) >= 0);
	CHECK(str_find(val_s(l, "html"), S("<a href=\"https://example.test/s/1\">")) >= 0);
	CHECK_STR(val_s(l, "state"), "queued");
	CHECK(val_is_null(letter_of(db, org + 1, id)));
}

static enum letter_saved save(struct db *db, struct letter_edit *edit, const char *body)
{
	struct letter_fault fault;
	edit->body = str_of(body);
	return letter_template_save(db, test_arena, &seat, edit, &fault);
}

static int64_t in_force(struct db *db, int64_t org, const char *lang)
{
	return val_i(letter_template(db, test_arena, &seat, org, str_of(lang)), "version");
}

TEST_DB("an organisation's own text goes before the shipped one, by version, until it is taken "
	"back")
{
	struct letter_edit edit = {.now = NOW, .lang = S("en"), .subject = S("Welcome {{name}}")};
	db_begin(db, DB_WRITE, 0);
	edit.org = an_org(db, "school", NULL);
	CHECK_INT(save(db, &edit, "Come to {{link}}"), LETTER_SAVED);
	edit.seen = 1;
	CHECK_INT(save(db, &edit, "Come to {{link}}"), LETTER_SAME);
	CHECK_INT(save(db, &edit, "Here: {{link}} {{oops}}"), LETTER_WRONG);
	CHECK_INT(save(db, &edit, "Here: {{link}}"), LETTER_SAVED);
	struct val *l = letter_template(db, test_arena, &seat, edit.org, S("en"));
	CHECK_INT(val_i(l, "version"), 2);
	CHECK_STR(val_s(l, "body"), "Here: {{link}}");
	/* A French reader gets French, even if it is the shipped text. */
	l = letter_template(db, test_arena, &seat, edit.org, S("fr"));
	CHECK_INT(val_i(l, "version"), 0);
	CHECK_STR(val_s(l, "subject"), "Votre place, {{name}}");
	int64_t id = post(db, edit.org, "z@example.test", "en", "k");
	l = outbox_letter(db, test_arena, edit.org, id);
	CHECK_INT(val_i(l, "template_version"), 2);
	CHECK_STR(val_s(l, "subject"), "Welcome Zoé");
	edit.seen = 2;
	CHECK_INT(letter_template_drop(db, test_arena, &seat, &edit), LETTER_SAVED);
	CHECK_INT(in_force(db, edit.org, "en"), 0);
	edit.seen = 0;
	CHECK_INT(letter_template_drop(db, test_arena, &seat, &edit), LETTER_SAME);
	CHECK_INT(save(db, &edit, "Again: {{link}}"), LETTER_SAVED);
	CHECK_INT(in_force(db, edit.org, "en"), 3);
	CHECK(db_commit(db));
}

TEST_DB("who writes over a letter's text that they have not seen is told; every version can be "
	"read")
{
	struct letter_edit edit = {.now = NOW, .lang = S("fr"), .subject = S("Bienvenue")};
	db_begin(db, DB_WRITE, 0);
	edit.org = an_org(db, "school", NULL);
	int64_t other = an_org(db, "other", NULL);
	CHECK_INT(save(db, &edit, "Un : {{link}}"), LETTER_SAVED);
	CHECK_INT(save(db, &edit, "Deux : {{link}}"), LETTER_STALE);
	CHECK_INT(letter_template_drop(db, test_arena, &seat, &edit), LETTER_STALE);
	edit.seen = 1;
	CHECK_INT(save(db, &edit, "Deux : {{link}}"), LETTER_SAVED);
	const struct val *all = letter_template_versions(db, test_arena, &seat, edit.org, S("fr"));
	CHECK_INT(val_count(all), 2);
	CHECK_INT(val_i(val_at(all, 0), "version"), 2);
	CHECK_INT(val_i(val_at(all, 0), "in_force"), 1);
	CHECK_INT(val_i(val_at(all, 1), "in_force"), 0);
	const struct val *one =
		letter_template_version(db, test_arena, &seat, edit.org, S("fr"), 1);
	CHECK_STR(val_s(one, "body"), "Un : {{link}}");
	/* Another organisation, and another language, have none of it. */
	CHECK(val_is_null(letter_template_version(db, test_arena, &seat, other, S("fr"), 1)));
	CHECK(val_is_null(letter_template_version(db, test_arena, &seat, edit.org, S("en"), 1)));
	CHECK_INT(val_count(letter_template_versions(db, test_arena, &seat, other, S("fr"))), 0);
	/* Inuktitut begins with the shipped English, never with the organisation's French. */
	const struct val *here = letter_template_here(db, test_arena, &seat, edit.org, S("iu"));
	CHECK_INT(val_i(here, "version"), 0);
	CHECK_STR(val_s(here, "lang"), "en");
	CHECK(db_commit(db));
}

static struct mail_server to(const char *url)
{
	return (struct mail_server){.url = url,
				    .plain = true,
				    .host = "mail.example.test",
				    .sender = "server@example.test",
				    .bounce = "bounce@example.test",
				    .timeout = 5};
}

TEST_DB("a letter arrives as it was meant: both parts, accents, one-click unsubscription")
{
	struct smtp *smtp = smtp_start(NULL, NULL);
	if (!smtp)
		SKIP("no node with smtp-server here");
	struct mail_server server = to(smtp_url(smtp));
	db_begin(db, DB_WRITE, 0);
	int64_t school = an_org(db, "school", "ecole@example.test");
	int64_t other = an_org(db, "other", NULL);
	int64_t id = post(db, school, "zoe@example.test", "fr", "1");
	int64_t second = post(db, other, "max@example.test", "en", "1");
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(db, test_arena, err, &server, NOW, 50), 2);

	struct val *got = smtp_next(smtp);
	CHECK_STR(val_s(got, "from"), "bounce@example.test");
	CHECK_STR(val_get_str(val_at(val_get(got, "to"), 0)), "zoe@example.test");
	CHECK_STR(val_s(got, "subject"), "Votre place, Zoé");
	CHECK(str_find(val_s(got, "text"), S("votre place est gardée :")) >= 0);
	CHECK(str_find(val_s(got, "html"), S("<p>Bonjour Zoé,</p>")) >= 0);
	CHECK_STR(smtp_header(got, "from"), "=?UTF-8?B?w4ljb2xlIMOJdMOp?= <ecole@example.test>");
	CHECK_STR(smtp_header(got, "list-unsubscribe"), "<https://example.test/u/1>");
	CHECK_STR(smtp_header(got, "list-unsubscribe-post"), "List-Unsubscribe=One-Click");
	CHECK_STR(smtp_header(got, "content-language"), "fr");
	CHECK(str_starts(smtp_header(got, "message-id"), S("<letter.")));
	struct str raw = val_s(got, "raw"), line;
	while (str_cut(&raw, '\n', &line))
		CHECK(line.n <= 79);
	got = smtp_next(smtp);
	/* The second organisation has no address of its own. */
	CHECK_STR(smtp_header(got, "from"), "\"Summer School\" <server@example.test>");
	CHECK_STR(val_s(letter_of(db, school, id), "state"), "sent");
	CHECK(str_starts(val_s(letter_of(db, school, id), "answer"), S("250")));
	CHECK_STR(val_s(letter_of(db, other, second), "sender_address"), "server@example.test");
	CHECK_INT(outbox_turn(db, test_arena, err, &server, NOW + 86400, 50), 0);
}

TEST_DB("who is refused for good is dead at once and can be sent again by hand")
{
	struct smtp *smtp = smtp_start("--refuse", "gone@example.test");
	if (!smtp)
		SKIP("no node with smtp-server here");
	struct mail_server server = to(smtp_url(smtp));
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db, "school", NULL);
	int64_t id = post(db, org, "gone@example.test", "en", "1");
	int64_t fine = post(db, org, "here@example.test", "en", "2");
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(db, test_arena, err, &server, NOW, 50), 2);
	struct val *l = letter_of(db, org, id);
	CHECK_STR(val_s(l, "state"), "dead");
	CHECK(str_starts(val_s(l, "answer"), S("550")));
	CHECK_STR(val_s(letter_of(db, org, fine), "state"), "sent");
	db_begin(db, DB_WRITE, org);
	CHECK(!outbox_again(db, test_arena, org + 1, id, NOW));
	CHECK(outbox_again(db, test_arena, org, id, NOW + 60));
	CHECK_INT(val_i(outbox_counts(db, test_arena, org), "queued"), 1);
	CHECK(outbox_cancel(db, test_arena, org, id, NOW + 61));
	CHECK(!outbox_cancel(db, test_arena, org, fine, NOW + 61));
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(db, test_arena, err, &server, NOW + 999, 50), 0);
}

TEST_DB("who cannot be reached now is tried again with growing pauses, and dead after two days")
{
	struct smtp *smtp = smtp_start("--later", "full@example.test");
	if (!smtp)
		SKIP("no node with smtp-server here");
	struct mail_server server = to(smtp_url(smtp));
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db, "school", NULL), now = NOW;
	int64_t id = post(db, org, "full@example.test", "en", "1");
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(db, test_arena, err, &server, now, 50), 1);
	struct val *l = letter_of(db, org, id);
	CHECK_STR(val_s(l, "state"), "queued");
	CHECK(str_starts(val_s(l, "answer"), S("451")));
	CHECK_INT(outbox_turn(db, test_arena, err, &server, now + 59, 50), 0);
	for (int tries = 1; outbox_delay(tries) > 0; tries++) {
		now += outbox_delay(tries);
		CHECK_INT(outbox_turn(db, test_arena, err, &server, now, 50), 1);
	}
	l = letter_of(db, org, id);
	CHECK_STR(val_s(l, "state"), "dead");
	CHECK_INT(val_i(l, "settled_at"), now);
}

TEST_DB("a mail server that is away, or will not speak TLS, costs no letter")
{
	struct mail_server server =
		to("smtp://127.0.0.1:9"); /* nobody listens on the discard port */
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db, "school", NULL);
	int64_t id = post(db, org, "zoe@example.test", "en", "1");
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(db, test_arena, err, &server, NOW, 50), 1);
	CHECK_STR(val_s(letter_of(db, org, id), "state"), "queued");
	CHECK(val_s(letter_of(db, org, id), "answer").n > 0);

	struct smtp *smtp = smtp_start(NULL, NULL); /* offers no STARTTLS */
	if (!smtp)
		SKIP("no node with smtp-server here");
	server.url = smtp_url(smtp);
	server.plain = false;
	CHECK_INT(outbox_turn(db, test_arena, err, &server, NOW + 3600, 50), 1);
	CHECK_STR(val_s(letter_of(db, org, id), "state"), "queued");
	CHECK(val_is_null(smtp_next(smtp)));
}

TEST_DB("with no mail server nothing is sent and nothing is lost")
{
	struct mail_server none = {0};
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db, "school", NULL);
	int64_t id = post(db, org, "zoe@example.test", "en", "1");
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(db, test_arena, err, &none, NOW, 50), 0);
	CHECK_STR(val_s(letter_of(db, org, id), "state"), "queued");
	CHECK_INT(val_i(letter_of(db, org, id), "tries"), 0);
}

TEST_DB("a newsletter to many does not keep another organisation's letter waiting")
{
	struct mail_server away = to("smtp://127.0.0.1:9");
	db_begin(db, DB_WRITE, 0);
	int64_t big = an_org(db, "big", NULL), small = an_org(db, "small", NULL);
	for (int i = 0; i < 40; i++) {
		char key[20];
		snprintf(key, sizeof key, "news-%d", i);
		CHECK(post(db, big, "zoe@example.test", "en", key) > 0);
	}
	int64_t link = post(db, small, "max@example.test", "en", "sign-in");
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(db, test_arena, err, &away, NOW, 12), 12);
	CHECK_INT(val_i(letter_of(db, small, link), "tries"), 1);
}

TEST_DB("two outboxes at work never take the same letter")
{
	struct err other_err = {0};
	struct db *other = db_open(fixture_url(), &other_err);
	NEED(other != NULL);
	struct mail_server away = to("smtp://127.0.0.1:9");
	db_use(other, test_arena, &other_err);
	db_begin(db, DB_WRITE, 0);
	int64_t org = an_org(db, "school", NULL);
	int64_t id = post(db, org, "zoe@example.test", "en", "1");
	/* As if another process had claimed it a moment ago. */
	db_exec(db, SQL("UPDATE letter SET lease_until = :t WHERE id = :id AND org = :org"),
		ARGS(test_arena, ARG(id), ARG(org), ARG_AS("t", NOW + 600)));
	CHECK(db_commit(db));
	CHECK_INT(outbox_turn(other, test_arena, &other_err, &away, NOW, 50), 0);
	/* It died: after its lease the letter is taken over. */
	CHECK_INT(outbox_turn(other, test_arena, &other_err, &away, NOW + 600, 50), 1);
	db_close(other);
}

#include "core/mail.h"

#include "core/args.h"
#include "core/outbox.h"
#include "test.h"

#include <string.h>

TEST("a mail address has one @, a host, and nothing that could end a header line")
{
	static const struct {
		const char *address;
		bool ok;
	} cases[] = {
		{"zoe@example.org", true},
		{"zoe.tremblay+cpd@mail.example.org", true},
		{"z@localhost", true},
		{"", false},
		{"zoe", false},
		{"@example.org", false},
		{"zoe@", false},
		{"zoe@@example.org", false},
		{"zoe@example..org", false},
		{"zoe@.org", false},
		{"zoe@example.org.", false},
		{"zoe tremblay@example.org", false},
		{"zoe@example.org\r\nBcc: all@example.org", false},
		{"<zoe@example.org>", false},
		{"zoe@example.org,all@example.org", false},
		{"zoé@example.org", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!CHECK(mail_address_ok(str_of(cases[i].address)) == cases[i].ok))
			CHECK_STR(cases[i].address, "");
}

TEST("a header's words stay ASCII as they are and are encoded otherwise, never with a cut "
     "character")
{
	struct arena *a = test_arena;
	CHECK_STR(mail_header_words(a, S("Your booking")), "Your booking");
	CHECK_STR(mail_header_words(a, S("Réponse à « Été » – 10 €")),
		  "=?UTF-8?B?UsOpcG9uc2Ugw6Agwqsgw4l0w6kgwrsg4oCTIDEwIOKCrA==?=");
	/* 20 characters of two bytes: the 39th byte falls into the middle of one */
	CHECK_STR(mail_header_words(a, S("éééééééééééééééééééé")),
		  "=?UTF-8?B?w6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6k=?=\r\n "
		  "=?UTF-8?B?w6k=?=");
	CHECK_STR(mail_header_words(a, S("one\r\nBcc: two")), "one  Bcc: two");
	CHECK_STR(mail_header_words(a, S("=?UTF-8?B?w6k=?=")),
		  "=?UTF-8?B?PT9VVEYtOD9CP3c2az0/PQ==?=");
}

TEST("a long ASCII subject is folded before a space, so that unfolding gives it back")
{
	struct str subject = S("A subject that goes on and on about the many visits of this school "
			       "year until it no longer fits a line");
	struct str folded = mail_header_words(test_arena, subject), line;
	char back[200];
	size_t n = 0;
	while (str_cut(&folded, '\n', &line)) {
		CHECK(line.n <= 78);
		struct str text = str_ends(line, S("\r")) ? str_sub(line, 0, line.n - 1) : line;
		for (size_t i = 0; i < text.n; i++)
			back[n++] = text.p[i];
	}
	CHECK_STR(((struct str){back, n}), subject);
}

TEST("a date is written as mail wants it")
{
	CHECK_STR(mail_date(test_arena, 1795262400), "Sat, 21 Nov 2026 12:00:00 +0000");
	CHECK_STR(mail_date(test_arena, 0), "Thu, 01 Jan 1970 00:00:00 +0000");
	CHECK_STR(mail_date(test_arena, 951782399), "Mon, 28 Feb 2000 23:59:59 +0000");
}

TEST("quoted-printable keeps lines short, ends them with CRLF and hides a leading dot")
{
	struct arena *a = test_arena;
	CHECK_STR(mail_quoted(a, S("Zoé = 1\n")), "Zo=C3=A9 =3D 1\r\n");
	CHECK_STR(mail_quoted(a, S("a\r\nb \n.\n")), "a\r\nb=20\r\n=2E\r\n");
	char words[400];
	for (size_t i = 0; i < sizeof words; i++)
		words[i] = 'x';
	struct str text = mail_quoted(a, (struct str){words, sizeof words}), line;
	while (str_cut(&text, '\n', &line))
		CHECK(line.n <= 77); /* 76 and the CR */
}

static struct val *letter(void)
{
	return ARGS(test_arena, ARG_AS("id", 42), ARG_AS("made_at", 1795262000),
		    ARG_AS("sender_name", "École Été"),
		    ARG_AS("sender_address", "ecole@example.test"),
		    ARG_AS("to_name", "Zoe \"Z\" Roy"), ARG_AS("to_address", "zoe@example.test"),
		    ARG_AS("reply_to", ""), ARG_AS("lang", "fr"), ARG_AS("subject", "Votre été"),
		    ARG_AS("body", "Bonjour\n"), ARG_AS("html", "<p>Bonjour</p>\n"),
		    ARG_AS("unsubscribe", "https://example.test/u/1"));
}

TEST("a message has both parts, encoded headers and one-click unsubscription")
{
	struct str m = mail_message(test_arena, letter(), "mail.example.test", 1795262400);
	static const char *const has[] = {
		"Date: Sat, 21 Nov 2026 12:00:00 +0000\r\n",
		"Message-ID: <letter.42.1795262000@mail.example.test>\r\n",
		"From: =?UTF-8?B?w4ljb2xlIMOJdMOp?=\r\n <ecole@example.test>\r\n",
		"To: \"Zoe \\\"Z\\\" Roy\" <zoe@example.test>\r\n",
		"Subject: =?UTF-8?B?Vm90cmUgw6l0w6k=?=\r\n",
		"List-Unsubscribe: <https://example.test/u/1>\r\n",
		"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		"Auto-Submitted: auto-generated\r\n",
		"Content-Language: fr\r\n",
		"Content-Type: text/plain; charset=utf-8\r\n",
		"Content-Type: text/html; charset=utf-8\r\n",
		"\r\n\r\nBonjour\r\n",
	};
	for (size_t i = 0; i < sizeof has / sizeof *has; i++)
		if (!CHECK(str_find(m, str_of(has[i])) >= 0))
			CHECK_STR(m, has[i]);
	CHECK(str_find(m, S("Reply-To")) < 0);
}

TEST("a file goes beside the texts, in lines of its own; what is no plain name stays away")
{
	struct val *l = letter();
	char bytes[200];
	memset(bytes, 'x', sizeof bytes);
	val_set_str(l, "file", (struct str){bytes, sizeof bytes});
	val_set_str(l, "file_type", S("text/calendar; charset=utf-8"));
	val_set_str(l, "file_name", S("event.ics"));
	struct str m = mail_message(test_arena, l, "mail.example.test", 1795262400), line, rest = m;
	CHECK(str_find(m, S("Content-Type: multipart/mixed; boundary=\"=_waypost_mixed\"\r\n\r\n"
			    "--=_waypost_mixed\r\nContent-Type: multipart/alternative;")) > 0);
	CHECK(str_find(m, S("--=_waypost_alternative--\r\n\r\n--=_waypost_mixed\r\n"
			    "Content-Type: text/calendar; charset=utf-8; name=\"event.ics\"\r\n"
			    "Content-Disposition: attachment; filename=\"event.ics\"\r\n"
			    "Content-Transfer-Encoding: base64\r\n\r\neHh4")) > 0);
	CHECK(str_ends(m, S("eHh4eHh4eHg=\r\n--=_waypost_mixed--\r\n")));
	size_t encoded = 0; /* 200 bytes: three lines of 76 characters, and one of 40 */
	for (struct str part = str_from(m, (size_t)str_find(m, S("base64\r\n\r\n")) + 10);
	     str_cut(&part, '\n', &line) && !str_starts(line, S("--"));)
		encoded += line.n - 1;
	CHECK_INT(encoded, 268);
	while (str_cut(&rest, '\n', &line))
		CHECK(line.n <= 78);
	static const char *const wrong[] = {"a\"b.ics", "a\r\nX-Evil: 1", "", "été.ics"};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		val_set_str(l, "file_name", str_of(wrong[i]));
		m = mail_message(test_arena, l, "mail.example.test", 0);
		CHECK(str_find(m, S("multipart/mixed")) < 0 && str_find(m, S("X-Evil")) < 0);
	}
	val_set_str(l, "file_name", S("a.ics"));
	val_set_str(l, "file_type", S("text/calendar\r\nX-Evil: 1"));
	CHECK(str_find(mail_message(test_arena, l, "h", 0), S("X-Evil")) < 0);
}

TEST("no value of a letter can add a header of its own")
{
	struct val *l = letter();
	val_set_str(l, "subject", S("Hello\r\nBcc: everybody@example.test"));
	val_set_str(l, "to_name", S("Zoe\r\nX-Evil: 1"));
	val_set_str(l, "sender_name", S("École\nX-Evil: 1"));
	val_set_str(l, "reply_to", S("a@b.test\r\nX-Evil: 1"));
	val_set_str(l, "lang", S("fr\r\nX-Evil: 1"));
	val_set_str(l, "unsubscribe", S("https://example.test/\r\nX-Evil: 1"));
	struct str m = mail_message(test_arena, l, "mail.example.test", 0);
	CHECK(str_find(m, S("\nX-Evil")) < 0);
	CHECK(str_find(m, S("\nBcc")) < 0);
	CHECK(str_find(m, S("List-Unsubscribe")) < 0);
}

TEST("a letter is tried for about two days with growing pauses, then given up")
{
	int64_t total = 0, before = 0;
	int tries = 1;
	for (; outbox_delay(tries) > 0; tries++) {
		CHECK(outbox_delay(tries) > before);
		before = outbox_delay(tries);
		total += before;
	}
	CHECK_INT(outbox_delay(1), 60);
	CHECK(total > 36 * 3600 && total < 72 * 3600);
	CHECK_INT(outbox_delay(tries), -1);
	CHECK_INT(outbox_delay(1000), -1);
}

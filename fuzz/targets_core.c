#include "base/arena.h"
#include "base/buf.h"
#include "base/code.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/val.h"
#include "core/archive.h"
#include "core/file.h"
#include "core/letter.h"
#include "core/mail.h"
#include "core/secret.h"
#include "core/session.h"
#include "server/config.h"
#include "targets.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct str line_of(struct str *rest)
{
	struct str line = {0};
	str_cut(rest, '\n', &line);
	return line;
}

/* RFC 5322, 2.1.1 and 2.3: CR and LF only together, at most 998 bytes between them. */
static void check_lines(struct str message)
{
	struct str line;
	while (str_cut(&message, '\n', &line)) {
		MUST(line.n >= 1 && line.n <= 999 && line.p[line.n - 1] == '\r');
		line = str_sub(line, 0, line.n - 1);
		for (size_t i = 0; i < line.n; i++)
			MUST(line.p[i] != '\r' && line.p[i] != '\0' &&
			     (unsigned char)line.p[i] < 128);
	}
}

static bool is_our_header(struct str line)
{
	static const char *const names[] = {"Date: ",
					    "Message-ID: ",
					    "From: ",
					    "To: ",
					    "Reply-To: ",
					    "Subject: ",
					    "MIME-Version: ",
					    "Auto-Submitted: ",
					    "Content-Language: ",
					    "Content-Type: ",
					    "List-Unsubscribe: ",
					    "List-Unsubscribe-Post: ",
					    " "};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_starts(line, str_of(names[i])))
			return true;
	return false;
}

/* Each field of a letter is a line, the rest its body. Nothing in them can make a header, end the
 * head early, or end a part. */
void fuzz_mail(struct arena *a, struct str input)
{
	static const char *const names[] = {"sender_name", "sender_address", "to_name",
					    "to_address",  "reply_to",       "subject",
					    "lang",        "unsubscribe"};
	if (!utf8_valid(input) || str_find_char(input, '\0') >= 0)
		return; /* what is stored is text */
	struct val *letter = val_object(a);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct str value = line_of(&input);
		bool address = str_is(str_of(names[i]), "sender_address") ||
			       str_is(str_of(names[i]), "to_address");
		if (address && !mail_address_ok(value))
			value = S("somebody@example.org"); /* letter_post() takes no other */
		val_set_str(letter, names[i], value);
	}
	val_set_str(letter, "body", input);
	val_set_str(letter, "html", input);
	struct str message = mail_message(a, letter, "waypost.example", 1800000000), line;
	check_lines(message);
	int blank = 0, parts = 0;
	while (str_cut(&message, '\n', &line)) {
		if (!blank)
			MUST(str_is(line, "\r") || is_our_header(line));
		blank += str_is(line, "\r");
		parts += str_starts(line, S("--=_"));
	}
	MUST(parts == 3);
}

/* An organisation's own text of a letter: a subject, then the body. */
void fuzz_letter(struct arena *a, struct str input)
{
	static const struct letter_blank blanks[] = {
		{"name", false, false, "who"}, {"link", true, true, "where"}, {0}};
	static const struct letter_kind kind = {"fuzz", "a letter", blanks, NULL, false};
	if (!utf8_valid(input) || str_find_char(input, '\0') >= 0)
		return;
	struct str subject = line_of(&input);
	struct letter_fault fault;
	if (str_find(input, S("<zzqq")) >= 0 || str_find(subject, S("<zzqq")) >= 0 ||
	    letter_wrong(&kind, subject, input, &fault))
		return;
	struct val *values = val_object(a);
	val_set_str(values, "name", S("\"'><zzqq onx=y\r\nBcc: a@b.example"));
	val_set_str(values, "link", S("https://a.example/?b=1&c=\"<zzqq"));
	struct str shown = letter_subject(a, subject, values);
	MUST(str_find_char(shown, '\n') < 0 && str_find_char(shown, '\r') < 0);
	MUST(str_find(letter_text(a, input, values), S("https://a.example/?b=1")) >= 0);
	struct str html = letter_html(a, &kind, S("en"), subject, input, values);
	MUST(str_find(html, S("<zzqq")) < 0 && str_find(html, S("href=\"https://a.example/")) >= 0);
}

/* What a browser brings back: tokens, signed values, codes as typed. Nothing made here opens. */
void fuzz_secret(struct arena *a, struct str input)
{
	static struct secrets secrets;
	static bool made;
	if (!made)
		MUST(secrets_from(&secrets,
				  S("00112233445566778899aabbccddeeff"
				    "00112233445566778899aabbccddeeff"),
				  COST_TESTS));
	made = true;
	struct str value, bytes;
	MUST(!secret_signed(a, &secrets, S("flash"), 0, input, &value));
	MUST(!secret_open(a, &secrets, S("row"), input, &value));
	if (hex_read(a, input, &bytes))
		MUST(str_eq_nocase(hex_of(a, bytes), input));
	if (base64url_read(a, input, &bytes))
		MUST(str_eq(base64url_of(a, bytes), input));
	struct str typed = secret_code_typed(a, input);
	MUST(str_eq(secret_code_typed(a, typed), typed));
	totp_accept(S("12345678901234567890"), input, 1800000000, 0);
	totp_base32(a, input);
	secrets_from(&(struct secrets){0}, input, COST_TESTS);
	session_agent(a, input);
	session_network(a, input);
}

/* An upload. A picture without its EXIF is still one, and has none the second time. */
void fuzz_file(struct arena *a, struct str input)
{
	const char *type = file_sniff(input);
	struct str once = file_without_exif(a, input);
	/* a broken JPEG may have no segment left to be known by */
	MUST(!strcmp(file_sniff(once), type) || !strcmp(type, "image/jpeg"));
	MUST(str_eq(file_without_exif(a, once), once));
	struct str name = file_plain_name(a, input);
	MUST(name.n && str_find_char(name, '/') < 0 && str_find_char(name, '\\') < 0);
	MUST(name.p[0] != '.');
}

void fuzz_config(struct arena *a, struct str input)
{
	struct config config = {0};
	struct str problem = {0};
	struct buf b = {.arena = a};
	if (!config_read_text(a, &config, S("waypost.conf"), input, &problem))
		MUST(str_starts(problem, S("waypost.conf:")));
	config_print(&config, &b);
	config_masked(a, input);
}

/* An archive that reads to its end has the entries it says, and nothing of one that does not counts. */
void fuzz_archive(struct arena *a, struct str input)
{
	static const struct seal_key key = {{1, 2, 3}};
	int fd = memfd_create("archive", MFD_CLOEXEC);
	MUST(fd >= 0 && write(fd, input.p, input.n) == (ssize_t)input.n);
	const char *path = str_c(a, str_fmt(a, "/proc/self/fd/%d", fd));
	for (int sealed = 0; sealed < 2; sealed++) {
		struct err err = {0};
		struct val *manifest;
		struct str name;
		struct archive *r = archive_open(a, path, sealed ? &key : NULL, &manifest, &err);
		while (archive_next(r, &name))
			MUST(name.n && name.n <= 100 && archive_bytes(r, a, 1 << 20).n <= 1 << 20);
		MUST(err.kind != ERR_NONE || !val_is_null(manifest));
		archive_close(r);
	}
	close(fd);
}

#include "core/mail.h"

#include "base/arena.h"
#include "base/buf.h"

#include <curl/curl.h>
#include <string.h>

enum { ANSWER_MAX = 200, TIMEOUT = 30 };

struct mailer {
	struct arena *arena;
	const struct mail_server *server;
	CURL *curl;
	struct str message;    /* what is still to be given to libcurl */
	char said[ANSWER_MAX]; /* the server's last line */
	size_t said_n;
};

bool mail_begin(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

const char *mail_unreachable(const char *url)
{
	CURL *curl = curl_easy_init();
	if (!curl)
		return "libcurl cannot be used";
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 5L);
	CURLcode code = curl_easy_perform(curl);
	curl_easy_cleanup(curl);
	return code == CURLE_OK ? NULL : curl_easy_strerror(code);
}

static void mailer_close(void *mailer)
{
	curl_easy_cleanup(((struct mailer *)mailer)->curl);
}

struct mailer *mailer_open(struct arena *a, const struct mail_server *server)
{
	struct mailer *m = arena_one(a, struct mailer);
	m->arena = a;
	m->server = server;
	m->curl = curl_easy_init();
	if (m->curl)
		arena_defer(a, mailer_close, m);
	return m;
}

static size_t give(char *to, size_t size, size_t count, void *mailer)
{
	struct mailer *m = mailer;
	size_t n = size * count < m->message.n ? size * count : m->message.n;
	if (n)
		memcpy(to, m->message.p, n);
	m->message = str_from(m->message, n);
	return n;
}

static size_t hear(char *line, size_t size, size_t count, void *mailer)
{
	struct mailer *m = mailer;
	struct str said = str_trim((struct str){line, size * count});
	if (str_starts(said, S("221"))) /* good-bye, after a refusal */
		return size * count;
	m->said_n = said.n < ANSWER_MAX ? said.n : ANSWER_MAX;
	if (m->said_n)
		memcpy(m->said, said.p, m->said_n);
	return size * count;
}

/* smtp://host:port/name: libcurl says HELO with what is after the slash. */
static const char *url_of(struct mailer *m)
{
	return str_c(m->arena, str_fmt(m->arena, "%s/%s", m->server->url, m->server->host));
}

/* Every option is checked: an unset one may mean a connection without TLS, or no message at all. */
static bool prepare(struct mailer *m, const char *from, struct curl_slist *to)
{
	const struct mail_server *s = m->server;
	CURL *c = m->curl;
	long tls = s->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL;
	long seconds = s->timeout ? s->timeout : TIMEOUT;
	CURLcode bad = CURLE_OK;
	curl_easy_reset(c); /* keeps the connection */
	bad |= curl_easy_setopt(c, CURLOPT_URL, url_of(m));
	bad |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	bad |= curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
	bad |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	bad |= curl_easy_setopt(c, CURLOPT_TIMEOUT, seconds);
	bad |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, seconds);
	bad |= curl_easy_setopt(c, CURLOPT_USE_SSL, tls);
	bad |= curl_easy_setopt(c, CURLOPT_MAIL_FROM, from);
	bad |= curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
	bad |= curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	bad |= curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
	bad |= curl_easy_setopt(c, CURLOPT_READDATA, m);
	bad |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear);
	bad |= curl_easy_setopt(c, CURLOPT_HEADERDATA, m);
	if (s->ca)
		bad |= curl_easy_setopt(c, CURLOPT_CAINFO, s->ca);
	if (s->user)
		bad |= curl_easy_setopt(c, CURLOPT_USERNAME, s->user);
	if (s->user && s->password)
		bad |= curl_easy_setopt(c, CURLOPT_PASSWORD, s->password);
	return bad == CURLE_OK;
}

static const char *in_brackets(struct arena *a, struct str address)
{
	return str_c(a, str_fmt(a, "<" STR_FMT ">", STR_ARG(address)));
}

/* What the server thinks of this letter, or of us: a refusal to let us in is no fault of the
 * letter's. */
static enum mail_end end_of(CURLcode result, long code)
{
	if (result == CURLE_OK && code == 250)
		return MAIL_SENT;
	bool ours = result == CURLE_LOGIN_DENIED || result == CURLE_USE_SSL_FAILED ||
		    result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_COULDNT_CONNECT;
	return code >= 550 && code <= 559 && !ours ? MAIL_REFUSED : MAIL_LATER;
}

enum mail_end mailer_send(struct mailer *m, const struct val *letter, int64_t now,
			  struct str *answer)
{
	struct arena *a = m->arena;
	struct str sender = val_s(letter, "sender_address"), to = val_s(letter, "to_address");
	struct str from = m->server->bounce ? str_of(m->server->bounce) : sender;
	if (!mail_address_ok(to)) {
		*answer = S("the receiver's address is no address");
		return MAIL_REFUSED;
	}
	if (!m->curl || !mail_address_ok(from) || !mail_address_ok(sender)) {
		*answer = S("no sender: neither the organisation nor the server has an address");
		return MAIL_LATER;
	}
	struct curl_slist *receivers = curl_slist_append(NULL, in_brackets(a, to));
	CURLcode result = CURLE_OUT_OF_MEMORY;
	long code = 0;
	m->message = mail_message(a, letter, m->server->host, now);
	m->said_n = 0;
	if (receivers && prepare(m, in_brackets(a, from), receivers)) {
		result = curl_easy_perform(m->curl);
		curl_easy_getinfo(m->curl, CURLINFO_RESPONSE_CODE, &code);
	}
	curl_slist_free_all(receivers);
	enum mail_end end = end_of(result, code);
	struct str said = str_dup(a, (struct str){m->said, m->said_n});
	if (end == MAIL_SENT || (said.n && code >= 400))
		*answer = said;
	else
		*answer = str_of(curl_easy_strerror(result));
	return end;
}

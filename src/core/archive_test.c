#include "core/archive.h"

#include "base/buf.h"
#include "base/val.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BIG = 200000 };

static char folder[40];

static const char *at(const char *name)
{
	return str_c(test_arena, str_fmt(test_arena, "%s/%s", folder, name));
}

static void begin(void)
{
	snprintf(folder, sizeof folder, "/tmp/waypost-archive-XXXXXX");
	CHECK(mkdtemp(folder) != NULL);
}

static void end(void)
{
	static const char *const names[] = {"a", "a.part", "b", "k", "k2", "x"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(at(names[i]));
	CHECK(!rmdir(folder));
}

static struct str big(void)
{
	char *bytes = arena_alloc(test_arena, BIG);
	for (int i = 0; i < BIG; i++)
		bytes[i] = (char)(i * 31 + i / 256);
	return (struct str){bytes, BIG};
}

static bool make(const struct seal_key *key)
{
	struct err err = {0};
	struct val *manifest = val_object(test_arena);
	val_set_str(manifest, "what", S("test"));
	struct archive *r = archive_create(test_arena, at("a"), key, manifest, 1700000000, &err);
	archive_add(r, "one.txt", S("one"));
	archive_add(r, "files/big", big());
	archive_add(r, "empty", S(""));
	bool made = archive_finish(r);
	CHECK_STR(err.text, "");
	return made;
}

static struct str bytes_of(const char *path)
{
	struct stat info = {0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (!CHECK(fd >= 0 && !fstat(fd, &info)))
		return (struct str){0};
	char *bytes = arena_alloc(test_arena, (size_t)info.st_size);
	CHECK(read(fd, bytes, (size_t)info.st_size) == info.st_size);
	close(fd);
	return (struct str){bytes, (size_t)info.st_size};
}

static void write_bytes(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
}

/* Empty if it is whole, else why not. */
static struct str verdict(const char *path, const struct seal_key *key)
{
	struct err err = {0};
	bool whole = archive_verify(path, key, &err);
	CHECK(whole == (err.kind == ERR_NONE));
	return str_dup(test_arena, str_of(err.text));
}

static bool refused(const char *path, const struct seal_key *key, const char *why)
{
	struct str said = verdict(path, key);
	bool as_wanted = said.n && str_find(said, str_of(why)) >= 0;
	if (!as_wanted)
		printf("    wanted \"%s\", said \"" STR_FMT "\"\n", why, STR_ARG(said));
	return as_wanted;
}

static void reads_back(const struct seal_key *key)
{
	struct err err = {0};
	struct val *manifest;
	struct str name, wanted = big();
	struct archive *r = archive_open(test_arena, at("a"), key, &manifest, &err);
	CHECK_STR(val_s(manifest, "what"), "test");
	CHECK(archive_next(r, &name) && str_is(name, "one.txt"));
	CHECK_STR(archive_bytes(r, test_arena, 10), "one");
	CHECK(archive_next(r, &name) && str_is(name, "files/big"));
	CHECK(archive_extract(r, at("x")));
	CHECK(str_eq(bytes_of(at("x")), wanted));
	CHECK(archive_next(r, &name) && str_is(name, "empty"));
	CHECK_INT(archive_bytes(r, test_arena, 10).n, 0);
	CHECK(!archive_next(r, &name));
	CHECK_STR(err.text, "");
	archive_close(r);
	unlink(at("x"));
}

TEST("an archive gives back what was put in, sealed or not")
{
	struct seal_key key = {{1, 2, 3}};
	begin();
	if (CHECK(make(NULL))) {
		reads_back(NULL);
		CHECK_STR(verdict(at("a"), NULL), "");
	}
	unlink(at("a"));
	if (CHECK(make(&key))) {
		reads_back(&key);
		CHECK_STR(verdict(at("a"), &key), "");
		CHECK(str_find(bytes_of(at("a")), S("one.txt")) < 0);
	}
	end();
}

TEST("tar reads an archive that is not sealed, and its sums are sha256sum's")
{
	begin();
	if (CHECK(make(NULL))) {
		struct str command = str_fmt(test_arena,
					     "mkdir %s/t && tar -C %s/t -xf %s/a && (cd %s/t && "
					     "sha256sum -c --quiet SHA256SUMS) && rm -r %s/t",
					     folder, folder, folder, folder, folder);
		int status = -1;
		pid_t pid = fork();
		if (pid == 0) {
			execlp("sh", "sh", "-c", command.p, NULL);
			_exit(127);
		}
		CHECK(waitpid(pid, &status, 0) == pid);
		CHECK_INT(status, 0);
	}
	end();
}

TEST("an archive with any one byte changed, or cut anywhere, is refused")
{
	struct seal_key key = {{1, 2, 3}};
	begin();
	for (int sealed = 0; sealed < 2; sealed++) {
		NEED(make(sealed ? &key : NULL));
		struct str whole = bytes_of(at("a"));
		char *bytes = arena_copy(test_arena, whole.p, whole.n);
		for (size_t i = 0; i < whole.n; i += whole.n / 60) {
			bytes[i] ^= 0x20;
			write_bytes(at("b"), (struct str){bytes, whole.n});
			struct str said = verdict(at("b"), sealed ? &key : NULL);
			bytes[i] ^= 0x20;
			if (!CHECK(said.n))
				printf("    byte %zu of %zu, sealed %d\n", i, whole.n, sealed);
			write_bytes(at("b"), str_sub(whole, 0, i));
			CHECK(verdict(at("b"), sealed ? &key : NULL).n);
		}
		struct buf more = {.arena = test_arena};
		buf_add(&more, whole);
		buf_char(&more, 0);
		write_bytes(at("b"), buf_str(&more));
		CHECK(refused(at("b"), sealed ? &key : NULL, sealed ? "was changed" : "added"));
		unlink(at("a"));
	}
	end();
}

TEST("a sealed file says what is wrong: no key, another key, cut at a chunk's end, chunks moved")
{
	enum { HEAD = 17 + 8 + 24, CHUNK = 65536 + 17 };
	struct seal_key key = {{1, 2, 3}}, other = {{1, 2, 4}};
	begin();
	NEED(make(&key));
	CHECK(refused(at("a"), NULL, "name its key with --key"));
	CHECK(refused(at("a"), &other, "another key"));
	struct str whole = bytes_of(at("a"));
	write_bytes(at("b"), str_sub(whole, 0, HEAD + CHUNK));
	CHECK(refused(at("b"), &key, "cut short"));
	struct buf moved = {.arena = test_arena};
	buf_add(&moved, str_sub(whole, 0, HEAD));
	buf_add(&moved, str_sub(whole, HEAD + CHUNK, HEAD + 2 * CHUNK));
	buf_add(&moved, str_sub(whole, HEAD, HEAD + CHUNK));
	buf_add(&moved, str_from(whole, HEAD + 2 * CHUNK));
	write_bytes(at("b"), buf_str(&moved));
	CHECK(refused(at("b"), &key, "changed"));
	unlink(at("a"));
	NEED(make(NULL));
	CHECK(refused(at("a"), &key, "not sealed"));
	write_bytes(at("b"), S("no archive at all"));
	CHECK(refused(at("b"), NULL, "cut short"));
	end();
}

TEST("a key file is made once, for its owner only, and read strictly")
{
	struct seal_key one, two;
	struct str problem = {0};
	struct stat info;
	begin();
	CHECK(seal_key_make(test_arena, at("k"), &problem));
	CHECK(!stat(at("k"), &info) && (info.st_mode & 0777) == 0600);
	CHECK(!seal_key_make(test_arena, at("k"), &problem));
	CHECK(str_find(problem, S("never written over")) >= 0);
	CHECK(seal_key_make(test_arena, at("k2"), &problem));
	CHECK(seal_key_read(test_arena, at("k"), &one, &problem));
	CHECK(seal_key_read(test_arena, at("k2"), &two, &problem));
	CHECK(memcmp(&one, &two, sizeof one) != 0);
	chmod(at("k"), 0640);
	CHECK(!seal_key_read(test_arena, at("k"), &one, &problem));
	CHECK(str_find(problem, S("chmod 600")) >= 0);
	write_bytes(at("k2"),
		    S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"));
	CHECK(!seal_key_read(test_arena, at("k2"), &one, &problem));
	CHECK(!seal_key_read(test_arena, at("x"), &one, &problem));
	end();
}

TEST("an archive that cannot be written leaves nothing")
{
	struct err err = {0};
	begin();
	struct archive *r =
		archive_create(test_arena, "/nowhere/a", NULL, val_object(test_arena), 0, &err);
	archive_add(r, "one", S("one"));
	CHECK(!archive_finish(r));
	CHECK(str_find(str_of(err.text), S("/nowhere/a")) >= 0);
	err = (struct err){0};
	r = archive_create(test_arena, at("a"), NULL, val_object(test_arena), 0, &err);
	archive_add_file(r, "one", at("x"));
	CHECK(!archive_finish(r));
	CHECK(access(at("a"), F_OK) && access(at("a.part"), F_OK));
	end();
}

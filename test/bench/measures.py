"""What is measured: one function for each group, in the order of the table. Each yields rows:
(measure, value, unit, against, ratio, target, met)."""
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import threading
import time
from urllib.parse import urlencode

import hosts
from hosts import (Fossil, Nginx, Postgres, Waypost, ask, command, post, processor_seconds, resident,
                   session)
from load import ONE_CORE, OTHERS, Failed, half_load, interleaved, median, ratio, wrk
from school import invitations, school

PAGE = "/boreal/standards/guiding-adults"
PEOPLE = "/guild/people"
SEARCHED = 500000
WORDS = ("meeting rencontre apprenticeship apprentissage carpenter charpentière kettle budget workshop "
         "atelier questionnaire family famille beekeeper obstacles interpreter voisine portfolio harvest "
         "récolte syndicat safety chantier glossary lexique").split()
RARE = "Kawinor Beltamsag Monquira Venlopi Chiberdal Mistougan Norwika Sagmonbel".split()


class World:
    """What the measures share, made when the first of them asks for it."""

    def __init__(self, bench):
        self.bench, self.kept = bench, {}

    def once(self, name, make):
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]

    def db(self):
        """The demonstration, and a made-up organisation of 3,000 texts and 120 people; and what a server of it gives
        before the measured ones have the file for themselves."""
        def make():
            db = "sqlite:" + self.bench.path("small.db")
            command("demo", "--scale", "3000", "--db", db)
            self.kept["cookie"] = session(self.bench, db, "guild", "admin")
            server = Waypost(self.bench, db)
            self.kept["page"] = ask(server.port, PAGE)[2]
            server.stop()
            return db
        return self.once("db", make)

    def large_db(self):
        """Kept in out/bench between runs: making it takes longer than all measures together."""
        def make():
            folder = os.path.join(hosts.ROOT, "out/bench")
            stamp = os.popen("cd '%s' && cat schema/*.sql src/core/scale.* src/db/search.* src/base/words*"
                             " src/app/standards/demo_scale.c | cksum" % hosts.ROOT).read().split()[0]
            file = os.path.join(folder, "search-%s.db" % stamp)
            if not os.path.exists(file):
                shutil.rmtree(folder, ignore_errors=True)
                os.makedirs(folder)
                command("demo", "--scale", str(SEARCHED), "--db", "sqlite:%s.part" % file)
                os.rename(file + ".part", file)
            return "sqlite:" + file
        return self.once("large", make)

    def cookie(self):
        self.db()
        return self.kept["cookie"]

    def page(self):
        """The bytes of the public page, as readers without a session get them."""
        self.db()
        return self.kept["page"]

    def copy(self, name):
        """A database for one more server: two never share a file."""
        file = self.bench.path(name + ".db")
        shutil.copy(self.db()[7:], file)
        return "sqlite:" + file

    def fossil(self):
        return self.once("fossil", lambda: Fossil(self.bench, len(self.page()), ONE_CORE))

    def nginx(self):
        return self.once("nginx", lambda: Nginx(self.bench, {"page.html": self.page()}, 1, ONE_CORE))


def rate_of(url, headers=()):
    return lambda: wrk(url, headers=headers).rate


def on_one_core(server, path, headers=(), besides=(), connections=8):
    """Requests for each second of processor time that the server used, with the servers `besides`: what one core
    of its own would do, whatever else runs on the machine."""
    def run():
        pids = [pid for each in (server, *besides) for pid in each.pids()]
        before = processor_seconds(pids)
        load = wrk(server.url(path), connections=connections, headers=headers)
        return load.requests / (processor_seconds(pids) - before)
    return run


def etag_of(port, path):
    return "If-None-Match: " + ask(port, path)[1]["ETag"]


def unchanged(w):
    server, nginx = Waypost(w.bench, w.db(), cpus=ONE_CORE), w.nginx()
    got = interleaved(5, ours=on_one_core(server, PAGE), theirs=on_one_core(nginx, "/page.html"),
                      ours_304=on_one_core(server, PAGE, [etag_of(server.port, PAGE)]),
                      theirs_304=on_one_core(nginx, "/page.html", [etag_of(nginx.port, "/page.html")]))
    server.stop()
    for name, ours, theirs in (("unchanged public page, 200", "ours", "theirs"),
                               ("unchanged public page, 304", "ours_304", "theirs_304")):
        by = ratio(got[ours], got[theirs])
        yield name, median(got[ours]), "/s on one core", "nginx, the same bytes as a file", by, ">= 0.8", by >= 0.8


def case(w):
    """The largest package of the demonstration."""
    server = Waypost(w.bench, w.db(), cpus=ONE_CORE)
    listed = json.loads(ask(server.port, "/boreal/ims/case/v1p1/CFDocuments")[2])["CFDocuments"]
    paths = ["/boreal/ims/case/v1p1/CFPackages/" + d["identifier"] for d in listed]
    path = max(paths, key=lambda p: len(ask(server.port, p)[2]))
    package = ask(server.port, path)[2]
    nginx = Nginx(w.bench, {"package.json": package}, 1, ONE_CORE)
    got = interleaved(5, ours=on_one_core(server, path), theirs=on_one_core(nginx, "/package.json"))
    server.stop()
    nginx.stop()
    by = ratio(got["ours"], got["theirs"])
    yield ("unchanged CASE package, %.0f KB" % (len(package) / 1000), median(got["ours"]), "/s on one core",
           "nginx, the same bytes as a file", by, ">= 0.8", by >= 0.8)


def rendered(w):
    server, fossil, cookie = Waypost(w.bench, w.db(), "--cache", "0", cpus=ONE_CORE), w.fossil(), [w.cookie()]
    got = interleaved(5, page=on_one_core(server, PAGE), people=on_one_core(server, PEOPLE, cookie),
                      wiki=on_one_core(fossil, "/wiki?name=Standard", connections=2),
                      timeline=on_one_core(fossil, "/timeline?n=50&y=w", connections=2))
    for name, ours, theirs, what in (
            ("the same page first rendered", "page", "wiki", "Fossil, a wiki page of its size"),
            ("signed-in page, 50 rows", "people", "timeline", "Fossil, a timeline of 50 rows, not signed in")):
        rate, by = median(got[ours]), ratio(got[ours], got[theirs])
        yield name, rate, "/s on one core", "4,000/s", rate / 4000, ">= 4,000/s", rate >= 4000
        yield name, rate, "/s on one core", what, by, ">= 20", by >= 20
    for name, url, headers in (("the same page first rendered", server.url(PAGE), ()),
                               ("signed-in page, 50 rows", server.url(PEOPLE), cookie)):
        full = wrk(url, headers=headers).rate
        p99 = statistics.median(half_load(url, headers, full).p99 for _ in range(3))
        yield name + ": p99 at half load", p99, "ms", "5 ms", p99 / 5, "< 5 ms", p99 < 5
    server.stop()


def search(w):
    server = Waypost(w.bench, w.large_db(), "--cache", "0", cpus=ONE_CORE)
    paths = w.bench.path("searches")
    queries = WORDS + [a + " " + b for a, b in zip(WORDS, WORDS[2:])] + RARE
    with open(paths, "w") as file:
        file.writelines("/guild/standards/search?%s\n" % urlencode({"q": query}) for query in queries)
    got = [wrk(server.url("/"), 3, 1, mode=("paths", paths)) for _ in range(3)]
    server.stop()
    p50, p99 = median([g.p50 for g in got]), median([g.p99 for g in got])
    yield "search over 500,000 texts: p50", p50, "ms", "15 ms", p50 / 15, "", None
    yield "search over 500,000 texts: p99", p99, "ms", "15 ms", p99 / 15, "< 15 ms", p99 < 15


def draft_item(w, server):
    """Where an editor comments on a draft."""
    page = ask(server.port, "/guild/standards/s7/draft", headers={"Cookie": w.cookie().split(": ", 1)[1]})[2].decode()
    found = re.search(r"/guild/standards/s7/draft/items/[0-9a-f-]{36}", page)
    if not found:
        raise Failed("no draft to write to")
    return found.group(0) + "/comments"


COMMENT = "work=en&once=%once%&comment=The%20second%20sentence%20says%20the%20same%20twice."


def raw_commits(w):
    probe = os.path.join(os.path.dirname(hosts.PROGRAM), "test/raw_commits")
    w.bench.names += 1
    ran = subprocess.run([probe, w.bench.path("raw.%d.db" % w.bench.names), "1"], capture_output=True, text=True)
    if ran.returncode:
        raise Failed("raw_commits: " + ran.stderr)
    return float(ran.stdout)


def durable(w):
    server = Waypost(w.bench, w.db(), workers=0)
    url, cookie = server.url(draft_item(w, server)), [w.cookie()]
    got = interleaved(5, ours=lambda: wrk(url, 1, 8, cookie, ("form", COMMENT)).rate, raw=lambda: raw_commits(w))
    server.stop()
    by = ratio(got["ours"], got["raw"])
    yield ("durable POST (a comment)", median(got["ours"]), "/s", "raw SQLite single-row commits on the same disk",
           by, ">= 0.5", by >= 0.5)


def idle_connections(w, said, count=2000):
    """Bytes of all processes before `count` connections, and what each of these adds that sent `said` and waits."""
    server, idle = Waypost(w.bench, w.db(), "--connections", "4000", workers=0), []
    for _ in range(20):
        ask(server.port, PAGE)
    begun = resident(server.pids())
    for _ in range(count):
        idle.append(socket.create_connection(("127.0.0.1", server.port)))
        if said:
            idle[-1].sendall(said)
            idle[-1].recv(4096)
    ask(server.port, "/healthz")  # by then it has taken them all
    each = (resident(server.pids()) - begun) / count
    for s in idle:
        s.close()
    server.stop()
    return begun, each


def memory(w):
    _, silent = idle_connections(w, b"")
    begun, each = idle_connections(w, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    megabytes = begun / 1e6
    yield "memory of all processes after start (PSS)", megabytes, "MB", "40 MB", megabytes / 40, "< 40 MB", megabytes < 40
    yield "memory of an idle connection that has asked", each / 1024, "KB", "8 KB", each / 8192, "< 8 KB", each < 8192
    yield ("memory of one that has said nothing yet", silent / 1024, "KB", "8 KB", silent / 8192, "< 8 KB",
           silent < 8192)


def start(w):
    took = []
    for _ in range(7):
        server = Waypost(w.bench, w.db(), workers=0)
        took.append((server.answered - server.began) * 1000)
        server.stop()
    value = median(took)
    yield "start to first answer", value, "ms", "100 ms", value / 100, "< 100 ms", value < 100


def size(w):
    stripped = w.bench.path("stripped")
    subprocess.run(["strip", "-o", stripped, hosts.PROGRAM], check=True)
    megabytes = os.path.getsize(stripped) / 1e6
    yield "program, stripped", megabytes, "MB", "5 MB", megabytes / 5, "< 5 MB", megabytes < 5


def postgres(w):
    server = Waypost(w.bench, w.db(), cpus=ONE_CORE)
    pg = Postgres(w.bench, ONE_CORE)
    command("demo", "--scale", "3000", "--db", pg.db)
    cookie = [session(w.bench, pg.db, "guild", "admin")]
    other = Waypost(w.bench, pg.db, cpus=ONE_CORE)
    got = interleaved(5, sqlite=on_one_core(server, PEOPLE, [w.cookie()]),
                      postgres=on_one_core(other, PEOPLE, cookie, besides=[pg]))
    for running in (other, pg, server):
        running.stop()
    by = ratio(got["postgres"], got["sqlite"])
    yield ("signed-in page on PostgreSQL", median(got["postgres"]), "/s on one core, PostgreSQL's share included",
           "the same on SQLite", by, ">= 0.4", by >= 0.4)


def processes(w):
    cookie, ours = [w.cookie()], [Waypost(w.bench, w.copy("of%d" % n), workers=n) for n in (1, 2)]
    nginx = [Nginx(w.bench, {"page.html": w.page()}, n) for n in (1, 2)]
    one, two = (dict(people=rate_of(s.url(PEOPLE), cookie), page=rate_of(s.url(PAGE)),
                     file=rate_of(n.url("/page.html"))) for s, n in zip(ours, nginx))
    got = interleaved(5, **{"%s_%d" % (k, i + 1): run for i, runs in enumerate((one, two)) for k, run in runs.items()})
    for running in ours + nginx:
        running.stop()
    for name, key in (("signed-in page, 2 processes", "people"), ("unchanged public page, 2 processes", "page"),
                      ("nginx, 2 processes, the same bytes", "file")):
        yield (name, median(got[key + "_2"]), "/s, clients on the same cores", "1 process",
               ratio(got[key + "_2"], got[key + "_1"]), "", None)


PASSWORD = "a kettle for nine elders"


class SignIns(threading.Thread):
    """Somebody signs in every 200 ms: 18,000 an hour."""

    def __init__(self, port, email):
        super().__init__(daemon=True)
        self.port, self.email, self.over, self.took, self.failed = port, email, threading.Event(), [], 0

    def run(self):
        while not self.over.wait(0.2):
            begin = time.monotonic()
            status = post(self.port, "/guild/sign-in", {"email": self.email, "password": PASSWORD})[0]
            self.took.append(time.monotonic() - begin)
            self.failed += status != 303


def package(w, items):
    """A made-up CASE package of so many items, as a file."""
    file = w.bench.path("package-%d.json" % items)
    with open(file, "w") as to:
        subprocess.run([os.path.join(hosts.ROOT, "tools/make-case"), str(items)], stdout=to, check=True)
    return file


def importing(w, db, file):
    return w.bench.start([hosts.PROGRAM, "import", "standard", file, "--org", "guild", "--db", db, "--publish",
                          "--files", w.bench.path("files"), "--keys", w.bench.path("keys")],
                         stdout=subprocess.DEVNULL, stderr=open(w.bench.path("import.err"), "w"))


def said(w):
    with open(w.bench.path("import.err")) as file:
        return file.read().strip()[-200:]


class Writer(threading.Thread):
    """Somebody who comments every 20 ms, and how long the longest of it took."""

    def __init__(self, w, server):
        super().__init__(daemon=True)
        self.port, self.path, self.over, self.longest, self.count = server.port, draft_item(w, server), threading.Event(), 0, 0
        self.refused = 0
        self.headers = {"Cookie": w.cookie().split(": ", 1)[1]}

    def run(self):
        while not self.over.wait(0.02):
            begin = time.monotonic()
            fields = {"work": "en", "comment": "Comment %d" % self.count}
            try:
                self.refused += post(self.port, self.path, fields, self.headers)[0] != 303
            except OSError:
                self.refused += 1  # no answer in 20 s, which is then the longest wait
            self.longest, self.count = max(self.longest, time.monotonic() - begin), self.count + 1


def imports(w):
    """100,000 items come in by command while a server answers and somebody writes."""
    db = w.copy("import")
    server, file = Waypost(w.bench, db, workers=0), package(w, 100000)
    writer = Writer(w, server)
    writer.start()
    begin = time.monotonic()
    running = importing(w, db, file)
    code = running.wait(400)
    took = time.monotonic() - begin
    writer.over.set()
    writer.join()
    server.stop()
    if code:
        raise Failed("the import ended with %d: %s" % (code, said(w)))
    wait = writer.longest * 1000
    yield "import of a CASE package of 100,000 items", took, "s", "5 s", took / 5, "< 5 s", took < 5
    yield ("longest wait of another writer meanwhile (%d of %d refused)" % (writer.refused, writer.count), wait, "ms",
           "100 ms", wait / 100, "< 100 ms", wait < 100 and not writer.refused)


def busy(w):
    """Sign-ins (Argon2id) and an import of a package, while the fast pages are asked for at half load."""
    db = w.db()
    command("user", "add", "bench@guild.example", "--org", "guild", "--db", db, "--keys", w.bench.path("keys"),
            "--files", w.bench.path("files"), input=PASSWORD + "\n")
    server = Waypost(w.bench, db, "--cache", "0", workers=0)
    cookie, url = [w.cookie()], server.url(PEOPLE)
    full = wrk(url, 1, 8, cookie).rate
    calm = half_load(url, cookie, full, 4)
    signing, file = SignIns(server.port, "bench@guild.example"), package(w, 100000)
    signing.start()
    running = importing(w, db, file)
    under = half_load(url, cookie, full, 6)
    signing.over.set()
    signing.join()
    ended = running.poll()
    w.bench.stop(running)
    server.stop()
    if signing.failed or ended not in (None, 0):
        raise Failed("%d sign-ins failed, the import ended with %s: %s" % (signing.failed, ended, said(w)))
    yield "signed-in page at half load: p99 in a calm minute", calm.p99, "ms", "5 ms", calm.p99 / 5, "", None
    yield ("the same while people sign in and a package comes in", under.p99, "ms", "5 ms", under.p99 / 5,
           "< 5 ms", under.p99 < 5)
    yield ("a sign-in (Argon2id) meanwhile", median(signing.took) * 1000, "ms", "its own budget of 1 s",
           median(signing.took), "", None)


GROUPS = {f.__name__: f for f in (unchanged, case, rendered, search, durable, imports, busy, memory, start, size,
                                     postgres, processes, school, invitations)}

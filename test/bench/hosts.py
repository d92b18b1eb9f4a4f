"""The servers that are measured: Waypost, nginx, Fossil, PostgreSQL. Each on a free port of the loopback
interface, in a temporary folder, started and ended here and nowhere else."""
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from urllib.parse import urlencode

from load import EVERYWHERE, Failed

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("WAYPOST", os.path.join(ROOT, "build/waypost"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def ask(port, path, method="GET", headers=None, body=None, patience=20):
    """(status, headers, body) of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def post(port, path, fields, headers=None):
    return ask(port, path, "POST", {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})},
               urlencode(fields))


def until_answers(port, path, process=None, patience=30):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if process and process.poll() is not None:
            raise Failed("%s ended with %s" % (process.args[0], process.returncode))
        try:
            if ask(port, path, patience=5)[0] < 500:
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise Failed("nothing answers on port %d" % port)


class Bench:
    """A temporary folder and the processes begun in it."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="waypost-bench.")
        os.chmod(self.folder, 0o755)
        self.processes = []
        self.names = 0

    def path(self, name):
        return os.path.join(self.folder, name)

    def new(self, name):
        self.names += 1
        return self.path("%s.%d" % (name, self.names))

    def start(self, words, cpus=EVERYWHERE, **more):
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, start_new_session=True,
                                   preexec_fn=lambda: os.sched_setaffinity(0, cpus), **more)
        self.processes.append(process)
        return process

    def stop(self, process):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)  # the group that start() made
                process.wait()
        if process in self.processes:
            self.processes.remove(process)

    def stop_all(self, program):
        """What a measure that failed has left running."""
        for process in [p for p in self.processes if p.args[0] == program]:
            self.stop(process)

    def end(self):
        for process in list(self.processes):
            self.stop(process)
        shutil.rmtree(self.folder, ignore_errors=True)


def command(*words, **more):
    ran = subprocess.run([PROGRAM, *words], capture_output=True, text=True, **more)
    if ran.returncode:
        raise Failed("waypost %s: %s" % (words[0], ran.stderr.strip()[-300:]))
    return ran.stdout


def family(pid):
    """A process and those it began, and they began."""
    found = [pid]
    for one in found:
        try:
            for task in os.listdir("/proc/%d/task" % one):
                with open("/proc/%d/task/%s/children" % (one, task)) as children:
                    found += map(int, children.read().split())
        except (FileNotFoundError, ProcessLookupError):
            pass  # it has ended meanwhile
    return found


def processor_seconds(pids):
    """What these have used until now, with the children of theirs that have ended."""
    ticks = 0
    for pid in pids:
        try:
            with open("/proc/%d/stat" % pid) as stat:
                ticks += sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:15]))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


class Waypost:
    def __init__(self, bench, db, *options, workers=1, cpus=EVERYWHERE, demo=False):
        self.bench, self.log = bench, bench.new("waypost-log")
        words = [PROGRAM, "serve", "--db", db, "--listen", "127.0.0.1:0", "--log", self.log,
                 "--workers", str(workers), "--connections-per-address", "0",
                 "--files", bench.path("files"), "--keys", bench.path("keys"), *options]
        self.began = time.monotonic()
        self.process = bench.start(words + ["--demo"] * demo, cpus)
        self.port = self._port()
        until_answers(self.port, "/healthz", self.process)
        self.answered = time.monotonic()

    def _port(self):
        for _ in range(100000):
            try:
                with open(self.log) as log:
                    found = re.search(r"what=listening .*port=(\d+)", log.read())
                if found:
                    return int(found.group(1))
            except FileNotFoundError:
                pass
            if self.process.poll() is not None:
                raise Failed("waypost serve ended with %d" % self.process.returncode)
            time.sleep(0.0005)
        raise Failed("waypost serve does not listen")

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def pids(self):
        return family(self.process.pid)

    def stop(self):
        self.bench.stop(self.process)


def resident(pids):
    """Bytes in memory, a page that several share counted once (PSS)."""
    total = 0
    for pid in pids:
        with open("/proc/%d/smaps_rollup" % pid) as rollup:
            total += int(re.search(r"^Pss:\s+(\d+)", rollup.read(), re.MULTILINE).group(1)) * 1024
    return total


def session(bench, db, org, role):
    """The cookie of somebody who has the role, from a server of the demonstration."""
    server = Waypost(bench, db, demo=True)
    status, headers, _ = post(server.port, "/%s/demo" % org, {"role": role})
    server.stop()
    cookies = [c.split(";")[0] for c in headers.get_all("Set-Cookie", [])]
    kept = [c for c in cookies if not c.startswith("waypost_flash")]
    if status != 303 or not kept:
        raise Failed("no session as %s: %d" % (role, status))
    return "Cookie: " + "; ".join(kept)


class Nginx:
    CONF = """daemon off; master_process on; worker_processes %(workers)d; pid %(folder)s/nginx.pid;
error_log %(folder)s/error.log;
events { worker_connections 4096; }
http {
	access_log %(folder)s/access.log;
	sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 75s;
	types { text/html html; application/json json; } charset utf-8;
	client_body_temp_path %(folder)s; proxy_temp_path %(folder)s; fastcgi_temp_path %(folder)s;
	uwsgi_temp_path %(folder)s; scgi_temp_path %(folder)s;
	open_file_cache max=100; open_file_cache_valid 60s;
	server { listen 127.0.0.1:%(port)d; root %(folder)s/www; }
}
"""

    def __init__(self, bench, files, workers=1, cpus=EVERYWHERE):
        self.bench, folder = bench, bench.new("nginx")
        os.makedirs(folder + "/www")
        os.chmod(folder, 0o777)
        for name, content in files.items():
            with open(os.path.join(folder, "www", name), "wb") as file:
                file.write(content)
        self.port = free_port()
        with open(folder + "/nginx.conf", "w") as conf:
            conf.write(self.CONF % {"workers": workers, "folder": folder, "port": self.port})
        self.process = bench.start(["/usr/sbin/nginx", "-p", folder, "-c", folder + "/nginx.conf"], cpus,
                                   stderr=subprocess.DEVNULL)
        until_answers(self.port, "/" + next(iter(files)), self.process)

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def pids(self):
        return family(self.process.pid)

    def stop(self):
        self.bench.stop(self.process)


class Fossil:
    """A repository with a wiki page whose HTML has about `size` bytes, and 60 other wiki pages."""

    def __init__(self, bench, size, cpus=EVERYWHERE):
        self.bench, folder = bench, bench.new("fossil")
        os.makedirs(folder)
        repository = folder + "/wiki.fossil"
        self.env = {**os.environ, "HOME": folder, "FOSSIL_HOME": folder, "USER": "bench"}
        self._fossil("init", repository)
        line = "- **%d.** Writes down what was agreed, in words that a learner can repeat to a friend.\n"
        for number in range(60):
            self._wiki(repository, "Page %d" % number, line % number)
        page = "# Guiding adults\n\n" + "".join(line % n for n in range(max(1, size // 105)))
        self._wiki(repository, "Standard", page)
        self.port = free_port()
        self.process = bench.start(["fossil", "server", repository, "--localhost", "--port", str(self.port)], cpus,
                                   env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until_answers(self.port, "/wiki?name=Standard", self.process)

    def pids(self):
        return [self.process.pid]  # it waits for each child that answered

    def _fossil(self, *words, **more):
        ran = subprocess.run(["fossil", *words], env=self.env, capture_output=True, text=True, **more)
        if ran.returncode:
            raise Failed("fossil %s: %s" % (words[0], ran.stderr[-300:]))

    def _wiki(self, repository, name, text):
        self._fossil("wiki", "create", name, "-R", repository, "-M", "text/x-markdown", input=text)

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def stop(self):
        self.bench.stop(self.process)


class Postgres:
    """A throw-away PostgreSQL by script/pgtemp, on the cores given."""

    def __init__(self, bench, cpus):
        self.bench, told = bench, bench.new("postgres")
        self.process = bench.start([os.path.join(ROOT, "script/pgtemp"), "sh", "-c",
                                    'echo "$WAYPOST_TEST_PG" >"$0.part"; mv "$0.part" "$0"; exec sleep 3600', told], cpus)
        for _ in range(3000):
            if os.path.exists(told):
                break
            if self.process.poll() is not None:
                raise Failed("script/pgtemp ended with %d" % self.process.returncode)
            time.sleep(0.01)
        with open(told) as file:
            words = file.read().strip()
        self.db = "postgresql:" + words
        with open(os.path.join(re.search(r"host=(\S+)", words).group(1), "data/postmaster.pid")) as file:
            self.postmaster = int(file.readline())

    def pids(self):
        return family(self.postmaster)

    def stop(self):
        self.bench.stop(self.process)

"""Putting load on a server with wrk, and what comes of it: rates, waits, and medians of interleaved rounds."""
import os
import statistics
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
CPUS = sorted(os.sched_getaffinity(0))
ONE_CORE = {CPUS[0]}                          # where a server is measured on one core
OTHERS = set(CPUS[1:]) or set(CPUS)           # where the clients then are
EVERYWHERE = set(CPUS)


class Failed(Exception):
    """A measure that could not be taken; the message says why."""


class Load:
    """One run of wrk."""

    def __init__(self, said, name):
        words = [line.split() for line in said.splitlines() if line.startswith("LOAD ")]
        if not words:
            raise Failed("%s: wrk said: %s" % (name, said.strip()[-300:]))
        requests, microseconds, errors, p50, p99, most = map(int, words[0][1:])
        if errors or not requests:
            raise Failed("%s: %d of %d requests went wrong" % (name, errors, requests))
        self.requests, self.rate = requests, requests / (microseconds / 1e6)
        self.p50, self.p99, self.most = p50 / 1000, p99 / 1000, most / 1000  # milliseconds


def wrk(url, seconds=1, connections=8, headers=(), mode=(), cpus=OTHERS):
    words = ["wrk", "-t1", "-c%d" % connections, "-d%ds" % seconds, "--timeout", "20s",
             "-s", os.path.join(HERE, "load.lua")]
    for header in headers:
        words += ["-H", header]
    words += [url, "--", *map(str, mode)]
    ran = subprocess.run(words, capture_output=True, text=True, preexec_fn=lambda: os.sched_setaffinity(0, cpus))
    return Load(ran.stdout + ran.stderr, url)


def half_load(url, headers, full, seconds=3, share=0.5):
    """32 clients who wait between their requests, so that together they ask for half of what can be had."""
    return wrk(url, seconds, 32, headers, ("paced", 32 * 1000 / (full * share)))


def interleaved(rounds, **runs):
    """Each of `runs` (name: function that gives a number) once a round, in turn: {name: [numbers]}."""
    for run in runs.values():
        run()  # warm: the first round is not for caches to fill
    taken = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            taken[name].append(run())
    return taken


def ratio(ours, theirs):
    """Round by round, so that what the machine did meanwhile falls out."""
    return statistics.median(a / b for a, b in zip(ours, theirs))


median = statistics.median

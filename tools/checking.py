"""What every tools/check-* shares: the tree, and a run of the check or of its self-test.

A check is a function of a Tree that yields "path:line: what is wrong". Beside it stand `plants`, each a
small set of files that break the rule, and `harmless` ones that look like it and do not. The self-test
copies the tree, adds one set, and expects the check to complain about it (or not), so that a check that
no longer sees anything cannot go unnoticed.
"""
import bisect
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Skip(Exception):
    """The check needs something that is not here; the message says what."""


class Tree:
    def __init__(self, root):
        self.root = root
        self.planted = ()

    def paths(self, *suffixes, under=""):
        """Files that belong to the project: known to git, or not ignored by it."""
        for path in self._all():
            if path.startswith(under) and (not suffixes or path.endswith(suffixes)):
                yield path

    def read(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
            return file.read()

    def lines(self, path):
        return enumerate(self.read(path).split("\n"), 1)

    def _all(self):
        if os.path.exists(os.path.join(self.root, ".git")):
            listed = subprocess.run(
                ["git", "-C", self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                check=True, capture_output=True, text=True).stdout.split("\0")
            return sorted(p for p in set(listed) if p and os.path.isfile(os.path.join(self.root, p)))
        found = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = [f for f in folders if f != ".git"]
            found += [os.path.relpath(os.path.join(folder, f), self.root) for f in files]
        return sorted(found)


# A self-test asks the same of every file but the planted ones again and again: what is a function of a text alone is kept.
@functools.cache
def blank(text, keep_strings=False):
    """C text with comments (and strings) made blank, every line still at its number."""
    def spaces(match):
        found = match.group(0)
        if keep_strings and found[0] in "\"'":
            return found
        return re.sub(r"[^\n]", " ", found)
    return re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", spaces, text,
                  flags=re.DOTALL)


@functools.cache
def _found(pattern, text, flags):
    ends = [match.start() for match in re.finditer("\n", text)]
    return [(bisect.bisect_left(ends, match.start()) + 1, match) for match in re.finditer(pattern, text, flags)]


def find(tree, path, pattern, text=None, flags=0):
    """Every match of a pattern in a file: (number of the line, match)."""
    return _found(pattern, tree.read(path) if text is None else text, flags)


def tests(tree):
    """The C files that are listed as tests, and the headers that only they include."""
    listed, users = set(), {}
    for build in tree.paths("meson.build"):
        for _, match in find(tree, build, r"tests \+= files\(([^)]*)\)"):
            listed.update(os.path.join(os.path.dirname(build), name) for name in re.findall(r"'([^']+)'", match.group(1)))
    listed.update(p for p in tree.paths("_test.c"))
    for path in tree.paths(".c", ".h", under="src/"):
        for _, match in find(tree, path, r'^#include "([^"]+)"', flags=re.MULTILINE):
            users.setdefault("src/" + match.group(1), set()).add(path)
    return listed | {header for header, by in users.items() if by <= listed}


def _copy(tree, to):
    for path in tree.paths():
        os.makedirs(os.path.join(to, os.path.dirname(path)), exist_ok=True)
        shutil.copyfile(os.path.join(tree.root, path), os.path.join(to, path))
    return Tree(to)


def _plant(copy, files):
    """Writes the files and returns how to undo it."""
    before = {}
    for path, text in files.items():
        whole = os.path.join(copy.root, path)
        before[path] = open(whole, "rb").read() if os.path.exists(whole) else None
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text(before[path].decode() if before[path] else "") if callable(text) else text)

    def undo():
        for path, bytes_before in before.items():
            whole = os.path.join(copy.root, path)
            if bytes_before is None:
                os.unlink(whole)
            else:
                with open(whole, "wb") as file:
                    file.write(bytes_before)
    return undo


def _self_test(check, plants, harmless):
    failures = 0
    with tempfile.TemporaryDirectory(prefix="waypost-check.") as folder:
        copy = _copy(Tree(ROOT), folder)
        usual = set(check(copy))
        for files, wanted in [(p, True) for p in plants] + [(h, False) for h in harmless]:
            undo = _plant(copy, files)
            copy.planted = tuple(files)
            found = set(check(copy)) - usual
            undo()
            copy.planted = ()
            if bool(found) != wanted:
                failures += 1
                print("self-test: %s" % ("not noticed" if wanted else "wrongly refused"))
                for path, text in files.items():
                    print("    %s: %r" % (path, text if isinstance(text, str) else "changed"))
                print("".join("    said: %s\n" % f for f in found), end="")
    return failures


def main(check, plants, harmless=()):
    """Runs the check, or with --self-test its self-test. Exit 0: clean, 1: broken, 77: skipped."""
    try:
        if "--self-test" in sys.argv[1:]:
            sys.exit(1 if _self_test(check, plants, harmless) else 0)
        found = list(check(Tree(ROOT)))
    except Skip as why:
        print("skipped: %s" % why)
        sys.exit(77)
    for line in found:
        print(line)
    sys.exit(1 if found else 0)

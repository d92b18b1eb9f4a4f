#!/usr/bin/env python3
"""The measures of script/bench, in one run, and their table."""
import json
import sys

from hosts import PROGRAM, Bench
from load import Failed
from measures import GROUPS, World

COLUMNS = ("measure", "value", "unit", "against", "ratio", "target", "met")


def shown(number):
    return "%.0f" % number if abs(number) >= 100 else "%.1f" % number if abs(number) >= 10 else "%.2f" % number


class Table:
    """One line for each measure, as it comes."""

    def __init__(self, form):
        self.form = form
        if form == "markdown":
            print("| measure | ratio | against | target | met | value |\n|---|---|---|---|---|---|")

    def group(self, name):
        if self.form == "table":
            print("%s" % name, flush=True)

    def row(self, row):
        met = {True: "yes", False: "**no**", None: ""}[row["met"]]
        value = "%s %s" % (shown(row["value"]), row["unit"])
        if self.form == "json":
            print(json.dumps(row, ensure_ascii=False), flush=True)
        elif self.form == "markdown":
            print("| %s | %s | %s | %s | %s | %s |" % (row["measure"], shown(row["ratio"]), row["against"],
                                                       row["target"], met, value), flush=True)
        else:
            print("  %-58s %7s x %-46s %-10s %-4s %s" % (row["measure"], shown(row["ratio"]), row["against"],
                                                        row["target"], met.strip("*"), value), flush=True)

    def failed(self, name, why):
        print("script/bench: %s: %s" % (name, why), file=sys.stderr, flush=True)


def main(words):
    forms = [w[2:] for w in words if w in ("--json", "--markdown")]
    wanted = [w for w in words if not w.startswith("--")] or list(GROUPS)
    unknown = [w for w in words if w.startswith("--") and w not in ("--json", "--markdown")]
    unknown += [w for w in wanted if w not in GROUPS]
    if unknown or len(forms) > 1:
        print("script/bench: not understood: %s. Measures: %s" % (" ".join(unknown), " ".join(GROUPS)), file=sys.stderr)
        return 2
    bench, table, failures = Bench(), Table(forms[0] if forms else "table"), 0
    world = World(bench)
    try:
        for name in wanted:
            table.group(name)
            try:
                for row in GROUPS[name](world):
                    table.row(dict(zip(COLUMNS, row)))
            except Failed as why:
                failures += 1
                table.failed(name, why)
                bench.stop_all(PROGRAM)
    finally:
        bench.end()
    return 1 if failures else 0


sys.exit(main(sys.argv[1:]))

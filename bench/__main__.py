"""`python -m bench`: every measurement, one after the other, in about seven minutes.

    python -m bench [--json FILE] [QUESTION …]

Questions are named as below; without any, all are asked but `million`. The exit code is 0 whatever was measured: a goal
that is missed on a busy machine is information. `--json -` writes the figures for machines to standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.blackhole import blackhole
from bench.countdown import countdown
from bench.crowded import crowded
from bench.decide import decisions
from bench.edge import edge
from bench.footprint import footprint
from bench.load import has_wrk
from bench.million import million
from bench.opens import opens
from bench.paintings import paintings
from bench.peers.question import peers
from bench.recalled import recalled
from bench.remembered import remembered
from bench.report import Report
from bench.signals import signals
from bench.store import store

QUESTIONS: Mapping[str, Callable[[Path], Report]] = {
    "opens": opens,
    "decide": lambda _: decisions(),
    "signals": signals,
    "paintings": paintings,
    "remembered": remembered,
    "blackhole": blackhole,
    "footprint": footprint,
    "countdown": lambda _: countdown(),
    "peers": peers,
    "crowded": crowded,
    "store": store,
    "recalled": recalled,
    "million": million,
    "edge": edge,
}

BY_NAME_ONLY = frozenset({"million"})
"""What takes too long to be asked with all the others."""


def main() -> None:
    """Ask, print, and end well."""
    asked = _arguments()
    started, reports = time.monotonic(), {}
    to = sys.stderr if asked.json == "-" else sys.stdout
    print(_machine(), file=to)
    for name in asked.questions or [name for name in QUESTIONS if name not in BY_NAME_ONLY]:
        print(file=to, flush=True)
        reports[name] = _answer(name)
        print(reports[name].text(), file=to, flush=True)
    missed = [figure for report in reports.values() for figure in report.figures if figure.met is False]
    print(f"\n{len(missed)} goals missed, in {time.monotonic() - started:.0f} s", file=to)
    if asked.json:
        _write(asked.json, reports)


def _answer(name: str) -> Report:
    with tempfile.TemporaryDirectory(prefix="onopen-bench-", ignore_cleanup_errors=True) as folder:
        return QUESTIONS[name](Path(folder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure onopen beside what it is held against."
    )
    parser.add_argument("questions", nargs="*", choices=[*QUESTIONS, []], metavar="QUESTION", help=", ".join(QUESTIONS))
    parser.add_argument("--json", metavar="FILE", help="write the figures for machines too; - is standard output")
    return parser.parse_args()


def _machine() -> str:
    """What it is measured on, as far as that makes a difference."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    client = "wrk" if has_wrk() else "a generator in Python (install wrk for requests a second that mean something)"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores, {load}, {platform.system()}, {python}; load comes from {client}"


def _write(file: str, reports: Mapping[str, Report]) -> None:
    found = {
        name: {
            "question": report.question,
            "figures": [figure.record() for figure in report.figures],
            "notes": report.notes,
        }
        for name, report in reports.items()
    }
    text = json.dumps({"machine": _machine(), "reports": found}, indent=1, ensure_ascii=False)
    if file == "-":
        print(text)
    else:
        Path(file).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

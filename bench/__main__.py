"""`python -m bench [--json FILE]`: every question, one after the other, in a few minutes."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.decide import decisions
from bench.load import has_wrk
from bench.opens import opens
from bench.pictures import beside_pillow, demo
from bench.report import Report
from bench.signals import signals
from bench.worker import black_hole, start_and_memory

QUESTIONS: tuple[Callable[[Path], Report], ...] = (
    opens,
    lambda _: decisions(),
    signals,
    beside_pillow,
    demo,
    black_hole,
    start_and_memory,
)


def main() -> None:
    """Ask, print, and write what machines read."""
    parser = argparse.ArgumentParser(description="Measurements as ratios, side by side in one run.")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    asked = parser.parse_args()
    if not has_wrk():
        print("wrk is not installed: requests a second are bound by the generator; compare the CPU for one request\n")
    reports = []
    for number, question in enumerate(QUESTIONS):
        with tempfile.TemporaryDirectory(prefix="onopen-bench-") as folder:
            place = Path(folder) / str(number)
            place.mkdir()
            reports.append(question(place))
        print(reports[-1].text(), end="\n\n", flush=True)
    if asked.json:
        records = {one.question: [figure.record() for figure in one.figures] for one in reports}
        asked.json.write_text(json.dumps(records, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

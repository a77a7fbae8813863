"""The bench of a million recipients is asked for by name only, so nobody would see that it no longer runs."""

from __future__ import annotations

from pathlib import Path

from bench.million import million


def test_everybody_gets_their_events_and_is_read(tmp_path: Path) -> None:
    report = million(tmp_path, recipients=3, rounds=1)
    assert report.question.startswith("11. 3 recipients")
    assert all(figure.value > 0 for figure in report.figures)

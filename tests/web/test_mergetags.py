"""Unrendered merge tags, told for each mailing, of which anybody can make one up."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from app.web.mergetags import MOST, OTHER, UNNAMED, MergeTags


class Heard:
    """What was counted and told."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.lines: list[dict[str, Any]] = []

    def count(self, name: str, **labels: str) -> None:
        self.counts[labels["mailing"]] += 1

    def tell(self, event: str, **said: Any) -> None:
        self.lines.append(said)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def tags(heard: Heard) -> MergeTags:
    return MergeTags(heard, heard.tell)


def test_all_are_counted_and_each_family_is_told_once_a_mailing(tags: MergeTags, heard: Heard) -> None:
    for _ in range(3):
        tags.found("newyear", ["star-pipe", "double-brace-dollar"])
    assert heard.counts == {"newyear": 6}
    assert [line["family"] for line in heard.lines] == ["star-pipe", "double-brace-dollar"]
    assert heard.lines[1] == {"mailing": "newyear", "family": "double-brace-dollar", "platforms": ["braze"]}


def test_what_looks_like_no_id_is_never_repeated(tags: MergeTags, heard: Heard) -> None:
    for mailing in ("ada@shop.example", "Ada Lovelace", "n" * 65, "-n", ""):
        tags.found(mailing, ["star-pipe"])
    assert heard.counts == {OTHER: 4, UNNAMED: 1}


def test_so_many_mailings_are_named_and_the_others_counted_together(tags: MergeTags, heard: Heard) -> None:
    for number in range(MOST + 50):
        tags.found(f"mailing-{number}", ["star-pipe"])
    assert len(heard.counts) == len(heard.lines) == MOST + 1
    assert heard.counts[OTHER] == 50

"""A class of visitors holds nobody whom we would have taken for somebody else."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from app.edge.visitors import CLASSES, SIGNALS, VisitorClass, example_of
from app.engine.opens import Open
from app.sources.device import MailViewers
from app.sources.viewer.machines import RECORDED
from app.sources.viewer.proxies import DATED

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "user_agents.jsonl"
RECORDS = [json.loads(line) for line in FIXTURES.read_text("utf-8").splitlines()]
every_class = pytest.mark.parametrize("one", CLASSES, ids=lambda one: one.word)


def told(user_agent: str) -> dict[str, object]:
    readings = MailViewers().read(Open("hero", 0.0, user_agent=user_agent))
    return {name: readings[name].value for name in SIGNALS}


def is_one(one: VisitorClass, user_agent: str) -> bool:
    return any(re.search(pattern, user_agent) for pattern in one.patterns)


@every_class
def test_everybody_in_a_class_reads_like_its_example(one: VisitorClass) -> None:
    members = [record["ua"] for record in RECORDS if is_one(one, record["ua"])]
    assert len(members) >= 2
    for user_agent in members:
        assert told(user_agent) == told(one.example), user_agent


@every_class
@settings(max_examples=200)
@given(data=st.data())
def test_whatever_the_expressions_take_reads_so(one: VisitorClass, data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(one.patterns)).replace("$", r"\Z")
    user_agent = data.draw(
        st.from_regex(pattern, fullmatch=not one.anywhere, alphabet=st.characters(max_codepoint=126))
    )
    assert told(user_agent) == told(one.example)


def test_nobody_is_in_two_classes_and_no_recorded_machine_in_any() -> None:
    taken = Counter(record["ua"] for record in RECORDS for one in CLASSES if is_one(one, record["ua"]))
    assert {len({o.word for o in CLASSES if is_one(o, ua)}) for ua in taken} == {1}
    for recorded in (*RECORDED, *DATED):
        for pattern in (pattern for one in CLASSES for pattern in one.patterns):
            assert not re.search(pattern, recorded, re.IGNORECASE)


def test_the_classes_tell_apart_what_ordinary_mail_can_be() -> None:
    assert {tuple(told(one.example).values()) for one in CLASSES} and len(CLASSES) == 4
    assert example_of("toaster") is None

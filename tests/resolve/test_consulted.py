"""What recipients have a say in: the store is asked about them first, and about nobody without need."""

from __future__ import annotations

import pytest

from app.authoring.compiled import CompiledSite
from app.engine.decision import Decision
from app.engine.opens import Open
from app.engine.readings import Rung, Why
from app.recipients.person import Person
from app.recipients.showings import Past
from app.resolve.hinge import Unsettled
from tests.resolve.hinge import NO, NOON, YES, Asked, Everybody, Page, resolver, served, sky


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize(("person", "rule"), [(YES, "wet"), (NO, "unknown"), (None, "unknown")])
async def test_the_recipient_is_asked_about_once_and_before_the_weather(
    careful: CompiledSite, far: bool, person: Person | None, rule: str
) -> None:
    everybody, page = Everybody(Asked(), careful, fetched=sky("rain")), Page(Past(person, None), far)
    hinge, one, opening = (
        resolver(careful, everybody, memory=page),
        served(careful, "sky"),
        Open("sky", NOON, recipient="r"),
    )
    answer = hinge.decide_now(one, opening)
    if isinstance(answer, Unsettled):
        answer, _ = await hinge.decide(one, opening, answer.facts, answer.pending, 1.0)
    assert (answer.rule, answer.rung) == (rule, Rung.LIVE)
    assert page.asked == (["r", "far r"] if far else ["r"])
    assert len(everybody.asked.weather) == (rule == "wet")


@pytest.mark.parametrize(("name", "recipient"), [("greet", "r"), ("device", "r"), ("sky", "")])
def test_nobody_is_asked_about_where_no_place_is_read_or_no_recipient_named(
    careful: CompiledSite, name: str, recipient: str
) -> None:
    page = Page(Past(YES, None))
    hinge = resolver(careful, Everybody(Asked(), careful, sky=sky("rain")), memory=page)
    answer = hinge.decide_now(served(careful, name), Open(name, NOON, recipient=recipient))
    assert isinstance(answer, Decision)
    assert page.asked == []
    assert name != "sky" or answer.readings[0].why_unknown is Why.NOT_PERMITTED


@pytest.mark.parametrize("name", ["sky", "place", "hours"])
def test_while_the_store_is_silent_the_place_is_unknown_for_a_moment(careful: CompiledSite, name: str) -> None:
    hinge = resolver(careful, Everybody(Asked(), careful), memory=Page(Past(None, None, Why.STORE_SILENT)))
    answer = hinge.decide_now(served(careful, name), Open(name, NOON, recipient="r"))
    assert isinstance(answer, Decision)
    assert (answer.rung, answer.until) == (Rung.UNKNOWN, NOON + 5)
    assert answer.rule == ("noon" if name == "hours" else "unknown")


def test_who_is_vouched_for_may_say_something_about_themselves(careful: CompiledSite) -> None:
    hinge = resolver(careful, Everybody(Asked(), careful), memory=Page(Past(None, None)))
    assert hinge.believes(Open("sky", NOON, recipient="4711", vouched=True))
    assert not hinge.believes(Open("sky", NOON, recipient="4711"))
    assert not hinge.believes(Open("sky", NOON, vouched=True))

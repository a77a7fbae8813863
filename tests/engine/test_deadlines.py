"""A deadline as one line of text, and what is said before and behind the instant at which it passes."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from app.engine.conditions import ALWAYS
from app.engine.deadlines import LIVE, Deadline
from app.engine.decide import Decider, decide
from app.engine.decision import Decision
from app.engine.readings import FOREVER
from app.engine.rules import Outcome, Rule
from app.engine.words import Bound, Passing, Words
from tests.support.engine_tables import NOON, ruleset, table

ENDS = st.one_of(
    st.none(),
    st.dates(date(1990, 1, 1)),
    st.datetimes(
        datetime(1990, 1, 1), timezones=st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    ),
)


ZONES = st.sampled_from(["", "Europe/Berlin", "UTC"])


@given(ends=ENDS, language=st.sampled_from(["de", "pt-BR"]), live=st.booleans(), zone=ZONES, dated=st.booleans())
def test_what_was_written_is_read(
    ends: datetime | date | None, language: str, live: bool, zone: str, dated: bool
) -> None:
    deadline = Deadline(ends, language) if ends is None else Deadline(ends, language, zone, dated)
    assert Deadline.read(f"{LIVE * live}{deadline}") == deadline


def test_another_text_is_no_deadline() -> None:
    with pytest.raises(ValueError, match="is no deadline"):
        Deadline.read("until tomorrow")


def passing(at: float) -> Words:
    return Words({"": (Bound(("open.certain",), lambda known: Passing("before", at, "behind"), "a deadline"),)})


def said(words: Words) -> Decision:
    answer = decide(ruleset(Rule("only", ALWAYS, Outcome()), captions={0: words}), table({"open.certain": True}))
    assert isinstance(answer, Decision)
    return answer


def test_what_passes_holds_until_its_instant_and_not_longer() -> None:
    before, behind = said(passing(NOON + 60)), said(passing(NOON))
    assert (before.captions, before.until) == (((0, "before"),), NOON + 60)
    assert (behind.captions, behind.until) == (((0, "behind"),), FOREVER)


@pytest.mark.parametrize(
    ("now", "caption", "until"),
    [(0, "early", 60.0), (60, "late", 120.0), (119, "late", 120.0), (120, "behind", FOREVER)],
)
def test_what_passes_may_pass_to_what_passes_too(now: int, caption: str, until: float) -> None:
    late = Passing("late", NOON + 120 - now, "behind")
    words = Words(
        {"": (Bound(("open.certain",), lambda known: Passing("early", NOON + 60 - now, late), "a deadline"),)}
    )
    answer = said(words)
    assert answer.captions == ((0, caption),)
    assert answer.until == (until if until == FOREVER else NOON + until - now)


def test_what_has_passed_is_not_remembered_for_earlier_moments() -> None:
    rules = ruleset(Rule("only", ALWAYS, Outcome()), captions={0: passing(NOON + 60)})
    decider, later = Decider(rules), table({"open.certain": True}, now=NOON + 90)
    answers = [decider.decide(facts) for facts in (later, table({"open.certain": True}))]
    assert [answer.captions for answer in answers if isinstance(answer, Decision)] == [
        ((0, "behind"),),
        ((0, "before"),),
    ]

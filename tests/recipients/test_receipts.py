"""What was shown, as it is kept: nothing of its readings is lost, and its hidden names tell nothing."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st

from app.engine.decision import Decision
from app.engine.readings import EMPTY, FOREVER, Name, Reading, Rung, Why, unknown
from app.engine.signals import CATALOGUE, Catalogue, Kind, Purpose, attribute, param
from app.recipients.hiding import Hider, Trace
from app.recipients.receipts import Lead, Receipt, readings_of, receipt_of
from app.recipients.showings import KEEP_S, Mail

NOW = 1_795_000_000.5
KINDS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: st.text(),
    Kind.NAME: st.builds(Name, st.text(), st.lists(st.text())),
    Kind.NUMBER: st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(),
    Kind.MOMENT: st.floats(0, 4e9),
}
OF_TESTS: Catalogue = CATALOGUE.plus(
    [*(param(f"x{kind.value}", kind) for kind in KINDS), attribute("tier", Kind.TEXT, Purpose.NONE)]
)
INSTANTS = st.floats(0, 4e9) | st.just(FOREVER)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    kind = draw(st.sampled_from(list(KINDS)))
    name = f"param.x{kind.value}"
    as_of, until, source = draw(INSTANTS), draw(INSTANTS), draw(st.text())
    if draw(st.booleans()):
        return unknown(name, draw(st.sampled_from(Why)), as_of=as_of, until=until, source=source)
    value = draw(KINDS[kind] | st.just(EMPTY))
    return Reading(name, value, as_of, until, source, rung=draw(st.sampled_from([Rung.LIVE, Rung.STALE])))


def decision(*rests_on: Reading) -> Decision:
    fields = (("photo", "rain.jpg"), ("price", 19.5))
    return Decision("hero", "weather", "rain", fields, (), "https://a.example/", "", False, rests_on, 1.0, "d1", "UTC")


@given(st.lists(readings(), max_size=5, unique_by=lambda reading: reading.signal))
def test_readings_come_back_as_they_were(rests_on: list[Reading]) -> None:
    raw = msgspec.json.encode(receipt_of(decision(*rests_on), NOW, "e1"))
    receipt = msgspec.json.decode(raw, type=Receipt)
    back = list(readings_of(receipt, OF_TESTS, own=()))
    assert back == rests_on
    for one, other in zip(back, rests_on, strict=True):
        assert type(one.value) is type(other.value)
        assert getattr(one.value, "keys", None) == getattr(other.value, "keys", None)


def test_every_receipt_is_a_lead_and_says_what_was_shown() -> None:
    receipt = receipt_of(decision(Reading("geo.city", Name("Ulm"), NOW)), NOW, "e1")
    assert msgspec.json.decode(msgspec.json.encode(receipt), type=Lead) == Lead("rain", "https://a.example/")
    assert (receipt.fields, receipt.zone, receipt.edition) == ({"photo": "rain.jpg", "price": 19.5}, "UTC", "e1")
    assert receipt_of(decision()._replace(nothing=True), NOW, "e1").fields == {}


def test_what_rules_work_out_on_their_own_is_left_to_them() -> None:
    receipt = receipt_of(
        decision(Reading("phase", "live", NOW), Reading("param.xdate", date(2026, 1, 2), NOW)), NOW, ""
    )
    assert [one.signal for one in readings_of(receipt, OF_TESTS, own={"phase"})] == ["param.xdate"]


@pytest.mark.parametrize("name", ["param.gone", "geo.city"])
def test_what_is_not_known_any_more_is_said(name: str) -> None:
    receipt = receipt_of(decision(unknown(name, Why.TOO_OLD, as_of=NOW)), NOW, "")
    raw = msgspec.json.encode(receipt).replace(b"too_old", b"too_strange")
    with pytest.raises(ValueError, match=r"there is no signal param\.gone|“too_strange” is no reason"):
        list(readings_of(msgspec.json.decode(raw, type=Receipt), OF_TESTS, own=()))


def test_a_hidden_name_is_that_of_one_picture_for_one_key() -> None:
    mail, hider = Mail("anna", "newyear", "hero"), Hider(b"one")
    others = [Mail("ben", "newyear", "hero"), Mail("anna", "m", "hero"), Mail("anna", "newyear", "hero", "a1")]
    names = [
        hider.hidden(mail, believed=True),
        hider.hidden(mail, believed=False),
        Hider(b"two").hidden(mail, believed=True),
    ]
    names += [hider.hidden(other, believed=True) for other in others]
    assert len({name.entry for name in names}) == len(names)
    assert hider.hidden(mail, believed=True) == names[0]
    assert {names[0].page, names[1].page} == set(hider.pages("anna"))
    assert "one" not in repr(hider)


@given(st.floats(0, 4e9))
def test_the_end_of_a_trace_does_not_tell_when_the_picture_was_shown(at: float) -> None:
    trace = Trace.left("anna", Hider(b"one").hidden(Mail("anna", "m", "hero"), believed=True), Lead("rain", ""), at)
    assert trace.until % 86_400 == 0
    assert 0 < trace.until - (at + KEEP_S) <= 86_400
    assert math.isfinite(trace.until)

"""A claim with two faces: the live one for those who certainly look, until it ends; the durable one for all others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.engine.decide import decide
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.readings import Why, pinned, unknown
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import hero, with_campaign
from tests.support.engine_tables import instant, zone

RULES = """\
phases: {live: 2026-11-27 00:00, over: 2026-12-01 00:00}
rules:
  - name: last-day
    when: {phase: live}
    show:
      headline:
        live: {de: ["Nur bis {{ time.clock }}", Nur noch heute], en: Today only}
        durable: {de: Bis 30. November, en: Until 30 November}
otherwise: {show: {headline: {live: "Es ist {{ time.clock }}", durable: Willkommen}}}
"""
DURING, AFTER = instant("2026-11-28 12:00"), instant("2026-12-02 12:00")


@pytest.fixture
def said(tmp_path: Path, check_site: CheckSite) -> Any:
    checked = check_site(with_campaign(tmp_path, RULES))
    assert not checked.problems.mistakes, checked.problems.render()
    ruleset = checked.site.placeholders["hero"].campaigns["advent"].ruleset

    def decided(now: float, certain: bool | None, language: str = "de", **known: Any) -> tuple[str, Decision]:
        values = {"open.certain": certain, "open.language": language, **known}
        readings = {name: unknown(name, Why.NOT_PINNED, as_of=now) for name in ruleset.reads - {"phase"}}
        readings |= {name: pinned(name, value) for name, value in values.items() if value is not None}
        answer = decide(ruleset, Facts(now, zone(), readings))
        assert isinstance(answer, Decision)
        return dict(answer.fields)["headline"], answer

    return decided


@pytest.mark.parametrize("certain", [False, None])
def test_who_does_not_certainly_look_is_told_what_stays_true(said: Any, certain: bool | None) -> None:
    assert [said(DURING, certain, language)[0] for language in ("de", "en")] == [
        "Bis 30. November",
        "Until 30 November",
    ]


def test_who_certainly_looks_is_told_what_is_true_now(said: Any) -> None:
    assert [said(DURING, True, language)[0] for language in ("de", "en")] == ["Nur noch heute", "Today only"]


def test_a_live_claim_holds_until_its_rule_does_and_rests_on_who_looks(said: Any) -> None:
    _, answer = said(DURING, True, "en")
    assert answer.until == instant("2026-12-01 00:00")
    assert {"open.certain", "phase"} <= set(answer.reads)


def test_alternatives_of_a_face_are_tried_before_the_other_face(said: Any) -> None:
    assert said(DURING, True, **{"time.clock": 14 * 3600})[0] == "Nur bis 14:00"
    assert said(AFTER, True)[0] == "Willkommen"
    assert said(AFTER, True, **{"time.clock": 14 * 3600})[0] == "Es ist 14:00"


LAYERS = """\
  - text:
      text: {live: "Es ist {{ time.clock }}", durable: {de: Geöffnet bis 20 Uhr, en: Open until 8}}
      box: [0, 0, 200, 20]
  - text: {text: ["Hallo {{ geo.city }}", Hallo], box: [0, 40, 200, 20]}
"""


def test_a_layers_own_text_has_faces_and_alternatives_too(tmp_path: Path, check_site: CheckSite) -> None:
    site = with_campaign(tmp_path, "otherwise: {link: https://shop.example/}\n")
    (site / "placeholders" / "hero.yaml").write_text(hero(layers=LAYERS), "utf-8")
    checked = check_site(site)
    assert not checked.problems.mistakes, checked.problems.render()
    ruleset = checked.site.placeholders["hero"].campaigns["advent"].ruleset

    def captions(certain: bool, language: str) -> list[str]:
        given = {"open.certain": certain, "open.language": language, "time.clock": 14 * 3600}
        readings = {name: unknown(name, Why.NOT_PINNED, as_of=DURING) for name in ruleset.reads}
        readings |= {name: pinned(name, value) for name, value in given.items()}
        answer = decide(ruleset, Facts(DURING, zone(), readings))
        assert isinstance(answer, Decision)
        return [text for _, text in answer.captions]

    assert captions(certain=True, language="de") == ["Es ist 14:00", "Hallo"]
    assert captions(certain=False, language="de") == ["Geöffnet bis 20 Uhr", "Hallo"]
    assert captions(certain=False, language="en") == ["Open until 8", "Hallo"]

"""Cases and examples: facts that editors pin, decided by the pure engine alone, and told where they fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.authoring.cases import pinned_value, table
from app.authoring.examples import run_examples
from app.authoring.library import Checked
from app.authoring.problems import Problems
from app.authoring.unaddressed import by_default, for_anybody
from app.engine.readings import EMPTY, Why
from app.engine.signals import CATALOGUE
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import good_site, with_campaign

AT = 1_795_950_000.0
"""Sunday, 29 November 2026, 12:00 in Berlin."""


@pytest.fixture
def checked(tmp_path: Path, check_site: CheckSite) -> Any:
    def made(text: str) -> Checked:
        return check_site(with_campaign(tmp_path / "site", text))

    return made


CARD = """\
size: [300, 100]
alt: Ihre Karte
params: {points: {type: number, default: 0}}
fields:
  title: {type: text, default: Ihre Karte}
  counted: {type: text, default: "{{ param.points }} Punkte"}
layers:
  - text: {field: title, box: [0, 0, 300, 30]}
  - text: {field: counted, box: [0, 30, 300, 30]}
  - text: {text: bis morgen, box: [0, 60, 140, 30]}
  - text: {text: "um {{ time.local | clock }}", box: [150, 60, 140, 30]}
"""

RULES = """\
rules:
  - name: evening
    when: {time.daypart: evening}
    show: {headline: {de: Guten Abend, en: Good evening}}
    link: {de: https://shop.example/abend, en: https://shop.example/evening}
    alt: {de: Abend, en: Evening}
unknown: otherwise
"""


def examples(*written: str) -> str:
    return RULES + "examples:\n" + "".join(f"  - {one}\n" for one in written)


def told(checked: Checked) -> list[str]:
    return [one.message for one in checked.problems.mistakes]


@pytest.mark.parametrize(
    "example",
    [
        "{given: {time.daypart: evening}, expect: {rule: evening}}",
        "{given: {time.daypart: EVENING}, expect: {rule: evening}}",
        "{given: {time.daypart: noon}, expect: {rule: otherwise}}",
        "{expect: {rule: otherwise}}",
        '{given: {at: "2026-11-29T18:00+01:00"}, expect: {rule: evening, until: "2026-11-29T22:00+01:00"}}',
        "{given: {at: 2026-11-29 18:00}, expect: {rule: evening, until: 2026-11-29 22:00}}",
        '{given: {at: "2026-11-29T18:00Z", geo.time_zone: Europe/London}, expect: {rule: evening}}',
        '{given: {at: "2026-11-29T18:00Z", geo.time_zone: America/New_York}, expect: {rule: otherwise}}',
        "{given: {time.daypart: evening}, expect: {fields: {headline: Guten Abend}}}",
        "{given: {time.daypart: evening, param.lang: en}, expect: {fields: {headline: Good evening}}}",
        "{given: {time.daypart: evening, param.lang: EN}, expect: {link: https://shop.example/evening}}",
        "{given: {time.daypart: evening, open.language: en}, expect: {alt: Evening}}",
        '{given: {time.daypart: ""}, expect: {rule: otherwise}}',
    ],
)
def test_an_example_that_comes_out_as_expected_says_nothing(example: str, checked: Any) -> None:
    found = checked(examples(example))
    assert found.problems.mistakes == (), found.problems.render()
    assert found.examples == 1


def test_blanks_are_alike_in_what_an_example_expects(checked: Any) -> None:
    amounts = RULES.replace("de: Guten Abend", "de: '{{ 15 | money }} für Sie'").replace(
        "de: Abend", 'de: "15\\u202f€"'
    )
    expected = "{given: {time.daypart: evening}, expect: {alt: 15 €, fields: {headline: '15,00 € für Sie'}}}"
    assert told(checked(f"{amounts}examples:\n  - {expected}\n")) == []


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (
            "{name: late, given: {time.daypart: noon}, expect: {rule: evening}}",
            "late of hero expects the rule evening and gets otherwise",
        ),
        (
            "{given: {time.daypart: evening}, expect: {fields: {headline: Good evening}}}",
            "example 1 of hero expects headline to be “Good evening” and gets “Guten Abend”",
        ),
        (
            "{given: {time.daypart: evening}, expect: {link: https://shop.example/}}",
            "example 1 of hero expects the link https://shop.example/ and gets https://shop.example/abend",
        ),
        (
            "{given: {time.daypart: evening}, expect: {alt: Late}}",
            "example 1 of hero expects the alt “Late” and gets “Abend”",
        ),
        (
            '{given: {at: "2026-11-29T18:00+01:00"}, expect: {until: "2026-11-29T23:00+01:00"}}',
            "example 1 of hero expects it to hold until 2026-11-29T23:00+01:00 and gets 2026-11-29 22:00:00",
        ),
        (
            '{given: {time.daypart: evening}, expect: {until: "2026-11-29T23:00+01:00"}}',
            "example 1 of hero expects it to hold until 2026-11-29T23:00+01:00 and gets no end",
        ),
    ],
)
def test_an_example_that_comes_out_otherwise_says_how(example: str, message: str, checked: Any) -> None:
    assert told(checked(examples(example))) == [message]


def test_each_difference_of_an_example_is_told_at_its_key(checked: Any) -> None:
    found = checked(
        examples("{given: {time.daypart: noon}, expect: {rule: otherwise, alt: Late, fields: {headline: x}}}")
    )
    assert [(one.code, one.line, one.column) for one in found.problems] == [
        ("example-fails", 10, 66),
        ("example-fails", 10, 91),
    ]


def test_where_another_rule_wins_nothing_more_is_told(checked: Any) -> None:
    found = checked(examples("{given: {time.daypart: noon}, expect: {rule: evening, alt: Late}}"))
    assert [(one.code, one.line, one.column) for one in found.problems] == [("example-fails", 10, 50)]


def test_examples_run_on_what_is_served_but_for_those_that_expect_a_draft(checked: Any) -> None:
    draft = "rules:\n  - {name: idea, draft: true, when: {time.daypart: evening}, link: https://shop.example/idea}\n"
    text = examples(
        "{given: {time.daypart: evening}, expect: {rule: evening}}",
        "{given: {time.daypart: evening}, expect: {rule: idea}}",
    )
    found = checked(text.replace("rules:\n", draft))
    assert not found.problems.mistakes, found.problems.render()
    assert found.coverage[0].outcomes == {"evening": 1, "otherwise": 0}


def test_what_holds_only_at_some_instant_wants_one(checked: Any) -> None:
    phases = "phases: {live: 2026-11-27, over: 2026-12-01}\nrules:\n"
    live = "  - {name: live, when: {phase: live}, link: https://shop.example/live}\n"
    text = examples("{given: {time.daypart: noon}, expect: {rule: live}}").replace("rules:\n", phases + live)
    assert told(checked(text)) == ["whether these rules hold depends on the instant, and the example names none"]
    for given in ("at: 2026-11-28", "phase: live"):
        assert not told(checked(text.replace("time.daypart: noon", given)))


def test_phases_that_no_rule_asks_for_want_no_instant(checked: Any) -> None:
    text = "phases: {live: 2026-11-27}\n" + examples("{given: {time.daypart: evening}, expect: {rule: evening}}")
    assert not told(checked(text))


def test_an_example_runs_for_each_placeholder_and_expects_only_fields_that_one_has(
    tmp_path: Path, check_site: CheckSite
) -> None:
    text = examples("{given: {time.daypart: evening}, expect: {fields: {headline: Guten Abend, badge: Neu}}}")
    text = text.replace("show: {headline:", "show: {badge: Neu, headline:")
    site = with_campaign(tmp_path, f"placeholder: [badge, hero]\n{text}")
    badge = (site / "placeholders/hero.yaml").read_text(encoding="utf-8").replace("headline", "badge")
    (site / "placeholders/badge.yaml").write_text(badge, encoding="utf-8")
    found = check_site(site)
    assert not found.problems.mistakes, found.problems.render()
    assert found.examples == 2
    ran = [(one.campaign, one.placeholder, one.outcome) for one in run_examples(found.site, Problems())]
    assert ran == [("advent", "badge", "evening"), ("advent", "hero", "evening")]


def test_a_table_says_why_it_knows_nothing_and_lays_what_follows(checked: Any) -> None:
    site = checked(RULES.replace("time.daypart: evening", "time.daypart: evening, geo.city: Hamburg")).site
    hero = site.placeholders["hero"]
    ruleset = hero.campaigns["advent"].ruleset
    facts = table(site, hero, ruleset, {}, AT)
    assert facts.now == AT
    assert facts.zone.name == "Europe/Berlin"
    assert facts.readings["time.daypart"].value == "noon"
    assert facts.readings["geo.city"].why_unknown is Why.NOT_PINNED
    assert facts.readings["param.lang"].value == "de"
    assert facts.readings["open.language"].value == "de"
    assert facts.readings["open.campaign"].value == "advent"
    without = table(site, hero, ruleset, {}, None)
    assert without.readings["time.daypart"].why_unknown is Why.NOT_PINNED


def test_what_is_given_as_nothing_is_empty(checked: Any) -> None:
    site = checked(examples('{given: {time.daypart: "", geo.city: ""}, expect: {rule: otherwise}}')).site
    (example,) = site.placeholders["hero"].campaigns["advent"].examples
    assert {name: one.value for name, one in example.pinned.items()} == {"time.daypart": EMPTY, "geo.city": EMPTY}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("geo.country", "de", "DE"),
        ("geo.city", "Köln", "Köln"),
        ("weather.condition", "RAIN", "rain"),
        ("weather.temperature", "-2.5", -2.5),
        ("time.is_weekend", "true", True),
        ("time.clock", "18:30", 66_600),
    ],
)
def test_pinned_values_have_the_spelling_of_their_signal(name: str, text: str, value: object) -> None:
    assert pinned_value(CATALOGUE[name], text) == value


def test_what_is_true_for_anybody_rests_on_nothing_that_a_url_may_say(tmp_path: Path, check_site: CheckSite) -> None:
    """The fallback says what is fixed; `check` weighs what is shown where the URL says nothing."""
    folder = good_site(tmp_path)
    (folder / "placeholders/card.yaml").write_text(CARD, "utf-8")
    checked = check_site(folder)
    assert checked.good, checked.problems.render()
    card = checked.site.placeholders["card"]
    always, plainly = for_anybody(card, checked.site), by_default(card, checked.site)
    assert (dict(always.fields), dict(always.captions)) == ({"title": "Ihre Karte"}, {2: "bis morgen"})
    assert dict(plainly.fields) == {"title": "Ihre Karte", "counted": "0 Punkte"}
    assert dict(plainly.captions) == {2: "bis morgen"}

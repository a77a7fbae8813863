"""Documents: what editors write becomes typed models, and mistakes leave the rest of a document standing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings, strategies as st

from app.authoring.documents.campaign import Campaign, Outcome
from app.authoring.documents.common import EVERY, Written, spoken
from app.authoring.documents.folder import Documents, read_documents, site_files
from app.authoring.documents.placeholder import FieldWritten, ParamType, ParamWritten, Placeholder
from app.authoring.documents.site import Consent
from app.authoring.documents.translate import validated
from app.authoring.problems import Problems
from app.authoring.yamlsource import read
from app.engine.params import TYPES

GOOD = site_files(Path(__file__).parent / "good_site")


def reading(**changed: str) -> tuple[Documents, Problems]:
    """The good site with some files written anew; `rules_site` stands for rules/site.yaml."""
    files = dict(GOOD)
    for name, text in changed.items():
        files[f"{name.replace('_', '/', 1)}.yaml"] = text.encode()
    problems = Problems()
    return read_documents(files, problems), problems


def campaign(text: str) -> tuple[Campaign, Problems]:
    documents, problems = reading(rules_advent=text)
    return documents.campaigns["advent"].document, problems


def placeholder(text: str) -> tuple[Placeholder, Problems]:
    documents, problems = reading(placeholders_hero=text)
    return documents.placeholders["hero"].document, problems


def codes(problems: Problems) -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in problems]


def test_the_smallest_site_has_an_address_and_the_defaults_of_the_language() -> None:
    documents, problems = reading(rules_site="home: https://shop.example/\n")
    assert not problems
    assert documents.site is not None
    site = documents.site.document
    assert site.consent == Consent(location="not_needed", behaviour="asked", measurement="aggregate")
    assert site.place == ("param", "recipient", "edge", "ip")
    assert site.dayparts["evening"] == "18:00"
    assert site.time_zone == "UTC"


def test_numbers_booleans_and_shares_are_typed_by_their_place() -> None:
    hero, problems = placeholder(
        "size: [600, 300]\nalt: x\nfields:\n"
        "  price: {type: money, required: true, min: 0.5}\n  title: {type: text, max_length: 30}\n"
    )
    assert not problems
    assert hero.size == (600, 300)
    assert hero.fields["price"] == FieldWritten(type="money", required=True, min=0.5)
    assert hero.fields["title"].max_length == 30
    rules, problems = campaign("placeholder: hero\nholdout: 10%\nsplits: {tone: {warm: 50, cool: 50%}}\n")
    assert not problems
    assert rules.holdout == 10.0
    assert rules.splits == {"tone": {"warm": 50.0, "cool": 50.0}}


def test_a_single_name_stands_for_a_list_of_one() -> None:
    rules, problems = campaign(
        "placeholder: hero\nparts: {voucher: [{show: {badge: x}}]}\nrules: [{name: a, with: voucher}]\n"
    )
    assert not problems
    assert rules.placeholder == ("hero",)
    assert rules.rules[0].takes == ("voucher",)


def test_conditions_are_handed_on_as_they_were_written() -> None:
    rules, problems = campaign(
        "placeholder: hero\nrules:\n  - name: a\n"
        "    when: {all: [wet, {weather.temperature: {below: 15, max_age: 45m}}]}\n"
    )
    assert not problems
    assert rules.rules[0].when == {"all": ["wet", {"weather.temperature": {"below": "15", "max_age": "45m"}}]}


def test_unknown_is_the_word_otherwise_or_an_outcome() -> None:
    assert campaign("placeholder: hero\n")[0].unknown == "otherwise"
    own = campaign("placeholder: hero\nunknown: {link: https://shop.example/, show: nothing}\n")[0].unknown
    assert own == Outcome(link="https://shop.example/", show="nothing")


@pytest.mark.parametrize(
    ("written", "laid_out"),
    [
        ("a", {EVERY: [("a", ())]}),
        (["a", "b"], {EVERY: [("a", (0,)), ("b", (1,))]}),
        ({"de": "a", "en": "b"}, {"de": [("a", ("de",))], "en": [("b", ("en",))]}),
        ({"de": ["a", "b"], "en": "c"}, {"de": [("a", ("de", 0)), ("b", ("de", 1))], "en": [("c", ("en",))]}),
        (
            [{"de": "a", "en": "b"}, "c"],
            {"de": [("a", (0, "de")), ("c", (1,))], "en": [("b", (0, "en")), ("c", (1,))]},
        ),
    ],
)
def test_texts_are_laid_out_by_language_with_their_alternatives(written: Any, laid_out: dict[str, Any]) -> None:
    assert {language: list(said) for language, said in spoken(written).items()} == laid_out


def test_all_mistakes_of_a_document_are_found_at_once() -> None:
    rules, problems = campaign(
        "placeholder: hero\n"
        "zone: reader\n"
        "rules:\n"
        "  - name: Evening\n"
        "    linkk: https://shop.example/\n"
        "  - when: {time.daypart: noon}\n"
        "    draft: yes\n"
        "  - name: late\n"
        "    link: javascript:alert(1)\n"
        "    until: 2026-02-30\n"
        "  - name: late\n"
        "    with: vouchers\n"
        "holdout: 7\n"
    )
    assert codes(problems) == [
        ("unknown-choice", 2, 7),
        ("bad-name", 4, 11),
        ("unknown-key", 5, 5),
        ("missing-key", 6, 5),
        ("not-a-boolean", 7, 12),
        ("link-scheme", 9, 11),
        ("not-a-moment", 10, 12),
        ("duplicate-name", 11, 11),
        ("unknown-choice", 12, 11),
        ("not-a-percentage", 13, 10),
    ]
    assert [rule.when for rule in rules.rules] == [None, {"time.daypart": "noon"}, None, None]


def test_nothing_is_judged_by_a_field_with_a_mistake() -> None:
    fields = "fields:\n  a: {type: mony}\n  b: text\n  c: {tpe: text}\n  d: {type: text}\n"
    hero, problems = placeholder(f"size: [600, 300]\nalt: x\n{fields}")
    assert codes(problems) == [("unknown-choice", 4, 13), ("not-a-mapping", 5, 6), ("unknown-key", 6, 7)]
    assert set(hero.fields) == {"d"}


def test_a_file_that_cannot_be_read_gives_no_complaints_about_what_it_lacks() -> None:
    problems = reading(rules_site="- a\n- b\n")[1]
    assert codes(problems) == [("not-a-mapping", 1, 1)]


def test_a_remedy_shows_how_the_missing_is_written() -> None:
    problems = reading(placeholders_hero="alt: x\n")[1]
    assert [one.remedy for one in problems] == ["add “size: [600, 300]”, for instance"]


def test_parameters_have_the_types_that_the_engine_reads() -> None:
    assert set(get_args(ParamType)) == set(TYPES)


def test_a_key_with_nothing_behind_it_is_no_key_left_out() -> None:
    rules, problems = campaign("placeholder: hero\nconditions:\nrules:\notherwise:\n  show:\n")
    assert codes(problems) == [("empty-value", 2, 1), ("empty-value", 3, 1), ("empty-value", 5, 3)]
    assert rules.conditions == {}


RICH = """\
placeholder: [hero]
zone: recipient
phases: {live: 2026-11-27 00:00, over: 2026-12-01}
conditions:
  wet: {weather.condition: {one_of: [drizzle, rain]}}
parts:
  greeting:
    - {when: {time.daypart: morning}, say: {de: Guten Morgen, en: Good morning}}
    - {say: [Hallo, Hi]}
rules:
  - name: evening
    note: agreed
    when: {all: [wet, {time.daypart: evening}]}
    from: live
    until: over
    show: {headline: ["{{ greeting }}", {de: Abend, en: Evening}]}
    link: {de: https://shop.example/abend, en: https://shop.example/evening}
    alt: {de: Abend, en: Evening}
    draft: true
otherwise: {show: nothing, link: https://shop.example/}
unknown: otherwise
holdout: 10%
splits: {tone: {a: 50, b: 50}}
examples:
  - given: {time.daypart: evening, at: "2026-11-28T20:00+01:00"}
    expect: {rule: evening}
"""
FILES = {"rules/advent.yaml": RICH, **{path: raw.decode() for path, raw in GOOD.items() if "advent" not in path}}
ODD = [
    "",
    "[]",
    "{}",
    "x",
    "7",
    "[x]",
    "[[], {}]",
    "{a: b}",
    '{"": {"<text>": [~]}}',
    "[~]",
    "nothing",
    '"{{ x"',
    "- a",
    "{a}",
]


@settings(max_examples=400, deadline=None)
@given(path=st.sampled_from(sorted(FILES)), line=st.integers(0, 30), odd=st.sampled_from(ODD), cut=st.integers(0, 60))
def test_no_slip_in_a_document_ever_raises(path: str, line: int, odd: str, cut: int) -> None:
    lines = FILES[path].splitlines()
    at = line % len(lines)
    lines[at] = lines[at][:cut] + odd if cut % 2 else lines[at].partition(": ")[0] + ": " + odd
    problems = Problems()
    read_documents({**GOOD, path: "\n".join(lines).encode()}, problems)
    assert problems.render() is not None
    assert len(problems) <= 12, problems.render()


def test_the_rich_campaign_has_no_problem() -> None:
    problems = campaign(RICH)[1]
    assert problems.render() == ""


def test_a_document_mended_in_vain_is_no_document() -> None:
    class Stubborn(Written):
        must: ParamWritten

    source, problems = read("other: x\n", file="a.yaml"), Problems()
    assert validated(Stubborn, source, problems) is not None  # an empty mapping will do
    assert {one.code for one in problems} == {"unknown-key", "missing-key"}

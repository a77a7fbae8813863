"""The compiler: documents become rule sets that decide as the editors wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.readings import Name
from app.engine.signals import Edge
from app.engine.words import Fixed
from tests.authoring.compiling import ONE, campaign, decided
from tests.authoring.conftest import CheckSite, Compile
from tests.authoring.sites import good_site, hero, with_campaign


def test_drafts_are_previewed_and_never_served(compiled: Compile) -> None:
    draft = "rules:\n  - {name: idea, draft: true, link: https://shop.example/idea}\n"
    made = campaign(compiled(draft))
    assert [rule.name for rule in made.preview.rules] == ["idea"]
    assert made.ruleset.rules == ()


def test_each_placeholder_of_a_campaign_takes_the_fields_it_has(tmp_path: Path, check_site: CheckSite) -> None:
    rule = "rules:\n  - {name: one, show: {headline: Hello, badge: New}, link: https://shop.example/one}\n"
    site = with_campaign(tmp_path, f"placeholder: [hero, badge]\n{rule}")
    badge = (site / "placeholders/hero.yaml").read_text(encoding="utf-8").replace("headline", "badge")
    (site / "placeholders/badge.yaml").write_text(badge, encoding="utf-8")
    checked = check_site(site)
    assert checked.good, checked.problems.render()
    shown = {name: campaign(checked.site, name).ruleset.rules[0].outcome.fields for name in ("hero", "badge")}
    assert {name: set(fields) for name, fields in shown.items()} == {"hero": {"headline"}, "badge": {"badge"}}


def test_what_a_rule_leaves_out_is_the_default_and_the_link_of_otherwise(compiled: Compile) -> None:
    ruleset = campaign(compiled("rules:\n  - {name: one}\notherwise: {link: https://shop.example/other}\n")).ruleset
    answer = decided(ruleset, open_language="en", param_lang="en")
    assert answer.rule == "one"
    assert dict(answer.fields) == {"headline": "Good day"}
    assert answer.link == "https://shop.example/other"
    assert answer.alt == "Our offer for tonight"


def test_without_a_link_of_its_own_otherwise_goes_home(compiled: Compile) -> None:
    ruleset = campaign(compiled("rules:\n  - {name: one}\notherwise: {show: nothing}\n")).ruleset
    assert decided(ruleset).link == "https://shop.example/"


def test_an_empty_text_empties_a_field_whatever_its_type(compiled: Compile) -> None:
    placeholder = hero(
        fields='  badge: {type: color, default: "#c8102e"}\n  tone: {type: choice, choices: [a, b], default: a}',
        layers="  - shape: {field: badge, box: [0, 0, 60, 60]}",
    )
    rules = 'rules:\n  - {name: one, show: {badge: "", tone: "", headline: ""}, link: https://shop.example/}\n'
    assert decided(campaign(compiled(rules, placeholder)).ruleset).fields == ()


def test_a_placeholder_that_nobody_fills_shows_its_defaults(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    (site / "rules/advent.yaml").unlink()
    checked = check_site(site)
    assert checked.good
    ruleset = checked.site.placeholders["hero"].campaigns[""].ruleset
    answer = decided(ruleset)
    assert answer.rule == "otherwise"
    assert dict(answer.fields) == {"headline": "Guten Tag"}
    assert answer.link == "https://shop.example/"


def test_parameters_take_their_types_and_an_empty_default_is_empty(compiled: Compile) -> None:
    params = (
        '  name: {type: text, max_length: 30, default: ""}\n  age: {type: number, default: 30}\n'
        "  vip: {type: boolean, default: true}\n  born: {type: date, default: 2000-02-29}\n"
        "  tone: {type: choice, choices: [Warm], default: warm}"
    )
    made = {one.name: one for one in compiled("rules: []\n", hero(params=params)).placeholders["hero"].params}
    assert str(made["name"].default) == ""
    assert made["age"].default == 30.0
    assert made["vip"].default is True
    assert str(made["born"].default) == "2000-02-29"
    assert made["tone"].default == "Warm"
    assert made["lang"].signal.choices == ("de", "en")


@pytest.mark.parametrize(
    ("sku", "article"), [("4006381333931", "4006381333931"), ("A-17", "WELCOME"), ("4" * 101, "WELCOME")]
)
def test_what_the_pattern_of_a_field_does_not_match_gives_way(sku: str, article: str, compiled: Compile) -> None:
    placeholder = hero(
        params="  sku: {type: text}", fields='  article: {type: code, pattern: "[0-9]*|WELCOME", default: WELCOME}'
    )
    site = compiled('rules:\n  - {name: one, show: {article: "{{ param.sku }}"}}\n', placeholder)
    assert dict(decided(campaign(site).ruleset, param_sku=sku).fields)["article"] == article


def test_dayparts_splits_and_attributes_are_signals_with_choices(compiled: Compile) -> None:
    catalogue = campaign(compiled("splits: {tone: {warm: 50, cool: 50}}\nholdout: 10%\n")).ruleset.catalogue
    assert catalogue["time.daypart"].choices == ("morning", "noon", "afternoon", "evening", "night")
    assert catalogue["split.tone"].choices == ("warm", "cool")
    assert catalogue["split.holdout"].choices == ("held_out", "taking_part")
    assert catalogue["recipient.tier"].choices == ("gold", "platinum")
    assert catalogue["open.language"].edge is Edge.URL


def test_a_language_told_by_the_recipient_makes_it_personal(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    path = site / "rules/site.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[param.lang]", "[param.lang, recipient.language]"), "utf-8"
    )
    checked = check_site(site)
    assert not checked.problems
    assert campaign(checked.site).ruleset.catalogue["open.language"].edge is Edge.PERSON


def test_the_digest_of_a_rule_set_follows_from_its_documents(tmp_path: Path, check_site: CheckSite) -> None:
    one = campaign(check_site(good_site(tmp_path / "a")).site).ruleset.digest
    same = campaign(check_site(good_site(tmp_path / "b")).site).ruleset.digest
    other = campaign(check_site(with_campaign(tmp_path / "c", "rules: []\n")).site).ruleset.digest
    assert one == same != other


def test_all_mistakes_of_a_site_are_found_at_once_each_once(tmp_path: Path, check_site: CheckSite) -> None:
    site = with_campaign(
        tmp_path,
        "placeholder: [hero, badge, hero]\n"
        "conditions: {wet: {weather.condition: rainy}}\n"
        "rules:\n"
        "  - {name: a, when: wet, show: {headline: '{{ geo.citty }} {{ geo.contry }}'}, link: https://other.example/}\n"
        "  - {name: b, when: {all: [wet, {geo.country: Germany}]}, show: {headlin: x}}\n"
        "examples:\n  - {given: {weather.condition: rainy}, expect: {rule: a}}\n",
    )
    hero_text = (site / "placeholders/hero.yaml").read_text(encoding="utf-8")
    (site / "placeholders/badge.yaml").write_text(hero_text, encoding="utf-8")
    problems = check_site(site).problems
    assert [(one.line, one.code) for one in problems] == [
        (1, "duplicate-name"),
        (2, "unknown-choice"),
        (4, "text-name"),
        (4, "text-name"),
        (4, "link-host"),
        (5, "not-a-country"),
        (5, "unknown-field"),
        (7, "unknown-choice"),
    ], problems.render()


def test_a_design_that_does_not_fit_hides_no_mistake_of_its_rules(tmp_path: Path, check_site: CheckSite) -> None:
    site = with_campaign(tmp_path, "rules:\n  - {name: a, when: {geo.contry: DE}}\n")
    path = site / "placeholders/hero.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[600, 300]", "[2000, 2000]"), encoding="utf-8")
    checked = check_site(site)
    assert {one.code for one in checked.problems} == {"out-of-range", "unknown-signal"}
    assert checked.site.placeholders == {}


def test_fixed_texts_are_fixed_and_names_match_in_any_language(compiled: Compile) -> None:
    site = compiled(ONE.format(when="{geo.city: Munich}").replace("link:", "show: {headline: Servus}\n    link:"))
    rule = campaign(site).ruleset.rules[0]
    assert rule.outcome.fields["headline"].by_language == {"": (Fixed("Servus"),)}
    assert decided(campaign(site).ruleset, geo_city=Name("München", ("Munich",))).rule == "one"


@pytest.mark.parametrize(
    "spelling",
    [
        "when: {shown.advent.count_7d: {at_most: 3}}",
        "show: {headline: 'Seen {{ shown.advent.count_7d }} times'}",
        """show: {headline: '{{ shown["advent"]["count_7d"] }}'}""",
        """show: {headline: '{{ shown [ "advent" ] . count_7d }}'}""",
    ],
)
def test_showings_are_counted_of_the_campaigns_that_are_spoken_of(spelling: str, compiled: Compile) -> None:
    rules = f"rules: [{{name: tired, {spelling}}}]"
    site = compiled(f"placeholder: hero\n{rules}\notherwise: {{link: https://shop.example/}}\nunknown: otherwise\n")
    assert "shown.advent.count_7d" in campaign(site).ruleset.reads


def test_campaigns_that_nobody_speaks_of_declare_nothing(compiled: Compile) -> None:
    """Each would stand in the catalogues of all the others."""
    site = compiled("placeholder: hero\notherwise: {link: https://shop.example/}\n")
    assert not [name for name in campaign(site).ruleset.catalogue if name.startswith("shown.")]

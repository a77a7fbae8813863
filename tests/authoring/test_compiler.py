"""The compiler: documents become rule sets that decide as the editors wrote."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.authoring.compiled import CompiledCampaign, CompiledSite
from app.engine.calendar import find_zone
from app.engine.clauses import Asks, Clause, MovingClause, Near, Window
from app.engine.conditions import ALWAYS, All, Not
from app.engine.decide import Decider, with_own
from app.engine.decision import Decision
from app.engine.facts import Facts
from app.engine.moving import InClockRange
from app.engine.readings import Name, Reading, Why, unknown
from app.engine.rules import Ruleset
from app.engine.signals import CATALOGUE, Edge
from app.engine.words import Fixed
from app.render.fonts import BUNDLED, FOLDER
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import good_site, hero, with_campaign

BERLIN = find_zone("Europe/Berlin")
NOON = 1_795_950_000.0
"""Sunday, 29 November 2026, 12:00 in Berlin."""


@pytest.fixture
def compiled(tmp_path: Path, check_site: CheckSite) -> Any:
    """The site with this campaign in it, which must have no mistake."""

    def made(text: str, placeholder: str = "") -> CompiledSite:
        site = with_campaign(tmp_path / "site", text)
        if placeholder:
            (site / "placeholders" / "hero.yaml").write_text(placeholder, encoding="utf-8")
        checked = check_site(site)
        assert checked.good, checked.problems.render()
        return checked.site

    return made


def campaign(site: CompiledSite, placeholder: str = "hero") -> CompiledCampaign:
    return site.placeholders[placeholder].campaigns["advent"]


def decided(ruleset: Ruleset, **known: Any) -> Decision:
    """What is decided where only this is known (`geo_country` is `geo.country`)."""
    named = {name.replace("_", ".", 1): value for name, value in known.items()}
    readings = {name: Reading(name, value, NOON) for name, value in named.items()}
    readings |= {
        name: unknown(name, Why.NOT_PINNED, as_of=NOON)
        for name in ruleset.reads
        if name not in readings and not name.startswith("split.") and name != "phase"
    }
    assert BERLIN is not None
    facts = with_own(ruleset, Facts(NOON, BERLIN, readings, recipient="ada"))
    answer = Decider(ruleset).decide(facts)
    assert isinstance(answer, Decision)
    return answer


def when(site: CompiledSite) -> Any:
    return campaign(site).ruleset.rules[0].condition


ONE = "rules:\n  - name: one\n    when: {when}\n    link: https://shop.example/one\nunknown: otherwise\n"


@pytest.mark.parametrize(
    ("written", "kind", "sentence"),
    [
        ("{geo.country: de}", Clause, "geo.country is de"),
        ("{geo.country: {none_of: [DE, AT]}}", Clause, "geo.country none of DE, AT"),
        ("{geo.city: {known: true}}", Asks, "geo.city known true"),
        ("{time.clock: {at_least: 18:00}}", MovingClause, "time.clock at least 18:00"),
        ("{weather.as_of: {older_than: 2h}}", MovingClause, "weather.as_of older than 2h"),
        ("{geo.city: {within: {km: 30, of: Hamburg}}}", Near, "geo.city within km 30 of Hamburg"),
        ("{not: {time.is_weekend: true}}", Not, "not"),
        ("{geo.country: DE, time.is_weekend: true}", All, "all of"),
        ("{all: []  , geo.country: DE}", None, ""),
    ],
)
def test_a_condition_becomes_the_engines_own(written: str, kind: type | None, sentence: str, compiled: Any) -> None:
    if kind is None:
        with pytest.raises(AssertionError, match="condition-shape"):
            compiled(ONE.format(when=written))
        return
    found = when(compiled(ONE.format(when=written)))
    assert isinstance(found, kind)
    assert found.sentence == sentence


def test_a_name_stands_for_its_condition_and_several_keys_mean_all(compiled: Any) -> None:
    named = "conditions:\n  wet: {weather.condition: {one_of: [drizzle, rain]}}\n"
    ruleset = campaign(compiled(named + ONE.format(when="{all: [wet, {not: {geo.country: AT}}]}"))).ruleset
    assert decided(ruleset, weather_condition="rain", geo_country="DE").rule == "one"
    assert decided(ruleset, weather_condition="rain", geo_country="AT").rule == "otherwise"
    assert decided(ruleset, weather_condition="clear").rule == "otherwise"


def test_a_condition_of_the_campaign_goes_before_the_sites_own(tmp_path: Path, check_site: CheckSite) -> None:
    site = with_campaign(tmp_path, "conditions: {here: {geo.country: AT}}\n" + ONE.format(when="here"))
    path = site / "rules" / "site.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "conditions: {here: {geo.country: DE}}\n", encoding="utf-8")
    checked = check_site(site)
    assert checked.good, checked.problems.render()
    assert decided(campaign(checked.site).ruleset, geo_country="AT").rule == "one"


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ('{between: {from: "22:00", to: "05:00"}}', 22 * 3600, 5 * 3600),
        ('{between: {from: "00:00", to: "24:00"}}', 0, 24 * 3600),
        ('{at_least: "18:00"}', 18 * 3600, 24 * 3600),
        ('{above: "00:00"}', 0, 24 * 3600),
        ('{below: "06:30"}', 0, 6 * 3600 + 1800),
    ],
)
def test_clock_ranges_begin_with_from_and_end_before_to(written: str, start: int, end: int, compiled: Any) -> None:
    assert when(compiled(ONE.format(when=f"{{time.clock: {written}}}"))).operator == InClockRange(start, end)


SCHEDULED = "rules:\n  - {{name: one, from: {start}, until: {end}, link: https://shop.example/one}}\n"


def test_a_schedule_by_dates_includes_its_last_day_in_the_sites_zone(compiled: Any) -> None:
    window = when(compiled(SCHEDULED.format(start="2026-11-29", end="2026-11-29")))
    assert isinstance(window, Window)
    assert (window.range.start.at, window.range.end.at) == (NOON - 12 * 3600, NOON + 12 * 3600)
    assert window.bit == 0


def test_in_the_recipients_zone_a_schedule_waits_for_their_clock(compiled: Any) -> None:
    window = when(
        compiled("placeholder: hero\nzone: recipient\n" + SCHEDULED.format(start="2026-11-29", end="2026-11-30"))
    )
    assert window.range.start.is_local
    assert window.bit == CATALOGUE.bits["geo.time_zone"]


def test_phases_are_moments_and_a_signal(compiled: Any) -> None:
    phases = "phases: {live: 2026-11-27, over: 2026-12-01 00:00}\n"
    text = phases + "rules:\n  - {name: one, when: {phase: live}, until: over, link: https://shop.example/one}\n"
    ruleset = campaign(compiled(text)).ruleset
    assert ruleset.catalogue["phase"].choices == ("live", "over")
    answer = decided(ruleset)
    assert answer.rule == "one"
    assert answer.until == NOON + 36 * 3600


def test_a_quiet_rule_does_not_fire_and_a_quiet_file_none(compiled: Any) -> None:
    text = (
        "quiet_when: {geo.country: AT}\nrules:\n"
        "  - {name: one, when: {time.is_weekend: true}, quiet_when: {geo.country: CH}, link: https://shop.example/one}\n"
        "  - {name: two, when: {time.is_weekend: true}, link: https://shop.example/two}\nunknown: otherwise\n"
    )
    ruleset = campaign(compiled(text)).ruleset
    assert decided(ruleset, time_is_weekend=True, geo_country="DE").rule == "one"
    assert decided(ruleset, time_is_weekend=True, geo_country="CH").rule == "two"
    assert decided(ruleset, time_is_weekend=True, geo_country="AT").rule == "otherwise"


def test_drafts_are_previewed_and_never_served(compiled: Any) -> None:
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


def test_what_a_rule_leaves_out_is_the_default_and_the_link_of_otherwise(compiled: Any) -> None:
    ruleset = campaign(compiled("rules:\n  - {name: one}\notherwise: {link: https://shop.example/other}\n")).ruleset
    answer = decided(ruleset, open_language="en", param_lang="en")
    assert answer.rule == "one"
    assert dict(answer.fields) == {"headline": "Good day"}
    assert answer.link == "https://shop.example/other"
    assert answer.alt == "Our offer for tonight"


def test_without_a_link_of_its_own_otherwise_goes_home(compiled: Any) -> None:
    ruleset = campaign(compiled("rules:\n  - {name: one}\notherwise: {show: nothing}\n")).ruleset
    assert decided(ruleset).link == "https://shop.example/"


def test_an_empty_text_empties_a_field_whatever_its_type(compiled: Any) -> None:
    placeholder = hero(
        fields='  badge: {type: color, default: "#c8102e"}\n  tone: {type: choice, choices: [a, b], default: a}',
        layers="  - shape: {field: badge, box: [0, 0, 60, 60]}",
    )
    rules = 'rules:\n  - {name: one, show: {badge: "", tone: "", headline: ""}, link: https://shop.example/}\n'
    assert decided(campaign(compiled(rules, placeholder)).ruleset).fields == ()


def test_brand_colors_stand_in_layers_defaults_and_rules(tmp_path: Path, check_site: CheckSite) -> None:
    rules = "rules:\n  - {name: one, show: {badge: sand}, link: https://shop.example/}\n"
    site = with_campaign(tmp_path, rules)
    text = hero(
        fields="  badge: {type: color, default: brick}",
        layers=(
            "  - shape: {field: badge, box: [0, 0, 60, 60]}\n"
            "  - shape: {gradient: [brick, sand], box: [60, 0, 60, 60]}\n"
            "  - text: {text: a, outline: brick, shadow: sand, box: [120, 0, 60, 60]}\n"
            "  - chart: {values: 3 5, colors: [sand, red], box: [180, 0, 60, 60]}"
        ),
    )
    (site / "placeholders/hero.yaml").write_text(text, encoding="utf-8")
    brand = 'brand: {colors: {brick: "#8a2b18", sand: "#f4efe6"}}\n'
    path = site / "rules/site.yaml"
    path.write_text(path.read_text(encoding="utf-8") + brand, encoding="utf-8")
    checked = check_site(site)
    assert checked.good, checked.problems.render()
    made = campaign(checked.site).ruleset
    assert made.rules[0].outcome.fields["badge"].constant == "#f4efe6"
    assert next(field for field in made.fields if field.name == "badge").default.constant == "#8a2b18"
    gradient, letters, chart = checked.site.placeholders["hero"].design.layers[2:]
    assert gradient.gradient == ("#8a2b18", "#f4efe6")
    assert (letters.outline, letters.shadow) == ("#8a2b18", "#f4efe6")
    assert chart.colors == ("#f4efe6", "red")


def test_fonts_of_the_brand_stand_in_layers_by_their_name(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    (site / "assets/fonts").mkdir(parents=True, exist_ok=True)
    shutil.copy(FOLDER / BUNDLED["Noto Serif"], site / "assets/fonts/house.ttf")
    layer = "  - text: {text: Hut, font: House Serif, box: [0, 0, 60, 30]}"
    (site / "placeholders/hero.yaml").write_text(hero(layers=layer), encoding="utf-8")
    path = site / "rules/site.yaml"
    plain = path.read_text(encoding="utf-8")
    for file, found in (("fonts/house.ttf", []), ("fonts/hause.ttf", ["did you mean fonts/house.ttf?"])):
        path.write_text(f"{plain}brand: {{fonts: {{House Serif: {file}}}}}\n", encoding="utf-8")
        checked = check_site(site)
        assert [one.remedy for one in checked.problems.mistakes] == found
        assert checked.site.placeholders["hero"].design.layers[-1].font == file
    path.write_text(plain, encoding="utf-8")
    assert [one.code for one in check_site(site).problems.mistakes] == ["bad-layer"]


def test_a_picture_layer_may_show_another_picture_in_each_language(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    layer = "  - picture: {picture: {de: tag.png, en: day.png}, box: [0, 0, 60, 30]}"
    (site / "placeholders/hero.yaml").write_text(hero(layers=layer), encoding="utf-8")
    problems = check_site(site).problems
    assert [(one.code, one.column) for one in problems] == [("asset", 29), ("asset", 42)], problems.render()


def test_of_a_picture_that_moves_it_is_told_that_it_will_not(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    (site / "assets").mkdir(exist_ok=True)
    first, *others = (Image.new("RGB", (8, 8), color) for color in ("red", "blue"))
    first.save(site / "assets/wave.gif", save_all=True, append_images=others)
    fields, layers = (
        "  art: {type: picture, default: wave.gif}",
        "  - picture: {picture: wave.gif, box: [0, 0, 60, 30]}",
    )
    (site / "placeholders/hero.yaml").write_text(hero(fields=fields, layers=layers), encoding="utf-8")
    checked = check_site(site)
    assert checked.good
    assert [(one.code, one.line) for one in checked.problems] == [("first-frame", 8), ("first-frame", 11)]


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


def test_parameters_take_their_types_and_an_empty_default_is_empty(compiled: Any) -> None:
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


def test_dayparts_splits_and_attributes_are_signals_with_choices(compiled: Any) -> None:
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


def test_fixed_texts_are_fixed_and_names_match_in_any_language(compiled: Any) -> None:
    site = compiled(ONE.format(when="{geo.city: Munich}").replace("link:", "show: {headline: Servus}\n    link:"))
    rule = campaign(site).ruleset.rules[0]
    assert rule.outcome.fields["headline"].by_language == {"": (Fixed("Servus"),)}
    assert decided(campaign(site).ruleset, geo_city=Name("München", ("Munich",))).rule == "one"


def test_a_campaign_without_rules_has_a_condition_for_nothing(compiled: Any) -> None:
    made = campaign(compiled("rules:\n  - {name: always, link: https://shop.example/a}\n")).ruleset
    assert made.rules[0].condition == ALWAYS
    assert decided(made).rule == "always"


GROUPS = """\
  - group:
      offset: [100, 50]
      layers:
        - shape: {box: [0, 0, 60, 40], color: red}
        - group: {offset: [5, 6], opacity: 0.5, layers: [{text: {text: Bis Sonntag, box: [1, 2, 90, 30]}}]}
  - text: {text: Nur heute, box: [0, 260, 300, 20]}
"""


def test_layers_of_groups_become_layers_of_the_design_with_their_own_captions(compiled: Any) -> None:
    site = compiled("rules: []\n", hero(layers=GROUPS))
    design, ruleset = site.placeholders["hero"].design, campaign(site).ruleset
    assert [layer.box[:2] for layer in design.layers] == [(24, 24), (100, 50), (106, 58), (0, 260)]
    assert {index: words.by_language[""][0].value for index, words in ruleset.captions.items()} == {
        2: "Bis Sonntag",
        3: "Nur heute",
    }


@pytest.mark.parametrize(
    "spelling",
    [
        "when: {shown.advent.count_7d: {at_most: 3}}",
        "show: {headline: 'Seen {{ shown.advent.count_7d }} times'}",
        """show: {headline: '{{ shown["advent"]["count_7d"] }}'}""",
        """show: {headline: '{{ shown [ "advent" ] . count_7d }}'}""",
    ],
)
def test_showings_are_counted_of_the_campaigns_that_are_spoken_of(spelling: str, compiled: Any) -> None:
    rules = f"rules: [{{name: tired, {spelling}}}]"
    site = compiled(f"placeholder: hero\n{rules}\notherwise: {{link: https://shop.example/}}\nunknown: otherwise\n")
    assert "shown.advent.count_7d" in campaign(site).ruleset.reads


def test_campaigns_that_nobody_speaks_of_declare_nothing(compiled: Any) -> None:
    """Each would stand in the catalogues of all the others."""
    site = compiled("placeholder: hero\notherwise: {link: https://shop.example/}\n")
    assert not [name for name in campaign(site).ruleset.catalogue if name.startswith("shown.")]

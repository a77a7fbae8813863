"""Insight: what it tells of a site is what an editor should look at again, and no more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.authoring.problems import Problem, Problems
from tests.authoring.conftest import ROOT, CheckSite
from tests.authoring.sites import GOOD_SITE


def good_site(folder: Path) -> Path:
    return Path(shutil.copytree(GOOD_SITE, folder, dirs_exist_ok=True))


def change(site: Path, path: str, *swaps: tuple[str, str]) -> Path:
    """The site with a few words of one file changed."""
    text = (site / path).read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text, f"{old} is not in {path}"
        text = text.replace(old, new)
    (site / path).write_text(text, encoding="utf-8")
    return site


def changed(folder: Path, path: str, *swaps: tuple[str, str]) -> Path:
    """The good site with a few words of one file changed."""
    return change(good_site(folder), path, *swaps)


def told(problems: Problems) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in problems]


def only(problems: Problems) -> Problem:
    (problem,) = problems
    return problem


def test_the_demo_site_leaves_nothing_to_tell(check_site: CheckSite) -> None:
    checked = check_site(ROOT)
    assert checked.problems.render() == ""
    assert checked.examples >= 20


ADVENT = "rules/advent.yaml"
WHEN = "    when: {time.daypart: evening}\n"
OTHERWISE = "otherwise: {link: https://shop.example/}\n"


def test_unknown_written_out_silences_the_doubt(tmp_path: Path, check_site: CheckSite) -> None:
    asks_for_country = (WHEN, "    when: {geo.country: DE}\n")
    problems = check_site(changed(tmp_path / "a", ADVENT, asks_for_country)).problems
    assert told(problems) == [("no-unknown", 8)]
    answered = (OTHERWISE, f"{OTHERWISE}unknown: otherwise\n")
    assert not check_site(changed(tmp_path / "b", ADVENT, asks_for_country, answered)).problems


@pytest.mark.parametrize(
    "when",
    [
        "{time.daypart: evening}",
        "{param.lang: de}",
        "{geo.country: {known: true}}",
        "{geo.country: {known: true, is: DE}}",
        "{all: [{geo.country: {known: true}}, {any: [{geo.country: DE}, {geo.country: AT}]}]}",
    ],
)
def test_what_cannot_be_in_doubt_asks_for_no_unknown(when: str, tmp_path: Path, check_site: CheckSite) -> None:
    assert not check_site(changed(tmp_path, ADVENT, (WHEN, f"    when: {when}\n"))).problems


@pytest.mark.parametrize(
    ("default", "headline", "when"),
    [
        ('""', '["{{ geo.city }}", Hello]', "{time.daypart: evening}"),  # another alternative is there
        ('""', "\"{{ geo.city | default: '' }}\"", "{time.daypart: evening}"),  # nothing is meant
        ('""', '"{{ geo.city }}"', "{geo.city: Hamburg}"),  # it is known wherever the rule fires
        ('""', '"{% if geo.city %}{{ geo.city }}{% endif %}"', "{time.daypart: evening}"),
        ('"", required: true', '"{{ geo.city }}"', "{time.daypart: evening}"),  # the rule counts as unknown
    ],
)
def test_a_text_with_something_to_give_way_to_is_no_doubt(
    default: str, headline: str, when: str, tmp_path: Path, check_site: CheckSite
) -> None:
    site = changed(tmp_path, "placeholders/hero.yaml", ("{de: Guten Tag, en: Good day}", default))
    change(
        site,
        ADVENT,
        ("{de: Guten Abend, en: Good evening}", headline),
        (WHEN, f"    when: {when}\n"),
        (OTHERWISE, f"{OTHERWISE}unknown: otherwise\n"),
    )
    problems = check_site(site).problems
    assert "gives-way" not in {one.code for one in problems}, problems.render()


@pytest.mark.parametrize(("default", "shown"), [('""', "nothing is"), ("Good day", "its field's default is")])
def test_a_text_that_no_other_stands_behind_is_told(
    default: str, shown: str, tmp_path: Path, check_site: CheckSite
) -> None:
    site = changed(tmp_path, "placeholders/hero.yaml", ("{de: Guten Tag, en: Good day}", default))
    change(site, ADVENT, ("{de: Guten Abend, en: Good evening}", '"{{ geo.city }}"'))
    (problem,) = check_site(site).problems
    assert (problem.code, problem.line) == ("gives-way", 9)
    assert problem.message.startswith(f"{shown} shown where geo.city is unknown")


WANTED = "default: {de: Guten Tag, en: Good day}", "required: true"
PARTS = """\
parts:
  hello:
    - {when: {time.daypart: evening}, show: {headline: Hello}}
    - {show: {}}
rules:
"""


@pytest.mark.parametrize(
    ("instead", "codes"),
    [
        ('show: {headline: ""}', ["never-filled"]),
        ("show: {headline: {de: Guten Abend, en: ''}}", []),  # readers of German see it
        ("show: {headline: ['{{ geo.city }}', '']}", []),  # somebody sees a city
        ("with: hello", []),  # a row fills it
        ("with: hello\n    show: {headline: ''}", ["never-filled"]),  # what the rule itself says wins
        ("show: nothing", []),
        ("note: nothing is said", ["never-filled"]),
    ],
)
def test_a_rule_that_never_fills_what_is_required_is_a_mistake(
    instead: str, codes: list[str], tmp_path: Path, check_site: CheckSite
) -> None:
    site = changed(tmp_path, "placeholders/hero.yaml", WANTED)
    change(site, ADVENT, ("rules:\n", PARTS), ("show: {headline: {de: Guten Abend, en: Good evening}}", instead))
    problems = check_site(site).problems
    assert [one.code for one in problems.mistakes] == codes, problems.render()


def test_a_rule_that_only_one_of_two_placeholders_never_shows_is_a_doubt(tmp_path: Path, check_site: CheckSite) -> None:
    site = changed(tmp_path, ADVENT, ("placeholder: hero", "placeholder: [hero, price]"))
    hero = (site / "placeholders/hero.yaml").read_text(encoding="utf-8")
    wanted = hero.replace("fields:\n", "fields:\n  price: {type: money, required: true}\n")
    (site / "placeholders/price.yaml").write_text(wanted, encoding="utf-8")
    (problem,) = check_site(site).problems
    assert (problem.code, problem.severity) == ("never-filled", "warning")
    assert "in price: “price” is required" in problem.message


EXAMPLES = "examples:\n  - {given: {time.daypart: evening}, expect: {rule: evening}}\n"


def test_coverage_counts_examples_by_outcome(tmp_path: Path, check_site: CheckSite) -> None:
    more = "  - {given: {time.daypart: evening, param.lang: en}, expect: {rule: evening}}\n"
    (covered,) = check_site(changed(tmp_path, ADVENT, (OTHERWISE, OTHERWISE + EXAMPLES + more))).coverage
    assert covered.campaign == "advent"
    assert covered.outcomes == {"evening": 2, "otherwise": 0}
    assert covered.missed == ("otherwise",)


@pytest.mark.parametrize(
    ("otherwise", "missed"),
    [
        (OTHERWISE, []),
        ("otherwise: {link: https://shop.example/, show: {headline: {de: Tag, en: Day}}}\n", ["uncovered"]),
        (f"{OTHERWISE}unknown: {{link: https://shop.example/}}\n", ["uncovered"]),
        (f"{OTHERWISE}unknown: otherwise\n", []),
    ],
)
def test_an_outcome_of_its_own_wants_an_example(
    otherwise: str, missed: list[str], tmp_path: Path, check_site: CheckSite
) -> None:
    problems = check_site(changed(tmp_path, ADVENT, (OTHERWISE, otherwise + EXAMPLES))).problems
    assert [one.code for one in problems] == missed, problems.render()


def test_drafts_want_no_example_and_shadow_nothing(tmp_path: Path, check_site: CheckSite) -> None:
    draft = "rules:\n  - {name: next-idea, draft: true, link: https://shop.example/idea}\n"
    site = changed(tmp_path, ADVENT, ("rules:\n", draft), (OTHERWISE, OTHERWISE + EXAMPLES))
    assert not check_site(site).problems


def test_a_draft_that_a_served_rule_hides_is_told(tmp_path: Path, check_site: CheckSite) -> None:
    draft = "  - {name: next-idea, draft: true, when: {time.daypart: evening}, link: https://shop.example/}\n"
    problems = check_site(changed(tmp_path, ADVENT, (OTHERWISE, draft + OTHERWISE))).problems
    assert told(problems) == [("shadowed", 11)]


def test_a_rule_that_one_of_two_placeholders_still_shows_is_not_called_shadowed(
    tmp_path: Path, check_site: CheckSite
) -> None:
    """What is required in one placeholder may send the search on there, and only there."""
    site = changed(tmp_path, ADVENT, ("placeholder: hero", "placeholder: [hero, price]"))
    wanted = ("default: {de: Guten Tag, en: Good day}", "required: true")
    hero = (site / "placeholders/hero.yaml").read_text(encoding="utf-8")
    (site / "placeholders/price.yaml").write_text(hero.replace(*wanted), encoding="utf-8")
    below = "  - {name: below, when: {time.daypart: evening}, show: {headline: x}, link: https://shop.example/}\n"
    change(
        site,
        ADVENT,
        ("headline: {de: Guten Abend, en: Good evening}", 'headline: "{{ geo.city }}"'),
        (OTHERWISE, below + OTHERWISE),
    )
    assert "shadowed" not in {one.code for one in check_site(site).problems}
    (site / "placeholders/price.yaml").write_text(hero, encoding="utf-8")
    assert "shadowed" in {one.code for one in check_site(site).problems}


def test_a_text_that_does_not_fit_is_told_with_its_rule_and_language(tmp_path: Path, check_site: CheckSite) -> None:
    site = changed(tmp_path, "placeholders/hero.yaml", ("size: 36, min_size: 22", "size: 160, min_size: 160"))
    messages = [one.message for one in check_site(site).problems if one.code == "overflow"]
    assert any("rule evening, de" in message and "“Guten Abend”" in message for message in messages), messages


def test_the_longest_value_of_a_parameter_is_tried(tmp_path: Path, check_site: CheckSite) -> None:
    named = ("params:\n", "params:\n  name: {type: text, max_length: 60, default: there}\n")
    site = changed(tmp_path, "placeholders/hero.yaml", named, ("36, min_size: 22", "76, min_size: 60"))
    change(site, ADVENT, ("{de: Guten Abend, en: Good evening}", '"Hello {{ param.name }}"'))
    messages = [one.message for one in check_site(site).problems if one.line == 9]
    assert len(messages) == 1
    assert "when it becomes as long as “Hello Maximiliane-Charlotte" in messages[0]


def test_a_limit_is_tried_also_where_it_is_what_there_is_without_one(tmp_path: Path, check_site: CheckSite) -> None:
    for limit, found in (("", 0), (", max_length: 200", 1)):
        named = ("params:\n", f"params:\n  name: {{type: text{limit}, default: there}}\n")
        site = changed(tmp_path / str(found), "placeholders/hero.yaml", named, ("36, min_size: 22", "40, min_size: 40"))
        change(site, ADVENT, ("{de: Guten Abend, en: Good evening}", '"Hello {{ param.name }}"'))
        assert sum(one.code == "overflow" for one in check_site(site).problems) == found


def codes(folder: Path, field: str, layer: str, sku: str) -> Path:
    """The good site with a code beside it, of a field and of a parameter written like these."""
    site = good_site(folder)
    (site / "placeholders/article.yaml").write_text(
        "size: [300, 300]\nalt: An article\nparams: {sku: {" + sku + "}}\n"
        f"fields: {{article: {{type: code, {field}}}}}\nlayers: [code: {{{layer}, field: article}}]\n",
        encoding="utf-8",
    )
    return site


OF_SKU = 'default: "{{ param.sku }}"'
DIGITS = 'pattern: "[0-9]{13}"'
SMALL = "box: [0, 0, 40, 40]"
LARGE = "box: [0, 0, 300, 120]"


@pytest.mark.parametrize(
    ("field", "layer", "sku"),
    [
        (OF_SKU, f"kind: ean13, {LARGE}", DIGITS),
        (f"{OF_SKU}, {DIGITS}", f"kind: ean13, {LARGE}", ""),
        (OF_SKU, f"kind: ean13, {LARGE}", 'type: choice, choices: ["4006381333931"]'),
        (OF_SKU, f"kind: code128, {LARGE}", "type: number"),
        (OF_SKU, f"kind: qr, {LARGE}", ""),
        (OF_SKU, f"kind: qr, {SMALL}", "max_length: 30"),
        (f"{OF_SKU}, max_length: 30", f"kind: aztec, {SMALL}", ""),
        (f"{OF_SKU}, max_length: 30", f"kind: datamatrix, {SMALL}", ""),
    ],
)
def test_a_code_that_holds_whatever_an_open_may_bring_is_no_doubt(
    field: str, layer: str, sku: str, tmp_path: Path, check_site: CheckSite
) -> None:
    found = check_site(codes(tmp_path, field, layer, sku)).problems
    assert "no-such-code" not in {one.code for one in found}, found.render()


@pytest.mark.parametrize(
    ("field", "layer", "sku"),
    [
        (OF_SKU, f"kind: ean13, {LARGE}", "max_length: 13"),
        (OF_SKU, f"kind: ean13, {LARGE}", "type: number"),
        (f"{OF_SKU}, max_length: 13", f"kind: code128, {LARGE}", ""),
        (OF_SKU, f"kind: qr, {SMALL}", ""),
        (f"{OF_SKU}, max_length: 60", f"kind: qr, {SMALL}", ""),
        (f"{OF_SKU}, max_length: 90", f"kind: datamatrix, {SMALL}", ""),
    ],
)
def test_a_code_that_may_be_brought_what_it_cannot_hold_is_told(
    field: str, layer: str, sku: str, tmp_path: Path, check_site: CheckSite
) -> None:
    (problem,) = (one for one in check_site(codes(tmp_path, field, layer, sku)).problems if one.code == "no-such-code")
    assert (problem.line, problem.severity) == (4, "warning")


def test_a_text_is_tried_as_long_as_its_field_takes_it(tmp_path: Path, check_site: CheckSite) -> None:
    named = ("params:\n", "params:\n  name: {type: text, max_length: 100, default: there}\n")
    site = changed(tmp_path, "placeholders/hero.yaml", named, ("36, min_size: 22", "40, min_size: 40"))
    change(site, ADVENT, ("{de: Guten Abend, en: Good evening}", '"{{ param.name }}{{ param.name }}"'))
    (overflow,) = (one for one in check_site(site).problems if one.code == "overflow")
    assert len(overflow.message.rpartition("as long as ")[2].strip("“”")) == 60  # of 80, as much as a message repeats


def test_no_placeholder_without_a_campaign_is_in_the_way(tmp_path: Path, check_site: CheckSite) -> None:
    site = good_site(tmp_path)
    (site / ADVENT).unlink()
    checked = check_site(site)
    assert not checked.problems
    assert checked.coverage == ()

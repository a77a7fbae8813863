"""Tags of spans in texts: what an editor wrote is a span, what anybody else brings in is words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from app.authoring.cases import decided, table
from app.authoring.examples import Decider
from app.authoring.tags import length, marked
from app.engine.decision import Decision
from app.engine.readings import pinned
from app.spans import BEGIN, END, Spanned, as_written, for_painter, mark, segments, spanned, unmarked
from tests.authoring.conftest import CheckSite
from tests.authoring.sites import hero, with_campaign

STYLES = ("price", "strong")
CAMPAIGN = """\
rules:
  - name: sale
    show: {headline: "{% if param.name != '' %}<strong>{{ param.name }}</strong>: {% endif %}<price>9 €</price>"}
    link: "https://shop.example/?h={{ headline }}"
    alt: "{% if headline contains '9 €' %}Nur{% endif %} {{ headline | upcase }}"
examples:
  - {given: {param.name: ""}, expect: {rule: sale, fields: {headline: 9 €}, alt: Nur 9 €}}
"""
HERO = hero(params='  name: {type: text, max_length: 60, default: ""}').replace(
    "min_size: 22}", "min_size: 22, styles: {price: {size: 48}, strong: {font: Noto Sans Bold}}}"
)


def shown(folder: Path, check_site: CheckSite, name: str) -> Decision:
    """What the campaign comes to for somebody of this name."""
    site = with_campaign(folder, CAMPAIGN)
    (site / "placeholders" / "hero.yaml").write_text(HERO, encoding="utf-8")
    checked = check_site(site)
    assert checked.good, checked.problems.render()
    placeholder = checked.site.placeholders["hero"]
    ruleset = placeholder.campaigns["advent"].ruleset
    return decided(
        Decider(ruleset), table(checked.site, placeholder, ruleset, {"param.name": pinned("param.name", name)}, 0.0)
    )


def test_a_text_with_spans_is_its_plain_words_to_everybody_but_the_painter(
    tmp_path: Path, check_site: CheckSite
) -> None:
    decision = shown(tmp_path, check_site, "Ann")
    headline = dict(decision.fields)["headline"]
    assert isinstance(headline, Spanned) and str(headline) == f"{headline}" == "Ann: 9 €"
    assert list(segments(for_painter(headline))) == [(("strong",), "Ann"), ((), ": "), (("price",), "9 €")]
    assert (decision.alt, decision.link) == ("Nur ANN: 9 €", "https://shop.example/?h=Ann%3A%209%20%E2%82%AC")


@pytest.mark.parametrize(
    "name", ["<price>x</price>", f"{BEGIN}price{END}x{BEGIN}/price{END}", "</strong>x", f"{END}x{BEGIN}"]
)
def test_what_a_recipient_brings_in_is_shown_as_it_is(name: str, tmp_path: Path, check_site: CheckSite) -> None:
    headline = dict(shown(tmp_path, check_site, name).fields)["headline"]
    assert next(iter(segments(for_painter(headline)))) == (("strong",), unmarked(name))


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "<3",
        "x<y",
        "< b >",
        "<br/>",
        "<a href=x>",
        "{{ '<strong>' }}",
        "{% comment %}<b>{% endcomment %}",
        "1>0",
    ],
)
def test_what_is_no_tag_stays_what_it_is(text: str) -> None:
    assert marked(text, STYLES) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "<price>9 €</price>",
        "<strong>nur <price>9 €</price></strong>",
        "<strong>{% if a %}x{% else %}<price>y</price>{% endif %}</strong>",
        "{% for i in (1..3) %}<price>{{ i }}</price>{% endfor %}",
        "{% case a %}{% when 1 %}<price>9 €</price>{%- when 2 -%}<strong>x</strong>{% endcase %}",
    ],
)
def test_tags_become_marks_of_the_same_length(text: str) -> None:
    made, troubles = marked(text, STYLES)
    assert not troubles and len(made) == len(text) and made != text and as_written(made) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<prize>9 €</prize>", ["there is no style “prize” for this text"]),
        ("<price>9 €", ["“<price>” is not closed"]),
        ("<price><strong>9 €", ["“<strong>” is not closed", "“<price>” is not closed"]),
        ("9 €</price>", ["“</price>” closes nothing"]),
        ("<price>{% if a %}</price>{% endif %}", ["“</price>” closes nothing", "“<price>” is not closed"]),
        ("{% if a %}<price>{% else %}x{% endif %}", ["“<price>” is not closed before “{% else %}”"]),
        ("{% endif %}</price>", ["“</price>” closes nothing"]),
    ],
)
def test_a_tag_that_cannot_be_meant_is_told(text: str, told: list[str]) -> None:
    made, troubles = marked(text, STYLES)
    assert made == text and [one.message for one in troubles] == told


@given(st.text("<>/{}%ab "), st.text(f"ab<>{BEGIN}{END}/"))
def test_no_text_is_torn_and_no_words_become_a_mark(text: str, brought: str) -> None:
    made, _ = marked(text, ("a", "b"))
    assert as_written(made) == text and length(text) <= len(text)
    assert list(segments(unmarked(brought))) == ([((), unmarked(brought))] if unmarked(brought) else [])
    inside = mark("<a>") + unmarked(brought) + mark("</a>")
    assert [names for names, _ in segments(inside)] == ([("a",)] if unmarked(brought) else [])
    assert str(spanned(inside)) == unmarked(brought)


def test_texts_with_other_spans_are_not_the_same() -> None:
    one, other = (spanned(f"{mark(tag)}a{mark('</' + tag[1:])}") for tag in ("<b>", "<i>"))
    assert str(one) == str(other) and one not in (other, "a") and len({one, other, "a"}) == 3


def test_a_span_without_words_says_nothing() -> None:
    assert spanned(mark("<b>") + mark("</b>")) == ""


def test_a_loop_that_is_left_early_ends_its_span_with_the_one_around() -> None:
    left = f"{mark('<a>')}x{mark('<b>')}y{mark('</a>')}z"
    assert list(segments(left)) == [(("a",), "x"), (("a", "b"), "y"), ((), "z")]


def test_the_brand_s_colours_and_fonts_have_their_names_in_styles_too(tmp_path: Path, check_site: CheckSite) -> None:
    site = with_campaign(tmp_path, "rules: []\n")
    styles = "styles: {sale: {color: signal, font: House}}"
    (site / "placeholders" / "hero.yaml").write_text(hero().replace("min_size: 22", styles), encoding="utf-8")
    brand = 'brand: {colors: {signal: "#c8102e"}, fonts: {House: Noto Serif Bold}}\n'
    with (site / "rules" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(brand)
    checked = check_site(site)
    assert not checked.problems.mistakes, checked.problems.render()
    (laid,) = checked.site.placeholders["hero"].layers
    style = laid.layer.styles["sale"]
    assert (style.color, style.font) == ("#c8102e", "Noto Serif Bold")

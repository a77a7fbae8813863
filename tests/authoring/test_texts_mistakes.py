"""What editors are told about a text that cannot be meant: where, what, and what to do."""

from __future__ import annotations

import pytest

from app.authoring.liquid import Conventions
from app.authoring.liquid.dialect import LARGEST_TEXT
from tests.support.texts import compiled, troubles

MISTAKES = [
    ("{{ weather.temprature }}", "text-name", "weather.temprature", "weather.temperature"),
    ("{{ geo.city.name }}", "text-name", "geo.city.name", "nothing lies inside geo.city"),
    ("{{ open.rule }}", "text-name", "open.rule", "only in link_params"),
    ("{{ now }}", "text-name", "now", ""),
    ("{% if weather.condition == rain %}{% endif %}", "text-name", "rain", 'in quotes: "rain"'),
    ("{% if greting == 'x' %}{% endif %}", "text-name", "greting", "greeting"),
    ("{{ weather[param.name] }}", "text-name", "weather", "such as"),
    ("{{ param.limit }}", "text-syntax", "limit", 'param["limit"]'),
    ("{{ geo.city | uppcase }}", "text-filter", "uppcase", "upcase"),
    ("{{ geo.city | date }}", "text-filter", "date", "time.date"),
    ("{{ geo.city | append }}", "text-filter", "append", "as in"),
    ("{{ geo.city | truncate: 0 }}", "text-filter", "0", "from 1"),
    ("{{ geo.city | truncate: 'kurz' }}", "text-filter", "kurz", "without quotes"),
    ("{{ geo.city | upcase: size: 3 }}", "text-filter", "upcase", "as in"),
    ("{{ time.date | date: 'lnog' }}", "text-filter", "lnog", "long"),
    ("{{ time.date | date: 'HH:mm' }}", "text-filter", "HH:mm", "time.local"),
    ("{{ time.clock | clock: 'd. MMMM' }}", "text-filter", "d. MMMM", "time.local"),
    ("{{ time.date | date: '%Q' }}", "text-filter", "%Q", "%d"),
    ("{{ time.date | date: 3 }}", "text-filter", "3", "in quotes"),
    ("{{ time.date | weekday: 'lang' }}", "text-filter", "lang", "long"),
    ("{{ param.price | money: 'EURO' }}", "text-filter", "EURO", "EUR"),
    ("{% if weather.temperature > '17' %}{% endif %}", "text-comparison", "17", "without quotes"),
    ("{% if weather.is_day == 'true' %}{% endif %}", "text-comparison", "true", "without quotes"),
    ("{% if time.clock < 18 %}{% endif %}", "text-comparison", "18", '"18:00"'),
    ("{% if time.date == '24.12.' %}{% endif %}", "text-comparison", "24.12.", "2026-12-24"),
    ("{% if time.local > '2026-12-24' %}{% endif %}", "text-comparison", "2026-12-24", "in rules"),
    ("{% assign geo = 1 %}", "reserved-name", "geo", "of your own"),
    ("{% for greeting in (1..3) %}{% endfor %}", "reserved-name", "greeting", "of your own"),
    ("{% break %}", "text-syntax", "break", ""),
    ("{{ geo.city }} }}", "text-syntax", "}}", "{{"),
    ("{{ geo.city", "text-syntax", "{{ geo.city", "}}"),
    ("{{ wether.city }", "text-syntax", "{{ wether.city }", "}}"),
    ("{% if geo.city", "text-syntax", "{% if geo.city", "%}"),
    ("{% if geo.city %}x", "text-syntax", "{% if geo.city %}x", "{% endif %}"),
    ("{% endif %}", "text-syntax", "endif", "{% if"),
    ("{% else %}", "text-syntax", "else", "{% if"),
    ("{% elseif geo.city %}", "text-tag", "elseif", "elsif"),
    ("{% capture x %}{% endcapture %}", "text-tag", "capture", "assign"),
    ("{% include 'x' %}", "text-tag", "include", "assign"),
    ("{% doc %}x{% enddoc %}", "text-tag", "{", "comment"),
    ("{% if geo.city %}a{% else %}b{% else %}c{% endif %}", "text-syntax", "else", "last"),
    ("{% if weather.condition = 'rain' %}{% endif %}", "text-syntax", "=", "=="),
    ("{% if geo.city && geo.region %}{% endif %}", "text-syntax", "&", "and"),
    ("{% if not geo.city %}{% endif %}", "text-syntax", "not", "unless"),
    ("{% if (geo.city) %}{% endif %}", "text-syntax", "(", "another"),
    ("{{ weather.temperature + 1 }}", "text-syntax", "+", "plus"),
    ("{{ geo.city | default 'x' }}", "text-syntax", "x", "colon"),
    ("{{ 'abc }}", "text-syntax", "'", "same sign"),
    ("{% case geo.city %}x{% when 'a' %}{% endcase %}", "text-syntax", "x", ""),
    ("{% case geo.city %}{% when 'a' b %}{% endcase %}", "text-syntax", "b", "or"),
    ("{% case geo.city %}{% endcase %}", "text-syntax", "case", "when"),
    ("{% raw %}x", "text-syntax", "raw", "endraw"),
    ("{{ 1 | divided_by: 0 }}", "text-filter", "{{ 1 | divided_by: 0 }}", ""),
]


@pytest.mark.parametrize(("text", "code", "place", "remedy"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_with_its_place_and_a_remedy(text: str, code: str, place: str, remedy: str) -> None:
    (found,) = troubles(text)
    assert found.code == code
    assert text[found.offset : found.offset + found.width].strip("'") == place.strip("'")
    assert remedy in found.remedy


def test_all_mistakes_of_a_readable_text_are_told_in_their_order() -> None:
    found = troubles("{{ geo.cty }}\n{{ greeting | uppcase }} {{ x }}")
    assert [(one.line, one.column) for one in found] == [(1, 4), (2, 15), (2, 29)]


def test_a_mistake_is_told_once() -> None:
    assert len(troubles("{% case geo.cty %}{% when 'a' %}{% when 'b', 'c' %}{% endcase %}")) == 1


def test_a_mistake_deep_in_a_text_knows_its_line_and_its_width() -> None:
    (found,) = troubles("Zeile eins\nZeile zwei {{ geo.cty }}\nZeile drei")
    assert (found.line, found.column, found.width) == (2, 15, 7)


def test_amounts_need_a_currency_only_where_the_site_has_none() -> None:
    compiled("{{ param.price | money }}")
    (found,) = troubles("{{ param.price | money }}", conventions=Conventions())
    assert "takes" in found.message


def test_a_text_has_an_end() -> None:
    (found,) = troubles("{{ geo.city }}" + "x" * LARGEST_TEXT)
    assert found.code == "text-limit"


@pytest.mark.parametrize(
    "text",
    [
        "{% if geo.city %}" * 30 + "{% endif %}" * 30,
        "{% if geo.city" + " or geo.city" * 300 + " %}{% endif %}",
    ],
)
def test_what_is_nested_without_measure_is_refused(text: str) -> None:
    assert {found.code for found in troubles(text)} == {"text-limit"}


@pytest.mark.parametrize(
    "text", ["{ weather.temperature }", "20 % mehr", "a }} b {{".replace("{{", "").replace("}}", ""), "{{ 'x' }}", "%"]
)
def test_what_only_looks_wrong_is_fine(text: str) -> None:
    compiled(text)

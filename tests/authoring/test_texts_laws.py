"""Laws of texts, as properties: total, pure, and resting on nothing but their reads."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings, strategies as st

from app.authoring.liquid import Text, TextTrouble, compile_figure, compile_text
from app.authoring.liquid.values import LONGEST
from app.engine.readings import Name
from app.engine.words import Bound, Figure, Fixed
from tests.support.texts import FIELDS, NAMES, PARTS, SITE, bound, said

NAMED = (*NAMES, *PARTS, *FIELDS, "open.rule")
WORDS = st.sampled_from(
    [
        *NAMES, *PARTS, "x", "i", "nil", "blank", "empty", "true", "17", "0.5", '"rain"', "'18:00'", "(1..3)", "==",
        "!=", "<", ">=", "contains", "and", "or", "|", ":", ",", "=", "in", "forloop.index", '"long"', '"d. MMMM"',
        "default", "date", "clock", "weekday", "money", "number", "upcase", "truncate", "plus", "divided_by", "round",
        "split", "first", "join", "size", "append", "replace", "[0]", ".", "-", "\n", "(", ")",
    ]
)  # fmt: skip
EXPRESSIONS = st.lists(WORDS, max_size=7).map(" ".join)
TAGS = st.sampled_from(
    ["if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase", "for", "endfor", "assign",
     "break", "raw", "endraw", "comment", "endcomment", "capture", "#", "liquid"]
)  # fmt: skip
PIECES = st.one_of(
    st.text(max_size=6),
    EXPRESSIONS.map("{{{{ {} }}}}".format),
    st.tuples(TAGS, EXPRESSIONS).map(lambda pair: f"{{% {pair[0]} {pair[1]} %}}"),
    st.sampled_from(["{{", "}}", "{%", "%}", "{%-", "-%}", "{{-", "'", '"', "{", "}", "https://shop.example/"]),
)
ANY_TEXTS = st.lists(PIECES, max_size=8).map("".join)

FINE = st.sampled_from(
    [
        "{{ weather.temperature }}",
        "{{ geo.city }} {{ greeting }}",
        '{{ geo.city | default: "x" | upcase | truncate: 5 }}',
        "{{ weather.as_of | clock }} {{ time.local }} {{ time.clock }} {{ time.date | date: 'full' }}",
        "{{ time.weekday | weekday }} {{ param.price | money }} {{ param.price | number: 2 }}",
        "{% if geo.city == 'munich' or weather.temperature > 3 %}a{% elsif time.clock < '12:00' %}b{% endif %}",
        "{% case weather.condition %}{% when 'rain' %}r{% when 'snow' %}s{% else %}–{% endcase %}",
        "{% assign t = weather.temperature | times: 2 | round: 1 %}{% for i in (1..3) %}{{ t | plus: i }} {% endfor %}",
        '{% assign all = param.tags | split: "," %}{% for one in all %}{{ one }}{{ forloop.index }}{% endfor %}',
        "{{ weather.next_rain_in }} {{ weather.is_day }} {{ geo.latitude | divided_by: weather.temperature }}",
    ]
)
VALUES = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.floats(-1e6, 1e6).map(lambda one: round(one, 1)),
    st.dates(),
    st.datetimes(),
    st.sampled_from(
        ["", "de", "en", "Europe/Berlin", "rain", "monday", "1,2", "x" * 3000, "\ud800", Name("A", ("b",))]
    ),
    st.sampled_from([Figure(1.5, "1,50"), Figure(None, ""), [], {}, object(), ("a",), float("nan"), 10**400]),
)
KNOWN = st.dictionaries(st.sampled_from(NAMED), VALUES, max_size=8)


def compile_any(text: str, mode: Any = "text") -> Any:
    return compile_text(text, names=NAMES, parts=PARTS, fields=FIELDS, conventions=SITE, mode=mode)


def produce(text: str, known: dict[str, Any], mode: Any = "text") -> Any:
    result = compile_any(text, mode)
    if not isinstance(result, Text) or isinstance(result.alternative, Fixed):
        return None
    return result.alternative.produce(known)


@given(ANY_TEXTS, st.sampled_from(["text", "link", "plain"]), KNOWN)
def test_any_text_compiles_or_is_told_its_mistakes_and_what_compiles_never_raises(
    text: str, mode: str, known: dict[str, Any]
) -> None:
    result = compile_any(text, mode)
    if isinstance(result, Text):
        words = result.alternative.produce(known) if isinstance(result.alternative, Bound) else result.alternative.value
        assert words is None or isinstance(words, str)
    else:
        assert result
        for found in result:
            assert isinstance(found, TextTrouble)
            assert 0 <= found.offset <= len(text)
            assert found.message
            assert "{0}" not in found.message + found.remedy


@given(ANY_TEXTS, st.sampled_from(["number", "money", "moment"]), KNOWN)
def test_any_figure_compiles_or_is_told_its_mistakes(text: str, kind: Any, known: dict[str, Any]) -> None:
    result = compile_figure(kind, text, names=NAMES, parts=PARTS, conventions=SITE)
    if isinstance(result, Text):
        words = result.alternative.produce(known) if isinstance(result.alternative, Bound) else result.alternative.value
        assert words is None or isinstance(words, Figure)
    else:
        assert all(isinstance(found, TextTrouble) for found in result)


@given(FINE, KNOWN)
def test_a_text_never_raises_and_never_grows_without_measure(text: str, known: dict[str, Any]) -> None:
    words = produce(text, known)
    assert words is None or (isinstance(words, str) and len(words) <= LONGEST)


@given(FINE, KNOWN)
def test_only_the_reads_matter(text: str, known: dict[str, Any]) -> None:
    alternative = bound(text)
    reads = {*alternative.signals, *alternative.parts}
    assert alternative.produce(known) == alternative.produce({name: known[name] for name in known if name in reads})


@given(FINE, st.lists(KNOWN, min_size=2, max_size=6))
def test_what_is_remembered_is_what_is_said_afresh(text: str, several: list[dict[str, Any]]) -> None:
    remembering = bound(text).produce
    for known in (*several, *several):
        assert remembering(known) == bound(text).produce(known)


@given(st.floats(0, 4e9), st.floats(0, 59.9))
def test_a_text_holds_to_the_end_of_the_minute(instant: float, later: float) -> None:
    minute = instant // 60 * 60
    alternative = bound("{{ time.local | date: 'yyyy-MM-dd HH:mm:ss' }}{{ time.clock }}")
    first = alternative.produce({"time.local": minute, "time.clock": minute % 86_400})
    then = alternative.produce({"time.local": minute + later, "time.clock": minute % 86_400 + later})
    assert first == then is not None


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_filled_in_a_link_goes_to_its_host_and_its_path(city: str, code: str) -> None:
    link = "https://shop.example/a/{{ geo.city }}?code={{ code }}&x=1"
    address = said(link, {"geo.city": city, "code": code}, mode="link")
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "shop.example", "")
    assert parts.path.startswith("/a/") and parts.path.count("/") == 2
    assert parts.query.startswith("code=") and parts.query.endswith("&x=1") and parts.query.count("&") == 1


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in (1..1000000000) %}{{ i }}{{ geo.city }}{% endfor %}",
        "{% for i in (1..1000000000) reversed %}{{ geo.city }}{% endfor %}",
        "{% for i in (1..1000000000) offset: 999999990 %}{{ geo.city }}{% endfor %}",
        '{% if (1..1000000000) contains "x" %}{% endif %}{{ geo.city }}',
        "{{ (1..1000000000) | join: geo.city }}",
        "{% for i in (1..200) %}{% for j in (1..200) %}{{ geo.city }}{% endfor %}{% endfor %}",
        "{% assign s = geo.city %}{% for i in (1..200) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
        "{% assign s = 9 %}{% for i in (1..200) %}{% assign s = s | times: s %}{% endfor %}{{ s }}{{ geo.city }}",
        '{% assign s = geo.city | replace: "", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" %}'
        '{{ s | replace: "", s | replace: "", s | replace: "", s | replace: "", s }}',
        "{% for i in (1..200) %}{{ geo.city }}{{ geo.city }}{{ geo.city }}{{ geo.city }}{{ geo.city }}{% endfor %}",
    ],
)
def test_a_runaway_text_gives_way_soon(text: str) -> None:
    alternative = bound(text)
    before = time.perf_counter()
    assert alternative.produce({"geo.city": "München"}) is None
    assert time.perf_counter() - before < 5


@pytest.mark.parametrize("text", ["{{" + " " * 3900, "{{" * 1900, "{% if " * 600, "{{ x | " * 500, "-" * 3000 + "{{"])
def test_a_text_of_brackets_is_refused_soon(text: str) -> None:
    before = time.perf_counter()
    assert not isinstance(compile_any(text), Text)
    assert time.perf_counter() - before < 5


@settings(max_examples=20)
@given(st.sampled_from([date(2026, 1, 1), datetime(2026, 1, 1), "2026-01-01", 5, True, None, object()]))
def test_a_value_of_the_wrong_kind_is_as_good_as_unknown(value: Any) -> None:
    assert bound("{{ weather.as_of | date }}").produce({"weather.as_of": value}) in (None, "01.01.2026", "01.01.1970")

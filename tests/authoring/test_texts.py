"""What texts say: known, empty and unknown values, conditions, loops, parts, and what a text rests on."""

from __future__ import annotations

import pytest

from app.authoring.liquid import FILTERS, TAGS, Conventions
from app.engine.readings import Name
from app.engine.words import Figure, Fixed
from tests.support.texts import bound, compiled, said

MUNICH = Name("München", ("Munich", "Monaco di Baviera"))


def test_a_text_without_liquid_is_fixed_with_its_lines() -> None:
    assert compiled("Zeile eins\nZeile zwei\n").alternative == Fixed("Zeile eins\nZeile zwei\n")


def test_a_text_that_reads_nothing_is_said_once_and_fixed() -> None:
    assert compiled('{{ "a,b" | split: "," | join: " und " }}').alternative == Fixed("a und b")
    assert compiled("{% raw %}{{ so }}{% endraw %}").alternative == Fixed("{{ so }}")
    assert compiled("a{% comment %}nie gesagt{% endcomment %}b").alternative == Fixed("ab")


def test_known_values_are_said() -> None:
    assert said("Filmabend in {{ geo.city }}?", {"geo.city": MUNICH}) == "Filmabend in München?"
    assert said("{{ greeting }}, {{ closing }}", {"greeting": "Hallo", "closing": "bis bald"}) == "Hallo, bis bald"
    assert said("{{ weather.is_day }}", {"weather.is_day": True}) == "true"
    assert said("{{ phase }}", {"phase": "live"}) == "live"


def test_lines_and_blanks_stay_as_they_are_written() -> None:
    assert said("a\n  {{ geo.city }} \n", {"geo.city": "Ulm"}) == "a\n  Ulm \n"


def test_a_text_that_says_an_unknown_gives_way() -> None:
    assert said("Filmabend in {{ geo.city }}?") is None
    assert said("{{ geo.city | upcase | append: '!' }}") is None
    assert said('{{ "in " | append: geo.city }}') is None


def test_an_empty_value_says_nothing() -> None:
    assert said("Hallo{{ param.first_name }}!", {"param.first_name": ""}) == "Hallo!"
    assert said("{{ param.price | money }}", {"param.price": ""}) == ""


def test_default_stands_in_for_the_unknown_the_empty_and_the_false() -> None:
    text = '{{ geo.city | default: "Deutschland" }}'
    assert said(text) == said(text, {"geo.city": ""}) == "Deutschland"
    assert said('{{ weather.is_day | default: "nie" }}', {"weather.is_day": False}) == "nie"
    assert said('{{ weather.is_day | default: "nie", allow_false: true }}', {"weather.is_day": False}) == "false"
    assert said("{{ weather.temperature | default: 5 }}", {"weather.temperature": 0.0}) == "0"


def test_default_helps_behind_other_filters_too() -> None:
    assert said('{{ geo.city | upcase | default: "?" }}') == "?"
    assert said('{{ param.first_name | plus: 1 | default: "?" }}', {"param.first_name": "Eva"}) == "?"


def test_a_default_that_is_itself_unknown_gives_way() -> None:
    assert said("{{ geo.city | default: geo.country }}") is None
    assert said("{{ geo.city | default: geo.country }}", {"geo.country": "DE"}) == "DE"


@pytest.mark.parametrize(
    "condition",
    [
        "geo.city",
        'geo.city == "Ulm"',
        'geo.city != "Ulm"',
        "weather.temperature > 3",
        "weather.temperature <= 3",
        'geo.city contains "U"',
        "geo.city == geo.region",
        "geo.city == empty",
    ],
)
def test_the_unknown_is_false_whatever_it_is_compared_with(condition: str) -> None:
    assert said(f"{{% if {condition} %}}ja{{% else %}}nein{{% endif %}}") == "nein"


def test_nil_and_blank_ask_about_the_unknown() -> None:
    assert said("{% if geo.city == nil %}unbekannt{% endif %}") == "unbekannt"
    assert said("{% if geo.city != nil %}bekannt{% endif %}", {"geo.city": ""}) == "bekannt"
    text = "{% if geo.city == blank %}leer{% else %}{{ geo.city }}{% endif %}"
    assert said(text) == said(text, {"geo.city": ""}) == said(text, {"geo.city": " "}) == "leer"
    assert said(text, {"geo.city": "Ulm"}) == "Ulm"


def test_the_empty_is_false_unlike_in_other_liquids() -> None:
    text = "Hallo{% if param.first_name %} {{ param.first_name }}{% endif %}!"
    assert said(text, {"param.first_name": ""}) == "Hallo!"
    assert said(text, {"param.first_name": "Eva"}) == "Hallo Eva!"


def test_texts_compare_without_case_and_names_in_any_language() -> None:
    text = '{% if geo.city == "munich" %}ja{% else %}nein{% endif %}'
    assert said(text, {"geo.city": MUNICH}) == "ja"
    assert said(text, {"geo.city": "München"}) == "nein"


@pytest.mark.parametrize(
    "text",
    [
        '{% if geo.city == "munich" %}ja{% else %}nein{% endif %}',
        '{% assign city = geo.city %}{% case city %}{% when "munich" %}ja{% else %}nein{% endcase %}',
    ],
)
def test_remembered_answers_tell_names_by_their_spellings(text: str) -> None:
    produce = bound(text).produce
    assert produce({"geo.city": MUNICH}) == "ja"
    assert produce({"geo.city": Name("München")}) == "nein"


def test_times_of_day_and_days_compare_as_they_are_written() -> None:
    text = '{% if time.clock < "18:00" %}früh{% else %}spät{% endif %}'
    assert said(text, {"time.clock": 17 * 3600.0}) == "früh"
    assert said(text, {"time.clock": 18 * 3600.0}) == "spät"


def test_the_first_fitting_when_of_a_case_is_said_once() -> None:
    text = '{% case weather.condition %}{% when "rain", "Rain", "drizzle" %}nass{% else %}trocken{% endcase %}'
    assert said(text, {"weather.condition": "rain"}) == "nass"
    assert said(text, {"weather.condition": "clear"}) == said(text) == "trocken"


def test_loops_turn_over_ranges_and_lists() -> None:
    assert said("{% for i in (1..3) %}{{ i }}{% unless forloop.last %}-{% endunless %}{% endfor %}") == "1-2-3"
    text = '{% assign tags = param.tags | split: "," %}{% for tag in tags %}#{{ tag }} {% endfor %}{{ tags.size }}'
    assert said(text, {"param.tags": "rot,blau"}) == "#rot #blau 2"
    assert said("{% for x in geo.city %}{{ x }}{% else %}nichts{% endfor %}") == "nichts"
    assert said("{% for i in (1..9) %}{% if i > 2 %}{% break %}{% endif %}{{ i }}{% endfor %}") == "12"


def test_a_name_that_was_never_assigned_on_the_way_gives_way() -> None:
    text = "{% if geo.city %}{% assign x = 1 %}{% endif %}{{ x }}"
    assert said(text) is None
    assert said(text, {"geo.city": "Ulm"}) == "1"


def test_names_of_the_library_read_no_clock() -> None:
    assert said("{% if geo.city %}{% assign now = 1 %}{% endif %}{{ now }}") is None
    assert said("{% if geo.city %}{% assign partial = 1 %}{% endif %}{{ partial }}") is None


def test_a_figure_is_said_in_its_own_words() -> None:
    known = {"price": Figure(19.9, "19,90 €")}
    assert said("https://s.example/?p={{ price }}", known, mode="link") == "https://s.example/?p=19.9"


def test_a_text_rests_on_what_it_reads_in_the_order_of_the_catalogue() -> None:
    text = bound("{{ weather.condition }} {{ greeting }} {% if geo.country == 'DE' %}{{ param.first_name }}{% endif %}")
    assert text.signals == ("geo.country", "weather.condition", "param.first_name")
    assert text.parts == ("greeting",)
    assert bound("https://s.example/?c={{ code }}", mode="link").fields == ("code",)


def test_the_language_is_read_only_where_it_can_be_heard() -> None:
    assert bound("{{ geo.city | upcase }}").signals == ("geo.city",)
    assert bound("{{ weather.temperature | round }}°").signals == ("weather.temperature",)
    assert bound("{% if weather.temperature > 20 %}warm{% endif %}").signals == ("weather.temperature",)
    assert bound("{{ weather.temperature }}").signals == ("open.language", "weather.temperature")
    assert bound("{{ weather.temperature | append: '°' }}").signals == ("open.language", "weather.temperature")
    only = Conventions(("de",), "Europe/Berlin")
    assert bound("{{ weather.temperature }}", conventions=only).signals == ("weather.temperature",)


def test_the_zone_is_read_only_where_a_moment_is_shown() -> None:
    assert "geo.time_zone" in bound("{{ weather.as_of | clock }}").signals
    assert "geo.time_zone" in bound("{{ time.local }}").signals
    assert "geo.time_zone" not in bound('{{ time.clock }} {{ time.date | date: "long" }}').signals


def test_the_winning_rule_is_known_to_links_and_never_looked_up() -> None:
    link = bound("https://s.example/?utm={{ open.rule }}", mode="link")
    assert link.signals == ()
    assert link.produce({"open.rule": "rain-evening"}) == "https://s.example/?utm=rain-evening"


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("{{ geo.city }}", ("geo.city",)),
        ('{{ geo.city | default: "x" }}', ()),
        ("{{ geo.city | default: geo.country }}", ("geo.country",)),
        ("{% if geo.city %}{{ geo.city }}{% endif %}", ()),
        ("{% if geo.city and weather.temperature > 3 %}{{ geo.city }}{{ weather.temperature }}{% endif %}", ()),
        ("{% if geo.city or geo.country %}{{ geo.city }}{% endif %}", ("geo.city",)),
        ("{% if geo.city == blank %}–{% else %}{{ geo.city }}{% endif %}", ()),
        ("{% unless geo.city == nil %}{{ geo.city }}{% endunless %}", ()),
        ("{% unless geo.city %}{{ geo.city }}{% endunless %}", ("geo.city",)),
        ('{% if geo.city != "Ulm" %}{{ geo.city }}{% endif %}', ()),
        ("{% if geo.city == nil %}{% elsif geo.region %}{{ geo.city }}{{ geo.region }}{% endif %}", ()),
        ('{% case geo.city %}{% when "Ulm" %}{{ geo.city }}{% else %}{{ geo.city }}{% endcase %}', ("geo.city",)),
        ('{% case geo.city %}{% when "Ulm", blank %}{{ geo.city }}{% endcase %}', ("geo.city",)),
        ("{{ greeting }}", ()),
    ],
)
def test_what_is_said_without_anybody_having_asked_is_doubtful(text: str, doubtful: tuple[str, ...]) -> None:
    assert compiled(text).doubtful == doubtful


def test_in_links_nothing_is_doubtful() -> None:
    assert compiled("https://s.example/?c={{ geo.city }}", mode="link").doubtful == ()


def test_every_filter_has_a_sentence_and_an_example_that_compiles() -> None:
    for name, one in FILTERS.items():
        assert one.sentence.endswith("."), name
        assert f"| {name}" in one.example, name
        compiled(one.example)
    assert all(sentence.endswith(".") for sentence in TAGS.values())

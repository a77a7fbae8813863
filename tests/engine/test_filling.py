"""What an outcome says: languages, alternatives, defaults, parts, captions, links; and what each of them rests on."""

from __future__ import annotations

from typing import Any

from app.engine.conditions import ALWAYS
from app.engine.decide import Decider, decide, with_own
from app.engine.decision import Decision, Pending
from app.engine.facts import Facts
from app.engine.moving import Moment
from app.engine.operators import Above, Below, Is
from app.engine.readings import EMPTY, FOREVER, Reading, Why
from app.engine.rules import Field, Outcome, Part, Row, Rule, Ruleset
from app.engine.words import Figure, Fixed, Words, fixed
from tests.support.engine_scenes import clause, window
from tests.support.engine_strategies import bound
from tests.support.engine_tables import NOON, ruleset, table

BILINGUAL = Words({"de": (Fixed("Hallo"),), "en": (Fixed("Hi"),)})
CITY = Words({"": (bound("geo.city"), bound("geo.country"))})
GREETING = Part(
    "greeting",
    (
        Row(clause("weather.temperature", Below(5)), say=fixed("Brr")),
        Row(clause("weather.temperature", Above(25)), say=fixed("Phew")),
        Row(say=fixed("Hello")),
    ),
)


def saying(**outcome: Any) -> Ruleset:
    """One rule that always fires."""
    whole = {"parts": "parts", "captions": "captions", "alt_of_all": "alt"}
    more = {there: outcome.pop(here) for here, there in whole.items() if here in outcome}
    return ruleset(Rule("only", ALWAYS, Outcome(**outcome)), **more)


def said(rules: Ruleset, values: dict[str, Any], **more: Any) -> Decision:
    answer = decide(rules, table(values, **more))
    assert isinstance(answer, Decision), f"it still asks for {answer.wants}"
    return answer


def headline(rules: Ruleset, values: dict[str, Any]) -> Any:
    return dict(said(rules, values).fields).get("headline")


def test_what_a_rule_leaves_out_is_the_default_and_the_link_of_otherwise() -> None:
    answer = said(saying(alt_of_all=fixed("Our offer")), {})
    assert answer.fields == (("headline", "Hello"),)
    assert (answer.link, answer.alt, answer.until, answer.readings) == (
        "https://shop.example/",
        "Our offer",
        FOREVER,
        (),
    )


def test_a_text_is_said_in_the_readers_language_else_in_the_first_written() -> None:
    rules = saying(fields={"headline": BILINGUAL})
    assert headline(rules, {"open.language": "en"}) == "Hi"
    assert headline(rules, {"open.language": "fr"}) == "Hallo"
    assert headline(rules, {"open.language": Why.NOT_IN_URL}) == "Hallo"
    assert said(rules, {"open.language": "en"}).reads == ("open.language",)


def test_a_text_for_every_language_does_not_ask_for_one() -> None:
    assert said(saying(fields={"headline": fixed("Hallo")}), {}).reads == ()


def test_a_text_that_reads_an_unknown_gives_way_to_the_next_and_at_last_to_the_default() -> None:
    rules = saying(fields={"headline": CITY})
    assert headline(rules, {"geo.city": "Hamburg", "geo.country": "DE"}) == "Hamburg"
    assert headline(rules, {"geo.city": Why.TOO_COARSE, "geo.country": "DE"}) == "DE"
    assert headline(rules, {"geo.city": Why.TOO_COARSE, "geo.country": Why.NOT_LOCATED}) == "Hello"


def test_what_gave_way_is_part_of_the_answer() -> None:
    gone = Reading("geo.city", None, NOON, NOON + 60, why_unknown=Why.TOO_COARSE)
    answer = said(saying(fields={"headline": CITY}), {"geo.city": gone, "geo.country": "DE"})
    assert answer.reads == ("geo.country", "geo.city")
    assert answer.until == NOON + 60


def test_an_alternative_that_was_not_needed_is_not_read() -> None:
    assert said(saying(fields={"headline": CITY}), {"geo.city": "Hamburg"}).reads == ("geo.city",)


def test_a_field_that_is_empty_is_left_out() -> None:
    assert headline(saying(fields={"headline": Words({"": (bound("param.code"),)})}), {"param.code": EMPTY}) is None


def test_a_text_that_shows_the_clock_holds_to_the_end_of_the_minute() -> None:
    rules = saying(fields={"headline": Words({"": (bound("time.clock"),)})})
    now = NOON + 12.5
    assert said(rules, {"time.clock": Reading("time.clock", 43212, now)}, now=now).until == NOON + 60
    ends = Reading("time.clock", 43212, now, NOON + 20)
    assert said(rules, {"time.clock": ends}, now=now).until == NOON + 20


def test_a_part_says_its_first_row_that_fires_and_passes_over_an_unknown_one() -> None:
    rules = saying(fields={"headline": Words({"": (bound(parts=("greeting",)),)})}, parts={"greeting": GREETING})
    assert headline(rules, {"weather.temperature": 3.0}) == "Brr"
    assert headline(rules, {"weather.temperature": 28.0}) == "Phew"
    assert headline(rules, {"weather.temperature": Why.NO_PLACE}) == "Hello"
    assert said(rules, {"weather.temperature": Why.NO_PLACE}).reads == ("weather.temperature",)


def test_a_part_is_decided_only_where_a_text_asks_for_it() -> None:
    assert said(saying(parts={"greeting": GREETING}), {}).reads == ()


def test_a_part_may_give_fields_that_the_rules_own_fields_override() -> None:
    voucher = Part("voucher", (Row(show={"headline": fixed("15 € off"), "code": fixed("CART15")}),))
    code = Field("code", "code", Words())
    taking = Rule("taking", ALWAYS, Outcome(takes=("voucher",)))
    own = Rule("own", ALWAYS, Outcome({"headline": fixed("Mine")}, takes=("voucher",)))
    assert said(ruleset(taking, required=code, parts={"voucher": voucher}), {}).fields == (
        ("headline", "15 € off"),
        ("code", "CART15"),
    )
    assert dict(said(ruleset(own, required=code, parts={"voucher": voucher}), {}).fields)["headline"] == "Mine"


def test_links_and_alts_may_use_the_fields_of_their_outcome() -> None:
    using = Words({"": (bound(fields=("headline",)),)})
    answer = said(saying(fields={"headline": fixed("Hi")}, link=using, alt=using), {})
    assert (answer.link, answer.alt) == ("Hi", "Hi")


def test_captions_of_the_placeholders_own_layers_are_said_with_every_outcome() -> None:
    captions = {3: Words({"": (bound("geo.city"),)}), 5: fixed("Terms apply")}
    assert said(saying(captions=captions), {"geo.city": "Hamburg"}).captions == ((3, "Hamburg"), (5, "Terms apply"))
    assert said(saying(captions=captions), {"geo.city": Why.TOO_COARSE}).captions == ((5, "Terms apply"),)


def test_a_figure_carries_its_value_and_prints_its_words() -> None:
    price = Figure(9.5, "9,50 €")
    assert dict(said(saying(fields={"headline": fixed(price)}), {}).fields)["headline"] == price
    assert f"{price}" == "9,50 €"


def test_an_unfinished_outcome_asks_for_all_it_may_still_read_at_once() -> None:
    rules = saying(
        fields={"headline": CITY},
        link=Words({"": (bound("param.code"),)}),
        captions={1: Words({"": (bound(parts=("greeting",)),)})},
        parts={"greeting": GREETING},
    )
    asked = decide(rules, table({"geo.city": "Hamburg"}))
    assert asked == Pending(frozenset({"geo.country", "param.code", "weather.temperature"}))
    assert rules.reads == {"geo.city", "geo.country", "param.code", "weather.temperature"}


def test_show_nothing_is_part_of_the_answer() -> None:
    assert said(saying(nothing=True), {}).nothing


def test_an_outcome_that_rests_on_nothing_is_filled_once_and_one_that_rests_on_something_each_time() -> None:
    settled = Decider(saying(fields={"headline": fixed("Hi")}))
    assert _fields(settled, {}) is _fields(settled, {"geo.country": "FR"})
    moving = Decider(saying(fields={"headline": CITY}))
    assert _fields(moving, {"geo.city": "Hamburg"}) != _fields(moving, {"geo.city": "Bremen"})


def test_what_a_part_said_after_its_last_edge_is_not_said_to_who_asks_for_an_earlier_moment() -> None:
    greeting = Part("greeting", (Row(window(None, Moment(NOON)), say=fixed("Morning")), Row(say=fixed("Hello"))))
    decider = Decider(
        saying(fields={"headline": Words({"": (bound(parts=("greeting",)),)})}, parts={"greeting": greeting})
    )
    assert _fields(decider, {}, now=NOON + 60) == (("headline", "Hello"),)
    assert _fields(decider, {}, now=NOON - 60) == (("headline", "Morning"),)


def _fields(decider: Decider, values: dict[str, Any], *, now: float = NOON) -> Any:
    facts: Facts = with_own(decider.ruleset, table(values, now=now))
    answer = decider.decide(facts)
    assert isinstance(answer, Decision)
    return answer.fields


def test_a_set_without_its_drafts_is_served() -> None:
    draft = Rule("draft", clause("geo.country", Is("de")), Outcome())
    assert [rule.name for rule in ruleset(draft, Rule("kept", ALWAYS, Outcome())).without({"draft"}).rules] == ["kept"]

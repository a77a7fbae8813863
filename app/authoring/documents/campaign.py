"""`rules/<campaign>.yaml`: who sees what, from when until when, and the examples that prove it.

Conditions (`when`, `conditions`, `quiet_when`) are handed on as they were written; the compiler reads them. Moments
stay the text they are, since they mean an instant only in somebody's zone.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from app.authoring.documents.common import (
    Labelled,
    LinkByLanguage,
    Names,
    Outcome,
    Shown,
    TextByLanguage,
    Texts,
    Written,
    key_of,
    listed,
)
from app.authoring.documents.kinds import (
    Boolean,
    Condition,
    ItemCondition,
    Moment,
    Number,
    Percentage,
    Raw,
    Slug,
    Text,
    Whole,
    Word,
    not_one_of,
)
from app.authoring.documents.refusals import refusal
from app.authoring.documents.site import ConditionName

RuleName = Annotated[
    Slug, AfterValidator(not_one_of("otherwise", "unknown", why="is what is shown when no rule fires"))
]


def _enough_arms(arms: dict[str, float]) -> dict[str, float]:
    if len(arms) < 2:
        raise refusal("wrong-count", "a split needs at least two arms", "write it like {a: 50, b: 50}")
    if not sum(arms.values()):
        raise refusal("out-of-range", "all arms weigh nothing", "write it like {a: 50, b: 50}")
    return arms


def _weight(value: Any) -> Any:
    return value.strip().removesuffix("%") if isinstance(value, str) else value


Weight = Annotated[Number, Field(ge=0), BeforeValidator(_weight)]
Arms = Annotated[dict[Slug, Weight], AfterValidator(_enough_arms)]


MOST_PLACES: Final = 100_000
"""Recipients that a rule can be for; each of them is an entry on one page of the store."""


class Rule(Outcome):
    """One rule: the first whose condition says yes is shown."""

    name: RuleName = Field(description="Its name, for explanations and reports.", examples=["rain-evening"])
    note: Text | None = Field(
        default=None, description="A remark for colleagues, shown in explanations.", examples=["agreed with purchasing"]
    )
    when: Condition | None = Field(
        default=None,
        description="Its condition; without one it always fires.",
        examples=[{"weather.condition": "rain"}],
    )
    from_: Text | None = Field(
        default=None,
        alias="from",
        description="The moment, or phase, from which it holds.",
        examples=["2026-11-27 00:00"],
    )
    until: Text | None = Field(
        default=None,
        description="The moment, or phase, at which it ends; a bare date includes that day.",
        examples=["2026-11-30"],
    )
    first: Annotated[Whole, Field(ge=1, le=MOST_PLACES)] | None = Field(
        default=None,
        description="It is for so many recipients, the first to whom it is shown; they keep it.",
        examples=[100],
    )
    draft: Boolean = Field(default=False, description="Checked and previewed, never served.", examples=["true"])
    quiet_when: Condition | None = Field(
        default=None, description="Silences the rule.", examples=[{"time.is_holiday": True}]
    )


class PartRow(Written):
    """One row of a part: what it says, or the fields it gives, where its condition holds."""

    when: Condition | None = Field(
        default=None, description="Its condition; the last row has none.", examples=[{"time.daypart": "morning"}]
    )
    say: Texts | None = Field(default=None, description="The word or words it says.", examples=["Good morning"])
    show: Shown | None = Field(default=None, description="The fields it gives.", examples=[{"badge": "Free delivery"}])
    note: Text | None = Field(default=None, description="A remark for colleagues.", examples=["as last year"])


class ListWritten(Labelled):
    """Items picked from a feed or a collection: those of which `where` says yes, in an order, cut."""

    of: Text = Field(
        description="What it picks from: feed.<name>, or a collection of rules/events.yaml.", examples=["feed.products"]
    )
    join: Text | None = Field(
        default=None,
        description="Of a collection: the feed in whose row, by its key, the rest about an item stands.",
        examples=["feed.products"],
    )
    where: ItemCondition | None = Field(
        default=None,
        description="A condition over the fields of an item; without one it takes all.",
        examples=[{"stock": {"above": 0}}],
    )
    sort: dict[Word, Literal["ascending", "descending"]] = Field(
        default={},
        description="The fields it is sorted by, the first before the others.",
        examples=[{"price": "descending"}],
    )
    limit: Annotated[Whole, Field(ge=1, le=100)] | None = Field(
        default=None, description="How many items are shown at most.", examples=[3]
    )


class Expected(Written):
    """What an example must come to; what is left out may be anything."""

    rule: Text | None = Field(
        default=None, description="The rule that wins, or otherwise, or unknown.", examples=["rain-evening"]
    )
    until: Moment | None = Field(
        default=None, description="The instant until which the answer holds.", examples=["2026-11-21T22:00+01:00"]
    )
    fields: dict[Word, Text] = Field(
        default={}, description="Fields and what they hold.", examples=[{"headline": "Film night?"}]
    )
    link: Text | None = Field(
        default=None, description="Where a click goes.", examples=["https://shop.example/blu-ray"]
    )
    alt: Text | None = Field(
        default=None, description="The text for those who do not see the picture.", examples=["Film night"]
    )


def _given(value: Any) -> Any:
    """The readings pinned by an example; a bare moment behind `at` is checked here, the rest by the compiler."""
    if isinstance(value, dict) and not value:
        raise refusal("empty-value", "nothing is given", "leave the key out, or write facts")
    return value


class Example(Written):
    """Facts, and what must come of them; run by `onopen check` and before every reload."""

    name: Text | None = Field(default=None, description="What it shows.", examples=["rain in the evening"])
    given: Annotated[dict[str, Raw], BeforeValidator(_given)] = Field(
        default={},
        description="Signals and their values, and the instant as at; what is not given is unknown.",
        examples=[{"weather.condition": "rain", "at": "2026-11-21T20:00+01:00"}],
    )
    expect: Expected = Field(description="What must come of it.", examples=[{"rule": "otherwise"}])


def _unknown(value: Any) -> str:
    return "<outcome>" if isinstance(value, dict) or (isinstance(value, str) and key_of(value)) else "<word>"


UnknownOutcome = Annotated[
    Annotated[Literal["otherwise"], Tag("<word>")] | Annotated[Outcome, Tag("<outcome>")], Discriminator(_unknown)
]


class Campaign(Written):
    """The rules of one campaign for one placeholder or several."""

    later: ClassVar[frozenset[str]] = frozenset(("branches", "feeds", "polls"))
    declares: ClassVar[tuple[str, ...]] = ("phases", "splits", "lists")

    placeholder: Annotated[tuple[Slug, ...], BeforeValidator(listed), Field(min_length=1)] = Field(
        description="The placeholder, or placeholders, it fills.", examples=["hero"]
    )
    zone: Literal["site", "recipient"] = Field(
        default="site", description="Whose clock is meant by times without an offset.", examples=["recipient"]
    )
    phases: dict[Slug, Moment] = Field(
        default={},
        description="Named moments; each phase lasts until the next.",
        examples=[{"teaser": "2026-11-20", "live": "2026-11-27 00:00"}],
    )
    conditions: dict[ConditionName, Condition] = Field(
        default={}, description="Conditions by name, for reuse.", examples=[{"wet": {"weather.condition": "rain"}}]
    )
    parts: dict[Word, tuple[PartRow, ...]] = Field(
        default={},
        description="Small decisions of their own.",
        examples=[{"greeting": [{"when": {"time.daypart": "morning"}, "say": "Good morning"}, {"say": "Hello"}]}],
    )
    lists: dict[Word, ListWritten] = Field(
        default={},
        description="Items picked from feeds or collections, read as list.<name>.",
        examples=[{"bargains": {"of": "feed.products", "where": {"stock": {"above": 0}}, "limit": 3}}],
    )
    rules: tuple[Rule, ...] = Field(default=(), description="The rules; the first that fires wins.")
    otherwise: Outcome = Field(default=Outcome(), description="What is shown when no rule fires.")
    unknown: UnknownOutcome = Field(
        default="otherwise",
        description="What is shown when no rule fires and one of them might: otherwise, or an outcome of its own.",
        examples=["otherwise"],
    )
    holdout: Percentage | None = Field(
        default=None, description="The share of recipients who see otherwise, for comparison.", examples=["10%"]
    )
    splits: dict[Word, Arms] = Field(
        default={},
        description="Experiments: arms and their weights, read as split.<name>.",
        examples=[{"headline": {"a": 50, "b": 50}}],
    )
    quiet_when: Condition | None = Field(
        default=None, description="Silences every rule.", examples=[{"time.is_holiday": True}]
    )
    examples: tuple[Example, ...] = Field(default=(), description="Facts, and what must come of them.")


__all__ = [
    "Campaign",
    "Example",
    "Expected",
    "LinkByLanguage",
    "Names",
    "Outcome",
    "PartRow",
    "Rule",
    "TextByLanguage",
]

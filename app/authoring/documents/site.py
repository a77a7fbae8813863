"""`rules/site.yaml`: what holds for the whole site, from its languages to what consent each purpose needs."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from app.authoring.documents.common import Written
from app.authoring.documents.kinds import Boolean, Clock, Color, Condition, Duration, Slug, Text, Word, not_one_of
from app.authoring.documents.links import FixedLink, Host
from app.authoring.documents.refusals import refusal
from app.authoring.documents.world import Country, Language, Zone

ConditionName = Annotated[Slug, AfterValidator(not_one_of("all", "any", "not", why="already combines conditions"))]
"""The name of a condition for reuse."""

PlaceSource = Literal["param", "recipient", "edge", "ip"]
DAYPARTS = {"morning": "05:00", "noon": "11:00", "afternoon": "14:00", "evening": "18:00", "night": "22:00"}


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise refusal("duplicate-name", f"“{name}” stands here twice", "keep one of them")
    return names


class Consent(Written):
    """What consent each purpose needs before a signal of it is read or an event of it is kept."""

    location: Literal["not_needed", "given", "asked"] = Field(
        default="not_needed", description="Where the open takes place.", examples=["not_needed"]
    )
    behaviour: Literal["not_needed", "given", "asked"] = Field(
        default="asked", description="What the recipient did before.", examples=["asked"]
    )
    measurement: Literal["none", "aggregate", "individual"] = Field(
        default="aggregate", description="What is remembered of opens and clicks.", examples=["aggregate"]
    )


class Brand(Written):
    """The site's own colours and fonts, by name."""

    colors: dict[Word, Color] = Field(
        default={}, description="Colours by name, usable wherever a colour stands.", examples=[{"red": "#c8102e"}]
    )
    fonts: dict[Text, Text] = Field(
        default={},
        description="Font files below assets/, by the name that layers use.",
        examples=[{"House Sans": "fonts/house-sans.ttf"}],
    )


class Trust(Written):
    """What is believed about recipients."""

    trust_plain_ids: Boolean = Field(
        default=False,
        description="Whether r= in a URL is believed without a token; only for ids nobody can guess.",
        examples=["true"],
    )


class Caching(Written):
    """How long a shared cache may answer by itself when an answer it keeps has grown old."""

    stale_while_revalidate: Duration = Field(
        default=10.0,
        description="So long while it asks anew; taken off the end of the time for which the answer is true.",
        examples=["10s"],
    )
    stale_if_error: Duration = Field(
        default=3600.0,
        description="So long while onopen does not answer; then an old picture is better than none.",
        examples=["1h"],
    )


class Site(Written):
    """The site as a whole."""

    later: ClassVar[frozenset[str]] = frozenset(("branches", "polls"))

    home: FixedLink = Field(
        description="Where a link goes that names no placeholder we know.", examples=["https://shop.example/"]
    )
    link_hosts: tuple[Host, ...] = Field(
        default=(),
        description="The hosts that links may go to; *. in front stands for everything below.",
        examples=[["shop.example", "*.shop.example"]],
    )
    link_params: dict[Text, Text] = Field(
        default={},
        description="Parameters that every link gets; templates may stand in their values.",
        examples=[{"utm_source": "newsletter", "utm_campaign": "{{ open.campaign }}"}],
    )
    languages: Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_each_once)] = Field(
        default=("en",),
        description="The languages the site writes in; the first is the fallback.",
        examples=[["de", "en"]],
    )
    language: tuple[Text, ...] = Field(
        default=(),
        description="The signals that tell the recipient's language, the first that can be read wins.",
        examples=[["param.lang", "recipient.language"]],
    )
    country: Country | None = Field(
        default=None,
        description="The site's country, for holidays and formats where nothing better is known.",
        examples=["DE"],
    )
    time_zone: Zone = Field(
        default="UTC", description="The site's time zone, where nothing better is known.", examples=["Europe/Berlin"]
    )
    place: Annotated[tuple[PlaceSource, ...], AfterValidator(_each_once)] = Field(
        default=("param", "recipient", "edge", "ip"),
        description="Whom to ask first for geo.*.",
        examples=[["param", "recipient", "edge", "ip"]],
    )
    dayparts: dict[Slug, Clock] = Field(
        default=DAYPARTS,
        min_length=1,
        description="The parts of the day by name, each with the time it begins; the last runs through midnight.",
        examples=[DAYPARTS],
    )
    consent: Consent = Field(default=Consent(), description="What consent each purpose needs.")
    conditions: dict[ConditionName, Condition] = Field(
        default={},
        description="Conditions by name, for use in every campaign.",
        examples=[{"cold": {"weather.temperature": {"below": 5}}}],
    )
    cache: Caching = Field(
        default=Caching(), description="What a shared cache in front may do with answers that have grown old."
    )
    brand: Brand = Field(default=Brand(), description="The site's own colours and fonts.")
    recipients: Trust = Field(default=Trust(), description="What is believed about recipients.")

"""`placeholders/<name>.yaml`: what a picture looks like, what its URL may carry, what rules may fill.

Layers are handed on as they were written, one key each; `layers` builds them from the classes that can paint.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from app.authoring.documents.common import Labelled, LinkByLanguage, TextByLanguage, Texts, Written
from app.authoring.documents.kinds import Boolean, Currency, Number, Pattern, Text, Whole, Word, not_one_of
from app.authoring.documents.refusals import refusal, shown

FieldType = Literal["text", "number", "money", "moment", "picture", "color", "choice", "code", "list"]
Saying = Literal["addresses", "phones", "amounts", "scripts"]
ParamType = Literal["text", "number", "choice", "boolean", "date"]
Format = Literal["png", "jpg", "gif"]
Side = Annotated[Whole, Field(ge=1, le=2000)]
ParamName = Annotated[
    Word,
    AfterValidator(not_one_of("m", "r", "t", "c", "ch", "slot", why="already means something in every URL")),
]


def _one_layer(value: Any) -> Any:
    """A layer is a mapping of one key, its word, to a mapping."""
    if isinstance(value, dict) and len(value) == 1:
        word, body = next(iter(value.items()))
        if isinstance(body, dict):
            return value
        raise refusal("not-a-mapping", f"“{word}” wants a mapping, not {shown(body)}", f"write “{word}: {{box: …}}”")
    if isinstance(value, dict) and value:
        first, second = list(value)[:2]
        remedy = f"indent “{second}” below “{first}”, or begin its own entry with “- ”"
        raise refusal("not-a-mapping", f"a layer has one word, and here are “{first}” and “{second}”", remedy)
    raise refusal("not-a-mapping", f"a layer is expected here, not {shown(value)}", "write it like “- text: {box: …}”")


RawLayer = Annotated[dict[str, dict[str, Any]], BeforeValidator(_one_layer), WithJsonSchema({"x-onopen": "layer"})]
"""A layer as written: one word, and its keys; in the schema it is marked `x-onopen: layer`."""


class FieldWritten(Written):
    """A field that rules may fill and layers may show."""

    type: FieldType = Field(description="What kind of value it is.", examples=["text"])
    default: Texts | None = Field(
        default=None, description="What it holds where no rule fills it.", examples=["Good to see you"]
    )
    required: Boolean = Field(
        default=False, description="A rule that cannot fill it counts as unknown.", examples=["true"]
    )
    max_length: Annotated[Whole, Field(ge=1, le=2000)] | None = Field(
        default=None, description="With type text or code: the most characters it may have.", examples=[80]
    )
    pattern: Pattern | None = Field(
        default=None,
        description="With type text or code: what the whole text must look like; what does not gives way.",
        examples=["[0-9]{12}"],
    )
    choices: tuple[Text, ...] = Field(
        default=(), description="With type choice: the values there are.", examples=[["red", "blue"]]
    )
    min: Number | None = Field(default=None, description="With type number or money: the least.", examples=[0])
    max: Number | None = Field(default=None, description="With type number or money: the most.", examples=[1000])
    currency: Currency | None = Field(
        default=None, description="With type money: its currency, as a code of ISO 4217.", examples=["EUR"]
    )
    of: Text | None = Field(
        default=None,
        description="With type list: the feed, or the collection of rules/events.yaml, whose items it shows.",
        examples=["feed.products"],
    )
    join: Text | None = Field(
        default=None,
        description="With type list, of a collection: the feed whose rows say the rest about its items.",
        examples=["feed.products"],
    )


class ParamWritten(Labelled):
    """A parameter that the picture's URL may carry, readable as `param.<name>`."""

    type: ParamType = Field(default="text", description="What kind of value it is.", examples=["choice"])
    choices: tuple[Text, ...] = Field(
        default=(), description="With type choice: the values there are.", examples=[["de", "en", "fr"]]
    )
    default: Text | None = Field(
        default=None, description='What is read where the URL does not say; "" reads as empty.', examples=["de"]
    )
    max_length: Annotated[Whole, Field(ge=1, le=500)] | None = Field(
        default=None, description="With type text: a longer value is not read.", examples=[30]
    )
    pattern: Pattern | None = Field(
        default=None, description="With type text: what the whole value must look like.", examples=["[0-9]{5}"]
    )
    allow: tuple[Saying, ...] = Field(
        default=(),
        description="With type text: what a URL may say although nobody signed it. Else it reads as absent.",
        examples=[["phones"]],
    )


class Slots(Written):
    """One picture and link for each item of a list, told apart by `slot=` in their URLs."""

    list: Word = Field(description="The list field whose items they show, one each.", examples=["products"])
    count: Annotated[Whole, Field(ge=1, le=24)] = Field(description="How many pictures snippets offer.", examples=[3])


class Placeholder(Written):
    """One picture in the mail."""

    declares: ClassVar[tuple[str, ...]] = ("params", "fields")

    size: tuple[Side, Side] = Field(
        description="Width and height in CSS pixels; it is drawn at twice that.", examples=[[600, 300]]
    )
    format: Format = Field(default="png", description="What snippets offer.", examples=["jpg"])
    alt: TextByLanguage | None = Field(
        default=None,
        description="For those who do not see the picture; frozen in the sent mail, so true for every outcome.",
        examples=[{"de": "Das Angebot zum Wetter", "en": "Our offer for your weather"}],
    )
    click: Literal["as_shown", "latest", "as_shown_unless_gone"] = Field(
        default="as_shown",
        description="Whether a click goes to what was shown or to what would be shown now.",
        examples=["as_shown"],
    )
    gone: LinkByLanguage | None = Field(
        default=None,
        description="With click as_shown_unless_gone: where a click goes when the rule is no more.",
        examples=["https://shop.example/"],
    )
    params: dict[ParamName, ParamWritten] = Field(
        default={},
        description="What the URL may carry.",
        examples=[{"lang": {"type": "choice", "choices": ["de", "en"], "default": "de"}}],
    )
    fields: dict[Word, FieldWritten] = Field(
        default={}, description="What rules may fill.", examples=[{"headline": {"type": "text", "default": "Hello"}}]
    )
    slots: Slots | None = Field(
        default=None,
        description="One picture and link for each item of a list.",
        examples=[{"list": "products", "count": 3}],
    )
    layers: tuple[RawLayer, ...] = Field(
        default=(),
        description="What is drawn, from the bottom up.",
        examples=[[{"text": {"field": "headline", "box": [24, 196, 552, 80]}}]],
    )

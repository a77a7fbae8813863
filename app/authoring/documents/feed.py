"""`rules/feeds/<name>.yaml`: a table of things to show, such as products, and what its columns are."""

from __future__ import annotations

from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from app.authoring.documents.common import Written
from app.authoring.documents.kinds import Boolean, Currency, Text, Word, not_one_of
from app.authoring.documents.placeholder_checks import check_options
from app.authoring.problems import Problems
from app.authoring.suggest import did_you_mean
from app.authoring.unread import may_declare
from app.authoring.yamlsource import Path, Source

ColumnType = Literal["text", "number", "money", "moment", "boolean", "choice", "picture", "color", "code", "link"]
ColumnName = Annotated[Word, AfterValidator(not_one_of("phase", why="already is a signal"))]

AMOUNTS = ("number", "money")


class Column(Written):
    """A field that every item of the feed has."""

    type: ColumnType = Field(description="What kind of value it is.", examples=["money"])
    column: Text | None = Field(
        default=None, description="The heading of its column, where that is not the field's name.", examples=["Price"]
    )
    required: Boolean = Field(default=False, description="A row without it is left out.", examples=["true"])
    default: Text | None = Field(
        default=None, description="What it holds where a row says nothing.", examples=["products/no-picture.png"]
    )
    choices: tuple[Text, ...] = Field(
        default=(), description="With type choice: the values there are.", examples=[["new", "used"]]
    )
    currency: Currency | None = Field(
        default=None, description="With type money: its currency, as a code of ISO 4217.", examples=["EUR"]
    )
    above: Word | None = Field(
        default=None,
        description="With type number or money: a field it must exceed; a value that does not is not shown.",
        examples=["price"],
    )

    @property
    def is_amount(self) -> bool:
        """Whether it can be compared by size."""
        return self.type in AMOUNTS


class FeedWritten(Written):
    """A table of things to show, read from a file of the site."""

    later: ClassVar[frozenset[str]] = frozenset(("refresh", "url"))
    declares: ClassVar[tuple[str, ...]] = ("fields",)

    file: Text = Field(description="A CSV file below assets/, with a header.", examples=["tables/products.csv"])
    key: Word = Field(description="The field that names an item; each value once.", examples=["sku"])
    fields: dict[ColumnName, Column] = Field(
        min_length=1,
        description="The fields of its items.",
        examples=[{"sku": {"type": "text"}, "price": {"type": "money", "currency": "EUR"}}],
    )


def check_feed(feed: FeedWritten, source: Source, problems: Problems) -> None:
    """Everything that must agree within one feed."""
    say = partial(source.complain, problems)
    named: list[tuple[Path, str, tuple[str, ...]]] = [(("key",), feed.key, tuple(feed.fields))]
    for name, column in feed.fields.items():
        check_options(say, ("fields", name), column, source)
        if column.above is not None:
            amounts = tuple(other for other, one in feed.fields.items() if one.is_amount and other != name)
            named.append((("fields", name, "above"), column.above, amounts))
    for path, name, known in named:
        if name not in known and not may_declare(source, ("fields",), name):
            remedy = did_you_mean(name, known, else_say="it can be") or "declare it under fields:"
            say(path, "unknown-field", f"there is no such field “{name}”", remedy=remedy)

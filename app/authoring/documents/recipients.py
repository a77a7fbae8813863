"""`rules/recipients.yaml`: the profile attributes that rules may read as `recipient.<name>`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from app.authoring.documents.common import Labelled, Written
from app.authoring.documents.kinds import Text, Word

AttributeType = Literal["text", "number", "choice", "boolean", "date", "moment"]


class Attribute(Labelled):
    """One attribute of a recipient's profile."""

    type: AttributeType = Field(default="text", description="What kind of value it is.", examples=["text"])
    purpose: Literal["none", "location", "behaviour"] = Field(
        default="behaviour",
        description="The consent it needs before it may be read; none for what the recipient told themselves.",
        examples=["none"],
    )
    choices: tuple[Text, ...] = Field(
        default=(), description="With type choice: the values there are.", examples=[["gold", "platinum"]]
    )


class Recipients(Written):
    """What is known about recipients."""

    declares: ClassVar[tuple[str, ...]] = ("attributes",)

    attributes: dict[Word, Attribute] = Field(
        default={}, description="The attributes by name.", examples=[{"tier": {"type": "text", "purpose": "none"}}]
    )

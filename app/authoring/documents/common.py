"""What several documents share: the model they are made of, texts by language, outcomes.

A text may be one for all, a map of languages, or a list of alternatives of which the first is taken that can be read
whole, or a claim with two faces; `spoken` lays any of these out by language.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from app.authoring.documents.kinds import Text, Word
from app.authoring.documents.links import Link, host_of
from app.authoring.documents.refusals import NOTHING, refusal, shown
from app.authoring.documents.world import LANGUAGE, Language
from app.authoring.suggest import did_you_mean
from app.authoring.yamlsource import Path

EVERY: Final = ""
"""Stands for every language where a text is not written by language."""
LIVE, DURABLE = "live", "durable"
"""The two faces of a claim: for those who certainly look at this moment, and for everybody else."""


class Written(BaseModel):
    """A mapping that an editor wrote: its keys are those of the model and no others.

    `later` names keys that belong to the language but not to this release, `declares` those whose entries say what a
    name means elsewhere. A key with nothing behind it is a mistake.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    later: ClassVar[frozenset[str]] = frozenset()
    declares: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_told(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {key: NOTHING if value is None else value for key, value in raw.items()}


def _shape(value: Any) -> str:
    return "<languages>" if isinstance(value, dict) else "<text>"


def _shape_or_list(value: Any) -> str:
    return "<alternatives>" if isinstance(value, list | tuple) else _shape(value)


def _any_shape(value: Any) -> str:
    return "<faces>" if _has_faces(value) else _shape_or_list(value)


def _has_faces(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.keys() & {LIVE, DURABLE})


def _both(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse a claim that has one face, or a third."""
    missing = [face for face in (LIVE, DURABLE) if face not in value]
    if missing:
        message = f"“{missing[0]}” is missing beside “{LIVE if missing[0] == DURABLE else DURABLE}”"
        raise refusal("missing-key", message, "write {live: …, durable: …}; durable is what stays true")
    if others := [key for key in value if key not in (LIVE, DURABLE)]:
        raise refusal("unknown-key", f"there is no face “{others[0]}”", "write {live: …, durable: …}")
    return value


def _languages(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse a mapping that is no map of languages at all, which is most often a text that lacks its quotes."""
    if not value:
        raise refusal("empty-value", "no language is written here", "write it like {de: …, en: …}")
    if len(value) == 1 and isinstance(rest := next(iter(value.values())), str | None):
        key = next(iter(value))
        if not LANGUAGE.fullmatch(key):
            quoted = f'"{key}: {rest or ""}"'
            message = f"YAML reads this as a mapping, and “{key}” is not a language"
            raise refusal("quote-it", message, f"quote it if it is one text: {quoted}")
    return value


def _alternatives(value: list[Any]) -> list[Any]:
    if not value:
        raise refusal("empty-value", "the list of alternatives is empty", "write at least one text")
    return value


_OneText = Annotated[Text, Tag("<text>")]
_Map = Annotated[dict[Language, Text], BeforeValidator(_languages), Tag("<languages>")]
TextByLanguage = Annotated[_OneText | _Map, Discriminator(_shape)]
"""A text, or a map of languages."""


class Labelled(Written):
    """Something that is declared, and may be told to recipients by a name of theirs."""

    label: TextByLanguage | None = Field(
        default=None,
        description="What it is called on the page for recipients; without it its name, as words.",
        examples=[{"de": "Punktestand", "en": "points"}],
    )


_List = Annotated[list[TextByLanguage], BeforeValidator(_alternatives), Tag("<alternatives>")]
_Some = Annotated[list[Text], BeforeValidator(_alternatives), Tag("<alternatives>")]
_TextOrSome = Annotated[_OneText | _Some, Discriminator(_shape_or_list)]
_MapOfLists = Annotated[dict[Language, _TextOrSome], BeforeValidator(_languages), Tag("<languages>")]
_Plain = Annotated[_OneText | _MapOfLists | _List, Discriminator(_shape_or_list)]


class Claim(Written):
    """What time can falsify, said twice."""

    live: _Plain = Field(
        description="Said where this moment is certainly the recipient looking.", examples=["Open until 20:00"]
    )
    durable: _Plain = Field(
        description="Said to everybody else: what stays true.", examples=["Open on weekdays from 9:00 to 20:00"]
    )

    def by_face(self) -> dict[str, Any]:
        """As it was written."""
        return {LIVE: self.live, DURABLE: self.durable}


_Faces = Annotated[Claim, BeforeValidator(_both), AfterValidator(Claim.by_face), Tag("<faces>")]
Texts = Annotated[_OneText | _MapOfLists | _List | _Faces, Discriminator(_any_shape)]
"""A text, a map of languages, or alternatives of either (a map may hold alternatives for a language), or two faces."""

_LinkMap = Annotated[dict[Language, Link], BeforeValidator(_languages), Tag("<languages>")]
LinkByLanguage = Annotated[Annotated[Link, Tag("<text>")] | _LinkMap, Discriminator(_shape)]


def spoken(written: Any, path: Path = ()) -> dict[str, tuple[tuple[str, Path], ...]]:
    """Texts laid out: language (or `EVERY`) → its alternatives in order, each with its path in the file.

    `written` is a checked `Texts`, `TextByLanguage` or `LinkByLanguage` standing at `path`.
    """
    laid: dict[str, list[tuple[str, Path]]] = {}
    if isinstance(written, str):
        return {EVERY: ((written, path),)}
    if isinstance(written, dict) and not _has_faces(written):
        for language, said in written.items():
            laid[language] = [
                alternative for found in spoken(said, (*path, language)).values() for alternative in found
            ]
        return {language: tuple(said) for language, said in laid.items()}
    faced = isinstance(written, dict)
    steps = ((face, written[face]) for face in (LIVE, DURABLE) if face in written) if faced else enumerate(written)
    listed = [spoken(said, (*path, step)) for step, said in steps]
    languages = list(dict.fromkeys(language for said in listed for language in said if language != EVERY)) or [EVERY]
    return {
        language: tuple(one for said in listed for one in said.get(language, said.get(EVERY, ())))
        for language in languages
    }


def listed(value: Any) -> Any:
    """A single name stands for a list of one."""
    return [value] if isinstance(value, str) else value


def _show(value: Any) -> str:
    return "<fields>" if isinstance(value, dict) else "<nothing>"


def _nothing(value: Any) -> Any:
    """The one word that stands for fields, whatever an editor calls it."""
    if not isinstance(value, str) or value == "nothing":
        return value
    fields = "write fields, as in {headline: Good evening}, or nothing for an empty picture"
    remedy = did_you_mean(value, ("nothing",)) or fields
    raise refusal("unknown-choice", f"{shown(value)} is not known here", remedy)


Shown = Annotated[
    Annotated[Literal["nothing"], BeforeValidator(_nothing), Tag("<nothing>")]
    | Annotated[dict[Word, Texts], Tag("<fields>")],
    Discriminator(_show),
]
Names = Annotated[tuple[Word, ...], BeforeValidator(listed)]


def key_of(value: str) -> str:
    """The key of an outcome that a text belongs to, if that is plain to see."""
    return "show" if value == "nothing" else "link" if host_of(value) else ""


class Outcome(Written):
    """What is shown and linked."""

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, raw: Any) -> Any:
        """Refuse what can only be one key's value, where that key is missing."""
        if isinstance(raw, str) and (key := key_of(raw)):
            message = f"a mapping is expected here, not {shown(raw)}"
            raise refusal("not-a-mapping", message, f"write {{{key}: {raw}}}")
        return raw

    show: Shown = Field(
        default={},
        description="The fields this fills, by name; or the word nothing, for a transparent picture.",
        examples=[{"headline": "Film night?"}],
    )
    link: LinkByLanguage | None = Field(
        default=None,
        description="Where a click goes; templates may stand in path and query.",
        examples=["https://shop.example/blu-ray"],
    )
    alt: TextByLanguage | None = Field(
        default=None,
        description="What this outcome says to those who do not see the picture, for the text twin.",
        examples=[{"de": "Filmabend bei Regen", "en": "Film night"}],
    )
    takes: Names = Field(
        default=(),
        alias="with",
        description="The part, or parts, whose fields this takes over.",
        examples=["voucher"],
    )

"""YAML text to operands: the kind of the signal decides what a scalar means.

Everything here answers a value or raises `Misread` with the code, the message and the remedy; the caller knows the
place. Nothing is guessed: `17` is no clock and `Germany` no country code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Day, datetime
from typing import Any, Final, LiteralString, TypeVar

from pydantic_core import PydanticCustomError

from app.authoring.documents import kinds
from app.authoring.documents.refusals import from_error, shown
from app.authoring.documents.world import country, zone
from app.authoring.problems import Problems
from app.authoring.suggest import closest, did_you_mean
from app.authoring.unread import ALL_READ, Unread
from app.authoring.yamlsource import Path, Source
from app.engine.calendar import Zone
from app.engine.moving import Moment
from app.engine.readings import fold
from app.engine.signals import Edge, Kind, Signal
from app.engine.written import parse_clock, parse_date, parse_duration, parse_moment

Operand = TypeVar("Operand")
Step = TypeVar("Step", str, int)

_REGION: Final = re.compile(r"([A-Za-z]{2})-[A-Za-z0-9]{1,3}")
_UNASSIGNED: Final = frozenset({"XK"})
"""Codes that ISO 3166-1 leaves to its users and that location tables use: Kosovo."""


class Misread(Exception):
    """A value that cannot be what its place asks for; `code` is a problem code.

    It is no mistake of its own where it only `follows` from something that could not be read. One `at_key` is about
    the key before the value.
    """

    def __init__(
        self, code: str, message: str, remedy: str = "", *, follows: bool = False, at_key: bool = False
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.follows = follows
        self.at_key = at_key

    def tell(self, source: Source, problems: Problems, path: Path, *, key: bool = False) -> None:
        """Make it a problem at its place."""
        if not self.follows:
            source.complain(problems, path, self.code, self.message, remedy=self.remedy, key=key or self.at_key)

    @classmethod
    def of(cls, refusal: PydanticCustomError) -> Misread:
        """The same refusal as documents word it."""
        context = refusal.context or {}
        return cls(refusal.type, str(context.get("message", refusal)), str(context.get("remedy", "")))


class MembersMisread(Misread):
    """Members of a list or a mapping that cannot be what they should, by their index or key."""

    def __init__(self, wrong: Mapping[str | int, Misread]) -> None:
        first = next(iter(wrong.values()))
        super().__init__(first.code, first.message, first.remedy)
        self.wrong = wrong

    def tell(self, source: Source, problems: Problems, path: Path, *, key: bool = False) -> None:
        """Make each a problem at its own place."""
        for step, misread in self.wrong.items():
            misread.tell(source, problems, (*path, step), key=key)


def each(read: Callable[[Step, Any], Operand], members: Iterable[tuple[Step, Any]]) -> dict[Step, Operand]:
    """Every member as `read` makes it of its index or key and of what stands there; all that are wrong are misread."""
    found: dict[Step, Operand] = {}
    wrong: dict[str | int, Misread] = {}
    for step, raw in members:
        try:
            found[step] = read(step, raw)
        except Misread as misread:
            wrong[step] = misread
    if wrong:
        raise MembersMisread(wrong)
    return found


@dataclass(frozen=True, slots=True)
class Moments:
    """How moments are read here: the campaign's phases by name, and whose clock a time without offset means."""

    phases: Mapping[str, Moment]
    zone: Zone
    recipient: bool = False
    unread: Unread = ALL_READ

    def read(self, text: str, *, end: bool = False) -> Moment:
        """A phase's start, a date or a date with time. At the `end` of a range a bare date includes that day."""
        if text in self.phases:
            return self.phases[text]
        try:
            written = parse_moment(_moment(text))
        except Misread as misread:
            misread.follows = self.unread.may_have("phases", text)
            if phase := closest(text, self.phases):
                misread.remedy = f"did you mean the phase “{phase}”?"
            raise
        at = written.end if end else written.at
        if isinstance(at, datetime):
            return Moment(at if self.recipient else self.zone.instant_of(at))
        return Moment(at)


def _as_documents_do(convert: Callable[[Any], Operand]) -> Callable[[str], Operand]:
    def read(text: str) -> Operand:
        try:
            return convert(text)
        except PydanticCustomError as refusal:
            raise Misread.of(refusal) from None

    return read


def _written(code: LiteralString, convert: Callable[[str], Operand]) -> Callable[[str], Operand]:
    def read(text: str) -> Operand:
        try:
            return convert(text)
        except ValueError as error:
            raise Misread.of(from_error(code, error)) from None

    return read


_moment: Callable[[str], str] = _as_documents_do(kinds.moment)
number: Callable[[str], float] = _as_documents_do(kinds.number)
boolean: Callable[[str], bool] = _as_documents_do(kinds.boolean)
color: Callable[[str], str] = _as_documents_do(kinds.color)
clock: Callable[[str], int] = _written("not-a-clock", parse_clock)
_day: Callable[[str], Day] = _written("not-a-moment", parse_date)
duration: Callable[[str], float] = _written("not-a-duration", parse_duration)
_country: Callable[[str], str] = _as_documents_do(country)
_zone: Callable[[str], str] = _as_documents_do(zone)


def is_color(text: str) -> bool:
    """Whether a text is a colour without the brand's help."""
    try:
        color(text)
    except Misread:
        return False
    return True


def date(text: str) -> Day:
    """A calendar day; a day of the wrong form is told as moments are, which know how days are written elsewhere."""
    try:
        return _day(text)
    except Misread:
        _moment(text)
        raise


def spelled(signal: Signal, text: str) -> str:
    """A text that the signal can have, in the spelling it has there."""
    match signal.name:
        case "geo.country":
            code = text.strip().upper()
            return code if code in _UNASSIGNED else _country(code if len(code) == 2 else text)
        case "geo.region":
            return _region(text)
        case "geo.time_zone":
            return _zone(text)
    if not signal.choices:
        return text
    found = next((choice for choice in signal.choices if fold(choice) == fold(text)), None)
    if found is None:
        remedy = did_you_mean(text, signal.choices, else_say="it can be")
        raise Misread("unknown-choice", f"{signal.name} is never {shown(text)}", remedy)
    return found


def _region(text: str) -> str:
    found = _REGION.fullmatch(text.strip())
    if found is None:
        message = f"{shown(text)} is not a region code"
        raise Misread("unknown-choice", message, "write ISO 3166-2 with the country, such as DE-BY")
    if found[1].upper() not in _UNASSIGNED:
        _country(found[1].upper())
    return found[0].upper()


def operand(signal: Signal, text: str) -> Any:
    """One scalar as a comparable operand of the signal's kind."""
    match signal.kind:
        case Kind.NUMBER:
            return number(text)
        case Kind.BOOLEAN:
            return boolean(text)
        case Kind.DATE:
            return date(text)
        case Kind.CLOCK:
            return clock(text)
        case Kind.DURATION:
            return duration(text)
        case Kind.LIST:
            remedy = 'write "" for one without any'
            if signal.edge is Edge.PERSON:
                remedy += ", or give what is in its collection"
            raise Misread("not-a-text", "items are picked, and cannot be given", remedy)
        case _:
            return fold(spelled(signal, text))


def beginning(signal: Signal, text: str) -> str:
    """A part of a text, which need not be a whole value of the signal."""
    if signal.kind is Kind.CHOICE and not any(fold(text) in fold(choice) for choice in signal.choices):
        remedy = did_you_mean(text, signal.choices, else_say="it can be")
        raise Misread("unknown-choice", f"no value of {signal.name} has {shown(text)} in it", remedy)
    return fold(text)

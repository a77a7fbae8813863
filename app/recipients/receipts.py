"""What was shown, as it is kept: so much that a click can follow it, or so much that it can be decided once more.

A receipt is a projection of the `Decision`. Its readings are JSON values; together with the instant and the zone they
are all that the same rules need to come to the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import msgspec

from app.engine.decision import Decision
from app.engine.explain import plain, plain_field
from app.engine.lists import Item
from app.engine.readings import EMPTY, FOREVER, Name, Reading, Rung, Why
from app.engine.signals import Catalogue, Kind
from app.engine.withdrawals import Withdrawal

WRITTEN: Final[Mapping[Kind, type | tuple[type, ...]]] = {
    Kind.BOOLEAN: bool,
    Kind.LIST: list,
    **dict.fromkeys((Kind.NUMBER, Kind.CLOCK, Kind.MOMENT, Kind.DURATION), (int, float)),
}
"""As what values of a kind come back from JSON; those of all others are texts."""


class Lead(msgspec.Struct, frozen=True):
    """All that a click needs to know. Every receipt can be read as one."""

    rule: str
    link: str


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reading; what goes without saying is not said.

    `also` are the other spellings of a name, `told` what events told of the items of a list. What never grows old, or
    holds for ever, has no instant.
    """

    value: Any = None
    as_of: float | None = None
    until: float | None = None
    source: str = ""
    why_unknown: str = ""
    rung: str = ""
    empty: bool = False
    also: tuple[str, ...] = ()
    told: tuple[Mapping[str, str], ...] = ()


class Receipt(msgspec.Struct, frozen=True):
    """What was shown at `at`, and why.

    `ruleset` is the digest of the rules, `edition` that of the whole site with its pictures, `zone` the time zone in
    which they decided. `fields` are JSON values by name, `readings` what the decision rests on, by signal. `certain`
    says that at this moment the recipient really looked, `withdrawn` what of the campaign had been recalled.
    """

    at: float
    campaign: str
    rule: str
    link: str
    ruleset: str
    fields: Mapping[str, Any] = {}
    readings: Mapping[str, Kept] = {}
    zone: str = ""
    edition: str = ""
    certain: bool = False
    withdrawn: tuple[str, ...] = ()


def receipt_of(
    decision: Decision, at: float, edition: str, *, certain: bool = False, withdrawn: Iterable[Withdrawal] = ()
) -> Receipt:
    """The receipt of a decision that was shown at an instant out of that edition of the site, short of what was
    withdrawn.
    """
    return Receipt(
        at=at,
        campaign=decision.campaign,
        rule=decision.rule,
        link=decision.link,
        ruleset=decision.ruleset,
        fields={} if decision.nothing else {name: plain_field(value) for name, value in decision.fields},
        readings={reading.signal: _kept(reading) for reading in decision.readings},
        zone=decision.zone,
        edition=edition,
        certain=certain,
        withdrawn=tuple(sorted(map(str, withdrawn))),
    )


def readings_of(receipt: Receipt, catalogue: Catalogue, own: Collection[str]) -> Iterator[Reading]:
    """Its readings as they were, but for those that the rules work out on their `own`.

    Raises ValueError for what this vocabulary does not know, or knows as something of another kind.
    """
    for name, kept in receipt.readings.items():
        if name not in own:
            yield _reading(name, kept, catalogue)


def legible(receipt: Receipt, catalogue: Catalogue) -> Iterator[Reading]:
    """Those of its readings that this vocabulary can tell, as they were."""
    for name, kept in receipt.readings.items():
        try:
            reading = _reading(name, kept, catalogue)
        except ValueError:
            continue
        yield reading


def _kept(reading: Reading) -> Kept:
    value = reading.value
    return Kept(
        value=None if value is EMPTY else plain(reading),
        as_of=_finite(reading.as_of),
        until=_finite(reading.until),
        source=reading.source,
        why_unknown=reading.why_unknown.name.lower() if reading.why_unknown else "",
        rung=reading.rung.word if reading.rung is not Rung.LIVE else "",
        empty=value is EMPTY,
        also=tuple(sorted(value.keys)) if isinstance(value, Name) else (),
        told=_told(value) if isinstance(value, tuple) else (),
    )


def _told(items: tuple[Item, ...]) -> tuple[Mapping[str, str], ...]:
    """What events told of the items of a list, as far as it is shown; where a table says all of them, nothing."""
    return tuple(item.told for item in items) if any(item.told for item in items) else ()


def _reading(name: str, kept: Kept, catalogue: Catalogue) -> Reading:
    if name not in catalogue:
        raise ValueError(f"there is no signal {name}")
    as_of, until = (FOREVER if instant is None else instant for instant in (kept.as_of, kept.until))
    why = _WHYS.get(kept.why_unknown)
    if kept.why_unknown and why is None:
        raise ValueError(f"“{kept.why_unknown}” is no reason why {name} is unknown")
    rung = Rung[kept.rung.upper()] if kept.rung else Rung.LIVE
    value = None if why else _value(name, kept, catalogue[name].kind)
    return Reading(name, value, as_of, until, kept.source, why, rung)


def _value(name: str, kept: Kept, kind: Kind) -> Any:
    if kept.empty:
        return EMPTY
    value, fitting = kept.value, isinstance(kept.value, WRITTEN.get(kind, str))
    if not fitting:
        raise ValueError(f"what it says of {name} is no {kind.value}")
    if kept.also:
        return Name(value, kept.also)
    return date.fromisoformat(value) if kind is Kind.DATE else value


def _finite(instant: float) -> float | None:
    """JSON knows no infinity."""
    return None if instant == FOREVER else instant


_WHYS: Final = {why.name.lower(): why for why in Why}

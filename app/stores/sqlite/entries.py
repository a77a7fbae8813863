"""The statements: entries of a recipient in and out of one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby
from operator import itemgetter

from app.engine.readings import FOREVER
from app.recipients.events import Outcome
from app.stores.erasures import ERASED, MARKED_S, SHUT, Marks
from app.stores.identities import refuse_clashes
from app.stores.pages import PERSON, Change, Found, by_recipient, fold, identities_of, measured, names_of
from app.stores.retention import KINDS, Moment

AT_ONCE = 64
"""Entries that one statement reads, or writes. There is one statement for each number of them, and each is prepared
once.
"""

_ANY_MARK = f"SELECT EXISTS (SELECT 1 FROM entries WHERE recipient = '{ERASED}')"
"""Asked first: mostly nobody was erased lately, and the names of marks are hashes."""

_ON_A_PAGE = "recipient = ? AND name = ?"
_ON_ANY_PAGE = "name GLOB 'event *' AND name = ?"
"""The last as its index says it."""

PAGES_AT_ONCE = 500
"""Recipients that are read together by who goes through all of them."""

_KINDS = " ".join(f"WHEN name GLOB '{kept.prefix}*' THEN :{kept.kind}" for kept in KINDS)
_OVER = f"until <= CASE {_KINDS} ELSE :at END"
"""Whether an entry is too old, by what time it is for its kind."""


def read(connection: sqlite3.Connection, recipient: str, names: Sequence[str], now: Moment) -> Found:
    """These entries; the quick way, since opens wait for it."""
    found: dict[str, bytes] = {}
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        values = connection.execute(_reading(len(some)), (recipient, *some, *now.each(some))).fetchone()
        found.update({name: value for name, value in zip(some, values, strict=True) if value is not None})
    return found


def page(connection: sqlite3.Connection, recipient: str, now: Moment) -> Found:
    """All entries of a recipient."""
    every = "SELECT name, value, until FROM entries WHERE recipient = ?"
    return now.left(connection.execute(every, (recipient,)))


def pages(connection: sqlite3.Connection, after: str | None, now: Moment) -> Iterator[tuple[str, Found]]:
    """The pages of the next recipients in their order, those that hold nothing any more included."""
    beyond, given = ("", ()) if after is None else ("WHERE recipient > ?", (after,))
    some = f"SELECT DISTINCT recipient FROM entries {beyond} ORDER BY recipient LIMIT {PAGES_AT_ONCE}"
    every = f"SELECT recipient, name, value, until FROM entries WHERE recipient IN ({some}) ORDER BY recipient"
    for recipient, rows in groupby(connection.execute(every, given), itemgetter(0)):
        yield recipient, now.left(entry for _, *entry in rows)


def amend(connection: sqlite3.Connection, changes: Sequence[Change], now: Moment, marks: Marks) -> list[Outcome]:
    """Apply changes inside a transaction; everything is folded before anything is written. Raises Clash."""
    outcomes = dict.fromkeys(_refused(connection, changes, now), Outcome.NOT_PERMITTED)
    rows: list[tuple[str, str, bytes, float]] = []
    turns = by_recipient(changes, outcomes)
    erasures = any(change.asked_at is not None for change in changes) and connection.execute(_ANY_MARK).fetchone()[0]
    for (recipient, positions), found in zip(turns.items(), _found(connection, changes, turns, now), strict=True):
        mine = [changes[position] for position in positions]
        left = read(connection, ERASED, marks.of(recipient), now).values() if erasures else ()
        folded = fold(mine, found, now.at, left)
        outcomes.update(zip(positions, folded.outcomes, strict=True))
        rows.extend((recipient, name, *entry) for name, entry in folded.written.items())
    write(connection, rows)
    return [outcomes[position] for position in range(len(changes))]


def write(connection: sqlite3.Connection, rows: Sequence[tuple[str, str, bytes, float]]) -> None:
    """Keep entries: recipient, name, value, until."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        connection.execute(_writing(len(some)), tuple(chain.from_iterable(some)))


def mark(connection: sqlite3.Connection, names: Sequence[str], said: bytes, now: float) -> None:
    """Leave marks of erasures under these names."""
    write(connection, [(ERASED, name, said, now + MARKED_S) for name in names])


def erase(connection: sqlite3.Connection, recipients: Sequence[str], marks: Sequence[str], now: float) -> list[Found]:
    """Remove all entries of these, and shut their pages; answers the entries, in their order."""
    mark(connection, marks, SHUT, now)
    every = "DELETE FROM entries WHERE recipient = ? RETURNING name, value"
    return [dict(connection.execute(every, (recipient,)).fetchall()) for recipient in recipients]


def ended(connection: sqlite3.Connection, now: Moment) -> Iterator[int]:
    """The rows that are too old by now: what happened by their index, people by a walk through all."""
    for those in ("name <> 'person' AND until <= :latest", "name = 'person'"):
        for (row,) in connection.execute(f"SELECT rowid FROM entries WHERE {those} AND {_OVER}", _times(now)):
            yield row


def first_ends(connection: sqlite3.Connection) -> Iterator[float | None]:
    """When the first of each kind ends that is kept for a time; None where there is none."""
    firsts = ", ".join("min(until) FILTER (WHERE name GLOB ?)" for _ in KINDS)
    patterns = [f"{kept.prefix}*" for kept in KINDS]
    yield from connection.execute(f"SELECT {firsts} FROM entries WHERE until < ?", (*patterns, FOREVER)).fetchone()


def forget(connection: sqlite3.Connection, rows: Sequence[int], now: Moment) -> int:
    """Remove those of these rows that are still too old; answers how many that were."""
    still, times = f"DELETE FROM entries WHERE rowid = :row AND {_OVER}", _times(now)
    return connection.executemany(still, [{"row": row, **times} for row in rows]).rowcount


def _found(
    connection: sqlite3.Connection, changes: Sequence[Change], turns: Mapping[str, Sequence[int]], now: Moment
) -> Iterator[Found]:
    """What each recipient's changes have to see. An id that is held is on their own page, since none clashes."""
    seen = {recipient: names_of(changes[position] for position in mine) for recipient, mine in turns.items()}
    held = _held(connection, changes, now)
    asked = [(recipient, name) for recipient, names in seen.items() for name in names if name not in held]
    known = dict(zip(asked, _values(connection, _ON_A_PAGE, asked, now), strict=True))
    for recipient, names in seen.items():
        values = ((name, held[name] if name in held else known[recipient, name]) for name in names)
        yield {name: value for name, value in values if value is not None}


def _held(connection: sqlite3.Connection, changes: Sequence[Change], now: Moment) -> Mapping[str, bytes | None]:
    """The digest of each id that these have, on whichever page it is, None for one that is free; raises Clash."""
    identities = identities_of(changes)
    names = list({name: None for name, _ in identities.values()})
    held = dict(zip(names, _values(connection, _ON_ANY_PAGE, [(name,) for name in names], now), strict=True))
    refuse_clashes(identities, {name: digest for name, digest in held.items() if digest is not None})
    return held


def _refused(connection: sqlite3.Connection, changes: Sequence[Change], now: Moment) -> list[int]:
    """The positions of changes whom somebody refused who is asked for them."""
    asked = list(dict.fromkeys(change.asks for change in changes if change.asks))
    persons = _values(connection, _ON_A_PAGE, [(who, PERSON) for who in asked], now)
    no = {who for who, person in zip(asked, persons, strict=True) if person and not measured({PERSON: person})}
    return [position for position, change in enumerate(changes) if change.asks in no]


def _times(now: Moment) -> Mapping[str, float]:
    """What time it is for each kind, and for what is of none."""
    return {"at": now.at, "latest": now.latest} | {kept.kind: now.of(kept.prefix) for kept in KINDS}


def _values(
    connection: sqlite3.Connection, where: str, asked: Sequence[tuple[str, ...]], now: Moment
) -> Iterator[bytes | None]:
    """The value of each entry that is asked for, None where there is none. `where` has a ? for each part of them."""
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        timed = chain.from_iterable((*one, now.of(one[-1])) for one in some)
        yield from connection.execute(_selecting(where, len(some)), tuple(timed)).fetchone()


@cache
def _reading(names: int) -> str:
    """One row with a value for each name: it takes half the time of an IN, of which SQLite makes a table first."""
    one = "(SELECT value FROM entries WHERE recipient = ?1 AND name = ?{} AND until > ?{})"
    return f"SELECT {', '.join(one.format(place, place + names) for place in range(2, names + 2))}"


@cache
def _writing(entries: int) -> str:
    """So many rows at once: at each statement the interpreter is given away, and has to be waited for."""
    return (
        f"INSERT INTO entries (recipient, name, value, until) VALUES {', '.join(['(?, ?, ?, ?)'] * entries)}"
        " ON CONFLICT (recipient, name) DO UPDATE SET value = excluded.value, until = excluded.until"
    )


@cache
def _selecting(where: str, entries: int) -> str:
    """The same for entries on any page."""
    return f"SELECT {', '.join([f'(SELECT value FROM entries WHERE {where} AND until > ?)'] * entries)}"

"""Filling an outcome: fields, captions, link and alt in the recipient's language, with what they rest on.

A text that reads an unknown gives way to its next alternative, then to the field's default; a required field that
nothing can fill makes the outcome incomplete. Parts are decided when a text asks for one, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.engine.facts import Facts
from app.engine.readings import EMPTY, FOREVER
from app.engine.rules import LANGUAGE, RULE, Outcome, Part, Row, Ruleset
from app.engine.scripts import Captions, Fields, Line, Script
from app.engine.verdicts import PENDING, YES
from app.engine.words import Bound, Fixed, Passing, Words


@dataclass(frozen=True, slots=True)
class Filled:
    """An outcome made of values. With `wants` it is not finished; `complete` says that it lacks no required field, as
    an outcome that shows nothing never does.

    A `steady` one is the same at every open: it rests on no reading, and asked no part, whose rows may go by the clock.
    """

    fields: Fields
    captions: Captions
    link: str
    alt: str
    nothing: bool
    complete: bool
    until: float
    reads: int
    wants: int
    steady: bool


class Filling:
    """One attempt to fill one outcome for one opening; it gathers horizon, reads and wants as it goes."""

    def __init__(self, ruleset: Ruleset, facts: Facts, rule: str) -> None:
        self._ruleset = ruleset
        self._facts = facts
        self._rule = rule
        self._until = FOREVER
        self._reads = 0
        self._wants = 0
        self._language: str | None = None
        self._said: dict[str, Any] = {}
        self._rows: dict[str, Row | None] = {}
        self._fields: dict[str, Any] = {}

    def fill(self, outcome: Outcome) -> Filled:
        """Everything the outcome says."""
        ruleset = self._ruleset
        rows = tuple([self._row(name) for name in outcome.takes]) if outcome.takes else ()
        language = self._in_language() if ruleset.language_matters(outcome) else ""
        script = ruleset.script(self._rule, outcome, rows, language)
        if script.settled is not None:
            self._fields.update(script.settled[0])
            return self._filled(outcome, script, *script.settled)
        complete = True
        for name, required, line in script.fields:
            value = self._say(line) if line.alternatives else line.ready
            if value is not None and value != "":
                self._fields[name] = value
            elif required:
                complete = False
        captions = tuple([(layer, text) for layer, line in script.captions if (text := self._say(line)) is not None])
        return self._filled(outcome, script, tuple(self._fields.items()), captions, complete)

    def _filled(self, outcome: Outcome, script: Script, fields: Fields, captions: Captions, complete: bool) -> Filled:
        link, alt = self._say(script.link), self._say(script.alt)
        return Filled(
            fields,
            captions,
            "" if link is None else str(link),
            "" if alt is None else str(alt),
            outcome.nothing,
            complete or outcome.nothing,
            self._until,
            self._reads,
            self._wants,
            self._until == FOREVER and not (self._reads or self._wants or self._rows),
        )

    def _say(self, line: Line) -> Any:
        """The first alternative that can be said; None if none can."""
        for alternative in line.alternatives:
            value = alternative.value if isinstance(alternative, Fixed) else self._produce(alternative)
            if value is not None:
                return value
        return line.ready

    def _produce(self, bound: Bound) -> Any:
        known: dict[str, Any] = {}
        for name in bound.signals:
            value = self._known(name)
            if value is not None:
                known[name] = value
        for name in bound.parts:
            value = self._part(name)
            if value is not None:
                known[name] = value
        for name in bound.fields:
            if name in self._fields:
                known[name] = self._fields[name]
        if self._wants:
            return None
        known[RULE] = self._rule
        said = bound.produce(known)
        return self._by_now(said) if said.__class__ is Passing else said

    def _by_now(self, said: Passing) -> Any:
        """What is said at this moment of something that passes, perhaps to something that passes, too."""
        while self._facts.now >= said.at:
            if said.then.__class__ is not Passing:
                return said.then
            said = said.then
        self._until = min(self._until, said.at)
        return said.value

    def _known(self, name: str) -> Any:
        """A signal's value, None where it is unknown or pending; empty is the empty text."""
        bit = self._ruleset.catalogue.bits[name]
        reading = self._facts.readings.get(name)
        if reading is None:
            self._wants |= bit
            return None
        self._reads |= bit
        self._until = min(self._until, reading.until)
        if self._ruleset.catalogue[name].runs:
            self._until = min(self._until, self._facts.end_of_minute())
        return "" if reading.value is EMPTY else reading.value

    def _in_language(self) -> str:
        if self._language is None:
            value = self._known(LANGUAGE)
            self._language = value if isinstance(value, str) else ""
        return self._language

    def _part(self, name: str) -> Any:
        if name not in self._said:
            row = self._row(name)
            self._said[name] = None if row is None else self._say(self._spoken(row.say))
        return self._said[name]

    def _row(self, name: str) -> Row | None:
        """The row of a part that applies, decided once."""
        if name not in self._rows:
            self._rows[name] = self._judged(self._ruleset.parts[name])
        return self._rows[name]

    def _judged(self, part: Part) -> Row | None:
        for row in part.rows:
            verdict = row.condition.judge(self._facts)
            if verdict.truth == PENDING:
                self._wants |= verdict.wants
                continue
            self._until = min(self._until, verdict.until)
            self._reads |= verdict.reads
            if verdict.truth == YES:
                return row
        return None

    def _spoken(self, words: Words) -> Line:
        """What a part says, in the reader's language where that matters."""
        return self._ruleset.line(words, self._in_language() if words.depends_on_language else "")

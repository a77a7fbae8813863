"""The meaning of a decision, written as plainly as it goes: every rule asked, every word said anew, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.engine.facts import Facts
from app.engine.lottery import HELD_OUT
from app.engine.readings import EMPTY
from app.engine.rules import OTHERWISE, UNKNOWN, Outcome, Row, Ruleset
from app.engine.verdicts import UNKNOWN as IN_DOUBT, YES
from app.engine.words import NOTHING_SAID, Bound, Fixed, Words

Said = tuple[tuple[tuple[str, Any], ...], tuple[tuple[int, Any], ...], str, str, bool]


class PlainFilling:
    """One outcome for one open of which everything is told."""

    def __init__(self, ruleset: Ruleset, facts: Facts, rule: str) -> None:
        self._ruleset, self._facts, self._rule = ruleset, facts, rule
        self._fields: dict[str, Any] = {}
        self.complete = True

    def fill(self, outcome: Outcome) -> Said:
        """Fields, captions, link, alt, and whether nothing is shown."""
        ruleset, shown = self._ruleset, dict[str, Words]()
        for part in outcome.takes:
            shown |= self._shown(part)
        shown |= outcome.fields
        for field in ruleset.fields:
            value = self._first(shown.get(field.name, NOTHING_SAID), field.default)
            if value is not None and value != "":
                self._fields[field.name] = value
            elif field.required:
                self.complete = False
        self.complete |= outcome.nothing
        captions = tuple((layer, self._first(words)) for layer, words in ruleset.captions.items())
        return (
            tuple(self._fields.items()),
            tuple((layer, text) for layer, text in captions if text is not None),
            str(self._first(outcome.link, ruleset.otherwise.link) or ""),
            str(self._first(outcome.alt, ruleset.alt) or ""),
            outcome.nothing,
        )

    def _first(self, *candidates: Words) -> Any:
        for words in candidates:
            language = self._value("open.language") if words.depends_on_language else ""
            for alternative in words.in_language(language or ""):
                value = alternative.value if isinstance(alternative, Fixed) else self._produced(alternative)
                if value is not None:
                    return value
        return None

    def _produced(self, bound: Bound) -> Any:
        known = {name: self._value(name) for name in bound.signals}
        known |= {name: self._spoken(name) for name in bound.parts}
        known |= {name: self._fields.get(name) for name in bound.fields}
        told = {name: value for name, value in known.items() if value is not None}
        return bound.produce({**told, "open.rule": self._rule})

    def _value(self, signal: str) -> Any:
        value = self._facts.readings[signal].value
        return "" if value is EMPTY else value

    def _spoken(self, part: str) -> Any:
        row = self._row(part)
        return None if row is None else self._first(row.say)

    def _shown(self, part: str) -> Mapping[str, Words]:
        row = self._row(part)
        return {} if row is None else row.show

    def _row(self, part: str) -> Row | None:
        rows = self._ruleset.parts[part].rows
        return next((row for row in rows if row.condition.judge(self._facts).truth == YES), None)


def plainly(ruleset: Ruleset, facts: Facts) -> tuple[Any, ...]:
    """The rule that wins and what it says, by the sentences of the language and nothing else."""
    doubt = False
    held = ruleset.holdout is not None and facts.readings[ruleset.holdout.signal].value == HELD_OUT
    for rule in () if held else ruleset.rules:
        truth = rule.condition.judge(facts).truth
        filling = PlainFilling(ruleset, facts, rule.name)
        if truth == YES:
            answer = filling.fill(rule.outcome)
            if filling.complete:
                return rule.name, *answer
        doubt = doubt or truth in (YES, IN_DOUBT)
    if doubt and ruleset.unknown is not None:
        return UNKNOWN, *PlainFilling(ruleset, facts, UNKNOWN).fill(ruleset.unknown)
    return OTHERWISE, *PlainFilling(ruleset, facts, OTHERWISE).fill(ruleset.otherwise)

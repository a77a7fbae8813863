"""What must agree within a campaign: names, rows of parts, phases and moments, what examples expect.

Like all checks here it looks at documents that may have been mended; what has been complained about stays quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from app.authoring.documents.campaign import Campaign, Example, PartRow
from app.authoring.documents.common import Outcome
from app.authoring.documents.kinds import moment
from app.authoring.documents.refusals import shown
from app.authoring.problems import Problems
from app.authoring.suggest import closest, did_you_mean
from app.authoring.unread import may_declare
from app.authoring.yamlsource import Path, Source
from app.engine.written import parse_moment

OUTCOMES: Final = ("otherwise", "unknown")
"""What is shown when no rule fires, as examples name it."""

Say = Callable[..., None]


def check_campaign(campaign: Campaign, source: Source, problems: Problems) -> None:
    """Everything that must agree within one campaign."""
    say = partial(source.complain, problems)
    for place, name in enumerate(campaign.placeholder):
        if name in campaign.placeholder[:place]:
            say(("placeholder", place), "duplicate-name", f"“{name}” stands here twice", remedy="keep one of them")
    _check_phases(say, campaign)
    _check_parts(say, campaign)
    _check_rules(say, campaign, source)
    for place, example in enumerate(campaign.examples):
        _check_example(say, ("examples", place), example, campaign, source)


def _check_phases(say: Say, campaign: Campaign) -> None:
    before: tuple[str, str] | None = None
    for name, at in campaign.phases.items():
        if before and _is_later(before[1], at, same_too=True):
            message = f"the phase “{name}” does not begin after “{before[0]}”, which stands above it"
            say(("phases", name), "wrong-order", message, remedy="write phases in the order in which they begin")
        before = name, at


def _check_parts(say: Say, campaign: Campaign) -> None:
    for name, rows in campaign.parts.items():
        path = ("parts", name)
        if not rows:
            say(path, "part-row", f"the part “{name}” has no rows", remedy="add “- say: …”", key=True)
        for place, row in enumerate(rows):
            _check_row(say, (*path, place), row, last=place == len(rows) - 1)
        gives = [row.show is not None for row in rows if (row.say is None) != (row.show is None)]
        if len(set(gives)) > 1:
            place = gives.index(not gives[0])
            message = "some rows of this part say a word and others show fields"
            say((*path, place), "part-row", message, remedy="make two parts of it")


def _check_row(say: Say, path: Path, row: PartRow, *, last: bool) -> None:
    if row.say is None and row.show is None:
        say(path, "part-row", "this row neither says nor shows anything", remedy="add “say: …” or “show: {…}”")
    if row.say is not None and row.show is not None:
        say((*path, "show"), "part-row", "a row either says a word or shows fields", remedy="delete one", key=True)
    if last and row.when is not None:
        remedy = "add a last row without it, for when none of the others fits"
        say((*path, "when"), "part-row", "the last row of a part has no “when”", remedy=remedy, key=True)
    if not last and row.when is None:
        message = "this row has no “when”, so the rows below it can never be reached"
        say(path, "part-row", message, remedy="add “when: …”, or make it the last row")


def _check_rules(say: Say, campaign: Campaign, source: Source) -> None:
    first: dict[str, int] = {}
    for place, rule in enumerate(campaign.rules):
        path: Path = ("rules", place)
        if rule.name in first:
            line = source.place(("rules", first[rule.name], "name")).line
            message = f"a rule of the name “{rule.name}” stands above"
            say((*path, "name"), "duplicate-name", message, remedy=f"it is on line {line}; rename one of them")
        first.setdefault(rule.name, place)
        start = _check_moment(say, (*path, "from"), rule.from_, campaign, source)
        end = _check_moment(say, (*path, "until"), rule.until, campaign, source)
        if start and end and _is_later(start, end, same_too=False):
            message = "this rule ends before it begins"
            say((*path, "until"), "wrong-order", message, remedy="swap “from” and “until”")
        _check_takes(say, path, rule, campaign, source)
    _check_takes(say, ("otherwise",), campaign.otherwise, campaign, source)
    if isinstance(campaign.unknown, Outcome):
        _check_takes(say, ("unknown",), campaign.unknown, campaign, source)


def _check_moment(say: Say, path: Path, written: str | None, campaign: Campaign, source: Source) -> str | None:
    """The moment that is meant, as a date or time; phases are looked up."""
    if written is None or written in campaign.phases:
        return None if written is None else campaign.phases[written]
    try:
        return moment(written)
    except ValueError as error:
        if may_declare(source, ("phases",), written):
            return None
        context: dict[str, Any] = getattr(error, "context", None) or {}
        nearest = closest(written, campaign.phases)
        remedy = f"did you mean the phase “{nearest}”?" if nearest else context.get("remedy", "")
        word = not any(letter.isdigit() for letter in written)
        message = f"{shown(written)} is neither a moment nor a phase" if word else context.get("message", str(error))
        say(path, "not-a-moment", message, remedy=remedy)
        return None


def _check_takes(say: Say, path: Path, outcome: Outcome, campaign: Campaign, source: Source) -> None:
    for place, name in enumerate(outcome.takes):
        where = (*path, "with", place)
        rows = campaign.parts.get(name)
        if may_declare(source, ("parts",), name):
            continue
        if rows is None:
            remedy = did_you_mean(name, campaign.parts, else_say="parts are") or "write it under “parts:”"
            say(where, "unknown-choice", f"there is no part {shown(name)}", remedy=remedy)
        elif rows and all(row.show is None for row in rows):
            remedy = f"use it in a text, as {{{{ {name} }}}}"
            say(where, "option-mismatch", f"the part “{name}” says a word and gives no fields", remedy=remedy)


def _check_example(say: Say, path: Path, example: Example, campaign: Campaign, source: Source) -> None:
    expected = example.expect
    if not expected.model_fields_set:
        say((*path, "expect"), "empty-value", "nothing is expected here", remedy="write “expect: {rule: …}”", key=True)
    names: Sequence[str] = (*(rule.name for rule in campaign.rules), *OUTCOMES)
    if not (expected.rule is None or expected.rule in names or may_declare(source, ("rules",), expected.rule)):
        remedy = did_you_mean(expected.rule, names, else_say="rules are")
        say((*path, "expect", "rule"), "unknown-choice", f"there is no rule {shown(expected.rule)}", remedy=remedy)
    at = example.given.get("at")
    if isinstance(at, str):
        _check_moment(say, (*path, "given", "at"), at, campaign, source)


def _is_later(one: str, other: str, *, same_too: bool) -> bool:
    """Whether the first moment is surely after the second; unsure where only one of them has an offset."""
    first, second = parse_moment(one).at, parse_moment(other).at
    if not same_too:
        second = parse_moment(other).end
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first >= second
    if isinstance(first, float) and isinstance(second, float):
        return first >= second
    return False

"""Rules that never fill a field that their placeholder requires: they count as unknown, whoever opens the mail.

Only what can be said under no circumstances is told; a text that sometimes gives way is what `required` is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.authoring.compiled import CompiledCampaign
from app.authoring.problems import Problems, Severity
from app.authoring.yamlsource import Path
from app.engine.rules import Field, Outcome, Ruleset
from app.engine.scripts import line
from app.engine.words import NOTHING_SAID, Words


def never_filled(campaigns: Sequence[CompiledCampaign], problems: Problems) -> None:
    """Tell of them; `campaigns` are the compiled forms of one. One that some placeholder shows is a doubt only."""
    source = campaigns[0].source
    if source is None:
        return
    for place, rule in enumerate(campaigns[0].preview.rules):
        found = [(form.preview.placeholder, _lacks(form.preview, place)) for form in campaigns]
        lacking = [(placeholder, field) for placeholder, field in found if field]
        for placeholder, field in lacking[:1]:
            path: Path = ("rules", place, "show", field)
            path = path if path in source.places else ("rules", place, "name")
            message = f"the rule “{rule.name}” is never shown in {placeholder}: “{field}” is required and stays empty"
            remedy = f"write “{field}: …” under its show:, or a default: in placeholders/{placeholder}.yaml"
            severity: Severity = "problem" if lacking == found else "warning"
            source.complain(problems, path, "never-filled", message, remedy=remedy, severity=severity)


def _lacks(ruleset: Ruleset, place: int) -> str:
    """The first required field that the rule at this place never fills; one that shows nothing lacks nothing."""
    outcome = ruleset.rules[place].outcome
    required = [] if outcome.nothing else [field for field in ruleset.fields if field.required]
    return next((field.name for field in required if not _may_fill(ruleset, outcome, field)), "")


def _may_fill(ruleset: Ruleset, outcome: Outcome, field: Field) -> bool:
    return any(_may_say(words, field.default) for words in _sayings(ruleset, outcome, field.name))


def _sayings(ruleset: Ruleset, outcome: Outcome, field: str) -> Iterator[Words]:
    """What an outcome may want to say in a field, itself or by any row of the parts it takes over."""
    if field in outcome.fields:
        yield outcome.fields[field]
        return
    yield NOTHING_SAID
    for part in outcome.takes:
        yield from (row.show[field] for row in ruleset.parts[part].rows if field in row.show)


def _may_say(words: Words, default: Words) -> bool:
    """Whether anything may come of it in any language; an empty text is meant, and keeps the default away."""
    languages = ("", *words.by_language, *default.by_language)
    laid = [line((words, default), language, {}) for language in languages]
    return any(one.alternatives or one.ready not in (None, "") for one in laid)

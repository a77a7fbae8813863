"""Rules and rows that can never fire, told to the editor: contradictions are mistakes, shadows are doubts.

A campaign may fill several placeholders; only what can fire in none of them is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.authoring.compiled import CompiledCampaign
from app.authoring.insight.regions import Map
from app.authoring.insight.shadows import Candidate, Contradictory, Fate, Shadowed, fates
from app.authoring.problems import Problems
from app.authoring.yamlsource import Path, Source
from app.engine.rules import Rule, Ruleset
from app.engine.words import Fixed, Words


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of conditions in a file, of which the first that says yes wins: the rules, or the rows of a part."""

    path: Path
    candidates: tuple[Candidate, ...]


def never_firing(campaigns: Sequence[CompiledCampaign], problems: Problems) -> None:
    """Tell what can never fire in one campaign; `campaigns` are its compiled forms, one a placeholder."""
    source = campaigns[0].source
    if source is None:
        return
    found = [list(_fates(campaign)) for campaign in campaigns]
    for forms in zip(*found, strict=True):
        listed, doomed = forms[0]
        for place, candidate in enumerate(listed.candidates):
            if all(candidate.name in others for _, others in forms):
                _tell(source, problems, (*listed.path, place), candidate.name, doomed[candidate.name])


def _fates(campaign: CompiledCampaign) -> Iterator[tuple[Listed, dict[str, Fate]]]:
    reader = Map(campaign.ruleset.catalogue)
    for listed in lists_of(campaign):
        yield listed, fates(listed.candidates, reader)


def lists_of(campaign: CompiledCampaign) -> Iterator[Listed]:
    """The lists of conditions in a campaign. Drafts can be shadowed but shadow nothing, since they are never served."""
    served = {rule.name for rule in campaign.ruleset.rules}
    ruleset = campaign.preview
    rules = (
        Candidate(f"rule “{rule.name}”", rule.condition, rule.name in served and _surely_shown(rule, ruleset))
        for rule in ruleset.rules
    )
    yield Listed(("rules",), tuple(rules))
    for part in ruleset.parts.values():
        rows = [Candidate(f"row {place + 1}", row.condition) for place, row in enumerate(part.rows)]
        yield Listed(("parts", part.name), tuple(rows[:-1]))  # the last is there for when none of the others fits


def _surely_shown(rule: Rule, ruleset: Ruleset) -> bool:
    """Whether the rule can always fill the required fields; where it cannot, the search goes on below it."""
    takes = bool(rule.outcome.takes)
    return rule.outcome.nothing or all(
        _surely_says(rule.outcome.fields[field.name])
        if field.name in rule.outcome.fields
        else not takes and _surely_says(field.default)
        for field in ruleset.fields
        if field.required
    )


def _surely_says(words: Words) -> bool:
    """Whether the first alternative of every language is a fixed value, so that none gives way."""
    firsts = [next(iter(alternatives), None) for alternatives in words.by_language.values()]
    return bool(firsts) and all(isinstance(first, Fixed) and first.value != "" for first in firsts)


def _tell(source: Source, problems: Problems, path: Path, name: str, fate: Fate) -> None:
    match fate:
        case Contradictory():
            where = (*path, "when") if (*path, "when") in source.places else path
            message = f"the {name} can never fire: {_clash(fate)}"
            alike = len({clause.split(" ")[0] for clause in fate.clash}) < len(fate.clash)
            remedy = "any: [...] asks for one of several" if alike else "change one of its conditions"
            source.complain(problems, where, "contradictory", message, remedy=remedy)
        case Shadowed():
            where = (*path, "name") if (*path, "name") in source.places else path
            message = f"the {name} never fires: whenever it would, the {_either(fate.by)} above it does"
            remedy = f"put it above the {fate.by[0]}, or let that one ask for more"
            source.complain(problems, where, "shadowed", message, remedy=remedy, severity="warning")


def _clash(fate: Contradictory) -> str:
    if len(fate.clash) > 1:
        return f"“{fate.clash[0]}” and “{fate.clash[1]}” exclude each other"
    return f"“{fate.clash[0]}” never holds" if fate.clash else "its conditions exclude each other"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"

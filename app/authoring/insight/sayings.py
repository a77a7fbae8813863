"""Every text that a placeholder may show, with its place and the layers that show it.

The defaults of its fields, what rules and parts fill in, and what layers carry themselves. A site without mistakes is
taken for granted: then what was compiled stands beside what was written, one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.authoring.compiled import CompiledCampaign, CompiledPlaceholder, CompiledSite
from app.authoring.documents.common import spoken
from app.authoring.insight.samples import Guess, Samples, ordinary
from app.authoring.problems import Problems
from app.authoring.yamlsource import Path, Source
from app.engine.rules import OTHERWISE, UNKNOWN, Outcome
from app.engine.words import Fixed, Words


@dataclass(frozen=True, slots=True)
class Saying:
    """One text where it stands: at its longest, whether it always says that, and in which layers it is set.

    `whose` names the rule, or whatever else it belongs to; `language` is empty where it serves all. `complain` makes a
    problem at its place, of a code, a message, and what else problems have. `written` is what the editor wrote there;
    empty for what tiles say of an item.
    """

    complain: Callable[..., None]
    whose: str
    language: str
    text: str
    steady: bool
    layers: tuple[Any, ...]
    written: str = ""


def sayings(placeholder: CompiledPlaceholder, site: CompiledSite, guess: Guess = ordinary) -> Iterator[Saying]:
    """Everything that is set in words, but in tiles; the site's first language stands for all.

    `guess` stands for the texts that only an open brings.
    """
    for campaign in placeholder.campaigns.values():
        samples = Samples(placeholder, campaign.preview, guess)
        yield from _Reader(placeholder, campaign, site.document.languages[0], samples).read()


class _Reader:
    def __init__(
        self, placeholder: CompiledPlaceholder, campaign: CompiledCampaign, language: str, samples: Samples
    ) -> None:
        self._placeholder = placeholder
        self._campaign = campaign
        self._language = language
        self._samples = samples
        self._layers: dict[str, tuple[Any, ...]] = {}
        for laid in placeholder.layers:
            if laid.tile is None and (name := laid.layer.field) is not None:
                self._layers[name] = (*self._layers.get(name, ()), laid.layer)

    def read(self) -> Iterator[Saying]:
        """Defaults, captions, and what the campaign fills in."""
        ruleset, own = self._campaign.preview, self._placeholder.source
        for field in ruleset.fields:
            if layers := self._layers.get(field.name):
                path: Path = ("fields", field.name, "default")
                yield from self._said(own, path, f"the default of {field.name}", field.default, layers)
        for index, words in ruleset.captions.items():
            laid = self._placeholder.layers[index]
            if laid.tile is None and getattr(laid.layer, "text", None) is not None:
                number = ".".join(str(step + 1) for step in laid.path if isinstance(step, int))
                yield from self._said(own, (*laid.path, "text"), f"layer {number}", words, (laid.layer,))
        if self._campaign.source is not None:
            for path, whose, shown in self._shown():
                for name, words in shown.items():
                    layers = self._layers.get(name, ())
                    yield from self._said(self._campaign.source, (*path, "show", name), whose, words, layers)

    def _shown(self) -> Iterator[tuple[Path, str, Mapping[str, Words]]]:
        """What fills fields: rules, the two outcomes without one, rows of parts."""
        ruleset = self._campaign.preview
        for place, rule in enumerate(ruleset.rules):
            yield ("rules", place), f"rule {rule.name}", rule.outcome.fields
        others: list[tuple[str, Outcome | None]] = [(OTHERWISE, ruleset.otherwise), (UNKNOWN, ruleset.unknown)]
        for name, outcome in others:
            if outcome is not None:
                yield (name,), name, outcome.fields
        for part in ruleset.parts.values():
            for place, row in enumerate(part.rows):
                yield ("parts", part.name, place), f"part {part.name}", row.show

    def _said(self, source: Source, path: Path, whose: str, words: Words, layers: tuple[Any, ...]) -> Iterator[Saying]:
        """The alternatives of some words; compiled and written stand in the same order."""
        if not layers or not words.by_language:
            return
        laid = spoken(source.at(path), path)
        for language, alternatives in words.by_language.items():
            for alternative, (written, place) in zip(alternatives, laid.get(language, ()), strict=False):
                text = self._samples.longest(alternative, language or self._language)
                steady = isinstance(alternative, Fixed)
                yield Saying(_complaining(source, place), whose, language, text, steady, layers, written)


def _complaining(source: Source, path: Path) -> Callable[..., None]:
    def complain(problems: Problems, code: str, message: str, **more: Any) -> None:
        source.complain(problems, path, code, message, **more)

    return complain

"""Texts that would be cut in their box, letters that no font has, codes that there are not: asked of the painters."""

from __future__ import annotations

from typing import Any

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.documents.refusals import shown
from app.authoring.examples import Ran
from app.authoring.insight.items import item_sayings
from app.authoring.insight.samples import hardest
from app.authoring.insight.sayings import Saying, sayings
from app.authoring.problems import Problems, Severity
from app.authoring.toolbox import Preflight


def fitting(placeholder: CompiledPlaceholder, site: CompiledSite, preflight: Preflight, problems: Problems) -> None:
    """Tell of every text that does not fit, or cannot be drawn whole."""
    items = tuple(item_sayings(placeholder, site))
    for saying in items:
        _refused(saying, preflight, problems, severity="warning")
    for saying in (*sayings(placeholder, site), *items):
        if not saying.text.strip():
            continue
        if missing := {letter for layer in saying.layers for letter in preflight.missing(layer, saying.text)}:
            _missing(saying, "".join(sorted(missing)), problems)
        if any(preflight.overflows(layer, saying.text) for layer in saying.layers):
            _overflow(saying, placeholder.name, problems)


def refusing(placeholder: CompiledPlaceholder, site: CompiledSite, preflight: Preflight, problems: Problems) -> None:
    """Tell of every fixed text that a layer cannot show at all."""
    for saying in sayings(placeholder, site):
        if saying.steady and saying.text.strip():
            _refused(saying, preflight, problems)


def unencodable(placeholder: CompiledPlaceholder, site: CompiledSite, preflight: Preflight, problems: Problems) -> None:
    """Tell of every code that an open may bring a text to which no such code holds."""
    for saying in sayings(placeholder, site, hardest):
        for layer in saying.layers if not saying.steady and saying.text.strip() else ():
            if fault := preflight.refuses(layer, saying.text):
                message = f"{_of(saying)} may become what is no such code: {fault.rpartition('; ')[0]}"
                saying.complain(problems, "no-such-code", message, remedy=_bounding(layer), severity="warning")


def _bounding(layer: Any) -> str:
    """How to see to it that a layer is given nothing that it cannot hold."""
    if layer.field is None:
        return "show a field of type code instead, with a pattern:, a max_length: and a default:"
    return f"write pattern: or max_length: in the field {layer.field}; what does not fit gives way to its default"


def unsaid(placeholder: CompiledPlaceholder, site: CompiledSite, preflight: Preflight, problems: Problems) -> None:
    """Tell of every countdown that cannot say each deadline in words."""
    for laid in placeholder.layers:
        languages, zone = reversed(site.document.languages), site.document.time_zone
        found = {preflight.unsaid(laid.layer, language, zone): language for language in languages}
        for fault, language in found.items():
            if not fault:
                continue
            message, _, remedy = fault.partition("; ")
            said = f"the countdown, {language}: {message}"
            placeholder.source.complain(problems, laid.path, "bad-layer", said, remedy=remedy, key=True)


def fitting_example(ran: Ran, placeholder: CompiledPlaceholder, preflight: Preflight, problems: Problems) -> None:
    """Tell where an example comes to what a layer cannot show, so that its picture would be the fallback."""
    if ran.decision is None or ran.decision.nothing:
        return
    fields, captions = dict(ran.decision.fields), dict(ran.decision.captions)
    for index, laid in enumerate(placeholder.layers):
        content = placeholder.design.layers[index].content(fields, captions.get(index))
        if content is not None and (fault := preflight.refuses(laid.layer, content)):
            message, _, remedy = fault.rpartition("; ")
            said = f"{ran.example.name} shows the fallback of {placeholder.name}: {message}"
            where, source = (*ran.example.path, "given"), ran.example.source
            source.complain(problems, where, "no-such-code", said, remedy=remedy, severity="warning", key=True)
            return


def _missing(saying: Saying, letters: str, problems: Problems) -> None:
    message = f"{_of(saying)}: no font has {' '.join(letters)}, in {shown(saying.text)}"
    remedy = "write it with other letters"
    saying.complain(problems, "missing-glyph", message, remedy=remedy, severity="warning")


def _overflow(saying: Saying, placeholder: str, problems: Problems) -> None:
    when = "" if saying.steady else "when it becomes as long as "
    message = f"{_of(saying)} is cut in its box in {placeholder}, even at the least size, {when}{shown(saying.text)}"
    remedy = "shorten it, enlarge the box, or lower min_size"
    saying.complain(problems, "overflow", message, remedy=remedy, severity="warning")


def _refused(saying: Saying, preflight: Preflight, problems: Problems, severity: Severity = "problem") -> None:
    for fault in filter(None, (preflight.refuses(layer, saying.text) for layer in saying.layers)):
        message, _, remedy = fault.rpartition("; ")
        saying.complain(problems, "no-such-code", f"{_of(saying)}: {message}", remedy=remedy, severity=severity)


def _of(saying: Saying) -> str:
    spoken = f", {saying.language}" if saying.language else ""
    return f"the text of {saying.whose}{spoken}"

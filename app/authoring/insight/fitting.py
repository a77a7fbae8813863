"""Texts that would be cut in their box, and letters that no font has: asked of the typesetter that also paints."""

from __future__ import annotations

from app.authoring.compiled import CompiledPlaceholder
from app.authoring.documents.refusals import shown
from app.authoring.insight.sayings import Saying, sayings
from app.authoring.problems import Problems
from app.authoring.toolbox import Preflight


def fitting(
    placeholder: CompiledPlaceholder, languages: tuple[str, ...], preflight: Preflight, problems: Problems
) -> None:
    """Tell of every text that does not fit, or cannot be drawn whole."""
    for saying in sayings(placeholder, languages):
        if not saying.text.strip():
            continue
        if missing := {letter for layer in saying.layers for letter in preflight.missing(layer, saying.text)}:
            _missing(saying, "".join(sorted(missing)), problems)
        if any(preflight.overflows(layer, saying.text) for layer in saying.layers):
            _overflow(saying, placeholder.name, problems)


def _missing(saying: Saying, letters: str, problems: Problems) -> None:
    message = f"{_of(saying)}: no font has {' '.join(letters)}, in {shown(saying.text)}"
    remedy = "write it with other letters"
    saying.source.complain(problems, saying.path, "missing-glyph", message, remedy=remedy, severity="warning")


def _overflow(saying: Saying, placeholder: str, problems: Problems) -> None:
    when = "" if saying.steady else "when it becomes as long as "
    message = f"{_of(saying)} is cut in its box in {placeholder}, even at the least size, {when}{shown(saying.text)}"
    remedy = "shorten it, enlarge the box, or lower min_size"
    saying.source.complain(problems, saying.path, "overflow", message, remedy=remedy, severity="warning")


def _of(saying: Saying) -> str:
    spoken = f", {saying.language}" if saying.language else ""
    return f"the text of {saying.whose}{spoken}"

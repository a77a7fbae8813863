"""Countdowns that end a day earlier than was probably meant: a bare date in a field is the beginning of its day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.authoring.compiled import CompiledPlaceholder, CompiledSite
from app.authoring.insight.sayings import sayings
from app.authoring.problems import Problems
from app.engine.written import parse_date, parse_moment


def ending(placeholder: CompiledPlaceholder, site: CompiledSite, problems: Problems) -> None:
    """Tell of every bare date that fills the end of a countdown."""
    for saying in sayings(placeholder, site):
        if any(map(_counts_down, saying.layers)) and _bare_date(saying.written):
            day = saying.written.strip()
            message = f"the countdown ends at the beginning of {day}"
            remedy = f'write "{parse_date(day) + timedelta(days=1)} 00:00" to include that day, else "{day} 00:00"'
            saying.complain(problems, "ends-early", message, remedy=remedy, severity="warning")


def _counts_down(layer: Any) -> bool:
    """Whether a layer's field is its end, and not its beginning."""
    return getattr(layer, "meaning", "evergreen") != "evergreen"


def _bare_date(written: str) -> bool:
    try:
        return parse_moment(written).whole_day
    except ValueError:  # a template, or the name of a phase
        return False

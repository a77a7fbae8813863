"""The forms in which operands stand behind an operator: one value, or a range with both its ends.

What stands there is text still, or raises `Misread`; what it means is for the kind of the signal to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.authoring.grammar import Asking
from app.authoring.operands import Misread, Operand, each
from app.engine.signals import Signal


def scalar(raw: Any, example: str) -> str:
    """The one value that stands here, as text; raises Misread, with an example of what would be right."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        raise Misread("empty-value", "nothing stands here", f"write it like {example}")
    raise Misread("not-a-text", "one value is expected here", f"write it like {example}")


def ends(raw: Any, asking: Asking, read: Callable[[str, Any], Operand]) -> tuple[Operand, Operand]:
    """Both ends of a range, each as `read` makes it of `from` or `to` and of what stands there; raises Misread."""
    if isinstance(raw, dict) and set(raw) == {"from", "to"}:
        found = each(read, raw.items())
        return found["from"], found["to"]
    raise Misread("range-shape", "a range has a from and a to", f"write it like {asking.example}")


def turned(raw: Any, signal: Signal) -> Misread:
    """The mistake of a range whose end comes before its beginning."""
    remedy = "turn from and to round"
    if signal.name == "time.hour":
        remedy = "write time.clock: {between: {from: 22:00, to: 05:00}}, which may run through midnight"
    return Misread("range-turned", f"nothing lies between {as_written(raw)}", remedy)


def as_written(raw: Any) -> str:
    """An operand as the editor wrote it."""
    if isinstance(raw, list):
        return ", ".join(as_written(one) for one in raw)
    if isinstance(raw, dict):
        return " ".join(f"{key} {as_written(value)}" for key, value in raw.items())
    return "" if raw is None else str(raw)

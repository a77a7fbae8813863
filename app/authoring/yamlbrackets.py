"""What goes wrong with brackets and braces: one that is never closed, one that closes nothing, a comment in them.

Which of two that do not match is the mistake is told by their number: with too few closing ones, the opened one is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from app.authoring.yamlfault import Fault
from app.authoring.yamlslips import Misled, meant_as_text
from app.authoring.yamltext import Slip

_CLOSING: Final = {"[": "]", "{": "}"}
_LEAD: Final = re.compile(r"[ \t]*(?:- +)*")
"""Where the first key of a line stands: behind the dashes of its list."""


def comment_in_brackets(fault: Fault) -> Misled | None:
    """`{color: #fff}`: the comment swallowed the closing bracket, and YAML reads on in the lines below."""
    for opened in reversed(fault.brackets):
        if comment := re.search(r"[ \t](#\S)[^\n]*\n", fault.text[opened : fault.at]):
            at = opened + comment.start(1)
            start = fault.last.start_mark.index if fault.quoted_before(at) else at
            return Misled.by_comment(fault.text, start, at, in_flow=True)
    return None


def _colon_inside(fault: Fault) -> Misled | None:
    """A value in brackets that has a colon in it."""
    inside = fault.text[fault.since : fault.at]
    if not _is_in_brackets(fault) or fault.char != ":" or "\n" in inside:
        return None
    start = max(inside.rfind(mark) + len(mark) for mark in (": ", ", ", "{", "["))
    return meant_as_text(fault.text, fault.since + start, in_flow=True, at=fault.at)


def _does_not_match(fault: Fault) -> Misled | None:
    """`{box: [0, 0, 600, 300}`: a closing bracket meets an open one of the other kind."""
    opened = next((at for at in reversed(fault.brackets) if fault.text[at] in _CLOSING), None)
    if opened is None or fault.char not in ("]", "}") or _CLOSING[fault.text[opened]] == fault.char:
        return None
    end = fault.text.find("\n", fault.at)
    whole = fault.text[fault.brackets[0] : len(fault.text) if end < 0 else end]
    if sum(whole.count(mark) for mark in "]}") > sum(whole.count(mark) for mark in "[{"):
        return None
    return _unclosed(fault, opened, fault.at)


def _never_closed(fault: Fault) -> Misled | None:
    """The collection ends where the text does, or before the next line that is not indented below it."""
    opened = fault.since
    if not _is_in_brackets(fault):
        if fault.char or not fault.brackets:
            return None
        opened = fault.brackets[-1]
    inside = fault.text[opened : fault.at]
    if fault.text[opened] not in _CLOSING or ("\n" not in inside and fault.char.strip()):
        return None
    return _unclosed(fault, opened, _end_of(fault, opened))


def _closes_nothing(fault: Fault) -> Misled | None:
    if fault.char not in ("]", "}"):
        return None
    slip = Slip(fault.at, 1, "not-yaml", f"this {fault.char} closes nothing", "delete it, or quote the text")
    return Misled(slip, f"{fault.text[: fault.at]} {fault.text[fault.at + 1 :]}")


def _is_in_brackets(fault: Fault) -> bool:
    return "flow mapping" in fault.during or "flow sequence" in fault.during


def _unclosed(fault: Fault, opened: int, end: int) -> Misled:
    bracket = fault.text[opened]
    closing = _CLOSING[bracket]
    slip = Slip(opened, 1, "unclosed-bracket", f"this {bracket} is never closed", f"close it with {closing}")
    return Misled(slip, fault.text[:end] + closing + fault.text[end:])


def _end_of(fault: Fault, opened: int) -> int:
    """Where a collection ends that was not closed."""
    lead = _LEAD.match(fault.text, fault.line_start(opened))
    depth = len(lead[0]) if lead else 0
    outside = re.compile(rf"\n {{0,{depth}}}[^\s#\]}}]").search(fault.text, opened)
    end = outside.start() if outside else fault.line_start(fault.at) if fault.char else fault.at
    return max(opened + 1, len(fault.text[:end].rstrip()))


BRACKETS: Final[tuple[Callable[[Fault], Misled | None], ...]] = (
    _does_not_match,
    _colon_inside,
    _never_closed,
    _closes_nothing,
)

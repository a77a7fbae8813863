"""What a YAML error means: libyaml's message turned into where the mistake is, in an editor's words.

It goes by how the text looks at the error more than by the message, since both loaders word theirs differently.
Each kind of mistake is one small function; the first that recognises its own answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import yaml

from app.authoring.yamlbrackets import BRACKETS, comment_in_brackets
from app.authoring.yamlfault import Fault
from app.authoring.yamlslips import Misled, masked, meant_as_text
from app.authoring.yamltext import Slip
from app.authoring.yamltree import Tree

_GLUED: Final = re.compile(r"[ \t]*(?:- +)*([A-Za-z_][\w.-]*):(?=[^\s:/])")
_KEY: Final = re.compile(r"[ \t]*(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^\s#][^#:\n]*?):[ \t]+")
_BELOW: Final = re.compile(r"\s*\n( *)[^\s#]")
_OWN_MARKS: Final = ("alias", "anchor", "tag", "block scalar", "directive")
_BROKEN_BLOCK: Final = ("expected key", "'-' indicator", "block end")


def explain(error: yaml.YAMLError, text: str, tree: Tree) -> Misled:
    """The mistake behind a YAML error, with the text mended where that can be guessed."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(mark.index, len(text)) if mark else 0
    context = getattr(error, "context_mark", None)
    since = context.index if context else at
    problem, during = str(getattr(error, "problem", "") or error), str(getattr(error, "context", "") or "")
    fault = Fault(text, at, since, problem, during, tree.last, tuple(tree.flow), bool(tree.flow))
    for recognise in KINDS:
        if (misled := recognise(fault)) is not None:
            return misled
    if "<document start>" in problem:
        return Misled(Slip(at, 1, "several-documents", "the document ended before this line", "one file, one document"))
    return Misled(Slip(at, 1, "not-yaml", f"YAML cannot read on from here ({problem})"))


def _backslash(fault: Fault) -> Misled | None:
    if "scalar" not in fault.during or ("escape" not in fault.problem and "hex" not in fault.problem):
        return None
    at = fault.text.rfind("\\", fault.since, fault.at + 1)
    message = "in double quotes a backslash begins an escape, and there is none of this name"
    slip = Slip(at, 2, "backslash", message, "write \\\\ for a backslash, or use single quotes")
    return Misled(slip, masked(fault.text, at, at + 1))


def _unclosed_quote(fault: Fault) -> Misled | None:
    start = fault.since
    if "quoted scalar" not in fault.during:
        if not fault.after_quote or "\n" not in fault.text[fault.last.start_mark.index : fault.at]:
            return None
        start = fault.last.start_mark.index
    found = meant_as_text(fault.text, start, in_flow=fault.in_flow)
    slip = Slip(start, 1, "unclosed-quote", "this quote is never closed", "close it on the same line")
    return Misled(slip, found.mended)


def _text_after_quote(fault: Fault) -> Misled | None:
    if not fault.after_quote or fault.char in ("", "\n", "]", "}"):
        return None
    found = meant_as_text(fault.text, fault.last.start_mark.index, in_flow=fault.in_flow)
    message = "the quoted text ends before this, and YAML wants nothing behind it"
    return Misled(Slip(fault.at, 1, "quote-it", message, found.slip.remedy), found.mended)


def _text_after_bracket(fault: Fault) -> Misled | None:
    """`headline: [Neu] heute`: a value that begins with a bracket ends with it, for YAML."""
    key = _KEY.match(fault.text, fault.line_start(fault.at))
    if fault.in_flow or not fault.char.isalnum() or key is None or not fault.text.startswith(("[", "{"), key.end()):
        return None
    if not fault.text[key.end() : fault.at].rstrip(" ").endswith(("]", "}")):
        return None
    return meant_as_text(fault.text, key.end(), in_flow=False)


def _own_punctuation(fault: Fault) -> Misled | None:
    if any(f"ing a{n} {word}" in fault.during for word in _OWN_MARKS for n in ("", "n")):
        return meant_as_text(fault.text, fault.since, in_flow=fault.in_flow)
    if "cannot start any token" in fault.problem and fault.char != "\t":
        return meant_as_text(fault.text, fault.at, in_flow=fault.in_flow)
    if "node content" in fault.problem and not fault.char.isspace() and fault.char:
        return meant_as_text(fault.text, fault.at, in_flow=fault.in_flow or "flow" in fault.during)
    if "entries are not allowed" in fault.problem or "keys are not allowed" in fault.problem:
        return None if fault.leads_its_line else meant_as_text(fault.text, fault.at, in_flow=fault.in_flow)
    return None


def _no_key(fault: Fault) -> Misled | None:
    """A colon with nothing before it; the entry is left out."""
    before = fault.text[: fault.at].rstrip(" ")[-1:]
    if fault.char != ":" or before not in ("{", ",", "\n", ""):
        return None
    entry = re.compile(r"[^,}\n]*,?" if fault.in_flow else r"[^\n]*").match(fault.text, fault.at)
    end = entry.end() if entry else fault.at + 1
    message = "there is nothing before this colon"
    slip = Slip(fault.at, 1, "key-not-text", message, "write the key in front of it", cuts=True)
    return Misled(slip, fault.text[: fault.at] + " " * (end - fault.at) + fault.text[end:])


def _colon_in_text(fault: Fault) -> Misled | None:
    if not fault.problem.startswith("mapping values are not allowed"):
        return None
    start = fault.line_start(fault.at)
    if (key := _KEY.match(fault.text, start)) and key.end() <= fault.at:
        return meant_as_text(fault.text, key.end(), in_flow=fault.in_flow, at=fault.at)
    above = fault.line_start(max(0, len(fault.text[:start].rstrip()) - 1))
    if above < start and not _KEY.match(fault.text, above):
        return _no_colon(fault, above)
    if above >= start:
        return None
    return _cut(
        fault, start, "this line is indented below a line that has a value already", "indent it like the line above"
    )


def _lonely_word(fault: Fault) -> Misled | None:
    if "could not find expected ':'" not in fault.problem:
        return None
    return _no_colon(fault, fault.line_start(fault.since))


def _no_colon(fault: Fault, start: int) -> Misled:
    """The line that begins at `start` lacks its colon, or the blank behind it."""
    if glued := _GLUED.match(fault.text, start):
        return Misled.by_colon(fault.text, glued.start(1), len(glued[1]))
    end = fault.text.find("\n", start)
    line = fault.text[start : len(fault.text) if end < 0 else end]
    word = line.strip()
    depth, end = _indent(fault, start), start + len(line.rstrip())
    below = _BELOW.match(fault.text, end)
    holds = below is not None and len(below[1]) > depth
    message = "a colon is missing on this line"
    slip = Slip(start + depth, len(word), "colon-missing", message, "write “key: value”", cuts=not holds)
    if holds:  # a key of what stands below it
        return Misled(slip, f"{fault.text[:end]}:{fault.text[end:]}")
    return Misled(slip, fault.text[:start] + " " * len(line) + fault.text[start + len(line) :])


def _indentation(fault: Fault) -> Misled | None:
    if not fault.leads_its_line or not any(words in fault.problem for words in (*_BROKEN_BLOCK, "not allowed")):
        return None
    start = fault.line_start(fault.at)
    above = {_indent(fault, match.start()) for match in re.finditer(r"(?m)^ *[^\s#]", fault.text[:start])}
    depth = fault.at - start
    if depth not in above:
        listed = " or ".join(str(known) for known in sorted(above)) or "0"
        return _cut(fault, start, f"this line is indented by {depth}, which fits no line above", f"they have {listed}")
    listing = fault.char == "-"
    message = "a list entry stands among keys" if listing else "a key stands among the entries of a list"
    return _cut(
        fault, start, message, "indent it as what it belongs to" + ("" if listing else ", or begin it with “- ”")
    )


def _cut(fault: Fault, start: int, message: str, remedy: str) -> Misled:
    """A line that fits nowhere: it and what is indented below it are left out, to see what else there is."""
    depth = _indent(fault, start)
    end = fault.text.find("\n", start)
    while 0 <= end < len(fault.text) - 1 and _indent(fault, end + 1) > depth:
        end = fault.text.find("\n", end + 1)
    end = len(fault.text) if end < 0 else end
    left_out = re.sub(r"[^\n]", " ", fault.text[start:end])
    slip = Slip(start + depth, 1, "indentation", message, remedy, cuts=True)
    return Misled(slip, fault.text[:start] + left_out + fault.text[end:])


def _indent(fault: Fault, start: int) -> int:
    """How many blanks the line that begins there is indented by; nothing on it counts as deepest."""
    line = fault.text[start : start + 1000].partition("\n")[0]
    return len(line) - len(line.lstrip()) if line.strip() else 1000


def _odd_tab(fault: Fault) -> Misled | None:
    if fault.char != "\t":
        return None
    slip = Slip(fault.at, 1, "tab", "a tab stands where YAML wants a blank", "use blanks", heals=True)
    return Misled(slip, f"{fault.text[: fault.at]} {fault.text[fault.at + 1 :]}")


KINDS: Final[tuple[Callable[[Fault], Misled | None], ...]] = (
    _no_key,
    comment_in_brackets,
    _backslash,
    _unclosed_quote,
    _text_after_quote,
    _text_after_bracket,
    _own_punctuation,
    *BRACKETS,
    _colon_in_text,
    _lonely_word,
    _indentation,
    _odd_tab,
)

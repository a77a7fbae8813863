"""One YAML file as it was read: plain values, their places, and all that is wrong with it as YAML.

`read` never raises. It knows no document kinds; those complain through `Source.complain`, which keeps one mistake from
being reported twice: not below a path, nor on a line, about which something has been said already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import yaml

from app.authoring.problems import Inside, Problem, Problems, Severity
from app.authoring.yamlhints import explain
from app.authoring.yamlslips import Misled
from app.authoring.yamltext import Slip, cleaned, decoded
from app.authoring.yamltree import Path, Place, Tree, Value, build

__all__ = ["LOADER", "Path", "Place", "Source", "Value", "read"]

LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PATIENT: Final[Any] = yaml.SafeLoader
LIBYAML_IS_TOO_DEEP: Final = "exceeded maximum nesting depth"
"""libyaml since 0.2.6 has a limit of its own, and meets it while looking ahead, before the level that is over ours; the
parser in Python looks ahead less far.
"""

MOST: Final = 200
"""How many problems of one file are kept; nobody reads more, and a huge file must not take long."""

MENDED_AT_MOST: Final = 100
MENDED_CHARACTERS: Final = 4_000_000
"""How often a text is mended to find the next mistake, and how many characters are read again for it in all."""

SHAPELESS: Final = frozenset(
    (
        "bad-layer",
        "empty-value",
        "missing-key",
        "not-a-list",
        "not-a-mapping",
        "not-a-text",
        "not-in-this-release",
        "quote-it",
        "unknown-key",
    )
)
"""Codes after which nothing below a path can be judged."""

_MISSING: Final = frozenset(("empty-value", "missing-alt", "missing-key", "part-row"))
"""Codes of what may well stand in lines that were left unread."""
_CONSEQUENCES: Final = frozenset(("indentation", "colon-missing", "not-yaml", "unclosed-bracket"))
_TOP: Final = Place(1, 1, 1, 2)


@dataclass(frozen=True, slots=True)
class Source:
    """A file after reading. `value` is None where nothing could be read.

    `places` holds where values stand, `keys` where keys stand, by path from the root (`("rules", 0, "name")`);
    `problems` what is wrong with it as YAML. `spoiled` lines and `faults` (paths) have been complained about already;
    `cut` says that lines were left unread, so that what is missing may well be there.
    """

    file: str
    value: Value
    lines: tuple[str, ...] = ()
    places: Mapping[Path, Place] = field(default_factory=dict)
    keys: Mapping[Path, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    spoiled: frozenset[int] = frozenset()
    cut: bool = False
    faults: dict[Path, str] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value (or its key) stands; for what is not in the file, the nearest thing around it."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.places:
            path = path[:-1]
        if key and path in self.keys:
            return self.keys[path]
        return self.places.get(path, _TOP)

    def inside(self, path: Path, offset: int) -> tuple[int, int]:
        """Line and column of a character of a text, by its offset; its start where quoting or folding blurs it."""
        place = self.place(path)
        text, line = self.at(path), self.line(place.line)
        start = place.column - 1 + place.quoted
        if isinstance(text, str) and line[start : start + len(text)] == text:
            return place.line, start + 1 + max(0, min(offset, len(text)))
        return place.line, place.column

    def at(self, path: Path) -> Value:
        """The value at a path, or None if there is nothing."""
        value = self.value
        for step in path:
            try:
                value = value[step]
            except (LookupError, TypeError):
                return None
        return value

    def line(self, number: int) -> str:
        """The source line of that number (from 1); empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def complain(
        self,
        problems: Problems,
        path: Path,
        code: str,
        message: str,
        *,
        remedy: str = "",
        key: bool = False,
        severity: Severity = "problem",
    ) -> None:
        """Add a problem about what stands at `path` (its key with `key`).

        Nothing is added that only follows from an earlier mistake: on a line that is no good YAML, at the same path,
        below something of the wrong shape, or around something that is wrong itself.
        """
        place = self.place(path, key=key)
        if self._is_silent_about(path, place, code):
            if code == "missing-key":  # it stands in what was left unread; what stands in for it is not judged
                self.faults.setdefault(path, code)
            return
        if severity == "problem":
            self.faults[path] = code
        shown = self.line(place.line)
        problems.append(
            Problem(self.file, place.line, place.column, code, message, remedy, severity, place.width, shown)
        )

    def complain_inside(self, problems: Problems, path: Path, slips: Sequence[Inside]) -> None:
        """Add all mistakes inside the one text at `path`, each at its place."""
        if not slips or self._is_silent_about(path, self.place(path), slips[0].code):
            return
        self.faults[path] = slips[0].code
        for slip in slips:
            line, column = self.inside(path, slip.offset)
            shown = self.line(line)
            said = (slip.code, slip.message, slip.remedy)
            problems.append(Problem(self.file, line, column, *said, width=slip.width, text=shown))

    def _is_silent_about(self, path: Path, place: Place, code: str) -> bool:
        return place.line in self.spoiled or (self.cut and code in _MISSING) or self._follows(path)

    def _follows(self, path: Path) -> bool:
        if path in self.faults or len(self.faults) >= MOST:
            return True
        if any(self.faults.get(path[:length]) in SHAPELESS for length in range(len(path))):
            return True
        return any(fault[: len(path)] == path for fault in self.faults)


def read(text_or_bytes: str | bytes, *, file: str, loader: Any = LOADER) -> Source:
    """Read one YAML file. Whatever is wrong is in `problems` of the answer; nothing is ever raised.

    `file` is the name that problems carry. Every scalar stays text; plain `null`, `~` and nothing are None.
    """
    raw = text_or_bytes.encode("utf-8", "surrogatepass") if isinstance(text_or_bytes, str) else text_or_bytes
    original, slips = decoded(raw)
    found = [_found(slip, original) for slip in slips]
    if slips and not original:
        return _source(file, "", Tree(), found)
    text, dirt = cleaned(original)
    found += [_found(slip, original) for slip in dirt[:MOST]]
    tree, text = _mended(text, found, loader)
    if not tree.found and not found:
        found.append(_Found(Slip(0, 1, "empty-file", "the file says nothing", "write into it, or delete it"), 1, 1))
    return _source(file, original, tree, [*found, *(_found(slip, text) for slip in tree.slips[:MOST])])


class _Found(NamedTuple):
    """A slip with its place; mending may move what follows it, but never to another line."""

    slip: Slip
    line: int
    column: int


def _found(slip: Slip, text: str) -> _Found:
    start = text.rfind("\n", 0, slip.index) + 1
    return _Found(slip, text.count("\n", 0, slip.index) + 1, slip.index - start + 1)


def _mended(text: str, slips: list[_Found], loader: Any) -> tuple[Tree, str]:
    """The tree of the text and the text it was read from, mending mistake after mistake; each leaves its slip."""
    seen: set[str] = set()
    for _ in range(min(MENDED_AT_MOST, 1 + MENDED_CHARACTERS // max(1, len(text)))):
        tree = Tree()
        seen.add(text)
        try:
            build(text, tree, loader=loader)
            return tree, text
        except Misled as misled_here:
            misled = misled_here
        except yaml.YAMLError as error:
            if loader is not PATIENT and LIBYAML_IS_TOO_DEEP in str(error):
                loader = PATIENT
                continue
            misled = explain(error, text, tree)
        found = _found(misled.slip, text)
        if not _follows(found, slips, text.split("\n")):
            slips.append(found)
        if misled.mended is None or misled.mended in seen:
            break
        text = misled.mended
    return Tree(), text


def _follows(found: _Found, before: Sequence[_Found], lines: Sequence[str]) -> bool:
    """Whether a slip only follows from an earlier one: about the same text, below a line left out, or after tabs."""
    if any(_overlap(found, earlier) for earlier in before):
        return True
    if found.slip.code not in _CONSEQUENCES:
        return False
    for slip, line, _ in before:
        if slip.code == "tab" or line == found.line:
            return True
        if slip.cuts and line < found.line and not "".join(lines[line - 1 : found.line - 1]).strip():
            return True
    return False


def _overlap(one: _Found, other: _Found) -> bool:
    """Whether two slips are about the same text, which was mended for the first already."""
    first, second = sorted((one, other), key=lambda found: found.column)
    return one.line == other.line and second.column < first.column + first.slip.width


def _source(file: str, text: str, tree: Tree, found: Sequence[_Found]) -> Source:
    lines = tuple(text.split("\n"))
    problems, spoiled = Problems(), set()
    for slip, line, column in found:
        severity: Severity = "warning" if slip.warning else "problem"
        shown = lines[line - 1] if line <= len(lines) else ""
        problems.append(Problem(file, line, column, slip.code, slip.message, slip.remedy, severity, slip.width, shown))
        if not slip.heals:
            spoiled.add(line)
    cut = not tree.found or any(slip.cuts for slip, _, _ in found)
    return Source(file, tree.value, lines, tree.places, tree.keys, tuple(problems), frozenset(spoiled), cut)

"""YAML events to plain values with places: texts, None, lists and mappings, never anything typed.

It is not a YAML parser (PyYAML is) and judges no document. A scalar stays the text that was written, so `no`,
`17:00` and `01067` mean themselves; what YAML offers beyond lists and mappings of texts is refused where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from app.authoring.yamlslips import Misled, meant_as_text, unmasked
from app.authoring.yamltext import Slip

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = Any
"""None, a text, a list of values or a mapping from text to value."""

DEEPEST: Final = 40
"""Levels of nesting; the language itself needs a dozen."""

_NOTHING: Final = frozenset(("", "~", "null", "Null", "NULL"))
_COMMENT: Final = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_TAG: Final = re.compile(r"!\S*")
_BLOCK_HEADER: Final = re.compile(r"[|>]([1-9])")


class Place(NamedTuple):
    """Where something stands; lines and columns count from 1, the end is the first column behind it."""

    line: int
    column: int
    end_line: int
    end_column: int
    quoted: bool = False

    @property
    def width(self) -> int:
        """How many characters of its first line it takes, at least 1; 1 where it goes on over several lines."""
        return max(1, self.end_column - self.column) if self.line == self.end_line else 1


@dataclass(slots=True)
class Tree:
    """A document read so far: its value, the places of values and keys by path, and what was wrong on the way.

    While a YAML error is being explained, `last` is the last scalar seen and `flow` where the open brackets stand.
    """

    value: Value = None
    found: bool = False
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)
    last: yaml.ScalarEvent | None = None
    flow: list[int] = field(default_factory=list)


def build(text: str, tree: Tree, *, loader: Any) -> None:
    """Fill the tree from the text.

    Raises `Misled` where YAML took the editor's text for its own punctuation, and `yaml.YAMLError` where it gave up.
    """
    _Builder(text, tree, yaml.parse(text, Loader=loader)).document()


class _Builder:
    """One pass over the events; recursion is bounded by `DEEPEST`."""

    def __init__(self, text: str, tree: Tree, events: Iterator[Any]) -> None:
        self._text = text
        self._tree = tree
        self._events = events

    def document(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self._tree.found:
                    message = "a second document begins here"
                    self._cut(_index(event), 3, "several-documents", message, "one file, one document")
                    return
                self._tree.found = True
                self._tree.value = self._node(next(self._events), (), 0)

    def _node(self, event: Any, path: Path | None, depth: int) -> Value:
        """The value that begins with this event; a path of None (a second key of one name) leaves no places."""
        self._no_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if depth >= DEEPEST:
            at = _index(event)
            remedy = "is a bracket missing, or one too many?"
            raise Misled(Slip(at, 1, "too-deep", f"this is nested more than {DEEPEST} levels deep", remedy))
        flow = self._tree.flow
        flow += [_index(event)] if event.flow_style else []
        mapping = isinstance(event, yaml.MappingStartEvent)
        value, end = self._mapping(event, path, depth) if mapping else self._sequence(path, depth)
        del flow[len(flow) - bool(event.flow_style) :]
        self._place(path, event, end)
        return value

    def _sequence(self, path: Path | None, depth: int) -> tuple[Value, Any]:
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, None if path is None else (*path, len(items)), depth + 1))
        return items, event

    def _mapping(self, start: Any, path: Path | None, depth: int) -> tuple[Value, Any]:
        found: dict[str, Value] = {}
        lines: dict[str, int] = {}
        before: Any = None
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if start.flow_style and isinstance(key, yaml.MappingStartEvent) and key.flow_style:
                raise meant_as_text(self._text, start.start_mark.index, in_flow=len(self._tree.flow) > 1)
            name = self._key(key, depth)
            value = next(self._events)
            if start.flow_style and isinstance(key, yaml.ScalarEvent):
                self._has_colon(key, value, before)
            fresh = name is not None and name not in found
            here = (*path, name) if fresh and path is not None and name is not None else None
            if here is not None:
                self._tree.keys[here] = _place(key, key)
            node = self._node(value, here, depth + 1)
            before = value
            if fresh and name is not None:
                found[name], lines[name] = node, key.start_mark.line + 1
            elif name is not None:
                message = f"the key “{name}” stands here a second time"
                remedy = f"it is already on line {lines[name]}"
                self._slip(key.start_mark.index, len(name), "duplicate-key", message, remedy)
        return found, key

    def _key(self, event: Any, depth: int) -> str | None:
        """The word of a key, or None where it cannot be one."""
        self._no_properties(event)
        at = _index(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._node(event, None, depth + 1)
            self._cut(at, 1, "key-not-text", "a key is a word, not a list or a mapping", "quote it if it is a text")
            return None
        self._tree.last = event
        name = unmasked(event.value)
        if name == "<<" and not event.style:
            self._slip(at, 2, "merge-key", "merge keys (<<) are not used here", "name it under `conditions:` instead")
            return None
        if not name and not event.style:
            self._cut(at, 1, "key-not-text", "there is nothing before this colon", "write the key in front of it")
            return None
        return name

    def _scalar(self, event: Any, path: Path | None) -> str | None:
        self._tree.last = event
        self._comment(event)
        self._place(path, event, event)
        text = self._text
        if event.style in ("|", ">") and not event.value.strip() and _BLOCK_HEADER.match(text, event.start_mark.index):
            raise meant_as_text(text, event.start_mark.index, in_flow=False)
        if not event.style and event.value in _NOTHING:
            if path in self._tree.keys:
                self._tree.places[path] = self._tree.keys[path]
            return None
        return unmasked(event.value)

    def _has_colon(self, key: Any, value: Any, before: Any) -> None:
        """In `{de: Hallo, Welt}` the word `Welt` is a key without a colon: the comma was meant as text."""
        if not isinstance(value, yaml.ScalarEvent) or value.value or value.style:
            return
        if ":" in self._text[key.end_mark.index : _index(value)]:
            return
        raise Misled.by_comma(self._text, key, before)

    def _no_properties(self, event: Any) -> None:
        """Refuse anchors, aliases and tags, and read on as if they were text or not there."""
        at = _index(event)
        in_flow = bool(self._tree.flow)
        if isinstance(event, yaml.AliasEvent):
            raise Misled.by_reference(self._text, at, "alias", in_flow=in_flow)
        if getattr(event, "anchor", None) is not None:
            raise Misled.by_reference(self._text, at, "anchor", in_flow=in_flow)
        if getattr(event, "tag", None) is not None and (tag := _TAG.match(self._text, at)):
            raise Misled.by_tag(self._text, at, tag[0], scalar=isinstance(event, yaml.ScalarEvent), in_flow=in_flow)

    def _comment(self, event: Any) -> None:
        """A # that swallowed the rest of what was meant as text: sure where nothing is left, else a doubt."""
        if event.style or not (comment := _COMMENT.match(self._text, event.end_mark.index)):
            return
        swallowed, at = comment[1].rstrip(), comment.start(1)
        if not event.value or swallowed[1].isdigit():
            start = event.start_mark.index if event.value else at
            raise Misled.by_comment(self._text, start, at, in_flow=bool(self._tree.flow))
        message = f"“{swallowed}” is read as a comment and not as part of the text"
        remedy = "quote the text if it belongs to it; else put a blank after the #"
        self._tree.slips.append(Slip(at, len(swallowed), "comment", message, remedy, heals=True, warning=True))

    def _slip(self, index: int, width: int, code: str, message: str, remedy: str) -> None:
        self._tree.slips.append(Slip(index, width, code, message, remedy))

    def _cut(self, index: int, width: int, code: str, message: str, remedy: str) -> None:
        """A slip that leaves something unread."""
        self._tree.slips.append(Slip(index, width, code, message, remedy, cuts=True))

    def _place(self, path: Path | None, start: Any, end: Any) -> None:
        if path is not None:
            self._tree.places[path] = _place(start, end)


def _index(event: Any) -> int:
    return int(event.start_mark.index)


def _place(start: Any, end: Any) -> Place:
    first, last = start.start_mark, end.end_mark
    quoted = getattr(start, "style", None) in ("'", '"')
    return Place(first.line + 1, first.column + 1, last.line + 1, last.column + 1, quoted)

"""A compiled template as bytes, so that a start does not have to compile again.

The bytes are sealed with a digest of themselves, of the scene and of the code that wrote them: what is damaged, or made
for another scene or by another version, is not believed. They hold lengths, numbers and pieces, in the order in which
the types name them, and nothing that could be run.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import PIL

from app.render.gif.scene import Scene
from app.render.gif.ticking import Template

SEAL = 32
NUMBER = 8
"""Bytes of each."""


def dump(template: Template, scene: Scene) -> bytes:
    """The template of that scene, to be kept."""
    body = b"".join(_written(template))
    return _seal(body, scene) + body


def load(kept: bytes, scene: Scene) -> Template | None:
    """What `dump` was given, None unless it is whole and of this scene and this code: compile it then."""
    seal, body = kept[:SEAL], kept[SEAL:]
    if seal != _seal(body, scene):
        return None
    template: Template = _Reader(body).read(Template)
    return template


def _seal(body: bytes, scene: Scene) -> bytes:
    return blake2b(body, digest_size=SEAL, key=_code() + scene.digest).digest()


@cache
def _code() -> bytes:
    """Names this code, and the Pillow that encodes for it."""
    digest = blake2b(PIL.__version__.encode(), digest_size=16)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()


def _written(part: object) -> Iterator[bytes]:
    if isinstance(part, int):
        yield part.to_bytes(NUMBER)
    elif isinstance(part, str):
        yield from _written(part.encode())
    elif isinstance(part, bytes):
        yield from (len(part).to_bytes(NUMBER), part)
    elif isinstance(part, dict):
        yield from _written(tuple(one for pair in part.items() for one in pair))
    elif isinstance(part, tuple):
        yield len(part).to_bytes(NUMBER)
        for one in part:
            yield from _written(one)
    else:
        raise TypeError(f"a template has no {type(part).__name__}")


class _Reader:
    """Reads what was written of a type; equal pieces become one object again."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0
        self._pieces: dict[bytes, bytes] = {}

    def read(self, kind: Any) -> Any:
        """The next part, which is of that type."""
        number = int.from_bytes(self._next(NUMBER))
        if kind is int:
            return number
        if kind is str:
            return self._next(number).decode()
        if kind is bytes:
            piece = self._next(number)
            return self._pieces.setdefault(piece, piece)
        if get_origin(kind) is tuple:
            return tuple([self.read(get_args(kind)[0]) for _ in range(number)])
        if get_origin(kind) is dict:
            of_key, of_value = get_args(kind)
            return {self.read(of_key): self.read(of_value) for _ in range(number // 2)}
        return kind(*(self.read(of_field) for of_field in get_type_hints(kind).values()))

    def _next(self, length: int) -> bytes:
        start, self._at = self._at, self._at + length
        return self._body[start : self._at]

"""A compiled template as bytes, so that a start does not have to compile again.

The bytes are sealed with a digest of themselves, of a name and of the code that wrote them: what is damaged, or made
under another name or by another version, is not believed. `marshal` writes plain values alone, each piece once however
often it stands in a template; nothing of it is run.
"""

from __future__ import annotations

import marshal
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import PIL

from app.render.gif.ticking import Template

SEAL = 32


def dump(template: Template, name: bytes) -> bytes:
    """The template to be kept; the name stands for everything that it was made of."""
    body = marshal.dumps(_plain(template))
    return _seal(body, name) + body


def load(kept: bytes, name: bytes) -> Template | None:
    """What `dump` was given, None unless it is whole and of this name and this code: compile it then."""
    seal, body = kept[:SEAL], kept[SEAL:]
    if seal != _seal(body, name):
        return None
    template: Template = _shaped(Template, marshal.loads(body))
    return template


def _seal(body: bytes, name: bytes) -> bytes:
    return blake2b(body, digest_size=SEAL, key=blake2b(_code() + name).digest()).digest()


@cache
def _code() -> bytes:
    """Names this code, the Pillow that encodes for it, and the Python whose `marshal` writes."""
    digest = blake2b(f"{PIL.__version__} {sys.version}".encode(), digest_size=16)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()


def _plain(part: Any) -> Any:
    """The same without types of our own; what has none stays the same object, so that it is written once."""
    if isinstance(part, dict):
        return {key: _plain(value) for key, value in part.items()}
    if (isinstance(part, tuple) and part and not isinstance(part[0], bytes | int)) or hasattr(part, "_fields"):
        return tuple(map(_plain, part))
    return part


def _shaped(kind: Any, plain: Any) -> Any:
    """What was plain, in the type that it was of."""
    arguments = get_args(kind)
    if get_origin(kind) is dict:
        return {key: _shaped(arguments[1], value) for key, value in plain.items()}
    if get_origin(kind) is tuple:
        return plain if arguments[0] in (bytes, int) else tuple(_shaped(arguments[0], one) for one in plain)
    if hasattr(kind, "_fields"):
        return kind(*(_shaped(of_field, one) for of_field, one in zip(_hints(kind), plain, strict=True)))
    return plain


@cache
def _hints(kind: type) -> tuple[Any, ...]:
    return tuple(get_type_hints(kind).values())

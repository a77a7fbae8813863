"""Which countdown of a picture ticks, and the name of the templates that its GIF is joined from.

A template holds the whole picture but for its seconds and its last sentence, so it is named as pictures are, by
everything else that is shown. It is compiled once, off the way of an open; an open joins what is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from math import ceil
from typing import NamedTuple

from babel import __version__ as babel_version
from PIL import Image

from app.engine.deadlines import LIVE, Deadline
from app.render.cache import Picture, etag, render_key
from app.render.design import Design
from app.render.encode import CONTENT_TYPES, flattened
from app.render.gif.scene import Scene
from app.render.layers import CountdownLayer
from app.render.layers.clocks.layout import UNITS
from app.render.paint import Contents, Painter, contents
from app.render.templates import Templates


class Ticking(NamedTuple):
    """A countdown that ticks: the name of its templates, its end (epoch seconds), and the words it rests on.

    `scene` draws what is compiled, without so many of the first units; it takes a tenth of a second, and raises
    NotPainted or ValueError. Units of which none is left are not shown where it `drops` them.
    """

    name: str
    ends: float
    words: tuple[str, ...]
    drops: bool
    scene: Callable[[int], Scene]

    def left(self, now: float) -> int:
        """The seconds that are left at that instant; the last of them is one."""
        return ceil(self.ends - now)

    def first(self, now: float) -> int | None:
        """The place of the first unit that is shown then; None while there are more days than can be shown."""
        left = self.left(now)
        holding = [place for place, unit in enumerate(UNITS) if left < unit.step * unit.values]
        return (holding[-1] if self.drops else 0) if holding else None


class Countdowns:
    """The countdowns of one edition of a site, joined from the templates of the process."""

    def __init__(self, painter: Painter, templates: Templates) -> None:
        self._painter = painter
        self._templates = templates

    def of(self, design: Design, fields: Mapping[str, object], captions: Mapping[int, str]) -> Ticking | None:
        """The countdown of a picture that may tick, if there is one."""
        return counted(self._painter, design, fields, captions)

    def picture(self, ticking: Ticking, key: str, now: float) -> Picture | None:
        """The GIF for an open at that instant, of the still picture of that render key.

        None where it must be compiled, or has too many days to tick.
        """
        left, first = ticking.left(now), ticking.first(now)
        template = None if first is None else self._templates.get(_named(ticking, first))
        if template is None:
            return None
        return Picture(template.gif(left, ticking.words), etag(f"{key}-{left}"), CONTENT_TYPES["gif"])

    def missing(self, ticking: Ticking, now: float) -> str | None:
        """The name of the template that this instant lacks, if it may be compiled now."""
        first = ticking.first(now)
        name = None if first is None else _named(ticking, first)
        return name if name and self._templates.get(name) is None and self._templates.admitted(name, now) else None

    def make(self, ticking: Ticking, now: float, *, lasting: bool = False) -> None:
        """See to it that the template of that instant is there; raises NotPainted or ValueError.

        One that is `lasting` is there at the next start, too.
        """
        first = ticking.first(now)
        if first is not None:
            self._templates.made(_named(ticking, first), partial(ticking.scene, first), lasting=lasting)


def _named(ticking: Ticking, first: int) -> str:
    return f"{ticking.name}-{first}"


def counted(
    painter: Painter, design: Design, fields: Mapping[str, object], captions: Mapping[int, str]
) -> Ticking | None:
    """The countdown of a picture that may tick, if there is one: alone, and not inside a group."""
    found = [
        (index, layer)
        for index, layer in enumerate(design.layers)
        if isinstance(layer, CountdownLayer) and captions.get(index, "").startswith(LIVE)
    ]
    if len(found) != 1:
        return None
    (index, layer), shown = found[0], contents(design, fields, captions)
    deadline = Deadline.read(captions[index])
    if not isinstance(deadline.ends, datetime):
        return None
    over = layer.content(fields, str(Deadline(None, deadline.language)))
    plate, ended = _with(shown, index, None), _with(shown, index, over)
    stamped = (*painter.stamps(design, ended), deadline.language, deadline.zone, babel_version)
    return Ticking(
        name=render_key(painter.stamped(design), stamped, format="gif"),
        ends=deadline.ends.timestamp(),
        words=layer.seen(deadline, painter.type, design.scale),
        drops=layer.leading_zeros == "drop",
        scene=partial(_scene, painter, design, layer, deadline, plate, ended),
    )


def _scene(
    painter: Painter,
    design: Design,
    layer: CountdownLayer,
    deadline: Deadline,
    plate: Contents,
    ended: Contents,
    first: int,
) -> Scene:
    def picture(shown: Contents) -> Image.Image:
        return flattened(painter.painted(design, shown).image, design.ground)

    return layer.clock(deadline, painter.type, design.scale).scene(picture(plate), picture(ended), UNITS[first:])


def _with(shown: Contents, index: int, content: str | None) -> Contents:
    return (*shown[:index], content, *shown[index + 1 :])

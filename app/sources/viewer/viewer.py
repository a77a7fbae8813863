"""Who fetched a picture, as far as the request tells: the reader's own client, a mail provider's proxy, or a machine.

A `Viewer` is what became of one user agent; it holds neither the string nor an address. None always means "the request
does not tell", never "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Viewer:
    """One kind of visitor.

    `via` is one of `app.engine.signals.VIAS`. `prefetch` says that nobody was looking, `machine` that a scanner or bot
    asked, `certain` that this moment is really the recipient looking. `device_class` and `os` use the words of
    `DEVICE_CLASSES` and `SYSTEMS`; `os_version` is dotted (`17.5`) and left out where clients freeze it. `pixel_ratio`
    is in device pixels for one CSS pixel. `animates` says whether the client plays a GIF beyond its first frame.
    """

    via: str | None = "direct"
    prefetch: bool | None = False
    machine: bool = False
    certain: bool | None = None
    device_class: str | None = None
    os: str | None = None
    os_version: str | None = None
    client: str | None = None
    pixel_ratio: float | None = None
    animates: bool | None = None

    @property
    def hidden(self) -> bool:
        """Whether somebody may stand between the reader and us, so that address and device are not the reader's."""
        return self.via != "direct"


NOBODY: Final = Viewer()
"""What is left when a request says nothing about itself; never an error."""

STRANGER: Final = Viewer(via=None, prefetch=None)
"""Somebody who says no more than Apple's privacy fetch does, and is not Apple's."""

MACHINE: Final = Viewer(machine=True, certain=False)
"""A scanner, bot, link preview or HTTP library. What it runs on is nobody's device."""

"""Pages for people to look at pictures on: one file each, in the ignored folder `build/`, with everything inside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build"
BEGINNINGS = {b"\x89PNG": "png", b"GIF8": "gif", b"\xff\xd8\xff\xe0": "jpeg"}


@dataclass(frozen=True)
class View:
    """One look at a picture: `zoom` screen pixels for a CSS pixel; `above` is a second one to swipe over the first."""

    caption: str
    shows: str
    zoom: float = 1
    ground: str = "#ffffff"
    above: str = ""


@dataclass(frozen=True)
class Exhibit:
    """Pictures by name, all of one size in CSS pixels, and how they are looked at."""

    title: str
    note: str
    size: tuple[int, int]
    pictures: Mapping[str, bytes]
    views: tuple[View, ...]

    @property
    def uris(self) -> Iterator[tuple[str, str]]:
        """Each picture inside an address, once however often it is looked at."""
        for name, blob in self.pictures.items():
            yield name, f"data:image/{BEGINNINGS[blob[:4]]};base64,{b64encode(blob).decode()}"


def hang(name: str, title: str, exhibits: Iterable[Exhibit], folder: Path = BUILD) -> Path:
    """Write the page `<name>.html` into a folder; the answer is where it lies."""
    pages = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    page = folder / f"{name}.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(pages.get_template("gallery.html").render(title=title, exhibits=exhibits), encoding="utf-8")
    return page

"""Reading an SVG file safely: what is kept is a small tree of known elements that refers to nothing but itself.

What will be drawn is written anew from that tree, so that no second reader can understand the file in another way.
Texts are refused, since their letters would come from fonts that the designer never saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser, tostring

from app.render.intake import Refused
from app.render.vectors import SIMPLER, Vector

MAX_BYTES = 1_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
LARGEST_SIDE = 100_000

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
SILENT = frozenset({"desc", "metadata", "title"})
"""Left out, like all that belongs to the programs in which it was drawn: not to be seen."""
DRAWN = frozenset((
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "clipPath", "mask", "marker", "pattern", "linearGradient", "radialGradient", "stop", "style", "filter", "feBlend",
    "feColorMatrix", "feComponentTransfer", "feComposite", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG",
    "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
))  # fmt: skip
REMEDIES = {
    "text": "convert its texts to paths",
    "image": "put the picture inside it into assets/ and show it in a layer of its own",
}
OUTSIDE = re.compile(r"""url\([\s"']*+(?!#)|@import""", re.IGNORECASE)
"""In a style or an attribute: an address that is none of an element of the same file."""

UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
LENGTH = re.compile(r"\s*\+?([0-9]++\.?[0-9]*|\.[0-9]+)\s*([a-z]*)\s*")


def is_svg(blob: bytes) -> bool:
    """Whether a file can be nothing but an SVG: no picture of pixels begins like markup."""
    return blob.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def read(blob: bytes) -> Vector:
    """The drawing; raises Refused."""
    if len(blob) > MAX_BYTES:
        raise Refused(f"the file has {len(blob) / 1e6:.1f} MB (limit {MAX_BYTES / 1e6:g} MB)", SIMPLER)
    root = _parsed(blob)
    if root.tag != f"{SVG}svg":
        raise Refused("this is no SVG file", "export the picture as SVG or PNG")
    size, window = _measured(root)
    drawn = _harmless(root)
    for name in ("x", "y"):
        drawn.attrib.pop(name, None)
    drawn.attrib |= {"width": f"{size[0]:f}", "height": f"{size[1]:f}", "viewBox": window}
    return Vector(size, tostring(drawn, encoding="unicode"))


class _Builder(TreeBuilder):
    """Builds the tree, and stops before it becomes too large."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002 - any is one too many
        raise Refused(
            "it has a DOCTYPE, which may stand for anything", "delete <!DOCTYPE …>, or export it as plain SVG"
        )

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._count += 1
        self._depth += 1
        if self._count > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise Refused(f"it has more than {MAX_ELEMENTS:,} elements, or {MAX_DEPTH} in each other", SIMPLER)
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def _parsed(blob: bytes) -> Element:
    parser = XMLParser(target=_Builder())
    try:
        parser.feed(blob)
        root: Element = parser.close()
    except Refused:
        raise
    except (ParseError, ValueError, LookupError) as error:  # an encoding that there is not raises the others
        raise Refused(f"the file is damaged ({error})", "export it again") from error
    return root


def _harmless(element: Element) -> Element:
    """The element written anew with those inside it, without names of other vocabularies; raises Refused."""
    name = element.tag.removeprefix(SVG)
    if name not in DRAWN:
        raise Refused(f"it has a <{name}>, which is not drawn", REMEDIES.get(name, SIMPLER))
    kept = Element(name, dict(_attributes(element)))
    if name == "style":
        kept.text = _inside(element.text or "")
    kept.extend([_harmless(child) for child in element if _is_seen(child)])
    return kept


def _is_seen(element: Element) -> bool:
    return element.tag.startswith(SVG) and element.tag.removeprefix(SVG) not in SILENT


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for written, value in element.items():
        name = written.removeprefix(XLINK)
        if name == "href" and not value.lstrip().startswith("#"):
            raise _reaching(value)
        if not name.startswith("{"):
            yield name, _inside(value)


def _inside(text: str) -> str:
    """The text; raises Refused if it refers to something outside of the file."""
    if found := OUTSIDE.search(text):
        raise _reaching(text[found.start() :])
    return text


def _reaching(address: str) -> Refused:
    return Refused(f"it refers to something outside of itself ({address[:40]})", "export it with everything inside")


def _measured(root: Element) -> tuple[tuple[float, float], str]:
    """How large the drawing is in CSS pixels, and its viewBox."""
    written = root.get("viewBox", "").replace(",", " ").split()
    box = tuple(map(_number, written)) if len(written) == 4 else ()
    sides = _length(root.get("width")), _length(root.get("height"))
    width, height = (box[2], box[3]) if None in sides and box else sides
    if not (width and height and 0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise Refused("it does not say how large it is", f"give it a width and a height up to {LARGEST_SIDE:,}")
    return (width, height), " ".join(written) if box else f"0 0 {width:f} {height:f}"


def _length(written: str | None) -> float | None:
    """A length in CSS pixels; None where it depends on what is around the picture."""
    found = LENGTH.fullmatch(written or "")
    return float(found[1]) * UNITS[found[2]] if found and found[2] in UNITS else None


def _number(written: str) -> float:
    """A number of a viewBox; one that is none is too large for anything."""
    try:
        return float(written)
    except ValueError:
        return inf

"""The banner as libraries for Python draw it: run with their interpreter, `with_python.py BANNER.JSON`.

It imports nothing of onopen, which is not installed there.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

LOOK: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
WIDTH, HEIGHT = LOOK["size"]
HEADLINE, LINE, BUTTON = LOOK["headline"], LOOK["line"], LOOK["button"]
LABEL_AT = (BUTTON["box"][0] + BUTTON["box"][2] / 2, BUTTON["box"][1] + BUTTON["box"][3] / 2)
FORMATS = ("jpg", "png")
Draw = Callable[[int], bytes]


def words(n: int) -> tuple[str, str]:
    name = LOOK["names"][n % len(LOOK["names"])]
    return f"{name}, your order no. {n} ships today from Paris", f"It is parcel {n} of {n + 7}"


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def skia_python(variant: str, format: str) -> Draw:
    import skia

    look = LOOK[variant]
    picture = skia.Image.open(look["picture"]) if "picture" in look else None
    bold, regular = (skia.Typeface.MakeFromFile(LOOK["fonts"][name]) for name in ("bold", "regular"))
    large, small, label = (
        skia.Font(bold, HEADLINE["size"]),
        skia.Font(regular, LINE["size"]),
        skia.Font(bold, BUTTON["size"]),
    )
    shade = skia.Paint(
        Shader=skia.GradientShader.MakeLinear(
            points=[(0, 0), (0, HEIGHT)], colors=[0x00000000, skia.Color(0, 0, 0, 204)]
        )
    )
    kind = skia.kJPEG if format == "jpg" else skia.kPNG

    def paint(color: str) -> Any:
        red, green, blue = bytes.fromhex(color[1:])
        return skia.Paint(AntiAlias=True, Color=skia.Color(red, green, blue))

    def draw(n: int) -> bytes:
        surface = skia.Surface(WIDTH, HEIGHT)
        canvas = surface.getCanvas()
        if picture is None:
            canvas.drawPaint(paint(look["ground"]))
        else:
            canvas.drawImage(picture, 0, 0)
        if "shade" in look:
            canvas.drawRect(skia.Rect.MakeWH(WIDTH, HEIGHT), shade)
        for x, y, side, color in look.get("discs", ()):
            canvas.drawOval(skia.Rect.MakeXYWH(x, y, side, side), paint(color))
        radius = BUTTON["radius"]
        canvas.drawRoundRect(skia.Rect.MakeXYWH(*BUTTON["box"]), radius, radius, paint(BUTTON["color"]))
        headline, line = words(n)
        for row, part in enumerate(wrapped(headline, HEADLINE["box"][2], large.measureText)):
            base = HEADLINE["box"][1] + HEADLINE["size"] + row * HEADLINE["size"] * 1.2
            canvas.drawString(part, HEADLINE["box"][0], base, large, paint(look["ink"]))
        canvas.drawString(line, LINE["box"][0], LINE["box"][1] + LINE["size"], small, paint(look["ink"]))
        start = LABEL_AT[0] - label.measureText(BUTTON["label"]) / 2
        canvas.drawString(BUTTON["label"], start, LABEL_AT[1] + BUTTON["size"] / 3, label, paint("#ffffff"))
        return bytes(surface.makeImageSnapshot().encodeToData(kind, LOOK["quality"]))

    return draw


def takumi_py(variant: str, format: str) -> Draw:
    from takumi_py import FontResource, ImageResource, Renderer

    fonts = [FontResource(Path(LOOK["fonts"][name]).read_bytes()) for name in ("bold", "regular")]
    renderer = Renderer(load_default_fonts=False, fonts=fonts)
    picture = LOOK[variant].get("picture")
    images = [ImageResource("memory://picture", Path(picture).read_bytes())] if picture else []
    options = {"format": "jpeg", "quality": LOOK["quality"]} if format == "jpg" else {"format": "png"}

    def draw(n: int) -> bytes:
        return renderer.render_node(_tree(variant, n), width=WIDTH, height=HEIGHT, images=images, **options)

    return draw


def _tree(variant: str, n: int) -> dict[str, Any]:
    look, (headline, line) = LOOK[variant], words(n)
    ground: list[dict[str, Any]] = [
        _box((x, y, side, side), backgroundColor=color, borderRadius=side / 2)
        for x, y, side, color in look.get("discs", ())
    ]
    if "picture" in look:
        whole = {"position": "absolute", "left": 0, "top": 0}
        ground.append({"type": "image", "src": "memory://picture", "width": WIDTH, "height": HEIGHT, "style": whole})
    if "shade" in look:
        shade = f"linear-gradient(to bottom, {look['shade'][0]}, {look['shade'][1]})"
        ground.append(_box((0, 0, WIDTH, HEIGHT), backgroundImage=shade))
    texts = [
        _box(HEADLINE["box"], _text(headline, HEADLINE["size"], look["ink"], 700)),
        _box(LINE["box"], _text(line, LINE["size"], look["ink"], 400)),
        _box(
            BUTTON["box"],
            _text(BUTTON["label"], BUTTON["size"], "#ffffff", 700),
            backgroundColor=BUTTON["color"],
            borderRadius=BUTTON["radius"],
            display="flex",
            alignItems="center",
            justifyContent="center",
        ),
    ]
    style = {"width": WIDTH, "height": HEIGHT, "position": "relative", "display": "flex"}
    style["backgroundColor"] = look.get("ground", "#ffffff")
    return {"type": "container", "style": style, "children": [*ground, *texts]}


def _box(box: tuple[float, ...], *children: dict[str, Any], **style: Any) -> dict[str, Any]:
    left, top, width, height = box
    place = {"position": "absolute", "left": left, "top": top, "width": width, "height": height}
    return {"type": "container", "style": {**place, **style}, "children": list(children)}


def _text(text: str, size: float, color: str, weight: int) -> dict[str, Any]:
    style = {"color": color, "fontSize": size, "lineHeight": 1.2, "fontFamily": "Noto Sans", "fontWeight": weight}
    return {"type": "text", "text": text, "style": style}


LIBRARIES: dict[str, Callable[[str, str], Draw]] = {
    "skia-python": skia_python,
    "takumi-py": takumi_py,
}


def able() -> Iterator[tuple[tuple[str, str, str], Draw]]:
    """Who can draw: its first picture is not counted, and left beside the description for people to look at."""
    for name, make in LIBRARIES.items():
        for variant in ("photo", "drawn", "flat"):
            for format in FORMATS:
                try:
                    draw = make(variant, format)
                    picture = draw(0)
                except Exception as error:
                    print(name, repr(error), file=sys.stderr)
                    continue
                Path(sys.argv[1]).with_name(f"{name}-{variant}.{format}").write_bytes(picture)
                yield (name, variant, format), draw


def main() -> None:
    drawing = dict(able())
    print(json.dumps({"peers": list(drawing)}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        draw, picture = drawing[tuple(asked["peer"])], b""
        started = time.process_time()
        for n in range(asked["first"], asked["first"] + asked["times"]):
            picture = draw(n)
        spent = time.process_time() - started
        print(json.dumps({"seconds": spent / asked["times"], "bytes": len(picture)}), flush=True)


if __name__ == "__main__":
    main()

"""Small assets and the designs that stand for the renderer's look; drawn, so that nothing is borrowed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw

from app.engine.deadlines import LIVE, Deadline
from app.render.design import Design
from app.render.encode import Format
from app.render.gif.ticking import compiled
from app.render.layers import (
    ChartLayer,
    CodeLayer,
    CountdownLayer,
    IconLayer,
    MapLayer,
    PictureLayer,
    ProgressLayer,
    RatingLayer,
    ShapeLayer,
    TextLayer,
)
from app.render.layers.clocks.layout import Form
from app.render.layers.drawings import DRAWINGS
from app.render.layers.styles import SpanStyle
from app.render.paint import Painter
from app.render.symbols import Kind
from app.render.ticking import counted
from app.spans import mark, spanned

NARROW, SEMI, DISPLAY = "Noto Sans Condensed Bold", "Noto Sans SemiBold", "Noto Serif Display Bold"


@dataclass(frozen=True)
class Sample:
    """A design with the values of one open, and the format it is looked at in; `left` seconds of a countdown."""

    design: Design
    fields: dict[str, object] = field(default_factory=dict)
    captions: dict[int, str] = field(default_factory=dict)
    format: Format = "png"
    left: int = 0

    def drawn(self, painter: Painter) -> bytes:
        """The picture; of a countdown its first frame."""
        if not self.left:
            return painter.paint(self.design, self.fields, self.captions, format=self.format)
        ticking = counted(painter, self.design, self.fields, self.captions)
        assert ticking is not None, "it ticks"
        first, out = Image.open(BytesIO(compiled(ticking.scene(0)).gif(self.left, ticking.words))), BytesIO()
        first.convert("RGB").save(out, "PNG", optimize=True)
        return out.getvalue()


def draw_assets(folder: Path) -> None:
    """A wide photograph, a picture of four coloured quarters, a logo that lets through."""
    folder.mkdir(parents=True, exist_ok=True)
    dusk(1200, 600).save(folder / "dusk.jpg", quality=90)
    quarters = Image.new("RGB", (80, 40))
    for at, ink in (((0, 0), "red"), ((40, 0), "lime"), ((0, 20), "blue"), ((40, 20), "yellow")):
        quarters.paste(ink, (*at, at[0] + 40, at[1] + 20))
    quarters.save(folder / "quarters.png")
    logo = Image.new("RGBA", (192, 80), (255, 255, 255, 0))
    ImageDraw.Draw(logo).rounded_rectangle((0, 0, 191, 79), 40, fill="#ffffff", outline="#c8102e", width=8)
    logo.save(folder / "logo.png")


def dusk(width: int, height: int) -> Image.Image:
    """Hills under an evening sky, with the grain of a photograph."""
    sky = Image.linear_gradient("L").resize((width, height))
    image = Image.composite(Image.new("RGB", sky.size, "#f2a65a"), Image.new("RGB", sky.size, "#243b6b"), sky)
    draw = ImageDraw.Draw(image)
    for step, ink in enumerate(("#5b4a6b", "#3d3654", "#221f38")):
        top = height * (6 + step) // 10
        draw.ellipse((-width // 3 + step * width // 3, top, width * (3 + step) // 4, height * 2), fill=ink)
    chance = Random(11)
    grain = Image.frombytes("L", (width // 4, height // 4), chance.randbytes(width // 4 * (height // 4)))
    return Image.blend(image, grain.resize(image.size, Image.Resampling.BICUBIC).convert("RGB"), 0.06)


def samples() -> dict[str, Sample]:
    """By name: the pictures that are kept for people to look at."""
    return {
        "hero": _hero(),
        "forms": _forms(),
        "words": _words(),
        "scripts": _scripts(),
        "effects": _effects(),
        "spans": _spans(),
        "codes": _codes(),
        "badge": _badge(),
        "data": _data(),
        "maps": _maps(),
        "cards": _clock("boxes", "de", "#f4efe6", color="#ffffff", fill="#b3122b"),
        "flaps": _clock("flip", "ar", "#f4efe6", color="#ffffff", fill="#243b6b", label_color="#243b6b"),
        "line": _clock("plain", "ru", "#1d1d1b", color="#f4efe6", label_color="#c9bda8"),
    }


def _clock(style: Form, language: str, ground: str, **colors: Any) -> Sample:
    """A countdown, two days and some before its end."""
    layers = (
        ShapeLayer(box=(0, 0, 480, 110), color=ground),
        CountdownLayer(until="2026-12-01", box=(20, 15, 440, 80), style=style, **colors),
    )
    captions = {1: f"{LIVE}{Deadline(datetime(2026, 12, 1, tzinfo=UTC), language)}"}
    return Sample(Design("clock", (480, 110), layers=layers), captions=captions, left=2 * 86_400 + 4 * 3600 + 61)


def _hero() -> Sample:
    headline = TextLayer(
        field="headline",
        box=(24, 176, 400, 84),
        font="Noto Sans Bold",
        size=36,
        min_size=22,
        color="#ffffff",
        valign="bottom",
    )
    button = (446.0, 244.0, 130.0, 38.0)
    label = TextLayer(text="Ansehen", box=button, font=SEMI, size=15, color="white", align="center", valign="middle")
    layers = (
        PictureLayer(field="photo", box=(0, 0, 600, 300)),
        ShapeLayer(box=(0, 130, 600, 170), gradient=("#00000000", "#000000cc")),
        headline,
        TextLayer(text="Stand {{ weather.as_of | clock }}", box=(24, 272, 300, 16), size=11, color="#ffffffcc"),
        PictureLayer(picture="logo.png", box=(490, 12, 96, 40), fit="contain"),
        ShapeLayer(box=button, color="#c8102e", radius=19),
        label,
    )
    fields: dict[str, object] = {"photo": "dusk.jpg", "headline": "Guten Abend, Jürgen! Filmabend in Köln?"}
    return Sample(Design("hero", (600, 300), "#ffffff", layers), fields, {3: "Stand 20:15 Uhr", 6: "Ansehen"}, "jpg")


def _forms() -> Sample:
    layers = (
        ShapeLayer(box=(20, 20, 100, 70), color="#c8102e"),
        ShapeLayer(box=(140, 20, 100, 70), color="#c8102e", radius=16, stroke="#000000", width=3),
        ShapeLayer(box=(260, 20, 100, 70), form="ellipse", gradient=("#ffcc00", "#ff0066"), angle=90),
        ShapeLayer(box=(380, 20, 100, 70), stroke="navy", width=2, radius=35),
        ShapeLayer(box=(500, 20, 80, 70), gradient=("#ff000000", "#0000ff"), angle=45, radius=8),
        ShapeLayer(box=(20, 105, 560, 0), form="line", color="#999999"),
        ShapeLayer(box=(20, 120, 80, 60), form="line", color="green", width=4),
        PictureLayer(picture="quarters.png", box=(120, 120, 80, 60)),
        PictureLayer(picture="quarters.png", box=(220, 120, 80, 60), fit="contain"),
        PictureLayer(picture="quarters.png", box=(320, 120, 60, 60), fit="fill", radius=30),
        PictureLayer(picture="quarters.png", box=(400, 120, 80, 60), fit="none", opacity=0.5),
        PictureLayer(picture="dusk.jpg", box=(500, 120, 80, 60), radius=12, focus=(0.2, 1)),
    )
    return Sample(Design("forms", (600, 200), "#fffaf2", layers))


WRITTEN = (
    "Donaudampfschifffahrtsgesellschaftskapitän und Blu-ray/DVD",
    "Zwei Zeilen\nmit Umbruch",
    "Winterschlussverkauf, nur noch bis Sonntag",
    "x" * 200,
    "Straßenbahn\u00adhalte\u00adstelle und mehr Text, als hineinpasst",
    "Eine Zeile, die nie umbrochen wird",
    "Grüße aus Köln \U0001f44b \u22125 °C → ☀️ ★ ❄ ½ € 1\u202f234,50 Ελλάδα Привет Việt ≥ ⛄",
    "Die Quadratur des Kreises: „Zitat“, fi ffl Ǽ, ж, 李",
)


SCRIPTS = (
    "Hallo Jürgen \U0001f44b\U0001f3fd 20 % \U0001f389 – heute ☀️ 21 °C "
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 "
    "\U0001f1e9\U0001f1ea ❤️ 1\ufe0f\u20e3",
    "שלום Köln 50% (heute) מבצע מיוחד 2026 רק היום",
    "مرحبا يا أحمد! خصم 50% على كل المنتجات (حتى 30 نوفمبر 2026) \U0001f389",
    "नमस्ते मित्र, आज क्षत्रिय श्री ज्ञान München ★ ➜ ✓ में छूट",
    "สวัสดีชาวโลกที่นี้มีสินค้าลดราคาวันนี้เท่านั้น",
    "Καλημέρα κόσμε, Привет мир, Größenänderung",
)


def _scripts() -> Sample:
    """One script in each box, with guests."""
    layers = tuple(
        TextLayer(
            text="{{ words }}",
            box=(16 + 296 * (number % 2), 12 + 82 * (number // 2), 276, 74),
            size=24,
            min_size=12,
            font=("Noto Sans", "Noto Sans Bold")[number % 2],
        )
        for number in range(len(SCRIPTS))
    )
    return Sample(Design("scripts", (604, 262), "#ffffff", layers), {}, dict(enumerate(SCRIPTS)))


EFFECTS = (
    ("Schatten, weich \U0001f389", {"shadow": "#000000c0", "shadow_blur": 6, "shadow_offset": (0, 3)}),
    ("Umriss 2 px gjÄ \U0001f44b", {"outline": "#c8102e", "outline_width": 2}),
    ("GESPERRT é", {"letter_spacing": 6}),
    ("Beides مرحبا 50%", {"outline": "black", "outline_width": 3, "shadow": "#000", "shadow_offset": (4, 4)}),
    ("Tabular 1111 2026", {"tabular": True}),
    ("Eng gesetzt heute", {"letter_spacing": -1.5}),
)


def _effects() -> Sample:
    """Shadows, outlines, letters near and far."""
    ground = ShapeLayer(box=(0, 0, 604, 230), gradient=("#2b5876", "#c8a27a"), angle=90)
    layers = [
        TextLayer(
            text="{{ words }}",
            box=(16 + 296 * (number % 2), 12 + 72 * (number // 2), 276, 64),
            size=28,
            min_size=16,
            font="Noto Sans Bold",
            color="#ffffff",
            **effect,  # type: ignore[arg-type]
        )
        for number, (_, effect) in enumerate(EFFECTS)
    ]
    captions = {number: text for number, (text, _) in enumerate(EFFECTS, 1)}
    return Sample(Design("effects", (604, 230), "#ffffff", (ground, *layers)), {}, captions)


def _words() -> Sample:
    text = "{{ words }}"
    layers = (
        TextLayer(text=text, box=(20, 12, 180, 76), size=30, min_size=12),
        TextLayer(text=text, box=(210, 12, 180, 76), size=28, align="center", valign="middle", font="Noto Serif"),
        TextLayer(
            text=text, box=(400, 12, 184, 76), size=30, min_size=16, align="right", valign="bottom", font=DISPLAY
        ),
        TextLayer(text=text, box=(20, 100, 180, 50), size=30, min_size=12, font="Noto Sans Light"),
        TextLayer(text=text, box=(210, 100, 180, 50), size=18, font="Noto Sans Black", color="#c8102e88"),
        TextLayer(text=text, box=(400, 100, 184, 50), size=26, wrap=False, font=NARROW),
        TextLayer(text=text, box=(20, 160, 564, 24), size=17),
        TextLayer(text=text, box=(20, 192, 564, 28), size=18, font="Noto Serif Italic"),
    )
    return Sample(Design("words", (604, 232), "#ffffff", layers), {}, dict(enumerate(WRITTEN)))


SPANS = (
    ("Nur heute <price>19,90 €</price>, <strong>solange</strong> da", {}),
    (
        "<strong>Zwei <brand>von</brand></strong> <small>dreien</small>\n<price>−20 % \U0001f389</price>",
        {"align": "center"},
    ),
    ("שלום <price>50%</price> (heute) <strong>מבצע מיוחד</strong> 2026, <brand>רק</brand> היום", {}),
    ("مرحبا يا أ<brand>ح</brand>مد! خصم <price>50%</price> على <strong>كل المنتجات</strong>", {}),
    ("Statt <small>24,90 €</small> <price>19,90\u00a0€</price>", {"outline": "#fff3c4", "shadow": "#00000080"}),
    (
        "Straßen<brand>bahn</brand>halte<strong>stelle</strong> und <price>mehr, als je in den Kasten</price> geht",
        {"min_size": 16},
    ),
)


def _spans() -> Sample:
    """Words of several sizes, weights and colours in one text; from right to left, too."""
    styles = {
        "strong": SpanStyle(font="Noto Sans Bold"),
        "brand": SpanStyle(color="#c8102e"),
        "price": SpanStyle(font="Noto Sans Black", size=44, color="#c8102e"),
        "small": SpanStyle(size=13, color="#666666"),
    }
    layers = [
        TextLayer(
            text="{{ words }}",
            box=(16 + 296 * (number % 2), 12 + 104 * (number // 2), 276, 96),
            size=22,
            styles=styles,
            **keys,  # type: ignore[arg-type]
        )
        for number, (_, keys) in enumerate(SPANS)
    ]
    captions = {number: with_spans(text) for number, (text, _) in enumerate(SPANS)}
    return Sample(Design("spans", (604, 324), "#ffffff", tuple(layers)), {}, captions)


def with_spans(text: str) -> str:
    """A text with its tags made marks, as the compiler makes them."""
    return spanned(re.sub(r"</?[a-z]+>", lambda tag: mark(tag[0]), text))


CODES: tuple[tuple[Kind, str, tuple[float, float]], ...] = (
    ("qr", "https://lindner.example/g?c=Größe", (100, 100)),
    ("aztec", "CART15-LINDNER", (80, 100)),
    ("datamatrix", "CART15-LINDNER", (80, 100)),
    ("code128", "Gutschein-15 gy", (270, 100)),
    ("ean13", "4006381333931", (140, 100)),
)


def _codes() -> Sample:
    """Every kind of code, below each the same when it was redeemed, the last in colours."""
    layers: list[CodeLayer] = []
    for row, redeemed in enumerate((None, "used")):
        x = 10.0
        for kind, _, (width, height) in CODES:
            colors = {"color": "#0b3d91", "background": "#fff3c4"} if kind == "ean13" else {}
            box = (x, 10.0 + 110 * row, width, height)
            layers.append(CodeLayer(kind=kind, field=kind, box=box, redeemed=redeemed, **colors))
            x += width + 10
    fields: dict[str, object] = {kind: text for kind, text, _ in CODES}
    return Sample(Design("codes", (730, 230), "#c8102e", tuple(layers)), {**fields, "used": "yes"})


def _maps() -> Sample:
    """A place alone, then with readers near and far, by day and by night."""
    day, night = {"background": "#f6f3ea", "ink": "#1d1d1b"}, {"ink": "#ffffff", "color": "#ff5a6e"}
    reader = {"reader_latitude": "latitude", "reader_longitude": "longitude"}
    layers = (
        ShapeLayer(box=(308, 0, 308, 350), color="#121826"),
        MapLayer(near=(52.5208, 13.4094), text="", box=(12, 12, 284, 157), color="#c8102e", **day),  # type: ignore[arg-type]
        MapLayer(near=(52.5208, 13.4094), text="", box=(320, 12, 284, 157), **night, **reader),  # type: ignore[arg-type]
        MapLayer(near=(48.1374, 11.5755), text="", box=(12, 181, 284, 157), **day, **reader),  # type: ignore[arg-type]
        MapLayer(near=(52.3989, 13.0657), field="shop", box=(320, 181, 284, 157), **night, **reader),  # type: ignore[arg-type]
    )
    captions = {1: "Alexanderplatz", 2: "Filiale Alexanderplatz", 3: "München, Marienplatz"}
    fields: dict[str, object] = {"latitude": 52.45, "longitude": 13.62, "shop": "حديقة سانسوسي"}
    return Sample(Design("maps", (616, 350), "#ffffff", layers), fields, captions)


def _badge() -> Sample:
    layers = (
        ShapeLayer(box=(4, 4, 112, 112), form="ellipse", color="#ffd400", stroke="#c8102e", width=4),
        TextLayer(
            field="percent",
            box=(14, 30, 92, 40),
            font="Noto Sans Black",
            size=38,
            align="center",
            valign="middle",
            color="#c8102e",
        ),
        TextLayer(text="bis Sonntag", box=(14, 72, 92, 20), size=13, align="center", valign="middle"),
    )
    return Sample(Design("badge", (120, 120), "transparent", layers), {"percent": "−20 %"}, {2: "bis Sonntag"})


def _data() -> Sample:
    """Numbers: on their way to a whole, as stars, as charts; and every icon."""
    ink, sun, blues = "#c8102e", "#f5a623", ("#243b6b", "#5b84b1", "#a9c5e8", "#f2a65a")
    week, year = "3, 5, 8.5, -2, 6, 7, 4", "12 14 13 18 17 n/a 15 19 24 22 26 25"
    layers = (
        ProgressLayer(field="points", max=500, box=(20, 20, 260, 14), color=ink),
        ProgressLayer(field="over", box=(20, 44, 260, 14), color="#2e7d32", ends="flat"),
        ProgressLayer(field="points", max=500, form="ring", box=(300, 14, 60, 60), color=ink, track="#f4d5da"),
        ProgressLayer(field="points", max=500, form="ring", box=(370, 14, 60, 60), width=6, angle=90, ends="flat"),
        RatingLayer(field="stars", box=(450, 14, 134, 24), color=sun),
        RatingLayer(field="stars", box=(450, 48, 134, 24), color=ink, form="heart", gap=8, empty="#f4d5da"),
        ChartLayer(values=week, box=(20, 90, 120, 70), color="#5b84b1", gap=4),
        ChartLayer(values="40; 25; 12.5; 8", form="bars", box=(160, 90, 120, 70), colors=blues),
        ChartLayer(field="year", form="sparkline", box=(300, 90, 180, 70), color=ink, dot=True, width=3),
        ChartLayer(values="40, 25, 12.5, 8", form="donut", box=(500, 90, 84, 70), colors=blues),
        *(
            IconLayer(icon=name, box=(20 + 40.5 * (at % 14), 176 + 40 * (at // 14), 32, 32), color="#243b6b")  # type: ignore[arg-type]
            for at, name in enumerate(DRAWINGS)
        ),
    )
    fields: dict[str, object] = {"points": 320, "over": 170, "stars": 4.3, "year": year}
    return Sample(Design("data", (604, 262), "#ffffff", layers), fields)

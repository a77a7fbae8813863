"""The painter: a design, the fields of a decision and the evaluated captions, made into the bytes of a picture.

Layers whose content comes again and again (assets, shapes, fixed words) are painted once onto a *plate*, as far as the
order of layers allows, and only the rest is painted anew. The same input gives the same bytes, in any thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from time import thread_time

from PIL import Image

from app.render.allocator import settle
from app.render.assets import ABSENT, Assets
from app.render.atlas import Atlas
from app.render.cache import render_key
from app.render.canvas import Canvas
from app.render.colors import CLEAR, Color
from app.render.design import Design
from app.render.encode import Format, encode
from app.render.fonts import Fonts
from app.render.intake import Refused
from app.render.layers import Layer
from app.render.layers.layer import Drawing, Materials, fonts
from app.render.memory import Shelf, weight
from app.render.plates import Plan, Plate
from app.render.proofs import proof_of
from app.render.troubles import AssetTrouble, RenderTrouble
from app.render.typeset import Typesetter

Contents = tuple[str | None, ...]
"""What each layer shows; None for a layer that is not drawn."""

PLATE_BYTES = 24 << 20
PATCH_BYTES = 16 << 20
PLANS = 4096
NEUTRAL = (1, 1)


class Painter:
    """Paints designs with the assets, fonts and atlas it is given; may be used by several threads."""

    def __init__(
        self,
        assets: Assets,
        fonts: Fonts,
        *,
        atlas: Atlas | None = None,
        plate_bytes: int = PLATE_BYTES,
        patch_bytes: int = PATCH_BYTES,
    ) -> None:
        settle()
        self.assets = assets
        self.atlas = atlas or Atlas(None)
        self.type = Typesetter(fonts)
        self._plates: Shelf[tuple[object, ...], Plate] = Shelf(plate_bytes, lambda plate: plate.weight)
        self._patches: Shelf[tuple[object, ...], Image.Image] = Shelf(patch_bytes, weight)
        self._digests: dict[str, str] = {}
        self._plans: Shelf[tuple[object, ...], Plan] = Shelf(PLANS, lambda _: 1)

    def paint(
        self,
        design: Design,
        fields: Mapping[str, object],
        captions: Mapping[int, str],
        *,
        format: Format,
        nothing: bool = False,
    ) -> bytes:
        """The picture's bytes; raises RenderTrouble, and nothing else. `nothing` draws only the size of it."""
        if nothing:
            return blank(format, design)
        try:
            return self._bytes(design, contents(design, fields, captions), format)
        except RenderTrouble:
            raise
        except Exception as error:  # whatever it is, the recipient gets the fallback
            raise RenderTrouble(f"{design.name}: not finished as {format} ({error!r})") from error

    def short(
        self,
        design: Design,
        fields: Mapping[str, object],
        captions: Mapping[int, str],
        *,
        format: Format,
        nothing: bool = False,
    ) -> bool:
        """Whether painting is hardly worth a thread: the plate stands ready, its last pictures were short."""
        if nothing:
            return False
        shown = contents(design, fields, captions)
        plan = self._plan(design, shown)
        plate = self._plates.get(self._plate_key(design, shown, plan)) if plan.later else None
        if plate is None or not plate.short(format):
            return False
        later = ((design.layers[index], shown[index]) for index in plan.later)
        return all(content is None or layer.asset(content) is None for layer, content in later)

    def fallback(
        self, design: Design, fields: Mapping[str, object], captions: Mapping[int, str], *, format: Format
    ) -> bytes:
        """A picture in any case: what cannot be painted is left out. Made when a design is loaded, not at an open."""
        image = self.paintable(design, fields, captions)
        return encode(image, format=format, ground=design.ground, quality=design.quality, most=design.most)

    def paintable(self, design: Design, fields: Mapping[str, object], captions: Mapping[int, str]) -> Image.Image:
        """As much of a picture as can be painted, not encoded yet."""
        canvas = Canvas.blank(design.pixels, design.ground)
        shown = contents(design, fields, captions)
        for index in range(len(design.layers)):
            try:
                drawings = self._prepared(design, shown, (index,))
            except RenderTrouble:
                continue
            for drawing in drawings:
                drawing.onto(canvas)
        return canvas.image

    def proof(self, design: Design, *, nothing: bool) -> tuple[Design, int]:
        """The design with room for words across its foot, and the layer whose caption they are."""
        return proof_of(design, nothing=nothing)

    def key(
        self,
        design: Design,
        fields: Mapping[str, object],
        captions: Mapping[int, str],
        *,
        format: Format,
        nothing: bool = False,
    ) -> str:
        """The render key of what `paint` would draw; looks at no disk and never raises."""
        stamps = () if nothing else self.stamps(design, contents(design, fields, captions))
        return render_key(self.stamped(design), stamps, format=format, nothing=nothing)

    def stamped(self, design: Design) -> str:
        """The design's digest with those of the site's own fonts that its layers name; worked out once."""
        known = self._digests.get(design.digest)
        if known is None:
            names = sorted({font for layer in design.layers for font in fonts(layer)})
            known = self._digests[design.digest] = "".join((design.digest, *map(self._font_digest, names)))
        return known

    def _font_digest(self, name: str) -> str:
        try:
            return self.type.fonts.digest(name)
        except Refused:  # then nothing is painted with it
            return ABSENT

    def asset_paths(self, design: Design, fields: Mapping[str, object], captions: Mapping[int, str]) -> tuple[str, ...]:
        """The paths of the assets that `paint` would draw, below `assets/`; never raises."""
        shown = zip(design.layers, contents(design, fields, captions), strict=True)
        paths = (layer.asset(content) for layer, content in shown if content is not None)
        return tuple(path for path in paths if path is not None)

    def stamps(self, design: Design, shown: Contents) -> Contents:
        """The contents with each asset's path replaced by a digest of its bytes, and the edition of a map's ground put
        in front: equal stamps, equal pixels.
        """
        return tuple(
            self._stamp(layer, content, design.scale) for layer, content in zip(design.layers, shown, strict=True)
        )

    def _stamp(self, layer: Layer, content: str | None, scale: float) -> str | None:
        if content is None:
            return None
        if (asset := layer.asset(content)) is not None:
            return self.assets.digest(asset)
        sheet = None if self.atlas.is_empty else layer.sheet(content, scale)
        return content if sheet is None else f"{self.atlas.edition(sheet)} {content}"

    def _bytes(self, design: Design, shown: Contents, format: Format) -> bytes:
        plan = self._plan(design, shown)
        if not plan.later:  # the finished picture is kept elsewhere
            canvas = self.painted(design, shown)
            return encode(canvas.image, format=format, ground=design.ground, quality=design.quality, most=design.most)
        plate = self._plate(design, shown, plan)
        press, started = plate.press(format), thread_time()
        drawings = self._prepared(design, shown, plan.later)
        drawn = [drawing.extent for drawing in drawings]
        surfaces = press.surfaces(drawn)
        for surface in surfaces:
            for drawing in drawings:
                if drawing.extent.meets(surface.area):
                    drawing.onto(surface)
        printed = press.printed(surfaces)
        plate.spent(format, thread_time() - started)
        return printed

    def _plate(self, design: Design, shown: Contents, plan: Plan) -> Plate:
        key = self._plate_key(design, shown, plan)
        plate = self._plates.get(key)
        if plate is None:
            canvas = self.painted(design, shown, plan.ahead)
            plate = self._plates.put(key, Plate(canvas, design, [design.layers[index] for index in plan.later]))
        return plate

    def _plate_key(self, design: Design, shown: Contents, plan: Plan) -> tuple[object, ...]:
        stamps = (self._stamp(design.layers[index], shown[index], design.scale) for index in plan.ahead)
        return (design.digest, plan.ahead, *stamps)

    def painted(self, design: Design, shown: Contents, indices: Iterable[int] | None = None) -> Canvas:
        """These layers (all, where nobody says) on the design's ground; raises RenderTrouble."""
        canvas = Canvas.blank(design.pixels, design.ground)
        indices = range(len(design.layers)) if indices is None else indices
        for drawing in self._prepared(design, shown, indices):
            drawing.onto(canvas)
        return canvas

    def _prepared(self, design: Design, shown: Contents, indices: Iterable[int]) -> list[Drawing]:
        """These layers ready to be drawn, those that show something; what goes wrong names its layer."""
        materials = Materials(self.assets, self.type, self._patches, self.atlas, design.scale)
        contents = [(index, content) for index in indices if (content := shown[index]) is not None]
        return [_prepared(design.layers[index], content, materials, index) for index, content in contents]

    def _plan(self, design: Design, shown: Contents) -> Plan:
        steady = tuple(
            content is None or layer.steady(content) for layer, content in zip(design.layers, shown, strict=True)
        )
        key = (design.digest, steady)
        return self._plans.get(key) or self._plans.put(key, Plan.of(design, steady))


def contents(design: Design, fields: Mapping[str, object], captions: Mapping[int, str]) -> Contents:
    """What each layer of the design shows, with these values of fields and evaluated texts by index of layer."""
    return tuple(layer.content(fields, captions.get(index)) for index, layer in enumerate(design.layers))


def blank(format: Format, design: Design) -> bytes:
    """A picture of the design's size that shows nothing: transparent, as JPEG the ground alone."""
    return _nothing(format, design.pixels, design.ground, design.quality)


@lru_cache(maxsize=16)
def neutral(format: Format, size: tuple[int, int] = NEUTRAL) -> bytes:
    """A picture that says nothing, for placeholders nobody knows: transparent, as JPEG white; size in device pixels."""
    return encode(Image.new("RGBA", size, CLEAR), format=format)


@lru_cache(maxsize=64)
def _nothing(format: Format, pixels: tuple[int, int], ground: Color, quality: int) -> bytes:
    return encode(Image.new("RGBA", pixels, CLEAR), format=format, ground=ground, quality=quality)


def _prepared(layer: Layer, content: str, materials: Materials, index: int) -> Drawing:
    try:
        return layer.prepare(content, materials)
    except AssetTrouble as trouble:
        raise trouble.at_layer(index) from trouble
    except Exception as error:  # whatever it is, the recipient gets the fallback
        raise RenderTrouble(f"cannot be painted ({error!r})", layer=index, asset=layer.asset(content)) from error

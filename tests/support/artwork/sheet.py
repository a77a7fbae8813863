"""A sheet of paper: collects fragments and the gradients, filters and clips they need, and writes one SVG.

It draws nothing of its own but the finish (grain, mottle, vignette), which every picture shares.
"""

from __future__ import annotations

from random import Random

from .pen import element, group, number, rect

Stop = str | tuple[float, str]
_WIDE = {"x": "-60%", "y": "-60%", "width": "220%", "height": "220%", "color_interpolation_filters": "sRGB"}


class Sheet:
    """A picture in the making, `width` × `height` CSS pixels, with chance of its own (`rng`)."""

    def __init__(self, seed: int, width: int = 600, height: int = 300) -> None:
        self.width = width
        self.height = height
        self.rng = Random(seed)
        self._names: dict[str, str] = {}
        self._body: list[str] = []

    def add(self, *fragments: str) -> None:
        """Lay fragments on top of what is there."""
        self._body.extend(fragments)

    def _define(self, name: str, *children: str, **attributes: object) -> str:
        made = element(name, *children, id="@", **attributes)
        return "url(#" + self._names.setdefault(made, f"d{len(self._names)}") + ")"

    def _stops(self, stops: tuple[Stop, ...]) -> list[str]:
        last = max(len(stops) - 1, 1)
        pairs = [stop if isinstance(stop, tuple) else (index / last, stop) for index, stop in enumerate(stops)]
        return [element("stop", offset=offset, stop_color=color) for offset, color in pairs]

    def linear(self, *stops: Stop, along: tuple[float, float, float, float] = (0, 0, 0, 1)) -> str:
        """A linear gradient over the shape's own box; `along` is x1, y1, x2, y2 in shares of it."""
        x1, y1, x2, y2 = along
        return self._define("linearGradient", *self._stops(stops), x1=x1, y1=y1, x2=x2, y2=y2)

    def ramp(self, *stops: Stop, along: tuple[float, float, float, float]) -> str:
        """A linear gradient in the coordinates of the drawing."""
        x1, y1, x2, y2 = along
        made = self._stops(stops)
        return self._define("linearGradient", *made, gradientUnits="userSpaceOnUse", x1=x1, y1=y1, x2=x2, y2=y2)

    def radial(self, *stops: Stop, x: float = 0.5, y: float = 0.5, r: float = 0.5) -> str:
        """A radial gradient over the shape's own box."""
        return self._define("radialGradient", *self._stops(stops), cx=x, cy=y, r=r)

    def blur(self, deviation: float, down: float | None = None) -> str:
        """A Gaussian blur; `down` is its vertical part if it differs."""
        both = number(deviation) if down is None else f"{number(deviation)} {number(down)}"
        return self._define("filter", element("feGaussianBlur", stdDeviation=both), **_WIDE)

    def rough(self, scale: float, frequency: str = "0.08", seed: int = 3, octaves: int = 2) -> str:
        """A filter that frays edges by `scale` pixels: leaves, brush strokes, ripples (`frequency` may be "x y")."""
        noise = element(
            "feTurbulence", type="fractalNoise", baseFrequency=frequency, numOctaves=octaves, seed=seed, result="n"
        )
        shift = element(
            "feDisplacementMap",
            in_="SourceGraphic",
            in2="n",
            scale=scale,
            xChannelSelector="R",
            yChannelSelector="G",
        )
        return self._define("filter", noise, shift, **_WIDE)

    def speckle(self, color: str, frequency: str, cut: float = 0.5, gain: float = 9, seed: int = 5) -> str:
        """A filter that replaces a shape by flecks of one colour within it; a higher `cut` leaves fewer."""
        red, green, blue = (number(int(color[i : i + 2], 16) / 255, 3) for i in (1, 3, 5))
        matrix = f"0 0 0 0 {red} 0 0 0 0 {green} 0 0 0 0 {blue} {number(gain)} 0 0 0 {number(-gain * cut, 2)}"
        steps = [
            element("feTurbulence", type="fractalNoise", baseFrequency=frequency, numOctaves=2, seed=seed),
            element("feColorMatrix", values=matrix),
            element("feComposite", in2="SourceAlpha", operator="in"),
        ]
        return self._define("filter", *steps, **_WIDE)

    def caustics(self, color: str, frequency: str, gain: float = 9, seed: int = 3, base: float = 1.0) -> str:
        """A filter that replaces a shape by the net of light in a pool; a higher `gain` draws finer lines."""
        red, green, blue = (number(int(color[i : i + 2], 16) / 255, 3) for i in (1, 3, 5))
        matrix = f"0 0 0 0 {red} 0 0 0 0 {green} 0 0 0 0 {blue} {number(-gain)} 0 0 0 {number(base, 2)}"
        steps = [
            element("feTurbulence", type="turbulence", baseFrequency=frequency, numOctaves=1, seed=seed),
            element("feColorMatrix", values=matrix),
            element("feComposite", in2="SourceAlpha", operator="in"),
        ]
        return self._define("filter", *steps, **_WIDE)

    def melt(self, color: str, frequency: str, gain: float = 7, cut: float = 1.0, seed: int = 2) -> str:
        """A filter that turns a fading shape into one colour with a ragged edge: snow lines, foam, torn mist."""
        red, green, blue = (number(int(color[i : i + 2], 16) / 255, 3) for i in (1, 3, 5))
        steps = [
            element("feTurbulence", type="fractalNoise", baseFrequency=frequency, numOctaves=4, seed=seed),
            element("feColorMatrix", values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 .5 0 0 0 0", result="n"),
            element("feColorMatrix", in_="SourceAlpha", values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 .5 0", result="s"),
            element("feComposite", in_="s", in2="n", operator="arithmetic", k1=0, k2=1, k3=1, k4=0),
            element(
                "feColorMatrix",
                values=(
                    f"0 0 0 0 {red} 0 0 0 0 {green} 0 0 0 0 {blue} 0 0 0 {number(gain * 2)} {number(-gain * cut, 2)}"
                ),
                result="m",
            ),
            element("feComposite", in_="m", in2="SourceAlpha", operator="in"),
        ]
        return self._define("filter", *steps, **_WIDE)

    def relief(self, frequency: str, height: float, azimuth: float = -40, seed: int = 7, elevation: float = 42) -> str:
        """A filter that replaces a shape by lit rough stone in greys, to be laid on with a blend mode."""
        steps = [
            element("feTurbulence", type="fractalNoise", baseFrequency=frequency, numOctaves=5, seed=seed),
            element("feColorMatrix", values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0", result="n"),
            element(
                "feDiffuseLighting",
                element("feDistantLight", azimuth=azimuth, elevation=elevation),
                in_="n",
                surfaceScale=height,
                diffuseConstant=0.75,
                lighting_color="#ffffff",
            ),
            element("feComposite", in2="SourceAlpha", operator="in"),
        ]
        return self._define("filter", *steps, **_WIDE)

    def clip(self, *shapes: str) -> str:
        """A clip that lets through only what lies within the shapes."""
        return self._define("clipPath", *shapes)

    def mask(self, *shapes: str) -> str:
        """A mask: white shapes let through, black ones hide."""
        return self._define("mask", *shapes, maskUnits="userSpaceOnUse", x=-100, y=-100, width=800, height=600)

    def whole(self, fill: str, **more: object) -> str:
        """The fill over the whole sheet."""
        return rect(0, 0, self.width, self.height, fill, r=None, **more)

    def glow(self, x: float, y: float, r: float, color: str, strength: float = 1, *, squash: float = 1) -> str:
        """Light around a point, brightening what lies below it."""
        fill = self.radial((0, color), (0.25, color[:7] + "99"), (0.6, color[:7] + "2e"), (1, color[:7] + "00"))
        return element(
            "ellipse",
            cx=x,
            cy=y,
            rx=r,
            ry=r * squash,
            fill=fill,
            opacity=None if strength == 1 else strength,
            blend="screen",
        )

    def finish(self, vignette: str = "#1a0c22", strength: float = 0.45, grain: float = 0.06) -> None:
        """Grain, a slow mottle as of gouache on paper, and darker corners."""
        fine = self._noise("0.75", 3, 11)
        slow = self._noise("0.006 0.014", 3, 4)
        self.add(self.whole("#808080", filter=slow, opacity=0.32, blend="soft-light"))
        self.add(self.whole("#808080", filter=fine, opacity=grain, blend="soft-light"))
        clear = vignette[:7] + "00"
        corner = self.radial((0.55, clear), (1, vignette), x=0.58, y=0.42, r=0.75)
        self.add(self.whole(corner, opacity=strength, blend="multiply"))

    def _noise(self, frequency: str, octaves: int, seed: int) -> str:
        grey = "1.6 0 0 0 -.3 1.6 0 0 0 -.3 1.6 0 0 0 -.3 0 0 0 0 1"
        steps = [
            element("feTurbulence", type="fractalNoise", baseFrequency=frequency, numOctaves=octaves, seed=seed),
            element("feColorMatrix", values=grey),
        ]
        return self._define("filter", *steps, x=0, y=0, width="100%", height="100%", color_interpolation_filters="sRGB")

    def svg(self) -> str:
        """The finished document."""
        definitions = "".join(made.replace('id="@"', f'id="{name}"') for made, name in self._names.items())
        return element(
            "svg",
            element("defs", definitions),
            group(*self._body),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {self.width} {self.height}",
            width=self.width,
            height=self.height,
        )

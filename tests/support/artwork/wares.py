"""What the department store sells, as small pictures of about 40 by 40 around the origin.

They fill the shop app's tiles; the bags and mugs of the scenes are in `things`.
"""

from __future__ import annotations

from .pen import circle, ellipse, group, line, path, polygon, rect, stroke
from .sheet import Sheet


def sneaker(sheet: Sheet) -> str:
    """A red running shoe."""
    return group(
        path(
            "M-19 6Q-20 -4 -18 -10Q-12 -7 -7 -10Q-3 -6 3 -2Q10 2 16 3Q20 5 19 9H-19Z",
            sheet.linear("#ee5a68", "#c8102e", "#9a0c26"),
        ),
        path("M-20 8H20Q20 14 14 14H-15Q-20 14 -20 8Z", sheet.linear("#ffffff", "#d9ccd0")),
        path("M-18 -10Q-20 -4 -19 4Q-14 2 -13 -3Q-12 -7 -14 -8.6Z", "#7d0a22"),
        stroke("M-6 -8L-2 -12M-2 -5L2 -9M3 -2.4L6.5 -6", "#ffffff", 1.6),
        path("M-12 4Q-4 6 4 1Q-1 8 -12 8Z", "#ffffff", opacity=0.9),
    )


def lamp(sheet: Sheet) -> str:
    """A table lamp."""
    return group(
        circle(0, -2, 19, sheet.radial("#ffe9a8cc", "#ffe9a800")),
        rect(-1.5, -2, 3, 16, "#a97a45"),
        ellipse(0, 15, 8, 2.4, "#8a5a30"),
        polygon(
            [(-13, 0), (-8, -17), (8, -17), (13, 0)], sheet.linear("#f0a850", "#ffe3a0", "#f3c070", along=(0, 0, 1, 0))
        ),
        ellipse(0, 0, 13, 2, "#fff3d0"),
    )


def cup(sheet: Sheet) -> str:
    """A cup on a saucer."""
    return group(
        ellipse(0, 12, 18, 3.6, "#d9e3e6"),
        ellipse(0, 11, 18, 3.4, "#f6fafb"),
        stroke("M11 -4C19 -5 19 5 9 5", "#2f6f78", 2.6),
        path(
            "M-12 -8C-12 4 -8 11 -3 11H3C8 11 12 4 12 -8Z",
            sheet.linear("#24565f", "#3f8a92", "#6fb5b8", "#3a7f88", along=(0, 0, 1, 0)),
        ),
        ellipse(0, -8, 12, 3, "#1f4a52"),
        ellipse(0, -7.4, 10, 2.2, "#7a4a2a"),
    )


def handbag(sheet: Sheet) -> str:
    """A leather bag."""
    return group(
        stroke("M-8 -4C-8 -20 8 -20 8 -4", "#8a5430", 2.6),
        path("M-16 -5H16L18 14H-18Z", sheet.linear("#c9824a", "#a9622f", "#7d4420")),
        path("M-16 -5H16L16.6 2Q0 8 -16.6 2Z", sheet.linear("#d9965c", "#b56f3a")),
        rect(-2.4, 2, 4.8, 5, "#f3d08a", r=1),
    )


def chair(sheet: Sheet) -> str:
    """An armchair."""
    return group(
        stroke("M-11 10L-13 17M11 10L13 17", "#6b432d", 2.4),
        path("M-13 2V-12Q-13 -17 -7 -17H7Q13 -17 13 -12V2Z", sheet.linear("#3f8a92", "#2f6a70")),
        rect(-17, -4, 8, 15, "#2f6a70", r=4),
        rect(9, -4, 8, 15, "#4f9390", r=4),
        rect(-11, 0, 22, 10, "#4f9390", r=3),
    )


def pot(sheet: Sheet) -> str:
    """A house plant."""
    leaves = [
        path(
            "M0 4C5 -2 5 -12 0 -19C-5 -12 -5 -2 0 4Z",
            sheet.linear("#7fb56a", "#2f6f4a"),
            transform=f"rotate({turn} 0 4)",
        )
        for turn in (-62, 62, -32, 32, 0)
    ]
    return group(
        *leaves,
        polygon([(-9, 3), (9, 3), (7, 16), (-7, 16)], sheet.linear("#a8553a", "#e09a6a", along=(0, 0, 1, 0))),
        rect(-10, 1.5, 20, 4, "#c9714e", r=1),
    )


def coat(sheet: Sheet) -> str:
    """A coat on its hanger."""
    return group(
        stroke("M0 -14V-17q0 -3 2.4 -3", "#8a8590", 1.2),
        path(
            "M-4 -14Q0 -12 4 -14L15 -9L17 6L12 7L11 -1V17H-11V-1L-12 7L-17 6L-15 -9Z",
            sheet.linear("#b98850", "#e0b57a", "#c99a60", along=(0, 0, 1, 0)),
        ),
        path("M-4 -14L0 -4L4 -14L7 -12L0 2L-7 -12Z", "#9a6c3a"),
        line(0, 0, 0, 17, "#9a6c3a", width=0.8),
        circle(2.4, 5, 1, "#6b4320"),
        circle(2.4, 10, 1, "#6b4320"),
    )


def headphones(sheet: Sheet) -> str:
    """Headphones."""
    return group(
        stroke("M-13 6V0A13 14 0 0 1 13 0V6", "#4a4260", 3.6),
        stroke("M-12.6 -3A13 14 0 0 1 12.6 -3", "#8a80a5", 1),
        rect(-18, 0, 9, 15, sheet.linear("#3a3350", "#6a6088", along=(0, 0, 1, 0)), r=4),
        rect(9, 0, 9, 15, sheet.linear("#4a4268", "#8a80a5", along=(0, 0, 1, 0)), r=4),
        rect(-9.6, 2, 3, 11, "#c8102e", r=1.4),
        rect(6.6, 2, 3, 11, "#c8102e", r=1.4),
    )


def teddy(sheet: Sheet) -> str:
    """A teddy bear."""
    fur = sheet.radial("#e6b580", "#b57a45", x=0.65, y=0.3, r=0.8)
    return group(
        circle(-9, -14, 4.4, "#b57a45"),
        circle(9, -14, 4.4, "#c98f58"),
        ellipse(0, 9, 11, 9, fur),
        ellipse(-10, 6, 4, 6, "#b57a45"),
        ellipse(10, 6, 4, 6, "#c98f58"),
        circle(0, -7, 11, fur),
        ellipse(0, -3.4, 5, 4, "#f3d9b5"),
        circle(-4, -8.6, 1.2, "#3a2018"),
        circle(4, -8.6, 1.2, "#3a2018"),
        ellipse(0, -5, 1.7, 1.2, "#3a2018"),
        path("M-7 2Q0 6 7 2L5 6Q0 8 -5 6Z", "#c8102e"),
    )


def raincoat(sheet: Sheet) -> str:
    """A yellow raincoat with its hood."""
    cloth = sheet.linear("#f0b81f", "#ffd84a", "#eab31a", along=(0, 0, 1, 0))
    return group(
        path("M-7 -13Q-8 -20 0 -20Q8 -20 7 -13Q4 -9 0 -9Q-4 -9 -7 -13Z", "#d99c12"),
        path("M-4.6 -13.4Q-5 -17.6 0 -17.6Q5 -17.6 4.6 -13.4Q2 -11 0 -11Q-2 -11 -4.6 -13.4Z", "#8a5d08"),
        path("M-6 -13Q0 -8 6 -13L16 -8L18 7L12.6 8L11.6 0L13 18H-13L-11.6 0L-12.6 8L-18 7L-16 -8Z", cloth),
        line(0, -9.6, 0, 18, "#c98d0c", width=0.9),
        *[rect(-2.6, y, 5.2, 1.8, "#3a2a3a", r=0.9) for y in (-4, 2, 8)],
        rect(-9.6, 8, 6, 5, "#dda313", r=1),
        rect(3.6, 8, 6, 5, "#dda313", r=1),
    )


def teapot(sheet: Sheet) -> str:
    """A yellow teapot."""
    glaze = sheet.linear("#d99c12", "#ffd84a", "#f6c52e", "#d99c12", along=(0, 0, 1, 0))
    return group(
        stroke("M11 -3C21 -7 22 9 10 8", "#d99c12", 3),
        path("M-10 1L-20 -8L-17 -9L-9 -4Z", "#e0a81a"),
        ellipse(0, 4, 14, 11, glaze),
        ellipse(0, -6, 8.4, 2.6, "#c98d0c"),
        path("M-8 -6.6Q0 -13 8 -6.6Z", glaze),
        circle(0, -11.6, 2, "#3a2a3a"),
        ellipse(0, 14.4, 8, 1.8, "#c98d0c"),
    )


ALL = (sneaker, lamp, cup, handbag, chair, pot, coat, headphones, teddy, raincoat, teapot)
TINTS = (
    "#fde3e0",
    "#fff0d3",
    "#dceff0",
    "#f6e6d3",
    "#dcefe6",
    "#e9f3dc",
    "#f3e9dc",
    "#e9e6f6",
    "#ffe9d9",
    "#dfe9f0",
    "#e6efe4",
)

"""What the letters of a text can be: how large, how far apart, with which outline and shadow; in CSS pixels."""

from __future__ import annotations

SMALLEST = 4.0
LARGEST = 400.0


def check_legible(key: str, size: float) -> None:
    """Raise ValueError unless letters of this size can be read; `key` is where it is written."""
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"{key} {size:g} cannot be read; write a size between {SMALLEST:g} and {LARGEST:g}")


def check_least(least: float | None, size: float) -> None:
    """Raise ValueError if letters should become larger than they are to fit."""
    if least is not None and least > size:
        raise ValueError(f"min_size {least:g} is above size ({size:g}); write min_size: {size:g} to keep the size")


def check_spaced(line_height: float) -> None:
    """Raise ValueError unless lines can stand so far apart."""
    if not 0.5 <= line_height <= 5:
        raise ValueError(f"line_height {line_height:g} is a multiple of the size; write 1.2, for instance")


def check_apart(spacing: float) -> None:
    """Raise ValueError if letters stand too far apart to be read as words."""
    if not spacing <= 100:
        raise ValueError(f"letter_spacing {spacing:g} tears words apart; write CSS pixels, such as 1")


def check_near(spacing: float, size: float) -> None:
    """Raise ValueError if letters of that size are pushed over each other, which an `i` is at a fourth of it."""
    least = -size / 4
    if not spacing >= least:
        message = f"letter_spacing {spacing:g} pushes letters of size {size:g} over each other"
        raise ValueError(f"{message}; write {least:g} or more")


def check_outlining(width: float) -> None:
    """Raise ValueError unless an outline can be so wide."""
    if not 0 < width <= 20:
        raise ValueError(f"outline_width {width:g} cannot be; write CSS pixels up to 20, such as 1")


def check_cast(offset: tuple[float, float]) -> None:
    """Raise ValueError unless a shadow can lie so far away."""
    if not all(-50 <= part <= 50 for part in offset):
        raise ValueError(f"shadow_offset {list(offset)} goes too far; write [right, down] in CSS pixels, as in [0, 1]")


def check_soft(blur: float) -> None:
    """Raise ValueError unless a shadow can be so soft."""
    if not 0 <= blur <= 50:
        raise ValueError(f"shadow_blur {blur:g} cannot be; write CSS pixels up to 50, such as 2")

"""The grid of 0.1° by which weather is asked for and remembered: about 11 km, and nobody's address.

A cell is a pair of whole tenths of a degree. It is all that ever leaves the machine about a place.
"""

from __future__ import annotations

Cell = tuple[int, int]

_TURN, _HALF_TURN, _POLE = 3600, 1800, 900


def cell_of(latitude: float, longitude: float) -> Cell | None:
    """The cell of a place; None for what is no place on Earth (NaN, infinite, beyond a pole)."""
    try:
        north, east = round(latitude * 10), round(longitude * 10)
    except (ValueError, OverflowError):
        return None
    if not -_POLE <= north <= _POLE:
        return None
    if not -_HALF_TURN <= east < _HALF_TURN:
        east = (east + _HALF_TURN) % _TURN - _HALF_TURN
    return north, east


def centre(cell: Cell) -> tuple[float, float]:
    """Latitude and longitude of a cell, with one decimal."""
    return cell[0] / 10, cell[1] / 10

"""Arguments of filters: what is wrong with one, found when the text is compiled rather than when it is opened."""

from __future__ import annotations

from app.authoring.liquid.values import GivesWay


class BadArgument(GivesWay):
    """An argument that a filter cannot take; `remedy` says what it can."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


def whole(argument: object, least: int, most: int) -> int:
    """A whole number from `least` to `most`; raises `BadArgument`."""
    if isinstance(argument, bool) or not isinstance(argument, int | float) or argument != int(argument):
        raise BadArgument(f"“{argument}” is not a whole number", f"a number from {least} to {most}, without quotes")
    if not least <= argument <= most:
        raise BadArgument(f"{argument} is out of range", f"a number from {least} to {most}")
    return int(argument)

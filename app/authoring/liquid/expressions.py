"""What a template evaluates: reads by name, comparisons that know the unknown, chains of filters.

They take the places of the parser's own expressions. A name is one look into one table; no path is ever followed into a
Python object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from liquid import BoundTemplate, RenderContext, Token
from liquid.expression import Expression
from liquid.utils import ReadOnlyChainMap

from app.authoring.liquid.filters import Filter
from app.authoring.liquid.values import LONGEST, NOTHING, UNKNOWN, GivesWay, Unknown
from app.authoring.liquid.voice import Voice, amount

TURNS: Final = 200
"""How often the loops of one text may turn, and how many numbers a range may have."""


class Saying(RenderContext):
    """One saying of one text: the values it may read and the voice it speaks with.

    Its scope holds what the text itself assigns and nothing else; `python-liquid`'s own also knows `now`, which would
    read the machine's clock.
    """

    __slots__ = ("voice",)

    def __init__(self, template: BoundTemplate, values: Mapping[str, object], voice: Voice) -> None:
        super().__init__(template, globals=values)
        self.scope = ReadOnlyChainMap(self.locals)
        self.voice = voice


def voice_of(context: RenderContext) -> Voice:
    """The voice of this saying."""
    return cast(Saying, context).voice


class Read(Expression):
    """A signal, part or field by its name; unknown where it is not among the values."""

    __slots__ = ("name",)

    def __init__(self, token: Token, name: str) -> None:
        super().__init__(token)
        self.name = name

    def evaluate(self, context: RenderContext) -> object:
        """The value, or the unknown."""
        return context.globals.get(self.name, UNKNOWN)

    def children(self) -> list[Expression]:
        """None: a name stands alone."""
        return []


class Compared(Expression):
    """Two values compared."""

    __slots__ = ("compare", "left", "right")

    def __init__(
        self, token: Token, left: Expression, right: Expression, compare: Callable[[object, object], bool]
    ) -> None:
        super().__init__(token)
        self.left = left
        self.right = right
        self.compare = compare

    def evaluate(self, context: RenderContext) -> bool:
        """Whether the comparison holds; never for what has no order."""
        return self.compare(self.left.evaluate(context), self.right.evaluate(context))

    def children(self) -> list[Expression]:
        """Both sides."""
        return [self.left, self.right]


class AnyOf(Expression):
    """Whether any of several comparisons holds, answered once (a `when` of `python-liquid` prints once for each)."""

    __slots__ = ("expressions",)

    def __init__(self, token: Token, expressions: list[Expression]) -> None:
        super().__init__(token)
        self.expressions = expressions

    def evaluate(self, context: RenderContext) -> bool:
        """Whether one of them is true."""
        return any(one.evaluate(context) for one in self.expressions)

    def children(self) -> list[Expression]:
        """The comparisons."""
        return self.expressions


class Numbers(Expression):
    """A range such as (1..3) as a list, since a lazy one of a billion would keep `contains` or `reversed` busy."""

    __slots__ = ("start", "stop")

    def __init__(self, token: Token, start: Expression, stop: Expression) -> None:
        super().__init__(token)
        self.start = start
        self.stop = stop

    def evaluate(self, context: RenderContext) -> list[int]:
        """The whole numbers from start to stop; raises `GivesWay` where they are too many or no numbers."""
        start, stop = (int(amount(side.evaluate(context))) for side in (self.start, self.stop))
        if stop - start >= TURNS:
            raise GivesWay("too many numbers")
        return list(range(start, stop + 1))

    def children(self) -> list[Expression]:
        """Both ends."""
        return [self.start, self.stop]


class Step:
    """One filter of a chain with its arguments."""

    __slots__ = ("_filter", "_named", "_placed")

    def __init__(self, one: Filter, placed: tuple[Expression, ...], named: Mapping[str, Expression]) -> None:
        self._filter = one
        self._placed = placed
        self._named = named

    def evaluate(self, value: object, context: RenderContext) -> object:
        """What the filter makes of the value; unknown where it cannot, so that a `default` may follow."""
        one = self._filter
        placed = [argument.evaluate(context) for argument in self._placed]
        named: dict[str, Any] = {name: argument.evaluate(context) for name, argument in self._named.items()}
        if not one.fills:
            if isinstance(value, Unknown) or any(isinstance(argument, Unknown) for argument in placed):
                return UNKNOWN
            if one.keeps_empty and value == "":
                return NOTHING
        try:
            result = one.apply(value, voice_of(context), *placed, **named)
        except Exception:  # whatever a value may be that no filter was made for
            return UNKNOWN
        if isinstance(result, str) and len(result) > LONGEST:
            raise GivesWay("too long")
        return NOTHING if result == "" else result


class Chain(Expression):
    """A value and the filters behind it."""

    __slots__ = ("left", "steps")

    def __init__(self, token: Token, left: Expression, steps: tuple[Step, ...]) -> None:
        super().__init__(token)
        self.left = left
        self.steps = steps

    def evaluate(self, context: RenderContext) -> object:
        """The value behind the last filter."""
        value = self.left.evaluate(context)
        for step in self.steps:
            value = step.evaluate(value, context)
        return value

    def children(self) -> list[Expression]:
        """The value alone; the steps hold their arguments."""
        return [self.left]

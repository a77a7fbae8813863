"""Reading expressions: every name resolved, every filter checked, every comparison made one that knows the unknown.

It turns the parser's expressions into ours and says of each what kind of value it gives (a kind, or None for what is
written alike in every language). It changes no template; `walking` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from liquid.builtin.expressions import (
    BooleanExpression,
    Filter as Parsed,
    FilteredExpression,
    KeywordArgument,
    Literal,
    Path,
    StringLiteral,
)
from liquid.builtin.expressions.logical import (
    ContainsExpression,
    EqExpression,
    GeExpression,
    GtExpression,
    LeExpression,
    LogicalAndExpression,
    LogicalOrExpression,
    LtExpression,
    NeExpression,
)
from liquid.builtin.expressions.primitive import FloatLiteral, RangeLiteral
from liquid.expression import Expression

from app.authoring.liquid.arguments import BadArgument
from app.authoring.liquid.comparing import COMPARISONS
from app.authoring.liquid.expressions import Chain, Compared, Numbers, Read, Step
from app.authoring.liquid.filters import FILTERS, Filter, Gives
from app.authoring.liquid.findings import SPOKEN_DIFFERENTLY, Findings
from app.authoring.liquid.operands import misfit
from app.authoring.suggest import did_you_mean
from app.authoring.vocabulary import is_later
from app.engine.signals import Kind

Typed = tuple[Expression, Kind | None]

SHIFTED: Final = frozenset({Kind.CLOCK, Kind.MOMENT, Kind.DURATION})
"""Kinds that stay what they are when seconds are added."""

DEEPEST: Final = 50
"""Conditions that one `if` may join."""

_COMPARED = EqExpression | NeExpression | LtExpression | GtExpression | LeExpression | GeExpression | ContainsExpression


class Understanding:
    """Reads the expressions of one text, with the names that the text has assigned so far.

    `assured` holds the signals that are known wherever the template stands now, since an `if` around it asked.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.own: dict[str, Kind | None] = {}
        self.assured: frozenset[str] = frozenset()
        self._depth = 0

    @contextmanager
    def assuring(self, signals: frozenset[str]) -> Iterator[None]:
        """While these signals are known too."""
        before = self.assured
        self.assured = before | signals
        try:
            yield
        finally:
            self.assured = before

    def value(self, expression: Expression, *, is_word: bool = False) -> Typed:
        """A single value; `is_word` where an unknown name may be a text that lost its quotes."""
        if isinstance(expression, Path):
            return self._path(expression, is_word=is_word)
        if isinstance(expression, RangeLiteral):
            start, stop = self.value(expression.start)[0], self.value(expression.stop)[0]
            return Numbers(expression.token, start, stop), None
        if isinstance(expression, StringLiteral):
            return expression, Kind.TEXT
        return expression, Kind.NUMBER if isinstance(expression, FloatLiteral) else None

    def printed(self, expression: Expression) -> Typed:
        """A value with its filters, as `{{ … }}` and `assign` have it."""
        if not isinstance(expression, FilteredExpression):
            return self.value(expression)
        left, kind = self.value(expression.left)
        filters = expression.filters or []
        if not any(one.name in FILTERS and FILTERS[one.name].fills for one in filters):
            self._doubt(left)
        if not filters:
            return left, kind
        steps: list[Step] = []
        for parsed in filters:
            step, kind = self._step(parsed, kind)
            steps += [step] if step else []
        return Chain(expression.token, left, tuple(steps)), kind

    def condition(self, expression: Expression) -> Expression:
        """A condition of `if` and `unless`."""
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                self.findings.wrong("text-limit", f"more than {DEEPEST} conditions are joined", at=expression.token)
            elif isinstance(expression, BooleanExpression):
                expression.expression = self.condition(expression.expression)
            elif isinstance(expression, LogicalAndExpression | LogicalOrExpression):
                expression.left = self.condition(expression.left)
                expression.right = self.condition(expression.right)
            elif isinstance(expression, _COMPARED):
                return self.compared(expression.left, expression.right, expression)
            else:
                return self.value(expression)[0]
            return expression
        finally:
            self._depth -= 1

    def compared(self, left: Expression, right: Expression, where: Expression, sign: str = "") -> Compared:
        """Two sides of a comparison; what can never hold is a mistake."""
        (one, kind), (other, also) = self.value(left, is_word=True), self.value(right, is_word=True)
        for this, its_kind, that in ((one, kind, other), (other, also, one)):
            if isinstance(this, Read):
                if its_kind is Kind.NAME:
                    self.findings.spelled[this.name] = None
                if found := misfit(this.name, its_kind, that):
                    self.findings.wrong("text-comparison", *found, at=that.token)
        return Compared(where.token, one, other, COMPARISONS[sign or where.token.kind])

    def _path(self, path: Path, *, is_word: bool) -> Typed:
        findings = self.findings
        words = [str(word) for word in path.path if not isinstance(word, Path)]
        if path.path and path.path[0] in self.own and all(isinstance(word, str | int) for word in path.path):
            return path, self.own[str(path.path[0])] if len(path.path) == 1 else None
        name = ".".join(words)
        if len(words) < len(path.path) or any(isinstance(word, int) for word in path.path):
            findings.wrong("text-name", "a name is written out here, without [ ] and what is worked out in them",
                           "such as weather.temperature", at=path.token)  # fmt: skip
        elif not findings.names.is_known(name):
            remedy = findings.names.remedy(name, is_word=is_word)
            code, message = "text-name", f"nothing is called “{name}”"
            if is_later(name):
                code, message, remedy = (
                    "not-in-this-release",
                    f"“{name}” is not in this release",
                    "leave it out for now",
                )
            findings.wrong(code, message, remedy, at=path.token, width=len(name))
        else:
            findings.read[name] = None
        return Read(path.token, name), findings.names.kind(name)

    def _doubt(self, value: Expression) -> None:
        if isinstance(value, Read) and value.name in self.findings.names.signals and value.name not in self.assured:
            self.findings.doubtful[value.name] = None

    def _step(self, parsed: Parsed, kind: Kind | None) -> tuple[Step | None, Kind | None]:
        """One filter behind a value of this kind."""
        one = FILTERS.get(parsed.name)
        if one is None:
            remedy = did_you_mean(parsed.name, FILTERS, else_say="filters are")
            self.findings.wrong("text-filter", f"“{parsed.name}” is not a filter", remedy, at=parsed.token)
            return None, None
        placed, named, kinds = [], {}, []
        for argument in parsed.args:
            value, its_kind = self.value(argument.value, is_word=True)
            self._doubt(value)
            kinds.append(its_kind)
            if isinstance(argument, KeywordArgument):
                named[argument.name] = value
            else:
                placed.append(value)
        self._check(parsed, one, kind, placed, list(named))
        if one.formats:
            self.findings.formats(kind, shows_time=bool(one.takes and Kind.MOMENT in one.takes))
        if one.says:
            for said in (kind, *kinds):
                self.findings.says(said)
        return Step(one, tuple(placed), named), _given(one, kind, kinds)

    def _check(
        self, parsed: Parsed, one: Filter, kind: Kind | None, placed: list[Expression], named: list[str]
    ) -> None:
        """Whether the filter fits what stands before it, and its arguments the filter."""
        wrong, example = self.findings.wrong, f"as in {one.example}"
        if one.takes is not None and kind is not None and kind not in one.takes:
            wrong("text-filter", f"“{one.name}” makes no sense behind a {kind.value}", example, at=parsed.token)
        least = one.least or (1 if one.name == "money" and not self.findings.has_currency else 0)
        if not least <= len(placed) <= one.most:
            wants = f"{least}" if least == one.most else f"{least} to {one.most}"
            message = f"“{one.name}” takes {wants} argument{'s' if wants != '1' else ''}, not {len(placed)}"
            wrong("text-filter", message, example, at=parsed.token)
        for name in named:
            if not (one.fills and name == "allow_false"):
                wrong("text-filter", f"“{one.name}” has no argument named “{name}”", example, at=parsed.token)
        if one.check and placed and isinstance(placed[0], Literal):
            try:
                one.check(placed[0].value, kind)
            except BadArgument as error:
                wrong("text-filter", str(error), error.remedy, at=placed[0].token)


def _given(one: Filter, kind: Kind | None, arguments: list[Kind | None]) -> Kind | None:
    """The kind of what comes out of a filter."""
    if one.gives is Gives.TEXT:
        return Kind.TEXT
    if one.gives is Gives.WHOLE:
        return Kind.NUMBER if arguments else None
    if one.gives is Gives.NUMBER:
        return Kind.NUMBER
    if one.fills:
        return next((each for each in (kind, *arguments) if each in SPOKEN_DIFFERENTLY), kind)
    return kind if kind in SHIFTED else Kind.NUMBER

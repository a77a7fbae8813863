"""What a question answers: figures with their spread, each beside its goal where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number: the median of the rounds, the least and the most; `goal` in words, and whether it is met."""

    name: str
    value: float
    unit: str
    low: float
    high: float
    goal: str = ""
    met: bool | None = None
    note: str = ""

    @classmethod
    def of(cls, name: str, rounds: Sequence[float], unit: str, *, note: str = "") -> Self:
        """A figure without a goal."""
        return cls(name, median(rounds), unit, min(rounds), max(rounds), note=note)

    @classmethod
    def at_least(cls, name: str, rounds: Sequence[float], unit: str, goal: float, *, note: str = "") -> Self:
        """A figure that must not be lower than its goal; the median counts."""
        middle = median(rounds)
        said = f"at least {goal:g}{_behind(unit)}"
        return cls(name, middle, unit, min(rounds), max(rounds), said, middle >= goal, note)

    @classmethod
    def at_most(cls, name: str, rounds: Sequence[float], unit: str, goal: float, *, note: str = "") -> Self:
        """A figure that must not be higher than its goal; the median counts."""
        middle = median(rounds)
        said = f"at most {goal:g}{_behind(unit)}"
        return cls(name, middle, unit, min(rounds), max(rounds), said, middle <= goal, note)

    def line(self) -> str:
        """The figure as it is printed."""
        spread = f"({_number(self.low)} … {_number(self.high)})" if self.low != self.high else ""
        verdict = f"{self.goal}: {'met' if self.met else 'MISSED'}" if self.goal else ""
        note = f"  {self.note}" if self.note else ""
        return f"  {self.name:<58} {_number(self.value):>8} {self.unit:<6} {spread:<19} {verdict}{note}".rstrip()

    def record(self) -> dict[str, Any]:
        """The figure for machines."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """A question and what was measured, with what else there is to say."""

    question: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The report as it is printed."""
        return "\n".join(
            (self.question, *(figure.line() for figure in self.figures), *(f"  {note}" for note in self.notes))
        )


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Round by round, so that what disturbs one round disturbs both sides of its ratio."""
    return [one / other for one, other in zip(above, below, strict=True)]


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _behind(unit: str) -> str:
    return "" if unit in ("", "x") else f" {unit}"

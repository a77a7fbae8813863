"""Hypothesis strategies for rule sets: nested conditions over every clause of a scene, words, parts, lots, and cases.

A `Case` is what every law is checked on: a rule set, the people whose opens it decides (worlds of one scene, seen at
one instant), what is hidden from the decision, and instants to look again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hypothesis import strategies as st

from app.engine.conditions import Any as AnyOf, Condition, Not, every, ordered
from app.engine.lottery import HELD_OUT, HOLDOUT_SIGNAL, TAKING_PART, lot
from app.engine.rules import RULE, Field, Outcome, Part, Row, Rule, Ruleset
from app.engine.words import NOTHING_SAID, Alternative, Bound, Fixed, Words, fixed
from tests.support.engine_scenes import ARMS, CATALOGUE_OF_TESTS, Scene, families, lists, phases
from tests.support.engine_worlds import ALL_SIGNALS, World, a_world, an_opening, below, pick, some_of
from tests.support.honest_clock import RUNNING

DEEPEST = 2


Topics = tuple[tuple[Condition, ...], ...]
"""The clauses that one case is made of, by signal; few signals, so that its rules speak of the same things."""


def topics(draw: st.DrawFn, scene: Scene) -> Topics:
    """All clauses about a few signals of the scene."""
    return tuple(pick(draw, families(scene)) for _ in range(1 + draw(below(3))))


def condition(draw: st.DrawFn, about: Topics, depth: int = 0) -> Condition:
    """A clause, or clauses joined and negated, as the compiler joins them."""
    form = pick(draw, FORMS) if depth < DEEPEST else "clause"
    if form == "clause":
        return pick(draw, pick(draw, about))
    if form == "not":
        return Not(condition(draw, about, depth + 1))
    inner = [condition(draw, about, depth + 1) for _ in range(1 + draw(below(3)))]
    return every(inner) if form == "all" else AnyOf(ordered(inner))


FORMS = ("clause", "clause", "clause", "clause", "clause", "not", "all", "any")


def when(draw: st.DrawFn, about: Topics) -> Condition:
    """What stands behind `when:`; nothing, now and then."""
    return every([condition(draw, about) for _ in range(pick(draw, (1, 2, 3, 2, 1, 0)))])


@dataclass(frozen=True, slots=True)
class Spell:
    """The simple, honest maker of a bound text: names and values one after the other, in minutes where they run.

    It gives way where a name is missing, unless it is `forgiving`.
    """

    names: tuple[str, ...]
    forgiving: bool

    def __call__(self, known: Mapping[str, Any]) -> Any:
        """The text, or None to give way; one name alone that is empty says the empty text."""
        if not self.forgiving and any(name not in known for name in self.names):
            return None
        if len(self.names) == 1:
            return _shown(self.names[0], known.get(self.names[0], "-"))
        return " ".join(f"{name}={_shown(name, known.get(name, '-'))}" for name in self.names)


def _shown(name: str, value: Any) -> str:
    return str(int(value // 60)) if name in RUNNING and isinstance(value, int | float) else str(value)


def bound(*signals: str, parts: tuple[str, ...] = (), fields: tuple[str, ...] = (), forgiving: bool = False) -> Bound:
    """A bound text over these names."""
    names = (*signals, *parts, *fields)
    return Bound(signals, Spell(names, forgiving), " ".join(f"{{{{ {name} }}}}" for name in names), parts, fields)


Sayings = tuple[tuple[Alternative, ...], ...]


def _sayings(parts: tuple[str, ...], fields: tuple[str, ...]) -> Sayings:
    """Lists of alternatives; those with parts or fields only where such may be read."""
    plain: list[tuple[Alternative, ...]] = [(Fixed("word"),)]
    texts = [
        bound(name)
        for name in (
            "geo.city",
            "weather.temperature",
            "param.code",
            "time.local",
            "split.headline",
            "phase",
            "list.sale",
        )
    ]
    plain += [(text,) for text in texts]
    plain += [(bound("geo.city", "weather.condition"), bound("weather.sunset"), Fixed("last")), (*texts[:2],)]
    plain += [(bound("time.clock", "geo.country", forgiving=True),), (bound("open.language", "time.hour"),)]
    if parts:
        plain += [(bound("geo.country", parts=parts), Fixed("part")), (bound(parts=parts, forgiving=True),)] * 4
    if fields:
        plain += [(bound("open.language", fields=fields),), (bound(fields=fields, forgiving=True),)]
        plain += [(Bound((), Spell((RULE,), forgiving=False), "{{ open.rule }}"),)]
    return tuple(plain)


PLAIN = _sayings((), ())
WITH_PARTS = _sayings(("greeting",), ())
WITH_FIELDS = _sayings((), ("headline", "price"))


def words(draw: st.DrawFn, sayings: Sayings = PLAIN) -> Words:
    """Words for every language, for some of them, or none."""
    form = pick(draw, ("nothing", "nothing", "fixed", "fixed", "bound", "bound", "bound", "languages"))
    if form == "nothing":
        return NOTHING_SAID
    if form == "fixed":
        return fixed("word")
    if form == "bound":
        return Words({"": pick(draw, sayings)})
    return Words({"de": pick(draw, sayings), "en": pick(draw, sayings)})


def outcome(draw: st.DrawFn, voice: Voice) -> Outcome:
    """What a rule shows and links."""
    if voice == "mute":
        return Outcome({"price": pick(draw, (NOTHING_SAID, fixed("9 €")))})
    if voice == "parts":
        return Outcome(
            fields={"headline": pick(draw, (fixed("word"), GREETED)), "price": pick(draw, (NOTHING_SAID, GREETED))},
            link=pick(draw, (NOTHING_SAID, HEADED)),
            takes=pick(draw, ((), ("voucher",))),
        )
    return Outcome(
        fields={name: words(draw, WITH_PARTS) for name in ("headline", "price")},
        link=words(draw, WITH_FIELDS),
        alt=pick(draw, (NOTHING_SAID, Words({"": WITH_FIELDS[-1]}))),
        takes=pick(draw, ((), (), ("voucher",))),
        nothing=pick(draw, (False, False, True)),
    )


def parts(draw: st.DrawFn, about: Topics) -> dict[str, Part]:
    """A part that says and a part that shows; the last row need not fire."""
    says = [Row(when(draw, about), say=words(draw)) for _ in range(1 + draw(below(2)))]
    shows = [Row(when(draw, about), show={"price": words(draw, WITH_PARTS)}) for _ in range(1 + draw(below(2)))]
    return {"greeting": Part("greeting", tuple(says)), "voucher": Part("voucher", tuple(shows))}


Voice = Literal["mute", "parts", "texts"]
"""Whether the texts of a case say nothing, only what parts say, or anything: what says little hides little."""
GREETED, HEADED = Words({"": (bound(parts=("greeting",)),)}), Words({"": (bound(fields=("headline",)),)})
HELD = lot(HOLDOUT_SIGNAL, "laws", {HELD_OUT: 30, TAKING_PART: 70})
SPLIT = lot("split.headline", "laws", dict.fromkeys(ARMS, 1.0))


VOICES: tuple[Voice, ...] = ("mute", "parts", "texts")


def a_ruleset(draw: st.DrawFn, scene: Scene, most: int = 4) -> Ruleset:
    """A whole campaign for one placeholder."""
    about, voice = topics(draw, scene), pick(draw, VOICES)
    speaks = voice == "texts"
    rules = [Rule(f"r{n}", when(draw, about), outcome(draw, voice)) for n in range(1 + draw(below(most)))]
    headline = words(draw) if speaks else NOTHING_SAID
    price = words(draw) if speaks and pick(draw, (False, True)) else NOTHING_SAID
    return Ruleset(
        placeholder="hero",
        campaign="laws",
        digest="d1",
        catalogue=CATALOGUE_OF_TESTS,
        fields=(Field("headline", "text", headline), Field("price", "money", price, pick(draw, (False, True)))),
        rules=tuple(rules),
        otherwise=outcome(draw, voice),
        unknown=outcome(draw, voice) if pick(draw, (False, True)) else None,
        parts={} if voice == "mute" else parts(draw, about),
        captions={2: words(draw, WITH_PARTS)} if speaks else {},
        alt=words(draw) if speaks else NOTHING_SAID,
        lots=(SPLIT,),
        holdout=pick(draw, (None, None, HELD)),
        phases=pick(draw, phases(scene)),
        lists=(pick(draw, lists(scene)),),
    )


def told_condition(condition: Condition) -> str:
    """A condition in one line."""
    inner = [told_condition(one) for one in condition.parts()]
    return f"{condition.sentence}({', '.join(inner)})" if inner else condition.sentence


@dataclass(frozen=True, repr=False)
class Case:
    """What every law is checked on."""

    ruleset: Ruleset
    people: tuple[World, ...]
    hidden: frozenset[str]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What fits on a page when a law breaks: no catalogue, and of the worlds only what the rules may read."""
        ruleset, told = self.ruleset, self.ruleset.reads
        lines = [f"{rule.name}: {told_condition(rule.condition)} → {rule.outcome}" for rule in ruleset.rules]
        lines += [f"otherwise → {ruleset.otherwise}", f"unknown → {ruleset.unknown}", f"fields {ruleset.fields}"]
        lines += [
            f"part {part.name}: {told_condition(row.condition)}" for part in ruleset.parts.values() for row in part.rows
        ]
        lines += [f"captions {ruleset.captions} alt {ruleset.alt} phases {ruleset.phases} holdout {ruleset.holdout}"]
        for world in self.people:
            courses = {name: course for name, course in world.courses.items() if name in told}
            lines.append(
                f"{world.scene.name} at {world.start}, {world.recipient!r}, blind to {set(world.blind)}: {courses}"
            )
        printer.text("\n".join(["Case", *lines, f"hidden {set(self.hidden)}"]))

    @property
    def world(self) -> World:
        """The first person's."""
        return self.people[0]

    @property
    def judged(self) -> frozenset[str]:
        """What the rules' own conditions read, of that which the world lays out."""
        read = {name for rule in self.ruleset.rules for name in rule.condition.signals()}
        return frozenset(read.intersection(ALL_SIGNALS))


@st.composite
def cases(draw: st.DrawFn, people: int = 2) -> Case:
    """Any case; the people after the first differ from them in any part of what is the case."""
    scene, start = an_opening(draw)
    ruleset = a_ruleset(draw, scene)
    first = a_world(draw, scene, start, ruleset.reads)
    return Case(
        ruleset=ruleset,
        people=(first, *(_another(draw, first, ruleset.reads) for _ in range(people - 1))),
        hidden=some_of(draw, ALL_SIGNALS),
    )


def _another(draw: st.DrawFn, first: World, read: frozenset[str]) -> World:
    return first.mixed_with(a_world(draw, first.scene, first.start, read), some_of(draw, ALL_SIGNALS))

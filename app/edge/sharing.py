"""From everything a placeholder can read to the key by which a shared cache may hold its answers, or why none may.

It is an upper bound: what this decision did read says how long an answer holds (`lifetime`), never for whom. What the
URL, the class of visitor or the place do not tell belongs to one person; staying private is always right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.edge import visitors
from app.edge.keys import Cell, Key
from app.engine.rules import CAMPAIGN, LANGUAGE, RULE, Ruleset
from app.engine.signals import Catalogue, Edge
from app.engine.words import ANY_LANGUAGE, Bound, Words

MAILING: Final = {"open.mailing": "m", "open.channel": "ch"}
"""The signals of the URL's own words, with the parameter that says them."""
CAMPAIGN_PARAM: Final = "c"
PLACE_PARAMS: Final = frozenset({"city", "country", "postal_code", "latitude", "longitude"})
"""The parameters that say where somebody is, where the placeholder declares them."""

_CELLS: Final = {
    "geo.country": Cell.COUNTRY,
    "geo.country_name": Cell.COUNTRY,
    "geo.continent": Cell.COUNTRY,
    "geo.region": Cell.REGION,
}
_FINER_THAN_A_CITY: Final = frozenset({"geo.postal_code"})


class Obstacle(NamedTuple):
    """What makes a placeholder private, and what would make it shareable."""

    name: str
    remedy: str


BELONGS_TO_ONE = "it belongs to one person"
CONSENT = "with “consent: {location: not_needed}” it would not depend on what the recipient allowed"
PROFILE = "without recipient in “place:” of rules/site.yaml it would not depend on a profile"
PLACES = "with “place:” in rules/site.yaml asking param and edge before ip, a cache that knows the place could share it"
AS_SHOWN = "with “click: latest” a click would not need to know what was shown"
TOO_FINE = "a shared cache tells cities apart, and no finer"
DEVICES = "a shared cache tells only the class of visitor, such as device.class"


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may share the answers of one placeholder in one campaign: whoever has the same `key`, if nothing stands
    against it.
    """

    key: Key
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def shareable(self) -> bool:
        """Whether a shared cache may hold them at all."""
        return not self.obstacles


@dataclass(frozen=True, slots=True)
class Habits:
    """What a site and a placeholder settle about sharing, beside the signals that rules read.

    `place` is whom the site asks for places, in order; `consent` whether what a place tells depends on what the
    recipient allowed, and `profile` whether a profile may tell it; `declared` are the placeholder's parameters;
    `as_shown` says that clicks go where the picture that was shown leads; `several` that the URL names one of several
    campaigns.
    """

    place: tuple[str, ...] = ("param", "edge", "ip")
    consent: bool = False
    profile: bool = False
    declared: frozenset[str] = frozenset()
    as_shown: bool = False
    several: bool = False


def sharing(ruleset: Ruleset, reads: Iterable[str], habits: Habits) -> Sharing:
    """The key of everything that may be read, and what stands against it."""
    found = sharing_of(reads, ruleset.catalogue, habits)
    if habits.as_shown and links_differ(ruleset):
        return Sharing(found.key, (*found.obstacles, Obstacle("click: as_shown", AS_SHOWN)))
    return found


def sharing_of(reads: Iterable[str], catalogue: Catalogue, habits: Habits) -> Sharing:
    """The same from the names of signals alone."""
    key = Key.of((CAMPAIGN_PARAM,) if habits.several else ())
    obstacles: list[Obstacle] = []
    places: list[str] = []
    for name in sorted(reads):
        match catalogue[name].edge:
            case Edge.URL:
                key = key.with_params(*_said_by(name))
            case Edge.DEVICE if name in visitors.SIGNALS:
                key = key.and_also(Key.of(visitor=True))
            case Edge.DEVICE:
                obstacles.append(Obstacle(name, DEVICES))
            case Edge.PLACE:
                places.append(name)
            case Edge.PERSON:
                obstacles.append(Obstacle(name, BELONGS_TO_ONE))
    if places:
        key = key.and_also(_key_of_places(places, habits))
        obstacles += _against_places(places, habits)
    return Sharing(key, tuple(obstacles))


def _said_by(name: str) -> tuple[str, ...]:
    """The parameter that tells a signal of the URL; the campaign is settled, and the language told by others."""
    if name.startswith("param."):
        return (name.removeprefix("param."),)
    return (MAILING[name],) if name in MAILING else ()


def _key_of_places(places: Collection[str], habits: Habits) -> Key:
    params = habits.declared & PLACE_PARAMS if "param" in habits.place else ()
    if not _asks_of_the_request(habits):
        return Key.of(params)
    return Key.of(params, cell=max(_CELLS.get(name, Cell.CITY) for name in places))


def _against_places(places: Collection[str], habits: Habits) -> Iterator[Obstacle]:
    """What keeps a place from being told by its cell alone."""
    for name in places:
        if habits.consent:
            yield Obstacle(name, CONSENT)
        elif habits.profile:
            yield Obstacle(name, PROFILE)
        elif not _asks_of_the_request(habits):
            continue
        elif "edge" not in habits.place or habits.place.index("edge") > _place_of("ip", habits):
            yield Obstacle(name, PLACES)
        elif name in _FINER_THAN_A_CITY:
            yield Obstacle(name, TOO_FINE)


def _asks_of_the_request(habits: Habits) -> bool:
    return "edge" in habits.place or "ip" in habits.place


def _place_of(source: str, habits: Habits) -> int:
    return habits.place.index(source) if source in habits.place else len(habits.place)


def links_differ(ruleset: Ruleset) -> bool:
    """Whether a click that is decided anew may lead elsewhere than the picture that was shown.

    The rule's own name in a link is for reports, and leads nowhere else.
    """
    outcomes = [rule.outcome for rule in ruleset.rules] + [ruleset.otherwise]
    outcomes += [ruleset.unknown] if ruleset.unknown is not None else []
    links = [one.link if one.link.by_language else ruleset.otherwise.link for one in outcomes]
    return len({_written(link) for link in links}) > 1 or any(not _steady(link, ruleset.catalogue) for link in links)


def _written(link: Words) -> tuple[object, ...]:
    return tuple(
        (language, one.source if isinstance(one, Bound) else one.value)
        for language, alternatives in link.by_language.items()
        for one in alternatives
    )


def _steady(link: Words, catalogue: Catalogue) -> bool:
    """Whether it says the same at the click, whose URL is the picture's: it rests on that URL alone."""
    signals = {name for bound in link.bound() for name in bound.signals} - {CAMPAIGN, RULE}
    signals |= set() if set(link.by_language) <= {ANY_LANGUAGE} else {LANGUAGE}
    fixed = all(not (bound.parts or bound.fields) for bound in link.bound())
    return fixed and all(name in catalogue and catalogue[name].edge is Edge.URL for name in signals)

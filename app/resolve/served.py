"""One placeholder in one campaign, ready to be decided, and which sources its rules need at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from app.engine.decide import Decider
from app.engine.opens import Open
from app.engine.phases import PHASE_SIGNAL
from app.engine.readings import Reading, Why, unknown
from app.engine.remembering import ENTRIES, Remembering
from app.engine.rules import Ruleset
from app.ports import Links
from app.recipients.recollection import Recollection
from app.recipients.showings import Mail
from app.recipients.whereabouts import Whereabouts

LANGUAGE = "open.language"
CAMPAIGN = "open.campaign"
VIA, PREFETCH, MACHINE, CERTAIN = "open.via", "open.prefetch", "open.machine", "open.certain"
VIEWER = frozenset({VIA, PREFETCH, MACHINE, CERTAIN})
"""What is told of whoever fetches."""

About = Callable[[frozenset[str]], Recollection | None]
"""From what is read to what must be recollected for it."""


@dataclass(frozen=True, slots=True)
class Served:
    """A decider with what it needs.

    `settled` are the readings that are the same at every open, such as the campaign that decides. `recollection` is
    what is read about the recipient, `whereabouts` what the place that is read hinges on beside the request; None where
    that is nothing, and the store is not asked.
    """

    decider: Decider
    remembering: Remembering
    links: Links
    declared: frozenset[str]
    reads: frozenset[str]
    times: frozenset[str]
    settled: Mapping[str, Reading]
    recollection: Recollection | None
    whereabouts: Whereabouts | None
    needs_viewer: bool
    needs_place: bool
    needs_weather: bool
    needs_language: bool

    @property
    def personal(self) -> bool:
        """Whether the place that is read, and what follows from it, is another one for another recipient."""
        return self.whereabouts is not None

    @classmethod
    def of(
        cls,
        decider: Decider,
        links: Links,
        declared: frozenset[str],
        language: tuple[str, ...],
        about: About,
        whereabouts: Whereabouts | None = None,
        room: int = ENTRIES,
    ) -> Served:
        """Work out the needs from what the rule set may read; `language` are the signals that choose the language.

        `about` says how what is read about recipients is recollected, `whereabouts` what their places hinge on. So
        many decisions are remembered as there is `room` for.
        """
        reads = reads_of(decider.ruleset, language)
        times = frozenset(name for name in reads if name.startswith("time."))
        weather = any(map(is_weather, reads))
        place = bool(times) or weather or any(name.startswith("geo.") for name in reads)
        viewer = place or any(name.startswith("device.") or name in VIEWER for name in reads)
        return cls(
            decider=decider,
            remembering=Remembering(decider.ruleset, room),
            links=links,
            declared=declared,
            reads=reads,
            times=times,
            settled=_settled(decider.ruleset),
            recollection=about(reads),
            whereabouts=whereabouts if place else None,
            needs_viewer=viewer,
            needs_place=place,
            needs_weather=weather,
            needs_language=LANGUAGE in reads,
        )

    def recalled(self, opening: Open) -> Mail:
        """Whose past is asked for; what is remembered of the mail itself only where rules read it."""
        if self.recollection is not None and self.recollection.of_the_mail:
            return self.mail(opening)
        return Mail(opening.recipient)

    def mail(self, opening: Open) -> Mail:
        """The mail that this is a picture of; a click whose URL says the same is one on this very picture."""
        said = [one for one in opening.params.items() if one[0] in self.declared]
        if not said and not opening.campaign:
            return Mail(opening.recipient, opening.mailing, opening.placeholder)
        told = repr((opening.campaign, sorted(said))).encode()
        variant = blake2b(told, digest_size=6).hexdigest()
        return Mail(opening.recipient, opening.mailing, opening.placeholder, variant)


def _settled(ruleset: Ruleset) -> dict[str, Reading]:
    """The readings that follow from the rule set alone."""
    settled = {}
    if ruleset.phases is None:
        settled[PHASE_SIGNAL] = unknown(PHASE_SIGNAL, Why.NOT_OFFERED, as_of=0.0, source="rules")
    settled[CAMPAIGN] = Reading(CAMPAIGN, ruleset.campaign, 0.0, source="rules")
    return settled


def reads_of(ruleset: Ruleset, language: tuple[str, ...]) -> frozenset[str]:
    """Everything that a decision may rest on, with the signals that choose the language where it matters."""
    reads = ruleset.reads
    if LANGUAGE not in reads:
        return reads
    return reads | {name for name in language if name in ruleset.catalogue}  # not every placeholder has the parameter


def is_weather(name: str) -> bool:
    """Whether a signal is told by a weather service."""
    return name.startswith("weather.")

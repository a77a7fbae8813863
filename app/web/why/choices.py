"""What a recipient lets be known, as switches; and what the one that they turned says."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, NamedTuple
from urllib.parse import parse_qs

from app.engine.signals import Purpose
from app.recipients.permits import Permits
from app.recipients.person import Person
from app.web.problems import Refused
from app.web.why.wording import Wording

MEASUREMENT: Final = "measurement"
PURPOSES: Final = (Purpose.LOCATION.value, Purpose.BEHAVIOUR.value, MEASUREMENT)
SAYS: Final = {"yes": True, "no": False}
SEAL: Final = "seal"


class Switch(NamedTuple):
    """One purpose in words, whether it is allowed now, and what pressing the switch says."""

    purpose: str
    name: str
    hint: str
    allowed: bool
    says: str


class Turned(NamedTuple):
    """What a form said: the seal it was shown with, and consent for one purpose."""

    seal: str
    consent: Mapping[str, bool]


def switches(person: Person, permits: Permits, words: Wording) -> list[Switch]:
    """One for each purpose, as it stands for somebody."""
    return [_switch(purpose, _allowed(purpose, person, permits), permits, words) for purpose in PURPOSES]


def _switch(purpose: str, allowed: bool, permits: Permits, words: Wording) -> Switch:
    told = words.purposes[purpose]
    hint = told.idle if _idle(purpose, permits) else told.hint
    return Switch(purpose, told.name, hint, allowed, "no" if allowed else "yes")


def _idle(purpose: str, permits: Permits) -> bool:
    """Whether the site keeps nothing about anybody for the purpose."""
    if purpose == MEASUREMENT:
        return not permits.measures_opens
    return purpose == Purpose.LOCATION.value and permits.needs[Purpose.LOCATION] == "not_needed"


def _allowed(purpose: str, person: Person, permits: Permits) -> bool:
    return person.measured if purpose == MEASUREMENT else permits.allow(Purpose(purpose), person)


def turned(body: bytes) -> Turned:
    """The one switch that was pressed in a form; raises Refused."""
    try:
        said = {name: values[-1] for name, values in parse_qs(body.decode("ascii"), max_num_fields=5).items()}
    except ValueError:
        said = {}
    consent = {purpose: SAYS[said[purpose]] for purpose in PURPOSES if said.get(purpose) in SAYS}
    if len(consent) != 1:
        raise Refused(HTTPStatus.BAD_REQUEST, "a form says yes or no to one purpose")
    return Turned(said.get(SEAL, ""), consent)

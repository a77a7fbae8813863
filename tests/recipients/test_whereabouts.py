"""Whether a recipient may be located, and the words of their profile for a place."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.signals import Kind, Purpose
from app.recipients.permits import Permits
from app.recipients.person import Person
from app.recipients.tellable import Slot, Tellable
from app.recipients.whereabouts import Located, Whereabouts

WORDS = ("city", "latitude", "region")
TELLABLE = Tellable(
    {
        "city": Slot(Kind.TEXT),
        "latitude": Slot(Kind.NUMBER, purpose=Purpose.BEHAVIOUR),
        "region": Slot(Kind.BOOLEAN),
        "tier": Slot(Kind.TEXT),
    }
)
KOELN = {"city": "Köln", "latitude": 50.9, "tier": "gold", "region": True}


def whereabouts(need: Any, tellable: Tellable = TELLABLE) -> Whereabouts | None:
    return Whereabouts.of(tellable, Permits({Purpose.LOCATION: need, Purpose.BEHAVIOUR: "asked"}), WORDS)


def located(need: Any, person: Person | None, *, believed: bool = True) -> Located:
    found = whereabouts(need)
    assert found is not None
    return found.located(person, believed=believed)


@pytest.mark.parametrize(
    ("need", "said", "allowed"),
    [
        ("asked", None, False), ("asked", False, False), ("asked", True, True),
        ("given", None, True), ("given", False, False), ("given", True, True),
        ("not_needed", None, True), ("not_needed", False, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("believed", [True, False])
def test_consent_counts_whoever_brings_it(need: Any, said: bool | None, allowed: bool, believed: bool) -> None:
    person = Person(consent={} if said is None else {"location": said})
    assert located(need, person, believed=believed).allowed is allowed
    assert said is not None or located(need, None).allowed is allowed


def test_the_profile_tells_a_place_as_a_template_would_write_it() -> None:
    agreed = {"location": True, "behaviour": True}
    assert located("asked", Person(KOELN, agreed)).words == {"city": "Köln", "latitude": "50.900000"}
    assert located("asked", Person(KOELN, {"location": True})).words == {"city": "Köln"}
    assert located("asked", Person(KOELN, agreed), believed=False) == Located(allowed=True)
    assert located("asked", Person(KOELN, {"location": False, "behaviour": True})) == Located(allowed=False)


def test_where_nobody_has_a_say_nobody_is_asked() -> None:
    assert whereabouts("not_needed", Tellable({"tier": Slot(Kind.TEXT)})) is None
    assert whereabouts("given", Tellable()) is not None
    assert whereabouts("not_needed") is not None

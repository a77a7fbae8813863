"""One mail, one truth: its pictures agree on what the first of them was told."""

from __future__ import annotations

from app.authoring.compiled import CompiledSite
from app.engine.decision import Decision
from app.engine.opens import Open
from app.recipients.showings import Past
from app.resolve.hinge import Resolver, Unsettled
from app.resolve.truths import FOR_S
from tests.resolve.hinge import NOON, PLACE, YES, Asked, Everybody, Page, resolver, served, sky


def shown(hinge: Resolver, site: CompiledSite, name: str, now: float, recipient: str, mailing: str = "newyear") -> str:
    opening = Open(name, now, mailing=mailing, recipient=recipient)
    answer = hinge.decide_now(served(site, name), opening)
    assert isinstance(answer, Decision)
    return answer.rule


def test_the_pictures_of_a_mail_agree_on_the_weather_of_the_first(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, sky=sky("rain"))
    hinge = resolver(site, everybody)
    assert shown(hinge, site, "sky", NOON, "ada") == "wet"
    everybody.sky = sky("clear")
    assert shown(hinge, site, "sky", NOON + 1, "ada") == "wet"
    assert shown(hinge, site, "sky", NOON + 1, "ben") == "sunny"
    assert shown(hinge, site, "sky", NOON + 1, "ada", "advent") == "sunny"
    assert shown(hinge, site, "sky", NOON + 1, "") == "sunny", "without a recipient there is no mail"


async def test_weather_that_had_to_be_fetched_is_that_of_the_others_too(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site, fetched=sky("rain"))
    hinge, one, opening = resolver(site, everybody), served(site, "sky"), Open("sky", NOON, mailing="m", recipient="r")
    unsettled = hinge.decide_now(one, opening)
    assert isinstance(unsettled, Unsettled)
    await hinge.decide(one, opening, unsettled.facts, unsettled.pending, 1.0)
    everybody.sky = sky("clear")
    assert shown(hinge, site, "sky", NOON + 1, "r", "m") == "wet"


def test_they_agree_on_the_place_that_the_network_told_and_on_no_other(site: CompiledSite) -> None:
    everybody = Everybody(Asked(), site)
    hinge = resolver(site, everybody)
    everybody.place = {**PLACE, "geo.city": "München"}
    assert shown(hinge, site, "place", NOON, "ada") == "munich"
    everybody.place = PLACE
    assert shown(hinge, site, "place", NOON + 1, "ada") == "munich"
    everybody.place = {**PLACE, "geo.source": "param"}
    assert shown(hinge, site, "place", NOON + 2, "ada") != "munich"
    everybody.located = False
    assert shown(hinge, site, "place", NOON + 3, "ada") == "unknown", "what is hidden now is not told"


def test_they_agree_on_the_hour_but_for_some_minutes_only(careful: CompiledSite) -> None:
    time = [NOON + 3570]
    hinge = resolver(careful, Everybody(Asked(), careful), memory=Page(Past(YES, None)), timer=lambda: time[0])
    assert shown(hinge, careful, "hours", time[0], "ada") == "noon"
    time[0] += 60
    assert shown(hinge, careful, "hours", time[0], "ada") == "noon"
    assert shown(hinge, careful, "hours", time[0], "ben") == "otherwise"
    time[0] += FOR_S
    assert shown(hinge, careful, "hours", time[0], "ada") == "otherwise"

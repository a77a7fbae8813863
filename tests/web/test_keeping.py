"""Who may keep a picture, and how long: the headers, as projections of one decision."""

from __future__ import annotations

from tests.support.server import Running
from tests.support.sites import PHASE_ENDS_IN_S, RED

PRIVATE = "private, no-cache, max-age=0"


def seconds(header: str) -> int:
    """For how long it is served while somebody answers: `max-age`, and what is served while a cache asks anew."""
    said = dict(part.split("=") for part in header.split(", "))
    return int(said["max-age"]) + int(said.get("stale-while-revalidate", 0))


def test_an_answer_for_one_person_is_kept_by_nobody(running: Running) -> None:
    for name in ("place", "device", "sky"):
        answer = running.ask(f"/i/{name}.png")
        assert answer.headers["cache-control"] == PRIVATE
        assert answer.headers["cdn-cache-control"] == "no-store"


def test_what_only_the_url_decides_may_be_shared_until_its_horizon(running: Running) -> None:
    answer = running.ask("/i/shared.png?lang=en")
    assert answer.ground == RED
    assert answer.headers["cache-control"] == "no-cache, max-age=0"
    assert PHASE_ENDS_IN_S - 600 < seconds(answer.headers["cdn-cache-control"]) <= PHASE_ENDS_IN_S


def test_what_time_cannot_change_is_shared_for_an_hour_at_most(running: Running) -> None:
    assert seconds(running.ask("/i/steady.png?lang=en").headers["cdn-cache-control"]) == 3600


def test_a_placeholder_without_rules_is_served_and_shared(running: Running) -> None:
    answer = running.ask("/i/alone.png")
    assert (answer.status, answer.rung) == (200, "live")
    assert seconds(answer.headers["cdn-cache-control"]) == 3600


def test_who_has_it_already_is_told_the_same_policy(running: Running) -> None:
    first = running.ask("/i/steady.png")
    again = running.ask("/i/steady.png", if_none_match=first.etag)
    assert again.status == 304
    assert again.headers["cdn-cache-control"] == first.headers["cdn-cache-control"]


def test_showing_nothing_is_a_transparent_picture_of_the_same_size(running: Running) -> None:
    shown, nothing = running.ask("/i/blank.png").picture, running.ask("/i/blank.png?lang=en").picture
    assert shown.size == nothing.size
    assert nothing.convert("RGBA").getextrema()[3] == (0, 0)
    assert running.ask("/i/blank.jpg?lang=en").ground == "#ffffff"


def test_a_live_answer_names_no_rung(running: Running) -> None:
    assert "x-onopen-rung" not in running.ask("/i/place.png").headers

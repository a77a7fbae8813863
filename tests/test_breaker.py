"""The circuit breaker: five failures in a row, a pause, one probe."""

from __future__ import annotations

from app.breaker import PROBE_S, Breaker


def broken(now: float = 0.0) -> Breaker:
    breaker = Breaker(failures=3, pause_s=10.0, most_pause_s=25.0)
    for _ in range(3):
        assert breaker.admit(now)
        breaker.failed(now)
    return breaker


def test_it_opens_after_failures_in_a_row_and_not_before() -> None:
    breaker = Breaker(failures=3)
    for _ in range(10):
        breaker.failed(0.0)
        breaker.failed(0.0)
        breaker.succeeded(0.0)
    assert breaker.closed
    assert not broken().closed
    assert not broken().admit(9.9)


def test_after_the_pause_one_probe_may_go() -> None:
    breaker = broken()
    assert [breaker.admit(10.0) for _ in range(3)] == [True, False, False]
    breaker.succeeded(10.0)
    assert breaker.closed
    assert breaker.admit(10.0)


def test_a_failed_probe_doubles_the_pause_up_to_a_limit() -> None:
    breaker = broken()
    assert breaker.admit(10.0)
    breaker.failed(11.0)
    assert not breaker.admit(30.9)
    assert breaker.admit(31.0)
    breaker.failed(31.0)
    assert not breaker.admit(55.9)
    assert breaker.admit(56.0)


def test_stragglers_do_not_lengthen_the_pause() -> None:
    breaker = broken()
    breaker.failed(5.0)
    breaker.failed(6.0)
    assert breaker.admit(10.0)


def test_a_probe_that_never_came_back_makes_room_for_another() -> None:
    breaker = broken()
    assert breaker.admit(10.0)
    assert not breaker.admit(10.0 + PROBE_S - 1)
    assert breaker.admit(10.0 + PROBE_S)


def test_a_vendor_may_ask_to_be_left_alone() -> None:
    breaker = Breaker(pause_s=10.0, most_pause_s=100.0)
    breaker.told_to_wait(0.0, 60.0)
    assert not breaker.admit(59.0)
    assert breaker.admit(60.0)
    breaker.told_to_wait(60.0, 1e9)
    assert breaker.admit(60.0 + 600.0)


def test_no_answer_under_way_and_no_smaller_wish_ends_a_wait_that_was_asked_for() -> None:
    breaker = Breaker(pause_s=10.0, most_pause_s=100.0)
    breaker.told_to_wait(0.0, 60.0)
    breaker.told_to_wait(1.0, 20.0)
    breaker.succeeded(2.0)
    assert not breaker.closed
    assert not breaker.admit(59.0)
    assert breaker.admit(60.0)
    breaker.succeeded(61.0)
    assert breaker.closed

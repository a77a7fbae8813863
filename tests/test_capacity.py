"""What a send takes: opens lie near what was measured, hits follow from keys, the page is as it would be written."""

from __future__ import annotations

import pytest

from app.settings import Settings
from app.workshop.workshop import Workshop
from bench.capacity.__main__ import made, page, placeholders
from bench.capacity.curve import opened, rate
from bench.capacity.model import Assumptions, Placeholder, fetches, hit_rate, needs
from tests.support.documented import ROOT

GIVEN = Assumptions()


@pytest.mark.parametrize(
    ("hours", "least", "most"), [(1, 0.269, 0.271), (6, 0.609, 0.611), (24, 0.78, 0.86), (168, 0.94, 0.97)]
)
def test_the_curve_of_opens_lies_where_others_measured(hours: float, least: float, most: float) -> None:
    assert least <= opened(hours) <= most


def test_every_mail_that_is_opened_is_opened_once() -> None:
    step = 0.05
    assert sum(rate(at * step, 2.0) * step for at in range(round(2_000 / step))) == pytest.approx(1, abs=0.01)


def test_the_busiest_moment_is_when_the_last_mail_leaves() -> None:
    rates = [rate(at / 10, 2.0) for at in range(1, 100)]
    assert max(rates) == pytest.approx(rate(2.0, 2.0))


def test_a_key_is_missed_once_in_its_lifetime_by_each_cache() -> None:
    asked = 1_000.0
    assert hit_rate(asked, None, GIVEN) == 0.0
    assert hit_rate(asked, 1, GIVEN) > hit_rate(asked, 1_000, GIVEN) > hit_rate(asked, 10**9, GIVEN)
    missed = asked * GIVEN.lifetime_s * (1 - hit_rate(asked, 10, GIVEN))
    assert missed == pytest.approx(10 * GIVEN.caches, rel=0.01)


def test_ten_million_mails_ask_for_some_thousand_pictures_a_second() -> None:
    assert 2_000 < 3 * fetches(10e6, GIVEN) < 4_000


def test_what_nobody_shares_takes_machines_and_what_everybody_shares_does_not() -> None:
    private = needs(1e8, [Placeholder("cart", None)], GIVEN)
    shared = needs(1e8, [Placeholder("tiles", 6, remembers=False)], GIVEN)
    assert private.origin > 100 * (shared.origin - shared.clicks)
    assert private.cores > 5 * shared.cores
    assert shared.machines == 2


def test_a_placeholder_is_shared_as_the_table_of_check_says() -> None:
    site = Workshop(ROOT, Settings()).site()
    found = {one.name: one for one in placeholders(site, GIVEN)}
    assert found["cart"].keys is None
    assert found["cart"].remembers
    assert found["tiles"].keys == len(site.document.languages) * 2, "language and slot"


def test_the_page_is_as_it_would_be_written_now() -> None:
    text = (ROOT / "docs" / "capacity.md").read_text("utf-8")
    assert text == page(text, made()), "write it anew with: make renew"

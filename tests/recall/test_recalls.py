"""Recalls put together: names that people write, what servers follow, what the CDN is told, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.edge.purging import Purging
from app.engine.withdrawals import Withdrawal, Withdrawn
from app.errors import CdnTrouble, StoreTrouble, UsageError
from app.recall.recalls import Recalls, named, named_among
from app.recall.withdrawable import Withdrawable
from app.recall.withdrawn import FILE, Mirror
from app.running.following import Following
from app.serving.desk import Desk
from app.serving.shown import Shown
from app.telemetry import Telemetry, logger
from app.wiring.fronts import DIALECTS
from tests.edge.test_purging import Recorded
from tests.support.server import inside
from tests.support.sites import small_site, write_site
from tests.web.test_faults_inside import desk_of

RAIN, PRICE = Withdrawal("sale", "rain"), Withdrawal("sale", "rain", "price")
LATE = Withdrawal("newyear", "late")
SITE = Withdrawable(
    {"sale": frozenset({"hero", "strip"}), "newyear": frozenset({"hero"})},
    {
        RAIN: frozenset({"price", "photo"}),
        Withdrawal("sale", "members"): frozenset({"price"}),
        Withdrawal("newyear", "members"): frozenset({"price"}),
        LATE: frozenset(),
        Withdrawal("sale", "otherwise"): frozenset({"price"}),
    },
)


@dataclass
class Kept:
    """A store of withdrawals that only holds what it was handed, and says in what order things happened."""

    now: dict[Withdrawal, float] = field(default_factory=dict)
    happened: list[str] = field(default_factory=list)
    silent: bool = False

    async def read(self) -> Withdrawn:
        if self.silent:
            raise StoreTrouble("down")
        return dict(self.now)

    async def write(self, withdrawn: Iterable[Withdrawal], put_back: Iterable[Withdrawal]) -> None:
        self.happened.append("written")
        self.now |= dict.fromkeys(withdrawn, 1.0)
        for one in put_back:
            del self.now[one]

    async def follow(self) -> None:
        self.happened.append("followed")


def recalls(kept: Kept, cdn: Recorded | None) -> Recalls:
    purging = Purging(DIALECTS["fastly"](), "https://cdn.example/", "k", cdn, lambda: 0.0) if cdn is not None else None
    return Recalls(kept, purging, kept.follow, settled_s=0)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("rain", RAIN),
        ("sale/rain", RAIN),
        ("rain.price", PRICE),
        ("sale/rain.price", PRICE),
        ("sale/members", Withdrawal("sale", "members")),
        ("otherwise.price", Withdrawal("sale", "otherwise", "price")),
    ],
)
def test_a_name_says_as_much_as_it_must(written: str, meant: Withdrawal) -> None:
    assert named([written], SITE, removed=False) == [meant]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("rian", "did you mean “rain”"),
        ("sale/rian", "did you mean “sale/rain”"),
        ("sales/rain", "did you mean “sale/rain”"),
        ("members", "newyear/members, sale/members"),
        ("otherwise", "recall a field of it: sale/otherwise.FIELD"),
        ("rain.prise", "did you mean “price”"),
        ("rain.", "no field"),
        ("late.price", "its placeholder has none"),
        ("", "there is no rule"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_remedy(written: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        named([written], SITE, removed=False)


def test_a_rule_that_was_removed_is_taken_as_it_is_written() -> None:
    assert named(["sale/gone"], SITE, removed=True) == [Withdrawal("sale", "gone")]
    with pytest.raises(UsageError, match="CAMPAIGN/RULE"):
        named(["gone"], SITE, removed=True)


def test_what_is_put_back_is_found_among_what_is_recalled() -> None:
    assert named_among(["rain", "newyear/late"], [RAIN, PRICE, LATE]) == [RAIN, LATE]
    for written, known, said in (
        ("rain", [RAIN, Withdrawal("newyear", "rain")], "more than one .*: sale/rain, newyear/rain"),
        ("x", [RAIN], "not recalled; write one of: sale/rain"),
        ("x", [], "not recalled; nothing is"),
    ):
        with pytest.raises(UsageError, match=said):
            named_among([written], known)


async def test_the_cdn_is_told_when_no_server_shows_it_any_more() -> None:
    kept, cdn = Kept(), Recorded()
    assert await recalls(kept, cdn).turn([PRICE, RAIN, LATE], [], SITE) == (
        "rule/hero/late", "rule/hero/rain", "rule/strip/rain",
    )  # fmt: skip
    assert kept.happened == ["written", "followed"]
    assert len(cdn.calls) == 1


async def test_what_is_put_back_replaces_whichever_rule_was_shown_instead() -> None:
    kept = Kept({RAIN: 1.0})
    assert await recalls(kept, Recorded()).turn([], [RAIN], SITE) == ("placeholder/hero", "placeholder/strip")
    assert kept.now == {}


async def test_without_a_cdn_nothing_is_dropped_and_one_that_refuses_undoes_nothing() -> None:
    kept = Kept()
    assert await recalls(kept, None).turn([RAIN], [], SITE) == ()
    with pytest.raises(CdnTrouble):
        await recalls(kept, Recorded(refuses=True)).turn([PRICE], [], SITE)
    assert kept.now.keys() == {RAIN, PRICE}


def test_a_mirror_outlives_its_process(tmp_path: Path) -> None:
    Mirror(tmp_path / FILE).show({RAIN: 2.5, PRICE: 3.0})
    assert Mirror(tmp_path / FILE).now == {RAIN: 2.5, PRICE: 3.0}
    (tmp_path / FILE).write_text("{")
    assert Mirror(tmp_path / FILE).now == {}
    Mirror().show({RAIN: 1.0})


async def test_a_silent_store_and_a_disk_that_is_full_take_nothing_back(tmp_path: Path) -> None:
    async with inside(small_site(tmp_path / "site"), tmp_path / "state") as server:
        desk, kept, mirror = desk_of(server), Kept({RAIN: 1.0}), Mirror(tmp_path / "nowhere" / FILE)
        follow = Following(kept, mirror, desk, server.world.telemetry)
        await follow()
        kept.silent = True
        await follow()
        assert mirror.now == {RAIN: 1.0}


async def test_a_reload_that_was_faster_is_not_undone(tmp_path: Path) -> None:
    async with inside(small_site(tmp_path / "site"), tmp_path / "state") as server:
        mirror = Mirror()
        reloaded = desk_of(server).serving
        desk = Desk(reloaded)

        def meanwhile(withdrawn: Set[Withdrawal]) -> Mapping[str, Shown]:
            desk.serving = reloaded
            return reloaded.short_of(withdrawn)

        desk.serving = replace(reloaded, short_of=meanwhile)
        telemetry = Telemetry(logger("critical"), sample=0, chance=lambda: 1.0)
        await Following(Kept({RAIN: 1.0}), mirror, desk, telemetry)()
        assert desk.serving is reloaded


async def test_campaigns_that_are_not_concerned_go_on_with_what_they_remember(tmp_path: Path) -> None:
    async with inside(write_site(tmp_path / "site"), tmp_path / "state") as server:
        whole = desk_of(server).serving
        short = whole.withdrawing({Withdrawal("place", "munich")})
        served = {
            name: (shown.served(""), short.placeholders[name].served("")) for name, shown in whole.placeholders.items()
        }
        assert {name for name, (before, after) in served.items() if before is not after} == {"place"}
        again = short.withdrawing(frozenset())
        assert all(again.placeholders[name].served("") is before for name, (before, _) in served.items())
        assert [one.withdrawn for one in (whole, again)] == [frozenset()] * 2
